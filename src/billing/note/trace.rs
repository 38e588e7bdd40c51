//! What is said of a recorded trace.

use std::fmt;

use crate::billing::number::{counted, grouped};
use crate::billing::rule::Basis;

/// What to know about a quote of a trace.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum TraceNote {
    /// The tokens are those of a longer period with the same pattern.
    Scaled {
        /// Minutes of the trace.
        minutes: u64,
        /// Days of the period.
        days: u64,
    },
    /// The term is longer than the time of which calls are priced.
    ShorterThanTerm {
        /// Minutes of that time.
        minutes: u64,
    },
    /// The reservation is sized for what so many of 100 minutes do not exceed.
    Sized {
        /// How many.
        percent: u8,
        /// Input tokens in a minute.
        input: u64,
        /// Output tokens in a minute.
        output: u64,
    },
    /// Times without a zone.
    Zone,
    /// Minutes of which only sums are known.
    Aggregated {
        /// How many.
        minutes: u64,
    },
    /// Rows that were left out.
    Skipped {
        /// How many.
        rows: u64,
    },
    /// Calls that do not fit.
    Overflow {
        /// How many.
        calls: u64,
        /// Of how many.
        of: u64,
        /// In how many minutes.
        minutes: u64,
        /// Whether they are refused.
        refused: bool,
    },
    /// Calls above the maximum input.
    AboveMax {
        /// How many.
        calls: u64,
    },
}

impl TraceNote {
    /// Whose word it is.
    #[must_use]
    pub fn basis(self) -> Basis {
        match self {
            Self::Scaled { .. } | Self::Skipped { .. } | Self::ShorterThanTerm { .. } => {
                Basis::Given
            }
            Self::Sized { .. } | Self::Zone | Self::Aggregated { .. } | Self::Overflow { .. } => {
                Basis::Reading
            }
            Self::AboveMax { .. } => Basis::Literal,
        }
    }
}

impl fmt::Display for TraceNote {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let said = |count: u64| grouped(count.into(), 0);
        match self {
            Self::Scaled { minutes, days } => write!(
                f,
                "the {} of the trace are taken as the pattern of {}",
                counted(*minutes, "minute"),
                counted(*days, "day")
            ),
            Self::ShorterThanTerm { minutes } => write!(
                f,
                "the term is longer than the {} of which calls are priced",
                counted(*minutes, "minute")
            ),
            Self::Sized {
                percent,
                input,
                output,
            } => write!(
                f,
                "sized for {}: {} input and {} output tokens a minute, rounded up to the purchase steps",
                match percent {
                    100 => "the peak of the trace".to_owned(),
                    percent => format!("what {percent} of 100 minutes do not exceed on each side"),
                },
                said(*input),
                said(*output)
            ),
            Self::Zone => f.write_str("times without a zone are taken as UTC+8"),
            Self::Aggregated { minutes } => write!(
                f,
                "{} known by their sums only: their share of overflow is less exact than that of calls",
                match minutes {
                    1 => "1 minute is".to_owned(),
                    minutes => format!("{} minutes are", said(*minutes)),
                }
            ),
            Self::Skipped { rows } => write!(
                f,
                "{} left out that cannot be read",
                match rows {
                    1 => "1 row is".to_owned(),
                    rows => format!("{} rows are", said(*rows)),
                }
            ),
            Self::Overflow {
                calls,
                of,
                minutes,
                refused,
            } => write!(
                f,
                "{} of {} calls, in {}, do not fit what is left of their minute: they {}",
                said(*calls),
                said(*of),
                counted(*minutes, "minute"),
                match refused {
                    true => "are refused (429) and cost nothing",
                    false => "are billed as ordinary calls, each in the tier of its size",
                }
            ),
            Self::AboveMax { calls } => write!(
                f,
                "{} above the maximum input, which no reservation takes",
                match calls {
                    1 => "1 call is".to_owned(),
                    calls => format!("{} calls are", said(*calls)),
                }
            ),
        }
    }
}
