//! Rates of exchange: as a person states them, and from one currency to another.

use std::fmt;

use rust_decimal::Decimal;

use super::error::QuoteError;
use super::exact::{self, Quotient, TooLarge, plain};
use super::line::LineItem;
use super::money::{Currency, Money};
use super::note::Note;
use super::quote::Quote;
use super::rule::Rule;
use super::unit::{Quantity, Unit, UnitPrice};

/// A rate of exchange as it is stated. Amounts and rates are above 0.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Fx {
    /// `USD=0.1389`: one unit of the currency that is converted from, in this one; where that is this one, one
    /// CNY.
    OfOne(Money),
    /// `1USD=7.2CNY`: two amounts that are worth the same.
    Equal(Money, Money),
}

impl fmt::Display for Fx {
    /// The rate as a person types it.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::OfOne(one) => write!(f, "{}={}", one.currency, plain(one.amount)),
            Self::Equal(left, right) => write!(
                f,
                "{}{}={}{}",
                plain(left.amount),
                left.currency,
                plain(right.amount),
                right.currency
            ),
        }
    }
}

impl Fx {
    /// From `base` to the other currency that it names; `None` where it does not name `base`, or
    /// names nothing else. A rate of one currency is taken to be that of one unit of `base`, or that of one CNY
    /// where `base` is its currency.
    #[must_use]
    pub fn exchange(self, base: Currency) -> Option<Exchange> {
        let (left, right, shape) = match self {
            Self::OfOne(one) if one.currency == base => {
                let cny = Money {
                    amount: Decimal::ONE,
                    currency: Currency::CNY,
                };
                (one, cny, Shape::Backward)
            }
            Self::OfOne(one) => {
                let amount = Decimal::ONE;
                let currency = base;
                (Money { amount, currency }, one, Shape::OfOne)
            }
            Self::Equal(left, right) if right.currency == base => (right, left, Shape::Backward),
            Self::Equal(left, right) => (left, right, Shape::Forward),
        };
        let named = left.currency == base && right.currency != base;
        named.then_some(Exchange {
            from: left,
            to: right,
            shape,
        })
    }
}

/// Two amounts in two currencies that are worth the same.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Exchange {
    /// An amount in the currency that is converted from.
    pub from: Money,
    /// What it is worth in the currency that is converted to.
    pub to: Money,
    shape: Shape,
}

/// How a rate was stated.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Shape {
    /// `USD=0.1389`, one unit of the first currency.
    OfOne,
    /// `USD=0.1389`, used from the second currency to the first.
    OfOneTurned,
    /// `1CNY=0.1389USD`, what is converted from on the left.
    Forward,
    /// `1USD=7.2CNY`, what is converted from on the right.
    Backward,
}

impl Exchange {
    /// The first rate of `rates` that converts between two currencies, whichever way it is stated.
    /// One of a single currency holds for one unit of `to`, in which all totals are.
    #[must_use]
    pub fn between(rates: &[Fx], from: Currency, to: Currency) -> Option<Self> {
        let mut known = rates.iter().filter_map(|fx| fx.exchange(to));
        let found = known.find(|exchange| exchange.to.currency == from)?;
        Some(found.turned())
    }

    /// The same rate the other way.
    #[must_use]
    pub fn turned(self) -> Self {
        Self {
            from: self.to,
            to: self.from,
            shape: match self.shape {
                Shape::OfOne => Shape::OfOneTurned,
                Shape::OfOneTurned => Shape::OfOne,
                Shape::Forward => Shape::Backward,
                Shape::Backward => Shape::Forward,
            },
        }
    }

    /// An amount of the one currency in the other: multiplied first, divided last, once. Exact where
    /// the quotient ends, else rounded at [`exact::QUOTIENT_DECIMALS`]; this is the one place at
    /// which an amount that is converted is rounded, and what is ranked, held against limits and
    /// printed is what comes out of it.
    ///
    /// # Errors
    /// [`TooLarge`] when the product or the quotient does not fit.
    pub fn convert(&self, amount: Decimal) -> Result<Quotient, TooLarge> {
        exact::ratio_or_rounded(exact::mul(amount, self.to.amount)?, self.from.amount)
    }

    /// What stands behind a converted amount that is rounded: `, rounded at decimal 12`. Empty where it is exact.
    #[must_use]
    pub fn mark(&self, amount: Decimal) -> String {
        match self.convert(amount) {
            Ok(converted) if converted.exact => String::new(),
            _ => format!(", rounded at decimal {}", exact::QUOTIENT_DECIMALS),
        }
    }

    /// The rate as it was stated, in full: `1 USD = 7.2 CNY`.
    #[must_use]
    pub fn stated(&self) -> String {
        let (left, right) = match self.shape {
            Shape::OfOne | Shape::Forward => (self.from, self.to),
            Shape::OfOneTurned | Shape::Backward => (self.to, self.from),
        };
        format!(
            "{} {} = {} {}",
            plain(left.amount),
            left.currency,
            plain(right.amount),
            right.currency
        )
    }

    /// The rate as it stands beside an amount: `0.1389 USD`, `1 USD = 7.2 CNY`.
    #[must_use]
    pub fn label(&self) -> String {
        match self.shape {
            Shape::OfOne => format!("{} {}", plain(self.to.amount), self.to.currency),
            _ => self.stated(),
        }
    }

    /// The rate alone, as a number that amounts are multiplied with; `None` where it was stated as
    /// two amounts, whose quotient need not end.
    #[must_use]
    pub fn rate(&self) -> Option<Decimal> {
        (self.shape == Shape::OfOne).then_some(self.to.amount)
    }

    /// A quote in the other currency: its total as one line, what it was in the currency of its
    /// prices. Lines that are converted one by one would be rounded one by one.
    ///
    /// # Errors
    /// [`QuoteError::TooLarge`] when a number does not fit.
    pub fn quote(&self, quote: &Quote) -> Result<Quote, QuoteError> {
        // A price is for a whole number of units: 1 CNY for 0.1389 USD is 10,000 for 1,389.
        let per = self.from.amount.normalize();
        let scale = exact_pow10(per.scale())?;
        let unit = Unit::Money(self.from.currency);
        let quantity = Quantity {
            value: quote.total,
            unit,
        };
        let converted = self.convert(quote.total)?;
        let item = LineItem {
            id: "fx",
            description: format!("Converted at {}", self.stated()),
            factors: vec![quantity],
            quantity,
            unit_price: UnitPrice {
                amount: exact::mul(self.to.amount, scale)?,
                per: u64::try_from(per.mantissa()).map_err(|_| QuoteError::TooLarge)?,
                unit,
            },
            // As every amount at the rate, also where the quotient ends later than a decimal holds.
            amount: converted.value,
            exact: converted.exact,
            hours: None,
            rule: Rule::Fx,
            source: None,
        };
        let mut funding = quote.funding.clone();
        if let Some(per_day) = funding.as_mut().and_then(|one| one.per_day_after.as_mut()) {
            *per_day = self.convert(*per_day)?.value;
        }
        // What was rounded in the currency of the prices is still said.
        let mut notes = quote.notes.clone();
        if !item.exact {
            notes.push(Note::Inexact {
                rule: item.rule,
                decimals: exact::QUOTIENT_DECIMALS,
            });
        }
        Ok(Quote {
            currency: self.to.currency,
            total: item.amount,
            items: vec![item],
            cancellation: None,
            savings: None,
            funding,
            notes,
            ..quote.clone()
        })
    }
}

fn exact_pow10(exponent: u32) -> Result<Decimal, TooLarge> {
    let power = 10_u64.checked_pow(exponent).ok_or(TooLarge)?;
    Ok(Decimal::from(power))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn money(amount: &str, code: &str) -> Money {
        Money {
            amount: Decimal::from_str_exact(amount).unwrap(),
            currency: Currency::parse(code).unwrap(),
        }
    }

    fn converted(exchange: Exchange, amount: &str) -> (String, bool) {
        let amount = Decimal::from_str_exact(amount).unwrap();
        let quotient = exchange.convert(amount).unwrap();
        (plain(quotient.value), quotient.exact)
    }

    #[test]
    fn a_rate_holds_both_ways_and_is_repeated_as_it_was_stated() {
        let usd = Currency::parse("USD").unwrap();
        let dollars = Fx::Equal(money("1", "USD"), money("7.2", "CNY"));
        let from_cny = dollars.exchange(Currency::CNY).unwrap();
        assert_eq!(converted(from_cny, "36"), ("5".to_owned(), true));
        assert_eq!(
            converted(from_cny, "1"),
            ("0.138888888889".to_owned(), false)
        );
        assert_eq!(from_cny.label(), "1 USD = 7.2 CNY");
        let from_usd = dollars.exchange(usd).unwrap();
        assert_eq!(from_usd, from_cny.turned());
        assert_eq!(converted(from_usd, "5"), ("36".to_owned(), true));
        assert_eq!(from_usd.stated(), "1 USD = 7.2 CNY");

        let of_one = Fx::OfOne(money("0.1389", "USD"));
        let from_cny = of_one.exchange(Currency::CNY).unwrap();
        assert_eq!(
            converted(from_cny, "18076.8"),
            ("2510.86752".to_owned(), true)
        );
        assert_eq!(
            (from_cny.label().as_str(), from_cny.stated().as_str()),
            ("0.1389 USD", "1 CNY = 0.1389 USD")
        );
        assert_eq!(from_cny.turned().label(), "1 CNY = 0.1389 USD");
        assert_eq!(
            Exchange::between(&[of_one], usd, Currency::CNY),
            Some(from_cny.turned())
        );
        // Of totals in its own currency it says what 1 CNY is.
        let from_usd = of_one.exchange(usd).unwrap();
        assert_eq!(converted(from_usd, "0.1389"), ("1".to_owned(), true));
        assert_eq!(from_usd.stated(), "1 CNY = 0.1389 USD");
        assert_eq!(
            Exchange::between(&[of_one], Currency::CNY, usd),
            Some(from_usd.turned())
        );
        let eur = Currency::parse("EUR").unwrap();
        assert_eq!(Exchange::between(&[of_one], eur, usd), None);
    }

    #[test]
    fn a_rate_that_does_not_name_the_currency_converts_nothing() {
        let rate = Fx::Equal(money("1", "EUR"), money("1.1", "USD"));
        assert_eq!(rate.exchange(Currency::CNY), None);
        assert_eq!(Fx::OfOne(money("1", "CNY")).exchange(Currency::CNY), None);
        assert_eq!(rate.to_string(), "1EUR=1.1USD");
        assert_eq!(Fx::OfOne(money("0.5", "USD")).to_string(), "USD=0.5");
    }
}
