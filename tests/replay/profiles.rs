//! Tokens per minute of small traces, worked by hand.

use proptest::prelude::*;
use tollgate::billing::kind::Tokens;
use tollgate::replay::profile::{MOST_MINUTES, Row, Side};
use tollgate::replay::{Calls, Minute, Profile, Sink, TooLarge};

use super::traces::{Traffic, any_trace, call, calls, config, feed, sized, sums};

fn profile(max_input: Option<u64>, trace: &[(Minute, Traffic)]) -> Profile {
    let mut profile = Profile::new(max_input);
    feed(&mut profile, trace);
    profile
}

fn one(minute: Minute, input: u32, output: u32) -> (Minute, Traffic) {
    (minute, Traffic::Calls(vec![call(input, output)]))
}

#[test]
fn minutes_without_calls_count_in_mean_and_percentiles() {
    // Ten minutes, of which seven are empty.
    let trace = [one(0, 100, 1), one(4, 300, 2), one(9, 200, 6)];
    let found = profile(None, &trace);
    assert_eq!((found.span(), found.span_minutes()), (Some((0, 9)), 10));
    assert_eq!(found.mean(Side::Input), (600, 10));
    assert_eq!(found.mean(Side::Output), (9, 10));
    for (percent, input) in [
        (0, 0),
        (50, 0),
        (70, 0),
        (71, 100),
        (80, 100),
        (81, 200),
        (90, 200),
        (91, 300),
        (100, 300),
    ] {
        assert_eq!(found.percentile(Side::Input, percent), input, "{percent}");
    }
    assert_eq!(found.percentile(Side::Output, 90), 2);
    // At 0 percent it is the least of all minutes, also where none is empty.
    let full = profile(None, &[one(0, 100, 1), one(1, 300, 2)]);
    assert_eq!(full.percentile(Side::Input, 0), 100);
    assert_eq!(found.busiest(Side::Input).unwrap().minute, 4);
    assert_eq!(found.busiest(Side::Output).unwrap().minute, 9);
    assert_eq!(found.largest(), (300, 6));
}

#[test]
fn minutes_that_are_said_to_have_no_calls_belong_to_the_span() {
    let none = Traffic::Sums(sums(0, 0, 0));
    // A day, of which five minutes have calls.
    let mut trace: Vec<_> = (0..1_440).map(|minute| (minute, none.clone())).collect();
    for (minute, traffic) in trace.iter_mut().skip(570).take(5) {
        *traffic = Traffic::Sums(sums(1, *minute as u64, 1));
    }
    let found = profile(Some(100), &trace);
    assert_eq!(
        (found.span(), found.span_minutes()),
        (Some((0, 1_439)), 1_440)
    );
    assert_eq!(found.percentile(Side::Input, 50), 0);
    assert_eq!(found.percentile(Side::Input, 99), 0);
    assert_eq!(found.percentile_within_max(Side::Output, 100), 0);
    assert_eq!(found.mean(Side::Output), (5, 1_440));
    assert_eq!((found.minutes().len(), found.less_exact()), (5, 5));
    assert!(found.day().iter().all(|part| part.minutes == 30));
    // Nothing at all happened, but it is known of two minutes that it did not.
    let found = profile(None, &[(7, none.clone()), (8, none)]);
    assert_eq!((found.span(), found.span_minutes()), (Some((7, 8)), 2));
    assert_eq!(found.percentile(Side::Input, 100), 0);
    assert_eq!(found.busiest(Side::Input), None);
}

#[test]
fn an_empty_trace_has_an_empty_profile() {
    let found = profile(None, &[]);
    assert_eq!((found.span(), found.span_minutes()), (None, 0));
    assert_eq!(found.percentile(Side::Input, 99), 0);
    assert_eq!(found.busiest(Side::Input), None);
    assert_eq!(found.mean(Side::Input), (0, 0));
    assert!(found.day().iter().all(|part| part.minutes == 0));
}

#[test]
fn of_equally_busy_minutes_the_first_is_named() {
    let found = profile(None, &[one(3, 5, 0), one(4, 7, 0), one(5, 7, 0)]);
    assert_eq!(found.busiest(Side::Input).unwrap().minute, 4);
}

#[test]
fn calls_above_the_maximum_are_counted_apart_and_sized_without() {
    let trace = [
        (0, Traffic::Calls(calls(&[(50, 5), (101, 9), (100, 1)]))),
        (1, Traffic::Sums(sums(2, 202, 30))),
        (2, Traffic::Sums(sums(2, 200, 30))),
    ];
    let found = profile(Some(100), &trace);
    let above = Calls {
        calls: 3,
        tokens: Tokens::plain(303, 39),
    };
    assert_eq!(found.above_max(), above);
    assert_eq!(found.total().calls, 7);
    assert_eq!(found.percentile(Side::Input, 100), 251);
    assert_eq!(found.percentile_within_max(Side::Input, 100), 200);
    let steps = (40, 7);
    assert_eq!(sized(&found, 100, steps), (200, 35));
    assert_eq!(sized(&found, 50, steps), (160, 7));
}

#[test]
fn sums_in_pieces_are_above_the_maximum_as_a_whole_or_not_at_all() {
    let mut found = Profile::new(Some(100));
    found.aggregate(5, sums(1, 150, 3)).unwrap();
    assert_eq!(found.above_max().tokens.input, 150);
    found.aggregate(5, sums(1, 50, 4)).unwrap();
    assert_eq!(found.above_max(), Calls::default());
    assert_eq!(found.percentile_within_max(Side::Input, 100), 200);
    found.aggregate(5, sums(1, 101, 0)).unwrap();
    assert_eq!(
        (found.above_max().calls, found.above_max().tokens.output),
        (3, 7)
    );
    assert_eq!(found.less_exact(), 1);
    // A minute of calls between does not carry them on.
    found.calls(6, &[call(1, 1)]).unwrap();
    found.aggregate(6, sums(1, 10, 0)).unwrap();
    assert_eq!(
        (found.above_max().tokens.input, found.less_exact()),
        (301, 2)
    );
}

#[test]
fn the_day_is_that_of_china() {
    // 1970-01-01 00:00 UTC is 08:00 in China, 15:59 UTC is 23:59.
    let found = profile(
        None,
        &[one(0, 1, 2), one(29, 3, 4), one(959, 5, 6), one(960, 7, 8)],
    );
    let day = found.day();
    assert_eq!((day[16].input, day[16].output, day[16].minutes), (4, 6, 30));
    assert_eq!((day[47].input, day[47].minutes), (5, 30));
    assert_eq!((day[0].input, day[0].minutes), (7, 1));
    assert_eq!(day[1].minutes, 0);
    let before = profile(None, &[one(-481, 1, 0), one(-480, 2, 0)]);
    assert_eq!((before.day()[47].input, before.day()[0].input), (1, 2));
    let week = profile(None, &[one(0, 1, 0), one(7 * 1_440 - 1, 1, 0)]);
    assert!(week.day().iter().all(|part| part.minutes == 7 * 30));
}

#[test]
fn spans_of_any_length_are_counted() {
    let found = profile(None, &[one(i64::MIN, 1, 1), one(i64::MAX, 1, 1)]);
    assert_eq!(found.span_minutes(), u64::MAX);
    assert_eq!(found.percentile(Side::Input, 99), 0);
    assert_eq!(found.percentile(Side::Input, 100), 1);
    assert_eq!(found.day().iter().map(|part| part.input).sum::<u64>(), 2);
}

#[test]
fn more_minutes_than_are_kept_are_an_error() {
    let mut profile = Profile::new(None);
    let most = i64::try_from(MOST_MINUTES).unwrap();
    for minute in 0..most {
        profile.calls(minute, &[call(1, 1)]).unwrap();
    }
    profile.calls(most - 1, &[call(1, 1)]).unwrap();
    assert_eq!(
        profile.calls(most, &[call(1, 1)]),
        Err(TooLarge::Minutes(MOST_MINUTES))
    );
}

proptest! {
    #![proptest_config(config(100))]

    #[test]
    fn percentiles_are_those_of_all_minutes_written_out(
        trace in any_trace(12, 5, 300),
        percent in 0_u8..=100,
    ) {
        let found = profile(None, &trace);
        let (first, last) = found.span().unwrap_or((0, -1));
        let row_of = |minute: Minute| found.minutes().iter().find(|row| row.minute == minute);
        for side in [Side::Input, Side::Output] {
            let of = |row: Option<&Row>| row.map_or(0, |row| row.side(side));
            let mut all: Vec<u64> = (first..=last).map(|minute| of(row_of(minute))).collect();
            all.sort_unstable();
            let rank = (all.len() * usize::from(percent)).div_ceil(100);
            let expected = all.get(rank.saturating_sub(1)).copied().unwrap_or(0);
            prop_assert_eq!(found.percentile(side, percent), expected);
            prop_assert_eq!(found.mean(side), (all.iter().sum(), found.span_minutes()));
        }
    }
}
