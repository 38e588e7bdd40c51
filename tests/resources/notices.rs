//! Who is told what, on which day, and whether it was.

use serde_json::Value;

use super::{only, tokens};

/// The notices of a channel, each as `state date notice`.
fn notices(resource: &str, flags: &str, channel: &str) -> Vec<String> {
    let only = only(resource, flags);
    let notices = only["notices"].as_array().unwrap();
    let of_channel = notices.iter().filter(|one| one["channel"] == channel);
    of_channel.map(line).collect()
}

fn line(notice: &Value) -> String {
    let text = |key: &str| notice[key].as_str().unwrap_or("-").to_owned();
    let detail = match (&notice["days_before"], &notice["remaining_percent"]) {
        (Value::Null, Value::Null) => String::new(),
        (days, Value::Null) => format!(" {days}"),
        (_, percent) => format!(" {percent}%"),
    };
    let (state, date, basis) = (text("state"), text("date"), text("basis"));
    format!("{state} {date} {basis} {}{detail}", text("notice"))
}

#[test]
fn the_product_console_tells_thirty_seven_and_one_days_before_and_the_day_after() {
    let resource = tokens(100, "used = 0\nexpires = 2026-12-31");
    let of = |today: &str| {
        let mut lines = notices(&resource, &format!("--today {today}"), "product-console");
        lines.retain(|line| line.contains("schedule"));
        lines
    };
    let dates = [
        "2026-12-01 schedule expiring-soon 30",
        "2026-12-24 schedule expiring-soon 7",
        "2026-12-30 schedule expiring-soon 1",
        "2027-01-01 schedule expired",
    ];
    for (today, states) in [
        ("2026-11-30", ["due", "due", "due", "due"]),
        ("2026-12-01", ["due", "due", "due", "due"]),
        ("2026-12-02", ["sent", "due", "due", "due"]),
        ("2026-12-24", ["sent", "due", "due", "due"]),
        ("2026-12-25", ["sent", "sent", "due", "due"]),
        ("2026-12-30", ["sent", "sent", "due", "due"]),
        ("2026-12-31", ["sent", "sent", "sent", "due"]),
        ("2027-01-01", ["sent", "sent", "sent", "due"]),
        ("2027-01-02", ["sent", "sent", "sent", "sent"]),
    ] {
        let expected: Vec<String> = states
            .iter()
            .zip(dates)
            .map(|(state, date)| format!("{state} {date}"))
            .collect();
        assert_eq!(of(today), expected, "{today}");
    }
}

#[test]
fn the_subscription_channel_tells_seven_five_three_and_one_days_before() {
    let dates = [
        "2026-12-24 schedule expiring-soon 7",
        "2026-12-26 schedule expiring-soon 5",
        "2026-12-28 schedule expiring-soon 3",
        "2026-12-30 schedule expiring-soon 1",
    ];
    for kind in ["concurrency", "knowledge-base"] {
        let resource = format!(
            "kind = \"{kind}\"\nsource = \"purchased\"\ntotal = 100\nused = 95\nexpires = 2026-12-31"
        );
        for (today, sent) in [
            ("2026-12-24", 0),
            ("2026-12-25", 1),
            ("2026-12-26", 1),
            ("2026-12-27", 2),
            ("2026-12-29", 3),
            ("2026-12-31", 4),
        ] {
            let expected: Vec<String> = dates
                .iter()
                .enumerate()
                .map(|(at, date)| format!("{} {date}", if at < sent { "sent" } else { "due" }))
                .collect();
            let found = notices(&resource, &format!("--today {today}"), "subscription");
            assert_eq!(found, expected, "{kind} on {today}");
        }
    }
}

#[test]
fn the_subscription_channel_tells_of_packages_when_ten_five_and_one_percent_remain() {
    for (used, states) in [
        (899, ["open -", "open -", "open -"]),
        (900, ["sent 2026-11-20", "open -", "open -"]),
        (949, ["sent 2026-11-20", "open -", "open -"]),
        (950, ["sent 2026-11-20", "sent 2026-11-20", "open -"]),
        (989, ["sent 2026-11-20", "sent 2026-11-20", "open -"]),
        (
            990,
            ["sent 2026-11-20", "sent 2026-11-20", "sent 2026-11-20"],
        ),
    ] {
        let resource = tokens(1_000, &format!("used = {used}\nexpires = 2027-12-31"));
        let found = notices(&resource, "", "subscription");
        for (at, (state, percent)) in states.iter().zip([10, 5, 1]).enumerate() {
            let basis = if state.starts_with("sent") {
                "reading"
            } else {
                "-"
            };
            assert_eq!(
                found[at],
                format!("{state} {basis} remaining {percent}%"),
                "{used}"
            );
        }
        // And of expiry, as of every purchased resource.
        assert_eq!(found.len(), 7);
    }
}

#[test]
fn the_product_console_tells_above_ninety_percent_and_at_all_of_it() {
    for (used, nearly, exhausted) in [
        (900, "open - -", "open - -"),
        (901, "sent 2026-11-20 reading", "open - -"),
        (1_000, "sent 2026-11-20 reading", "sent 2026-11-20 reading"),
    ] {
        let resource = tokens(1_000, &format!("used = {used}\nexpires = 2027-12-31"));
        let found = notices(&resource, "", "product-console");
        assert_eq!(found[0], format!("{nearly} nearly-exhausted"));
        assert_eq!(found[1], format!("{exhausted} exhausted"));
    }
}

#[test]
fn the_day_of_what_is_still_to_be_used_is_forecast() {
    // 10 a day from 850 on: 900 after 5 days, 950 after 10, 990 after 14, 1,000 after 15.
    let resource = tokens(
        1_000,
        "used = 850\nusage_per_day = 10\nexpires = 2026-12-04",
    );
    let console = notices(&resource, "", "product-console");
    assert_eq!(console[0], "due 2026-11-25 forecast nearly-exhausted");
    // On 2026-12-05 it has expired already.
    assert_eq!(console[1], "open - - exhausted");
    let subscription = notices(&resource, "", "subscription");
    assert_eq!(
        subscription[..3],
        [
            "due 2026-11-25 forecast remaining 10%",
            "due 2026-11-30 forecast remaining 5%",
            "due 2026-12-04 forecast remaining 1%",
        ]
    );
}

#[test]
fn a_reading_says_by_when_a_notice_was_sent() {
    let resource = tokens(
        1_000,
        "used = [{ on = 2026-11-01, value = 100 }, { on = 2026-11-10, value = 905 }, { on = 2026-11-18, value = 1000 }]\nexpires = 2027-12-31",
    );
    let console = notices(&resource, "", "product-console");
    assert_eq!(console[0], "sent 2026-11-10 reading nearly-exhausted");
    assert_eq!(console[1], "sent 2026-11-18 reading exhausted");
}

#[test]
fn a_notice_whose_day_by_forecast_is_past_is_presumably_sent() {
    // 100 a day, last read with 120 left on 2026-11-10: 50 and 10 are left within the first two.
    let resource = tokens(
        1_000,
        "used = [{ on = 2026-11-06, value = 480 }, { on = 2026-11-10, value = 880 }]\nexpires = 2027-12-31",
    );
    let console = notices(&resource, "--today 2026-11-12", "product-console");
    assert_eq!(console[0], "sent 2026-11-10 forecast nearly-exhausted");
    assert_eq!(console[1], "sent 2026-11-11 forecast exhausted");
    let today = notices(&resource, "--today 2026-11-11", "product-console");
    assert_eq!(today[1], "due 2026-11-11 forecast exhausted");
    let table = super::run(&super::one(&resource), "--details").stdout;
    let said = "A, product console: presumably sent about 2026-11-10 (nearly exhausted),\n     about 2026-11-11 (exhausted); due 2027-12-01";
    assert!(table.contains(said), "{table}");
    // The next notice is never one of the past.
    let csv = super::run(&super::one(&resource), "--format csv").stdout;
    let row = csv.lines().nth(1).unwrap();
    assert!(
        row.contains(",5,product-console expiring-soon,2027-12-01,"),
        "{row}"
    );
}

#[test]
fn what_usage_does_not_reach_before_it_expires_is_said_to_be_so() {
    let slow = tokens(
        1_000,
        "used = 850\nusage_per_day = 10\nexpires = 2026-12-04",
    );
    let table = super::run(&super::one(&slow), "--details").stdout;
    assert!(
        table.contains("; not before it expires: exhausted\n"),
        "{table}"
    );
    let unknown = tokens(1_000, "used = 850\nexpires = 2026-12-04");
    let table = super::run(&super::one(&unknown), "--details").stdout;
    assert!(table.contains("no day known for"), "{table}");
}

#[test]
fn a_free_trial_has_no_notices_on_the_subscription_channel() {
    let trial = tokens(1_000, "used = 1000\nexpires = 2026-11-21");
    let trial = trial.replace("purchased", "free-trial");
    assert_eq!(notices(&trial, "", "subscription"), Vec::<String>::new());
    assert_eq!(notices(&trial, "", "product-console").len(), 6);
}

#[test]
fn what_an_expired_package_can_no_longer_reach_is_not_listed() {
    let resource = tokens(1_000, "used = 940\nusage_per_day = 1\nexpires = 2026-11-19");
    assert_eq!(
        notices(&resource, "", "product-console"),
        [
            "sent 2026-11-20 reading nearly-exhausted",
            "sent 2026-10-20 schedule expiring-soon 30",
            "sent 2026-11-12 schedule expiring-soon 7",
            "sent 2026-11-18 schedule expiring-soon 1",
            "due 2026-11-20 schedule expired",
        ]
    );
    let subscription = notices(&resource, "", "subscription");
    assert_eq!(subscription[0], "sent 2026-11-20 reading remaining 10%");
    assert_eq!(subscription[1], "sent 2026-11-12 schedule expiring-soon 7");
}
