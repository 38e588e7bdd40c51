//! A steady trace against the steady rate's share.

use proptest::prelude::*;
use rust_decimal::Decimal;
use tollgate::billing::load::Load;
use tollgate::billing::term::{Increment, Span};

use super::traces::{Traffic, call, config, replay, reservation, sums};

/// Input and output tokens that overflow in an hour at a steady rate.
fn steady(rpm: u32, size: (u32, u32), quota: (u64, u64)) -> (u64, u64) {
    let load = Load {
        rpm: rpm.into(),
        input_per_request: size.0.into(),
        output_per_request: size.1.into(),
    };
    let reserved = reservation(quota, None, &[]).reserved;
    let hour = Span::parse("1", Increment::Hour).unwrap();
    let excess = load.excess(&reserved, hour).unwrap();
    excess.map_or((0, 0), |excess| (excess.input_tokens, excess.output_tokens))
}

proptest! {
    #![proptest_config(config(100))]

    #[test]
    fn small_calls_overflow_as_at_a_steady_rate(
        rpm in 1_u32..40,
        size in (1_u32..50, 1_u32..20),
        quota in (1_u64..2_000, 1_u64..800),
        split in 0_u32..5,
    ) {
        // The same tokens in ever more and smaller calls: 1, 10, … times as many.
        let times = 10_u32.pow(split.min(2));
        let quota = (quota.0 * u64::from(times), quota.1 * u64::from(times));
        let calls = vec![call(size.0, size.1); (rpm * times).try_into().unwrap()];
        let trace: Vec<_> = (0..60).map(|minute| (minute, Traffic::Calls(calls.clone()))).collect();
        let found = replay(reservation(quota, None, &[None]), &trace);
        let (input, output) = steady(rpm * times, size, quota);
        // At most a call a minute is cut by the share and whole in the replay: of ever more calls,
        // an ever smaller part.
        let overflow = found.overflowed().unwrap();
        prop_assert!(overflow.input >= input && overflow.output >= output);
        prop_assert!(overflow.input - input <= 60 * u64::from(size.0));
        prop_assert!(overflow.output - output <= 60 * u64::from(size.1));
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
        let (input, output) = steady(rpm, size, quota);
        // Rounded up by the minute instead of once.
        let overflow = found.overflowed().unwrap();
        prop_assert!(overflow.input >= input && overflow.input - input < 60);
        prop_assert!(overflow.output >= output && overflow.output - output < 60);
        prop_assert_eq!(found.less_exact, 60);
    }
}

#[test]
fn the_share_of_a_steady_trace_tends_to_the_steady_one() {
    // 120,000 of 12,000 tokens a minute, of which five sixths fit: in calls of 7,000, 70 and 7.
    let mut before = Decimal::MAX;
    for (calls, input) in [(17, 7_000), (1_714, 70), (17_143, 7)] {
        let trace = [(0, Traffic::Calls(vec![call(input, 0); calls]))];
        let found = replay(reservation((100_000, 0), None, &[None]), &trace);
        let gap = found.in_quota.input.abs_diff(100_000);
        let gap = Decimal::from(gap);
        assert!(gap < Decimal::from(input) && gap < before, "{input}: {gap}");
        before = gap;
    }
}
