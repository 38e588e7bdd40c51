//! Prices and steps drawn at random, as a catalog file, and orders for them.

use std::fs;
use std::path::Path;

use proptest::prelude::*;
use proptest::sample::select;
use tempfile::TempDir;

/// The end of a tier, where it has one, and what its tokens cost: cents per million.
pub type Tier = (Option<u64>, u64, u64);

/// One model: how it is sold, and what an order for it is.
#[derive(Debug, Clone)]
pub struct Shop {
    /// Billed by the started minute, else by the started hour.
    pub by_minute: bool,
    /// Input and output TPM are bought in multiples of these.
    pub steps: (u64, u64),
    /// Larger requests use no reservation.
    pub max_input: u64,
    pub tiers: Vec<Tier>,
    /// What input and output cost of the standard price at full use, in millionths.
    pub ratios: (u64, u64),
    pub length: Length,
    pub load: Load,
}

/// Time in hundredths of an hour, so that minutes end as decimals.
#[derive(Debug, Clone, Copy)]
pub enum Length {
    Hours { each: u64, runs: u64 },
    Days { days: u64, a_day: u64 },
}

#[derive(Debug, Clone, Copy)]
pub struct Load {
    /// Hundredths of requests per minute.
    pub rpm: u64,
    pub input: u64,
    pub output: u64,
}

/// A number of hundredths as one writes it.
pub fn hundredths(number: u64) -> String {
    format!("{}.{:02}", number / 100, number % 100)
}

impl Shop {
    /// The tier of a request, which all its tokens are billed at.
    pub fn tier(&self) -> Tier {
        let fits = |tier: &&Tier| tier.0.is_none_or(|end| self.load.input <= end);
        *self.tiers.iter().find(fits).unwrap()
    }

    /// For 10K input and 1K output TPM, in units of 10^-12: an hour's tokens at the standard price
    /// times the ratio; a day has as many hours as the load lasts.
    pub fn prices(&self) -> (u64, u64) {
        let (_, input, output) = self.tier();
        let hour = (input * self.ratios.0 * 6_000, output * self.ratios.1 * 600);
        match self.length {
            Length::Hours { .. } => hour,
            Length::Days { a_day, .. } => (hour.0 / 100 * a_day, hour.1 / 100 * a_day),
        }
    }

    /// The time and the load as flags.
    pub fn order(&self) -> String {
        let load = self.load;
        let load = format!(
            "--rpm {} --input-per-request {} --output-per-request {}",
            hundredths(load.rpm),
            load.input,
            load.output
        );
        match self.length {
            Length::Hours { each, runs } => {
                format!("{load} --hours {} --runs {runs}", hundredths(each))
            }
            Length::Days { days, a_day: 2_400 } => format!("{load} --days {days}"),
            Length::Days { days, a_day } => {
                format!("{load} --days {days} --hours-per-day {}", hundredths(a_day))
            }
        }
    }

    /// The catalog file of this shop.
    pub fn open(&self) -> TempDir {
        let (increment, term) = match (self.by_minute, self.length) {
            (by_minute, Length::Hours { .. }) => (by_minute, "hour"),
            (by_minute, Length::Days { .. }) => (by_minute, "day"),
        };
        let increment = if increment { "minute" } else { "hour" };
        let price =
            |units: u64| format!("{}.{:012}", units / 10_u64.pow(12), units % 10_u64.pow(12));
        let (input, output) = self.prices();
        let tiers: String = self.tiers.iter().map(tier_line).collect();
        let text = format!(
            r#"version = 1
[provider]
id = "acme"
name = "Acme"
region = "here"
region_name = "Here"
currency = "CNY"
[billing.ptu]
increment = "{increment}"
input_step = "{} TPM"
output_step = "{} TPM"
overdue_retention = "24h"
late_order_after = "22:00"
expires_at = "23:59"
grace = "2h"
retention = "14h"
[[model]]
code = "drawn"
[[model.ptu]]
max_input = "{} tokens"
input = {{ {term} = "{} per 10K TPM-{term}" }}
output = [{{ {term} = "{} per 1K TPM-{term}" }}]
[[model.standard]]
tiers = [{tiers}]
"#,
            self.steps.0,
            self.steps.1,
            self.max_input,
            price(input),
            price(output),
        );
        let folder = tempfile::tempdir().unwrap();
        fs::write(file_in(folder.path()), text).unwrap();
        folder
    }
}

fn tier_line((end, input, output): &Tier) -> String {
    let end = end.map(|end| format!("up_to = \"{end} tokens\", "));
    let (input, output) = (hundredths(*input), hundredths(*output));
    format!(
        "{{ {}input = \"{input} per 1M tokens\", output = \"{output} per 1M tokens\" }}, ",
        end.unwrap_or_default()
    )
}

/// Where a shop's catalog file is.
pub fn file_in(folder: &Path) -> String {
    folder.join("drawn.toml").to_str().unwrap().to_owned()
}

/// Any shop, with a load of some hundred purchase steps at most.
pub fn any_shop() -> impl Strategy<Value = Shop> {
    shop(select(vec![1, 7, 100, 1_000, 10_000]), 10_000, 6, 5)
}

/// A shop with a load of so few purchase steps that every size can be tried.
pub fn small_shop() -> impl Strategy<Value = Shop> {
    shop(select(vec![1, 7, 100, 1_000]), 800, 2, 5)
}

/// A small shop where what a minute costs need not end as a decimal.
pub fn endless_shop() -> impl Strategy<Value = Shop> {
    shop(select(vec![1, 7, 100, 1_000]), 800, 2, 1)
}

/// The load is at most `most_rpm` hundredths of requests, each of at most `most_steps` steps, and
/// lasts a multiple of `grain` hundredths of an hour: 5 of them are 3 minutes.
fn shop(
    step: impl Strategy<Value = u64> + Clone,
    most_rpm: u64,
    most_steps: u64,
    grain: u64,
) -> impl Strategy<Value = Shop> {
    let tokens = move |step: u64| 1..=step * most_steps;
    let load = (step.clone(), step)
        .prop_flat_map(move |steps| (Just(steps), 1..=most_rpm, tokens(steps.0), tokens(steps.1)))
        .prop_flat_map(|(steps, rpm, input, output)| {
            let sizes = prop_oneof![
                6 => Just((input, output)),
                1 => Just((0, output)),
                1 => Just((input, 0)),
            ];
            (
                Just(steps),
                sizes.prop_map(move |(input, output)| Load { rpm, input, output }),
            )
        });
    let length = prop_oneof![
        (1..=2_400 / grain, 1..=3_u64).prop_map(move |(each, runs)| Length::Hours {
            each: each * grain,
            runs
        }),
        (1..=24_u64).prop_map(|hours| Length::Hours {
            each: hours * 100,
            runs: 1
        }),
        (1..=31_u64, 1..=2_400_u64).prop_map(|(days, a_day)| Length::Days { days, a_day }),
        (1..=31_u64).prop_map(|days| Length::Days { days, a_day: 2_400 }),
    ];
    let seldom_too_large = prop_oneof![1 => 1..=100_u64, 9 => Just(1_000_000)];
    (
        any::<bool>(),
        load,
        tiers(),
        (ratio(), ratio()),
        length,
        seldom_too_large,
    )
        .prop_map(
            |(by_minute, (steps, load), tiers, ratios, length, max_input)| Shop {
                by_minute,
                steps,
                max_input,
                tiers,
                ratios,
                length,
                load,
            },
        )
}

/// Much cheaper than tokens, about as dear, to a millionth as dear, or dearer.
fn ratio() -> impl Strategy<Value = u64> {
    prop_oneof![
        100_000..=900_000_u64,
        900_000..=1_100_000_u64,
        select(vec![999_999, 1_000_000, 1_000_001]),
        1_000_000..=3_000_000_u64,
    ]
}

fn tiers() -> impl Strategy<Value = Vec<Tier>> {
    let cents = || (1..=3_000_u64, 1..=3_000_u64);
    let flat = cents().prop_map(|(input, output)| vec![(None, input, output)]);
    let three = (1..=1_000_u64, cents(), cents(), cents()).prop_map(|(end, a, b, c)| {
        vec![
            (Some(end), a.0, a.1),
            (Some(end * 8), b.0, b.1),
            (None, c.0, c.1),
        ]
    });
    prop_oneof![flat, three]
}
