//! What has to be served, without a billing method in it.

mod steady;

use rust_decimal::Decimal;

use crate::billing::error::QuoteError;
pub use steady::Steady;

/// Traffic over a period. A recorded trace would be another kind.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Workload {
    /// Requests of one size at a steady rate.
    Steady(Steady),
}

/// What a workload adds up to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Totals {
    /// Requests in the period, a started one counted whole.
    pub requests: u64,
    /// Their input tokens.
    pub input_tokens: u64,
    /// Their output tokens.
    pub output_tokens: u64,
    /// Seconds in which requests come.
    pub active_seconds: Decimal,
}

impl Workload {
    /// The sums over the period.
    ///
    /// # Errors
    /// [`QuoteError::TooLarge`] when one does not fit.
    pub fn totals(&self) -> Result<Totals, QuoteError> {
        match self {
            Self::Steady(steady) => steady.totals(),
        }
    }
}
