//! The time that rows cover which a filter leaves out. They count, as a log covers the days of all its rows.

use super::format::MINUTE;
use super::time::is_relative;

/// The first and the last of some times. Dates, and times that are counted from a start of their own, are
/// apart, as they cannot be put in order.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Spans {
    /// The first and the last date.
    pub dates: Option<(i64, i64)>,
    /// The first and the last time that is counted from a start of its own.
    pub counted: Option<(i64, i64)>,
}

impl Spans {
    /// Those of both.
    #[must_use]
    pub fn joined(self, other: Self) -> Self {
        Self {
            dates: hull(self.dates, other.dates),
            counted: hull(self.counted, other.counted),
        }
    }

    /// The first and the last time of one kind.
    #[must_use]
    pub fn of(self, relative: bool) -> Option<(i64, i64)> {
        match relative {
            true => self.counted,
            false => self.dates,
        }
    }

    /// Adds an instant, in nanoseconds.
    pub(super) fn note(&mut self, at: i64) {
        let span = match is_relative(at) {
            true => &mut self.counted,
            false => &mut self.dates,
        };
        *span = hull(*span, Some((at, at)));
    }

    /// The same in minutes, of instants in nanoseconds.
    pub(super) fn minutes(self) -> Self {
        let minute = |at: i64| at.div_euclid(MINUTE);
        let minutes = |(first, last)| (minute(first), minute(last));
        Self {
            dates: self.dates.map(minutes),
            counted: self.counted.map(minutes),
        }
    }
}

/// The shortest span that contains both.
#[must_use]
pub fn hull(one: Option<(i64, i64)>, other: Option<(i64, i64)>) -> Option<(i64, i64)> {
    match (one, other) {
        (Some((a, b)), Some((c, d))) => Some((a.min(c), b.max(d))),
        (one, other) => one.or(other),
    }
}
