//! Savings plans: a commitment by the month, from which the usage at list price is deducted at a factor.
//! So a commitment K at a factor f pays for K ÷ f of usage in each month, and a month costs K and what is
//! beyond that. What a provider sells is catalog data.

mod best;
mod spend;

use rust_decimal::Decimal;

pub use super::savings_error::SavingsError;
pub use best::{Best, best};
pub use spend::{Months, Over, Spent, Usage};

use super::exact;
use super::offer::Source;

/// How a commitment is paid.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Payment {
    /// All of the term at the order.
    AllUpfront,
    /// Each month its part.
    NoUpfront,
}

impl Payment {
    /// Every way, the default first.
    pub const ALL: &[Self] = &[Self::AllUpfront, Self::NoUpfront];

    /// The name in flags, files and JSON.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::AllUpfront => "all-upfront",
            Self::NoUpfront => "no-upfront",
        }
    }
}

/// The savings plans that a provider sells, from a day on.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SavingsRules {
    /// The smallest commitment a month.
    pub smallest: Decimal,
    /// A commitment is a multiple of this.
    pub step: Decimal,
    /// The terms that are sold, in months, the shortest first.
    pub terms: Vec<u32>,
    /// The groups of models, each with factors of its own.
    pub groups: Vec<Group>,
    /// The bands of commitments with the factors in them.
    pub bands: Vec<Band>,
    /// Where this was read, and since when it is in force.
    pub source: Source,
}

/// Models with the same factors.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Group {
    /// What the provider calls it.
    pub name: String,
    /// The families that are in it.
    pub families: Vec<String>,
    /// The beginnings of the codes that are in it, in lower case. They count before families.
    pub code_begins: Vec<String>,
}

/// Commitments of some size, up to the next band of the same payment.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Band {
    /// How it is paid.
    pub payment: Payment,
    /// The smallest commitment a month that is in it (`tokens.savings-band`).
    pub from: Decimal,
    /// The factors of each group, one a term, in the order of [`SavingsRules::groups`].
    pub factors: Vec<Vec<Decimal>>,
}

/// A savings plan as it is asked for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Asked {
    /// The commitment a month.
    pub commitment: Decimal,
    /// Months of the term; `None` takes the shortest.
    pub term_months: Option<u32>,
    /// How it is paid.
    pub payment: Payment,
}

/// A savings plan for a model.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SavingsPlan {
    /// The commitment a month.
    pub commitment: Decimal,
    /// What is deducted from it for each unit of usage at list price; above 0.
    pub factor: Decimal,
    /// The group of the model.
    pub group: String,
    /// Months of the term.
    pub term_months: u32,
    /// How it is paid.
    pub payment: Payment,
    /// Whether the commitment is the bound between two bands.
    pub is_a_bound: bool,
    /// Where the factor was read.
    pub source: Source,
}

/// What became of a savings plan in a quote. Amounts are at list price, before any discount.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SavingsResult {
    /// The plan.
    pub plan: SavingsPlan,
    /// Months that are paid for in the quote.
    pub months: u64,
    /// What these months cost.
    pub charged: Decimal,
    /// The usage that the plan pays for.
    pub covered: Decimal,
    /// The usage that it could pay for if more were committed.
    pub beyond: Decimal,
    /// What of the commitment expires unused.
    pub unused: Decimal,
    /// What is committed in all whole terms that the months need.
    pub committed: Decimal,
}

impl SavingsRules {
    /// The place of the group that a model is in: by the longest beginning of its code, else by its family.
    #[must_use]
    pub fn group_of(&self, code: &str, family: &str) -> Option<usize> {
        let code = code.to_ascii_lowercase();
        let by_code = self.groups.iter().enumerate().flat_map(|(at, group)| {
            let begins = group.code_begins.iter();
            begins.map(move |begin| (begin.len(), begin, at))
        });
        let by_code = by_code.filter(|(_, begin, _)| code.starts_with(begin.as_str()));
        let by_code = by_code.max_by_key(|(length, ..)| *length);
        by_code.map(|(.., at)| at).or_else(|| {
            let has = |group: &Group| group.families.iter().any(|one| one == family);
            self.groups.iter().position(has)
        })
    }

    /// The plan that is asked for, for a model of that family.
    ///
    /// # Errors
    /// [`SavingsError`] where it is not sold so, or no factor is known of the model.
    pub fn plan(
        &self,
        asked: Asked,
        code: &str,
        family: &str,
    ) -> Result<SavingsPlan, SavingsError> {
        self.check(asked.commitment)?;
        let (term, term_months) = match asked.term_months {
            Some(months) => self
                .terms
                .iter()
                .position(|one| *one == months)
                .zip(Some(months)),
            None => self.terms.first().map(|months| (0, *months)),
        }
        .ok_or_else(|| SavingsError::NoTerm {
            asked: asked.term_months.unwrap_or_default(),
            has: self.terms.clone(),
        })?;
        let no_factor = || SavingsError::NoFactor {
            model: code.to_owned(),
            family: family.to_owned(),
        };
        let group = self.group_of(code, family).ok_or_else(no_factor)?;
        let of_payment = self
            .bands
            .iter()
            .filter(|band| band.payment == asked.payment);
        let band = of_payment
            .filter(|band| band.from <= asked.commitment)
            .max_by_key(|band| band.from)
            .ok_or(SavingsError::NoPayment(asked.payment.name()))?;
        let factors = band.factors.get(group).ok_or_else(no_factor)?;
        Ok(SavingsPlan {
            commitment: asked.commitment,
            factor: *factors.get(term).ok_or_else(no_factor)?,
            group: self.groups.get(group).ok_or_else(no_factor)?.name.clone(),
            term_months,
            payment: asked.payment,
            is_a_bound: band.from == asked.commitment && band.from > self.smallest,
            source: self.source.clone(),
        })
    }

    /// Whether a commitment is sold.
    fn check(&self, commitment: Decimal) -> Result<(), SavingsError> {
        if commitment < self.smallest {
            return Err(SavingsError::BelowSmallest {
                commitment,
                smallest: self.smallest,
            });
        }
        let steps =
            exact::floor_ratio(commitment, self.step).map_err(|_| SavingsError::TooLarge)?;
        let below = exact::mul(self.step, steps.into()).map_err(|_| SavingsError::TooLarge)?;
        if below == commitment {
            return Ok(());
        }
        Err(SavingsError::NotAStep {
            commitment,
            step: self.step,
            below,
            above: exact::add(below, self.step).map_err(|_| SavingsError::TooLarge)?,
        })
    }
}
