//! The lowest price of each way in which a model is sold.

use rust_decimal::Decimal;

use super::{Card, TokenCard};
use crate::billing::error::QuoteError;
use crate::billing::unit::UnitPrice;

/// The lowest prices of a model, each for a fixed unit; `None` of what is not sold.
pub struct Lowest {
    /// Of 10K input TPM for an hour.
    pub ptu: Option<Decimal>,
    /// Of a replica for an hour.
    pub mu: Option<Decimal>,
    /// Of 1M input tokens of a fine-tuned model.
    pub fine_tuned: Option<Decimal>,
    /// Of 1M input tokens of ordinary calls.
    pub standard: Option<Decimal>,
}

impl Lowest {
    pub fn of(card: &Card) -> Result<Self, QuoteError> {
        let hours = card.ptu.iter().filter_map(|ptu| ptu.hour.as_ref());
        let replicas = card.mu.iter().filter_map(|mu| mu.hour);
        let by_token = |card: &Option<TokenCard>| {
            let inputs = card.iter().flat_map(|card| &card.tiers);
            lowest(inputs.map(|one| one.tier.prices.input), 1_000_000)
        };
        Ok(Self {
            ptu: lowest(hours.map(|hour| hour.input), 10_000)?,
            mu: lowest(replicas, 1)?,
            fine_tuned: by_token(&card.fine_tuned)?,
            standard: by_token(&card.standard)?,
        })
    }
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
