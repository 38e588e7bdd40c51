//! Pieces that the JSON of every command shares.

use rust_decimal::Decimal;
use serde::Serialize;

use crate::billing::exact::round2;
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
