//! The lines of TOML that give a model a price which the catalog has not. What a person has to fill in is no price,
//! so that a file in which it is forgotten is refused.

use std::fmt::{self, Write as _};

use super::model::{ModeTier, TokenRow};
use super::text::printable;
use crate::billing::offer::Rate;
use crate::billing::ptu::Period;

/// Which price is missing.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Wanted {
    /// That of ordinary calls.
    Tokens,
    /// That of a reservation in units, for a period.
    Units(Period),
}

/// A price that is missing of a provider that is known.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct MissingPrice {
    /// The provider's id.
    pub provider: String,
    /// The region's id.
    pub region: String,
    /// The region's name, where the provider has no other model there.
    pub region_name: Option<String>,
    /// The model's code, without the provider.
    pub code: String,
    /// Which price.
    pub wanted: Wanted,
}

impl fmt::Display for MissingPrice {
    /// The file that adds it.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let region = (self.region.as_str(), self.region_name.as_deref());
        f.write_str(&head(&self.provider, region, &self.code))?;
        match self.wanted {
            Wanted::Tokens => f.write_str(
                r#"[[model.standard]]
tiers = [{ input = "? per 1M tokens", cached = "? per 1M tokens", output = "? per 1M tokens" }]
"#,
            ),
            Wanted::Units(period) => write!(
                f,
                r#"[[model.capacity]]
unit = {{ name = "?", adds = {{ tokens = "? TPM" }}, smallest = ?, step = ?, {period} = "? per unit-{period}" }}

[[model.capacity.meters]]
name = "tokens"
weights = [{{ input = "1", cached = "?", output = "?" }}]
"#,
                period = period.name()
            ),
        }
    }
}

/// The file that gives longer calls a price: what is known of the model, and a last tier without an end.
#[must_use]
pub fn longer_calls(
    provider: &str,
    region: &str,
    code: &str,
    (rate, row): (Rate, &TokenRow),
) -> String {
    let mut lines = head(provider, (region, None), code);
    let table = match rate {
        Rate::Standard => "standard",
        Rate::FineTuned => "fine_tuned",
    };
    let _ = writeln!(lines, "[[model.{table}]]\ntiers = [");
    for (place, tier) in row.tiers.iter().enumerate() {
        let _ = writeln!(lines, "  {},", known(tier));
        let mut later = row.tiers.iter().skip(place.saturating_add(1));
        let is_last = !later.any(|other| (other.mode, other.hours) == (tier.mode, tier.hours));
        if is_last && tier.tier.up_to.is_some() {
            let mut keys = of_whom(tier);
            for (name, price) in tier.tier.all() {
                keys.extend(price.map(|_| format!("{} = \"? per 1M tokens\"", key(name))));
            }
            let _ = writeln!(lines, "  {{ {} }},", keys.join(", "));
        }
    }
    lines.push_str("]\n");
    if row.not_in_batches {
        lines.push_str("batch = false\n");
    }
    lines
}

/// A tier as a file has it.
fn known(tier: &ModeTier) -> String {
    let mut keys = of_whom(tier);
    keys.splice(
        0..0,
        tier.tier
            .up_to
            .map(|end| format!("up_to = \"{end} tokens\"")),
    );
    for (name, price) in tier.tier.all() {
        keys.extend(price.map(|price| format!("{} = \"{price}\"", key(name))));
    }
    format!("{{ {} }}", keys.join(", "))
}

/// The calls that a tier is for, beside their size.
fn of_whom(tier: &ModeTier) -> Vec<String> {
    let mode = tier.mode.map(|mode| format!("mode = \"{}\"", mode.name()));
    let hours = tier
        .hours
        .map(|hours| format!("hours = \"{}\"", hours.written()));
    mode.into_iter().chain(hours).collect()
}

/// The key of a price of that name.
fn key(name: &str) -> String {
    name.replace('-', "_")
}

/// The beginning of a file of a model in a region of a provider that is known.
fn head(provider: &str, (region, name): (&str, Option<&str>), code: &str) -> String {
    let name = name.map_or_else(String::new, |name| {
        format!("region_name = \"{}\"\n", printable(name))
    });
    format!(
        r#"version = 1

[provider]
id = "{provider}"
region = "{region}"
{name}
[[model]]
code = "{}"

"#,
        printable(code)
    )
}

/// The file of a model of a provider that publishes no prices.
#[must_use]
pub fn price_file(provider: &str, code: &str) -> String {
    format!(
        r#"version = 1

[provider]
id = "{provider}"
region = "?"
region_name = "?"
currency = "?"

[billing.ptu]

[[model]]
code = "{}"

[[model.standard]]
tiers = [{{ input = "? per 1M tokens", output = "? per 1M tokens" }}]

# A TPM Reservation, if you have one: by the `hour` (then `[billing.ptu]` says how time is
# rounded, as in `increment = "hour"`), the `day` or the `month`.
[[model.ptu]]
input = {{ month = "? per 10K TPM-month" }}
output = [{{ month = "? per 1K TPM-month" }}]
"#,
        printable(code)
    )
}
