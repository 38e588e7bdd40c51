//! What changed in each deployment since the baseline.

use rust_decimal::Decimal;

use super::{Baseline, CheckReport, words};
use crate::billing::number::{counted, grouped};
use crate::plan::{Change, Changes, Status};
use crate::report::document::{Body, Cell, Column, Document, Entry, List, Look, Table};

const MOST_REASONS: usize = 8;

/// Adds a table of what changed; a line where nothing did, or where that is not known.
pub fn add(document: &mut Document, report: &CheckReport, baseline: &Baseline) {
    let since = format!("Changes since `{}`", baseline.name);
    let changes = match &baseline.changes {
        Ok(changes) => changes,
        Err(reason) => {
            let said = format!(
                "`{}` cannot be priced, so what changed since it is not known: {reason}",
                baseline.name
            );
            return document.part(since, Body::Text(said));
        }
    };
    let of_plan = changes.settings.iter().map(words::setting);
    document.part("Of the whole plan", Body::list(of_plan));
    document.part("Best method", best(changes));
    let table = table(report, changes);
    let same = changes.deployments.len().saturating_sub(table.rows.len());
    let same = u64::try_from(same).unwrap_or(u64::MAX);
    if table.rows.is_empty() {
        let said = format!("No deployment changed since `{}`", baseline.name);
        return document.part("", Body::Text(said));
    }
    let mut table = table;
    let money = |amount: Decimal| Cell::Money(report.priced.money(amount));
    table.add(
        vec![
            Cell::text("Total"),
            Cell::Empty,
            money(changes.old),
            money(changes.new),
            Cell::number(words::increase(report, changes)),
        ],
        Look::Total,
    );
    document.part(since, Body::Table(table));
    if same > 0 {
        let said = format!("The same: {}", counted(same, "deployment"));
        document.part("", Body::Text(said));
    }
}

/// The deployments for which another way is the best.
fn best(changes: &Changes) -> Body {
    let changed = changes.deployments.iter();
    let entries = changed.filter_map(|change| {
        Some(Entry {
            subject: Some(change.name.clone()),
            text: words::best(change.best.as_ref()?),
            weight: change.difference.abs(),
        })
    });
    Body::List(List {
        entries: entries.collect(),
        noun: "deployment",
        least: ", those of the least difference",
    })
}

/// A row for each deployment that changed.
fn table(report: &CheckReport, changes: &Changes) -> Table {
    let mut table = Table::new(vec![
        Column::text("Deployment"),
        Column::text("Change").below(),
        Column::number("Before"),
        Column::number("Now"),
        Column::number("Difference"),
    ]);
    table.noun = "change";
    table.least = ", those of the least difference";
    let moved = changes.deployments.iter();
    for change in moved.filter(|change| change.status != Status::Same) {
        let money = |amount: Option<Decimal>| {
            amount.map_or(Cell::Empty, |amount| report.priced.money(amount).into())
        };
        let percent = match words::percent(change.percent) {
            percent if percent.is_empty() => percent,
            percent => format!(" ({percent})"),
        };
        let difference = words::difference(report, change.difference);
        table.weighed(
            vec![
                Cell::code(&change.name),
                Cell::text(what(report, change)),
                money(change.old),
                money(change.new),
                Cell::number(format!("{difference}{percent}")),
            ],
            Look::Plain,
            change.difference.abs(),
        );
    }
    table
}

/// Whether the deployment was added, removed or changed, and why its cost differs.
fn what(report: &CheckReport, change: &Change) -> String {
    let mut why: Vec<String> = Vec::new();
    if change.status != Status::Changed {
        why.push(format!("`{}` by {}", change.model, change.method));
    }
    why.extend(change.settings.iter().map(words::setting));
    why.extend(change.prices.iter().map(words::price));
    let more = why.len().saturating_sub(MOST_REASONS);
    why.truncate(MOST_REASONS);
    if more > 0 {
        why.push(format!("{} more", grouped(more.into(), 0)));
    }
    why.extend(words::unnamed_reasons(change).map(str::to_owned));
    let part = |amount: &Decimal| !amount.is_zero() && *amount != change.difference;
    if let Some(amount) = change.by_prices.filter(part) {
        let amount = words::difference(report, amount);
        why.push(format!("prices alone make {amount}"));
    }
    match why.is_empty() {
        true => change.status.name().to_owned(),
        false => format!("{}: {}", change.status.name(), why.join("; ")),
    }
}
