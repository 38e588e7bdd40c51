//! Terms of other lengths than hours, days and months.

use super::{Shop, said};

fn shop() -> Shop {
    let model = |code: &str, prices: &str| {
        format!(
            r#"
[[model]]
code = "{code}"
[[model.capacity]]
unit = {{ name = "GSU", adds = {{ tokens = "1000 TPM" }}, {prices} }}
[[model.capacity.meters]]
name = "tokens"
weights = [{{ input = "1", output = "4" }}]
[[model.standard]]
tiers = [{{ input = "1 per 1M tokens", output = "2 per 1M tokens" }}]
"#
        )
    };
    Shop::of(&[
        model("long", r#"block = "3 per unit-block", week = "50 per unit-week", year = "2000 per unit-year""#),
        model("short", r#"minute = "0.05 per unit-minute""#),
    ]
    .concat())
}

#[test]
fn a_term_costs_its_price_each_time() {
    let shop = shop();
    for (flag, total, duration, billed) in [
        ("--blocks 3", "36", "PT24H", "3 blocks"),
        ("--weeks 1", "200", "P1W", "1 week"),
        ("--weeks 2", "400", "P2W", "2 weeks"),
        ("--years 1", "8000", "P1Y", "1 year"),
    ] {
        let quote = shop.quote(&format!("ptu long --units 4 {flag}"));
        assert_eq!(quote["total"], total, "{flag}");
        assert_eq!(quote["parameters"]["duration"], duration, "{flag}");
        assert_eq!(quote["parameters"]["billed"], billed, "{flag}");
        assert_eq!(quote["term"], "subscription", "{flag}");
    }
}

#[test]
fn a_minute_is_billed_when_it_is_started() {
    let shop = shop();
    // 4 × 91 minutes × 0.05, and whole hours by the minute too.
    for (hours, total) in [("1h30m30s", "18.2"), ("2", "24"), ("1m", "0.2")] {
        let quote = shop.quote(&format!("ptu short --units 4 --hours {hours}"));
        assert_eq!(quote["total"], total, "{hours}");
    }
}

#[test]
fn the_traffic_of_a_term_is_that_of_its_days() {
    let shop = shop();
    // A call of 500 + 100 × 4 = 900 fits a minute of one unit, and two more do not.
    let load = "--rpm 3 --input-per-request 500 --output-per-request 100";
    let overflow = |flag: &str| {
        let quote = shop.quote(&format!("ptu long --units 1 {flag} {load}"));
        let items = quote["items"].as_array().unwrap().clone();
        let input = items.iter().find(|item| item["id"] == "ptu.overflow.input");
        input.unwrap()["quantity"].as_str().unwrap().to_owned()
    };
    // Minutes × 2 × 500.
    assert_eq!(overflow("--blocks 2"), "960000");
    assert_eq!(overflow("--weeks 1"), "10080000");
    assert_eq!(overflow("--weeks 1 --hours-per-day 12"), "5040000");
    assert_eq!(overflow("--years 1"), "525600000");
    let quote = shop.quote(&format!("ptu long --units 1 --years 1 {load}"));
    let notes = said(&quote).2;
    assert!(
        notes.contains(&"the traffic of a year is taken as that of 365 days"),
        "{notes:?}"
    );
    let (code, _) = shop.fails(&format!(
        "ptu long --units 1 --blocks 1 --hours-per-day 2 {load}"
    ));
    assert_eq!(code, 2);
}

#[test]
fn weeks_and_years_are_renewed_and_blocks_are_not() {
    let shop = shop();
    let quote = shop.quote("ptu long --units 4 --weeks 1 --renew 2 --start 2026-06-01T10:00");
    assert_eq!(quote["total"], "600");
    let first: Vec<&str> = quote["renewals"]["terms"]
        .as_array()
        .unwrap()
        .iter()
        .map(|term| term["first_day"].as_str().unwrap_or("?"))
        .collect();
    assert_eq!(first, ["2026-06-01", "2026-06-08", "2026-06-15"]);
    let quote = shop.quote("ptu long --units 4 --years 1 --renew 1");
    assert_eq!(quote["total"], "16000");
    let (code, message) = shop.fails("ptu long --units 4 --blocks 1 --renew 1");
    assert_eq!(code, 2);
    assert!(
        message.contains("a block of hours has no term"),
        "{message}"
    );
}

#[test]
fn a_term_that_is_not_sold_says_which_are() {
    let shop = shop();
    let (code, message) = shop.fails("ptu long --units 4 --months 1");
    assert_eq!(code, 1);
    for sold in ["--blocks", "--weeks", "--years"] {
        assert!(message.contains(sold), "{message}");
    }
    let (code, message) = shop.fails("ptu short --units 4 --weeks 1");
    assert_eq!(code, 1);
    assert!(message.contains("by the hour (`--hours`)"), "{message}");
}

#[test]
fn a_trace_may_be_served_in_such_a_term() {
    let shop = shop();
    let calls = shop.folder.file(
        "calls.csv",
        "timestamp,input_tokens,output_tokens\n2026-06-01T10:00:10,600,100\n2026-06-01T10:00:11,600,100\n",
    );
    let quote = shop.quote(&format!("ptu long --units 1 --weeks 1 --trace {calls}"));
    // 50, and a call beyond the quota: 600 ÷ 1M × 1 + 100 ÷ 1M × 2.
    assert_eq!(quote["total"], "50.0008");
    let later = shop.folder.file(
        "later.csv",
        "timestamp,input_tokens,output_tokens\n2026-06-01T10:00:10,600,100\n2026-06-01T18:00:11,600,100\n",
    );
    let (code, message) = shop.fails(&format!("ptu long --units 1 --blocks 1 --trace {later}"));
    assert_eq!(code, 2, "{message}");
    assert!(message.contains("the term is 480 minutes"), "{message}");
}
