#!/usr/bin/env bash
# Runs the commands of docs/beyond-one-machine.md on a trace of so many calls, and fails unless the quotes that are
# merged from parts are that of the single run, in every field but the names of the files.
#
#   benches/engines.sh 2000000 [TRACE]
#
# Times are cut to whole seconds, so that many calls come at the same time. With a trace, it is repeated
# instead of a made-up one. Needs a release build with examples, Java 17, and Python 3; what the page
# installs goes into a folder that is removed at the end.
set -euo pipefail
calls=${1:?the number of calls, and a trace to repeat, if not a made-up one}
here=$(cd "$(dirname "$0")/.." && pwd)
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
unset TOLLGATE_CATALOG
python3 -m venv "$work/venv"
export PATH="$work/venv/bin:$here/target/release:$PATH"
mkdir "$work/run"
cd "$work/run"
ln -s "$here/examples" examples
"$here/target/release/examples/make_trace" "$calls" csv "${@:2}" | sed 's/\.[0-9]*,/,/' > calls.csv

# Every block of the page, with the heading that it stands under.
awk -v folder="$work" '
  /^##/ { heading = $0; sub(/^#+ /, "", heading) }
  /^```sh$/ { block = sprintf("%s/%02d.sh", folder, ++blocks); on = 1; next }
  /^```$/ { on = 0 }
  # The trace is there.
  on && !/make_trace/ { print > block }
  on && !(block in named) { named[block] = 1; print (heading) > (block ".name") }
' "$here/docs/beyond-one-machine.md"

for block in "$work"/*.sh; do
  # What is installed is not measured.
  { grep '^pip ' "$block" || true; } | bash -e
  sed -i '/^pip /d' "$block"
  start=$EPOCHREALTIME
  bash -euo pipefail "$block" > "$work/log" 2>&1 || { cat "$work/log" >&2; exit 1; }
  end=$EPOCHREALTIME
  printf '%8d ms  %s\n' $(((${end/./} - ${start/./}) / 1000)) "$(cat "$block.name")"
done

python3 - <<'PYTHON'
import json, sys

def quote(name):
    quote = json.load(open(name))["quotes"][0]
    # The files are others, and nothing else.
    del quote["trace"]["files"]
    return quote

single = quote("single.json")
overflow = single["trace"]["admitted"]["overflow"]["calls"]
if overflow == "0":
    sys.exit("nothing overflows, so the order of calls was no matter")
for name in ["days.json", "spark.json", "duckdb.json"]:
    if quote(name) != single:
        sys.exit(f"{name} is not the quote of one run")
minutes = quote("minutes.json")
same = ["minutes", "calls", "input_tokens", "output_tokens", "input_tpm", "output_tpm", "day"]
if any(minutes["trace"][field] != single["trace"][field] for field in same):
    sys.exit("the minutes are not those of the calls")
print(f"the same to the last digit: {single['total']}, with {overflow} calls beyond the quota")
print(f"by minutes, less exact: {minutes['total']}")
PYTHON
