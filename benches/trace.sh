#!/usr/bin/env bash
# How long a quote of a trace takes as a whole process, beside DuckDB doing the same minute sums and
# overflow of minutes from the same file: both in turn, so that what else the machine does falls on both.
#
#   benches/trace.sh 5 calls.csv 450000 10000
#
# The number of rounds, the file (.csv or .jsonl, with the columns that `make_trace` writes), and the
# reserved input and output TPM. Needs a release build, and Python with `pip install duckdb`.
set -euo pipefail
rounds=${1:?the number of rounds, then a file, input and output TPM}
trace=${2:?a file}
input=${3:?input TPM}
output=${4:?output TPM}
here=$(cd "$(dirname "$0")/.." && pwd)
exec "${PYTHON:-python3}" - "$here/target/release/tollgate" "$rounds" "$trace" "$input" "$output" <<'PYTHON'
import os, statistics, subprocess, sys, time

tollgate, rounds, trace, quota_in, quota_out = sys.argv[1:]
MODEL = "qwen3-max-2025-09-23"
ours = [tollgate, "quote", "ptu", MODEL, "--trace", trace,
        "--input-tpm", quota_in, "--output-tpm", quota_out]
if trace.endswith("csv"):
    rows, minute, tokens_in, tokens_out = (
        "read_csv", "date_trunc('minute', TIMESTAMP)", "ContextTokens", "GeneratedTokens")
else:
    rows, minute, tokens_in, tokens_out = (
        "read_json", "timestamp // 60000", "input_length", "output_length")
query = f"""
    SELECT count(*), sum(n), sum(i), sum(o), max(i), max(o),
           sum(greatest(0, i - {quota_in})), sum(greatest(0, o - {quota_out})) FROM (
        SELECT {minute}, count(*) n, sum({tokens_in}) i, sum({tokens_out}) o
        FROM {rows}('{trace}') GROUP BY 1)"""
theirs = [sys.executable, "-c", f"""
import duckdb
database = duckdb.connect()
database.execute("SET threads = 2")
print(database.execute({query!r}).fetchall())"""]


def run(command):
    start = time.monotonic()
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL)
    _, status, usage = os.wait4(process.pid, 0)
    if status:
        sys.exit(f"{command[0]} failed")
    return time.monotonic() - start, usage.ru_maxrss / 1024


ratios, memory = [], []
for _ in range(int(rounds)):
    (own, own_memory), (other, _) = run(ours), run(theirs)
    ratios.append(own / other)
    memory.append(own_memory)
print(f"{statistics.median(ratios):.3f} times as long as DuckDB "
      f"(the middle of {rounds} pairs, {min(ratios):.3f} to {max(ratios):.3f}), "
      f"{max(memory):.0f} MiB at most")
PYTHON
