//! Rates of exchange: totals in another currency, and prices of two currencies side by side.

#![allow(
    clippy::unwrap_used,
    clippy::panic,
    clippy::indexing_slicing,
    clippy::arithmetic_side_effects
)]

#[path = "fx/amounts.rs"]
mod amounts;
#[path = "fx/check.rs"]
mod check;
mod common;
#[path = "fx/compare.rs"]
mod compare;
#[path = "fx/laws.rs"]
mod laws;
#[path = "fx/quotes.rs"]
mod quotes;
mod support;

use std::fs;

use tempfile::TempDir;

/// The prices of one model: calls, and a reservation by the hour.
const PRICES: &str = r#"
version = 1
[provider]
id = "PROVIDER"
name = "Provider"
region = "r"
region_name = "R"
currency = "CURRENCY"
[billing.ptu]
increment = "hour"
input_step = "10K TPM"
output_step = "1K TPM"
overdue_retention = "24h"
late_order_after = "22:00"
expires_at = "23:59"
grace = "2h"
retention = "14h"
[[model]]
code = "PROVIDER-model"
[[model.standard]]
tiers = [{ input = "CALLS per 1M tokens", output = "CALLS per 1M tokens" }]
[[model.ptu]]
max_input = "128000 tokens"
input = { hour = "RENT per 10K TPM-hour" }
output = [{ hour = "RENT per 1K TPM-hour" }]
"#;

/// A folder with the prices of `home` in CNY and of `abroad` in USD.
struct Markets(TempDir);

impl Markets {
    /// Calls cost ¥6 and $1 per 1M tokens, a reservation ¥3 and $0.4 per 10K in and 1K out.
    fn new() -> Self {
        Self::with(("6", "3"), ("1", "0.4"))
    }

    fn with(home: (&str, &str), abroad: (&str, &str)) -> Self {
        let markets = Self(TempDir::new().unwrap());
        for (provider, currency, (calls, rent)) in
            [("home", "CNY", home), ("abroad", "USD", abroad)]
        {
            let text = PRICES
                .replace("PROVIDER", provider)
                .replace("CURRENCY", currency)
                .replace("CALLS", calls)
                .replace("RENT", rent);
            markets.write(&format!("{provider}.toml"), &text);
        }
        markets
    }

    fn write(&self, name: &str, text: &str) {
        fs::write(self.0.path().join(name), text).unwrap();
    }

    fn path(&self, name: &str) -> String {
        self.0.path().join(name).to_str().unwrap().to_owned()
    }

    /// `tollgate <line>` with both files of prices, and its exit code. `@` stands for the folder, and
    /// its path is left out of what is printed.
    fn said(&self, line: &str) -> (i32, String, String) {
        let folder = format!("{}/", self.0.path().to_str().unwrap());
        let mut command = support::tollgate();
        for file in ["home.toml", "abroad.toml"] {
            command.arg("--catalog").arg(self.path(file));
        }
        command.args(
            line.split_whitespace()
                .map(|word| word.replace('@', &folder)),
        );
        let output = command.output().unwrap();
        let text = |bytes: Vec<u8>| String::from_utf8(bytes).unwrap().replace(&folder, "");
        let code = output.status.code().unwrap();
        (code, text(output.stdout), text(output.stderr))
    }

    /// The same of a line that succeeds.
    fn shown(&self, line: &str) -> String {
        let (code, stdout, stderr) = self.said(line);
        assert_eq!((code, stderr.as_str()), (0, ""), "{line}");
        stdout
    }

    /// The same of a line that fails with nothing on stdout.
    fn refused(&self, line: &str) -> (i32, String) {
        let (code, stdout, stderr) = self.said(line);
        assert_eq!(stdout, "", "{line}");
        (code, stderr)
    }
}
