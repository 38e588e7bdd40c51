//! What a comparison of recorded calls says of its trace.

use super::CompareReport;
use crate::billing::note::{ToldNote, TraceNote};
use crate::billing::recorded::Recorded;
use crate::compare::{CheapestOtherwise, Row, Traffic};

/// The assumptions under which a trace was read, a line each.
pub fn trace_lines(report: &CompareReport) -> Vec<String> {
    match &report.comparison.traffic {
        Traffic::Steady(_) => Vec::new(),
        Traffic::Recorded(trace) => {
            let (scaled, assumed): (Vec<_>, Vec<_>) = trace
                .assumed()
                .into_iter()
                .partition(|note| matches!(note, TraceNote::Scaled { .. }));
            let told = told_lines(report, trace);
            let otherwise = report.comparison.otherwise.iter();
            let scaled = scaled.iter().map(ToString::to_string);
            told.into_iter()
                .chain(scaled)
                .chain(otherwise.map(|other| otherwise_line(other, report)))
                .chain(assumed.iter().map(ToString::to_string))
                .collect()
        }
    }
}

/// Notes on what the calls of a trace say but no option prices.
fn told_lines(report: &CompareReport, trace: &Recorded) -> Vec<String> {
    let told = &trace.told;
    let rows = &report.comparison.rows;
    let is_other = |row: &Row| row.quote.model.code != told.priced_as;
    let several = rows.iter().any(is_other);
    let mode = report.comparison.mode;
    let mut notes = told.notes(mode, trace.total, several);
    let in_another = |row: &Row| {
        let mode = row.quote.parameters.mode();
        mode.is_some_and(|mode| told.in_another(mode).is_some())
    };
    if report.comparison.mode.is_none() && rows.iter().any(in_another) {
        notes.push(ToldNote::Modes {
            thinking: told.thinking,
            non_thinking: told.non_thinking,
            of: trace.total.calls,
        });
    }
    notes.iter().map(ToString::to_string).collect()
}

/// The cheapest option if the days of the trace are counted in another way.
fn otherwise_line(other: &CheapestOtherwise, report: &CompareReport) -> String {
    let CheapestOtherwise {
        how,
        scale,
        rank,
        total,
        sized,
    } = *other;
    let mut rows = report.comparison.rows.iter();
    let option = rows
        .find(|row| row.rank == Some(rank))
        .map(|row| row.kind.name());
    let note = TraceNote::Otherwise {
        how,
        scale,
        total: None,
        sized: false,
    };
    let too = if rank == 1 { ", too" } else { "" };
    let sizes = if sized { " at the same sizes" } else { "" };
    format!(
        "{note}: {rank} ({}) is the cheapest then{too}{sizes}, {total} in all",
        option.unwrap_or_default()
    )
}
