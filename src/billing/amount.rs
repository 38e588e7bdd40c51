//! An amount of money as a person gives it: a number, and its currency where they say it.

use rust_decimal::Decimal;

use super::exact::TooLarge;
use super::fx::{Exchange, Fx};
use super::money::{Currency, Money};

/// An amount whose currency may be said: `5000`, `¥5000`, `USD 5000`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Amount {
    /// The number.
    pub number: Decimal,
    /// The currency; `None` for that of what it is held against.
    pub currency: Option<Currency>,
    /// What was given in another currency, where the number is converted.
    pub given: Option<Given>,
}

/// An amount in another currency than it is held in.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Given {
    /// The amount as it was given.
    pub money: Money,
    /// The rate by which it was converted.
    pub rate: Exchange,
}

impl Amount {
    /// An amount as it is given.
    #[must_use]
    pub fn new(number: Decimal, currency: Option<Currency>) -> Self {
        Self {
            number,
            currency,
            given: None,
        }
    }

    /// The currency that it is said to be in, where that is not `own`.
    #[must_use]
    pub fn other_than(&self, own: Currency) -> Option<Currency> {
        self.currency.filter(|said| *said != own)
    }

    /// The amount in a currency, converted as [`Exchange::convert`] at the first rate that can; `None` where none
    /// can.
    ///
    /// # Errors
    /// [`TooLarge`] when it does not fit.
    pub fn converted(&self, into: Currency, rates: &[Fx]) -> Result<Option<Self>, TooLarge> {
        let Some(currency) = self.other_than(into) else {
            return Ok(Some(*self));
        };
        let Some(rate) = Exchange::between(rates, currency, into) else {
            return Ok(None);
        };
        let amount = self.number;
        let money = Money { amount, currency };
        Ok(Some(Self {
            number: rate.convert(amount)?.value,
            currency: Some(into),
            given: Some(Given { money, rate }),
        }))
    }

    /// The amount as it is shown, in `own` where it is in no other: `¥5,000.00`, or
    /// `¥5,000.00 (USD 704.23 at 1 USD = 7.1 CNY)`.
    #[must_use]
    pub fn shown(&self, own: Currency) -> String {
        self.with(own, ToString::to_string, "")
    }

    /// The same with every digit.
    #[must_use]
    pub fn precise(&self, own: Currency) -> String {
        let mark = self.given.map(|given| given.rate.mark(given.money.amount));
        self.with(own, Money::precise, &mark.unwrap_or_default())
    }

    /// With every digit, or as it is shown where it is converted.
    #[must_use]
    pub fn said(&self, own: Currency) -> String {
        match self.given {
            Some(_) => self.shown(own),
            None => self.precise(own),
        }
    }

    /// A limit beside what costs more: a converted one has every digit only where the rounded ones are the same.
    #[must_use]
    pub fn beside(&self, cost: Money) -> String {
        let own = cost.currency;
        match self.held(own).shown() == cost.shown() {
            true => self.precise(own),
            false => self.said(own),
        }
    }

    fn held(&self, own: Currency) -> Money {
        Money {
            amount: self.number,
            currency: self.currency.unwrap_or(own),
        }
    }

    fn with(&self, own: Currency, text: fn(&Money) -> String, mark: &str) -> String {
        let held = text(&self.held(own));
        match self.given {
            Some(Given { money, rate }) => {
                format!("{} ({held} at {}{mark})", text(&money), rate.stated())
            }
            None => held,
        }
    }
}
