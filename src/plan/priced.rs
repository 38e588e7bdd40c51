//! Deployments with their cost.

use rust_decimal::Decimal;

use super::deployment::Deployment;
use super::file::Budget;
use super::months::PaidMonths;
use super::text::End;
use crate::billing::fx::Exchange;
use crate::billing::money::{Currency, Money};
use crate::billing::quote::Quote;

/// An order with its quote.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PricedPart {
    /// What the order covers, if the deployment has several.
    pub label: Option<String>,
    /// The end of the range that it belongs to; `None` for both.
    pub end: Option<End>,
    /// The quote of one deployment, the discount taken off.
    pub quote: Quote,
}

/// A deployment with its cost.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Priced {
    /// The deployment.
    pub deployment: Deployment,
    /// The model's code as it is published.
    pub model: String,
    /// Its quotes, in the currency of their prices.
    pub parts: Vec<PricedPart>,
    /// The least that all `count` deployments cost.
    pub low: Decimal,
    /// The most that they cost; equal to `low` if there is no range.
    pub high: Decimal,
    /// Low and high in the currency of its prices, if the plan is in another.
    pub own: Option<OwnCost>,
    /// Months that last longer than the period of the plan; `None` where none do, and where a
    /// deployment is priced without a plan.
    pub months: Option<PaidMonths>,
}

impl Priced {
    /// The cost that is held against budgets and baselines.
    #[must_use]
    pub fn held(&self) -> Decimal {
        match self.deployment.budget_on {
            End::High => self.high,
            End::Low => self.low,
        }
    }
}

/// A plan with its cost.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PricedPlan {
    /// Every deployment that could be priced.
    pub deployments: Vec<Priced>,
    /// The currency of all amounts.
    pub currency: Currency,
    /// The sum of the low ends.
    pub low: Decimal,
    /// The sum of the high ends.
    pub high: Decimal,
    /// The sum of what is held against budgets.
    pub held: Decimal,
    /// The budget, in the plan's currency.
    pub budget: Budget,
}

impl PricedPlan {
    /// An amount in the plan's currency.
    #[must_use]
    pub fn money(&self, amount: Decimal) -> Money {
        Money {
            amount,
            currency: self.currency,
        }
    }
}

/// What a deployment costs in the currency of its prices, where the plan has another.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct OwnCost {
    /// The currency.
    pub currency: Currency,
    /// The least that all `count` deployments cost.
    pub low: Decimal,
    /// The most that they cost.
    pub high: Decimal,
    /// From that currency to the plan's.
    pub exchange: Exchange,
}

impl OwnCost {
    /// An amount in the currency of the prices.
    #[must_use]
    pub fn money(&self, amount: Decimal) -> Money {
        Money {
            amount,
            currency: self.currency,
        }
    }

    /// The end that is held against budgets.
    #[must_use]
    pub fn held(&self, end: End) -> Decimal {
        match end {
            End::High => self.high,
            End::Low => self.low,
        }
    }

    /// The mark for amounts that are rounded when they are converted; empty if none is.
    #[must_use]
    pub fn mark(&self) -> String {
        match self.exchange.mark(self.low) {
            mark if mark.is_empty() => self.exchange.mark(self.high),
            mark => mark,
        }
    }
}
