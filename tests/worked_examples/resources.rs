//! The rules about what an account holds, each on one resource.

use std::fs;

use serde_json::{Value, json};

/// `tollgate resources --json` of one resource on 2026-11-20.
fn report(resource: &str) -> Value {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("account.toml");
    fs::write(&path, format!("[[resource]]\nname = \"A\"\n{resource}\n")).unwrap();
    let path = path.to_str().unwrap();
    super::support::json(&format!("resources {path} --today 2026-11-20 --all"))
}

fn message_of(report: &Value, rule: &str) -> String {
    let notes = report["notes"].as_array().unwrap();
    let note = notes.iter().find(|note| note["rule"] == rule).unwrap();
    note["message"].as_str().unwrap().to_owned()
}

pub fn packages_are_used_up_and_prepaid_ones_renewed() {
    // The source's example: an account used 100,000 and its user 200,000 of 1,000,000.
    let package = report(
        "kind = \"tokens\"\nsource = \"free-trial\"\ntotal = 1_000_000\nused = [100_000, 200_000]\nexpires = 2026-11-29\nusage_per_day = 50_000",
    );
    let tokens = &package["resources"][0];
    assert_eq!(
        (&tokens["billing"], &tokens["left"]),
        (&json!("package"), &json!("700000"))
    );
    // Ten days at 50,000, the last one the day it expires.
    assert_eq!(tokens["forecast"]["lost_at_expiry"], "200000");
    assert_eq!(
        message_of(&package, "resource.kinds"),
        "packages are used within their validity: what is left when it ends is lost"
    );
    let prepaid = report(
        "kind = \"concurrency\"\nsource = \"purchased\"\ntotal = 20\nused = 12\nexpires = 2026-12-31",
    );
    assert_eq!(prepaid["resources"][0]["billing"], "prepaid");
    assert_eq!(
        prepaid["resources"][0]["forecast"]["lost_at_expiry"],
        Value::Null
    );
    assert_eq!(
        message_of(&prepaid, "resource.kinds"),
        "prepaid resources, by the month or the year, can be renewed; renewing before they expire is recommended"
    );
}

pub fn several_statuses_can_hold() {
    let report = report(
        "kind = \"search\"\nsource = \"purchased\"\ntotal = 1000\nused = 901\nexpires = 2026-12-20",
    );
    assert_eq!(
        report["resources"][0]["statuses"],
        json!(["available", "nearly-exhausted", "expiring-soon"])
    );
}

pub fn each_channel_has_its_own_notices() {
    let days = |source: &str, channel: &str| -> Vec<Value> {
        let report = report(&format!(
            "kind = \"concurrency\"\nsource = \"{source}\"\ntotal = 20\nused = 0\nexpires = 2026-12-31"
        ));
        let notices = report["resources"][0]["notices"].as_array().unwrap();
        let notices = notices.iter().filter(|one| one["channel"] == channel);
        notices
            .map(|one| one["days_before"].clone())
            .filter(|days| !days.is_null())
            .collect()
    };
    assert_eq!(days("purchased", "product-console"), [30, 7, 1]);
    assert_eq!(days("purchased", "subscription"), [7, 5, 3, 1]);
    assert_eq!(days("free-trial", "product-console"), [30, 7, 1]);
    assert_eq!(days("free-trial", "subscription"), Vec::<Value>::new());
}

pub fn knowledge_beyond_the_limit_is_isolated() {
    let report = report(
        "kind = \"knowledge-base\"\nsource = \"purchased\"\ntotal = \"50\"\nused = \"42.5\"\nexpires = 2026-11-27",
    );
    assert_eq!(
        message_of(&report, "resource.kb-isolation"),
        "`A` expires after 2026-11-27: 42.5 of the 42.5 in use are beyond the limit of 0 that is then left: this knowledge is isolated, and is restored by hand after more capacity is bought"
    );
}

pub fn what_goes_beyond_a_package_is_billed_with_postpaid_on() {
    let report = report(
        "kind = \"tokens\"\nsource = \"free-trial\"\ntotal = 1000\nused = 0\nexpires = 2026-12-31\nusage_per_day = 100",
    );
    assert_eq!(
        report["resources"][0]["forecast"]["billed_from"],
        "2026-11-30"
    );
    assert_eq!(
        message_of(&report, "resource.postpaid"),
        "what is used beyond a package is taken as billed while postpaid is on, and the service as stopped while it is off"
    );
}

pub fn an_overdue_account_cannot_use_its_services() {
    let full = report(
        "kind = \"tokens\"\nsource = \"purchased\"\ntotal = 1_000\nused = 0\nexpires = 2026-12-31",
    );
    assert_eq!(
        message_of(&full, "resource.overdue"),
        "while the account is overdue its services cannot be used, whatever is left here"
    );
}
