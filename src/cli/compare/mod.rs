//! `tollgate compare`: one workload under every billing method.

mod args;
mod chart;
mod current;
mod growth;
mod log;
mod plan;
mod then;

use std::iter;
use std::path::Path;

use super::failure::Failure;
use super::global::{Globals, Regions};
use super::print::print;
use super::quote::{check_rates, exchanges, info};
use super::usage::EACH_FILE;
use super::{Done, Environment};
use crate::billing::quote::Parameters;
use crate::billing::spec::Spec;
use crate::catalog::{Catalog, LookupError, Model, printable};
use crate::compare::{self, CompareError, Comparison, NotSoldIn, Request, Row, TraceError};
use crate::report::compare::{CompareReport, chart as terminal, svg};
use crate::report::quotes::PricedQuote;
use crate::report::traffic;
use crate::report::{Format, View};
pub use args::Args;
use args::Workload;

/// Compares, and prints the ranking.
pub fn run(
    args: &Args,
    globals: &Globals,
    environment: &Environment,
    view: View,
) -> Result<Done, Failure> {
    let workload = args.workload(globals.asks_for(Format::Html), globals.as_of(environment))?;
    let growing = args.growth.growing()?;
    let workload = match &growing {
        Some(growing) => growth::first(workload, growing, globals)?,
        None => workload,
    };
    args.check_chart(globals)?;
    if let Some(path) = &args.write_plan {
        plan::refuse(path, &workload)?;
    }
    let then = globals.as_of_then();
    if then.is_some() {
        then::refuse(&workload)?;
    }
    if args.models.is_empty() {
        let days = (growing.as_ref(), then);
        return log::run(args, workload, days, globals, environment, view);
    }
    args.check_current()?;
    args.names.refuse(
        "is for a log of several models, and models are named for all of its calls",
        "leave one of them out",
    )?;
    let catalogs = globals.catalogs(environment);
    let regions = globals.regions();
    let catalog = match (args.models.as_slice(), &regions) {
        // A plan names models beside all others.
        _ if args.write_plan.is_some() => Catalog::load(&catalogs)?,
        ([only], Regions::First) => Catalog::load_for(only, None, &catalogs)?,
        ([only], Regions::These(ids)) if ids.len() == 1 => {
            Catalog::load_for(only, ids.first().copied(), &catalogs)?
        }
        _ => Catalog::load(&catalogs)?,
    };
    let (models, not_sold) = models(&catalog, args, &regions)?;
    let request = Request {
        models,
        not_sold,
        catalog: &catalog,
        mode: args.mode,
        specs: args.spec.clone(),
        capacities: args.replica_capacity.clone(),
        discount: globals.discount,
        funding: args.funding.order(),
        as_of: globals.as_of(environment),
        as_of_given: globals.given_as_of().is_some() || workload.is_load(),
        current: args.current(globals.as_of(environment))?,
        fine_tuned: args.is_fine_tuned(),
        savings_plans: !args.no_savings_plan,
        fit: args.fit_of_rate()?,
        rates: &globals.fx,
        currency: None,
    };
    check_rates(&catalog, &request.models, globals)?;
    for model in &request.models {
        let paid = catalog.provider(model)?.currency;
        request.funding.check_currency(paid)?;
    }
    let mut comparison = compared(&request, &workload, environment)?;
    check_capacities(args, iter::once(&comparison))?;
    let rates = match comparison.priced().next() {
        Some(first) => exchanges(first.quote.currency, globals)?,
        None => Vec::new(),
    };
    args.check_limits(&comparison, globals)?;
    let mut exceeded = args.exceeded(&comparison, globals)?;
    let sources = comparison
        .priced()
        .flat_map(|row| row.as_priced().sources());
    exceeded.extend(globals.too_old(sources, environment.today));
    comparison.note_age(environment.today, globals.as_of(environment));
    let new_files = match &args.write_plan {
        Some(path) => {
            let found = (&request, &comparison);
            let text = plan::text(path, found, &workload, globals, environment)?;
            vec![(path.clone(), text)]
        }
        None => Vec::new(),
    };
    let is_page = globals.asks_for(Format::Html);
    let drawn = args.chart || args.chart_file.is_some() || is_page;
    let chart = match &workload {
        Workload::Steady(workload) if drawn => {
            Some(chart::chart_data(&request, workload, &comparison)?)
        }
        _ => None,
    };
    let svg = match &chart {
        Some(data) => Some(svg(data)?),
        None => chart::traffic(&comparison)
            .map(|chart| traffic::svg(&chart))
            .transpose()?,
    };
    let shown = chart
        .as_ref()
        .filter(|data| args.chart && !data.curves.is_empty());
    let shown = shown.map(|data| terminal::render(data, view.width));
    let priced = |row: &Row| PricedQuote::of_row(row, &rates);
    let quotes = comparison.rows.iter().map(priced);
    let quotes = quotes.collect::<Result<Vec<_>, _>>()?;
    let unranked = comparison.unranked.iter().map(|one| priced(&one.row));
    let unranked = unranked.collect::<Result<Vec<_>, _>>()?;
    let catalog_info = info(&catalog, &request.models, globals, environment);
    let then = then.map(|day| then::then(&request, &workload, (day, &comparison), environment));
    let growth = match &growing {
        Some(growing) => growth::months(&request, &workload, growing, &comparison, environment)?,
        None => None,
    };
    let report = CompareReport {
        growth,
        then: then.transpose()?,
        comparison,
        quotes,
        unranked,
        rates,
        catalog: catalog_info,
        exceeded: !exceeded.is_empty(),
        top: args
            .top
            .map(|top| usize::try_from(top).unwrap_or(usize::MAX)),
        chart: shown,
        svg: svg.clone().filter(|_| is_page),
    };
    if view.format == Format::Total && report.comparison.rows.is_empty() {
        return Err(Failure::Unmatched {
            message: "no option is known to serve this workload, so there is no total".to_owned(),
            hint:
                "say what a replica serves with `--replica-capacity`, or leave `--format total` out"
                    .to_owned(),
        });
    }
    let mut printed = print(&report, globals, view)?;
    if let (Some(path), Some(svg)) = (&args.chart_file, svg) {
        printed.files.push((path.clone(), svg));
    }
    Ok(Done {
        stdout: printed.stdout,
        files: printed.files,
        new_files,
        exceeded,
        ..Done::output(String::new())
    })
}

/// The comparison of a rate, or of a trace.
fn compared(
    request: &Request,
    workload: &Workload,
    environment: &Environment,
) -> Result<Comparison, Failure> {
    let compared = match workload {
        Workload::Steady(workload) => compare::compare(request, workload),
        Workload::Trace(trace, fit) => {
            match compare::compare_trace(request, trace, *fit, &mut environment.watch()) {
                Err(TraceError::Compare(error)) => Err(error),
                compared => return Ok(compared?),
            }
        }
    };
    compared.map_err(failed)
}

/// The failure of a comparison: a term or an overlap that cannot be is a slip in a flag.
fn failed(error: CompareError) -> Failure {
    match (&error, error.hint()) {
        (
            CompareError::EndsBeyondTerm { .. } | CompareError::OverlapBeyondTerm { .. },
            Some(hint),
        ) => Failure::usage(error.to_string(), hint),
        _ => error.into(),
    }
}

/// The failure of one model of the log.
fn of_model(error: TraceError, model: &Model) -> Failure {
    Failure::from(error).of(&format!("`{}`", model.code))
}

/// Refuses a capacity of a specification that no option has: a slip in its name would leave the
/// assumption of one replica in place.
fn check_capacities<'a>(
    args: &Args,
    comparisons: impl Iterator<Item = &'a Comparison>,
) -> Result<(), Failure> {
    let rows: Vec<&Row> = comparisons.flat_map(Comparison::priced).collect();
    let has = |spec: Spec| {
        rows.iter().any(|row| {
            matches!(row.quote.parameters, Parameters::Mu { spec: known, .. } if known == spec)
        })
    };
    match args
        .replica_capacity
        .iter()
        .find(|capacity| !has(capacity.spec))
    {
        None => Ok(()),
        Some(capacity) => Err(Failure::usage(
            format!(
                "`--replica-capacity` is for `{}`, which no option has",
                capacity.spec
            ),
            "name a specification of the models that are compared",
        )),
    }
}

/// The models that are named, without repetitions, each in the regions that are asked for; and where one of them
/// is not sold.
fn models<'a>(
    catalog: &'a Catalog,
    args: &Args,
    regions: &Regions<'_>,
) -> Result<(Vec<&'a Model>, Vec<NotSoldIn>), Failure> {
    let mut models: Vec<&Model> = Vec::new();
    let mut not_sold = Vec::new();
    for code in &args.models {
        let (found, missing) = in_regions(catalog, code, regions).map_err(|error| {
            // As a shell writes out `--trace *.csv`.
            match args.has_trace() && Path::new(code).is_file() {
                true => Failure::usage(
                    format!("`{}` is a file, where a model is expected", printable(code)),
                    EACH_FILE,
                ),
                false => error.into(),
            }
        })?;
        let is_known = |model: &&Model| models.iter().any(|known| known.code == model.code);
        if let Some(model) = found.first().filter(|model| is_known(model)) {
            return Err(Failure::usage(
                format!("the model `{}` is named twice", model.code),
                "name each model once",
            ));
        }
        models.extend(found);
        not_sold.extend(missing);
    }
    Ok((models, not_sold))
}

/// A model in each of the regions, at least in one, and those in which it is not sold.
fn in_regions<'a>(
    catalog: &'a Catalog,
    code: &str,
    regions: &Regions<'_>,
) -> Result<(Vec<&'a Model>, Vec<NotSoldIn>), LookupError> {
    let ids: Vec<&str> = match regions {
        Regions::First => return Ok((vec![catalog.model(code)?], Vec::new())),
        Regions::These(ids) => ids.clone(),
        Regions::All => {
            let all = catalog.in_regions(code)?;
            let first = all.first().and_then(|model| catalog.provider(model).ok());
            let regions = first.iter().flat_map(|provider| &provider.regions);
            regions.map(|region| region.id.as_str()).collect()
        }
    };
    let mut found: Vec<&Model> = Vec::new();
    let mut errors = Vec::new();
    for id in ids {
        match catalog.model_in(code, Some(id)) {
            Ok(model) => found.push(model),
            Err(error @ LookupError::OtherRegion { .. }) => errors.push(error),
            Err(error) => return Err(error),
        }
    }
    let provider = found.first().map(|model| &model.provider);
    let mut not_sold = Vec::new();
    for error in errors {
        match (provider, error) {
            (
                Some(provider),
                LookupError::OtherRegion {
                    model,
                    region,
                    missing,
                    ..
                },
            ) => {
                not_sold.push(NotSoldIn {
                    provider: provider.clone(),
                    model,
                    region,
                    is_missing: missing.is_some(),
                });
            }
            (_, error) => return Err(error),
        }
    }
    Ok((found, not_sold))
}
