//! One workload at the prices of two days.

use super::shop::Shop;

const FLIP: &str = "compare flip --rpm 100 --input-per-request 900 --output-per-request 100";
const DAYS: &str = "--as-of 2026-06-15..2026-11-20";

#[test]
fn another_best_way_is_said_with_the_prices_behind_it() {
    let shop = Shop::new();
    let report = shop.json(&format!("{FLIP} {DAYS}"));
    let then = &report["as_of_then"];
    assert_eq!(
        (&then["date"], &then["changed"]),
        (&"2026-06-15".into(), &true.into())
    );
    let model = &then["models"][0];
    assert_eq!(
        (&model["model"], &model["region"]),
        (&"flip".into(), &"north".into())
    );
    // 43,200 minutes of 90,000 and 10,000 tokens, at ¥1 and ¥3 a million.
    assert_eq!(model["then"]["option"], "standard");
    assert_eq!(model["then"]["total"], "5184");
    assert_eq!(model["now"]["option"], "ptu-daily");
    assert_eq!(model["now"]["total"], "6900");
    let reasons = model["reasons"].as_array().unwrap();
    assert_eq!(reasons.len(), 2);
    assert_eq!(reasons[0]["option"], "standard");
    assert_eq!(reasons[0]["item"], "Input tokens");
    assert_eq!(reasons[0]["old"], "1 per 1M tokens");
    assert_eq!(reasons[0]["new"], "4 per 1M tokens");
    assert_eq!(reasons[0]["percent"], "300");
    assert_eq!(reasons[0]["from"], "2026-08-03");
    assert_eq!(reasons[0]["after"], "2026-07-29");
    // The rest is the comparison of the later day.
    let alone = shop.json(&format!("{FLIP} --as-of 2026-11-20"));
    let mut rest = report.clone();
    rest.as_object_mut().unwrap().remove("as_of_then");
    assert_eq!(rest, alone);
    let earlier = shop.json(&format!("{FLIP} --as-of 2026-06-15"));
    assert_eq!(earlier["options"][0]["total"], model["then"]["total"]);
}

#[test]
fn the_table_says_it_first() {
    let shop = Shop::new();
    let text = shop.stdout(&format!("{FLIP} {DAYS}"));
    assert!(
        text.starts_with(
            "Cheapest: PTU by the day (90K / 10K TPM) of flip, ¥6,900.00 for 30 days (north)\n\
             On 2026-06-15 the best way was another one: standard, ¥5,184.00.\n"
        ),
        "{text}"
    );
    assert!(
        text.contains(
            "\n flip, standard: Input tokens ¥1 → ¥4 per 1M tokens (+300%, between 2026-07-29\n   and 2026-08-03), Output tokens"
        ),
        "{text}"
    );
    for format in ["markdown", "html"] {
        let text = shop.run(&format!("{FLIP} {DAYS} --format {format}")).stdout;
        assert!(text.contains("Then and now"), "{format}");
    }
}

#[test]
fn each_model_has_its_own_answer() {
    let shop = Shop::new();
    let line = "compare halved new --rpm 90 --input-per-request 900 --output-per-request 100";
    let report = shop.json(&format!("{line} {DAYS}"));
    let models = report["as_of_then"]["models"].as_array().unwrap();
    let of = |code: &str| models.iter().find(|one| one["model"] == code).unwrap();
    assert_eq!(of("halved")["changed"], false);
    assert!(of("halved")["reasons"].as_array().unwrap().is_empty());
    let new = of("new");
    assert!(new["then"].is_null());
    assert_eq!(new["changed"], true);
    assert_eq!(new["reasons"][0]["what"], "came");
    let text = shop.stdout(&format!("{line} {DAYS}"));
    assert!(
        text.contains("the best way was another one for 1 of 2 models"),
        "{text}"
    );
    // Nothing at all was sold.
    let report = shop.json(&format!(
        "compare new --rpm 1 --input-per-request 900 --output-per-request 100 {DAYS}"
    ));
    assert!(report["as_of_then"]["models"][0]["then"].is_null());
}

#[test]
fn a_better_price_of_the_same_way_is_a_reason_too() {
    let shop = Shop::new();
    let line = "compare flip --rpm 1 --input-per-request 900 --output-per-request 100";
    let report = shop.json(&format!("{line} {DAYS}"));
    let model = &report["as_of_then"]["models"][0];
    assert_eq!(model["changed"], false);
    assert_eq!(model["now"]["option"], "standard");
    assert_eq!(model["reasons"].as_array().unwrap().len(), 2);
    let text = shop.stdout(&format!("{line} {DAYS}"));
    assert!(
        text.contains("On 2026-06-15 the best way was the same, at ¥51.84.\n"),
        "{text}"
    );
}

#[test]
fn recorded_calls_are_read_at_both_days() {
    let shop = Shop::new();
    let trace = shop.file(
        "calls.csv",
        "timestamp,input_tokens,output_tokens\n2026-06-01T10:00:00Z,9000,1000\n2026-06-01T10:00:30Z,9000,1000\n",
    );
    let report = shop.json(&format!("compare flip --trace {trace} {DAYS}"));
    let model = &report["as_of_then"]["models"][0];
    // 18,000 and 2,000 tokens.
    assert_eq!(model["then"]["total"], "0.024");
    assert_eq!(model["now"]["total"], "0.096");
    let (code, said) = shop.refused(&format!("compare flip --trace - {DAYS}"));
    assert_eq!(code, 2);
    assert!(
        said.contains("the standard input can be read once"),
        "{said}"
    );
}

#[test]
fn only_a_comparison_takes_two_days() {
    let shop = Shop::new();
    let plan = shop.file("plan.toml", "version = 1\n");
    for line in [
        "quote tokens flip --input 1 --output 1".to_owned(),
        "models".to_owned(),
        format!("check {plan}"),
    ] {
        let (code, said) = shop.refused(&format!("{line} {DAYS}"));
        assert_eq!(code, 2, "{line}");
        assert_eq!(
            said,
            "error: only `compare` takes two days as `--as-of`\n\nhint: name one, as in `--as-of 2026-11-20`\n"
        );
    }
    let (code, said) = shop.refused(&format!("{FLIP} --as-of 2026-11-20..2026-06-15"));
    assert_eq!(code, 2);
    assert!(said.contains("the later day comes first"), "{said}");
}

#[test]
fn limits_are_those_of_the_later_day() {
    let shop = Shop::new();
    for (limit, code) in [("6900", 0), ("6899", 3)] {
        let outcome = shop.run(&format!("{FLIP} {DAYS} --max-cost {limit}"));
        assert_eq!(outcome.code, code, "{limit}");
    }
}
