//! A standard reservation is nothing at all, or at least the smallest of both sides.

use proptest::prelude::*;
use rust_decimal::Decimal;
use tollgate::billing::fit;
use tollgate::billing::kind::Tokens;
use tollgate::billing::load::{Fit, Load, OnOverflow, Served};
use tollgate::billing::meter::Meters;
use tollgate::billing::money::Currency;
use tollgate::billing::ptu::{self, Length, Prices, Request, Rules};
use tollgate::billing::quote::{ModelRef, Rate, Source};
use tollgate::billing::tokens::{self, Band, KindPrices, Tier};
use tollgate::billing::unit::UnitPrice;
use tollgate::billing::units::{self, Size};

use super::{Folder, document, trace};

fn price(text: &str) -> UnitPrice {
    UnitPrice::parse(text).unwrap()
}

fn source() -> Source {
    Source {
        document: "here".to_owned(),
        section: String::new(),
        first_seen: None,
        seen: None,
        transcribed: None,
        from: None,
        after: None,
        until: None,
        next: None,
    }
}

/// Sides of these steps and smallest numbers, at these prices a day.
fn prices(steps: [u64; 2], smallest: [u64; 2], per_day: [u64; 2]) -> Prices {
    let currency = Currency::parse("CNY").unwrap();
    let day = |amount: u64| price(&format!("{amount} per TPM-day"));
    let mut units = units::sides((day(per_day[0]), steps[0]), (day(per_day[1]), steps[1]));
    for at in 0..2 {
        units[at].smallest = smallest[at] * steps[at];
    }
    Prices {
        units,
        meters: Meters::of_sides(),
        mode: None,
        max_input: None,
        or_max_input: None,
        rules: Rules::default(),
        currency,
        source: source(),
        standard: Some(tokens::Prices {
            rate: Rate::Standard,
            mode: None,
            bands: vec![Band {
                hours: None,
                tiers: vec![Tier {
                    up_to: None,
                    or_up_to: None,
                    prices: KindPrices {
                        input: price("0.01 per token"),
                        cached: None,
                        cache_write: None,
                        output: Some(price("0.02 per token")),
                    },
                    cached_explicit: None,
                    implicit_unknown: false,
                }],
            }],
            batch: None,
            batch_unmarked: false,
            cache_source: None,
            limited_offer: None,
            batch_with_cache: None,
            currency,
            source: source(),
        }),
        reservation: None,
        sale: None,
        says: Vec::new(),
        sizing: None,
    }
}

fn request(load: Load, size: Size, fit: Option<Fit>) -> Request {
    Request {
        model: ModelRef {
            code: "one".to_owned(),
            name: "one".to_owned(),
            provider: "shop".to_owned(),
            region: String::new(),
            region_name: String::new(),
            only_there: Vec::new(),
        },
        size,
        length: Length::Days(1),
        mode: None,
        start: None,
        served: Some(Served {
            load,
            hours_per_day: None,
            days: None,
            on_overflow: OnOverflow::Bill,
            fit,
        }),
    }
}

fn load() -> impl Strategy<Value = Load> {
    (1_i64..300, 1_u64..40, 0_u64..20).prop_map(|(tenths, input, output)| Load {
        rpm: Decimal::try_new(tenths, 1).unwrap(),
        per_request: Tokens::plain(input, output),
        cache: None,
    })
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 80, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn no_other_purchasable_size_is_cheaper_for_a_load(
        steps in [1_u64..40, 1_u64..30],
        smallest in [1_u64..9, 1_u64..9],
        per_day in [1_u64..40, 1_u64..60],
        load in load(),
    ) {
        let prices = prices(steps, smallest, per_day);
        let fitted = request(load, Size::default(), Some(Fit::Cheapest));
        let best = fit::cheapest(&fitted, &prices).unwrap();
        let cost = |size: Size| ptu::quote(&request(load, size, None), &prices).unwrap().total;
        let least = cost(best);
        prop_assert!(least <= cost(Size::default()));
        let peak = fit::peak(&load, &prices).unwrap();
        let sides = [0, 1].map(|at| {
            let (step, first) = (steps[at], smallest[at]);
            let last = (peak.0[at] / step + 1).max(first);
            // Some of very many, with the ends.
            let apart = usize::try_from((last - first) / 12 + 1).unwrap();
            let some = (first..=last).step_by(apart).chain([last]);
            some.map(|count| count * step).collect::<Vec<u64>>()
        });
        for input in &sides[0] {
            for output in &sides[1] {
                let other = cost(Size([*input, *output]));
                prop_assert!(least <= other, "{best:?} costs {least}, {input}/{output} {other}");
            }
        }
        for size in [best, peak] {
            let fewest = [0, 1].map(|at| smallest[at] * steps[at]);
            let is_sold = size.0[0] >= fewest[0] && size.0[1] >= fewest[1];
            prop_assert!(size.is_nothing() || is_sold, "{size:?}");
        }
    }
}

const SMALL: &str = "--input-per-request 1000 --output-per-request 10 --days 1";

/// The size and the total of a quote at standard speed.
fn quoted(rest: &str) -> (String, String, String) {
    let report = document(&format!("quote ptu made-up --service standard {rest}"));
    let quote = &report["quotes"][0];
    let of = |key: &str| quote["parameters"][key].as_str().unwrap().to_owned();
    let total = quote["total"].as_str().unwrap().to_owned();
    (of("input_tpm"), of("output_tpm"), total)
}

fn sized(input: &str, output: &str, total: &str) -> (String, String, String) {
    (input.to_owned(), output.to_owned(), total.to_owned())
}

#[test]
fn a_load_is_sized_to_at_least_the_smallest_of_both_sides() {
    // 10K / 100 TPM, and 300K / 3K.
    let smallest = sized("200000", "20000", "3145.8");
    assert_eq!(quoted(&format!("--fit peak --rpm 10 {SMALL}")), smallest);
    let larger = sized("300000", "20000", "4355.8");
    assert_eq!(quoted(&format!("--fit peak --rpm 300 {SMALL}")), larger);
    // 10 calls a minute by token are ¥177.98 a day.
    let nothing = sized("0", "0", "177.984");
    assert_eq!(quoted(&format!("--fit cheapest --rpm 10 {SMALL}")), nothing);
    assert_eq!(quoted(&format!("--fit cheapest --rpm 300 {SMALL}")), larger);
}

#[test]
fn a_trace_is_sized_to_at_least_the_smallest_of_both_sides() {
    let folder = Folder::new(&[]);
    let calls = trace(
        &folder,
        &[("2026-11-01T10:00", 3), ("2026-11-01T10:01", 1)],
        (1_000, 10),
    );
    for fit in ["peak", "p99", "p95"] {
        let found = quoted(&format!("--trace {calls} --fit {fit} --days 1"));
        assert_eq!(found, sized("200000", "20000", "3145.8"), "{fit}");
    }
    // Of a whole day, 400 calls in every minute of which is more than by token.
    let found = quoted(&format!(
        "--trace {calls} --fit cheapest --days 1 --scale-to 1"
    ));
    assert_eq!((found.0.as_str(), found.1.as_str()), ("0", "0"));
}

#[test]
fn a_trace_fits_blocks_only_at_night() {
    let folder = Folder::new(&[]);
    let night = [("2026-11-01T23:30", 2), ("2026-11-02T22:30", 2)];
    let line = |calls: &str, blocks: u32| {
        format!(
            "quote ptu made-up --service standard --input-tpm 200k --output-tpm 20k --blocks {blocks} --trace {calls}"
        )
    };
    let calls = trace(&folder, &night, (1_000, 10));
    let report = document(&line(&calls, 2));
    assert_eq!(report["quotes"][0]["total"], "1887.48");
    let refused = |calls: &str, blocks: u32| {
        let words = format!("{} --catalog {}", line(calls, blocks), super::CATALOG);
        let words: Vec<&str> = words.split_whitespace().collect();
        let outcome = crate::common::run(&words);
        assert_eq!((outcome.code, outcome.stdout.as_str()), (1, ""));
        outcome.stderr
    };
    let few = refused(&calls, 1);
    assert!(
        few.contains(
            "the trace has calls in 2 nights, each of which needs a block, and 1 block is bought"
        ),
        "{few}"
    );
    let day = trace(&folder, &[("2026-11-01T12:00", 2)], (1_000, 10));
    let why = refused(&day, 1);
    assert!(
        why.contains("the trace has calls at other times (`reservation.block`)"),
        "{why}"
    );
}

/// Two products at two prices are not one in cost tools.
#[test]
fn a_reservation_is_a_product_of_its_own() {
    let of = |name: &str, service: &str| {
        format!(
            "[[deployment]]\nname = \"{name}\"\nmethod = \"ptu\"\nmodel = \"made-up\"\n{service}\
             term = \"subscription\"\ninput_tpm = \"200k\"\noutput_tpm = \"20k\"\n"
        )
    };
    let plan = format!(
        "version = 1\ncatalog = [\"{}\"]\n{}{}",
        super::CATALOG,
        of("a", ""),
        of("b", "service = \"standard\"\n")
    );
    let folder = Folder::new(&[("plan.toml", &plan)]);
    let path = folder.path_of("plan.toml");
    let outcome = crate::common::run(&["check", &path, "--format", "focus"]);
    assert_eq!(outcome.code, 0, "{}", outcome.stderr);
    let input = outcome
        .stdout
        .lines()
        .filter(|line| line.contains("Input throughput"));
    let own: Vec<bool> = input
        .map(|line| line.contains("ptu.input/standard"))
        .collect();
    assert_eq!(own, [false, true], "{}", outcome.stdout);
}
