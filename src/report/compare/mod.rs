//! A comparison in each format, and as a chart.

mod ages;
mod answer;
pub mod chart;
mod document;
mod gaps;
mod growth;
mod json;
mod lines;
mod log;
mod log_growth;
mod log_model;
mod log_then;
mod nearest;
mod sheet;
mod shown;
mod svg;
mod switches;
mod then;
mod traced;
mod unranked;
mod words;

pub use lines::ChartData;
pub use log::LogReport;
pub use log_model::LogModel;
pub use svg::svg;

use super::CatalogInfo;
use super::document::Document;
use super::quotes::PricedQuote;
use super::render::csv::Sheet;
use super::render::{Report, View};
use crate::billing::exact::plain;
use crate::billing::fx::Exchange;
use crate::compare::{Comparison, GrownComparison, Row, Then};

/// A comparison and what else is said about it.
#[derive(Debug, Clone)]
pub struct CompareReport {
    /// The ranking and what follows from it.
    pub comparison: Comparison,
    /// The quotes of its rows, in order: in the currency of their prices, with totals in others.
    pub quotes: Vec<PricedQuote>,
    /// The quotes of the options that are not ranked.
    pub unranked: Vec<PricedQuote>,
    /// The rates of exchange that were given.
    pub rates: Vec<Exchange>,
    /// Which prices were used.
    pub catalog: CatalogInfo,
    /// The months of calls that grow, where that was asked for.
    pub growth: Option<GrownComparison>,
    /// The same at the prices of an earlier day, where that was asked for.
    pub then: Option<Then>,
    /// Whether a limit is exceeded.
    pub exceeded: bool,
    /// The number of ranked options to show; `None` for all.
    pub top: Option<usize>,
    /// The chart as text.
    pub chart: Option<String>,
    /// The chart as SVG.
    pub svg: Option<String>,
}

impl CompareReport {
    /// The ranked options that are shown.
    fn shown(&self) -> impl Iterator<Item = &Row> {
        let most = self.top.unwrap_or(usize::MAX);
        self.comparison.rows.iter().take(most)
    }
}

impl Report for CompareReport {
    fn document(&self, view: View) -> anyhow::Result<Document> {
        document::document(self, view.depth())
    }

    fn sheet(&self) -> anyhow::Result<Sheet<'_>> {
        Ok(sheet::sheet(self))
    }

    fn json(&self) -> anyhow::Result<String> {
        json::render(self)
    }

    /// The cost of the cheapest way, of all months where calls grow.
    fn total(&self) -> Option<String> {
        if let Some(growth) = &self.growth {
            return Some(plain(growth.ways.first()?.total.amount));
        }
        let cheapest = self.comparison.rows.first()?;
        Some(plain(cheapest.quote.total))
    }
}
