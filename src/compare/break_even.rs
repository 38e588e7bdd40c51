//! The points at which two ways cost the same, exactly.
//!
//! Against tokens they hold at the size of request and the active hours of the workload, with time
//! rounded up as it is billed; by the hour against by the day or month, before it is rounded up.

use rust_decimal::Decimal;

use super::{Basis, Kind, Request, Row};
use crate::billing::error::QuoteError;
use crate::billing::exact;
use crate::billing::number::grouped;
use crate::billing::rule::Rule;
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
    /// Whether that is the PD-separated one.
    pub pd_separated: bool,
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
        let separated = if self.pd_separated {
            " PD-separated"
        } else {
            ""
        };
        write!(f, "{}{spec}{separated}: {}", self.model, self.left)?;
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
    within(
        "ptu.daily-vs-hourly",
        daily,
        ("PTU by the day", "PTU by the hour", "hours per day"),
        (per_unit(daily)?, per_unit(hourly)?),
        HOURS_PER_DAY,
    )
}

fn monthly_or_hourly(monthly: &Row, hourly: &Row) -> Result<BreakEven, QuoteError> {
    within(
        "mu.monthly-vs-hourly",
        monthly,
        ("MU by the month", "MU by the hour", "hours per month"),
        (per_unit(monthly)?, per_unit(hourly)?),
        HOURS_PER_MONTH,
    )
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
    let names = (left, right, "requests per minute");
    let per_request = request_cost(request, tokens)?;
    let active = request
        .workload
        .hours_per_day
        .times(request.workload.days)?;
    // Tokens cost requests × minutes; seconds ÷ 60 are the minutes, so 60 goes to the other side.
    let sixty_costs = exact::mul(rent(row)?, Decimal::from(60))?;
    let per_rpm = exact::mul(per_request, active.seconds())?;
    if per_rpm.is_zero() {
        // Nothing is cheaper than what costs nothing.
        return Ok(Some(point(id, row, names, None, None)));
    }
    let at_full_use = match fullest(request, row)? {
        None => None,
        Some((tokens, size)) => {
            let left = exact::mul(sixty_costs, Decimal::from(size))?;
            Some(exact::ratio(left, exact::mul(per_rpm, tokens)?)?.value)
        }
    };
    let value = exact::ratio(sixty_costs, per_rpm)?.value;
    let reached = at_full_use.is_none_or(|ratio| ratio <= Decimal::ONE);
    let value = reached.then_some(value);
    Ok(Some(point(id, row, names, value, at_full_use)))
}

/// What a reservation or replicas cost in the period, before a discount: it is off both sides.
fn rent(row: &Row) -> Result<Decimal, QuoteError> {
    let charges = row
        .quote
        .items
        .iter()
        .filter(|item| item.rule != Rule::Discount);
    Ok(exact::sum(charges.map(|item| item.amount))?)
}

/// A point, with what `left` costs of `right` at full use.
fn point(
    id: &'static str,
    row: &Row,
    (left, right, unit): (&'static str, &'static str, &'static str),
    value: Option<Decimal>,
    at_full_use: Option<Decimal>,
) -> BreakEven {
    let offer = offer(row);
    BreakEven {
        id,
        model: row.quote.model.code.clone(),
        spec: offer.map(|(spec, _)| spec),
        pd_separated: offer.is_some_and(|(_, pd_separated)| pd_separated),
        left,
        right,
        unit,
        value,
        at_full_use,
    }
}

/// `left` pays from `value` on, if that is within `most`.
fn within(
    id: &'static str,
    row: &Row,
    names: (&'static str, &'static str, &'static str),
    (left, right): (Decimal, Decimal),
    most: u64,
) -> Result<BreakEven, QuoteError> {
    if right.is_zero() {
        return Ok(point(id, row, names, None, None));
    }
    let full = exact::mul(right, Decimal::from(most))?;
    let at_full_use = exact::ratio(left, full)?.value;
    let value = exact::ratio(left, right)?.value;
    let reached = at_full_use <= Decimal::ONE;
    Ok(point(
        id,
        row,
        names,
        reached.then_some(value),
        Some(at_full_use),
    ))
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

/// Requests per minute that a row takes at most; `None` where that is not known.
pub fn most_requests(request: &Request, row: &Row) -> Result<Option<Decimal>, QuoteError> {
    match fullest(request, row)? {
        Some((tokens, size)) => Ok(Some(exact::div(tokens, size)?.value)),
        None => Ok(None),
    }
}

/// The side of a row that is full first: its tokens a minute, and those of a request.
fn fullest(request: &Request, row: &Row) -> Result<Option<(Decimal, u64)>, QuoteError> {
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
        (input, load.input_per_request),
        (output, load.output_per_request),
    ];
    let mut fullest: Option<(Decimal, u64)> = None;
    for (tokens, size) in sides {
        if size == 0 {
            continue;
        }
        let tighter = match fullest {
            None => true,
            // tokens ÷ size, compared as products.
            Some((other, other_size)) => {
                exact::mul(tokens, other_size.into())? < exact::mul(other, size.into())?
            }
        };
        if tighter {
            fullest = Some((tokens, size));
        }
    }
    Ok(fullest)
}
