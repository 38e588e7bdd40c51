//! Laws that every quote obeys, whatever its prices are.

#![allow(
    clippy::unwrap_used,
    clippy::indexing_slicing,
    clippy::arithmetic_side_effects
)]

mod common;
#[path = "laws/lines.rs"]
mod lines;
#[path = "laws/scaling.rs"]
mod scaling;

use common::{Fraction, fraction, json, run, whole};
use lines::{MODELS, any_quote, codes, growing, mu, ptu, tokens, with_mode};
use proptest::prelude::*;
use proptest::sample::select;
use serde_json::Value;

fn config(cases: u32) -> ProptestConfig {
    ProptestConfig {
        cases,
        failure_persistence: None,
        ..ProptestConfig::default()
    }
}

fn words(line: &str) -> Vec<String> {
    line.split(' ').map(str::to_owned).collect()
}

fn quotes(line: &str) -> Vec<Value> {
    json(&words(line))["quotes"].as_array().unwrap().clone()
}

fn number(value: &Value) -> Fraction {
    fraction(value.as_str().unwrap())
}

fn total(line: &str) -> Fraction {
    let quotes = quotes(line);
    assert_eq!(quotes.len(), 1, "{line}");
    number(&quotes[0]["total"])
}

fn amounts(line: &str) -> Vec<Fraction> {
    let items = quotes(line)[0]["items"].as_array().unwrap().clone();
    items.iter().map(|item| number(&item["amount"])).collect()
}

/// Each amount of the second line is as large as in the first or larger.
fn never_falls(few: &str, more: &str) {
    let (before, after) = (amounts(few), amounts(more));
    assert_eq!(before.len(), after.len(), "{few}\n{more}");
    for (before, after) in before.iter().zip(&after) {
        assert!(before <= after, "{before} > {after}\n{few}\n{more}");
    }
}

proptest! {
    #![proptest_config(config(75))]

    #[test]
    fn more_throughput_or_time_never_costs_less(
        line in select(ptu()),
        input in growing(1_000_000_000_000_000),
        output in growing(1_000_000_000_000_000),
        seconds in growing(1_000_000),
        days in growing(36_525),
    ) {
        let few = format!("{line} --input-tpm {} --output-tpm {}", input.0, output.0);
        let more = format!("{line} --input-tpm {} --output-tpm {}", input.1, output.1);
        never_falls(&format!("{few} --hours {}s", seconds.0), &format!("{more} --hours {}s", seconds.1));
        never_falls(&format!("{few} --days {}", days.0), &format!("{more} --days {}", days.1));
    }

    #[test]
    fn more_replicas_or_time_never_cost_less(
        line in select(mu()),
        replicas in growing(1_000_000),
        seconds in growing(100_000),
        months in growing(1_200),
        days in growing(31),
    ) {
        let few = format!("{line} --replicas {}", replicas.0);
        let more = format!("{line} --replicas {}", replicas.1);
        never_falls(&format!("{few} --hours {}s", seconds.0), &format!("{more} --hours {}s", seconds.1));
        let few = format!("{few} --months {}", months.0);
        let more = format!("{more} --months {}", months.1);
        never_falls(&few, &more);
        never_falls(&format!("{few} --cancel-after {}", days.0), &format!("{more} --cancel-after {}", days.1));
    }

    #[test]
    fn more_tokens_in_a_tier_never_cost_less(
        (line, ends, priced) in select(tokens()),
        tier in any::<prop::sample::Index>(),
        requests in 1..=1_000_000_u64,
        places in growing(1_000_000),
        output in growing(1_000_000_000_000_000),
    ) {
        // Two inputs in the same tier, as far from its beginning as their places out of a million.
        let tier = tier.index(ends.len().max(1));
        let begin = if tier == 0 { 0 } else { ends[tier - 1] };
        let end = ends.get(tier).copied().unwrap_or(1_000_000_000);
        let input = |place: u64| begin * requests + ((end - begin) * place).div_ceil(1_000_000) * requests;
        let written = |output: u64| if priced { output } else { 0 };
        let line = format!("{line} --requests {requests}");
        never_falls(
            &format!("{line} --input {} --output {}", input(places.0), written(output.0)),
            &format!("{line} --input {} --output {}", input(places.1), written(output.1)),
        );
    }

    #[test]
    fn a_larger_request_never_costs_less_in_whatever_tier(
        (line, ends, priced) in select(tokens()),
        places in growing(1_000_000),
        output in growing(1_000_000),
    ) {
        let last = ends.last().copied().unwrap_or(1_000_000);
        let input = |place: u64| (last * place).div_ceil(1_000_000);
        let written = |output: u64| if priced { output } else { 0 };
        let line = format!("{line} --requests 1");
        never_falls(
            &format!("{line} --input {} --output {}", input(places.0), written(output.0)),
            &format!("{line} --input {} --output {}", input(places.1), written(output.1)),
        );
    }

    #[test]
    fn the_items_sum_to_the_total(line in any_quote(), deal in select(&["", " --discount 12.345%"])) {
        let line = format!("{line}{deal}");
        let sum = amounts(&line).into_iter().fold(whole(0), |sum, amount| sum + amount);
        prop_assert_eq!(sum, total(&line), "{}", line);
    }

    #[test]
    fn a_larger_discount_never_costs_more(line in any_quote(), percents in growing(10_000)) {
        let with = |hundredths: u64| {
            let percent = format!("{}.{:02}", hundredths / 100, hundredths % 100);
            total(&format!("{line} --discount {percent}%"))
        };
        let list = total(&line);
        prop_assert_eq!(with(0), list.clone(), "{}", line);
        prop_assert!(with(percents.0) <= list, "{}", line);
        prop_assert!(with(percents.1) <= with(percents.0), "{}", line);
        prop_assert_eq!(with(10_000), whole(0), "{}", line);
    }

    #[test]
    fn what_is_charged_and_refunded_is_what_was_paid(
        line in select(mu()),
        replicas in 1..=1_000_000_u64,
        months in 1..=1_200_u64,
        tenths_of_days in 1..=310_u64,
        deal in select(&["", " --discount 12.5%"]),
    ) {
        let days = format!("{}.{}", tenths_of_days / 10, tenths_of_days % 10);
        let bought = format!("{line} --replicas {replicas} --months {months}{deal}");
        let cancelled = &quotes(&format!("{bought} --cancel-after {days}"))[0];
        let part = |key: &str| number(&cancelled["cancellation"][key]);
        prop_assert_eq!(part("charged") + part("refund"), part("paid"), "{}", cancelled);
        prop_assert!(part("refund") >= whole(0), "{}", cancelled);
        prop_assert_eq!(part("paid"), total(&bought), "{}", cancelled);
        prop_assert_eq!(part("charged"), number(&cancelled["total"]), "{}", cancelled);
    }

    #[test]
    fn the_case_of_a_code_changes_nothing(line in any_quote(), capitals in any::<u64>()) {
        let turned = |(place, letter): (usize, char)| match capitals >> (place % 64) & 1 {
            0 => letter.to_ascii_lowercase(),
            _ => letter.to_ascii_uppercase(),
        };
        let known = |word: &String| MODELS.iter().any(|model| model["code"] == **word);
        let args = words(&line);
        let respelled: Vec<String> = args.iter().map(|word| {
            if known(word) { word.chars().enumerate().map(turned).collect() } else { word.clone() }
        }).collect();
        let outcome = run(&args);
        prop_assert_eq!(outcome.code, 0, "{}", line);
        prop_assert_eq!(run(&respelled), outcome, "{}", respelled.join(" "));
        prop_assert_eq!(json(&respelled), json(&args), "{}", respelled.join(" "));
    }

    #[test]
    fn without_a_specification_all_are_quoted_the_cheapest_first(
        code in select(codes("mu")),
        replicas in 1..=1_000_000_u64,
        time in prop_oneof!["--hours [1-9][0-9]?m", "--months [1-9]", "--months 1 --cancel-after [1-9]"],
    ) {
        let rest = format!("--replicas {replicas} {time}");
        let all = quotes(&format!("quote mu {code} {rest}"));
        let lines = mu();
        let of_code = format!("quote mu {code} ");
        let each = lines.iter().filter(|line| line.starts_with(&of_code));
        let mut apart: Vec<Value> = each.flat_map(|line| quotes(&format!("{line} {rest}"))).collect();
        apart.sort_by_key(|quote| number(&quote["total"]));
        prop_assert_eq!(all, apart);
    }
}

/// Each line gives the same JSON to the letter.
fn assert_same(lines: &[String]) {
    let outcomes: Vec<_> = lines
        .iter()
        .map(|line| run(&words(&format!("{line} --json"))))
        .collect();
    assert_eq!(
        (outcomes[0].code, outcomes[0].stderr.as_str()),
        (0, ""),
        "{}",
        lines[0]
    );
    for (line, outcome) in lines.iter().zip(&outcomes) {
        assert_eq!(outcome, &outcomes[0], "{line}");
    }
}

const COUNTS: [&str; 4] = ["100k", "100000", "100,000", "100_000"];
const HOURS: [&str; 3] = ["60m", "1h", "1"];

#[test]
fn each_spelling_of_a_count_or_of_an_hour_gives_the_same_json() {
    for code in codes("ptu") {
        let line = format!("quote ptu {code}");
        assert_same(&COUNTS.map(|n| format!("{line} --input-tpm {n} --output-tpm {n} --hours 10")));
        assert_same(&COUNTS.map(|n| format!("{line} --input-tpm {n} --output-tpm {n} --days 7")));
        assert_same(&HOURS.map(|n| format!("{line} --input-tpm 1 --output-tpm 1 --hours {n}")));
    }
    for code in codes("mu") {
        let line = format!("quote mu {code}");
        assert_same(&COUNTS.map(|n| format!("{line} --replicas {n} --months 1")));
        assert_same(&HOURS.map(|n| format!("{line} --hours {n}")));
    }
    for (line, _, priced) in tokens() {
        let output = |n| if priced { n } else { "0" };
        assert_same(
            &COUNTS.map(|n| format!("{line} --input {n} --output {} --requests {n}", output(n))),
        );
    }
}

#[test]
fn a_quote_of_one_costs_the_price_on_the_card() {
    for model in MODELS.iter() {
        let code = model["code"].as_str().unwrap();
        let only = &json(&["models", code])["models"];
        assert_eq!(only.as_array().unwrap(), std::slice::from_ref(model));
        for offer in model["mu"].as_array().unwrap() {
            let line = format!("quote mu {code} --spec {}", offer["spec"].as_str().unwrap());
            assert_eq!(
                total(&format!("{line} --hours 1")),
                number(&offer["hour"]),
                "{line}"
            );
            assert_eq!(
                total(&format!("{line} --months 1")),
                number(&offer["month"]),
                "{line}"
            );
        }
        for (term, time) in [("hour", "--hours 1"), ("day", "--days 1")] {
            let Some(card) = model["ptu"][term].as_object() else {
                continue;
            };
            for (mode, price) in card["output_per_1k_tpm"].as_object().unwrap() {
                let line = with_mode(
                    &format!("quote ptu {time} --input-tpm 10k --output-tpm 1k"),
                    model,
                    mode,
                );
                let expected = [number(&card["input_per_10k_tpm"]), number(price)];
                assert_eq!(amounts(&line), expected, "{line}");
            }
        }
    }
}
