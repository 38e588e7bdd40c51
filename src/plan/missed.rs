//! Calls of a log that no deployment of its plan takes: a model that came into the log after the plan was written.

use std::path::Path;

use super::priced::Priced;
use crate::billing::recorded::Unknown;
use crate::order::{CallsOf, LoggedCalls, Progress, traced_contents};

/// Calls under one name of a model.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Missed {
    /// The first deployment of that log, in the order of the plan.
    pub first: usize,
    /// The log, as the plan names it.
    pub log: String,
    /// The name and the calls.
    pub calls: Unknown,
}

/// The deployments of one log, and what of it they take.
struct Taken {
    first: usize,
    /// The log with all of its calls.
    log: LoggedCalls,
    /// The column by which calls are taken; `None` where it is not one alone.
    column: Option<String>,
    /// Its values.
    values: Vec<String>,
}

/// What no deployment takes, where each of a log takes calls by the names of their models. A log of which that
/// is not known, or that cannot be read as a whole, has nothing here.
#[must_use]
pub fn missed(
    deployments: &[Priced],
    folder: &Path,
    watch: &dyn Fn() -> Box<dyn FnMut(Progress)>,
) -> Vec<Missed> {
    let mut missed = Vec::new();
    for taken in logs(deployments) {
        let Some(column) = &taken.column else {
            continue;
        };
        let mut watch = watch();
        let Ok(found) = taken
            .log
            .order(folder)
            .and_then(|trace| traced_contents(&trace, &mut watch))
        else {
            continue;
        };
        if found.whole.told.field.as_ref() != Some(column) {
            continue;
        }
        let names = found.found.names().iter();
        let others = names.filter(|one| {
            let is_taken = one
                .name
                .as_ref()
                .is_some_and(|name| taken.values.contains(name));
            one.calls.calls > 0 && !is_taken
        });
        missed.extend(others.map(|one| Missed {
            first: taken.first,
            log: taken.log.paths.join(", "),
            calls: Unknown {
                name: one.name.clone(),
                calls: one.calls,
            },
        }));
    }
    missed
}

/// Each log of the plan, once.
fn logs(deployments: &[Priced]) -> Vec<Taken> {
    let mut logs: Vec<Taken> = Vec::new();
    for (first, priced) in deployments.iter().enumerate() {
        let Some(CallsOf::Log(own)) = priced.deployment.log.as_ref().map(|log| &log.calls) else {
            continue;
        };
        let log = LoggedCalls {
            filters: Vec::new(),
            scale_to: None,
            pattern: None,
            cache: None,
            derived: None,
            ..LoggedCalls::clone(own)
        };
        let mut columns = own.filters.iter().map(|filter| &filter.column);
        let column = columns.next();
        // Filters of several columns take less than the values of one.
        let column = column.filter(|column| columns.all(|other| other == *column));
        let values = own.filters.iter().map(|filter| filter.value.clone());
        match logs.iter_mut().find(|known| known.log == log) {
            Some(known) => {
                known.column = known.column.take().filter(|known| Some(known) == column);
                known.values.extend(values);
            }
            None => logs.push(Taken {
                first,
                log,
                column: column.cloned(),
                values: values.collect(),
            }),
        }
    }
    logs
}
