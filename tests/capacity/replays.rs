//! The replay of weighted calls, beside one that knows nothing of it.

use num_bigint::BigInt;
use num_rational::Ratio;
use proptest::prelude::*;
use rust_decimal::Decimal;
use tollgate::billing::kind::Tokens;
use tollgate::billing::load::{Load, Reserved};
use tollgate::billing::meter::{Bracket, Meter, Meters, Weights};
use tollgate::replay::{Call, Calls, Replay, Replayed, Reservation, Sink};

type Fraction = Ratio<BigInt>;

fn weight() -> impl Strategy<Value = Decimal> {
    prop_oneof![
        (0_i64..10).prop_map(Decimal::from),
        (0_i64..4_000).prop_map(|thousandths| Decimal::try_new(thousandths, 3).unwrap()),
    ]
}

fn meter(name: &'static str) -> impl Strategy<Value = Meter> {
    let bracket = (1_u64..60, [weight(), weight(), weight(), weight()]);
    let made = prop::collection::vec(bracket, 1..4).prop_map(move |rows| {
        let mut end = 0;
        let last = rows.len() - 1;
        let brackets = rows
            .into_iter()
            .enumerate()
            .map(|(place, (length, weights))| {
                end += length;
                let [input, cached, cache_write, output] = weights;
                Bracket {
                    up_to: (place < last).then_some(end),
                    weights: Weights {
                        input,
                        cached,
                        cache_write,
                        output,
                    },
                }
            });
        Meter::new(name, brackets.collect()).ok()
    });
    made.prop_filter_map("all weights are 0", |meter| meter)
}

/// One or two meters with brackets and weights for every kind.
pub fn meters() -> impl Strategy<Value = Meters> {
    let second = prop::option::of(meter("second"));
    (meter("first"), second).prop_map(|(first, second)| {
        Meters::new(std::iter::once(first).chain(second).collect()).unwrap()
    })
}

fn call() -> impl Strategy<Value = Call> {
    (0_u32..150, 0_u32..=100, 0_u32..=100, 0_u32..60).prop_map(
        |(input, cached, written, output)| {
            let cached = input * cached / 100;
            Call {
                input,
                cached,
                cache_write: (input - cached) * written / 100,
                output,
            }
        },
    )
}

fn trace() -> impl Strategy<Value = Vec<Vec<Call>>> {
    let plain = prop::collection::vec(
        call().prop_map(|call| Call::plain(call.input, call.output)),
        1..40,
    );
    let minute = prop_oneof![plain, prop::collection::vec(call(), 1..40)];
    prop::collection::vec(minute, 1..5)
}

fn exactly(weight: Decimal) -> Fraction {
    Ratio::new(
        BigInt::from(weight.mantissa()),
        BigInt::from(10).pow(weight.scale()),
    )
}

/// What a call takes, token by token as the rule is said.
fn share(meter: &Meter, call: Call) -> Fraction {
    let at = |token: u32| {
        let mut brackets = meter.brackets().iter();
        let inside = |one: &&Bracket| one.up_to.is_none_or(|end| u64::from(token) <= end);
        brackets.find(inside).unwrap().weights
    };
    let input = (1..=call.input).map(|token| {
        exactly(match token {
            token if token <= call.cached => at(token).cached,
            token if token <= call.cached + call.cache_write => at(token).cache_write,
            _ => at(token).input,
        })
    });
    let output = exactly(at(call.input).output) * BigInt::from(call.output);
    input.fold(output, |sum, one| sum + one)
}

/// The calls that fit and those that do not, and what the first take of each meter.
fn slowly(trace: &[Vec<Call>], reserved: &Reserved) -> (Vec<Call>, Vec<Call>, Vec<Fraction>) {
    let meters: Vec<_> = reserved.meters.iter().collect();
    let mut all_used = vec![Fraction::from(BigInt::from(0)); meters.len()];
    let (mut fit, mut over) = (Vec::new(), Vec::new());
    for minute in trace {
        let quota = reserved
            .capacity
            .map(|tokens| Fraction::from(BigInt::from(tokens)));
        let mut used = vec![Fraction::from(BigInt::from(0)); meters.len()];
        for call in minute {
            let with: Vec<Fraction> = meters
                .iter()
                .zip(&used)
                .map(|(meter, used)| used + share(meter, *call))
                .collect();
            let is_small = reserved
                .max_input
                .is_none_or(|max| u64::from(call.input) <= max);
            if is_small && with.iter().zip(&quota).all(|(with, quota)| with <= quota) {
                used = with;
                fit.push(*call);
            } else {
                over.push(*call);
            }
        }
        for (all, used) in all_used.iter_mut().zip(used) {
            *all += used;
        }
    }
    (fit, over, all_used)
}

fn sums(calls: &[Call]) -> Calls {
    calls.iter().fold(Calls::default(), |all, call| {
        all.plus((*call).into()).unwrap()
    })
}

fn replayed(trace: &[Vec<Call>], reserved: &Reserved) -> Replayed {
    let mut replay = Replay::new(Reservation {
        reserved: reserved.clone(),
        tiers: vec![Some(60), None],
    });
    for (minute, calls) in (0..).zip(trace) {
        // A minute may come in pieces.
        let (first, rest) = calls.split_at(calls.len() / 3);
        replay.calls(minute, first).unwrap();
        replay.calls(minute, rest).unwrap();
    }
    replay.finish().unwrap()
}

fn check(trace: &[Vec<Call>], reserved: &Reserved) -> Result<(), TestCaseError> {
    let found = replayed(trace, reserved);
    let (fit, over, used) = slowly(trace, reserved);
    prop_assert_eq!(found.in_quota, sums(&fit));
    prop_assert_eq!(found.overflowed().unwrap(), sums(&over));
    let small: Vec<Call> = over.into_iter().filter(|call| call.input <= 60).collect();
    prop_assert_eq!(found.overflow[0], sums(&small));
    // Parts of a token: one of quota says how many.
    let parts = reserved.meters.quota([1, 1]);
    for ((found, parts), used) in found.used.into_iter().zip(parts).zip(used) {
        prop_assert_eq!(Ratio::new(BigInt::from(found), BigInt::from(parts)), used);
    }
    Ok(())
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 150, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn weighted_calls_are_replayed_as_one_by_one(
        meters in meters(),
        trace in trace(),
        capacity in [0_u64..6_000, 0_u64..6_000],
        max_input in prop::option::of(0_u64..160),
    ) {
        check(&trace, &Reserved { capacity, meters, max_input })?;
    }

    #[test]
    fn equal_calls_take_what_each_takes(meters in meters(), call in call(), count in 1_u64..1_000) {
        let tokens = Tokens::from(call);
        let one = meters.shares(tokens, 1);
        let all = meters.shares(tokens.times(count).unwrap(), count);
        prop_assert_eq!(all, one.map(|one| one * u128::from(count)));
    }

    #[test]
    fn more_that_is_cached_never_takes_more(
        (input, more) in (weight(), weight()),
        up_to in 1_u64..100,
        call in call(),
        extra in 0_u32..100,
    ) {
        // A cached token weighs no more than another one in each bracket.
        let least = input.min(more);
        let weights = |input: Decimal| Weights { input, cached: least, cache_write: input, output: input };
        let brackets = vec![
            Bracket { up_to: Some(up_to), weights: weights(input) },
            Bracket { up_to: None, weights: weights(more) },
        ];
        let Ok(meter) = Meter::new("tokens", brackets) else { return Ok(()) };
        let meters = Meters::new(vec![meter]).unwrap();
        let cached = (call.cached + extra).min(call.input);
        let written = (call.cached + call.cache_write).max(cached);
        let other = Call { cached, cache_write: written - cached, ..call };
        let share = |call: Call| meters.shares(Tokens::from(call), 1);
        prop_assert!(share(other) <= share(call));
    }

    #[test]
    fn a_common_weight_is_a_larger_quota(
        trace in trace(),
        capacity in [0_u64..3_000, 0_u64..1_500],
        times in 2_u64..9,
    ) {
        let plain: Vec<Vec<Call>> = trace.iter().map(|minute| {
            minute.iter().map(|call| Call::plain(call.input, call.output)).collect()
        }).collect();
        let weight = Decimal::from(times);
        let side = |input: bool| {
            let of = |is: bool| if is { weight } else { Decimal::ZERO };
            let weights = Weights {
                input: of(input),
                cached: of(input),
                cache_write: of(input),
                output: of(!input),
            };
            Meter::new("side", vec![Bracket { up_to: None, weights }]).unwrap()
        };
        let weighed = Reserved {
            capacity: capacity.map(|tokens| tokens * times),
            meters: Meters::new(vec![side(true), side(false)]).unwrap(),
            max_input: Some(120),
        };
        let sides = Reserved { max_input: Some(120), ..Reserved::of_sides(capacity[0], capacity[1]) };
        let (weighed, mut expected) = (replayed(&plain, &weighed), replayed(&plain, &sides));
        expected.used = expected.used.map(|used| used * u128::from(times));
        prop_assert_eq!(weighed, expected);
    }

    #[test]
    fn a_steady_load_overflows_as_its_minutes_do(
        meters in meters(),
        call in call(),
        calls in 1_u32..40,
        capacity in [0_u64..6_000, 0_u64..6_000],
    ) {
        let reserved = Reserved { capacity, meters, max_input: None };
        let minute = vec![call; calls.try_into().unwrap()];
        let found = replayed(&[minute.clone(), minute], &reserved);
        let load = Load { rpm: calls.into(), per_request: call.into(), cache: None };
        let span = tollgate::billing::term::Span::of_seconds(120);
        let excess = load.excess(&reserved, span).unwrap();
        let tokens = excess.map_or(Tokens::default(), |excess| excess.tokens);
        prop_assert_eq!(found.overflowed().unwrap().tokens, tokens);
        // Only their sums known, the same calls overflow.
        let mut sums_only = Replay::new(Reservation { reserved: reserved.clone(), tiers: vec![None] });
        let sums = Calls { calls: calls.into(), tokens: load.tokens_of(calls.into()).unwrap() };
        sums_only.aggregate(0, sums).unwrap();
        sums_only.aggregate(1, sums).unwrap();
        let by_sums = sums_only.finish().unwrap();
        prop_assert_eq!(by_sums.overflowed().unwrap(), found.overflowed().unwrap());
        prop_assert_eq!(by_sums.used, found.used);
    }

    #[test]
    fn sums_of_a_minute_never_use_more_than_its_quota(
        meters in meters(),
        calls in 0_u64..40,
        tokens in (0_u64..4_000, 0_u64..=100, 0_u64..=100, 0_u64..2_000),
        capacity in [0_u64..6_000, 0_u64..6_000],
    ) {
        let (input, cached, written, output) = tokens;
        let cached = input * cached / 100;
        let cache_write = (input - cached) * written / 100;
        let sums = Calls { calls, tokens: Tokens { input, cached, cache_write, output } };
        let reserved = Reserved { capacity, meters, max_input: None };
        let mut replay = Replay::new(Reservation { reserved: reserved.clone(), tiers: vec![None] });
        replay.aggregate(0, sums).unwrap();
        let found = replay.finish().unwrap();
        let quota = reserved.meters.quota(capacity);
        for (used, quota) in found.used.into_iter().zip(quota) {
            prop_assert!(used <= quota);
        }
        prop_assert_eq!(found.total().unwrap(), sums);
    }
}

#[test]
fn a_minute_that_is_longer_than_a_run_is_one_minute() {
    let weights = |input: &str, output: &str| Weights {
        input: Decimal::from_str_exact(input).unwrap(),
        cached: Decimal::from_str_exact("0.25").unwrap(),
        cache_write: Decimal::ONE,
        output: Decimal::from_str_exact(output).unwrap(),
    };
    let brackets = vec![
        Bracket {
            up_to: Some(50),
            weights: weights("1", "3"),
        },
        Bracket {
            up_to: None,
            weights: weights("1.33", "4.5"),
        },
    ];
    let meters = Meters::new(vec![Meter::new("tokens", brackets).unwrap()]).unwrap();
    let minute: Vec<Call> = (0..5_000_u32)
        .map(|at| Call {
            cached: if at % 3 == 0 { at % 40 } else { 0 },
            ..Call::plain(20 + at * 7 % 90, at % 11)
        })
        .map(|call| Call {
            cached: call.cached.min(call.input),
            ..call
        })
        .collect();
    for tokens in [0, 50_000, 200_000, 400_000, 1_000_000] {
        let reserved = Reserved {
            capacity: [tokens, 0],
            meters: meters.clone(),
            max_input: Some(105),
        };
        check(std::slice::from_ref(&minute), &reserved).unwrap();
    }
}

#[test]
fn what_no_count_holds_is_an_error() {
    // 2^64 parts of a token are not told from more of them.
    let shop = super::examples::weighted();
    let load = "--rpm 1 --input-per-request 1 --output-per-request 0";
    let line = format!("ptu gemini --units 900000000000000 --months 1 {load}");
    let (code, message) = shop.fails(&line);
    assert_eq!(code, 1);
    assert!(
        message.contains("more digits than can be computed exactly"),
        "{message}"
    );
}
