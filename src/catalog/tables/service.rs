//! `[service]`, as TOML has it.

use serde::Deserialize;
use toml::Spanned;

use crate::billing::service::{BillingMode, ServiceType, Status};
use crate::catalog::text::{Read, Text, printable};

/// `[service]`.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ServiceTable {
    pub billing_modes: Vec<Spanned<Read<BillingMode>>>,
    pub statuses: Vec<Spanned<Read<Status>>>,
    pub types: Vec<Spanned<Read<ServiceType>>>,
    pub consumption_order: Vec<Spanned<Read<BillingMode>>>,
    #[serde(default)]
    pub overdue_stops: bool,
    pub reservation: Option<Spanned<ReservationTable>>,
    pub source: Spanned<String>,
}

/// Reserved throughput as part of a service.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ReservationTable {
    pub name: Read<BillingMode>,
    pub service: Read<ServiceType>,
}

impl Text for BillingMode {
    const EXPECTING: &'static str = "a billing mode such as `\"Pay-as-you-go\"`";

    fn parse(text: &str) -> Result<Self, String> {
        named(text, "billing mode", Self::OF_A_SERVICE, |mode| mode.name())
    }
}

impl Text for Status {
    const EXPECTING: &'static str = "a status such as `\"Running\"`";

    fn parse(text: &str) -> Result<Self, String> {
        named(text, "status", Self::ALL, |status| status.name())
    }
}

impl Text for ServiceType {
    const EXPECTING: &'static str = "a type of service, `\"default\"` or `\"custom\"`";

    fn parse(text: &str) -> Result<Self, String> {
        named(text, "type of service", Self::ALL, |kind| kind.name())
    }
}

/// The one of `all` that has this name.
fn named<T: Copy>(
    text: &str,
    what: &str,
    all: &[T],
    name: impl Fn(T) -> &'static str,
) -> Result<T, String> {
    let found = all.iter().copied().find(|one| name(*one) == text);
    found.ok_or_else(|| {
        let names: Vec<String> = all.iter().map(|one| format!("`{}`", name(*one))).collect();
        let (text, names) = (printable(text), names.join(", "));
        format!("`{text}` is not a {what}: it is one of {names}")
    })
}
