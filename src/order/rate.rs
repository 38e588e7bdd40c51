//! Which of a model's token prices are meant, where nobody said.

use chrono::NaiveDate;

use super::FundingOrder;
use crate::billing::note::Note;
use crate::billing::quote::{Parameters, Quote, Rate};
use crate::catalog::{Model, in_force};

/// The rate that is taken, and the other one where there was a choice.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct RateChoice {
    /// The rate that was asked for or chosen; `None` if the model has no two to choose from.
    pub rate: Option<Rate>,
    /// The rate that could have been meant instead.
    other: Option<Rate>,
    /// What is given that only pays for ordinary calls.
    first: Option<PaidFirst>,
}

/// What only pays for ordinary calls, and so says that they are meant.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum PaidFirst {
    /// A free quota.
    FreeQuota,
    /// A savings plan.
    SavingsPlan,
}

impl PaidFirst {
    /// The first of these that is given.
    pub fn of(funding: &FundingOrder) -> Option<Self> {
        let free_quota = funding.free_quota.map(|_| Self::FreeQuota);
        free_quota.or_else(|| funding.savings.map(|_| Self::SavingsPlan))
    }
}

impl RateChoice {
    /// Of a model with both prices in force on `as_of`, fine-tuned ones; with a free quota standard
    /// ones, since it only offsets ordinary calls (`free.scope`), and so with a savings plan.
    pub fn of(
        model: &Model,
        asked: Option<Rate>,
        first: Option<PaidFirst>,
        as_of: NaiveDate,
    ) -> Self {
        let has_both = in_force(&model.fine_tuned, as_of).is_some()
            && in_force(&model.standard, as_of).is_some();
        let (rate, other) = match asked {
            None if has_both && first.is_some() => (Some(Rate::Standard), Some(Rate::FineTuned)),
            None if has_both => (Some(Rate::FineTuned), Some(Rate::Standard)),
            asked => (asked, None),
        };
        Self { rate, other, first }
    }

    /// The quote with what was chosen, said before anything else of it but for what a log tells that
    /// the prices do not follow.
    pub fn said(self, mut quote: Quote) -> Quote {
        if let Parameters::Tokens {
            rate, other_rate, ..
        } = &mut quote.parameters
            && let Some(other) = self.other
        {
            *other_rate = Some(other);
            let note = Note::OtherRate {
                rate: *rate,
                other,
                free_quota: self.first == Some(PaidFirst::FreeQuota),
                savings: self.first == Some(PaidFirst::SavingsPlan),
            };
            let told = |note: &Note| !matches!(note, Note::Told(_));
            let at = quote.notes.iter().position(told);
            quote.notes.insert(at.unwrap_or(quote.notes.len()), note);
        }
        quote
    }
}
