//! What an account holds, in each format.

mod csv;
mod json;
mod lines;
mod markdown;
mod notices;
mod table;

use chrono::NaiveDate;

use super::{CatalogInfo, Format, Style};
use crate::billing::calendar::Moment;
use crate::resources::{DayPrice, Holding, Note};

/// What an account holds, and what else is said about it.
#[derive(Debug, Clone)]
pub struct ResourcesReport {
    /// The file, as it is shown.
    pub file: String,
    /// The document with the rules, for people.
    pub document: String,
    /// The day as of which everything is said.
    pub today: NaiveDate,
    /// What is shown, available ones first.
    pub holdings: Vec<Holding>,
    /// How many ended ones are not shown.
    pub hidden: usize,
    /// What a person should know beside the numbers.
    pub notes: Vec<Note>,
    /// Since when the account is overdue, where that was said.
    pub overdue_since: Option<Moment>,
    /// What a day's tokens are priced at, where a price was asked for.
    pub price: Option<DayPrice>,
    /// Which prices were used, where they come from the catalog.
    pub catalog: Option<CatalogInfo>,
}

/// The report as text, with a newline at its end.
///
/// # Errors
/// When a number does not fit a decimal exactly.
pub fn render(report: &ResourcesReport, format: Format, style: Style) -> anyhow::Result<String> {
    match format {
        Format::Table => table::render(report, style),
        Format::Json => json::render(report),
        Format::Csv => csv::render(report),
        Format::Markdown => markdown::render(report),
    }
}
