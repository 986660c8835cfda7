/** Rows in files: reading with file:line errors, atomic writing, packed or in columns; Jackson and Parquet stay behind it. */
package pairwright.jsonl;
