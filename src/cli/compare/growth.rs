//! The same calls, grown by the month.

use super::args::Workload;
use crate::billing::error::QuoteError;
use crate::cli::Environment;
use crate::cli::failure::Failure;
use crate::cli::global::Globals;
use crate::cli::growth::Growing;
use crate::compare::{self, Comparison, GrownComparison, Request, TraceError, Traffic};
use crate::order::{Conflict, OrderError};

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
    let first = calls_of(comparison);
    let mut later = Vec::new();
    for factor in growing.factors.iter().skip(1) {
        let has_calls = factor.times(first, 0).is_none_or(|(calls, _)| calls > 0);
        let month = Growing::month(trace, *factor);
        let mut watch = environment.watch();
        later.push(
            match compare::compare_trace(request, &month, *fit, &mut watch) {
                Ok(month) => Some(month),
                Err(TraceError::Order(OrderError::Conflict(Conflict::NoTokensInTrace)))
                    if !has_calls =>
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
    let months: Vec<_> = months
        .map(|month| (month.map_or(0, calls_of_month), month))
        .collect();
    let grown = GrownComparison::of(growing.growth, &months);
    Ok(Some(grown.map_err(QuoteError::from)?))
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
