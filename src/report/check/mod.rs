//! A checked plan in each format.

mod budgets;
mod changes;
mod costs;
mod document;
mod focus;
mod github;
mod items;
mod json;
mod sheet;
mod unpriced;
mod words;

pub use github::{failure, problems};
pub use unpriced::unpriced;

use super::CatalogInfo;
use super::document::Document;
use super::render::csv::Sheet;
use super::render::{self, Format, Report, View};
use crate::billing::exact::plain;
use crate::billing::money::Money;
use crate::billing::note::PageNote;
use crate::billing::quote::Percent;
use crate::plan::{Breach, Budget, Changes, Missed, PricedPlan, RankedWay};
use crate::report::quotes::Converted;

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
    /// The budgets that are exceeded.
    pub breaches: Vec<BreachLine>,
    /// The changes since a baseline, where there is one.
    pub baseline: Option<Baseline>,
    /// The cheapest method for each deployment, where that was asked for.
    pub cheapest: Option<Vec<Cheapest>>,
    /// The ways to serve each deployment, the cheapest first, where that was asked for.
    pub ranked: Option<Vec<Vec<RankedWay>>>,
    /// Calls of its logs that no deployment takes.
    pub missed: Vec<Missed>,
    /// The total in other currencies.
    pub converted: Vec<Converted>,
    /// Which prices were used.
    pub catalog: CatalogInfo,
    /// Whether an exceeded budget only warns.
    pub warn_only: bool,
}

/// A budget that is exceeded, as it is said.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct BreachLine {
    /// The breach.
    pub breach: Breach,
    /// The message, in one line.
    pub message: String,
    /// Line and column of the budget in the plan, from 1; `None` for a flag.
    pub place: Option<(usize, usize)>,
}

/// The baseline of a plan, and the changes since.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Baseline {
    /// The name that it was given, or its file, as it is shown.
    pub name: String,
    /// The changes, or why they are not known.
    pub changes: Result<Changes, String>,
}

impl Baseline {
    /// The warning where the baseline cannot be priced.
    #[must_use]
    pub fn warning(&self) -> Option<String> {
        let reason = self.changes.as_ref().err()?;
        let name = &self.name;
        Some(format!(
            "the baseline `{name}` cannot be priced, so no increase is held: {reason}"
        ))
    }

    /// The changes, where they are known.
    #[must_use]
    pub fn known(&self) -> Option<&Changes> {
        self.changes.as_ref().ok()
    }
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
        /// Its price has left the page.
        left: Option<PageNote>,
        /// The cost of all of `count`.
        total: Money,
        /// The saving.
        saves: Money,
    },
    /// The deployment is the cheapest.
    Own,
    /// Not compared, with the reason.
    Not(String),
}

impl Report for CheckReport {
    fn document(&self, view: View) -> anyhow::Result<Document> {
        Ok(document::document(self, view))
    }

    fn sheet(&self) -> anyhow::Result<Sheet<'_>> {
        sheet::sheet(self)
    }

    fn json(&self) -> anyhow::Result<String> {
        json::render(self)
    }

    fn total(&self) -> Option<String> {
        Some(plain(self.priced.held))
    }
}

/// The report as text, with a newline at its end; also in the formats that only a check has.
///
/// # Errors
/// When an amount in another currency does not fit a decimal exactly.
pub fn render(report: &CheckReport, view: View) -> anyhow::Result<String> {
    match view.format {
        Format::Github => Ok(github::render(report)),
        Format::Focus => focus::render(report),
        _ => render::render(report, view),
    }
}
