#!/usr/bin/env bash
# Whether the sums of `tollgate trace` are those of DuckDB: calls and tokens of all and of each model, and of the
# minutes percentiles, peaks and their number. Prints what differs, and exits with 1 then.
#
#   pip install duckdb
#   benches/totals.sh calls.csv
#   benches/totals.sh models.jsonl
#   benches/totals.sh mooncake.jsonl --time-unit milliseconds
#
# The file has the columns that `make_trace` writes; what follows it is for the program.
set -euo pipefail
file=${1:?the file}
tollgate=${TOLLGATE:-target/release/tollgate}

found=$(mktemp)
trap 'rm -f "$found"' EXIT
"$tollgate" trace "$@" --json > "$found"
"${PYTHON:-python3}" - "$file" "$found" <<'PYTHON'
import json, sys, duckdb

file, found = sys.argv[1], json.load(open(sys.argv[2]))
if file.endswith("csv"):
    rows, minute, tokens_in, tokens_out, model = (
        "read_csv", "epoch(date_trunc('minute', TIMESTAMP))::BIGINT // 60", "ContextTokens", "GeneratedTokens",
        "Model")
else:
    rows, minute, tokens_in, tokens_out, model = (
        "read_json", "timestamp // 60000", "input_length", "output_length", "model")
database = duckdb.connect()
database.execute("SET threads = 2")
columns = [row[0] for row in database.execute(f"DESCRIBE SELECT * FROM {rows}('{file}')").fetchall()]
model = model if model in columns else "NULL"
database.execute(f"""
    CREATE TABLE sums AS
    SELECT {minute} AS m, {model} AS model, count(*) AS n, sum({tokens_in}) AS i, sum({tokens_out}) AS o
    FROM {rows}('{file}') GROUP BY 1, 2""")
wrong = 0
def same(what, ours, theirs):
    global wrong
    if str(ours) != str(int(theirs)):
        wrong = 1
        print(f"{what}: {ours}, and DuckDB has {theirs}")
first, last, busy, n, i, o = database.execute(
    "SELECT min(m), max(m), count(DISTINCT m), sum(n), sum(i), sum(o) FROM sums").fetchone()
same("minutes", found["minutes"], last - first + 1)
same("minutes with calls", found["minutes_with_calls"], busy)
same("calls", found["calls"], n)
same("input", found["tokens"]["input"], i)
same("output", found["tokens"]["output"], o)
models = database.execute("SELECT model, sum(n), sum(i), sum(o), count(*) FROM sums GROUP BY 1").fetchall()
same("models", len(found["models"]), len(models))
named = {one["name"]: one for one in found["models"]}
for name, n, i, o, minutes in models:
    one = named[name]
    same(f"calls of {name}", one["calls"], n)
    same(f"input of {name}", one["tokens"]["input"], i)
    same(f"output of {name}", one["tokens"]["output"], o)
    same(f"minutes of {name}", one["minutes"], minutes)
for name, sums in (("input_tpm", "i"), ("output_tpm", "o"), ("requests_per_minute", "n")):
    side = found[name]
    p50, p95, p99, peak = database.execute(f"""
        WITH minutes AS (
            SELECT coalesce(sum({sums}), 0) AS v
            FROM range({first}, {last} + 1) AS all_minutes(one) LEFT JOIN sums ON m = one GROUP BY one)
        SELECT quantile_disc(v, 0.5), quantile_disc(v, 0.95), quantile_disc(v, 0.99), max(v) FROM minutes""").fetchone()
    for key, theirs in (("p50", p50), ("p95", p95), ("p99", p99), ("peak", peak)):
        same(f"{name} {key}", side[key], theirs)
calls, count = found["calls"], len(models)
print(f"{file}: {calls} calls, {count} of models:", "not the same" if wrong else "the same")
sys.exit(wrong)
PYTHON
