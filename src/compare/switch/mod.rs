//! What changing to a cheaper way costs once, and when that has paid for itself (`deploy.switch`).
//!
//! What is paid is paid: a prepaid term that runs saves nothing before it ends, but for what an early
//! end gives back. So a change from one is stated twice: at the end of the term, and now.

mod running;

use rust_decimal::Decimal;

use super::{Basis, CompareError, Kind, Request, Row};
use crate::billing::error::QuoteError;
use crate::billing::exact;
use crate::billing::term::Span;
use crate::billing::{mu, ptu};
use running::discounted;
pub use running::{Refund, Running};

/// A change from the current way to a cheaper one.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Switch {
    /// The rank of the current way; `None` where it has none.
    pub from: Option<usize>,
    /// The rank of the cheaper one.
    pub to: usize,
    /// What the overlap costs, once: the price of the old way for it, or of the new one where the old
    /// one is paid for in advance.
    pub cost: Decimal,
    /// The assumption behind the cost, where the documents leave it open.
    pub reading: Option<&'static str>,
    /// By how much the period that is compared costs less, from now on. What a running term has paid
    /// for is no part of it. `None` where it is not known, as `rate`.
    pub saving: Option<Decimal>,
    /// What is saved by the day, from the end of a running term on; `None` where one of the two is
    /// paid for a longer time than is compared, since the days that follow may cost nothing more.
    pub rate: Option<Rate>,
    /// Of a current way that is paid in advance: the term that runs, and what comes of ending it now.
    pub term: Option<(Running, Now)>,
}

/// A saving by the day, rounded at [`exact::QUOTIENT_DECIMALS`] if need be.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Rate {
    /// Amount saved each day.
    pub saving_per_day: Decimal,
    /// Days after which the saving has paid for the cost; from the end of a running term on.
    pub payback_days: Decimal,
}

/// The result of a change now, while a prepaid term runs.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Now {
    /// What comes back of what was paid.
    pub refund: Refund,
    /// What is gained; `None` where the new option is paid for longer than the compared time.
    pub outcome: Option<Outcome>,
}

/// What a change now comes to, against waiting for the end of the term; rounded at
/// [`exact::QUOTIENT_DECIMALS`] if need be.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Outcome {
    /// The cost of the new option until the end of the term.
    pub until_end: Decimal,
    /// What comes back, less that, and with what the overlap costs at the end of the term: below 0 it
    /// is lost.
    pub gain: Decimal,
    /// Days from now after which it has paid for itself against staying: 0 is at once. `None` where a
    /// day's saving is not known.
    pub payback_days: Option<Decimal>,
}

/// The time that the totals are for.
#[derive(Debug, Clone, Copy)]
pub struct Period {
    /// Length in units of time, such as minutes.
    pub units: u64,
    /// Units in a day: 1,440 for minutes.
    pub of_a_day: u64,
}

impl Period {
    /// The share of `amount`, which is for the whole period, that falls on `days`.
    fn share(self, amount: Decimal, days: u64) -> Result<Decimal, QuoteError> {
        let units = days
            .checked_mul(self.of_a_day)
            .ok_or(QuoteError::TooLarge)?;
        let share = exact::mul(amount, units.into())?;
        Ok(exact::ratio(share, self.units.into())?.value)
    }
}

/// Hours for which the old and the new deployment are both up, unless the user says.
const OVERLAP_HOURS: u32 = 1;

/// Why an overlap costs nothing by token.
const PAID_ONCE: &str =
    "read so: a request is served once, so by token nothing is paid twice in the overlap";

/// Why an overlap costs the price of the new way.
const WITHIN_TERM: &str = "read so: the overlap lies within the term that is paid";

/// The changes to every way that is cheaper than the current one.
///
/// # Errors
/// [`CompareError::EndsBeyondTerm`] when more is left of a running term than it has, and
/// [`CompareError::OverlapBeyondTerm`] when the overlap that was asked for is longer than that.
pub fn all(
    request: &Request,
    period: Period,
    ranked: &[Row],
    old: Option<&Row>,
) -> Result<Vec<Switch>, CompareError> {
    let (Some(current), Some(old)) = (request.current, old) else {
        return Ok(Vec::new());
    };
    let running = Running::of(old, current.days_left, request.as_of)?;
    let overlap = match running {
        Some(running) => running.overlap(current.overlap)?,
        None => current.overlap.unwrap_or(Span::hours(OVERLAP_HOURS)),
    };
    let refund = match &running {
        Some(running) => Some((*running, running.refund(request, old, overlap)?)),
        None => None,
    };
    (1..)
        .zip(ranked)
        .filter(|(_, row)| row.quote.total < old.quote.total)
        .map(|(to, new)| {
            let switch = match refund {
                None => from_pay_as_you_go(request, overlap, period, old, new)?,
                Some((running, refund)) => {
                    from_term(request, overlap, period, old, new, running, refund)?
                }
            };
            Ok(Switch { to, ..switch })
        })
        .collect()
}

fn from_pay_as_you_go(
    request: &Request,
    overlap: Span,
    period: Period,
    old: &Row,
    new: &Row,
) -> Result<Switch, QuoteError> {
    let cost = overlap_cost(request, old, overlap)?;
    let saving = exact::sub(old.quote.total, new.quote.total)?;
    Ok(Switch {
        from: old.rank,
        to: 0,
        cost,
        reading: matches!(old.basis, Basis::Tokens { .. }).then_some(PAID_ONCE),
        saving: Some(saving),
        rate: rate(old, new, cost, period)?,
        term: None,
    })
}

fn from_term(
    request: &Request,
    overlap: Span,
    period: Period,
    old: &Row,
    new: &Row,
    running: Running,
    refund: Refund,
) -> Result<Switch, QuoteError> {
    let cost = overlap_cost(request, new, overlap)?;
    let rate = rate(old, new, cost, period)?;
    // Of the period that is compared only what comes after the term is not paid yet.
    let beyond = running
        .left
        .checked_mul(period.of_a_day)
        .and_then(|paid| period.units.checked_sub(paid));
    let saving = match beyond.filter(|units| *units > 0) {
        None => Some(Decimal::ZERO),
        Some(units) => match rate {
            None => None,
            Some(_) => {
                let saving = exact::sub(old.quote.total, new.quote.total)?;
                let share = exact::mul(saving, units.into())?;
                Some(exact::ratio(share, period.units.into())?.value)
            }
        },
    };
    let outcome = match new.pays_longer() {
        true => None,
        false => {
            let until_end = until_end(period, new, running, overlap, cost)?;
            let against_staying = exact::sub(refund.amount(), until_end)?;
            Some(Outcome {
                until_end,
                // Who waits pays for an overlap, too: that at the end of the term.
                gain: exact::add(against_staying, cost)?,
                payback_days: payback_from_now(running, against_staying, rate)?,
            })
        }
    };
    Ok(Switch {
        from: old.rank,
        to: 0,
        cost,
        reading: Some(match new.basis {
            Basis::Tokens { .. } => PAID_ONCE,
            Basis::Ptu(..) | Basis::Mu { .. } => WITHIN_TERM,
        }),
        saving,
        rate,
        term: Some((running, Now { refund, outcome })),
    })
}

/// What the new way costs from now to the end of the term. While both are up it costs what the overlap
/// does, and then its share of what is compared; tokens are served once, by either.
fn until_end(
    period: Period,
    new: &Row,
    running: Running,
    overlap: Span,
    cost: Decimal,
) -> Result<Decimal, QuoteError> {
    let all = period.share(new.quote.total, running.left)?;
    let left = Span::hours(24).times(running.left)?;
    if matches!(new.basis, Basis::Tokens { .. }) || left.is_zero() {
        return Ok(all);
    }
    let after = exact::sub(left.seconds(), overlap.seconds())?;
    let rest = exact::ratio(exact::mul(all, after)?, left.seconds())?.value;
    Ok(exact::add(cost, rest)?)
}

/// When a change now has paid for itself: at once, or so long after the end of the term as its saving
/// takes to make up for what is lost.
fn payback_from_now(
    running: Running,
    against_staying: Decimal,
    rate: Option<Rate>,
) -> Result<Option<Decimal>, QuoteError> {
    if against_staying >= Decimal::ZERO {
        return Ok(Some(Decimal::ZERO));
    }
    let Some(rate) = rate.filter(|rate| rate.saving_per_day > Decimal::ZERO) else {
        return Ok(None);
    };
    let days = exact::ratio(exact::negate(against_staying), rate.saving_per_day)?.value;
    Ok(Some(exact::add(days, running.left.into())?))
}

/// What is saved by the day, and when that has paid for `cost`.
fn rate(old: &Row, new: &Row, cost: Decimal, period: Period) -> Result<Option<Rate>, QuoteError> {
    if old.pays_longer() || new.pays_longer() {
        return Ok(None);
    }
    let saving = exact::sub(old.quote.total, new.quote.total)?;
    let a_day = exact::mul(saving, period.of_a_day.into())?;
    let in_all = exact::mul(cost, period.units.into())?;
    Ok(Some(Rate {
        saving_per_day: exact::ratio(a_day, period.units.into())?.value,
        payback_days: exact::ratio(in_all, a_day)?.value,
    }))
}

/// What a way costs for the overlap: by the hour as it is quoted, of a subscription its share of the
/// term, of which a month has 30 days, and nothing by token, since a request is served once.
fn overlap_cost(request: &Request, row: &Row, overlap: Span) -> Result<Decimal, QuoteError> {
    let quote = match &row.basis {
        Basis::Tokens { .. } => return Ok(Decimal::ZERO),
        Basis::Ptu(asked, prices) => {
            let length = match (row.kind, row.kind.fixed()) {
                (_, Some(fixed)) => ptu::Length::Fixed(fixed, 1),
                (Kind::PtuDaily | Kind::ReservationDaily, _) => ptu::Length::Days(1),
                (Kind::PtuMonthly | Kind::DtuMonthly, _) => ptu::Length::Months(1),
                _ => ptu::Length::Hours {
                    span: overlap,
                    runs: 1,
                },
            };
            let asked = ptu::Request {
                length,
                served: None,
                ..asked.clone()
            };
            ptu::quote(&asked, prices)?
        }
        Basis::Mu {
            request: asked,
            prices,
            ..
        } => {
            let length = match row.kind {
                Kind::MuMonthly => mu::Length::Months {
                    months: 1,
                    cancel_after: None,
                },
                _ => mu::Length::Hours {
                    span: overlap,
                    runs: 1,
                },
            };
            let asked = mu::Request {
                length,
                ..asked.clone()
            };
            mu::quote(&asked, prices)?
        }
    };
    let total = discounted(request, quote)?.total;
    let paid_hours = match (row.kind, row.kind.fixed()) {
        (_, Some(fixed)) => fixed.hours(),
        (Kind::PtuDaily | Kind::ReservationDaily, _) => 24,
        (Kind::PtuMonthly | Kind::MuMonthly | Kind::DtuMonthly, _) => 720,
        _ => return row.converted(total),
    };
    let share = exact::mul(total, overlap.seconds())?;
    let paid = Span::hours(1).times(paid_hours)?;
    row.converted(exact::ratio(share, paid.seconds())?.value)
}
