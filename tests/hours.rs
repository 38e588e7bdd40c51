//! Prices that depend on the hour of the day: of tokens, of a load, of recorded calls, and of what does not fit a
//! reservation.

#![allow(
    clippy::unwrap_used,
    clippy::indexing_slicing,
    clippy::arithmetic_side_effects
)]

#[allow(dead_code)]
mod common;
#[path = "hours/laws.rs"]
mod laws;
#[path = "hours/recorded.rs"]
mod recorded;
#[path = "hours/refused.rs"]
mod refused;
#[path = "hours/shown.rs"]
mod shown;
#[path = "hours/steady.rs"]
mod steady;

use common::folder::Folder;
use rust_decimal::Decimal;
use serde_json::Value;

/// Two bands of which the second costs half, with a reservation.
const DAY: &str = r#"version = 1
[provider]
id = "alibaba"
[[model]]
code = "day"
[[model.ptu]]
max_input = "32K tokens"
input = { hour = "0.1 per 10K TPM-hour", day = "1 per 10K TPM-day", month = "20 per 10K TPM-month" }
output = [{ hour = "0.1 per 1K TPM-hour", day = "1 per 1K TPM-day", month = "20 per 1K TPM-month" }]
[[model.standard]]
tiers = [
  { hours = "08:00-22:00", input = "3 per 1M tokens", cached = "0.3 per 1M tokens", output = "9 per 1M tokens" },
  { hours = "22:00-08:00", input = "1.5 per 1M tokens", cached = "0.15 per 1M tokens", output = "4.5 per 1M tokens" },
]
"#;

/// Another price from a day on, and bands with tiers of their own.
const TIERS: &str = r#"version = 1
[provider]
id = "alibaba"
[[model]]
code = "day"
[[model.ptu]]
max_input = "32K tokens"
input = { hour = "0.1 per 10K TPM-hour" }
output = [{ hour = "0.1 per 1K TPM-hour" }]
[[model.standard]]
from = 2026-01-01
tiers = [{ input = "8 per 1M tokens", output = "16 per 1M tokens" }]
[[model.standard]]
from = 2026-06-02
tiers = [
  { hours = "08:00-22:00", up_to = "2000 tokens", input = "3 per 1M tokens", output = "9 per 1M tokens" },
  { hours = "22:00-08:00", up_to = "1000 tokens", input = "1.5 per 1M tokens", output = "4.5 per 1M tokens" },
  { hours = "08:00-22:00", input = "6 per 1M tokens", output = "18 per 1M tokens" },
  { hours = "22:00-08:00", up_to = "4000 tokens", input = "3 per 1M tokens", output = "5 per 1M tokens" },
  { hours = "22:00-08:00", input = "4 per 1M tokens", output = "6 per 1M tokens" },
]
"#;

/// The JSON of a command line, with these files at hand by their names in braces.
fn json(folder: &Folder, line: &str) -> Value {
    common::json(&args(folder, line))
}

/// The words of a line; `{name}` is the path of a file.
fn args(folder: &Folder, line: &str) -> Vec<String> {
    let word = |word: &str| match word
        .strip_prefix('{')
        .and_then(|word| word.strip_suffix('}'))
    {
        Some(name) => folder.path_of(name),
        None => word.to_owned(),
    };
    line.split_whitespace().map(word).collect()
}

fn quote(folder: &Folder, line: &str) -> Value {
    json(folder, &format!("quote {line} --catalog {{day.toml}}"))["quotes"][0].clone()
}

/// Each line as `description quantity amount`.
fn lines(quote: &Value) -> Vec<String> {
    let items = quote["items"].as_array().unwrap().iter();
    let line = |item: &Value| {
        ["description", "quantity", "amount"]
            .map(|key| item[key].as_str().unwrap().to_owned())
            .join(" ")
    };
    items.map(line).collect()
}

/// The notes of the rule.
fn notes(quote: &Value) -> Vec<String> {
    let notes = quote["notes"].as_array().unwrap().iter();
    let own = notes.filter(|note| note["rule"] == "tokens.hours");
    own.map(|note| note["message"].as_str().unwrap().to_owned())
        .collect()
}

fn decimal(value: &Value) -> Decimal {
    Decimal::from_str_exact(value.as_str().unwrap()).unwrap()
}
