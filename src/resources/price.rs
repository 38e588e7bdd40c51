//! What a day's tokens cost once no package takes them.

use std::fmt;

use rust_decimal::Decimal;

use super::rate::Rate;
use crate::billing::error::QuoteError;
use crate::billing::exact::{self, Quotient, TooLarge};
use crate::billing::mode::Mode;
use crate::billing::money::Currency;
use crate::billing::quote::{ModelRef, Percent, Source};
use crate::billing::unit::UnitPrice;

/// Prices are brought to this many tokens before they are added up.
const PER: u64 = 1_000_000;

/// Prices of tokens, and what it takes to apply them to a count.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DayPrice {
    /// Of input tokens.
    pub input: UnitPrice,
    /// Of output tokens, where there are any.
    pub output: Option<UnitPrice>,
    /// The currency of the prices.
    pub currency: Currency,
    /// The share of input in a count of tokens, where the file does not say.
    pub input_share: Option<Percent>,
    /// The discount on the price.
    pub discount: Option<Percent>,
    /// Where the prices come from.
    pub of: PriceOf,
}

/// Where a price comes from.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum PriceOf {
    /// The command line.
    Given,
    /// The catalog.
    Model {
        /// The model.
        model: ModelRef,
        /// Whether it is in another region than the first of its provider.
        is_elsewhere: bool,
        /// The mode that is priced apart, where one is.
        mode: Option<Mode>,
        /// The size of a request, where it picks the tier.
        input_per_request: Option<u64>,
        /// Where it was read.
        source: Box<Source>,
    },
}

/// Why a day has no price.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum PriceError {
    /// How much of the tokens is input is not known.
    NoSplit {
        /// The resource.
        name: String,
    },
    /// Output tokens of a model without a price for them.
    NoOutputPrice {
        /// The resource.
        name: String,
    },
    /// An exact result has more digits than a decimal holds.
    TooLarge,
}

impl PriceError {
    /// The way out.
    #[must_use]
    pub fn hint(&self) -> &'static str {
        match self {
            Self::NoSplit { .. } => {
                "add `--input-share 80%`, or say `usage_per_day = { input = 80_000, output = 20_000 }` in the file"
            }
            Self::NoOutputPrice { .. } => "add `--input-share 100%`, or name another model",
            Self::TooLarge => "use smaller numbers, or prices with fewer digits",
        }
    }
}

impl fmt::Display for PriceError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::NoSplit { name } => write!(
                f,
                "a day of `{name}` cannot be priced: how many of its tokens are input is not known"
            ),
            Self::NoOutputPrice { name } => write!(
                f,
                "a day of `{name}` cannot be priced: the model has no price for output tokens"
            ),
            Self::TooLarge => f.write_str("an exact result has more digits than a decimal holds"),
        }
    }
}

impl std::error::Error for PriceError {}

impl From<TooLarge> for PriceError {
    fn from(_: TooLarge) -> Self {
        Self::TooLarge
    }
}

impl From<QuoteError> for PriceError {
    fn from(_: QuoteError) -> Self {
        Self::TooLarge
    }
}

impl DayPrice {
    /// What a day at `rate` costs: multiplied first, divided last, once.
    pub(super) fn of_a_day(&self, name: &str, rate: &Rate) -> Result<Quotient, PriceError> {
        let name = || name.to_owned();
        let (input, output) = match (rate.split, self.input_share) {
            (Some(split), _) => (split.input, split.output),
            (None, Some(share)) => {
                let input = exact::mul(rate.amount, share.factor()?)?;
                (input, exact::sub(rate.amount, input)?)
            }
            (None, None) => return Err(PriceError::NoSplit { name: name() }),
        };
        let mut parts = exact::mul(input, self.input.for_units(PER)?)?;
        match self.output {
            Some(price) => {
                let cost = exact::mul(output, price.for_units(PER)?)?;
                parts = exact::add(parts, cost)?;
            }
            None if output.is_zero() => {}
            None => return Err(PriceError::NoOutputPrice { name: name() }),
        }
        if let Some(discount) = self.discount {
            let charged = exact::sub(Decimal::ONE, discount.factor()?)?;
            parts = exact::mul(parts, charged)?;
        }
        let divisor = exact::mul(Decimal::from(rate.days), Decimal::from(PER))?;
        Ok(exact::ratio_or_rounded(parts, divisor)?)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::billing::unit::Unit;

    fn price(input_share: Option<u32>) -> DayPrice {
        let per_million = |amount: u32| UnitPrice {
            amount: amount.into(),
            per: PER,
            unit: Unit::Token,
        };
        DayPrice {
            input: per_million(2),
            output: Some(per_million(8)),
            currency: Currency::CNY,
            input_share: input_share.and_then(|share| Percent::new(share.into())),
            discount: None,
            of: PriceOf::Given,
        }
    }

    fn rate(amount: u64, days: u64) -> Rate {
        Rate {
            amount: amount.into(),
            days,
            split: None,
            from_readings: false,
        }
    }

    #[test]
    fn a_day_costs_its_input_and_its_output() {
        // 80,000 at ¥2 and 20,000 at ¥8 per million.
        let day = price(Some(80)).of_a_day("x", &rate(100_000, 1)).unwrap();
        assert_eq!(
            (exact::plain(day.value).as_str(), day.exact),
            ("0.32", true)
        );
    }

    #[test]
    fn a_day_is_divided_last() {
        // A third of 1,000,000 tokens, all input.
        let day = price(Some(100)).of_a_day("x", &rate(1_000_000, 3)).unwrap();
        assert_eq!(exact::plain(day.value), "0.666666666667");
        let day = price(Some(100)).of_a_day("x", &rate(3_000_000, 3)).unwrap();
        assert_eq!((exact::plain(day.value).as_str(), day.exact), ("2", true));
    }

    #[test]
    fn the_share_of_input_is_never_guessed() {
        let error = price(None).of_a_day("x", &rate(1, 1)).unwrap_err();
        assert_eq!(
            error,
            PriceError::NoSplit {
                name: "x".to_owned()
            }
        );
    }
}
