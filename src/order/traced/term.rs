//! For how long a reservation for a trace is paid.

use super::reading::DAY;
use crate::billing::error::QuoteError;
use crate::billing::exact;
use crate::billing::ptu::{DAYS_OF_A_MONTH, Length, Period};
use crate::billing::term::Span;

/// The term of a reservation for a trace. What the trace is taken for is its span, or the days that it
/// is scaled to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum TraceTerm {
    /// So long.
    Given(Length),
    /// By the hour, as long as that.
    Hours,
    /// As many whole days as cover that.
    Days,
    /// As many whole months of 30 days as cover that.
    Months,
}

impl TraceTerm {
    /// What is paid for at a time.
    #[must_use]
    pub fn period(self) -> Period {
        match self {
            Self::Given(length) => length.period(),
            Self::Hours => Period::Hour,
            Self::Days => Period::Day,
            Self::Months => Period::Month,
        }
    }

    /// The length for a trace that is taken for `minutes`.
    ///
    /// # Errors
    /// [`QuoteError::TooLarge`] when it does not fit.
    pub fn length(self, minutes: u64) -> Result<Length, QuoteError> {
        match self {
            Self::Given(length) => Ok(length),
            Self::Hours => {
                let seconds = minutes.checked_mul(60).ok_or(QuoteError::TooLarge)?;
                Ok(Length::Hours {
                    span: Span::of_seconds(seconds),
                    runs: 1,
                })
            }
            Self::Days => Ok(Length::Days(minutes.div_ceil(DAY))),
            Self::Months => {
                let months = minutes.div_ceil(DAYS_OF_A_MONTH.saturating_mul(DAY));
                let months = u32::try_from(months).map_err(|_| QuoteError::TooLarge)?;
                Ok(Length::Months(months))
            }
        }
    }
}

/// The minutes of a length; a started one counts whole.
pub(super) fn minutes_of(length: Length) -> Result<u64, QuoteError> {
    let days = match length {
        Length::Hours { span, runs } => {
            return Ok(exact::div_ceil(span.times(runs)?.seconds(), 60)?);
        }
        Length::Days(days) => days,
        Length::Months(months) => u64::from(months).saturating_mul(DAYS_OF_A_MONTH),
    };
    Ok(days.saturating_mul(DAY))
}
