//! What changed since a baseline, and whether by prices or by the plan.

use std::collections::{HashMap, HashSet};

use rust_decimal::Decimal;

use super::best::{BestChange, PriceChange, price_changes, prices_of_same};
use super::deployment::Deployment;
use super::fields::{Setting, Settings};
use super::past::{self, PastDeployment, PastPlan};
use super::priced::{Priced, PricedPlan};
use crate::billing::exact::{self, TooLarge};

/// The key of the plan that rates of exchange are written with.
pub const RATE: &str = "fx";

/// What became of a deployment.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Status {
    /// Only the plan has it.
    Added,
    /// Only the baseline has it.
    Removed,
    /// It has other keys, other prices or another cost.
    Changed,
    /// Nothing changed.
    Same,
}

impl Status {
    /// `added`, `removed`, `changed` or `same`.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Added => "added",
            Self::Removed => "removed",
            Self::Changed => "changed",
            Self::Same => "same",
        }
    }
}

/// A key with its old and its new value; `None` where it was or is not there.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SettingChange {
    /// The key.
    pub key: String,
    /// The value in the baseline.
    pub old: Option<String>,
    /// The value in the plan.
    pub new: Option<String>,
}

/// What became of one deployment.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Change {
    /// Its name.
    pub name: String,
    /// What became of it.
    pub status: Status,
    /// How it is bought, or was.
    pub method: String,
    /// Its model, or what it was.
    pub model: String,
    /// The cost in the baseline; `None` if it is new.
    pub old: Option<Decimal>,
    /// The cost in the plan; `None` if it is gone.
    pub new: Option<Decimal>,
    /// New less old.
    pub difference: Decimal,
    /// The difference in percent of the old cost, rounded at
    /// [`exact::QUOTIENT_DECIMALS`]; `None` where that is 0.
    pub percent: Option<Decimal>,
    /// Its keys that changed.
    pub settings: Vec<SettingChange>,
    /// The prices that changed.
    pub prices: Vec<PriceChange>,
    /// What of the difference comes from prices and rates of exchange: the old deployment costs so much more today.
    /// `None` where it cannot be priced any more, or is new.
    pub by_prices: Option<Decimal>,
    /// Whether a log says what it serves, whose calls in the baseline are not known any more.
    pub of_log: bool,
    /// Whether a load that is described says it: its lines are known, but not on which day it began.
    pub of_load: bool,
    /// Another way is the best one; `None` where the same is, or where it is not known of both.
    pub best: Option<BestChange>,
}

/// What became of a plan.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Changes {
    /// The deployments of the plan, then those that are gone.
    pub deployments: Vec<Change>,
    /// Settings of the whole plan that changed.
    pub settings: Vec<SettingChange>,
    /// The cost of the baseline.
    pub old: Decimal,
    /// The cost of the plan.
    pub new: Decimal,
    /// New less old.
    pub difference: Decimal,
    /// As [`Change::percent`].
    pub percent: Option<Decimal>,
}

/// Compares a plan with its baseline. `reprice` gives what a deployment of the baseline costs
/// today, at the baseline's discount.
///
/// # Errors
/// [`TooLarge`] when a difference does not fit.
pub fn changes(
    old: PastPlan,
    new: &PricedPlan,
    new_settings: &[(&'static str, String)],
    reprice: impl Fn(Deployment) -> Option<Priced>,
) -> Result<Changes, TooLarge> {
    let old_settings = past::plan_settings(old.days, old.discount);
    let mut before: HashMap<String, PastDeployment> = HashMap::new();
    let mut order = Vec::new();
    for past in old.deployments {
        order.push(past.name.clone());
        before.insert(past.name.clone(), past);
    }
    let mut deployments = Vec::new();
    for priced in &new.deployments {
        let past = before.remove(&priced.deployment.name);
        deployments.push(one(past, Some(priced), &reprice)?);
    }
    for name in order {
        if let Some(past) = before.remove(&name) {
            deployments.push(one(Some(past), None, &reprice)?);
        }
    }
    let difference = exact::sub(new.held, old.held)?;
    Ok(Changes {
        deployments,
        settings: text_changes(&old_settings, new_settings),
        old: old.held,
        new: new.held,
        percent: percent(difference, old.held)?,
        difference,
    })
}

fn one(
    old: Option<PastDeployment>,
    new: Option<&Priced>,
    reprice: &impl Fn(Deployment) -> Option<Priced>,
) -> Result<Change, TooLarge> {
    let old_cost = old.as_ref().map(|old| old.held);
    let new_cost = new.map(Priced::held);
    let difference = exact::sub(new_cost.unwrap_or_default(), old_cost.unwrap_or_default())?;
    let name = new.map(|new| new.deployment.name.clone());
    let method = new.map(|new| new.deployment.method.name().to_owned());
    let model = new.map(|new| new.model.clone());
    let mut change = Change {
        name: name
            .or_else(|| old.as_ref().map(|old| old.name.clone()))
            .unwrap_or_default(),
        status: Status::Same,
        method: method
            .or_else(|| old.as_ref().map(|old| old.method.clone()))
            .unwrap_or_default(),
        model: model
            .or_else(|| old.as_ref().map(|old| old.model.clone()))
            .unwrap_or_default(),
        old: old_cost,
        new: new_cost,
        difference,
        percent: match old_cost {
            Some(old) => percent(difference, old)?,
            None => None,
        },
        settings: Vec::new(),
        prices: Vec::new(),
        by_prices: None,
        of_log: false,
        of_load: false,
        best: None,
    };
    let (old, new) = match (old, new) {
        (Some(old), Some(new)) => (old, new),
        (None, _) => {
            change.status = Status::Added;
            return Ok(change);
        }
        (_, None) => {
            change.status = Status::Removed;
            return Ok(change);
        }
    };
    change.settings = setting_changes(&old.settings, &new.deployment.settings);
    let rate = new.own.map(|own| own.exchange.stated());
    if let (Some(old), Some(new)) = (&old.rate, &rate)
        && old != new
    {
        change.settings.push(SettingChange {
            key: RATE.to_owned(),
            old: Some(old.clone()),
            new: Some(new.clone()),
        });
    }
    change.of_log = old.deployment.as_ref().is_some_and(|one| one.log.is_some());
    let log = old.deployment.as_ref().and_then(|one| one.log.as_ref());
    change.of_load = log.is_some_and(|log| log.calls.is_load());
    if change.of_log {
        change.prices = prices_of_same(&old.items, &past::items(new));
    } else if let Some(today) = old.deployment.and_then(reprice) {
        change.by_prices = Some(exact::sub(today.held(), old.held)?);
        change.prices = price_changes(&old.items, &past::items(&today));
    }
    let same = change.settings.is_empty() && change.prices.is_empty() && difference.is_zero();
    if !same {
        change.status = Status::Changed;
    }
    Ok(change)
}

fn setting_changes(old: &Settings, new: &Settings) -> Vec<SettingChange> {
    let shown = |settings: &Settings| -> Vec<(&'static str, String)> {
        let show = |(key, value): &(&'static str, Setting)| (*key, value.to_string());
        settings.iter().map(show).collect()
    };
    text_changes(&shown(old), &shown(new))
}

fn text_changes(
    old: &[(&'static str, String)],
    new: &[(&'static str, String)],
) -> Vec<SettingChange> {
    let value = |settings: &[(&'static str, String)], key: &str| {
        let found = settings.iter().find(|(other, _)| *other == key);
        found.map(|(_, value)| value.clone())
    };
    let mut seen = HashSet::new();
    new.iter()
        .chain(old)
        .filter(|(key, _)| seen.insert(*key))
        .map(|(key, _)| SettingChange {
            key: (*key).to_owned(),
            old: value(old, key),
            new: value(new, key),
        })
        .filter(|change| change.old != change.new)
        .collect()
}

fn percent(difference: Decimal, old: Decimal) -> Result<Option<Decimal>, TooLarge> {
    if old.is_zero() {
        return Ok(None);
    }
    let hundredfold = exact::mul(difference, Decimal::ONE_HUNDRED)?;
    Ok(Some(exact::ratio_or_rounded(hundredfold, old)?.value))
}
