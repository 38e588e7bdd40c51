#!/usr/bin/env bash
# How long `quote ptu --trace` takes for a reservation, beside DuckDB for the sums of the same
# minutes and what of them is above the reservation: both run in turn on the same file, so that what
# else the machine does falls on both, and the medians are printed.
#
#   pip install duckdb
#   target/release/examples/make_trace 50000000 csv > calls.csv
#   PYTHON=python3 benches/trace.sh 5 calls.csv 400k 5k
#   target/release/examples/make_trace --models 8 50000000 csv > models.csv
#   MODELS=1 benches/trace.sh 5 models.csv
#   MODEL=brackets TOLLGATE_CATALOG=benches/weights.toml benches/trace.sh 5 calls.csv 650k 10k
#
# A file of Parquet is made from that of CSV, with DuckDB's own form:
#
#   python3 -c "import duckdb; duckdb.sql(\"COPY 'calls.csv' TO 'calls.parquet'\")"
#   PYTHON=python3 benches/trace.sh 5 calls.parquet 400k 5k
#
# With MODELS, `tollgate trace` takes the place of the quote: the models of the file told apart, beside DuckDB's
# sums of each minute and model.
#
# The file has the columns that `make_trace` writes. DuckDB's time is that of the query alone,
# without the start of Python; the program's is that of its whole process.
set -euo pipefail
export LC_ALL=C
pairs=${1:?the number of pairs, then the file, the input TPM and the output TPM}
file=${2:?the file}
apart=${MODELS:-}
if [[ -n $apart ]]; then
  input=0 output=0
else
  input=${3:?the input TPM}
  output=${4:?the output TPM}
fi
tollgate=${TOLLGATE:-target/release/tollgate}
model=${MODEL:-qwen3-max-2025-09-23}

duckdb() {
  "${PYTHON:-python3}" - "$file" "$apart" "$input" "$output" <<'PYTHON'
import resource, sys, time, duckdb

file, apart, *quotas = sys.argv[1:]
units = {"k": 1_000, "M": 1_000_000}
quota_in, quota_out = (int(q[:-1]) * units[q[-1]] if q[-1] in units else int(q) for q in quotas)
if file.endswith(("csv", "parquet")):
    rows, minute, tokens_in, tokens_out = (
        "read_csv" if file.endswith("csv") else "read_parquet", "date_trunc('minute', TIMESTAMP)", "ContextTokens", "GeneratedTokens")
    model = "Model"
else:
    rows, minute, tokens_in, tokens_out = (
        "read_json", "timestamp // 60000", "input_length", "output_length")
    model = "model"
by = f"{minute}, {model}" if apart else minute
database = duckdb.connect()
database.execute("SET threads = 2")
start = time.monotonic()
database.execute(f"""
    SELECT sum(n), count(*), sum(i), sum(o),
           sum(greatest(0, i - {quota_in})), sum(greatest(0, o - {quota_out}))
    FROM (SELECT count(*) n, sum({tokens_in}) i, sum({tokens_out}) o
          FROM {rows}('{file}') GROUP BY {by})""").fetchall()
seconds = time.monotonic() - start
print(f"{seconds:.2f}", resource.getrusage(resource.RUSAGE_SELF).ru_maxrss)
PYTHON
}

# Seconds and KiB.
program() {
  local command=(trace "$file")
  if [[ -z $apart ]]; then
    command=(quote ptu "$model" --trace "$file" --input-tpm "$input" --output-tpm "$output")
  fi
  /usr/bin/time -f '%e %M' "$tollgate" "${command[@]}" 2>&1 >/dev/null | tail -n 1
}

middle() {
  sort -n | awk '{ line[NR] = $1 } END { print line[int((NR + 1) / 2)] }'
}

runs=$(mktemp)
trap 'rm -f "$runs"' EXIT
cat "$file" >/dev/null
for ((pair = 0; pair < pairs; pair++)); do
  echo "$(program) $(duckdb)" | tee -a "$runs" |
    awk '{ printf "%.2f s, %.0f MiB beside %.2f s, %.0f MiB: %.3f\n", $1, $2/1024, $3, $4/1024, $1/$3 }'
done
median() { awk "{ print $1 }" "$runs" | middle; }
printf 'medians: %s s beside %s s, ratio %s; at most %s MiB\n' "$(median '$1')" "$(median '$3')" \
  "$(median '$1/$3')" "$(awk '{ print $2/1024 }' "$runs" | sort -n | tail -n 1)"
