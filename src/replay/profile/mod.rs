//! The shape of a trace: tokens per minute over its span, and when they come.
//!
//! Minutes with calls are kept, 24 bytes each: a year without a gap is 12 MiB. Of minutes that are
//! said to have none, only how far they reach is kept.

mod day;
mod intake;
mod quarters;

use super::Calls;
use super::{Minute, Stretches};
pub use day::{DAY_PARTS, DayPart, blocks, calendar_days, minutes_of};
pub use quarters::quarters;

/// The most minutes with calls that are kept: two years without a gap, 24 MiB.
pub const MOST_MINUTES: usize = 1 << 20;

/// Tokens of a minute.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Row {
    /// The minute.
    pub minute: Minute,
    /// Input tokens.
    pub input: u64,
    /// Output tokens.
    pub output: u64,
}

/// Input or output tokens.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Side {
    /// Tokens that are sent.
    Input,
    /// Tokens that are answered.
    Output,
}

impl Row {
    /// The tokens of a side.
    #[must_use]
    pub fn side(&self, side: Side) -> u64 {
        match side {
            Side::Input => self.input,
            Side::Output => self.output,
        }
    }
}

/// The tokens of a trace, minute by minute.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Profile {
    pub(super) max_input: Stretches<Option<u64>>,
    pub(super) total: Calls,
    /// The first and the last minute, those that are said to have no calls too.
    pub(super) span: Option<(Minute, Minute)>,
    /// Minutes with calls, in their order.
    pub(super) rows: Vec<Row>,
    /// The part of these minutes that is above the maximum input.
    pub(super) above_rows: Vec<Row>,
    pub(super) above: Calls,
    pub(super) largest_input: u32,
    pub(super) largest_output: u32,
    /// The last minute of which sums came, and these sums.
    pub(super) pending: Option<(Minute, Calls)>,
    pub(super) less_exact: u64,
}

impl Profile {
    /// An empty trace; calls above `max_input`, which may change with time, are counted apart.
    #[must_use]
    pub fn new(max_input: impl Into<Stretches<Option<u64>>>) -> Self {
        Self {
            max_input: max_input.into(),
            ..Self::default()
        }
    }

    /// All calls and their tokens.
    #[must_use]
    pub fn total(&self) -> Calls {
        self.total
    }

    /// Calls above the maximum input, and all their input and output; no reservation takes them (`ptu.max-input`).
    #[must_use]
    pub fn above_max(&self) -> Calls {
        self.above
    }

    /// The largest input and the largest output of a single call, not of the same one; of calls
    /// that are known one by one.
    #[must_use]
    pub fn largest(&self) -> (u32, u32) {
        (self.largest_input, self.largest_output)
    }

    /// Minutes of which only sums were known.
    #[must_use]
    pub fn less_exact(&self) -> u64 {
        self.less_exact
    }

    /// Minutes with calls, in their order.
    #[must_use]
    pub fn minutes(&self) -> &[Row] {
        &self.rows
    }

    /// The first and the last minute, with calls or with sums that say that there were none; `None` of
    /// an empty trace.
    #[must_use]
    pub fn span(&self) -> Option<(Minute, Minute)> {
        self.span
    }

    /// The first and the last minute with calls.
    pub(super) fn busy_span(&self) -> Option<(Minute, Minute)> {
        Some((self.rows.first()?.minute, self.rows.last()?.minute))
    }

    /// Minutes of the span, the first and the last counted.
    #[must_use]
    pub fn span_minutes(&self) -> u64 {
        self.span().map_or(0, minutes_of)
    }

    /// The mean TPM over the span is the tokens of a side by [`Profile::span_minutes`]; minutes
    /// without calls count as 0.
    #[must_use]
    pub fn mean(&self, side: Side) -> (u64, u64) {
        let tokens = match side {
            Side::Input => self.total.tokens.input,
            Side::Output => self.total.tokens.output,
        };
        (tokens, self.span_minutes())
    }

    /// The minute with the most tokens of a side, the first of several.
    #[must_use]
    pub fn busiest(&self, side: Side) -> Option<Row> {
        let mut rows = self.rows.iter();
        let first = rows.next()?;
        Some(*rows.fold(first, |best, row| {
            if row.side(side) > best.side(side) {
                row
            } else {
                best
            }
        }))
    }

    /// The TPM of a side that `percent` of the minutes of the span do not exceed, by nearest rank:
    /// with the minutes in order of their tokens, those without calls too, the one at rank
    /// `⌈percent × minutes ÷ 100⌉`, the first at 0 percent. 0 of an empty trace.
    #[must_use]
    pub fn percentile(&self, side: Side, percent: u8) -> u64 {
        let tokens = self.rows.iter().map(|row| row.side(side)).collect();
        nearest_rank(tokens, self.span_minutes(), percent)
    }

    /// As [`Profile::percentile`], of the calls that a reservation takes: not of those above the
    /// maximum input. At 100 percent their peak.
    #[must_use]
    pub fn percentile_within_max(&self, side: Side, percent: u8) -> u64 {
        let mut above = self.above_rows.iter().peekable();
        let tokens = self.rows.iter().map(|row| {
            let of_row = above.next_if(|above| above.minute == row.minute);
            let above = of_row.map_or(0, |above| above.side(side));
            row.side(side).saturating_sub(above)
        });
        nearest_rank(tokens.collect(), self.span_minutes(), percent)
    }
}

/// The value at that rank among `minutes` values, of which all but `values` are 0.
pub(super) fn nearest_rank<N: Ord + Copy + Default>(
    mut values: Vec<N>,
    minutes: u64,
    percent: u8,
) -> N {
    let rank = u128::from(minutes)
        .saturating_mul(percent.min(100).into())
        .div_ceil(100)
        .max(1);
    let known = u64::try_from(values.len()).unwrap_or(u64::MAX);
    let zeros = minutes.saturating_sub(known);
    let index = rank
        .checked_sub(u128::from(zeros).saturating_add(1))
        .and_then(|index| usize::try_from(index).ok())
        .filter(|index| *index < values.len());
    match index {
        Some(index) => *values.select_nth_unstable(index).1,
        None => N::default(),
    }
}
