//! Small traces, and one way to feed them.

use proptest::prelude::*;
use tollgate::billing::kind::Tokens;
use tollgate::billing::load::Reserved;
use tollgate::replay::profile::Side;
use tollgate::replay::{Call, Calls, Minute, Profile, Replay, Replayed, Reservation, Sink};

/// Few cases are enough where each is a whole trace.
pub fn config(cases: u32) -> ProptestConfig {
    ProptestConfig {
        cases,
        failure_persistence: None,
        ..ProptestConfig::default()
    }
}

/// What comes in a minute.
#[derive(Debug, Clone)]
pub enum Traffic {
    Calls(Vec<Call>),
    Sums(Calls),
}

pub type Trace = Vec<(Minute, Traffic)>;

pub fn call(input: u32, output: u32) -> Call {
    Call::plain(input, output)
}

pub fn calls(pairs: &[(u32, u32)]) -> Vec<Call> {
    pairs.iter().map(|(i, o)| call(*i, *o)).collect()
}

pub fn sums(calls: u64, input: u64, output: u64) -> Calls {
    Calls {
        calls,
        tokens: Tokens::plain(input, output),
    }
}

pub fn feed(sink: &mut impl Sink, trace: &[(Minute, Traffic)]) {
    for (minute, traffic) in trace {
        match traffic {
            Traffic::Calls(calls) => sink.calls(*minute, calls).unwrap(),
            Traffic::Sums(sums) => sink.aggregate(*minute, *sums).unwrap(),
        }
    }
}

pub fn reservation(
    (input_tpm, output_tpm): (u64, u64),
    max_input: Option<u64>,
    tiers: &[Option<u64>],
) -> Reservation {
    Reservation {
        reserved: Reserved {
            max_input,
            ..Reserved::of_sides(input_tpm, output_tpm)
        },
        tiers: tiers.to_vec(),
    }
}

pub fn replay(reservation: Reservation, trace: &[(Minute, Traffic)]) -> Replayed {
    let mut replay = Replay::new(reservation);
    feed(&mut replay, trace);
    replay.finish().unwrap()
}

pub fn any_calls(most: usize, size: u32) -> impl Strategy<Value = Vec<Call>> {
    let any = (0..=size, 0..=size / 2, quarters()).prop_map(|(input, output, parts)| {
        let (read, written) = cached(input.into(), parts);
        Call {
            cached: read.try_into().unwrap(),
            cache_write: written.try_into().unwrap(),
            ..call(input, output)
        }
    });
    prop::collection::vec(any, 1..=most)
}

/// Quarters of some input that are read from a cache, and of the rest that are written to it: often none.
fn quarters() -> impl Strategy<Value = (u64, u64)> {
    prop_oneof![Just((0, 0)), (0..=4_u64, 0..=4_u64)]
}

/// What is read from a cache and written to it, which is never more than there is.
fn cached(input: u64, (read, written): (u64, u64)) -> (u64, u64) {
    let read = input * read / 4;
    (read, (input - read) * written / 4)
}

/// Traffic of some minutes, with gaps.
pub fn any_trace(minutes: usize, calls: usize, size: u32) -> impl Strategy<Value = Trace> {
    let aggregate = (0..20_u64, 0..2_000_u64, 0..500_u64, quarters());
    let aggregate = aggregate.prop_map(|(calls, input, output, parts)| {
        let mut sums = sums(calls, input, output);
        (sums.tokens.cached, sums.tokens.cache_write) = cached(input, parts);
        Traffic::Sums(sums)
    });
    let traffic = prop_oneof![
        4 => any_calls(calls, size).prop_map(Traffic::Calls),
        1 => Just(Traffic::Sums(sums(0, 0, 0))),
        1 => aggregate,
    ];
    let minute = (1..5_i64, traffic);
    prop::collection::vec(minute, 0..=minutes).prop_map(|gaps| {
        let mut minute = 28_000_000;
        let mut trace = Vec::new();
        for (gap, traffic) in gaps {
            minute += gap;
            trace.push((minute, traffic));
        }
        trace
    })
}

/// The smallest size in these steps that `percent` of the minutes do not exceed on either side.
pub fn sized(profile: &Profile, percent: u8, (input, output): (u64, u64)) -> (u64, u64) {
    let side = |side, step| {
        let tokens = profile.percentile_within_max(side, percent);
        tokens.next_multiple_of(step)
    };
    (side(Side::Input, input), side(Side::Output, output))
}
