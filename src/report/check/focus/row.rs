//! The columns of a row, in the order of the specification, then those of our own.

use rust_decimal::Decimal;
use serde_json::json;

use super::VERSION;
use super::line::{Category, Line};
use super::pricing::{Pricing, name};
use super::sold::{Provider, details, kind, meter};
use crate::billing::exact::plain;
use crate::billing::quote::{Parameters, Rate};
use crate::plan::{Priced, PricedPart};
use crate::report::check::CheckReport;
use crate::report::render::csv::Cell;
use crate::report::words;

/// The account of every estimate: one of its own, since the customer's is not known and estimates
/// are no part of what it is billed.
const ACCOUNT: &str = "tollgate-estimate";

/// What all rows share: the period, as UTC texts.
#[derive(Debug)]
pub struct Context<'a> {
    pub report: &'a CheckReport,
    pub starts: String,
    pub ends: String,
}

/// A charge or credit, and its deployment.
#[derive(Debug)]
pub struct Row<'a> {
    pub priced: &'a Priced,
    pub part: &'a PricedPart,
    pub line: Line<'a>,
}

#[derive(Debug)]
pub enum Value {
    Null,
    Number(Decimal),
    Fixed(&'static str),
    /// A text from the plan or the catalog.
    Text(String),
}

impl Value {
    pub fn cell(&self) -> Cell<'_> {
        match self {
            Self::Null => Cell::Fixed(""),
            Self::Number(number) => Cell::Number(plain(*number)),
            Self::Fixed(text) => Cell::Fixed(text),
            Self::Text(text) => Cell::text(text),
        }
    }

    fn text(text: &str) -> Self {
        match text {
            "" => Self::Null,
            text => Self::Text(text.to_owned()),
        }
    }

    fn number(number: Option<Decimal>) -> Self {
        number.map_or(Self::Null, Self::Number)
    }
}

impl Row<'_> {
    pub fn columns(&self, context: &Context<'_>) -> anyhow::Result<Vec<(&'static str, Value)>> {
        use Value::{Fixed, Null, Number, Text};
        let Line {
            item,
            category,
            pricing,
            list,
            billed,
            consumed,
        } = &self.line;
        let (quote, deployment) = (&self.part.quote, &self.priced.deployment);
        let model = &quote.model;
        let Provider { company, service } = Provider::of(&model.provider);
        let priced = pricing.is_some();
        let sku = format!("{}/{}/{}", model.provider, model.code, kind(quote, item.id));
        let unit = item.unit_price.unit.name();
        let hours = item.hours.map(|hours| format!("/{}", hours.written()));
        let hours = hours.unwrap_or_default();
        let price = format!("{sku}/{}/{unit}{hours}", model.region);
        let resource = self.is_resource();
        let when = |known: bool, value: Value| if known { value } else { Null };
        let each = pricing.as_ref();
        let number = |of: fn(&Pricing) -> Decimal| Value::number(each.map(of));
        let pricing_unit = each.map_or(Null, |each| Text(each.unit.clone()));
        let consumed_unit = when(consumed.is_some(), Text(name(item.quantity.unit)));
        let price_details = when(priced, Text(details(quote, item, *category)?));
        let part = self.part.label.as_deref().unwrap_or_default();
        Ok(vec![
            ("BilledCost", Number(*billed)),
            ("BillingAccountId", Fixed(ACCOUNT)),
            ("BillingAccountName", Null),
            ("BillingCurrency", Value::text(quote.currency.code())),
            ("BillingPeriodEnd", Text(context.ends.clone())),
            ("BillingPeriodStart", Text(context.starts.clone())),
            ("ChargeCategory", Fixed(category.name())),
            ("ChargeClass", Null),
            ("ChargeDescription", Text(self.description())),
            ("ChargeFrequency", Fixed(category.frequency())),
            ("ChargePeriodEnd", Text(context.ends.clone())),
            ("ChargePeriodStart", Text(context.starts.clone())),
            // A subscription is the deployment itself, and no discount on other charges.
            ("CommitmentDiscountCategory", Null),
            ("CommitmentDiscountId", Null),
            ("CommitmentDiscountName", Null),
            ("CommitmentDiscountQuantity", Null),
            ("CommitmentDiscountStatus", Null),
            ("CommitmentDiscountType", Null),
            ("CommitmentDiscountUnit", Null),
            ("ConsumedQuantity", Value::number(*consumed)),
            ("ConsumedUnit", consumed_unit),
            ("ContractedCost", Number(*billed)),
            ("ContractedUnitPrice", number(|each| each.contracted)),
            ("EffectiveCost", Number(*billed)),
            ("HostProviderName", Text(company.to_owned())),
            ("InvoiceId", Null),
            ("InvoiceIssuerName", Text(company.to_owned())),
            ("ListCost", Number(*list)),
            ("ListUnitPrice", number(|each| each.list)),
            ("PricingCategory", when(priced, Fixed("Standard"))),
            ("PricingQuantity", number(|each| each.quantity)),
            ("PricingUnit", pricing_unit),
            ("ProviderName", Text(company.to_owned())),
            ("PublisherName", Text(company.to_owned())),
            ("RegionId", Value::text(&model.region)),
            ("RegionName", Value::text(&model.region_name)),
            ("ResourceId", when(resource, Value::text(&deployment.name))),
            ("ResourceName", Null),
            ("ResourceType", when(resource, Fixed("Model deployment"))),
            ("ServiceCategory", Fixed("AI and Machine Learning")),
            ("ServiceName", Text(service.to_owned())),
            ("ServiceProviderName", Text(company.to_owned())),
            ("ServiceSubcategory", Fixed("Generative AI")),
            ("SkuId", when(priced, Text(sku))),
            ("SkuMeter", when(priced, Value::text(&meter(quote, item)))),
            ("SkuPriceDetails", price_details),
            ("SkuPriceId", when(priced, Text(price))),
            ("SubAccountId", Null),
            ("SubAccountName", Null),
            ("Tags", Text(self.tags(context)?)),
            ("x_Count", Number(Decimal::from(deployment.count))),
            ("x_Deployment", Value::text(&deployment.name)),
            ("x_Estimate", Fixed("true")),
            ("x_FocusVersion", Fixed(VERSION)),
            ("x_Item", Fixed(item.id)),
            ("x_Method", Fixed(quote.method.name())),
            ("x_Model", Value::text(&model.code)),
            ("x_Part", Value::text(part)),
            ("x_Plan", Value::text(&context.report.file)),
            ("x_Rule", Fixed(item.rule.id())),
            ("x_Term", Fixed(quote.term.name())),
        ])
    }

    /// `Estimate: chat, Input throughput, 100K TPM × 300 h at CNY 7.68 per 10K TPM-hour`.
    fn description(&self) -> String {
        let item = self.line.item;
        let working = words::working(item);
        let mut text = format!(
            "Estimate: {}, {}, {working}",
            self.priced.deployment.name, item.description
        );
        if self.line.category != Category::Credit {
            let currency = self.part.quote.currency;
            text.push_str(&format!(" at {currency} {}", item.unit_price));
        }
        if let Some(label) = &self.part.label {
            text.push_str(&format!(" ({label})"));
        }
        text
    }

    /// Whether something is deployed, and the charge is for it: ordinary calls need nothing.
    fn is_resource(&self) -> bool {
        !matches!(
            self.part.quote.parameters,
            Parameters::Tokens {
                rate: Rate::Standard,
                ..
            }
        )
    }

    fn tags(&self, context: &Context<'_>) -> anyhow::Result<String> {
        let tags = json!({
            "deployment": self.priced.deployment.name,
            "plan": context.report.file,
        });
        Ok(serde_json::to_string(&tags)?)
    }
}
