//! `tollgate check`: a plan file, priced and held against its budgets and a baseline.

mod baseline;
mod cheapest;
mod init;
mod keys;
mod read;

use std::path::{Path, PathBuf};

use clap::Args as ClapArgs;

use super::failure::Failure;
use super::files::Files;
use super::global::Globals;
use super::limit::max_cost_in;
use super::print::{of_file, outputs, print_with};
use super::quote::info;
use super::{Done, Environment};
use crate::billing::error::QuoteError;
use crate::billing::money::Money;
use crate::catalog::{is_printable, printable};
use crate::plan::{breaches, missed};
use crate::report::check::{Baseline, BreachLine, CheckReport, render, unpriced};
use crate::report::quotes::Converted;
use crate::report::render::said;
use crate::report::{CatalogInfo, Format, View};
pub use keys::help as keys_of_plans;
use read::PlanFile;

/// The plan that is read where none is named.
const PLAN: &str = "tollgate.toml";

/// Arguments of `check`.
#[derive(Debug, ClapArgs)]
#[command(after_long_help = "\
Examples:
  tollgate check --init
  tollgate check --details
  tollgate check tollgate.toml --baseline main.toml --format markdown
  tollgate check --json > cost.json && tollgate check --baseline cost.json")]
pub struct Args {
    /// The plan [default: tollgate.toml]
    plan: Option<PathBuf>,

    /// Compare with another plan, or with JSON of `check`
    #[arg(
        long,
        long_help = "Compare with another plan, or with JSON that `check` wrote before",
        value_name = "FILE"
    )]
    baseline: Option<PathBuf>,

    /// What the baseline is called, such as `main`
    #[arg(long, long_help = "What the baseline is called, such as `main`, in place of its file", value_name = "NAME", requires = "baseline", value_parser = name)]
    baseline_name: Option<String>,

    /// Show the cheapest method for each deployment
    #[arg(
        long,
        long_help = "Show the cheapest method for each deployment with a workload"
    )]
    cheapest: bool,

    /// Exit with 0 where a budget is exceeded
    #[arg(long, long_help = "Report budgets that are exceeded, and exit with 0")]
    warn_only: bool,

    /// Write a plan to start from
    #[arg(long, long_help = "Write a plan to start from, and nothing over a file that exists", conflicts_with_all = ["baseline", "baseline_name", "cheapest", "warn_only", "details", "output"])]
    init: bool,
}

/// A name for the baseline: printed as it is.
fn name(text: &str) -> Result<String, String> {
    let short = text.chars().count() <= 128 && !text.trim().is_empty();
    match short && text.chars().all(is_printable) {
        true => Ok(text.to_owned()),
        false => Err("must be 1 to 128 printable characters".to_owned()),
    }
}

impl Args {
    fn plan(&self) -> PathBuf {
        self.plan.clone().unwrap_or_else(|| PathBuf::from(PLAN))
    }

    /// The files that the command reads and writes, apart from the catalog. A baseline may also be an
    /// output, as it is read first.
    pub fn files(&self) -> Files {
        Files::default().reads("the plan", [self.plan()])
    }
}

/// Checks the plan, and prints what it found.
pub fn run(
    args: &Args,
    globals: &Globals,
    environment: &Environment,
    view: View,
) -> Result<Done, Failure> {
    let path = args.plan();
    if args.init {
        return Ok(init::run(path));
    }
    let format = view.format;
    let outputs = outputs(globals)?;
    let mut formats = outputs.iter().map(|(_, format)| *format).chain([format]);
    if args.cheapest && !formats.any(Format::shows_everything) {
        return Err(Failure::usage(
            format!(
                "`--cheapest` changes nothing in `--format {}`",
                format.name()
            ),
            "leave it out, or use `--format table`, `json`, `markdown` or `html`, or `--output` with such a file",
        ));
    }
    let report = report(args, &path, globals, environment).map_err(|failure| match failure {
        Failure::Written(failure, files) => {
            Failure::Written(Box::new(failure.in_format(format)), files)
        }
        failure => {
            let files = comments(&failure, &path, &outputs, view);
            Failure::Written(Box::new(failure.in_format(format)), files)
        }
    })?;
    let deployments = &report.priced.deployments;
    let parts = deployments.iter().flat_map(|one| &one.parts);
    let sources = parts.flat_map(|part| part.quote.sources());
    let too_old = globals.too_old(sources, report.catalog.today);
    let printed = print_with(&outputs, view, |view| render(&report, view))?;
    let warnings = report
        .baseline
        .iter()
        .filter_map(Baseline::warning)
        .collect();
    Ok(Done {
        stdout: printed.stdout,
        files: printed.files,
        new_files: Vec::new(),
        exceeded: report
            .breaches
            .into_iter()
            .map(|line| line.message)
            .chain(too_old)
            .collect(),
        warnings,
        warn_only: args.warn_only,
    })
}

/// The files that say that a plan cannot be priced, in the formats that have a place for it. A wrong
/// command line writes none.
fn comments(
    failure: &Failure,
    plan: &Path,
    outputs: &[(PathBuf, Format)],
    view: View,
) -> Vec<(PathBuf, String)> {
    if failure.code() != 1 {
        return Vec::new();
    }
    let name = printable(&plan.to_string_lossy());
    let document = unpriced(&name, failure.sentences());
    let files = outputs.iter();
    let files = files.filter_map(|(path, format)| {
        let text = said(&document, of_file(*format, view))?;
        Some((path.clone(), text))
    });
    files.collect()
}

fn report(
    args: &Args,
    path: &Path,
    globals: &Globals,
    environment: &Environment,
) -> Result<CheckReport, Failure> {
    let file = PlanFile::read(path)?;
    let mut priced = file.priced(globals, environment)?;
    let as_of = priced.as_of.date;
    let deployments = priced.plan.deployments.iter_mut();
    for part in deployments.flat_map(|one| &mut one.parts) {
        part.quote.note_age(environment.today, as_of);
    }
    let priced = priced;
    priced.refuse_overwriting(globals)?;
    let found = args.cheapest.then(|| cheapest::all(&priced, environment));
    let found = found.transpose()?;
    let (cheapest, ranked) = match found {
        Some(found) => {
            let found = found.into_iter().map(|one| (one.cheapest, one.ranked));
            let (cheapest, ranked): (Vec<_>, Vec<_>) = found.unzip();
            (Some(cheapest), Some(ranked))
        }
        None => (None, None),
    };
    let baseline = args
        .baseline
        .as_deref()
        .map(|path| {
            baseline::compare(
                path,
                args.baseline_name.as_deref(),
                (&priced, ranked.as_deref()),
                globals,
                environment,
            )
        })
        .transpose()
        // Nothing is wrong with the plan, so no file says so.
        .map_err(|failure| Failure::Written(Box::new(failure), Vec::new()))?;
    let changes = baseline.as_ref().and_then(Baseline::known);
    let max_cost = max_cost_in(priced.plan.currency, globals, &priced.fx)?;
    let breaches = breaches(&priced.plan, changes, max_cost)
        .map_err(QuoteError::from)?
        .into_iter()
        .map(|breach| BreachLine {
            message: breach.message(&priced.plan, priced.days),
            place: breach.at.map(|at| file.place(at)),
            breach,
        })
        .collect();
    let missed = missed(&priced.plan.deployments, &priced.folder, &|| {
        Box::new(environment.watch())
    });
    let mut converted = Vec::new();
    for fx in priced.rates.iter() {
        let held = priced.plan.held_in(fx).map_err(QuoteError::from)?;
        let at_rate = Converted::new(*fx, held.value).map_err(QuoteError::from)?;
        let total = Money {
            amount: held.value,
            currency: fx.to.currency,
        };
        converted.push(Converted {
            total,
            exact: held.exact,
            ..at_rate
        });
    }
    let deployments = priced.plan.deployments.iter();
    let models = deployments.map(|one| {
        let region = one.deployment.region.as_deref();
        priced.catalog.model_in(&one.model, region)
    });
    let models = models.collect::<Result<Vec<_>, _>>()?;
    let mut catalog: CatalogInfo = info(&priced.catalog, &models, globals, environment);
    catalog.as_of = priced.as_of.date;
    Ok(CheckReport {
        places: priced
            .plan
            .deployments
            .iter()
            .map(|one| file.place(one.deployment.at))
            .collect(),
        file: file.name,
        days: priced.days,
        discount: priced.discount,
        budget: priced.plan.budget,
        priced: priced.plan,
        breaches,
        baseline,
        cheapest,
        ranked,
        missed,
        converted,
        catalog,
        warn_only: args.warn_only,
    })
}
