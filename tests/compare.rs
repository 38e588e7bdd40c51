//! One workload under every billing method: each row is a quote, and the ranking is theirs.

#![allow(
    clippy::unwrap_used,
    clippy::panic,
    clippy::indexing_slicing,
    clippy::arithmetic_side_effects
)]

#[path = "compare/break_even.rs"]
mod break_even;
#[path = "common/calendar.rs"]
mod calendar;
#[path = "compare/chart.rs"]
mod chart;
#[path = "compare/commands.rs"]
mod commands;
mod common;
#[path = "compare/complete.rs"]
mod complete;
#[path = "fit/decimals.rs"]
mod decimals;
#[path = "compare/errors.rs"]
mod errors;
#[path = "compare/formats.rs"]
mod formats;
#[path = "compare/known.rs"]
mod known;
#[path = "compare/market.rs"]
mod market;
#[path = "compare/pays.rs"]
mod pays;
#[path = "compare/points.rs"]
mod points;
#[path = "compare/smaller.rs"]
mod smaller;
#[path = "compare/svg.rs"]
mod svg;
#[path = "compare/switch.rs"]
mod switch;
#[path = "compare/terms.rs"]
mod terms;

use std::collections::BTreeSet;
use std::sync::LazyLock;

use commands::{Workload, matching};
use common::{Fraction, fraction, json, run, whole};
use decimals::kept;
use proptest::prelude::ProptestConfig;
use serde_json::{Value, json as value};
use tollgate::cli::Outcome;

fn config(cases: u32) -> ProptestConfig {
    ProptestConfig {
        cases,
        failure_persistence: None,
        ..ProptestConfig::default()
    }
}

/// The ways to buy, in the order that equal totals keep.
const OPTIONS: [&str; 14] = [
    "ptu-hourly",
    "ptu-daily",
    "ptu-monthly",
    "ptu-weekly",
    "ptu-quarterly",
    "ptu-yearly",
    "reservation-daily",
    "reservation-8h",
    "mu-hourly",
    "mu-monthly",
    "dtu-monthly",
    "fine-tuned",
    "standard",
    "savings-plan",
];

static MODELS: LazyLock<Vec<Value>> =
    LazyLock::new(|| json(&["models"])["models"].as_array().unwrap().clone());

/// Between them all day and a part of it, one day and more than a month, each mode, requests that
/// no reservation takes, and what every quote can be shown with.
static WORKLOADS: LazyLock<Vec<Workload>> = LazyLock::new(|| {
    vec![
        Workload::new("30 4000 400", "24 30", "", ""),
        Workload::new("0.5 40000 1", "8.5 31", "", ""),
        Workload::new("12.34 1000 0", "10 1", "", ""),
        Workload::new("3 4000 400", "8.5 61", "thinking", ""),
        Workload::new(
            "3 200 20000",
            "24 1",
            "non-thinking",
            "--discount 12.5% --fx USD=0.1389",
        ),
        Workload::new("7 200 20000", "0.3 2", "code-interpreter", ""),
        Workload::new("1.5 130000 400", "10 60", "standard", ""),
    ]
});

/// The models with a standard reservation.
static RESERVED: LazyLock<BTreeSet<&str>> = LazyLock::new(|| {
    let codes = MODELS.iter().map(|model| text(&model["code"]));
    let is_sold = |code: &&str| {
        let line = format!(
            "quote ptu {code} --service standard --input-tpm 200k --output-tpm 20k --days 1"
        );
        said(&line).code == 0
    };
    codes.filter(is_sold).collect()
});

/// Whether an option is named at all: of what few models are sold as, nothing is said of the others.
fn is_sold(option: &str, model: &Value) -> bool {
    match option {
        "reservation-daily" | "reservation-8h" => RESERVED.contains(text(&model["code"])),
        "dtu-monthly" => model["dtu"].is_array(),
        "ptu-monthly" | "ptu-weekly" | "ptu-quarterly" | "ptu-yearly" => {
            let term = match option {
                "ptu-monthly" => "month",
                "ptu-weekly" => "week",
                "ptu-quarterly" => "quarter",
                _ => "year",
            };
            // What the catalog lacks is said of the terms that every reservation has.
            model["capacity"][term].is_string()
        }
        // The others have no plan.
        "savings-plan" => model["provider"] == "alibaba",
        _ => true,
    }
}

/// Every model under every workload; a comparison that has a row.
static COMPARED: LazyLock<Vec<(&Workload, Value)>> = LazyLock::new(|| {
    let mut compared = Vec::new();
    for workload in WORKLOADS.iter() {
        for model in MODELS.iter() {
            let line = workload.compare(text(&model["code"]));
            let line = format!("{line} --json");
            let outcome = run(&line.split_whitespace().collect::<Vec<_>>());
            if outcome.code == 0 {
                compared.push((workload, serde_json::from_str(&outcome.stdout).unwrap()));
            } else {
                complete::refused_with_all_reasons(workload, model, &outcome);
            }
        }
    }
    compared
});

fn said(line: &str) -> Outcome {
    run(&words(line))
}

/// The words of a line. Comparisons leave savings plans out here, but for [`COMPARED`]: they have tests of their
/// own in `tests/savings/`.
fn words(line: &str) -> Vec<&str> {
    let mut words: Vec<&str> = line.split_whitespace().collect();
    if words.first() == Some(&"compare") {
        words.push("--no-savings-plan");
    }
    words
}

/// The JSON of a line without quotes in it.
fn document(line: &str) -> Value {
    json(&words(line))
}

fn text(value: &Value) -> &str {
    value.as_str().unwrap()
}

fn rows(compared: &Value) -> &[Value] {
    compared["options"].as_array().unwrap()
}

/// Every option that has a price: those that are ranked, then the others.
fn priced(compared: &Value) -> Vec<&Value> {
    let unranked = compared["unranked"].as_array().unwrap();
    rows(compared).iter().chain(unranked).collect()
}

/// What replicas of these models serve, all the same, so that they are ranked.
fn capacities(codes: &[&str]) -> String {
    let of = |model: &&Value| codes.contains(&text(&model["code"]));
    let offers = MODELS
        .iter()
        .filter(of)
        .flat_map(|model| model["mu"].as_array().unwrap());
    let specs: BTreeSet<&str> = offers.map(|offer| text(&offer["spec"])).collect();
    let flags = specs
        .iter()
        .map(|spec| format!(" --replica-capacity {spec}=10M/2M"));
    flags.collect()
}

/// The model of a comparison of one.
fn code_of(compared: &Value) -> &str {
    text(&priced(compared)[0]["quote"]["model"]["code"])
}

fn number(value: &Value) -> Fraction {
    fraction(text(value))
}

fn total(row: &Value) -> Fraction {
    number(&row["quote"]["total"])
}

/// A quote without what it says of how many days of traffic its term has.
fn without_days(quote: &Value) -> Value {
    let mut quote = quote.clone();
    let notes = quote["notes"].as_array_mut().unwrap();
    notes.retain(|note| !text(&note["message"]).starts_with("the traffic of "));
    quote
}

#[test]
fn each_row_is_what_quote_prints_for_the_same_parameters() {
    for (workload, compared) in COMPARED.iter() {
        for row in priced(compared) {
            let line = workload.quote(row);
            if row["option"] == "reservation-daily" && matches!(workload.days, 31 | 61) {
                // Not sold as one term: those of 30 or 60 days and of one day are bought in turn.
                let days = format!("--days {}", workload.days);
                let terms = [workload.days - 1, 1].map(|term| {
                    let quoted = document(&line.replace(&days, &format!("--days {term}")));
                    number(&quoted["quotes"][0]["total"])
                });
                let [first, last] = terms;
                assert_eq!(first + last, total(row), "{line}");
                continue;
            }
            // A quote of months has their traffic, and a comparison that of its days: here all calls fit.
            let quoted = without_days(&matching(&document(&line), row));
            assert_eq!(quoted, without_days(&row["quote"]), "{line}");
        }
    }
}

#[test]
fn rows_are_ranked_by_their_total_and_equal_ones_stay_in_order() {
    let place = |model: &str, row: &Value| {
        let option = OPTIONS.iter().position(|option| row["option"] == *option);
        let model = MODELS.iter().find(|known| known["code"] == model).unwrap();
        let sold = if row["option"] == "dtu-monthly" {
            "dtu"
        } else {
            "mu"
        };
        let offers = model[sold].as_array().unwrap();
        let parameters = &row["quote"]["parameters"];
        let offer = offers.iter().position(|offer| {
            offer["spec"] == parameters["spec"]
                && offer["pd_separated"] == parameters["pd_separated"]
        });
        (option.unwrap(), offer)
    };
    for (_, compared) in COMPARED.iter() {
        let code = code_of(compared);
        for list in ["options", "unranked"] {
            let order: Vec<_> = compared[list]
                .as_array()
                .unwrap()
                .iter()
                .map(|row| (total(row), place(code, row)))
                .collect();
            assert!(order.is_sorted(), "{code}: {order:?}");
        }
        let ranks: Vec<&Value> = rows(compared).iter().map(|row| &row["rank"]).collect();
        assert_eq!(value!(ranks), value!((1..=ranks.len()).collect::<Vec<_>>()));
    }
}

#[test]
fn equal_totals_stay_in_the_order_of_the_documents() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("own.toml");
    let own = "version = 1\n[provider]\nid = \"alibaba\"\n[[model]]\ncode = \"own\"\n[[model.ptu]]\nmax_input = \"1M tokens\"\n\
               input = { hour = \"1 per 10K TPM-hour\", day = \"24 per 10K TPM-day\" }\n\
               output = [{ hour = \"1 per 1K TPM-hour\", day = \"24 per 1K TPM-day\" }]\n";
    std::fs::write(&file, own).unwrap();
    let line = "compare own --rpm 1 --input-per-request 10k --output-per-request 1k";
    let compared = document(&format!("{line} --catalog {}", file.to_str().unwrap()));
    let found: Vec<_> = rows(&compared)
        .iter()
        .map(|row| (text(&row["option"]), total(row)))
        .collect();
    let both = whole(2 * 24 * 30);
    assert_eq!(found, [("ptu-hourly", both.clone()), ("ptu-daily", both)]);
}

#[test]
fn shares_are_of_the_tokens_served_and_of_the_cheapest() {
    for (workload, compared) in COMPARED.iter() {
        let asked = &compared["workload"];
        let requests = workload.requests();
        assert_eq!(number(&asked["requests"]), requests);
        let tokens = (&requests * workload.input(), &requests * workload.output());
        assert_eq!(number(&asked["input_tokens"]), tokens.0);
        assert_eq!(number(&asked["output_tokens"]), tokens.1);
        let served = tokens.0 + tokens.1;
        for row in priced(compared) {
            let per_million = total(row) * whole(1_000_000) / &served;
            assert_eq!(number(&row["per_million_tokens"]), kept(&per_million));
        }
        for row in rows(compared) {
            let cheapest = total(&rows(compared)[0]);
            let above = (total(row) - &cheapest) * whole(100) / &cheapest;
            assert_eq!(number(&row["above_cheapest_percent"]), kept(&above));
        }
    }
}

#[test]
fn the_workload_is_repeated_as_it_was_asked_for() {
    let line = "compare glm-5.1 --rpm 0.50 --input-per-request 4k --output-per-request 0 \
                --hours-per-day 8h30m --days 31 --mode thinking";
    assert_eq!(
        document(line)["workload"],
        value!({
            "rpm": "0.5",
            "input_per_request": "4000",
            "output_per_request": "0",
            "hours_per_day": "8.5",
            "days": "31",
            "mode": "thinking",
            "assumed_modes": [],
            "requests": "7905",
            "input_tokens": "31620000",
            "output_tokens": "0"
        })
    );
}

#[test]
fn models_share_one_ranking() {
    let load = "--rpm 30 --input-per-request 4000 --output-per-request 400";
    let codes = ["qwen3-8b", "qwen3-max-2025-09-23", "qwen3-32b"];
    let together = document(&format!("compare {} {load}", codes.join(" ")));
    let mut apart: Vec<(Fraction, Value, bool)> = Vec::new();
    for code in codes {
        let alone = document(&format!("compare {code} {load}"));
        let quotes = rows(&alone)
            .iter()
            .map(|row| (total(row), row["quote"].clone(), code != codes[0]));
        apart.extend(quotes);
    }
    apart.sort_by(|left, right| left.0.cmp(&right.0));
    let quotes: Vec<Value> = apart.iter().map(|(_, quote, _)| quote.clone()).collect();
    let found: Vec<Value> = rows(&together)
        .iter()
        .map(|row| row["quote"].clone())
        .collect();
    let names = |quotes: &[Value]| -> Vec<(String, String)> {
        let name = |quote: &Value| {
            (
                text(&quote["model"]["code"]).to_owned(),
                text(&quote["total"]).to_owned(),
            )
        };
        quotes.iter().map(name).collect()
    };
    assert_eq!(names(&found), names(&quotes));
    assert_eq!(found, quotes);
    let cheapest = apart[0].0.clone();
    for (row, (total, _, other)) in rows(&together).iter().zip(apart) {
        let above = (total - &cheapest) * whole(100) / &cheapest;
        assert_eq!(number(&row["above_cheapest_percent"]), kept(&above));
        let caveat = value!({
            "rule": null,
            "message": "another model: its answers are not the same"
        });
        let caveats = row["caveats"].as_array().unwrap();
        assert_eq!(caveats.contains(&caveat), other, "{row}");
    }
}
