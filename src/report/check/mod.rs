//! A checked plan in each format.

mod changes;
mod comment;
mod costs;
mod csv;
mod focus;
mod github;
mod items;
mod json;
mod markdown;
mod table;
mod words;

pub use github::{failure, problems};

use super::{CatalogInfo, Style};
use crate::billing::money::Money;
use crate::billing::quote::Percent;
use crate::plan::{Breach, Budget, Changes, PricedPlan};
use crate::report::quotes::Converted;

/// How to print a checked plan.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum CheckFormat {
    /// For people in a terminal.
    Table,
    /// One object, for scripts, and for a later check to compare with.
    Json,
    /// One row a line item, for spreadsheets.
    Csv,
    /// A comment on a pull request.
    Markdown,
    /// Workflow commands of GitHub Actions.
    Github,
    /// Rows of the FinOps FOCUS specification, for cost tools.
    Focus,
}

impl CheckFormat {
    /// As `--format` names it.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Table => "table",
            Self::Json => "json",
            Self::Csv => "csv",
            Self::Markdown => "markdown",
            Self::Github => "github",
            Self::Focus => "focus",
        }
    }

    /// Whether it has a place for the cheapest method of a deployment.
    #[must_use]
    pub fn shows_cheapest(self) -> bool {
        matches!(self, Self::Table | Self::Json | Self::Markdown)
    }
}

/// A checked plan.
#[derive(Debug, Clone)]
pub struct CheckReport {
    /// The plan's file, as it is shown.
    pub file: String,
    /// The period of all costs.
    pub days: u64,
    /// The discount on every charge.
    pub discount: Option<Percent>,
    /// The deployments with their costs.
    pub priced: PricedPlan,
    /// Line and column, from 1, at which each deployment begins.
    pub places: Vec<(usize, usize)>,
    /// The budgets of the plan.
    pub budget: Budget,
    /// What of them is exceeded.
    pub breaches: Vec<BreachLine>,
    /// What changed since a baseline, where there is one.
    pub baseline: Option<Baseline>,
    /// The cheapest method for each deployment, where that was asked for.
    pub cheapest: Option<Vec<Cheapest>>,
    /// The total in other currencies.
    pub converted: Vec<Converted>,
    /// Which prices were used.
    pub catalog: CatalogInfo,
    /// Whether to show every line item.
    pub details: bool,
    /// Whether what is exceeded only warns.
    pub warn_only: bool,
}

/// A budget that is exceeded, as it is said.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct BreachLine {
    /// The breach.
    pub breach: Breach,
    /// What is said of it, in one line.
    pub message: String,
    /// Line and column of the budget in the plan, from 1; `None` for a flag.
    pub place: Option<(usize, usize)>,
}

/// What a plan is compared with.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Baseline {
    /// The file, as it is shown.
    pub file: String,
    /// What changed.
    pub changes: Changes,
}

/// The cheapest way to serve the workload of a deployment.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Cheapest {
    /// Another one is cheaper.
    Other {
        /// The option of `compare`: `ptu-daily`.
        option: &'static str,
        /// The specification of model units.
        spec: Option<String>,
        /// What it costs, of all of `count`.
        total: Money,
        /// What it saves.
        saves: Money,
    },
    /// It is the cheapest.
    Own,
    /// It was not compared.
    Not(String),
}

/// The report as text, with a newline at its end.
///
/// # Errors
/// When an amount in another currency does not fit a decimal exactly.
pub fn render(report: &CheckReport, format: CheckFormat, style: Style) -> anyhow::Result<String> {
    match format {
        CheckFormat::Table => Ok(table::render(report, style)),
        CheckFormat::Json => json::render(report),
        CheckFormat::Csv => csv::render(report),
        CheckFormat::Markdown => Ok(markdown::render(report)),
        CheckFormat::Github => Ok(github::render(report)),
        CheckFormat::Focus => focus::render(report),
    }
}
