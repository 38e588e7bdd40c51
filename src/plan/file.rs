//! A whole plan file.

use chrono::NaiveDate;

use super::deployment::{Deployment, deployment};
use super::document::{self, Document};
use super::fields::{Fields, unknown_key};
use super::keys;
use super::node::{Entry, Table, Value};
use super::problem::Problem;
use super::text::{self, Increase};
use crate::billing::amount::Amount;
use crate::billing::fx::Fx;
use crate::billing::quote::Percent;
use crate::catalog::Name;
use crate::order::value;

/// The period where a plan gives none.
const DAYS: u64 = 30;

/// What the plan may cost, for its period. Once it is priced, amounts are in its currency.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Budget {
    /// The most that all deployments may cost together.
    pub total: Option<Amount>,
    /// Where that is written, in bytes.
    pub total_at: usize,
    /// How much more than the baseline the plan may cost.
    pub increase: Option<Increase>,
    /// Where that is written, in bytes.
    pub increase_at: usize,
}

/// What a team runs.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Plan {
    /// The period that all costs are stated for.
    pub days: u64,
    /// The budget.
    pub budget: Budget,
    /// Catalog files, as they are written: beside the plan, unless they are absolute.
    pub catalogs: Vec<String>,
    /// A discount on every charge.
    pub discount: Option<Percent>,
    /// Rates of exchange: to other currencies to show totals in, and from other currencies of prices.
    pub fx: Vec<Fx>,
    /// Where they are written, in bytes.
    pub fx_at: usize,
    /// The date of the prices.
    pub as_of: Option<NaiveDate>,
    /// The deployments that could be read.
    pub deployments: Vec<Deployment>,
    /// The models of deployments in which something is wrong, and where they are named: so that a
    /// wrong model is found with the rest.
    pub broken: Vec<(String, usize)>,
}

impl Plan {
    /// Reads a plan. What is wrong goes into `problems`, all of it; what is right is in the plan.
    #[must_use]
    pub fn parse(text: &str, problems: &mut Vec<Problem>) -> Self {
        Self::of(document::parse(text, problems), problems)
    }

    /// Reads a plan that another is compared with. Its budgets hold nothing, so that one which is
    /// written as it may not be any more can be put right.
    #[must_use]
    pub fn parse_baseline(text: &str, problems: &mut Vec<Problem>) -> Self {
        let document = document::parse(text, problems);
        let without = Document {
            budget: None,
            ..document
        };
        let mut plan = Self::of(without, problems);
        for deployment in &mut plan.deployments {
            deployment.budget = None;
        }
        plan
    }

    /// Puts the deployments that name no region into one, where there is one.
    pub fn in_region(&mut self, region: Option<&str>) {
        for deployment in &mut self.deployments {
            if deployment.region.is_none() {
                deployment.region = region.map(str::to_owned);
            }
        }
    }

    fn of(document: Document, problems: &mut Vec<Problem>) -> Self {
        let whole = problems.is_empty();
        let mut plan = head(&document, whole, problems);
        plan.budget = budget(document.budget.as_ref(), problems);
        if let Some(defaults) = &document.defaults {
            check_defaults(defaults, problems);
        }
        if whole && document.deployments.is_empty() {
            problems.push(Problem {
                at: 0,
                message: "the plan has no deployment: write `[[deployment]]`, or start from `tollgate check --init`"
                    .to_owned(),
            });
        }
        for table in &document.deployments {
            match deployment(table, document.defaults.as_ref(), plan.days, problems) {
                Some(deployment) => plan.deployments.push(deployment),
                None => plan.broken.extend(model_of(table)),
            }
        }
        refuse_doubles(&document, problems);
        // A default or a base that is wrong is found wrong by each that uses it.
        problems.sort_by(|a, b| (a.at, &a.message).cmp(&(b.at, &b.message)));
        problems.dedup();
        plan
    }
}

fn head(document: &Document, whole: bool, problems: &mut Vec<Problem>) -> Plan {
    let entries: Vec<&Entry> = document.head.entries.iter().collect();
    let mut fields = Fields::new(entries, 0, problems);
    let known = [keys::OF_HEAD, &["budget", "defaults", "deployment"]].concat();
    fields.refuse_unknown(&known, "a plan");
    let version = fields.value("version", |text| Ok(text.to_owned()), Clone::clone);
    match version.as_deref() {
        // It may stand in what could not be parsed.
        None if !whole => {}
        None => {
            fields.missing::<()>("version", "1");
        }
        Some("1") => {}
        Some(_) => {
            let at = fields.place("version");
            fields.problem(at, "only version 1 of plans is known: write `version = 1`");
        }
    }
    Plan {
        days: fields
            .value("days", value::days, text::count)
            .unwrap_or(DAYS),
        budget: Budget::default(),
        catalogs: fields
            .values("catalog", |text| Ok(text.to_owned()), Clone::clone)
            .unwrap_or_default(),
        discount: fields.value("discount", text::share, text::percent),
        fx: fields
            .values("fx", value::fx, ToString::to_string)
            .unwrap_or_default(),
        fx_at: fields.place("fx"),
        as_of: fields.value("as_of", value::date, ToString::to_string),
        deployments: Vec::new(),
        broken: Vec::new(),
    }
}

fn model_of(table: &Table) -> Option<(String, usize)> {
    let entry = table.get("model")?;
    match &entry.node.value {
        Value::Text(code) => Some((code.clone(), entry.at)),
        _ => None,
    }
}

fn budget(table: Option<&Table>, problems: &mut Vec<Problem>) -> Budget {
    let Some(table) = table else {
        return Budget::default();
    };
    let mut fields = Fields::new(table.entries.iter().collect(), table.at, problems);
    fields.refuse_unknown(keys::OF_BUDGET, "`[budget]`");
    Budget {
        total: fields.value("total", value::amount, text::amount),
        total_at: fields.place("total"),
        increase: fields.value("increase", text::increase, |_| String::new()),
        increase_at: fields.place("increase"),
    }
}

/// Defaults may be of any method, but not `name` and `phases`, which belong to one deployment.
fn check_defaults(defaults: &Table, problems: &mut Vec<Problem>) {
    let known: Vec<&'static str> = keys::of(None).collect();
    for entry in &defaults.entries {
        let message = if ["name", "phases"].contains(&entry.key.as_str()) {
            format!("`{}` belongs to one deployment: write it there", entry.key)
        } else if defaults.get("trace").is_some() && keys::OF_LOADS.contains(&entry.key.as_str()) {
            format!(
                "`{}` cannot stand beside `trace`: keep one of them, or write them in deployments",
                entry.key
            )
        } else if known.contains(&entry.key.as_str()) {
            continue;
        } else {
            unknown_key(&entry.key, &known, "`[defaults]`")
        };
        problems.push(Problem {
            at: entry.at,
            message,
        });
    }
}

/// Complains of deployments with the same name, or with names that read alike.
fn refuse_doubles(document: &Document, problems: &mut Vec<Problem>) {
    let mut seen = std::collections::HashMap::new();
    for table in &document.deployments {
        let Some(entry) = table.get("name") else {
            continue;
        };
        if let Value::Text(name) = &entry.node.value
            && let Some(other) = seen.insert(Name::read(name), name)
        {
            let shown = crate::catalog::printable(name);
            let message = match other == name {
                true => {
                    format!("there is another deployment `{shown}`: give each a name of its own")
                }
                false => format!(
                    "there is another deployment whose name reads like `{shown}`: give each a name of its own"
                ),
            };
            problems.push(Problem {
                at: entry.node.at,
                message,
            });
        }
    }
}
