//! What an account holds: packages that are used up, and prepaid resources. What is left of each,
//! its status, who is told when, and the day on which it ends.

mod amount;
mod check;
mod error;
mod file;
mod forecast;
mod holding;
mod isolation;
mod note;
mod notice;
mod price;
mod rate;
mod read;
mod standing;
mod status;

use chrono::{Days, NaiveDate};
use rust_decimal::Decimal;

use crate::billing::exact::{self, TooLarge};

pub use error::ResourceError;
pub use forecast::Forecast;
pub use holding::{Holding, assess};
pub use isolation::Isolation;
pub use note::{Note, notes};
pub use notice::{Channel, Event, Known, Notice, State, notices_said};
pub use price::{DayPrice, PriceError, PriceOf};
pub use rate::{Rate, Split};
pub use read::read;
pub use standing::Standing;
pub use status::Status;

/// What a resource is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    /// A package of model tokens.
    Tokens,
    /// A package of searches.
    Search,
    /// Concurrency that is kept for one account.
    Concurrency,
    /// Storage for knowledge.
    KnowledgeBase,
}

impl Kind {
    /// Every kind.
    pub const ALL: &[Self] = &[
        Self::Tokens,
        Self::Search,
        Self::Concurrency,
        Self::KnowledgeBase,
    ];

    /// As files and scripts write it.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Tokens => "tokens",
            Self::Search => "search",
            Self::Concurrency => "concurrency",
            Self::KnowledgeBase => "knowledge-base",
        }
    }

    /// The name for people.
    #[must_use]
    pub fn said(self) -> &'static str {
        match self {
            Self::KnowledgeBase => "knowledge base",
            other => other.name(),
        }
    }

    /// Whether it is a package that is used up within its validity; else it is prepaid by month or
    /// year and can be renewed (`resource.kinds`).
    #[must_use]
    pub fn is_package(self) -> bool {
        matches!(self, Self::Tokens | Self::Search)
    }
}

/// Where a resource comes from.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Origin {
    /// Given to an account when it is registered.
    FreeTrial,
    /// Paid for.
    Purchased,
}

impl Origin {
    /// Both origins.
    pub const ALL: &[Self] = &[Self::FreeTrial, Self::Purchased];

    /// As files and scripts write it.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::FreeTrial => "free-trial",
            Self::Purchased => "purchased",
        }
    }

    /// The name for people.
    #[must_use]
    pub fn said(self) -> &'static str {
        match self {
            Self::FreeTrial => "free trial",
            Self::Purchased => "purchased",
        }
    }
}

/// How much was used in all, on a day.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Reading {
    /// The day.
    pub on: NaiveDate,
    /// The total that was used by the end of that day.
    pub value: Decimal,
}

/// A resource as a file describes it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Resource {
    /// The name, unique in its file.
    pub name: String,
    /// The kind of resource.
    pub kind: Kind,
    /// Where it comes from.
    pub origin: Origin,
    /// The whole amount; above 0.
    pub total: Decimal,
    /// The last reading.
    pub used: Reading,
    /// The readings before the last, in order of time.
    pub earlier: Vec<Reading>,
    /// The last day on which it can be used.
    pub expires: NaiveDate,
    /// How fast it is used, where that is known.
    pub rate: Option<Rate>,
    /// The reason the file gives for using more than the total.
    pub reason: Option<String>,
}

impl Resource {
    /// What was left at the last reading, 0 where more is used than there is.
    ///
    /// # Errors
    /// [`TooLarge`] when a decimal cannot hold it.
    pub fn left(&self) -> Result<Decimal, TooLarge> {
        Ok(exact::sub(self.total, self.used.value)?.max(Decimal::ZERO))
    }

    /// The first day on which it has expired (a reading of `resource.status`).
    #[must_use]
    pub fn ended_from(&self) -> Option<NaiveDate> {
        self.expires.checked_add_days(Days::new(1))
    }

    /// Every reading, the first one first.
    pub fn readings(&self) -> impl Iterator<Item = &Reading> {
        self.earlier.iter().chain([&self.used])
    }
}
