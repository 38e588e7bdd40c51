//! The budgets of a plan, and which of them are exceeded.

use rust_decimal::Decimal;

use super::change::Changes;
use super::priced::PricedPlan;
use super::text::Increase;
use crate::billing::amount::Amount;
use crate::billing::exact::{self, TooLarge, plain};
use crate::billing::money::Money;
use crate::billing::number::counted;

/// A budget that is exceeded.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Breach {
    /// Which budget is exceeded.
    pub kind: BreachKind,
    /// What is allowed.
    pub limit: Amount,
    /// What it costs.
    pub cost: Decimal,
    /// Where the budget is written in the plan; `None` for a flag.
    pub at: Option<usize>,
}

/// Whose budget it is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum BreachKind {
    /// The budget of all deployments.
    Total,
    /// The budget of the deployment with this name.
    Deployment(String),
    /// What the plan may cost more than its baseline.
    Increase {
        /// As it is written.
        allowed: Increase,
        /// What the baseline costs.
        baseline: Decimal,
    },
    /// `--max-cost`.
    MaxCost,
}

impl BreachKind {
    /// `total`, `deployment`, `increase` or `max-cost`.
    #[must_use]
    pub fn name(&self) -> &'static str {
        match self {
            Self::Total => "total",
            Self::Deployment(_) => "deployment",
            Self::Increase { .. } => "increase",
            Self::MaxCost => "max-cost",
        }
    }
}

/// Every budget that is exceeded: the plan's, its increase, then each deployment's.
///
/// # Errors
/// [`TooLarge`] when a limit does not fit.
pub fn breaches(
    priced: &PricedPlan,
    changes: Option<&Changes>,
    max_cost: Option<Amount>,
) -> Result<Vec<Breach>, TooLarge> {
    let mut breaches = Vec::new();
    let (budget, cost) = (&priced.budget, priced.held);
    let mut hold = |kind, limit: Option<Amount>, cost: Decimal, at| {
        if let Some(limit) = limit.filter(|limit| cost > limit.number) {
            breaches.push(Breach {
                kind,
                limit,
                cost,
                at,
            });
        }
    };
    hold(BreachKind::Total, budget.total, cost, Some(budget.total_at));
    hold(BreachKind::MaxCost, max_cost, cost, None);
    if let (Some(allowed), Some(changes)) = (budget.increase, changes) {
        let baseline = changes.old;
        let more = match allowed {
            Increase::Amount(amount) => amount.number,
            Increase::Percent(percent) => {
                let hundredfold = exact::mul(baseline, percent)?;
                exact::div(hundredfold, 100)?.value
            }
        };
        let limit = Amount::new(exact::add(baseline, more)?, None);
        let kind = BreachKind::Increase { allowed, baseline };
        hold(kind, Some(limit), cost, Some(budget.increase_at));
    }
    for one in &priced.deployments {
        let own = &one.deployment;
        let kind = BreachKind::Deployment(own.name.clone());
        hold(kind, own.budget, one.held(), Some(own.budget_at));
    }
    Ok(breaches)
}

impl Breach {
    /// The breach in one line, for people.
    #[must_use]
    pub fn message(&self, priced: &PricedPlan, days: u64) -> String {
        let money: Money = priced.money(self.cost);
        let (cost, limit) = (money.precise(), self.limit.beside(money));
        match &self.kind {
            BreachKind::Total => format!(
                "the budget of {limit} is exceeded: the plan costs {cost} for {}",
                counted(days, "day")
            ),
            BreachKind::MaxCost => {
                format!("the limit of {limit} is exceeded: the plan costs {cost}")
            }
            BreachKind::Deployment(name) => {
                format!("the budget of `{name}`, {limit}, is exceeded: it costs {cost}")
            }
            BreachKind::Increase { allowed, baseline } => {
                let allowed = match allowed {
                    Increase::Percent(percent) => format!("{}%", plain(*percent)),
                    Increase::Amount(amount) => amount.said(priced.currency),
                };
                format!(
                    "the increase of {allowed} is exceeded: the plan costs {cost}, the baseline {}",
                    priced.money(*baseline).precise()
                )
            }
        }
    }
}
