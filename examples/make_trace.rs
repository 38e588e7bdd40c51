//! Makes a trace for benchmarks: `make_trace <ROWS> <csv|jsonl>` writes it to the standard output.
//!
//! A small trace of an hour, made up with a fixed seed, is repeated hour after hour.

use std::io::{self, BufWriter, Write};

use anyhow::{Context, bail};
use chrono::DateTime;

/// Calls of the small trace.
const CALLS: usize = 9_000;
/// Its length, in microseconds.
const HOUR: i64 = 3_600_000_000;
/// 2023-11-16T10:00Z.
const START: i64 = 1_700_128_800_000_000;

struct Call {
    after: i64,
    input: u64,
    output: u64,
}

fn main() -> anyhow::Result<()> {
    let usage = "usage: make_trace <ROWS> <csv|jsonl>";
    let mut arguments = std::env::args().skip(1);
    let rows: usize = arguments.next().context(usage)?.parse().context(usage)?;
    let is_csv = match arguments.next().as_deref() {
        Some("csv") => true,
        Some("jsonl") => false,
        _ => bail!(usage),
    };
    let mut out = BufWriter::with_capacity(1 << 20, io::stdout().lock());
    if is_csv {
        writeln!(out, "TIMESTAMP,ContextTokens,GeneratedTokens")?;
    }
    let small = small_trace();
    let hours = (0_i64..).map(|hour| START.saturating_add(hour.saturating_mul(HOUR)));
    let calls = hours.flat_map(|start| small.iter().map(move |call| (start, call)));
    let mut minute = (i64::MIN, String::new());
    for (start, call) in calls.take(rows) {
        let at = start.saturating_add(call.after);
        let (input, output) = (call.input, call.output);
        if !is_csv {
            let at = at.div_euclid(1_000);
            writeln!(
                out,
                r#"{{"timestamp": {at}, "input_length": {input}, "output_length": {output}}}"#
            )?;
            continue;
        }
        // A date is slow to write.
        let begin = at.div_euclid(60_000_000);
        if minute.0 != begin {
            let time = DateTime::from_timestamp_micros(at).context("a time out of range")?;
            minute = (begin, time.format("%Y-%m-%d %H:%M").to_string());
        }
        let rest = at.rem_euclid(60_000_000);
        let (second, fraction) = (rest.div_euclid(1_000_000), rest.rem_euclid(1_000_000));
        let minute = &minute.1;
        writeln!(out, "{minute}:{second:02}.{fraction:06}0,{input},{output}")?;
    }
    out.flush()?;
    Ok(())
}

fn small_trace() -> Vec<Call> {
    let mut state = 0x2545_f491_4f6c_dd1d_u64;
    let mut random = |below: u64| {
        state ^= state << 13;
        state ^= state >> 7;
        state ^= state << 17;
        (state >> 11).checked_rem(below).unwrap_or(0)
    };
    let mut calls: Vec<Call> = (0..CALLS)
        .map(|_| Call {
            after: i64::try_from(random(3_600_000_000)).unwrap_or(0),
            // Half of the calls are short.
            input: match random(2) {
                0 => random(400).saturating_add(1),
                _ => random(7_500).saturating_add(1),
            },
            output: match random(4) {
                0 => random(600).saturating_add(1),
                _ => random(40).saturating_add(1),
            },
        })
        .collect();
    calls.sort_by_key(|call| call.after);
    calls
}
