//! Small traces, and one way to feed them.

use proptest::prelude::*;
use tollgate::billing::kind::Tokens;
use tollgate::billing::load::Reserved;
use tollgate::replay::{Call, Calls, Minute, Replay, Replayed, Reservation, Sink};

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
    let any = (0..=size, 0..=size / 2).prop_map(|(input, output)| call(input, output));
    prop::collection::vec(any, 1..=most)
}

/// Traffic of some minutes, with gaps.
pub fn any_trace(minutes: usize, calls: usize, size: u32) -> impl Strategy<Value = Trace> {
    let aggregate = (0..20_u64, 0..2_000_u64, 0..500_u64);
    let traffic = prop_oneof![
        4 => any_calls(calls, size).prop_map(Traffic::Calls),
        1 => Just(Traffic::Sums(sums(0, 0, 0))),
        1 => aggregate.prop_map(|(calls, input, output)| Traffic::Sums(sums(calls, input, output))),
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
