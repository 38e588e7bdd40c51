//! How a deployment is bought, for how long, and what of that is billed.

mod billed;
mod increment;
pub mod months;
mod span;

pub use billed::Billed;
pub use increment::Increment;
pub use span::Span;

const SECONDS_PER_MINUTE: u64 = 60;
const SECONDS_PER_HOUR: u64 = 3_600;
const SECONDS_PER_DAY: u64 = 86_400;

/// How a deployment is bought.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Term {
    /// Billed afterwards for what was used.
    PayAsYouGo,
    /// Paid at the order for whole days or months.
    Subscription,
}

impl Term {
    /// `pay-as-you-go` or `subscription`.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::PayAsYouGo => "pay-as-you-go",
            Self::Subscription => "subscription",
        }
    }
}
