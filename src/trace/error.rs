//! Why a trace cannot be read.

use std::fmt;

use super::columns::Role;
use super::compression::Compression;
use super::elements::JsonProblem;
use super::models;
use super::options::MAX_FILES;
use super::parquet_problem::Problem;
use super::place::Place;
use super::seen::Seen;
use super::sink::TooLarge;
use super::summary::Summary;
use crate::billing::number::{counted, whole};

/// Names of columns that a message lists.
const LISTED: usize = 32;

/// Texts of a column that a message lists.
const VALUES: usize = 8;

/// A trace that cannot be used. Each is a sentence; [`TraceError::hint`] says the way out.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum TraceError {
    /// The operating system refuses to open or read the file.
    Unreadable {
        /// Its name as it is shown.
        file: String,
        /// Why, in the words of the system.
        reason: String,
    },
    /// A folder, a pipe or a device.
    NotAFile {
        /// Its name as it is shown.
        file: String,
    },
    /// More than [`MAX_FILES`] files have calls at one time, or are streams.
    TooManyFiles,
    /// A folder without a log.
    NoLogs {
        /// Its name as it is shown.
        folder: String,
        /// The number of its files that are none, by how their names end.
        left_out: u64,
    },
    /// A pattern that no file matches.
    NoMatch {
        /// The pattern.
        pattern: String,
    },
    /// What looks like a pattern of names, and is none.
    NotAPattern {
        /// The text.
        pattern: String,
    },
    /// Compressed data that ends early.
    Truncated {
        /// Its name as it is shown.
        file: String,
        /// How it is compressed.
        compression: Compression,
    },
    /// Compressed data that is damaged, or needs too much memory.
    Corrupt {
        /// Its name as it is shown.
        file: String,
        /// How it is compressed.
        compression: Compression,
        /// Why, in the words of the decoder.
        reason: String,
    },
    /// A file with nothing in it.
    Empty {
        /// Its name as it is shown.
        file: String,
    },
    /// JSON that is no list of records, after those that were read.
    Json {
        /// Its name as it is shown.
        file: String,
        /// The number of the record that is not there, from 1.
        record: u64,
        /// What is wrong.
        problem: JsonProblem,
    },
    /// Text that says that it is UTF-16, and is not.
    NotUtf16 {
        /// Its name as it is shown.
        file: String,
        /// Its line.
        line: Place,
    },
    /// No text: it begins with something else than a header or a JSON object.
    NoHeader {
        /// Its name as it is shown.
        file: String,
        /// The line of what stands there.
        line: Place,
    },
    /// A Parquet file that cannot be read.
    Parquet {
        /// Its name as it is shown.
        file: String,
        /// What is wrong with it.
        problem: Problem,
    },
    /// Text in another encoding than UTF-8, as its first line shows.
    NotUtf8 {
        /// Its name as it is shown.
        file: String,
        /// Its first line that is not blank.
        line: Place,
    },
    /// A stream that is given more than once, but can be read only once.
    GivenTwice {
        /// Its name as it is shown.
        file: String,
    },
    /// A column that was named and is not there.
    NoSuchColumn {
        /// Its name as it is shown.
        file: String,
        /// The line of the header.
        line: Place,
        /// The column.
        column: String,
        /// What the header has.
        header: Vec<String>,
    },
    /// Hits are derived from the hashes of blocks, and this file cannot have any.
    NoHashes {
        /// Its name as it is shown.
        file: String,
        /// What it is.
        what: &'static str,
    },
    /// A column that has none of the usual names.
    UnknownColumn {
        /// Its name as it is shown.
        file: String,
        /// The line of the header, or of the first object.
        line: Place,
        /// What is looked for.
        role: Role,
        /// What the header has.
        header: Vec<String>,
    },
    /// Several columns that could be the one.
    AmbiguousColumn {
        /// Its name as it is shown.
        file: String,
        /// The line of the header, or of the first object.
        line: Place,
        /// What is looked for.
        role: Role,
        /// The columns.
        columns: Vec<String>,
    },
    /// Cached tokens of a log that counts them inside the input tokens or beside them.
    UnclearCached {
        /// Its name as it is shown.
        file: String,
        /// The log.
        log: &'static str,
        /// The field with cached tokens.
        field: String,
    },
    /// The column of a filter is not there.
    UnknownFilter {
        /// Its name as it is shown.
        file: String,
        /// The filter's column.
        column: String,
        /// What the header has.
        header: Vec<String>,
    },
    /// The column of a filter is there several times.
    RepeatedFilter {
        /// Its name as it is shown.
        file: String,
        /// The line of the header.
        line: Place,
        /// The filter's column.
        column: String,
        /// The number of such columns.
        times: usize,
    },
    /// A number whose unit its size does not tell.
    UnclearTime {
        /// Its name as it is shown.
        file: String,
        /// Its line.
        line: Place,
        /// The number.
        text: String,
    },
    /// A unit was given, and the times are dates.
    UnitOfDates {
        /// Its name as it is shown.
        file: String,
    },
    /// A call so late that those after it were already passed on.
    OutOfOrder {
        /// Its name as it is shown.
        file: String,
        /// Its line.
        line: Place,
        /// The number of calls that are put in order at a time.
        held: usize,
    },
    /// Sums of more than a minute, of which it is not known what a minute takes.
    LongSums {
        /// The minutes of the longest one.
        minutes: u64,
    },
    /// Rows that cannot be read, and all else that was found out.
    BadRows(Box<Summary>),
    /// Files without a call.
    NoCalls(Box<Summary>),
    /// Times that are dates beside times from a start of their own.
    MixedTimes {
        /// A file with times from a start of its own.
        counted: String,
        /// A file with dates, perhaps the same.
        dated: String,
    },
    /// Hits are derived, and a call is there twice.
    RepeatsWithHits,
    /// Parts of a log are read apart, and a call may be in several of them.
    RepeatsOfParts,
    /// More names of models than are told apart.
    TooManyModels,
    /// What the calls add up to is too large.
    TooLarge(TooLarge),
}

impl fmt::Display for TraceError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Unreadable { file, reason } => write!(f, "cannot read `{file}`: {reason}"),
            Self::NotAFile { file } => write!(f, "`{file}` is not a regular file"),
            Self::TooManyFiles => {
                write!(f, "more than {MAX_FILES} files have calls at one time")
            }
            Self::NoLogs { folder, left_out } => {
                write!(f, "no file of `{folder}` is a log by its name")?;
                match left_out {
                    0 => Ok(()),
                    1 => f.write_str("; it has 1 other"),
                    others => write!(f, "; it has {} others", whole(*others)),
                }
            }
            Self::NoMatch { pattern } => write!(f, "no file matches `{pattern}`"),
            Self::NotAPattern { pattern } => {
                write!(f, "`{pattern}` is not a pattern of names of files")
            }
            Self::Truncated { file, compression } => {
                write!(
                    f,
                    "`{file}` ends in the middle of its {} data",
                    compression.name()
                )
            }
            Self::Corrupt {
                file,
                compression,
                reason,
            } => write!(f, "`{file}` is not valid {}: {reason}", compression.name()),
            Self::Empty { file } => write!(f, "`{file}` is empty"),
            Self::Parquet { file, problem } => write!(f, "`{file}` {problem}"),
            Self::Json {
                file,
                record,
                problem,
            } => write!(f, "{file}:{}: {problem}", Place::Record(*record)),
            Self::NotUtf16 { file, line } => {
                write!(f, "{file}:{line}: half of a character of UTF-16")
            }
            Self::NoHeader { file, line } => {
                write!(
                    f,
                    "{file}:{line}: neither the header of a CSV file nor a JSON object"
                )
            }
            Self::NoSuchColumn {
                file,
                line,
                column,
                header,
            } => write!(
                f,
                "{}: there is no column `{column}`; there {}",
                line.of(file),
                there(header)
            ),
            Self::NoHashes { file, what } => write!(
                f,
                "`--cache-from` reads hashes of blocks from lines of JSON, a call each, and `{file}` is {what}"
            ),
            Self::NotUtf8 { file, line } => write!(f, "{file}:{line}: the text is not UTF-8"),
            Self::GivenTwice { file } => write!(f, "`{file}` is given more than once"),
            Self::UnknownColumn {
                file,
                line,
                role,
                header,
            } => write!(
                f,
                "{}: no column is known to be the {}; there {}",
                line.of(file),
                role.name(),
                there(header)
            ),
            Self::AmbiguousColumn {
                file,
                line,
                role,
                columns,
            } => write!(
                f,
                "{}: several columns could be the {}: {}",
                line.of(file),
                role.name(),
                list(columns)
            ),
            Self::UnclearCached { file, log, field } => write!(
                f,
                "`{field}` of `{file}` has cached tokens, and {log} count them inside the input tokens or beside them"
            ),
            Self::UnknownFilter {
                file,
                column,
                header,
            } => write!(
                f,
                "{file}: there is no column `{column}` to filter by; there {}",
                there(header)
            ),
            Self::RepeatedFilter {
                file,
                line,
                column,
                times,
            } => {
                write!(f, "{}: the column `{column}` is there ", line.of(file))?;
                match times {
                    2 => f.write_str("twice"),
                    times => write!(f, "{} times", whole(*times)),
                }
            }
            Self::UnclearTime { file, line, text } => write!(
                f,
                "{}: `{text}` is not a Unix time of the years 2000 to 2100 in any unit",
                line.of(file)
            ),
            Self::UnitOfDates { file } => write!(
                f,
                "`--time-unit` is for times that are numbers, and those of `{file}` are dates"
            ),
            Self::OutOfOrder { file, line, held } => write!(
                f,
                "{}: more than {} rows before this one are later than it",
                line.of(file),
                whole(*held)
            ),
            Self::RepeatsWithHits => f.write_str(
                "a row repeats a call, and `--cache-from` derives hits from every row: which of the two counts cannot be told",
            ),
            Self::RepeatsOfParts => f.write_str(
                "the calls have ids, by which a repeated call is known, and a part does not know the calls of the others",
            ),
            Self::TooManyModels => write!(
                f,
                "the log names more than {} models, too many to tell apart",
                whole(models::MOST)
            ),
            Self::LongSums { minutes } => write!(
                f,
                "sums of up to {} do not say what a single minute takes, which a reservation is sized and filled by",
                counted(*minutes, "minute")
            ),
            Self::BadRows(summary) => bad_rows(summary, f),
            Self::NoCalls(summary) if summary.bad.count > 0 => {
                f.write_str("no call is left: ")?;
                bad_rows(summary, f)
            }
            Self::NoCalls(summary) if summary.odd.failed > 0 => {
                let (failed, rows) = (summary.odd.failed, summary.rows);
                write!(
                    f,
                    "no call is left: {} of {} failed",
                    whole(failed),
                    counted(rows, "row")
                )
            }
            Self::NoCalls(summary) if summary.filtered > 0 => {
                let filters = match summary.filters.as_slice() {
                    [_] => "filter",
                    _ => "filters",
                };
                match summary.rows {
                    1 => write!(f, "the only row does not pass the {filters}")?,
                    rows => {
                        let rows = whole(rows);
                        write!(f, "none of {rows} rows passes the {filters}")?;
                    }
                }
                seen(summary, f)
            }
            Self::MixedTimes { counted, dated } if counted == dated => write!(
                f,
                "some times of `{counted}` are counted from a start of its own, and others are dates"
            ),
            Self::MixedTimes { counted, dated } => write!(
                f,
                "the times of `{counted}` are counted from a start of its own, and those of `{dated}` are dates"
            ),
            Self::NoCalls(summary) if summary.other_rows > 0 => {
                let logs = summary.files.iter().filter_map(|file| file.log);
                let logs: std::collections::BTreeSet<&str> =
                    logs.map(|log| log.title.as_str()).collect();
                let logs: Vec<&str> = logs.into_iter().collect();
                write!(
                    f,
                    "none of {} is a call, read as {}",
                    counted(summary.rows, "row"),
                    logs.join(" and ")
                )
            }
            Self::NoCalls(summary) => {
                let files = summary.files.iter().map(|file| file.name.clone());
                write!(
                    f,
                    "there is no call in {}",
                    list(&files.collect::<Vec<_>>())
                )
            }
            Self::TooLarge(error) => error.fmt(f),
        }
    }
}

impl std::error::Error for TraceError {}

impl From<TooLarge> for TraceError {
    fn from(error: TooLarge) -> Self {
        Self::TooLarge(error)
    }
}

fn bad_rows(summary: &Summary, f: &mut fmt::Formatter<'_>) -> fmt::Result {
    let (bad, of) = (&summary.bad, whole(summary.rows));
    write!(f, "{} of {of} cannot be read", counted(bad.count, "row"))?;
    if u64::try_from(bad.first.len()) != Ok(bad.count) {
        write!(f, ", the first {}:", bad.first.len())?;
    }
    for row in &bad.first {
        write!(f, "\n  {row}")?;
    }
    Ok(())
}

/// Why no row passes the filters: a column that is not there, or what is in those that are.
fn seen(summary: &Summary, f: &mut fmt::Formatter<'_>) -> fmt::Result {
    let Seen {
        rows,
        columns,
        filtered,
    } = &summary.seen;
    let first = match *rows < summary.filtered {
        true => format!("in the first {}, ", counted(*rows, "row")),
        false => String::new(),
    };
    if let Some(missing) = summary.seen.missing() {
        let missing = super::reason::shown(missing.as_bytes());
        return write!(
            f,
            ": {first}there is no column `{missing}`; there {}",
            there(columns)
        );
    }
    let parts = filtered
        .iter()
        .filter(|column| !column.passes)
        .map(|column| {
            let name = super::reason::shown(column.name.as_bytes());
            format!("`{name}` has {}", list_of(&column.values, VALUES))
        });
    let parts: Vec<String> = parts.collect();
    match (parts.is_empty(), filtered.is_empty()) {
        (false, _) => write!(f, ": {first}{}", parts.join(", and ")),
        (true, false) => write!(
            f,
            ": {first}each is passed by some row, and no row passes all"
        ),
        (true, true) => Ok(()),
    }
}

/// The list of the columns that there are.
fn there(names: &[String]) -> String {
    match names {
        [] => "is none".to_owned(),
        [only] => format!("is {}", list(std::slice::from_ref(only))),
        several => format!("are {}", list(several)),
    }
}

fn list(names: &[String]) -> String {
    list_of(names, LISTED)
}

fn list_of(names: &[String], most: usize) -> String {
    let shown = names.iter().take(most);
    let mut list: Vec<String> = shown
        .map(|name| format!("`{}`", super::reason::shown(name.as_bytes())))
        .collect();
    if names.len() > most {
        list.push("…".to_owned());
    }
    list.join(", ")
}
