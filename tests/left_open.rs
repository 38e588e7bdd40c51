//! What the pages leave open of built-in prices is said beside the amount.

#![allow(clippy::unwrap_used, clippy::indexing_slicing)]

mod support;

use support::quote;

/// The total, and what is said by a rule.
fn quoted(args: &str, rule: &str) -> (String, Vec<String>) {
    let quote = quote(args);
    let notes = quote["notes"].as_array().unwrap().iter();
    let said = notes.filter(|note| note["rule"] == rule);
    let said = said.map(|note| note["message"].as_str().unwrap().to_owned());
    (quote["total"].as_str().unwrap().to_owned(), said.collect())
}

#[test]
fn hits_of_which_no_price_is_known_are_billed_as_input() {
    // Of this snapshot the page has explicit hits alone, at 1.2 of 12: what hits without a write cost is not known.
    let tokens =
        "tokens qwen3.7-max-2026-05-20 --requests 100 --input 10M --output 1M --cached-input 5M";
    let plain = "what hits of the implicit cache cost is not known for this model, so they are billed as input".to_owned();
    let (total, said) = quoted(tokens, "tokens.cached");
    assert_eq!((total.as_str(), said), ("156", vec![plain]));
    // 5 × 12 + 5 × 1.2 + 36, as the person says that calls wrote it.
    let (total, said) = quoted(&format!("{tokens} --cache explicit"), "tokens.cached");
    assert_eq!((total.as_str(), said), ("102", vec![]));
    // 4 × 12 + 5 × 1.2 + 1 × 15 + 36: a write says the same.
    let (total, said) = quoted(&format!("{tokens} --cache-write 1M"), "tokens.cached");
    assert_eq!((total.as_str(), said), ("105", vec![]));
    // The alias has a price for both: 5 × 12 + 5 × 2.4 + 36.
    let alias = tokens.replace("-2026-05-20", "");
    let (total, said) = quoted(&alias, "tokens.cached");
    assert_eq!((total.as_str(), said), ("108", vec![]));
}

#[test]
fn a_batch_price_that_the_page_does_not_mark_is_a_reading() {
    let batch = |model: &str| {
        let args = format!("tokens {model} --requests 100 --input 1M --output 1M --batch");
        quoted(&args, "tokens.batch")
    };
    let reading = "the newest page marks no price of batch calls for this model: that they are sold, at the share that holds for others, is a reading";
    assert_eq!(
        batch("qwen3.7-max-2026-05-20"),
        ("24".to_owned(), vec![reading.to_owned()])
    );
    assert_eq!(batch("qwen3.8-max"), ("24".to_owned(), vec![]));
}

#[test]
fn the_newest_of_two_maximum_inputs_counts_and_both_are_named() {
    let at = |day: &str| {
        let args = format!(
            "ptu qwen3.7-flash-2026-07-15 --input-tpm 200k --output-tpm 20k --hours 1 --as-of {day}"
        );
        quoted(&args, "ptu.max-input")
    };
    let both = "two pages differ in the maximum input of a call: 1M tokens by the newest, which counts, and 128K by another";
    // 20 × 0.48 + 20 × 0.19.
    assert_eq!(at("2026-11-20"), ("13.4".to_owned(), vec![both.to_owned()]));
    assert_eq!(at("2026-09-22"), ("13.4".to_owned(), vec![]));
}

/// What one call a minute takes of a reservation, by the weights of the built-in models.
#[test]
fn tokens_of_long_and_of_cached_input_count_as_the_pages_say() {
    let taken = |args: &str| {
        let line = format!(
            "ptu {args} --fit peak --rpm 1 --input-per-request 50000 --output-per-request 1000 --days 1"
        );
        let quote = quote(&line);
        let notes = quote["notes"].as_array().unwrap().iter();
        let mut said = notes.map(|note| note["message"].as_str().unwrap().to_owned());
        said.find(|message| message.starts_with("sized")).unwrap()
    };
    for (args, input, output) in [
        // 32 × 1 + 18 × 3 thousand, and with 30 of them hits 30 × 0.2 + 2 + 18 × 3.
        ("qwen3.7-flash-2026-07-15", "86,000", "3,000"),
        (
            "qwen3.7-flash-2026-07-15 --cached-per-request 30000",
            "62,000",
            "3,000",
        ),
        // 30 × 0.25 + 20.
        ("glm-5.2 --cached-per-request 30000", "27,500", "1,000"),
        // 30 × 0.2 + 2 + 18 × 1.33; output counts 1.17 beyond 32K of input.
        (
            "glm-5.1 --service standard --cached-per-request 30000",
            "31,940",
            "1,170",
        ),
    ] {
        let said = taken(args);
        let input = format!(": {input} weighted input ");
        let output = format!(" {output} weighted output ");
        assert!(
            said.contains(&input) && said.contains(&output),
            "{args}: {said}"
        );
    }
}
