//! Amounts, counts and durations have one spelling each.

use serde_json::json;

use super::documents::printed;
use super::validate::{COMPARE, QUOTE, assert_valid, schema, validator};

const AMOUNTS: &[&str] = &[
    "3744.00", "3744.0", "3744.", "3,744", "+3744", "03744", ".5", "3.744e3", " 3744", "3744\n",
    "¥3744", "", "NaN",
];
const COUNTS: &[&str] = &["100000.0", "-1", "100k", "0100000", ""];
const DURATIONS: &[&str] = &["8", "8h", "PT", "P", "PT8", "-PT8H", "8 hours"];

/// Asserts that each of these places of what is printed has no other spelling.
fn assert_no_other_spelling(text: &str, arguments: &str, places: &[(&str, &[&str])]) {
    let validator = validator(&schema(text));
    let document = printed(arguments);
    assert_valid(&validator, &document);
    for (place, spelling) in places
        .iter()
        .flat_map(|(place, spellings)| spellings.iter().map(move |spelling| (place, spelling)))
    {
        let mut mutant = document.clone();
        *mutant.pointer_mut(place).unwrap() = json!(spelling);
        assert!(!validator.is_valid(&mutant), "{place}: {spelling:?}");
    }
}

#[test]
fn an_amount_in_another_spelling_does_not_validate() {
    let rounded: &[&str] = &["3744", "3744.0", "3744.000", "3,744.00", ".00", "3744.00\n"];
    assert_no_other_spelling(
        QUOTE,
        "quote ptu qwen3.7-max-2026-05-20 --input-tpm 100k --output-tpm 10k --hours 10 --fx USD=0.1389",
        &[
            ("/quotes/0/total", AMOUNTS),
            ("/quotes/0/items/0/quantity", AMOUNTS),
            ("/quotes/0/items/0/unit_price/amount", AMOUNTS),
            ("/quotes/0/items/1/amount", AMOUNTS),
            ("/quotes/0/fx/0/rate", AMOUNTS),
            ("/quotes/0/total_rounded", rounded),
            ("/quotes/0/fx/0/total_rounded", rounded),
            ("/quotes/0/parameters/input_tpm", COUNTS),
        ],
    );
}

#[test]
fn a_load_in_another_spelling_does_not_validate() {
    assert_no_other_spelling(
        QUOTE,
        "quote ptu qwen3-max-2025-09-23 --input-tpm 100k --output-tpm 10k --days 30 --hours-per-day 8 --rpm 30 --input-per-request 4000 --output-per-request 400",
        &[
            ("/quotes/0/parameters/rpm", AMOUNTS),
            ("/quotes/0/parameters/rpm", &["0", "-30", "-0.5"]),
            ("/quotes/0/parameters/input_per_request", COUNTS),
            ("/quotes/0/parameters/output_per_request", COUNTS),
            ("/quotes/0/parameters/hours_per_day", DURATIONS),
            ("/quotes/0/overflow/calls_per_minute", AMOUNTS),
            ("/quotes/0/overflow/input_tokens", COUNTS),
            ("/quotes/0/overflow/output_tokens", COUNTS),
        ],
    );
    let runs: &[&str] = &["0", "1", "01", "2.5", "-2"];
    for arguments in [
        "quote ptu glm-5.1 --input-tpm 50k --output-tpm 8k --hours 8 --runs 30",
        "quote mu qwen3-8b --spec MU5x1 --hours 8 --runs 30",
    ] {
        let places: &[(&str, &[&str])] = &[
            ("/quotes/0/parameters/runs", runs),
            ("/quotes/0/parameters/runs", COUNTS),
            ("/quotes/0/parameters/duration", DURATIONS),
        ];
        assert_no_other_spelling(QUOTE, arguments, places);
    }
}

#[test]
fn a_comparison_in_another_spelling_does_not_validate() {
    assert_no_other_spelling(
        COMPARE,
        "compare qwen3-max-2025-09-23 --rpm 30 --input-per-request 4000 --output-per-request 400 --current ptu-daily",
        &[
            ("/workload/rpm", AMOUNTS),
            ("/workload/rpm", &["0", "-30"]),
            ("/workload/hours_per_day", AMOUNTS),
            ("/workload/hours_per_day", &["PT24H"]),
            ("/workload/days", COUNTS),
            ("/workload/days", &["0", "P30D"]),
            ("/workload/requests", COUNTS),
            ("/workload/input_tokens", COUNTS),
            ("/options/0/quote/total", AMOUNTS),
            ("/options/1/per_million_tokens", AMOUNTS),
            ("/options/1/above_cheapest_percent", AMOUNTS),
            ("/options/1/above_cheapest_percent", &["6.75%"]),
            ("/break_even/0/value", AMOUNTS),
            ("/break_even/0/ratio_at_full_use", AMOUNTS),
            ("/switch/0/cost", AMOUNTS),
            ("/switch/0/saving_per_day", AMOUNTS),
            ("/switch/0/payback_days", AMOUNTS),
        ],
    );
}
