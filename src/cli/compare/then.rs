//! The same comparison at the prices of an earlier day.

use chrono::NaiveDate;

use super::args::{Args, Workload};
use crate::cli::Environment;
use crate::cli::failure::Failure;
use crate::compare::{self, CompareError, Comparison, Request, Then, TraceError};

/// Compares as of `day`, and sets that beside the comparison of the later day.
pub fn then(
    request: &Request,
    workload: &Workload,
    (day, now): (NaiveDate, &Comparison),
    environment: &Environment,
) -> Result<Then, Failure> {
    let earlier = Request {
        catalog: request.catalog,
        models: request.models.clone(),
        not_sold: request.not_sold.clone(),
        mode: request.mode,
        specs: request.specs.clone(),
        capacities: request.capacities.clone(),
        discount: request.discount,
        funding: request.funding.clone(),
        as_of: day,
        as_of_given: true,
        // What is paid today says nothing of the best way then.
        current: None,
        fine_tuned: request.fine_tuned,
        rates: request.rates,
        savings_plans: request.savings_plans,
    };
    let compared = match workload {
        Workload::Steady(workload) => compare::compare(&earlier, workload),
        Workload::Trace(trace, fit) => {
            match compare::compare_trace(&earlier, trace, *fit, &mut environment.watch()) {
                Err(TraceError::Compare(error)) => Err(error),
                compared => Ok(compared?),
            }
        }
    };
    let compared = match compared {
        Ok(mut compared) => {
            compared.note_age(environment.today, day);
            Some(compared)
        }
        // Nothing was sold on that day.
        Err(CompareError::Nothing(_)) => None,
        Err(error) => return Err(super::failed(error)),
    };
    Ok(Then::of((day, compared.as_ref()), (request.as_of, now)))
}

/// Refuses recorded calls that can be read only once, or are of several models.
pub fn refuse(args: &Args, workload: &Workload) -> Result<(), Failure> {
    let Workload::Trace(trace, _) = workload else {
        return Ok(());
    };
    if args.models.is_empty() {
        return Err(Failure::usage(
            "`--as-of` of two days compares named models, and none is named",
            "name a model, or name one day",
        ));
    }
    match trace.from.is_stdin() {
        false => Ok(()),
        true => Err(Failure::usage(
            "`--as-of` of two days reads the trace twice, and the standard input can be read once",
            "write it to a file, or name one day",
        )),
    }
}
