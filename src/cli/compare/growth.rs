//! The same calls, grown by the month.

use super::args::Workload;
use crate::billing::error::QuoteError;
use crate::cli::Environment;
use crate::cli::failure::Failure;
use crate::cli::global::Globals;
use crate::cli::growth::Growing;
use crate::compare::{self, Comparison, GrownComparison, Request, TraceError, Traffic};
use crate::order::{Conflict, OrderError, TraceFit, TraceOrder};
use crate::workload::Factor;

/// The workload of the first month.
pub fn first(
    workload: Workload,
    growing: &Growing,
    globals: &Globals,
) -> Result<Workload, Failure> {
    if globals.as_of_then().is_some() {
        return Err(Failure::usage(
            "`--growth` cannot be used with two days of `--as-of`",
            "name one day",
        ));
    }
    match workload {
        Workload::Trace(trace, fit) => {
            let trace = growing.first(*trace, globals)?;
            Ok(Workload::Trace(Box::new(trace), fit))
        }
        Workload::Steady(_) => Err(Failure::usage(
            "`--growth` is of calls, and there is neither `--trace` nor `--load`",
            "add one of them, or leave it out",
        )),
    }
}

/// Compares the months after the first, which is `comparison`.
pub fn months(
    request: &Request,
    workload: &Workload,
    growing: &Growing,
    comparison: &Comparison,
    environment: &Environment,
) -> Result<Option<GrownComparison>, Failure> {
    let Workload::Trace(trace, fit) = workload else {
        return Ok(None);
    };
    let mut later = Vec::new();
    for factor in growing.factors.iter().skip(1) {
        let month = Growing::month(trace, *factor);
        let mut watch = environment.watch();
        later.push(
            match compare::compare_trace(request, &month, *fit, &mut watch) {
                Ok(month) => Some(month),
                Err(TraceError::Order(OrderError::Conflict(Conflict::NoTokensInTrace)))
                    if !has_calls(*factor, comparison) =>
                {
                    None
                }
                Err(TraceError::Compare(error)) => return Err(super::failed(error)),
                Err(error) => return Err(error.into()),
            },
        );
    }
    let later = later.iter().map(Option::as_ref);
    let months = std::iter::once(Some(comparison)).chain(later);
    grown(growing, months).map(Some)
}

/// Compares the months of a log of several models after the first: for each model, in the order of `models`, which
/// are the number of each and its first month.
pub fn months_of_log(
    request: &Request,
    (trace, fit): (&TraceOrder, TraceFit),
    which: &dyn Fn(Option<&str>) -> Option<usize>,
    growing: &Growing,
    models: &[(usize, &Comparison)],
    environment: &Environment,
) -> Result<Vec<GrownComparison>, Failure> {
    let mut later: Vec<Vec<Option<Comparison>>> = models.iter().map(|_| Vec::new()).collect();
    for factor in growing.factors.iter().skip(1) {
        let month = Growing::month(trace, *factor);
        let mut watch = environment.watch();
        let mut found = compare::compare_log(request, &month, fit, which, &mut watch)?.models;
        for ((number, first), months) in models.iter().zip(&mut later) {
            let place = found.iter().position(|one| one.number == *number);
            let compared = match place {
                Some(place) => found.swap_remove(place).comparison,
                None => Err(OrderError::from(Conflict::TraceChanged).into()),
            };
            months.push(match compared {
                Ok(month) => Some(month),
                Err(TraceError::Order(OrderError::Conflict(Conflict::NoTokensInTrace)))
                    if !has_calls(*factor, first) =>
                {
                    None
                }
                Err(error) => {
                    let model = request.models.get(*number);
                    return Err(match model {
                        Some(model) => super::of_model(error, model),
                        None => error.into(),
                    });
                }
            });
        }
    }
    let each = models.iter().zip(&later).map(|((_, first), later)| {
        let months = std::iter::once(Some(*first)).chain(later.iter().map(Option::as_ref));
        grown(growing, months)
    });
    each.collect()
}

/// Whether a month has a call, where this is the first.
fn has_calls(factor: Factor, first: &Comparison) -> bool {
    let calls = factor.times(calls_of(first), 0);
    calls.is_none_or(|(calls, _)| calls > 0)
}

/// What the months come to; `None` of one without calls.
fn grown<'a>(
    growing: &Growing,
    months: impl Iterator<Item = Option<&'a Comparison>>,
) -> Result<GrownComparison, Failure> {
    let months: Vec<_> = months
        .map(|month| (month.map_or(0, calls_of_month), month))
        .collect();
    let grown = GrownComparison::of(growing.growth, &months);
    Ok(grown.map_err(QuoteError::from)?)
}

fn calls_of(comparison: &Comparison) -> u64 {
    match &comparison.traffic {
        Traffic::Recorded(trace) => trace.total.calls,
        Traffic::Steady(_) => 0,
    }
}

/// The calls of the days that costs are stated for.
fn calls_of_month(comparison: &Comparison) -> u64 {
    match &comparison.traffic {
        Traffic::Recorded(trace) => trace.stated_calls(),
        Traffic::Steady(_) => 0,
    }
}
