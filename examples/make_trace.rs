//! Makes a trace for benchmarks: `make_trace <ROWS> <csv|jsonl> [TRACE]` writes it to the standard
//! output.
//!
//! The calls of a trace are repeated one after the other, those of a minute spread over it. Without one
//! it is an hour of calls that are made up with a fixed seed.

use std::io::{self, BufWriter, Write};
use std::path::Path;

use anyhow::{Context, bail};
use chrono::DateTime;
use tollgate::trace::{
    self, Aggregate, Call as Tokens, Minute, Options, Sink, Source, TimeUnit, TooLarge,
};

/// Calls of the small trace.
const CALLS: usize = 9_000;
/// Its length, in microseconds.
const HOUR: i64 = 3_600_000_000;
const MINUTE: i64 = 60_000_000;
/// 2023-11-16T10:00Z.
const START: i64 = 1_700_128_800_000_000;

struct Call {
    /// Microseconds from the start of the trace.
    after: i64,
    input: u64,
    output: u64,
}

fn main() -> anyhow::Result<()> {
    let usage = "usage: make_trace <ROWS> <csv|jsonl> [TRACE]";
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
    let (small, span) = match arguments.next() {
        Some(path) => recorded(Path::new(&path))?,
        None => (small_trace(), HOUR),
    };
    let starts = (0_i64..).map(|time| START.saturating_add(time.saturating_mul(span)));
    let calls = starts.flat_map(|start| small.iter().map(move |call| (start, call)));
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

/// The calls of a trace by the minute.
#[derive(Default)]
struct Minutes(Vec<(Minute, Vec<Tokens>)>);

impl Sink for Minutes {
    fn calls(&mut self, minute: Minute, calls: &[Tokens]) -> Result<(), TooLarge> {
        match self.0.last_mut() {
            Some((last, known)) if *last == minute => known.extend(calls),
            _ => self.0.push((minute, calls.to_vec())),
        }
        Ok(())
    }

    fn aggregate(&mut self, minute: Minute, sums: Aggregate) -> Result<(), TooLarge> {
        let size = |tokens: u64| u32::try_from(tokens).map_err(|_| TooLarge::Sum);
        let (input, output) = (size(sums.input)?, size(sums.output)?);
        self.calls(minute, &[Tokens { input, output }])
    }
}

/// The calls of a trace, and its length in microseconds.
fn recorded(path: &Path) -> anyhow::Result<(Vec<Call>, i64)> {
    let mut minutes = Minutes::default();
    let options = Options {
        // Only for times that are numbers without a unit of their own.
        time_unit: (path.extension() == Some("jsonl".as_ref())).then_some(TimeUnit::Milliseconds),
        ..Options::default()
    };
    trace::read(
        vec![Source::path(path)],
        &options,
        &mut minutes,
        &mut |_| (),
    )?;
    let (Some((first, _)), Some((last, _))) = (minutes.0.first(), minutes.0.last()) else {
        bail!("there is no call in the trace");
    };
    let (first, span) = (*first, last.saturating_sub(*first).saturating_add(1));
    let mut calls = Vec::new();
    for (minute, tokens) in &minutes.0 {
        let start = minute.saturating_sub(first).saturating_mul(MINUTE);
        let count = i64::try_from(tokens.len())?.max(1);
        for (at, tokens) in (0_i64..).zip(tokens) {
            let part = at.saturating_mul(MINUTE).checked_div(count).unwrap_or(0);
            calls.push(Call {
                after: start.saturating_add(part),
                input: tokens.input.into(),
                output: tokens.output.into(),
            });
        }
    }
    Ok((calls, span.saturating_mul(MINUTE)))
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
