//! The documents behind the prices.

use std::collections::BTreeSet;

use serde_json::Value;

use super::common;
use super::shop::Shop;

fn row(report: &Value, id: &str) -> Value {
    let rows = report["sources"].as_array().unwrap();
    rows.iter().find(|row| row["id"] == id).unwrap().clone()
}

#[test]
fn a_document_of_the_user_has_its_prices_and_its_age() {
    let shop = Shop::new();
    let row = row(&shop.json("models --sources"), "shop-page");
    assert_eq!(row["seen"], "2026-10-10");
    assert_eq!(row["transcribed"], "2026-11-01");
    // 4 + 2 + 2 of gone, 2 + 2 + 2 + 2 of halved, 2 of new, 4 of back, 2 of short, 4 + 2 + 2 of flip.
    assert_eq!(row["prices"], "32");
    assert_eq!(row["models"], "6");
    // From 2026-10-10 to 2026-11-20.
    assert_eq!(row["days"], "41");
    assert!(row["publisher"].is_null() && row["url"].is_null());
}

/// Documents without an address: what a console loads for an account has no public one, and of those of
/// other providers none is recorded.
const WITHOUT_AN_ADDRESS: &[&str] = &[
    "alibaba-console-models",
    "azure-ptu-calculator",
    "azure-ptu-concepts",
    "azure-ptu-onboarding",
    "azure-ptu-sizing",
    "azure-retail-prices",
    "google-pt-models",
    "google-pt-pricing",
    "litellm-azure-ptu",
    "litellm-prices",
    "slosizer-vertex",
    "tencent-adp-resources",
    "tencent-online-inference",
];

#[test]
fn built_in_documents_have_a_title_and_an_address() {
    let report = common::json(&["models", "--sources"]);
    let rows = report["sources"].as_array().unwrap();
    for row in rows {
        assert!(row["title"].is_string(), "{row}");
        let id = row["id"].as_str().unwrap();
        match WITHOUT_AN_ADDRESS.contains(&id) {
            true => assert!(row["url"].is_null(), "{row}"),
            false => assert!(
                row["url"].as_str().unwrap().starts_with("https://"),
                "{row}"
            ),
        }
    }
    let priced: u64 = rows.iter().map(|row| number(&row["prices"])).sum();
    assert!(priced > 400, "{priced}");
    // Every document that a price names has a row of its own.
    let ids: BTreeSet<&str> = rows.iter().map(|row| row["id"].as_str().unwrap()).collect();
    assert_eq!(ids.len(), rows.len());
}

fn number(text: &Value) -> u64 {
    text.as_str().unwrap().parse().unwrap()
}

#[test]
fn every_format_has_them() {
    let shop = Shop::new();
    let table = shop.stdout("models --sources");
    assert!(table.contains("shop-page"), "{table}");
    assert!(
        table.contains("https://help.aliyun.com/zh/model-studio/model-pricing"),
        "{table}"
    );
    for format in ["csv", "markdown", "html"] {
        let text = shop
            .run(&format!("models --sources --format {format}"))
            .stdout;
        assert!(
            text.contains("shop-page") && text.contains("https://help.aliyun.com/"),
            "{format}"
        );
    }
}
