//! Why a trace cannot be read.

use std::fmt;

use super::columns::Role;
use super::pipeline::MAX_FILES;
use super::sink::TooLarge;
use super::source::Compression;
use super::summary::Summary;

/// Names of columns that a message lists.
const LISTED: usize = 32;

/// A trace that cannot be used. Each is a sentence; [`TraceError::hint`] says the way out.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum TraceError {
    /// The operating system refuses.
    Unreadable {
        /// Its name as it is shown.
        file: String,
        /// In the words of the system.
        reason: String,
    },
    /// A folder, a pipe or a device.
    NotAFile {
        /// Its name as it is shown.
        file: String,
    },
    /// More than [`MAX_FILES`].
    TooManyFiles(usize),
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
        /// In the words of the decoder.
        reason: String,
    },
    /// Nothing in it.
    Empty {
        /// Its name as it is shown.
        file: String,
    },
    /// A list in JSON instead of lines of it.
    JsonList {
        /// Its name as it is shown.
        file: String,
    },
    /// No text: it begins with something else than a header or a JSON object.
    NoHeader {
        /// Its name as it is shown.
        file: String,
        /// The line of what stands there.
        line: u64,
    },
    /// Text in another encoding than UTF-8, as its first line shows.
    NotUtf8 {
        /// Its name as it is shown.
        file: String,
        /// Its first line that is not blank.
        line: u64,
    },
    /// A stream that is given more than once, but can be read only once.
    GivenTwice {
        /// Its name as it is shown.
        file: String,
    },
    /// A column that is not there.
    UnknownColumn {
        /// Its name as it is shown.
        file: String,
        /// The line of the header, or of the first object.
        line: u64,
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
        line: u64,
        /// What is looked for.
        role: Role,
        /// The columns.
        columns: Vec<String>,
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
    /// A number whose unit its size does not tell.
    UnclearTime {
        /// Its name as it is shown.
        file: String,
        /// Its line.
        line: u64,
        /// The number.
        text: String,
    },
    /// A call so late that those after it were already passed on.
    OutOfOrder {
        /// Its name as it is shown.
        file: String,
        /// Its line.
        line: u64,
        /// How many calls are put in order at a time.
        held: usize,
    },
    /// Rows that cannot be read, and all else that was found out.
    BadRows(Box<Summary>),
    /// No call at all.
    NoCalls(Box<Summary>),
    /// What the calls add up to is too large.
    TooLarge(TooLarge),
}

impl fmt::Display for TraceError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Unreadable { file, reason } => write!(f, "cannot read `{file}`: {reason}"),
            Self::NotAFile { file } => write!(f, "`{file}` is not a regular file"),
            Self::TooManyFiles(files) => {
                write!(
                    f,
                    "{files} files of calls; at most {MAX_FILES} are read at once"
                )
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
            Self::JsonList { file } => write!(f, "`{file}` is a JSON list, not JSON Lines"),
            Self::NoHeader { file, line } => {
                write!(
                    f,
                    "{file}:{line}: neither the header of a CSV file nor a JSON object"
                )
            }
            Self::NotUtf8 { file, line } => write!(f, "{file}:{line}: the text is not UTF-8"),
            Self::GivenTwice { file } => write!(f, "`{file}` is given more than once"),
            Self::UnknownColumn {
                file,
                line,
                role,
                header,
            } => {
                let role = role.name();
                write!(f, "{file}:{line}: no column is known to be the {role}")?;
                match header.is_empty() {
                    true => Ok(()),
                    false => write!(f, "; there are {}", list(header)),
                }
            }
            Self::AmbiguousColumn {
                file,
                line,
                role,
                columns,
            } => write!(
                f,
                "{file}:{line}: several columns could be the {}: {}",
                role.name(),
                list(columns)
            ),
            Self::UnknownFilter {
                file,
                column,
                header,
            } => write!(
                f,
                "{file}: there is no column `{column}` to filter by; there are {}",
                list(header)
            ),
            Self::UnclearTime { file, line, text } => write!(
                f,
                "{file}:{line}: `{text}` is not a Unix time of the years 2000 to 2100 in any unit"
            ),
            Self::OutOfOrder { file, line, held } => write!(
                f,
                "{file}:{line}: more than {held} rows before this one are later than it"
            ),
            Self::BadRows(summary) => bad_rows(summary, f),
            Self::NoCalls(summary) if summary.filtered > 0 => {
                write!(f, "none of the {} rows passes the filters", summary.rows)
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
    let rows = match summary.bad.count {
        1 => "1 row".to_owned(),
        count => format!("{count} rows"),
    };
    write!(f, "{rows} of {} cannot be read", summary.rows)?;
    for row in &summary.bad.first {
        write!(f, "\n  {row}")?;
    }
    Ok(())
}

fn list(names: &[String]) -> String {
    let shown = names.iter().take(LISTED);
    let mut list: Vec<String> = shown
        .map(|name| format!("`{}`", super::reason::shown(name.as_bytes())))
        .collect();
    if names.len() > LISTED {
        list.push("…".to_owned());
    }
    list.join(", ")
}
