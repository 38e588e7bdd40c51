//! The line items of every deployment, what else a quote says of it, and where prices were read.

use super::CheckReport;
use crate::billing::money::Money;
use crate::billing::quote::{LineItem, Quote};
use crate::plan::{Priced, PricedPart};
use crate::report::document::{Body, Cell, Column, Document, Look, Table};
use crate::report::{quotes, recorded, renewals, words};

const MOST_SOURCES: usize = 40;

pub fn add(document: &mut Document, report: &CheckReport) {
    document.fold("Line items", Body::Table(table(report)));
    let said = parts(report).flat_map(|(priced, part)| {
        let name = &priced.deployment.name;
        let label = part.label.iter().map(|label| format!(", {label}"));
        let label: String = label.collect();
        let quote = &part.quote;
        let funding = quote.funding.as_ref().map(words::funding);
        let of_several = priced.parts.len() > 1;
        let total = of_several.then(|| format!("{} in all", quote.total_money()));
        let lines = total.into_iter().chain(funding);
        let lines = lines.chain(quotes::calendar_line(quote));
        let lines = lines.chain(quote.recorded.as_ref().map(|trace| recorded::line(trace)));
        lines.map(move |line| format!("{name}{label}: {line}"))
    });
    let bought = report.priced.deployments.iter().flat_map(bought);
    document.fold("Deployments", Body::list(bought.chain(said)));
    for (priced, part) in parts(report) {
        if let Some(terms) = &part.quote.renewals {
            let table = renewals::table(terms, part.quote.currency);
            let name = &priced.deployment.name;
            document.fold(format!("Terms of {name}"), Body::Table(table));
        }
    }
    let sources = sources(report).into_iter().take(MOST_SOURCES);
    document.fold("Sources", Body::list(sources));
}

/// Model, method, term and region of a deployment, each once.
fn bought(priced: &Priced) -> Vec<String> {
    let mut said: Vec<String> = Vec::new();
    for part in &priced.parts {
        let way = words::way(&part.quote);
        let line = format!("{}: {way}", priced.deployment.name);
        if !said.contains(&line) {
            said.push(line);
        }
    }
    said
}

fn parts(report: &CheckReport) -> impl Iterator<Item = (&Priced, &PricedPart)> {
    let deployments = report.priced.deployments.iter();
    deployments.flat_map(|priced| priced.parts.iter().map(move |part| (priced, part)))
}

fn table(report: &CheckReport) -> Table {
    let mut table = Table::new(vec![
        Column::text("Deployment"),
        Column::text("Part").below(),
        Column::text("Item"),
        Column::text("Quantity").below(),
        Column::text("Unit price").below(),
        Column::number("Amount"),
    ]);
    table.noun = "line item";
    table.least = ", those of the least amount";
    for (priced, part) in parts(report) {
        for item in &part.quote.items {
            let weight = item.amount.abs();
            table.weighed(row(priced, part, item), Look::Plain, weight);
        }
        if priced.parts.len() > 1 && part.quote.items.len() > 1 {
            table.weighed(subtotal(priced, part), Look::Plain, part.quote.total.abs());
        }
    }
    table
}

fn row(priced: &Priced, part: &PricedPart, item: &LineItem) -> Vec<Cell> {
    let amount = Money {
        amount: item.amount,
        currency: part.quote.currency,
    };
    vec![
        Cell::code(&priced.deployment.name),
        Cell::text(of_what(priced, part)),
        Cell::text(&item.description),
        Cell::text(words::working(item)),
        Cell::text(words::unit_price(&item.unit_price, part.quote.currency)),
        amount.into(),
    ]
}

/// The row for the total of a part.
fn subtotal(priced: &Priced, part: &PricedPart) -> Vec<Cell> {
    vec![
        Cell::code(&priced.deployment.name),
        Cell::text(of_what(priced, part)),
        Cell::text("Together"),
        Cell::Empty,
        Cell::Empty,
        part.quote.total_money().into(),
    ]
}

/// Of how many deployments, which end of a range, and which part.
fn of_what(priced: &Priced, part: &PricedPart) -> String {
    let own = &priced.deployment;
    let times = (own.count != 1).then(|| format!("each of {}", own.count));
    let end = part.end.map(|end| format!("the {} end", end.name()));
    let what = [times, end, part.label.clone()].into_iter().flatten();
    what.collect::<Vec<String>>().join(", ")
}

fn sources(report: &CheckReport) -> Vec<String> {
    let quotes = || parts(report).map(|(_, part)| &part.quote);
    let items = quotes().flat_map(|quote| &quote.items);
    report.catalog.sources(
        items.filter_map(|item| item.source.as_ref()),
        quotes().flat_map(Quote::documents),
    )
}
