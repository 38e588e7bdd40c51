//! Billing increments: the only place where time is rounded up.

use std::fmt;

use rust_decimal::Decimal;

use super::{SECONDS_PER_DAY, SECONDS_PER_HOUR, SECONDS_PER_MINUTE, Span};
use crate::billing::error::QuoteError;
use crate::billing::exact::{self, TooLarge};
use crate::billing::number::{counted, grouped};
use crate::billing::unit::{Quantity, Unit};

/// The smallest stretch of time that is billed. Catalog data, not code.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Increment {
    /// A started minute is billed as a whole minute.
    Minute,
    /// A started hour is billed as a whole hour.
    Hour,
    /// A started day is billed as a whole day.
    Day,
}

impl Increment {
    /// Reads `minute`, `hour` or `day`.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        match text {
            "minute" => Some(Self::Minute),
            "hour" => Some(Self::Hour),
            "day" => Some(Self::Day),
            _ => None,
        }
    }

    /// `minute`, `hour` or `day`.
    #[must_use]
    pub fn noun(self) -> &'static str {
        match self {
            Self::Minute => "minute",
            Self::Hour => "hour",
            Self::Day => "day",
        }
    }

    pub(super) fn seconds(self) -> u64 {
        match self {
            Self::Minute => SECONDS_PER_MINUTE,
            Self::Hour => SECONDS_PER_HOUR,
            Self::Day => SECONDS_PER_DAY,
        }
    }

    fn unit(self) -> Unit {
        match self {
            Self::Minute => Unit::Minute,
            Self::Hour => Unit::Hour,
            Self::Day => Unit::Day,
        }
    }

    /// Minutes in one increment.
    #[must_use]
    pub fn minutes(self) -> u64 {
        match self {
            Self::Minute => 1,
            Self::Hour => 60,
            Self::Day => 24 * 60,
        }
    }

    /// Rounds `span` up to the documented increment. Where none is documented, a span of whole hours is
    /// billed by the hour, and any other is refused.
    ///
    /// # Errors
    /// [`QuoteError::StartedHour`] for a part of an hour without a documented increment.
    pub fn documented(increment: Option<Self>, span: Span) -> Result<Billed, QuoteError> {
        let billed = increment.unwrap_or(Self::Hour).bill(span)?;
        match increment.is_none() && billed.rounded_up {
            true => Err(QuoteError::StartedHour),
            false => Ok(billed),
        }
    }

    /// How many increments an hour has; 0 for a day.
    #[must_use]
    pub fn per_hour(self) -> u64 {
        match self {
            Self::Minute => 60,
            Self::Hour => 1,
            Self::Day => 0,
        }
    }

    /// `count` whole increments.
    #[must_use]
    pub fn whole(self, count: u64) -> Billed {
        Billed {
            count,
            increment: self,
            rounded_up: false,
        }
    }

    /// Rounds `span` up to whole increments.
    ///
    /// # Errors
    /// [`TooLarge`] is not reached for spans that [`Span::parse`] takes.
    pub fn bill(self, span: Span) -> Result<Billed, TooLarge> {
        let count = exact::div_ceil(span.seconds(), self.seconds())?;
        let whole = exact::mul(Decimal::from(count), Decimal::from(self.seconds()))?;
        Ok(Billed {
            count,
            increment: self,
            rounded_up: whole != span.seconds(),
        })
    }
}

/// A span as it is billed: a whole number of increments.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Billed {
    /// How many increments.
    pub count: u64,
    /// The length of each increment.
    pub increment: Increment,
    /// Whether what is billed is longer than the span.
    pub rounded_up: bool,
}

impl Billed {
    /// What is billed for `runs` runs of this length.
    ///
    /// # Errors
    /// [`TooLarge`] when the count does not fit.
    pub fn times(self, runs: u64) -> Result<Self, TooLarge> {
        let count = self.count.checked_mul(runs).ok_or(TooLarge)?;
        Ok(Self { count, ..self })
    }

    /// The count as a factor of a line item.
    #[must_use]
    pub fn quantity(&self) -> Quantity {
        Quantity::of(self.count, self.increment.unit())
    }
}

impl fmt::Display for Billed {
    /// `2 h`, `91 min`, `7 days`.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let number = grouped(Decimal::from(self.count), 0);
        match self.increment {
            Increment::Minute => write!(f, "{number} min"),
            Increment::Hour => write!(f, "{number} h"),
            Increment::Day => f.write_str(&counted(self.count, "day")),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn hours(text: &str) -> Result<Span, String> {
        Span::parse(text, Increment::Hour)
    }

    #[test]
    fn a_started_increment_is_billed_whole() {
        let span = hours("1.5").unwrap();
        let billed = Increment::Hour.bill(span).unwrap();
        assert_eq!((billed.count, billed.rounded_up), (2, true));
        let billed = Increment::Minute.bill(span).unwrap();
        assert_eq!((billed.count, billed.rounded_up), (90, false));
        let billed = Increment::Minute.bill(hours("90m0.001s").unwrap()).unwrap();
        assert_eq!((billed.count, billed.rounded_up), (91, true));
    }
}
