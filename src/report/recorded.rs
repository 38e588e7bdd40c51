//! Recorded traffic below a quote: what a trace adds up to, its minutes, and its day as a line.

use super::document::{Body, Cell, Column, Document, Table};
use crate::billing::calendar::Moment;
use crate::billing::exact::round2;
use crate::billing::load::OnOverflow;
use crate::billing::number::{counted, grouped};
use crate::billing::recorded::{Admitted, Calls, Described, PerMinute, Recorded};

const MINUTES_OF_A_DAY: u64 = 24 * 60;

/// Adds the sums of a trace, and its minutes.
pub fn add(document: &mut Document, trace: &Recorded) {
    document.part("Recorded traffic", Body::Facts(facts(trace)));
    document.part("", Body::Table(minutes(trace)));
}

/// Adds the sums of a trace, and its minutes as details.
pub fn add_short(document: &mut Document, trace: &Recorded) {
    document.part("Recorded traffic", Body::Facts(facts(trace)));
    document.details("Minutes of the trace", Body::Table(minutes(trace)));
}

/// The calls and what became of them in a line.
pub fn line(trace: &Recorded) -> String {
    let facts = about(trace).into_iter().chain(admission(trace));
    let facts = facts.map(|(label, fact)| format!("{} {fact}", label.to_lowercase()));
    facts.collect::<Vec<String>>().join("; ")
}

fn facts(trace: &Recorded) -> Vec<(&'static str, String)> {
    let mut facts = about(trace);
    facts.extend(admission(trace));
    facts.extend(day(trace).map(|day| ("Day", day)));
    facts
}

fn minutes(trace: &Recorded) -> Table {
    let mut minutes = Table::new(vec![
        Column::text("Tokens a minute"),
        Column::number("Input"),
        Column::number("Output"),
    ]);
    let (input, output) = (&trace.input_tpm, &trace.output_tpm);
    for ((label, input), (_, output)) in statistics(input).into_iter().zip(statistics(output)) {
        minutes.row(vec![
            Cell::text(label),
            Cell::number(input),
            Cell::number(output),
        ]);
    }
    minutes
}

/// The trace by its file, and what of it was asked for: `calls.csv where model=qwen3-max`.
pub fn named(trace: &Recorded) -> String {
    let files = match trace.files.as_slice() {
        [] if trace.load.is_some() => "a load".to_owned(),
        [only] if only == "-" => "the standard input".to_owned(),
        [only] => only.clone(),
        several => format!("{} files", several.len()),
    };
    let filters = match trace.filters.as_slice() {
        [] => String::new(),
        filters => format!(" where {}", filters.join(", ")),
    };
    format!("{files}{filters}")
}

/// How many files of folders were left out.
fn left_out(files: u64) -> String {
    match files {
        0 => String::new(),
        files => format!(
            "; {} left out, no log by name or without a call",
            counted(files, "file")
        ),
    }
}

/// The first and the last minute, and how many they are.
pub fn span(trace: &Recorded) -> String {
    let minutes = counted(trace.minutes, "minute");
    match trace.between {
        Some((from, to)) => format!("{} to {} UTC+8: {minutes}", said(from), said(to)),
        None => format!("{minutes} from a start of its own"),
    }
}

/// The files, the span and the calls.
fn about(trace: &Recorded) -> Vec<(&'static str, String)> {
    let mut calls = sums(trace.total);
    if trace.above_max > 0 {
        calls.push_str(&format!(
            "; {} above the maximum input",
            counted(trace.above_max, "call")
        ));
    }
    let read = match &trace.load {
        Some(load) => ("Load", described(load)),
        None => {
            let named = named(trace);
            let left_out = left_out(trace.files_left_out);
            (
                "Trace",
                format!("{named}, times in {}{left_out}", trace.time),
            )
        }
    };
    let mut about = vec![read];
    if !trace.logs.is_empty() {
        let logs: Vec<&str> = trace.logs.iter().map(|log| log.title).collect();
        about.push(("Read as", logs.join(", and ")));
    }
    about.extend([("Span", span(trace)), ("Calls", calls)]);
    about
}

/// The lines of a load, and when it comes.
fn described(load: &Described) -> String {
    let lines = load.lines.iter().map(|line| format!("{}; ", line.said));
    let time = match load.minutes.checked_rem(MINUTES_OF_A_DAY) {
        Some(0) => counted(load.minutes / MINUTES_OF_A_DAY, "day"),
        _ => counted(load.minutes, "minute"),
    };
    format!("{}{time} from {}", lines.collect::<String>(), load.first)
}

/// Which calls fit the reservation, and how much of it they use.
fn admission(trace: &Recorded) -> Vec<(&'static str, String)> {
    let Some(admitted) = &trace.reserved else {
        return Vec::new();
    };
    let overflow = match admitted.on_overflow {
        OnOverflow::Bill => "Overflow",
        OnOverflow::Reject => "Refused",
    };
    let mut said = sums(admitted.overflow);
    if admitted.overflow.calls > 0 {
        said.push_str(&format!(
            ", in {}",
            counted(admitted.overflow_minutes, "minute")
        ));
    }
    let mut facts = vec![("In quota", sums(admitted.in_quota)), (overflow, said)];
    facts.extend(used(admitted, trace).map(|used| ("Used", used)));
    facts
}

/// How much of the reservation is used; a side without a reservation is left out.
fn used(admitted: &Admitted, trace: &Recorded) -> Option<String> {
    let names = match admitted.meters.as_slice() {
        [] => ["input TPM", "output TPM"].map(str::to_owned).to_vec(),
        [only] => vec![format!("{only} a minute that are reserved")],
        several => several
            .iter()
            .map(|name| format!("weighted {name} TPM"))
            .collect(),
    };
    let meters = names.into_iter().zip(admitted.utilisation);
    let meters = meters
        .filter_map(|(name, share)| Some(format!("{}% of the {name}", grouped(round2(share?), 2))));
    let sides: Vec<String> = meters.collect();
    let of = match trace.scale {
        Some(scale) => counted(scale.to, "day"),
        None => "minutes of the trace".to_owned(),
    };
    (!sides.is_empty()).then(|| format!("{} in the {of}", sides.join(", ")))
}

/// Calls with their tokens of each kind, in words.
pub fn sums(calls: Calls) -> String {
    let number = |count: u64| grouped(count.into(), 0);
    match calls == Calls::default() {
        true => "none".to_owned(),
        false => format!(
            "{}: {} input{} and {}",
            counted(calls.calls, "call"),
            number(calls.tokens.input),
            cached(calls),
            counted(calls.tokens.output, "output token")
        ),
    }
}

/// What of the input is cached, where some is: ` (3,000 cached)`.
fn cached(calls: Calls) -> String {
    let kinds = [
        (calls.tokens.cached, "cached"),
        (calls.tokens.cache_write, "written to a cache"),
    ];
    let some = kinds.into_iter().filter(|(tokens, _)| *tokens > 0);
    let said = some.map(|(tokens, what)| format!("{} {what}", grouped(tokens.into(), 0)));
    let said: Vec<String> = said.collect();
    match said.is_empty() {
        true => String::new(),
        false => format!(" ({})", said.join(", ")),
    }
}

pub fn said(moment: Moment) -> String {
    moment.format("%Y-%m-%d %H:%M").to_string()
}

/// Mean, percentiles and peak of the minutes of a side.
pub fn statistics(side: &PerMinute) -> Vec<(&'static str, String)> {
    let number = |count: u64| grouped(count.into(), 0);
    let mut rows = vec![
        ("mean", grouped(round2(side.mean), 2)),
        ("p50", number(side.p50)),
        ("p95", number(side.p95)),
        ("p99", number(side.p99)),
        ("peak", number(side.peak)),
    ];
    rows.extend(side.busiest.map(|minute| ("busiest minute", said(minute))));
    rows
}

/// The heights of a line of blocks, the lowest first.
pub const BLOCKS: [char; 8] = ['▁', '▂', '▃', '▄', '▅', '▆', '▇', '█'];

/// The day by half hours between its hours. The highest block is that with the most tokens a minute,
/// the lowest that without any.
fn day(trace: &Recorded) -> Option<String> {
    let most = u128::from(*trace.day.iter().max()?);
    let steps = (BLOCKS.len() as u128).saturating_sub(1);
    let line: String = trace
        .day
        .iter()
        .filter_map(|tokens| {
            let scaled = u128::from(*tokens).saturating_mul(steps);
            let height = scaled.div_ceil(most.max(1));
            BLOCKS.get(usize::try_from(height).ok()?)
        })
        .collect();
    Some(format!("00:00 {line} 24:00 UTC+8"))
}
