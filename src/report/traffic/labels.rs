//! What a chart of traffic says in words.

use super::columns::{DAY, Span};
use super::{Side, TrafficChart};
use crate::billing::load::OnOverflow;
use crate::billing::number::{counted, spoken};

/// Why what overflows does not only stand above a line.
const AS_A_WHOLE: &str =
    "a call overflows as a whole, input and output, so some of it may stand below a line";

/// What a row of the legend explains.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Key {
    /// The colour of tokens within the quota.
    InQuota,
    /// The colour of what overflows.
    Overflow,
    /// The line at the reservation.
    Reserved,
    /// Nothing that is drawn.
    Remark,
}

/// The rows of the legend.
pub fn legend(chart: &TrafficChart, span: &Span) -> Vec<(Key, String)> {
    let mut rows = Vec::new();
    match chart.reserved {
        None => rows.push((Key::InQuota, "tokens of all calls".to_owned())),
        Some(_) => {
            let beyond = chart.minutes.iter();
            let minutes = beyond.filter(|minute| minute.overflow != (0, 0)).count();
            rows.push((Key::InQuota, "within the quota".to_owned()));
            rows.push((Key::Overflow, overflow(chart.on_overflow, minutes)));
            rows.push((Key::Reserved, "reserved tokens per minute (TPM)".to_owned()));
            if minutes > 0 {
                rows.push((Key::Remark, AS_A_WHOLE.to_owned()));
            }
        }
    }
    rows.extend(busiest(span).map(|said| (Key::Remark, said)));
    rows
}

/// What becomes of calls that do not fit, and how often that is.
fn overflow(on_overflow: OnOverflow, minutes: usize) -> String {
    let what = match on_overflow {
        OnOverflow::Bill => "overflow, billed as ordinary calls",
        OnOverflow::Reject => "refused",
    };
    match u64::try_from(minutes).unwrap_or(u64::MAX) {
        0 => format!("{what}: nothing"),
        minutes => format!("{what}: in {}", counted(minutes, "minute")),
    }
}

/// Of how many minutes a column is the busiest, where they are several.
fn busiest(span: &Span) -> Option<String> {
    let whole = |count: i128| u64::try_from(count).unwrap_or(u64::MAX);
    let longer = match span.width {
        ..=1 => return None,
        2..60 => String::new(),
        60..DAY => format!(" ({})", counted(whole(span.width.div_euclid(60)), "hour")),
        _ => format!(" ({})", counted(whole(span.width.div_euclid(DAY)), "day")),
    };
    let minutes = counted(whole(span.width), "minute");
    Some(format!("each column is the busiest of {minutes}{longer}"))
}

/// The heading of a panel.
pub fn heading(side: Side) -> String {
    format!("{} tokens per minute", side.name())
}

/// Beside the line at a reservation.
pub fn reserved(tpm: u64) -> [String; 2] {
    ["reserved".to_owned(), format!("{} TPM", spoken(tpm))]
}
