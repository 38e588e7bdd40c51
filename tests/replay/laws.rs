//! Laws that hold for every trace and every reservation.

use proptest::prelude::*;
use tollgate::billing::kind::Tokens;
use tollgate::billing::load::Reserved;
use tollgate::replay::{Call, Calls, Minute, Profile};

use super::traces::{Trace, Traffic, any_trace, config, feed, replay, reservation, sized};

fn total(trace: &Trace) -> Calls {
    let mut all = Calls::default();
    for (_, traffic) in trace {
        let sums = match traffic {
            Traffic::Calls(calls) => calls.iter().fold(Calls::default(), |sums, call| {
                sums.plus((*call).into()).unwrap()
            }),
            Traffic::Sums(sums) => *sums,
        };
        all = all.plus(sums).unwrap();
    }
    all
}

/// The same, call by call and without a thought for speed.
fn slowly(trace: &Trace, quota: (u64, u64), max: u64, ends: &[u64]) -> (Calls, Vec<Calls>) {
    let mut in_quota = Calls::default();
    let mut overflow = vec![Calls::default(); ends.len() + 1];
    for (_, traffic) in trace {
        let Traffic::Calls(calls) = traffic else {
            unreachable!("only of calls");
        };
        let mut used = (0, 0);
        for call in calls {
            let (input, output) = (u64::from(call.input), u64::from(call.output));
            let one = Calls::from(*call);
            if input <= max && used.0 + input <= quota.0 && used.1 + output <= quota.1 {
                used = (used.0 + input, used.1 + output);
                in_quota = in_quota.plus(one).unwrap();
            } else {
                let tier = ends.iter().take_while(|end| input > **end).count();
                overflow[tier] = overflow[tier].plus(one).unwrap();
            }
        }
    }
    (in_quota, overflow)
}

/// The same where nothing is cached.
fn without_cache(sums: Calls) -> Calls {
    let Calls { calls, tokens } = sums;
    let tokens = Tokens::plain(tokens.input, tokens.output);
    Calls { calls, tokens }
}

/// The same calls and sums without a cache.
fn plain(trace: Trace) -> Trace {
    let plain = |traffic| match traffic {
        Traffic::Calls(calls) => {
            let calls = calls
                .iter()
                .map(|call| Call::plain(call.input, call.output));
            Traffic::Calls(calls.collect())
        }
        Traffic::Sums(sums) => Traffic::Sums(without_cache(sums)),
    };
    let minutes = trace.into_iter();
    minutes
        .map(|(minute, traffic)| (minute, plain(traffic)))
        .collect()
}

fn only_calls(trace: Trace) -> Trace {
    let is_calls = |(_, traffic): &(Minute, Traffic)| matches!(traffic, Traffic::Calls(_));
    trace.into_iter().filter(is_calls).collect()
}

proptest! {
    #![proptest_config(config(200))]

    #[test]
    fn what_is_cached_changes_no_decision_and_is_never_more_than_the_input(
        trace in any_trace(8, 30, 400),
        quota in (0_u64..3_000, 0_u64..1_500),
        max_input in prop_oneof![Just(None), (0_u64..400).prop_map(Some)],
    ) {
        let plain = plain(trace.clone());
        let reservation = || reservation(quota, max_input, &[Some(100), Some(250)]);
        let with = replay(reservation(), &trace);
        let mut without = with.clone();
        for sums in without.overflow.iter_mut().chain([&mut without.in_quota, &mut without.unpriced]) {
            prop_assert!(sums.tokens.is_whole());
            *sums = without_cache(*sums);
        }
        prop_assert_eq!(without, replay(reservation(), &plain));
    }

    #[test]
    fn nothing_is_lost_and_no_quota_is_exceeded(
        trace in any_trace(8, 30, 400),
        quota in (0_u64..3_000, 0_u64..1_500),
        max_input in prop_oneof![Just(None), (0_u64..400).prop_map(Some)],
    ) {
        let tiers = [Some(100), Some(250)];
        let found = replay(reservation(quota, max_input, &tiers), &trace);
        prop_assert_eq!(found.total().unwrap(), total(&trace));
        // Minute by minute it is the same in sum, and within the quota.
        let mut in_quota = Calls::default();
        for minute in &trace {
            let found = replay(reservation(quota, max_input, &tiers), std::slice::from_ref(minute));
            prop_assert!(found.in_quota.tokens.input <= quota.0 && found.in_quota.tokens.output <= quota.1);
            in_quota = in_quota.plus(found.in_quota).unwrap();
        }
        prop_assert_eq!(in_quota, found.in_quota);
        let reserved = Reserved::of_sides(quota.0, quota.1);
        let [input, output] = found.utilisation(&reserved, found.minutes);
        prop_assert_eq!(input.part, u128::from(in_quota.tokens.input));
        prop_assert!(input.part <= input.whole);
        prop_assert_eq!(output.part, u128::from(in_quota.tokens.output));
        prop_assert!(output.part <= output.whole);
    }

    #[test]
    fn calls_are_replayed_as_one_by_one(
        trace in any_trace(8, 60, 400).prop_map(only_calls),
        quota in (0_u64..9_000, 0_u64..4_500),
        max in 0_u64..500,
        ends in (0_u64..200, 0_u64..300),
    ) {
        let ends = [ends.0, ends.0 + ends.1];
        let tiers = ends.map(Some);
        let found = replay(reservation(quota, Some(max), &tiers), &trace);
        let (in_quota, mut overflow) = slowly(&trace, quota, max, &ends);
        prop_assert_eq!(found.in_quota, in_quota);
        prop_assert_eq!(Some(found.unpriced), overflow.pop());
        prop_assert_eq!(found.overflow, overflow);
    }

    #[test]
    fn calls_that_say_nothing_beside_are_replayed_as_one_by_one(
        trace in any_trace(8, 60, 400).prop_map(only_calls).prop_map(plain),
        quota in (prop_oneof![0_u64..9_000, Just(u64::MAX)], 0_u64..4_500),
        // Mostly beyond all calls.
        max in 300_u64..500,
        end in 300_u64..500,
    ) {
        let found = replay(reservation(quota, Some(max), &[Some(end)]), &trace);
        let (in_quota, mut overflow) = slowly(&trace, quota, max, &[end]);
        prop_assert_eq!(found.in_quota, in_quota);
        prop_assert_eq!(found.used, [in_quota.tokens.input, in_quota.tokens.output].map(u128::from));
        prop_assert_eq!(Some(found.unpriced), overflow.pop());
        prop_assert_eq!(found.overflow, overflow);
    }

    #[test]
    fn only_calls_above_the_maximum_overflow_at_the_peak(
        trace in any_trace(8, 30, 400),
        max_input in prop_oneof![Just(None), (0_u64..400).prop_map(Some)],
        steps in (1_u64..50, 1_u64..50),
    ) {
        let mut profile = Profile::new(max_input);
        feed(&mut profile, &trace);
        let peak = sized(&profile, 100, steps);
        let found = replay(reservation(peak, max_input, &[None]), &trace);
        prop_assert_eq!(without_cache(found.overflowed().unwrap()), profile.above_max());
        prop_assert_eq!(found.above_max, profile.above_max().calls);
        // Percentiles are never above it.
        for percent in [0, 50, 95, 99] {
            let other = sized(&profile, percent, steps);
            prop_assert!(other.0 <= peak.0 && other.1 <= peak.1);
        }
    }

    #[test]
    fn scaling_tokens_and_quota_alike_changes_no_decision(
        trace in any_trace(6, 30, 400).prop_map(only_calls),
        quota in (0_u64..3_000, 0_u64..1_500),
        factor in 2_u32..9,
    ) {
        let scaled: Trace = trace.iter().map(|(minute, traffic)| {
            let Traffic::Calls(calls) = traffic else { unreachable!("only calls") };
            let mut calls = calls.clone();
            for call in &mut calls {
                call.input *= factor;
                call.output *= factor;
            }
            (*minute, Traffic::Calls(calls))
        }).collect();
        let by = u64::from(factor);
        let small = replay(reservation(quota, None, &[None]), &trace);
        let large = replay(reservation((quota.0 * by, quota.1 * by), None, &[None]), &scaled);
        prop_assert_eq!(small.in_quota.calls, large.in_quota.calls);
        prop_assert_eq!(small.in_quota.tokens.input * by, large.in_quota.tokens.input);
        prop_assert_eq!(small.overflow_minutes, large.overflow_minutes);
    }
}
