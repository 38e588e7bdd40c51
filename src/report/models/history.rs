//! The prices of models through time, oldest first, in each format.

use serde::Serialize;

use super::rows::{OfModel, RowJson, came, gone, shown, title_of, value_cells};
use crate::billing::number::counted;
use crate::billing::price_row::{PriceRow, Way};
use crate::report::CatalogInfo;
use crate::report::document::{Body, Cell, Column, Document, Table};
use crate::report::json;
use crate::report::quotes::CatalogJson;
use crate::report::render::csv::{self, Sheet, titles};
use crate::report::render::{Report, View};
use crate::report::words;

/// Models with the rows of their prices, of all dates.
#[derive(Debug, Clone)]
pub struct HistoryReport {
    /// Each model with its rows, those of a way the oldest first.
    pub models: Vec<(OfModel, Vec<PriceRow>)>,
    /// Which prices were used.
    pub catalog: CatalogInfo,
}

#[derive(Debug, Serialize)]
struct ReportJson<'a> {
    catalog: CatalogJson<'a>,
    /// The price cards, which are those of a day.
    models: [(); 0],
    history: Vec<HistoryJson<'a>>,
}

#[derive(Debug, Serialize)]
struct HistoryJson<'a> {
    #[serde(flatten)]
    model: &'a OfModel,
    rows: Vec<RowJson<'a>>,
}

impl HistoryReport {
    fn rows(&self) -> impl Iterator<Item = &PriceRow> {
        self.models.iter().flat_map(|(_, rows)| rows)
    }

    fn answer(&self) -> Vec<String> {
        let rows = self.rows().count();
        let rows = counted(u64::try_from(rows).unwrap_or(u64::MAX), "row");
        let of = match self.models.as_slice() {
            [(model, _)] => model.name.clone(),
            models => counted(u64::try_from(models.len()).unwrap_or(u64::MAX), "model"),
        };
        let mut answer = vec![format!("{of}: {rows} of prices, the oldest first")];
        let firsts = self.rows().filter_map(|row| row.source.first_evidence());
        answer.extend(firsts.min().map(|first| {
            format!("The first evidence of a price is of {first}: what was before is not known.")
        }));
        answer
    }
}

impl Report for HistoryReport {
    fn document(&self, view: View) -> anyhow::Result<Document> {
        let mut document = Document::new(view.depth(), self.answer());
        for (model, rows) in &self.models {
            if self.models.len() > 1 {
                document.part(title_of(model), Body::Heading);
            }
            for way in Way::ALL {
                let of_way = rows.iter().filter(|row| row.way == way);
                let table = table(model, of_way);
                if !table.rows.is_empty() {
                    document.part(way.title(), Body::Table(table));
                }
            }
        }
        let sources = self.rows().map(|row| &row.source);
        let sources = self.catalog.sources(sources, std::iter::empty());
        document.details("Sources", Body::list(sources));
        document.part("Catalog files", Body::list(&self.catalog.changes));
        Ok(document)
    }

    fn sheet(&self) -> anyhow::Result<Sheet<'_>> {
        const HEADER: &[&str] = &[
            "provider",
            "region",
            "model",
            "method",
            "variant",
            "from",
            "after",
            "first_seen",
            "seen",
            "until",
            "replaced",
            "what",
            "value",
            "per",
            "unit",
            "currency",
            "source",
        ];
        let mut rows = Vec::new();
        for (model, of_model) in &self.models {
            for row in of_model {
                let source = &row.source;
                let replaced = source.next.map(|next| next.from);
                let days = [
                    source.from,
                    source.after,
                    source.first_seen,
                    source.seen,
                    source.until,
                    replaced,
                ];
                for fact in &row.facts {
                    let mut cells = model.cells();
                    cells.push(csv::Cell::Fixed(row.way.name()));
                    cells.push(csv::Cell::text(&row.variant));
                    cells.extend(days.map(|day| {
                        csv::Cell::Number(day.map(|day| day.to_string()).unwrap_or_default())
                    }));
                    cells.push(csv::Cell::text(&fact.name));
                    cells.extend(value_cells(Some(&fact.value)));
                    cells.push(csv::Cell::Fixed(model.currency.code()));
                    let source = fact.source.as_ref().unwrap_or(source);
                    cells.push(csv::Cell::text(words::source(source)));
                    rows.push(cells);
                }
            }
        }
        let header = titles(&[HEADER]);
        Ok(Sheet { header, rows })
    }

    fn json(&self) -> anyhow::Result<String> {
        let history = self.models.iter().map(|(model, rows)| HistoryJson {
            model,
            rows: rows.iter().map(RowJson::new).collect(),
        });
        let fields = ReportJson {
            catalog: CatalogJson::new(&self.catalog),
            models: [],
            history: history.collect(),
        };
        json::text("tollgate/models/1", &fields)
    }
}

/// A line for each thing that a row says; its days stand at the first one.
fn table<'a>(model: &OfModel, rows: impl Iterator<Item = &'a PriceRow>) -> Table {
    let mut table = Table::new(vec![
        Column::text("What"),
        Column::number("Price or limit"),
        Column::text("On the page").below(),
    ]);
    for row in rows {
        let mut days = days(row);
        for fact in &row.facts {
            let what = match row.variant.as_str() {
                "" => fact.name.clone(),
                variant => format!("{variant}, {}", fact.name),
            };
            table.row(vec![
                Cell::text(what),
                Cell::number(shown(Some(&fact.value), model)),
                Cell::text(std::mem::take(&mut days)),
            ]);
        }
    }
    table
}

/// `came between 2026-07-29 and 2026-08-03; last seen 2026-10-10`.
fn days(row: &PriceRow) -> String {
    let gone = gone(row);
    let seen = row.source.seen.filter(|_| row.source.until.is_none());
    let parts = [
        Some(format!("came {}", came(row))),
        (!gone.is_empty()).then_some(gone),
        seen.map(|seen| format!("last seen {seen}")),
    ];
    parts
        .into_iter()
        .flatten()
        .collect::<Vec<String>>()
        .join("; ")
}
