//! What a quote cites is in its sources, and what is not its provider's is not cited.

#![allow(clippy::unwrap_used, clippy::indexing_slicing)]

mod support;

use std::collections::BTreeSet;

use assert_cmd::Command;
use serde_json::Value;
use support::{example_catalog, json, stdout};
use tollgate::billing::rule::Rule;
use tollgate::catalog::Catalog;

/// Quotes of each kind, with notes of many rules.
const QUOTES: &[&str] = &[
    "quote ptu qwen3-max-2025-09-23 --input-tpm 10k --output-tpm 1k --hours 1.5 --rpm 1 --input-per-request 15000 --output-per-request 100",
    "quote ptu qwen3-max-2025-09-23 --input-tpm 10k --output-tpm 1k --days 3 --start 2026-12-01T22:30",
    "quote ptu qwen3-max-2025-09-23 --input-tpm 15k --output-tpm 1k --days 3 ",
    "quote ptu qwen3-max-2025-09-23 --input-tpm 10k --output-tpm 1k --hours 2 --rpm 3 --input-per-request 15000 --output-per-request 100 --free-quota 1M --free-covers-overflow",
    "quote ptu gpt-5.2 --units 15 --months 1 --region data-zone --rpm 100 --input-per-request 2000 --output-per-request 300",
    "quote ptu gemini-2.5-pro --units 1 --years 1",
    "quote mu qwen3-8b --months 1 --start 2026-12-01T10:00",
    "quote mu qwen3-8b --spec MU5x1 --months 1 --cancel-after 6.5",
    "quote mu qwen3.6-plus-2026-04-02 --spec MU1x16 --hours 24",
    "quote tokens qwen3-32b --input 1234567 --output 345678",
    "quote tokens qwen3-max-2025-09-23 --input 1M --output 1M --requests 100 --free-quota 500k --free-used 1k --free-used 2k --free-expires 2026-12-01",
    "quote tokens qwen3-max-2025-09-23 --input 1M --output 1M --requests 100 --free-quota 3M --batch",
];

fn documents_of(quote: &Value) -> BTreeSet<String> {
    let parts = ["items", "notes"].map(|key| quote[key].as_array().unwrap());
    let rules = parts.into_iter().flatten().map(|part| &part["rule"]);
    rules
        .filter_map(|id| {
            let rule = Rule::ALL.iter().find(|rule| *id == rule.id());
            rule.unwrap().document().map(str::to_owned)
        })
        .collect()
}

/// Documents that say nothing about billing, and from which prices were read.
const OF_PRICES_ALONE: &[&str] = &[
    "alibaba-console-models",
    "alibaba-context-cache",
    "alibaba-deployment-billing",
    "alibaba-prime-mode",
    "azure-retail-prices",
    "litellm-prices",
];

/// Documents from which only what a unit holds was read.
const OF_SIZES_ALONE: &[&str] = &["azure-ptu-sizing", "litellm-azure-ptu", "slosizer-vertex"];

#[test]
fn every_document_that_is_listed_has_a_rule_or_a_price() {
    let known = Catalog::documents().unwrap();
    let mut cited = BTreeSet::new();
    for rule in Rule::ALL {
        if let Some(document) = rule.document() {
            assert!(known.iter().any(|one| one.id == document), "{document}");
            cited.insert(document);
        }
        let given = rule.basis().name() == "given";
        assert_eq!(rule.document().is_none(), given, "{}", rule.id());
    }
    // The list of documents is of no day.
    let listed = Command::new(assert_cmd::cargo::cargo_bin!("tollgate"))
        .args(["models", "--sources", "--json"])
        .env_remove("TOLLGATE_CATALOG")
        .env("TOLLGATE_TODAY", "2026-11-20")
        .output()
        .unwrap();
    let listed: Value = serde_json::from_slice(&listed.stdout).unwrap();
    let priced: BTreeSet<String> = listed["sources"]
        .as_array()
        .unwrap()
        .iter()
        .filter(|row| row["prices"] != "0")
        .map(|row| row["id"].as_str().unwrap().to_owned())
        .collect();
    let known: BTreeSet<&str> = known.iter().map(|one| one.id.as_str()).collect();
    let without: BTreeSet<&str> = known.difference(&cited).copied().collect();
    let alone = [OF_PRICES_ALONE, OF_SIZES_ALONE].concat();
    assert_eq!(
        without,
        alone.into_iter().collect(),
        "documents that no rule comes from"
    );
    for document in OF_PRICES_ALONE {
        assert!(priced.contains(*document), "{document} has no price either");
    }
    let catalog = Catalog::load(&[]).unwrap();
    let rows = catalog.models().iter().flat_map(|model| &model.ptu);
    let sizes = rows.filter_map(|row| row.sizing.as_ref());
    let sizes: BTreeSet<&str> = sizes.map(|source| source.document.as_str()).collect();
    for document in OF_SIZES_ALONE {
        assert!(sizes.contains(document), "{document} has no size either");
    }
}

#[test]
fn the_document_of_each_rule_is_among_the_sources() {
    let mut seen = BTreeSet::new();
    for line in QUOTES {
        let report = json(line);
        let quotes = report["quotes"].as_array().unwrap();
        let mut cited = BTreeSet::new();
        for quote in quotes {
            let own = documents_of(quote);
            let listed = quote["documents"].as_array().unwrap().iter();
            let listed: BTreeSet<_> = listed.map(|id| id.as_str().unwrap().to_owned()).collect();
            assert_eq!(listed, own, "{line}");
            cited.extend(own);
        }
        let table = stdout(&format!("{line} --details"));
        let (_, sources) = table.split_once("Sources\n").unwrap();
        let markdown = stdout(&format!("{line} --format markdown"));
        let (_, bullets) = markdown.split_once("Sources").unwrap();
        for document in &cited {
            for sources in [sources, bullets] {
                let named = |line: &str| line.contains(&format!("{document}: "));
                assert!(sources.lines().any(named), "{line}: {document}: {sources}");
            }
        }
        seen.extend(cited);
    }
    let all = [
        "alibaba-free-quota",
        "alibaba-model-deployment",
        "alibaba-model-pricing",
        "alibaba-reservation-billing",
        "azure-ptu-calculator",
        "azure-ptu-concepts",
        "azure-ptu-onboarding",
        "google-pt-models",
        "google-pt-pricing",
    ];
    assert_eq!(seen.into_iter().collect::<Vec<_>>(), all);
}

#[test]
fn a_comparison_names_the_documents_of_its_options() {
    let load = "--rpm 1 --input-per-request 15000 --output-per-request 100";
    let line = format!("compare qwen3-max-2025-09-23 {load} --free-quota 1M");
    let shown = stdout(&format!("{line} --format markdown"));
    assert!(shown.contains("alibaba-free-quota: "), "{shown}");
    assert!(shown.contains("alibaba-model-pricing: "), "{shown}");
}

#[test]
fn a_quote_of_a_service_names_the_document_about_services_and_no_other() {
    let (_folder, path) = example_catalog("tencent.toml");
    let load = "--rpm 30 --input-per-request 4000 --output-per-request 400";
    for line in [
        format!("quote ptu chat-model --fit peak --hours 3.5 {load}"),
        format!("quote ptu chat-model --input-tpm 7 --output-tpm 9 --hours 3 {load}"),
        format!("quote tokens chat-model {load} --free-quota 1M --postpaid off"),
    ] {
        let line = format!("{line} --catalog {path}");
        for quote in json(&line)["quotes"].as_array().unwrap() {
            let documents = quote["documents"].as_array().unwrap();
            assert_eq!(documents, &["tencent-online-inference"], "{line}");
        }
        let table = stdout(&format!("{line} --details"));
        assert!(table.contains("   tencent-online-inference: "), "{table}");
        assert!(!table.contains("alibaba"), "{table}");
    }
}

#[test]
fn what_a_free_quota_pays_for_names_the_document_about_it() {
    let line = "quote tokens qwen3-max-2025-09-23 --input 1M --output 1M --requests 100";
    let report = json(&format!("{line} --free-quota 500k"));
    let items = report["quotes"][0]["items"].as_array().unwrap();
    let credits: Vec<&Value> = items
        .iter()
        .filter(|item| item["id"] == "credit.free-quota")
        .collect();
    assert_eq!(credits.len(), 2);
    for credit in credits {
        assert_eq!(credit["source"]["document"], "alibaba-free-quota");
        assert_eq!(credit["rule"], "free.scope");
    }
}
