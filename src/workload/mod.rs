//! What has to be served, without a billing method in it: [`Steady`] adds up to [`Totals`]. Recorded
//! traffic is read in `trace` and held against a reservation in `replay`.

mod steady;

use rust_decimal::Decimal;

use crate::billing::spec::Spec;

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

/// Tokens per minute that one replica of a specification serves, as a person measured it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Capacity {
    /// Of which specification.
    pub spec: Spec,
    /// Input tokens per minute, at least 1.
    pub input_tpm: u64,
    /// Output tokens per minute, at least 1.
    pub output_tpm: u64,
}
