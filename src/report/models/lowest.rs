//! The lowest price of each way in which a model is sold.

use rust_decimal::Decimal;
use rust_decimal::prelude::FromPrimitive;

use super::{CapacityCard, Card, TokenCard};
use crate::billing::error::QuoteError;
use crate::billing::exact;
use crate::billing::full_use;
use crate::billing::kind::Tokens;
use crate::billing::ptu::Period;
use crate::billing::unit::UnitPrice;

/// The lowest prices of a model, each for a fixed unit; `None` of what is not sold.
pub struct Lowest {
    /// Of 10K input TPM for an hour; where it is sold in units, of the part of one that holds them.
    pub ptu: Option<Decimal>,
    /// Of 10K input TPM of a standard reservation for a day.
    pub reservation: Option<Decimal>,
    /// Of a replica for an hour.
    pub mu: Option<Decimal>,
    /// Of a dedicated throughput unit for a month.
    pub dtu: Option<Decimal>,
    /// Of 1M input tokens of a fine-tuned model.
    pub fine_tuned: Option<Decimal>,
    /// Of 1M input tokens of ordinary calls.
    pub standard: Option<Decimal>,
}

impl Lowest {
    pub fn of(card: &Card) -> Result<Self, QuoteError> {
        let hours = card.ptu.iter().filter_map(|ptu| ptu.hour.as_ref());
        let terms = card.reservation.iter().flat_map(|one| &one.terms);
        let days = terms.filter(|(period, _)| *period == Period::Day);
        let days = days.map(|(_, term)| term.input);
        let replicas = card.mu.iter().filter_map(|mu| mu.hour);
        let by_token = |card: &Option<TokenCard>| {
            let inputs = card.iter().flat_map(|card| &card.tiers);
            lowest(inputs.map(|one| one.tier.prices.input), 1_000_000)
        };
        let in_units = card.capacity.as_ref().map(of_units).transpose()?;
        Ok(Self {
            ptu: match in_units {
                Some(of_units) => of_units,
                None => lowest(hours.map(|hour| hour.input), 10_000)?,
            },
            reservation: lowest(days, 10_000)?,
            mu: lowest(replicas, 1)?,
            dtu: lowest(card.dtu.iter().map(|dtu| dtu.month), 1)?,
            fine_tuned: by_token(&card.fine_tuned)?,
            standard: by_token(&card.standard)?,
        })
    }
}

/// What 10K input TPM cost for an hour of the shortest term as a part of a unit, in calls of the shortest bracket;
/// rounded where it does not end.
fn of_units(card: &CapacityCard) -> Result<Option<Decimal>, QuoteError> {
    let Some((period, price)) = card.terms().into_iter().next() else {
        return Ok(None);
    };
    let hours = u128::from(full_use::hours(period));
    let shares = card.meters.shares(Tokens::plain(10_000, 0), u64::MAX);
    let mut part = Decimal::ZERO;
    for (share, of_one) in shares.into_iter().zip(card.meters.quota(card.adds)) {
        let decimal = |number| Decimal::from_u128(number).ok_or(QuoteError::TooLarge);
        if of_one > 0 {
            let cost = exact::mul(price.for_units(1)?, decimal(share)?)?;
            let of_term = exact::mul(decimal(of_one)?, decimal(hours)?)?;
            part = part.max(exact::ratio_or_rounded(cost, of_term)?.value);
        }
    }
    Ok(Some(part))
}

fn lowest(
    prices: impl Iterator<Item = UnitPrice>,
    per: u64,
) -> Result<Option<Decimal>, QuoteError> {
    let mut lowest = None;
    for price in prices {
        let price = price.for_units(per)?;
        if lowest.is_none_or(|known| price < known) {
            lowest = Some(price);
        }
    }
    Ok(lowest)
}
