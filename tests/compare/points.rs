//! Break-even points by hand.

use serde_json::Value;

use super::{document, number};

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
    for (code, value, said) in [
        ("qwen3-max-2025-09-23", "12", "12"),
        // 12 × 34.56 + 12 × 20.74 a day, 12 × 2.88 + 12 × 1.73 an hour.
        ("qwen3.6-flash-2026-04-16", "11.995661605206", "11.9957"),
        // 12 × 23.04 + 12 × 13.82, 12 × 1.92 + 12 × 1.15.
        ("qwen3.5-plus-2026-04-20", "12.00651465798", "12.0065"),
    ] {
        let point = points(&format!("compare {code} {load}")).remove(0);
        let message = format!(
            "{code}: PTU by the day costs less than PTU by the hour above {said} hours per day"
        );
        assert_eq!(
            point,
            (
                "ptu.daily-vs-hourly".to_owned(),
                None,
                Some(value.to_owned()),
                message
            )
        );
    }
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
                "qwen3-8b MU1x2: MU by the hour never costs less than standard tokens: at full use it costs 6.6667 times as much"
            ),
            never(
                "mu.monthly-vs-standard",
                "qwen3-8b MU1x2: MU by the month never costs less than standard tokens: at full use it costs 10.7481 times as much"
            ),
            never(
                "mu.hourly-vs-fine-tuned",
                "qwen3-8b MU1x2: MU by the hour never costs less than fine-tuned tokens: at full use it costs 6.6667 times as much"
            ),
            never(
                "mu.monthly-vs-fine-tuned",
                "qwen3-8b MU1x2: MU by the month never costs less than fine-tuned tokens: at full use it costs 10.7481 times as much"
            ),
        ]
    );
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
