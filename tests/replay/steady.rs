//! A steady load is its calls: what a rate leaves over is what a replay of evenly spaced calls does.

use proptest::prelude::*;
use rust_decimal::Decimal;
use tollgate::billing::kind::Tokens;
use tollgate::billing::load::Load;
use tollgate::billing::term::{Increment, Span};

use super::traces::{Traffic, call, config, replay, reservation, sums};

/// Input and output tokens that overflow in an hour at a steady rate, in hundredths a minute.
fn steady(rpm: u32, size: (u32, u32), quota: (u64, u64)) -> (u64, u64) {
    let load = Load {
        per_request: Tokens::plain(size.0.into(), size.1.into()),
        rpm: Decimal::from(rpm) / Decimal::ONE_HUNDRED,
        cache: None,
    };
    let reserved = reservation(quota, None, &[]).reserved;
    let hour = Span::parse("1", Increment::Hour).unwrap();
    let excess = load.excess(&reserved, hour).unwrap();
    excess.map_or((0, 0), |excess| (excess.tokens.input, excess.tokens.output))
}

/// How many calls of an even rate come in a minute: those whose turn is up by its end, and was not
/// before.
fn calls_of(rpm: u32, minute: u32) -> usize {
    let by = |minutes: u32| (minutes * rpm).div_ceil(100);
    (by(minute + 1) - by(minute)).try_into().unwrap()
}

/// Fractions that come out even after 60 minutes: multiples of 5 hundredths.
fn rpm() -> impl Strategy<Value = u32> {
    (1_u32..=800).prop_map(|twentieths| twentieths * 5)
}

proptest! {
    #![proptest_config(config(400))]

    #[test]
    fn calls_overflow_as_at_a_steady_rate(
        rpm in rpm(),
        size in (0_u32..5_000, 1_u32..2_000),
        quota in (0_u64..100_000, 0_u64..40_000),
    ) {
        let trace: Vec<_> = (0..60)
            .map(|minute| (minute.into(), Traffic::Calls(vec![call(size.0, size.1); calls_of(rpm, minute)])))
            .collect();
        let found = replay(reservation(quota, None, &[None]), &trace);
        let overflow = found.overflowed().unwrap();
        prop_assert_eq!((overflow.tokens.input, overflow.tokens.output), steady(rpm, size, quota));
    }

    #[test]
    fn sums_overflow_as_at_a_steady_rate(
        rpm in 1_u32..40,
        size in (1_u32..5_000, 0_u32..2_000),
        quota in (0_u64..100_000, 0_u64..40_000),
    ) {
        let each = |tokens: u32| u64::from(rpm) * u64::from(tokens);
        let minute = Traffic::Sums(sums(rpm.into(), each(size.0), each(size.1)));
        let trace: Vec<_> = (0..60).map(|at| (at, minute.clone())).collect();
        let found = replay(reservation(quota, None, &[None]), &trace);
        let overflow = found.overflowed().unwrap();
        prop_assert_eq!((overflow.tokens.input, overflow.tokens.output), steady(rpm * 100, size, quota));
        prop_assert_eq!(found.less_exact, 60);
    }

    #[test]
    fn sums_of_unequal_calls_are_whole_calls_of_the_average_size(
        calls in 1_u64..50,
        tokens in (0_u64..200_000, 1_u64..50_000),
        quota in (0_u64..250_000, 0_u64..60_000),
    ) {
        let minute = Traffic::Sums(sums(calls, tokens.0, tokens.1));
        let found = replay(reservation(quota, None, &[None]), &[(0, minute)]);
        // As many as the quota is worth, each side × calls ÷ its tokens.
        let side = |quota: u64, tokens: u64| (quota * calls).checked_div(tokens).unwrap_or(calls);
        let taken = side(quota.0, tokens.0).min(side(quota.1, tokens.1)).min(calls);
        let overflow = found.overflowed().unwrap();
        prop_assert_eq!(overflow.calls, calls - taken);
        prop_assert_eq!(overflow.tokens.input, (tokens.0 * (calls - taken)).div_ceil(calls));
        prop_assert_eq!(overflow.tokens.output, (tokens.1 * (calls - taken)).div_ceil(calls));
    }
}

#[test]
fn one_call_that_is_larger_than_the_quota_overflows_whole() {
    // Not two thirds of it in quota.
    let minute = [(0, Traffic::Sums(sums(1, 15_000, 100)))];
    let found = replay(reservation((10_000, 1_000), None, &[None]), &minute);
    assert_eq!(found.overflowed().unwrap().tokens.input, 15_000);
    assert_eq!((found.in_quota.calls, found.in_quota.tokens.input), (0, 0));
    assert_eq!(
        steady(100, (15_000, 100), (10_000, 1_000)),
        (900_000, 6_000)
    );
}
