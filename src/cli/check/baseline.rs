//! The baseline of a plan.

use std::collections::HashMap;
use std::path::Path;

use super::cheapest;
use super::read::{PlanFile, PricedFile};
use crate::billing::error::QuoteError;
use crate::cli::Environment;
use crate::cli::failure::Failure;
use crate::cli::global::Globals;
use crate::order::missing_rate;
use crate::plan::{PastPlan, Pricing, RankedWay, best_change, changes, reprice};
use crate::report::check::Baseline;

/// Compares `priced` with the plan or the JSON at `path`; `ranked` are the ways to serve each deployment, where
/// they are compared.
pub fn compare(
    path: &Path,
    name: Option<&str>,
    (priced, ranked): (&PricedFile, Option<&[Vec<RankedWay>]>),
    globals: &Globals,
    environment: &Environment,
) -> Result<Baseline, Failure> {
    let file = PlanFile::read_baseline(path)?;
    let shown = || name.map_or(file.name.clone(), str::to_owned);
    // The plan itself can be priced: whoever mends a baseline needs an answer.
    let unpriced = |reason: String| {
        Ok(Baseline {
            name: shown(),
            changes: Err(reason),
        })
    };
    let mut record = if file.is_json() {
        PastPlan::of_json(file.text()).map_err(|error| Failure::Unmatched {
            message: format!(
                "the baseline `{}` is not the JSON of a check: {error}",
                file.name
            ),
            hint: "write it with `tollgate check --json`, or name a plan".to_owned(),
        })?
    } else {
        let old = match file.priced_in(Some(priced), globals, environment) {
            Err(failure) if failure.code() == 1 => {
                return unpriced(failure.sentences().join("; "));
            }
            priced => priced?,
        };
        old.refuse_overwriting(globals)?;
        let found = ranked.map(|_| cheapest::all(&old, environment));
        let found = found.transpose()?.unwrap_or_default();
        let mut past = PastPlan::of_plan(old.days, old.discount, old.plan);
        for (one, found) in past.deployments.iter_mut().zip(found) {
            one.ranked = Some(found.ranked);
        }
        past
    };
    let (own, into) = (record.currency, priced.plan.currency);
    if !record.convert(into, &priced.fx).map_err(QuoteError::from)? {
        let rate = missing_rate(own, into);
        return unpriced(format!(
            "it is priced in {own}, and the plan in {into}: say what 1 {own} is in {into}: {rate}"
        ));
    }
    let discount = record.discount;
    let today = |deployment| {
        let pricing = Pricing {
            catalog: &priced.catalog,
            as_of: priced.as_of,
            discount,
            folder: &priced.folder,
            watch: &|| Box::new(environment.watch()),
        };
        let priced_today = reprice(deployment, &pricing);
        let mut today = priced_today.ok()?;
        let converted = today.convert(into, &priced.fx);
        converted.ok()?.then_some(today)
    };
    let past = record.deployments.iter();
    let past = past.filter_map(|one| Some((one.name.clone(), one.ranked.clone()?)));
    let past: HashMap<String, Vec<RankedWay>> = past.collect();
    let mut changes =
        changes(record, &priced.plan, &priced.settings, today).map_err(QuoteError::from)?;
    // The deployments of the plan come first, in their order.
    for (change, now) in changes
        .deployments
        .iter_mut()
        .zip(ranked.unwrap_or_default())
    {
        change.best = past.get(&change.name).and_then(|old| best_change(old, now));
    }
    Ok(Baseline {
        name: shown(),
        changes: Ok(changes),
    })
}
