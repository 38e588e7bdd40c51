//! Quotes in each format.

mod bill;
mod bill_json;
mod document;
mod fx_json;
mod growth;
mod items_json;
mod json;
mod limit_json;
mod notes;
mod parameters_json;
pub(in crate::report) mod rows;
mod sheet;
mod trace_csv;
mod trace_json;

pub use bill::{Bill, BilledModel};
pub(super) use bill::{called, left_out};
pub(super) use bill_json::LeftOutJson;
pub(super) use document::calendar_line;
pub(super) use fx_json::FxJson;
pub use growth::{Grown, GrownMonth};
pub(super) use items_json::SourceJson;
pub(super) use json::{CatalogJson, QuoteJson, quote_json};
pub(super) use parameters_json::MeterJson;
pub use sheet::rate as rate_cell;
pub(super) use trace_json::{CallsJson, TraceJson, calls};

use rust_decimal::Decimal;

use super::document::Document;
use super::render::csv::Sheet;
use super::render::{Report, View};
use super::{CatalogInfo, words};
use crate::billing::amount::Amount;
use crate::billing::error::QuoteError;
use crate::billing::exact::{QUOTIENT_DECIMALS, TooLarge, plain};
use crate::billing::fx::Exchange;
use crate::billing::money::{Currency, Money};
use crate::billing::note::Note;
use crate::billing::quote::Quote;
use crate::billing::rule::Rule;
use crate::compare::Row;

/// Quotes, and what else is said about them.
#[derive(Debug, Clone)]
pub struct QuoteReport {
    /// Each with its total in other currencies.
    pub quotes: Vec<PricedQuote>,
    /// Which prices were used.
    pub catalog: CatalogInfo,
    /// The most that the cheapest of them may cost, in its currency.
    pub max_cost: Option<Amount>,
    /// The minutes of a trace, drawn.
    pub svg: Option<String>,
    /// Where they are of the models of a log, which are all paid: what they come to together.
    pub bill: Option<Bill>,
}

impl QuoteReport {
    /// The cheapest quote: of several one is bought, so it is the one that a limit holds.
    #[must_use]
    pub fn cheapest(&self) -> Option<&Quote> {
        let quotes = self.quotes.iter().map(|priced| &priced.quote);
        quotes.min_by_key(|quote| quote.total)
    }

    /// The quotes, and the lines of a savings plan that pays for all of them.
    fn priced(&self) -> impl Iterator<Item = &PricedQuote> {
        let plan = self.bill.iter().filter_map(|bill| bill.plan.as_ref());
        self.quotes.iter().chain(plan)
    }

    /// The message where the limit is exceeded.
    #[must_use]
    pub fn exceeded(&self) -> Option<String> {
        if let Some(bill) = &self.bill {
            return bill.over_limit(self.max_cost?);
        }
        let quote = self.cheapest()?;
        words::over_limit(quote, self.quotes.len(), self.max_cost?)
    }

    /// Which of several quotes the limit applies to.
    fn held(&self) -> Option<String> {
        let (limit, quote) = (self.max_cost?, self.cheapest()?);
        (self.quotes.len() > 1 && self.bill.is_none())
            .then(|| words::held(quote, self.quotes.len(), limit))
    }
}

/// A quote and its total in other currencies.
#[derive(Debug, Clone)]
pub struct PricedQuote {
    /// The quote.
    pub quote: Quote,
    /// One for each rate that was given.
    pub converted: Vec<Converted>,
    /// What it costs in later months, where its traffic grows.
    pub growth: Option<Grown>,
}

/// A total in another currency.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Converted {
    /// The rate.
    pub fx: Exchange,
    /// One unit of the currency that the total was in, as [`Exchange::convert`].
    pub rate: Decimal,
    /// The rate as it was stated, or both where two were needed.
    pub stated: String,
    /// The total at the rate, as [`Exchange::convert`].
    pub total: Money,
    /// Whether nothing of the total was rounded.
    pub exact: bool,
}

impl Converted {
    /// An amount at a rate.
    ///
    /// # Errors
    /// [`TooLarge`] when it does not fit a decimal.
    pub fn new(fx: Exchange, amount: Decimal) -> Result<Self, TooLarge> {
        let converted = fx.convert(amount)?;
        Ok(Self {
            fx,
            rate: fx.convert(Decimal::ONE)?.value,
            stated: fx.stated(),
            total: Money {
                amount: converted.value,
                currency: fx.to.currency,
            },
            exact: converted.exact,
        })
    }

    /// The converted amount, converted once more at another rate.
    fn further(&self, fx: Exchange) -> Result<Self, TooLarge> {
        let last = Self::new(fx, self.total.amount)?;
        Ok(Self {
            rate: fx.convert(self.rate)?.value,
            stated: format!("{}, {}", self.stated, last.stated),
            exact: self.exact && last.exact,
            ..last
        })
    }
}

impl PricedQuote {
    /// Converts the total of `quote`. Where one does not end as a decimal a note says so.
    ///
    /// # Errors
    /// [`QuoteError::TooLarge`] when a number does not fit a decimal.
    pub fn new(quote: Quote, rates: &[Exchange]) -> Result<Self, QuoteError> {
        let converted = rates.iter().map(|fx| Converted::new(*fx, quote.total));
        let converted = converted.collect::<Result<_, TooLarge>>()?;
        Ok(Self::with(quote, converted))
    }

    fn with(quote: Quote, converted: Vec<Converted>) -> Self {
        let growth = None;
        Self {
            quote,
            converted,
            growth,
        }
        .noted()
    }

    /// The quote of a row of a comparison in the currency of its prices, with its total in that of
    /// the comparison, `rates` of which are given, and in the others. What another currency than
    /// those two comes to follows from the total that is ranked.
    ///
    /// # Errors
    /// As [`Self::new`].
    pub fn of_row(row: &Row, rates: &[Exchange]) -> Result<Self, QuoteError> {
        let Some(own) = &row.own else {
            return Self::new(row.quote.clone(), rates);
        };
        Self::into_total(own.quote.clone(), own.exchange, rates)
    }

    /// A quote that is added to a total in another currency, `rates` of which are given: first in that, then in
    /// the others.
    ///
    /// # Errors
    /// As [`Self::new`].
    pub fn into_total(
        quote: Quote,
        into: Exchange,
        rates: &[Exchange],
    ) -> Result<Self, QuoteError> {
        let first = Converted::new(into, quote.total)?;
        let others = rates.iter().filter(|fx| fx.to.currency != quote.currency);
        let others = others.map(|fx| first.further(*fx));
        let others = others.collect::<Result<Vec<_>, TooLarge>>()?;
        let converted = std::iter::once(first).chain(others).collect();
        Ok(Self::with(quote, converted))
    }

    /// What it costs: of traffic that grows in all months.
    fn all(&self) -> Decimal {
        self.growth.as_ref().map_or(self.quote.total, Grown::total)
    }

    fn noted(mut self) -> Self {
        if self.converted.iter().any(|converted| !converted.exact) {
            // A comparison says how old its prices are before it is converted, and a quote after that.
            let notes = &mut self.quote.notes;
            let of_age = |note: &Note| {
                matches!(
                    note,
                    Note::OldPrices { .. }
                        | Note::UndatedPrices
                        | Note::BeforeEvidence { .. }
                        | Note::Page(_)
                )
            };
            let at = notes.iter().position(of_age).unwrap_or(notes.len());
            notes.insert(
                at,
                Note::Inexact {
                    rule: Rule::Fx,
                    decimals: QUOTIENT_DECIMALS,
                },
            );
        }
        self
    }

    /// The total in a currency: its own, or one that it was converted to.
    #[must_use]
    pub fn total_in(&self, currency: Currency) -> Option<Money> {
        let own = self.quote.total_money();
        let converted = self.converted.iter().map(|converted| converted.total);
        std::iter::once(own)
            .chain(converted)
            .find(|total| total.currency == currency)
    }
}

impl Report for QuoteReport {
    fn document(&self, view: View) -> anyhow::Result<Document> {
        Ok(document::document(self, view.depth()))
    }

    fn sheet(&self) -> anyhow::Result<Sheet<'_>> {
        sheet::sheet(self)
    }

    fn json(&self) -> anyhow::Result<String> {
        json::render(self)
    }

    fn total(&self) -> Option<String> {
        match &self.bill {
            Some(bill) => Some(plain(bill.all().amount)),
            None => {
                let cheapest = self.quotes.iter().min_by_key(|priced| priced.all());
                cheapest.map(|priced| plain(priced.all()))
            }
        }
    }
}

/// The sources of all prices and the documents of all rules, each once.
pub fn sources(report: &QuoteReport) -> Vec<String> {
    let quotes = || report.priced().map(|priced| &priced.quote);
    let items = quotes().flat_map(|quote| &quote.items);
    report.catalog.sources(
        items
            .filter_map(|item| item.source.as_ref())
            .chain(quotes().flat_map(|quote| quote.notes.iter().filter_map(Note::read_from))),
        quotes().flat_map(Quote::documents),
    )
}
