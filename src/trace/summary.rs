//! What was found while files were read.

use super::columns::{Names, Role};
use super::compression::Compression;
use super::format::{TimeFormat, TimeUnit};
use super::logs::Log;
use super::marks::Marks;
use super::place::{Numbered, Place};
use super::reason::Reason;
use super::seen::Seen;
use super::spans::Spans;
use crate::billing::recorded::Odd;

/// What was found in all files.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Summary {
    /// Rows, without headers and blank lines.
    pub rows: u64,
    /// Calls handed over; of aggregates, the calls they are sums of.
    pub calls: u64,
    /// Aggregates handed over.
    pub aggregates: u64,
    /// Rows that a filter left out.
    pub filtered: u64,
    /// Rows of other types than calls.
    pub other_rows: u64,
    /// The minutes of those rows that a filter left out, since the Unix epoch or the start.
    pub filtered_at: Spans,
    /// What is odd about the rows.
    pub odd: Odd,
    /// What the calls that count say beside their tokens.
    pub marks: Marks,
    /// The filters, as they are written: `model=qwen3-max`.
    pub filters: Vec<String>,
    /// What the first rows have, where filters left out all.
    pub seen: Seen,
    /// Rows that could not be read.
    pub bad: BadRows,
    /// The first instant, in microseconds since the Unix epoch, rounded down.
    pub first: Option<i64>,
    /// The last instant.
    pub last: Option<i64>,
    /// The unit in which times would be dates, where they are none in the unit that was given: then that one
    /// may be wrong.
    pub doubtful_unit: Option<TimeUnit>,
    /// Each file, in the order in which they were given.
    pub files: Vec<FileSummary>,
}

impl Summary {
    /// How times are written, where all files do it alike.
    #[must_use]
    pub fn time(&self) -> Option<TimeFormat> {
        let mut formats = self.files.iter().filter_map(|file| file.time);
        let first = formats.next()?;
        formats.all(|format| format == first).then_some(first)
    }

    /// Whether some file has times without a zone, which are taken as UTC+8.
    #[must_use]
    pub fn zone_assumed(&self) -> bool {
        let bare = Some(TimeFormat::DateTime { zone: false });
        self.files.iter().any(|file| file.time == bare)
    }

    /// Whether some file counts its times from its own start, and so has no dates.
    #[must_use]
    pub fn relative(&self) -> bool {
        self.files.iter().any(|file| file.relative)
    }

    /// The names of a file with times from a start of their own and of one with dates, perhaps the same, where
    /// there are both: their minutes cannot be put in order.
    pub(super) fn mixed(&self) -> Option<(&str, &str)> {
        let counted = self.files.iter().find(|file| file.relative)?;
        let dated = self.files.iter().find(|file| file.dated)?;
        Some((&counted.name, &dated.name))
    }
}

/// What was found in one file.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct FileSummary {
    /// Its name as it is shown.
    pub name: String,
    /// CSV or JSON Lines; `None` where nothing is in it.
    pub shape: Option<Shape>,
    /// How it is compressed.
    pub compression: Option<Compression>,
    /// Which known log it is; `None` where it was read by usual names.
    pub log: Option<&'static Log>,
    /// How its times are written; `None` where no row has one.
    pub time: Option<TimeFormat>,
    /// Whether its times are counted from a start of its own: some are before the year 2000.
    pub relative: bool,
    /// Whether some of its times are dates, in the year 2000 or later.
    pub dated: bool,
    /// Its columns: time, input, output, and requests where it has aggregates.
    pub columns: Names,
    /// Its rows.
    pub rows: u64,
    /// Its rows that a filter left out.
    pub filtered: u64,
    /// Its rows of other types than calls.
    pub other_rows: u64,
    /// The minutes of the rows that a filter left out.
    pub filtered_at: Spans,
    /// What its first rows have, as long as filters left out all.
    pub seen: Seen,
    /// What is odd about its rows; which of them are repeated is known of all files together.
    pub odd: Odd,
    /// What its calls say beside their tokens, those that are repeated too.
    pub marks: Marks,
    /// Its last instant so far.
    pub(super) latest: Option<i64>,
    /// Its rows that could not be read.
    pub bad: BadRows,
}

impl FileSummary {
    /// What was found by its role: the role as in `--columns`, and the name of its column.
    pub fn found(&self) -> impl Iterator<Item = (&'static str, &str)> {
        let columns = Role::ALL.into_iter().zip(&self.columns);
        columns.filter_map(|(role, name)| Some((role.key(), name.as_deref()?)))
    }
}

/// Rows that could not be read.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct BadRows {
    /// The number of these rows.
    pub count: u64,
    /// The first [`BadRows::SHOWN`] of them.
    pub first: Vec<BadRow>,
}

impl BadRows {
    /// The most rows that are kept.
    pub const SHOWN: usize = 5;

    pub(super) fn add(&mut self, other: &Self) {
        self.count = self.count.saturating_add(other.count);
        let room = Self::SHOWN.saturating_sub(self.first.len());
        self.first.extend(other.first.iter().take(room).cloned());
    }
}

/// A row that could not be read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct BadRow {
    /// The name of its file.
    pub file: String,
    /// Its line, record or row.
    pub line: Place,
    /// What is wrong with it.
    pub reason: Reason,
}

impl std::fmt::Display for BadRow {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{}: {}", self.line.of(&self.file), self.reason)
    }
}

/// How rows are written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Shape {
    /// CSV with a header.
    Csv,
    /// A JSON object on each line.
    JsonLines,
    /// JSON objects over several lines, in a list, or in a list within an object.
    Json,
    /// Columns, in groups of rows.
    Parquet,
}

impl Shape {
    /// Whether its rows are objects of JSON.
    #[must_use]
    pub fn is_json(self) -> bool {
        matches!(self, Self::JsonLines | Self::Json)
    }

    /// What is counted to say where a row stands.
    pub(super) fn numbered(self) -> Numbered {
        match self {
            Self::Csv | Self::JsonLines => Numbered::Lines,
            Self::Json => Numbered::Records,
            Self::Parquet => Numbered::Rows,
        }
    }

    /// Every one.
    pub const ALL: [Self; 4] = [Self::Csv, Self::JsonLines, Self::Json, Self::Parquet];

    /// Its name in sentences.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Csv => "CSV",
            Self::JsonLines => "JSON Lines",
            Self::Json => "JSON",
            Self::Parquet => "Parquet",
        }
    }
}

/// How far the reading is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Progress {
    /// Bytes read of the files as they lie on disk.
    pub read: u64,
    /// Their sizes; `None` where a stream is among them.
    pub total: Option<u64>,
}
