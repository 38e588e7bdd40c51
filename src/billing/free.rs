//! What a provider documents of its free quota, and what it calls the ways in which tokens are paid
//! for. Catalog data: without it nothing is said of either.

use chrono::{Days, NaiveDate};

use super::offer::Source;
use super::rule::Rule;
use super::service::Service;
use super::term::Span;

/// The free quota of a provider.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FreePart {
    /// The ids of the regions in which models have it; empty where it is not bound to any.
    pub regions: Vec<String>,
    /// What the provider calls the ways to pay.
    pub words: Words,
    /// The rules of the quota, with the days from which they hold.
    pub rules: Vec<FreeRules>,
}

/// The provider's own words for the ways to pay.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Words {
    /// Tokens that are given.
    pub free: String,
    /// Tokens that were bought before.
    pub package: String,
    /// Tokens that are billed afterwards.
    pub postpaid: String,
    /// Reserved throughput.
    pub reservation: String,
}

/// What holds of a free quota from a day on.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FreeRules {
    /// The error of a call that the switch stops when the quota is used up; `None` where there is
    /// no such switch.
    pub stop: Option<String>,
    /// What is left of the quota, in percent, when the platform sends a notice. Empty where it sends none.
    pub notices: Vec<u64>,
    /// For how many days the quota is valid: the least and the most.
    pub valid_days: (u64, u64),
    /// How old the figure in the console can be.
    pub shown_after: Span,
    /// Whether no model can be called with an overdue balance, quota or not.
    pub overdue_blocks: bool,
    /// Whether the document says that calls of fine-tuned models are not offset.
    pub not_fine_tuned: bool,
    /// Where this was read, and since when it is in force.
    pub source: Source,
}

/// What a quote is told of its provider's free quota.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Documented {
    /// What the provider calls the ways to pay.
    pub words: Words,
    /// The rules in force on the day of the prices, where they are known.
    pub rules: Option<FreeRules>,
}

/// Who says how tokens are paid for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Authority {
    /// A document about services, their status and their billing modes.
    Services,
    /// A document about a free quota.
    FreeQuota,
    /// No document: the person who asks.
    Person,
}

impl Authority {
    /// By what the catalog has: a document about services counts before one about a free quota.
    #[must_use]
    pub fn of(service: Option<&Service>, free: Option<&Documented>) -> Self {
        match (service, free) {
            (Some(_), _) => Self::Services,
            (None, Some(_)) => Self::FreeQuota,
            (None, None) => Self::Person,
        }
    }

    /// The rule to cite where a document about a free quota has the rule `of_quota`. A document about
    /// services has one rule for all of them.
    #[must_use]
    pub fn rule(self, of_quota: Rule) -> Rule {
        match self {
            Self::Services => Rule::ServiceOrder,
            Self::FreeQuota => of_quota,
            Self::Person => Rule::Funding,
        }
    }
}

impl FreePart {
    /// The rules in force on `date`: the latest of those that hold from that day or earlier.
    #[must_use]
    pub fn rules_on(&self, date: NaiveDate) -> Option<&FreeRules> {
        self.rules
            .iter()
            .filter(|rules| rules.source.from.is_none_or(|from| from <= date))
            .max_by_key(|rules| rules.source.from)
    }

    /// Whether models of a region have it.
    #[must_use]
    pub fn is_in(&self, region: &str) -> bool {
        self.regions.is_empty() || self.regions.iter().any(|known| known == region)
    }

    /// The first and the last day that can be the last one of a quota that is activated on a day.
    /// Whether the day of activation is one of the days is not documented: the first takes it as
    /// one, the last does not.
    #[must_use]
    pub fn last_days(&self, activated: NaiveDate) -> Option<(NaiveDate, NaiveDate)> {
        let (least, most) = self.rules_on(activated)?.valid_days;
        let first = activated.checked_add_days(Days::new(least.saturating_sub(1)))?;
        Some((first, activated.checked_add_days(Days::new(most))?))
    }

    /// The last day of the longest-lived quota that can be in use on `on`: one that is activated
    /// that day, or on the last day of the rules before.
    #[must_use]
    pub fn latest_day(&self, on: NaiveDate) -> Option<NaiveDate> {
        let ends = self.rules.iter().filter_map(|rules| rules.source.from);
        let ends = ends.filter_map(|from| from.pred_opt().filter(|end| *end < on));
        ends.chain([on])
            .filter_map(|activated| self.last_days(activated))
            .map(|(_, last)| last)
            .max()
    }

    /// The first day from which calls can be stopped when the quota is used up.
    #[must_use]
    pub fn stops_from(&self) -> Option<NaiveDate> {
        let stop = self.rules.iter().filter(|rules| rules.stop.is_some());
        stop.filter_map(|rules| rules.source.from).min()
    }
}
