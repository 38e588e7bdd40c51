//! Which models a list was asked for, by what one pays for them, and in which order.

use rust_decimal::Decimal;

use super::lowest::Lowest;
use super::{Card, MuCard};
use crate::billing::amount::Amount;
use crate::billing::error::QuoteError;
use crate::billing::money::Currency;
use crate::billing::quote::Method;
use crate::report::words;

/// The filter and the order of a list of models.
#[derive(Debug, Clone, Copy, Default)]
pub struct Selection {
    /// The method by which all are sold.
    pub method: Option<Method>,
    /// The highest price by the method, in the currency of the models and the unit of [`basis`].
    pub max_price: Option<Amount>,
    /// Their order; `None` as in the catalog.
    pub sort: Option<Sort>,
}

/// An order of models. Those that are equal stay as in the catalog.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Sort {
    /// By code, upper and lower case alike.
    Name,
    /// By family, upper and lower case alike.
    Family,
    /// By the lowest price of the method; those without one at the end.
    Price,
}

/// The unit in which a list has the prices of a method: `per replica-hour`.
#[must_use]
pub fn basis(method: Method) -> &'static str {
    match method {
        Method::Ptu => "per 10K input TPM-hour",
        Method::Mu => "per replica-hour",
        Method::Tokens => "per 1M input tokens",
        Method::Dtu => "per unit-month",
    }
}

/// The method as a list says it: `by model units`.
#[must_use]
pub fn by(method: Method) -> &'static str {
    match method {
        Method::Ptu => "by PTU",
        Method::Mu => "by model units",
        Method::Tokens => "by token",
        Method::Dtu => "by dedicated throughput units",
    }
}

/// The lowest price of a model by a method, for what [`basis`] says; `None` where it has none.
///
/// # Errors
/// When a price does not fit a decimal in its unit.
pub fn lowest_price(card: &Card, method: Method) -> Result<Option<Decimal>, QuoteError> {
    let lowest = Lowest::of(card)?;
    Ok(match method {
        Method::Ptu => lowest.ptu,
        Method::Mu => lowest.mu,
        Method::Dtu => lowest.dtu,
        Method::Tokens => lowest.fine_tuned.into_iter().chain(lowest.standard).min(),
    })
}

/// Keeps the specifications of a replica that cost no more than a price for an hour.
///
/// # Errors
/// When a price does not fit a decimal in its unit.
pub fn keep_specs(card: &mut Card, max: Decimal) -> Result<(), QuoteError> {
    let mut kept = Vec::new();
    for mu in card.mu.drain(..) {
        let hour = mu.hour.map(|hour| hour.for_units(1)).transpose()?;
        if hour.is_some_and(|hour| hour <= max) {
            kept.push(mu);
        }
    }
    card.mu = kept;
    Ok(())
}

/// The specifications of a replica with their prices for an hour: `MU5x1 ¥21, MU1x2 ¥108`.
///
/// # Errors
/// When a price does not fit a decimal in its unit.
pub fn specs(card: &Card) -> Result<String, QuoteError> {
    let spec = |mu: &MuCard| -> Result<String, QuoteError> {
        let apart = if mu.pd_separated { " PD-separated" } else { "" };
        let price = match mu.hour {
            Some(hour) => format!(" {}", words::price_of(hour.for_units(1)?, card.currency)),
            None => String::new(),
        };
        Ok(format!("{}{apart}{price}", mu.spec))
    };
    let specs: Result<Vec<String>, QuoteError> = card.mu.iter().map(spec).collect();
    Ok(specs?.join(", "))
}

impl Selection {
    /// After the number of models: ` by model units at or below ¥60 per replica-hour, the cheapest
    /// first`; nothing where all were asked for.
    #[must_use]
    pub fn said(&self, currency: Option<Currency>) -> String {
        let method = self.method.map(|method| format!(" {}", by(method)));
        let most = self.method.zip(self.max_price).zip(currency);
        let most = most.map(|((method, max), currency)| {
            let max = words::price_of(max.number, currency);
            format!(" at or below {max} {}", basis(method))
        });
        let order = self.sort.map(|sort| match sort {
            Sort::Name => ", by name",
            Sort::Family => ", by family",
            Sort::Price => ", the cheapest first",
        });
        let [method, most] = [method, most].map(Option::unwrap_or_default);
        format!("{method}{most}{}", order.unwrap_or_default())
    }
}
