//! Why a Parquet file cannot be read.

use std::error::Error;
use std::{fmt, io};

use parquet::errors::ParquetError;

use crate::billing::number::whole;

/// Bytes of pages, stored and decompressed, that a thread may hold at a time. The decoders hold as many
/// more until they get the next ones.
pub const PAGES: usize = 12 * 1_024 * 1_024;

/// Bytes of a mebibyte.
const MIB: usize = 1_024 * 1_024;

/// What is wrong with a Parquet file. Each is the end of a sentence that begins with its name.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Problem {
    /// It comes as a stream or compressed as a whole, and its end has to be read first.
    NoSeek,
    /// It is damaged: where, in words.
    Damaged(&'static str),
    /// A footer of more than this number of bytes.
    Footer(usize),
    /// The pages that are needed at a time take more memory than [`PAGES`].
    Pages,
    /// A column that is compressed or encoded in a way that is not read.
    Unknown {
        /// The column.
        column: String,
        /// How.
        what: String,
    },
    /// A column whose values can be none of what is looked for in it.
    Type {
        /// The column.
        column: String,
        /// What its values are.
        what: &'static str,
    },
}

impl Problem {
    /// The way out.
    pub fn hint(&self) -> &'static str {
        match self {
            Self::NoSeek => "name the Parquet file itself, decompressed: its end is read first",
            Self::Damaged(_) => "copy the file again, or write it again",
            Self::Footer(_) => "write it as several files, each with fewer row groups and columns",
            Self::Pages => {
                "write it with smaller pages or row groups, such as `ROW_GROUP_SIZE 122880` in DuckDB"
            }
            Self::Unknown { .. } => {
                "write it again with Snappy, gzip, zstd or LZ4 (raw), or uncompressed"
            }
            Self::Type { .. } => {
                "name another column in `--columns`: times are timestamps, Unix times or text, tokens are numbers"
            }
        }
    }
}

impl fmt::Display for Problem {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mib = |bytes: usize| whole(bytes.div_ceil(MIB));
        match self {
            Self::NoSeek => f.write_str("is Parquet, which cannot be read from a stream"),
            Self::Damaged(place) => write!(f, "is not valid Parquet: {place}"),
            Self::Footer(most) => {
                write!(f, "has a Parquet footer of more than {} MiB", mib(*most))
            }
            Self::Pages => write!(
                f,
                "has Parquet pages that take more than {} MiB at a time",
                mib(PAGES)
            ),
            Self::Unknown { column, what } => {
                write!(f, "has a column `{column}` that is not read: {what}")
            }
            Self::Type { column, what } => write!(f, "has a column `{column}` of {what}"),
        }
    }
}

impl Error for Problem {}

/// What is not valid in the pages of a column.
pub const BROKEN: Problem = Problem::Damaged("a page cannot be read");

/// What went wrong: in the file, or in reading it.
#[derive(Debug)]
pub enum Found {
    /// The file is not as it should be.
    Problem(Problem),
    /// The operating system does not read it.
    Io(io::Error),
}

impl fmt::Display for Found {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Problem(problem) => problem.fmt(f),
            Self::Io(error) => error.fmt(f),
        }
    }
}

impl Error for Found {}

impl From<Problem> for Found {
    fn from(problem: Problem) -> Self {
        Self::Problem(problem)
    }
}

impl From<io::Error> for Found {
    fn from(error: io::Error) -> Self {
        match error.kind() {
            io::ErrorKind::UnexpectedEof => Self::Problem(Problem::Damaged("it ends early")),
            _ => Self::Io(error),
        }
    }
}

/// What the library says is in words of its own, but for errors that came from here.
impl From<ParquetError> for Found {
    fn from(error: ParquetError) -> Self {
        match error {
            ParquetError::External(error) => match error.downcast::<Self>() {
                Ok(found) => *found,
                Err(_) => Self::Problem(BROKEN),
            },
            _ => Self::Problem(BROKEN),
        }
    }
}
