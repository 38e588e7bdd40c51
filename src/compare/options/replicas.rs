//! Replicas of model units that serve the peak.

use super::{Missing, Priced, as_of, reference};
use crate::billing::capacity::Capacity;
use crate::billing::error::QuoteError;
use crate::billing::mu;
use crate::billing::recorded::Recorded;
use crate::billing::term::Span;
use crate::catalog::{Model, MuRow};
use crate::compare::{Basis, Caveat, Kind, Paid, Request};
use crate::order::{self, MuOffer};

/// The traffic that replicas have to serve.
pub struct Demand {
    /// The most input tokens of a minute.
    pub input_tpm: u64,
    /// The most output tokens of a minute.
    pub output_tpm: u64,
    /// How long each deployment is up, and how many there are.
    pub hours: (Span, u64),
    /// Whole months that cover the traffic.
    pub months: u32,
    /// The time that these months cover, in minutes.
    pub minutes: u64,
    /// The trace, whose days have prices of their own.
    pub recorded: Option<Recorded>,
}

/// The replicas that serve the peak, of every specification that is asked for.
pub fn priced(
    request: &Request,
    demand: &Demand,
    model: &Model,
    kind: Kind,
) -> Result<Vec<Priced>, Missing> {
    let length = if kind == Kind::MuMonthly {
        mu::Length::Months {
            months: demand.months,
            cancel_after: None,
        }
    } else {
        let (span, runs) = demand.hours;
        mu::Length::Hours { span, runs }
    };
    let offers = match &demand.recorded {
        Some(recorded) => offers(request, model, length, recorded)?,
        None => {
            let catalog = request.catalog;
            let prices = catalog.mu(model, length.term(), None, request.as_of)?;
            prices.into_iter().map(MuOffer::from).collect()
        }
    };
    let mut priced = Vec::new();
    for offer in offers {
        let prices = &offer.prices;
        if !request.specs.is_empty() && !request.specs.contains(&prices.spec) {
            continue;
        }
        let capacity = request
            .capacities
            .iter()
            .chain(&model.capacities)
            .find(|capacity| capacity.spec == prices.spec)
            .copied();
        let asked = mu::Request {
            model: reference(request, model)?,
            replicas: replicas_for(demand, capacity)?,
            length,
            start: None,
        };
        let quote = offer.quote(&asked)?;
        let caveats = caveats(demand, length, capacity, prices);
        let basis = Basis::Mu {
            request: asked,
            prices: prices.clone(),
            capacity,
        };
        priced.push((quote, basis, caveats));
    }
    if priced.is_empty() {
        let asked: Vec<String> = request.specs.iter().map(ToString::to_string).collect();
        return Err(Missing::NoPrice(format!(
            "`{}` is not offered as `{}`",
            model.code,
            asked.join("`, `")
        )));
    }
    Ok(priced)
}

/// The specifications that are up in the time of a trace.
fn offers(
    request: &Request,
    model: &Model,
    length: mu::Length,
    recorded: &Recorded,
) -> Result<Vec<MuOffer>, Missing> {
    let found = order::mu_offers(request.catalog, model, length, as_of(request), recorded);
    found.map_err(|error| match Missing::of_order(error) {
        Ok(missing) => missing,
        Err(_) => Missing::Failed(QuoteError::TooLarge),
    })
}

/// Why specifications of the model are not among the rows of a kind although others are.
pub fn unpriced_specs(request: &Request, model: &Model, kind: Kind) -> Vec<String> {
    let rows = model.mu_in_force(request.as_of);
    let (how, priced): (_, fn(&MuRow) -> bool) = match kind {
        Kind::MuHourly => ("hour", |row| row.hour.is_some()),
        Kind::MuMonthly => ("month", |row| row.month.is_some()),
        _ => return Vec::new(),
    };
    let wanted = |row: &MuRow| request.specs.is_empty() || request.specs.contains(&row.spec);
    if !rows.iter().any(|row| priced(row) && wanted(row)) {
        return Vec::new();
    }
    let mut reasons: Vec<String> = rows
        .iter()
        .filter(|row| wanted(row) && !priced(row))
        .map(|row| {
            format!(
                "`{}` has no price by the {how} for `{}`",
                model.code, row.spec
            )
        })
        .collect();
    for spec in &request.specs {
        if !rows.iter().any(|row| row.spec == *spec) {
            let reason = format!("`{}` is not offered as `{spec}`", model.code);
            if !reasons.contains(&reason) {
                reasons.push(reason);
            }
        }
    }
    reasons
}

fn caveats(
    demand: &Demand,
    length: mu::Length,
    capacity: Option<Capacity>,
    prices: &mu::Prices,
) -> Vec<Caveat> {
    let mut caveats = Vec::new();
    caveats.extend(capacity.map(Caveat::Capacity));
    match length {
        mu::Length::Months { months, .. } => {
            let ends_early = prices.rules.cancellation;
            caveats.extend(ends_early.map(|_| Caveat::EndsEarlyAtAPrice));
            let paid = Paid::MonthsOfReplicas(months);
            caveats.extend(Caveat::paid_longer(paid, demand.minutes));
        }
        mu::Length::Hours { runs, .. } if runs > 1 => {
            caveats.push(Caveat::DeployedDaily { documented: true })
        }
        mu::Length::Hours { .. } => {}
    }
    caveats
}

fn replicas_for(demand: &Demand, capacity: Option<Capacity>) -> Result<u64, QuoteError> {
    let Some(capacity) = capacity else {
        return Ok(1);
    };
    let side = |demand: u64, capacity: u64| demand.div_ceil(capacity.max(1));
    let input = side(demand.input_tpm, capacity.input_tpm);
    let output = side(demand.output_tpm, capacity.output_tpm);
    Ok(input.max(output).max(1))
}
