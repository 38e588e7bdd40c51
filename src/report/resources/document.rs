//! The resources of an account as a document: what runs out or ends first, then a row for each.

use super::{ResourcesReport, lines, notices};
use crate::billing::rule::Rule;
use crate::report::document::{Body, Cell, Column, Depth, Document, Look, Table};
use crate::resources::{Note, Status};

pub fn document(report: &ResourcesReport, depth: Depth) -> anyhow::Result<Document> {
    let mut document = Document::new(depth, lines::answer(report));
    document.part("", Body::Table(table(report)));
    document.part("Forecast", Body::list(lines::forecasts(report)?));
    let (standing, own): (Vec<&Note>, Vec<&Note>) =
        report.notes.iter().partition(|note| note.is_standing());
    document.part("Notes", Body::list(own.into_iter().map(lines::note)));
    let ids = standing.iter().filter_map(|note| note.rule());
    document.always(ids.map(Rule::id));
    document.details(
        "What always holds",
        Body::list(standing.into_iter().map(lines::note)),
    );
    document.details("Notices", Body::list(notices::lines(report)));
    let price = report.price.iter().map(lines::price);
    document.details("Price of a day's tokens", Body::list(price));
    document.part("Not on the page", Body::list(lines::left_page(report)));
    document.details("Sources", Body::list(lines::sources(report)));
    let changes = report.catalog.iter().flat_map(|catalog| &catalog.changes);
    document.part("Catalog files", Body::list(changes));
    Ok(document)
}

/// A row a resource; what is said second about a column stands below it.
fn table(report: &ResourcesReport) -> Table {
    let mut table = Table::new(vec![
        Column::text("Resource"),
        Column::number("Left"),
        Column::text("Expires"),
        Column::text("Runs out"),
        Column::text("Status"),
    ]);
    for holding in &report.holdings {
        let resource = &holding.resource;
        let runs_out = match holding.forecast.runs_out {
            Some(day) => format!("{day}\n{}", lines::distance(lines::until(report, day))),
            None => "-".to_owned(),
        };
        let gone = [Status::Exhausted, Status::Expired];
        let gone = gone.iter().any(|status| holding.statuses.contains(status));
        table.add(
            vec![
                Cell::text(format!("{}\n  {}", resource.name, lines::what(holding))),
                Cell::number(format!(
                    "{}\nof {}",
                    lines::left(holding),
                    lines::total(holding)
                )),
                Cell::text(format!(
                    "{}\n{}",
                    resource.expires,
                    lines::distance(holding.days_left)
                )),
                Cell::text(runs_out),
                Cell::text(lines::statuses(holding).join("\n")),
            ],
            if gone { Look::Alarm } else { Look::Plain },
        );
    }
    table
}
