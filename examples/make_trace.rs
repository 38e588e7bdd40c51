//! Makes a long trace for benchmarks: `make_trace [--models <N>] <ROWS> <csv|jsonl> [LOG [UNIT]]` writes it
//! to the standard output.
//!
//! The calls of the log, of any kind that `quote ptu --trace` reads, are repeated up to so many rows.
//! Each copy begins with the full minute after the last call of the one before, so that all minutes
//! are minutes of the log: the same calls in the same order, spread evenly. Without a log, an hour
//! is repeated that is made up with a fixed seed.
//!
//! The unit is that of times that are numbers, such as `milliseconds`. Numbers too small for a date
//! need it, but in a file named `.jsonl`, where they are taken as milliseconds. Times from a start of
//! their own are then dates, in a trace that begins on a day of 2023.
//!
//! With `--models` each call names one of so many models, in a column of its own: no two neighbours are
//! likely to be alike, and the first models have more calls than the last.

use std::io::{self, BufWriter, Write};
use std::path::Path;
use std::process::ExitCode;

use anyhow::{Context, anyhow, bail, ensure};
use chrono::DateTime;
use tollgate::trace::{
    Call, Calls, Minute, Options, Sink, Source, TimeUnit, TooLarge, TraceError, read,
};

const USAGE: &str = "usage: make_trace [--models <N>] <ROWS> <csv|jsonl> [LOG [UNIT]]";
/// The names of models; those after them are made up.
const MODELS: [&str; 8] = [
    "qwen3-max-2025-09-23",
    "qwen-plus-2025-12-01",
    "qwen3-32b",
    "deepseek-v3.2",
    "glm-5.1",
    "qwen3-8b",
    "qwen3.7-max-2026-05-20",
    "qwen2.5-7b-instruct",
];
const UNITS: &str =
    "give the unit of its times after the log: seconds, milliseconds, microseconds or nanoseconds";
/// Calls of the hour that is made up.
const CALLS: u64 = 9_000;
/// 2023-11-16T10:00Z, where it begins, and where times from a start of their own do.
const START: Minute = 28_335_480;
/// 2101-01-01T00:00Z: a time from then on could not be read back.
const END: Minute = 68_899_680;
/// Microseconds.
const MINUTE: u64 = 60_000_000;

/// What is repeated: the minutes that have calls.
#[derive(Default)]
struct Log {
    minutes: Vec<(Minute, Vec<Call>)>,
}

impl Sink for Log {
    fn calls(&mut self, minute: Minute, calls: &[Call]) -> Result<(), TooLarge> {
        match self.minutes.last_mut() {
            Some((last, known)) if *last == minute => known.extend(calls),
            _ => self.minutes.push((minute, calls.to_vec())),
        }
        Ok(())
    }

    /// Sums are not calls: a log of nothing else is refused as empty.
    fn aggregate(&mut self, _: Minute, _: Calls) -> Result<(), TooLarge> {
        Ok(())
    }
}

fn main() -> ExitCode {
    let mut out = BufWriter::with_capacity(1 << 20, io::stdout().lock());
    match make(std::env::args().skip(1), &mut out) {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            // Not by `Debug`, which may have a backtrace. Where even this cannot be said, the code does.
            let _ = writeln!(io::stderr(), "error: {error}");
            ExitCode::FAILURE
        }
    }
}

/// Writes what the arguments ask for.
pub fn make(
    mut arguments: impl Iterator<Item = String>,
    out: &mut impl Write,
) -> anyhow::Result<()> {
    let mut first = arguments.next();
    let mut names = Names::default();
    if first.as_deref() == Some("--models") {
        let models = arguments.next().and_then(|models| models.parse().ok());
        names = Names::of(models.filter(|models| *models > 0).context(USAGE)?);
        first = arguments.next();
    }
    let rows = first.and_then(|rows| rows.parse().ok());
    let rows: usize = rows.context(USAGE)?;
    let is_csv = match arguments.next().as_deref() {
        Some("csv") => true,
        Some("jsonl") => false,
        _ => bail!(USAGE),
    };
    let path = arguments.next();
    let unit = match arguments.next() {
        Some(name) => Some(
            TimeUnit::named(&name)
                .with_context(|| format!("`{name}` is no unit of time\n\nhint: {UNITS}"))?,
        ),
        None => None,
    };
    ensure!(arguments.next().is_none(), USAGE);
    let log = match path {
        Some(path) => recorded(Path::new(&path), unit)?,
        None => made_up()?,
    };
    let (first, last) = log
        .minutes
        .first()
        .zip(log.minutes.last())
        .context("no calls to repeat")?;
    let length = last.0.saturating_sub(first.0).saturating_add(1);
    if is_csv {
        let model = if names.0.is_empty() { "" } else { ",Model" };
        writeln!(out, "TIMESTAMP,ContextTokens,GeneratedTokens{model}")?;
    }
    let mut left = rows;
    for copy in 0_i64.. {
        let later = copy.saturating_mul(length);
        for (minute, calls) in &log.minutes {
            if left == 0 {
                break;
            }
            let minute = minute.saturating_add(later);
            ensure!(
                minute < END,
                "so many copies last beyond the year 2100; {left} of {rows} rows are missing"
            );
            match is_csv {
                true => csv(out, minute, spread(calls).take(left), &mut names)?,
                false => json_lines(out, minute, spread(calls).take(left), &mut names)?,
            }
            left = left.saturating_sub(calls.len());
        }
        if left == 0 {
            break;
        }
    }
    out.flush()?;
    Ok(())
}

/// The names of models, and a state from which the next one follows.
#[derive(Default)]
struct Names(Vec<String>, u64);

impl Names {
    fn of(models: usize) -> Self {
        let known = MODELS.iter().map(|name| (*name).to_owned());
        let more = (MODELS.len().saturating_add(1)..).map(|number| format!("model-{number}"));
        Self(known.chain(more).take(models).collect(), 1)
    }

    /// The name of the next call; `None` where calls name none.
    fn next(&mut self) -> Option<&str> {
        let Self(names, state) = self;
        let mut below = |count: usize| {
            let count = u64::try_from(count).ok()?;
            *state = state
                .wrapping_mul(6_364_136_223_846_793_005)
                .wrapping_add(1);
            usize::try_from((*state >> 33).checked_rem(count)?).ok()
        };
        // The smaller of two: the first names come more often.
        let name = below(names.len())?.min(below(names.len())?);
        names.get(name).map(String::as_str)
    }
}

/// Calls with the microseconds of their minute at which they come.
fn spread(calls: &[Call]) -> impl Iterator<Item = (u64, Call)> {
    let all = u64::try_from(calls.len()).unwrap_or(u64::MAX).max(1);
    let at = move |place: u64| place.saturating_mul(MINUTE).checked_div(all).unwrap_or(0);
    (0..).map(at).zip(calls.iter().copied())
}

/// In China Standard Time, which is what a time without a zone is.
fn csv(
    out: &mut impl Write,
    minute: Minute,
    calls: impl Iterator<Item = (u64, Call)>,
    names: &mut Names,
) -> anyhow::Result<()> {
    let seconds = minute.saturating_add(480).saturating_mul(60);
    let time = DateTime::from_timestamp(seconds, 0).context("a time out of range")?;
    let minute = time.format("%Y-%m-%d %H:%M").to_string();
    for (at, Call { input, output, .. }) in calls {
        let (second, fraction) = (at.div_euclid(1_000_000), at.rem_euclid(1_000_000));
        write!(out, "{minute}:{second:02}.{fraction:06}0,{input},{output}")?;
        match names.next() {
            Some(name) => writeln!(out, ",{name}")?,
            None => writeln!(out)?,
        }
    }
    Ok(())
}

fn json_lines(
    out: &mut impl Write,
    minute: Minute,
    calls: impl Iterator<Item = (u64, Call)>,
    names: &mut Names,
) -> anyhow::Result<()> {
    let start = u64::try_from(minute)?.saturating_mul(60_000);
    for (at, Call { input, output, .. }) in calls {
        let at = start.saturating_add(at.div_euclid(1_000));
        write!(
            out,
            r#"{{"timestamp": {at}, "input_length": {input}, "output_length": {output}"#
        )?;
        match names.next() {
            Some(name) => writeln!(out, r#", "model": "{name}"}}"#)?,
            None => writeln!(out, "}}")?,
        }
    }
    Ok(())
}

fn recorded(path: &Path, unit: Option<TimeUnit>) -> anyhow::Result<Log> {
    let read_in = |time_unit| {
        let mut log = Log::default();
        let options = Options {
            time_unit,
            ..Options::default()
        };
        let summary = read(vec![Source::path(path)], &options, &mut log, &mut |_| {})?;
        Ok((log, summary.relative()))
    };
    let read = match read_in(unit) {
        Err(TraceError::UnclearTime { .. }) if is_json_lines(path) => {
            read_in(Some(TimeUnit::Milliseconds))
        }
        read => read,
    };
    let (mut log, relative) = read.map_err(|error| match error {
        TraceError::UnclearTime { .. } => anyhow!("{error}\n\nhint: {UNITS}"),
        error => error.into(),
    })?;
    if relative {
        for (minute, _) in &mut log.minutes {
            *minute = minute.saturating_add(START);
        }
    }
    Ok(log)
}

/// Whether it is named like JSON Lines, perhaps compressed.
fn is_json_lines(path: &Path) -> bool {
    let name = path.file_name().unwrap_or_default().to_string_lossy();
    name.split('.').skip(1).any(|part| part == "jsonl")
}

fn made_up() -> anyhow::Result<Log> {
    let mut state = 0x2545_f491_4f6c_dd1d_u64;
    let mut random = |below: u64| {
        state ^= state << 13;
        state ^= state >> 7;
        state ^= state << 17;
        (state >> 11).checked_rem(below).unwrap_or(0)
    };
    let mut log = Log {
        minutes: (START..)
            .take(60)
            .map(|minute| (minute, Vec::new()))
            .collect(),
    };
    for _ in 0..CALLS {
        let minute = usize::try_from(random(60))?;
        // Half of the calls are short.
        let input = match random(2) {
            0 => random(400),
            _ => random(7_500),
        };
        let output = match random(4) {
            0 => random(600),
            _ => random(40),
        };
        let call = Call::plain(
            u32::try_from(input.saturating_add(1))?,
            u32::try_from(output.saturating_add(1))?,
        );
        if let Some((_, calls)) = log.minutes.get_mut(minute) {
            calls.push(call);
        }
    }
    Ok(log)
}
