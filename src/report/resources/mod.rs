//! The resources of an account in each format.

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

/// The resources of an account, with notes.
#[derive(Debug, Clone)]
pub struct ResourcesReport {
    /// The file, as it is shown.
    pub file: String,
    /// The document with the rules, for people.
    pub document: String,
    /// The day as of which everything is said.
    pub today: NaiveDate,
    /// The resources that are shown, available ones first.
    pub holdings: Vec<Holding>,
    /// The number of ended resources that are not shown.
    pub hidden: usize,
    /// Notes beside the numbers.
    pub notes: Vec<Note>,
    /// Since when the account is overdue, where that was said.
    pub overdue_since: Option<Moment>,
    /// The price of a day's tokens, where it was asked for.
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
