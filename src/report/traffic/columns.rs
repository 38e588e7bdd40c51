//! Minutes as the columns of a chart: one each, or the busiest of several where there are more
//! minutes than columns.

use super::Side;
use super::round::round_numbers;
use crate::billing::recorded::MinuteTokens;

pub const DAY: i128 = 1_440;

/// Minutes of a column that are no longer than a day: they divide it.
const WIDTHS: [i128; 13] = [1, 2, 3, 5, 10, 15, 30, 60, 120, 180, 360, 720, DAY];

/// The tokens of a side in the busiest minute of a column.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Column {
    /// Within the quota.
    pub in_quota: u128,
    /// Beyond the quota.
    pub overflow: u128,
}

impl Column {
    pub fn total(self) -> u128 {
        self.in_quota.saturating_add(self.overflow)
    }
}

/// Time in columns of one width.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Span {
    /// The first minute of the first column.
    pub start: i128,
    /// Minutes of each column.
    pub width: i128,
    /// Number of columns.
    pub columns: usize,
}

impl Span {
    /// The span of these minutes in at most `most` columns, which begin at multiples of their width on
    /// a clock that is `ahead` minutes ahead.
    pub fn of(rows: &[MinuteTokens], ahead: i128, most: usize) -> Self {
        let minutes = || rows.iter().map(|row| i128::from(row.minute));
        let first = minutes().min().unwrap_or(0);
        let last = minutes().max().unwrap_or(0);
        let of_width = |width: i128| {
            let place = |minute: i128| minute.saturating_add(ahead).div_euclid(width);
            let columns = place(last).saturating_sub(place(first)).saturating_add(1);
            Self {
                start: place(first).saturating_mul(width).saturating_sub(ahead),
                width,
                columns: usize::try_from(columns).unwrap_or(usize::MAX),
            }
        };
        let days = round_numbers().filter_map(|days| i128::try_from(days).ok()?.checked_mul(DAY));
        let mut widths = WIDTHS.into_iter().chain(days);
        widths
            .find_map(|width| Some(of_width(width)).filter(|span| span.columns <= most))
            .unwrap_or_else(|| of_width(i128::MAX))
    }

    pub fn minutes(&self) -> i128 {
        let columns = i128::try_from(self.columns).unwrap_or(i128::MAX);
        self.width.saturating_mul(columns)
    }

    /// The columns of a side. A column is its minute with the most tokens; of several, the one of
    /// which most overflows.
    pub fn columns(&self, rows: &[MinuteTokens], side: Side) -> Vec<Column> {
        let mut columns = vec![Column::default(); self.columns];
        for row in rows {
            let along = i128::from(row.minute).saturating_sub(self.start);
            let at = usize::try_from(along.div_euclid(self.width)).ok();
            let Some(column) = at.and_then(|at| columns.get_mut(at)) else {
                continue;
            };
            let minute = Column {
                in_quota: side.of(row.in_quota).into(),
                overflow: side.of(row.overflow).into(),
            };
            let rank = |column: &Column| (column.total(), column.overflow);
            if rank(&minute) > rank(column) {
                *column = minute;
            }
        }
        columns
    }
}
