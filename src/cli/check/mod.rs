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
use super::quote::info;
use super::{Done, Environment};
use crate::billing::error::QuoteError;
use crate::billing::money::Money;
use crate::plan::breaches;
use crate::report::check::{BreachLine, CheckFormat, CheckReport, render};
use crate::report::quotes::Converted;
use crate::report::{CatalogInfo, Style};
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

    /// Show every line item
    #[arg(long)]
    details: bool,

    /// Show the cheapest method for each deployment
    #[arg(
        long,
        long_help = "Show the cheapest method for each deployment with a workload"
    )]
    cheapest: bool,

    /// Exit with 0 where a budget is exceeded
    #[arg(long, long_help = "Report budgets that are exceeded, and exit with 0")]
    warn_only: bool,

    /// Also write a file in the format of its ending
    #[arg(
        long,
        long_help = "Also write a file in the format of its ending: `.md`, `.json`, `.csv`, `.focus.csv` or `.txt`; may be repeated",
        value_name = "FILE"
    )]
    output: Vec<PathBuf>,

    /// Write a plan to start from
    #[arg(long, long_help = "Write a plan to start from, and nothing over a file that exists", conflicts_with_all = ["baseline", "details", "cheapest", "warn_only", "output"])]
    init: bool,
}

impl Args {
    fn plan(&self) -> PathBuf {
        self.plan.clone().unwrap_or_else(|| PathBuf::from(PLAN))
    }

    /// What it reads and writes, apart from the catalog. A baseline may be brought up to date: it is
    /// read first.
    pub fn files(&self) -> Files {
        Files::default()
            .reads("the plan", [self.plan()])
            .writes("--output", &self.output)
    }
}

/// Checks the plan, and prints what it found.
pub fn run(
    args: &Args,
    globals: &Globals,
    environment: &Environment,
    style: Style,
) -> Result<Done, Failure> {
    let path = args.plan();
    if args.init {
        return Ok(init::run(path));
    }
    let format = globals.check_format();
    let outputs: Vec<(PathBuf, CheckFormat)> = args
        .output
        .iter()
        .map(|path| Ok((path.clone(), format_of(path)?)))
        .collect::<Result<_, Failure>>()?;
    let mut formats = outputs.iter().map(|(_, format)| *format).chain([format]);
    if args.cheapest && !formats.any(CheckFormat::shows_cheapest) {
        return Err(Failure::usage(
            format!(
                "`--cheapest` changes nothing in `--format {}`",
                format.name()
            ),
            "leave it out, or use `--format table`, `json` or `markdown`, or `--output` with such a file",
        ));
    }
    let report =
        report(args, &path, globals, environment).map_err(|failure| failure.in_format(format))?;
    let mut files = Vec::new();
    for (path, format) in outputs {
        files.push((path, render(&report, format, Style::PLAIN)?));
    }
    let deployments = &report.priced.deployments;
    let parts = deployments.iter().flat_map(|one| &one.parts);
    let sources = parts.flat_map(|part| part.quote.sources());
    let too_old = globals.too_old(sources, report.catalog.today);
    Ok(Done {
        stdout: render(&report, format, style)?,
        files,
        new_files: Vec::new(),
        exceeded: report
            .breaches
            .into_iter()
            .map(|line| line.message)
            .chain(too_old)
            .collect(),
        warn_only: args.warn_only,
    })
}

fn report(
    args: &Args,
    path: &Path,
    globals: &Globals,
    environment: &Environment,
) -> Result<CheckReport, Failure> {
    let file = PlanFile::read(path)?;
    let mut priced = file.priced(globals, environment)?;
    let as_of = priced.as_of;
    let deployments = priced.plan.deployments.iter_mut();
    for part in deployments.flat_map(|one| &mut one.parts) {
        part.quote.note_age(environment.today, as_of);
    }
    let priced = priced;
    priced.refuse_overwriting(&args.output)?;
    let baseline = args
        .baseline
        .as_deref()
        .map(|path| baseline::compare(path, &priced, &args.output, globals, environment))
        .transpose()?;
    let cheapest = args.cheapest.then(|| cheapest::all(&priced)).transpose()?;
    let changes = baseline.as_ref().map(|baseline| &baseline.changes);
    let breaches = breaches(&priced.budget, &priced.plan, changes, globals.max_cost)
        .map_err(QuoteError::from)?
        .into_iter()
        .map(|breach| BreachLine {
            message: breach.message(&priced.plan, priced.days),
            place: breach.at.map(|at| file.place(at)),
            breach,
        })
        .collect();
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
    let mut catalog: CatalogInfo = info(&priced.catalog, None, globals, environment);
    catalog.as_of = priced.as_of;
    let used = |model: &String| {
        priced
            .plan
            .deployments
            .iter()
            .any(|one| one.model == *model)
    };
    catalog.changes.retain(|change| used(&change.model));
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
        budget: priced.budget,
        priced: priced.plan,
        breaches,
        baseline,
        cheapest,
        converted,
        catalog,
        details: args.details,
        warn_only: args.warn_only,
    })
}

/// The format that the ending of a file asks for.
fn format_of(path: &Path) -> Result<CheckFormat, Failure> {
    let name = path.to_string_lossy().to_ascii_lowercase();
    let endings = [
        (".focus.csv", CheckFormat::Focus),
        (".csv", CheckFormat::Csv),
        (".json", CheckFormat::Json),
        (".md", CheckFormat::Markdown),
        (".txt", CheckFormat::Table),
    ];
    let found = endings
        .into_iter()
        .find(|(ending, _)| name.ends_with(ending));
    found.map(|(_, format)| format).ok_or_else(|| {
        Failure::usage(
            format!(
                "the ending of `{}` names no format",
                crate::catalog::printable(&path.to_string_lossy())
            ),
            "end it in `.md`, `.json`, `.csv`, `.focus.csv` or `.txt`",
        )
    })
}
