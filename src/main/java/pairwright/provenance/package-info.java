/** What made this file: version, command, seeds, digests of the inputs. */
package pairwright.provenance;
