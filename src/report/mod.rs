//! The output of each command, and the formats it is printed in. Knows quotes, not the catalog.

pub mod check;
pub mod compare;
pub mod document;
mod drawing;
mod funding;
mod json;
pub mod models;
mod overdue;
pub mod quotes;
mod recorded;
pub mod render;
mod renewals;
pub mod resources;
mod savings;
pub mod trace;
pub mod traffic;
mod words;

use std::collections::BTreeSet;

use chrono::NaiveDate;

use crate::billing::quote::Source;

pub use document::Depth;
pub use render::{Format, Report, Style, View, render};
pub use words::over_limit;

/// The catalog behind a report.
#[derive(Debug, Clone)]
pub struct CatalogInfo {
    /// The prices in force on that date.
    pub as_of: NaiveDate,
    /// The day from which the age of prices is counted.
    pub today: NaiveDate,
    /// The files that were read.
    pub files: Vec<String>,
    /// The changes by user files that concern the printed models.
    pub changes: Vec<ChangeInfo>,
    /// The documents that rules come from, by id: publisher, title and date.
    /// Read only where they are said.
    pub documents: fn() -> Vec<(String, String)>,
}

impl CatalogInfo {
    /// The sources of prices, each once, and the other documents that are cited.
    fn sources<'a>(
        &self,
        read: impl Iterator<Item = &'a Source>,
        cited: impl Iterator<Item = &'static str>,
    ) -> Vec<String> {
        let mut lines = Vec::new();
        let mut seen = BTreeSet::new();
        let mut documents = BTreeSet::new();
        let mut last = None;
        for source in read {
            // Neighbours mostly come from the same place.
            if last.replace(source) == Some(source) {
                continue;
            }
            documents.insert(source.document.as_str());
            let line = words::source(source);
            if seen.insert(line.clone()) {
                lines.push(line);
            }
        }
        let mut titles = None;
        for id in cited {
            if documents.insert(id) {
                let titles = titles.get_or_insert_with(self.documents);
                let known = titles.iter().find(|(known, _)| known == id);
                lines.push(match known {
                    Some((_, title)) => format!("{id}: {title}"),
                    None => id.to_owned(),
                });
            }
        }
        lines
    }
}

impl From<&ChangeInfo> for String {
    fn from(change: &ChangeInfo) -> Self {
        change.to_string()
    }
}

impl std::fmt::Display for ChangeInfo {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{}: {} ({})", self.model, self.change, self.file)
    }
}

/// One thing that a user's file changed.
#[derive(Debug, Clone, PartialEq, Eq, serde::Serialize)]
pub struct ChangeInfo {
    /// The file.
    pub file: String,
    /// The model's code.
    pub model: String,
    /// The change: `replaces ptu`.
    pub change: String,
}
