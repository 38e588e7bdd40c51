"""A trace split by day with DuckDB, for `tollgate quote ptu --partial` on each of them.

    python3 duckdb_days.py calls.csv days

writes days/day=2026-11-02.csv and so on. docs/beyond-one-machine.md shows the whole way.
"""

import sys
from glob import glob

import duckdb

# The columns of the trace.
COLUMNS = TIME, INPUT, OUTPUT = "TIMESTAMP", "ContextTokens", "GeneratedTokens"
# The day of a call, in SQL. Of Unix times in milliseconds: f"{TIME}::BIGINT // 86400000".
DAY = f"{TIME}[:10]"


def main():
    trace, folder = sys.argv[1:]
    columns = ", ".join(COLUMNS)
    # Columns stay the text that they are: tollgate reads times and numbers itself.
    as_text = "header = true, all_varchar = true, hive_partitioning = false"
    # What is partitioned is in no order, so each row takes its number along ...
    duckdb.sql(f"""
        COPY (SELECT {columns}, row_number() OVER () AS row, {DAY} AS day
              FROM read_csv('{trace}', {as_text}))
        TO '{folder}' (FORMAT csv, HEADER, PARTITION_BY (day))""")
    # ... to bring those of each day back into the order of the file.
    for day in glob(f"{folder}/day=*"):
        duckdb.sql(f"""
            COPY (SELECT {columns} FROM read_csv('{day}/*.csv', {as_text}) ORDER BY row::BIGINT)
            TO '{day}.csv' (HEADER)""")


if __name__ == "__main__":
    main()
