//! A list that one can scan: what there is, how it can be bought, and from what price.

use super::{Card, ModelsReport, TokenCard};
use crate::billing::error::QuoteError;
use crate::billing::number::counted;
use crate::billing::unit::UnitPrice;
use crate::report::layout;
use crate::report::style::Style;
use crate::report::words;

/// Titles, and what the prices under them are for.
pub const COLUMNS: [(&str, &str); COUNT] = [
    ("Model", ""),
    ("Family", ""),
    ("PTU from", "10K TPM-h"),
    ("MU from", "replica-h"),
    ("Fine-tuned from", "1M input"),
    ("Standard from", "1M input"),
];
const COUNT: usize = 6;
/// The same where width is short: the longest codes leave 34 columns for the prices.
const NARROW: [[&str; COUNT]; 3] = [
    ["Model", "Family", "PTU", "MU", "Fine-", "Standard"],
    ["", "", "10K TPM", "replica", "tuned", ""],
    ["", "", "1 h", "1 h", "1M in", "1M in"],
];

/// The list as text.
pub fn render(report: &ModelsReport, style: Style) -> anyhow::Result<String> {
    let [titles, units @ ..] = &NARROW;
    let mut table = layout::columns(titles, &[2, 3, 4, 5]);
    for unit in units {
        table.add_row(unit);
    }
    for card in &report.cards {
        table.add_row(row(card)?);
    }
    let mut text = String::new();
    for (at, line) in layout::lines(&table).into_iter().enumerate() {
        text.push_str(&if at < NARROW.len() {
            style.dim(&line)
        } else {
            line
        });
        text.push('\n');
    }
    let count = counted(
        u64::try_from(report.cards.len()).unwrap_or(u64::MAX),
        "model",
    );
    let legend = format!(
        "{count}, prices in force on {}: the lowest of input for PTU and by token (fine-tuned models, ordinary calls), of a replica for MU",
        report.catalog.as_of
    );
    text.push('\n');
    text.push_str(&layout::paragraph(&legend));
    text.push_str(&layout::changes(&report.catalog.changes, style));
    Ok(text)
}

/// Code, family and the lowest prices; `-` for what is not sold.
pub fn row(card: &Card) -> Result<[String; COUNT], QuoteError> {
    let shown = |price: Option<rust_decimal::Decimal>| {
        price.map_or("-".to_owned(), |price| {
            words::price_of(price, card.currency)
        })
    };
    let hours = card.ptu.iter().filter_map(|ptu| ptu.hour.as_ref());
    let replicas = card.mu.iter().filter_map(|mu| mu.hour);
    let by_token = |card: &Option<TokenCard>| {
        let inputs = card.iter().flat_map(|card| &card.tiers);
        lowest(inputs.map(|tier| tier.input), 1_000_000)
    };
    Ok([
        card.code.clone(),
        card.family.clone(),
        shown(lowest(hours.map(|hour| hour.input), 10_000)?),
        shown(lowest(replicas, 1)?),
        shown(by_token(&card.fine_tuned)?),
        shown(by_token(&card.standard)?),
    ])
}

fn lowest(
    prices: impl Iterator<Item = UnitPrice>,
    per: u64,
) -> Result<Option<rust_decimal::Decimal>, QuoteError> {
    let mut lowest = None;
    for price in prices {
        let price = price.for_units(per)?;
        if lowest.is_none_or(|known| price < known) {
            lowest = Some(price);
        }
    }
    Ok(lowest)
}
