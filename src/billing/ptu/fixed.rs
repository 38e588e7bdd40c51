//! Terms that are bought whole, beside days and months.

use super::{Period, Request};
use crate::billing::note::Note;
use crate::billing::renewal::TermLength;
use crate::billing::term::months;
use crate::billing::unit::Unit;

/// A term of a fixed length.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Fixed {
    /// Eight hours.
    Block,
    /// Seven days.
    Week,
    /// Three months. Its traffic is that of 90 days.
    Quarter,
    /// Twelve months. Its traffic is that of 365 days.
    Year,
}

impl Fixed {
    /// Every one.
    pub const ALL: [Self; 4] = [Self::Block, Self::Week, Self::Quarter, Self::Year];

    /// As it is counted: `2 weeks`.
    #[must_use]
    pub fn noun(self) -> &'static str {
        match self {
            Self::Block => "block",
            Self::Week => "week",
            Self::Quarter => "quarter",
            Self::Year => "year",
        }
    }

    /// More than one of it: `weeks`.
    #[must_use]
    pub fn noun_of_many(self) -> &'static str {
        match self {
            Self::Block => "blocks",
            Self::Week => "weeks",
            Self::Quarter => "quarters",
            Self::Year => "years",
        }
    }

    /// The period that its price is for.
    #[must_use]
    pub fn period(self) -> Period {
        Period::Fixed(self)
    }

    /// What its number is counted in.
    #[must_use]
    pub fn unit(self) -> Unit {
        match self {
            Self::Block => Unit::Block,
            Self::Week => Unit::Week,
            Self::Quarter => Unit::Quarter,
            Self::Year => Unit::Year,
        }
    }

    /// The hours of one.
    #[must_use]
    pub fn hours(self) -> u64 {
        match self {
            Self::Block => 8,
            Self::Week => 7 * 24,
            Self::Quarter => 90 * 24,
            Self::Year => 365 * 24,
        }
    }

    /// Its whole days; `None` of a part of a day.
    #[must_use]
    pub fn days(self) -> Option<u64> {
        match self {
            Self::Block => None,
            Self::Week => Some(7),
            Self::Quarter => Some(90),
            Self::Year => Some(365),
        }
    }

    /// The fewest that can cover so many days.
    #[must_use]
    pub fn covering(self, days: u64) -> u64 {
        match self.months() {
            Some(each) => months::covering(days).div_ceil(each.into()),
            None => {
                let hours = days.saturating_mul(24);
                hours.div_ceil(self.hours())
            }
        }
    }

    /// Its months, where it is one of months.
    #[must_use]
    pub fn months(self) -> Option<u32> {
        match self {
            Self::Block | Self::Week => None,
            Self::Quarter => Some(3),
            Self::Year => Some(12),
        }
    }

    /// An ISO 8601 duration of so many.
    #[must_use]
    pub fn iso(self, count: u32) -> String {
        match self {
            Self::Block => format!("PT{}H", u64::from(count).saturating_mul(self.hours())),
            Self::Week => format!("P{count}W"),
            Self::Quarter => format!("P{}M", u64::from(count).saturating_mul(3)),
            Self::Year => format!("P{count}Y"),
        }
    }

    /// The term that is renewed; `None` where it is not: a block ends by itself.
    #[must_use]
    pub fn renewed(self, count: u32) -> Option<TermLength> {
        match self {
            Self::Block => None,
            Self::Week => Some(TermLength::Days(u64::from(count).saturating_mul(7), None)),
            Self::Quarter => Some(TermLength::Months(count.saturating_mul(3))),
            Self::Year => Some(TermLength::Months(count.saturating_mul(12))),
        }
    }

    /// What is said of its traffic.
    pub(super) fn note(self, request: &Request) -> Option<Note> {
        let served = request.is_used_for_its_term();
        match self {
            Self::Quarter if served => Some(Note::QuarterOf90Days),
            Self::Year if served => Some(Note::YearOf365Days),
            _ => None,
        }
    }
}
