//! Known logs: which fields hold what, by which fields a log is recognised, which of its rows are calls. All of it
//! is data, `logs.toml`, so that the next one needs no code.
//!
//! | file | what it does |
//! |---|---|
//! | `file` | reads the data, once, when a trace is read |
//! | `sign` | by which fields a log is recognised |
//! | `fields` | the names of fields, by what they hold |
//! | `nested` | objects that hold several calls, to one object a call |
//! | `peek` | looks at the first objects of a file |
//! | `without` | files of a folder that have no call |
//! | `listed` | the known logs as documentation lists them |

mod fields;
mod file;
mod listed;
mod nested;
mod peek;
mod sign;
mod without;

use super::format::TimeUnit;
use super::rules::RowRule;

pub use fields::{Field, Fields};
pub use file::{known, usual};
pub use listed::{Listed, listed};
pub use nested::Nesting;
pub use peek::{Peeked, peek};
pub use sign::of_header;
pub use sign::of_object;
pub use without::has_no_call;

/// A log whose shape is known, or any log with usual names.
#[derive(Debug, Default, PartialEq, Eq)]
pub struct Log {
    /// Its name in `--log-format`; empty where only usual names are known.
    pub name: String,
    /// Its name in sentences.
    pub title: String,
    /// Where its shape is published.
    pub schema: String,
    /// It is recognised by a row that fits one of these lists.
    signs: Vec<Vec<sign::Sign>>,
    /// The unit of times that count from 0: numbers that are no dates in any unit.
    pub from_zero: Option<TimeUnit>,
    /// Whether dates and times without a zone are UTC.
    pub utc: bool,
    /// Whether it does not say where cached tokens count.
    pub unclear_cached: bool,
    /// Which rows are calls.
    pub rules: Vec<RowRule>,
    /// Whether a row without output tokens is a failed call.
    pub failed_without_output: bool,
    /// How calls lie in the objects of the file.
    pub nesting: Option<Nesting>,
    /// The types of rows that may be all that a file without a call has.
    others: Vec<String>,
    /// What holds what.
    pub fields: Fields,
    /// What else is not read, in sentences.
    left_out: String,
}

impl Log {
    /// Whether it is one of the known ones, and not any log with usual names.
    #[must_use]
    pub fn is_known(&self) -> bool {
        !self.name.is_empty()
    }
}

/// Whether an object with these fields is one of a known log whose calls are in this list of it.
#[must_use]
pub fn holds_calls(list: &str, fields: &[String]) -> bool {
    let mut nestings = known().iter().filter_map(|log| log.nesting.as_ref());
    nestings.any(|nesting| nesting.keeps(list, fields))
}

/// The known log with this name.
///
/// # Errors
/// A sentence that lists the names, where none has this one.
pub fn named(name: &str) -> Result<&'static Log, String> {
    let mut logs = known().iter();
    let found = logs.find(|log| log.name.eq_ignore_ascii_case(name.trim()));
    found.ok_or_else(|| {
        let names: Vec<String> = known()
            .iter()
            .map(|log| format!("`{}`", log.name))
            .collect();
        format!("there is none of this name; there are {}", names.join(", "))
    })
}
