//! One page that needs nothing else: for a browser, in light and in dark, and on paper.

use crate::report::document::{Body, Cell, Document, Look, Part, Table};

const STYLE: &str = include_str!("page.css");

/// Cells of at most this many characters stay on one line.
const SHORT: usize = 24;

/// The document as a page, its details folded away.
pub fn render(document: &Document) -> String {
    let title = document.answer.first().map_or("tollgate", String::as_str);
    let mut page = format!(
        "<!doctype html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n\
         <meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n\
         <title>{}</title>\n<style>\n{STYLE}</style>\n</head>\n<body>\n<main>\n",
        escaped(title)
    );
    let alarm = if document.alarm {
        " class=\"alarm\""
    } else {
        ""
    };
    if let Some((first, rest)) = document.answer.split_first() {
        page.push_str(&format!("<h1{alarm}>{}</h1>\n", prose(first)));
        for more in rest {
            page.push_str(&format!("<p class=\"lead\">{}</p>\n", prose(more)));
        }
    }
    for part in &document.parts {
        page.push_str(&section(part));
    }
    page.push_str("</main>\n</body>\n</html>\n");
    page
}

fn section(part: &Part) -> String {
    let title = prose(&part.title);
    let body = body(&part.body);
    match &part.body {
        Body::Heading => format!("<h2>{title}</h2>\n"),
        Body::Chart(chart) if chart.svg.is_none() => String::new(),
        _ if part.folded => {
            format!("<details>\n<summary>{title}</summary>\n{body}</details>\n")
        }
        _ if title.is_empty() => body,
        _ => format!("<h3>{title}</h3>\n{body}"),
    }
}

fn body(body: &Body) -> String {
    match body {
        Body::Heading => String::new(),
        Body::Text(text) => format!("<p>{}</p>\n", prose(text)),
        Body::List(list) => {
            let entries = list.entries.iter();
            let entries = entries.map(|entry| {
                let subject = entry.subject.as_deref();
                let subject = subject.map(|name| format!("<code>{}</code>: ", escaped(name)));
                let subject = subject.unwrap_or_default();
                format!("<li>{subject}{}</li>\n", prose(&entry.text))
            });
            format!("<ul>\n{}</ul>\n", entries.collect::<String>())
        }
        Body::Facts(facts) => {
            let facts = facts.iter();
            let facts =
                facts.map(|(label, said)| format!("<dt>{label}</dt><dd>{}</dd>\n", prose(said)));
            format!("<dl>\n{}</dl>\n", facts.collect::<String>())
        }
        Body::Table(table) => rows(table),
        Body::Chart(chart) => {
            let svg = chart.svg.as_deref().unwrap_or_default();
            format!("<figure>\n{svg}</figure>\n")
        }
    }
}

fn rows(table: &Table) -> String {
    let mut text = "<div class=\"wide\">\n<table>\n<thead>\n<tr>".to_owned();
    for column in &table.columns {
        let class = if column.right {
            " class=\"number\""
        } else {
            ""
        };
        let title = escaped(&column.title).replace('\n', "<br>");
        text.push_str(&format!("<th{class}>{title}</th>"));
    }
    text.push_str("</tr>\n</thead>\n<tbody>\n");
    for row in &table.rows {
        text.push_str(match row.look {
            Look::Plain => "<tr>",
            Look::Total => "<tr class=\"total\">",
            Look::BesideTotal => "<tr class=\"beside-total\">",
            Look::Alarm => "<tr class=\"alarm\">",
        });
        for (column, cell) in table.columns.iter().zip(&row.cells) {
            let class = match (column.right, cell.shown().chars().count() <= SHORT) {
                (true, _) => " class=\"number\"",
                (false, true) => " class=\"short\"",
                (false, false) => "",
            };
            text.push_str(&format!("<td{class}>{}</td>", written(cell)));
        }
        text.push_str("</tr>\n");
    }
    text.push_str("</tbody>\n</table>\n</div>\n");
    text
}

fn written(cell: &Cell) -> String {
    let text = match cell {
        Cell::Empty => String::new(),
        Cell::Code(text) => format!("<code>{}</code>", escaped(text)),
        Cell::Text(text) => prose(text),
        Cell::Number(text) => escaped(text),
        Cell::Money(money) => escaped(&money.to_string()),
    };
    text.replace('\n', "<br>")
}

/// A sentence, its literals in backticks as code.
fn prose(text: &str) -> String {
    let parts: Vec<&str> = text.split('`').collect();
    // A backtick without a second one is a backtick.
    let paired = parts.len() % 2 == 1;
    let mut shown = String::new();
    for (at, part) in parts.iter().enumerate() {
        match at % 2 {
            1 if paired || at.saturating_add(1) < parts.len() => {
                shown.push_str(&format!("<code>{}</code>", escaped(part)));
            }
            1 => shown.push_str(&format!("`{}", escaped(part))),
            _ => shown.push_str(&escaped(part)),
        }
    }
    shown
}

/// Text that is no markup, and in which nothing prints as nothing.
fn escaped(text: &str) -> String {
    let mut shown = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '&' => shown.push_str("&amp;"),
            '<' => shown.push_str("&lt;"),
            '>' => shown.push_str("&gt;"),
            '"' => shown.push_str("&quot;"),
            '\n' => shown.push(c),
            c if c.is_control() => shown.push('\u{fffd}'),
            c => shown.push(c),
        }
    }
    shown
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn text_from_outside_is_no_markup() {
        for (text, shown) in [
            ("a <b> & \"c\"", "a &lt;b&gt; &amp; &quot;c&quot;"),
            (
                "use `--a <B>`, then",
                "use <code>--a &lt;B&gt;</code>, then",
            ),
            ("one ` alone", "one ` alone"),
            ("`a` and ` left", "<code>a</code> and ` left"),
            ("\u{1b}[1m", "\u{fffd}[1m"),
        ] {
            assert_eq!(prose(text), shown);
        }
    }
}
