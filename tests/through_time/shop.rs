//! A shop whose prices come and go.

use serde_json::Value;
use tollgate::cli::Outcome;

use super::common::{self, folder::Folder};

pub const PRICES: &str = r#"
version = 1
[provider]
id = "shop"
name = "Shop"
region = "north"
region_name = "North"
currency = "CNY"

[billing.ptu]
increment = "hour"
input_step = "10K TPM"
output_step = "1K TPM"

[source.page]
document = "shop-page"
section = "Prices"
first_seen = 2026-05-01
seen = 2026-10-10
transcribed = 2026-11-01

# Left the page: reservations and ordinary calls on one day, replicas on another.
[[model]]
code = "gone"
[[model.ptu]]
seen = 2026-08-17
until = 2026-08-18
max_input = "64K tokens"
input = { hour = "7.2 per 10K TPM-hour", day = "86.4 per 10K TPM-day" }
output = [{ hour = "1.08 per 1K TPM-hour", day = "12.96 per 1K TPM-day" }]
source = "page"
[[model.mu]]
spec = "MU1 x 2"
hour = "108 per replica-hour"
seen = 2026-07-29
until = 2026-08-03
source = "page"
[[model.mu]]
spec = "MU2 x 2"
hour = "126 per replica-hour"
source = "page"
[[model.standard]]
tiers = [{ input = "8 per 1M tokens", output = "12 per 1M tokens" }]
seen = 2026-08-17
until = 2026-08-18
source = "page"

# Half the price from a day between two editions, and a larger maximum.
[[model]]
code = "halved"
[[model.ptu]]
seen = 2026-07-29
max_input = "64K tokens"
input = { hour = "4 per 10K TPM-hour" }
output = [{ hour = "2 per 1K TPM-hour" }]
source = "page"
[[model.ptu]]
from = 2026-08-03
after = 2026-07-29
max_input = "128K tokens"
input = { hour = "2 per 10K TPM-hour" }
output = [{ hour = "1 per 1K TPM-hour" }]
source = "page"
[[model.standard]]
tiers = [{ input = "2 per 1M tokens", output = "6 per 1M tokens" }]
source = "page"
[[model.standard]]
from = 2026-09-01
tiers = [{ input = "0.002 per 1K tokens", output = "6 per 1M tokens" }]
source = "page"

# Came between two editions.
[[model]]
code = "new"
[[model.standard]]
from = 2026-08-03
after = 2026-07-29
tiers = [{ input = "1 per 1M tokens", output = "3 per 1M tokens" }]
source = "page"

# Left and came back.
[[model]]
code = "back"
[[model.standard]]
tiers = [{ input = "1 per 1M tokens", output = "3 per 1M tokens" }]
seen = 2026-06-30
until = 2026-07-01
source = "page"
[[model.standard]]
from = 2026-10-01
tiers = [{ input = "1 per 1M tokens", output = "3 per 1M tokens" }]
source = "page"

# Came and left.
[[model]]
code = "short"
[[model.standard]]
from = 2026-07-10
tiers = [{ input = "5 per 1M tokens", output = "5 per 1M tokens" }]
seen = 2026-07-20
until = 2026-07-29
source = "page"

# Ordinary calls that become dearer, so that a reservation pays.
[[model]]
code = "flip"
[[model.ptu]]
input = { hour = "1 per 10K TPM-hour", day = "20 per 10K TPM-day" }
output = [{ hour = "0.5 per 1K TPM-hour", day = "5 per 1K TPM-day" }]
source = "page"
[[model.standard]]
tiers = [{ input = "1 per 1M tokens", output = "3 per 1M tokens" }]
source = "page"
[[model.standard]]
from = 2026-08-03
after = 2026-07-29
tiers = [{ input = "4 per 1M tokens", output = "12 per 1M tokens" }]
source = "page"
"#;

/// The shop in a folder of its own.
pub struct Shop(Folder);

impl Shop {
    pub fn new() -> Self {
        Self(Folder::new(&[("prices.toml", PRICES)]))
    }

    /// Writes a file, and gives its path.
    pub fn file(&self, name: &str, text: &str) -> String {
        self.0.file(name, text)
    }

    fn words(&self, line: &str) -> Vec<String> {
        let words = line.split_whitespace().map(str::to_owned);
        let catalog = ["--catalog".to_owned(), self.0.path_of("prices.toml")];
        words.chain(catalog).collect()
    }

    /// What a command line gives on 2026-11-20.
    pub fn run(&self, line: &str) -> Outcome {
        common::run(&self.words(line))
    }

    /// What it prints, without the lines of the catalog file.
    pub fn stdout(&self, line: &str) -> String {
        let outcome = self.run(line);
        assert_eq!((outcome.code, outcome.stderr.as_str()), (0, ""), "{line}");
        let text = outcome.stdout;
        match text.split_once("\n Catalog files\n") {
            Some((before, after)) => {
                let rest = after
                    .lines()
                    .skip_while(|line| line.contains("prices.toml"));
                let rest: Vec<&str> = rest.collect();
                format!("{before}{}", rest.join("\n"))
            }
            None => text,
        }
    }

    pub fn json(&self, line: &str) -> Value {
        common::json(&self.words(line))
    }

    /// How a command line fails, with nothing on stdout.
    pub fn refused(&self, line: &str) -> (u8, String) {
        let outcome = self.run(line);
        assert_eq!(outcome.stdout, "", "{line}");
        (outcome.code, outcome.stderr)
    }

    /// The notes on its page of the only quote of a command line.
    pub fn notes(&self, line: &str) -> Vec<String> {
        let report = self.json(&format!("quote {line}"));
        messages(&report["quotes"][0]["notes"])
    }
}

/// The messages of notes on what editions of the page tell.
pub fn messages(notes: &Value) -> Vec<String> {
    let notes = notes.as_array().unwrap().iter();
    let messages = notes.map(|note| note["message"].as_str().unwrap().to_owned());
    let of_pages = [
        "not on the page since",
        "came between",
        "left the page between",
    ];
    messages
        .filter(|message| of_pages.iter().any(|part| message.contains(part)))
        .collect()
}
