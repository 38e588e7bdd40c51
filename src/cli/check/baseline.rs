//! What a plan is compared with.

use std::path::Path;

use super::read::{PlanFile, PricedFile};
use crate::billing::error::QuoteError;
use crate::cli::Environment;
use crate::cli::failure::Failure;
use crate::cli::global::Globals;
use crate::plan::{Record, changes, reprice};
use crate::report::check::Baseline;

/// Compares `priced` with the plan or the JSON at `path`.
pub fn compare(
    path: &Path,
    priced: &PricedFile,
    globals: &Globals,
    environment: &Environment,
) -> Result<Baseline, Failure> {
    let file = PlanFile::read_baseline(path)?;
    let record = if file.is_json() {
        Record::of_json(file.text()).map_err(|error| Failure::Unmatched {
            message: format!(
                "the baseline `{}` is not the JSON of a check: {error}",
                file.name
            ),
            hint: "write it with `tollgate check --json`, or name a plan".to_owned(),
        })?
    } else {
        let old = file.priced(globals, environment)?;
        Record::of_plan(old.days, old.discount, old.plan)
    };
    if record.currency != priced.plan.currency {
        return Err(Failure::Unmatched {
            message: format!(
                "the baseline `{}` is priced in {}, and the plan in {}",
                file.name, record.currency, priced.plan.currency
            ),
            hint: "compare plans of one currency".to_owned(),
        });
    }
    let discount = record.discount;
    let today = |deployment| reprice(deployment, &priced.catalog, priced.as_of, discount).ok();
    let changes =
        changes(record, &priced.plan, &priced.settings, today).map_err(QuoteError::from)?;
    Ok(Baseline {
        file: file.name,
        changes,
    })
}
