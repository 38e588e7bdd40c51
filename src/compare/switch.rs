//! What changing to a cheaper way costs once, and when that has paid for itself (`deploy.switch`).

use rust_decimal::Decimal;

use super::{Basis, Current, Kind, Request, Row};
use crate::billing::error::QuoteError;
use crate::billing::exact;
use crate::billing::term::Span;
use crate::billing::{mu, ptu};

/// A change from the current way to a cheaper one.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Switch {
    /// The rank of the current way; `None` where it has none.
    pub from: Option<usize>,
    /// The rank of the cheaper one.
    pub to: usize,
    /// The price of the old way for the overlap, once.
    pub cost: Decimal,
    /// What is read into the documents for it.
    pub reading: Option<&'static str>,
    /// By how much the total is less.
    pub saving: Decimal,
    /// What that is by the day; `None` where one of the two is paid for a longer time than is
    /// compared, since the days that follow may cost nothing more.
    pub rate: Option<Rate>,
}

/// A saving by the day, rounded at [`exact::QUOTIENT_DECIMALS`] if need be.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Rate {
    /// Saved each day.
    pub saving_per_day: Decimal,
    /// Days after which the saving has paid for the cost.
    pub payback_days: Decimal,
}

/// The time that the totals are for.
#[derive(Debug, Clone, Copy)]
pub struct Period {
    /// How many units of time, such as minutes.
    pub units: u64,
    /// So many of them are a day.
    pub of_a_day: u64,
}

/// Why an overlap costs nothing by token.
const PAID_ONCE: &str =
    "read so: a request is served once, so by token nothing is paid twice in the overlap";

/// The changes to every way that is cheaper than the current one.
pub fn all(
    request: &Request,
    period: Period,
    ranked: &[Row],
    old: Option<&Row>,
) -> Result<Vec<Switch>, QuoteError> {
    let Some(Current { overlap, .. }) = request.current else {
        return Ok(Vec::new());
    };
    let Some(old) = old else {
        return Ok(Vec::new());
    };
    let cost = overlap_cost(request, old, overlap)?;
    (1..)
        .zip(ranked)
        .filter(|(_, row)| row.quote.total < old.quote.total)
        .map(|(to, new)| {
            let saving = exact::sub(old.quote.total, new.quote.total)?;
            let is_rate = !old.pays_longer() && !new.pays_longer();
            Ok(Switch {
                from: old.rank,
                to,
                cost,
                reading: matches!(old.basis, Basis::Tokens { .. }).then_some(PAID_ONCE),
                saving,
                rate: match is_rate {
                    true => Some(rate(saving, cost, period)?),
                    false => None,
                },
            })
        })
        .collect()
}

fn rate(saving: Decimal, cost: Decimal, period: Period) -> Result<Rate, QuoteError> {
    let a_day = exact::mul(saving, period.of_a_day.into())?;
    let in_all = exact::mul(cost, period.units.into())?;
    Ok(Rate {
        saving_per_day: exact::ratio(a_day, period.units.into())?.value,
        payback_days: exact::ratio(in_all, a_day)?.value,
    })
}

/// What the old way costs for the overlap: by the hour as it is quoted, of a subscription its share
/// of the day or of the month of 30 days, and nothing by token, since a request is served once.
fn overlap_cost(request: &Request, old: &Row, overlap: Span) -> Result<Decimal, QuoteError> {
    let total = match &old.basis {
        Basis::Tokens { .. } => return Ok(Decimal::ZERO),
        Basis::Ptu(asked, prices) => {
            let length = match old.kind {
                Kind::PtuDaily => ptu::Length::Days(1),
                Kind::PtuMonthly => ptu::Length::Months(1),
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
            let length = match old.kind {
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
    let total = match request.discount {
        Some(percent) => total.discounted(percent)?,
        None => total,
    }
    .total;
    let paid_hours = match old.kind {
        Kind::PtuDaily => 24,
        Kind::PtuMonthly | Kind::MuMonthly => 720,
        _ => return Ok(total),
    };
    let share = exact::mul(total, overlap.seconds())?;
    Ok(exact::ratio(share, Span::hours(paid_hours).seconds())?.value)
}
