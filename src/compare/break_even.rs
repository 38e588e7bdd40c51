//! The points at which two ways cost the same, exactly.
//!
//! They hold for prices before time is rounded up, at the size of request of the workload.

use rust_decimal::Decimal;

use super::{Basis, Kind, Request, Row};
use crate::billing::error::QuoteError;
use crate::billing::exact;
use crate::billing::number::grouped;
use crate::billing::spec::Spec;
use crate::billing::tokens;
use crate::billing::unit::UnitPrice;

/// Hours of the months and days that are compared with hourly prices.
const HOURS_PER_DAY: u64 = 24;
const HOURS_PER_MONTH: u64 = 30 * 24;

/// Where `left` becomes cheaper than `right`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct BreakEven {
    /// `ptu.daily-vs-hourly`, …
    pub id: &'static str,
    /// The model's code.
    pub model: String,
    /// The specification, where replicas are compared.
    pub spec: Option<Spec>,
    /// The way that pays from this point on.
    pub left: &'static str,
    /// The way that pays below it.
    pub right: &'static str,
    /// What the value counts: `hours per day`, `hours per month`, `requests per minute`.
    pub unit: &'static str,
    /// The point, rounded at [`exact::QUOTIENT_DECIMALS`] if need be; `None` is never.
    pub value: Option<Decimal>,
    /// What `left` costs of `right` at full use, where that is bounded.
    pub at_full_use: Option<Decimal>,
}

impl std::fmt::Display for BreakEven {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let spec = self.spec.map(|spec| format!(" {spec}")).unwrap_or_default();
        write!(f, "{}{spec}: {}", self.model, self.left)?;
        match (self.value, self.at_full_use) {
            (Some(value), bounded) => {
                let (right, unit) = (self.right, self.unit);
                write!(f, " costs less than {right} above {} {unit}", said(value))?;
                match bounded {
                    Some(_) => Ok(()),
                    None => f.write_str(", if the replicas serve that many"),
                }
            }
            (None, Some(ratio)) => write!(
                f,
                " never costs less than {}: at full use it costs {} times as much",
                self.right,
                said(ratio)
            ),
            (None, None) => write!(f, " never costs less than {}", self.right),
        }
    }
}

/// Up to 4 decimals, grouped.
fn said(value: Decimal) -> String {
    let strategy = rust_decimal::RoundingStrategy::MidpointAwayFromZero;
    let rounded = value.round_dp_with_strategy(4, strategy).normalize();
    grouped(rounded, rounded.scale())
}

/// What one side costs: for a unit of time, and how many requests a minute it takes at most.
struct Rented {
    /// Money for `seconds` of traffic.
    cost: Decimal,
    /// Seconds of traffic that the cost pays for.
    seconds: Decimal,
    /// Requests per minute at full use; `None` where that is not known.
    most: Option<Decimal>,
}

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
            points.push(daily_or_hourly(daily, hourly)?);
        }
        for monthly in find(Kind::MuMonthly) {
            let same = find(Kind::MuHourly).find(|hourly| offer(hourly) == offer(monthly));
            if let Some(hourly) = same {
                points.push(monthly_or_hourly(monthly, hourly)?);
            }
        }
        for tokens in find(Kind::Standard).chain(find(Kind::FineTuned)) {
            for row in &of_model {
                points.extend(rented_or_tokens(request, row, tokens)?);
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

fn daily_or_hourly(daily: &Row, hourly: &Row) -> Result<BreakEven, QuoteError> {
    let (day, hour) = (per_unit(daily)?, per_unit(hourly)?);
    Ok(point(
        "ptu.daily-vs-hourly",
        daily,
        ("PTU by the day", "PTU by the hour", "hours per day"),
        exact::ratio(day, hour)?.value,
        (
            Some(Decimal::from(HOURS_PER_DAY)),
            exact::ratio(day, exact::mul(hour, Decimal::from(HOURS_PER_DAY))?)?.value,
        ),
    ))
}

fn monthly_or_hourly(monthly: &Row, hourly: &Row) -> Result<BreakEven, QuoteError> {
    let (month, hour) = (per_unit(monthly)?, per_unit(hourly)?);
    Ok(point(
        "mu.monthly-vs-hourly",
        monthly,
        ("MU by the month", "MU by the hour", "hours per month"),
        exact::ratio(month, hour)?.value,
        (
            Some(Decimal::from(HOURS_PER_MONTH)),
            exact::ratio(month, exact::mul(hour, Decimal::from(HOURS_PER_MONTH))?)?.value,
        ),
    ))
}

/// What is rented for an hour, a day or a month, before time is rounded up.
fn per_unit(row: &Row) -> Result<Decimal, QuoteError> {
    let share = |price: UnitPrice, count: u64| price.amount_for(Decimal::from(count));
    match &row.basis {
        Basis::Ptu(request, prices) => Ok(exact::add(
            share(prices.input, request.input_tpm)?.value,
            share(prices.output, request.output_tpm)?.value,
        )?),
        Basis::Mu {
            request, prices, ..
        } => Ok(share(prices.price, request.replicas)?.value),
        Basis::Tokens { .. } => Ok(Decimal::ZERO),
    }
}

/// A reservation or replicas against tokens, in requests per minute.
fn rented_or_tokens(
    request: &Request,
    row: &Row,
    tokens: &Row,
) -> Result<Option<BreakEven>, QuoteError> {
    let standard = tokens.kind == Kind::Standard;
    let (id, left) = match (row.kind, standard) {
        (Kind::PtuDaily, true) => ("ptu.daily-vs-standard", "PTU by the day"),
        (Kind::PtuHourly, true) => ("ptu.hourly-vs-standard", "PTU by the hour"),
        (Kind::MuHourly, true) => ("mu.hourly-vs-standard", "MU by the hour"),
        (Kind::MuMonthly, true) => ("mu.monthly-vs-standard", "MU by the month"),
        (Kind::MuHourly, false) => ("mu.hourly-vs-fine-tuned", "MU by the hour"),
        (Kind::MuMonthly, false) => ("mu.monthly-vs-fine-tuned", "MU by the month"),
        _ => return Ok(None),
    };
    let right = if standard {
        "standard tokens"
    } else {
        "fine-tuned tokens"
    };
    let per_request = request_cost(request, tokens)?;
    if per_request.is_zero() {
        return Ok(None);
    }
    let rented = rented(request, row)?;
    // Tokens cost requests × minutes; seconds ÷ 60 are the minutes, so 60 goes to the other side.
    let sixty_costs = exact::mul(rented.cost, Decimal::from(60))?;
    let per_rpm = exact::mul(per_request, rented.seconds)?;
    let value = exact::ratio(sixty_costs, per_rpm)?.value;
    let at_full_use = match rented.most {
        Some(most) if !most.is_zero() => exact::ratio(value, most)?.value,
        _ => Decimal::ZERO,
    };
    let names = (left, right, "requests per minute");
    Ok(Some(point(
        id,
        row,
        names,
        value,
        (rented.most, at_full_use),
    )))
}

/// A point that is reached, or never where it lies beyond `most`.
fn point(
    id: &'static str,
    row: &Row,
    (left, right, unit): (&'static str, &'static str, &'static str),
    value: Decimal,
    (most, at_full_use): (Option<Decimal>, Decimal),
) -> BreakEven {
    let reached = most.is_none_or(|most| value <= most);
    BreakEven {
        id,
        model: row.quote.model.code.clone(),
        spec: offer(row).map(|(spec, _)| spec),
        left,
        right,
        unit,
        value: reached.then_some(value),
        at_full_use: most.map(|_| at_full_use),
    }
}

/// What one request costs by token.
fn request_cost(request: &Request, row: &Row) -> Result<Decimal, QuoteError> {
    let Basis::Tokens { prices, .. } = &row.basis else {
        return Ok(Decimal::ZERO);
    };
    let load = &request.workload.load;
    let tier = tokens::tier_of(load.input_per_request, Some(1), &prices.tiers)?;
    let input = tier.input.amount_for(load.input_per_request.into())?.value;
    match tier.output {
        Some(price) => {
            let output = price.amount_for(load.output_per_request.into())?.value;
            Ok(exact::add(input, output)?)
        }
        None => Ok(input),
    }
}

fn rented(request: &Request, row: &Row) -> Result<Rented, QuoteError> {
    let workload = &request.workload;
    let per_day = workload.hours_per_day.seconds();
    let per_unit = per_unit(row)?;
    let (cost, seconds) = match row.kind {
        Kind::PtuDaily => (per_unit, per_day),
        Kind::MuMonthly => {
            let months = super::options::months_for(workload.days)?;
            let paid = exact::mul(per_unit, Decimal::from(months))?;
            (paid, exact::mul(per_day, Decimal::from(workload.days))?)
        }
        _ => (per_unit, Decimal::from(3_600)),
    };
    Ok(Rented {
        cost,
        seconds,
        most: most_requests(request, row)?,
    })
}

/// Requests per minute that a row takes at most.
pub fn most_requests(request: &Request, row: &Row) -> Result<Option<Decimal>, QuoteError> {
    let (input, output) = match &row.basis {
        Basis::Ptu(asked, _) => (asked.input_tpm.into(), asked.output_tpm.into()),
        Basis::Mu {
            request: asked,
            capacity: Some(capacity),
            ..
        } => {
            let replicas = Decimal::from(asked.replicas);
            (
                exact::mul(replicas, capacity.input_tpm.into())?,
                exact::mul(replicas, capacity.output_tpm.into())?,
            )
        }
        _ => return Ok(None),
    };
    let load = &request.workload.load;
    let sides = [
        crate::workload::Steady::rate_for(input, load.input_per_request)?,
        crate::workload::Steady::rate_for(output, load.output_per_request)?,
    ];
    Ok(sides.into_iter().flatten().min())
}
