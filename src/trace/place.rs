//! Where in a file something stands.

use std::fmt;

/// The place of a row, as messages name it after the file and a colon.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Place {
    /// A line, from 1.
    Line(u64),
    /// A record, from 1: of JSON that has no line for each, a line says little.
    Record(u64),
}

impl Place {
    /// The number of the line or of the record.
    #[must_use]
    pub fn number(self) -> u64 {
        match self {
            Self::Line(number) | Self::Record(number) => number,
        }
    }

    /// That line or record.
    pub(super) fn of(number: u64, by_record: bool) -> Self {
        match by_record {
            true => Self::Record(number),
            false => Self::Line(number),
        }
    }
}

impl fmt::Display for Place {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Line(line) => line.fmt(f),
            Self::Record(record) => write!(f, " record {record}"),
        }
    }
}
