"""Three columns of preference rows with DuckDB on two threads: python3 rows_duckdb.py IN OUT; OUT ends with jsonl or parquet."""

import sys

import duckdb

duckdb.execute("SET threads = 2")
columns = "{id: 'VARCHAR', prompt: 'VARCHAR', chosen: 'VARCHAR', rejected: 'VARCHAR', source: 'VARCHAR', score_chosen: 'DOUBLE', score_rejected: 'DOUBLE'}"
form = "FORMAT parquet, CODEC zstd" if sys.argv[2].endswith("parquet") else "FORMAT json"
duckdb.execute(
    f"COPY (SELECT prompt, chosen, rejected FROM read_json('{sys.argv[1]}', format = 'newline_delimited', columns = {columns}))"
    f" TO '{sys.argv[2]}' ({form})"
)
