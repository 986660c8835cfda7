/** Rows in files: reading with file:line errors, atomic writing; Jackson stays behind it. */
package pairwright.jsonl;
