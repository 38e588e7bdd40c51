//! The cheapest size against every purchasable one.

use proptest::prelude::*;
use rust_decimal::Decimal;
use tollgate::replay::fit::{
    Cheapest, Costs, FitError, Kept, Price, Size, Steps, cheapest, cheapest_within, sized,
};
use tollgate::replay::{Profile, Replayed};

use super::traces::{
    Trace, Traffic, any_trace, call, calls, config, feed, replay, reservation, sums,
};

fn price(amount: u32, per: u64) -> Price {
    Price {
        amount: Decimal::from_parts(amount, 0, 0, false, 2),
        per,
    }
}

/// Prices of the reservation, and of the tokens by tier.
fn costs(
    steps: (u64, u64),
    reserved: (u32, u32),
    tiers: &[(Option<u64>, u32, Option<u32>)],
) -> Costs {
    let tier = |(end, input, output): &(Option<u64>, u32, Option<u32>)| {
        let output = output.map(|output| price(output, 1_000));
        (*end, (price(*input, 1_000), output))
    };
    Costs {
        steps: Steps {
            input: steps.0,
            output: steps.1,
        },
        input: price(reserved.0, 1_000),
        output: price(reserved.1, 1_000),
        tiers: tiers.iter().map(tier).collect(),
        later: Vec::new(),
    }
}

fn kept(trace: &Trace, max_input: Option<u64>) -> Kept {
    let mut kept = Kept::new(max_input);
    feed(&mut kept, trace);
    kept
}

fn profile(trace: &Trace, max_input: Option<u64>) -> Profile {
    let mut profile = Profile::new(max_input);
    feed(&mut profile, trace);
    profile
}

/// What a size costs in thousandths of a cent, by a replay; `None` where it has no price.
fn cost(trace: &Trace, max_input: Option<u64>, costs: &Costs, size: Size) -> Option<u128> {
    let ends: Vec<Option<u64>> = costs.tiers.iter().map(|(end, _)| *end).collect();
    let found = replay(reservation(size, max_input, &ends), trace);
    if found.unpriced != Default::default() {
        return None;
    }
    let of = |price: Price, tokens: u64| {
        assert_eq!((price.per, price.amount.scale()), (1_000, 2));
        price.amount.mantissa().unsigned_abs() * u128::from(tokens)
    };
    let mut all = of(costs.input, size.0) + of(costs.output, size.1);
    for ((_, (input, output)), sums) in costs.tiers.iter().zip(&found.overflow) {
        all += of(*input, sums.tokens.input);
        all += match output {
            Some(output) => of(*output, sums.tokens.output),
            None if sums.tokens.output > 0 => return None,
            None => 0,
        };
    }
    Some(all)
}

/// The first of the cheapest sizes up to the peak.
fn by_trying(trace: &Trace, max_input: Option<u64>, costs: &Costs) -> Option<(u128, Size)> {
    let peak = sized(&profile(trace, max_input), 100, costs.steps).unwrap();
    let mut best = None;
    for input in (0..=peak.0).step_by(usize::try_from(costs.steps.input).unwrap()) {
        for output in (0..=peak.1).step_by(usize::try_from(costs.steps.output).unwrap()) {
            let size = (input, output);
            let found = cost(trace, max_input, costs, size).map(|cost| (cost, size));
            best = match (best, found) {
                (None, found) => found,
                (best, None) => best,
                (best, found) => best.min(found),
            };
        }
    }
    best
}

fn any_costs() -> impl Strategy<Value = Costs> {
    let steps = (7_u64..60, 5_u64..40);
    // From never worth it to always, over some tens of minutes.
    let reserved = (0_u32..400, 0_u32..400);
    let tiers = prop_oneof![
        (0_u32..50, 0_u32..90).prop_map(|(i, o)| vec![(None, i, Some(o))]),
        (0_u32..50, 0_u32..90)
            .prop_map(|(i, o)| vec![(Some(60), i, Some(o)), (None, 2 * i, Some(3 * o))]),
        (0_u32..50, 0_u32..90)
            .prop_map(|(i, o)| vec![(Some(30), i, Some(o)), (Some(90), i + 7, Some(o))]),
        (0_u32..50).prop_map(|i| vec![(Some(40), i, None), (None, i, Some(4))]),
    ];
    (steps, reserved, tiers).prop_map(|(steps, reserved, tiers)| costs(steps, reserved, &tiers))
}

/// Traces without a minute of both kinds, as `any_trace` gives each minute once.
fn small_trace() -> impl Strategy<Value = Trace> {
    prop_oneof![
        any_trace(6, 12, 120),
        // Long minutes, as blocks of calls are left out together.
        any_trace(2, 150, 25),
        // The same minute again and again.
        (any_trace(1, 40, 80), 1..30_i64).prop_map(|(one, times)| {
            let repeat = |minute| {
                one.iter()
                    .map(move |(_, traffic)| (minute, traffic.clone()))
            };
            (0..times).flat_map(repeat).collect()
        }),
    ]
}

proptest! {
    #![proptest_config(config(200))]

    #[test]
    fn no_purchasable_size_is_cheaper(
        trace in small_trace(),
        max_input in prop_oneof![Just(None), (20_u64..120).prop_map(Some)],
        costs in any_costs(),
    ) {
        // What is above the maximum overflows at every size, so it is no matter of the size.
        let within: Trace = without_above(&trace, max_input);
        let tried = by_trying(&within, max_input, &costs).unwrap();
        let Cheapest { size, replayed, .. } = cheapest(&kept(&trace, max_input), &costs).unwrap();
        prop_assert_eq!(tried, (cost(&within, max_input, &costs, size).unwrap(), size));
        let ends: Vec<_> = costs.tiers.iter().map(|(end, _)| *end).collect();
        let same: Replayed = replay(reservation(size, max_input, &ends), &within);
        prop_assert_eq!(replayed.in_quota, same.in_quota);
        prop_assert_eq!(replayed.overflow, same.overflow);
        // And so not more than the other ways to size it, or none.
        let profile = profile(&trace, max_input);
        for percent in [100, 99, 95] {
            let other = sized(&profile, percent, costs.steps).unwrap();
            if let Some(other) = cost(&within, max_input, &costs, other) {
                prop_assert!(tried.0 <= other);
            }
        }
        if let Some(nothing) = cost(&within, max_input, &costs, (0, 0)) {
            prop_assert!(tried.0 <= nothing);
        }
    }

    #[test]
    fn the_work_limit_gives_an_error_and_never_another_size(
        trace in small_trace(),
        costs in any_costs(),
        most in 0_u64..20_000,
    ) {
        let kept = kept(&trace, None);
        match cheapest_within(&kept, &costs, most) {
            Ok(found) => {
                prop_assert!(found.work <= most);
                prop_assert_eq!(found.size, cheapest(&kept, &costs).unwrap().size);
            }
            Err(error) => prop_assert_eq!(error, FitError::TooMuchWork),
        }
    }
}

fn without_above(trace: &Trace, max_input: Option<u64>) -> Trace {
    let max = max_input.unwrap_or(u64::MAX);
    let mut kept = Trace::new();
    for (minute, traffic) in trace {
        match traffic {
            Traffic::Calls(calls) => {
                let calls = calls.iter().filter(|call| u64::from(call.input) <= max);
                kept.push((*minute, Traffic::Calls(calls.copied().collect())));
            }
            Traffic::Sums(sums) => {
                if u128::from(sums.tokens.input) <= u128::from(max) * u128::from(sums.calls.max(1))
                {
                    kept.push((*minute, traffic.clone()));
                }
            }
        }
    }
    kept
}

#[test]
fn more_quota_can_make_more_overflow() {
    // At 9 the three small calls fit; at 10 the large one takes their place.
    let trace = vec![(0, Traffic::Calls(calls(&[(10, 0), (3, 9), (3, 9), (3, 9)])))];
    let costs = costs((1, 1), (1, 1), &[(None, 100, Some(100))]);
    let of = |size| cost(&trace, None, &costs, size).unwrap();
    assert!(of((9, 27)) < of((10, 27)));
    let found = cheapest(&kept(&trace, None), &costs).unwrap();
    assert_eq!(found.size, by_trying(&trace, None, &costs).unwrap().1);
}

#[test]
fn nothing_is_reserved_where_it_never_pays() {
    let trace = vec![(0, Traffic::Calls(calls(&[(1_000, 100); 10])))];
    let dear = costs((100, 10), (5_000, 5_000), &[(None, 1, Some(2))]);
    assert_eq!(cheapest(&kept(&trace, None), &dear).unwrap().size, (0, 0));
    let nothing = cheapest(&kept(&Trace::new(), None), &dear).unwrap();
    assert_eq!(nothing.size, (0, 0));
}

#[test]
fn a_call_without_a_price_is_never_left_to_overflow() {
    let trace = vec![(0, Traffic::Calls(calls(&[(10, 1), (101, 1)])))];
    let dear = costs((5, 1), (50_000, 50_000), &[(Some(100), 1, Some(2))]);
    let found = cheapest(&kept(&trace, None), &dear).unwrap();
    assert_eq!(found.replayed.unpriced, Default::default());
    assert_eq!(found.size, (115, 2));
    // Above the maximum it is no matter of the size.
    let found = cheapest(&kept(&trace, Some(100)), &dear).unwrap();
    assert_eq!(found.size, (0, 0));
}

#[test]
fn prices_with_other_divisors_are_compared_exactly() {
    // 1 ÷ 3 of a token's price is less than 0.34 and more than 0.33 of it.
    let trace = vec![(0, Traffic::Calls(vec![call(300, 0)]))];
    let mut costs = costs((300, 1), (0, 0), &[(None, 0, Some(0))]);
    costs.tiers[0].1.0 = Price {
        amount: Decimal::ONE,
        per: 3,
    };
    for (reserved, size) in [
        ("0.33", (300, 0)),
        ("0.34", (0, 0)),
        ("0.3333333333333", (300, 0)),
    ] {
        costs.input = Price {
            amount: Decimal::from_str_exact(reserved).unwrap(),
            per: 1,
        };
        assert_eq!(cheapest(&kept(&trace, None), &costs).unwrap().size, size);
    }
    costs.input.amount = Decimal::from_str_exact("-1").unwrap();
    let refused = cheapest(&kept(&trace, None), &costs);
    assert_eq!(refused, Err(FitError::Amount));
    costs.input.amount = Decimal::MAX;
    let refused = cheapest(&kept(&trace, None), &costs);
    assert_eq!(refused, Err(FitError::Amount));
}

#[test]
fn a_minute_of_calls_and_sums_has_no_cheapest_size() {
    let costs = costs((10, 10), (1, 1), &[(None, 1, Some(1))]);
    let both = [
        (3, Traffic::Calls(vec![call(1, 1)])),
        (3, Traffic::Sums(sums(1, 1, 1))),
    ];
    let mut turned = both.clone();
    turned.reverse();
    for trace in [both, turned] {
        let refused = cheapest(&kept(&trace.to_vec(), None), &costs);
        assert_eq!(refused, Err(FitError::Mixed));
    }
}
