//! A plan against a baseline of another day: which price made what cost something else.

use serde_json::Value;

use super::shop::Shop;

const PLAN: &str = "version = 1\ndays = 30\n[[deployment]]\nname = \"chat\"\nmethod = \"tokens\"\n\
    model = \"flip\"\nrpm = 100\ninput_per_request = 900\noutput_per_request = 100\nhours_per_day = 24\n\
    [[deployment]]\nname = \"old\"\nmethod = \"ptu\"\nmodel = \"gone\"\ninput_tpm = 10000\n\
    output_tpm = 1000\nterm = \"subscription\"\n";

/// The plan, and its JSON of 2026-06-15.
fn plans(shop: &Shop, flags: &str) -> (String, String) {
    let plan = shop.file("plan.toml", PLAN);
    let before = shop.stdout(&format!("check {plan} --as-of 2026-06-15 --json {flags}"));
    (plan, shop.file("before.json", &before))
}

fn chat(report: &Value) -> &Value {
    &report["baseline"]["deployments"][0]
}

#[test]
fn a_price_is_named_with_the_days_between_which_it_came() {
    let shop = Shop::new();
    let (plan, before) = plans(&shop, "");
    let report = shop.json(&format!("check {plan} --baseline {before}"));
    let price = &chat(&report)["prices"][0];
    assert_eq!(price["item"], "Input tokens");
    assert_eq!(
        (&price["old"], &price["new"]),
        (&"1 per 1000000 token".into(), &"4 per 1000000 token".into())
    );
    assert_eq!(
        (&price["from"], &price["after"]),
        (&"2026-08-03".into(), &"2026-07-29".into())
    );
    assert!(chat(&report).get("best").is_none());
    let text = shop.stdout(&format!("check {plan} --baseline {before}"));
    assert!(
        text.contains("price of Input tokens 1 → 4 per 1000000 token (between 2026-07-29\n       and 2026-08-03)"),
        "{text}"
    );
}

#[test]
fn another_best_way_is_named_where_both_are_known() {
    let shop = Shop::new();
    let (plan, before) = plans(&shop, "--cheapest");
    let same = PLAN.replace("days = 30", "days = 30\nas_of = 2026-06-15");
    let as_plan = shop.file("before.toml", &same);
    for before in [before, as_plan] {
        let line = format!("check {plan} --baseline {before} --cheapest");
        let report = shop.json(&line);
        let best = &chat(&report)["best"];
        assert_eq!(
            (&best["old"], &best["new"]),
            (&"standard".into(), &"ptu-daily".into())
        );
        let reasons = best["reasons"].as_array().unwrap();
        assert_eq!(reasons.len(), 2);
        assert_eq!(reasons[0]["option"], "standard");
        assert_eq!(reasons[0]["what"], "price");
        assert_eq!(reasons[0]["price"]["new"], "4 per 1000000 token");
        assert_eq!(reasons[0]["price"]["from"], "2026-08-03");
        let text = shop.stdout(&line);
        assert!(
            text.contains("\n Best method\n   chat: was standard, is ptu-daily: standard, price of Input tokens 1 → 4 per\n"),
            "{text}"
        );
    }
    // Of one of them it is not known.
    let (plan, before) = plans(&shop, "");
    let report = shop.json(&format!("check {plan} --baseline {before} --cheapest"));
    assert!(chat(&report).get("best").is_none());
}

#[test]
fn the_same_day_changes_nothing() {
    let shop = Shop::new();
    let (plan, before) = plans(&shop, "--cheapest");
    let text = shop.stdout(&format!(
        "check {plan} --baseline {before} --cheapest --as-of 2026-06-15"
    ));
    assert!(text.contains("No deployment changed since"), "{text}");
    assert!(!text.contains("Best method"), "{text}");
}

#[test]
fn json_keeps_the_ways_and_their_prices_for_a_later_check() {
    let shop = Shop::new();
    let plan = shop.file("plan.toml", PLAN);
    let report = shop.json(&format!("check {plan} --cheapest"));
    let ranked = report["deployments"][0]["ranked"].as_array().unwrap();
    let names: Vec<&str> = ranked
        .iter()
        .map(|way| way["option"].as_str().unwrap())
        .collect();
    assert_eq!(names, ["ptu-daily", "ptu-hourly", "standard"]);
    let price = &ranked[2]["prices"][0];
    assert_eq!(price["price"], "4 per 1000000 token");
    assert_eq!(
        (&price["from"], &price["after"]),
        (&"2026-08-03".into(), &"2026-07-29".into())
    );
    // No workload, so nothing is ranked.
    assert!(report["deployments"][1].get("ranked").is_none());
    let without = shop.json(&format!("check {plan}"));
    assert!(without["deployments"][0].get("ranked").is_none());
}
