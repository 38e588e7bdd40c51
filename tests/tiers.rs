//! Tiers whose ends two pages write in two ways, offers without an end, prices of a cache with a source of their
//! own, and fine-tuned tiers: quotes, traces and price cards.

#![allow(
    clippy::unwrap_used,
    clippy::indexing_slicing,
    clippy::arithmetic_side_effects
)]

#[allow(dead_code)]
mod common;

use std::fmt::Write as _;
use std::fs;

use common::{Fraction, fraction, whole};
use proptest::prelude::*;
use serde_json::Value;
use tempfile::TempDir;

const PRICES: &str = "tests/tiers/prices.toml";

fn run(line: &str) -> tollgate::cli::Outcome {
    let line = format!("{line} --catalog {PRICES}");
    common::run(&line.split_whitespace().collect::<Vec<_>>())
}

fn json(line: &str) -> Value {
    let line = format!("{line} --catalog {PRICES}");
    common::json(&line.split_whitespace().collect::<Vec<_>>())
}

fn quote(args: &str) -> Value {
    json(&format!("quote {args}"))["quotes"][0].clone()
}

fn said(quote: &Value, rule: &str) -> Option<String> {
    let notes = quote["notes"].as_array().unwrap();
    let note = notes.iter().find(|note| note["rule"] == rule)?;
    Some(note["message"].as_str().unwrap().to_owned())
}

#[test]
fn the_last_end_refuses_by_the_other_page() {
    let last = quote("tokens two-ends --rate standard --input 260000 --output 0 --requests 1");
    assert_eq!(last["total"], "1.04");
    assert_eq!(
        said(&last, "tokens.tier-bound").unwrap(),
        "the end of a tier is read as 262,144 input tokens, and another text has 256,000, by which these tokens would have no price"
    );
    assert_eq!(
        run("quote tokens two-ends --rate standard --input 262145 --output 0 --requests 1").code,
        1
    );
}

#[test]
fn an_average_and_a_load_are_told_too() {
    // 10 requests of 32,500 each: 0.325 × 1, and by 32,000 each in the second tier.
    let average = quote("tokens two-ends --rate standard --input 325000 --output 0 --requests 10");
    assert!(
        said(&average, "tokens.tier-bound")
            .unwrap()
            .ends_with("would cost ¥0.65, ¥0.325 more")
    );
    let load = quote(
        "tokens two-ends --rate standard --rpm 1 --input-per-request 130000 --output-per-request 0 --hours-per-day 1 --days 1",
    );
    assert_eq!(load["total"], "15.6");
    assert!(
        said(&load, "tokens.tier-bound")
            .unwrap()
            .ends_with("would cost ¥31.20, ¥15.60 more")
    );
    let discounted = quote(
        "tokens two-ends --rate standard --input 130000 --output 0 --requests 1 --discount 50%",
    );
    assert!(
        said(&discounted, "tokens.tier-bound")
            .unwrap()
            .ends_with("would cost ¥0.26, ¥0.13 more")
    );
    let funded = quote(
        "tokens two-ends --rate standard --input 130000 --output 0 --requests 1 --free-quota 50k",
    );
    assert!(said(&funded, "tokens.tier-bound").unwrap().ends_with(
        "would cost ¥0.52, ¥0.26 more, before what a free quota, packages or a savings plan pay"
    ));
    // Of a reservation it is the overflow.
    let overflow = quote(
        "ptu two-ends --input-tpm 200k --output-tpm 20k --hours 1 --rpm 2 --input-per-request 130000 --output-per-request 0",
    );
    assert!(
        said(&overflow, "tokens.tier-bound")
            .unwrap()
            .ends_with("by which the overflow would cost ¥31.20, ¥15.60 more")
    );
}

#[test]
fn what_the_hour_prices_is_told_as_one_sum() {
    // 75,833 tokens in the hours of the day and 54,167 in those of the night.
    let spread = quote("tokens by-hour --input 130000 --output 0 --requests 1");
    assert_eq!(spread["total"], "0.205833");
    assert!(
        said(&spread, "tokens.tier-bound")
            .unwrap()
            .ends_with("has 128,000, by which these tokens would cost ¥0.411666, ¥0.205833 more")
    );
    assert!(
        said(&spread, "tokens.limited-offer")
            .unwrap()
            .ends_with("these tokens would cost ¥0.1646664, ¥0.0411666 less")
    );
    // No end is that of all hours.
    let apart = quote("tokens ends-by-hour --input 130000 --output 0 --requests 1");
    assert_eq!(apart["total"], "0.205833");
    assert_eq!(
        said(&apart, "tokens.tier-bound").unwrap(),
        "1 call has an input between two ends of a tier, the one that counts and that of another text, by which these tokens would cost ¥0.411666, ¥0.205833 more"
    );
    // Only the hours of the day have an end between which it is.
    let by_day = quote("tokens ends-by-hour --input 128500 --output 0 --requests 1");
    let note = said(&by_day, "tokens.tier-bound").unwrap();
    // 74,958 × 2, and 4; 53,542 × 1.
    assert!(
        note.ends_with("has 128,000, by which these tokens would cost ¥0.353374, ¥0.149916 more"),
        "{note}"
    );
}

#[test]
fn a_trace_by_the_hour_is_told_as_one_sum() {
    let folder = TempDir::new().unwrap();
    let path = folder.path().join("calls.csv");
    // 18:00 and 23:00 in China.
    let calls = "time,input_tokens,output_tokens\n\
        2026-11-10T10:00:00Z,130000,0\n2026-11-10T15:00:00Z,130000,0\n";
    fs::write(&path, calls).unwrap();
    let traced = quote(&format!(
        "tokens by-hour --rate standard --trace {}",
        path.display()
    ));
    assert_eq!(traced["total"], "0.39");
    let notes = traced["notes"].as_array().unwrap().iter();
    let notes = notes.filter(|note| {
        ["tokens.tier-bound", "tokens.limited-offer"].contains(&note["rule"].as_str().unwrap())
    });
    let notes: Vec<&str> = notes
        .map(|note| note["message"].as_str().unwrap())
        .collect();
    assert_eq!(
        notes,
        [
            "2 calls have an input between two ends of a tier, the one that counts and that of another text, by which these tokens would cost ¥0.78, ¥0.39 more",
            "80% of these prices is offered for a time whose end is not said, and list price is used: at the offer these tokens would cost ¥0.312, ¥0.078 less",
        ]
    );
}

#[test]
fn prices_of_hours_and_of_a_cache_are_listed_apart() {
    let history = run("models by-hour --history --format csv").stdout;
    for name in [
        "\"input, up to 131,072 input, 08:00–22:00\"",
        "\"cached, up to 131,072 input, 22:00–08:00\",0.2,1000000,token,CNY,\"alibaba-model-pricing: cache prices",
    ] {
        assert!(history.contains(name), "{history}");
    }
}

#[test]
fn a_cache_is_cited_by_its_own_source() {
    let quote = quote("tokens offered --input 100000 --cached-input 50000 --output 0");
    let items = quote["items"].as_array().unwrap();
    let section = |id: &str| {
        let item = items.iter().find(|item| item["id"] == id).unwrap();
        item["source"]["section"].clone()
    };
    assert_eq!(section("tokens.cached"), "cache prices");
    assert_eq!(section("tokens.input"), "list prices");
    // Its evidence begins later than that of the others.
    let line =
        "quote tokens offered --input 100000 --cached-input 50000 --output 0 --as-of 2026-11-12";
    let then = json(line)["quotes"][0].clone();
    let before = said(&then, "catalog").unwrap();
    assert!(before.contains("2026-11-15"), "{before}");
    let without = json("quote tokens offered --input 100000 --output 0 --as-of 2026-11-12");
    assert_eq!(said(&without["quotes"][0], "catalog"), None);
}

#[test]
fn fine_tuned_tiers_are_picked_by_the_request() {
    let of = |input: &str| {
        quote(&format!(
            "tokens two-ends --rate fine-tuned --input {input} --output 1000 --requests 1"
        ))
    };
    assert_eq!(of("30000")["total"], "0.102");
    assert_eq!(of("32768")["total"], "0.110304");
    assert!(said(&of("32768"), "tokens.tier-bound").is_some());
    assert_eq!(of("32769")["total"], "0.220614");
    let refused = run("quote tokens two-ends --rate fine-tuned --input 30000 --output 1000");
    assert_eq!(refused.code, 1);
    assert!(
        refused.stderr.contains("--requests <N>"),
        "{}",
        refused.stderr
    );
    let model = &json("models two-ends")["models"][0];
    let fine_tuned = &model["fine_tuned"];
    assert_eq!(
        (&fine_tuned["input_per_1k"], &fine_tuned["output_per_1k"]),
        (&Value::Null, &Value::Null)
    );
    assert_eq!(fine_tuned["tiers"][0]["input_per_1m"], "3");
    assert_eq!(fine_tuned["tiers"][0]["or_up_to"], 32_000);
    let card = run("models two-ends --details");
    assert!(
        card.stdout
            .contains("up to 32,768 input: 32,000 in another text"),
        "{}",
        card.stdout
    );
    let card = run("models offered");
    assert!(
        card.stdout.contains("80% of these prices is offered"),
        "{}",
        card.stdout
    );
    let offered = &json("models offered")["models"][0]["standard"];
    assert_eq!(
        (
            &offered["limited_offer_percent"],
            &offered["cache_source"]["section"]
        ),
        (&"80".into(), &"cache prices".into())
    );
}

/// What a request costs by ends, in the price of a token; `None` beyond the last.
fn cost(input: u64, output: u64, ends: [u64; 3]) -> Option<Fraction> {
    let place = ends.iter().position(|end| input <= *end)?;
    let (input_price, output_price) = [(1, 4), (2, 8), (4, 16)][place];
    let million = whole(1_000_000);
    Some((whole(input) * whole(input_price) + whole(output) * whole(output_price)) / million)
}

/// Ends of tiers, and sizes around them.
fn sizes() -> impl Strategy<Value = Vec<(u64, u64)>> {
    let input = prop_oneof![
        1_u64..262_144,
        31_990_u64..32_780,
        127_990_u64..131_080,
        255_990_u64..262_144,
    ];
    proptest::collection::vec((input, 0_u64..2_000), 1..30)
}

const OWN: [u64; 3] = [32_768, 131_072, 262_144];
const OTHER: [u64; 3] = [32_000, 128_000, 256_000];

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    #[test]
    fn a_trace_is_told_exactly_what_the_other_ends_would_cost(calls in sizes(), reserved in any::<bool>()) {
        let folder = TempDir::new().unwrap();
        let path = folder.path().join("calls.csv");
        let mut text = "time,input_tokens,output_tokens\n".to_owned();
        for (at, (input, output)) in calls.iter().enumerate() {
            writeln!(text, "2026-11-10T10:{at:02}:00Z,{input},{output}").unwrap();
        }
        fs::write(&path, text).unwrap();
        // A reservation too small for any call leaves all of them to ordinary prices.
        let how = match reserved {
            true => "ptu two-ends --input-tpm 0 --output-tpm 1 --hours 1",
            false => "tokens two-ends --rate standard",
        };
        let quote = quote(&format!("{how} --trace {}", path.display()));
        let moved = calls.iter().filter(|(input, _)| {
            let place = |ends: [u64; 3]| ends.iter().position(|end| input <= end);
            place(OWN) != place(OTHER)
        }).count();
        let note = said(&quote, "tokens.tier-bound");
        prop_assert_eq!(note.is_some(), moved > 0);
        if let Some(note) = note {
            let both = calls.iter().filter(|(input, _)| *input <= 256_000);
            let mut own = whole(0);
            let mut would = whole(0);
            for (input, output) in both {
                own += cost(*input, *output, OWN).unwrap();
                would += cost(*input, *output, OTHER).unwrap();
            }
            let unpriced = calls.iter().filter(|(input, _)| *input > 256_000).count();
            let amount = note.split("would cost ¥").nth(1).unwrap().split(", ").next().unwrap();
            prop_assert_eq!(fraction(&amount.replace(',', "")), would.clone(), "{}", note);
            let more = note.split(", ¥").last().unwrap().split(' ').next().unwrap();
            if would != own {
                prop_assert_eq!(fraction(&more.replace(',', "")), would - own, "{}", note);
            }
            let calls = note.split(' ').next().unwrap();
            prop_assert_eq!(calls, moved.to_string(), "{}", note);
            prop_assert_eq!(note.contains("without"), unpriced > 0, "{}", note);
        }
        // What is charged goes by the own ends.
        let all: Fraction = calls.iter().map(|(input, output)| cost(*input, *output, OWN).unwrap()).sum();
        let items = quote["items"].as_array().unwrap().iter();
        let charged: Fraction = items
            .filter(|item| item["unit"] == "token")
            .map(|item| fraction(item["amount"].as_str().unwrap()))
            .sum();
        prop_assert_eq!(charged, all);
    }
}
