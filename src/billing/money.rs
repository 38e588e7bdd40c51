//! Amounts of money as people read them.

use std::fmt;

use rust_decimal::Decimal;

use super::exact::{self, TooLarge};
use super::number::grouped;

/// An ISO 4217 code: three capital letters.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Currency([u8; 3]);

impl Currency {
    /// Renminbi, the currency of every price that Alibaba Cloud publishes for China.
    pub const CNY: Self = Self(*b"CNY");
    /// US dollars, which `$` stands for where a person writes it.
    pub const USD: Self = Self(*b"USD");

    /// Reads a code such as `USD`. `None` unless it is three capital letters.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        let code: [u8; 3] = text.as_bytes().try_into().ok()?;
        code.iter()
            .all(u8::is_ascii_uppercase)
            .then_some(Self(code))
    }

    /// The code: `CNY`.
    #[must_use]
    pub fn code(&self) -> &str {
        std::str::from_utf8(&self.0).unwrap_or("XXX")
    }

    /// What stands before an amount. Only CNY has a sign: `$` and a second `¥` would be ambiguous.
    fn prefix(&self) -> String {
        if *self == Self::CNY {
            "¥".to_owned()
        } else {
            format!("{} ", self.code())
        }
    }
}

impl fmt::Display for Currency {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.code())
    }
}

/// An exact amount in a currency. Shown rounded to 2 digits, half away from zero, and grouped; to
/// its first 2 digits that are not 0 where rounding would leave nothing of it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Money {
    /// The amount, exactly.
    pub amount: Decimal,
    /// The currency of the amount.
    pub currency: Currency,
}

impl Money {
    /// The amount without rounding, at least 2 decimals where it has any: `¥28.80`, `¥0.0005`, `¥432`.
    #[must_use]
    pub fn precise(&self) -> String {
        let normal = self.amount.normalize();
        let decimals = match normal.scale() {
            0 => 0,
            scale => scale.max(2),
        };
        self.with(&grouped(normal, decimals))
    }

    /// The amount as it is shown: rounded as the type says.
    #[must_use]
    pub fn shown(&self) -> Decimal {
        exact::round2_or_more(self.amount)
    }

    fn with(&self, digits: &str) -> String {
        match digits.strip_prefix('-') {
            Some(positive) => format!("-{}{positive}", self.currency.prefix()),
            None => format!("{}{digits}", self.currency.prefix()),
        }
    }
}

impl fmt::Display for Money {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.with(&grouped(self.shown(), 2)))
    }
}

/// A share of money in percent, from 0 to 100.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Percent(Decimal);

impl Percent {
    /// `None` unless it is from 0 to 100.
    #[must_use]
    pub fn new(percent: Decimal) -> Option<Self> {
        let range = Decimal::ZERO..=Decimal::ONE_HUNDRED;
        range.contains(&percent).then_some(Self(percent))
    }

    /// The number before the `%`.
    #[must_use]
    pub fn value(self) -> Decimal {
        self.0
    }

    /// As a factor: 15 % is 0.15.
    ///
    /// # Errors
    /// [`TooLarge`] when a decimal cannot hold it.
    pub fn factor(self) -> Result<Decimal, TooLarge> {
        Ok(exact::div(self.0, 100)?.value)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn cny(text: &str) -> Money {
        Money {
            amount: Decimal::from_str_exact(text).unwrap(),
            currency: Currency::CNY,
        }
    }

    #[test]
    fn amounts_are_grouped_and_rounded() {
        assert_eq!(cny("18076.8").to_string(), "¥18,076.80");
        assert_eq!(cny("1.999").to_string(), "¥2.00");
        assert_eq!(cny("-2711.525").to_string(), "-¥2,711.53");
        assert_eq!(cny("0").to_string(), "¥0.00");
    }

    #[test]
    fn something_is_never_shown_as_nothing() {
        assert_eq!(cny("0.005").to_string(), "¥0.01");
        assert_eq!(cny("0.00499").to_string(), "¥0.005");
        assert_eq!(cny("0.001").to_string(), "¥0.001");
        assert_eq!(cny("-0.001").to_string(), "-¥0.001");
        assert_eq!(cny("0.000000123456").to_string(), "¥0.00000012");
    }

    #[test]
    fn prices_keep_every_digit() {
        assert_eq!(cny("28.8").precise(), "¥28.80");
        assert_eq!(cny("0.0005").precise(), "¥0.0005");
        assert_eq!(cny("52236").precise(), "¥52,236");
    }

    #[test]
    fn only_renminbi_has_a_sign() {
        let usd = Money {
            amount: Decimal::ONE,
            currency: Currency::parse("USD").unwrap(),
        };
        assert_eq!(usd.to_string(), "USD 1.00");
        assert_eq!(Currency::parse("usd"), None);
        assert_eq!(Currency::parse("EURO"), None);
    }
}
