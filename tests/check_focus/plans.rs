//! Plans that have every kind of row between them, and the rows that they give.

use std::ffi::OsString;
use std::fs;

use chrono::NaiveDate;
use tollgate::cli::{Environment, run};

/// Both terms of throughput, schedules that do not end in decimals, a range, phases, overflow, a
/// cancelled order, tokens with quota and packages, several of the same.
pub const PLANS: &[&str] = &[
    STARTER,
    RESERVED,
    MODEL_UNITS,
    TOKENS,
    NOTHING_LEFT,
    OWN_PRICES,
];

/// What `check --init` writes.
pub const STARTER: &str = include_str!("../../src/cli/check/starter.toml");

pub const RESERVED: &str = r#"
version = 1
discount = "12.5%"
[[deployment]]
name = "by the hour"
method = "ptu"
model = "qwen3.7-max-2026-05-20"
input_tpm = "100k"
output_tpm = "10k"
term = "pay-as-you-go"
hours_per_day = "1.5"
count = 3
[[deployment]]
name = "overflows"
method = "ptu"
model = "qwen3-max-2025-09-23"
input_tpm = "100k"
output_tpm = "10k"
term = "subscription"
rpm = "31.7"
input_per_request = 4000
output_per_request = 400
[[deployment]]
name = "phases"
method = "ptu"
model = "qwen-plus-2025-12-01"
mode = "code-interpreter"
input_tpm = "50k"
output_tpm = 0
term = "subscription"
phases = [{ days = 10, output_tpm = "8k" }]
"#;

const MODEL_UNITS: &str = r#"
version = 1
days = 31
discount = "15%"
[[deployment]]
name = "range"
method = "mu"
model = "qwen3-rerank"
term = "pay-as-you-go"
hours_per_day = "10"
replicas_min = 1
replicas_max = 3
[[deployment]]
name = "low end"
method = "mu"
model = "qwen3-rerank"
term = "pay-as-you-go"
hours_per_day = "10"
replicas_min = 1
replicas_max = 3
budget_on = "low"
count = 2
[[deployment]]
name = "odd minutes"
method = "mu"
model = "qwen3.6-35b-a3b"
spec = "MU8x1"
term = "pay-as-you-go"
hours_per_day = "10.3"
count = 7
schedule = [{ from = "09:00", to = "12:01", replicas = 2 }]
[[deployment]]
name = "monthly"
method = "mu"
model = "qwen3-8b"
spec = "MU5x1"
months = 1
cancel_after = "6.5"
[[deployment]]
name = "added"
method = "mu"
model = "qwen3-8b"
spec = "MU5x1"
term = "subscription"
replicas = 5
count = 3
phases = [{ days = 10, replicas = 2 }, { days = 9, replicas = 3 }]
"#;

const TOKENS: &str = r#"
version = 1
days = 7
discount = "7.25%"
[[deployment]]
name = "funded"
method = "tokens"
model = "qwen3-max-2025-09-23"
rpm = "2"
input_per_request = "4k"
output_per_request = 400
free_quota = "1M"
package = ["100k"]
package_price = "3"
[[deployment]]
name = "fine-tuned"
method = "tokens"
model = "qwen3-32b"
mode = "thinking"
input = "1,234,567"
output = "345,678"
[[deployment]]
name = "batch"
method = "tokens"
model = "qwen3-max-2025-09-23"
input = "1M"
output = "100k"
requests = 25
batch = true
"#;

const NOTHING_LEFT: &str = r#"
version = 1
discount = "100%"
[[deployment]]
name = "odd minutes"
method = "mu"
model = "qwen3.6-35b-a3b"
spec = "MU8x1"
hours = "1m"
[[deployment]]
name = "subscribed"
method = "ptu"
model = "qwen3-max-2025-09-23"
input_tpm = 12345
output_tpm = 678
term = "subscription"
"#;

/// Of a provider of which only the prices are known, by the minute, in another currency.
const OWN_PRICES: &str = r#"
version = 1
catalog = "prices.toml"
days = 1
[[deployment]]
name = "own"
method = "ptu"
model = "own-model"
input_tpm = "10k"
output_tpm = "1k"
hours = "90.5m"
count = 2
[[deployment]]
name = "own units"
method = "mu"
model = "own-model"
hours = "7m"
"#;

const PRICES: &str = r#"
version = 1
[provider]
id = "own"
name = "Own cloud"
region = "here"
region_name = "Here"
currency = "USD"
[billing.ptu]
increment = "minute"
input_step = "10K TPM"
output_step = "1K TPM"
overdue_retention = "24h"
late_order_after = "22:00"
expires_at = "23:59"
grace = "2h"
retention = "14h"
[billing.mu]
increment = "minute"
cancellation_increment = "day"
cancellation_factor = "1.2"
cancellation_month = "30d"
cancellation_within = "31d"
[[model]]
code = "own-model"
[[model.ptu]]
max_input = "128000 tokens"
input = { hour = "1 per 10K TPM-hour" }
output = [{ hour = "0.7 per 1K TPM-hour" }]
[[model.mu]]
spec = "MU1 x 1"
hour = "10 per replica-hour"
"#;

/// What `check` prints for a plan on 2026-11-20.
pub fn checked(plan: &str, flags: &[&str]) -> String {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("tollgate.toml");
    fs::write(&path, plan).unwrap();
    fs::write(folder.path().join("prices.toml"), PRICES).unwrap();
    let environment = Environment {
        width: 80,
        today: NaiveDate::from_ymd_opt(2026, 11, 20).unwrap(),
        catalog_path: None,
        style_stdout: false,
        style_stderr: false,
        progress: None,
    };
    let path = path.to_str().unwrap();
    let words = ["tollgate", "check", path, "--warn-only"];
    let outcome = run(words.iter().chain(flags).map(OsString::from), &environment);
    assert_eq!(outcome.code, 0, "{}", outcome.stderr);
    // The plan is named as it was asked for, and the folder is another one each time.
    outcome
        .stdout
        .replace(folder.path().to_str().unwrap(), "plans")
}
