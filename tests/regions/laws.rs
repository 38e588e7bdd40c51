//! A ranking of several regions is made of the rankings of each, whatever the load.

use std::ffi::OsString;

use chrono::NaiveDate;
use proptest::prelude::*;
use rust_decimal::Decimal;
use serde_json::Value;
use tollgate::cli::{Environment, run};

use super::{Shop, text};

/// What a line prints as JSON.
fn printed(shop: &Shop, line: &str) -> Value {
    let folder = shop.0.path();
    let catalogs = ["here.toml", "there.toml"].map(|name| folder.join(name));
    let catalogs = catalogs.into_iter().flat_map(|path| {
        let flag = OsString::from("--catalog");
        [flag, path.into_os_string()]
    });
    let words = format!("tollgate {line} --json");
    let words = words.split(' ').map(OsString::from).chain(catalogs);
    let environment = Environment {
        width: 80,
        today: NaiveDate::from_ymd_opt(2026, 11, 20).unwrap(),
        catalog_path: None,
        style_stdout: false,
        style_stderr: false,
        progress: None,
    };
    let outcome = run(words, &environment);
    assert_eq!((outcome.code, outcome.stderr.as_str()), (0, ""), "{line}");
    serde_json::from_str(&outcome.stdout).unwrap()
}

/// What is said of each option that does not depend on the others.
fn options(report: &Value) -> Vec<String> {
    let lists = ["options", "unranked"].into_iter();
    let rows = lists.flat_map(|list| report[list].as_array().unwrap());
    let mut rows: Vec<String> = rows
        .map(|row| {
            let quote = &row["quote"];
            format!(
                "{} {} {} {}",
                row["option"], quote["model"], quote["items"], row["total"]
            )
        })
        .collect();
    rows.sort();
    rows
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 24, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn a_ranking_of_both_has_the_rows_of_each_and_the_cheapest_first(
        rpm in 1_u32..2_000,
        input in 0_u32..60_000,
        output in 1_u32..4_000,
        hours in 1_u32..=24,
        days in 1_u32..=60,
        swapped in any::<bool>(),
    ) {
        let shop = Shop::new();
        let line = format!(
            "compare own --rpm {rpm} --input-per-request {input} --output-per-request {output} \
             --hours-per-day {hours} --days {days}"
        );
        let regions = ["cn-beijing", "ap-southeast-1"];
        let order = if swapped { "ap-southeast-1,cn-beijing" } else { "cn-beijing,ap-southeast-1" };
        let both = printed(&shop, &format!("{line} --region {order}"));
        let each = regions.map(|region| printed(&shop, &format!("{line} --region {region}")));
        let mut expected: Vec<String> = each.iter().flat_map(options).collect();
        expected.sort();
        prop_assert_eq!(options(&both), expected);
        let totals: Vec<Decimal> = both["options"]
            .as_array()
            .unwrap()
            .iter()
            .map(|row| text(&row["total"]).parse().unwrap())
            .collect();
        prop_assert!(totals.is_sorted());
        let cheapest = each.iter().map(|report| text(&report["options"][0]["total"]));
        let cheapest = cheapest.map(|total| total.parse::<Decimal>().unwrap()).min();
        prop_assert_eq!(totals.first().copied(), cheapest);
    }
}
