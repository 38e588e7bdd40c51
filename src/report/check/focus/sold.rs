//! The SKU and its seller: ids, details of prices, names of providers.

use serde_json::json;

use super::line::Category;
use crate::billing::amend::save::COMMITMENT;
use crate::billing::quote::{LineItem, Parameters, Quote};
use crate::billing::speed::Speed;

/// The SKU without region and term: the kind of charge and its variant.
pub fn kind(quote: &Quote, item: &str) -> String {
    let item = sold_as(item);
    if item == "package.purchase" {
        return item.to_owned();
    }
    if let Some(savings) = quote.savings.as_deref().filter(|_| item == COMMITMENT) {
        let (months, payment) = (savings.plan.term_months, savings.plan.payment.name());
        return format!("{item}/{months}-months/{payment}");
    }
    match &quote.parameters {
        Parameters::Mu { spec, .. } => format!("{item}/{spec}"),
        Parameters::Ptu {
            mode,
            service,
            spec,
            ..
        } => {
            // What overflows of it is an ordinary call, however it was reserved.
            let reserved = ["ptu.input", "ptu.output", "ptu.units"].contains(&item);
            let service = service.filter(|_| reserved).map(Speed::name);
            with(
                item,
                [mode.map(|mode| mode.name()), service, spec.as_deref()],
            )
        }
        Parameters::Tokens {
            rate, mode, batch, ..
        } => {
            let rate = format!("{item}/{}", rate.name());
            with(
                &rate,
                [mode.map(|mode| mode.name()), batch.then_some("batch")],
            )
        }
    }
}

/// A change of a running term is sold as the item that was ordered.
fn sold_as(item: &str) -> &str {
    match item {
        "ptu.added.input" | "ptu.refund.input" | "ptu.used.input" => "ptu.input",
        "ptu.added.output" | "ptu.refund.output" | "ptu.used.output" => "ptu.output",
        "ptu.added.units" | "ptu.refund.units" | "ptu.used.units" => "ptu.units",
        "mu.added" => "mu.replicas",
        other => other,
    }
}

/// The meter: the description of the charge, or of the one that a change belongs to.
pub fn meter(quote: &Quote, item: &LineItem) -> String {
    match (sold_as(item.id), &quote.parameters) {
        (own, _) if own == item.id => item.description.clone(),
        ("ptu.input", _) => "Input throughput".to_owned(),
        ("ptu.output", _) => "Output throughput".to_owned(),
        ("ptu.units", Parameters::Ptu { throughput, .. }) => {
            throughput.unit_name().unwrap_or_default().to_owned()
        }
        (_, Parameters::Mu { spec, .. }) => format!("Replicas of {spec}"),
        _ => item.description.clone(),
    }
}

fn with<const N: usize>(first: &str, more: [Option<&str>; N]) -> String {
    let all: Vec<&str> = std::iter::once(first)
        .chain(more.into_iter().flatten())
        .collect();
    all.join("/")
}

/// Everything but the model that the price of an item depends on, as JSON.
pub fn details(quote: &Quote, item: &LineItem, category: Category) -> anyhow::Result<String> {
    let prepaid = matches!(category, Category::Purchase | Category::Renewed);
    let mut details = json!({ "x_Method": quote.method.name(), "x_Prepaid": prepaid });
    let hours = item.hours.map(|hours| ("x_Hours", json!(hours.written())));
    let more = match &quote.parameters {
        Parameters::Ptu {
            spec: Some(spec), ..
        } => Some(("x_Spec", json!(spec))),
        Parameters::Ptu { mode, .. } => mode.map(|mode| ("x_Mode", json!(mode.name()))),
        Parameters::Mu { spec, .. } => Some(("x_Spec", json!(spec.to_string()))),
        Parameters::Tokens { mode, .. } => mode.map(|mode| ("x_Mode", json!(mode.name()))),
    };
    let service = match &quote.parameters {
        Parameters::Ptu { service, .. } => service.map(|speed| ("x_Service", json!(speed.name()))),
        _ => None,
    };
    if let Some(details) = details.as_object_mut() {
        for (key, value) in more.into_iter().chain(hours).chain(service) {
            details.insert(key.to_owned(), value);
        }
    }
    Ok(serde_json::to_string(&details)?)
}

/// The seller, by the names that people know.
pub struct Provider<'a> {
    /// Such as `Alibaba Cloud`.
    pub company: &'a str,
    /// Such as `Model Studio`.
    pub service: &'a str,
}

impl<'a> Provider<'a> {
    /// The provider with an id of the catalog; the id itself where only that is known.
    pub fn of(id: &'a str) -> Self {
        let (company, service) = match id {
            "alibaba" => ("Alibaba Cloud", "Model Studio"),
            "tencent" => ("Tencent Cloud", "Online inference"),
            other => (other, "Model inference"),
        };
        Self { company, service }
    }
}
