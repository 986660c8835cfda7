/** What others ask over HTTP on this machine: our reward model in the shape that trainers read. */
package pairwright.serve;
