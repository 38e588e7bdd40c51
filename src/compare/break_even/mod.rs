//! The points at which two ways cost the same, exactly, for what is bought for the workload: by the
//! hour against by the day or month, and both against tokens.

mod hours;
mod rate;
mod said;

use rust_decimal::Decimal;

use super::{Basis, Kind, Request, Row};
use crate::billing::error::QuoteError;
use crate::billing::quote::Parameters;
use crate::billing::spec::Spec;
use crate::billing::term::months::DAYS_OF_A_MONTH;
use crate::billing::term::{Increment, Span};
use crate::billing::units::Throughput;
use crate::billing::{mu, ptu};
use crate::workload::Steady;

pub use rate::{most_requests, rented_or_tokens};

/// Where `left` becomes cheaper than `right`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct BreakEven {
    /// `ptu.daily-vs-hourly`, …
    pub id: &'static str,
    /// The model's code.
    pub model: String,
    /// The id of its region, where several are compared.
    pub region: Option<String>,
    /// What is bought for the workload; with more or less, the point moves.
    pub bought: Bought,
    /// Months that are bought, and days of the workload, where they are not the same time.
    pub months: Option<(u32, u64)>,
    /// The days of a term of a fixed length that is longer than the workload: the point is that of its own time.
    pub term_days: Option<u64>,
    /// The option that is cheaper above this point.
    pub left: &'static str,
    /// The option that is cheaper below it.
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
    /// The limit of use.
    pub bound: Bound,
}

impl BreakEven {
    /// Whether it holds only if a replica serves enough, which is not known.
    #[must_use]
    pub fn needs_capacity(&self) -> bool {
        matches!(self.bound, Bound::Requests { .. }) && self.at_full_use.is_none()
    }

    /// The requests per minute above which its left side costs less; `None` of one in hours.
    pub(super) fn load(&self) -> Option<Decimal> {
        self.value
            .filter(|_| matches!(self.bound, Bound::Requests { .. }))
    }
}

/// What is bought where a point holds.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Bought {
    /// A reservation.
    Throughput {
        /// What is reserved.
        throughput: Throughput,
        /// The specification of its units, where it is in dedicated throughput units.
        spec: Option<String>,
    },
    /// Replicas.
    Replicas {
        /// Number of replicas.
        replicas: u64,
        /// The specification of each.
        spec: Spec,
        /// Whether prefill and decode run apart.
        pd_separated: bool,
    },
    /// Tokens alone.
    Tokens,
}

/// The limit of use, and how use is billed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Bound {
    /// All hours of the time, billed in whole increments each day.
    Hours {
        /// Use is rounded up to whole increments; `None` where no document says how.
        increment: Option<Increment>,
        /// Above this number of hours, and up to the point, both cost the same.
        same_above: Option<Decimal>,
    },
    /// The requests that are served, in the active hours alone.
    Requests {
        /// Hours a day, where they are not all.
        active: Option<Span>,
    },
}

/// The two options of a point, and its id.
struct Names {
    id: &'static str,
    left: &'static str,
    right: &'static str,
    unit: &'static str,
}

/// A way as one says it, a reservation by the name under which it is sold.
fn way(row: &Row) -> &'static str {
    match (row.kind, row.of_a_service()) {
        (Kind::PtuHourly, false) => "PTU by the hour",
        (Kind::PtuDaily, false) => "PTU by the day",
        (Kind::PtuMonthly, false) => "PTU by the month",
        (Kind::PtuBlock, _) => "PTU in blocks of 8 hours",
        (Kind::PtuWeekly, _) => "PTU by the week",
        (Kind::PtuQuarterly, _) => "PTU by three months",
        (Kind::PtuYearly, _) => "PTU by the year",
        (Kind::PtuHourly, true) => "TPM Reservation by the hour",
        (Kind::PtuDaily, true) => "TPM Reservation by the day",
        (Kind::PtuMonthly, true) => "TPM Reservation by the month",
        (Kind::ReservationDaily, _) => "standard reservation by the day",
        (Kind::ReservationBlock, _) => "standard reservation in blocks of 8 hours",
        (Kind::MuHourly, _) => "MU by the hour",
        (Kind::MuMonthly, _) => "MU by the month",
        (Kind::DtuMonthly, _) => "DTU by the month",
        (Kind::FineTuned, _) => "fine-tuned tokens",
        (Kind::Standard, _) => "standard tokens",
        (Kind::SavingsPlan, _) => "tokens with a savings plan",
    }
}

/// The break-even points of every model in the rows.
pub fn all(
    request: &Request,
    workload: &Steady,
    rows: &[&Row],
) -> Result<Vec<BreakEven>, QuoteError> {
    let mut points = Vec::new();
    let several = request.of_several_regions();
    for model in &request.models {
        let before = points.len();
        let of_model: Vec<&Row> = rows
            .iter()
            .copied()
            .filter(|row| {
                let of = &row.quote.model;
                (&of.code, &of.region) == (&model.code, &model.region)
            })
            .collect();
        let find = |kind: Kind| of_model.iter().copied().filter(move |row| row.kind == kind);
        let or_hourly = |long: &Row, short: &Row, id, unit| {
            let names = Names {
                id,
                left: way(long),
                right: way(short),
                unit,
            };
            hours::long_or_short(workload, long, short, names)
        };
        if let Some(hourly) = find(Kind::PtuHourly).next() {
            for daily in find(Kind::PtuDaily) {
                let (id, unit) = ("ptu.daily-vs-hourly", "hours per day");
                points.push(or_hourly(daily, hourly, id, unit)?);
            }
            for monthly in find(Kind::PtuMonthly) {
                let (id, unit) = ("ptu.monthly-vs-hourly", "hours per month");
                points.push(or_hourly(monthly, hourly, id, unit)?);
            }
        }
        for monthly in find(Kind::MuMonthly) {
            let same = find(Kind::MuHourly).find(|hourly| offer(hourly) == offer(monthly));
            if let Some(hourly) = same {
                let (id, unit) = ("mu.monthly-vs-hourly", "hours per month");
                points.push(or_hourly(monthly, hourly, id, unit)?);
            }
        }
        for tokens in find(Kind::Standard).chain(find(Kind::FineTuned)) {
            for row in &of_model {
                points.extend(rented_or_tokens(workload, row, tokens)?);
            }
        }
        for point in points.iter_mut().skip(before) {
            point.region = several.then(|| model.region.clone());
        }
    }
    Ok(points)
}

/// The specification of a row, and whether it is PD-separated.
pub(super) fn offer(row: &Row) -> Option<(Spec, bool)> {
    match &row.basis {
        Basis::Mu { prices, .. } => Some((prices.spec, prices.pd_separated)),
        _ => None,
    }
}

/// The days of terms of a fixed length, where they are more than these.
pub(super) fn longer_term(row: &Row, days: u64) -> Option<u64> {
    let Basis::Ptu(request, _) = &row.basis else {
        return None;
    };
    let ptu::Length::Fixed(one, count) = request.length else {
        return None;
    };
    let all = one.days()?.saturating_mul(count.into());
    (all > days).then_some(all)
}

/// What a row buys.
fn bought(row: &Row) -> Bought {
    match &row.basis {
        Basis::Ptu(..) => match &row.quote.parameters {
            Parameters::Ptu {
                throughput, spec, ..
            } => Bought::Throughput {
                throughput: throughput.clone(),
                spec: spec.clone(),
            },
            _ => Bought::Tokens,
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

/// The point of a row without a value: one that is never reached.
fn point(workload: &Steady, row: &Row, names: Names, bound: Bound) -> BreakEven {
    let days = workload.days;
    let months = match &row.basis {
        Basis::Mu { request, .. } => match request.length {
            mu::Length::Months { months, .. } => Some(months),
            mu::Length::Hours { .. } => None,
        },
        Basis::Ptu(request, _) => match request.length {
            ptu::Length::Months(months) => Some(months),
            _ => None,
        },
        Basis::Tokens { .. } => None,
    };
    BreakEven {
        id: names.id,
        model: row.quote.model.code.clone(),
        region: None,
        bought: bought(row),
        months: months
            .filter(|months| u64::from(*months).saturating_mul(DAYS_OF_A_MONTH) > days)
            .map(|months| (months, days)),
        term_days: longer_term(row, days),
        left: names.left,
        right: names.right,
        unit: names.unit,
        value: None,
        billed: None,
        at_full_use: None,
        bound,
    }
}
