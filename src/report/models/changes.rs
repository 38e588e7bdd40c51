//! What changed in the catalog between two days, in each format.

use chrono::NaiveDate;
use serde::Serialize;

use super::rows::{OfModel, ValueJson, came, shown, title_of, value_cells};
use crate::billing::error::QuoteError;
use crate::billing::exact::plain;
use crate::billing::number::counted;
use crate::billing::price_row::{FactChange, PriceRow, Value};
use crate::report::CatalogInfo;
use crate::report::document::{Body, Cell, Column, Document, Table};
use crate::report::json;
use crate::report::quotes::{CatalogJson, SourceJson};
use crate::report::render::csv::{self, Sheet, titles};
use crate::report::render::{Report, View};
use crate::report::words;

/// What changed after a day and up to another.
#[derive(Debug, Clone)]
pub struct ChangesReport {
    /// The earlier day.
    pub from: NaiveDate,
    /// The later day.
    pub to: NaiveDate,
    /// The first evidence of a price of the models, where it is later than the earlier day.
    pub known_from: Option<NaiveDate>,
    /// The models of which something changed.
    pub models: Vec<ModelChanges>,
    /// Which prices were used.
    pub catalog: CatalogInfo,
}

/// What changed of a model.
#[derive(Debug, Clone)]
pub struct ModelChanges {
    /// The model.
    pub model: OfModel,
    /// Whether all of it came or left, or some of it changed.
    pub what: What,
    /// The rows that changed.
    pub rows: Vec<RowChange>,
}

/// What became of a model or of a row of its prices.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum What {
    /// It is on the page on the later day only.
    Came,
    /// It is on the page on the earlier day only.
    Left,
    /// It is on the page on neither day, and was in between.
    Passed,
    /// It is there on both, and says something else.
    Changed,
}

impl What {
    fn name(self) -> &'static str {
        match self {
            Self::Came => "came",
            Self::Left => "left",
            Self::Passed => "came and left",
            Self::Changed => "changed",
        }
    }
}

/// What became of a row.
#[derive(Debug, Clone)]
pub struct RowChange {
    /// Whether it came, left or changed.
    pub what: What,
    /// What it says otherwise.
    pub facts: Vec<FactChange>,
    /// The row that is in force on the later day; the one that left where it did.
    pub row: PriceRow,
}

impl RowChange {
    /// When it came or left, as far as editions tell.
    fn when(&self) -> String {
        match self.what {
            What::Came | What::Changed => came(&self.row),
            What::Left => self.row.source.left_said().unwrap_or_default(),
            What::Passed => {
                let left = self.row.source.left_said().unwrap_or_default();
                format!("{}; left {left}", came(&self.row))
            }
        }
    }
}

impl RowChange {
    /// `came between 2026-07-29 and 2026-08-03`.
    fn said(&self) -> String {
        match self.what {
            What::Passed => format!("came {}", self.when()),
            what => format!("{} {}", what.name(), self.when()),
        }
    }
}

#[derive(Debug, Serialize)]
struct ReportJson<'a> {
    catalog: CatalogJson<'a>,
    /// The price cards, which are those of a day.
    models: [(); 0],
    changes: ChangesJson<'a>,
}

#[derive(Debug, Serialize)]
struct ChangesJson<'a> {
    from: String,
    to: String,
    known_from: Option<String>,
    models: Vec<ModelJson<'a>>,
}

#[derive(Debug, Serialize)]
struct ModelJson<'a> {
    #[serde(flatten)]
    model: &'a OfModel,
    what: &'static str,
    rows: Vec<RowJson<'a>>,
}

#[derive(Debug, Serialize)]
struct RowJson<'a> {
    method: &'static str,
    variant: Option<&'a str>,
    what: &'static str,
    when: String,
    changes: Vec<ChangeJson<'a>>,
    source: SourceJson<'a>,
}

#[derive(Debug, Serialize)]
struct ChangeJson<'a> {
    what: &'a str,
    old: Option<ValueJson>,
    new: Option<ValueJson>,
    percent: Option<String>,
}

impl ChangesReport {
    fn answer(&self) -> Vec<String> {
        let span = format!("between {} and {}", self.from, self.to);
        let count = |what: What| {
            let models = self.models.iter().filter(|model| model.what == what);
            u64::try_from(models.count()).unwrap_or(u64::MAX)
        };
        let counts = [
            (count(What::Came), "came"),
            (count(What::Left), "left"),
            (count(What::Passed), "came and left"),
            (count(What::Changed), "changed"),
        ];
        let counts = counts.into_iter().filter(|(count, _)| *count > 0);
        let counts: Vec<String> = counts
            .map(|(count, what)| format!("{} {what}", counted(count, "model")))
            .collect();
        let mut answer = vec![match counts.is_empty() {
            true => format!("Nothing changed {span}"),
            false => format!("{} {span}", counts.join(", ")),
        }];
        answer.extend(self.known_from.map(|first| {
            format!(
                "The first evidence of a price is of {first}: what changed before is not known."
            )
        }));
        answer
    }

    /// The models of each fate: `came: qwen3-8b, glm-5.1`.
    fn names(&self) -> Vec<String> {
        let all = [What::Came, What::Left, What::Passed, What::Changed];
        let lines = all.into_iter().filter_map(|what| {
            let models = self.models.iter().filter(|model| model.what == what);
            let codes: Vec<&str> = models.map(|one| one.model.code.as_str()).collect();
            (!codes.is_empty()).then(|| format!("{}: {}", what.name(), codes.join(", ")))
        });
        lines.collect()
    }

    /// Each thing that changed, with its model and its row.
    fn each(&self) -> impl Iterator<Item = (&ModelChanges, &RowChange, &FactChange)> {
        self.models.iter().flat_map(|model| {
            let rows = model.rows.iter();
            rows.flat_map(move |row| row.facts.iter().map(move |fact| (model, row, fact)))
        })
    }
}

impl Report for ChangesReport {
    fn document(&self, view: View) -> anyhow::Result<Document> {
        let mut document = Document::new(view.depth(), self.answer());
        document.part("", Body::list(self.names()));
        for one in &self.models {
            let title = format!("{}: {}", title_of(&one.model), one.what.name());
            document.part(title, Body::Table(table(one)?));
        }
        let rows = self.models.iter().flat_map(|model| &model.rows);
        let sources = rows.map(|row| &row.row.source);
        let sources = self.catalog.sources(sources, std::iter::empty());
        document.details("Sources", Body::list(sources));
        Ok(document)
    }

    fn sheet(&self) -> anyhow::Result<Sheet<'_>> {
        const HEADER: &[&str] = &[
            "provider",
            "region",
            "model",
            "model_what",
            "method",
            "variant",
            "what",
            "when",
            "of",
            "old",
            "old_per",
            "old_unit",
            "new",
            "new_per",
            "new_unit",
            "percent",
            "currency",
            "source",
        ];
        let mut rows = Vec::new();
        for (model, row, fact) in self.each() {
            let mut cells = model.model.cells();
            cells.push(csv::Cell::Fixed(model.what.name()));
            cells.push(csv::Cell::Fixed(row.row.way.name()));
            cells.push(csv::Cell::text(&row.row.variant));
            cells.push(csv::Cell::Fixed(row.what.name()));
            cells.push(csv::Cell::text(row.when()));
            cells.push(csv::Cell::text(&fact.name));
            cells.extend(value_cells(fact.old.as_ref()));
            cells.extend(value_cells(fact.new.as_ref()));
            let percent = fact.percent().map_err(QuoteError::from)?.map(plain);
            cells.push(csv::Cell::Number(percent.unwrap_or_default()));
            cells.push(csv::Cell::Fixed(model.model.currency.code()));
            cells.push(csv::Cell::text(words::source(&row.row.source)));
            rows.push(cells);
        }
        let header = titles(&[HEADER]);
        Ok(Sheet { header, rows })
    }

    fn json(&self) -> anyhow::Result<String> {
        let models = self.models.iter().map(|model| {
            let rows = model.rows.iter().map(row_json);
            Ok(ModelJson {
                model: &model.model,
                what: model.what.name(),
                rows: rows.collect::<Result<_, QuoteError>>()?,
            })
        });
        let changes = ChangesJson {
            from: self.from.to_string(),
            to: self.to.to_string(),
            known_from: self.known_from.map(|day| day.to_string()),
            models: models.collect::<Result<_, QuoteError>>()?,
        };
        let fields = ReportJson {
            catalog: CatalogJson::new(&self.catalog),
            models: [],
            changes,
        };
        json::text("tollgate/models/1", &fields)
    }
}

fn row_json(row: &RowChange) -> Result<RowJson<'_>, QuoteError> {
    let changes = row.facts.iter().map(|fact| {
        Ok(ChangeJson {
            what: &fact.name,
            old: fact.old.as_ref().map(ValueJson::new),
            new: fact.new.as_ref().map(ValueJson::new),
            percent: fact.percent()?.map(plain),
        })
    });
    Ok(RowJson {
        method: row.row.way.name(),
        variant: Some(row.row.variant.as_str()).filter(|variant| !variant.is_empty()),
        what: row.what.name(),
        when: row.when(),
        changes: changes.collect::<Result<_, QuoteError>>()?,
        source: SourceJson::new(&row.row.source),
    })
}

/// A line for each thing that changed; the day of a row stands at its first one.
fn table(one: &ModelChanges) -> Result<Table, QuoteError> {
    let mut table = Table::new(vec![
        Column::text("What"),
        Column::number("Before"),
        Column::number("Now"),
        Column::number("Change"),
        Column::text("When").below(),
    ]);
    table.noun = "change";
    for row in &one.rows {
        let mut when = row.said();
        for fact in &row.facts {
            let of = match row.row.variant.as_str() {
                "" => row.row.way.name(),
                variant => variant,
            };
            table.row(vec![
                Cell::text(format!("{of}, {}", fact.name)),
                Cell::number(before(fact, &one.model)),
                Cell::number(shown(fact.new.as_ref(), &one.model)),
                Cell::number(words::percent_of_change(fact.percent()?)),
                Cell::text(std::mem::take(&mut when)),
            ]);
        }
    }
    Ok(table)
}

/// The older value; a price without what it is for, where the newer one says that.
fn before(fact: &FactChange, model: &OfModel) -> String {
    match (&fact.old, &fact.new) {
        (Some(Value::Price(old)), Some(Value::Price(new)))
            if (old.unit, old.per) == (new.unit, new.per) =>
        {
            words::price_of(old.amount, model.currency)
        }
        (old, _) => shown(old.as_ref(), model),
    }
}
