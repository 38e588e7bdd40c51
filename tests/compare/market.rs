//! One model sold in every way, at prices drawn at random, and a load for it.

use std::fs;

use proptest::prelude::*;
use tempfile::TempDir;

use crate::common::{Fraction, whole};

/// Cents of input and output.
pub type Pair = (u64, u64);

#[derive(Debug, Clone)]
pub struct Market {
    /// For 10K input and 1K output TPM.
    pub hour: Pair,
    pub day: Pair,
    /// Cents of a replica by the hour and by the month, of `MU1x1`, `MU1x2`, ….
    pub replicas: Vec<Pair>,
    /// For 1M tokens.
    pub fine_tuned: Pair,
    pub standard: Pair,
    /// Hundredths of requests per minute.
    pub rpm: u64,
    pub input: u64,
    pub output: u64,
    /// Tenths of hours a day.
    pub tenths: u64,
    pub days: u64,
    /// What a replica of `MU1x1` serves.
    pub capacity: Option<Pair>,
}

pub fn cents(number: u64) -> String {
    format!("{}.{:02}", number / 100, number % 100)
}

/// A price in cents as a fraction.
pub fn money(cents: u64) -> Fraction {
    whole(cents) / whole(100)
}

impl Market {
    /// What one request costs by token.
    pub fn request(&self, (input, output): Pair) -> Fraction {
        let cents = whole(self.input) * whole(input) + whole(self.output) * whole(output);
        cents / whole(100_000_000)
    }

    /// Minutes in which requests come.
    pub fn minutes(&self) -> Fraction {
        whole(self.tenths * 6 * self.days)
    }

    pub fn line(&self, folder: &TempDir) -> String {
        let capacity = self
            .capacity
            .map(|(input, output)| format!(" --replica-capacity MU1x1={input}/{output}"));
        format!(
            "compare drawn --catalog {} --rpm {} --input-per-request {} --output-per-request {} \
             --hours-per-day {}.{} --days {}{}",
            folder.path().join("drawn.toml").to_str().unwrap(),
            cents(self.rpm),
            self.input,
            self.output,
            self.tenths / 10,
            self.tenths % 10,
            self.days,
            capacity.unwrap_or_default(),
        )
    }

    /// The catalog file.
    pub fn open(&self) -> TempDir {
        let pair = |(input, output): Pair| (cents(input), cents(output));
        let (hour, day) = (pair(self.hour), pair(self.day));
        let (tuned, standard) = (pair(self.fine_tuned), pair(self.standard));
        let replicas: String = self
            .replicas
            .iter()
            .enumerate()
            .map(|(at, row)| {
                let (hour, month) = pair(*row);
                format!(
                    "[[model.mu]]\nspec = \"MU1 x {}\"\nhour = \"{hour} per replica-hour\"\n\
                 month = \"{month} per replica-month\"\n",
                    at + 1
                )
            })
            .collect();
        let text = format!(
            r#"version = 1
[provider]
id = "alibaba"
[[model]]
code = "drawn"
[[model.ptu]]
max_input = "1M tokens"
input = {{ hour = "{} per 10K TPM-hour", day = "{} per 10K TPM-day" }}
output = [{{ hour = "{} per 1K TPM-hour", day = "{} per 1K TPM-day" }}]
{replicas}
[[model.fine_tuned]]
input = "{} per 1M tokens"
output = [{{ price = "{} per 1M tokens" }}]
[[model.standard]]
tiers = [{{ input = "{} per 1M tokens", output = "{} per 1M tokens" }}]
"#,
            hour.0, day.0, hour.1, day.1, tuned.0, tuned.1, standard.0, standard.1,
        );
        let folder = tempfile::tempdir().unwrap();
        fs::write(folder.path().join("drawn.toml"), text).unwrap();
        folder
    }
}

/// Any market in which some options pay and some do not.
pub fn any_market() -> impl Strategy<Value = Market> {
    let pair = |most: u64| (1..=most, 1..=most);
    let sizes = prop_oneof![
        4 => (1..=20_000_u64, 1..=2_000_u64),
        1 => (1..=20_000_u64, Just(0)),
        1 => (Just(0), 1..=2_000_u64),
    ];
    let prices = (
        pair(1_000),
        2..=40_u64,
        prop::collection::vec(pair(20_000), 1..=2),
        pair(3_000),
        pair(3_000),
    );
    // Tenths of hours: whole ones, and started ones that are billed whole.
    let hours = prop_oneof![(1..=24_u64).prop_map(|hours| hours * 10), 1..=240_u64];
    let load = (1..=10_000_u64, sizes, hours, 1..=70_u64);
    let capacity = prop::option::of((1_000..=1_000_000_u64, 1_000..=100_000_u64));
    (prices, load, capacity).prop_map(|(prices, load, capacity)| {
        let (hour, times, replicas, fine_tuned, standard) = prices;
        let (rpm, (input, output), tenths, days) = load;
        Market {
            hour,
            // A day costs about as much as some hours of it, here and there more than all.
            day: (hour.0 * times - 1, hour.1 * times + 1),
            replicas: replicas
                .into_iter()
                .map(|(hour, month)| (hour, month * 500))
                .collect(),
            fine_tuned,
            standard,
            rpm,
            input,
            output,
            tenths,
            days,
            capacity,
        }
    })
}
