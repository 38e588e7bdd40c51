//! Recorded traffic below a quote: what a trace adds up to, its minutes, and its day as a line.

use rust_decimal::Decimal;

use super::inline::prose;
use super::layout;
use super::style::Style;
use crate::billing::calendar::Moment;
use crate::billing::exact::round2;
use crate::billing::load::OnOverflow;
use crate::billing::number::{counted, grouped};
use crate::billing::recorded::{Admitted, Calls, PerMinute, Recorded};

const TITLE: &str = "Recorded traffic";

/// The trace as text of a terminal.
pub fn table(trace: &Recorded, style: Style) -> String {
    let mut text = format!("\n {}\n", style.dim(TITLE));
    let mut facts = about(trace);
    facts.extend(admission(trace));
    facts.extend(day(trace).map(|day| ("Day", day)));
    for (label, fact) in facts {
        let line = format!("{label:<8} {fact}");
        for line in layout::wrap(&line, "   ", "            ") {
            text.push_str(&format!("{line}\n"));
        }
    }
    text.push('\n');
    let (input, output) = (&trace.input_tpm, &trace.output_tpm);
    let mut minutes = layout::columns(&["Tokens a minute", "Input", "Output"], &[1, 2]);
    for ((label, input), (_, output)) in statistics(input).into_iter().zip(statistics(output)) {
        minutes.add_row([label.to_owned(), input, output]);
    }
    for (at, line) in layout::lines(&minutes).iter().enumerate() {
        let line = match at {
            0 => style.dim(line),
            _ => line.clone(),
        };
        text.push_str(&format!("  {line}\n"));
    }
    text
}

/// The trace as a list.
pub fn markdown(trace: &Recorded) -> String {
    let mut text = format!("{TITLE}:\n\n");
    let mut facts = about(trace);
    let sides = [
        ("Input TPM", &trace.input_tpm),
        ("Output TPM", &trace.output_tpm),
    ];
    for (label, side) in sides {
        let said: Vec<String> = statistics(side)
            .into_iter()
            .map(|(name, value)| format!("{name} {value}"))
            .collect();
        facts.push((label, said.join(", ")));
    }
    facts.extend(admission(trace));
    for (label, fact) in facts {
        text.push_str(&format!("- {label}: {}\n", prose(&fact)));
    }
    if let Some(day) = day(trace) {
        text.push_str(&format!("- Day: `{day}`\n"));
    }
    text.push('\n');
    text
}

/// The files, the span and the calls.
fn about(trace: &Recorded) -> Vec<(&'static str, String)> {
    let files = match trace.files.as_slice() {
        [only] if only == "-" => "the standard input".to_owned(),
        [only] => only.clone(),
        several => format!("{} files", several.len()),
    };
    let filters = match trace.filters.as_slice() {
        [] => String::new(),
        filters => format!(" where {}", filters.join(", ")),
    };
    let minutes = counted(trace.minutes, "minute");
    let span = match trace.between {
        Some((from, to)) => format!("{} to {} UTC+8: {minutes}", said(from), said(to)),
        None => format!("{minutes} from a start of its own"),
    };
    let mut calls = sums(trace.total);
    if trace.above_max > 0 {
        calls.push_str(&format!(
            "; {} above the maximum input",
            counted(trace.above_max, "call")
        ));
    }
    vec![
        (
            "Trace",
            format!("{files}{filters}, times in {}", trace.time),
        ),
        ("Span", span),
        ("Calls", calls),
    ]
}

/// What became of the calls.
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

/// How much of what is reserved is used: a side of which nothing is reserved is not mentioned.
fn used(admitted: &Admitted, trace: &Recorded) -> Option<String> {
    let (input, output) = admitted.utilisation;
    let side = |share: Option<Decimal>, name| {
        share.map(|share| format!("{}% of the {name}", grouped(round2(share), 2)))
    };
    let sides: Vec<String> = [side(input, "input TPM"), side(output, "output TPM")]
        .into_iter()
        .flatten()
        .collect();
    let of = match trace.scale {
        Some(scale) => counted(scale.to, "day"),
        None => "minutes of the trace".to_owned(),
    };
    (!sides.is_empty()).then(|| format!("{} in the {of}", sides.join(", ")))
}

fn sums(calls: Calls) -> String {
    let number = |count: u64| grouped(count.into(), 0);
    match calls == Calls::default() {
        true => "none".to_owned(),
        false => format!(
            "{}: {} input and {}",
            counted(calls.calls, "call"),
            number(calls.input),
            counted(calls.output, "output token")
        ),
    }
}

fn said(moment: Moment) -> String {
    moment.format("%Y-%m-%d %H:%M").to_string()
}

/// What is told of the minutes of a side.
fn statistics(side: &PerMinute) -> Vec<(&'static str, String)> {
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
const BLOCKS: [char; 8] = ['▁', '▂', '▃', '▄', '▅', '▆', '▇', '█'];

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
