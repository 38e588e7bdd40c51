//! What has to be served, without a billing method in it: [`Steady`] adds up to [`Totals`]. Recorded
//! traffic is read in `trace` and held against a reservation in `replay`.

mod steady;

use rust_decimal::Decimal;

pub use steady::Steady;

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
