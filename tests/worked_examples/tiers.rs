//! Tiers whose ends are written in two ways, and prices of an offer.

use serde_json::Value;

use super::support::quote;

const LINE: &str = "tokens two-ends --rate standard --catalog tests/tiers/prices.toml";

fn said(quote: &Value, rule: &str) -> Option<String> {
    let notes = quote["notes"].as_array().unwrap();
    let note = notes.iter().find(|note| note["rule"] == rule)?;
    Some(note["message"].as_str().unwrap().to_owned())
}

/// Of 130,000 input and 1,000 output tokens, up to 131,072: 0.13 × 2 + 0.001 × 8 = 0.268. Beyond 128,000 it would
/// be 0.13 × 4 + 0.001 × 16.
pub fn a_request_between_two_bounds_is_priced_by_both() {
    let between = quote(&format!("{LINE} --input 130000 --output 1000 --requests 1"));
    assert_eq!(between["total"], "0.268");
    assert_eq!(
        said(&between, "tokens.tier-bound").unwrap(),
        "the end of a tier is read as 131,072 input tokens, and another text has 128,000, by which these tokens would cost ¥0.536, ¥0.268 more"
    );
    for input in ["128000", "131073"] {
        let clear = quote(&format!(
            "{LINE} --input {input} --output 1000 --requests 1"
        ));
        assert_eq!(said(&clear, "tokens.tier-bound"), None, "{input}");
    }
}

/// 80 % of 0.1 × 2 + 0.01 × 8 = 0.28.
pub fn an_offer_without_an_end_is_not_applied() {
    let offered =
        quote("tokens offered --input 100000 --output 10000 --catalog tests/tiers/prices.toml");
    assert_eq!(offered["total"], "0.28");
    assert_eq!(
        said(&offered, "tokens.limited-offer").unwrap(),
        "80% of these prices is offered for a time whose end is not said, and list price is used: at the offer these tokens would cost ¥0.224, ¥0.056 less"
    );
}
