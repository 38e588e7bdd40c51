//! `tollgate compare --trace` without a model: the best way of each model that a log names.

use chrono::NaiveDate;

use super::Args;
use super::args::Workload;
use super::{check_capacities, growth, of_model, plan, then};
use crate::billing::error::QuoteError;
use crate::billing::money::Currency;
use crate::billing::ptu::Fit;
use crate::catalog::{Catalog, Model};
use crate::cli::failure::Failure;
use crate::cli::global::Globals;
use crate::cli::growth::Growing;
use crate::cli::limit::max_cost_in;
use crate::cli::print::print;
use crate::cli::quote::bill::{no_call, one_currency, unknown_models};
use crate::cli::quote::{check_rates, exchanges, info};
use crate::cli::{Done, Environment};
use crate::compare::{self, ComparedLog, Comparison, Kind, Request, Row};
use crate::order::Names;
use crate::report::compare::{CompareReport, LogModel, LogReport};
use crate::report::quotes::PricedQuote;
use crate::report::traffic::{self, TrafficChart};
use crate::report::{Format, View};

/// Compares, and prints the best way of each model.
pub fn run(
    args: &Args,
    workload: Workload,
    (growing, then): (Option<&Growing>, Option<NaiveDate>),
    globals: &Globals,
    environment: &Environment,
    view: View,
) -> Result<Done, Failure> {
    let Workload::Trace(trace, fit) = workload else {
        return Err(Failure::usage(
            "missing `<MODEL>`",
            "`tollgate models` lists every model",
        ));
    };
    if let Some(path) = &args.write_plan {
        plan::refuse_file(path)?;
    }
    let region = globals.region()?;
    let catalog = Catalog::load(&globals.catalogs(environment))?;
    let map = args.names.map()?;
    let names = Names::of(&catalog, region, &map)?;
    let trace = trace.without_output(names.without_output());
    let as_of = globals.as_of(environment);
    let request = Request {
        models: catalog.models().iter().collect(),
        not_sold: Vec::new(),
        catalog: &catalog,
        mode: args.mode,
        specs: args.spec.clone(),
        capacities: args.replica_capacity.clone(),
        discount: globals.discount,
        funding: args.funding.order(),
        as_of,
        as_of_given: globals.given_as_of().is_some(),
        current: args.current(as_of)?,
        fine_tuned: args.is_fine_tuned(),
        savings_plans: !args.no_savings_plan,
        fit: Fit::Peak,
        rates: &globals.fx,
        currency: None,
    };
    let which = |name: Option<&str>| {
        let model = names.model(name?).ok()?;
        let mut models = request.models.iter();
        models.position(|known| std::ptr::eq(*known, model))
    };
    let mut watch = environment.watch();
    let compared = compare::compare_log(&request, &trace, fit, &which, &mut watch)?;
    let ComparedLog {
        models: found,
        unknown,
        whole,
        plan,
    } = compared;
    if let Some(failure) = unknown_models(&unknown, &names).filter(|_| !args.names.skips()) {
        return Err(failure);
    }
    let (mut comparisons, mut numbers) = (Vec::new(), Vec::new());
    let mut sold: Vec<&Model> = Vec::new();
    for one in found {
        let Some(model) = request.models.get(one.number).copied() else {
            continue;
        };
        let mut comparison = one.comparison.map_err(|error| of_model(error, model))?;
        if comparison.rows.is_empty() {
            return Err(unserved(model));
        }
        comparison.note_age(environment.today, as_of);
        sold.push(model);
        numbers.push(one.number);
        comparisons.push((one.names.into_iter().collect(), one.calls, comparison));
    }
    if comparisons.is_empty() {
        return Err(unknown_models(&unknown, &names).unwrap_or_else(no_call));
    }
    check_capacities(args, comparisons.iter().map(|(.., one)| one))?;
    check_rates(&catalog, &sold, globals)?;
    let best = comparisons.iter();
    let best =
        best.filter_map(|(.., one): &(_, _, Comparison)| Some(one.rows.first()?.quote.currency));
    let currency: Currency = one_currency(best, &globals.fx)?;
    // What follows is in the same currency.
    let request = Request {
        currency: Some(currency),
        ..request.clone()
    };
    let rates = exchanges(currency, globals)?;
    let max_cost = max_cost_in(currency, globals, &globals.fx)?;
    let sources = comparisons.iter().flat_map(|(.., one)| one.priced());
    let sources = sources.flat_map(|row| row.as_priced().sources());
    let too_old = globals.too_old(sources, environment.today);
    let each = numbers.iter().zip(&comparisons);
    let each: Vec<(usize, &Comparison)> = each.map(|(number, (.., one))| (*number, one)).collect();
    let log = (&trace, fit);
    let mut grown = match growing {
        Some(growing) => growth::months_of_log(&request, log, &which, growing, &each, environment)?,
        None => Vec::new(),
    }
    .into_iter();
    let mut then = match then {
        Some(day) => then::of_log(&request, log, &which, (day, &each), environment)?,
        None => Vec::new(),
    }
    .into_iter();
    let mut models = Vec::new();
    for ((names, calls, comparison), model) in comparisons.into_iter().zip(&sold) {
        let priced = |row: &Row| PricedQuote::of_row(row, &rates);
        let quotes = comparison.rows.iter().map(priced);
        let quotes = quotes.collect::<Result<Vec<_>, _>>()?;
        let unranked = comparison.unranked.iter().map(|one| priced(&one.row));
        let unranked = unranked.collect::<Result<Vec<_>, _>>()?;
        models.push(LogModel {
            names,
            calls,
            report: CompareReport {
                comparison,
                quotes,
                unranked,
                rates: rates.clone(),
                catalog: info(&catalog, &[*model], globals, environment),
                then: then.next(),
                growth: grown.next(),
                exceeded: false,
                top: args
                    .top
                    .map(|top| usize::try_from(top).unwrap_or(usize::MAX)),
                chart: None,
                svg: None,
            },
        });
    }
    let report = LogReport::new(
        models,
        (unknown, whole),
        plan,
        request.current.map_or(Kind::Standard, |now| now.kind),
        (currency, &rates),
        info(&catalog, &sold, globals, environment),
        max_cost,
    );
    let mut report = report.map_err(QuoteError::from)?;
    let above = args.above_best(&report)?;
    report.is_above = above.is_some();
    let drawn = TrafficChart::of_log(&report.whole);
    let svg = drawn.map(|chart| traffic::svg(&chart)).transpose()?;
    report.svg = svg.clone().filter(|_| globals.asks_for(Format::Html));
    let mut printed = print(&report, globals, view)?;
    if let (Some(path), Some(svg)) = (&args.chart_file, svg) {
        printed.files.push((path.clone(), svg));
    }
    let mut new_files = Vec::new();
    if let Some(path) = &args.write_plan {
        let field = report.whole.told.field.as_deref();
        let log = (&trace, field);
        let text = plan::text_of_log(path, &request, &report.models, log, globals, environment)?;
        new_files.push((path.clone(), text));
    }
    Ok(Done {
        stdout: printed.stdout,
        files: printed.files,
        new_files,
        exceeded: report
            .exceeded()
            .into_iter()
            .chain(above)
            .chain(too_old)
            .collect(),
        ..Done::output(String::new())
    })
}

fn unserved(model: &Model) -> Failure {
    Failure::Unmatched {
        message: format!(
            "`{}`: no option is known to serve its calls",
            model.code
        ),
        hint: "say what a replica serves with `--replica-capacity`, or leave the model out with `--where`"
            .to_owned(),
    }
}
