//! Kinds of tokens: what is said of a cache as flags and in plans, what is printed of it, and laws of its price.

#![allow(
    clippy::unwrap_used,
    clippy::indexing_slicing,
    clippy::arithmetic_side_effects
)]

#[path = "kinds/laws.rs"]
mod laws;
#[path = "kinds/output.rs"]
mod output;
#[path = "kinds/plan.rs"]
mod plan;
#[path = "kinds/refused.rs"]
mod refusals;
mod support;

/// A provider without a document: `chat` has a price for each way of a cache, `plain` has none, and `tuned` is fine-tuned.
const CATALOG: &str = r#"version = 1

[provider]
id = "mine"
name = "My cloud"
region = "here"
region_name = "Here"
currency = "CNY"

[billing.ptu]
increment = "hour"
input_step = "10K TPM"
output_step = "1K TPM"

[billing.tokens]
batch = "50%"
batch_with_cache = false

[[model]]
code = "chat"
name = "Chat"

[[model.standard]]
tiers = [
  { up_to = "32K tokens", input = "10 per 1M tokens", cached = "2 per 1M tokens", cached_explicit = "1 per 1M tokens", cache_write = "12.5 per 1M tokens", output = "40 per 1M tokens" },
  { input = "20 per 1M tokens", cached = "4 per 1M tokens", output = "80 per 1M tokens" },
]

[[model.ptu]]
input = { hour = "2 per 10K TPM-hour" }
output = [{ hour = "0.8 per 1K TPM-hour" }]

[[model]]
code = "plain"
name = "Plain"

[[model.standard]]
tiers = [{ input = "10 per 1M tokens", output = "40 per 1M tokens" }]

[[model]]
code = "tuned"
name = "Tuned"

[[model.fine_tuned]]
input = "0.02 per 1K tokens"
cached = "0.01 per 1K tokens"
output = [{ price = "0.08 per 1K tokens" }]
"#;

/// A folder with the catalog as `mine.toml`.
struct Folder(tempfile::TempDir);

impl Folder {
    fn new() -> Self {
        let folder = Self(tempfile::tempdir().unwrap());
        folder.file("mine.toml", CATALOG);
        folder
    }

    fn file(&self, name: &str, text: &str) {
        std::fs::write(self.0.path().join(name), text).unwrap();
    }

    /// A command line with the catalog, run in the folder.
    fn run(&self, line: &str) -> std::process::Output {
        let mut command = support::tollgate();
        command
            .current_dir(self.0.path())
            .args(line.split_whitespace());
        command.args(["--catalog", "mine.toml"]).output().unwrap()
    }

    /// What it prints, once it is known to have succeeded.
    fn stdout(&self, line: &str) -> String {
        let output = self.run(line);
        let stderr = String::from_utf8_lossy(&output.stderr);
        assert_eq!((output.status.code(), &*stderr), (Some(0), ""), "`{line}`");
        String::from_utf8(output.stdout).unwrap()
    }

    fn json(&self, line: &str) -> serde_json::Value {
        serde_json::from_str(&self.stdout(&format!("{line} --json"))).unwrap()
    }
}
