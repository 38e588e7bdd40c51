//! The logs that are known, for `tollgate trace --formats`.

use serde::Serialize;

use crate::report::document::{Body, Cell, Column, Document, Table};
use crate::report::json;
use crate::report::render::csv::{self, Sheet, titles};
use crate::report::render::{Report, View};

/// A log that is known by its fields, or any log of a shape.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct KnownFormat {
    /// Its name in `--log-format`; `None` where it has none.
    pub name: Option<String>,
    /// Its name in sentences.
    pub title: String,
    /// By what it is recognised. Names of fields stand in backticks.
    pub recognised: String,
    /// What is read, in words.
    pub read: String,
}

/// The logs that are known.
#[derive(Debug, Clone)]
pub struct FormatsReport {
    /// In the order in which they are tried.
    pub formats: Vec<KnownFormat>,
}

#[derive(Debug, Serialize)]
struct FormatsJson<'a> {
    formats: &'a [KnownFormat],
}

impl Report for FormatsReport {
    fn document(&self, view: View) -> anyhow::Result<Document> {
        let mut document = Document::new(view.depth(), Vec::new());
        let mut table = Table::new(vec![
            Column::text("Log"),
            Column::text("`--log-format`"),
            Column::text("Recognised by").below(),
            Column::text("Read").below(),
        ]);
        for format in &self.formats {
            table.row(vec![
                Cell::text(&format.title),
                format.name.as_ref().map_or(Cell::Empty, Cell::code),
                Cell::text(&format.recognised),
                Cell::text(&format.read),
            ]);
        }
        document.part("", Body::Table(table));
        Ok(document)
    }

    fn sheet(&self) -> anyhow::Result<Sheet<'_>> {
        let rows = self.formats.iter().map(|format| {
            vec![
                csv::Cell::text(format.name.as_deref().unwrap_or_default()),
                csv::Cell::text(&format.title),
                csv::Cell::text(&format.recognised),
                csv::Cell::text(&format.read),
            ]
        });
        Ok(Sheet {
            header: titles(&[&["name", "title", "recognised", "read"]]),
            rows: rows.collect(),
        })
    }

    fn json(&self) -> anyhow::Result<String> {
        let formats = &self.formats;
        json::text("tollgate/trace-formats/1", &FormatsJson { formats })
    }
}
