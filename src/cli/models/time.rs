//! What `models` says of time: price cards through it, what changed between two days, and how old the
//! documents are.

use std::collections::BTreeMap;

use chrono::NaiveDate;

use super::{Args, select};
use crate::billing::price_row::{PriceRow, Value, Way};
use crate::billing::quote::Source;
use crate::catalog::{Between, Catalog, LookupError, Model};
use crate::cli::failure::Failure;
use crate::cli::global::Globals;
use crate::cli::print::print;
use crate::cli::quote::info;
use crate::cli::{Done, Environment};
use crate::report::models::changes::{ChangesReport, ModelChanges, RowChange, What};
use crate::report::models::history::HistoryReport;
use crate::report::models::rows::OfModel;
use crate::report::models::sources::{DocumentRow, SourcesReport};
use crate::report::{CatalogInfo, Report, View};

/// Runs what asks about time; `None` where nothing does.
pub fn run(
    args: &Args,
    globals: &Globals,
    environment: &Environment,
    view: View,
) -> Result<Option<Done>, Failure> {
    let flag = match (args.history, args.changes, args.sources) {
        (true, ..) => "--history",
        (_, Some(_), _) => "--changes",
        (.., true) => "--sources",
        _ => return Ok(None),
    };
    let command = format!("models {flag}");
    if globals.given_as_of().is_some() {
        return Err(Failure::usage(
            format!("`--as-of` does nothing in `tollgate {command}`"),
            "leave it out: `--changes <DATE>..<DATE>` says what changed between two days",
        ));
    }
    globals.refuse_max_age(&command)?;
    let catalog = Catalog::load(&globals.catalogs(environment))?;
    if args.sources {
        let all: Vec<&Model> = catalog.models().iter().collect();
        let report = SourcesReport {
            documents: documents(&catalog)?,
            catalog: info(&catalog, &all, globals, environment),
        };
        return done(&report, globals, view).map(Some);
    }
    let as_of = globals.as_of(environment);
    let models = select::matching(
        &catalog,
        args.pattern.as_deref(),
        select::seller(&catalog, args.provider.as_deref())?,
        &globals.regions(),
        None,
        as_of,
    )?;
    let catalog_info = info(&catalog, &models, globals, environment);
    if let Some((from, to)) = args.changes {
        let report = changes(&catalog, &models, (from, to), catalog_info)?;
        return done(&report, globals, view).map(Some);
    }
    let models = models.into_iter().map(|model| {
        let mut rows = model.price_rows();
        rows.sort_by_key(|row| (place(row.way), row.source.from));
        Ok((of_model(&catalog, model)?, rows))
    });
    let models = models.collect::<Result<Vec<_>, LookupError>>()?;
    let report = HistoryReport {
        models,
        catalog: catalog_info,
    };
    done(&report, globals, view).map(Some)
}

fn done(report: &impl Report, globals: &Globals, view: View) -> Result<Done, Failure> {
    let printed = print(report, globals, view)?;
    Ok(Done {
        files: printed.files,
        ..Done::output(printed.stdout)
    })
}

/// Where a way stands on a price card.
fn place(way: Way) -> Option<usize> {
    Way::ALL.iter().position(|one| *one == way)
}

fn of_model(catalog: &Catalog, model: &Model) -> Result<OfModel, LookupError> {
    Ok(OfModel {
        code: model.code.clone(),
        name: model.name.clone(),
        provider: model.provider.clone(),
        region: model.region.clone(),
        currency: catalog.provider(model)?.currency,
    })
}

fn changes(
    catalog: &Catalog,
    models: &[&Model],
    (from, to): (NaiveDate, NaiveDate),
    catalog_info: CatalogInfo,
) -> Result<ChangesReport, Failure> {
    let mut changed = Vec::new();
    for model in models {
        let rows = model.changes_between(from, to);
        if rows.is_empty() {
            continue;
        }
        let only_passed = rows.iter().all(|row| matches!(row, Between::Passed(_)));
        let what = match (model.is_sold_on(from), model.is_sold_on(to)) {
            (false, true) => What::Came,
            (true, false) => What::Left,
            (false, false) if only_passed => What::Passed,
            _ => What::Changed,
        };
        changed.push(ModelChanges {
            model: of_model(catalog, model)?,
            what,
            rows: rows.into_iter().map(row_change).collect(),
        });
    }
    let sources = models.iter().flat_map(|model| model.sources());
    let first = sources.filter_map(Source::first_evidence).min();
    Ok(ChangesReport {
        from,
        to,
        known_from: first.filter(|first| *first > from),
        models: changed,
        catalog: catalog_info,
    })
}

fn row_change(change: Between) -> RowChange {
    let gone = |row: &PriceRow| {
        let facts = row.as_new().into_iter();
        facts.map(|fact| fact.turned()).collect()
    };
    match change {
        Between::Came(row) => RowChange {
            what: What::Came,
            facts: row.as_new(),
            row,
        },
        Between::Left(row) => RowChange {
            what: What::Left,
            facts: gone(&row),
            row,
        },
        Between::Passed(row) => RowChange {
            what: What::Passed,
            facts: gone(&row),
            row,
        },
        Between::Changed(old, new) => RowChange {
            what: What::Changed,
            facts: old.changes_to(&new),
            row: new,
        },
    }
}

/// The built-in documents, then the files of a user and what these name, with what was read in each.
fn documents(catalog: &Catalog) -> Result<Vec<DocumentRow>, Failure> {
    let mut rows: Vec<DocumentRow> = Catalog::documents()?
        .into_iter()
        .map(|document| DocumentRow {
            publisher: Some(document.publisher),
            title: Some(document.title),
            url: document.url,
            edition: document.updated,
            ..empty(&document.id)
        })
        .collect();
    for source in catalog.sources() {
        let row = row_of(&mut rows, &source.document);
        row.seen = row.seen.max(source.evidence());
        row.transcribed = row.transcribed.max(source.transcribed);
    }
    for model in catalog.models() {
        let mut of_model: BTreeMap<String, u64> = BTreeMap::new();
        for row in model.price_rows() {
            let document = row_of(&mut rows, &row.source.document);
            document.seen = document.seen.max(row.source.evidence());
            document.transcribed = document.transcribed.max(row.source.transcribed);
            let facts = row.facts.iter();
            for fact in facts.filter(|fact| matches!(fact.value, Value::Price(_))) {
                let source = fact.source.as_ref().unwrap_or(&row.source);
                let known = of_model.entry(source.document.clone()).or_default();
                *known = known.saturating_add(1);
            }
        }
        for (id, prices) in of_model {
            let document = row_of(&mut rows, &id);
            document.prices = document.prices.saturating_add(prices);
            document.models = document.models.saturating_add(1);
        }
    }
    Ok(rows)
}

fn empty(id: &str) -> DocumentRow {
    DocumentRow {
        id: id.to_owned(),
        publisher: None,
        title: None,
        url: None,
        edition: None,
        seen: None,
        transcribed: None,
        prices: 0,
        models: 0,
    }
}

/// The row of a document, added where it is new.
fn row_of<'a>(rows: &'a mut Vec<DocumentRow>, id: &str) -> &'a mut DocumentRow {
    let at = rows.iter().position(|row| row.id == id);
    let at = at.unwrap_or_else(|| {
        rows.push(empty(id));
        rows.len().saturating_sub(1)
    });
    // The place is that of a row, or of the one that was just added.
    #[allow(clippy::indexing_slicing)]
    &mut rows[at]
}
