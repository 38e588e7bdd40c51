//! One deployment of a plan: its keys, those of the defaults, and its phases.

use super::fields::{Fields, Setting, Settings, unknown_key};
use super::keys;
use super::node::{Entry, Table};
use super::orders::{Ordered, Part, orders, shared, shared_by_log};
use super::phases::{is_one_term, phases};
use super::problem::Problem;
use super::text::{self, End};
use crate::billing::amount::Amount;
use crate::billing::capacity::Capacity;
use crate::billing::mode::Mode;
use crate::billing::quote::Method;
use crate::billing::spec::Spec;
use crate::catalog::{Name, Text, near};
use crate::order::{FundingOrder, LogHow, LogOrder, Order, value};
use crate::workload::Steady;

/// A deployment as the plan describes it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Deployment {
    /// Its name, unlike that of any other.
    pub name: String,
    /// How it is bought.
    pub method: Method,
    /// The model's code, as it was written.
    pub model: String,
    /// The region, as it was written; `None` for the first of the provider.
    pub region: Option<String>,
    /// How many of the same, at least 1.
    pub count: u64,
    /// What it may cost in the period.
    pub budget: Option<Amount>,
    /// Which end of its range is held against budgets.
    pub budget_on: End,
    /// Its orders, which add up.
    pub parts: Vec<Part>,
    /// What it serves, where a workload says so.
    pub served: Option<Steady>,
    /// What is bought for a log, in place of orders.
    pub log: Option<LogOrder>,
    /// What its replicas serve.
    pub capacities: Vec<Capacity>,
    /// Every key with its value, its own and those of the defaults, without `name` and `budget`.
    pub settings: Settings,
    /// Where it begins, in bytes.
    pub at: usize,
    /// Where its model is named.
    pub model_at: usize,
    /// Where its region is named.
    pub region_at: usize,
    /// Where its budget is written.
    pub budget_at: usize,
    /// Where its log is named.
    pub log_at: usize,
}

impl Deployment {
    /// The mode of what it serves.
    #[must_use]
    pub fn mode(&self) -> Option<Mode> {
        match self.log.as_ref().map(|log| &log.how) {
            Some(LogHow::Ptu(order)) => return order.mode,
            Some(LogHow::Tokens(order)) => return order.mode,
            Some(LogHow::Mu(_) | LogHow::Dtu(_)) | None => {}
        }
        match &self.parts.first()?.order {
            Order::Ptu(order) => order.mode,
            Order::Tokens(order) => order.mode,
            Order::Mu(_) | Order::Dtu(_) => None,
        }
    }

    /// The specification of its replicas, where it is named.
    #[must_use]
    pub fn spec(&self) -> Option<Spec> {
        match &self.parts.first()?.order {
            Order::Mu(order) => order.spec,
            _ => None,
        }
    }

    /// Its `term`, where that is written.
    #[must_use]
    pub fn term(&self) -> Option<&str> {
        let mut settings = self.settings.iter();
        settings.find_map(|(key, setting)| match setting {
            Setting::Text(term) if *key == "term" => Some(term.as_str()),
            _ => None,
        })
    }

    /// Takes its region as the provider writes it, where it is another one than the first: two plans that mean
    /// the same have the same settings.
    pub fn settle_region(&mut self, region: Option<&str>) {
        self.region = region.map(str::to_owned);
        self.settings.retain(|(key, _)| *key != "region");
        let setting = region.map(|region| ("region", Setting::Text(region.to_owned())));
        self.settings.extend(setting);
    }

    /// What pays for its tokens before money does.
    #[must_use]
    pub fn funding(&self) -> Option<&FundingOrder> {
        match &self.parts.first()?.order {
            Order::Ptu(order) => Some(&order.funding),
            Order::Tokens(order) => Some(&order.funding),
            Order::Mu(_) | Order::Dtu(_) => None,
        }
    }
}

/// Reads a deployment. `None` where its problems leave nothing to price.
pub fn deployment(
    own: &Table,
    defaults: Option<&Table>,
    days: u64,
    problems: &mut Vec<Problem>,
) -> Option<Deployment> {
    let before = problems.len();
    let entries: Vec<&Entry> = own
        .entries
        .iter()
        .chain(inherited(own, defaults, None))
        .collect();
    let mut fields = Fields::new(entries, own.at, problems);
    let name = fields.value(
        "name",
        |text| Name::parse(text).map(|name| name.0),
        Clone::clone,
    );
    let method = fields.value("method", text::method, |method| method.name().to_owned());
    let misspelt = is_misspelt(&own.entries, method);
    fields.misspelt = misspelt;
    if name.is_none() {
        fields.missing::<()>("name", "\"chat\"");
    }
    if method.is_none() {
        fields.missing::<()>("method", "\"ptu\"`, `\"mu\"`, `\"tokens\"` or `\"dtu\"");
    }
    refuse_foreign(&own.entries, method, problems);
    let method = method?;
    let entries: Vec<&Entry> = own
        .entries
        .iter()
        .chain(inherited(own, defaults, Some(method)))
        .collect();
    refuse_contradictions(&own.entries, problems);
    let mut fields = Fields::new(entries.clone(), own.at, problems);
    fields.misspelt = misspelt;
    let _ = fields.value("method", text::method, |method| method.name().to_owned());
    let model = fields.value("model", |text| Ok(text.to_owned()), Clone::clone);
    if model.is_none() {
        fields.missing::<()>("model", "\"qwen3-8b\"");
    }
    let region = fields.value("region", |text| Ok(text.to_owned()), Clone::clone);
    let count = fields
        .value("count", value::replicas, text::count)
        .unwrap_or(1);
    let budget_on = fields.value("budget_on", text::end, |end| end.name().to_owned());
    let capacities = fields
        .values("replica_capacity", value::capacity, text::capacity)
        .unwrap_or_default();
    let model_at = fields.place("model");
    let region_at = fields.place("region");
    let budget_at = fields.place("budget");
    let log_at = fields.place(match fields.has("load") {
        true => "load",
        false => "trace",
    });
    let ordered = if fields.has("phases") {
        phases(&mut fields, &entries, method, days)
    } else {
        orders(&mut fields, method, days)
    };
    if let Some(ordered) = &ordered
        && count > 1
        && (ordered.parts.iter().any(|part| shared(&part.order))
            || ordered.log.as_ref().is_some_and(shared_by_log))
    {
        let at = fields.place("count");
        fields.problem(at, "each of `count` would use up the same free quota, package or savings plan: write them as deployments of their own");
    }
    let settings = std::mem::take(&mut fields.settings);
    let budget = fields.value("budget", value::amount, text::amount);
    if problems.len() > before {
        return None;
    }
    let Ordered { parts, served, log } = ordered?;
    let log = log.map(|mut log| {
        if let LogHow::Mu(order) = &mut log.how {
            order.capacities.clone_from(&capacities);
        }
        log
    });
    Some(Deployment {
        name: name?,
        method,
        model: model?,
        region,
        count,
        budget,
        budget_on: budget_on.unwrap_or(End::High),
        parts,
        served,
        log,
        capacities,
        settings,
        at: own.at,
        model_at,
        region_at,
        budget_at,
        log_at,
    })
}

/// The defaults that hold for a deployment: those that it neither has nor excludes, of keys that
/// its method has.
fn inherited<'a>(
    own: &'a Table,
    defaults: Option<&'a Table>,
    method: Option<Method>,
) -> impl Iterator<Item = &'a Entry> {
    let entries = defaults.map_or(&[][..], |table| table.entries.as_slice());
    let has = move |key: &str| own.get(key).or_else(|| defaults?.get(key));
    let excluded = |key: &str| own.entries.iter().any(|one| keys::exclude(&one.key, key));
    // A log or a load that is inherited excludes what one of its own does.
    let inherits = |key: &str| own.get(key).is_some() || (has(key).is_some() && !excluded(key));
    let (logged, described) = (inherits("trace"), inherits("load"));
    let loaded = has("rpm").is_some() || logged || described;
    let cheapest = has("fit").is_some_and(|entry| entry.node.value.is("cheapest"));
    // What overflows of a reservation has a load, and nothing else of it is funded.
    // A subscription runs all day: only its load can be shorter.
    let hourly = has("hours").is_some()
        || has("term").is_some_and(|entry| entry.node.value.is("pay-as-you-go"));
    let several = own.get("phases").is_some() && !is_one_term(method, has("term"));
    let serves = move |key: &str| match method {
        _ if key != "trace" && logged && keys::exclude("trace", key) => false,
        _ if key != "load" && described && keys::exclude("load", key) => false,
        _ if keys::OF_A_LOG.contains(&key) => logged,
        _ if key == "start" && several => false,
        Some(Method::Ptu) if keys::OF_OVERFLOW.contains(&key) => loaded && !cheapest,
        Some(_) if key == "hours_per_day" => loaded || hourly,
        Some(_) if keys::OF_A_CACHE.contains(&key) => loaded,
        Some(_) if key == "cache" => loaded || has("input").is_some(),
        Some(_) if ["cached_input", "cache_write"].contains(&key) => has("input").is_some(),
        // Only a term that is written is renewed.
        Some(_) if key == "renew" => {
            let mut terms = ["days", "months", "weeks", "quarters", "years"].into_iter();
            terms.any(|term| has(term).is_some())
        }
        _ => true,
    };
    entries.iter().filter(move |entry| {
        let of_method = match method {
            Some(method) => keys::methods(&entry.key).contains(&method),
            None => entry.key == "method",
        };
        let free = own
            .entries
            .iter()
            .all(|other| other.key != entry.key && !keys::exclude(&other.key, &entry.key));
        of_method && free && serves(&entry.key)
    })
}

/// Whether a key that there is not is near one that the method has.
fn is_misspelt(entries: &[Entry], method: Option<Method>) -> bool {
    let unknown = entries.iter().map(|entry| entry.key.as_str());
    let mut unknown = unknown.filter(|key| keys::methods(key).is_empty());
    unknown.any(|key| !near(key, keys::of(method)).is_empty())
}

/// Complains of keys that there are not, or that another method has.
fn refuse_foreign(entries: &[Entry], method: Option<Method>, problems: &mut Vec<Problem>) {
    for entry in entries {
        let methods = keys::methods(&entry.key);
        let message = match method {
            _ if methods.is_empty() => {
                let known: Vec<&str> = keys::of(method).collect();
                let of = match method {
                    Some(method) => format!("a deployment by `{}`", method.name()),
                    None => "a deployment".to_owned(),
                };
                unknown_key(&entry.key, &known, &of)
            }
            Some(method) if !methods.contains(&method) => {
                let others: Vec<String> = methods
                    .iter()
                    .map(|method| format!("`{}`", method.name()))
                    .collect();
                format!(
                    "`{}` is a key of {}, and the method is `{}`: leave it out",
                    entry.key,
                    others.join(" and "),
                    method.name()
                )
            }
            _ => continue,
        };
        problems.push(Problem {
            at: entry.at,
            message,
        });
    }
}

/// Complains of keys that exclude each other.
fn refuse_contradictions(entries: &[Entry], problems: &mut Vec<Problem>) {
    for (at, entry) in entries.iter().enumerate() {
        let before = entries.iter().take(at);
        for other in before.filter(|other| keys::exclude(&other.key, &entry.key)) {
            problems.push(Problem {
                at: entry.at,
                message: format!(
                    "`{}` cannot stand beside `{}`: keep one of them",
                    entry.key, other.key
                ),
            });
        }
    }
}
