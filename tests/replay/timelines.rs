//! What of each minute fits and what overflows, to be drawn over time.

use proptest::prelude::*;
use tollgate::billing::recorded::MinuteTokens;
use tollgate::replay::profile::MOST_MINUTES;
use tollgate::replay::timeline::unreserved;
use tollgate::replay::{Profile, Replayed, Reservation, Sink, Timeline, TooLarge};

use super::traces::{
    Trace, Traffic, any_trace, call, calls, config, feed, replay, reservation, sums,
};

fn timeline(reservation: Reservation, trace: &Trace) -> (Replayed, Vec<MinuteTokens>) {
    let mut timeline = Timeline::new(reservation);
    feed(&mut timeline, trace);
    timeline.finish().unwrap()
}

fn row(minute: i64, in_quota: (u64, u64), overflow: (u64, u64)) -> MinuteTokens {
    MinuteTokens {
        minute,
        in_quota,
        overflow,
    }
}

#[test]
fn a_minute_is_worked_by_hand() {
    // The third does not fit in the 1,000 input tokens that are left, the fourth fills them, and
    // nothing is left for the last.
    let pairs = [
        (4_000, 100),
        (5_000, 100),
        (2_000, 100),
        (1_000, 100),
        (500, 900),
    ];
    let trace = vec![(7, Traffic::Calls(calls(&pairs)))];
    let (replayed, rows) = timeline(reservation((10_000, 1_000), None, &[None]), &trace);
    assert_eq!(rows, [row(7, (10_000, 300), (2_500, 1_000))]);
    assert_eq!((replayed.minutes, replayed.overflow_minutes), (1, 1));
}

#[test]
fn sums_are_settled_at_the_end_of_their_minute() {
    // The call comes later and is known by itself, so it takes its part of the quota first.
    let trace = vec![
        (3, Traffic::Sums(sums(1, 80, 0))),
        (3, Traffic::Calls(vec![call(60, 0)])),
        (3, Traffic::Sums(sums(1, 0, 10))),
        (5, Traffic::Calls(vec![call(60, 0)])),
    ];
    let (_, rows) = timeline(reservation((100, 100), None, &[None]), &trace);
    // Of 80 input and 10 output tokens half is beyond the 40 that are left.
    assert_eq!(rows, [row(3, (100, 5), (40, 5)), row(5, (60, 0), (0, 0))]);
}

#[test]
fn nothing_reserved_overflows_and_no_reservation_does_not() {
    let trace = vec![(0, Traffic::Calls(calls(&[(3, 4), (0, 0)])))];
    let (_, rows) = timeline(reservation((0, 0), Some(0), &[None]), &trace);
    assert_eq!(rows, [row(0, (0, 0), (3, 4))]);
    let mut profile = Profile::new(None);
    feed(&mut profile, &trace);
    assert_eq!(unreserved(profile.minutes()), [row(0, (3, 4), (0, 0))]);
}

#[test]
fn a_minute_without_calls_is_none() {
    let mut timeline = Timeline::new(reservation((10, 10), None, &[None]));
    timeline.calls(1, &[]).unwrap();
    timeline.aggregate(2, sums(0, 0, 0)).unwrap();
    timeline.calls(3, &[call(0, 0)]).unwrap();
    timeline.calls(4, &[]).unwrap();
    let (replayed, rows) = timeline.finish().unwrap();
    assert_eq!(rows, [row(3, (0, 0), (0, 0))]);
    assert_eq!(replayed.minutes, 1);
}

#[test]
fn so_many_minutes_are_kept_and_no_more() {
    let most = i64::try_from(MOST_MINUTES).unwrap();
    let mut timeline = Timeline::new(reservation((10, 10), None, &[None]));
    for minute in 0..most {
        timeline.calls(minute, &[call(1, 1)]).unwrap();
    }
    assert_eq!(
        timeline.calls(most, &[call(1, 1)]),
        Err(TooLarge::Minutes(MOST_MINUTES))
    );
    assert_eq!(timeline.finish().unwrap().1.len(), MOST_MINUTES);
}

proptest! {
    #![proptest_config(config(200))]

    #[test]
    fn the_minutes_are_those_of_a_replay_and_add_up_to_it(
        trace in any_trace(12, 12, 400),
        quota in (0_u64..3_000, 0_u64..900),
        max_input in prop_oneof![Just(None), (0_u64..400).prop_map(Some)],
        pieces in 1_i64..4,
    ) {
        // Minutes that come in several pieces, too.
        let trace: Trace = trace
            .into_iter()
            .map(|(minute, traffic)| (minute.div_euclid(pieces), traffic))
            .collect();
        let reservation = reservation(quota, max_input, &[Some(100), None]);
        let (replayed, rows) = timeline(reservation.clone(), &trace);
        prop_assert_eq!(&replayed, &replay(reservation.clone(), &trace));
        let mut profile = Profile::new(None);
        feed(&mut profile, &trace);
        let both = |row: &MinuteTokens| {
            (row.minute, row.in_quota.0 + row.overflow.0, row.in_quota.1 + row.overflow.1)
        };
        let found: Vec<_> = rows.iter().map(both).collect();
        let known: Vec<_> = profile
            .minutes()
            .iter()
            .map(|row| (row.minute, row.input, row.output))
            .collect();
        prop_assert_eq!(found, known);
        let (mut in_quota, mut overflow, mut beyond) = ((0, 0), (0, 0), 0);
        for row in &rows {
            let alone: Trace = trace
                .iter()
                .filter(|(minute, _)| *minute == row.minute)
                .cloned()
                .collect();
            let alone = replay(reservation.clone(), &alone);
            prop_assert_eq!(row.in_quota, (alone.in_quota.tokens.input, alone.in_quota.tokens.output));
            in_quota = (in_quota.0 + row.in_quota.0, in_quota.1 + row.in_quota.1);
            overflow = (overflow.0 + row.overflow.0, overflow.1 + row.overflow.1);
            beyond += u64::from(row.overflow != (0, 0));
        }
        let sums = replayed.overflowed().unwrap();
        prop_assert_eq!(in_quota, (replayed.in_quota.tokens.input, replayed.in_quota.tokens.output));
        prop_assert_eq!(overflow, (sums.tokens.input, sums.tokens.output));
        prop_assert_eq!(beyond, replayed.overflow_minutes);
    }
}
