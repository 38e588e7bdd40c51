//! When a price came to its page, as far as editions that were seen tell.

use chrono::NaiveDate;

/// Another price of the same offer, that takes the place of one.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Came {
    /// The newest edition that does not have it; `None` where `from` is the day itself.
    pub after: Option<NaiveDate>,
    /// The first day on which it is taken to be in force.
    pub from: NaiveDate,
}

impl std::fmt::Display for Came {
    /// `between 2026-07-29 and 2026-08-03`, or `on 2026-08-03`.
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self.after {
            Some(after) => write!(f, "between {after} and {}", self.from),
            None => write!(f, "on {}", self.from),
        }
    }
}
