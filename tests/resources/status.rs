//! The edges of every status.

use serde_json::{Value, json};

use super::{one, only, run, tokens};

fn statuses(resource: &str, flags: &str) -> Value {
    only(resource, flags)["statuses"].clone()
}

#[test]
fn ninety_percent_is_not_nearly_exhausted_and_one_token_more_is() {
    let of = |used: u64| {
        let resource = tokens(1_000_000, &format!("used = {used}\nexpires = 2027-12-31"));
        statuses(&resource, "")
    };
    assert_eq!(of(0), json!(["available"]));
    assert_eq!(of(900_000), json!(["available"]));
    assert_eq!(of(900_001), json!(["available", "nearly-exhausted"]));
    assert_eq!(of(999_999), json!(["available", "nearly-exhausted"]));
    assert_eq!(of(1_000_000), json!(["nearly-exhausted", "exhausted"]));
}

#[test]
fn the_share_is_compared_exactly() {
    // 90 % of 7 is 6.3, and of a total with 9 decimals it has 10.
    let of = |total: &str, used: &str| {
        let kind = "kind = \"knowledge-base\"\nsource = \"purchased\"";
        let numbers = format!("total = \"{total}\"\nused = \"{used}\"\nexpires = 2027-12-31");
        statuses(&format!("{kind}\n{numbers}"), "")
    };
    assert_eq!(of("7", "6.3"), json!(["available"]));
    assert_eq!(
        of("7", "6.300000001"),
        json!(["available", "nearly-exhausted"])
    );
    assert_eq!(of("0.000000001", "0"), json!(["available"]));
    let all = json!(["nearly-exhausted", "exhausted"]);
    assert_eq!(of("0.000000001", "0.000000001"), all);
    let most = "999999999999999.999999999";
    assert_eq!(of(most, "899999999999999.999999999"), json!(["available"]));
    let above = "900000000000000";
    assert_eq!(of(most, above), json!(["available", "nearly-exhausted"]));
}

#[test]
fn more_than_all_is_exhausted_and_nothing_is_left() {
    let resource = tokens(
        100,
        "used = 120\nreason = \"calls under way were finished\"\nexpires = 2027-12-31",
    );
    let only = only(&resource, "");
    assert_eq!(only["statuses"], json!(["nearly-exhausted", "exhausted"]));
    assert_eq!(
        (&only["left"], &only["used_percent"]),
        (&json!("0"), &json!("120"))
    );
}

#[test]
fn it_is_expiring_soon_from_thirty_days_before_and_expired_the_day_after() {
    let resource = tokens(100, "used = 0\nexpires = 2026-12-31");
    let available = json!(["available"]);
    let soon = json!(["available", "expiring-soon"]);
    let expired = json!(["expired"]);
    for (today, days, expected) in [
        ("2026-11-30", 31, &available),
        ("2026-12-01", 30, &soon),
        ("2026-12-02", 29, &soon),
        ("2026-12-23", 8, &soon),
        ("2026-12-24", 7, &soon),
        ("2026-12-29", 2, &soon),
        ("2026-12-30", 1, &soon),
        ("2026-12-31", 0, &soon),
        ("2027-01-01", -1, &expired),
        ("2027-12-31", -365, &expired),
    ] {
        let only = only(&resource, &format!("--today {today}"));
        assert_eq!(
            (&only["statuses"], &only["days_left"]),
            (expected, &json!(days)),
            "{today}"
        );
    }
}

#[test]
fn several_statuses_hold_at_once() {
    let of = |used: u64, expires: &str| {
        let resource = tokens(100, &format!("used = {used}\nexpires = {expires}"));
        statuses(&resource, "")
    };
    assert_eq!(
        of(91, "2026-11-20"),
        json!(["available", "nearly-exhausted", "expiring-soon"])
    );
    assert_eq!(
        of(100, "2026-11-20"),
        json!(["nearly-exhausted", "exhausted", "expiring-soon"])
    );
    assert_eq!(
        of(100, "2026-11-19"),
        json!(["nearly-exhausted", "exhausted", "expired"])
    );
    assert_eq!(of(91, "2026-11-19"), json!(["nearly-exhausted", "expired"]));
}

#[test]
fn the_example_of_the_source_leaves_seven_hundred_thousand() {
    let resource = tokens(1_000_000, "used = [100_000, 200_000]\nexpires = 2027-12-31");
    let only = only(&resource, "");
    assert_eq!(
        (&only["used"], &only["left"], &only["used_percent"]),
        (&json!("300000"), &json!("700000"), &json!("30"))
    );
}

#[test]
fn a_table_says_exhausted_of_what_is_nearly_exhausted_too() {
    let account = one(&tokens(100, "used = 100\nexpires = 2026-11-19"));
    let table = run(&account, "--all").stdout;
    let statuses: Vec<&str> = ["Nearly Exhausted", "Exhausted", "Expired"]
        .into_iter()
        .filter(|status| table.contains(&format!("  {status}\n")))
        .collect();
    assert_eq!(statuses, ["Exhausted", "Expired"]);
}

/// 100 a day, last read with 120 left on 2026-11-10.
const READ_BEFORE: &str = "used = [{ on = 2026-11-06, value = 480 }, { on = 2026-11-10, value = 880 }]\nexpires = 2026-12-31";

#[test]
fn what_is_left_and_its_status_are_those_of_the_day_also_after_the_last_reading() {
    let resource = tokens(1_000, READ_BEFORE);
    for (today, left, percent, basis, statuses) in [
        ("2026-11-10", "120", "88", "reading", json!(["available"])),
        (
            "2026-11-11",
            "20",
            "98",
            "forecast",
            json!(["available", "nearly-exhausted"]),
        ),
        (
            "2026-11-12",
            "0",
            "100",
            "forecast",
            json!(["nearly-exhausted", "exhausted"]),
        ),
    ] {
        let found = only(&resource, &format!("--today {today}"));
        for (key, expected) in [
            ("left", &json!(left)),
            ("used_percent", &json!(percent)),
            ("left_basis", &json!(basis)),
            ("statuses", &statuses),
            // Of the last reading.
            ("used", &json!("880")),
            ("measured_on", &json!("2026-11-10")),
        ] {
            assert_eq!(found[key], *expected, "{key} on {today}");
        }
    }
    // Soon expired: it is what was left when it did.
    let expired = tokens(1_000, &READ_BEFORE.replace("12-31", "11-10"));
    let found = only(&expired, "");
    assert_eq!(found["left"], "20");
    assert_eq!(found["forecast"]["lost_at_expiry"], "20");
}

#[test]
fn a_screen_does_not_contradict_itself_when_the_last_reading_is_old() {
    let account = one(&tokens(1_000, READ_BEFORE));
    let table = run(&account, "").stdout;
    // It is shown, though presumed to be used up: only a reading can say so.
    let head = "\
account.toml on 2026-11-20: 0 available, 1 ended

 Resource       Left  Expires     Runs out    Status
 A                ~0  2026-12-31  2026-11-11  Exhausted
   tokens, paid of 1K  in 41 days  9 days ago

 Forecast
   A: 100 a day (on average over 4 days); ran out on 2026-11-11, 50 days before
     it expires; billed since 2026-11-11
";
    let squeezed = |text: &str| text.split_whitespace().collect::<Vec<_>>().join(" ");
    assert!(squeezed(&table).starts_with(&squeezed(head)), "{table}");
    for status in ["exhausted", "nearly-exhausted"] {
        assert_eq!(run(&account, &format!("--fail-on {status}")).code, 3);
    }
}

#[test]
fn a_full_prepaid_resource_serves_until_it_expires() {
    for kind in ["knowledge-base", "concurrency"] {
        let account = one(&format!(
            "kind = \"{kind}\"\nsource = \"purchased\"\ntotal = 50\nused = 50\nexpires = 2026-11-22"
        ));
        let ran = run(&account, "--within 2");
        let heading = "First to end: A, which expires on 2026-11-22 (in 2 days)\n\
                       account.toml on 2026-11-20: 0 available, 1 full\n";
        assert!(ran.stdout.starts_with(heading), "{}", ran.stdout);
        assert_eq!(
            (ran.code, ran.stderr.as_str()),
            (
                3,
                "error: `A` expires on 2026-11-22, and the limit is within 2 days\n"
            )
        );
        assert_eq!(
            ran.stdout.contains("resource.kb-isolation"),
            kind == "knowledge-base"
        );
        // Once it has expired, it has ended.
        let later = run(&account, "--within 2 --today 2026-11-23");
        assert_eq!(later.code, 0);
        assert!(later.stdout.contains(": 0 available, 1 ended"));
    }
}

#[test]
fn what_is_isolated_is_counted_over_all_packages_of_knowledge() {
    let package = |name: &str, total: &str, used: &str, expires: &str| {
        format!(
            "[[resource]]\nname = \"{name}\"\nkind = \"knowledge-base\"\nsource = \"purchased\"\ntotal = \"{total}\"\nused = \"{used}\"\nexpires = {expires}\n"
        )
    };
    let said = |packages: &[String], today: &str| -> Vec<(String, String)> {
        let report = super::json(&packages.concat(), &format!("--today {today}"));
        let notes = report["notes"].as_array().unwrap();
        let text = |value: &Value| value.as_str().unwrap().to_owned();
        notes
            .iter()
            .filter(|note| note["rule"] == "resource.kb-isolation")
            .map(|note| (text(&note["basis"]), text(&note["message"])))
            .collect()
    };
    let reading = |message: &str| ("reading".to_owned(), message.to_owned());
    // 20 + 30 + 10 = 60 in use of 100: without A 60 of 70, without B 60 of 20, without C all of it.
    let three = [
        package("A", "30", "20", "2026-11-27"),
        package("B", "50", "30", "2026-12-27"),
        package("C", "20", "10", "2027-01-27"),
    ];
    let a = "`A` expires after 2026-11-27: the 60 in use are within the 70 that are then left, so no knowledge is isolated";
    let b = "`B` expires after 2026-12-27: 40 of the 60 in use are beyond the limit of 20 that is then left: this knowledge is isolated, and is restored by hand after more capacity is bought";
    let c = "`C` expires after 2027-01-27: 60 of the 60 in use are beyond the limit of 0 that is then left: this knowledge is isolated, and is restored by hand after more capacity is bought";
    assert_eq!(
        said(&three, "2026-11-20"),
        [reading(a), reading(b), reading(c)]
    );
    // What ends on one day ends together.
    let two = [
        package("A", "30", "20", "2026-11-27"),
        package("B", "50", "30.5", "2026-11-27"),
        package("C", "20", "10", "2027-01-27"),
    ];
    let together = "expires after 2026-11-27: 40.5 of the 60.5 in use are beyond the limit of 20 that is then left: this knowledge is isolated, and is restored by hand after more capacity is bought";
    let found = said(&two, "2026-11-20");
    assert_eq!(found[0], reading(&format!("`A` {together}")));
    assert_eq!(found[1], reading(&format!("`B` {together}")));
    // What has ended is not in use any more where the next one ends.
    let found = said(&three, "2026-11-28");
    let b = "`B` expires after 2026-12-27: 20 of the 40 in use are beyond the limit of 20 that is then left: this knowledge is isolated, and is restored by hand after more capacity is bought";
    let gone: Vec<&(String, String)> = found
        .iter()
        .filter(|one| one.1.starts_with("`A`"))
        .collect();
    let a = "`A` expired after 2026-11-27: the 60 in use are within the 70 that are left, so no knowledge is isolated";
    assert_eq!(gone, [&reading(a)]);
    assert!(found.contains(&reading(b)), "{found:?}");
}
