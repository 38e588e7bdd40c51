//! Model units by the month: replicas can be added for the days that are left. What comes back of replicas
//! that are given up is not documented.

use crate::billing::downgrade::At;
use crate::billing::error::QuoteError;
use crate::billing::line::{Charge, LineItem};
use crate::billing::mu::Prices;
use crate::billing::note::ScalingNote;
use crate::billing::rule::Rule;
use crate::billing::unit::{Quantity, Unit, UnitPrice};

/// A change of the number of replicas.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Replicas {
    /// Replicas before the change.
    pub from: u64,
    /// Replicas after the change.
    pub to: u64,
}

/// The line of the replicas that are added; `None` where their number stays. A day costs the monthly price
/// over the days of a month.
///
/// # Errors
/// [`QuoteError::UnitsScaledIn`] where there are fewer, [`QuoteError::ScalingNotDocumented`] where the provider
/// does not say how they are scaled, [`QuoteError::TooLarge`] when an amount does not fit.
pub fn added(
    replicas: Replicas,
    at: At,
    prices: &Prices,
) -> Result<Option<(LineItem, ScalingNote)>, QuoteError> {
    if !prices.rules.scales_out_by_day {
        return Err(QuoteError::ScalingNotDocumented);
    }
    let Replicas { from, to } = replicas;
    if to < from {
        return Err(QuoteError::UnitsScaledIn { day: at.day() });
    }
    if to == from {
        return Ok(None);
    }
    let terms = prices.rules.cancellation;
    let days = terms.ok_or(QuoteError::ScalingNotDocumented)?.month_days;
    let unit_price = UnitPrice {
        per: prices.price.per.saturating_mul(days),
        unit: Unit::ReplicaDay,
        ..prices.price
    };
    let item = LineItem::new(Charge {
        id: "mu.added",
        description: format!("Replicas of {} added", prices.spec),
        factors: vec![
            Quantity::of(to.saturating_sub(from), Unit::Replica),
            Quantity::of(at.left(), Unit::Day),
        ],
        unit_price,
        rule: Rule::DeployDowngrade,
        source: Some(prices.source.clone()),
    })?;
    Ok(Some((item, ScalingNote::ReplicasOut { at, days })))
}
