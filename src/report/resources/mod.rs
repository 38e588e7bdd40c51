//! What an account holds, in each format.

mod document;
mod json;
mod lines;
mod notices;
mod sheet;

use chrono::NaiveDate;

use super::CatalogInfo;
use super::document::Document;
use super::render::csv::Sheet;
use super::render::{Report, View};
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

impl Report for ResourcesReport {
    fn document(&self, view: View) -> anyhow::Result<Document> {
        document::document(self, view.depth())
    }

    fn sheet(&self) -> anyhow::Result<Sheet<'_>> {
        sheet::sheet(self)
    }

    fn json(&self) -> anyhow::Result<String> {
        json::render(self)
    }
}
