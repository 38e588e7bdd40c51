//! What has to be served, without a billing method in it: [`Steady`] adds up to [`Totals`]. Recorded
//! traffic is read in `trace` and held against a reservation in `replay`; a [`WeekLoad`] is replayed as if its
//! calls had been recorded.

mod growth;
mod rate;
mod week;

use rust_decimal::Decimal;

use crate::billing::error::QuoteError;
use crate::billing::kind::Tokens;
use crate::billing::load::Load;
pub use crate::billing::pace::Steady;
use crate::billing::quote::ModelRef;
use crate::billing::term::Span;
use crate::billing::tokens;

pub use growth::{Factor, Growth};
pub use rate::rate;
pub use week::{DaySpan, Days, LoadLine, WeekLoad};

/// What a workload adds up to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Totals {
    /// Requests in the period, a started one counted whole.
    pub requests: u64,
    /// Their tokens.
    pub tokens: Tokens,
    /// Seconds in which requests come.
    pub active_seconds: Decimal,
}

impl Steady {
    /// The minutes of its days.
    #[must_use]
    pub fn minutes(&self) -> u64 {
        self.days.saturating_mul(24 * 60)
    }

    /// The sums over the period.
    ///
    /// # Errors
    /// [`QuoteError::TooLarge`] when one does not fit.
    pub fn totals(&self) -> Result<Totals, QuoteError> {
        let active_seconds = self.hours_per_day.times(self.days)?.seconds();
        let requests = self.load.requests_in(active_seconds)?;
        Ok(Totals {
            requests,
            tokens: self.load.tokens_of(requests)?,
            active_seconds,
        })
    }

    /// The same traffic by token.
    ///
    /// # Errors
    /// [`QuoteError::TooLarge`] when a sum does not fit.
    pub fn request(&self, model: ModelRef) -> Result<tokens::Request, QuoteError> {
        let totals = self.totals()?;
        Ok(tokens::Request {
            model,
            tokens: totals.tokens,
            requests: Some(totals.requests),
            cache: self.load.cache,
            stream: Some(*self),
        })
    }

    /// How long a deployment that is up in the active hours only is up each time, and how many times it is
    /// deployed. A load all day is one long run (`deploy.window`).
    ///
    /// # Errors
    /// [`QuoteError::TooLarge`] when the length does not fit.
    pub fn runs(&self) -> Result<(Span, u64), QuoteError> {
        if self.hours_per_day == Span::hours(24) {
            Ok((self.hours_per_day.times(self.days)?, 1))
        } else {
            Ok((self.hours_per_day, self.days))
        }
    }

    /// The same traffic at another rate.
    #[must_use]
    pub fn at(&self, rpm: Decimal) -> Self {
        Self {
            load: Load { rpm, ..self.load },
            ..*self
        }
    }
}
