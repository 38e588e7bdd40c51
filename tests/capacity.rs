//! Reservations that are bought in units, and those whose tokens are weighed.

#![allow(
    dead_code,
    missing_docs,
    clippy::unwrap_used,
    clippy::indexing_slicing,
    clippy::arithmetic_side_effects
)]

mod common;

#[path = "capacity/cheapest.rs"]
mod cheapest;
#[path = "capacity/dated.rs"]
mod dated;
#[path = "capacity/examples.rs"]
mod examples;
#[path = "capacity/replays.rs"]
mod replays;
#[path = "capacity/shares.rs"]
mod shares;
#[path = "capacity/sizes.rs"]
mod sizes;
#[path = "capacity/terms.rs"]
mod terms;

use common::folder::Folder;
use serde_json::Value;

/// The beginning of a provider of one's own.
pub const PROVIDER: &str = r#"version = 1
[provider]
id = "shop"
name = "Shop"
region = "global"
region_name = "Global"
currency = "USD"
[billing.ptu]
increment = "hour"
"#;

/// A provider that sells these models, with what else is in the folder.
pub struct Shop {
    pub folder: Folder,
}

impl Shop {
    pub fn of(models: &str) -> Self {
        let folder = Folder::new(&[("shop.toml", &format!("{PROVIDER}{models}"))]);
        Self { folder }
    }

    fn words(&self, line: &str) -> Vec<String> {
        let mut words: Vec<String> = line.split_whitespace().map(str::to_owned).collect();
        // Before other files, which change what it sells.
        let catalog = ["--catalog".to_owned(), self.folder.path_of("shop.toml")];
        words.splice(3..3, catalog);
        words
    }

    /// The quote of a line.
    pub fn quote(&self, line: &str) -> Value {
        common::json(&self.words(&format!("quote {line}")))["quotes"][0].clone()
    }

    /// The exit code and the message of a line that fails.
    pub fn fails(&self, line: &str) -> (u8, String) {
        let outcome = common::run(&self.words(&format!("quote {line}")));
        assert_eq!(outcome.stdout, "");
        (outcome.code, outcome.stderr)
    }
}

/// The total, the units, and the notes' messages.
pub fn said(quote: &Value) -> (&str, &str, Vec<&str>) {
    let notes = quote["notes"].as_array().unwrap();
    (
        quote["total"].as_str().unwrap(),
        quote["parameters"]["units"].as_str().unwrap_or(""),
        notes
            .iter()
            .map(|note| note["message"].as_str().unwrap())
            .collect(),
    )
}
