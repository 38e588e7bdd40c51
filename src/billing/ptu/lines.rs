//! The lines of what is reserved: one a unit, for its time.

use super::{Prices, Request};
use crate::billing::error::QuoteError;
use crate::billing::line::{Charge, LineItem};
use crate::billing::number::capitalized;
use crate::billing::rule::Rule;
use crate::billing::unit::{Quantity, Unit, UnitPrice};
use crate::billing::units::{Sold, UnitName};

/// A line for each unit.
///
/// # Errors
/// [`QuoteError::TooLarge`] when an amount does not fit a decimal exactly.
pub(super) fn lines(
    request: &Request,
    prices: &Prices,
    time: Quantity,
    rule: Rule,
) -> Result<Vec<LineItem>, QuoteError> {
    let units = prices.units.iter().zip(request.size.0);
    let line = |(unit, count): (&Sold, u64)| {
        LineItem::new(Charge {
            id: match unit.name {
                UnitName::InputTpm => "ptu.input",
                UnitName::OutputTpm => "ptu.output",
                UnitName::Named(_) => "ptu.units",
                UnitName::Dedicated(_) => "dtu.units",
            },
            description: capitalized(&unit.name.to_string()),
            factors: vec![Quantity::of(count, unit.unit()), time],
            unit_price: in_increments(unit.price, time.unit),
            rule,
            source: Some(prices.source.clone()),
        })
    };
    units.map(line).collect()
}

/// The price for the unit that time is counted in: by the minute, an hour's price buys 60.
fn in_increments(price: UnitPrice, time: Unit) -> UnitPrice {
    match time {
        Unit::Minute => UnitPrice {
            per: price.per.saturating_mul(60),
            unit: match price.unit {
                Unit::CapacityHour => Unit::CapacityMinute,
                _ => Unit::TpmMinute,
            },
            ..price
        },
        _ => price,
    }
}
