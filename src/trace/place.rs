//! Where in a file something stands.

use std::fmt;

/// The place of a row, as messages name it after the file and a colon.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Place {
    /// A line, from 1.
    Line(u64),
    /// A record, from 1: of JSON that has no line for each, a line says little.
    Record(u64),
    /// A row, from 1, of a file that is no text.
    Row(u64),
    /// The names of the columns of such a file.
    Columns,
}

/// What is counted to say where something stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Numbered {
    /// Lines of text.
    #[default]
    Lines,
    /// Records of JSON that was written in another way than one a line.
    Records,
    /// Rows of a file that is no text.
    Rows,
}

impl Numbered {
    /// The place with this number, from 1.
    pub(super) fn place(self, number: u64) -> Place {
        match self {
            Self::Lines => Place::Line(number),
            Self::Records => Place::Record(number),
            Self::Rows => Place::Row(number),
        }
    }
}

impl Place {
    /// The number of the line, the record or the row; 0 of columns.
    #[must_use]
    pub fn number(self) -> u64 {
        match self {
            Self::Line(number) | Self::Record(number) | Self::Row(number) => number,
            Self::Columns => 0,
        }
    }

    /// With its file, as messages begin: `calls.csv:3`, `calls.json: record 3`.
    #[must_use]
    pub fn of(self, file: &str) -> String {
        match self {
            Self::Columns => file.to_owned(),
            place => format!("{file}:{place}"),
        }
    }
}

impl fmt::Display for Place {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Line(line) => line.fmt(f),
            Self::Record(record) => write!(f, " record {record}"),
            Self::Row(row) => write!(f, " row {row}"),
            Self::Columns => f.write_str(" columns"),
        }
    }
}
