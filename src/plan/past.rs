//! The plan that another is compared with, as it was: from a plan that was priced just now, or from
//! the JSON that `check` wrote.

use std::fmt;

use rust_decimal::Decimal;
use serde::Deserialize;

use super::deployment::{Deployment, deployment};
use super::fields::Settings;
use super::file::Plan;
use super::node::{Entry, Table, Value, from_json};
use super::priced::{Priced, PricedPlan};
use super::ranked::{PastItem, RankedWay, is_price};
use super::text;
use crate::billing::money::{Currency, Money};
use crate::billing::number::parse_decimal;
use crate::billing::quote::Percent;
use crate::catalog::{Name, Text, printable};
use crate::order::value;

/// A baseline: what a plan cost when it was checked.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PastPlan {
    /// Its period.
    pub days: u64,
    /// Its discount.
    pub discount: Option<Percent>,
    /// The currency of its amounts.
    pub currency: Currency,
    /// What was held against budgets, of all deployments.
    pub held: Decimal,
    /// Each deployment.
    pub deployments: Vec<PastDeployment>,
}

/// A deployment of a baseline.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PastDeployment {
    /// Its name.
    pub name: String,
    /// How it was bought: `ptu`.
    pub method: String,
    /// The model's code.
    pub model: String,
    /// Its keys.
    pub settings: Settings,
    /// What was held against budgets.
    pub held: Decimal,
    /// The same in the currency of its prices, where the plan had another.
    pub own: Option<Money>,
    /// The rate between them, as it was stated.
    pub rate: Option<String>,
    /// The unit prices of its line items.
    pub items: Vec<PastItem>,
    /// The ways to serve it, the cheapest first, where they were ranked.
    pub ranked: Option<Vec<RankedWay>>,
    /// The deployment itself, where this version can still read it.
    pub deployment: Option<Deployment>,
}

impl PastPlan {
    /// A plan that was priced just now.
    #[must_use]
    pub fn of_plan(days: u64, discount: Option<Percent>, priced: PricedPlan) -> Self {
        Self {
            days,
            discount,
            currency: priced.currency,
            held: priced.held,
            deployments: priced
                .deployments
                .into_iter()
                .map(PastDeployment::of)
                .collect(),
        }
    }

    /// The JSON of an earlier check.
    ///
    /// # Errors
    /// [`PastError`] when it is not such JSON.
    pub fn of_json(text: &str) -> Result<Self, PastError> {
        let json: CheckJson =
            serde_json::from_str(text).map_err(|error| PastError(error.to_string()))?;
        if json.schema != "tollgate/check/1" {
            return Err(PastError(format!(
                "the schema is `{}`, and not `tollgate/check/1`",
                printable(&json.schema)
            )));
        }
        let days = of_text("plan.days", &json.plan.days, value::days)?;
        let discount = json
            .plan
            .discount
            .map(|json| of_text("plan.discount", &json, text::share))
            .transpose()?;
        let currency = of_text("currency", &json.currency, value::currency)?;
        let held = amount("total", &json.total)?;
        let deployments = json
            .deployments
            .into_iter()
            .map(|one| one.deployment(days))
            .collect::<Result<_, _>>()?;
        Ok(Self {
            days,
            discount,
            currency,
            held,
            deployments,
        })
    }
}

impl PastDeployment {
    /// A deployment that was priced just now.
    #[must_use]
    pub fn of(priced: Priced) -> Self {
        let items = items(&priced);
        let held = priced.held();
        let Priced {
            deployment, own, ..
        } = priced;
        Self {
            name: deployment.name.clone(),
            method: deployment.method.name().to_owned(),
            model: priced.model,
            settings: deployment.settings.clone(),
            held,
            own: own.map(|own| own.money(own.held(deployment.budget_on))),
            rate: own.map(|own| own.exchange.stated()),
            items,
            ranked: None,
            deployment: Some(deployment),
        }
    }
}

/// The unit prices of a deployment.
pub fn items(priced: &Priced) -> Vec<PastItem> {
    priced
        .parts
        .iter()
        .flat_map(|part| &part.quote.items)
        .filter(|item| is_price(item.id))
        .map(PastItem::new)
        .collect()
}

/// Why JSON is not that of an earlier check.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PastError(pub String);

impl fmt::Display for PastError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

// Fields are only ever added to the JSON, so those that are not needed are ignored.

#[derive(Debug, Deserialize)]
struct CheckJson {
    schema: String,
    plan: PlanJson,
    currency: String,
    total: String,
    deployments: Vec<DeploymentJson>,
}

#[derive(Debug, Deserialize)]
struct PlanJson {
    days: String,
    discount: Option<String>,
}

#[derive(Debug, Deserialize)]
struct DeploymentJson {
    name: String,
    method: String,
    model: String,
    parameters: serde_json::Map<String, serde_json::Value>,
    total: String,
    own: Option<OwnJson>,
    parts: Vec<PartJson>,
    ranked: Option<Vec<RankedJson>>,
}

#[derive(Debug, Deserialize)]
struct RankedJson {
    option: String,
    spec: Option<String>,
    prices: Vec<RankedPriceJson>,
}

#[derive(Debug, Deserialize)]
struct RankedPriceJson {
    id: String,
    item: String,
    price: String,
}

#[derive(Debug, Deserialize)]
struct OwnJson {
    currency: String,
    total: String,
    stated: String,
}

#[derive(Debug, Deserialize)]
struct PartJson {
    quote: QuoteJson,
}

#[derive(Debug, Deserialize)]
struct QuoteJson {
    items: Vec<ItemJson>,
}

#[derive(Debug, Deserialize)]
struct ItemJson {
    id: String,
    description: String,
    unit_price: UnitPriceJson,
}

#[derive(Debug, Deserialize)]
struct UnitPriceJson {
    amount: String,
    per: String,
    unit: String,
}

impl ItemJson {
    fn item(self) -> PastItem {
        PastItem {
            price: format!(
                "{} per {} {}",
                printable(&self.unit_price.amount),
                printable(&self.unit_price.per),
                printable(&self.unit_price.unit)
            ),
            id: printable(&self.id),
            description: printable(&self.description),
            // When a price came is asked of the newer one.
            came: None,
        }
    }
}

impl RankedJson {
    fn way(self) -> RankedWay {
        RankedWay {
            option: printable(&self.option),
            spec: self.spec.map(|spec| printable(&spec)),
            items: self
                .prices
                .into_iter()
                .map(|price| PastItem {
                    id: printable(&price.id),
                    description: printable(&price.item),
                    price: printable(&price.price),
                    came: None,
                })
                .collect(),
        }
    }
}

impl DeploymentJson {
    fn deployment(self, days: u64) -> Result<PastDeployment, PastError> {
        let name = of_text("name", &self.name, |text| {
            Name::parse(text).map(|name| name.0)
        })?;
        let method = of_text("method", &self.method, text::method)?;
        let entry = |(key, json): (&String, &serde_json::Value)| Entry {
            key: key.clone(),
            at: 0,
            node: from_json(json),
        };
        let mut table = Table {
            entries: self.parameters.iter().map(entry).collect(),
            at: 0,
        };
        table.entries.push(Entry {
            key: "name".to_owned(),
            at: 0,
            node: super::node::Node {
                value: Value::Text(name.clone()),
                at: 0,
            },
        });
        // What an older version wrote may not be a deployment any more; it is still compared.
        let deployment = deployment(&table, None, days, &mut Vec::new());
        let settings = deployment
            .as_ref()
            .map(|one| one.settings.clone())
            .unwrap_or_default();
        let items = self
            .parts
            .into_iter()
            .flat_map(|part| part.quote.items)
            .filter(|item| is_price(&item.id))
            .map(ItemJson::item)
            .collect();
        let ranked = self.ranked;
        let ranked = ranked.map(|ways| ways.into_iter().map(RankedJson::way).collect());
        let own = self.own.as_ref().map(|own| {
            Ok(Money {
                amount: amount("own.total", &own.total)?,
                currency: of_text("own.currency", &own.currency, value::currency)?,
            })
        });
        Ok(PastDeployment {
            own: own.transpose()?,
            rate: self.own.map(|own| printable(&own.stated)),
            name,
            method: method.name().to_owned(),
            model: printable(&self.model),
            settings,
            held: amount("total", &self.total)?,
            items,
            ranked,
            deployment,
        })
    }
}

fn of_text<T>(
    key: &str,
    text: &str,
    parse: impl Fn(&str) -> Result<T, String>,
) -> Result<T, PastError> {
    parse(text)
        .map_err(|error| PastError(format!("`{key}` cannot be `{}`: {error}", printable(text))))
}

fn amount(key: &str, text: &str) -> Result<Decimal, PastError> {
    of_text(key, text, |text| {
        parse_decimal(text).map_err(|error| format!("it is {error}"))
    })
}

/// The plan-wide settings that change what deployments cost.
pub fn plan_settings(days: u64, discount: Option<Percent>) -> Vec<(&'static str, String)> {
    let mut settings = vec![("days", days.to_string())];
    settings.extend(discount.map(|percent| ("discount", text::percent(&percent))));
    settings
}

impl Plan {
    /// Its settings, as they are compared with those of a baseline.
    #[must_use]
    pub fn settings(&self, discount: Option<Percent>) -> Vec<(&'static str, String)> {
        plan_settings(self.days, discount)
    }
}
