//! When a resource runs out at its rate, what is lost, and from when usage is billed.

use serde_json::{Value, json};

use super::{json, one, only, tokens};

fn forecast(resource: &str) -> [Value; 3] {
    let only = only(resource, "");
    ["runs_out", "lost_at_expiry", "billed_from"].map(|key| only["forecast"][key].clone())
}

fn texts(texts: [&str; 3]) -> [Value; 3] {
    texts.map(|text| {
        if text == "-" {
            Value::Null
        } else {
            json!(text)
        }
    })
}

#[test]
fn a_package_runs_out_on_the_day_in_which_its_rest_is_used() {
    for (used, per_day, expires, expected) in [
        // 100 at 10 a day last 10 days; at 30, 3 whole ones.
        (900, "10", "2027-12-31", ["2026-11-30", "0", "2026-11-30"]),
        (900, "30", "2027-12-31", ["2026-11-23", "0", "2026-11-23"]),
        (900, "1000", "2027-12-31", ["2026-11-20", "0", "2026-11-20"]),
        // The last day of validity counts.
        (900, "10", "2026-11-30", ["2026-11-30", "0", "2026-11-30"]),
        (900, "10", "2026-11-29", ["-", "0", "2026-11-30"]),
        (900, "10", "2026-11-28", ["-", "10", "2026-11-29"]),
        (900, "10", "2026-11-20", ["-", "90", "2026-11-21"]),
        (900, "0", "2026-11-30", ["-", "100", "2026-12-01"]),
        // So slowly that the calendar ends first.
        (0, "1", "2026-11-30", ["-", "989", "2026-12-01"]),
        // Ended ones.
        (1_000, "10", "2026-11-30", ["-", "0", "2026-11-20"]),
        (900, "10", "2026-11-10", ["-", "100", "2026-11-11"]),
    ] {
        let rest = format!("used = {used}\nusage_per_day = {per_day}\nexpires = {expires}");
        let found = forecast(&tokens(1_000, &rest));
        assert_eq!(found, texts(expected), "{used} {per_day} {expires}");
    }
}

#[test]
fn without_a_rate_nothing_is_forecast() {
    let found = forecast(&tokens(1_000, "used = 900\nexpires = 2026-12-31"));
    assert_eq!(found, texts(["-", "-", "-"]));
}

#[test]
fn readings_give_a_rate_and_their_day_is_where_it_begins() {
    // 300 in 9 days: 100 more take 3 days, exactly, from the last reading on.
    let resource = tokens(
        1_000,
        "used = [{ on = 2026-11-06, value = 600 }, { on = 2026-11-10, value = 890 }, { on = 2026-11-15, value = 900 }]\nexpires = 2026-12-31",
    );
    let found = only(&resource, "");
    assert_eq!(found["measured_on"], "2026-11-15");
    assert_eq!(
        found["usage_per_day"],
        json!({ "value": "33.333333333333", "exact": false, "basis": "readings", "input": null, "output": null })
    );
    assert_eq!(
        forecast(&resource),
        texts(["2026-11-18", "0", "2026-11-18"])
    );
    let notes = json(&one(&resource), "")["notes"].clone();
    assert_eq!(
        notes[0]["message"],
        "`A` was last read on 2026-11-15 and at its rate ran out on 2026-11-18: read it again"
    );
}

#[test]
fn what_is_lost_is_exact_or_rounded_at_the_twelfth_decimal() {
    let resource = tokens(
        1_000,
        "used = [{ on = 2026-11-13, value = 0 }, { on = 2026-11-20, value = 10 }]\nexpires = 2026-11-22",
    );
    // 990 − 3 × 10 ÷ 7.
    assert_eq!(
        forecast(&resource),
        texts(["-", "985.714285714286", "2026-11-23"])
    );
}

#[test]
fn a_single_reading_has_no_rate() {
    let resource = tokens(
        1_000,
        "used = [{ on = 2026-11-01, value = 100 }]\nexpires = 2026-12-31",
    );
    let found = only(&resource, "");
    assert_eq!(
        (&found["used"], &found["usage_per_day"]),
        (&json!("100"), &Value::Null)
    );
}

#[test]
fn prepaid_resources_lose_nothing_and_are_not_billed() {
    let filling = "kind = \"knowledge-base\"\nsource = \"purchased\"\ntotal = \"50\"\nused = \"42.5\"\nusage_per_day = \"0.5\"\nexpires = 2027-01-31";
    assert_eq!(forecast(filling), texts(["2026-12-05", "-", "-"]));
    // What shrinks never runs out, and concurrency is not used up at all.
    let shrinking = "used = [{ on = 2026-11-01, value = 40 }, { on = 2026-11-19, value = 30 }]";
    for kind in ["knowledge-base", "concurrency"] {
        let resource = format!(
            "kind = \"{kind}\"\nsource = \"purchased\"\ntotal = 50\n{shrinking}\nexpires = 2027-01-31"
        );
        let found = only(&resource, "");
        assert_eq!(
            (&found["left"], &found["usage_per_day"]),
            (&json!("20"), &Value::Null)
        );
    }
}

#[test]
fn a_package_is_billed_beyond_only_if_no_other_of_its_kind_pays() {
    let named = |name: &str, kind: &str, rest: &str| {
        format!(
            "[[resource]]\nname = \"{name}\"\nkind = \"{kind}\"\nsource = \"purchased\"\ntotal = 1000\n{rest}\n"
        )
    };
    let ends = named(
        "Ends",
        "tokens",
        "used = 900\nusage_per_day = 10\nexpires = 2026-12-31",
    );
    for (other, said) in [
        // It pays, at least for longer than the first.
        (named("B", "tokens", "used = 0\nexpires = 2027-12-31"), true),
        (
            named(
                "B",
                "tokens",
                "used = 0\nusage_per_day = 10\nexpires = 2027-12-31",
            ),
            true,
        ),
        // Not by then, not at all, not for tokens.
        (
            named(
                "B",
                "tokens",
                "used = 0\nusage_per_day = 500\nexpires = 2027-12-31",
            ),
            false,
        ),
        (
            named("B", "tokens", "used = 1000\nexpires = 2027-12-31"),
            false,
        ),
        (
            named("B", "search", "used = 0\nexpires = 2027-12-31"),
            false,
        ),
    ] {
        let account = format!("{ends}{other}");
        let table = super::run(&account, "").stdout.replace("\n     ", " ");
        let line = "Ends: 10 a day (as given); runs out on 2026-11-30, 31 days before it expires; ";
        let billed = match said {
            true => "if nothing else pays, billed from 2026-11-30\n",
            false => "billed from 2026-11-30\n",
        };
        assert!(table.contains(&format!("{line}{billed}")), "{table}");
    }
    let both = format!(
        "{ends}{}",
        named("B", "tokens", "used = 0\nexpires = 2027-12-31")
    );
    let notes = json(&both, "")["notes"].to_string();
    assert!(notes.contains("a package is forecast by itself"), "{notes}");
}
