//! Sizing a reservation for a load, and what does not fit into it.

#![allow(
    clippy::unwrap_used,
    clippy::indexing_slicing,
    clippy::arithmetic_side_effects
)]

#[path = "fit/apart.rs"]
mod apart;
mod common;
#[path = "fit/decimals.rs"]
mod decimals;
#[path = "fit/digits.rs"]
mod digits;
#[path = "fit/examples.rs"]
mod examples;
#[path = "fit/overflow.rs"]
mod overflow;
#[path = "fit/shop.rs"]
mod shop;
#[path = "fit/steady.rs"]
mod steady;

use apart::{Apart, Size};
use common::{Fraction, fraction, json};
use proptest::prelude::*;
use serde_json::Value;
use shop::{Shop, any_shop, file_in, small_shop};
use tempfile::TempDir;

fn config(cases: u32) -> ProptestConfig {
    ProptestConfig {
        cases,
        failure_persistence: None,
        ..ProptestConfig::default()
    }
}

/// `quote ptu` of a line without quotes in it.
fn quote(line: &str) -> Value {
    let line = format!("quote ptu {line}");
    let words: Vec<&str> = line.split(' ').collect();
    json(&words)["quotes"][0].clone()
}

/// A shop and its catalog file, so that it is written once.
struct Opened {
    order: String,
    folder: TempDir,
}

impl Opened {
    fn new(shop: &Shop) -> Self {
        Self {
            order: shop.order(),
            folder: shop.open(),
        }
    }

    /// The flags of an order, sized by `size`.
    fn line(&self, size: &str) -> String {
        let catalog = file_in(self.folder.path());
        format!("drawn {} --catalog {catalog} {size}", self.order)
    }

    fn fitted(&self, how: &str) -> Value {
        quote(&self.line(&format!("--fit {how}")))
    }

    /// `None` where nothing is reserved, which the command refuses.
    fn sized(&self, size: Size) -> Option<Value> {
        (size != (0, 0)).then(|| quote(&self.line(&tpm(size))))
    }
}

fn tpm((input, output): Size) -> String {
    format!("--input-tpm {input} --output-tpm {output}")
}

fn number(value: &Value) -> Fraction {
    fraction(value.as_str().unwrap())
}

fn total(quote: &Value) -> Fraction {
    number(&quote["total"])
}

fn size(quote: &Value) -> Size {
    let side = |key: &str| quote["parameters"][key].as_str().unwrap().parse().unwrap();
    (side("input_tpm"), side("output_tpm"))
}

/// Whether the cheapest size of a small load is one of all: no other costs less.
fn check_all_sizes(shop: &Shop) -> Result<(), TestCaseError> {
    let (opened, apart) = (Opened::new(shop), Apart::new(shop));
    let fitted = opened.fitted("cheapest");
    let (best, least) = (size(&fitted), total(&fitted));
    prop_assert_eq!(&least, &apart.costs(best).total(), "{:?}", best);
    let peak = apart.peak();
    for input in 0..=peak.0 / shop.steps.0 + 1 {
        for output in 0..=peak.1 / shop.steps.1 + 1 {
            let other = (input * shop.steps.0, output * shop.steps.1);
            let cost = apart.costs(other).total();
            prop_assert!(least <= cost, "{best:?} costs {least}, {other:?} {cost}");
        }
    }
    Ok(())
}

/// Sizes that can be bought, from nothing to a bit above the peak on each side.
fn random_sizes(seed: u64, apart: &Apart, count: usize) -> Vec<Size> {
    let steps = apart.steps;
    let peak = apart.peak();
    let most = [peak.0 / steps.0 * 9 / 8 + 2, peak.1 / steps.1 * 9 / 8 + 2];
    // A linear congruence: `count` numbers of proptest's own would take it minutes to shrink.
    let mut state = seed;
    let mut below = |most: u64| {
        state = state
            .wrapping_mul(6_364_136_223_846_793_005)
            .wrapping_add(1_442_695_040_888_963_407);
        (state >> 33) % (most + 1)
    };
    (0..count)
        .map(|_| (below(most[0]) * steps.0, below(most[1]) * steps.1))
        .collect()
}

proptest! {
    #![proptest_config(config(12))]

    #[test]
    fn the_cheapest_size_costs_no_more_than_any_of_a_thousand_others(
        shop in any_shop(),
        seed in any::<u64>(),
    ) {
        let (opened, apart) = (Opened::new(&shop), Apart::new(&shop));
        let fitted = opened.fitted("cheapest");
        let (best, least) = (size(&fitted), total(&fitted));
        prop_assert_eq!((best.0 % shop.steps.0, best.1 % shop.steps.1), (0, 0));
        prop_assert_eq!(&least, &apart.costs(best).total(), "{:?}", best);
        let mut others = vec![(0, 0), apart.peak()];
        others.extend(random_sizes(seed, &apart, 1_000));
        for (at, other) in others.into_iter().enumerate() {
            let cost = apart.costs(other).total();
            // The program agrees on what the others cost; asking it for each would take minutes.
            let asked = if at < 4 { opened.sized(other) } else { None };
            if let Some(asked) = asked {
                prop_assert_eq!(total(&asked), cost.clone(), "{:?}", other);
            }
            prop_assert!(least <= cost, "{:?} costs {}, {:?} {}", best, least, other, cost);
        }
    }
}

proptest! {
    #![proptest_config(config(32))]

    #[test]
    fn the_cheapest_size_costs_no_more_than_any_size_of_a_small_load(shop in small_shop()) {
        check_all_sizes(&shop)?;
    }

    #[test]
    fn what_is_reserved_is_said_to_pay_or_not(shop in small_shop()) {
        let fitted = Opened::new(&shop).fitted("cheapest");
        let sized = "sized so that reservation and overflow together cost least";
        let never = "a reservation does not pay at this price: it is cheapest to reserve nothing \
                     and to pay for every call by token";
        let messages: Vec<&str> = fitted["notes"].as_array().unwrap().iter()
            .filter(|note| note["rule"] == "catalog")
            .map(|note| note["message"].as_str().unwrap())
            .filter(|message| [sized, never].contains(message))
            .collect();
        let expected = match size(&fitted) {
            // No price would make it pay.
            _ if shop.load.input > shop.max_input => vec![],
            (0, 0) => vec![never],
            _ => vec![sized],
        };
        prop_assert_eq!(messages, expected);
        prop_assert_eq!(&fitted["parameters"]["fit"], "cheapest");
    }

    #[test]
    fn the_peak_is_the_smallest_size_without_overflow(shop in any_shop()) {
        prop_assume!(shop.load.input <= shop.max_input);
        let (opened, apart) = (Opened::new(&shop), Apart::new(&shop));
        let fitted = opened.fitted("peak");
        let peak = size(&fitted);
        prop_assert_eq!(peak, apart.peak());
        prop_assert_eq!(total(&fitted), apart.costs(peak).total());
        prop_assert_eq!(&fitted["overflow"], &Value::Null);
        prop_assert_eq!(ids(&fitted), ["ptu.input", "ptu.output"]);
        prop_assert!(total(&opened.fitted("cheapest")) <= total(&fitted));
        let mut smaller = Vec::new();
        if shop.load.input > 0 {
            smaller.push((peak.0 - shop.steps.0, peak.1));
        }
        if shop.load.output > 0 {
            smaller.push((peak.0, peak.1 - shop.steps.1));
        }
        for size in smaller {
            let Some(quote) = opened.sized(size) else { continue };
            let mut expected = vec!["ptu.input", "ptu.output"];
            if shop.load.input > 0 {
                expected.push("ptu.overflow.input");
            }
            if shop.load.output > 0 {
                expected.push("ptu.overflow.output");
            }
            prop_assert_eq!(ids(&quote), expected, "{:?}", size);
        }
    }
}

fn ids(quote: &Value) -> Vec<&str> {
    let items = quote["items"].as_array().unwrap();
    items
        .iter()
        .map(|item| item["id"].as_str().unwrap())
        .collect()
}

#[test]
fn the_cheapest_size_costs_no_more_than_a_thousand_quotes_of_other_sizes() {
    // A built-in model at its own prices, where a reservation pays and its last step does not.
    let order = "qwen3-max-2025-09-23 --rpm 30.3 --input-per-request 100k --output-per-request 10 --days 30";
    let fitted = quote(&format!("{order} --fit cheapest"));
    // 30 whole calls: the 0.3 that overflow cost less than another 100K.
    assert_eq!(size(&fitted), (3_000_000, 1_000));
    let mut seed = 20_261_120_u64;
    for _ in 0..1_000 {
        seed = seed.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1);
        let size = ((seed >> 40) % 330 * 10_000, (seed >> 33) % 3 * 1_000);
        if size != (0, 0) {
            let other = quote(&format!("{order} {}", tpm(size)));
            assert!(total(&fitted) <= total(&other), "{size:?}");
        }
    }
}
