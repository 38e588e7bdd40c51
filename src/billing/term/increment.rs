//! Billing increments: the only place where time is rounded up.

use super::{SECONDS_PER_DAY, SECONDS_PER_HOUR, SECONDS_PER_MINUTE};
use crate::billing::unit::Unit;

/// The smallest stretch of time that is billed. Catalog data, not code.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Increment {
    /// A started minute is billed as a whole minute.
    Minute,
    /// A started hour is billed as a whole hour.
    Hour,
    /// A started day is billed as a whole day.
    Day,
}

impl Increment {
    /// Reads `minute`, `hour` or `day`.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        match text {
            "minute" => Some(Self::Minute),
            "hour" => Some(Self::Hour),
            "day" => Some(Self::Day),
            _ => None,
        }
    }

    /// `minute`, `hour` or `day`.
    #[must_use]
    pub fn noun(self) -> &'static str {
        match self {
            Self::Minute => "minute",
            Self::Hour => "hour",
            Self::Day => "day",
        }
    }

    pub(super) fn seconds(self) -> u64 {
        match self {
            Self::Minute => SECONDS_PER_MINUTE,
            Self::Hour => SECONDS_PER_HOUR,
            Self::Day => SECONDS_PER_DAY,
        }
    }

    pub(super) fn unit(self) -> Unit {
        match self {
            Self::Minute => Unit::Minute,
            Self::Hour => Unit::Hour,
            Self::Day => Unit::Day,
        }
    }

    /// Minutes in one increment.
    #[must_use]
    pub fn minutes(self) -> u64 {
        match self {
            Self::Minute => 1,
            Self::Hour => 60,
            Self::Day => 24 * 60,
        }
    }

    /// How many increments an hour has; 0 for a day.
    #[must_use]
    pub fn per_hour(self) -> u64 {
        match self {
            Self::Minute => 60,
            Self::Hour => 1,
            Self::Day => 0,
        }
    }
}
