//! Why contributions cannot be read or do not add up.

use std::fmt;

use super::SCHEMA;
use crate::replay::{Minute, TooLarge};

/// Why contributions do not add up.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum MergeError {
    /// There is none.
    Nothing,
    /// Two were made for different parameters.
    Different {
        /// The place among them, from 0, of the one that differs from the first.
        at: usize,
    },
    /// Two have the same minute.
    SameMinute(Minute),
    /// They are too large together.
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
    /// It is not JSON of this shape; what the parser says.
    Syntax(String),
    /// It is of another format, or of a later version.
    Schema(String),
    /// Its numbers contradict each other, so something was lost or changed.
    Inconsistent(&'static str),
    /// Its numbers are too large.
    TooLarge(TooLarge),
}

impl fmt::Display for ReadError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Syntax(error) => write!(f, "not a partial result: {error}"),
            Self::Schema(_) => write!(f, "its `schema` is not `{SCHEMA}`"),
            Self::Inconsistent(what) => write!(f, "its numbers contradict each other: {what}"),
            Self::TooLarge(error) => error.fmt(f),
        }
    }
}

impl std::error::Error for ReadError {}

impl From<TooLarge> for ReadError {
    fn from(error: TooLarge) -> Self {
        Self::TooLarge(error)
    }
}
