//! Line items, their sources and notes as JSON.

use serde::Serialize;

use crate::billing::exact::plain;
use crate::billing::hours::Hours;
use crate::billing::note::Note;
use crate::billing::quote::{LineItem, Source};

#[derive(Debug, Serialize)]
pub struct ItemJson<'a> {
    id: &'static str,
    description: &'a str,
    quantity: String,
    unit: String,
    unit_price: UnitPriceJson,
    amount: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    hours: Option<String>,
    rule: &'static str,
    source: Option<SourceJson<'a>>,
}

#[derive(Debug, Serialize)]
struct UnitPriceJson {
    amount: String,
    per: String,
    unit: String,
}

#[derive(Debug, Serialize)]
pub struct SourceJson<'a> {
    document: &'a str,
    section: &'a str,
    checked: Option<String>,
    transcribed: Option<String>,
    seen: Option<String>,
    from: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    after: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    until: Option<String>,
}

impl<'a> SourceJson<'a> {
    pub fn new(source: &'a Source) -> Self {
        Self {
            document: &source.document,
            section: &source.section,
            // The name that it has had; a transcription is no check.
            checked: source.transcribed.map(|date| date.to_string()),
            transcribed: source.transcribed.map(|date| date.to_string()),
            seen: source.seen.map(|date| date.to_string()),
            from: source.from.map(|date| date.to_string()),
            after: source.after.map(|date| date.to_string()),
            until: source.until.map(|date| date.to_string()),
        }
    }
}

#[derive(Debug, Serialize)]
pub struct NoteJson {
    rule: &'static str,
    basis: &'static str,
    message: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    amount: Option<String>,
}

pub fn item(item: &LineItem) -> ItemJson<'_> {
    ItemJson {
        id: item.id,
        description: &item.description,
        quantity: plain(item.quantity.value),
        unit: item.quantity.unit.name().to_owned(),
        unit_price: UnitPriceJson {
            amount: plain(item.unit_price.amount),
            per: item.unit_price.per.to_string(),
            unit: item.unit_price.unit.name().to_owned(),
        },
        amount: plain(item.amount),
        hours: item.hours.map(Hours::written),
        rule: item.rule.id(),
        source: item.source.as_ref().map(SourceJson::new),
    }
}

pub fn note(note: &Note) -> NoteJson {
    NoteJson {
        rule: note.rule().id(),
        basis: note.basis().name(),
        message: note.to_string(),
        amount: note.amount().map(|money| plain(money.amount)),
    }
}
