//! The columns of CSV that say who pays for the tokens of a quote. They stand after all others.

use super::render::csv::Cell;
use crate::billing::exact::plain;
use crate::billing::quote::Quote;

pub const HEADER: &[&str] = &[
    "billing_modes",
    "status",
    "offset_tokens",
    "billed_tokens",
    "unserved_tokens",
    "exhausted_after",
    "per_day_after",
];

/// The cells of the columns, empty without funding. Several billing modes are separated by a semicolon.
pub fn cells(quote: &Quote) -> Vec<Cell<'static>> {
    let Some(result) = &quote.funding else {
        return HEADER.iter().map(|_| Cell::Fixed("")).collect();
    };
    let after = result.exhausted_after.map(|span| span.iso());
    vec![
        Cell::Number(result.modes.join("; ")),
        Cell::Fixed(result.status.map_or("", |status| status.name())),
        Cell::Number(result.offset.to_string()),
        Cell::Number(result.billed.to_string()),
        Cell::Number(result.unserved.to_string()),
        Cell::Number(after.unwrap_or_default()),
        Cell::Number(result.per_day_after.map(plain).unwrap_or_default()),
    ]
}
