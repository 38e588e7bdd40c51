//! GitHub-flavoured Markdown, for pull requests. Nothing from outside is more than text in it.

use super::fitted::{self, Section, fitted};
use super::inline::{code, prose};
use crate::report::document::{Body, Cell, Document, Entry, Look, Part, Row, Table};

/// The document as Markdown, its details folded away.
pub fn render(document: &Document) -> String {
    let mut top = String::new();
    if let Some(marker) = &document.marker {
        top.push_str(&format!("<!-- {marker} -->\n\n"));
    }
    if let Some((first, rest)) = document.answer.split_first() {
        top.push_str(&format!("### {}\n", prose(first)));
        for more in rest {
            top.push_str(&format!("\n{}\n", prose(more)));
        }
    }
    let sections: Vec<Section> = document.parts.iter().map(section).collect();
    let mut text = fitted(&top, &sections, document.most_bytes.unwrap_or(usize::MAX));
    text.truncate(text.trim_end().len());
    text.push('\n');
    text.trim_start().to_owned()
}

fn section(part: &Part) -> Section {
    let title = prose(&part.title);
    let mut section = match &part.body {
        Body::Heading => Section {
            head: format!("#### {title}\n"),
            ..Section::default()
        },
        Body::Text(text) => Section {
            head: format!("{}\n", prose(text)),
            ..Section::default()
        },
        Body::List(list) => Section {
            rows: list
                .entries
                .iter()
                .map(|entry| fitted::Row {
                    text: format!("- {}{}\n", subject(entry), prose(&entry.text)),
                    weight: entry.weight,
                })
                .collect(),
            noun: list.noun,
            least: list.least,
            ..Section::default()
        },
        Body::Facts(facts) => Section {
            head: facts
                .iter()
                .map(|(label, said)| format!("- {label}: {}\n", prose(said)))
                .collect(),
            ..Section::default()
        },
        Body::Table(table) => rows(table),
        Body::Chart(_) => return Section::default(),
    };
    if part.folded {
        section.head = format!("<details>\n<summary>{title}</summary>\n\n{}", section.head);
        section.foot = "\n</details>\n".to_owned();
    } else if !title.is_empty() && !matches!(part.body, Body::Heading) {
        section.head = format!("{title}:\n\n{}", section.head);
    }
    section
}

fn subject(entry: &Entry) -> String {
    let subject = entry.subject.as_deref();
    subject
        .map(|name| format!("{}: ", code(name)))
        .unwrap_or_default()
}

fn rows(table: &Table) -> Section {
    let columns = || table.columns.iter();
    // A line break would end the row.
    let titles = columns().map(|one| one.title.replace('\n', ", "));
    let titles: Vec<String> = titles.collect();
    let rules = columns().map(|one| if one.right { "---:" } else { ":---" });
    let rules: Vec<&str> = rules.collect();
    let head = format!("| {} |\n|{}|\n", titles.join(" | "), rules.join("|"));
    let (last, rows): (Vec<&Row>, Vec<&Row>) = table
        .rows
        .iter()
        .partition(|row| matches!(row.look, Look::Total | Look::BesideTotal));
    Section {
        head,
        rows: rows
            .into_iter()
            .map(|row| fitted::Row {
                text: line(row),
                weight: row.weight.unwrap_or(rust_decimal::Decimal::MAX),
            })
            .collect(),
        last: last.into_iter().map(line).collect(),
        noun: table.noun,
        least: table.least,
        ..Section::default()
    }
}

fn line(row: &Row) -> String {
    let cells = row.cells.iter().map(|cell| written(cell, row.look));
    let cells: Vec<String> = cells.collect();
    format!("| {} |\n", cells.join(" | "))
}

fn written(cell: &Cell, look: Look) -> String {
    let text = match cell {
        Cell::Empty => String::new(),
        Cell::Code(text) => code(text),
        Cell::Text(text) => prose(&text.replace('\n', ", ")),
        Cell::Number(text) => text.replace('\n', " "),
        Cell::Money(money) => money.to_string(),
    };
    match look {
        Look::Total | Look::Alarm if !text.is_empty() => format!("**{text}**"),
        _ => text,
    }
}
