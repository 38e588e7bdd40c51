//! What is said of prices that depend on the hour of the day.

use std::fmt;

use crate::billing::hours::Hours;
use crate::billing::money::Money;
use crate::billing::rule::Basis;

/// Something about the hours in which tokens are used. `Display` gives its sentence.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum HoursNote {
    /// At which hours they are used is not known, and they are spread evenly over the day.
    Spread {
        /// What they are.
        what: Spread,
        /// What all of them would cost in each of the hours.
        all_in: Vec<(Hours, Money)>,
    },
    /// Each recorded call has the price of its own minute.
    OwnMinute,
}

/// What is spread over the day.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Spread {
    /// Tokens.
    Tokens,
    /// Calls that do not fit a reservation.
    Overflow,
    /// Recorded calls whose times are counted from a start of their own.
    Calls,
    /// Such calls, where they do not fit a reservation.
    CallsBeyond,
}

impl HoursNote {
    /// Whether a document says so.
    #[must_use]
    pub fn basis(&self) -> Basis {
        Basis::Reading
    }
}

impl fmt::Display for HoursNote {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self::Spread { what, all_in } = self else {
            return f.write_str(
                "the price depends on the hour of the day: each call has that of the minute of its time, in UTC+8; one that lasts into other hours is not divided",
            );
        };
        f.write_str(match what {
            Spread::Tokens => {
                "the price depends on the hour of the day (UTC+8), and the tokens are spread evenly over it"
            }
            Spread::Overflow => {
                "the price of calls that do not fit depends on the hour of the day (UTC+8), and they are spread evenly over it"
            }
            Spread::Calls => {
                "the price depends on the hour of the day (UTC+8), which times from a start of their own do not have: the calls are spread evenly over it"
            }
            Spread::CallsBeyond => {
                "the price of calls that do not fit depends on the hour of the day (UTC+8), which times from a start of their own do not have: they are spread evenly over it"
            }
        })?;
        for (at, (hours, money)) in all_in.iter().enumerate() {
            match at {
                0 => write!(f, "; at list price, all of them in {hours} cost {money}")?,
                _ => write!(f, ", in {hours} {money}")?,
            }
        }
        Ok(())
    }
}
