//! The cheapest way to serve each deployment of a plan.

use super::read::PricedFile;
use crate::billing::error::QuoteError;
use crate::billing::exact;
use crate::billing::quote::{Parameters, Rate};
use crate::billing::spec::Spec;
use crate::cli::failure::Failure;
use crate::compare::{self, Caveat, Request, Row};
use crate::plan::{Deployment, Priced};
use crate::report::check::Cheapest;

/// One for each deployment, in their order.
pub fn all(file: &PricedFile) -> Result<Vec<Cheapest>, Failure> {
    let deployments = file.plan.deployments.iter();
    deployments.map(|priced| one(file, priced)).collect()
}

fn one(file: &PricedFile, priced: &Priced) -> Result<Cheapest, Failure> {
    let deployment = &priced.deployment;
    let Some(workload) = deployment.served else {
        return Ok(Cheapest::Not("no workload for the period".to_owned()));
    };
    let model = file.catalog.model(&priced.model)?;
    let request = Request {
        catalog: &file.catalog,
        models: vec![model],
        mode: deployment.mode(),
        specs: Vec::new(),
        capacities: deployment.capacities.clone(),
        discount: file.discount,
        funding: deployment
            .funding()
            .and_then(|funding| funding.funding(file.as_of)),
        as_of: file.as_of,
        current: None,
    };
    let comparison = match compare::compare(&request, &workload) {
        Ok(comparison) => comparison,
        Err(error) => return Ok(Cheapest::Not(first_line(&error.to_string()))),
    };
    if let Some(spec) = unknown_capacity(deployment, &comparison.rows) {
        return Ok(Cheapest::Not(format!(
            "no option has `{spec}` of `replica_capacity`"
        )));
    }
    let Some(row) = comparison.rows.iter().find(|row| equivalent(row, priced)) else {
        return Ok(Cheapest::Not(
            "no equivalent option can be priced".to_owned(),
        ));
    };
    let count = rust_decimal::Decimal::from(deployment.count);
    let total = exact::mul(row.quote.total, count).map_err(QuoteError::from)?;
    let saves = exact::sub(priced.held(), total).map_err(QuoteError::from)?;
    if saves <= rust_decimal::Decimal::ZERO {
        return Ok(Cheapest::Own);
    }
    Ok(Cheapest::Other {
        option: row.kind.name(),
        spec: match row.quote.parameters {
            Parameters::Mu { spec, .. } => Some(spec.to_string()),
            _ => None,
        },
        total: file.plan.money(total),
        saves: file.plan.money(saves),
    })
}

/// Whether an option does the same: prices of fine-tuned models are for no other model, and how
/// many replicas are needed has to be known.
fn equivalent(row: &Row, priced: &Priced) -> bool {
    let fine_tuned = row.kind == compare::Kind::FineTuned
        && priced.parts.iter().any(|part| {
            let rate = Rate::FineTuned;
            matches!(part.quote.parameters, Parameters::Tokens { rate: own, .. } if own == rate)
        });
    row.caveats.iter().all(|caveat| match caveat {
        Caveat::OneReplicaAssumed => false,
        Caveat::FineTunedOnly => fine_tuned,
        _ => true,
    })
}

fn unknown_capacity(deployment: &Deployment, rows: &[Row]) -> Option<Spec> {
    let has = |spec: Spec| {
        rows.iter().any(|row| {
            matches!(row.quote.parameters, Parameters::Mu { spec: known, .. } if known == spec)
        })
    };
    let mut capacities = deployment.capacities.iter();
    capacities
        .find(|capacity| !has(capacity.spec))
        .map(|capacity| capacity.spec)
}

fn first_line(text: &str) -> String {
    text.lines().next().unwrap_or_default().to_owned()
}
