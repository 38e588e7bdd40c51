//! Prices that changed since a baseline, and whether another way to serve a deployment is the best.

use super::ranked::{PastItem, RankedWay};
use crate::billing::edition::Came;

/// A unit price that changed in the catalog while the deployment stayed the same.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PriceChange {
    /// The line item: `Input throughput`.
    pub description: String,
    /// `28.8 per 10000 TPM-hour`.
    pub old: String,
    /// The new price, written likewise.
    pub new: String,
    /// When the new price came, where an earlier one is known.
    pub came: Option<Came>,
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

/// The prices that changed of items that are called the same: which items a log has depends on its calls.
pub(super) fn prices_of_same(old: &[PastItem], new: &[PastItem]) -> Vec<PriceChange> {
    let is_same = |one: &PastItem, other: &PastItem| {
        (&one.id, &one.description) == (&other.id, &other.description)
    };
    let mut changes = Vec::new();
    for new in new {
        let mut before = old.iter().filter(|old| is_same(old, new));
        // What has one price by day or by hour has several lines.
        if let (Some(old), None) = (before.next(), before.next()) {
            changes.extend(price_changes(
                std::slice::from_ref(old),
                std::slice::from_ref(new),
            ));
        }
    }
    changes
}

/// Items of the same deployment stand in the same order, so they are compared one by one. Where prices became
/// those of some hours each, there are more of them: each is compared with that of the whole day.
pub(super) fn price_changes(old: &[PastItem], new: &[PastItem]) -> Vec<PriceChange> {
    let mut changes: Vec<PriceChange> = Vec::new();
    for (at, new) in new.iter().enumerate() {
        let same = old.get(at).filter(|old| old.id == new.id);
        let of_all = |old: &&PastItem| {
            old.id == new.id
                && new
                    .description
                    .starts_with(&format!("{}, ", old.description))
        };
        let Some(old) = old.iter().find(of_all).or(same) else {
            continue;
        };
        if old.price == new.price {
            continue;
        }
        let change = PriceChange {
            description: new.description.clone(),
            old: old.price.clone(),
            new: new.price.clone(),
            came: new.came,
        };
        if !changes.contains(&change) {
            changes.push(change);
        }
    }
    changes
}
