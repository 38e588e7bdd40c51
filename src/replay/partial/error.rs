//! Why contributions cannot be read or do not add up.

use std::fmt;

use super::{SCHEMA, VERSION};
use crate::billing::number::whole;
use crate::catalog::printable;
use crate::replay::{Minute, TooLarge};

/// Why contributions do not add up.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum MergeError {
    /// There is no contribution.
    Nothing,
    /// Two were made for different parameters.
    Different {
        /// The index of the contribution that differs from the first.
        at: usize,
    },
    /// Two contributions have the same minute.
    SameMinute(Minute),
    /// Their sums are too large.
    TooLarge(TooLarge),
}

impl fmt::Display for MergeError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Nothing => f.write_str("there is nothing to merge"),
            Self::Different { .. } => {
                f.write_str("the partial results were made for different parameters")
            }
            Self::SameMinute(minute) => {
                write!(f, "minute {minute} is in more than one partial result")
            }
            Self::TooLarge(error) => error.fmt(f),
        }
    }
}

impl MergeError {
    /// The way out, where there is one.
    #[must_use]
    pub fn hint(&self) -> Option<&'static str> {
        match self {
            Self::Nothing => None,
            Self::Different { .. } => {
                Some("make all of them for the same model, prices and reservation")
            }
            Self::SameMinute(_) => Some(
                "split the trace at whole minutes, so that all calls of a minute are in one part",
            ),
            Self::TooLarge(error) => error.hint(),
        }
    }
}

impl std::error::Error for MergeError {}

impl From<TooLarge> for MergeError {
    fn from(error: TooLarge) -> Self {
        Self::TooLarge(error)
    }
}

/// Why a text is not a contribution.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum ReadError {
    /// It does not begin as a JSON object does.
    NoObject,
    /// It ends within its object.
    CutOff,
    /// It is not JSON.
    Syntax {
        /// The number of bytes before the error.
        after: usize,
    },
    /// It does not name its format.
    NoSchema,
    /// It is of another format, with this name.
    Schema(String),
    /// It has another number of the format.
    Version(String),
    /// A field is missing, or is not what belongs there.
    Field {
        /// The number of bytes before the error.
        after: usize,
    },
    /// Its numbers contradict each other, so something was lost or changed.
    Inconsistent(&'static str),
    /// Its numbers are too large.
    TooLarge(TooLarge),
}

impl fmt::Display for ReadError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::NoObject => f.write_str("not a partial result: the line is no JSON object"),
            Self::CutOff => f.write_str("not a whole partial result: the line ends within it"),
            Self::Syntax { after } => {
                let after = whole(*after);
                write!(f, "not a partial result: no JSON after byte {after}")
            }
            Self::NoSchema => {
                f.write_str("not a partial result: its `schema` is missing or no text")
            }
            Self::Schema(name) => write!(
                f,
                "not a partial result: its `schema` is `{}`, not `{SCHEMA}`",
                printable(name)
            ),
            Self::Version(number) => write!(
                f,
                "a partial result of format {number}, and this `tollgate` reads format {VERSION}"
            ),
            Self::Field { after } => {
                let after = whole(*after);
                write!(
                    f,
                    "a damaged partial result: a field before byte {after} is missing or wrong"
                )
            }
            Self::Inconsistent(what) => {
                write!(f, "a damaged partial result: {what}")
            }
            Self::TooLarge(error) => error.fmt(f),
        }
    }
}

impl ReadError {
    /// The way out.
    #[must_use]
    pub fn hint(&self) -> &'static str {
        match self {
            Self::Version(_) => "make all parts with the `tollgate` that merges them",
            Self::Field { .. } | Self::Inconsistent(_) => {
                "copy the line again or make it again, and leave it as it is"
            }
            Self::TooLarge(error) => error.hint().unwrap_or("split the trace by time"),
            // What goes over several lines, such as a quote in JSON, seems cut off, too.
            Self::NoObject
            | Self::CutOff
            | Self::Syntax { .. }
            | Self::NoSchema
            | Self::Schema(_) => {
                "a line is what `tollgate quote ptu --trace <FILE> --partial` prints, unchanged"
            }
        }
    }
}

impl std::error::Error for ReadError {}

impl From<TooLarge> for ReadError {
    fn from(error: TooLarge) -> Self {
        Self::TooLarge(error)
    }
}
