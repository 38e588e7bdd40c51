//! The points at which two ways cost the same, exactly, for what is bought for the workload: by the
//! hour against by the day or month, and both against tokens.

mod hours;
mod rate;
mod said;

use rust_decimal::Decimal;

use super::{Basis, Kind, Request, Row};
use crate::billing::error::QuoteError;
use crate::billing::mu;
use crate::billing::spec::Spec;
use crate::billing::term::{Increment, Span};

pub use rate::most_requests;

/// Where `left` becomes cheaper than `right`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct BreakEven {
    /// `ptu.daily-vs-hourly`, …
    pub id: &'static str,
    /// The model's code.
    pub model: String,
    /// What is bought for the workload; with more or less of it the point is another.
    pub bought: Bought,
    /// Months that are bought, and days of the workload, where they are not the same time.
    pub months: Option<(u32, u64)>,
    /// The way that pays above this point.
    pub left: &'static str,
    /// The way that pays below it.
    pub right: &'static str,
    /// What the value counts: `hours per day`, `hours per month` that is bought, `requests per
    /// minute`.
    pub unit: &'static str,
    /// Above it `left` costs less, at it and below it does not; rounded at
    /// [`exact::QUOTIENT_DECIMALS`](crate::billing::exact::QUOTIENT_DECIMALS) if need be. `None` is
    /// never.
    pub value: Option<Decimal>,
    /// Hours that cost exactly as much as `left`, before they are billed in whole increments.
    pub billed: Option<Decimal>,
    /// What `left` costs of `right` at full use, where that is bounded and `right` costs something.
    pub at_full_use: Option<Decimal>,
    /// How far use goes.
    pub bound: Bound,
}

/// What a point holds for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Bought {
    /// A reservation.
    Throughput {
        /// Input tokens per minute.
        input_tpm: u64,
        /// Output tokens per minute.
        output_tpm: u64,
    },
    /// Replicas.
    Replicas {
        /// How many.
        replicas: u64,
        /// Of which specification.
        spec: Spec,
        /// Whether that is the PD-separated one.
        pd_separated: bool,
    },
    /// Nothing but tokens.
    Tokens,
}

/// How far use goes, and how it is billed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Bound {
    /// To all hours, billed in whole increments each day.
    Hours {
        /// What a started one of is billed whole.
        increment: Increment,
        /// Above so many hours, and up to the point, both cost the same.
        same_above: Option<Decimal>,
    },
    /// To what is served, in the active hours alone where they are not all.
    Requests {
        /// Hours a day, where they are not all.
        active: Option<Span>,
    },
}

/// What a point is about.
struct Names {
    id: &'static str,
    left: &'static str,
    right: &'static str,
    unit: &'static str,
}

const DAILY_OR_HOURLY: Names = Names {
    id: "ptu.daily-vs-hourly",
    left: "PTU by the day",
    right: "PTU by the hour",
    unit: "hours per day",
};

const MONTHLY_OR_HOURLY: Names = Names {
    id: "mu.monthly-vs-hourly",
    left: "MU by the month",
    right: "MU by the hour",
    unit: "hours per month",
};

/// The break-even points of every model in the rows.
pub fn all(request: &Request, rows: &[Row]) -> Result<Vec<BreakEven>, QuoteError> {
    let mut points = Vec::new();
    for model in &request.models {
        let of_model: Vec<&Row> = rows
            .iter()
            .filter(|row| row.quote.model.code == model.code)
            .collect();
        let find = |kind: Kind| of_model.iter().copied().filter(move |row| row.kind == kind);
        if let (Some(daily), Some(hourly)) =
            (find(Kind::PtuDaily).next(), find(Kind::PtuHourly).next())
        {
            points.push(hours::long_or_short(
                request,
                daily,
                hourly,
                DAILY_OR_HOURLY,
            )?);
        }
        for monthly in find(Kind::MuMonthly) {
            let same = find(Kind::MuHourly).find(|hourly| offer(hourly) == offer(monthly));
            if let Some(hourly) = same {
                points.push(hours::long_or_short(
                    request,
                    monthly,
                    hourly,
                    MONTHLY_OR_HOURLY,
                )?);
            }
        }
        for tokens in find(Kind::Standard).chain(find(Kind::FineTuned)) {
            for row in &of_model {
                points.extend(rate::rented_or_tokens(request, row, tokens)?);
            }
        }
    }
    Ok(points)
}

/// The specification of a row, and whether it is PD-separated.
fn offer(row: &Row) -> Option<(Spec, bool)> {
    match &row.basis {
        Basis::Mu { prices, .. } => Some((prices.spec, prices.pd_separated)),
        _ => None,
    }
}

/// What a row buys.
fn bought(row: &Row) -> Bought {
    match &row.basis {
        Basis::Ptu(request, _) => Bought::Throughput {
            input_tpm: request.input_tpm,
            output_tpm: request.output_tpm,
        },
        Basis::Mu {
            request, prices, ..
        } => Bought::Replicas {
            replicas: request.replicas,
            spec: prices.spec,
            pd_separated: prices.pd_separated,
        },
        Basis::Tokens { .. } => Bought::Tokens,
    }
}

/// A point of a row that is never reached.
fn point(request: &Request, row: &Row, names: Names, bound: Bound) -> BreakEven {
    let days = request.workload.days;
    let months = match &row.basis {
        Basis::Mu { request, .. } => match request.length {
            mu::Length::Months { months, .. } => Some(months),
            mu::Length::Hours { .. } => None,
        },
        _ => None,
    };
    BreakEven {
        id: names.id,
        model: row.quote.model.code.clone(),
        bought: bought(row),
        months: months
            .filter(|months| u64::from(*months).saturating_mul(30) != days)
            .map(|months| (months, days)),
        left: names.left,
        right: names.right,
        unit: names.unit,
        value: None,
        billed: None,
        at_full_use: None,
        bound,
    }
}
