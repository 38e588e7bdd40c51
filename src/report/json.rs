//! Pieces that the JSON of every command shares.

use rust_decimal::Decimal;
use serde::ser::SerializeMap;
use serde::{Serialize, Serializer};

use crate::billing::amount::Amount;
use crate::billing::exact::{plain, round2};
use crate::billing::kind::{TokenKind, Tokens};
use crate::billing::number::grouped;

#[derive(Debug, Serialize)]
struct Named<'a, Fields> {
    schema: &'static str,
    version: &'static str,
    #[serde(flatten)]
    fields: &'a Fields,
}

/// The fields of a report as one JSON object, after its schema and the version of the program.
pub fn text(schema: &'static str, fields: &impl Serialize) -> anyhow::Result<String> {
    let version = env!("CARGO_PKG_VERSION");
    let mut text = serde_json::to_string_pretty(&Named {
        schema,
        version,
        fields,
    })?;
    text.push('\n');
    Ok(text)
}

/// 2 digits, half away from zero, not grouped.
pub fn rounded(amount: Decimal) -> String {
    grouped(round2(amount), 2).replace(',', "")
}

/// An amount as it was given in another currency than it is held in.
#[derive(Debug, Serialize)]
pub struct GivenJson {
    amount: String,
    currency: String,
    stated: String,
}

impl GivenJson {
    /// `None` where it was given in the same.
    pub fn new(amount: &Amount) -> Option<Self> {
        let given = amount.given?;
        Some(Self {
            amount: plain(given.money.amount),
            currency: given.money.currency.to_string(),
            stated: given.rate.stated(),
        })
    }
}

/// Tokens of each kind as `input_tokens`, `cached_tokens`, …; of a cache, only where there are some.
#[derive(Debug)]
pub struct TokensJson(pub Tokens);

/// The same of a request of a workload, as `input_per_request`, …; null where there is no workload.
#[derive(Debug)]
pub struct PerRequestJson(pub Option<Tokens>);

impl Serialize for TokensJson {
    fn serialize<S: Serializer>(&self, to: S) -> Result<S::Ok, S::Error> {
        kinds(to, Some(self.0), "tokens")
    }
}

impl Serialize for PerRequestJson {
    fn serialize<S: Serializer>(&self, to: S) -> Result<S::Ok, S::Error> {
        kinds(to, self.0, "per_request")
    }
}

fn kinds<S: Serializer>(to: S, tokens: Option<Tokens>, what: &str) -> Result<S::Ok, S::Error> {
    let mut map = to.serialize_map(None)?;
    for kind in TokenKind::ALL {
        let count = tokens.map(|tokens| match kind {
            TokenKind::Input => tokens.input,
            other => tokens.of(other),
        });
        if count.unwrap_or(0) > 0 || !TokenKind::OF_A_CACHE.contains(&kind) {
            let count = count.map(|count| count.to_string());
            map.serialize_entry(&format!("{}_{what}", kind.key()), &count)?;
        }
    }
    map.end()
}
