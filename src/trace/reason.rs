//! What can be wrong with a row.

use std::fmt;

use super::columns::Role;
use super::count::CountProblem;
use super::format::{TimeFormat, TimeProblem};
use crate::billing::number::{counted, whole};
use crate::catalog::printable;

/// Characters of a value that a message shows.
const SHOWN: usize = 40;

/// Why a row cannot be read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Reason {
    /// The row is longer than this number of bytes.
    TooLong(usize),
    /// A quote that nothing closes within the longest record.
    OpenQuote,
    /// The row has another number of fields than the header.
    Fields {
        /// Fields of the row.
        found: usize,
        /// Fields of the header.
        expected: usize,
    },
    /// A line of JSON with bytes that are not UTF-8.
    NotUtf8,
    /// A line that is no JSON object, and why, in the words of the parser.
    Json(String),
    /// A field that is not there, or null.
    Missing(Role),
    /// A field that is there twice.
    Twice(Role),
    /// A list, an object or a truth value where text or a number belongs.
    NotText(Role),
    /// A text that is no time at all.
    NotATime(String),
    /// A time in another format than the file's.
    OtherTime(String, TimeFormat),
    /// A time outside the years 2000 to 2100.
    OutOfYears(String, TimeFormat),
    /// An aggregate that does not begin with its minute.
    WithinMinute(String),
    /// A count below zero.
    Negative(Role, String),
    /// A count that is no whole number.
    NotWhole(Role, String),
    /// A count that is no number.
    NotANumber(Role, String),
    /// A count that is one number where a point begins a fraction, and another where it groups digits.
    PointOrGroup(Role, String),
    /// More tokens than a call can have.
    TooLarge(Role, String),
    /// More tokens are cached inside the input than it has.
    CachedAboveInput {
        /// Tokens that were read from a cache or written to one.
        cached: u64,
        /// Input tokens.
        input: u64,
    },
    /// Hits are derived from the hashes of blocks, and there are none.
    NoHashes,
    /// What should be a list of whole numbers is none.
    NotHashes,
    /// There are not as many hashes as the input has blocks.
    OtherHashes {
        /// The number of hashes.
        found: u64,
        /// Input tokens.
        input: u32,
        /// Tokens of a block.
        block: u32,
    },
    /// An aggregate that has tokens and no requests.
    NoRequests,
}

impl Reason {
    pub(super) fn time(problem: TimeProblem, text: &[u8]) -> Self {
        let text = shown(text);
        match problem {
            TimeProblem::NotATime if text.is_empty() => Self::Missing(Role::Time),
            TimeProblem::NotATime => Self::NotATime(text),
            TimeProblem::Other(format) => Self::OtherTime(text, format),
            TimeProblem::OutOfYears(format) => Self::OutOfYears(text, format),
            TimeProblem::WithinMinute => Self::WithinMinute(text),
        }
    }

    pub(super) fn count(role: Role, problem: CountProblem, text: &[u8]) -> Self {
        let text = shown(text);
        match problem {
            CountProblem::Missing => Self::Missing(role),
            CountProblem::Negative => Self::Negative(role, text),
            CountProblem::NotWhole => Self::NotWhole(role, text),
            CountProblem::NotANumber => Self::NotANumber(role, text),
            CountProblem::TooLarge => Self::TooLarge(role, text),
        }
    }
}

/// A value as messages show it: short and printable.
pub(super) fn shown(text: &[u8]) -> String {
    let start = text.get(..SHOWN.saturating_mul(4)).unwrap_or(text);
    let lossy = String::from_utf8_lossy(start);
    let mut short: String = lossy.chars().take(SHOWN).collect();
    if short.len() < text.len() && lossy.chars().count() > SHOWN {
        short.push('…');
    }
    printable(&short)
}

impl fmt::Display for Reason {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::TooLong(max) => write!(f, "longer than {} bytes", whole(*max)),
            Self::OpenQuote => f.write_str("a quote is opened and not closed"),
            Self::Fields { found, expected } => {
                let found = counted(u64::try_from(*found).unwrap_or(u64::MAX), "field");
                let expected = whole(*expected);
                write!(f, "{found} where the header has {expected}")
            }
            Self::NotUtf8 => f.write_str("not UTF-8"),
            Self::Json(words) => f.write_str(words),
            Self::Missing(role) => write!(f, "no {}", role.name()),
            Self::Twice(role) => write!(f, "{} given twice", role.name()),
            Self::NotText(role) => write!(f, "{}: neither a number nor text", role.name()),
            Self::NotATime(text) => write!(f, "`{text}` is not a time"),
            Self::OtherTime(text, format) => write!(
                f,
                "`{text}` is not written as {} like the rest of the file",
                format.name()
            ),
            Self::OutOfYears(text, TimeFormat::DateTime { .. } | TimeFormat::Utc) => {
                write!(f, "`{text}` is not in the years 2000 to 2100")
            }
            Self::OutOfYears(text, format) => write!(
                f,
                "`{text}` is not in the years 2000 to 2100, read as {} like the rest of the file",
                format.name()
            ),
            Self::WithinMinute(text) => write!(f, "`{text}` is not the start of a minute"),
            Self::Negative(role, text) => write!(f, "{}: `{text}` is negative", role.name()),
            Self::NotWhole(role, text) => {
                write!(f, "{}: `{text}` is not a whole number", role.name())
            }
            Self::NotANumber(role, text) => {
                write!(f, "{}: `{text}` is not a number in digits", role.name())
            }
            Self::PointOrGroup(role, text) => {
                let (ones, grouped) = (text.trim_end_matches(".000"), text.replace('.', ","));
                write!(f, "{}: `{text}` may be {ones} or {grouped}", role.name())
            }
            Self::TooLarge(role, text) => write!(f, "{}: `{text}` is too large", role.name()),
            Self::CachedAboveInput { cached, input } => write!(
                f,
                "{} where the input has {}",
                counted(*cached, "cached token"),
                whole(*input)
            ),
            Self::NoHashes => f.write_str("no hashes of blocks"),
            Self::NotHashes => f.write_str("hashes of blocks: not a list of whole numbers"),
            Self::OtherHashes {
                found,
                input,
                block,
            } => write!(
                f,
                "{} of blocks, where {} input tokens have {} of {}",
                match found {
                    1 => "1 hash".to_owned(),
                    found => format!("{} hashes", whole(*found)),
                },
                whole(*input),
                counted(input.div_ceil((*block).max(1)).into(), "block"),
                counted(u64::from(*block), "token"),
            ),
            Self::NoRequests => f.write_str("tokens, and 0 requests"),
        }
    }
}
