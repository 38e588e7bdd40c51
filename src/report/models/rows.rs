//! Rows of prices in the words that histories and changes share.

use serde::{Serialize, Serializer};

use crate::billing::exact::plain;
use crate::billing::money::Currency;
use crate::billing::price_row::{PriceRow, Value};
use crate::report::quotes::SourceJson;
use crate::report::render::csv;
use crate::report::words;

/// The model that rows are of, as a report names it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct OfModel {
    /// The code, with its published case.
    pub code: String,
    /// The published name.
    pub name: String,
    /// The provider's id.
    pub provider: String,
    /// The region's id.
    pub region: String,
    /// The currency of its prices.
    #[serde(serialize_with = "code_of")]
    pub currency: Currency,
}

fn code_of<S: Serializer>(currency: &Currency, to: S) -> Result<S::Ok, S::Error> {
    to.serialize_str(currency.code())
}

impl OfModel {
    /// Provider, region and code, for a spreadsheet.
    pub fn cells(&self) -> Vec<csv::Cell<'_>> {
        vec![
            csv::Cell::text(&self.provider),
            csv::Cell::text(&self.region),
            csv::Cell::text(&self.code),
        ]
    }
}

/// `qwen3-8b · cn-beijing`.
pub fn title_of(model: &OfModel) -> String {
    format!("{} · {}", model.code, model.region)
}

/// When a row came: `between 2026-07-29 and 2026-08-03`, or when it was first seen.
pub fn came(row: &PriceRow) -> String {
    match (row.source.came(), row.source.first_seen) {
        (Some(came), _) => came.to_string(),
        (None, Some(first)) => format!("by {first}"),
        (None, None) => "on a day that is not known".to_owned(),
    }
}

/// When it left its page or another one took its place; empty where it is in force.
pub fn gone(row: &PriceRow) -> String {
    let source = &row.source;
    let left = source.left_said().map(|left| format!("left {left}"));
    match source.next {
        // A price that left before another came was not replaced.
        Some(next) if source.until.is_none_or(|until| next.from <= until) => {
            format!("replaced {next}")
        }
        _ => left.unwrap_or_default(),
    }
}

/// What a row says, for people; `-` for nothing.
pub fn shown(value: Option<&Value>, model: &OfModel) -> String {
    match value {
        Some(Value::Price(price)) => words::unit_price(price, model.currency),
        Some(Value::Text(text)) => text.clone(),
        None => "-".to_owned(),
    }
}

/// Value, number of units and unit, for a spreadsheet.
pub fn value_cells(value: Option<&Value>) -> [csv::Cell<'static>; 3] {
    match value {
        Some(Value::Price(price)) => [
            csv::Cell::Number(plain(price.amount)),
            csv::Cell::Number(price.per.to_string()),
            csv::Cell::text(price.unit.name().to_owned()),
        ],
        Some(Value::Text(text)) => [
            csv::Cell::text(text.clone()),
            csv::Cell::Fixed(""),
            csv::Cell::Fixed(""),
        ],
        None => [
            csv::Cell::Fixed(""),
            csv::Cell::Fixed(""),
            csv::Cell::Fixed(""),
        ],
    }
}

/// A row with what it says and its days.
#[derive(Debug, Serialize)]
pub struct RowJson<'a> {
    method: &'static str,
    variant: Option<&'a str>,
    from: Option<String>,
    after: Option<String>,
    first_seen: Option<String>,
    seen: Option<String>,
    until: Option<String>,
    replaced: Option<String>,
    says: Vec<SaysJson<'a>>,
    source: SourceJson<'a>,
}

#[derive(Debug, Serialize)]
struct SaysJson<'a> {
    what: &'a str,
    #[serde(flatten)]
    value: ValueJson,
}

/// A price with what it is for, or a limit in words.
#[derive(Debug, Serialize)]
#[serde(untagged)]
pub enum ValueJson {
    /// A price for so many units.
    Price {
        /// The amount.
        price: String,
        /// The number of units.
        per: String,
        /// The unit.
        unit: String,
    },
    /// A limit, weights, a step.
    Text {
        /// Its words.
        text: String,
    },
}

impl ValueJson {
    /// What a row says.
    pub fn new(value: &Value) -> Self {
        match value {
            Value::Price(price) => Self::Price {
                price: plain(price.amount),
                per: price.per.to_string(),
                unit: price.unit.name().to_owned(),
            },
            Value::Text(text) => Self::Text { text: text.clone() },
        }
    }
}

impl<'a> RowJson<'a> {
    /// A row.
    pub fn new(row: &'a PriceRow) -> Self {
        let source = &row.source;
        let day = |day: Option<chrono::NaiveDate>| day.map(|day| day.to_string());
        let says = row.facts.iter().map(|fact| SaysJson {
            what: &fact.name,
            value: ValueJson::new(&fact.value),
        });
        Self {
            method: row.way.name(),
            variant: Some(row.variant.as_str()).filter(|variant| !variant.is_empty()),
            from: day(source.from),
            after: day(source.after),
            first_seen: day(source.first_seen),
            seen: day(source.seen),
            until: day(source.until),
            replaced: day(source.next.map(|next| next.from)),
            says: says.collect(),
            source: SourceJson::new(source),
        }
    }
}
