//! Subscriptions that are renewed, and balances that are overdue: from the command line and from plans.

#![allow(
    clippy::unwrap_used,
    clippy::indexing_slicing,
    clippy::arithmetic_side_effects
)]

#[allow(dead_code)]
mod common;
#[path = "renewals/laws.rs"]
mod laws;
#[path = "renewals/overdue.rs"]
mod overdue;
#[path = "renewals/plans.rs"]
mod plans;
mod support;
#[path = "renewals/terms.rs"]
mod terms;

use common::folder::Folder;
use serde_json::Value;

/// A key of each term, in their order.
fn each(quote: &Value, key: &str) -> Vec<String> {
    let terms = quote["renewals"]["terms"].as_array().unwrap();
    let text = |term: &Value| match &term[key] {
        Value::String(text) => text.clone(),
        other => other.to_string(),
    };
    terms.iter().map(text).collect()
}

/// The messages of the notes with a rule.
fn notes(quote: &Value, rule: &str) -> Vec<String> {
    let notes = quote["notes"].as_array().unwrap();
    let of_rule = notes.iter().filter(|note| note["rule"] == rule);
    of_rule
        .map(|note| note["message"].as_str().unwrap().to_owned())
        .collect()
}

/// Prices that change on 2026-06-02: of an Alibaba model, and of a provider of whom nothing is
/// documented.
const CHANGING: &str = r#"
version = 1
[provider]
id = "alibaba"
[[model]]
code = "own"
[[model.ptu]]
max_input = "20000 tokens"
input = { hour = "6 per 10K TPM-hour", day = "60 per 10K TPM-day" }
output = [{ hour = "1 per 1K TPM-hour", day = "10 per 1K TPM-day" }]
[[model.ptu]]
from = 2026-06-02
max_input = "20000 tokens"
input = { hour = "3 per 10K TPM-hour", day = "30 per 10K TPM-day" }
output = [{ hour = "0.5 per 1K TPM-hour", day = "5 per 1K TPM-day" }]
[[model.mu]]
spec = "MU1 x 2"
month = "3000 per replica-month"
[[model.mu]]
from = 2026-06-02
spec = "MU1 x 2"
month = "1500 per replica-month"
"#;
