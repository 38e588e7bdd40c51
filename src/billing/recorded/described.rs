//! A load that was described instead of recorded.

use chrono::NaiveDate;

/// What calls were made from: lines that say when which come.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Described {
    /// Its lines.
    pub lines: Vec<DescribedLine>,
    /// The day on which it begins, in China Standard Time.
    pub first: NaiveDate,
    /// How many minutes it goes on.
    pub minutes: u64,
}

/// A line of a load.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DescribedLine {
    /// As it is written: `mon-fri 09:00-18:00 120rpm 3000/350`.
    pub text: String,
    /// As one says it.
    pub said: String,
}
