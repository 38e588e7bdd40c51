//! Why parts of a trace have no quote.

use std::fmt;

use chrono::DateTime;

use crate::billing::calendar::china_standard_time;
use crate::catalog::printable;
use crate::order::OrderError;
use crate::replay::Minute;
use crate::replay::partial::MergeError;

/// Why parts have no quote.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum PartialError {
    /// Two were made for different parameters.
    Different {
        /// Name of the first part.
        first: String,
        /// Name of the first part that differs from it.
        other: String,
        /// The parameter that differs, with both values.
        what: String,
    },
    /// Two have the same minute, since the Unix epoch.
    SameMinute(Minute),
    /// The parts cannot be added up.
    Merge(MergeError),
    /// A label is missing, or is not what it should be.
    Label(&'static str),
    /// The catalog has other prices than the parts were made with.
    Prices {
        /// What of the catalog is not the same.
        what: String,
    },
    /// The catalog does not have the model that they were made for.
    NoModel(String),
    /// None of them has a call.
    NoCalls,
    /// Times that are dates beside times from a start of their own.
    MixedTimes {
        /// A part with times from a start of its own.
        counted: String,
        /// A part with dates.
        dated: String,
    },
    /// An error that a single run over the whole trace has, too.
    Order(OrderError),
}

impl fmt::Display for PartialError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Different { first, other, what } => write!(
                f,
                "`{first}` and `{other}` were made for different parameters: {what}"
            ),
            Self::SameMinute(minute) => {
                let utc = minute
                    .checked_mul(60)
                    .and_then(|seconds| DateTime::from_timestamp(seconds, 0));
                match utc.map(|utc| utc.with_timezone(&china_standard_time())) {
                    Some(time) => write!(
                        f,
                        "the minute {} is in more than one partial result",
                        time.format("%Y-%m-%d %H:%M %:z")
                    ),
                    None => MergeError::SameMinute(*minute).fmt(f),
                }
            }
            Self::Merge(error) => error.fmt(f),
            Self::Label(key) => write!(
                f,
                "not a partial result of `quote ptu`: its label `{key}` is missing or wrong"
            ),
            Self::Prices { what } => write!(
                f,
                "the catalog is not the one that the partial results were made with: {what}"
            ),
            Self::NoModel(model) => write!(
                f,
                "the catalog has no model `{}`, for which the partial results were made",
                printable(model)
            ),
            Self::NoCalls => f.write_str("there is no call in the partial results"),
            Self::MixedTimes { counted, dated } => write!(
                f,
                "the times of `{counted}` are counted from a start of its own, and those of `{dated}` are dates"
            ),
            Self::Order(OrderError::Lookup(error)) => error.fmt(f),
            Self::Order(_) => f.write_str("the partial results have no quote"),
        }
    }
}

impl PartialError {
    /// The way out, where there is one.
    #[must_use]
    pub fn hint(&self) -> Option<&'static str> {
        match self {
            Self::Different { .. } => MergeError::Different { at: 0 }.hint(),
            Self::SameMinute(minute) => MergeError::SameMinute(*minute).hint(),
            Self::Merge(error) => error.hint(),
            Self::Label(_) => Some("make it with `tollgate quote ptu --trace <FILE> --partial`"),
            Self::NoModel(_) | Self::Prices { .. } | Self::Order(OrderError::Lookup(_)) => {
                Some("give the same `--catalog` as then, or make the partial results again")
            }
            Self::NoCalls => Some("merge the parts that have calls, too"),
            Self::MixedTimes { .. } => Some("merge those of one trace"),
            Self::Order(_) => None,
        }
    }
}

impl From<MergeError> for PartialError {
    fn from(error: MergeError) -> Self {
        Self::Merge(error)
    }
}

impl From<OrderError> for PartialError {
    fn from(error: OrderError) -> Self {
        Self::Order(error)
    }
}
