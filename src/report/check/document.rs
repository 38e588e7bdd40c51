//! A checked plan as a document: the verdict, exceeded budgets, changes, costs. As Markdown it is the
//! comment on a pull request.

use super::{Cheapest, CheckReport, budgets, changes, costs, items, words};
use crate::billing::exact::plain;
use crate::billing::note::Note;
use crate::billing::number::counted;
use crate::billing::rule::Basis;
use crate::plan::Priced;
use crate::report::Depth;
use crate::report::document::{Body, Document, Entry, List};
use crate::report::render::View;
use crate::report::render::inline::in_comment;
use rust_decimal::Decimal;

/// The most bytes of a comment. GitHub takes 65,536 characters; bytes are at least as many, and the
/// rest is room for a line of whoever posts it.
const MOST_BYTES: usize = 65_000;

pub fn document(report: &CheckReport, view: View) -> Document {
    let document = Document::new(view.depth(), vec![words::verdict(report)]);
    let mut document = marked(document, &report.file);
    document.alarm = !report.breaches.is_empty();
    document.part("Budgets", Body::Table(budgets::table(report)));
    document.part("", Body::list(budgets::remarks(report)));
    if let Some(baseline) = &report.baseline {
        changes::add(&mut document, report, baseline);
    }
    match &report.baseline {
        Some(_) => document.fold("All costs", Body::Table(costs::table(report))),
        None => document.part("", Body::Table(costs::table(report))),
    }
    document.part("", Body::list(costs::remarks(report)));
    document.part(
        "Paid by whole months",
        of_deployments(report, |priced| {
            Some(words::paid_months(report, priced.months.as_ref()?))
        }),
    );
    document.part(
        "Paid by whole terms",
        of_deployments(report, words::paid_terms),
    );
    document.part(
        "For a part of the period",
        of_deployments(report, |priced| words::covered(priced, report.days)),
    );
    document.part(
        "Calls",
        of_deployments(report, |priced| words::log(priced, report.days)),
    );
    document.part(
        "In no deployment",
        Body::list(report.missed.iter().map(words::missed)),
    );
    document.part("Renewed", of_deployments(report, words::renewals));
    document.part(
        "One of two token prices",
        of_deployments(report, words::other_rate),
    );
    document.part("Not on the page", of_deployments(report, words::left));
    document.fold("Cheapest method", cheapest(report));
    if view.depth == Depth::Details {
        items::add(&mut document, report);
    } else if !document.has_details() {
        let readings = readings(report);
        let said = readings.map(|rules| format!("Depends on readings: {rules}"));
        document.part("", Body::list(said));
        document.left_out.push("Line items");
    }
    document.details("Notes", notes(report));
    let discount = match report.discount {
        Some(percent) => format!(", {}% off", plain(percent.value())),
        None => String::new(),
    };
    let prices = format!(
        "Prices in force on {}{}{discount}",
        report.catalog.as_of,
        words::edition(report)
    );
    let ages = words::ages(words::notes(report).into_iter());
    document.part("", Body::list(std::iter::once(prices).chain(ages)));
    document.part("Catalog files", Body::list(&report.catalog.changes));
    document
}

/// A document as the comment of a plan, by whose hidden first line it is found again.
pub fn marked(mut document: Document, file: &str) -> Document {
    let file = file.strip_prefix("./").unwrap_or(file);
    document.marker = Some(format!("tollgate:check {}", in_comment(file)));
    document.most_bytes = Some(MOST_BYTES);
    document
}

/// A line for each deployment that has a remark.
fn of_deployments(report: &CheckReport, remark: impl Fn(&Priced) -> Option<String>) -> Body {
    let deployments = report.priced.deployments.iter();
    let entries = deployments.filter_map(|priced| {
        Some(Entry {
            subject: Some(priced.deployment.name.clone()),
            text: remark(priced)?,
            weight: priced.held(),
        })
    });
    Body::List(List {
        entries: entries.collect(),
        noun: "deployment",
        least: ", those that cost least",
    })
}

fn cheapest(report: &CheckReport) -> Body {
    let found = report.cheapest.iter().flatten();
    let entries = report.priced.deployments.iter().zip(found);
    let entries = entries.map(|(priced, found)| Entry {
        subject: Some(priced.deployment.name.clone()),
        text: words::cheapest(found),
        weight: match found {
            Cheapest::Other { saves, .. } => saves.amount,
            Cheapest::Own | Cheapest::Not(_) => Decimal::ZERO,
        },
    });
    Body::List(List {
        entries: entries.collect(),
        noun: "deployment",
        least: ", those where least is saved",
    })
}

/// The rules whose reading the costs depend on.
fn readings(report: &CheckReport) -> Option<String> {
    let mut rules: Vec<&str> = Vec::new();
    for note in words::notes(report) {
        let id = note.rule().id();
        if note.basis() == Basis::Reading && !rules.contains(&id) {
            rules.push(id);
        }
    }
    (!rules.is_empty()).then(|| rules.join(", "))
}

/// The notes of the quotes, with the names of the deployments that they are for, unless it is all.
fn notes(report: &CheckReport) -> Body {
    let notes = words::notes(report).into_iter().map(|note| {
        let reading = match note.basis() {
            Basis::Reading => " (a reading)",
            Basis::Literal | Basis::Given => "",
        };
        let of = match note.is_standing() {
            true => String::new(),
            false => of_some(report, note),
        };
        format!("{}{reading}{of}: {note}", note.rule().id())
    });
    Body::list(notes)
}

/// The deployments that have a note: `, of chat`. Nothing where all of them have it.
fn of_some(report: &CheckReport, note: &Note) -> String {
    let all = &report.priced.deployments;
    let has = |priced: &&Priced| {
        let mut parts = priced.parts.iter();
        parts.any(|part| part.quote.notes.contains(note))
    };
    let names: Vec<&str> = all
        .iter()
        .filter(has)
        .map(|priced| priced.deployment.name.as_str())
        .collect();
    match names.as_slice() {
        names if names.len() == all.len() => String::new(),
        [first, second, third, others @ ..] if !others.is_empty() => {
            let others = u64::try_from(others.len()).unwrap_or(u64::MAX);
            format!(
                ", of {first}, {second}, {third} and {}",
                counted(others, "other")
            )
        }
        names => format!(", of {}", names.join(", ")),
    }
}
