"""Judgments to TRL rows with DuckDB on all cores: python3 export_duckdb.py IN OUT."""

import sys

import duckdb

duckdb.execute("SET preserve_insertion_order = true")
duckdb.execute(
    f"""
    COPY (
      SELECT [{{'role': 'user', 'content': prompt}}] AS prompt,
             [{{'role': 'assistant', 'content': CASE WHEN z > .5 THEN response_a ELSE response_b END}}] AS chosen,
             [{{'role': 'assistant', 'content': CASE WHEN z > .5 THEN response_b ELSE response_a END}}] AS rejected
      FROM read_json('{sys.argv[1]}', format = 'newline_delimited',
                     columns = {{prompt: 'VARCHAR', response_a: 'VARCHAR', response_b: 'VARCHAR', z: 'DOUBLE'}})
      WHERE abs(z - .5) > .05
    ) TO '{sys.argv[2]}' (FORMAT json)
    """
)
