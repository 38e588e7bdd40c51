//! The documents that prices and rules were read from, in each format.

use chrono::NaiveDate;
use serde::Serialize;

use crate::billing::number::{counted, whole};
use crate::report::CatalogInfo;
use crate::report::document::{Body, Cell, Column, Document, Table};
use crate::report::json;
use crate::report::quotes::CatalogJson;
use crate::report::render::csv::{self, Sheet, titles};
use crate::report::render::{Report, View};

/// The documents of the catalog.
#[derive(Debug, Clone)]
pub struct SourcesReport {
    /// The documents, in the order of the catalog.
    pub documents: Vec<DocumentRow>,
    /// Which prices were used.
    pub catalog: CatalogInfo,
}

/// A document, and what depends on it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DocumentRow {
    /// The id that sources name, or the file of a user.
    pub id: String,
    /// Who published it, where that is known.
    pub publisher: Option<String>,
    /// What it is called.
    pub title: Option<String>,
    /// Where it is read.
    pub url: Option<String>,
    /// The date that it gives itself.
    pub edition: Option<NaiveDate>,
    /// The newest edition that was seen.
    pub seen: Option<NaiveDate>,
    /// The last day on which something was transcribed from it.
    pub transcribed: Option<NaiveDate>,
    /// Prices that were read there, of all dates.
    pub prices: u64,
    /// Models of these prices, each region for itself.
    pub models: u64,
}

impl DocumentRow {
    /// The day of its newest evidence: the edition that was seen last, or else the one that it gives itself.
    #[must_use]
    pub fn evidence(&self) -> Option<NaiveDate> {
        self.seen.or(self.edition)
    }

    /// Days from then to today.
    #[must_use]
    pub fn days(&self, today: NaiveDate) -> Option<i64> {
        let days = today.signed_duration_since(self.evidence()?).num_days();
        Some(days.max(0))
    }
}

#[derive(Debug, Serialize)]
struct ReportJson<'a> {
    catalog: CatalogJson<'a>,
    /// The price cards, which are those of a day.
    models: [(); 0],
    today: String,
    sources: Vec<DocumentJson<'a>>,
}

#[derive(Debug, Serialize)]
struct DocumentJson<'a> {
    id: &'a str,
    publisher: Option<&'a str>,
    title: Option<&'a str>,
    url: Option<&'a str>,
    edition: Option<String>,
    seen: Option<String>,
    transcribed: Option<String>,
    prices: String,
    models: String,
    days: Option<String>,
}

impl Report for SourcesReport {
    fn document(&self, view: View) -> anyhow::Result<Document> {
        let today = self.catalog.today;
        let count = u64::try_from(self.documents.len()).unwrap_or(u64::MAX);
        let prices = self.documents.iter().map(|one| one.prices);
        let prices = prices.fold(0_u64, u64::saturating_add);
        let answer = vec![format!(
            "{} behind {}, with their age on {today}",
            counted(count, "document"),
            counted(prices, "price"),
        )];
        let mut document = Document::new(view.depth(), answer);
        let mut table = Table::new(vec![
            Column::text("Document"),
            Column::text("Edition"),
            Column::text("Last seen"),
            Column::text("Transcribed").droppable(),
            Column::number("Prices"),
            Column::number("Models").droppable(),
            Column::number("Age"),
        ]);
        table.noun = "document";
        let day = |day: Option<NaiveDate>| day.map_or("-".to_owned(), |day| day.to_string());
        for one in &self.documents {
            let age = one.days(today);
            let age = age.map(|days| counted(u64::try_from(days).unwrap_or(0), "day"));
            table.row(vec![
                Cell::code(&one.id),
                Cell::text(day(one.edition)),
                Cell::text(day(one.seen)),
                Cell::text(day(one.transcribed)),
                Cell::number(whole(one.prices)),
                Cell::number(whole(one.models)),
                Cell::number(age.unwrap_or_else(|| "not known".to_owned())),
            ]);
        }
        document.part("", Body::Table(table));
        let places = self.documents.iter().map(|one| {
            let parts = [one.publisher.clone(), one.title.clone(), one.url.clone()];
            let parts: Vec<String> = parts.into_iter().flatten().collect();
            (one, parts.join(", "))
        });
        let places = places.filter(|(_, place)| !place.is_empty());
        let places = places.map(|(one, place)| format!("{}: {place}", one.id));
        document.part("Titles and addresses", Body::list(places));
        document.part("Catalog files", Body::list(&self.catalog.changes));
        Ok(document)
    }

    fn sheet(&self) -> anyhow::Result<Sheet<'_>> {
        const HEADER: &[&str] = &[
            "document",
            "publisher",
            "title",
            "url",
            "edition",
            "seen",
            "transcribed",
            "prices",
            "models",
            "days",
        ];
        let text = |text: &Option<String>| csv::Cell::text(text.clone().unwrap_or_default());
        let number = |day: Option<String>| csv::Cell::Number(day.unwrap_or_default());
        let rows = self.documents.iter().map(|one| {
            vec![
                csv::Cell::text(&one.id),
                text(&one.publisher),
                text(&one.title),
                text(&one.url),
                number(one.edition.map(|day| day.to_string())),
                number(one.seen.map(|day| day.to_string())),
                number(one.transcribed.map(|day| day.to_string())),
                csv::Cell::Number(one.prices.to_string()),
                csv::Cell::Number(one.models.to_string()),
                number(one.days(self.catalog.today).map(|days| days.to_string())),
            ]
        });
        let (header, rows) = (titles(&[HEADER]), rows.collect());
        Ok(Sheet { header, rows })
    }

    fn json(&self) -> anyhow::Result<String> {
        let today = self.catalog.today;
        let documents = self.documents.iter().map(|one| DocumentJson {
            id: &one.id,
            publisher: one.publisher.as_deref(),
            title: one.title.as_deref(),
            url: one.url.as_deref(),
            edition: one.edition.map(|day| day.to_string()),
            seen: one.seen.map(|day| day.to_string()),
            transcribed: one.transcribed.map(|day| day.to_string()),
            prices: one.prices.to_string(),
            models: one.models.to_string(),
            days: one.days(today).map(|days| days.to_string()),
        });
        let fields = ReportJson {
            catalog: CatalogJson::new(&self.catalog),
            models: [],
            today: today.to_string(),
            sources: documents.collect(),
        };
        json::text("tollgate/models/1", &fields)
    }
}
