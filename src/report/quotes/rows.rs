//! A line item as a row of a spreadsheet.

use crate::billing::exact::plain;
use crate::billing::quote::{LineItem, Quote};
use crate::report::render::csv::Cell;
use crate::report::words;

pub const COLUMNS: &[&str] = &[
    "provider",
    "region",
    "model",
    "method",
    "term",
    "variant",
    "item",
    "description",
    "quantity",
    "unit",
    "unit_price",
    "per",
    "amount",
];

/// The titles for the currency of the amount, and where it comes from.
pub const ORIGIN: &[&str] = &["currency", "rule", "source"];

pub fn cells<'a>(quote: &'a Quote, item: &'a LineItem) -> Vec<Cell<'a>> {
    vec![
        Cell::text(&quote.model.provider),
        Cell::text(&quote.model.region),
        Cell::text(&quote.model.code),
        Cell::Fixed(quote.method.name()),
        Cell::Fixed(quote.term.name()),
        Cell::Number(words::variant(&quote.parameters)),
        Cell::Fixed(item.id),
        Cell::text(&item.description),
        Cell::Number(plain(item.quantity.value)),
        Cell::Fixed(item.quantity.unit.name()),
        Cell::Number(plain(item.unit_price.amount)),
        Cell::Number(item.unit_price.per.to_string()),
        Cell::Number(plain(item.amount)),
    ]
}

pub fn origin<'a>(quote: &'a Quote, item: &LineItem) -> [Cell<'a>; 3] {
    let source = item.source.as_ref().map(words::source);
    [
        Cell::Fixed(quote.currency.code()),
        Cell::Fixed(item.rule.id()),
        Cell::text(source.unwrap_or_default()),
    ]
}
