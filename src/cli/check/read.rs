//! Reading a plan file, and pricing what it holds.

use std::path::{Path, PathBuf};

use crate::billing::fx::{Exchange, Fx};
use crate::billing::quote::Percent;
use crate::catalog::{Catalog, CatalogError, read_regular_up_to};
use crate::cli::Environment;
use crate::cli::failure::Failure;
use crate::cli::files::Files;
use crate::cli::global::Globals;
use crate::order::{AsOf, Say, TracedFrom, exchanges};
use crate::plan::{Lines, Located, Plan, PricedPlan, Pricing, Problem, Rates, price};

/// The largest plan, and the largest JSON of an earlier check.
const MAX_BYTES: u64 = 64 * 1024 * 1024;

/// A plan file as it was read.
pub struct PlanFile {
    /// Its path, as it is shown.
    pub name: String,
    folder: PathBuf,
    is_baseline: bool,
    text: String,
    lines: Lines,
}

/// A plan with its costs, and what they were computed with.
pub struct PricedFile {
    pub plan: PricedPlan,
    pub days: u64,
    pub discount: Option<Percent>,
    /// The rates of exchange as they were stated, and from the plan's currency.
    pub fx: Vec<Fx>,
    pub rates: Vec<Exchange>,
    pub catalog: Catalog,
    /// The catalog files that it names itself.
    pub catalogs: Vec<PathBuf>,
    pub as_of: AsOf,
    /// The folder in which it is, and so are the logs that it names.
    pub folder: PathBuf,
    pub settings: Vec<(&'static str, String)>,
}

impl PricedFile {
    /// Refuses to write over the catalog files and the logs that it names.
    pub fn refuse_overwriting(&self, globals: &Globals) -> Result<(), Failure> {
        let logs = self.plan.deployments.iter().filter_map(|one| {
            let log = one.deployment.log.as_ref()?;
            match log.calls.order(&self.folder, self.as_of.date).ok()?.from {
                TracedFrom::Files { files, .. } => Some(files),
                TracedFrom::Load(_) => None,
            }
        });
        let logs: Vec<PathBuf> = logs.flatten().collect();
        Files::default()
            .reads("a catalog", &self.catalogs)
            .reads_trace(&logs)
            .writes("--output", globals.outputs())
            .refuse_overwriting()
    }
}

impl PlanFile {
    /// Reads the file of a plan.
    pub fn read(path: &Path) -> Result<Self, Failure> {
        Self::read_as(
            path,
            "plan",
            "`tollgate check --init` writes a plan to start from",
            false,
        )
    }

    /// Reads the file of a baseline.
    pub fn read_baseline(path: &Path) -> Result<Self, Failure> {
        let hint = "name a plan, or JSON that `tollgate check --json` wrote";
        Self::read_as(path, "baseline", hint, true)
    }

    fn read_as(path: &Path, what: &str, missing: &str, is_baseline: bool) -> Result<Self, Failure> {
        let (name, text) = read_regular_up_to(path, MAX_BYTES)
            .map_err(|error| unreadable(error, what, missing))?;
        Ok(Self {
            name,
            folder: path.parent().map(Path::to_path_buf).unwrap_or_default(),
            is_baseline,
            lines: Lines::new(&text),
            text,
        })
    }

    /// Whether it is JSON and not a plan: no TOML begins with a brace.
    pub fn is_json(&self) -> bool {
        self.text.trim_start().starts_with('{')
    }

    /// Its text.
    pub fn text(&self) -> &str {
        &self.text
    }

    /// Line and column of a byte, from 1.
    pub fn place(&self, at: usize) -> (usize, usize) {
        self.lines.place(&self.text, at)
    }

    /// Parses and prices it, in the currency of its first deployment. All that is wrong is reported
    /// at once.
    pub fn priced(
        &self,
        globals: &Globals,
        environment: &Environment,
    ) -> Result<PricedFile, Failure> {
        self.priced_in(None, globals, environment)
    }

    /// Parses and prices it in the currency and at the rates of another plan.
    pub fn priced_in(
        &self,
        other: Option<&PricedFile>,
        globals: &Globals,
        environment: &Environment,
    ) -> Result<PricedFile, Failure> {
        let mut problems = Vec::new();
        let region = globals.region()?;
        let mut plan = match self.is_baseline {
            true => Plan::parse_baseline(&self.text, &mut problems),
            false => Plan::parse(&self.text, &mut problems),
        };
        plan.in_region(region);
        let given = globals.given_as_of().or(plan.as_of);
        let as_of = AsOf {
            date: given.unwrap_or(environment.today),
            given: given.is_some(),
        };
        let discount = globals.discount.or(plan.discount);
        let catalogs: Vec<PathBuf> = plan
            .catalogs
            .iter()
            .map(|path| self.folder.join(path))
            .collect();
        let own = catalogs.iter().cloned();
        let catalog = match Catalog::load(&globals.catalogs_with(environment, own)) {
            Ok(catalog) => catalog,
            Err(error) if problems.is_empty() => return Err(error.into()),
            // Errors in the plan itself are found without prices.
            Err(error) => {
                problems.push(Problem {
                    at: 0,
                    message: format!("its prices cannot be read: {error}"),
                });
                return Err(self.failure(problems));
            }
        };
        let (fx, fx_at) = match other {
            Some(other) => (other.fx.clone(), None),
            None if globals.fx.is_empty() => (plan.fx.clone(), Some(plan.fx_at)),
            None => (globals.fx.clone(), None),
        };
        let given = Rates {
            into: other.map(|other| other.plan.currency),
            given: &fx,
        };
        let (days, settings) = (plan.days, plan.settings(discount));
        let pricing = Pricing {
            catalog: &catalog,
            as_of,
            discount,
            folder: &self.folder,
            watch: &|| Box::new(environment.watch()),
        };
        let plan = price(plan, &pricing, &given, &mut problems);
        let rates = exchanges(&fx, plan.currency);
        if let (Err(error), Some(at)) = (&rates, fx_at)
            && !plan.deployments.is_empty()
        {
            let (message, hint) = (error.message(Say::Keys), error.hint(Say::Keys));
            let message = format!("{message}: {hint}");
            problems.push(Problem { at, message });
        }
        if !problems.is_empty() {
            return Err(self.failure(problems));
        }
        let rates = rates
            .map_err(|error| Failure::usage(error.message(Say::Flags), error.hint(Say::Flags)))?;
        Ok(PricedFile {
            plan,
            days,
            discount,
            fx,
            rates,
            catalog,
            catalogs,
            as_of,
            folder: self.folder.clone(),
            settings,
        })
    }

    fn failure(&self, mut problems: Vec<Problem>) -> Failure {
        problems.sort_by_key(|problem| problem.at);
        let located = problems
            .into_iter()
            .map(|problem| {
                let (line, column) = self.place(problem.at);
                Located {
                    file: self.name.clone(),
                    line,
                    column,
                    message: problem.message,
                }
            })
            .collect();
        Failure::Plan {
            problems: located,
            github: false,
        }
    }
}

/// The message for a file that cannot be read.
fn unreadable(error: CatalogError, what: &str, missing: &str) -> Failure {
    let (message, hint) = match error {
        CatalogError::Unreadable { path, reason } => (
            format!("cannot read the {what} `{path}`: {reason}"),
            missing,
        ),
        CatalogError::NotAFile { path } | CatalogError::EmptyFolder { path } => (
            format!("the {what} `{path}` is not a regular file"),
            "name a file, such as `tollgate.toml`",
        ),
        CatalogError::TooLarge { path } => (
            format!("the {what} `{path}` is larger than 64 MiB"),
            "split it into several",
        ),
        CatalogError::NotUtf8 { path, line } => (
            format!("{path}:{line}: the {what} is not UTF-8"),
            "save the file as UTF-8",
        ),
        other => return other.into(),
    };
    Failure::Unmatched {
        message,
        hint: hint.to_owned(),
    }
}
