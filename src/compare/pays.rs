//! Where an option of the ranking would be the cheapest, in values and in words.

use std::fmt;

use rust_decimal::Decimal;

use crate::billing::number::grouped;

/// The load or hours at which an option would be the cheapest of the ranked ones.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Pays {
    /// At the workload itself.
    Now,
    /// At another load, or at other hours, all else as it is.
    Elsewhere {
        /// Requests a minute.
        load: Option<At<Decimal>>,
        /// Whole hours a day.
        hours: Option<At<u32>>,
    },
    /// At no load and at no hours.
    Never,
}

/// A value at which an option is the cheapest, and beside which, towards the workload, it is not.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum At<T> {
    /// The smallest such value above the workload.
    From(T),
    /// The largest such value below the workload.
    UpTo(T),
    /// From the first to the second, on one side of the workload; beyond them it is not.
    Between(T, T),
}

impl fmt::Display for Pays {
    /// `now`, `562 rpm`, `75–100 rpm`, `up to 16 h a day`, `never`.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self::Elsewhere { load, hours } = self else {
            return f.write_str(match self {
                Self::Now => "now",
                _ => "never",
            });
        };
        let load = load.as_ref().map(|at| at.said(rpm, "rpm"));
        let hours = hours.as_ref().map(|at| at.said(u32::to_string, "h a day"));
        let said: Vec<String> = load.into_iter().chain(hours).collect();
        f.write_str(&said.join(" or "))
    }
}

impl Pays {
    /// The same in a sentence: `from 562 requests a minute on`.
    #[must_use]
    pub fn sentence(&self) -> String {
        let Self::Elsewhere { load, hours } = self else {
            return self.to_string();
        };
        let load = load
            .as_ref()
            .map(|at| at.sentence(rpm, "requests a minute"));
        let hours = hours.as_ref();
        let hours = hours.map(|at| at.sentence(u32::to_string, "hours a day"));
        let said: Vec<String> = load.into_iter().chain(hours).collect();
        said.join(", or ")
    }
}

impl<T: PartialEq> At<T> {
    fn sentence(&self, number: impl Fn(&T) -> String, unit: &str) -> String {
        match self {
            Self::From(value) => format!("from {} {unit} on", number(value)),
            Self::UpTo(value) => format!("up to {} {unit}", number(value)),
            Self::Between(from, to) if from == to => format!("at {} {unit}", number(from)),
            Self::Between(from, to) => {
                format!("from {} to {} {unit}", number(from), number(to))
            }
        }
    }

    fn said(&self, number: impl Fn(&T) -> String, unit: &str) -> String {
        match self {
            Self::From(value) => format!("{} {unit}", number(value)),
            Self::UpTo(value) => format!("up to {} {unit}", number(value)),
            Self::Between(from, to) if from == to => format!("at {} {unit}", number(from)),
            Self::Between(from, to) => format!("{}–{} {unit}", number(from), number(to)),
        }
    }
}

/// A load with its decimals, grouped.
fn rpm(rpm: &Decimal) -> String {
    grouped(*rpm, rpm.normalize().scale())
}
