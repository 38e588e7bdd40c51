//! The cheapest size against every purchasable one.

use proptest::prelude::*;
use rust_decimal::Decimal;
use tollgate::billing::meter::Meters;
use tollgate::replay::fit::{
    Cheapest, Costs, Effort, FitError, MOST_OF_A_MINUTE, Price, Size, Sold, Tiers, TokenPrices,
    Units, cheapest,
};
use tollgate::replay::{Profile, Replay, Replayed, Stretches, TooLarge};

use super::traces::{
    Trace, Traffic, any_trace, call, calls, config, feed, replay, reservation, sized, sums,
};

fn price(amount: u64, per: u64) -> Price {
    Price {
        amount: Decimal::from_parts(u32::try_from(amount).unwrap(), 0, 0, false, 2),
        per,
    }
}

/// A price per token or TPM of each tier, in cents per thousand.
fn tiers(tiers: &[(Option<u64>, u32, Option<u32>)]) -> Tiers {
    let tier = |(end, input, output): &(Option<u64>, u32, Option<u32>)| {
        let output = output.map(|output| price(output.into(), 1_000));
        (
            *end,
            TokenPrices::plain(price((*input).into(), 1_000), output),
        )
    };
    tiers.iter().map(tier).collect()
}

/// Prices of the reservation by TPM, bought in steps, and of the tokens by tier.
fn costs(
    steps: (u64, u64),
    reserved: (u32, u32),
    of_tokens: &[(Option<u64>, u32, Option<u32>)],
) -> Costs {
    let unit = |step, tpm: u32| price(u64::from(tpm) * step, 1_000);
    Costs {
        sold: Sold {
            adds: steps,
            prices: (unit(steps.0, reserved.0), Some(unit(steps.1, reserved.1))),
            ..Sold::default()
        },
        tiers: tiers(of_tokens),
        later: Vec::new(),
        meters: Meters::of_sides(),
    }
}

/// The cheapest size, with windows of so many tiles.
fn found(
    trace: &Trace,
    max_input: impl Into<Stretches<Option<u64>>>,
    costs: &Costs,
    effort: Effort,
) -> Result<Cheapest, FitError> {
    cheapest(costs, &max_input.into(), effort, &mut |sink| {
        for (minute, traffic) in trace {
            match traffic {
                Traffic::Calls(calls) => sink.calls(*minute, calls)?,
                Traffic::Sums(sums) => sink.aggregate(*minute, *sums)?,
            }
        }
        Ok(())
    })
}

fn size_for(trace: &Trace, costs: &Costs) -> Size {
    found(trace, None, costs, Effort::default()).unwrap().size
}

fn profile(trace: &Trace, max_input: Option<u64>) -> Profile {
    let mut profile = Profile::new(max_input);
    feed(&mut profile, trace);
    profile
}

/// What so many units hold, and cost in thousandths of a cent.
fn bought(costs: &Costs, units: Units) -> (Size, u128) {
    let of = |price: Price, units: u64| {
        assert_eq!((price.per, price.amount.scale()), (1_000, 2));
        price.amount.mantissa().unsigned_abs() * u128::from(units)
    };
    let Sold { adds, prices, .. } = costs.sold;
    match prices.1 {
        Some(second) => (
            (adds.0 * units.0, adds.1 * units.1),
            of(prices.0, units.0) + of(second, units.1),
        ),
        None => ((adds.0 * units.0, adds.1 * units.0), of(prices.0, units.0)),
    }
}

/// What a number of units costs with what overflows, by a replay; `None` where it has no price.
fn cost(
    trace: &Trace,
    max_input: impl Into<Stretches<Option<u64>>>,
    costs: &Costs,
    units: Units,
) -> Option<u128> {
    let (size, mut all) = bought(costs, units);
    let all_tiers: Vec<&Tiers> = std::iter::once(&costs.tiers).chain(&costs.later).collect();
    let mut of_stretch = all_tiers.iter();
    let mut replays = max_input.into().map(|max_input| {
        let ends = of_stretch.next().unwrap().iter().map(|(end, _)| *end);
        Replay::new(reservation(size, *max_input, &ends.collect::<Vec<_>>()))
    });
    feed(&mut replays, trace);
    let replayed = replays.try_map(Replay::finish).unwrap();
    for (tiers, replayed) in all_tiers.iter().zip(replayed.iter()) {
        if replayed.unpriced != Default::default() {
            return None;
        }
        let of =
            |price: Price, tokens: u64| price.amount.mantissa().unsigned_abs() * u128::from(tokens);
        for ((_, TokenPrices { input, output, .. }), sums) in tiers.iter().zip(&replayed.overflow) {
            all += of(*input, sums.tokens.input);
            all += match output {
                Some(output) => of(*output, sums.tokens.output),
                None if sums.tokens.output > 0 => return None,
                None => 0,
            };
        }
    }
    Some(all)
}

/// The most units that can be of use.
fn last(trace: &Trace, max_input: Option<u64>, costs: &Costs) -> Units {
    let peak = sized(&profile(trace, max_input), 100, (1, 1));
    let of = |peak: u64, adds: u64| match adds {
        0 => 0,
        adds => peak.div_ceil(adds),
    };
    let Sold { adds, prices, .. } = costs.sold;
    let (first, second) = (of(peak.0, adds.0), of(peak.1, adds.1));
    match prices.1 {
        Some(_) => (first, second),
        None => (first.max(second), 0),
    }
}

/// The first of the cheapest sizes up to the peak.
fn by_trying(trace: &Trace, max_input: Option<u64>, costs: &Costs) -> Option<(u128, Units)> {
    let last = last(trace, max_input, costs);
    let all = (0..=last.0).flat_map(|first| (0..=last.1).map(move |second| (first, second)));
    let all = all.filter_map(|units| Some((cost(trace, max_input, costs, units)?, units)));
    all.min()
}

/// One unit that adds to both meters, at a price in cents per thousand.
fn together(adds: Size, unit: u64) -> Sold {
    Sold {
        adds,
        prices: (price(unit, 1_000), None),
        ..Sold::default()
    }
}

fn any_tiers() -> impl Strategy<Value = Tiers> {
    prop_oneof![
        (0_u32..50, 0_u32..90).prop_map(|(i, o)| tiers(&[(None, i, Some(o))])),
        (0_u32..50, 0_u32..90)
            .prop_map(|(i, o)| tiers(&[(Some(60), i, Some(o)), (None, 2 * i, Some(3 * o))])),
        (0_u32..50, 0_u32..90)
            .prop_map(|(i, o)| tiers(&[(Some(30), i, Some(o)), (Some(90), i + 7, Some(o))])),
        (0_u32..50).prop_map(|i| tiers(&[(Some(40), i, None), (None, i, Some(4))])),
    ]
}

/// Prices from never worth it to always, over some tens of minutes.
fn any_costs() -> impl Strategy<Value = Costs> {
    let apart = ((7_u64..60, 5_u64..40), (0_u32..400, 0_u32..400));
    let apart = apart.prop_map(|(steps, reserved)| costs(steps, reserved, &[]).sold);
    let together = ((3_u64..30, 3_u64..20), 0_u64..20_000);
    let together = together.prop_map(|(adds, unit)| self::together(adds, unit));
    (prop_oneof![3 => apart, 1 => together], any_tiers()).prop_map(|(sold, tiers)| Costs {
        sold,
        tiers,
        later: Vec::new(),
        meters: Meters::of_sides(),
    })
}

/// From a window that has to be narrowed down again and again to one of all sizes.
fn any_effort() -> impl Strategy<Value = Effort> {
    let tiles = prop_oneof![Just(4), 4..200_usize, Just(1 << 19)];
    tiles.prop_map(|tiles| Effort {
        tiles,
        ..Effort::default()
    })
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
        effort in any_effort(),
    ) {
        // What is above the maximum overflows at every size, so it is no matter of the size.
        let within: Trace = without_above(&trace, max_input);
        // Units of which none holds a call without a price leave it to overflow, and nothing has a price.
        let tried = by_trying(&within, max_input, &costs).unwrap();
        let found = found(&trace, max_input, &costs, effort).unwrap();
        let Cheapest { units, size, replayed, .. } = found;
        prop_assert_eq!(tried, (cost(&within, max_input, &costs, units).unwrap(), units));
        prop_assert_eq!(size, bought(&costs, units).0);
        let ends: Vec<_> = costs.tiers.iter().map(|(end, _)| *end).collect();
        let same: Replayed = replay(reservation(size, max_input, &ends), &within);
        prop_assert_eq!(replayed.in_quota, same.in_quota);
        prop_assert_eq!(replayed.overflow, same.overflow);
    }

    #[test]
    fn no_size_is_cheaper_of_sides_that_are_sold_together(
        trace in small_trace(),
        sold in ((7_u64..60, 5_u64..40), (0_u32..200, 0_u32..200)),
        skipped in (0_u64..5, 0_u64..5),
        tiers in any_tiers(),
        effort in any_effort(),
    ) {
        let (steps, reserved) = sold;
        let plain = costs(steps, reserved, &[]).sold;
        let costs = Costs {
            sold: Sold { skipped, together: true, ..plain },
            tiers,
            later: Vec::new(),
            meters: Meters::of_sides(),
        };
        // Nothing at all, or of both sides at least the smallest number.
        let last = last(&trace, None, &costs);
        let of = |last: u64, skipped: u64| skipped + 1..=last.max(skipped + 1);
        let sold = of(last.0, skipped.0)
            .flat_map(|first| of(last.1, skipped.1).map(move |second| (first, second)));
        let all = std::iter::once((0, 0)).chain(sold);
        let all = all.filter_map(|units| Some((cost(&trace, None, &costs, units)?, units)));
        let found = found(&trace, None, &costs, effort).unwrap();
        prop_assert_eq!(all.min().map(|(_, units)| units), Some(found.units));
    }

    #[test]
    fn prices_that_change_within_the_trace_are_weighed_together(
        trace in small_trace(),
        costs in any_costs(),
        later in any_tiers(),
        change in 0_i64..12,
        effort in any_effort(),
    ) {
        let from = trace.first().map_or(0, |(minute, _)| *minute) + change;
        let max_input = Stretches::from(None).then([(from, None)]);
        let costs = Costs { later: vec![later], ..costs };
        let last = last(&trace, None, &costs);
        let all = (0..=last.0).flat_map(|first| (0..=last.1).map(move |second| (first, second)));
        let all = all.filter_map(|units| Some((cost(&trace, max_input.clone(), &costs, units)?, units)));
        let found = found(&trace, max_input.clone(), &costs, effort).unwrap();
        prop_assert_eq!(all.min().map(|(_, units)| units), Some(found.units));
    }

    #[test]
    fn the_work_limit_gives_an_error_and_never_another_size(
        trace in small_trace(),
        costs in any_costs(),
        effort in any_effort(),
        work in 0_u64..20_000,
    ) {
        match found(&trace, None, &costs, Effort { work, ..effort }) {
            Ok(limited) => {
                prop_assert!(limited.work <= work);
                let all = found(&trace, None, &costs, Effort::default());
                prop_assert_eq!(limited.units, all.unwrap().units);
            }
            Err(error) => prop_assert_eq!(error, FitError::TooMuchWork),
        }
    }
}

/// Minutes of up to 500 calls of sizes as they are logged: many small ones, and few very large ones.
fn large_trace() -> impl Strategy<Value = Trace> {
    let size = |bits: u32| (0..bits, any::<u32>()).prop_map(|(bits, any)| any % (2 << bits));
    let one = (size(14), size(10)).prop_map(|(input, output)| call(input, output));
    let minute = prop::collection::vec(one, 0..500).prop_map(Traffic::Calls);
    prop::collection::vec(minute, 1..6).prop_map(|minutes| (0..).zip(minutes).collect())
}

proptest! {
    #![proptest_config(config(20))]

    #[test]
    fn no_size_drawn_at_random_is_cheaper_than_that_for_a_large_trace(
        trace in large_trace(),
        steps in prop_oneof![Just((10_000, 1_000)), Just((1_000, 100)), Just((600, 70))],
        reserved in (1_u32..300, 1_u32..300),
        effort in prop_oneof![Just(1 << 19), Just(4_096_usize)],
        drawn in prop::collection::vec((any::<prop::sample::Index>(), any::<prop::sample::Index>()), 30),
    ) {
        let costs = costs(steps, reserved, &[(Some(8_000), 20, Some(80)), (None, 40, Some(160))]);
        let effort = Effort { tiles: effort, ..Effort::default() };
        let found = found(&trace, None, &costs, effort).unwrap();
        let least = cost(&trace, None, &costs, found.units).unwrap();
        let last = last(&trace, None, &costs);
        let at = |index: prop::sample::Index, last: u64| -> u64 {
            index.index(usize::try_from(last).unwrap() + 1).try_into().unwrap()
        };
        let near = (-2..=2_i64).flat_map(|first| (-2..=2_i64).map(move |second| (first, second)));
        let near = near.filter_map(|(first, second)| {
            let units = found.units;
            Some((units.0.checked_add_signed(first)?, units.1.checked_add_signed(second)?))
        });
        let drawn = drawn.into_iter().map(|(first, second)| (at(first, last.0), at(second, last.1)));
        for units in near.chain(drawn).chain([(0, 0), last]) {
            let other = cost(&trace, None, &costs, units).unwrap();
            prop_assert!((least, found.units) <= (other, units), "{units:?} costs {other}");
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
    assert_eq!(
        size_for(&trace, &costs),
        by_trying(&trace, None, &costs).unwrap().1
    );
}

#[test]
fn nothing_is_reserved_where_it_never_pays() {
    let trace = vec![(0, Traffic::Calls(calls(&[(1_000, 100); 10])))];
    let dear = costs((100, 10), (5_000, 5_000), &[(None, 1, Some(2))]);
    assert_eq!(size_for(&trace, &dear), (0, 0));
    assert_eq!(size_for(&Trace::new(), &dear), (0, 0));
}

#[test]
fn a_call_without_a_price_is_never_left_to_overflow() {
    let trace = vec![(0, Traffic::Calls(calls(&[(10, 1), (101, 1)])))];
    let dear = costs((5, 1), (50_000, 50_000), &[(Some(100), 1, Some(2))]);
    let found_for = |max_input| found(&trace, max_input, &dear, Effort::default()).unwrap();
    let found = found_for(None);
    assert_eq!(found.replayed.unpriced, Default::default());
    assert_eq!(found.size, (115, 2));
    // Above the maximum it is no matter of the size.
    assert_eq!(found_for(Some(100)).size, (0, 0));
}

#[test]
fn prices_with_other_divisors_are_compared_exactly() {
    // 1 ÷ 3 of a token's price is less than 0.34 and more than 0.33 of it.
    let trace = vec![(0, Traffic::Calls(vec![call(300, 0)]))];
    let mut costs = costs((300, 1), (0, 0), &[(None, 0, Some(0))]);
    let third = Price {
        amount: Decimal::ONE,
        per: 3,
    };
    let output = costs.tiers[0].1.output;
    costs.tiers[0].1 = TokenPrices::plain(third, output);
    let mut of_a_unit = |amount: &str| {
        let amount = Decimal::from_str_exact(amount).unwrap();
        costs.sold.prices.0 = Price { amount, per: 1 };
        found(&trace, None, &costs, Effort::default()).map(|found| found.size)
    };
    assert_eq!(of_a_unit("99"), Ok((300, 0)));
    assert_eq!(of_a_unit("102"), Ok((0, 0)));
    assert_eq!(of_a_unit("99.99999999999"), Ok((300, 0)));
    assert_eq!(of_a_unit("-1"), Err(FitError::Amount));
    assert_eq!(of_a_unit(&Decimal::MAX.to_string()), Err(FitError::Amount));
}

#[test]
fn units_that_are_bought_apart_or_together_hold_what_each_adds() {
    let trace = vec![(0, Traffic::Calls(vec![call(25, 3); 4]))];
    let mut costs = costs((10, 1), (1, 1), &[(None, 100, Some(100))]);
    let found_for = |costs: &Costs| found(&trace, None, costs, Effort::default()).unwrap();
    let apart = found_for(&costs);
    assert_eq!((apart.units, apart.size), ((10, 12), (100, 12)));
    // The output of three units holds three calls, and their input has room for more.
    costs.sold = together((50, 3), 1_000);
    let both = found_for(&costs);
    assert_eq!((both.units, both.size), ((4, 0), (200, 12)));
    // One meter alone: what adds nothing to the other holds calls that take nothing of it.
    costs.sold = together((30, 0), 1_000);
    let trace = vec![(0, Traffic::Calls(vec![call(25, 0); 4]))];
    let found = found(&trace, None, &costs, Effort::default()).unwrap();
    assert_eq!((found.units, found.size), ((4, 0), (120, 0)));
}

#[test]
fn a_trace_that_changes_between_two_readings_has_no_cheapest_size() {
    let costs = costs((10, 10), (1, 1), &[(None, 100, Some(100))]);
    let mut readings = 0;
    let changed = cheapest(&costs, &None.into(), Effort::default(), &mut |sink| {
        readings += 1;
        Ok::<_, FitError>(sink.calls(0, &vec![call(5, 5); readings])?)
    });
    assert_eq!(changed, Err(FitError::Changed));
}

#[test]
fn a_minute_of_more_calls_than_are_kept_is_refused() {
    let costs = costs((10, 10), (1, 1), &[(None, 100, Some(100))]);
    let of = |calls| {
        let trace = vec![(0, Traffic::Calls(vec![call(0, 0); calls]))];
        found(&trace, None, &costs, Effort::default()).map(|found| found.size)
    };
    assert_eq!(of(MOST_OF_A_MINUTE), Ok((0, 0)));
    let refused = FitError::TooLarge(TooLarge::Calls(MOST_OF_A_MINUTE));
    assert_eq!(of(MOST_OF_A_MINUTE + 1), Err(refused));
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
        let refused = found(&trace.to_vec(), None, &costs, Effort::default());
        assert_eq!(refused, Err(FitError::Mixed));
    }
}
