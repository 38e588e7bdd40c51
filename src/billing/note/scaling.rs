//! What is said of a change. That the rules for downgrades hold for what is sold here is a reading.

use std::fmt;

use chrono::NaiveDate;
use rust_decimal::Decimal;

use crate::billing::downgrade::{At, Downgrade};
use crate::billing::exact::{self, TooLarge};
use crate::billing::money::Money;
use crate::billing::number::counted;
use crate::billing::rule::Rule;

/// A remark on a term that changes its size.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum ScalingNote {
    /// How phases are one term.
    Term {
        /// The days of the whole term.
        days: u64,
    },
    /// Throughput is added.
    Out {
        /// When in the term it happens.
        at: At,
        /// The day of the change, where its price is another one than that of the order.
        on: Option<NaiveDate>,
        /// The rule that says so.
        rule: Rule,
    },
    /// Throughput is given up.
    In {
        /// When in the term it happens.
        at: At,
        /// What the refund follows from.
        downgrade: Downgrade,
        /// The refund.
        refund: Money,
        /// What another page says about the same change, where it differs.
        otherwise: Option<Otherwise>,
    },
    /// A throughput reservation becomes smaller: what was used is settled.
    Settled {
        /// When in the term it happens.
        at: At,
        /// What was paid for the whole term.
        paid: Money,
        /// How many times a used hour counts.
        factor: Decimal,
        /// What the used part costs.
        used: Money,
        /// What the smaller reservation costs for the days that are left.
        to_come: Money,
        /// What comes back.
        refund: Money,
    },
    /// Replicas are added.
    ReplicasOut {
        /// When in the term it happens.
        at: At,
        /// Days that a month is taken as.
        days: u64,
    },
}

/// What the formula of the page about reservations gives back, where that is something else.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Otherwise {
    /// The amount that would come back.
    Amount(Money),
    /// The page does not say what comes back after an earlier change.
    NotDocumented,
}

impl ScalingNote {
    /// The rule that says so.
    #[must_use]
    pub fn rule(&self) -> Rule {
        match self {
            Self::Out { rule, .. } => *rule,
            Self::Settled { .. } => Rule::ReservationEarlyEnd,
            Self::Term { .. } | Self::In { .. } | Self::ReplicasOut { .. } => Rule::DeployDowngrade,
        }
    }

    /// The refund that the sentence speaks of.
    #[must_use]
    pub fn amount(&self) -> Option<Money> {
        match self {
            Self::In { refund, .. } | Self::Settled { refund, .. } => Some(*refund),
            _ => None,
        }
    }

    /// Takes a discount off what is paid and comes back: only the share `left` of every charge is paid. The
    /// prices of a day stay those of the list, as only their relation counts.
    ///
    /// # Errors
    /// [`TooLarge`] when an amount does not fit.
    pub fn discount(&mut self, left: Decimal) -> Result<(), TooLarge> {
        if let Self::Settled {
            paid,
            used,
            to_come,
            refund,
            ..
        } = self
        {
            for money in [paid, used, to_come, refund] {
                money.amount = exact::mul(money.amount, left)?;
            }
        }
        if let Self::In {
            downgrade,
            refund,
            otherwise,
            ..
        } = self
        {
            downgrade.paid = exact::mul(downgrade.paid, left)?;
            downgrade.consumed = exact::mul(downgrade.consumed, left)?;
            refund.amount = exact::mul(refund.amount, left)?;
            if let Some(Otherwise::Amount(money)) = otherwise {
                money.amount = exact::mul(money.amount, left)?;
            }
        }
        Ok(())
    }
}

impl fmt::Display for ScalingNote {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Term { days } => write!(
                f,
                "the phases are one subscription of {}, ordered at the size of the first and scaled as the first day of each other begins",
                counted(*days, "day")
            ),
            Self::Out { at, on, .. } => {
                write!(
                    f,
                    "scaled out on day {}: what is added is paid for the {} left, a started day whole",
                    at.day(),
                    counted(at.left(), "day")
                )?;
                match on {
                    Some(on) => write!(f, ", at the price of {on}"),
                    None => Ok(()),
                }
            }
            Self::In {
                at,
                downgrade,
                refund,
                otherwise,
            } => {
                let money = |amount| Money { amount, ..*refund }.precise();
                write!(
                    f,
                    "scaled in on day {}: ({} paid less {} for {} used) × ({} less {}) ÷ {} a day = {} comes back, by the refund rules for downgrades, read as those of a subscription of throughput",
                    at.day(),
                    money(downgrade.paid),
                    money(downgrade.consumed),
                    counted(at.used, "day"),
                    money(downgrade.old_per_day),
                    money(downgrade.new_per_day),
                    money(downgrade.old_per_day),
                    money(refund.amount),
                )?;
                match otherwise {
                    None => Ok(()),
                    Some(Otherwise::Amount(other)) => write!(
                        f,
                        "; by the formula of the page about reservations it would be {other}"
                    ),
                    Some(Otherwise::NotDocumented) => f.write_str(
                        "; the page about reservations has a formula of its own, which it does not give for a second change",
                    ),
                }
            }
            Self::Settled {
                at,
                paid,
                factor,
                used,
                to_come,
                refund,
            } => write!(
                f,
                "scaled in on day {}: of {} paid, {} is settled for the {} used, each counted {} times, and {} is kept for the smaller reservation: {} comes back",
                at.day(),
                paid.precise(),
                used.precise(),
                counted(at.used, "day"),
                exact::plain(*factor),
                to_come.precise(),
                refund.precise()
            ),
            Self::ReplicasOut { at, days } => write!(
                f,
                "scaled out on day {}: what is added is read as paid for the {} left, each the monthly price ÷ {days}; the document says that model units are scaled, and not at which price",
                at.day(),
                counted(at.left(), "day")
            ),
        }
    }
}
