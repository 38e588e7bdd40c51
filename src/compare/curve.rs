//! Cost against load: what is bought stays as it is, and the rate of requests changes.

use rust_decimal::Decimal;

use super::{Basis, Comparison, Kind, Row, break_even};
use crate::billing::amend::fund::fund;
use crate::billing::amend::save::{self, save};
use crate::billing::error::QuoteError;
use crate::billing::exact;
use crate::billing::funding::{FreeQuota, Funding, Terms, Usage};
use crate::billing::load::Load;
use crate::billing::ptu::{self, Served};
use crate::billing::quote::{ModelRef, Percent};
use crate::billing::savings::Over;
use crate::billing::tokens;
use crate::workload::Steady;

/// Equal steps between no load and twice the workload.
const STEPS: u64 = 40;

/// The cost of one option at growing loads.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Curve {
    /// The rank of the option.
    pub rank: usize,
    /// The kind of option.
    pub kind: Kind,
    /// Whether it is the way that is used today.
    pub is_current: bool,
    /// Its name in a legend.
    pub label: String,
    /// Requests per minute and cost, in order of load; it ends where the way serves no more.
    pub points: Vec<(Decimal, Decimal)>,
}

/// Where the cheapest at the workload costs the same as another.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Crossing {
    /// The rank of the other.
    pub rank: usize,
    /// Requests per minute.
    pub rpm: Decimal,
    /// The cost of both at this load.
    pub cost: Decimal,
}

/// The curves of all rows from no load to twice the workload.
///
/// # Errors
/// [`QuoteError::TooLarge`] when a number does not fit.
pub fn curves(
    request: &super::Request,
    workload: &Steady,
    comparison: &Comparison,
) -> Result<Vec<Curve>, QuoteError> {
    let loads = loads(workload, comparison)?;
    (1..)
        .zip(&comparison.rows)
        .map(|(rank, row)| {
            let mut points = Vec::new();
            for rpm in &loads {
                match cost_at(request, workload, row, *rpm)? {
                    Some(cost) => points.push((*rpm, cost)),
                    None => break,
                }
            }
            Ok(Curve {
                rank,
                kind: row.kind,
                is_current: row.is_current,
                label: label(request, row),
                points,
            })
        })
        .collect()
}

/// Equal steps, and the loads at which a reservation or the replicas are full, at which a free quota and
/// packages are just used up, or at which a month just uses up a savings plan.
fn loads(workload: &Steady, comparison: &Comparison) -> Result<Vec<Decimal>, QuoteError> {
    let top = exact::mul(workload.load.rpm, Decimal::TWO)?;
    let mut loads = Vec::new();
    for step in 0..=STEPS {
        let scaled = exact::mul(top, Decimal::from(step))?;
        loads.push(exact::div(scaled, STEPS)?.value);
    }
    for row in &comparison.rows {
        let full = break_even::most_requests(workload, row)?.map(Decimal::from);
        loads.extend(full.filter(|full| *full < top));
        loads.extend(used_up_by(workload, row)?.filter(|full| *full < top));
        let bends = bends(workload, row)?.into_iter();
        loads.extend(bends.filter(|bend| *bend < top));
    }
    loads.sort();
    loads.dedup();
    Ok(loads)
}

/// The rates at which the usage of a month is what a savings plan pays for. A free quota is taken as used up in
/// one month, in which there is then more usage by as much.
fn bends(workload: &Steady, row: &Row) -> Result<Vec<Decimal>, QuoteError> {
    let Basis::Tokens {
        savings: Some((plan, _)),
        ..
    } = &row.basis
    else {
        return Ok(Vec::new());
    };
    let usage = save::usage(row.as_priced())?;
    let all = exact::add(usage.fundable, usage.of_cache)?;
    let (days, month) = Over::Days(workload.days).units();
    let lengths = [days.min(month), days.checked_rem(month).unwrap_or(0)];
    let mut rates = Vec::new();
    for length in lengths.into_iter().filter(|length| *length > 0) {
        for free in [Decimal::ZERO, usage.funded] {
            // Rate × (commitment ÷ factor + what is free) ÷ the usage of the month.
            let paid = exact::add(plan.commitment, exact::mul(free, plan.factor)?)?;
            let paid = exact::mul(exact::mul(paid, workload.load.rpm)?, days.into())?;
            let used = exact::mul(exact::mul(all, plan.factor)?, length.into())?;
            // Without usage there is no such rate.
            rates.extend(exact::ratio_or_rounded(paid, used).map(|rate| rate.value));
        }
    }
    Ok(rates)
}

/// The rate at which everything that is not money lasts just as long as the workload, of a row that has some.
pub(super) fn used_up_by(workload: &Steady, row: &Row) -> Result<Option<Decimal>, QuoteError> {
    match &row.basis {
        Basis::Tokens {
            funding: Some(funding),
            ..
        } => used_up(workload, funding),
        _ => Ok(None),
    }
}

/// The rate at which everything that is not money lasts just as long as the workload.
fn used_up(workload: &Steady, funding: &Funding) -> Result<Option<Decimal>, QuoteError> {
    let packages = funding.packages.iter().map(|package| package.tokens);
    let free = funding.free.iter().map(FreeQuota::left);
    let tokens = exact::sum(packages.chain(free).map(Decimal::from))?;
    let load = workload.load;
    // Nothing but money pays for what is of a cache.
    let size = Usage(load.per_request).total()?;
    let active = workload.totals()?.active_seconds;
    let a_minute = exact::mul(tokens, Decimal::from(60))?;
    Ok(exact::ratio(a_minute, exact::mul(size.into(), active)?)
        .ok()
        .map(|quotient| quotient.value))
}

/// The cost of what is bought at another rate; `None` where it cannot serve it.
pub(super) fn cost_at(
    request: &super::Request,
    workload: &Steady,
    row: &Row,
    rpm: Decimal,
) -> Result<Option<Decimal>, QuoteError> {
    let at_rpm = workload.at(rpm);
    let total = match &row.basis {
        Basis::Ptu(asked, prices) => {
            let load = Load {
                rpm,
                ..workload.load
            };
            let served = asked.served.map(|served| Served { load, ..served });
            let asked = ptu::Request {
                served,
                ..asked.clone()
            };
            match ptu::quote(&asked, prices) {
                Err(QuoteError::TooLarge) => return Err(QuoteError::TooLarge),
                Err(_) => return Ok(None),
                Ok(quote) => quote.total,
            }
        }
        Basis::Mu { capacity, .. } => {
            let most = break_even::most_requests(workload, row)?;
            if capacity.is_some() && most.is_some_and(|most| rpm > most.into()) {
                return Ok(None);
            }
            // The discount is already in the row, and the rate of exchange.
            return Ok(Some(row.quote.total));
        }
        Basis::Tokens {
            prices,
            funding,
            service,
            savings,
        } => {
            let asked = at_rpm.request(ModelRef::clone(&row.quote.model))?;
            if asked.requests == Some(0) {
                let packages = funding.as_ref().and_then(|funding| funding.package_price);
                let packages = packages.unwrap_or(Decimal::ZERO);
                let savings = row.as_priced().savings.as_ref();
                let committed = savings.map_or(Decimal::ZERO, |savings| savings.charged);
                exact::add(packages, committed)?
            } else {
                let terms = Terms {
                    funding: funding.as_ref(),
                    service: service.as_ref(),
                    pace: asked.stream.map(|stream| stream.pace()).transpose()?,
                    on: request.as_of,
                };
                let funded = fund(tokens::quote(&asked, prices)?, &terms)?;
                // Beyond the free part it serves no more.
                if funded
                    .funding
                    .as_ref()
                    .is_some_and(|result| result.unserved > 0)
                {
                    return Ok(None);
                }
                match savings {
                    Some((plan, over)) => save(funded, plan, *over)?.total,
                    None => funded.total,
                }
            }
        }
    };
    row.converted(discounted(total, request.discount)?)
        .map(Some)
}

/// A total with the discount off.
pub(super) fn discounted(total: Decimal, discount: Option<Percent>) -> Result<Decimal, QuoteError> {
    match discount {
        None => Ok(total),
        Some(percent) => {
            let left = exact::sub(Decimal::ONE, percent.factor()?)?;
            Ok(exact::mul(total, left)?)
        }
    }
}

fn label(request: &super::Request, row: &Row) -> String {
    let mut label = row.kind.name().to_owned();
    if let Basis::Mu { prices, .. } = &row.basis {
        label.push_str(&format!(" {}", prices.spec));
    }
    if let Basis::Ptu(_, prices) = &row.basis
        && let Some(spec) = prices.spec()
    {
        label.push_str(&format!(" {spec}"));
    }
    let first = request.models.first().map(|model| &model.code);
    if request
        .models
        .iter()
        .any(|model| Some(&model.code) != first)
    {
        label.push_str(&format!(" {}", row.quote.model.code));
    }
    if request.of_several_regions() {
        label.push_str(&format!(" {}", row.quote.model.region));
    }
    label
}

/// Where the first of the curves crosses the others. Between two loads all are straight lines.
///
/// # Errors
/// [`QuoteError::TooLarge`] when a number does not fit.
pub fn crossings(curves: &[Curve]) -> Result<Vec<Crossing>, QuoteError> {
    let mut found = Vec::new();
    let Some((first, others)) = curves.split_first() else {
        return Ok(found);
    };
    for other in others {
        let pairs = first.points.iter().zip(&other.points);
        let gaps: Vec<(Decimal, Decimal, Decimal)> = pairs
            .map(|((rpm, a), (_, b))| Ok((*rpm, *a, exact::sub(*a, *b)?)))
            .collect::<Result<_, QuoteError>>()?;
        for pair in gaps.windows(2) {
            if let [before, after] = pair
                && let Some((rpm, cost)) = meeting(*before, *after)?
            {
                let rank = other.rank;
                found.push(Crossing { rank, rpm, cost });
            }
        }
    }
    Ok(found)
}

/// Load and cost at which the gap between two lines is 0, if it changes its sign between two loads.
fn meeting(
    (rpm, cost, gap): (Decimal, Decimal, Decimal),
    (next_rpm, next_cost, next_gap): (Decimal, Decimal, Decimal),
) -> Result<Option<(Decimal, Decimal)>, QuoteError> {
    let changes = gap.is_sign_negative() != next_gap.is_sign_negative();
    if gap.is_zero() || (!changes && !next_gap.is_zero()) {
        return Ok(None);
    }
    let share = exact::ratio(gap, exact::sub(gap, next_gap)?)?.value;
    // Drawn, not billed: six decimals are more than a chart shows.
    let strategy = rust_decimal::RoundingStrategy::MidpointAwayFromZero;
    let share = share.round_dp_with_strategy(6, strategy);
    let along = |from: Decimal, to: Decimal| -> Result<Decimal, QuoteError> {
        let step = exact::mul(exact::sub(to, from)?, share)?;
        Ok(exact::add(from, step)?)
    };
    Ok(Some((along(rpm, next_rpm)?, along(cost, next_cost)?)))
}
