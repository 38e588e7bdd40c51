//! Break-even points by hand.

use std::cmp::Ordering;

use serde_json::{Value, json};

use super::{document, number, rows};

/// Id, specification and value of each point, and what is said of it.
fn points(line: &str) -> Vec<(String, Option<String>, Option<String>, String)> {
    let own = |value: &Value| value.as_str().map(str::to_owned);
    let compared = document(line);
    let points = compared["break_even"].as_array().unwrap().clone();
    let point = |point: &Value| {
        let message = own(&point["message"]).unwrap();
        (
            own(&point["id"]).unwrap(),
            own(&point["spec"]),
            own(&point["value"]),
            message,
        )
    };
    points.iter().map(point).collect()
}

#[test]
fn a_day_costs_twelve_hours_at_most_prices_and_not_at_all_of_them() {
    let load = "--rpm 30 --input-per-request 4000 --output-per-request 400";
    let both = "above 11 both cost the same";
    for (code, value, billed, said) in [
        ("qwen3-max-2025-09-23", "12", "12", both),
        // 12 × 34.56 + 12 × 20.74 a day, 12 × 2.88 + 12 × 1.73 an hour: 12 started hours cost more.
        (
            "qwen3.6-flash-2026-04-16",
            "11",
            "11.995661605206",
            "11.9957 billed hours cost as much",
        ),
        // 12 × 23.04 + 12 × 13.82, 12 × 1.92 + 12 × 1.15: 13 started hours cost more.
        (
            "qwen3.5-plus-2026-04-20",
            "12",
            "12.00651465798",
            "12.0065 billed hours cost as much",
        ),
    ] {
        let line = format!("compare {code} {load}");
        let message = format!(
            "{code}, 120K / 12K TPM: PTU by the day costs less than PTU by the hour above {value} hours per day \
             (a started hour is billed whole: {said})"
        );
        assert_eq!(
            points(&line).remove(0),
            (
                "ptu.daily-vs-hourly".to_owned(),
                None,
                Some(value.to_owned()),
                message
            )
        );
        let point = &document(&line)["break_even"][0];
        assert_eq!(point["billed_value"], billed);
        assert_eq!(
            (&point["input_tpm"], &point["output_tpm"]),
            (&json!("120000"), &json!("12000"))
        );
    }
}

#[test]
fn the_point_of_a_day_agrees_with_the_ranking_at_started_hours() {
    let cheaper = |line: &str| {
        let compared = document(line);
        let total = |option: &str| {
            let mut rows = rows(&compared).iter();
            super::total(rows.find(|row| row["option"] == option).unwrap())
        };
        total("ptu-daily").cmp(&total("ptu-hourly"))
    };
    let load = "--input-per-request 4000 --output-per-request 320 --hours-per-day";
    let flash = format!("compare qwen3.6-flash-2026-04-16 --rpm 12.5 {load}");
    assert_eq!(cheaper(&format!("{flash} 11")), Ordering::Greater);
    assert_eq!(cheaper(&format!("{flash} 11.001")), Ordering::Less);
    let plus = format!("compare qwen3.5-plus-2026-04-20 --rpm 12.5 {load}");
    assert_eq!(cheaper(&format!("{plus} 12")), Ordering::Greater);
    assert_eq!(cheaper(&format!("{plus} 12.002")), Ordering::Less);
    let max = format!("compare qwen3-max-2025-09-23 --rpm 12.5 {load}");
    for (hours, order) in [
        ("11", Ordering::Greater),
        ("11.5", Ordering::Equal),
        ("12", Ordering::Equal),
        ("12.001", Ordering::Less),
    ] {
        assert_eq!(cheaper(&format!("{max} {hours}")), order, "{hours}");
    }
}

#[test]
fn months_are_weighed_as_many_as_are_bought() {
    let point = |flags: &str| {
        let line = format!(
            "compare qwen3-8b --spec MU2x2 --rpm 30 --input-per-request 4000 --output-per-request 400 {flags}"
        );
        let point = points(&line).remove(0);
        assert_eq!(point.0, "mu.monthly-vs-hourly");
        (point.2, point.3)
    };
    // ¥60,072 a month, ¥126 an hour: 28,605.7 minutes, which are 953.5 in each of 30 days.
    let thirty = "qwen3-8b, 1 × MU2x2: MU by the month costs less than MU by the hour above 476.5 hours per month \
                  (a started minute is billed whole: 476.7619 billed hours cost as much)";
    assert_eq!(
        point("--days 30"),
        (Some("476.5".to_owned()), thirty.to_owned())
    );
    // Two months are ¥120,144, and 768 hours ¥96,768.
    let never = "qwen3-8b, 1 × MU2x2: MU by the month (2 months for 32 days) never costs less than MU by the hour: \
                 at 24 hours a day it costs 1.2416 times as much";
    assert_eq!(point("--days 32"), (None, never.to_owned()));
}

#[test]
fn quotes_change_places_around_a_point() {
    // A day of 3M and 1K TPM: 300 × 92.16 + 36.96 = 27,684.96; a request: 100K × ¥10 + 10 × ¥40 per
    // million, ¥1.0004, and 1,440 minutes a day.
    let code = "qwen3-max-2025-09-23";
    let sizes = "--input-per-request 100000 --output-per-request 10";
    let found = points(&format!("compare {code} --rpm 30 {sizes}"));
    let daily = found
        .iter()
        .find(|point| point.0 == "ptu.daily-vs-standard")
        .unwrap();
    assert_eq!(daily.2.as_deref(), Some("19.217979474877"));
    let total = |line: &str| number(&document(line)["quotes"][0]["total"]);
    let costs = |rpm: &str, requests: u64| {
        let reservation = format!(
            "quote ptu {code} --input-tpm 3M --output-tpm 1k --days 30 --rpm {rpm} {sizes}"
        );
        let (input, output) = (requests * 100_000, requests * 10);
        let tokens =
            format!("quote tokens {code} --input {input} --output {output} --requests {requests}");
        (total(&reservation), total(&tokens))
    };
    // 43,200 minutes of it: a millionth of a request a minute is not even a twentieth of one.
    let (reservation, tokens) = costs("19.2179", 830_213);
    assert!(reservation > tokens);
    let (reservation, tokens) = costs("19.218", 830_218);
    assert!(reservation < tokens);
}

#[test]
fn what_never_pays_says_how_dear_it_is_at_full_use() {
    let line = "compare qwen3-8b --rpm 60 --input-per-request 1k --output-per-request 200 \
                --replica-capacity MU1x2=300k/60k --spec MU1x2 --hours-per-day 10";
    let found: Vec<_> = points(line)
        .into_iter()
        .map(|point| (point.0, point.2, point.3))
        .collect();
    let never = |id: &str, message: &str| (id.to_owned(), None, message.to_owned());
    assert_eq!(
        found[1..],
        [
            // ¥108 an hour against 300 × 60 requests of ¥0.0009, ¥52,236 against 300 hours of them.
            never(
                "mu.hourly-vs-standard",
                "qwen3-8b, 1 × MU1x2: MU by the hour never costs less than standard tokens: at full use in the active hours (10h a day) it costs 6.6667 times as much"
            ),
            never(
                "mu.monthly-vs-standard",
                "qwen3-8b, 1 × MU1x2: MU by the month never costs less than standard tokens: at full use in the active hours (10h a day) it costs 10.7481 times as much"
            ),
            never(
                "mu.hourly-vs-fine-tuned",
                "qwen3-8b, 1 × MU1x2: MU by the hour never costs less than fine-tuned tokens: at full use in the active hours (10h a day) it costs 6.6667 times as much"
            ),
            never(
                "mu.monthly-vs-fine-tuned",
                "qwen3-8b, 1 × MU1x2: MU by the month never costs less than fine-tuned tokens: at full use in the active hours (10h a day) it costs 10.7481 times as much"
            ),
        ]
    );
}

#[test]
fn a_point_names_the_replicas_that_it_holds_for() {
    let line = "compare qwen3-8b --rpm 301 --input-per-request 1k --output-per-request 200 --spec MU5 --replica-capacity MU5=300k/60k";
    let compared = document(line);
    let found = compared["break_even"].as_array().unwrap().iter();
    for point in found {
        assert_eq!(point["replicas"], "2", "{point}");
        let message = point["message"].as_str().unwrap();
        assert!(message.starts_with("qwen3-8b, 2 × MU5x1: "), "{message}");
    }
}

#[test]
fn points_of_one_specification_say_which_of_them_is_pd_separated() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("own.toml");
    let offer = |rest: &str| {
        format!("[[model.mu]]\nspec = \"MU1 x 4\"\nmonth = \"20000 per replica-month\"\n{rest}\n")
    };
    let offers = [
        offer("hour = \"90 per replica-hour\""),
        offer("hour = \"100 per replica-hour\"\npd_separated = true"),
    ];
    let text = format!(
        "version = 1\n[provider]\nid = \"alibaba\"\n[[model]]\ncode = \"own\"\n{}",
        offers.concat()
    );
    std::fs::write(&file, text).unwrap();
    let load = "--rpm 1 --input-per-request 10 --output-per-request 10";
    let found = points(&format!(
        "compare own --catalog {} {load}",
        file.to_str().unwrap()
    ));
    let names: Vec<&str> = found
        .iter()
        .map(|point| point.3.split_once(':').unwrap().0)
        .collect();
    assert_eq!(names.len(), 2);
    assert_ne!(names[0], names[1]);
}
