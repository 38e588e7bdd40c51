//! `--cheapest`: what `compare` finds for the same workload, where it is the same service.

use super::common::{fraction, json, whole};
use super::{checked, text};

const LOAD: &str = "rpm = 30\ninput_per_request = 4000\noutput_per_request = 400\n";

#[test]
fn a_reservation_that_does_not_pay_names_what_does() {
    let plan = format!(
        "version = 1\n[[deployment]]\nname = \"p\"\nmethod = \"ptu\"\nmodel = \"qwen3-max-2025-09-23\"\n\
         fit = \"peak\"\nterm = \"pay-as-you-go\"\ncount = 2\n{LOAD}"
    );
    let report = checked(&plan, "--cheapest");
    let found = &report["deployments"][0]["cheapest"];
    let line = "compare qwen3-max-2025-09-23 --rpm 30 --input-per-request 4000 --output-per-request 400 --no-savings-plan";
    let args: Vec<&str> = line.split_whitespace().collect();
    let compared = json(&args);
    let best = &compared["options"][0];
    assert_eq!(text(found, "/is"), "other");
    assert_eq!(found["option"], best["option"]);
    let both = fraction(text(best, "/quote/total")) * whole(2);
    assert_eq!(fraction(text(found, "/total")), both);
    let saves = fraction(text(&report, "/total")) - both;
    assert_eq!(fraction(text(found, "/saves")), saves);
}

#[test]
fn what_is_cheapest_already_or_serves_nothing_known_is_said() {
    let plan = format!(
        "version = 1\n[[deployment]]\nname = \"t\"\nmethod = \"tokens\"\nmodel = \"glm-5.1\"\n{LOAD}\
         [[deployment]]\nname = \"u\"\nmethod = \"tokens\"\nmodel = \"glm-5.1\"\ninput = 5\noutput = 5\nrequests = 1\n"
    );
    let report = checked(&plan, "--cheapest");
    assert_eq!(text(&report, "/deployments/0/cheapest/is"), "own");
    let other = &report["deployments"][1]["cheapest"];
    assert_eq!(text(other, "/is"), "not-compared");
    assert_eq!(text(other, "/reason"), "no workload for the period");
    assert_eq!(checked(&plan, "")["deployments"][0].get("cheapest"), None);
}

#[test]
fn replicas_are_compared_only_where_their_capacity_is_known() {
    let plan = |more: &str| {
        format!(
            "version = 1\n[[deployment]]\nname = \"t\"\nmethod = \"tokens\"\nmodel = \"qwen3-8b\"\n\
             rate = \"standard\"\nrpm = 300\ninput_per_request = 4000\noutput_per_request = 400\n{more}"
        )
    };
    let without = checked(&plan(""), "--cheapest");
    assert_eq!(text(&without, "/deployments/0/cheapest/is"), "own");
    let with = checked(
        &plan("replica_capacity = \"MU5x1=2M/200k\"\n"),
        "--cheapest",
    );
    let found = &with["deployments"][0]["cheapest"];
    assert_eq!(text(found, "/option"), "mu-monthly");
    assert_eq!(text(found, "/spec"), "MU5x1");
    let wrong = checked(
        &plan("replica_capacity = \"MU9x9=2M/200k\"\n"),
        "--cheapest",
    );
    assert_eq!(
        text(&wrong, "/deployments/0/cheapest/reason"),
        "no option has `MU9x9` of `replica_capacity`"
    );
}
