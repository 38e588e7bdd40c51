//! The columns of CSV that say what a recorded trace adds up to, and what became of its calls. They
//! are there where a quote is of a trace, after all others.

use crate::billing::exact::plain;
use crate::billing::quote::Quote;
use crate::billing::recorded::Admitted;
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

/// Its title where a reservation weighs tokens: what is used of each meter in percent, `tokens=0.23`.
pub const OF_METERS: &str = "utilisation_percent";

/// Whether a quote has that column.
pub fn has_meters(quote: &Quote) -> bool {
    let reserved = quote.recorded.iter().flat_map(|trace| &trace.reserved);
    reserved
        .into_iter()
        .any(|admitted| !admitted.meters.is_empty())
}

/// What is used of each meter.
pub fn of_meters(quote: &Quote) -> Cell<'static> {
    let reserved = quote.recorded.iter().flat_map(|trace| &trace.reserved);
    let meters = reserved.flat_map(|admitted| admitted.meters.iter().zip(admitted.utilisation));
    let meters = meters.filter_map(|(name, share)| Some(format!("{name}={}", plain(share?))));
    Cell::text(meters.collect::<Vec<String>>().join("; "))
}

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
    let [input, output] = reserved.map(Admitted::sides).unwrap_or_default();
    vec![
        count(Some(trace.minutes)),
        count(Some(trace.total.calls)),
        count(reserved.map(|admitted| admitted.in_quota.calls)),
        count(reserved.map(|admitted| admitted.overflow.calls)),
        percent(input),
        percent(output),
        count(trace.scale.map(|scale| scale.to)),
        count(Some(trace.skipped)),
        Cell::Fixed(if trace.zone_assumed { "yes" } else { "no" }),
        Cell::Fixed(trace.scale.map_or("", |scale| scale.pattern().name())),
        count(trace.scale.map(|scale| scale.pattern_days())),
    ]
}
