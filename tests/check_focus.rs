//! `--format focus` follows the rules of the FinOps FOCUS specification, version 1.3.

#![allow(
    clippy::unwrap_used,
    clippy::indexing_slicing,
    clippy::arithmetic_side_effects
)]

#[path = "check_focus/plans.rs"]
mod plans;
#[path = "check_focus/rows.rs"]
mod rows;

use std::collections::{BTreeMap, BTreeSet};

use chrono::{DateTime, Days, NaiveDate, SubsecRound, Utc};
use num_rational::BigRational;
use plans::{PLANS, RESERVED, checked};
use proptest::prelude::*;
use rows::{Row, exact, number, rows, zero};
use serde_json::Value;

/// The columns that the version has as mandatory and never null.
const NEVER_NULL: &[&str] = &[
    "BilledCost",
    "BillingAccountId",
    "BillingCurrency",
    "BillingPeriodEnd",
    "BillingPeriodStart",
    "ChargeCategory",
    "ChargePeriodEnd",
    "ChargePeriodStart",
    "ContractedCost",
    "EffectiveCost",
    "HostProviderName",
    "InvoiceIssuerName",
    "ListCost",
    "ProviderName",
    "PublisherName",
    "ServiceCategory",
    "ServiceName",
    "ServiceProviderName",
];

/// The columns that it has as mandatory, and that may be null.
const MANDATORY: &[&str] = &[
    "BillingAccountName",
    "ChargeClass",
    "ChargeDescription",
    "PricingQuantity",
    "PricingUnit",
];

/// What belongs to a priced SKU: all of it is there, or none.
const PRICED: &[&str] = &[
    "ContractedUnitPrice",
    "ListUnitPrice",
    "PricingCategory",
    "PricingQuantity",
    "PricingUnit",
    "SkuId",
    "SkuMeter",
    "SkuPriceDetails",
    "SkuPriceId",
];

/// Where the version names the values of a column.
const ALLOWED: &[(&str, &[&str])] = &[
    (
        "ChargeCategory",
        &["Usage", "Purchase", "Tax", "Credit", "Adjustment"],
    ),
    ("ChargeClass", &["Correction"]),
    ("ChargeFrequency", &["One-Time", "Recurring", "Usage-Based"]),
    (
        "PricingCategory",
        &["Standard", "Dynamic", "Committed", "Other"],
    ),
    ("ServiceCategory", &["AI and Machine Learning"]),
    (
        "ServiceSubcategory",
        &[
            "AI Platforms",
            "Bots",
            "Generative AI",
            "Machine Learning",
            "Natural Language Processing",
            "Other (AI and Machine Learning)",
        ],
    ),
    ("BillingCurrency", &["CNY", "USD"]),
];

fn each_row(check: impl Fn(&Row)) {
    for plan in PLANS {
        let (_, rows) = rows(plan);
        assert!(!rows.is_empty());
        rows.iter().for_each(&check);
    }
}

#[test]
fn the_columns_of_the_specification_stand_first_each_once_and_in_their_order() {
    for plan in PLANS {
        let (names, _) = rows(plan);
        let own = names.iter().position(|name| name.starts_with("x_"));
        let (standard, own) = names.split_at(own.unwrap());
        assert!(standard.is_sorted() && own.is_sorted(), "{names:?}");
        assert!(own.iter().all(|name| name.starts_with("x_")));
        assert_eq!(names.iter().collect::<BTreeSet<_>>().len(), names.len());
        for mandatory in NEVER_NULL.iter().chain(MANDATORY) {
            assert!(standard.iter().any(|name| name == mandatory), "{mandatory}");
        }
        for name in standard {
            assert!(name.len() <= 50 && name.chars().all(char::is_alphanumeric));
        }
    }
}

#[test]
fn no_row_lacks_what_is_never_null_and_every_value_is_an_allowed_one() {
    each_row(|row| {
        for column in NEVER_NULL {
            assert!(row.contains_key(*column), "{column}: {row:?}");
        }
        for (column, allowed) in ALLOWED {
            if let Some(value) = row.get(*column) {
                assert!(allowed.contains(&value.as_str()), "{column}: {value}");
            }
        }
        for value in row.values() {
            assert_eq!(value.trim(), value);
            assert!(!["NULL", "null", "N/A"].contains(&value.as_str()));
        }
    });
}

#[test]
fn what_is_null_follows_the_category_of_the_charge() {
    each_row(|row| {
        let has = |column: &str| row.contains_key(column);
        let category = row["ChargeCategory"].as_str();
        let charge = ["Usage", "Purchase"].contains(&category);
        for column in PRICED {
            assert_eq!(has(column), charge, "{column}: {row:?}");
        }
        assert_eq!(has("ConsumedQuantity"), category == "Usage");
        assert_eq!(has("ConsumedUnit"), category == "Usage");
        assert_eq!(has("ResourceType"), has("ResourceId"));
        assert_eq!(has("RegionName"), has("RegionId"));
        assert!(has("ResourceId") || !has("ResourceName"));
        assert!(has("SubAccountId") || !has("SubAccountName"));
        let discounts = row
            .keys()
            .any(|name| name.starts_with("CommitmentDiscount"));
        assert!(!discounts);
        let once = row["ChargeFrequency"] == "One-Time";
        assert_eq!(once, category == "Purchase");
    });
}

#[test]
fn unit_price_times_quantity_is_the_cost_to_the_last_digit() {
    each_row(|row| {
        let negative = number(row, "BilledCost") < zero();
        // A refund is a purchase of less than nothing.
        let refund = row["x_Item"].starts_with("ptu.refund.");
        assert!(!refund || negative, "{row:?}");
        assert!(
            !negative || refund || row["ChargeCategory"] == "Credit",
            "{row:?}"
        );
        assert_eq!(row["BilledCost"], row["EffectiveCost"]);
        assert_eq!(row["BilledCost"], row["ContractedCost"]);
        if !row.contains_key("SkuPriceId") {
            assert_eq!(row["BilledCost"], row["ListCost"]);
            return;
        }
        let quantity = number(row, "PricingQuantity");
        for (price, cost) in [
            ("ListUnitPrice", "ListCost"),
            ("ContractedUnitPrice", "ContractedCost"),
        ] {
            let price = number(row, price);
            assert!(price >= zero());
            assert_eq!(price * &quantity, number(row, cost), "{row:?}");
        }
        assert!(number(row, "ContractedUnitPrice") <= number(row, "ListUnitPrice"));
    });
}

#[test]
fn what_is_billed_adds_up_to_each_deployment_and_to_the_plan() {
    for plan in PLANS {
        assert_adds_up(plan);
    }
}

fn assert_adds_up(plan: &str) {
    let (_, rows) = rows(plan);
    let json: Value = serde_json::from_str(&checked(plan, &["--json"])).unwrap();
    let mut sums: BTreeMap<&str, BigRational> = BTreeMap::new();
    for row in &rows {
        let sum = sums.entry(&row["x_Deployment"]).or_insert_with(zero);
        *sum += number(row, "BilledCost");
    }
    let deployments = json["deployments"].as_array().unwrap();
    assert_eq!(sums.len(), deployments.len());
    for deployment in deployments {
        let total = exact(deployment["total"].as_str().unwrap());
        assert_eq!(sums[deployment["name"].as_str().unwrap()], total, "{plan}");
    }
    let total: BigRational = sums.into_values().sum();
    assert_eq!(total, exact(json["total"].as_str().unwrap()));
}

#[test]
fn the_period_is_that_of_the_plan_from_midnight_in_china() {
    for plan in PLANS {
        let json: Value = serde_json::from_str(&checked(plan, &["--json"])).unwrap();
        let days: u64 = json["plan"]["days"].as_str().unwrap().parse().unwrap();
        let midnight = |day: NaiveDate| day.and_hms_opt(16, 0, 0).unwrap().and_utc();
        let before = NaiveDate::from_ymd_opt(2026, 11, 19).unwrap();
        for row in rows(plan).1 {
            let moment = |column: &str| -> DateTime<Utc> {
                let text = &row[column];
                assert!(text.ends_with('Z') && text.len() == 20, "{text}");
                let moment = DateTime::parse_from_rfc3339(text).unwrap().to_utc();
                assert_eq!(moment.trunc_subsecs(0), moment);
                moment
            };
            assert_eq!(moment("ChargePeriodStart"), midnight(before));
            let ends = before.checked_add_days(Days::new(days)).unwrap();
            assert_eq!(moment("ChargePeriodEnd"), midnight(ends));
            assert!(moment("BillingPeriodStart") <= moment("ChargePeriodStart"));
            assert!(moment("BillingPeriodEnd") >= moment("ChargePeriodEnd"));
        }
    }
}

#[test]
fn units_are_plural_and_capital() {
    each_row(|row| {
        for column in ["PricingUnit", "ConsumedUnit"] {
            let Some(unit) = row.get(column) else {
                continue;
            };
            let (count, name) = unit.split_once(' ').unwrap_or(("2", unit));
            assert!(exact(count) > zero(), "{unit}");
            assert!(
                name.ends_with('s')
                    && name
                        .split('-')
                        .all(|word| word.starts_with(char::is_uppercase)),
                "{unit}"
            );
        }
    });
}

#[test]
fn every_row_says_that_it_is_an_estimate_and_of_what() {
    each_row(|row| {
        assert_eq!(row["x_Estimate"], "true");
        assert_eq!(row["x_FocusVersion"], "1.3");
        assert!(row["ChargeDescription"].starts_with("Estimate: "));
        let tags: BTreeMap<String, String> = serde_json::from_str(&row["Tags"]).unwrap();
        assert_eq!(tags["deployment"], row["x_Deployment"]);
        assert_eq!(tags["plan"], row["x_Plan"]);
        if let Some(details) = row.get("SkuPriceDetails") {
            let details: BTreeMap<String, Value> = serde_json::from_str(details).unwrap();
            assert!(details.keys().all(|key| key.starts_with("x_")));
        }
    });
}

#[test]
fn a_price_has_one_sku() {
    let mut skus: BTreeMap<String, String> = BTreeMap::new();
    for row in PLANS.iter().flat_map(|plan| rows(plan).1) {
        if let (Some(price), Some(sku)) = (row.get("SkuPriceId"), row.get("SkuId")) {
            let known = skus.entry(price.clone()).or_insert_with(|| sku.clone());
            assert_eq!(known, sku);
        }
    }
    assert!(skus.len() > 10);
}

#[test]
fn a_range_gives_the_end_that_is_held_against_budgets() {
    let found = |name: &str| {
        let of_all = PLANS.iter().flat_map(|plan| rows(plan).1);
        let own: Vec<Row> = of_all.filter(|row| row["x_Deployment"] == name).collect();
        assert_eq!(own.len(), 1);
        own[0]["x_Part"].clone()
    };
    assert_eq!(found("range"), "3 replicas");
    assert_eq!(found("low end"), "1 replica");
}

#[test]
fn the_rows_of_a_plan_are_these() {
    assert_eq!(
        checked(RESERVED, &["--format", "focus"]),
        include_str!("check_focus/reserved.focus.csv")
    );
}

#[test]
fn a_file_that_ends_in_focus_csv_has_the_same_rows() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("Cost.FOCUS.csv");
    let mut command = assert_cmd::Command::cargo_bin("tollgate").unwrap();
    std::fs::write(folder.path().join("tollgate.toml"), RESERVED).unwrap();
    command
        .current_dir(folder.path())
        .env("TOLLGATE_TODAY", "2026-11-20")
        .args(["check", "--as-of", "2026-11-20", "--output"])
        .arg(&file)
        .assert()
        .success();
    let written = std::fs::read_to_string(&file).unwrap();
    let printed = checked(RESERVED, &["--format", "focus"]);
    assert_eq!(written, printed.replace("plans/", ""));
}

#[test]
fn a_name_cannot_become_a_formula() {
    let plan = RESERVED.replace("by the hour", "a\\\",=1+1\\n");
    assert!(plan.contains("=1+1"));
    let plan = plan.replace("\\n", "");
    let (_, rows) = rows(&plan);
    assert_eq!(rows[0]["x_Deployment"], "a\",=1+1");
    for cell in rows.iter().flat_map(Row::values) {
        assert!(!cell.starts_with(['=', '+', '@', '\t']), "{cell}");
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(24))]

    #[test]
    fn any_plan_adds_up_to_the_last_digit(
        minutes in 1_u32..1440,
        replicas in 1_u32..50,
        count in 1_u32..20,
        days in 1_u32..40,
        percent in 0_u32..=10_000,
        input in 0_u64..10_000_000_000,
    ) {
        let discount = format!("{}.{:02}", percent / 100, percent % 100);
        let plan = format!(
            r#"
version = 1
days = {days}
discount = "{discount}%"
[[deployment]]
name = "units"
method = "mu"
model = "qwen3.6-35b-a3b"
spec = "MU8x1"
hours_per_day = "{minutes}m"
term = "pay-as-you-go"
replicas = {replicas}
count = {count}
[[deployment]]
name = "tokens"
method = "tokens"
model = "qwen3-32b"
input = {input}
output = 1
count = {count}
"#
        );
        assert_adds_up(&plan);
        for row in rows(&plan).1 {
            let product = number(&row, "ContractedUnitPrice") * number(&row, "PricingQuantity");
            prop_assert_eq!(product, number(&row, "BilledCost"));
        }
    }
}
