//! A steady load costs what its calls cost, replayed one by one: evenly spaced, in a trace of the same
//! time, against the same reservation. What is found for a load is found for its calls.

use std::fs;

use proptest::prelude::*;
use proptest::sample::select;
use serde_json::Value;
use tempfile::TempDir;

use super::{config, number, size, total, tpm};
use crate::common::{Fraction, json};

/// Tiers, a maximum input and purchase steps, at prices at which a reservation here pays and there not.
const PRICES: &str = r#"
version = 1
[provider]
id = "alibaba"
[[model]]
code = "own-model"
[[model.ptu]]
max_input = "20000 tokens"
input = { hour = "2.4 per 10K TPM-hour", day = "36 per 10K TPM-day" }
output = [{ hour = "0.9 per 1K TPM-hour", day = "14 per 1K TPM-day" }]
[[model.standard]]
tiers = [
  { up_to = "4096 tokens", input = "5 per 1M tokens", output = "20 per 1M tokens" },
  { input = "8 per 1M tokens", output = "32 per 1M tokens" },
]
"#;

/// A load of calls of one size. `per_hour` is a multiple of 3, so that three decimals of a rate say it.
#[derive(Debug, Clone, Copy)]
struct Load {
    per_hour: u64,
    input: u64,
    output: u64,
}

impl Load {
    fn flags(self) -> String {
        let thousandths = self.per_hour * 1_000 / 60;
        format!(
            "--rpm {}.{:03} --input-per-request {} --output-per-request {}",
            thousandths / 1_000,
            thousandths % 1_000,
            self.input,
            self.output
        )
    }

    /// Its calls over so many hours, evenly spaced, as a log.
    fn calls(self, hours: u64) -> String {
        let mut text = "timestamp,input_tokens,output_tokens\n".to_owned();
        for call in 0..self.per_hour * hours {
            let at = 1_767_196_800_000 + call * 3_600_000 / self.per_hour;
            text.push_str(&format!("{at},{},{}\n", self.input, self.output));
        }
        text
    }
}

fn any_load() -> impl Strategy<Value = Load> {
    // From a call in 20 minutes to 30 a minute; small calls, some above a tier, some above the maximum.
    let input = prop_oneof![0..=600_u64, 0..=12_000_u64, 4_000..=21_000_u64];
    let output = prop_oneof![1..=80_u64, 1..=2_500_u64];
    (1..=600_u64, input, output).prop_map(|(threes, input, output)| Load {
        per_hour: threes * 3,
        input,
        output,
    })
}

/// Prices and a log, in a folder that is gone after the test.
struct Shop {
    folder: TempDir,
}

impl Shop {
    fn of(load: Load, hours: u64) -> Self {
        let folder = tempfile::tempdir().unwrap();
        fs::write(folder.path().join("own.toml"), PRICES).unwrap();
        fs::write(folder.path().join("calls.csv"), load.calls(hours)).unwrap();
        Self { folder }
    }

    fn path(&self, name: &str) -> String {
        self.folder.path().join(name).to_str().unwrap().to_owned()
    }

    fn run(&self, line: &str) -> Value {
        let line = format!("{line} --catalog {}", self.path("own.toml"));
        json(&line.split(' ').collect::<Vec<_>>())
    }

    fn quote(&self, line: &str) -> Value {
        self.run(&format!("quote ptu own-model {line}"))["quotes"][0].clone()
    }

    fn trace(&self) -> String {
        format!("--trace {}", self.path("calls.csv"))
    }
}

/// Id, quantity and amount of each line, those of the overflow without their tier.
fn lines(quote: &Value) -> Vec<(String, Fraction, Fraction)> {
    let items = quote["items"].as_array().unwrap().iter();
    items
        .map(|item| {
            (
                item["id"].as_str().unwrap().to_owned(),
                number(&item["quantity"]),
                number(&item["amount"]),
            )
        })
        .collect()
}

proptest! {
    #![proptest_config(config(150))]

    #[test]
    fn a_given_reservation_costs_what_the_replayed_calls_cost(
        load in any_load(), hours in 1..=3_u64, input in 0..=60_000_u64, output in 1..=9_000_u64,
    ) {
        let shop = Shop::of(load, hours);
        let bought = format!("--input-tpm {input} --output-tpm {output} --hours {hours}");
        let steady = shop.quote(&format!("{bought} {}", load.flags()));
        let replayed = shop.quote(&format!("{bought} {}", shop.trace()));
        prop_assert_eq!(lines(&steady), lines(&replayed), "{:?} at {}", load, bought);
    }

    #[test]
    fn the_peak_is_that_of_the_replayed_calls(load in any_load(), hours in 1..=3_u64) {
        prop_assume!(load.input <= 20_000);
        let shop = Shop::of(load, hours);
        let steady = shop.quote(&format!("--fit peak --hours {hours} {}", load.flags()));
        let replayed = shop.quote(&format!("--fit peak --hours {hours} {}", shop.trace()));
        prop_assert_eq!(size(&steady), size(&replayed), "{:?}", load);
        prop_assert_eq!(lines(&steady), lines(&replayed), "{:?}", load);
        prop_assert_eq!(steady["items"].as_array().unwrap().len(), 2, "nothing overflows: {:?}", load);
    }

    #[test]
    fn the_cheapest_size_is_that_of_the_replayed_calls(
        load in any_load(), hours in 1..=3_u64,
    ) {
        let shop = Shop::of(load, hours);
        let steady = shop.quote(&format!("--fit cheapest --hours {hours} {}", load.flags()));
        let size = size(&steady);
        // The same size, given, costs the same in a replay.
        if size != (0, 0) {
            let replayed = shop.quote(&format!("{} --hours {hours} {}", tpm(size), shop.trace()));
            prop_assert_eq!(lines(&steady), lines(&replayed), "{:?} at {:?}", load, size);
        }
        // And no size that the calls find costs less.
        let line = format!("--fit cheapest --hours {hours} {}", shop.trace());
        prop_assert_eq!(total(&shop.quote(&line)), total(&steady), "{:?}", load);
    }
}

proptest! {
    #![proptest_config(config(16))]

    #[test]
    fn a_comparison_ranks_the_replayed_calls_alike(
        per_hour in select(vec![9_u64, 12, 30, 45, 60, 90, 150]),
        input in prop_oneof![1_000..=9_000_u64, 9_001..=20_000_u64],
        output in 1..=2_500_u64,
    ) {
        let load = Load { per_hour, input, output };
        let shop = Shop::of(load, 24);
        let options = |line: String| -> Vec<(String, Fraction)> {
            let compared = shop.run(&format!("compare own-model {line}"));
            let options = compared["options"].as_array().unwrap().iter();
            options
                .map(|option| (option["option"].as_str().unwrap().to_owned(), total(&option["quote"])))
                .collect()
        };
        let steady = options(format!("--days 1 {}", load.flags()));
        prop_assert_eq!(steady.len(), 3);
        prop_assert_eq!(steady, options(shop.trace()), "{:?}", load);
    }
}
