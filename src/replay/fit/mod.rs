//! The size to reserve for a trace.
//!
//! `peak`, `p99` and `p95` look at minutes only. `cheapest` looks at every call: whether one fits
//! depends on those before it, so what overflows at a size is found by replay, of all sizes at once.
//! `docs/cheapest-size.md` says how, and what is in which file.

mod bound;
mod cost;
mod grid;
mod intake;
mod minute;
mod replays;
mod search;
mod sums;
mod survey;

use std::fmt;

use super::TooLarge;
pub use cost::{Costs, Price, Sold, Tiers, TokenPrices, Units};
pub use intake::Read;
pub use replays::MOST_OF_A_MINUTE;
pub use search::{Cheapest, Effort, cheapest};

/// What is counted in a minute on each of the two meters: input and output tokens.
pub type Size = (u64, u64);

/// Why there is no cheapest size.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum FitError {
    /// Sums, minutes or calls are too many.
    TooLarge(TooLarge),
    /// A price or an amount does not fit 128 bits, or is negative.
    Amount,
    /// A minute has calls that are known one by one and others that are not.
    Mixed,
    /// Too many sizes would have to be compared.
    TooMuchWork,
    /// Two readings of the trace had other calls.
    Changed,
    /// A replay at the size found does not cost what was found: a defect of this program.
    NotVerified,
}

impl FitError {
    /// The way out, where there is one.
    #[must_use]
    pub fn hint(self) -> Option<&'static str> {
        match self {
            Self::TooLarge(error) => error.hint(),
            Self::Amount | Self::NotVerified => None,
            Self::Mixed | Self::TooMuchWork => Some("use `--fit p99`"),
            Self::Changed => Some("price a copy that nobody writes to"),
        }
    }
}

impl fmt::Display for FitError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::TooLarge(error) => error.fmt(f),
            Self::Amount => {
                f.write_str("the prices have more digits than sizes can be compared with exactly")
            }
            Self::Mixed => f.write_str(
                "a minute has both single calls and sums of calls, so its cheapest size is unknown",
            ),
            Self::TooMuchWork => {
                f.write_str("the trace has too many purchasable sizes to compare them exactly")
            }
            Self::Changed => f.write_str("the trace changed while it was read"),
            Self::NotVerified => {
                f.write_str("a replay at the cheapest size does not cost what was found")
            }
        }
    }
}

impl std::error::Error for FitError {}

impl From<TooLarge> for FitError {
    fn from(error: TooLarge) -> Self {
        Self::TooLarge(error)
    }
}
