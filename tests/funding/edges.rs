//! Where a condition turns: one token, or one day, on either side of it.

use serde_json::{Value, json};

use super::WORKLOAD;
use super::support::quote;

/// What is said of it, rule by rule.
fn said(quote: &Value) -> Vec<(String, String)> {
    let notes = quote["notes"].as_array().unwrap();
    let text = |note: &Value, field: &str| note[field].as_str().unwrap().to_owned();
    let both = |note: &Value| (text(note, "rule"), text(note, "message"));
    notes.iter().map(both).collect()
}

#[test]
fn what_is_used_up_before_it_expires_does_not_lapse() {
    // 1,440,000 tokens a day from 2026-11-20 on: gone after a day, and valid for five more.
    for (flags, names) in [
        (
            "--free-quota 1.44M --free-expires 2026-11-25",
            "the free quota lasts",
        ),
        ("--package 1.44M@2026-11-25", "the packages last"),
    ] {
        let quoted = quote(&format!("{WORKLOAD} {flags}"));
        assert_eq!(quoted["funding"]["exhausted_after"], "PT24H", "{flags}");
        let said = said(&quoted);
        assert_eq!(
            said[0].1,
            format!("{names} 1 day at this rate, taken as even; from then on ¥3.02 a day"),
        );
    }
}
