//! The way out of what is wrong with a trace.

use super::error::TraceError;
use super::reason::Reason;
use super::summary::{Shape, Summary};

impl TraceError {
    /// The way out.
    #[must_use]
    pub fn hint(&self) -> &'static str {
        match self {
            Self::Unreadable { .. } | Self::Empty { .. } => {
                "name a file of logged calls: CSV with a header, or JSON Lines"
            }
            Self::NotAFile { .. } => "name a regular file, or `-` to read the standard input",
            Self::TooManyFiles(_) => {
                "put files together: `cat` for JSON Lines, gzip and zstd of it"
            }
            Self::Truncated { .. } => "copy the file again; part of it is missing",
            Self::Corrupt { .. } => {
                "copy the file again, or decompress it with its own program and pipe the text in, with `-` as the file"
            }
            Self::NotUtf8 { .. } => {
                "save it as UTF-8; from UTF-16, `iconv -f UTF-16 -t UTF-8` does it"
            }
            Self::GivenTwice { .. } => "give each once",
            Self::JsonList { .. } => "write one object a line, as `jq -c '.[]'` does",
            Self::NoHeader { .. } => {
                "begin a CSV file with the names of its columns; each line of JSON Lines is an object"
            }
            Self::UnknownColumn { header, .. } if one_column(header) => {
                "separate the columns with commas, and end each row with a newline"
            }
            Self::UnknownColumn { .. } | Self::AmbiguousColumn { .. } => {
                "name the columns: `--columns time=…,input=…,output=…`"
            }
            Self::UnknownFilter { .. } => {
                "name a column of the header in `--where <COLUMN>=<VALUE>`"
            }
            Self::UnclearTime { .. } => {
                "say the unit with `--time-unit`; times may then also be counted from 0"
            }
            Self::OutOfOrder { .. } => "sort the rows of the file by time",
            Self::BadRows(summary) if is_all_bad_json(summary) => {
                "write one object a line, as `jq -c .` does"
            }
            Self::BadRows(_) => "correct them, or leave them out with `--skip-bad-rows`",
            Self::NoCalls(summary) if summary.filtered > 0 => {
                "`--where` compares the whole text of a column, in upper and lower case"
            }
            Self::NoCalls(_) => "name a file that has rows",
            Self::TooLarge(error) => error.hint().unwrap_or("split the trace by time"),
        }
    }
}

/// Whether nothing separates the columns of a header, or its end is not seen.
fn one_column(header: &[String]) -> bool {
    let separated = |name: &String| name.contains([';', '\t', '|', '\r']);
    match header {
        [only] => separated(only),
        _ => header.iter().any(|name| name.contains('\r')),
    }
}

/// Whether no line of JSON could be read, as in a file that spreads an object over several.
fn is_all_bad_json(summary: &Summary) -> bool {
    let (mut files, mut bad) = (summary.files.iter(), summary.bad.first.iter());
    summary.bad.count == summary.rows
        && bad.all(|row| matches!(row.reason, Reason::Json(_)))
        && files.all(|file| file.shape == Some(Shape::JsonLines) && file.time.is_none())
}
