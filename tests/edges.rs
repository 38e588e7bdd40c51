//! Where a condition of a price turns: one token, one day, one order on either side of it.

#![allow(clippy::unwrap_used, clippy::indexing_slicing)]

#[path = "edges/funding.rs"]
mod funding;
#[path = "edges/funding_notes.rs"]
mod funding_notes;
#[path = "edges/overflow.rs"]
mod overflow;
#[path = "edges/reserved.rs"]
mod reserved;
mod support;
#[path = "edges/tokens.rs"]
mod tokens;

use serde_json::Value;

/// The rules of a quote's notes and what they say, in their order.
fn said(quote: &Value) -> Vec<(String, String)> {
    let notes = quote["notes"].as_array().unwrap();
    let text = |note: &Value, field: &str| note[field].as_str().unwrap().to_owned();
    let both = |note: &Value| (text(note, "rule"), text(note, "message"));
    notes.iter().map(both).collect()
}
