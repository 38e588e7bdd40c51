//! Quotes in each format.

mod csv;
mod json;
mod markdown;
mod parameters_json;
pub(in crate::report) mod rows;
mod table;
mod trace_csv;
mod trace_json;

pub use json::{CatalogJson, QuoteJson, SourceJson, quote_json};
pub use table::{block, notes_list, sources_list};
pub use trace_json::TraceJson;

use rust_decimal::Decimal;

use super::{CatalogInfo, Format, Style, words};
use crate::billing::error::QuoteError;
use crate::billing::exact;
use crate::billing::money::{Fx, Money};
use crate::billing::note::Note;
use crate::billing::quote::{Quote, Source};

/// Quotes, and what else is said about them.
#[derive(Debug, Clone)]
pub struct QuoteReport {
    /// Each with its total in other currencies.
    pub quotes: Vec<PricedQuote>,
    /// Which prices were used.
    pub catalog: CatalogInfo,
    /// The most that the cheapest of them may cost, in its currency.
    pub max_cost: Option<Decimal>,
}

impl QuoteReport {
    /// The cheapest quote: of several one is bought, so it is the one that a limit holds.
    #[must_use]
    pub fn cheapest(&self) -> Option<&Quote> {
        let quotes = self.quotes.iter().map(|priced| &priced.quote);
        quotes.min_by_key(|quote| quote.total)
    }

    /// What is above the limit, where something is.
    #[must_use]
    pub fn exceeded(&self) -> Option<String> {
        let quote = self.cheapest()?;
        words::over_limit(quote, self.quotes.len(), self.max_cost?)
    }

    /// Which of several quotes the limit was held against.
    fn held(&self) -> Option<String> {
        let (limit, quote) = (self.max_cost?, self.cheapest()?);
        (self.quotes.len() > 1).then(|| words::held(quote, self.quotes.len(), limit))
    }
}

/// A quote and its total in other currencies.
#[derive(Debug, Clone)]
pub struct PricedQuote {
    /// The quote.
    pub quote: Quote,
    /// One for each rate that was given.
    pub converted: Vec<Converted>,
}

/// A total in another currency.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Converted {
    /// At which rate.
    pub fx: Fx,
    /// The total times the rate, exactly.
    pub total: Money,
}

impl PricedQuote {
    /// Converts the total of `quote`.
    ///
    /// # Errors
    /// [`QuoteError::TooLarge`] when a product does not fit a decimal exactly.
    pub fn new(quote: Quote, rates: &[Fx]) -> Result<Self, QuoteError> {
        let converted = rates
            .iter()
            .map(|fx| {
                let amount = exact::mul(quote.total, fx.rate)?;
                let currency = fx.currency;
                let total = Money { amount, currency };
                Ok(Converted { fx: *fx, total })
            })
            .collect::<Result<_, QuoteError>>()?;
        Ok(Self { quote, converted })
    }
}

/// The report as text, with a newline at its end.
///
/// # Errors
/// When a line's amount in another currency does not fit a decimal exactly.
pub fn render(report: &QuoteReport, format: Format, style: Style) -> anyhow::Result<String> {
    match format {
        Format::Table => Ok(table::render(report, style)),
        Format::Json => json::render(report),
        Format::Csv => csv::render(report),
        Format::Markdown => Ok(markdown::render(report)),
    }
}

/// A note, and which quotes it belongs to.
#[derive(Debug)]
pub struct SaidNote<'a> {
    /// The note.
    pub note: &'a Note,
    /// What tells its quotes from the others; empty where it belongs to all of them.
    pub of: Vec<String>,
}

/// The notes of all quotes, each once, in their order.
fn notes(report: &QuoteReport) -> Vec<SaidNote<'_>> {
    let mut notes: Vec<&Note> = Vec::new();
    for note in report.quotes.iter().flat_map(|priced| &priced.quote.notes) {
        if !notes.contains(&note) {
            notes.push(note);
        }
    }
    notes
        .into_iter()
        .map(|note| {
            let quotes = report.quotes.iter().map(|priced| &priced.quote);
            let mut of: Vec<String> = quotes
                .filter(|quote| quote.notes.contains(note))
                .map(|quote| words::variant(&quote.parameters))
                .collect();
            if of.len() == report.quotes.len() {
                of.clear();
            }
            SaidNote { note, of }
        })
        .collect()
}

/// The sources of all items, each once, in their order.
fn sources(report: &QuoteReport) -> Vec<&Source> {
    let mut sources: Vec<&Source> = Vec::new();
    let items = report.quotes.iter().flat_map(|priced| &priced.quote.items);
    for source in items.filter_map(|item| item.source.as_ref()) {
        if !sources.contains(&source) {
            sources.push(source);
        }
    }
    sources
}
