//! What editions of a page tell of a price: that it is gone, or that nobody knows which one held.

use std::fmt;

use chrono::NaiveDate;

/// A note on a price and the editions of its page.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum PageNote {
    /// The price has left the page, and the last known one is taken.
    Left {
        /// Whether it is of ordinary calls, and not of a deployment.
        of_calls: bool,
        /// The newest edition with it.
        seen: Option<NaiveDate>,
        /// The first edition without it.
        until: NaiveDate,
    },
    /// The next price came between two editions, and the day lies between them.
    Between {
        /// The day of the quote.
        as_of: NaiveDate,
        /// The newest edition without the next price.
        after: NaiveDate,
        /// The first edition with it.
        from: NaiveDate,
    },
    /// The next price came between two editions, in the time of a trace.
    Within {
        /// The newest edition without the next price.
        after: NaiveDate,
        /// The first edition with it.
        from: NaiveDate,
    },
    /// The price left between two editions, and the day lies between them.
    Leaving {
        /// The day of the quote.
        as_of: NaiveDate,
        /// The newest edition with it.
        seen: NaiveDate,
        /// The first edition without it.
        until: NaiveDate,
    },
}

impl fmt::Display for PageNote {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Left {
                of_calls,
                seen,
                until,
            } => {
                f.write_str(if *of_calls { "ordinary calls are " } else { "" })?;
                write!(f, "not on the page since {until}")?;
                if let Some(seen) = seen {
                    write!(f, " (last seen {seen})")?;
                }
                f.write_str(match of_calls {
                    true => "; whether they still go through is not known",
                    false => "; deployments bought before may go on",
                })
            }
            Self::Between { as_of, after, from } => write!(
                f,
                "another price or limit came between {after} and {from}: which one held on {as_of} is not known, and the older is taken"
            ),
            Self::Within { after, from } => write!(
                f,
                "a price here came between {after} and {from}: which one held on the days between is not known, and the older is taken"
            ),
            Self::Leaving { as_of, seen, until } => write!(
                f,
                "a price here left the page between {seen} and {until}: whether it held on {as_of} is not known"
            ),
        }
    }
}
