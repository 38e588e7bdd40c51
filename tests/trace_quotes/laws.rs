//! What holds of every trace.

use proptest::collection::vec;
use proptest::prelude::*;
use serde_json::Value;

use super::common::{Fraction, fraction, json, whole};
use super::traces::{CHEAP, Folder, Row, csv};

/// Up to a few calls in each of ten minutes, some above the first tier or the maximum input.
pub fn calls() -> impl Strategy<Value = Vec<Row>> {
    let call = (0_u64..10, (0_u64..25_000, 0_u64..2000));
    vec(call, 1..60).prop_map(|mut calls| {
        calls.sort_by_key(|(minute, _)| *minute);
        calls
    })
}

fn quoted(prices: &str, rest: &str, traces: &[&str]) -> Value {
    let mut line = vec!["quote"];
    line.extend(rest.split(' '));
    line.extend(["--catalog", prices]);
    line.extend(traces.iter().flat_map(|trace| ["--trace", trace]));
    json(&line)["quotes"][0].clone()
}

fn number(value: &Value) -> Fraction {
    fraction(value.as_str().unwrap())
}

fn of_all(quote: &Value, field: &str) -> [Fraction; 3] {
    let trace = &quote["trace"];
    let admitted = &trace["admitted"];
    [
        number(&trace[field]),
        number(&admitted["in_quota"][field]),
        number(&admitted["overflow"][field]),
    ]
}

proptest! {
    #![proptest_config(ProptestConfig {
        cases: 32,
        failure_persistence: None,
        ..ProptestConfig::default()
    })]

    #[test]
    fn items_sum_to_the_total_and_every_call_is_somewhere(
        calls in calls(), input in 0_u64..9, output in 1_u64..9,
    ) {
        let folder = Folder::new(&[]);
        let prices = folder.file("own.toml", CHEAP);
        let trace = folder.file("calls.csv", &csv(calls.clone()));
        let size = format!("ptu own-model --input-tpm {input}0k --output-tpm {output}k");
        let quote = quoted(&prices, &size, &[&trace]);
        let items = quote["items"].as_array().unwrap();
        let sum = items.iter().fold(whole(0), |sum, item| sum + number(&item["amount"]));
        prop_assert_eq!(sum, number(&quote["total"]));
        for field in ["calls", "input_tokens", "output_tokens"] {
            let [all, fits, over] = of_all(&quote, field);
            prop_assert_eq!(all, fits + over);
        }
        let by_tier = quote["trace"]["admitted"]["overflow_by_tier"].as_array().unwrap();
        let tiers = by_tier.iter().fold(whole(0), |sum, tier| sum + number(&tier["input_tokens"]));
        prop_assert_eq!(tiers, of_all(&quote, "input_tokens")[2].clone());
        // By token, the same calls cost what they would cost if none fitted.
        let alone = quoted(&prices, "tokens own-model", &[&trace]);
        let price = |(input, output): (u64, u64)| match input {
            0..=4096 => 10 * input + 40 * output,
            _ => 20 * input + 80 * output,
        };
        let cost = calls.iter().map(|(_, call)| price(*call)).sum();
        prop_assert_eq!(number(&alone["total"]) * whole(1_000_000), whole(cost));
    }

    #[test]
    fn columns_of_no_cached_token_change_nothing_and_cached_tokens_never_cost_more(
        calls in calls(), quarters in vec(0_u64..=4, 60), input in 0_u64..5, output in 1_u64..5,
    ) {
        let folder = Folder::new(&[]);
        let own = CHEAP
            .replace(r#"input = "10 per 1M tokens","#, r#"input = "10 per 1M tokens", cached = "1 per 1M tokens","#)
            .replace(r#"input = "20 per 1M tokens","#, r#"input = "20 per 1M tokens", cached = "20 per 1M tokens","#);
        let prices = folder.file("own.toml", &own);
        let text = csv(calls.clone());
        let plain = folder.file("plain.csv", &text);
        // A column more, with what is cached in each row.
        let with = |name: &str, cached: &dyn Fn(usize) -> String| {
            let mut lines = text.lines();
            let head = format!("{},cached_tokens\n", lines.next().unwrap());
            let rows = lines.enumerate().map(|(at, row)| format!("{row},{}\n", cached(at)));
            folder.file(name, &(head + &rows.collect::<String>()))
        };
        let none = with("none.csv", &|at| ["0", ""][at % 2].to_owned());
        let some = with("some.csv", &|at| (calls[at].1.0 * quarters[at] / 4).to_string());
        let size = format!("ptu own-model --input-tpm {input}0k --output-tpm {output}k");
        for line in [&size, "tokens own-model"] {
            let [plain, none, some] = [&plain, &none, &some].map(|trace| {
                let mut quote = quoted(&prices, line, &[trace]);
                quote["trace"]["files"] = Value::Null;
                quote
            });
            prop_assert_eq!(&none, &plain);
            prop_assert!(number(&some["total"]) <= number(&plain["total"]));
            prop_assert_eq!(&some["trace"]["input_tokens"], &plain["trace"]["input_tokens"]);
        }
    }

    #[test]
    fn the_order_of_files_does_not_matter(calls in calls(), cut in 0_usize..60) {
        let folder = Folder::new(&[]);
        let prices = folder.file("own.toml", CHEAP);
        let whole = folder.file("whole.csv", &csv(calls.clone()));
        // The same rows in two files: every other one, or what is before and after a cut.
        let (head, rows) = csv(calls).split_once('\n').map(|(a, b)| (a.to_owned(), b.to_owned())).unwrap();
        let part = |which: &dyn Fn(usize) -> bool| {
            let rows = rows.lines().enumerate().filter(|(at, _)| which(*at));
            rows.fold(head.clone() + "\n", |text, (_, row)| text + row + "\n")
        };
        let halves = |first: &dyn Fn(usize) -> bool| {
            [folder.file("a.csv", &part(first)), folder.file("b.csv", &part(&|at| !first(at)))]
        };
        let line = "ptu own-model --input-tpm 30k --output-tpm 2k";
        let mut once = quoted(&prices, line, &[&whole]);
        once["trace"]["files"] = Value::Null;
        for [a, b] in [halves(&|at| at % 2 == 0), halves(&|at| at < cut)] {
            for files in [[a.as_str(), &b], [&b, &a]] {
                let mut split = quoted(&prices, line, &files);
                split["trace"]["files"] = Value::Null;
                prop_assert_eq!(&split, &once);
            }
        }
    }

    #[test]
    fn the_cheapest_size_loses_against_no_other(
        calls in calls(), input in 0_u64..12, output in 1_u64..12,
        term in prop_oneof![Just("--hours 1"), Just("--days 1 --scale-to 1"), Just("--scale-to 2")],
    ) {
        let folder = Folder::new(&[]);
        let prices = folder.file("own.toml", CHEAP);
        let trace = folder.file("calls.csv", &csv(calls));
        let sized = |size: &str| quoted(&prices, &format!("ptu own-model {size} {term}"), &[&trace]);
        let cheapest = sized("--fit cheapest");
        let tpm = |quote: &Value, side: &str| number(&quote["parameters"][side]);
        let [p95, p99, peak] = ["p95", "p99", "peak"].map(|fit| sized(&format!("--fit {fit}")));
        let any = sized(&format!("--input-tpm {input}0k --output-tpm {output}k"));
        for other in [&p95, &p99, &peak, &any] {
            prop_assert!(number(&cheapest["total"]) <= number(&other["total"]));
        }
        for side in ["input_tpm", "output_tpm"] {
            prop_assert!(tpm(&p95, side) <= tpm(&p99, side) && tpm(&p99, side) <= tpm(&peak, side));
        }
        // At its peak every call fits but those above the maximum input.
        let [_, _, over] = of_all(&peak, "calls");
        prop_assert_eq!(over, number(&peak["trace"]["above_max_input"]));
        // What is found is what is replayed: the same size, given, costs the same.
        let found = |side| cheapest["parameters"][side].as_str().unwrap();
        let (input, output) = (found("input_tpm"), found("output_tpm"));
        if (input, output) != ("0", "0") {
            let given = sized(&format!("--input-tpm {input} --output-tpm {output}"));
            prop_assert_eq!(&given["total"], &cheapest["total"]);
            prop_assert_eq!(&given["trace"], &cheapest["trace"]);
        }
    }
}

#[test]
fn tokens_are_counted_as_they_are_billed() {
    let folder = Folder::new(&[]);
    // A token of the first tier and 32,773 of the second in a week, 30 ÷ 7 times: each rounded up.
    let trace = folder.file("calls.csv", &csv([(0, (1, 0)), (6, (32_773, 0))]));
    let prices = folder.file("own.toml", CHEAP);
    let quote = quoted(
        &prices,
        "tokens qwen3-max-2025-09-23 --pattern week --scale-to 30",
        &[&trace],
    );
    let items = quote["items"].as_array().unwrap().iter();
    let items: Vec<&Value> = items.map(|item| &item["quantity"]).collect();
    assert_eq!(items, ["5", "140456"]);
    assert_eq!(quote["parameters"]["input_tokens"], "140461");
    // Nothing is reserved that a call could be too large for.
    assert_eq!(quote["trace"]["above_max_input"], Value::Null);
}
