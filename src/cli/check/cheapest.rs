//! The cheapest way to serve each deployment of a plan.

use super::read::PricedFile;
use crate::billing::error::QuoteError;
use crate::billing::exact;
use crate::billing::note::Note;
use crate::billing::number::counted;
use crate::billing::ptu::Fit;
use crate::billing::quote::{Parameters, Rate};
use crate::billing::spec::Spec;
use crate::cli::Environment;
use crate::cli::failure::Failure;
use crate::compare::{self, Comparison, Request, Row, TraceError};
use crate::order::TraceFit;
use crate::plan::{Deployment, Priced, RankedWay};
use crate::report::check::Cheapest;

/// The cheapest way to serve a deployment, and all that are known to serve it.
pub struct Found {
    /// What is said of the cheapest.
    pub cheapest: Cheapest,
    /// The ways, the cheapest first; none where they are not compared.
    pub ranked: Vec<RankedWay>,
}

/// One for each deployment, in their order.
pub fn all(file: &PricedFile, environment: &Environment) -> Result<Vec<Found>, Failure> {
    let deployments = file.plan.deployments.iter();
    let found = deployments.map(|priced| {
        let mut ranked = Vec::new();
        let cheapest = one(file, priced, environment, &mut ranked)?;
        Ok(Found { cheapest, ranked })
    });
    found.collect()
}

fn one(
    file: &PricedFile,
    priced: &Priced,
    environment: &Environment,
    ranked: &mut Vec<RankedWay>,
) -> Result<Cheapest, Failure> {
    let deployment = &priced.deployment;
    let region = deployment.region.as_deref();
    let model = file.catalog.model_in(&priced.model, region)?;
    let request = Request {
        catalog: &file.catalog,
        models: vec![model],
        not_sold: Vec::new(),
        mode: deployment.mode(),
        specs: Vec::new(),
        capacities: deployment.capacities.clone(),
        discount: file.discount,
        funding: deployment.funding().cloned().unwrap_or_default(),
        as_of: file.as_of.date,
        // Only a log has days of its own.
        as_of_given: file.as_of.given
            || deployment
                .log
                .as_ref()
                .is_none_or(|log| log.calls.is_load()),
        current: None,
        fine_tuned: is_fine_tuned(priced),
        // A commitment is made for all deployments of an account, and not by one of a plan.
        savings_plans: false,
        fit: Fit::Peak,
        rates: &[],
        currency: None,
    };
    let compared = match (&deployment.log, &deployment.served) {
        (Some(log), _) => {
            let trace = log.calls.order(&file.folder, file.as_of.date)?;
            let watch = &mut environment.watch();
            match compare::compare_trace(&request, &trace, TraceFit::Peak, watch) {
                Err(TraceError::Compare(error)) => Err(error),
                compared => Ok(compared?),
            }
        }
        (None, Some(workload)) => compare::rank(&request, workload),
        (None, None) => return Ok(Cheapest::Not("no workload for the period".to_owned())),
    };
    let mut comparison = match compared {
        Ok(comparison) => comparison,
        Err(error) => return Ok(Cheapest::Not(first_line(&error.to_string()))),
    };
    if let Some(spec) = unknown_capacity(deployment, &comparison) {
        return Ok(Cheapest::Not(format!(
            "no option has `{spec}` of `replica_capacity`"
        )));
    }
    comparison.note_age(environment.today, file.as_of.date);
    let rows = comparison.rows.iter();
    ranked
        .extend(rows.map(|row| RankedWay::new(row.kind.name(), told_apart(row), row.as_priced())));
    let Some(row) = comparison.rows.first() else {
        return Ok(Cheapest::Not("no option is known to serve it".to_owned()));
    };
    let count = rust_decimal::Decimal::from(deployment.count);
    let total = exact::mul(row.quote.total, count).map_err(QuoteError::from)?;
    let total = priced.converted(total).map_err(QuoteError::from)?;
    let saves = exact::sub(priced.held(), total).map_err(QuoteError::from)?;
    if saves <= rust_decimal::Decimal::ZERO {
        // An option that does not serve the model is never the cheapest.
        return Ok(match own_doubt(priced, &comparison) {
            None => Cheapest::Own,
            Some(doubt) => Cheapest::Not(format!(
                "{doubt}; of what is, {} is the cheapest at {}",
                row.kind.name(),
                file.plan.money(total)
            )),
        });
    }
    Ok(Cheapest::Other {
        option: row.kind.name(),
        spec: spec(row),
        left: row.quote.notes.iter().find_map(Note::left_page),
        total: file.plan.money(total),
        saves: file.plan.money(saves),
    })
}

/// The specification as one tells it from the others of its option.
fn told_apart(row: &Row) -> Option<String> {
    let apart = matches!(
        row.quote.parameters,
        Parameters::Mu {
            pd_separated: true,
            ..
        }
    );
    spec(row).map(|spec| match apart {
        true => format!("{spec} PD-separated"),
        false => spec,
    })
}

fn spec(row: &Row) -> Option<String> {
    match &row.quote.parameters {
        Parameters::Mu { spec, .. } => Some(spec.to_string()),
        Parameters::Ptu { spec, .. } => spec.clone(),
        Parameters::Tokens { .. } => None,
    }
}

/// Why the replicas of a deployment are not known to serve its workload.
fn own_doubt(priced: &Priced, comparison: &Comparison) -> Option<String> {
    let own = priced
        .parts
        .iter()
        .filter_map(|part| match part.quote.parameters {
            Parameters::Mu {
                spec,
                replicas,
                pd_separated,
                ..
            } => Some((replicas, spec, pd_separated)),
            _ => None,
        });
    let (replicas, spec, pd_separated) = own.max_by_key(|(replicas, ..)| *replicas)?;
    let needed = comparison
        .rows
        .iter()
        .find_map(|row| match row.quote.parameters {
            Parameters::Mu {
                spec: known,
                replicas,
                pd_separated: pd,
                ..
            } if (known, pd) == (spec, pd_separated) => Some(replicas),
            _ => None,
        });
    let own = counted(replicas, "replica");
    match needed {
        Some(needed) if needed <= replicas => None,
        Some(needed) => Some(format!(
            "its {own} of {spec} {} not known to serve the workload, {needed} are",
            if replicas == 1 { "is" } else { "are" }
        )),
        None => Some(format!(
            "its {own} of {spec} {} not known to serve the workload, as `replica_capacity` does not say what one serves",
            if replicas == 1 { "is" } else { "are" }
        )),
    }
}

/// Whether it serves a model that is fine-tuned from the one it names.
fn is_fine_tuned(priced: &Priced) -> bool {
    priced.parts.iter().any(|part| {
        matches!(
            part.quote.parameters,
            Parameters::Tokens {
                rate: Rate::FineTuned,
                ..
            }
        )
    })
}

fn unknown_capacity(deployment: &Deployment, comparison: &Comparison) -> Option<Spec> {
    let has = |spec: Spec| {
        comparison.priced().any(|row| {
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
