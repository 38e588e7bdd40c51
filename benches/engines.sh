#!/usr/bin/env bash
# Prices a trace of so many calls in one run, by day, under Apache Spark and after DuckDB, as
# docs/engines.md shows it, and fails unless the quotes are the same to the last digit.
#
#   benches/engines.sh 2000000 [TRACE]
#
# Needs a release build with examples, Java 17, and Python 3; pyspark and duckdb are installed into a
# folder that is removed at the end.
set -euo pipefail
calls=${1:?the number of calls, and a trace to repeat, if not a made-up one}
here=$(cd "$(dirname "$0")/.." && pwd)
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
PATH="$here/target/release:$PATH"
export TOLLGATE_CATALOG=
reservation=(qwen3-max-2025-09-23 --input-tpm 250k --output-tpm 10k)

python3 -m venv "$work/venv"
"$work/venv/bin/pip" --quiet install pyspark==4.3.0 duckdb==2.0.0
PATH="$work/venv/bin:$PATH"
"$here/target/release/examples/make_trace" "$calls" csv "${@:2}" > "$work/calls.csv"
cd "$work"

timed() {
  local name=$1 start=$EPOCHREALTIME
  shift
  "$@"
  local end=$EPOCHREALTIME
  printf '%s: %d ms\n' "$name" $(((${end/./} - ${start/./}) / 1000)) >&2
}

single() { tollgate quote ptu "${reservation[@]}" --trace calls.csv --json > single.json; }

by_day() {
  python - <<'PYTHON'
import duckdb
duckdb.sql("SET threads = 1")
duckdb.sql("""
    COPY (SELECT *, TIMESTAMP[:10] AS day FROM read_csv('calls.csv', all_varchar = true))
    TO 'days' (FORMAT csv, HEADER, PARTITION_BY (day))""")
PYTHON
  for day in days/*/; do
    cat "$day"*.csv | tollgate quote ptu "${reservation[@]}" --trace - --partial
  done > days.jsonl
  tollgate merge days.jsonl --json > days.json
}

spark() {
  spark-submit --master 'local[2]' --driver-memory 4g --conf spark.log.level=ERROR \
    "$here/examples/engines/spark_partials.py" calls.csv 16 spark.jsonl \
    tollgate quote ptu "${reservation[@]}" 2> spark.log || { cat spark.log >&2; return 1; }
  tollgate merge spark.jsonl --json > spark.json
}

minutes() {
  python - <<'PYTHON'
import duckdb
duckdb.sql("""
    COPY (SELECT date_trunc('minute', TIMESTAMP) AS minute, count(*) AS requests,
                 sum(ContextTokens) AS input_tokens, sum(GeneratedTokens) AS output_tokens
          FROM 'calls.csv' GROUP BY ALL ORDER BY minute)
    TO 'minutes.csv' (HEADER)""")
PYTHON
  tollgate quote ptu "${reservation[@]}" --trace minutes.csv --json > minutes.json
}

timed "one run" single
timed "DuckDB by day, and merged" by_day
timed "Spark by minute, and merged" spark
timed "DuckDB's minutes" minutes

python - <<'PYTHON'
import json, sys

def quote(name):
    quote = json.load(open(name))["quotes"][0]
    # The files are others, and nothing else.
    del quote["trace"]["files"]
    return quote

single = quote("single.json")
for name in ["days.json", "spark.json"]:
    if quote(name) != single:
        sys.exit(f"{name} is not the quote of one run")
minutes = quote("minutes.json")
same = ["minutes", "calls", "input_tokens", "output_tokens", "input_tpm", "output_tpm", "day"]
if any(minutes["trace"][field] != single["trace"][field] for field in same):
    sys.exit("the minutes are not those of the calls")
print(f"the same to the last digit: {single['total']}; by minutes, less exact: {minutes['total']}")
PYTHON
