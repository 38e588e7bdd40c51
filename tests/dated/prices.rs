//! Prices that change on 2026-06-02, and calls around it.

use serde_json::Value;

use super::common::{self, folder::Folder};

/// Before the change all costs more; calls of a model unit's replica alike.
pub const PRICES: &str = r#"
version = 1
[provider]
id = "alibaba"

[[model]]
code = "own"
[[model.ptu]]
max_input = "20000 tokens"
input = { hour = "6 per 10K TPM-hour", day = "60 per 10K TPM-day" }
output = [{ hour = "1 per 1K TPM-hour", day = "10 per 1K TPM-day" }]
[[model.ptu]]
from = 2026-06-02
max_input = "20000 tokens"
input = { hour = "3 per 10K TPM-hour", day = "30 per 10K TPM-day" }
output = [{ hour = "0.5 per 1K TPM-hour", day = "5 per 1K TPM-day" }]
[[model.mu]]
spec = "MU1 x 2"
hour = "10 per replica-hour"
month = "3000 per replica-month"
[[model.mu]]
from = 2026-06-02
spec = "MU1 x 2"
hour = "5 per replica-hour"
month = "1500 per replica-month"
[[model.standard]]
tiers = [{ input = "2 per 1M tokens", output = "3 per 1M tokens" }]
[[model.standard]]
from = 2026-06-02
tiers = [{ input = "1 per 1M tokens", output = "1 per 1M tokens" }]

# The same numbers, read again.
[[model]]
code = "own-same"
[[model.standard]]
tiers = [{ input = "2 per 1M tokens", output = "3 per 1M tokens" }]
[[model.standard]]
from = 2026-06-02
tiers = [{ input = "2 per 1M tokens", output = "3 per 1M tokens" }]

# Sold from the change on.
[[model]]
code = "own-new"
[[model.ptu]]
from = 2026-06-02
max_input = "20000 tokens"
input = { hour = "3 per 10K TPM-hour", day = "30 per 10K TPM-day" }
output = [{ hour = "0.5 per 1K TPM-hour", day = "5 per 1K TPM-day" }]
[[model.standard]]
from = 2026-06-02
tiers = [{ input = "1 per 1M tokens", output = "1 per 1M tokens" }]

# Not sold yet today.
[[model]]
code = "own-next"
[[model.standard]]
from = 2027-01-01
tiers = [{ input = "1 per 1M tokens", output = "1 per 1M tokens" }]

# Reserved before there were ordinary calls.
[[model]]
code = "own-late-calls"
[[model.ptu]]
max_input = "20000 tokens"
input = { hour = "3 per 10K TPM-hour" }
output = [{ hour = "0.5 per 1K TPM-hour" }]
[[model.standard]]
from = 2026-06-02
tiers = [{ input = "1 per 1M tokens", output = "1 per 1M tokens" }]

# Tiers and a maximum input that change, too.
[[model]]
code = "own-tiers"
[[model.ptu]]
max_input = "20000 tokens"
input = { hour = "0.02 per 10K TPM-hour", day = "0.2 per 10K TPM-day" }
output = [{ hour = "0.02 per 1K TPM-hour", day = "0.2 per 1K TPM-day" }]
[[model.ptu]]
from = 2026-06-02
max_input = "6000 tokens"
input = { hour = "0.01 per 10K TPM-hour", day = "0.1 per 10K TPM-day" }
output = [{ hour = "0.03 per 1K TPM-hour", day = "0.3 per 1K TPM-day" }]
[[model.standard]]
tiers = [
  { up_to = "4000 tokens", input = "2 per 1M tokens", output = "3 per 1M tokens" },
  { input = "4 per 1M tokens", output = "6 per 1M tokens" },
]
[[model.standard]]
from = 2026-06-02
tiers = [
  { up_to = "1000 tokens", input = "1 per 1M tokens", output = "7 per 1M tokens" },
  { up_to = "8000 tokens", input = "5 per 1M tokens", output = "8 per 1M tokens" },
  { input = "6 per 1M tokens", output = "9 per 1M tokens" },
]

# Modes that are priced apart from the change on.
[[model]]
code = "own-modes"
[[model.standard]]
tiers = [{ input = "2 per 1M tokens", output = "3 per 1M tokens" }]
[[model.standard]]
from = 2026-06-02
tiers = [
  { mode = "non-thinking", input = "1 per 1M tokens", output = "1 per 1M tokens" },
  { mode = "thinking", input = "1 per 1M tokens", output = "10 per 1M tokens" },
]
"#;

/// A folder with the prices and files of calls.
pub struct Desk {
    folder: Folder,
}

/// A call: seconds after the change in China Standard Time, and its tokens.
pub type At = (i64, u64, u64);

impl Desk {
    pub fn new() -> Self {
        Self {
            folder: Folder::new(&[("prices.toml", PRICES)]),
        }
    }

    /// Writes a file, and gives its path.
    pub fn file(&self, name: &str, text: &str) -> String {
        self.folder.file(name, text)
    }

    /// Writes calls in Unix seconds.
    pub fn calls(&self, name: &str, calls: &[At]) -> String {
        let mut text = "timestamp,input_tokens,output_tokens\n".to_owned();
        for (at, input, output) in calls {
            // 2026-06-01T16:00:00Z.
            text.push_str(&format!("{},{input},{output}\n", 1_780_329_600 + at));
        }
        self.file(name, &text)
    }

    /// The words of a command line with these prices.
    pub fn line(&self, line: &str) -> Vec<String> {
        let words = line.split_whitespace().map(str::to_owned);
        let catalog = ["--catalog".to_owned(), self.folder.path_of("prices.toml")];
        words.chain(catalog).collect()
    }

    /// The only quote of a command line that succeeds.
    pub fn quote(&self, line: &str) -> Value {
        let report = common::json(&self.line(&format!("quote {line}")));
        assert_eq!(report["quotes"].as_array().unwrap().len(), 1);
        report["quotes"][0].clone()
    }

    pub fn total(&self, line: &str) -> String {
        self.quote(line)["total"].as_str().unwrap().to_owned()
    }

    /// How a command line fails, with nothing on stdout.
    pub fn refused(&self, line: &str) -> (u8, String) {
        let outcome = common::run(&self.line(line));
        assert_eq!(outcome.stdout, "", "{line}");
        (outcome.code, outcome.stderr)
    }
}

/// Description and amount of each line.
pub fn lines(quote: &Value) -> Vec<(String, String)> {
    let items = quote["items"].as_array().unwrap().iter();
    let text = |value: &Value| value.as_str().unwrap().to_owned();
    let line = |item: &Value| (text(&item["description"]), text(&item["amount"]));
    items.map(line).collect()
}

/// The notes about the trace.
pub fn notes(quote: &Value) -> Vec<String> {
    let notes = quote["notes"].as_array().unwrap().iter();
    notes
        .filter(|note| note["rule"] == "trace")
        .map(|note| note["message"].as_str().unwrap().to_owned())
        .collect()
}

/// Lines as they are compared with.
pub fn said(lines: &[(&str, &str)]) -> Vec<(String, String)> {
    let line = |(name, amount): &(&str, &str)| ((*name).to_owned(), (*amount).to_owned());
    lines.iter().map(line).collect()
}
