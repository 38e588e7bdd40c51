//! Dedicated throughput units: a reservation that is sold by the month only, in units of a specification. One adds
//! to input and output together. Here is what they are called and how they are billed.

use rust_decimal::Decimal;

use super::error::QuoteError;

/// What a unit is called.
pub const NAME: &str = "DTU";

/// How a provider bills them. Catalog data; what it does not document is `None`.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Rules {
    /// The most months of a term.
    pub most_months: Option<u32>,
    /// What ending a term early costs.
    pub early_end: Option<EarlyEnd>,
}

/// What ending a term early costs: its used days, each more often than once.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct EarlyEnd {
    /// A used day costs this times the daily rate.
    pub factor: Decimal,
    /// The daily rate is the monthly price divided by this.
    pub month_days: u64,
}

impl Rules {
    /// Refuses a term of more months than are sold.
    ///
    /// # Errors
    /// [`QuoteError::TermTooLong`].
    pub fn check(&self, months: u32) -> Result<(), QuoteError> {
        match self.most_months {
            Some(most) if months > most => Err(QuoteError::TermTooLong { months, most }),
            _ => Ok(()),
        }
    }
}
