//! What is in a log, in each format.
//!
//! | file | what it does |
//! |---|---|
//! | `document` | the sums, the models, the minutes and what was left out, for people |
//! | `days` | the days of the log as lines of blocks |
//! | `json`, `sheet` | for scripts and for spreadsheets: a row a model |
//! | `formats` | the logs that are known, for `--formats` |

mod days;
mod document;
mod formats;
mod json;
mod sheet;

pub use formats::{FormatsReport, KnownFormat};

use super::document::Document;
use super::render::csv::Sheet;
use super::render::{Report, View};
use crate::billing::calendar::Moment;
use crate::billing::kind::Tokens;
use crate::billing::recorded::{Calls, PerMinute, Quarter, Recorded};

/// What is in a log.
#[derive(Debug, Clone)]
pub struct TraceReport {
    /// The whole log.
    pub whole: Recorded,
    /// Calls per minute.
    pub requests: PerMinute,
    /// The number of minutes with calls.
    pub busy_minutes: u64,
    /// The files, in the order in which they were given.
    pub files: Vec<LogFile>,
    /// The calls by the name of their model, those with the most tokens first.
    pub names: Vec<LogName>,
    /// The call with the most tokens, where calls are known one by one.
    pub largest: Option<LargestCall>,
    /// Rows that are not counted, one entry for each reason.
    pub left_out: Vec<LeftOut>,
    /// The first rows that cannot be read.
    pub bad_rows: Vec<BadRow>,
    /// Each quarter of an hour with calls.
    pub quarters: Vec<Quarter>,
    /// The first and the last minute, since the Unix epoch or the start of the log.
    pub span: Option<(i64, i64)>,
    /// The minutes as a drawing, where they are asked for.
    pub svg: Option<String>,
}

/// A file of a log.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LogFile {
    /// Its name as it is shown.
    pub name: String,
    /// What it was read as: the title of a known log, or its shape.
    pub read_as: String,
    /// How it is compressed: `gzip`.
    pub compression: Option<&'static str>,
    /// How its times are written; `None` where no row has one.
    pub time: Option<&'static str>,
    /// The columns that were found, by their role in `--columns`.
    pub columns: Vec<(&'static str, String)>,
    /// The fields that name models.
    pub model_fields: Vec<String>,
    /// Its rows.
    pub rows: u64,
}

/// The calls that name a model by one name.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LogName {
    /// The name as it is shown; `None` for calls that name none.
    pub name: Option<String>,
    /// The model of the catalog.
    pub model: Result<LogModel, NoModel>,
    /// The calls.
    pub calls: Calls,
    /// How many of the output tokens are reasoning.
    pub reasoning: u64,
    /// The number of minutes with such calls.
    pub minutes: u64,
    /// The first and the last of these; `None` where times are not dates.
    pub between: Option<(Moment, Moment)>,
}

/// A model of the catalog.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LogModel {
    /// Its code.
    pub code: String,
    /// Its name.
    pub name: String,
    /// The id of its provider.
    pub provider: String,
    /// Its region.
    pub region: String,
}

/// Why no model of the catalog is meant.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NoModel {
    /// In words, where it is more than that no catalog knows it.
    pub why: Option<String>,
    /// The code of a model with a name like it.
    pub near: Option<String>,
}

/// The call with the most tokens.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LargestCall {
    /// The name of its model.
    pub name: Option<String>,
    /// Its tokens.
    pub tokens: Tokens,
    /// Its minute; `None` where times are not dates.
    pub at: Option<Moment>,
}

/// Rows that are not counted.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LeftOut {
    /// The reason, as JSON names it: `filtered`.
    pub reason: &'static str,
    /// How many they are.
    pub rows: u64,
    /// The same in a sentence.
    pub said: String,
}

/// A row that cannot be read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct BadRow {
    /// The name of its file.
    pub file: String,
    /// Where it stands in it, as messages name it after the file and a colon.
    pub place: String,
    /// The number of that line or record, from 1.
    pub number: u64,
    /// What is wrong with it.
    pub reason: String,
}

impl TraceReport {
    /// How many models there are: those of the catalog, and the names that it does not know.
    fn models(&self) -> u64 {
        let mut known: Vec<(&str, &str)> = Vec::new();
        for one in &self.names {
            let which = match (&one.model, &one.name) {
                (Ok(model), _) => (model.code.as_str(), model.region.as_str()),
                (Err(_), Some(name)) => (name.as_str(), ""),
                (Err(_), None) => continue,
            };
            if !known.contains(&which) {
                known.push(which);
            }
        }
        u64::try_from(known.len()).unwrap_or(u64::MAX)
    }

    /// The calls that name no model, where others do.
    fn unnamed(&self) -> u64 {
        let mut unnamed = self.names.iter().filter(|one| one.name.is_none());
        let is_mixed = self.names.len() > 1;
        unnamed
            .next()
            .filter(|_| is_mixed)
            .map_or(0, |one| one.calls.calls)
    }

    /// How many of the output tokens are reasoning.
    fn reasoning(&self) -> u64 {
        self.whole.told.reasoning.tokens
    }
}

impl Report for TraceReport {
    fn document(&self, view: View) -> anyhow::Result<Document> {
        Ok(document::document(self, view))
    }

    fn sheet(&self) -> anyhow::Result<Sheet<'_>> {
        Ok(sheet::sheet(self))
    }

    fn json(&self) -> anyhow::Result<String> {
        json::render(self)
    }
}
