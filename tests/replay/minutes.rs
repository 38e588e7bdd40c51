//! Minutes worked by hand.

use tollgate::billing::kind::Tokens;
use tollgate::replay::{Call, Calls, Replay, Sink, TooLarge};

use super::traces::{Traffic, call, calls, replay, reservation, sums};

const QUOTA: (u64, u64) = (10_000, 1_000);
const MINUTE: [(u32, u32); 5] = [
    (4_000, 100),
    (5_000, 100),
    (2_000, 100),
    (1_000, 100),
    (500, 900),
];

fn of(calls: u64, input: u64, output: u64) -> Calls {
    Calls {
        calls,
        tokens: Tokens::plain(input, output),
    }
}

#[test]
fn a_call_that_does_not_fit_uses_nothing_and_a_later_one_may_fit() {
    let trace = [(7, Traffic::Calls(calls(&MINUTE)))];
    let found = replay(reservation(QUOTA, None, &[None]), &trace);
    assert_eq!(found.in_quota, of(3, 10_000, 300));
    assert_eq!(found.overflow, [of(2, 2_500, 1_000)]);
    assert_eq!((found.minutes, found.overflow_minutes), (1, 1));
    // The last one does not fit on either side: with more input it still overflows on output.
    let wider = replay(reservation((99_999, 1_000), None, &[None]), &trace);
    assert_eq!(wider.overflow, [of(1, 500, 900)]);
    let wider = replay(reservation((10_000, 9_999), None, &[None]), &trace);
    assert_eq!(wider.overflow, [of(2, 2_500, 1_000)]);
}

#[test]
fn the_quota_renews_each_minute() {
    let trace = [
        (7, Traffic::Calls(calls(&MINUTE[..3]))),
        (8, Traffic::Calls(calls(&MINUTE[2..]))),
    ];
    let found = replay(reservation(QUOTA, None, &[None]), &trace);
    assert_eq!(found.overflow, [of(2, 2_500, 1_000)]);
    assert_eq!(found.in_quota, of(4, 12_000, 400));
    assert_eq!((found.minutes, found.overflow_minutes), (2, 2));
    assert_eq!(found.less_exact, 0);
}

#[test]
fn a_call_above_the_maximum_input_overflows_and_uses_nothing() {
    let mut minute = calls(&MINUTE[..2]);
    minute.insert(1, call(6_001, 1));
    minute.push(call(1_000, 800));
    let trace = [(7, Traffic::Calls(minute))];
    let found = replay(reservation(QUOTA, Some(6_000), &[None]), &trace);
    assert_eq!(found.in_quota, of(3, 10_000, 1_000));
    assert_eq!(found.overflow, [of(1, 6_001, 1)]);
    assert_eq!(found.above_max, 1);
}

#[test]
fn a_minute_in_pieces_is_one_minute() {
    let mut replay = Replay::new(reservation(QUOTA, None, &[None]));
    for call in calls(&MINUTE) {
        replay.calls(7, &[call]).unwrap();
        replay.calls(7, &[]).unwrap();
    }
    replay.calls(9, &[]).unwrap();
    let found = replay.finish().unwrap();
    assert_eq!(found.overflow, [of(2, 2_500, 1_000)]);
    assert_eq!(found.minutes, 1);
}

#[test]
fn a_minute_that_is_said_to_have_no_calls_is_none_with_calls() {
    let none = Traffic::Sums(sums(0, 0, 0));
    let trace = [
        (6, none.clone()),
        (7, Traffic::Calls(calls(&MINUTE[..1]))),
        (8, none),
    ];
    let found = replay(reservation(QUOTA, None, &[None]), &trace);
    assert_eq!(found.minutes, 1);
    assert_eq!(found.less_exact, 0);
    assert_eq!(found.in_quota, of(1, 4_000, 100));
}

#[test]
fn the_input_of_each_call_picks_its_tier() {
    let trace = [(
        0,
        Traffic::Calls(calls(&[(32, 1), (33, 2), (0, 3), (128, 4), (129, 5)])),
    )];
    let tiers = [Some(32), Some(128)];
    let found = replay(reservation((0, 0), None, &tiers), &trace);
    assert_eq!(found.overflow, [of(2, 32, 4), of(2, 161, 6)]);
    assert_eq!(found.unpriced, of(1, 129, 5));
    let open = replay(reservation((0, 0), None, &[Some(32), None]), &trace);
    assert_eq!(open.overflow, [of(2, 32, 4), of(3, 290, 11)]);
    assert_eq!(open.unpriced, Calls::default());
}

#[test]
fn calls_without_tokens_fit_any_reservation_and_need_one() {
    let trace = [(0, Traffic::Calls(calls(&[(0, 0), (1, 0), (0, 0)])))];
    let found = replay(reservation((0, 1), None, &[None]), &trace);
    assert_eq!(found.in_quota, of(2, 0, 0));
    assert_eq!(found.overflow, [of(1, 1, 0)]);
    let found = replay(reservation((0, 0), None, &[None]), &trace);
    assert_eq!(found.in_quota, of(0, 0, 0));
    assert_eq!(found.overflow, [of(3, 1, 0)]);
}

#[test]
fn sums_overflow_by_whole_calls_of_the_average_size() {
    // Of 10 calls of 1,500 input tokens 10,000 take 6, and the tokens of 4 overflow, 1,001 × 4 ÷ 10
    // rounded up.
    let trace = [(0, Traffic::Sums(sums(10, 15_000, 1_001)))];
    let found = replay(reservation((10_000, 2_000), None, &[None]), &trace);
    assert_eq!(found.overflow, [of(4, 6_000, 401)]);
    assert_eq!(found.in_quota, of(6, 9_000, 600));
    assert_eq!((found.less_exact, found.overflow_minutes), (1, 1));
    // Output is the tighter side.
    let trace = [(0, Traffic::Sums(sums(4, 10_000, 4_000)))];
    let found = replay(reservation(QUOTA, None, &[None]), &trace);
    assert_eq!(found.overflow, [of(3, 7_500, 3_000)]);
}

#[test]
fn the_average_request_of_sums_picks_tier_and_maximum() {
    let trace = [(0, Traffic::Sums(sums(2, 65, 1)))];
    let tiers = [Some(32), None];
    let found = replay(reservation((0, 0), None, &tiers), &trace);
    assert_eq!(found.overflow, [Calls::default(), of(2, 65, 1)]);
    let found = replay(reservation((0, 0), None, &[Some(33)]), &trace);
    assert_eq!(found.overflow, [of(2, 65, 1)]);
    let found = replay(reservation((999, 999), Some(32), &tiers), &trace);
    assert_eq!((found.above_max, found.in_quota), (2, Calls::default()));
    let found = replay(reservation((999, 999), Some(33), &tiers), &trace);
    assert_eq!((found.above_max, found.in_quota), (0, of(2, 65, 1)));
}

#[test]
fn sums_take_what_the_calls_of_their_minute_leave() {
    let trace = [
        (0, Traffic::Sums(sums(1, 50, 0))),
        (0, Traffic::Calls(vec![call(60, 0)])),
        (0, Traffic::Sums(sums(1, 50, 0))),
    ];
    // 69 are left: one of two calls of 50.
    let found = replay(reservation((129, 0), None, &[None]), &trace);
    assert_eq!(found.in_quota.tokens.input, 110);
    assert_eq!(found.overflow[0], of(1, 50, 0));
    assert_eq!(found.minutes, 1);
}

#[test]
fn sums_that_do_not_fit_are_an_error() {
    let mut replay = Replay::new(reservation(QUOTA, None, &[None]));
    replay.aggregate(0, sums(1, u64::MAX, 0)).unwrap();
    replay.calls(1, &[call(1, 0)]).unwrap_err();
    let mut replay = Replay::new(reservation(QUOTA, None, &[None]));
    replay.aggregate(0, sums(1, u64::MAX, 0)).unwrap();
    let refused = replay.aggregate(0, sums(1, 1, 0));
    assert_eq!(refused, Err(TooLarge::Sum));
}

#[test]
fn the_largest_calls_and_quotas_are_within_bounds() {
    let most = Call::plain(u32::MAX, u32::MAX);
    let trace = [(i64::MAX, Traffic::Calls(vec![most; 3]))];
    let quota = (u64::MAX, u64::MAX);
    let found = replay(reservation(quota, Some(u64::MAX), &[]), &trace);
    assert_eq!(found.in_quota.calls, 3);
    let found = replay(reservation((0, 0), Some(u64::MAX), &[]), &trace);
    assert_eq!(found.unpriced.calls, 3);
}
