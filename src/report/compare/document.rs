//! A comparison as a document: how to buy, the ranking, and its remarks.

use super::ages::ages;
use super::answer::answer;
use super::gaps::gaps;
use super::nearest::nearest;
use super::shown;
use super::switches::switch_lines;
use super::{CompareReport, growth, then, traced, unranked, words};
use crate::billing::money::Money;
use crate::compare::{PayingLoad, PaysFrom, Row, Traffic, Unranked};
use crate::report::document::{Body, Cell, Chart, Column, Depth, Document, Look, Table};
use crate::report::quotes::PricedQuote;
use crate::report::recorded;

pub fn document(report: &CompareReport, depth: Depth) -> anyhow::Result<Document> {
    let comparison = &report.comparison;
    let mut document = Document::new(depth, answer(report));
    document.alarm = report.exceeded;
    document.part("", Body::Table(ranking(report, depth)));
    let left_out = shown::not_shown(report, depth).into_iter();
    let without = left_out.chain(unranked::not_ranked_lines(report));
    document.part("", Body::list(without));
    let not_sold = comparison.not_sold.iter().map(ToString::to_string);
    let not_priced = gaps(comparison).into_iter().chain(not_sold);
    document.part(
        "",
        Body::list(not_priced.map(|one| format!("Not priced: {one}"))),
    );
    document.part("", Body::Chart(chart(report)));
    if let Traffic::Recorded(trace) = &comparison.traffic {
        recorded::add_short(&mut document, trace);
    }
    growth::add(&mut document, report)?;
    then::add(&mut document, report);
    document.part("Trace", Body::list(traced::trace_lines(report)));
    document.part("Changing", Body::list(switch_lines(report)));
    document.part("Billing", Body::list(words::funding_lines(report)));
    document.part(
        "Not equivalent",
        Body::list(shown::caveat_lines(report, depth)),
    );
    document.part("Prices over time", Body::list(words::time_lines(report)));
    document.part("Cache", Body::list(words::cache_lines(report)));
    document.part("Age of prices", Body::list(ages(report, depth)));
    document.part("Catalog files", Body::list(&report.catalog.changes));
    document.details(
        "What is not ranked",
        Body::list(unranked::unranked_lines(report)),
    );
    document.details(
        "What holds of each kind",
        Body::list(shown::kind_lines(report)),
    );
    document.details(
        "What providers say",
        Body::list(words::document_lines(report)),
    );
    document.details("Break-even", Body::list(words::point_lines(report)));
    let unavailable = comparison.unavailable.iter();
    let unavailable = unavailable.map(|one| {
        let model = comparison.said_model(&one.model, &one.region);
        format!("{} of {model}: {}", one.kind.name(), one.reason)
    });
    document.details("What is not priced", Body::list(unavailable));
    let has_sources = comparison.priced().next().is_some();
    document.costly_details("Sources", has_sources, || {
        Body::list(words::sources(report))
    });
    Ok(document)
}

fn chart(report: &CompareReport) -> Chart {
    Chart {
        text: report.chart.clone(),
        svg: report.svg.clone(),
    }
}

/// A row an option, the cheapest first, then those that are not known to serve.
pub fn ranking(report: &CompareReport, depth: Depth) -> Table {
    let comparison = &report.comparison;
    let mut columns = vec![
        Column::number("#"),
        Column::text("Option"),
        Column::text("Model").below(),
        Column::text("Region").below(),
        Column::text("Bought").below(),
        Column::number("Total"),
    ];
    let converted = report.rates.iter();
    columns.extend(converted.map(|fx| Column::number(format!("At {}", fx.label())).below()));
    columns.extend([
        match depth {
            Depth::Answer => Column::number("Per 1M tokens").droppable(),
            Depth::Details => Column::number("Per 1M tokens").below(),
        },
        Column::number("Dearer"),
        Column::text("Pays from").titled_below(),
    ]);
    let mut table = Table::new(columns);
    table.noun = "option";
    let quotes = report.shown().zip(&report.quotes);
    for (row, priced) in quotes.filter(|(row, _)| shown::is_shown(report, row, depth)) {
        let pays = row.pays.map(|pays| pays.to_string()).unwrap_or_default();
        table.add(cells(report, row, priced, pays), look(report, row));
    }
    if report.top.is_none() {
        for (one, priced) in nearest(report, depth) {
            let cells = cells(report, &one.row, priced, pays_if(one));
            table.add(cells, look(report, &one.row));
        }
    }
    if matches!(comparison.traffic, Traffic::Recorded(_)) && comparison.unranked.is_empty() {
        table.without(table.columns.len().saturating_sub(1));
    }
    if !comparison.of_several_regions() {
        table.without(3);
    }
    if !comparison.of_several_models() {
        table.without(2);
    }
    table
}

fn look(report: &CompareReport, row: &Row) -> Look {
    match report.exceeded && row.is_current {
        true => Look::Alarm,
        false => Look::Plain,
    }
}

fn cells(report: &CompareReport, row: &Row, priced: &PricedQuote, pays: String) -> Vec<Cell> {
    let currency = row.quote.currency;
    let now = if row.is_current { " (now)" } else { "" };
    let (rank, above) = match row.rank {
        Some(rank) => (rank.to_string(), words::above(row)),
        None => ("-".to_owned(), String::new()),
    };
    let mut cells = vec![
        Cell::number(rank),
        Cell::text(format!("{}{now}", row.kind.name())),
        Cell::code(&row.quote.model.code),
        Cell::code(&row.quote.model.region),
        Cell::text(words::bought(row)),
        row.quote.total_money().into(),
    ];
    for fx in &report.rates {
        let total = priced.total_in(fx.to.currency);
        cells.push(total.map_or(Cell::Empty, Cell::Money));
    }
    let amount = row.per_million;
    cells.extend([
        Money { amount, currency }.into(),
        Cell::number(above),
        Cell::text(pays),
    ]);
    cells
}

/// The cell *Pays from* of an unranked option: the capacity of a replica at which it pays.
fn pays_if(one: &Unranked) -> String {
    use crate::billing::number::{grouped, spoken};
    match one.pays_from {
        Some(PaysFrom {
            rpm: Some(rpm),
            load,
            ..
        }) => {
            let each = match load {
                PayingLoad::Larger => "",
                PayingLoad::Workload { .. } => " each",
            };
            format!("{} rpm{each} ?", grouped(rpm, rpm.normalize().scale()))
        }
        Some(from) => format!(
            "{} / {} TPM ?",
            spoken(from.input_tpm),
            spoken(from.output_tpm)
        ),
        None if one.never_pays => "never".to_owned(),
        None => String::new(),
    }
}
