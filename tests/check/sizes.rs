//! Schedules, ranges, phases, counts and defaults, worked by hand.

use super::{checked, text};

/// `MU5x1` of `qwen3-8b`: 21 per replica-hour, 10,139 per replica-month.
const MU: &str = "version = 1\n[[deployment]]\nname = \"m\"\nmethod = \"mu\"\nmodel = \"qwen3-8b\"\nspec = \"MU5x1\"\n";

fn total(plan: &str) -> String {
    text(&checked(plan, ""), "/total").to_owned()
}

#[test]
fn a_schedule_is_the_sum_over_its_hours() {
    // 9 h × 6 + 1 h × 2 = 56 replica-hours a day; 30 days; ¥21.
    let plan = format!(
        "{MU}term = \"pay-as-you-go\"\nhours_per_day = \"10\"\nreplicas = 2\n\
         schedule = [ {{ from = \"09:00\", to = \"18:00\", replicas = 6 }} ]\n"
    );
    assert_eq!(total(&plan), "35280");
    // All day: 3 h over midnight × 4 + 21 h × 1 = 33 replica-hours.
    let plan = format!(
        "{MU}term = \"pay-as-you-go\"\n\
         schedule = [ {{ from = \"22:30\", to = \"01:30\", replicas = 4 }} ]\n"
    );
    assert_eq!(total(&plan), "20790");
    // A window that is the whole of the hours leaves no rest.
    let plan = format!(
        "{MU}term = \"pay-as-you-go\"\nhours_per_day = 8\n\
         schedule = [ {{ from = \"08:00\", to = \"16:00\", replicas = 1 }} ]\n"
    );
    let report = checked(&plan, "");
    assert_eq!(text(&report, "/total"), "5040");
    assert_eq!(
        report["deployments"][0]["parts"].as_array().unwrap().len(),
        1
    );
}

#[test]
fn a_range_has_two_ends_and_counts_with_the_high_one() {
    // 720 h × ¥21 = ¥15,120 a replica.
    let plan =
        format!("{MU}term = \"pay-as-you-go\"\nreplicas_min = 1\nreplicas_max = 3\ncount = 2\n");
    let report = checked(&plan, "");
    assert_eq!(text(&report, "/range/low"), "30240");
    assert_eq!(text(&report, "/range/high"), "90720");
    assert_eq!(text(&report, "/total"), "90720");
    let low = checked(&format!("{plan}budget_on = \"low\"\n"), "");
    assert_eq!(text(&low, "/total"), "30240");
    assert_eq!(text(&low, "/range/high"), "90720");
}

#[test]
fn phases_have_their_own_sizes_and_the_rest_that_of_the_deployment() {
    // glm-5.1 by the day: 30 days at the size of the deployment, less 10 at it, plus 10 at another.
    let of = |input: &str, days: u64| {
        let plan = format!(
            "version = 1\n[[deployment]]\nname = \"p\"\nmethod = \"ptu\"\nmodel = \"glm-5.1\"\n\
             input_tpm = \"{input}\"\noutput_tpm = \"20k\"\ndays = {days}\n"
        );
        super::common::fraction(&total(&plan))
    };
    let phased = "version = 1\n[[deployment]]\nname = \"p\"\nmethod = \"ptu\"\nmodel = \"glm-5.1\"\n\
         input_tpm = \"200k\"\noutput_tpm = \"20k\"\nterm = \"subscription\"\n\
         phases = [ { days = 10, input_tpm = \"400k\" }, { days = 5, input_tpm = \"100k\" } ]\n";
    let report = checked(phased, "");
    let expected = of("400k", 10) + of("100k", 5) + of("200k", 15);
    assert_eq!(super::common::fraction(text(&report, "/total")), expected);
    let labels: Vec<&str> = report["deployments"][0]["parts"]
        .as_array()
        .unwrap()
        .iter()
        .map(|part| text(part, "/label"))
        .collect();
    assert_eq!(labels, ["days 1–10", "days 11–15", "days 16–30"]);
    // Phases of the whole period leave no rest.
    let whole = phased.replace("days = 5", "days = 20");
    let report = checked(&whole, "");
    assert_eq!(
        super::common::fraction(text(&report, "/total")),
        of("400k", 10) + of("100k", 20)
    );
}

#[test]
fn months_cover_the_period() {
    for (days, total_of) in [
        (1, "10139"),
        (31, "10139"),
        (32, "20278"),
        (62, "20278"),
        (365, "121668"),
    ] {
        let plan = MU.replace("version = 1", &format!("version = 1\ndays = {days}"));
        assert_eq!(
            total(&format!("{plan}term = \"subscription\"\n")),
            total_of,
            "{days}"
        );
    }
}

#[test]
fn defaults_hold_where_a_deployment_says_nothing_else() {
    let plan = "version = 1\n[defaults]\nmethod = \"mu\"\nmodel = \"qwen3-8b\"\nspec = \"MU5x1\"\n\
         term = \"subscription\"\ninput_tpm = \"10k\"\nreplicas = 2\n\
         [[deployment]]\nname = \"a\"\n\
         [[deployment]]\nname = \"b\"\nreplicas = 1\n\
         [[deployment]]\nname = \"c\"\nhours = 10\n\
         [[deployment]]\nname = \"d\"\nterm = \"pay-as-you-go\"\nreplicas_min = 1\nreplicas_max = 1\n\
         [[deployment]]\nname = \"e\"\nmethod = \"ptu\"\nmodel = \"glm-5.1\"\noutput_tpm = \"1k\"\n";
    let report = checked(plan, "");
    let totals: Vec<&str> = report["deployments"]
        .as_array()
        .unwrap()
        .iter()
        .take(4)
        .map(|one| text(one, "/total"))
        .collect();
    // 2 and 1 replica-months, 10 h × 2 × ¥21, 720 h × ¥21.
    assert_eq!(totals, ["20278", "10139", "420", "15120"]);
    let parameters = &report["deployments"][4]["parameters"];
    assert_eq!(parameters["input_tpm"], "10000");
    assert_eq!(parameters.get("replicas"), None);
}

#[test]
fn a_default_that_would_mean_nothing_is_left_out() {
    let plan = "version = 1\n[defaults]\npostpaid = \"on\"\non_overflow = \"bill\"\nterm = \"subscription\"\n\
         [[deployment]]\nname = \"p\"\nmethod = \"ptu\"\nmodel = \"glm-5.1\"\ninput_tpm = \"10k\"\noutput_tpm = \"1k\"\n\
         [[deployment]]\nname = \"q\"\nmethod = \"ptu\"\nmodel = \"glm-5.1\"\ninput_tpm = \"10k\"\noutput_tpm = \"1k\"\n\
         rpm = 1\ninput_per_request = 10\noutput_per_request = 10\n";
    let report = checked(plan, "");
    let parameters = |at: usize| &report["deployments"][at]["parameters"];
    assert_eq!(parameters(0).get("postpaid"), None);
    assert_eq!(parameters(1)["postpaid"], "on");
    assert_eq!(parameters(1)["on_overflow"], "bill");
}

#[test]
fn a_default_for_hours_does_not_shorten_a_subscription() {
    let plan = format!(
        "{}term = \"subscription\"\n[[deployment]]\nname = \"h\"\nmethod = \"mu\"\nmodel = \"qwen3-rerank\"\nterm = \"pay-as-you-go\"\n",
        MU.replace("version = 1", "version = 1\n[defaults]\nhours_per_day = 10")
    );
    let report = checked(&plan, "");
    // A month of MU5x1, and 300 hours of MU5x1 at ¥21.
    assert_eq!(text(&report, "/deployments/0/total"), "10139");
    assert_eq!(text(&report, "/deployments/1/total"), "6300");
    let notes = |at: usize| report["deployments"][at]["parts"][0]["quote"]["notes"].clone();
    assert!(!notes(1).to_string().contains("deploy.autoscale"));
}

#[test]
fn a_range_and_a_schedule_say_how_they_are_read() {
    for (keys, said) in [
        (
            "replicas_min = 1\nreplicas_max = 3",
            "replicas that scale cost between what their minimum and their maximum cost",
        ),
        (
            "schedule = [{ from = \"09:00\", to = \"10:00\", replicas = 2 }]",
            "replicas that follow a schedule cost the sum over its hours",
        ),
    ] {
        let report = checked(&format!("{MU}term = \"pay-as-you-go\"\n{keys}\n"), "");
        let notes = report["deployments"][0]["parts"][0]["quote"]["notes"]
            .as_array()
            .unwrap();
        let note = notes
            .iter()
            .find(|note| note["rule"] == "deploy.autoscale")
            .unwrap();
        assert_eq!(text(note, "/message"), said);
        assert_eq!(text(note, "/basis"), "reading");
    }
}

#[test]
fn flags_win_over_the_plan() {
    let plan = MU.replace(
        "version = 1",
        "version = 1\ndiscount = \"50%\"\nfx = \"USD=0.1\"",
    );
    let plan = format!("{plan}term = \"subscription\"\n");
    assert_eq!(total(&plan), "5069.5");
    let report = checked(&plan, "--discount 10% --fx EUR=0.2");
    assert_eq!(text(&report, "/total"), "9125.1");
    assert_eq!(text(&report, "/plan/discount"), "10%");
    assert_eq!(report["fx"].as_array().unwrap().len(), 1);
    assert_eq!(text(&report, "/fx/0/total"), "1825.02");
}

#[test]
fn a_catalog_is_found_beside_the_plan() {
    let prices = "version = 1\n[provider]\nid = \"alibaba\"\n[[model]]\ncode = \"qwen3-8b\"\n[[model.mu]]\nspec = \"MU5x1\"\n\
         hour = \"10 per replica-hour\"\n";
    let plan = MU.replace("version = 1", "version = 1\ncatalog = \"prices.toml\"");
    let plan = format!("{plan}hours = 10\n");
    let folder = super::Folder::new(&[("plan.toml", &plan), ("prices.toml", prices)]);
    let report = folder.json("plan.toml", "");
    assert_eq!(text(&report, "/total"), "100");
    assert_eq!(text(&report, "/catalog/changes/0/model"), "qwen3-8b");
}
