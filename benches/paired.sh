#!/usr/bin/env bash
# How long a command takes as a whole process, beside one that does nothing: both run in turn, so
# that what else the machine does falls on both, and the middle of the ratios is printed.
#
#   benches/paired.sh 200 target/release/tollgate quote mu qwen3-8b --hours 1
set -euo pipefail
export LC_ALL=C
rounds=${1:?the number of rounds, then the command}
shift
ratios=()
for ((round = 0; round < rounds; round++)); do
  start=$EPOCHREALTIME
  /bin/true
  between=$EPOCHREALTIME
  "$@" >/dev/null
  end=$EPOCHREALTIME
  # Microseconds; the ratio in hundredths.
  nothing=$((${between/./} - ${start/./}))
  command=$((${end/./} - ${between/./}))
  ratios+=($((command * 100 / nothing)))
done
mapfile -t ratios < <(printf '%s\n' "${ratios[@]}" | sort -n)
middle=${ratios[rounds / 2]}
printf '%d.%02d times as long as /bin/true (the middle of %d pairs)\n' \
  $((middle / 100)) $((middle % 100)) "$rounds"
