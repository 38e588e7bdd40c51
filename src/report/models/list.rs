//! A list that one can scan: what there is, how it can be bought, and from what price.

use rust_decimal::Decimal;

use super::selection::specs;
use super::{Card, ModelsReport, TokenCard};
use crate::billing::error::QuoteError;
use crate::billing::quote::Method;
use crate::billing::unit::UnitPrice;
use crate::report::document::{Cell, Column, Table};
use crate::report::words;

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
    /// Those of a card.
    ///
    /// # Errors
    /// When a price does not fit a decimal in its unit.
    pub fn of(card: &Card) -> Result<Self, QuoteError> {
        let hours = card.ptu.iter().filter_map(|ptu| ptu.hour.as_ref());
        let replicas = card.mu.iter().filter_map(|mu| mu.hour);
        let by_token = |card: &Option<TokenCard>| {
            let inputs = card.iter().flat_map(|card| &card.tiers);
            lowest(inputs.map(|tier| tier.input), 1_000_000)
        };
        Ok(Self {
            ptu: lowest(hours.map(|hour| hour.input), 10_000)?,
            mu: lowest(replicas, 1)?,
            fine_tuned: by_token(&card.fine_tuned)?,
            standard: by_token(&card.standard)?,
        })
    }
}

/// One row a model; `-` for what is not sold.
///
/// # Errors
/// As [`Lowest::of`].
pub fn table(report: &ModelsReport) -> Result<Table, QuoteError> {
    // The specifications are those at or below the limit.
    let limited = report.selection.max_price.is_some();
    let with_specs = limited && report.selection.method == Some(Method::Mu);
    let ptu = Column::number("PTU\n10K TPM-h");
    let mut columns = vec![
        Column::text("Model"),
        Column::text("Family").droppable(),
        if with_specs { ptu.droppable() } else { ptu },
        Column::number("MU\nreplica-h"),
        Column::number("Fine-tuned\n1M in"),
        Column::number("Standard\n1M in"),
    ];
    if with_specs {
        columns.push(Column::text("Replicas").below());
    }
    let mut table = Table::new(columns);
    for card in &report.cards {
        let lowest = Lowest::of(card)?;
        let shown = |price: Option<Decimal>| {
            Cell::number(price.map_or("-".to_owned(), |price| {
                words::price_of(price, card.currency)
            }))
        };
        let mut row = vec![
            Cell::code(&card.code),
            Cell::text(&card.family),
            shown(lowest.ptu),
            shown(lowest.mu),
            shown(lowest.fine_tuned),
            shown(lowest.standard),
        ];
        if with_specs {
            row.push(Cell::text(specs(card)?));
        }
        table.row(row);
    }
    Ok(table)
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
