//! Percentages, from text. A bare number below 1 could be percent or a share of 1, so it is refused.

use std::fmt;

use rust_decimal::Decimal;

use crate::billing::exact::{self, plain};
use crate::billing::number::parse_decimal;
use crate::billing::quote::Percent;

/// A share from 0 % to 100 %, the `%` optional from 1 % on.
///
/// # Errors
/// [`PercentError`] for anything else.
pub fn percent(text: &str) -> Result<Percent, PercentError> {
    let wrong = PercentError::Wrong("it is not a percentage from `0%` to `100%`");
    Percent::new(percent_of(text, wrong)?).ok_or(wrong)
}

/// A share in percent that may be above 100, the `%` optional from 1 % on.
///
/// # Errors
/// [`PercentError`] for anything else.
pub fn percent_above(text: &str) -> Result<Decimal, PercentError> {
    percent_of(
        text,
        PercentError::Wrong("it is not a percentage such as `20%`"),
    )
}

/// The number before the `%`. Without one, a number below 1 may be a share of 1.
fn percent_of(text: &str, wrong: PercentError) -> Result<Decimal, PercentError> {
    let number = text.strip_suffix('%');
    let percent = parse_decimal(number.unwrap_or(text)).map_err(|_| wrong)?;
    if number.is_none() && !percent.is_zero() && percent < Decimal::ONE {
        let of_share = exact::mul(percent, Decimal::ONE_HUNDRED).map_err(|_| wrong)?;
        return Err(PercentError::TwoMeanings { percent, of_share });
    }
    Ok(percent)
}

/// Why a percentage is refused.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum PercentError {
    /// The text is no percentage, or one out of range; the reason says which.
    Wrong(&'static str),
    /// A number below 1 without `%`.
    TwoMeanings {
        /// The number, taken as percent.
        percent: Decimal,
        /// The percent of the number, taken as a share of 1.
        of_share: Decimal,
    },
}

impl PercentError {
    /// How to write a number that has two meanings.
    #[must_use]
    pub fn hint(&self) -> Option<String> {
        match self {
            Self::Wrong(_) => None,
            Self::TwoMeanings { percent, of_share } => {
                let (percent, of_share) = (plain(*percent), plain(*of_share));
                Some(format!("write `{percent}%` or `{of_share}%`"))
            }
        }
    }
}

impl fmt::Display for PercentError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Wrong(what) => f.write_str(what),
            Self::TwoMeanings { percent, of_share } => write!(
                f,
                "it can mean {}% or {}%",
                plain(*percent),
                plain(*of_share)
            ),
        }
    }
}

impl std::error::Error for PercentError {}

/// The reason with its way out, in one line.
impl From<PercentError> for String {
    fn from(error: PercentError) -> Self {
        match error.hint() {
            None => error.to_string(),
            Some(hint) => format!("{error}: {hint}"),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_bare_number_below_1_has_two_meanings() {
        for (text, said) in [
            ("0.15", "it can mean 0.15% or 15%: write `0.15%` or `15%`"),
            ("0.5", "it can mean 0.5% or 50%: write `0.5%` or `50%`"),
            ("0.010", "it can mean 0.01% or 1%: write `0.01%` or `1%`"),
        ] {
            assert_eq!(percent(text).map_err(String::from), Err(said.to_owned()));
            assert_eq!(
                percent_above(text).map_err(String::from),
                Err(said.to_owned())
            );
        }
        for text in ["0", "0.0", "0.15%", "1", "1.5", "15", "100"] {
            assert!(
                percent(text).is_ok() && percent_above(text).is_ok(),
                "{text}"
            );
        }
    }
}
