//! Whether another way to serve a deployment is the best since a baseline, and because of which prices.

use super::change::{PriceChange, price_changes};
use super::past::{PastItem, is_price};
use crate::billing::quote::Quote;

/// A way to serve the workload of a deployment, as it was ranked.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RankedWay {
    /// The option of `compare`: `ptu-daily`.
    pub option: String,
    /// The specification of model units.
    pub spec: Option<String>,
    /// The unit prices of its line items.
    pub items: Vec<PastItem>,
}

/// Another way is the best.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct BestChange {
    /// The best way in the baseline.
    pub old: String,
    /// The best way in the plan.
    pub new: String,
    /// What changed of these two.
    pub reasons: Vec<BestReason>,
}

/// What changed of a way.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum BestReason {
    /// There was no such way.
    Came(String),
    /// There is no such way any more.
    Left(String),
    /// A price of it.
    Price(String, PriceChange),
}

impl RankedWay {
    /// A way as it is priced now.
    #[must_use]
    pub fn new(option: &str, spec: Option<String>, quote: &Quote) -> Self {
        let items = quote.items.iter().filter(|item| is_price(item.id));
        Self {
            option: option.to_owned(),
            spec,
            items: items.map(PastItem::new).collect(),
        }
    }

    /// `ptu-daily`, `mu-hourly of MU1x2`.
    #[must_use]
    pub fn name(&self) -> String {
        match &self.spec {
            Some(spec) => format!("{} of {spec}", self.option),
            None => self.option.clone(),
        }
    }
}

/// Another way is the first of its ranking; `None` where the same is, or where either is not known.
#[must_use]
pub fn best_change(old: &[RankedWay], new: &[RankedWay]) -> Option<BestChange> {
    let (was, is) = (old.first()?.name(), new.first()?.name());
    if was == is {
        return None;
    }
    let find = |ways: &'_ [RankedWay], name: &str| -> Option<RankedWay> {
        ways.iter().find(|way| way.name() == name).cloned()
    };
    let mut reasons = Vec::new();
    for name in [&was, &is] {
        match (find(old, name), find(new, name)) {
            (Some(old), Some(new)) => {
                let changes = price_changes(&old.items, &new.items).into_iter();
                reasons.extend(changes.map(|change| BestReason::Price(name.clone(), change)));
            }
            (None, Some(_)) => reasons.push(BestReason::Came(name.clone())),
            (Some(_), None) => reasons.push(BestReason::Left(name.clone())),
            (None, None) => {}
        }
    }
    Some(BestChange {
        old: was,
        new: is,
        reasons,
    })
}
