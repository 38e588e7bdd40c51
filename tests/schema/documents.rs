//! Documents of every kind, as `--json` prints them.

use std::ffi::OsString;
use std::fs;

use chrono::NaiveDate;
use serde_json::Value;
use tollgate::cli::{Environment, run};

/// Calls of several models, with a cache, of one that is not known, and of none. Their tokens are so many that a
/// savings plan pays.
const MIXED: &str = "\
timestamp,model,input_tokens,cached_tokens,cache_write_tokens,output_tokens
2026-11-02T09:00:00+08:00,qwen-plus,900000,1000,2000,900000
2026-11-02T09:00:01+08:00,qwen3-8b,4000,,,900
2026-11-02T09:00:02+08:00,mine,4000,10,20,900
2026-11-02T09:00:03+08:00,,4000,,,900
";

/// Every kind of quote. `OVERLAY` stands for the path of a catalog file with [`PRICES`],
/// `TENCENT`, `ABROAD`, `THERE` and `WEIGHED` for those of others, `CALLS`, `COPY` and `COUNTED` for those of traces.
const QUOTES: &[&str] = &[
    "ptu qwen3.7-max-2026-05-20 --input-tpm 100k --output-tpm 10k --hours 10",
    "ptu qwen3.6-flash-2026-04-16 --input-tpm 50k --output-tpm 4k --hours 1.5 --start 2026-06-01T21:59",
    "ptu qwen3-max-2025-09-23 --input-tpm 12345 --output-tpm 678 --hours 1m0.36s",
    "ptu qwen3-max-2025-09-23 --input-tpm 200k --output-tpm 20k --days 7",
    "ptu qwen3-max-2025-09-23 --input-tpm 200k --output-tpm 0 --days 1 --start 2026-06-01T22:00:01",
    "ptu qwen-plus-2025-12-01 --input-tpm 50k --output-tpm 8k --days 30",
    "ptu qwen-plus-2025-12-01 --input-tpm 50k --output-tpm 8k --days 30 --mode code-interpreter",
    "ptu qwen-plus-2025-12-01 --input-tpm 50k --output-tpm 8k --hours 2 --mode thinking",
    "ptu glm-5.1 --input-tpm 50k --output-tpm 8k --hours 2 --discount 12.5% --fx USD=0.1389 --fx EUR=0.12",
    "ptu glm-5.1 --input-tpm 50k --output-tpm 8k --days 2 --discount 100%",
    "ptu own-model --input-tpm 10k --output-tpm 1k --hours 90.5m --catalog OVERLAY",
    "tokens own-hours --input 4001 --output 1M --requests 2 --free-quota 3k --catalog OVERLAY",
    "ptu own-hours --input-tpm 10k --output-tpm 1k --hours 90.5m --rpm 3 --input-per-request 4000 --output-per-request 400 --start 2026-06-01T23:00 --catalog OVERLAY",
    "ptu own-hours --input-tpm 10 --output-tpm 10 --trace CALLS --catalog OVERLAY",
    "ptu glm-5.1 --input-tpm 50k --output-tpm 8k --hours 90m --runs 30",
    "ptu glm-5.1 --input-tpm 50k --output-tpm 8k --hours 8 --runs 2 --rpm 0.5 --input-per-request 4000 --output-per-request 400",
    "ptu qwen3-max-2025-09-23 --input-tpm 100k --output-tpm 10k --hours 10 --rpm 30 --input-per-request 4000 --output-per-request 400 --discount 15% --fx USD=0.1389",
    "ptu qwen3-max-2025-09-23 --input-tpm 10k --output-tpm 0 --days 3 --hours-per-day 7h20m --rpm 7 --input-per-request 0 --output-per-request 3",
    "ptu qwen3-max-2025-09-23 --input-tpm 100k --output-tpm 10k --days 30 --rpm 30 --input-per-request 4000 --output-per-request 400 --on-overflow reject",
    "ptu qwen-plus-2025-12-01 --input-tpm 900k --output-tpm 10k --days 1 --rpm 4 --input-per-request 200k --output-per-request 1k --mode thinking",
    "ptu qwen3-max-2025-09-23 --fit peak --days 30 --hours-per-day 8 --rpm 31.7 --input-per-request 4000 --output-per-request 400 --start 2026-06-01T21:59",
    "ptu qwen3-max-2025-09-23 --fit peak --hours 1.5 --rpm 30 --input-per-request 4000 --output-per-request 400 --on-overflow reject",
    "ptu deepseek-v3.2 --fit cheapest --days 30 --rpm 31.7 --input-per-request 4000 --output-per-request 400",
    "ptu qwen3-max-2025-09-23 --fit cheapest --days 30 --hours-per-day 10m --rpm 30 --input-per-request 4000 --output-per-request 400",
    "ptu own-model --fit cheapest --hours 90.5m --rpm 31 --input-per-request 3300 --output-per-request 330 --catalog OVERLAY",
    "ptu own-farther --input-tpm 10k --output-tpm 1k --hours 2 --rpm 31 --input-per-request 3300 --output-per-request 330 --catalog ABROAD",
    "mu own-farther --spec nd96isr-h100 --hours 90.5m --catalog ABROAD",
    "ptu qwen3-max-2025-09-23 --input-tpm 200k --output-tpm 20k --days 7 --renew 2 --start 2026-06-01T21:59 --discount 15%",
    "ptu own-reserved --input-tpm 10k --output-tpm 1k --months 2 --renew 1 --start 2026-12-01T10:00 --catalog TENCENT",
    "ptu qwen3-max-2025-09-23 --input-tpm 20k --output-tpm 2k --days 7 --renew 2 --rpm 30 --input-per-request 4000 --output-per-request 400 --free-quota 1M --overdue-since 2026-12-01",
    "ptu qwen3-max-2025-09-23 --input-tpm 20k --output-tpm 2k --hours 100 --start 2026-06-01T10:00 --overdue-since 2026-06-02",
    "mu qwen3-8b --hours 90.5m --overdue-since 2026-06-02T10:00",
    "mu qwen3-8b --spec MU5x1 --months 1 --renew 3",
    "tokens glm-5.1 --input 1M --output 1M --requests 9 --overdue-since 2026-06-02",
    "tokens own-reserved --input 1M --output 1M --requests 999 --overdue-since 2026-06-02 --catalog TENCENT",
    "mu qwen3-8b --hours 90.5m",
    "mu qwen3-8b --spec MU5x1 --hours 8h30s --runs 20",
    "mu qwen3-8b --spec MU1x2 --replicas 3 --hours 1 --start 2026-06-01T14:00:01Z",
    "mu qwen3-8b --spec MU5x1 --hours 1 --catalog OVERLAY",
    "mu qwen3.6-plus-2026-04-02 --spec MU1x16 --hours 24",
    "mu qwen3.6-35b-a3b --spec MU8x1 --hours 1m",
    "mu cosyvoice-v3-flash --hours 1",
    "mu qwen3-8b --months 3",
    "mu qwen3-8b --months 1 --max-cost 11000",
    "tokens qwen3-rerank --input 1M --output 0 --max-cost USD100 --fx USD=0.1389",
    "mu glm-4.7 --replicas 2 --months 3 --start 2026-01-31T10:00",
    "mu qwen3-8b --spec MU5x1 --months 1 --cancel-after 6.5",
    "mu qwen3-8b --spec MU5x1 --months 1 --cancel-after 26 --start 2026-06-01T10:00",
    "mu qwen3-8b --months 1 --cancel-after 7 --discount 15% --fx USD=0.1389",
    "mu qwen3-8b --spec MU5x1 --hours 1 --fx 1USD=7.2CNY --fx 100JPY=4.7CNY",
    "tokens qwen3-32b --input 1,234,567 --output 345,678",
    "tokens qwen3-32b --input 1,234,567 --output 345,678 --mode thinking --discount 15%",
    "tokens qwen2.5-7b-instruct --input 1M --output 100k --rate fine-tuned --fx USD=0.1389",
    "tokens qwen3-32b --input 1M --output 100k --rate standard",
    "tokens qwen3-max-2025-09-23 --input 1M --output 100k --requests 25",
    "tokens qwen3-max-2025-09-23 --input 1M --output 100k --requests 25 --batch",
    "tokens qwen3-max-2025-09-23 --input 1M --output 0 --requests 25 --cached-input 600k --cache-write 1k --cache explicit",
    "tokens own-free --rpm 1 --input-per-request 4k --output-per-request 9 --cache-hit 75% --catalog OVERLAY",
    "ptu glm-5.1 --input-tpm 50k --output-tpm 8k --days 2 --rpm 30 --input-per-request 4k --output-per-request 400 --cached-per-request 1k --cache implicit",
    "tokens qwen3-rerank --input 1M --output 0",
    "tokens glm-5.1 --input 1M --output 1M --requests 9 --free-quota 1M --package 100k@2026-12-31 --package-price 2",
    "tokens glm-5.1 --rpm 0.5 --input-per-request 4k --output-per-request 0 --hours-per-day 1.5 --free-quota 100k --fx USD=0.1389",
    "tokens glm-5.1 --rpm 2 --input-per-request 4k --output-per-request 9 --postpaid off --free-quota 100k",
    "tokens own-reserved --input 1M --output 1M --requests 999 --package 1M --postpaid off --catalog TENCENT",
    "ptu glm-5.1 --input-tpm 50k --output-tpm 8k --days 2 --rpm 30 --input-per-request 4k --output-per-request 400 --free-quota 1M --postpaid off",
    "ptu own-reserved --input-tpm 10k --output-tpm 1k --months 1 --start 2026-12-01T10:00 --catalog TENCENT",
    "ptu own-reserved --input-tpm 10k --output-tpm 1k --months 1 --rpm 30 --input-per-request 4k --output-per-request 400 --catalog TENCENT",
    "ptu own-reserved --input-tpm 10k --output-tpm 1k --months 1 --rpm 30 --input-per-request 4k --output-per-request 400 --free-quota 1M --postpaid off --catalog TENCENT",
    "ptu own-reserved --input-tpm 10k --output-tpm 1k --months 1 --rpm 3 --input-per-request 200k --output-per-request 400 --on-overflow reject --catalog TENCENT",
    "ptu qwen3-max-2025-09-23 --trace CALLS --input-tpm 10k --output-tpm 1k --discount 15%",
    "ptu qwen3-max-2025-09-23 --trace CALLS --input-tpm 10k --output-tpm 0 --days 2 --scale-to 2 --on-overflow reject",
    "ptu qwen3-max-2025-09-23 --trace LATER --fit p95 --hours 1 --where model=big --skip-bad-rows",
    "ptu qwen3-max-2025-09-23 --trace CALLS --trace COPY --fit p95 --hours 1",
    "ptu qwen3-max-2025-09-23 --trace CALLS --fit p99 --on-overflow reject",
    "ptu qwen3-max-2025-09-23 --trace CALLS --fit cheapest",
    "ptu qwen3-max-2025-09-23 --trace COUNTED --time-unit milliseconds --fit peak",
    "tokens qwen3-max-2025-09-23 --trace CALLS --scale-to 30 --fx USD=0.1389",
    "tokens qwen3-max-2025-09-23 --trace LATER --skip-bad-rows",
    "tokens --trace MIXED --skip-unknown-models --max-cost USD9999 --fx USD=0.1389",
    "tokens --trace MIXED --where model=qwen-plus --where model=qwen3-8b --discount 10%",
    "tokens --trace MIXED --skip-unknown-models --growth 50%/month --growth-months 2",
    "tokens --trace MIXED --where model=qwen-plus --savings-plan 1000 --fx USD=0.1389 --discount 10%",
    "tokens qwen3-max-2025-09-23 --trace CALLS --scale-to 30 --pattern week --discount 15%",
    "tokens qwen3-max-2025-09-23 --trace NIGHT --catalog CHANGING",
    "tokens qwen3-max-2025-09-23 --trace NIGHT --catalog CHANGING --as-of 2026-01-01",
    "ptu qwen3-max-2025-09-23 --trace NIGHT --input-tpm 10k --output-tpm 1k --catalog CHANGING",
    "ptu qwen3-max-2025-09-23 --trace NIGHT --input-tpm 10k --output-tpm 1k --days 2 --on-overflow reject --catalog CHANGING",
    "ptu own-unit --units 13 --hours 90.5m --rpm 31 --input-per-request 3300 --output-per-request 330 --catalog WEIGHED",
    "ptu own-unit --input-tpm 10k --output-tpm 1k --days 7 --renew 1 --catalog WEIGHED",
    "ptu own-pair --units 3 --months 1 --catalog WEIGHED",
    "ptu own-unit --trace CALLS --fit p95 --catalog WEIGHED",
    "ptu own-pair --trace CALLS --units 3 --months 1 --on-overflow reject --catalog WEIGHED",
    "ptu own-slow --service standard --input-tpm 200k --output-tpm 20k --blocks 2 --start 2026-06-01T22:30 --catalog OVERLAY",
    "ptu own-slow --service standard --fit peak --days 30 --renew 1 --start 2026-06-01T22:30 --rpm 30 --input-per-request 4000 --output-per-request 400 --on-overflow reject --catalog OVERLAY",
    "ptu own-slow --service high-speed --input-tpm 10k --output-tpm 1k --hours 90.5m --catalog OVERLAY",
    "ptu own-sides --trace CALLS --input-tpm 10k --output-tpm 1k --catalog WEIGHED",
    "dtu qwen3.5-27b --units 2 --months 2 --renew 1 --start 2026-12-01T10:00 --discount 15% --catalog tests/dtu/prices.toml",
    "dtu qwen3.5-27b --spec Efficient --fit peak --months 1 --hours-per-day 8 --rpm 60 --input-per-request 8000 --output-per-request 800 --catalog tests/dtu/prices.toml",
    "dtu qwen3.6-27b --units 3 --months 2 --cancel-after 40.5 --fx USD=0.1389 --catalog tests/dtu/prices.toml",
    "dtu qwen3.6-27b --fit cheapest --months 1 --trace CALLS --catalog tests/dtu/prices.toml",
    "tokens two-ends --rate fine-tuned --input 32768 --output 100 --requests 1 --catalog tests/tiers/prices.toml",
    "tokens offered --input 1M --cached-input 300k --output 100k --catalog tests/tiers/prices.toml",
    "tokens two-ends --rate standard --trace CALLS --catalog tests/tiers/prices.toml",
    "tokens qwen3-max-2025-09-23 --load WEEK",
    "ptu qwen3-max-2025-09-23 --load WEEK --fit peak --days 30 --growth 5%/month --growth-months 2",
    "tokens qwen3-max-2025-09-23 --trace CALLS --growth 5%/month --growth-months 3 --fx USD=0.1389",
    "tokens qwen3-max-2025-09-23 --trace ODD",
];

/// Workloads under every method: one model or several, short days, a known capacity, a method in
/// use.
const COMPARISONS: &[&str] = &[
    "qwen3-max-2025-09-23 --rpm 30 --input-per-request 4000 --output-per-request 400 --as-of 2026-01-01..2026-01-02 --catalog CHANGING",
    "qwen3-max-2025-09-23 own-there --rpm 30 --input-per-request 4000 --output-per-request 400 --region all --catalog THERE",
    "qwen3-max-2025-09-23 --rpm 30 --input-per-request 4000 --output-per-request 400",
    "qwen3-8b --rpm 0.3 --input-per-request 900 --output-per-request 0 --hours-per-day 20m --days 7 --spec MU2x2 --mode non-thinking",
    "qwen-plus-2025-12-01 --rpm 30 --input-per-request 4k --output-per-request 400 --mode code-interpreter --current ptu-hourly --overlap 90m",
    "qwen3-8b qwen3-32b qwen3-max-2025-09-23 --rpm 30 --input-per-request 4000 --output-per-request 400 --hours-per-day 10 --days 45 --spec MU1x2 --replica-capacity MU1x2=300k/60k --current mu-hourly",
    "qwen3-8b --rpm 900 --input-per-request 4000 --output-per-request 400 --spec MU1x2 --replica-capacity MU1x2=300k/60k --current mu-monthly --discount 15% --fx USD=0.1389 --fx EUR=0.12",
    "qwen3.6-plus-2026-04-02 --rpm 30 --input-per-request 200k --output-per-request 400 --spec MU1x16 --mode thinking --current standard",
    "qwen-plus-2025-12-01 --rpm 30 --input-per-request 4000 --output-per-request 400 --mode standard --discount 100%",
    "own-free --rpm 30 --input-per-request 4000 --output-per-request 400 --hours-per-day 11.5 --catalog OVERLAY",
    "qwen3-8b --rpm 30 --input-per-request 4000 --output-per-request 400 --days 31 --spec MU5x1",
    "qwen3-8b --rpm 30 --input-per-request 4000 --output-per-request 400 --cached-per-request 1k --cache-write-per-request 9 --cache explicit --spec MU5x1",
    "own-model qwen3-8b --rpm 30 --input-per-request 4000 --output-per-request 400 --spec MU5x1 --hours-per-day 8 --current ptu-hourly --catalog OVERLAY",
    "own-slow --rpm 30 --input-per-request 4000 --output-per-request 400 --hours-per-day 8 --days 45 --current reservation-daily --catalog OVERLAY",
    "own-slow --trace NIGHT --catalog OVERLAY",
    "own-reserved --rpm 30 --input-per-request 4000 --output-per-request 400 --free-quota 1M --catalog TENCENT",
    "own-whole --rpm 30 --input-per-request 4000 --output-per-request 400 --days 45 --current ptu-monthly --catalog TENCENT",
    "qwen3-max-2025-09-23 qwen3-8b --trace CALLS --scale-to 7 --current ptu-daily --discount 5%",
    "qwen3-max-2025-09-23 --trace CALLS --fit cheapest",
    "qwen3-max-2025-09-23 qwen3-8b --trace NIGHT --catalog CHANGING",
    "qwen3-8b --rpm 900 --input-per-request 4000 --output-per-request 400 --current fine-tuned --replica-capacity MU1x2=300k/60k",
    "qwen3-8b --rpm 20 --input-per-request 500 --output-per-request 100 --spec MU5x1 --current mu-monthly --current-ends 12",
    "own-unit --rpm 30 --input-per-request 4000 --output-per-request 400 --current ptu-monthly --catalog WEIGHED",
    "own-unit --trace CALLS --scale-to 7 --catalog WEIGHED",
    "own-long --rpm 30 --input-per-request 4000 --output-per-request 400 --catalog WEIGHED",
    "qwen3-8b own-abroad --rpm 30 --input-per-request 4000 --output-per-request 400 --spec MU5x1 --fx USD=0.1389 --fx 1EUR=7.7CNY --catalog ABROAD",
    "qwen3.5-27b --rpm 60 --input-per-request 8000 --output-per-request 800 --current dtu-monthly --current-ends 12 --catalog tests/dtu/prices.toml",
    "qwen3.5-27b --trace CALLS --scale-to 7 --catalog tests/dtu/prices.toml",
    "qwen3-max-2025-09-23 --load WEEK",
    "qwen3-max-2025-09-23 --trace CALLS --growth 5%/month --growth-months 2",
    "qwen3-max-2025-09-23 --trace ODD --scale-to 30",
    "gemini-2.5-pro gpt-5.2 --rpm 30 --input-per-request 4000 --output-per-request 400",
];

/// What parts of a trace contribute.
const PARTIALS: &[&str] = &[
    "--trace CALLS --input-tpm 10k --output-tpm 1k",
    "--trace CALLS --input-tpm 10k --output-tpm 1k --days 3 --scale-to 2 --on-overflow reject",
    "--trace LATER --input-tpm 10k --output-tpm 1k --where model=big --skip-bad-rows --scale-to 30 --pattern week",
    "--trace LATER --input-tpm 10k --output-tpm 1k --where model=none --skip-bad-rows",
    "--trace COUNTED --time-unit milliseconds --input-tpm 10k --output-tpm 1k",
    "--trace DATES --time-unit microseconds --input-tpm 10k --output-tpm 1k",
    "--trace LARGE --input-tpm 10k --output-tpm 1k",
    "--trace NIGHT --input-tpm 10k --output-tpm 1k --catalog CHANGING",
    "--trace NIGHT --input-tpm 10k --output-tpm 1k --catalog CHANGING --as-of 2026-01-01",
    "--trace ODD --repeated-calls last --input-tpm 10k --output-tpm 1k",
    "--trace ODD --repeated-calls bill --failed-calls bill --input-tpm 10k --output-tpm 1k",
];

/// Logs of every kind.
const LOGS: &[&str] = &[
    "CALLS",
    "CALLS COPY",
    "LATER --skip-bad-rows --where model=big",
    "LATER --skip-bad-rows",
    "COUNTED --time-unit milliseconds",
    "DATES --time-unit microseconds",
    "LARGE",
    "NIGHT --model-map big=qwen3-8b",
    "ODD",
];

/// What only a user's file brings: changes, prices of one term, billing by the minute, a
/// reservation that costs less than calls.
const PRICES: &str = r#"
version = 1
[provider]
id = "alibaba"
[billing.ptu]
increment = "minute"
input_step = "10K TPM"
output_step = "1K TPM"
overdue_retention = "24h"
late_order_after = "22:00"
expires_at = "23:59"
grace = "2h"
retention = "14h"
[[model]]
code = "own-model"
[[model.ptu]]
max_input = "128000 tokens"
input = { hour = "1 per 10K TPM-hour" }
output = [{ hour = "1 per 1K TPM-hour" }]
[[model.standard]]
tiers = [{ input = "10 per 1M tokens", cached = "2 per 1M tokens", cached_explicit = "1 per 1M tokens", cache_write = "12.5 per 1M tokens", output = "40 per 1M tokens" }]
[[model]]
code = "own-hours"
[[model.ptu]]
max_input = "128000 tokens"
input = { hour = "1 per 10K TPM-hour" }
output = [{ hour = "1 per 1K TPM-hour" }]
[[model.standard]]
tiers = [
  { hours = "08:00-24:00", input = "10 per 1M tokens", output = "40 per 1M tokens" },
  { hours = "00:00-08:00", up_to = "4K tokens", input = "5 per 1M tokens", output = "20 per 1M tokens" },
]
[[model]]
code = "own-slow"
[[model.ptu]]
max_input = "128000 tokens"
input = { hour = "1 per 10K TPM-hour", day = "12 per 10K TPM-day" }
output = [{ hour = "1 per 1K TPM-hour", day = "11 per 1K TPM-day" }]
[[model.reservation]]
max_input = "128000 tokens"
input = { day = "4 per 10K TPM-day" }
output = [{ day = "4 per 1K TPM-day" }]
[[model.standard]]
tiers = [{ input = "10 per 1M tokens", output = "40 per 1M tokens" }]
[[model]]
code = "own-free"
[[model.ptu]]
max_input = "128000 tokens"
input = { hour = "1 per 10K TPM-hour", day = "12 per 10K TPM-day" }
output = [{ hour = "1 per 1K TPM-hour", day = "11 per 1K TPM-day" }]
[[model.standard]]
tiers = [{ input = "0 per 1M tokens", output = "0 per 1M tokens" }]
[[model]]
code = "qwen3-8b"
[[model.mu]]
spec = "MU5 x 1"
hour = "20 per replica-hour"
from = 2026-11-01
"#;

/// Resources of every kind, source and status.
const ACCOUNT: &str = include_str!("../resources/account.toml");

/// A reservation by the month, of a provider that documents its services.
const RESERVED: &str = r#"
version = 1
[provider]
id = "tencent"
region = "r"
region_name = "R"
currency = "CNY"
[billing.ptu]
increment = "hour"
[[model]]
code = "own-whole"
[[model.ptu]]
input = { hour = "1 per 10K TPM-hour", day = "11 per 10K TPM-day", month = "300 per 10K TPM-month" }
output = [{ hour = "1 per 1K TPM-hour", day = "11 per 1K TPM-day", month = "300 per 1K TPM-month" }]
[[model.standard]]
tiers = [{ input = "10 per 1M tokens", output = "40 per 1M tokens" }]
[[model]]
code = "own-reserved"
[[model.ptu]]
input = { month = "1 per 10K TPM-month" }
output = [{ month = "1 per 1K TPM-month" }]
[[model.standard]]
tiers = [{ input = "1 per 1M tokens", output = "4 per 1M tokens" }]
"#;

/// Prices in another region.
const THERE: &str = r#"
version = 1
[provider]
id = "alibaba"
region = "ap-southeast-1"
[[model]]
code = "qwen3-max-2025-09-23"
[[model.ptu]]
max_input = "64000 tokens"
input = { hour = "5 per 10K TPM-hour", day = "50 per 10K TPM-day" }
output = [{ hour = "2 per 1K TPM-hour", day = "20 per 1K TPM-day" }]
[[model.standard]]
tiers = [{ input = "6 per 1M tokens", output = "24 per 1M tokens" }]
[[model]]
code = "own-there"
[[model.standard]]
tiers = [{ input = "2 per 1M tokens", output = "8 per 1M tokens" }]
"#;

/// A model whose prices are in another currency.
pub const ABROAD: &str = r#"
version = 1
[provider]
id = "far"
name = "Far"
region = "there"
region_name = "There"
currency = "USD"
[billing.mu]
increment = "minute"
cancellation_increment = "day"
cancellation_factor = "1.2"
cancellation_month = "30d"
cancellation_within = "31d"
[[model]]
code = "own-abroad"
[[model.mu]]
spec = "MU5 x 1"
hour = "3 per replica-hour"
[[model.standard]]
tiers = [{ input = "1 per 1M tokens", output = "4 per 1M tokens" }]
[[model]]
code = "own-farther"
[[model.mu]]
spec = "ND96isr-H100"
hour = "98 per replica-hour"
[[model.ptu]]
input = { hour = "2 per 1K TPM-hour" }
output = [{ hour = "8 per 1K TPM-hour" }]
[[model.standard]]
tiers = [{ input = "1 per 1M tokens", output = "4 per 1M tokens" }]
"#;

/// Throughput in units of one meter and of two, and sides that weigh tokens.
pub const WEIGHED: &str = r#"
version = 1
[provider]
id = "scales"
name = "Scales"
region = "there"
region_name = "There"
currency = "USD"
[billing.ptu]
increment = "minute"
scales_by_day = true
[[model]]
code = "own-unit"
[[model.capacity]]
max_input = "200K tokens"
unit = { name = "GSU", adds = { tokens = "40500 TPM" }, smallest = 15, step = 5, hour = "3.7 per unit-hour", day = "70 per unit-day", month = "2000 per unit-month" }
[[model.capacity.meters]]
name = "tokens"
weights = [{ up_to = "100K tokens", input = "1", cached = "0.1", output = "6" }, { input = "2", output = "9" }]
[[model.standard]]
tiers = [{ input = "1.5 per 1M tokens", output = "9 per 1M tokens" }]
[[model]]
code = "own-long"
[[model.capacity]]
unit = { name = "LU", adds = { tokens = "40500 TPM" }, block = "30 per unit-block", week = "600 per unit-week", year = "24000 per unit-year" }
[[model.capacity.meters]]
name = "tokens"
weights = [{ input = "1", output = "6" }]
[[model.standard]]
tiers = [{ input = "1.5 per 1M tokens", output = "9 per 1M tokens" }]
[[model]]
code = "own-pair"
[[model.capacity]]
unit = { name = "DTU", adds = { input = "1372000 TPM", output = "170000 TPM" }, month = "556466 per unit-month" }
[[model.capacity.meters]]
name = "input"
weights = [{ input = "1", cached = "0.2", output = "0" }]
[[model.capacity.meters]]
name = "output"
weights = [{ input = "0", output = "1" }]
[[model]]
code = "own-sides"
[[model.ptu]]
input = { hour = "2 per 1K TPM-hour" }
output = [{ hour = "8 per 1K TPM-hour" }]
weights = [{ up_to = "32K tokens", cached = "0.2" }, { input = "1.33", output = "1.17" }]
[[model.standard]]
tiers = [{ input = "1.5 per 1M tokens", output = "9 per 1M tokens" }]
"#;

/// Prices that change at the midnight of [`NIGHT`].
const CHANGING: &str = r#"
version = 1
[provider]
id = "alibaba"
[[model]]
code = "qwen3-max-2025-09-23"
[[model.ptu]]
from = 2026-01-02
max_input = "128000 tokens"
input = { hour = "1 per 10K TPM-hour", day = "12 per 10K TPM-day" }
output = [{ hour = "1 per 1K TPM-hour", day = "11 per 1K TPM-day" }]
[[model.standard]]
from = 2026-01-02
tiers = [{ input = "1 per 1M tokens", output = "4 per 1M tokens" }]
[[model]]
code = "qwen3-8b"
[[model.mu]]
spec = "MU5 x 1"
hour = "20 per replica-hour"
from = 2026-01-02
"#;

/// Logged calls before and after a midnight, some too large for a small reservation.
const NIGHT: &str = "timestamp,input_tokens,output_tokens
2026-01-01 22:10:00,40000,100
2026-01-02 00:20:00,40000,100
2026-01-02 00:20:01,4000,100
";

/// Logged calls, some in one minute.
const CALLS: &str = "timestamp,input_tokens,output_tokens
2026-01-01 08:00:01,4000,100
2026-01-01 08:00:02,9000,100
2026-01-01 08:02:03,90000,900
2026-01-01 08:02:04,200,0
";

/// Logged calls of two models and modes, with cached and reasoning tokens, and with a row that cannot
/// be read.
const LATER: &str = "timestamp,model,input_tokens,output_tokens,cached_tokens,reasoning_tokens,mode
2026-11-20T09:59:00,big,9000,100,800,70,thinking
2026-11-20T09:59:10,small,9000,100,0,0,non-thinking
2026-11-20T09:59:20,big,many,100,0,0,thinking
";

/// A known log with a row of another type, a failed call, one that is logged twice, one without output, and one
/// out of order.
const ODD: &str = r#"{"call_type": "acompletion", "request_id": "chatcmpl-1", "startTime": "2026-11-02T09:00:00Z", "model": "qwen3-max-2025-09-23", "prompt_tokens": 900, "completion_tokens": 90, "spend": 0.1, "status": "success"}
{"call_type": "acompletion", "request_id": "chatcmpl-1", "startTime": "2026-11-02T09:00:00Z", "model": "qwen3-max-2025-09-23", "prompt_tokens": 900, "completion_tokens": 95, "spend": 0.1, "status": "success"}
{"call_type": "acompletion", "request_id": "chatcmpl-2", "startTime": "2026-11-02T09:02:00Z", "model": "qwen3-max-2025-09-23", "prompt_tokens": 900, "completion_tokens": 0, "spend": 0, "status": "failure"}
{"call_type": "aembedding", "request_id": "chatcmpl-3", "startTime": "2026-11-02T09:01:00Z", "model": "qwen3-max-2025-09-23", "prompt_tokens": 40, "spend": 0.1, "status": "success"}
"#;

/// A week with holes.
const WEEK: &str = "mon-fri 09:00-18:00 0.5rpm 3000/350";

/// Unix times in milliseconds.
const DATES: &str = "timestamp,input_tokens,output_tokens
1767225600000,4000,100
";

/// The sums of a minute, and one of calls above the maximum input.
const LARGE: &str = "minute,requests,input_tokens,output_tokens
2026-11-20T09:59:00Z,10,50000,100
2026-11-20T10:59:00Z,10,1500000,100
2026-11-20T23:59:00Z,0,0,0
";

/// Logged calls whose times are counted from a start of their own.
const COUNTED: &str = "{\"timestamp\": 0, \"input_tokens\": 900, \"output_tokens\": 40}
{\"timestamp\": 70000, \"input_tokens\": 600, \"output_tokens\": 90}
";

/// What `tollgate <arguments> --json` prints on 2026-11-20.
pub fn printed(arguments: &str) -> Value {
    let folder = tempfile::tempdir().unwrap();
    let overlay = folder.path().join("own.toml");
    fs::write(&overlay, PRICES).unwrap();
    let account = folder.path().join("account.toml");
    fs::write(&account, ACCOUNT).unwrap();
    let reserved = folder.path().join("tencent.toml");
    fs::write(&reserved, RESERVED).unwrap();
    let abroad = folder.path().join("abroad.toml");
    fs::write(&abroad, ABROAD).unwrap();
    let there = folder.path().join("there.toml");
    fs::write(&there, THERE).unwrap();
    let calls = folder.path().join("calls.csv");
    fs::write(&calls, CALLS).unwrap();
    let weighed = folder.path().join("weighed.toml");
    fs::write(&weighed, WEIGHED).unwrap();
    let changing = folder.path().join("changing.toml");
    fs::write(&changing, CHANGING).unwrap();
    let night = folder.path().join("night.csv");
    fs::write(&night, NIGHT).unwrap();
    let later = folder.path().join("later.csv");
    fs::write(&later, LATER).unwrap();
    let dates = folder.path().join("dates.csv");
    fs::write(&dates, DATES).unwrap();
    let large = folder.path().join("large.csv");
    fs::write(&large, LARGE).unwrap();
    let copy = folder.path().join("copy.csv");
    fs::write(&copy, CALLS).unwrap();
    let counted = folder.path().join("counted.jsonl");
    fs::write(&counted, COUNTED).unwrap();
    let mixed = folder.path().join("mixed.csv");
    fs::write(&mixed, MIXED).unwrap();
    let odd = folder.path().join("odd.jsonl");
    fs::write(&odd, ODD).unwrap();
    let words = format!("tollgate {arguments} --json");
    let words = words.split(' ').map(|word| match word {
        "OVERLAY" => overlay.clone().into_os_string(),
        "ACCOUNT" => account.clone().into_os_string(),
        "THERE" => there.clone().into_os_string(),
        "ABROAD" => abroad.clone().into_os_string(),
        "WEIGHED" => weighed.clone().into_os_string(),
        "TENCENT" => reserved.clone().into_os_string(),
        "CALLS" => calls.clone().into_os_string(),
        "CHANGING" => changing.clone().into_os_string(),
        "NIGHT" => night.clone().into_os_string(),
        "DATES" => dates.clone().into_os_string(),
        "LARGE" => large.clone().into_os_string(),
        "LATER" => later.clone().into_os_string(),
        "COPY" => copy.clone().into_os_string(),
        "MIXED" => mixed.clone().into_os_string(),
        "COUNTED" => counted.clone().into_os_string(),
        "ODD" => odd.clone().into_os_string(),
        "WEEK" => OsString::from(WEEK),
        word => OsString::from(word),
    });
    let environment = Environment {
        width: 80,
        today: NaiveDate::from_ymd_opt(2026, 11, 20).unwrap(),
        catalog_path: None,
        style_stdout: false,
        style_stderr: false,
        progress: None,
    };
    let outcome = run(words, &environment);
    assert_eq!(
        (outcome.code, outcome.stderr.as_str()),
        (0, ""),
        "{arguments}"
    );
    serde_json::from_str(&outcome.stdout).unwrap()
}

/// A document for each kind of quote.
pub fn quotes() -> Vec<Value> {
    QUOTES
        .iter()
        .map(|arguments| printed(&format!("quote {arguments}")))
        .collect()
}

/// What parts of a trace contribute, one document each.
pub fn partials() -> Vec<Value> {
    let line = "quote ptu qwen3-max-2025-09-23 --partial";
    PARTIALS
        .iter()
        .map(|arguments| printed(&format!("{line} {arguments}")))
        .collect()
}

/// What is in a log of each kind.
pub fn logs() -> Vec<Value> {
    LOGS.iter()
        .map(|arguments| printed(&format!("trace {arguments}")))
        .collect()
}

/// Comparisons of logs of several models that have every part between them.
pub fn log_comparisons() -> Vec<Value> {
    [
        "compare --trace MIXED --skip-unknown-models --max-cost USD9999 --fx USD=0.1389 --scale-to 30",
        "compare --trace MIXED --where model=qwen-plus --where model=qwen3-8b --scale-to 30 --current mu-hourly",
        "compare --trace MIXED --where model=qwen-plus --no-savings-plan",
        "compare --trace MIXED --skip-unknown-models --growth 50%/month --growth-months 3 --fx USD=0.1389",
        "compare --trace MIXED --where model=qwen-plus --where model=qwen3-8b --current mu-hourly --growth -100%/month",
        "compare --trace MIXED --skip-unknown-models --as-of 2026-06-01..2026-11-20",
    ]
    .map(printed)
    .to_vec()
}

/// A document for each kind of comparison.
pub fn comparisons() -> Vec<Value> {
    COMPARISONS
        .iter()
        .map(|arguments| printed(&format!("compare {arguments}")))
        .collect()
}

/// Price cards that have every part between them.
pub fn cards() -> Vec<Value> {
    [
        "models qwen-plus-2025-12-01",
        "models qwen3-8b",
        "models qwen3-rerank --catalog OVERLAY",
        "models own-model --catalog OVERLAY",
        "models own-hours --catalog OVERLAY",
        "models own-reserved --catalog TENCENT",
        "models tencent",
        "models own-unit --catalog WEIGHED",
        "models own-pair --catalog WEIGHED",
        "models own-sides --catalog WEIGHED",
        "models qwen3-max-2025-09-23 --history --catalog CHANGING",
        "models qwen3-max-2025-09-23 --changes 2026-01-01..2026-01-02 --catalog CHANGING",
        "models --sources",
        "models qwen3-max-2025-09-23 --catalog THERE",
        "models own-there --region ap-southeast-1 --catalog THERE",
        "models qwen3.5-27b --catalog tests/dtu/prices.toml",
        "models two-ends --catalog tests/tiers/prices.toml",
        "models offered --catalog tests/tiers/prices.toml",
    ]
    .map(printed)
    .to_vec()
}

/// Accounts that have every part between them.
pub fn accounts() -> Vec<Value> {
    [
        "resources ACCOUNT --all",
        "resources ACCOUNT --overdue-since 2026-11-01",
        "resources ACCOUNT --price-in 2 --price-out 8 --input-share 80% --discount 15%",
        "resources ACCOUNT --model deepseek-v3.2 --input-share 80%",
        "resources ACCOUNT --model qwen3-max-2025-09-23 --input-per-request 4k --input-share 80%",
        "resources ACCOUNT --model qwen3-rerank --input-share 100% --catalog OVERLAY",
    ]
    .map(printed)
    .to_vec()
}
