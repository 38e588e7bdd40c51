//! Days on which the same prices are in force, where these change in the time that is billed.

use std::fmt;

use chrono::NaiveDate;

/// The days from one day to another; all of the time that is billed where both are `None`.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Days {
    /// The first day; `None` where nothing that is billed comes before it.
    pub from: Option<NaiveDate>,
    /// The day after the last; `None` where nothing that is billed comes after them.
    pub before: Option<NaiveDate>,
}

/// A part of a reservation's time: the increments that begin in it, at the same price.
#[derive(Debug, Clone, Copy)]
pub struct Piece<'a, P> {
    /// The days in which they begin.
    pub days: Days,
    /// How many increments begin in these days: minutes or hours.
    pub increments: u64,
    /// The prices in force on these days.
    pub prices: &'a P,
}

impl fmt::Display for Days {
    /// What follows the name of a line: ` before 2026-11-10`, or nothing.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match (self.from, self.before) {
            (None, None) => Ok(()),
            (None, Some(before)) => write!(f, " before {before}"),
            (Some(from), None) => write!(f, " from {from}"),
            (Some(from), Some(before)) => match before.pred_opt().filter(|last| *last > from) {
                Some(last) => write!(f, " from {from} to {last}"),
                None => write!(f, " on {from}"),
            },
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn days_are_said_after_the_name_of_a_line() {
        let day = |day| NaiveDate::from_ymd_opt(2026, 11, day);
        let said = |from, before| Days { from, before }.to_string();
        assert_eq!(said(None, None), "");
        assert_eq!(said(None, day(10)), " before 2026-11-10");
        assert_eq!(said(day(10), None), " from 2026-11-10");
        assert_eq!(said(day(10), day(12)), " from 2026-11-10 to 2026-11-11");
        assert_eq!(said(day(10), day(11)), " on 2026-11-10");
    }
}
