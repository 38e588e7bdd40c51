//! Every way to serve the workload, each as a quote.

use rust_decimal::Decimal;

use super::{Basis, Caveat, Kind, Request, Row, Unavailable};
use crate::billing::error::QuoteError;
use crate::billing::exact;
use crate::billing::fit;
use crate::billing::fund::fund;
use crate::billing::funding::Terms;
use crate::billing::load::OnOverflow;
use crate::billing::mode::Mode;
use crate::billing::number::grouped;
use crate::billing::ptu::{self, Fit, Served};
use crate::billing::quote::{ModelRef, Quote, Rate};
use crate::billing::term::{Span, Term};
use crate::billing::{mu, tokens};
use crate::catalog::{LookupError, Model, MuRow};
use crate::workload::{Capacity, Totals};

/// What can be priced and what cannot.
pub struct Found {
    pub rows: Vec<Row>,
    pub unavailable: Vec<Unavailable>,
}

/// Why one way has no quote.
enum Missing {
    NoPrice(String),
    Failed(QuoteError),
}

impl From<LookupError> for Missing {
    fn from(error: LookupError) -> Self {
        Self::NoPrice(error.to_string())
    }
}

impl From<QuoteError> for Missing {
    fn from(error: QuoteError) -> Self {
        match error {
            // A number that does not fit concerns the whole comparison.
            QuoteError::TooLarge => Self::Failed(error),
            other => Self::NoPrice(other.to_string()),
        }
    }
}

/// A way that is priced, before it is ranked.
type Priced = (Quote, Basis, Vec<Caveat>);

/// All ways of all models: each kind is among the rows or unavailable.
pub fn all(request: &Request, totals: &Totals) -> Result<Found, QuoteError> {
    let mut found = Found {
        rows: Vec::new(),
        unavailable: Vec::new(),
    };
    for (position, model) in request.models.iter().enumerate() {
        let seller = request.catalog.provider(model).ok();
        let unavailable = |kind: Kind, reason: String| Unavailable {
            kind,
            provider: seller.map_or_else(String::new, |seller| seller.id.clone()),
            region: seller.map_or_else(String::new, |seller| seller.region.clone()),
            model: model.code.clone(),
            reason,
        };
        for kind in Kind::ALL {
            let priced = match kind {
                Kind::PtuHourly | Kind::PtuDaily => {
                    throughput(request, model, *kind).map(|one| vec![one])
                }
                Kind::MuHourly | Kind::MuMonthly => replicas(request, model, *kind),
                Kind::FineTuned => by_token(request, model, Rate::FineTuned, false),
                Kind::Standard => by_token(request, model, Rate::Standard, position == 0),
            };
            for reason in unpriced_specs(request, model, *kind) {
                found.unavailable.push(unavailable(*kind, reason));
            }
            match priced {
                Err(Missing::Failed(error)) => return Err(error),
                Err(Missing::NoPrice(reason)) => {
                    found.unavailable.push(unavailable(*kind, reason));
                }
                Ok(priced) => {
                    for (quote, basis, mut caveats) in priced {
                        if position > 0 {
                            caveats.insert(0, Caveat::OtherModel);
                        }
                        found
                            .rows
                            .push(row(request, *kind, totals, quote, basis, caveats)?);
                    }
                }
            }
        }
    }
    Ok(found)
}

fn row(
    request: &Request,
    kind: Kind,
    totals: &Totals,
    quote: Quote,
    basis: Basis,
    caveats: Vec<Caveat>,
) -> Result<Row, QuoteError> {
    let quote = match request.discount {
        Some(percent) => quote.discounted(percent)?,
        None => quote,
    };
    let served = exact::add(totals.input_tokens.into(), totals.output_tokens.into())?;
    let millions = exact::mul(quote.total, Decimal::from(1_000_000))?;
    Ok(Row {
        rank: 0,
        kind,
        per_million: exact::ratio(millions, served)?.value,
        above_cheapest: None,
        quote,
        caveats,
        basis,
    })
}

fn reference(request: &Request, model: &Model) -> Result<ModelRef, Missing> {
    Ok(request.catalog.model_ref(model)?)
}

/// A reservation sized to the peak, by the hour or by the day.
fn throughput(request: &Request, model: &Model, kind: Kind) -> Result<Priced, Missing> {
    let workload = &request.workload;
    let service = request.catalog.provider(model)?.service.as_ref();
    let mut caveats = Vec::new();
    let length = if kind == Kind::PtuDaily {
        if service.is_none() {
            // One document about reservations says so, and the other nothing.
            caveats.push(Caveat::CannotEndEarly);
        }
        ptu::Length::Days(workload.days)
    } else {
        let (span, runs) = workload.runs()?;
        if runs > 1 {
            caveats.push(Caveat::DeployedDaily {
                documented: service.is_none(),
            });
        }
        ptu::Length::Hours { span, runs }
    };
    let term = length.term();
    let period = length.period();
    let of = |mode| request.catalog.ptu(model, period, mode, request.as_of);
    let (prices, mode) = in_mode(request.mode, of)?;
    let (input_tpm, output_tpm) = fit::peak(&workload.load, &prices)?;
    let all_day = workload.hours_per_day == Span::hours(24);
    let asked = ptu::Request {
        model: reference(request, model)?,
        input_tpm,
        output_tpm,
        length,
        mode,
        start: None,
        served: Some(Served {
            load: workload.load,
            hours_per_day: (term == Term::Subscription && !all_day)
                .then_some(workload.hours_per_day),
            on_overflow: OnOverflow::Bill,
            fit: Some(Fit::Peak),
        }),
    };
    let terms = Terms {
        funding: None,
        service,
        pace: asked.pace()?,
        on: request.as_of,
    };
    let quote = fund(ptu::quote(&asked, &prices)?, &terms)?;
    Ok((quote, Basis::Ptu(asked, Box::new(prices)), caveats))
}

/// The replicas that serve the peak, of every specification that is asked for.
fn replicas(request: &Request, model: &Model, kind: Kind) -> Result<Vec<Priced>, Missing> {
    let workload = &request.workload;
    let length = if kind == Kind::MuMonthly {
        mu::Length::Months {
            months: months_for(workload.days)?,
            cancel_after: None,
        }
    } else {
        let (span, runs) = workload.runs()?;
        mu::Length::Hours { span, runs }
    };
    let offers = request
        .catalog
        .mu(model, length.term(), None, request.as_of)?;
    let mut priced = Vec::new();
    for prices in offers {
        if !request.specs.is_empty() && !request.specs.contains(&prices.spec) {
            continue;
        }
        let capacity = request
            .capacities
            .iter()
            .find(|capacity| capacity.spec == prices.spec)
            .copied();
        let asked = mu::Request {
            model: reference(request, model)?,
            replicas: replicas_for(request, capacity)?,
            length,
            start: None,
        };
        let quote = mu::quote(&asked, &prices)?;
        let caveats = replica_caveats(request, length, capacity);
        let basis = Basis::Mu {
            request: asked,
            prices,
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

/// Why specifications of the model are not among the rows of a kind although others are.
fn unpriced_specs(request: &Request, model: &Model, kind: Kind) -> Vec<String> {
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

fn replica_caveats(
    request: &Request,
    length: mu::Length,
    capacity: Option<Capacity>,
) -> Vec<Caveat> {
    let mut caveats = Vec::new();
    if capacity.is_none() {
        caveats.push(Caveat::OneReplicaAssumed);
    }
    match length {
        mu::Length::Months { months, .. } => {
            caveats.push(Caveat::EndsEarlyAtAPrice);
            let days = request.workload.days;
            if u64::from(months).saturating_mul(30) != days {
                caveats.push(Caveat::MonthsCover { months, days });
            }
        }
        mu::Length::Hours { runs, .. } if runs > 1 => {
            caveats.push(Caveat::DeployedDaily { documented: true })
        }
        mu::Length::Hours { .. } => {}
    }
    caveats
}

/// Whole months of 30 days that cover `days`.
pub fn months_for(days: u64) -> Result<u32, QuoteError> {
    u32::try_from(days.div_ceil(30)).map_err(|_| QuoteError::TooLarge)
}

fn replicas_for(request: &Request, capacity: Option<Capacity>) -> Result<u64, QuoteError> {
    let Some(capacity) = capacity else {
        return Ok(1);
    };
    let load = &request.workload.load;
    let input = exact::div_ceil(load.input_tpm()?, capacity.input_tpm)?;
    let output = exact::div_ceil(load.output_tpm()?, capacity.output_tpm)?;
    Ok(input.max(output).max(1))
}

fn by_token(
    request: &Request,
    model: &Model,
    rate: Rate,
    funded: bool,
) -> Result<Vec<Priced>, Missing> {
    let of = |mode| {
        request
            .catalog
            .tokens(model, Some(rate), mode, false, request.as_of)
    };
    let (prices, _) = in_mode(request.mode, of)?;
    let service = request.catalog.provider(model)?.service.clone();
    let funding = request.funding.clone().filter(|_| funded);
    let mut asked = request.workload.request(reference(request, model)?)?;
    let terms = Terms {
        funding: funding.as_ref(),
        service: service.as_ref(),
        pace: asked.stream.map(|stream| stream.pace()).transpose()?,
        on: request.as_of,
    };
    if funding.is_none() && service.is_none() {
        // Nothing of this row depends on when its tokens are used.
        asked.stream = None;
    }
    let quote = fund(tokens::quote(&asked, &prices)?, &terms)?;
    if let Some(result) = quote.funding.as_ref().filter(|result| result.unserved > 0) {
        return Err(Missing::NoPrice(format!(
            "postpaid is off, so {} of {} tokens are not served",
            grouped(result.unserved.into(), 0),
            grouped(
                exact::add(asked.input.into(), asked.output.into()).map_err(QuoteError::from)?,
                0
            )
        )));
    }
    let offset = quote.funding.as_ref().map_or(0, |result| result.offset);
    let caveats = match rate {
        Rate::FineTuned if service.is_none() => vec![Caveat::FineTunedOnly],
        Rate::Standard if offset > 0 => vec![Caveat::Funded {
            per_model: service.is_none(),
        }],
        Rate::FineTuned | Rate::Standard => Vec::new(),
    };
    let basis = Basis::Tokens {
        prices,
        funding,
        service,
    };
    Ok(vec![(quote, basis, caveats)])
}

/// The prices in a mode; those of a method that prices no mode apart hold for every mode.
fn in_mode<T>(
    mode: Option<Mode>,
    of: impl Fn(Option<Mode>) -> Result<T, LookupError>,
) -> Result<(T, Option<Mode>), LookupError> {
    match of(mode) {
        Err(LookupError::NoMode { has, .. }) if has.is_empty() => Ok((of(None)?, None)),
        other => Ok((other?, mode)),
    }
}
