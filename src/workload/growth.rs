//! Traffic that grows by the month, in exact numbers.

use std::fmt;
use std::str::FromStr;

use rust_decimal::Decimal;

use crate::billing::exact::plain;
use crate::billing::number::{NumberError, parse_decimal};

/// The most decimals of a percentage.
const MAX_DECIMALS: u32 = 6;

/// The largest growth in percent a month.
const MOST: u32 = 1_000;

/// Growth of calls by the month, as text `5%/month` or `-3%/month`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Growth {
    /// In percent a month: at least -100.
    percent: Decimal,
}

impl Growth {
    /// In percent a month: at least -100.
    #[must_use]
    pub fn percent(self) -> Decimal {
        self.percent
    }

    /// How many times the calls of the first month come in a month, the first being 1; `None` where the
    /// fraction has too many digits.
    #[must_use]
    pub fn factor(self, month: u32) -> Option<Factor> {
        let scale = 10_u128.checked_pow(self.percent.scale())?;
        let whole = scale.checked_mul(100)?;
        let percent = self.percent.mantissa();
        let grown = i128::try_from(whole).ok()?.checked_add(percent)?;
        let one = Factor::reduced(u128::try_from(grown).ok()?, whole)?;
        let times = month.checked_sub(1)?;
        Some(Factor {
            calls: one.calls.checked_pow(times)?,
            of: one.of.checked_pow(times)?,
        })
    }
}

impl FromStr for Growth {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        let wrong = || "it is no growth such as `5%/month` or `-3%/month`".to_owned();
        let number = text.strip_suffix("%/month").ok_or_else(wrong)?;
        let (sign, size) = match number.strip_prefix('-') {
            Some(size) => (-Decimal::ONE, size),
            None => (Decimal::ONE, number.strip_prefix('+').unwrap_or(number)),
        };
        let size = parse_decimal(size).map_err(|error| match error {
            NumberError::TooLarge => format!("it is {error}"),
            _ => wrong(),
        })?;
        let size = size.normalize();
        if size.scale() > MAX_DECIMALS {
            return Err(format!("it has more than {MAX_DECIMALS} decimals"));
        }
        if sign.is_sign_negative() && size > Decimal::ONE_HUNDRED {
            return Err("must be at least -100%: there are no fewer calls than none".to_owned());
        }
        if size > Decimal::from(MOST) {
            return Err(format!("must be at most {MOST}%"));
        }
        let mut percent = size;
        percent.set_sign_negative(sign.is_sign_negative() && !size.is_zero());
        Ok(Self { percent })
    }
}

impl fmt::Display for Growth {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}%/month", plain(self.percent))
    }
}

/// A fraction: so many calls in place of so many.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Factor {
    /// So many calls …
    pub calls: u128,
    /// … in place of so many; at least 1.
    pub of: u128,
}

impl Factor {
    fn reduced(calls: u128, of: u128) -> Option<Self> {
        let (mut divisor, mut rest) = (calls, of);
        while rest > 0 {
            (divisor, rest) = (rest, divisor.checked_rem(rest)?);
        }
        Some(Self {
            calls: calls.checked_div(divisor)?,
            of: of.checked_div(divisor)?,
        })
    }

    /// How many in place of `count` more, and what is left over for the next; `left` is what was left over
    /// before. `None` where a number does not fit.
    #[must_use]
    pub fn times(self, count: u64, left: u128) -> Option<(u64, u128)> {
        let all = self
            .calls
            .checked_mul(u128::from(count))?
            .checked_add(left)?;
        let times = u64::try_from(all.checked_div(self.of)?).ok()?;
        Some((times, all.checked_rem(self.of)?))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn growth(text: &str) -> Growth {
        text.parse().unwrap()
    }

    #[test]
    fn growth_is_read_and_printed_back() {
        for (written, said) in [
            ("5%/month", "5%/month"),
            ("+5.50%/month", "5.5%/month"),
            ("-3%/month", "-3%/month"),
            ("-0%/month", "0%/month"),
            ("-100%/month", "-100%/month"),
        ] {
            assert_eq!(growth(written).to_string(), said);
            assert_eq!(growth(said), growth(written));
        }
        for (text, error) in [
            ("5%", "it is no growth such as `5%/month` or `-3%/month`"),
            (
                "5/month",
                "it is no growth such as `5%/month` or `-3%/month`",
            ),
            (
                "--5%/month",
                "it is no growth such as `5%/month` or `-3%/month`",
            ),
            (
                "5%/year",
                "it is no growth such as `5%/month` or `-3%/month`",
            ),
            (
                "-101%/month",
                "must be at least -100%: there are no fewer calls than none",
            ),
            ("1001%/month", "must be at most 1000%"),
            ("0.1234567%/month", "it has more than 6 decimals"),
        ] {
            assert_eq!(text.parse::<Growth>().unwrap_err(), error, "{text}");
        }
    }

    #[test]
    fn factors_are_exact() {
        let of = |text, month| {
            growth(text)
                .factor(month)
                .map(|factor| (factor.calls, factor.of))
        };
        assert_eq!(of("5%/month", 1), Some((1, 1)));
        assert_eq!(of("5%/month", 2), Some((21, 20)));
        assert_eq!(of("5%/month", 12), Some((21_u128.pow(11), 20_u128.pow(11))));
        assert_eq!(of("-3%/month", 3), Some((97 * 97, 10_000)));
        assert_eq!(of("-100%/month", 1), Some((1, 1)));
        assert_eq!(of("-100%/month", 2), Some((0, 1)));
        assert_eq!(of("12.34%/month", 12), None);
    }

    #[test]
    fn what_is_left_over_counts_for_the_next() {
        let half_more = Factor { calls: 3, of: 2 };
        assert_eq!(half_more.times(1, 0), Some((1, 1)));
        assert_eq!(half_more.times(1, 1), Some((2, 0)));
        assert_eq!(half_more.times(u64::MAX, 0), None);
    }
}
