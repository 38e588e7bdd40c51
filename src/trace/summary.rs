//! What was found while files were read.

use super::columns::Names;
use super::compression::Compression;
use super::format::{TimeFormat, TimeUnit};
use super::marks::Marks;
use super::reason::Reason;
use super::seen::Seen;
use super::spans::Spans;

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
    /// The minutes of those rows, since the Unix epoch or the start.
    pub filtered_at: Spans,
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
    /// CSV, JSON Lines or Parquet; `None` where nothing is in it.
    pub shape: Option<Shape>,
    /// How it is compressed.
    pub compression: Option<Compression>,
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
    /// The minutes of those rows.
    pub filtered_at: Spans,
    /// What its first rows have, as long as filters left out all.
    pub seen: Seen,
    /// What its calls say beside their tokens.
    pub marks: Marks,
    /// Its rows that could not be read.
    pub bad: BadRows,
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
    /// Its line, from 1; of Parquet its row.
    pub line: u64,
    /// What is counted.
    pub numbered: Numbered,
    /// What is wrong with it.
    pub reason: Reason,
}

impl std::fmt::Display for BadRow {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let place = self.numbered.place(&self.file, self.line);
        write!(f, "{place}: {}", self.reason)
    }
}

/// What is counted to say where something stands in a file.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Numbered {
    /// Lines of text.
    #[default]
    Lines,
    /// Rows, in a file that is no text.
    Rows,
}

impl Numbered {
    /// A place as messages say it: `calls.csv:3`, or `calls.parquet: row 3`, or the file alone where the number is 0.
    pub(super) fn place(self, file: &str, number: u64) -> String {
        match self {
            _ if number == 0 => file.to_owned(),
            Self::Lines => format!("{file}:{number}"),
            Self::Rows => format!("{file}: row {number}"),
        }
    }
}

/// How rows are written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Shape {
    /// CSV with a header.
    Csv,
    /// A JSON object on each line.
    JsonLines,
    /// Columns, in groups of rows.
    Parquet,
}

/// How far the reading is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Progress {
    /// Bytes read of the files as they lie on disk.
    pub read: u64,
    /// Their sizes; `None` where a stream is among them.
    pub total: Option<u64>,
}
