//! For people in a terminal: the answer, the tables at the width that there is, and text below them.

use comfy_table::{CellAlignment, Table as Grid};

use super::wrap::wrap;
use super::{Style, View};
use crate::report::document::{Body, Column, Document, Fit, Look, Part, Row, Table};

/// Longer lines of text are hard to read.
const WIDEST_TEXT: usize = 100;

/// The document as text.
pub fn render(document: &Document, view: View) -> String {
    let text_width = view.width.min(WIDEST_TEXT);
    let mut text = String::new();
    let style = view.style;
    if let Some((first, rest)) = document.answer.split_first() {
        for line in wrap(first, text_width, "", "") {
            let line = match document.alarm {
                true => style.alarm(&line),
                false => style.bold(&line),
            };
            push(&mut text, &line);
        }
        for more in rest {
            for line in wrap(more, text_width, "", "") {
                push(&mut text, &line);
            }
        }
    }
    for part in &document.parts {
        if matches!(&part.body, Body::Chart(chart) if chart.text.is_none()) {
            continue;
        }
        let page = Page {
            style,
            width: view.width,
            text_width,
            details: document.has_details(),
        };
        text.push_str(&page.part(part));
    }
    if !document.left_out.is_empty() {
        let more = format!("`--details` shows {}", listed(&document.left_out));
        text.push('\n');
        for line in wrap(&more, text_width, " ", " ") {
            push(&mut text, &style.dim(&line));
        }
    }
    text
}

/// `a, b and c`.
fn listed(titles: &[&str]) -> String {
    let names: Vec<String> = titles.iter().map(|title| title.to_lowercase()).collect();
    match names.split_last() {
        None => String::new(),
        Some((last, [])) => last.clone(),
        Some((last, others)) => format!("{} and {last}", others.join(", ")),
    }
}

/// The text so far, and how it is laid out.
struct Page {
    style: Style,
    width: usize,
    text_width: usize,
    details: bool,
}

impl Page {
    fn part(&self, part: &Part) -> String {
        let mut text = "\n".to_owned();
        let heads = matches!(part.body, Body::Heading);
        if !part.title.is_empty() {
            let indent = if heads { "" } else { " " };
            for line in wrap(&part.title, self.text_width, indent, indent) {
                let line = match heads {
                    true => self.style.bold(&line),
                    false => self.style.dim(&line),
                };
                push(&mut text, &line);
            }
        }
        let indent = if part.title.is_empty() { " " } else { "   " };
        match &part.body {
            Body::Heading => {}
            Body::Text(said) => self.entry(&mut text, said, indent, indent),
            Body::List(list) => {
                let hanging = if part.title.is_empty() {
                    "   "
                } else {
                    "     "
                };
                for entry in &list.entries {
                    let subject = entry.subject.iter().map(|name| format!("{name}: "));
                    let said = subject.chain([entry.text.clone()]).collect::<String>();
                    self.entry(&mut text, &said, indent, hanging);
                }
            }
            Body::Facts(facts) => self.facts(&mut text, facts, indent),
            Body::Table(table) => {
                for line in self.table(table) {
                    push(&mut text, &line);
                }
            }
            Body::Chart(chart) => text.push_str(chart.text.as_deref().unwrap_or_default()),
        }
        text
    }

    fn entry(&self, text: &mut String, said: &str, first: &str, rest: &str) {
        for line in wrap(said, self.text_width, first, rest) {
            push(text, &line);
        }
    }

    fn facts(&self, text: &mut String, facts: &[(&'static str, String)], indent: &str) {
        let widest = facts.iter().map(|(label, _)| width(label)).max();
        let widest = widest.unwrap_or_default();
        let hanging = " ".repeat(width(indent).saturating_add(widest).saturating_add(1));
        for (label, said) in facts {
            let pad = " ".repeat(widest.saturating_sub(width(label)));
            self.entry(text, &format!("{label}{pad} {said}"), indent, &hanging);
        }
    }

    /// The first layout of the table that fits: all columns side by side, without those that say least
    /// (with details nothing is left out), with some of them below their rows, and at last one value a
    /// line.
    fn table(&self, table: &Table) -> Vec<String> {
        let places = |fit: Fit| {
            let columns = table.columns.iter().enumerate();
            columns.filter(move |(_, column)| column.fit == fit)
        };
        let mut hidden: Vec<usize> = Vec::new();
        let mut below: Vec<usize> = Vec::new();
        let least = || places(Fit::Drop).map(|(at, _)| at);
        let mut drop = least().filter(|_| !self.details);
        let of_details = least().filter(|_| self.details);
        let mut fold = of_details.chain(places(Fit::Below).map(|(at, _)| at));
        loop {
            let lines = self.laid_out(table, &hidden, &below);
            if widest(&lines) <= self.width {
                return lines;
            }
            if let Some(at) = drop.next() {
                hidden.push(at);
            } else if let Some(at) = fold.next() {
                below.push(at);
            } else {
                return self.records(table);
            }
        }
    }

    fn laid_out(&self, table: &Table, hidden: &[usize], below: &[usize]) -> Vec<String> {
        let side_by_side = |at: &usize| !hidden.contains(at) && !below.contains(at);
        let places: Vec<usize> = (0..table.columns.len()).filter(side_by_side).collect();
        let mut grid = Grid::new();
        grid.load_style(comfy_table::presets::NOTHING);
        let columns = places.iter().filter_map(|at| table.columns.get(*at));
        grid.set_header(columns.clone().map(|column| column.title.as_str()));
        for (at, column) in columns.enumerate() {
            if let (true, Some(column)) = (column.right, grid.column_mut(at)) {
                column.set_cell_alignment(CellAlignment::Right);
            }
        }
        for row in &table.rows {
            let cells = places.iter().filter_map(|at| row.cells.get(*at));
            grid.add_row(cells.map(|cell| cell.shown()));
        }
        let lines: Vec<String> = grid
            .lines()
            .map(|line| line.trim_end().to_owned())
            .collect();
        // A cell of several lines makes its row as many.
        let heights = std::iter::once(height(table.columns.iter().map(|one| one.title.as_str())));
        let of_rows = table.rows.iter().map(|row| {
            let shown: Vec<String> = places
                .iter()
                .filter_map(|at| Some(row.cells.get(*at)?.shown()))
                .collect();
            height(shown.iter().map(String::as_str))
        });
        let heights: Vec<usize> = heights.chain(of_rows).collect();
        let rule = "─".repeat(widest(&lines).saturating_sub(1));
        let mut lines = lines.into_iter();
        let mut spread = Vec::new();
        let mut summed = false;
        for (at, height) in heights.into_iter().enumerate() {
            let row = at.checked_sub(1).and_then(|at| table.rows.get(at));
            let look = row.map_or(Look::Plain, |row| row.look);
            if matches!(look, Look::Total | Look::BesideTotal) && !summed {
                summed = true;
                spread.push(format!(" {rule}"));
            }
            for line in lines.by_ref().take(height) {
                spread.push(match (row, look) {
                    (None, _) => self.style.dim(&line),
                    (_, Look::Total) => self.style.bold(&line),
                    (_, Look::Alarm) => self.style.alarm(&line),
                    _ => line,
                });
            }
            if let Some(row) = row {
                spread.extend(self.below(table, row, below));
            }
        }
        spread
    }

    /// The line under a row: the cells of the columns for which there was no room.
    fn below(&self, table: &Table, row: &Row, below: &[usize]) -> Vec<String> {
        let mut parts = Vec::new();
        for at in below {
            let (Some(column), Some(cell)) = (table.columns.get(*at), row.cells.get(*at)) else {
                continue;
            };
            let shown = cell.shown().replace('\n', ", ");
            if shown.is_empty() {
                continue;
            }
            let title = title_of(column);
            parts.push(match (column.right, column.titled) {
                (true, _) => format!("{title} {shown}"),
                (false, true) => format!("{title}: {shown}"),
                (false, false) => shown,
            });
        }
        if parts.is_empty() {
            return Vec::new();
        }
        wrap(&parts.join(", "), self.width, "     ", "       ")
    }

    fn records(&self, table: &Table) -> Vec<String> {
        let mut lines = Vec::new();
        for row in &table.rows {
            let cells = table.columns.iter().zip(&row.cells);
            let mut cells = cells.filter(|(_, cell)| !cell.shown().is_empty());
            if let Some((_, first)) = cells.next() {
                for line in wrap(&first.shown(), self.width, " ", " ") {
                    lines.push(match row.look {
                        Look::Alarm => self.style.alarm(&line),
                        _ => self.style.bold(&line),
                    });
                }
            }
            for (column, cell) in cells {
                let shown = cell.shown().replace('\n', ", ");
                let line = format!("{} {shown}", title_of(column));
                lines.extend(wrap(&line, self.width, "   ", "     "));
            }
        }
        lines
    }
}

/// The title of a column in one line.
fn title_of(column: &Column) -> String {
    column.title.replace('\n', " ")
}

fn push(text: &mut String, line: &str) {
    text.push_str(line);
    text.push('\n');
}

fn height<'a>(cells: impl Iterator<Item = &'a str>) -> usize {
    cells
        .map(|cell| cell.split('\n').count())
        .max()
        .unwrap_or(1)
}

/// The columns of a terminal that a text takes.
fn width(text: &str) -> usize {
    textwrap::core::display_width(text)
}

fn widest(lines: &[String]) -> usize {
    lines.iter().map(|line| width(line)).max().unwrap_or(0)
}
