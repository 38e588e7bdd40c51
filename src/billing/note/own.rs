//! Notes of a provider whose documents do not have the rule: which of them it can have, and what it cites.

use super::savings::Said;
use super::{DtuNote, FundingNote, Note, RenewalNote, ReservedNote, SavingsNote};
use crate::billing::offer::{Method, ModelRef};
use crate::billing::rule::{RESERVATION, Rule};

impl Note {
    /// The note with a rule that a quote of this provider can cite; `None` where only a document of another
    /// provider says it.
    #[must_use]
    pub fn cited_by(mut self, provider: &str) -> Option<Self> {
        let rule = self.rule().cited_by(provider);
        if rule == self.rule() {
            return Some(self);
        }
        if self.is_of_a_document() {
            return None;
        }
        if let Some(own) = self.rule_mut() {
            *own = rule;
            return Some(self);
        }
        if let Self::Overdue { of, .. } = &mut self {
            // A file says it of its own method; nothing is read into it from another.
            *of = Method::Ptu;
        }
        let note = Box::new(self);
        Some(Self::Own { rule, note })
    }

    /// The document that it is read in, where that is not the document of its rule.
    #[must_use]
    pub fn read_in(&self) -> Option<&'static str> {
        matches!(self, Self::Renewal(RenewalNote::Charged { .. })).then_some(RESERVATION)
    }

    /// What holds of every deployment of units: where it is, and what is not known of its updates.
    #[must_use]
    pub fn of_deployments(model: &ModelRef, method: Method) -> [Self; 2] {
        [Self::region(model, method), Self::Update]
    }

    fn region(model: &ModelRef, method: Method) -> Self {
        Self::Region {
            name: model.region_name.clone(),
            only: model.only_there.contains(&method),
        }
    }

    /// What holds of models that are fine-tuned and billed by token.
    #[must_use]
    pub fn of_fine_tuned(model: &ModelRef) -> [Self; 3] {
        let region = Self::region(model, Method::Tokens);
        [Self::FineTunedOnly, Self::TokenService, region]
    }

    /// The note itself, without the rule that its own provider cites for it.
    #[must_use]
    pub fn plain(&self) -> &Self {
        match self {
            Self::Own { note, .. } => note,
            note => note,
        }
    }

    /// As [`Note::plain`], to be changed.
    pub fn plain_mut(&mut self) -> &mut Self {
        match self {
            Self::Own { note, .. } => note,
            note => note,
        }
    }

    /// Whether the sentence is a document's, and not about what was asked for or what a catalog
    /// file says.
    fn is_of_a_document(&self) -> bool {
        matches!(
            self,
            Self::PtuPriceUnit
                | Self::Reserved {
                    what: ReservedNote::OverflowLimits,
                    ..
                }
                | Self::PdSeparated
                | Self::Region { .. }
                | Self::Dtu(DtuNote::BilledFromRunning)
                | Self::Update
                | Self::BatchUnmarked
                | Self::TokenService
                | Self::Window { .. }
                | Self::Bundle
                | Self::CountOne(_)
                | Self::FirstCome
                | Self::MonthsEnd { .. }
                | Self::FineTunedOnly
                | Self::Savings(SavingsNote {
                    what: Said::Scope { .. },
                    ..
                })
                | Self::Funding {
                    what: FundingNote::FreeCache | FundingNote::NoNotice | FundingNote::StopSwitch,
                    ..
                }
        )
    }

    /// The rule, where it is not always the same one.
    fn rule_mut(&mut self) -> Option<&mut Rule> {
        match self {
            Self::RoundedUp { rule, .. }
            | Self::Inexact { rule, .. }
            | Self::OtherPrice { rule, .. }
            | Self::Funding { rule, .. }
            | Self::Reserved { rule, .. }
            | Self::Trace { rule, .. }
            | Self::Savings(SavingsNote { rule, .. }) => Some(rule),
            _ => None,
        }
    }
}
