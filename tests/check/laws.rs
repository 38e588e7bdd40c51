//! What holds for every plan: a deployment costs what its quote does, the sum is the total, and
//! what did not change has no difference.

use proptest::prelude::*;
use serde_json::Value;

use super::common::{Fraction, fraction, json, whole};
use super::{Folder, checked, text};

/// A deployment in two ways of saying it: keys of a plan, flags of `quote`.
#[derive(Debug, Clone)]
struct Said {
    keys: String,
    flags: String,
    count: u64,
}

fn said(keys: String, flags: String) -> impl Strategy<Value = Said> {
    (1_u64..4).prop_map(move |count| Said {
        keys: format!("{keys}\ncount = {count}"),
        flags: flags.clone(),
        count,
    })
}

fn ptu() -> impl Strategy<Value = Said> {
    (
        prop::sample::select(vec!["qwen3-max-2025-09-23", "glm-5.1", "deepseek-v3.2"]),
        1_u64..90,
        1_u64..90,
        prop::option::of(1_u32..=24),
        prop::option::of((1_u64..60, 1_u64..9_000, 1_u64..900)),
    )
        .prop_flat_map(|(model, input, output, hours, load)| {
            let (input, output) = (input * 10_000, output * 1_000);
            let mut keys = format!(
                "method = \"ptu\"\nmodel = \"{model}\"\ninput_tpm = {input}\noutput_tpm = {output}"
            );
            let mut flags = format!("quote ptu {model} --input-tpm {input} --output-tpm {output}");
            match hours {
                None => {
                    keys += "\nterm = \"subscription\"";
                    flags += " --days 30";
                }
                Some(24) => {
                    keys += "\nterm = \"pay-as-you-go\"";
                    flags += " --hours 720";
                }
                Some(hours) => {
                    keys += &format!("\nterm = \"pay-as-you-go\"\nhours_per_day = {hours}");
                    flags += &format!(" --hours {hours} --runs 30");
                }
            }
            if let Some((rpm, input, output)) = load {
                keys += &format!(
                    "\nrpm = {rpm}\ninput_per_request = {input}\noutput_per_request = {output}"
                );
                flags += &format!(
                    " --rpm {rpm} --input-per-request {input} --output-per-request {output}"
                );
            }
            said(keys, flags)
        })
}

fn mu() -> impl Strategy<Value = Said> {
    (1_u64..9, prop::option::of(1_u32..=23)).prop_flat_map(|(replicas, hours)| {
        let mut keys = format!(
            "method = \"mu\"\nmodel = \"qwen3-8b\"\nspec = \"mu5x1\"\nreplicas = {replicas}"
        );
        let mut flags = format!("quote mu qwen3-8b --spec MU5x1 --replicas {replicas}");
        match hours {
            None => {
                keys += "\nterm = \"subscription\"";
                flags += " --months 1";
            }
            Some(hours) => {
                keys += &format!("\nterm = \"pay-as-you-go\"\nhours_per_day = {hours}");
                flags += &format!(" --hours {hours} --runs 30");
            }
        }
        said(keys, flags)
    })
}

fn tokens() -> impl Strategy<Value = Said> {
    (1_u64..90, 1_u64..9_000, 1_u64..900, 1_u32..=24).prop_flat_map(
        |(rpm, input, output, hours)| {
            let keys = format!(
                "method = \"tokens\"\nmodel = \"glm-5.1\"\nrpm = {rpm}\ninput_per_request = {input}\n\
                 output_per_request = {output}\nhours_per_day = {hours}"
            );
            let flags = format!(
                "quote tokens glm-5.1 --rpm {rpm} --input-per-request {input} \
                 --output-per-request {output} --hours-per-day {hours} --days 30"
            );
            said(keys, flags)
        },
    )
}

fn any_deployment() -> impl Strategy<Value = Said> {
    prop_oneof![ptu(), mu(), tokens()]
}

fn plan(deployments: &[Said]) -> String {
    let tables: Vec<String> = deployments
        .iter()
        .enumerate()
        .map(|(at, said)| format!("[[deployment]]\nname = \"d{at}\"\n{}\n", said.keys))
        .collect();
    format!("version = 1\n{}", tables.concat())
}

fn config() -> ProptestConfig {
    ProptestConfig {
        cases: 24,
        failure_persistence: None,
        ..ProptestConfig::default()
    }
}

fn statuses(json: &Value) -> Vec<&str> {
    let changes = json["baseline"]["deployments"].as_array().unwrap();
    changes
        .iter()
        .map(|change| text(change, "/status"))
        .collect()
}

proptest! {
    #![proptest_config(config())]

    #[test]
    fn a_deployment_costs_what_its_quote_does(said in any_deployment()) {
        let report = checked(&plan(std::slice::from_ref(&said)), "");
        let args: Vec<&str> = said.flags.split_whitespace().collect();
        let quotes = json(&args);
        let quote = &quotes["quotes"][0];
        let deployment = &report["deployments"][0];
        prop_assert_eq!(&deployment["parts"][0]["quote"], quote);
        let expected: Fraction = fraction(text(quote, "/total")) * whole(said.count);
        prop_assert_eq!(fraction(text(deployment, "/total")), expected.clone());
        prop_assert_eq!(fraction(text(&report, "/total")), expected);
    }

    #[test]
    fn the_sum_of_the_deployments_is_the_total(
        deployments in prop::collection::vec(any_deployment(), 1..6),
    ) {
        let report = checked(&plan(&deployments), "");
        let each = report["deployments"].as_array().unwrap();
        prop_assert_eq!(each.len(), deployments.len());
        let sum: Fraction = each.iter().map(|one| fraction(text(one, "/total"))).sum();
        prop_assert_eq!(sum, fraction(text(&report, "/total")));
    }

    #[test]
    fn a_plan_is_no_change_from_itself(
        deployments in prop::collection::vec(any_deployment(), 1..4),
    ) {
        let folder = Folder::new(&[("plan.toml", &plan(&deployments))]);
        let before = folder.check("plan.toml", "--json");
        folder.write("before.json", &before.stdout);
        for baseline in ["@plan.toml", "@before.json"] {
            let report = folder.json("plan.toml", &format!("--baseline {baseline}"));
            prop_assert_eq!(text(&report, "/baseline/difference"), "0");
            prop_assert!(statuses(&report).iter().all(|status| *status == "same"), "{}", report);
        }
    }

    #[test]
    fn added_and_then_removed_returns_to_the_start(
        deployments in prop::collection::vec(any_deployment(), 1..4),
        more in any_deployment(),
    ) {
        let mut longer = deployments.clone();
        longer.push(more);
        let files = [("short.toml", plan(&deployments)), ("long.toml", plan(&longer))];
        let folder = Folder::new(&files.each_ref().map(|(name, text)| (*name, text.as_str())));
        let added = folder.json("long.toml", "--baseline @short.toml");
        let removed = folder.json("short.toml", "--baseline @long.toml");
        prop_assert_eq!(*statuses(&added).last().unwrap(), "added");
        prop_assert_eq!(*statuses(&removed).last().unwrap(), "removed");
        let up = fraction(text(&added, "/baseline/difference"));
        let down = text(&removed, "/baseline/difference");
        let down = fraction(down.strip_prefix('-').unwrap());
        prop_assert_eq!(&up, &down);
        prop_assert_eq!(
            fraction(text(&added, "/baseline/total")) + up,
            fraction(text(&added, "/total"))
        );
        prop_assert_eq!(text(&removed, "/total"), text(&added, "/baseline/total"));
    }

    #[test]
    fn the_keys_in_the_json_are_a_plan_of_the_same_cost(said in any_deployment()) {
        let report = checked(&plan(std::slice::from_ref(&said)), "");
        let parameters = report["deployments"][0]["parameters"].as_object().unwrap();
        let keys: Vec<String> = parameters
            .iter()
            .map(|(key, value)| format!("{key} = {value}\n"))
            .collect();
        let again = format!("version = 1\n[[deployment]]\nname = \"d0\"\n{}", keys.concat());
        let other = checked(&again, "");
        prop_assert_eq!(&other["deployments"][0]["parameters"], &report["deployments"][0]["parameters"]);
        prop_assert_eq!(&other["total"], &report["total"]);
    }
}
