//! Pieces that the JSON of every command shares.

use rust_decimal::Decimal;
use serde::Serialize;

use crate::billing::exact::round2;
use crate::billing::kind::Tokens;
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

/// Tokens of each kind. Of a cache, only where there are some.
#[derive(Debug, Serialize)]
pub struct TokensJson {
    input_tokens: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    cached_tokens: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    cache_write_tokens: Option<String>,
    output_tokens: String,
}

impl TokensJson {
    pub fn new(tokens: Tokens) -> Self {
        Self {
            input_tokens: tokens.input.to_string(),
            cached_tokens: some(tokens.cached),
            cache_write_tokens: some(tokens.cache_write),
            output_tokens: tokens.output.to_string(),
        }
    }
}

/// Tokens of a request of a workload, where they are known. Of a cache, only where there are some.
#[derive(Debug, Serialize)]
pub struct PerRequestJson {
    input_per_request: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    cached_per_request: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    cache_write_per_request: Option<String>,
    output_per_request: Option<String>,
}

impl PerRequestJson {
    pub fn new(tokens: Option<Tokens>) -> Self {
        let of_cache = tokens.unwrap_or_default();
        Self {
            input_per_request: tokens.map(|tokens| tokens.input.to_string()),
            cached_per_request: some(of_cache.cached),
            cache_write_per_request: some(of_cache.cache_write),
            output_per_request: tokens.map(|tokens| tokens.output.to_string()),
        }
    }
}

/// A count; left out where it is 0.
fn some(count: u64) -> Option<String> {
    (count > 0).then(|| count.to_string())
}
