//! A span as it is billed: rounded up to whole increments.

use std::fmt;

use rust_decimal::Decimal;

use super::{Increment, Span};
use crate::billing::error::QuoteError;
use crate::billing::exact::{self, TooLarge};
use crate::billing::number::{counted, grouped};
use crate::billing::unit::Quantity;

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

impl Increment {
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
