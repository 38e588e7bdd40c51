//! Every price and every size of Azure.

use std::collections::{BTreeMap, BTreeSet};

use tollgate::catalog::{Catalog, Model};

use super::published::azure::{CALLS, LATER_SIZES, PRICES, SIZES, WITHOUT_OUTPUT};
use super::{Calls, assert_calls, assert_price, decimal, models, unit};

/// Without what both zones cost alike there is no price of a data zone.
const ZONES_DIFFER: [&str; 2] = ["gpt-6-astra", "gpt-6-sol"];

/// Its table has a smallest number of 25 and steps of 50, which do not go together as those of the others do.
const ODD_STEPS: (&str, &str) = ("regional", "o1");

fn azure() -> BTreeMap<(String, String), Model> {
    models(&Catalog::load(&[]).unwrap(), "azure")
}

/// What a PTU is by both tables: TPM, what output and cached input count, and the numbers that are sold, where known.
struct Size {
    holds: [&'static str; 3],
    sold: Option<[&'static str; 2]>,
    document: &'static str,
    seen: [Option<&'static str>; 2],
}

/// The sizes of a type of deployment, by model in lower case.
fn sizes(region: &str) -> BTreeMap<String, Size> {
    let later = |code: &str| {
        let mut rows = LATER_SIZES.iter();
        rows.find(|row| row.0.eq_ignore_ascii_case(code))
    };
    let mut sizes = BTreeMap::new();
    for (code, tpm, output, cached, smallest, step, regional, regional_step) in SIZES {
        let sold = match region {
            "regional" => [*regional, *regional_step],
            _ => [*smallest, *step],
        };
        if sold[0].is_empty() || (region, *code) == ODD_STEPS {
            continue;
        }
        let mut seen = [None, Some("2026-05-22")];
        // What both tables have is the same in both.
        if let Some((_, later_tpm, later_output, later_cached)) = later(code) {
            assert_eq!(
                [tpm, output, cached],
                [later_tpm, later_output, later_cached]
            );
            seen = [Some("2026-05-22"), Some("2026-09-23")];
        }
        let size = Size {
            holds: [*tpm, *output, *cached],
            sold: Some(sold),
            document: "azure-ptu-sizing",
            seen,
        };
        assert!(sizes.insert(code.to_lowercase(), size).is_none(), "{code}");
    }
    // The later table has no types of deployment: it is taken for global ones, whose prices hold for all models.
    for (code, tpm, output, cached) in LATER_SIZES.iter().filter(|_| region == "global") {
        sizes.entry(code.to_lowercase()).or_insert(Size {
            holds: [*tpm, *output, *cached],
            sold: None,
            document: "litellm-azure-ptu",
            seen: [None, Some("2026-09-23")],
        });
    }
    sizes
}

#[test]
fn units_have_the_prices_and_sizes_of_the_tables_and_no_others_are_sold() {
    let azure = azure();
    let mut sold = BTreeSet::new();
    for (region, hour, month, year) in PRICES {
        for (code, size) in sizes(region) {
            let of = format!("{code}, {region}");
            let key = ((*region).to_owned(), code);
            let model = azure.get(&key).unwrap_or_else(|| panic!("no {of}"));
            let (row, unit) = unit(model).unwrap_or_else(|| panic!("no PTU of {of}"));
            assert_eq!(
                (unit.name.as_str(), unit.adds),
                ("PTU", [size.holds[0].parse().unwrap(), 0]),
                "{of}"
            );
            assert_price(unit.prices.hour, 1, hour, "per unit-hour", &of);
            assert_price(unit.prices.month, 1, month, "per unit-month", &of);
            assert_price(unit.prices.year, 1, year, "per unit-year", &of);
            let other = [
                unit.prices.day,
                unit.prices.block,
                unit.prices.week,
                unit.prices.quarter,
            ];
            assert_eq!(other, [None; 4], "{of}");
            assert_eq!(row.max_input, None, "{of}");
            let meters: Vec<_> = row.meters.iter().collect();
            let [meter] = meters.as_slice() else {
                panic!("{of}")
            };
            let [bracket] = meter.brackets() else {
                panic!("{of}")
            };
            let weights = bracket.weights;
            let expected = ["1", size.holds[2], size.holds[1]].map(decimal);
            assert_eq!(
                [weights.input, weights.cached, weights.output],
                expected,
                "{of}"
            );
            match size.sold {
                None => assert!(unit.steps_unknown, "{of}"),
                Some(numbers) => {
                    let numbers = numbers.map(|text| text.parse::<u64>().unwrap());
                    assert_eq!(
                        ([unit.smallest, unit.step], unit.steps_unknown),
                        (numbers, false),
                        "{of}"
                    );
                }
            }
            let sizing = row.sizing.as_ref().unwrap_or_else(|| panic!("{of}"));
            assert_eq!(sizing.document, size.document, "{of}");
            let seen = [sizing.first_seen, sizing.seen].map(|day| day.map(|day| day.to_string()));
            assert_eq!(seen, size.seen.map(|day| day.map(str::to_owned)), "{of}");
            let document = match *region {
                "global" => "azure-retail-prices",
                _ => "azure-ptu-calculator",
            };
            assert_eq!(row.source.document, document, "{of}");
            sold.insert(key);
        }
    }
    let others = azure.iter().filter(|(_, model)| unit(model).is_some());
    let others: BTreeSet<_> = others.map(|(key, _)| key.clone()).collect();
    assert_eq!(others, sold);
    assert_eq!(sold.len(), 27 + 21 + 17);
}

/// The input beyond which a call has another price, of these models.
const LONG: u64 = 272_000;
const WITH_LONG: [&str; 7] = [
    "gpt-5.4",
    "gpt-5.5",
    "gpt-5.6-luna",
    "gpt-5.6-sol",
    "gpt-5.6-terra",
    "gpt-6-astra",
    "gpt-6-sol",
];

/// The ordinary calls of a type of deployment, by model in lower case.
fn calls(region: &str) -> BTreeMap<String, Calls> {
    let prefixes: &[&str] = match region {
        "global" => &["azure/", "azure_ai/", "azure/global/"],
        _ => &["azure/eu/", "azure/us/"],
    };
    let mut found: BTreeMap<String, Vec<Calls>> = BTreeMap::new();
    for (key, input, cached, output, batch_input, batch_output) in CALLS {
        for prefix in prefixes {
            let code = key.strip_prefix(prefix).unwrap_or("/");
            if !code.contains('/') {
                let row = [*input, *cached, *output, *batch_input, *batch_output];
                found.entry(code.to_lowercase()).or_default().push(row);
            }
        }
    }
    let only = |(code, rows): (String, Vec<Calls>)| {
        let first = rows[0];
        if region == "global" {
            // Prices of batch calls stand in the rows of `azure` alone.
            let alike = rows.iter().all(|row| row[..3] == first[..3]);
            assert!(alike, "{code}: {rows:?}");
            return Some((code, first));
        }
        assert_eq!(rows.len(), 2, "{code}: {rows:?}");
        let alike = rows[0] == rows[1];
        assert_eq!(
            !alike,
            ZONES_DIFFER.contains(&code.as_str()),
            "{code}: {rows:?}"
        );
        alike.then_some((code, first))
    };
    found.into_iter().filter_map(only).collect()
}

#[test]
fn ordinary_calls_have_the_prices_of_the_table_and_no_others_have_one() {
    let azure = azure();
    let mut priced = BTreeSet::new();
    for region in ["global", "data-zone"] {
        for (code, calls) in calls(region) {
            let of = format!("{code}, {region}");
            let key = (region.to_owned(), code);
            let model = azure.get(&key).unwrap_or_else(|| panic!("no {of}"));
            // What a longer call costs, no table has.
            let up_to = WITH_LONG.contains(&key.1.as_str()).then_some(LONG);
            assert_calls(model, calls, up_to, &of);
            priced.insert(key);
        }
    }
    let others = azure.iter().filter(|(_, model)| !model.standard.is_empty());
    let others: BTreeSet<_> = others.map(|(key, _)| key.clone()).collect();
    assert_eq!(others, priced);
    assert_eq!(priced.len(), 28 + 22);
}

#[test]
fn what_no_table_has_is_not_in_the_catalog() {
    let azure = azure();
    let has = |region: &str, code: &str| azure.contains_key(&(region.to_owned(), code.to_owned()));
    for code in ZONES_DIFFER {
        assert!(
            has("global", code) && !has("data-zone", code) && !has("regional", code),
            "{code}"
        );
    }
    assert!(!has(ODD_STEPS.0, ODD_STEPS.1) && has("global", ODD_STEPS.1));
    for (name, ..) in WITHOUT_OUTPUT {
        let code = name.to_lowercase().replace(' ', "-");
        // Of one of them there is a price of ordinary calls.
        let model = azure.get(&("global".to_owned(), code.clone()));
        assert!(model.is_none_or(|model| unit(model).is_none()), "{name}");
        assert_eq!(model.is_some(), code == "gpt-oss-120b", "{name}");
    }
    for ((region, code), model) in &azure {
        super::assert_in_units_alone(model);
        // No table has ordinary calls in one region.
        assert!(region != "regional" || model.standard.is_empty(), "{code}");
    }
}
