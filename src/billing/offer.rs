//! What a provider offers: a model, sold by a method, at prices that stand in a document.

use chrono::NaiveDate;

use super::edition::Came;

/// A way of buying inference.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Method {
    /// Provisioned throughput: tokens per minute that are reserved.
    Ptu,
    /// Model units: replicas that are rented.
    Mu,
    /// Ordinary calls, billed by token.
    Tokens,
    /// Dedicated throughput units: throughput that is reserved by the month.
    Dtu,
}

impl Method {
    /// Every method.
    pub const ALL: &[Self] = &[Self::Ptu, Self::Mu, Self::Tokens, Self::Dtu];

    /// The name in commands and JSON: `ptu`, `mu`, `tokens`, `dtu`.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Ptu => "ptu",
            Self::Mu => "mu",
            Self::Tokens => "tokens",
            Self::Dtu => "dtu",
        }
    }
}

/// The model that a quote is for, as its provider publishes it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ModelRef {
    /// The code, with its published case.
    pub code: String,
    /// The published name.
    pub name: String,
    /// The provider's id: `alibaba`.
    pub provider: String,
    /// The region's id: `cn-beijing`.
    pub region: String,
    /// The region as people say it: `China (Beijing)`.
    pub region_name: String,
    /// The methods by which models are sold in this region only, as a document says.
    pub only_there: Vec<Method>,
}

/// Where a price was read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Source {
    /// The document's id, or the file that a user gave.
    pub document: String,
    /// The section of the document.
    pub section: String,
    /// The first edition that is known to have the price.
    pub first_seen: Option<NaiveDate>,
    /// The newest edition that has it.
    pub seen: Option<NaiveDate>,
    /// The day on which the price was transcribed from one of them.
    pub transcribed: Option<NaiveDate>,
    /// The first day on which the price is in force; `None` where no earlier price is known.
    pub from: Option<NaiveDate>,
    /// The newest edition before `from` that does not have the price: it came between them. `None` where `from`
    /// is the day itself.
    pub after: Option<NaiveDate>,
    /// The first edition that no longer has the price: it left between `seen` and this day.
    pub until: Option<NaiveDate>,
    /// The price of the same offer that takes its place, where there is one.
    pub next: Option<Came>,
}

impl Source {
    /// The day of the newest evidence of the price: an edition that has it. A transcription is none: what was
    /// read then may have been old.
    #[must_use]
    pub fn evidence(&self) -> Option<NaiveDate> {
        self.seen.or(self.first_seen)
    }

    /// Whether it was read in a document of no known day. What a file says of itself, without one, is as new as
    /// whoever writes it holds it to be.
    #[must_use]
    pub fn is_undated(&self) -> bool {
        self.evidence().is_none() && self.transcribed.is_some()
    }

    /// The first day on which the price is known to have been in force; it may have been in force before.
    #[must_use]
    pub fn first_evidence(&self) -> Option<NaiveDate> {
        self.from.or(self.first_seen).or(self.seen)
    }

    /// When the price came; `None` where no earlier one is known.
    #[must_use]
    pub fn came(&self) -> Option<Came> {
        let after = self.after;
        self.from.map(|from| Came { after, from })
    }

    /// The first edition without the price, where it is not on the page on `date` and no other price has
    /// taken its place by then.
    #[must_use]
    pub fn left_by(&self, date: NaiveDate) -> Option<NaiveDate> {
        let is_replaced = self.next.is_some_and(|next| next.from <= date);
        self.until.filter(|until| *until <= date && !is_replaced)
    }

    /// When it left, in words: `between 2026-08-17 and 2026-08-18`; `None` where it did not.
    #[must_use]
    pub fn left_said(&self) -> Option<String> {
        let until = self.until?;
        Some(match self.seen {
            Some(seen) => format!("between {seen} and {until}"),
            None => format!("by {until}"),
        })
    }
}

/// Which of the token prices of a model.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Rate {
    /// For custom models made by fine-tuning.
    FineTuned,
    /// For ordinary calls of a preset model.
    Standard,
}

impl Rate {
    /// `fine-tuned` or `standard`.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::FineTuned => "fine-tuned",
            Self::Standard => "standard",
        }
    }
}
