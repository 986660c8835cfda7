/** What a text must not hold, and how it is found: duplicates, benchmark questions, personal data, loops. */
package pairwright.curation;
