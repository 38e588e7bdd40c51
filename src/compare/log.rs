//! A log of several models: each model's calls under every method of that model.

use std::cell::OnceCell;
use std::collections::BTreeSet;

use super::options::{TracedWays, Ways, as_of, is_sold};
use super::plan_of_log::{PlanOfLog, plan_of};
use super::{CompareError, Comparison, Current, Kind, Request, Row, TraceError, traced};
use crate::billing::money::Currency;
use crate::billing::ptu::Fit;
use crate::billing::recorded::{Calls, Recorded, Unknown};
use crate::catalog::Model;
use crate::order::{self, Apart, OrderError, TraceFit, TraceOrder, Watch};

/// What a log comes to, model by model.
#[derive(Debug)]
pub struct ComparedLog {
    /// The models, those with the most tokens first.
    pub models: Vec<ComparedModel>,
    /// The calls of models that nobody knows, those with the most tokens first.
    pub unknown: Vec<Unknown>,
    /// The whole log.
    pub whole: Recorded,
    /// One savings plan for ordinary calls that are the best way, where it costs less.
    pub plan: Option<PlanOfLog>,
}

/// The calls of one model in every way.
#[derive(Debug)]
pub struct ComparedModel {
    /// Its place among the models of the request.
    pub number: usize,
    /// The names by which the log calls it.
    pub names: BTreeSet<String>,
    /// Its calls.
    pub calls: Calls,
    /// The ranking.
    pub comparison: Result<Comparison, TraceError>,
}

/// Whether a model has any price of a kind.
fn has_rows(model: &Model, kind: Kind) -> bool {
    match kind {
        Kind::MuHourly | Kind::MuMonthly => !model.mu.is_empty(),
        Kind::DtuMonthly => !model.dtu.is_empty(),
        Kind::FineTuned => !model.fine_tuned.is_empty(),
        Kind::Standard | Kind::SavingsPlan => !model.standard.is_empty(),
        Kind::ReservationDaily | Kind::ReservationBlock => !model.reservation.is_empty(),
        Kind::PtuHourly
        | Kind::PtuDaily
        | Kind::PtuMonthly
        | Kind::PtuBlock
        | Kind::PtuWeekly
        | Kind::PtuQuarterly
        | Kind::PtuYearly => !model.ptu.is_empty(),
    }
}

/// Compares for each model that a log names its own ways; the models of the request are those that it may name,
/// and `which` is the place of a name's model among them. A model that is not sold as the current way says, or where
/// nobody said one, is taken as paid by ordinary calls.
///
/// # Errors
/// [`TraceError`] when the log cannot be read; what concerns one model alone is its comparison.
pub fn compare_log(
    request: &Request<'_>,
    trace: &TraceOrder,
    fit: TraceFit,
    which: &dyn Fn(Option<&str>) -> Option<usize>,
    watch: Watch<'_>,
) -> Result<ComparedLog, TraceError> {
    let ordinary = Current {
        kind: Kind::Standard,
        spec: None,
        overlap: None,
        days_left: None,
        assumed: true,
    };
    let of_one = request.models.iter().map(|model| Request {
        models: vec![model],
        current: request
            .current
            .filter(|now| has_rows(model, now.kind) && is_sold(request, model, now.kind))
            .or(Some(ordinary)),
        // One plan pays for all models together, so the best of each model do not add up.
        savings_plans: false,
        fit: Fit::Peak,
        ..request.clone()
    });
    let of_one: Vec<Request<'_>> = of_one.collect();
    let mut ways: Vec<OnceCell<Result<Ways<'_>, OrderError>>> = Vec::new();
    ways.resize_with(of_one.len(), OnceCell::new);
    let apart = {
        let asked = |number: usize| {
            let (Some(request), Some(cell)) = (of_one.get(number), ways.get(number)) else {
                return Ok(&[][..]);
            };
            match cell.get_or_init(|| Ways::of(request, fit)) {
                Ok(ways) => Ok(ways.asked.as_slice()),
                Err(error) => Err(error.clone()),
            }
        };
        order::traced_apart(trace, &asked, which, request.catalog, as_of(request), watch)?
    };
    let Apart {
        models,
        unknown,
        whole,
    } = apart;
    let numbers = models.iter().map(|one| one.number);
    let currency = request.currency.or(currency_of_several(request, numbers));
    let models = models.into_iter().map(|one| {
        let comparison = || {
            let answers = one.answers?;
            let (Some(request), Some(Ok(ways))) = (
                of_one.get(one.number),
                ways.get_mut(one.number).and_then(OnceCell::take),
            ) else {
                return Err(OrderError::from(order::Conflict::NoTokensInTrace).into());
            };
            let request = &Request {
                currency,
                ..request.clone()
            };
            traced(request, TracedWays::of(request, ways, answers)?)
        };
        ComparedModel {
            number: one.number,
            comparison: comparison(),
            names: one.names,
            calls: one.calls,
        }
    });
    let models: Vec<ComparedModel> = models.collect();
    let best = models.iter().filter_map(|one| {
        let model = request.models.get(one.number).copied()?;
        Some((model, one.comparison.as_ref().ok()?.rows.first()?))
    });
    let best: Vec<(&Model, &Row)> = best.collect();
    // A plan in another currency than the total would be rounded once more.
    let plan = match request.savings_plans && currency.is_none() {
        true => {
            let time = (whole.minutes, whole.stated_minutes());
            plan_of(request, &best, time).map_err(CompareError::from)?
        }
        false => None,
    };
    Ok(ComparedLog {
        models,
        unknown,
        whole,
        plan,
    })
}

/// The currency of the first model of a log, where another one has another.
fn currency_of_several(
    request: &Request<'_>,
    models: impl Iterator<Item = usize>,
) -> Option<Currency> {
    let mut currencies = models.filter_map(|number| {
        let model = request.models.get(number)?;
        Some(request.catalog.provider(model).ok()?.currency)
    });
    let first = currencies.next()?;
    currencies.any(|other| other != first).then_some(first)
}
