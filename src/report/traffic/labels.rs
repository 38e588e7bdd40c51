//! The texts in a chart of traffic.

use super::columns::{DAY, Span};
use super::{Side, TrafficChart};
use crate::billing::load::OnOverflow;
use crate::billing::number::{counted, grouped, spoken};

/// Why overflow can also be below the line of the reservation.
fn as_a_whole(on_overflow: OnOverflow) -> String {
    let what = match on_overflow {
        OnOverflow::Bill => "overflows",
        OnOverflow::Reject => "is refused",
    };
    format!("a call {what} as a whole, input and output, so some of it may stand below a line")
}

/// The mark that a row of the legend explains.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Key {
    /// The colour of tokens within the quota.
    InQuota,
    /// The colour of what overflows.
    Overflow,
    /// The line at the reservation.
    Reserved,
    /// No mark: a remark.
    Remark,
}

pub fn legend(chart: &TrafficChart, span: &Span) -> Vec<(Key, String)> {
    let mut rows = Vec::new();
    match chart.reserved {
        None => rows.push((Key::InQuota, "tokens of all calls".to_owned())),
        Some(_) => {
            let beyond = chart.minutes.iter();
            let minutes = beyond.filter(|minute| minute.overflow != (0, 0)).count();
            let minutes = u64::try_from(minutes).unwrap_or(u64::MAX);
            let often = often(minutes, chart.length);
            rows.push((Key::InQuota, "within the quota".to_owned()));
            let said = match chart.on_overflow {
                OnOverflow::Bill if minutes == 0 => format!("overflow {often}"),
                OnOverflow::Bill => format!("overflow {often}, billed as ordinary calls"),
                OnOverflow::Reject => format!("refused {often}"),
            };
            rows.push((Key::Overflow, said));
            rows.push((Key::Reserved, "reserved tokens per minute (TPM)".to_owned()));
            if minutes > 0 {
                rows.push((Key::Remark, as_a_whole(chart.on_overflow)));
            }
        }
    }
    rows.extend(busiest(span).map(|said| (Key::Remark, said)));
    rows
}

/// In how many minutes of the trace calls do not fit.
fn often(minutes: u64, length: u64) -> String {
    let of = counted(length, "minute");
    match minutes {
        0 => format!("in none of {of}"),
        _ => format!(
            "in {} of {of} ({})",
            grouped(minutes.into(), 0),
            share(minutes, length)
        ),
    }
}

/// `part ÷ whole` in percent with one decimal; what is not nothing and not all is not said to be.
fn share(part: u64, whole: u64) -> String {
    if part >= whole {
        return "100%".to_owned();
    }
    let (part, whole) = (u128::from(part), u128::from(whole));
    let half = whole.div_euclid(2);
    let thousandfold = part.saturating_mul(1_000).saturating_add(half);
    match thousandfold.div_euclid(whole) {
        0 => "less than 0.1%".to_owned(),
        1_000.. => "more than 99.9%".to_owned(),
        tenths => format!("{}.{}%", tenths.div_euclid(10), tenths.rem_euclid(10)),
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

/// The heading of a panel, which says where there is nothing in it.
pub fn heading(side: Side, any: bool) -> String {
    let none = if any { "" } else { ": none" };
    format!("{} tokens per minute{none}", side.name())
}

pub fn reserved(tpm: u64) -> [String; 2] {
    ["reserved".to_owned(), format!("{} TPM", spoken(tpm))]
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_share_is_neither_nothing_nor_all_unless_it_is() {
        for (part, whole, said) in [
            (5_440, 525_600, "1.0%"),
            (1, 3, "33.3%"),
            (1, 2_000, "0.1%"),
            (1, 2_001, "less than 0.1%"),
            (1_999, 2_000, "more than 99.9%"),
            (9_994, 10_000, "99.9%"),
            (1, 1, "100%"),
            (u64::MAX, u64::MAX, "100%"),
            (1, u64::MAX, "less than 0.1%"),
        ] {
            assert_eq!(share(part, whole), said, "{part} of {whole}");
        }
    }
}
