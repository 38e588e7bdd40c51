//! The columns of CSV that say what a recorded trace adds up to, and what became of its calls. They
//! are there where a quote is of a trace, after all others.

use crate::billing::exact::plain;
use crate::billing::quote::Quote;
use crate::report::render::csv::Cell;

pub const HEADER: &[&str] = &[
    "trace_minutes",
    "trace_calls",
    "in_quota_calls",
    "overflow_calls",
    "input_utilisation_percent",
    "output_utilisation_percent",
    "scaled_to_days",
    "skipped_rows",
    "zone_assumed",
    "pattern",
    "pattern_days",
];

/// The cells of the columns; empty where they do not apply.
pub fn cells(quote: &Quote) -> Vec<Cell<'static>> {
    let Some(trace) = &quote.recorded else {
        return HEADER.iter().map(|_| Cell::Fixed("")).collect();
    };
    let reserved = trace.reserved.as_ref();
    let count = |count: Option<u64>| {
        Cell::Number(count.map_or_else(String::new, |count| count.to_string()))
    };
    let percent = |percent: Option<_>| Cell::Number(percent.map(plain).unwrap_or_default());
    let used = reserved.map(|admitted| admitted.utilisation);
    vec![
        count(Some(trace.minutes)),
        count(Some(trace.total.calls)),
        count(reserved.map(|admitted| admitted.in_quota.calls)),
        count(reserved.map(|admitted| admitted.overflow.calls)),
        percent(used.and_then(|(input, _)| input)),
        percent(used.and_then(|(_, output)| output)),
        count(trace.scale.map(|scale| scale.to)),
        count(Some(trace.skipped)),
        Cell::Fixed(if trace.zone_assumed { "yes" } else { "no" }),
        Cell::Fixed(trace.scale.map_or("", |scale| scale.pattern().name())),
        count(trace.scale.map(|scale| scale.pattern_days())),
    ]
}
