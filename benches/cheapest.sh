#!/bin/sh
# Finds the cheapest size for a trace, with reservations at several prices: so many percent of what calls cost
# that use them all the time. Prints time and memory of each. Usage: cheapest.sh <TRACE> <PERCENT>...
set -eu

here=$(cd "$(dirname "$0")/.." && pwd)
trace=$1
shift
folder=$(mktemp -d)
trap 'rm -r "$folder"' EXIT
for percent in "$@"; do
    # 10K TPM-hour are 600K tokens of ¥6 a million, and 1K TPM-hour are 60K of ¥24.
    input=$(awk -v percent="$percent" 'BEGIN { print 3.6 * percent / 100 }')
    output=$(awk -v percent="$percent" 'BEGIN { print 1.44 * percent / 100 }')
    cat > "$folder/acme.toml" <<TOML
version = 1
[provider]
id = "acme"
name = "Acme"
region = "here"
region_name = "Here"
currency = "CNY"
[billing.ptu]
increment = "hour"
input_step = "10K TPM"
output_step = "1K TPM"
[[model]]
code = "acme-chat"
[[model.ptu]]
input = { hour = "$input per 10K TPM-hour" }
output = [{ hour = "$output per 1K TPM-hour" }]
[[model.standard]]
tiers = [
  { up_to = "32K tokens", input = "6 per 1M tokens", output = "24 per 1M tokens" },
  { input = "12 per 1M tokens", output = "48 per 1M tokens" },
]
TOML
    echo "at $percent % of full use"
    /usr/bin/time -f '%e s, processors %U s, %M KiB' "$here/target/release/tollgate" quote ptu acme-chat \
        --catalog "$folder/acme.toml" --trace "$trace" --fit cheapest | sed -n '1,2p'
done
