//! From where on an option pays: whoever compares at that load, or at those hours, finds it first, and
//! one step nearer to the workload does not.

use std::collections::BTreeSet;

use proptest::prelude::*;
use proptest::sample::select;
use serde_json::{Value, json as value};

use super::{MODELS, document, rows, said, text};
use crate::common::run;

/// A workload that is compared, with all that stays as it is elsewhere.
#[derive(Debug, Clone)]
struct Asked {
    models: String,
    flags: String,
    /// Hundredths of requests a minute.
    rpm: u64,
    hours: u32,
}

impl Asked {
    /// The ranking at another load and at other hours, if it can be priced.
    fn at(&self, rpm: u64, hours: u32) -> Option<Vec<Value>> {
        let Self { models, flags, .. } = self;
        let (whole, hundredths) = (rpm / 100, rpm % 100);
        let line = format!(
            "compare {models} --rpm {whole}.{hundredths:02} --hours-per-day {hours}h {flags} --json"
        );
        let outcome = run(&line.split_whitespace().collect::<Vec<_>>());
        let compared = (outcome.code == 0).then(|| serde_json::from_str(&outcome.stdout).unwrap());
        compared.map(|compared: Value| rows(&compared).to_vec())
    }

    /// What is ranked first there.
    fn first(&self, rpm: u64, hours: u32) -> Option<String> {
        self.at(rpm, hours)?.first().map(offer)
    }

    /// What is said of each row holds.
    fn holds(&self, factors: &[u64], hours: &[u32]) {
        let Some(ranked) = self.at(self.rpm, self.hours) else {
            return;
        };
        // From a hundredth of the workload to a thousand times.
        let loads = factors
            .iter()
            .map(|factor| (self.rpm * factor / 100).max(1));
        let elsewhere = loads.map(|rpm| (rpm, self.hours));
        let elsewhere = elsewhere.chain(hours.iter().map(|hours| (self.rpm, *hours)));
        let first_elsewhere: Vec<_> = elsewhere
            .map(|(rpm, hours)| (rpm, hours, self.first(rpm, hours)))
            .collect();
        for (place, row) in ranked.iter().enumerate() {
            let (said, offer) = (&row["pays_from"], offer(row));
            assert_eq!(said["now"], place == 0, "{self:?}: {offer}");
            let load = Edges::of(&said["rpm"], self.rpm, hundredths);
            let time = Edges::of(&said["hours_per_day"], self.hours.into(), whole);
            let never = place > 0 && load.is_none() && time.is_none();
            assert_eq!(said["never"], never, "{self:?}: {offer}");
            if let Some(edges) = load {
                // Without a far edge it goes on for good.
                let on = first_elsewhere.iter().filter(|(rpm, hours, _)| {
                    let beyond = if edges.above {
                        *rpm > edges.near
                    } else {
                        *rpm < edges.near
                    };
                    beyond && *hours == self.hours && edges.far.is_none()
                });
                for (rpm, _, first) in on.filter(|(_, _, first)| first.is_some()) {
                    assert_eq!(first.as_ref(), Some(&offer), "{self:?}: at {rpm}");
                }
                let first = |rpm| self.first(rpm, self.hours);
                edges.hold(&offer, self.rpm, step, first, self);
            }
            if let Some(edges) = time {
                let first = |hours| self.first(self.rpm, u32::try_from(hours).unwrap());
                edges.hold(&offer, self.hours.into(), |_, _| 1, first, self);
            }
            for (rpm, hours, first) in first_elsewhere.iter().filter(|_| never) {
                let first = first.as_ref();
                assert_ne!(
                    first,
                    Some(&offer),
                    "{self:?}: never, but at {rpm}, {hours} h"
                );
            }
        }
    }
}

/// How far apart two loads beside one are, in hundredths: a whole request a minute from 10 on.
fn step(rpm: u64, up: bool) -> u64 {
    let whole = if up { rpm >= 1_000 } else { rpm > 1_000 };
    if whole { 100 } else { 1 }
}

/// Between which values an option is first, on one side of the workload.
#[derive(Debug)]
struct Edges {
    near: u64,
    far: Option<u64>,
    above: bool,
}

impl Edges {
    fn of(at: &Value, workload: u64, number: fn(&str) -> u64) -> Option<Self> {
        let side = |key: &str| at[key].as_str().map(number);
        Some(match (side("from"), side("up_to")) {
            (None, None) => return None,
            (Some(near), None) => Self {
                near,
                far: None,
                above: true,
            },
            (None, Some(near)) => Self {
                near,
                far: None,
                above: false,
            },
            (Some(near), far) if near > workload => Self {
                near,
                far,
                above: true,
            },
            (far, Some(near)) => Self {
                near,
                far,
                above: false,
            },
        })
    }

    /// It is first at both edges, and a step beside them it is not.
    fn hold(
        &self,
        offer: &str,
        workload: u64,
        step: impl Fn(u64, bool) -> u64,
        first: impl Fn(u64) -> Option<String>,
        asked: &Asked,
    ) {
        assert_eq!(self.above, self.near > workload, "{asked:?}: {offer}");
        let away = |edge: u64, up: bool| match up {
            true => edge + step(edge, true),
            false => edge - step(edge, false),
        };
        for edge in [self.near].into_iter().chain(self.far) {
            let found = first(edge);
            assert_eq!(found.as_deref(), Some(offer), "{asked:?}: at {edge}");
        }
        let nearer = away(self.near, !self.above);
        // Where the workload itself is nearer than a step, it is what the option is not first at.
        let passed = if self.above {
            nearer <= workload
        } else {
            nearer >= workload
        };
        let beyond = self.far.map(|far| away(far, self.above));
        for beside in [nearer].into_iter().filter(|_| !passed).chain(beyond) {
            let found = first(beside);
            assert_ne!(found.as_deref(), Some(offer), "{asked:?}: at {beside}, too");
        }
    }
}

/// What an option is, whatever is bought of it.
fn offer(row: &Value) -> String {
    let quote = &row["quote"];
    let parameters = &quote["parameters"];
    format!(
        "{} of {}, {} {}",
        row["option"], quote["model"]["code"], parameters["spec"], parameters["pd_separated"]
    )
}

fn whole(hours: &str) -> u64 {
    hours.parse().unwrap()
}

fn hundredths(rpm: &str) -> u64 {
    let (whole, decimals) = rpm.split_once('.').unwrap_or((rpm, ""));
    format!("{whole}{decimals:0<2}").parse().unwrap()
}

/// By turns a model, and two of them, with what their replicas serve.
fn models() -> impl Strategy<Value = (String, String)> {
    // Without a rate only models of one currency are compared.
    let all: Vec<String> = MODELS
        .iter()
        .filter(|model| model["currency"] == "CNY")
        .map(|model| text(&model["code"]).to_owned())
        .collect();
    let rented: Vec<String> = MODELS
        .iter()
        .filter(|model| !model["mu"].as_array().unwrap().is_empty() || model["ptu"] != Value::Null)
        .map(|model| text(&model["code"]).to_owned())
        .collect();
    let codes = (select(rented), proptest::option::weighted(0.3, select(all)));
    (codes, 1_u64..200, 1_u64..60, any::<bool>()).prop_map(
        |((one, other), input, output, known)| {
            let other = other.filter(|other| *other != one).unwrap_or_default();
            let of = |model: &&Value| [&one, &other].contains(&&text(&model["code"]).to_owned());
            let offers = MODELS.iter().filter(of);
            let offers = offers.flat_map(|model| model["mu"].as_array().unwrap());
            let specs: BTreeSet<&str> = offers.map(|offer| text(&offer["spec"])).collect();
            let flag = |(at, spec): (u64, &&str)| {
                format!(
                    "--replica-capacity {spec}={}k/{}k ",
                    input * 10 * at,
                    output * at
                )
            };
            let flags = (1..).zip(&specs).map(flag).collect::<String>();
            (
                format!("{one} {other}"),
                if known { flags } else { String::new() },
            )
        },
    )
}

fn asked() -> impl Strategy<Value = Asked> {
    let rpm = prop_oneof![
        1_u64..100,
        100_u64..10_000,
        (1_000_u64..1_000_000).prop_map(|rpm| rpm / 50 * 50)
    ];
    let size = (1_u64..20_000, 0_u64..2_000);
    let more = (
        proptest::option::of(1_u64..60),
        proptest::option::weighted(0.3, (1_u64..5_000, any::<bool>())),
        prop_oneof![Just(30_u64), 1_u64..70],
    );
    (models(), rpm, size, prop_oneof![Just(24_u32), 1_u32..24], more).prop_map(
        |((models, replicas), rpm, (input, output), hours, (discount, quota, days))| {
            let discount = discount.map(|percent| format!("--discount {percent}% "));
            let quota = quota.map(|(millions, stops)| {
                let postpaid = if stops { "--postpaid off" } else { "" };
                format!("--free-quota {millions}M {postpaid}")
            });
            let flags = format!(
                "--input-per-request {input} --output-per-request {output} --days {days} {replicas}{}{}",
                discount.unwrap_or_default(),
                quota.unwrap_or_default()
            );
            Asked { models, flags, rpm, hours }
        },
    )
}

/// A model of random prices, so that each way is the cheapest somewhere: by token, reserved, and of two
/// specifications of replicas.
fn priced() -> impl Strategy<Value = String> {
    let tenths = || (1_u64..300).prop_map(|price| format!("{}.{}", price / 10, price % 10));
    let ptu = (tenths(), tenths(), 6_u64..30);
    let mu = || (1_u64..400, 200_u64..800, 1_u64..400, 1_u64..60);
    let ways = (any::<bool>(), any::<bool>());
    (tenths(), tenths(), ptu, mu(), mu(), ways).prop_map(
        |(input, output, (side, other, days), one, two, (reserved, rented))| {
            let mut text = format!(
                "version = 1\n[provider]\nid = \"alibaba\"\n[[model]]\ncode = \"own\"\n\
                 replica_capacity = [\"MU1x1={}k/{}k\", \"MU2x1={}k/{}k\"]\n\
                 [[model.standard]]\ntiers = [{{ input = \"{input} per 1M tokens\", \
                 output = \"{output} per 1M tokens\" }}]\n",
                one.2 * 10, one.3, two.2 * 10, two.3,
            );
            if reserved || !rented {
                // A day costs as much as 6 to 29 hours.
                let price = |unit: &str, price: &str| {
                    let tenths: u64 = price.replace('.', "").parse().unwrap();
                    let day = format!("{}.{}", tenths * days / 10, tenths * days % 10);
                    format!("{{ hour = \"{price} per {unit} TPM-hour\", day = \"{day} per {unit} TPM-day\" }}")
                };
                text.push_str(&format!(
                    "[[model.ptu]]\nmax_input = \"1M tokens\"\ninput = {}\noutput = [{}]\n",
                    price("10K", &side),
                    price("1K", &other)
                ));
            }
            if rented {
                for (spec, (hour, hours, ..)) in [("MU1 x 1", one), ("MU2 x 1", two)] {
                    // A month costs as much as 200 to 799 hours.
                    let month = hour * hours;
                    text.push_str(&format!(
                        "[[model.mu]]\nspec = \"{spec}\"\nhour = \"{hour} per replica-hour\"\n\
                         month = \"{month} per replica-month\"\n"
                    ));
                }
            } else {
                text = text.lines().filter(|line| !line.starts_with("replica")).map(|line| format!("{line}\n")).collect();
            }
            text
        },
    )
}

proptest! {
    #![proptest_config(super::config(12))]

    #[test]
    fn an_option_is_the_cheapest_where_it_is_said_to_pay_and_not_a_step_nearer(
        asked in asked(),
        factors in proptest::collection::vec(prop_oneof![1_u64..100, 100_u64..10_000, 10_000_u64..100_000], 10),
        hours in proptest::collection::vec(1_u32..=24, 5),
    ) {
        asked.holds(&factors, &hours);
    }

    #[test]
    fn it_is_so_whatever_the_prices_are(
        prices in priced(),
        asked in asked(),
        factors in proptest::collection::vec(prop_oneof![1_u64..100, 100_u64..10_000, 10_000_u64..100_000], 10),
        hours in proptest::collection::vec(1_u32..=24, 5),
    ) {
        let folder = tempfile::tempdir().unwrap();
        let file = folder.path().join("own.toml");
        std::fs::write(&file, prices).unwrap();
        // The capacities are of the file.
        let flags = asked.flags.split("--replica-capacity").next().unwrap();
        let more = asked.flags.rsplit_once("k ").map_or("", |(_, more)| more);
        let flags = format!("{flags} {more} --catalog {}", file.to_str().unwrap());
        Asked { models: "own".to_owned(), flags, ..asked }.holds(&factors, &hours);
    }
}

/// A call of 4,000 tokens in and 400 out costs 4,000 × ¥0.50 ÷ 1M + 400 × ¥2 ÷ 1M = ¥0.0028, and one of
/// them each minute of 30 days, which are 43,200 minutes, ¥120.96. A month of MU5x1 is ¥10,139, and one
/// replica serves 84 calls, 336K / 33.6K: at 83 a minute calls cost ¥10,039.68, at 84 ¥10,160.64.
#[test]
fn a_replica_pays_from_the_load_whose_calls_cost_more() {
    let line = "compare qwen3-8b --rpm 30 --input-per-request 4k --output-per-request 400 \
                --spec MU5x1 --replica-capacity MU5x1=4M/400k";
    let shown = said(line).stdout;
    assert!(
        shown.contains("Model units are the cheapest from 84 requests a minute on.\n"),
        "{shown}"
    );
    let pays = |line: &str| -> Vec<Value> {
        let compared = document(line);
        rows(&compared)
            .iter()
            .map(|row| value!([row["option"], row["total"], row["pays_from"]["message"]]))
            .collect()
    };
    let monthly = "from 84 requests a minute on";
    assert_eq!(
        pays(line),
        [
            value!(["standard", "3628.8", "now"]),
            value!(["mu-monthly", "10139", monthly]),
            value!(["mu-hourly", "15120", "never"]),
        ]
    );
    assert_eq!(
        pays(&line.replace("30", "83"))[0],
        value!(["standard", "10039.68", "now"])
    );
    assert_eq!(
        pays(&line.replace("30", "84"))[0],
        value!(["mu-monthly", "10139", "now"])
    );
    let compared = document(line);
    assert_eq!(
        rows(&compared)[1]["pays_from"],
        value!({
            "now": false,
            "never": false,
            "rpm": { "from": "84", "up_to": null },
            "hours_per_day": null,
            "message": monthly
        })
    );
}

/// At 30 calls a minute of 1,000 tokens one MU1x1 for ¥100 is cheaper than two MU2x1 for ¥60 each, and up
/// to 20 one of these would be the cheapest. But 25 calls a minute, for 43,200 minutes, are 1,080M tokens:
/// the free quota pays for them all, and stops only those of more.
#[test]
fn what_serves_only_another_load_is_the_cheapest_there() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("own.toml");
    let own = "version = 1\n[provider]\nid = \"alibaba\"\n[[model]]\ncode = \"own\"\n\
               replica_capacity = [\"MU1x1=100k/1k\", \"MU2x1=20k/1k\"]\n\
               [[model.standard]]\ntiers = [{ input = \"1 per 1M tokens\", output = \"1 per 1M tokens\" }]\n\
               [[model.mu]]\nspec = \"MU1 x 1\"\nhour = \"100 per replica-hour\"\n\
               [[model.mu]]\nspec = \"MU2 x 1\"\nhour = \"60 per replica-hour\"\n";
    std::fs::write(&file, own).unwrap();
    let line = |quota: &str| {
        let file = file.to_str().unwrap();
        format!(
            "compare own --catalog {file} --rpm 30 --input-per-request 1000 --output-per-request 0 {quota}"
        )
    };
    let pays = |line: &str| -> Vec<String> {
        let compared = document(line);
        let cell = |row: &Value| {
            let spec = row["quote"]["parameters"]["spec"].as_str();
            let way = spec.unwrap_or(text(&row["option"]));
            format!("{way}: {}", text(&row["pays_from"]["message"]))
        };
        rows(&compared).iter().map(cell).collect()
    };
    let stops = "--free-quota 1080M --postpaid off";
    assert_eq!(pays(&line(stops)), ["MU1x1: now", "MU2x1: never"]);
    let at = |rpm: &str| pays(&line(stops).replace("--rpm 30", rpm));
    assert_eq!(at("--rpm 25")[0], "standard: now");
    assert_eq!(at("--rpm 26")[0], "MU1x1: now");
}

#[test]
fn a_comparison_of_one_model_fits_a_screen_and_of_three_fits_two() {
    let codes: Vec<&str> = MODELS.iter().map(|model| text(&model["code"])).collect();
    let mut longer = Vec::new();
    for load in [
        "--rpm 30 --input-per-request 4000 --output-per-request 400",
        "--rpm 0.5 --input-per-request 200 --output-per-request 0 --hours-per-day 8h",
        "--rpm 5000 --input-per-request 1000 --output-per-request 100",
    ] {
        let one = codes.chunks(1).map(|models| (models, 40));
        for (models, most) in one.chain(codes.windows(3).map(|models| (models, 60))) {
            let line = format!("compare {} {load}", models.join(" "));
            let currencies = models.iter().map(|code| {
                let model = MODELS.iter().find(|model| model["code"] == *code);
                text(&model.unwrap()["currency"])
            });
            let is_mixed = currencies.collect::<BTreeSet<_>>().len() > 1;
            let rate = if is_mixed { " --fx USD=0.1389" } else { "" };
            let line = format!("{line}{rate}");
            let shown = said(&line).stdout;
            let lines = shown.lines().count();
            if lines > most {
                longer.push(format!("{lines} lines: {line}"));
            }
            let wide = shown.lines().find(|line| line.chars().count() > 80);
            assert_eq!(wide, None, "{line}");
        }
    }
    assert!(longer.is_empty(), "{}", longer.join("\n"));
}

/// Replicas of the one model pay against its own tokens from 166 requests a minute on (¥240,288 a month
/// ÷ ¥1,451.52 a month for one call a minute is 165.5), where those of the other are far cheaper still.
#[test]
fn what_pays_against_its_own_tokens_alone_is_said_to() {
    let load = "--rpm 30 --input-per-request 4k --output-per-request 400 --spec MU2x8";
    let alone = said(&format!("compare qwen3-max-2025-09-23 {load}")).stdout;
    let from = "model units by the month (1 × MU2x8) would pay from 166 requests a minute on";
    let joined = |shown: &str| shown.split_whitespace().collect::<Vec<_>>().join(" ");
    assert!(
        joined(&alone).contains(&format!("{from}, if one")),
        "{alone}"
    );
    let both = said(&format!("compare qwen3-max-2025-09-23 qwen3-8b {load}")).stdout;
    let against = format!("{from} against tokens of qwen3-max-2025-09-23, if one");
    assert!(joined(&both).contains(&against), "{both}");
}

/// Of many options those that never pay and are far dearer have no row, and are counted; each model keeps its
/// cheapest, and what has left its page says so.
#[test]
fn what_has_no_row_of_many_options_is_counted() {
    let codes = [
        "qwen3-vl-plus-2025-09-23",
        "glm-5.1",
        "qwen3.7-plus-2026-05-26",
    ];
    let line = format!(
        "compare {} --rpm 0.5 --input-per-request 200 --output-per-request 0 --hours-per-day 8h",
        codes.join(" ")
    );
    let ranked = rows(&document(&line)).len();
    let has_row = |shown: &str, rank: usize| {
        let starts = |row: &str| row.trim_start().starts_with(&format!("{rank}  "));
        shown.lines().any(starts)
    };
    let shown = said(&line).stdout;
    let shown_rows = (1..=ranked).filter(|rank| has_row(&shown, *rank)).count();
    let left_out = ranked - shown_rows;
    assert!(left_out > 0);
    let counted = format!(
        "Not shown: {left_out} options that cost 400 to 386,435 × the cheapest and never pay"
    );
    let joined = shown.split_whitespace().collect::<Vec<_>>().join(" ");
    assert!(joined.contains(&counted), "{shown}");
    for code in codes {
        assert!(shown.lines().any(|row| row.trim() == code), "{shown}");
    }
    // Why blocks of hours have no rank is said too.
    assert!(
        joined.contains("Not ranked: reservation-8h: blocks serve"),
        "{shown}"
    );
    let details = said(&format!("{line} --details")).stdout;
    assert!(
        (1..=ranked).all(|rank| has_row(&details, rank)),
        "{details}"
    );
    assert!(!details.contains("Not shown"), "{details}");
    // PTU of glm-5.1.
    assert!(
        details.contains("not on the page since 2026-08-18"),
        "{details}"
    );
}
