//! An amount of money as a person gives it: a number, and its currency where they say it.

use rust_decimal::Decimal;

use super::exact::TooLarge;
use super::fx::{Exchange, Fx};
use super::money::Currency;

/// An amount whose currency may be said: `5000`, `¥5000`, `USD 5000`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Amount {
    /// The number.
    pub number: Decimal,
    /// The currency; `None` for that of what it is held against.
    pub currency: Option<Currency>,
}

impl Amount {
    /// The currency that it is said to be in, where that is not `own`.
    #[must_use]
    pub fn other_than(&self, own: Currency) -> Option<Currency> {
        self.currency.filter(|said| *said != own)
    }

    /// The number in a currency, converted as [`Exchange::convert`] at the first rate that can; `None` where none
    /// can.
    ///
    /// # Errors
    /// [`TooLarge`] when it does not fit.
    pub fn converted(&self, into: Currency, rates: &[Fx]) -> Result<Option<Decimal>, TooLarge> {
        let Some(said) = self.other_than(into) else {
            return Ok(Some(self.number));
        };
        let exchange = Exchange::between(rates, said, into);
        let converted = exchange.map(|exchange| exchange.convert(self.number));
        Ok(converted.transpose()?.map(|converted| converted.value))
    }
}
