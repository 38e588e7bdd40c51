//! A line of a quote: quantity × unit price = amount.

use rust_decimal::Decimal;

use super::error::QuoteError;
use super::exact;
use super::hours::Hours;
use super::offer::Source;
use super::rule::Rule;
use super::unit::{Quantity, Unit, UnitPrice};

/// One line of a quote: quantity × unit price = amount.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LineItem {
    /// The kind of charge: `ptu.input`, `mu.replicas`, …
    pub id: &'static str,
    /// What is charged, in words.
    pub description: String,
    /// What the quantity is the product of: 100K TPM × 10 h.
    pub factors: Vec<Quantity>,
    /// The product of the factors.
    pub quantity: Quantity,
    /// The price of one unit or several.
    pub unit_price: UnitPrice,
    /// Quantity × unit price. Negative for credits and discounts.
    pub amount: Decimal,
    /// Whether the amount is exact; if not it is rounded at [`exact::QUOTIENT_DECIMALS`].
    pub exact: bool,
    /// The hours of the day that the price is for; `None` where it is that of the whole day.
    pub hours: Option<Hours>,
    /// The rule by which it is charged.
    pub rule: Rule,
    /// Where the unit price was read; `None` where a person gave it.
    pub source: Option<Source>,
}

/// What a line item is, before its amount is computed.
#[derive(Debug, Clone)]
pub struct Charge {
    /// See [`LineItem::id`].
    pub id: &'static str,
    /// See [`LineItem::description`].
    pub description: String,
    /// See [`LineItem::factors`].
    pub factors: Vec<Quantity>,
    /// See [`LineItem::unit_price`]; its unit is that of the product of the factors.
    pub unit_price: UnitPrice,
    /// See [`LineItem::rule`].
    pub rule: Rule,
    /// See [`LineItem::source`].
    pub source: Option<Source>,
}

impl LineItem {
    /// Computes the amount, so that it cannot disagree with the working.
    ///
    /// # Errors
    /// [`QuoteError::TooLarge`] when the quantity or the amount does not fit a decimal exactly.
    pub fn new(charge: Charge) -> Result<Self, QuoteError> {
        let mut quantity = Quantity {
            value: Decimal::ONE,
            unit: charge.unit_price.unit,
        };
        for factor in &charge.factors {
            quantity.value = exact::mul(quantity.value, factor.value)?;
        }
        debug_assert_eq!(product_unit(&charge.factors), Some(quantity.unit));
        let amount = charge.unit_price.amount_for(quantity.value)?;
        Ok(Self {
            id: charge.id,
            description: charge.description,
            factors: charge.factors,
            quantity,
            unit_price: charge.unit_price,
            amount: amount.value,
            exact: amount.exact,
            hours: None,
            rule: charge.rule,
            source: charge.source,
        })
    }

    /// The same charge, at a price for these hours of the day.
    #[must_use]
    pub fn in_hours(self, hours: Option<Hours>) -> Self {
        Self { hours, ..self }
    }

    /// The same charge for each of `terms` terms.
    ///
    /// # Errors
    /// [`QuoteError::TooLarge`] when the quantity or the amount does not fit a decimal exactly.
    pub fn repeated(&self, terms: u64) -> Result<Self, QuoteError> {
        let times = Quantity::of(terms, Unit::Term);
        let mut item = self.clone();
        item.quantity.value = exact::mul(item.quantity.value, times.value)?;
        item.amount = exact::mul(item.amount, times.value)?;
        item.factors.push(times);
        Ok(item)
    }
}

fn product_unit(factors: &[Quantity]) -> Option<Unit> {
    let mut units = factors.iter().map(|factor| factor.unit);
    let first = units.next()?;
    units.try_fold(first, Unit::times)
}
