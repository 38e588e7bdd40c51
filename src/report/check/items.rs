//! The line items of every deployment, and where their prices were read, for the comment.

use super::CheckReport;
use super::comment::{Row, Section};
use super::markdown::{folded, several};
use crate::billing::money::Money;
use crate::billing::quote::{LineItem, Quote};
use crate::plan::{Priced, PricedPart};
use crate::report::inline::{code, prose};
use crate::report::words;

/// The most sources that are named.
const MOST_SOURCES: usize = 40;

/// All line items in one table, folded away.
pub fn section(report: &CheckReport) -> Section {
    let rows: Vec<Row> = report
        .priced
        .deployments
        .iter()
        .flat_map(|priced| priced.parts.iter().map(move |part| (priced, part)))
        .flat_map(|(priced, part)| {
            let items = part.quote.items.iter();
            items.map(move |item| row(priced, part, item))
        })
        .collect();
    let title = several(rows.len(), "line item");
    let section = Section {
        head: "| Deployment | Part | Item | Quantity | Unit price | Amount |\n\
               |:---|:---|:---|:---|:---|---:|\n"
            .to_owned(),
        rows,
        foot: sources(report),
        noun: "line item",
        least: ", those of the least amount",
        ..Section::default()
    };
    folded(&title, section)
}

fn row(priced: &Priced, part: &PricedPart, item: &LineItem) -> Row {
    let own = &priced.deployment;
    let times = match own.count {
        1 => String::new(),
        count => format!(", each of {count}"),
    };
    let end = part.end.map(|end| format!("the {} end", end.name()));
    let label = part.label.as_deref().map(prose);
    let amount = Money {
        amount: item.amount,
        currency: part.quote.currency,
    };
    let what: Vec<String> = end.into_iter().chain(label).collect();
    Row {
        text: format!(
            "| {}{times} | {} | {} | {} | {} | {} |\n",
            code(&own.name),
            what.join(": "),
            prose(&item.description),
            prose(&words::working(item)),
            prose(&words::unit_price(&item.unit_price, part.quote.currency)),
            amount
        ),
        weight: item.amount.abs(),
    }
}

/// Where the prices were read, each once.
fn sources(report: &CheckReport) -> String {
    let parts = report.priced.deployments.iter().flat_map(|one| &one.parts);
    let quotes = || parts.clone().map(|part| &part.quote);
    let items = quotes().flat_map(|quote| &quote.items);
    let sources = report.catalog.sources(
        items.filter_map(|item| item.source.as_ref()),
        quotes().flat_map(Quote::documents),
    );
    let shown = sources.iter().take(MOST_SOURCES);
    let shown: String = shown.map(|line| format!("- {}\n", code(line))).collect();
    if shown.is_empty() {
        return String::new();
    }
    format!("\nPrices and rules from\n\n{shown}")
}
