//! Every price and every size of Google.

use std::collections::{BTreeMap, BTreeSet};

use tollgate::billing::unit::UnitPrice;
use tollgate::catalog::{Catalog, Model};

use super::published::google::{CALLS, OTHERS, PRICES, SIZES};
use super::{Calls, assert_calls, assert_price, decimal, models, unit};

/// Calls with more input than this count more, and what they cost as ordinary calls stands in no table.
const LONG: u64 = 200_000;

/// The models that have such calls.
const WITH_LONG: [&str; 2] = ["gemini-2.5-pro", "gemini-3.1-pro-preview"];

fn google() -> BTreeMap<String, Model> {
    let all = models(&Catalog::load(&[]).unwrap(), "google");
    let global = all.into_iter().map(|((region, code), model)| {
        assert_eq!(region, "global", "{code}");
        (code, model)
    });
    global.collect()
}

/// What input, cached input and output count, in the words of the table: `in 1; cached 0.1; out 6`. Cached input that
/// it does not name counts as input does.
fn weights(words: &str) -> [&str; 3] {
    let parts = words.split([';', ',']).map(str::trim);
    let parts: BTreeMap<&str, &str> = parts.filter_map(|part| part.split_once(' ')).collect();
    let input = parts["in"];
    [input, parts.get("cached").unwrap_or(&input), parts["out"]]
}

/// The weights by length of a call.
fn by_length(words: &str) -> Vec<(Option<u64>, [&str; 3])> {
    let Some(words) = words.strip_prefix("<=200K: ") else {
        return vec![(None, weights(words))];
    };
    let (shorter, longer) = words.split_once("; >200K: ").unwrap();
    vec![(Some(LONG), weights(shorter)), (None, weights(longer))]
}

#[test]
fn units_have_the_prices_and_sizes_of_the_tables_and_no_others_are_sold() {
    let google = google();
    let mut long = Vec::new();
    for (code, per_second, words) in SIZES {
        let model = google.get(*code).unwrap_or_else(|| panic!("no {code}"));
        let (row, unit) = unit(model).unwrap_or_else(|| panic!("no GSU of {code}"));
        let tpm = per_second.parse::<u64>().unwrap() * 60;
        assert_eq!((unit.name.as_str(), unit.adds), ("GSU", [tpm, 0]), "{code}");
        assert_eq!(
            (unit.smallest, unit.step, unit.steps_unknown),
            (1, 1, false),
            "{code}"
        );
        let of_term = |name: &str| -> Option<UnitPrice> {
            match name {
                "week" => unit.prices.week,
                "month" => unit.prices.month,
                "quarter" => unit.prices.quarter,
                _ => unit.prices.year,
            }
        };
        for (name, hour, of_page) in PRICES {
            // The page's own example, where it has one; else its price of an hour, 730 of which are a month.
            let price = of_term(name);
            match *of_page {
                "" => {
                    let months = if *name == "quarter" { 3 } else { 12 };
                    let term = decimal(hour) * decimal("730") * decimal(&months.to_string());
                    assert_price(
                        price,
                        1,
                        &term.to_string(),
                        &format!("per unit-{name}"),
                        code,
                    );
                }
                amount => assert_price(price, 1, amount, &format!("per unit-{name}"), code),
            }
        }
        assert_eq!(
            [unit.prices.hour, unit.prices.day, unit.prices.block],
            [None; 3],
            "{code}"
        );
        let meters: Vec<_> = row.meters.iter().collect();
        let [meter] = meters.as_slice() else {
            panic!("{code}")
        };
        let found: Vec<_> = meter
            .brackets()
            .iter()
            .map(|one| {
                (
                    one.up_to,
                    [one.weights.input, one.weights.cached, one.weights.output],
                )
            })
            .collect();
        let expected: Vec<_> = by_length(words)
            .into_iter()
            .map(|(up_to, cells)| (up_to, cells.map(decimal)))
            .collect();
        assert_eq!(found, expected, "{code}");
        // A longer call counts more as a whole, and not only beyond its 200,000 tokens.
        assert_eq!(meter.is_of_whole_calls(), expected.len() > 1, "{code}");
        if expected.len() > 1 {
            long.push(*code);
        }
        let document = match *code {
            "gemini-3.7-flash" | "gemini-3.6-flash" | "gemini-3.5-flash-lite" => "slosizer-vertex",
            _ => "google-pt-models",
        };
        assert_eq!(row.sizing.as_ref().unwrap().document, document, "{code}");
        assert_eq!(row.source.document, "google-pt-pricing", "{code}");
    }
    long.sort_unstable();
    assert_eq!(long, WITH_LONG);
    let known: BTreeSet<&str> = SIZES.iter().map(|row| row.0).collect();
    let found: BTreeSet<&str> = google.keys().map(String::as_str).collect();
    assert_eq!((found, known.len()), (known, 10));
}

#[test]
fn ordinary_calls_have_the_prices_of_the_table() {
    let google = google();
    for (code, model) in &google {
        let rows = CALLS
            .iter()
            .filter(|row| row.0.rsplit('/').next() == Some(code));
        let rows: BTreeSet<Calls> = rows
            .map(|row| [row.1, row.2, row.3, row.4, row.5])
            .collect();
        // Both providers of the map have the same prices.
        let rows: Vec<Calls> = rows.into_iter().collect();
        let [calls] = rows.as_slice() else {
            panic!("{code}: {rows:?}")
        };
        let up_to = WITH_LONG.contains(&code.as_str()).then_some(LONG);
        assert_calls(model, *calls, up_to, code);
        assert!(!model.standard[0].not_in_batches, "{code}");
    }
}

#[test]
fn the_hour_of_a_week_and_of_a_month_come_to_the_examples_of_the_page() {
    for (name, hours) in [("week", "168"), ("month", "730")] {
        let row = PRICES.iter().find(|row| row.0 == name).unwrap();
        let exact = decimal(row.1) * decimal(hours);
        // 1,199.52 and 2,699.978: the hour is rounded, so the page's own amount counts.
        let off = (exact - decimal(row.2)).abs();
        assert!(off <= decimal("0.5"), "{name}: {exact}");
    }
}

#[test]
fn what_is_no_text_of_gemini_is_not_in_the_catalog() {
    let google = google();
    for (name, ..) in OTHERS {
        let code = name.to_lowercase().replace(' ', "-");
        assert!(!google.contains_key(&code), "{name}");
    }
    for model in google.values() {
        super::assert_in_units_alone(model);
    }
}
