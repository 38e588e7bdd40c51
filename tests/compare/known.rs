//! Only what is known to serve the workload is ranked, and the same for `check --cheapest`.

use std::fs;

use proptest::prelude::*;
use serde_json::{Value, json as value};

use super::{MODELS, capacities, config, document, priced, rows, said, text, total};
use crate::common::{Fraction, fraction, run};

const LARGE: &str = "compare qwen3-8b --rpm 5000 --input-per-request 3000 --output-per-request 350";

#[test]
fn a_replica_of_unknown_capacity_has_no_rank() {
    let shown = said(&format!("{LARGE} --spec MU5x1"));
    assert_eq!((shown.code, shown.stderr.as_str()), (0, ""));
    // 475,200 are 46.87 times 10,139, and 15 million tokens in 46 parts are 326,087 at most.
    assert_eq!(
        shown.stdout,
        "\
Cheapest: ordinary calls of Qwen3-8B, ¥475,200.00 for 30 days (cn-beijing)
Model units by the month (1 × MU5x1) pays if one replica serves at least 326,087
/ 38,044 TPM (108.7 requests a minute).
5,000 requests a minute of 3K input and 350 output tokens (non-thinking,
assumed), 24h a day for 30 days: 216,000,000 requests, 648,000,000,000 tokens
in, 75,600,000,000 out.

 #  Option      Bought           Total  Per 1M tokens  Dearer  Pays from
 1  standard    by token   ¥475,200.00          ¥0.66          now
 -  mu-monthly  1 × MU5x1   ¥10,139.00          ¥0.01          108.7 rpm each ?
 -  mu-hourly   1 × MU5x1   ¥15,120.00          ¥0.02          161.3 rpm each ?
 -  fine-tuned  by token   ¥475,200.00          ¥0.66

 Not ranked: mu-monthly, mu-hourly: what one replica serves is not published:
   `--replica-capacity` gives it; `?` holds if one replica serves that much
 Not ranked: fine-tuned: only serves custom models made by LoRA fine-tuning of
   this base model: `--fine-tuned` ranks it (tokens.fine-tuned)

 Age of prices
   a price here was last seen on 2026-07-29, 114 days ago: it may have changed
     since
   mu-monthly, mu-hourly: not on the page since 2026-08-03 (last seen
     2026-07-29); deployments bought before may go on

 `--details` shows what is not ranked, break-even, what is not priced and
 sources
"
    );
}

#[test]
fn limits_are_not_held_against_what_is_not_known_to_serve() {
    let refused = |flags: &str| {
        let outcome = said(&format!("{LARGE} {flags}"));
        assert_eq!(outcome.stdout, "", "{flags}");
        (outcome.code, outcome.stderr)
    };
    let hint = "\n\nhint: say what a replica serves with `--replica-capacity`, such as `--replica-capacity MU5x1=300k/60k`\n";
    assert_eq!(
        refused("--current mu-monthly --fail-above-cheapest 0"),
        (
            2,
            format!(
                "error: `--fail-above-cheapest` cannot be held: the current method is not known to serve the workload{hint}"
            )
        )
    );
    // Ordinary calls are known to serve, and nothing is above them.
    let held = said(&format!(
        "{LARGE} --current standard --fail-above-cheapest 0"
    ));
    assert_eq!((held.code, held.stderr.as_str()), (0, ""));
}

#[test]
fn where_nothing_is_known_to_serve_the_options_are_shown_without_a_rank() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("own.toml");
    let own = "version = 1\n[provider]\nid = \"alibaba\"\n[[model]]\ncode = \"own\"\n\
               [[model.mu]]\nspec = \"MU1 x 1\"\nhour = \"50 per replica-hour\"\n";
    fs::write(&file, own).unwrap();
    let line = format!(
        "compare own --catalog {} --rpm 1 --input-per-request 10 --output-per-request 10",
        file.to_str().unwrap()
    );
    let shown = said(&line);
    assert_eq!((shown.code, shown.stderr.as_str()), (0, ""));
    assert!(
        shown
            .stdout
            .starts_with("No option is known to serve this workload\n"),
        "{}",
        shown.stdout
    );
    let compared = document(&line);
    assert_eq!(compared["options"], value!([]));
    assert_eq!(compared["unranked"][0]["pays_from"], Value::Null);
    let limited = said(&format!("{line} --max-cost 1"));
    assert_eq!((limited.code, limited.stdout.as_str()), (2, ""));
    for format in ["csv", "markdown"] {
        assert_eq!(said(&format!("{line} --format {format}")).code, 0);
    }
}

#[test]
fn a_catalog_file_says_what_a_replica_serves_and_a_flag_says_it_again() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("measured.toml");
    let own = "version = 1\n[provider]\nid = \"alibaba\"\n[[model]]\ncode = \"qwen3-8b\"\n\
               replica_capacity = [\"MU5x1=400k/50k\"]\n";
    fs::write(&file, own).unwrap();
    let line = format!("{LARGE} --spec MU5x1 --catalog {}", file.to_str().unwrap());
    let first = |line: &str| {
        let compared = document(line);
        let row = rows(&compared)[0].clone();
        let said = row["caveats"][0]["message"].clone();
        (row["quote"]["parameters"]["replicas"].clone(), said)
    };
    // 15M ÷ 400K is 37.5.
    assert_eq!(
        first(&line),
        (
            value!("38"),
            value!("one replica is taken to serve 400K / 50K TPM, as the catalog says")
        )
    );
    assert_eq!(
        first(&format!("{line} --replica-capacity MU5x1=1M/1M")),
        (
            value!("15"),
            value!("one replica is taken to serve 1M / 1M TPM, as `--replica-capacity` says")
        )
    );
    assert_eq!(
        document(&line)["catalog"]["changes"],
        value!([{
            "file": file.to_str().unwrap(), "model": "qwen3-8b",
            "change": "adds replica capacity of MU5x1"
        }])
    );
    fs::write(&file, own.replace("400k/50k\"", "400k/50k\", \"MU5=1/1\"")).unwrap();
    let twice = said(&line);
    assert!(
        twice
            .stderr
            .contains("the replica capacity of `MU5x1` is there twice"),
        "{}",
        twice.stderr
    );
    // A slip in a specification's name is no capacity of any.
    fs::write(&file, own.replace("MU5x1=", "MU7x1=")).unwrap();
    let slip = said(&line);
    assert_eq!((slip.code, slip.stdout.as_str()), (1, ""));
    assert!(
        slip.stderr
            .contains("`replica_capacity` is for `MU7x1`, which the model has no price for"),
        "{}",
        slip.stderr
    );
}

#[test]
fn a_workload_of_a_fine_tuned_model_is_not_served_by_its_base() {
    let options = |flags: &str| {
        let compared = document(&format!(
            "{LARGE} --spec MU5x1 --replica-capacity MU5=1M/1M {flags}"
        ));
        let names = |list: &str| {
            let list = compared[list].as_array().unwrap().iter();
            list.map(|row| text(&row["option"]).to_owned())
                .collect::<Vec<_>>()
        };
        (names("options"), names("unranked"))
    };
    let units = ["mu-monthly", "mu-hourly"];
    let with = |last: &str| [units[0].to_owned(), units[1].to_owned(), last.to_owned()].to_vec();
    let base = (with("standard"), vec!["fine-tuned".to_owned()]);
    let tuned = (with("fine-tuned"), vec!["standard".to_owned()]);
    assert_eq!(options(""), base);
    assert_eq!(options("--fine-tuned"), tuned);
    assert_eq!(options("--current fine-tuned"), tuned);
    let both = said(&format!("{LARGE} --fine-tuned --current standard"));
    assert_eq!(
        (both.code, both.stderr.as_str()),
        (
            2,
            "error: `--current standard` serves the base model, and `--fine-tuned` says that it does not\n\n\
             hint: leave one of them out\n"
        )
    );
}

proptest! {
    #![proptest_config(config(64))]

    #[test]
    fn from_just_that_capacity_on_it_is_the_cheapest(
        model in 0..MODELS.len(),
        rpm in prop_oneof![1_u64..=60, 100_u64..=50_000],
        fraction_of in 0_u64..10,
        input in 1_u64..=30_000,
        output in 0_u64..=3_000,
    ) {
        let code = text(&MODELS[model]["code"]);
        let output = if MODELS[model]["standard"]["tiers"][0]["output_per_1m"].is_null() { 0 } else { output };
        let line = format!(
            "compare {code} --rpm {rpm}.{fraction_of} --input-per-request {input} --output-per-request {output}"
        );
        prop_assume!(said(&line).code == 0);
        let compared = document(&line);
        let least: Option<Fraction> = rows(&compared).first().map(total);
        for one in compared["unranked"].as_array().unwrap() {
            let from = &one["pays_from"];
            if from["replicas"].is_null() {
                continue;
            }
            let spec = text(&one["quote"]["parameters"]["spec"]);
            let tpm = |key: &str| text(&from[key]).parse::<u64>().unwrap();
            let (x, y) = (tpm("input_tpm"), tpm("output_tpm"));
            let at = |x: u64, y: u64| {
                let compared = document(&format!("{line} --replica-capacity {spec}={x}/{y}"));
                let same = |row: &&Value| {
                    row["option"] == one["option"]
                        && row["quote"]["parameters"]["spec"] == spec
                        && row["quote"]["parameters"]["pd_separated"] == one["quote"]["parameters"]["pd_separated"]
                };
                let rows = priced(&compared);
                total(rows.into_iter().find(same).unwrap())
            };
            let least = least.clone().unwrap();
            prop_assert!(at(x, y) < least, "{line}: {one}");
            if x > 1 {
                prop_assert!(at(x - 1, y) >= least, "{line}: {one}");
            }
            if y > 1 {
                prop_assert!(at(x, y - 1) >= least, "{line}: {one}");
            }
        }
    }
}

/// The option that `check --cheapest` names for a deployment, with its total; its own where it is that.
fn checked(folder: &std::path::Path, deployment: &str) -> Option<(String, Fraction)> {
    let plan = folder.join("plan.toml");
    fs::write(
        &plan,
        format!("version = 1\n[[deployment]]\nname = \"a\"\n{deployment}"),
    )
    .unwrap();
    let args = ["check", plan.to_str().unwrap(), "--cheapest", "--json"];
    let outcome = run(&args);
    if outcome.code != 0 {
        return None;
    }
    let checked: Value = serde_json::from_str(&outcome.stdout).unwrap();
    let one = &checked["deployments"][0];
    let cheapest = &one["cheapest"];
    Some(match cheapest["option"].as_str() {
        Some(option) => (option.to_owned(), fraction(text(&cheapest["total"]))),
        None => (String::new(), fraction(text(&one["total"]))),
    })
}

#[test]
fn a_plan_names_the_option_that_a_comparison_ranks_first() {
    let folder = tempfile::tempdir().unwrap();
    let mut named = 0;
    for model in MODELS.iter() {
        let code = text(&model["code"]);
        for (load, capacity) in [
            ("30 4000 400", false),
            ("2000 1000 50", true),
            ("0.5 100000 5000", true),
        ] {
            let [rpm, input, output]: [&str; 3] =
                load.split(' ').collect::<Vec<_>>().try_into().unwrap();
            let output = if model["standard"]["tiers"][0]["output_per_1m"].is_null() {
                "0"
            } else {
                output
            };
            let flags = if capacity {
                capacities(&[code])
            } else {
                String::new()
            };
            let line = format!(
                "compare {code} --rpm {rpm} --input-per-request {input} --output-per-request {output}{flags}"
            );
            let compared = said(&format!("{line} --json"));
            if compared.code != 0 {
                continue;
            }
            let compared: Value = serde_json::from_str(&compared.stdout).unwrap();
            let Some(first) = rows(&compared).first() else {
                continue;
            };
            let said_capacity: Vec<String> = flags
                .split(" --replica-capacity ")
                .skip(1)
                .map(|one| format!("\"{one}\""))
                .collect();
            let load = format!(
                "rpm = \"{rpm}\"\ninput_per_request = {input}\noutput_per_request = {output}\n\
                 replica_capacity = [{}]\n",
                said_capacity.join(", ")
            );
            for deployment in [
                format!("method = \"tokens\"\nrate = \"standard\"\nmodel = \"{code}\"\n{load}"),
                format!(
                    "method = \"ptu\"\nterm = \"subscription\"\nfit = \"peak\"\nmodel = \"{code}\"\n{load}"
                ),
                format!(
                    "method = \"ptu\"\nterm = \"pay-as-you-go\"\nfit = \"peak\"\nmodel = \"{code}\"\n{load}"
                ),
            ] {
                let Some((option, least)) = checked(folder.path(), &deployment) else {
                    continue;
                };
                assert_eq!(least, total(first), "{line}\n{deployment}");
                if !option.is_empty() {
                    assert_eq!(first["option"], option, "{line}\n{deployment}");
                }
                named += 1;
            }
        }
    }
    assert!(named > 60, "{named}");
}

#[test]
fn a_deployment_that_is_not_known_to_serve_is_not_the_cheapest() {
    let folder = tempfile::tempdir().unwrap();
    let plan = folder.path().join("plan.toml");
    let cheapest = |capacity: &str, replicas: u64| {
        let text = format!(
            "version = 1\n[[deployment]]\nname = \"a\"\nmethod = \"mu\"\nmodel = \"qwen3-8b\"\nspec = \"MU5x1\"\n\
             term = \"pay-as-you-go\"\nreplicas = {replicas}\nrpm = \"2000\"\ninput_per_request = 500\n\
             output_per_request = 100\n{capacity}"
        );
        fs::write(&plan, text).unwrap();
        let checked = document(&format!("check {} --cheapest", plan.to_str().unwrap()));
        checked["deployments"][0]["cheapest"].clone()
    };
    // 2,000 × 100 tokens a minute need 4 replicas of 60K, and cost ¥38,880.00 by token.
    let capacity = "replica_capacity = [\"MU5x1=300k/60k\"]\n";
    assert_eq!(
        cheapest(capacity, 1)["reason"],
        "its 1 replica of MU5x1 is not known to serve the workload, 4 are; of what is, standard is the \
         cheapest at ¥38,880.00"
    );
    assert_eq!(
        cheapest("", 2)["reason"],
        "its 2 replicas of MU5x1 are not known to serve the workload, as `replica_capacity` does not say \
         what one serves; of what is, standard is the cheapest at ¥38,880.00"
    );
    assert_eq!(cheapest(capacity, 4)["option"], "standard");
    // One replica serves it, and its month is the cheapest.
    let enough = "replica_capacity = [\"MU5x1=3M/600k\"]\n";
    assert_eq!(cheapest(enough, 1)["option"], "mu-monthly");
}
