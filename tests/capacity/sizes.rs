//! How many units a load and a trace ask for.

use proptest::prelude::*;
use rust_decimal::Decimal;
use tollgate::billing::fit;
use tollgate::billing::kind::Tokens;
use tollgate::billing::load::{Fit, Load, OnOverflow, Served};
use tollgate::billing::meter::{Bracket, Meter, Meters, Weights};
use tollgate::billing::money::Currency;
use tollgate::billing::ptu::{self, Length, Prices, Request, Rules};
use tollgate::billing::quote::{ModelRef, Rate, Source};
use tollgate::billing::term::{Increment, Span};
use tollgate::billing::tokens::{self, Band, KindPrices, Tier};
use tollgate::billing::unit::UnitPrice;
use tollgate::billing::units::{self, Size, Sold, UnitName};

use super::replays::meters;
use super::said;

fn price(text: &str) -> UnitPrice {
    UnitPrice::parse(text).unwrap()
}

/// Units of one name, at an overflow price.
fn prices(meters: Meters, adds: [u64; 2], (smallest, step): (u64, u64), unit_price: u64) -> Prices {
    let source = Source {
        document: "here".to_owned(),
        section: String::new(),
        first_seen: None,
        seen: None,
        transcribed: None,
        from: None,
        after: None,
        until: None,
        next: None,
    };
    Prices {
        units: vec![Sold {
            name: UnitName::Named("PTU".to_owned()),
            adds: [
                adds[0],
                if meters.iter().count() == 2 {
                    adds[1]
                } else {
                    0
                },
            ],
            smallest,
            step,
            steps_unknown: false,
            price: price(&format!("{unit_price} per unit-hour")),
        }],
        meters,
        mode: None,
        max_input: None,
        or_max_input: None,
        rules: Rules {
            increment: Some(Increment::Hour),
            ..Rules::default()
        },
        currency: Currency::parse("USD").unwrap(),
        source: source.clone(),
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
            batch_with_cache: None,
            batch_unmarked: false,
            cache_source: None,
            limited_offer: None,
            currency: Currency::parse("USD").unwrap(),
            source,
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
        length: Length::Hours {
            span: Span::hours(1),
            runs: 1,
        },
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
    (1_i64..600, 1_u64..120, 0_u64..60).prop_map(|(tenths, input, output)| Load {
        rpm: Decimal::try_new(tenths, 1).unwrap(),
        per_request: Tokens::plain(input, output),
        cache: None,
    })
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 100, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn no_number_of_units_costs_less_than_the_cheapest(
        meters in meters(),
        adds in [1_u64..300, 1_u64..300],
        sold in (1_u64..60, 1_u64..9),
        unit_price in 1_u64..200,
        load in load(),
    ) {
        let prices = prices(meters, adds, sold, unit_price);
        let fitted = request(load, Size::default(), Some(Fit::Cheapest));
        let best = fit::cheapest(&fitted, &prices).unwrap();
        let cost = |count: u64| {
            let size = Size([count, 0]);
            ptu::quote(&request(load, size, None), &prices).unwrap().total
        };
        let least = cost(best.0[0]);
        let peak = fit::peak(&load, &prices).unwrap().0[0];
        let unit = &prices.units[0];
        let mut count = 0;
        while count <= peak + unit.step {
            let other = cost(count);
            prop_assert!(least <= other, "{best:?} costs {least}, {count} {other}");
            count = unit.purchasable(count + 1).unwrap();
        }
    }

    #[test]
    fn the_peak_holds_the_load_and_a_step_less_does_not(
        meters in meters(),
        adds in [1_u64..300, 1_u64..300],
        sold in (1_u64..60, 1_u64..9),
        load in load(),
    ) {
        let prices = prices(meters, adds, sold, 1);
        let calls = load.busiest_calls().unwrap();
        let size = fit::peak(&load, &prices).unwrap();
        let unit = &prices.units[0];
        prop_assert_eq!(unit.purchasable(size.0[0]).unwrap(), size.0[0]);
        let taken = |count| prices.reserved(Size([count, 0])).unwrap().whole_calls(load.per_request);
        prop_assert!(taken(size.0[0]) >= calls);
        if let Some(less) = size.0[0].checked_sub(unit.step).filter(|less| *less >= unit.smallest) {
            prop_assert!(taken(less) < calls);
        }
        // What is said of a size in tokens a minute asks for that size.
        let parts = prices.meters.shares(load.tokens_of(calls).unwrap(), calls);
        prop_assert_eq!(units::size_for(&prices.units, &prices.meters, parts).unwrap(), size);
    }
}

#[test]
fn the_smallest_number_that_is_sold_does_not_hide_a_better_one() {
    // The first 15 units take one call of 10 weighted tokens, which leaves 5 unused; with 5 more there is room for
    // two. A step costs 15, a call that overflows 10 an hour: neither 0, nor 15 nor the peak is cheapest.
    let weights = Weights {
        input: Decimal::ONE,
        cached: Decimal::ONE,
        cache_write: Decimal::ONE,
        output: Decimal::ONE,
    };
    let meter = Meter::new(
        "tokens",
        vec![Bracket {
            up_to: None,
            weights,
        }],
    )
    .unwrap();
    let prices = prices(Meters::new(vec![meter]).unwrap(), [1, 0], (15, 5), 3);
    let load = Load {
        rpm: Decimal::from(40),
        per_request: Tokens::plain(10, 0),
        cache: None,
    };
    let fitted = request(load, Size::default(), Some(Fit::Cheapest));
    let best = fit::cheapest(&fitted, &prices).unwrap();
    let cost = |count: u64| {
        ptu::quote(&request(load, Size([count, 0]), None), &prices)
            .unwrap()
            .total
    };
    let least = (0..=90).map(|step| cost(step * 5)).min().unwrap();
    assert_eq!(cost(best.0[0]), least);
}

#[test]
fn a_trace_sizes_units() {
    let shop = super::examples::weighted();
    // Minutes of 3, 1 and 2 calls of 100,000 + 20,000 × 8 = 260,000 weighted tokens.
    let mut trace = "timestamp,input_tokens,output_tokens\n".to_owned();
    for (minute, calls) in [(0, 3), (1, 1), (2, 2)] {
        for second in 0..calls {
            trace += &format!("2026-06-01T10:{minute:02}:{second:02},100000,20000\n");
        }
    }
    let trace = shop.folder.file("calls.csv", &trace);
    // 780,000 ÷ 3,400 = 229.4.
    let quote = shop.quote(&format!("ptu global --fit peak --trace {trace}"));
    let (total, units, notes) = said(&quote);
    assert_eq!((total, units), ("230", "230"));
    assert!(
        notes.contains(&"sized for the peak of the trace: 780,000 weighted tokens a minute, rounded up to the purchase steps"),
        "{notes:?}"
    );
    let overflow = |units: u64| {
        let quote = shop.quote(&format!("ptu global --units {units} --trace {trace}"));
        quote["trace"]["admitted"]["overflow"]["calls"]
            .as_str()
            .unwrap_or("?")
            .to_owned()
    };
    assert_eq!([230, 225, 150, 75].map(overflow), ["0", "1", "3", "6"]);
    // Two meters of one unit: 300,000 ÷ 1,372,000 of input, and 60,000 ÷ 170,000 of output.
    let quote = shop.quote(&format!("ptu dtu --fit peak --trace {trace} --months 1"));
    let (total, units, notes) = said(&quote);
    assert_eq!((total, units), ("556466", "1"));
    assert!(
        notes.contains(&"sized for the peak of the trace: 300,000 input and 60,000 output tokens a minute, rounded up to the purchase steps"),
        "{notes:?}"
    );
}

#[test]
fn a_trace_of_equal_calls_costs_what_the_same_load_costs() {
    let shop = super::examples::weighted();
    let mut trace = "timestamp,input_tokens,output_tokens\n".to_owned();
    for minute in 0..60 {
        for call in 0..150 {
            let second = call * 60 / 150;
            trace += &format!("2026-06-01T10:{minute:02}:{second:02},200,20\n");
        }
    }
    let trace = shop.folder.file("calls.csv", &trace);
    for units in [15, 20] {
        let steady = shop.quote(&format!(
            "ptu global --units {units} --hours 1 --rpm 150 --input-per-request 200 --output-per-request 20"
        ));
        let traced = shop.quote(&format!("ptu global --units {units} --trace {trace}"));
        assert_eq!(traced["total"], steady["total"], "{units}");
    }
}
