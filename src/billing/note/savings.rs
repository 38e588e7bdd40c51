//! What is said of a savings plan: at which factor, for which time, and what becomes of the commitment.

use std::fmt;

use crate::billing::exact::plain;
use crate::billing::money::{Currency, Money};
use crate::billing::number::{counted, grouped};
use crate::billing::rule::{Basis, Rule};
use crate::billing::savings::{Over, Payment, SavingsResult};

/// Something about a savings plan, with the rule by which it is said.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SavingsNote {
    /// The rule.
    pub rule: Rule,
    /// What is said.
    pub what: Said,
}

/// What is said of a savings plan. `Display` gives its sentence.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Said {
    /// At which factor usage is deducted.
    Factor {
        /// The factor.
        factor: String,
        /// The group of the model.
        group: String,
        /// The commitment a month.
        commitment: Money,
        /// Whether it pays for several models.
        several: bool,
    },
    /// What becomes of the commitment, and what is beyond it.
    Outcome {
        /// The usage that it pays for, at list price.
        covered: Money,
        /// What expires unused.
        unused: Money,
        /// The usage beyond it, at list price.
        beyond: Money,
    },
    /// What is committed by buying it.
    Committed {
        /// Months of the term.
        term_months: u32,
        /// How many terms the months of the quote need.
        terms: u64,
        /// Months of the quote.
        months: u64,
        /// The commitment of all the terms.
        total: Money,
        /// How it is paid.
        payment: Payment,
    },
    /// Which months are paid for.
    Months {
        /// Their number.
        months: u64,
        /// The time in which tokens are used.
        over: Over,
    },
    /// The commitment is a bound between two bands.
    Bound {
        /// The commitment a month.
        commitment: Money,
    },
    /// What it pays for, and in which order.
    Scope {
        /// Whether it is quoted beside a reservation.
        reserved: bool,
    },
    /// Its notes speak of amounts that a discount is not taken off.
    BeforeDiscount,
}

impl SavingsNote {
    /// Says that the plan pays for several models.
    pub fn of_several(&mut self) {
        if let Said::Factor { several, .. } = &mut self.what {
            *several = true;
        }
    }

    /// The notes on a plan in a quote.
    pub fn all(
        result: &SavingsResult,
        over: Over,
        currency: Currency,
        reserved: bool,
    ) -> impl Iterator<Item = Self> {
        let money = |amount| Money { amount, currency };
        let plan = &result.plan;
        let commitment = money(plan.commitment);
        let bound = Said::Bound { commitment };
        let said = [
            Some((
                Rule::TokensSavingsPlan,
                Said::Factor {
                    factor: plain(plan.factor),
                    group: plan.group.clone(),
                    commitment,
                    several: false,
                },
            )),
            Some((
                Rule::TokensSavingsPlan,
                Said::Outcome {
                    covered: money(result.covered),
                    unused: money(result.unused),
                    beyond: money(result.beyond),
                },
            )),
            Some((
                Rule::TokensSavingsTerm,
                Said::Committed {
                    term_months: plan.term_months,
                    terms: result.months.div_ceil(u64::from(plan.term_months.max(1))),
                    months: result.months,
                    total: money(result.committed),
                    payment: plan.payment,
                },
            )),
            Some((
                Rule::TokensSavingsMonth,
                Said::Months {
                    months: result.months,
                    over,
                },
            )),
            plan.is_a_bound.then_some((Rule::TokensSavingsBand, bound)),
            Some((Rule::TokensSavingsScope, Said::Scope { reserved })),
        ];
        let said = said.into_iter().flatten();
        said.map(|(rule, what)| Self { rule, what })
    }

    /// That a discount is not taken off the amounts of its notes.
    #[must_use]
    pub fn before_discount() -> Self {
        Self {
            rule: Rule::Discount,
            what: Said::BeforeDiscount,
        }
    }

    /// Whether the document says it.
    pub(super) fn basis(&self) -> Basis {
        match self.what {
            Said::Months { .. } | Said::Bound { .. } => Basis::Reading,
            _ => self.rule.basis(),
        }
    }
}

impl fmt::Display for SavingsNote {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match &self.what {
            Said::Factor {
                factor,
                group,
                commitment,
                several,
            } => write!(
                f,
                "usage at list price × {factor} is deducted from {commitment} a month: the {} in group {group}",
                if *several { "models are" } else { "model is" }
            ),
            Said::Outcome {
                covered,
                unused,
                beyond,
            } => {
                write!(f, "the plan pays for {covered} of usage at list price; ")?;
                match unused.amount.is_zero() {
                    true => f.write_str("nothing of it expires unused")?,
                    false => write!(
                        f,
                        "{unused} of it expire unused, as what is left of a month does not count in the next"
                    )?,
                }
                match beyond.amount.is_zero() {
                    true => Ok(()),
                    false => write!(f, "; {beyond} of usage are beyond it, at list price"),
                }
            }
            Said::Committed {
                term_months,
                terms,
                months,
                total,
                payment,
            } => {
                let term = counted((*term_months).into(), "month");
                write!(f, "the plan is bought for {term}, ")?;
                match terms {
                    1 => {}
                    terms => write!(f, "{} times, each at this factor, ", grouped((*terms).into(), 0))?,
                }
                write!(f, "so {total} are committed")?;
                match payment {
                    Payment::AllUpfront if *terms == 1 => f.write_str(", all paid at the order")?,
                    Payment::AllUpfront => f.write_str(", those of each term paid when it begins")?,
                    Payment::NoUpfront => {
                        f.write_str(", paid by the month; it is sold so on request")?;
                    }
                }
                let all = u64::from(*term_months).saturating_mul(*terms);
                if all > *months {
                    write!(f, ", and the total has those of {}", counted(*months, "month"))?;
                }
                f.write_str("; it can be returned only before anything is deducted from it")
            }
            Said::Months { months, over } => {
                let length = match over.in_equal_months() {
                    None => " of 30 days",
                    Some(_) => "",
                };
                let verb = if *months == 1 { "is" } else { "are" };
                let paid = format!("{}{length} {verb} paid", counted(*months, "month"));
                let evenly = "with usage spread evenly over them";
                match over {
                    Over::OneMonth => f.write_str(
                        "the tokens are taken as those of one month, for which the plan is paid",
                    ),
                    Over::Days(days) => write!(f, "{paid} for {}, {evenly}", counted(*days, "day")),
                    Over::Minutes(minutes) => write!(
                        f,
                        "{paid} for the {} of the trace, {evenly}",
                        said_minutes(*minutes)
                    ),
                    Over::Seconds(seconds) => {
                        let minutes = seconds.div_ceil(60);
                        write!(f, "{paid} for {}, {evenly}", said_minutes(minutes))
                    }
                }
            }
            Said::Bound { commitment } => write!(
                f,
                "{commitment} is the end of one band of commitments and the start of the next: it is read as in the next, whose factor is lower"
            ),
            Said::Scope { reserved } => {
                f.write_str(match reserved {
                    true => "the plan pays for calls beyond the reservation, which are ordinary calls, and not for the reservation",
                    false => "the plan pays for ordinary calls, those of a cache and of a batch among them, and not for tuning or deployments",
                })?;
                f.write_str(": after a free quota and resource packages, and before money")
            }
            Said::BeforeDiscount => f.write_str(
                "what is said of the savings plan in money is before this discount, which is taken off its price too",
            ),
        }
    }
}

/// `45 days`, `58 minutes`.
fn said_minutes(minutes: u64) -> String {
    const OF_A_DAY: u64 = 24 * 60;
    match (minutes.checked_div(OF_A_DAY), minutes.checked_rem(OF_A_DAY)) {
        (Some(days), Some(0)) if days > 0 => counted(days, "day"),
        _ => counted(minutes, "minute"),
    }
}
