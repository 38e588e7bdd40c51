//! From which share of full use a reservation costs less than ordinary calls of as many tokens.

use rust_decimal::Decimal;

use super::exact::{self, TooLarge};
use super::ptu::{Fixed, Period};
use super::unit::UnitPrice;

/// Minutes of an hour.
const MINUTES: u64 = 60;

/// What is reserved for a period, and the tokens with which it is used.
#[derive(Debug, Clone, Copy)]
pub struct Use {
    /// The period that is paid.
    pub period: Period,
    /// What one unit costs for it.
    pub price: UnitPrice,
    /// Weighted tokens per minute that one unit holds; above 0.
    pub holds: u64,
    /// What a token counts; above 0.
    pub weight: Decimal,
    /// What such a token costs in ordinary calls.
    pub token: UnitPrice,
}

impl Use {
    /// The share of full use, all of the period, above which the unit costs less: 1 is full use, and more is never.
    /// `None` where ordinary calls cost nothing. Rounded at
    /// [`exact::QUOTIENT_DECIMALS`] where it does not end.
    ///
    /// # Errors
    /// [`TooLarge`] when a product does not fit.
    pub fn share(&self) -> Result<Option<Decimal>, TooLarge> {
        let minutes = hours(self.period).saturating_mul(MINUTES);
        let paid = exact::mul(self.price.amount, self.weight)?;
        let paid = exact::mul(paid, self.token.per.into())?;
        let tokens = exact::mul(self.holds.into(), minutes.into())?;
        let calls = exact::mul(tokens, self.token.amount)?;
        let calls = exact::mul(calls, self.price.per.into())?;
        if calls.is_zero() {
            return Ok(None);
        }
        Ok(Some(exact::ratio_or_rounded(paid, calls)?.value))
    }
}

/// The hours of a period: a month is a twelfth of a year of 8,760 hours.
#[must_use]
pub fn hours(period: Period) -> u64 {
    match period {
        Period::Hour => 1,
        Period::Day => 24,
        Period::Month => 730,
        Period::Fixed(Fixed::Quarter) => 3 * 730,
        Period::Fixed(one) => one.hours(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::billing::exact::plain;

    fn share(period: Period, price: &str, holds: u64, weight: u64, token: &str) -> Option<String> {
        let of = Use {
            period,
            price: UnitPrice::parse(price).unwrap(),
            holds,
            weight: weight.into(),
            token: UnitPrice::parse(token).unwrap(),
        };
        of.share().unwrap().map(plain)
    }

    #[test]
    fn a_unit_pays_above_what_it_costs_of_the_tokens_that_it_holds() {
        // 3,000 tokens a minute for 730 hours are 131.4M: 262.80 at 2 a million.
        let of = |period, price| share(period, price, 3_000, 1, "2 per 1M tokens");
        let year = of(Period::Fixed(Fixed::Year), "2652 per unit-year");
        assert_eq!(year.unwrap(), "0.840943683409");
        let month = of(Period::Month, "260 per unit-month");
        assert_eq!(month.unwrap(), "0.989345509893");
        let hour = of(Period::Hour, "1 per unit-hour");
        assert_eq!(hour.unwrap(), "2.777777777778");
        // Output that counts 4 and costs 4 times as much is the same; where it is free, nothing pays.
        let output = |token| share(Period::Hour, "1 per unit-hour", 3_000, 4, token);
        assert_eq!(output("8 per 1M tokens").unwrap(), "2.777777777778");
        assert_eq!(output("0 per 1M tokens"), None);
        // 10K TPM for a day are 14.4M tokens.
        let day = share(
            Period::Day,
            "92.16 per 10K TPM-day",
            1,
            1,
            "10 per 1M tokens",
        );
        assert_eq!(day.unwrap(), "0.64");
    }
}
