//! The lines of TOML that give a model a price which the catalog has not. What a person has to fill in is no price,
//! so that a file in which it is forgotten is refused.

use super::text::printable;

/// Which price is missing.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Wanted {
    /// That of ordinary calls.
    Tokens,
    /// That of a reservation in units.
    Units,
}

impl Wanted {
    /// The file of a model in a region of a provider that is known.
    #[must_use]
    pub fn file(self, provider: &str, region: &str, code: &str) -> String {
        let rows = match self {
            Self::Tokens => {
                r#"[[model.standard]]
tiers = [{ input = "? per 1M tokens", cached = "? per 1M tokens", output = "? per 1M tokens" }]
"#
            }
            Self::Units => {
                r#"[[model.capacity]]
unit = { name = "?", adds = { tokens = "? TPM" }, smallest = ?, step = ?, hour = "? per unit-hour" }

[[model.capacity.meters]]
name = "tokens"
weights = [{ input = "1", cached = "?", output = "?" }]
"#
            }
        };
        format!(
            r#"version = 1

[provider]
id = "{provider}"
region = "{region}"

[[model]]
code = "{}"

{rows}"#,
            printable(code)
        )
    }
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
