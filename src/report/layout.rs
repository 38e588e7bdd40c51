//! What every table in a terminal shares: columns, widths, wrapped text, titled lists.

use comfy_table::{CellAlignment, Table};

use super::ChangeInfo;
use super::style::Style;

/// The widest that a table or a line of text may be.
pub const WIDTH: usize = 80;

/// A table without lines, with these titles; the columns at `right` are aligned right.
pub fn columns(titles: &[&str], right: &[usize]) -> Table {
    let mut table = Table::new();
    table.load_style(comfy_table::presets::NOTHING);
    table.set_header(titles.iter().copied());
    for column in right {
        if let Some(column) = table.column_mut(*column) {
            column.set_cell_alignment(CellAlignment::Right);
        }
    }
    table
}

/// The lines of a table, without spaces at their ends.
pub fn lines(table: &Table) -> Vec<String> {
    table
        .lines()
        .map(|line| line.trim_end().to_owned())
        .collect()
}

/// The width of the widest line, in columns of a terminal.
pub fn widest(lines: &[String]) -> usize {
    lines
        .iter()
        .map(|line| textwrap::core::display_width(line))
        .max()
        .unwrap_or(0)
}

/// Lines of at most [`WIDTH`], broken at spaces only: numbers and codes have none, so they stay
/// whole.
pub fn wrap(text: &str, first: &'static str, rest: &'static str) -> Vec<String> {
    let options = textwrap::Options::new(WIDTH)
        .initial_indent(first)
        .subsequent_indent(rest)
        .word_separator(textwrap::WordSeparator::AsciiSpace)
        .word_splitter(textwrap::WordSplitter::NoHyphenation)
        .wrap_algorithm(textwrap::WrapAlgorithm::FirstFit)
        .break_words(false);
    textwrap::wrap(text, options)
        .into_iter()
        .map(std::borrow::Cow::into_owned)
        .collect()
}

/// Text under a table.
pub fn paragraph(text: &str) -> String {
    joined(wrap(text, " ", " "))
}

/// A titled list with a blank line before it; nothing where it has no entries.
pub fn list(title: &str, entries: &[String], style: Style) -> String {
    if entries.is_empty() {
        return String::new();
    }
    let mut text = format!("\n {}\n", style.dim(title));
    for entry in entries {
        text.push_str(&joined(wrap(entry, "   ", "     ")));
    }
    text
}

/// What user files changed.
pub fn changes(changes: &[ChangeInfo], style: Style) -> String {
    let entries: Vec<String> = changes.iter().map(ToString::to_string).collect();
    list("Catalog files", &entries, style)
}

fn joined(lines: Vec<String>) -> String {
    lines.into_iter().map(|line| line + "\n").collect()
}
