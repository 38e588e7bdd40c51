//! A price per unit and a number of units whose product is the cost, to the last digit.

use rust_decimal::Decimal;

use crate::billing::error::QuoteError;
use crate::billing::exact::{self, plain};
use crate::billing::number::capitalized;
use crate::billing::quote::LineItem;
use crate::billing::unit::Unit;

/// Unit, quantity and prices of a charge.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Pricing {
    /// `Tokens`, `Replica-Hours`, or several at once: `11222 Replica-Minutes`.
    pub unit: String,
    pub quantity: Decimal,
    /// The price of one as it is published.
    pub list: Decimal,
    /// The price of one with the discount taken off.
    pub contracted: Decimal,
}

impl Pricing {
    /// The cost at published prices.
    pub fn list_cost(&self) -> Result<Decimal, QuoteError> {
        Ok(exact::mul(self.list, self.quantity)?)
    }

    /// The cost with the discount taken off.
    pub fn contracted_cost(&self) -> Result<Decimal, QuoteError> {
        Ok(exact::mul(self.contracted, self.quantity)?)
    }
}

/// The pricing of `count` of an item of which a share of `left` is paid, `contracted` for each.
pub fn pricing(
    item: &LineItem,
    left: Decimal,
    contracted: Decimal,
    count: Decimal,
) -> Result<Pricing, QuoteError> {
    // A price by the hour that is counted in minutes is said by the hour again, where that ends.
    let (unit, per) = (item.unit_price.unit, item.unit_price.per);
    let quantity = item.quantity.value;
    let hours = exact::div(quantity, 60)?;
    let hourly = match (unit, hours.exact && per.is_multiple_of(60)) {
        (Unit::ReplicaMinute, true) => Some(Unit::ReplicaHour),
        (Unit::TpmMinute, true) => Some(Unit::TpmHour),
        (Unit::CapacityMinute, true) => Some(Unit::CapacityHour),
        _ => None,
    };
    let (unit, per, quantity) = match (hourly, per.checked_div(60)) {
        (Some(hour), Some(per)) => (hour, per, hours.value),
        _ => (unit, per, quantity),
    };
    if item.exact
        && let Ok(found) = each(item, unit, per, quantity, left, count)
    {
        return Ok(found);
    }
    // Where neither the price of one nor the product is a finite decimal, all of it is one unit.
    Ok(Pricing {
        unit: format!(
            "{} {}",
            plain(item.quantity.value),
            name(item.quantity.unit)
        ),
        quantity: count,
        list: item.amount,
        contracted,
    })
}

/// The price of one unit, or of as many as the price is published for.
fn each(
    item: &LineItem,
    unit: Unit,
    per: u64,
    quantity: Decimal,
    left: Decimal,
    count: Decimal,
) -> Result<Pricing, QuoteError> {
    let one = exact::div(item.unit_price.amount, per)?;
    let (unit, quantity, list) = if one.exact {
        (name(unit), quantity, one.value)
    } else {
        let blocks = exact::div(quantity, per)?;
        if !blocks.exact {
            return Err(QuoteError::TooLarge);
        }
        let unit = format!("{per} {}", name(unit));
        (unit, blocks.value, item.unit_price.amount)
    };
    let found = Pricing {
        unit,
        quantity: exact::mul(quantity, count)?,
        list,
        contracted: exact::mul(list, left)?,
    };
    found.list_cost()?;
    found.contracted_cost()?;
    Ok(found)
}

/// A unit as FOCUS writes units: `Tokens`, `TPM-Hours`.
pub fn name(unit: Unit) -> String {
    let words: Vec<String> = unit.name().split('-').map(capitalized).collect();
    format!("{}s", words.join("-"))
}
