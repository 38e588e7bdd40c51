//! The size to reserve for a trace.
//!
//! `peak`, `p99` and `p95` look at minutes only ([`sized`]). `cheapest` looks at every call: whether one fits
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
use super::profile::{Profile, Side};
pub use cost::{Costs, Price, Prices, Sold, Tiers, Units};
pub use intake::Read;
pub use replays::MOST_OF_A_MINUTE;
pub use search::{Cheapest, Effort, cheapest};

/// What is counted in a minute on each of the two meters: input and output tokens.
pub type Size = (u64, u64);

/// The multiples in which TPM is bought; at least 1.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Steps {
    /// The step of input TPM.
    pub input: u64,
    /// The step of output TPM.
    pub output: u64,
}

/// The smallest purchasable size that `percent` of the minutes do not exceed on either side, by
/// nearest rank over all minutes of the span; calls above the maximum input are left out. At 100
/// percent it is the peak, into which every other call fits.
///
/// # Errors
/// [`TooLarge::Sum`] when rounding up to the step does not fit.
pub fn sized(profile: &Profile, percent: u8, steps: Steps) -> Result<Size, TooLarge> {
    let side = |side, step| up_to_step(profile.percentile_within_max(side, percent), step);
    Ok((
        side(Side::Input, steps.input)?,
        side(Side::Output, steps.output)?,
    ))
}

fn up_to_step(tpm: u64, step: u64) -> Result<u64, TooLarge> {
    tpm.checked_next_multiple_of(step.max(1))
        .ok_or(TooLarge::Sum)
}

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
