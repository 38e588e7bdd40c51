//! The same comparison at the prices of an earlier day.

use chrono::NaiveDate;

use super::args::Workload;
use crate::cli::Environment;
use crate::cli::failure::Failure;
use crate::compare::{self, CompareError, Comparison, Request, Then, TraceError};
use crate::order::{TraceFit, TraceOrder};

/// Compares as of `day`, and sets that beside the comparison of the later day.
pub fn then(
    request: &Request,
    workload: &Workload,
    (day, now): (NaiveDate, &Comparison),
    environment: &Environment,
) -> Result<Then, Failure> {
    let earlier = as_of(request, day);
    let compared = match workload {
        Workload::Steady(workload) => compare::rank(&earlier, workload),
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

/// The same for each model of a log, in the order of `models`, which are the number of each and its comparison of the
/// later day.
pub fn of_log(
    request: &Request,
    (trace, fit): (&TraceOrder, TraceFit),
    which: &dyn Fn(Option<&str>) -> Option<usize>,
    (day, models): (NaiveDate, &[(usize, &Comparison)]),
    environment: &Environment,
) -> Result<Vec<Then>, Failure> {
    let earlier = as_of(request, day);
    let mut watch = environment.watch();
    let mut found = compare::compare_log(&earlier, trace, fit, which, &mut watch)?.models;
    let each = models.iter().map(|(number, now)| {
        let place = found.iter().position(|one| one.number == *number);
        let compared = match place.map(|place| found.swap_remove(place).comparison) {
            Some(Ok(mut compared)) => {
                compared.note_age(environment.today, day);
                Some(compared)
            }
            // Nothing was sold on that day.
            None | Some(Err(TraceError::Compare(CompareError::Nothing(_)))) => None,
            Some(Err(error)) => {
                let model = request.models.get(*number);
                return Err(match model {
                    Some(model) => super::of_model(error, model),
                    None => error.into(),
                });
            }
        };
        Ok(Then::of((day, compared.as_ref()), (request.as_of, now)))
    });
    each.collect()
}

/// The same request at the prices of an earlier day.
fn as_of<'a>(request: &Request<'a>, day: NaiveDate) -> Request<'a> {
    Request {
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
        currency: request.currency,
        savings_plans: request.savings_plans,
        fit: request.fit,
    }
}

/// Refuses recorded calls that can be read only once.
pub fn refuse(workload: &Workload) -> Result<(), Failure> {
    let Workload::Trace(trace, _) = workload else {
        return Ok(());
    };
    match trace.from.is_stdin() {
        false => Ok(()),
        true => Err(Failure::usage(
            "`--as-of` of two days reads the trace twice, and the standard input can be read once",
            "write it to a file, or name one day",
        )),
    }
}
