//! Traces and prices for the tests, in a folder of their own.

pub use crate::common::folder::Folder;

/// Input and output tokens of a call in a minute of 2026.
pub type Row = (u64, (u64, u64));

/// Calls as a CSV file: those of a minute come a millisecond after the other.
pub fn csv(calls: impl IntoIterator<Item = Row>) -> String {
    let mut text = "timestamp,input_tokens,output_tokens\n".to_owned();
    for (at, (minute, (input, output))) in (0_u64..).zip(calls) {
        let at = 1_767_196_800_000 + minute * 60_000 + at;
        text.push_str(&format!("{at},{input},{output}\n"));
    }
    text
}

/// A reservation that costs less than calls, which have two tiers.
pub const CHEAP: &str = r#"
version = 1
[provider]
id = "alibaba"
[[model]]
code = "own-model"
[[model.ptu]]
max_input = "20000 tokens"
input = { hour = "0.5 per 10K TPM-hour", day = "6 per 10K TPM-day" }
output = [{ hour = "0.5 per 1K TPM-hour", day = "6 per 1K TPM-day" }]
[[model.standard]]
tiers = [
  { up_to = "4096 tokens", input = "10 per 1M tokens", output = "40 per 1M tokens" },
  { input = "20 per 1M tokens", output = "80 per 1M tokens" },
]
[[model]]
code = "own-reserved-only"
[[model.ptu]]
max_input = "20000 tokens"
input = { hour = "0.5 per 10K TPM-hour" }
output = [{ hour = "0.5 per 1K TPM-hour" }]
[[model]]
code = "own-short"
[[model.ptu]]
max_input = "20000 tokens"
input = { hour = "0.5 per 10K TPM-hour" }
output = [{ hour = "0.5 per 1K TPM-hour" }]
[[model.standard]]
tiers = [{ up_to = "4096 tokens", input = "10 per 1M tokens", output = "40 per 1M tokens" }]
"#;

/// A provider that documents what pays for its services.
pub const SERVICE: &str = r#"
version = 1
[provider]
id = "tencent"
region = "r"
region_name = "R"
currency = "CNY"
[billing.ptu]
[[model]]
code = "own-reserved"
[[model.ptu]]
input = { month = "1 per 10K TPM-month" }
output = [{ month = "1 per 1K TPM-month" }]
[[model.standard]]
tiers = [
  { up_to = "8000 tokens", input = "1 per 1M tokens", output = "4 per 1M tokens" },
  { input = "2 per 1M tokens", output = "8 per 1M tokens" },
]
"#;

/// An hour in which a minute has ten times what the others have.
pub fn evening() -> String {
    csv((0..60).map(|minute| match minute {
        30 => (minute, (30_000, 2000)),
        _ => (minute, (3000, 200)),
    }))
}
