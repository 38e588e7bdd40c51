//! Whole months that are paid for a period that they do not end with: 40 days cost two of them.

use rust_decimal::Decimal;

use super::deployment::Deployment;
use crate::billing::scaling::At;
use crate::billing::term::months::{self, DAYS_OF_A_MONTH};
use crate::billing::{mu, ptu};
use crate::order::{DtuOrder, MuOrder, Order, OrderError, PtuOrder};

/// Months that last longer than the period they are paid for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct PaidMonths {
    /// Number of months that are paid for.
    pub months: u32,
    /// The days of the period.
    pub days: u64,
    /// The longest shorter period that ends with a month, or with a term where it is renewed; `None`
    /// within the first.
    pub whole: Option<WholeMonths>,
}

/// A period of whole months.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct WholeMonths {
    /// Length of the period in days, the most that the months can have.
    pub days: u64,
    /// What all of `count` cost for it, the discount taken off.
    pub cost: Decimal,
}

/// What is paid beyond a period of `days`. `None` where the period ends with a month, where nothing is
/// bought by the month, and where the order is cancelled: its used days are charged, not its months.
/// `cost` is what a deployment costs, all of `count`.
///
/// # Errors
/// [`OrderError`] when `cost` has none of the shorter period.
pub fn paid_months(
    deployment: &Deployment,
    days: u64,
    cost: impl FnOnce(Deployment) -> Result<Decimal, OrderError>,
) -> Result<Option<PaidMonths>, OrderError> {
    let ordered = deployment.parts.iter().find_map(|part| months(&part.order));
    let Some(months) = ordered.filter(|months| lasts(*months) > days) else {
        return Ok(None);
    };
    let fewer = months.saturating_sub(fewer_by(deployment));
    let whole = match fewer {
        0 => None,
        _ => {
            let mut shorter = deployment.clone();
            let days = months::longest(fewer.into());
            let begins = |at: &At| at.used < days;
            shorter
                .parts
                .retain(|part| part.in_term.as_ref().is_none_or(begins));
            for part in &mut shorter.parts {
                shorten(&mut part.order);
                if let Some(at) = &mut part.in_term {
                    at.days = lasts(fewer);
                }
            }
            Some(WholeMonths {
                days,
                cost: cost(shorter)?,
            })
        }
    };
    Ok(Some(PaidMonths {
        months,
        days,
        whole,
    }))
}

/// The days of a term of months, by which what is added to it is priced.
fn lasts(months: u32) -> u64 {
    u64::from(months).saturating_mul(DAYS_OF_A_MONTH)
}

/// The months that an order pays for in full.
fn months(order: &Order) -> Option<u32> {
    match order {
        Order::Ptu(order) => match order.length {
            ptu::Length::Months(months) => Some(all(months, order.renew)),
            ptu::Length::Hours { .. } | ptu::Length::Days(_) | ptu::Length::Fixed(..) => None,
        },
        Order::Mu(order) => match order.length {
            mu::Length::Months {
                months,
                cancel_after: None,
            } => Some(all(months, order.renew)),
            mu::Length::Months { .. } | mu::Length::Hours { .. } => None,
        },
        Order::Dtu(DtuOrder {
            order,
            cancel_after: None,
            ..
        }) => months(&Order::Ptu(order.clone())),
        Order::Dtu(_) | Order::Tokens(_) => None,
    }
}

fn all(months: u32, renewals: u32) -> u32 {
    months.saturating_mul(renewals.saturating_add(1))
}

/// By how many months a deployment can be shorter: a month, or a whole term where it is renewed.
fn fewer_by(deployment: &Deployment) -> u32 {
    let of_order = |order: &Order| match order {
        Order::Ptu(order) | Order::Dtu(DtuOrder { order, .. }) => match order.length {
            ptu::Length::Months(months) if order.renew > 0 => months,
            _ => 1,
        },
        Order::Mu(order) => match order.length {
            mu::Length::Months { months, .. } if order.renew > 0 => months,
            _ => 1,
        },
        Order::Tokens(_) => 1,
    };
    let parts = deployment.parts.first();
    parts.map_or(1, |part| of_order(&part.order))
}

/// The same order for a month less, or for a term less where it is renewed.
fn shorten(order: &mut Order) {
    match order {
        Order::Ptu(PtuOrder { renew, .. })
        | Order::Dtu(DtuOrder {
            order: PtuOrder { renew, .. },
            ..
        })
        | Order::Mu(MuOrder { renew, .. })
            if *renew > 0 =>
        {
            *renew = renew.saturating_sub(1);
        }
        Order::Ptu(order) | Order::Dtu(DtuOrder { order, .. }) => {
            if let ptu::Length::Months(months) = &mut order.length {
                *months = months.saturating_sub(1);
            }
        }
        Order::Mu(order) => {
            if let mu::Length::Months { months, .. } = &mut order.length {
                *months = months.saturating_sub(1);
            }
        }
        Order::Tokens(_) => {}
    }
}
