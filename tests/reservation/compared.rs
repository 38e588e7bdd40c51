//! A standard reservation beside the other ways of a comparison.

use serde_json::Value;

use super::{Folder, document, trace};

/// 200K / 20K TPM at full use.
const FULL: &str = "compare made-up --rpm 200 --input-per-request 1000 --output-per-request 100";

/// An option that has a price, ranked or not.
fn row<'a>(compared: &'a Value, option: &str) -> &'a Value {
    let ranked = compared["options"].as_array().unwrap().iter();
    let mut rows = ranked.chain(compared["unranked"].as_array().unwrap());
    rows.find(|row| row["option"] == option).unwrap()
}

fn total(compared: &Value, option: &str) -> String {
    row(compared, option)["quote"]["total"]
        .as_str()
        .unwrap()
        .to_owned()
}

fn caveats(compared: &Value, option: &str) -> Vec<(String, String)> {
    let caveats = row(compared, option)["caveats"].as_array().unwrap();
    let of = |caveat: &Value, key: &str| caveat[key].as_str().unwrap_or("").to_owned();
    caveats
        .iter()
        .map(|caveat| (of(caveat, "rule"), of(caveat, "message")))
        .collect()
}

fn unavailable(compared: &Value, option: &str) -> Option<String> {
    let mut all = compared["unavailable"].as_array().unwrap().iter();
    let found = all.find(|one| one["option"] == option)?;
    Some(found["reason"].as_str().unwrap().to_owned())
}

/// A day of tokens at full use costs 172.80 for 10K TPM of input and 51.84 for 1K of output: 0.7 of that is 120.96
/// and 36.288, which are published as 121.00 and 36.29. High speed is twice the tokens, to the digit.
#[test]
fn at_full_use_standard_speed_costs_seven_tenths_of_tokens_and_high_speed_twice() {
    let compared = document(&format!("{FULL} --days 30"));
    assert_eq!(total(&compared, "reservation-daily"), "94374");
    assert_eq!(total(&compared, "standard"), "134784");
    assert_eq!(total(&compared, "ptu-daily"), "269568");
    let ratio = |id: &str| {
        let mut points = compared["break_even"].as_array().unwrap().iter();
        let point = points.find(|point| point["id"] == id).unwrap();
        point["ratio_at_full_use"].as_str().unwrap().to_owned()
    };
    assert_eq!(ratio("reservation.daily-vs-standard"), "0.700186965812");
    assert_eq!(ratio("ptu.daily-vs-standard"), "2");
    let first = &compared["options"][0];
    assert_eq!(
        (&first["option"], &first["rank"]),
        (&"reservation-daily".into(), &1.into())
    );
    assert_eq!(first["quote"]["parameters"]["service"], "standard");
}

/// Below 0.7 of full use tokens cost less: the point is at 140.04 calls a minute.
#[test]
fn the_point_of_break_even_is_where_both_cost_the_same() {
    let compared = document(&format!("{FULL} --days 30"));
    let mut points = compared["break_even"].as_array().unwrap().iter();
    let point = points.find(|point| point["id"] == "reservation.daily-vs-standard");
    assert_eq!(point.unwrap()["value"], "140.037393162393");
    for (rpm, first) in [(140, "standard"), (141, "reservation-daily")] {
        let line = FULL.replace("200", &rpm.to_string());
        let compared = document(&format!("{line} --days 30"));
        assert_eq!(compared["options"][0]["option"], first, "{rpm}");
    }
}

#[test]
fn days_that_are_no_term_are_terms_in_turn() {
    let compared = document(&format!("{FULL} --days 45"));
    // 3,145.80 a day.
    assert_eq!(total(&compared, "reservation-daily"), "141561");
    let said = caveats(&compared, "reservation-daily");
    let in_turn = said.iter().find(|(rule, _)| rule == "reservation.terms");
    let message = "45 days are no term that is sold: terms are bought one after the other, that of 30 days first, and a day costs the same in each";
    assert_eq!(in_turn.unwrap().1, message);
    let compared = document(&format!("{FULL} --days 60"));
    let said = caveats(&compared, "reservation-daily");
    assert!(said.iter().all(|(rule, _)| rule != "reservation.terms"));
}

/// A load of all day does not fit one block an evening; one of 8 hours does, where it comes at night.
#[test]
fn blocks_are_for_loads_of_at_most_eight_hours() {
    let all_day = document(&format!("{FULL} --days 30"));
    let reason = unavailable(&all_day, "reservation-8h").unwrap();
    assert!(reason.contains("(`reservation.block`)"), "{reason}");
    let nine = document(&format!("{FULL} --days 30 --hours-per-day 9"));
    assert!(unavailable(&nine, "reservation-8h").is_some());
    let eight = document(&format!("{FULL} --days 30 --hours-per-day 8"));
    // Three tenths of the days.
    assert_eq!(total(&eight, "reservation-8h"), "28312.2");
    assert_eq!(total(&eight, "reservation-daily"), "94374");
    // When the load comes is not said, so blocks have no rank: here they would be the cheapest.
    let block = row(&eight, "reservation-8h");
    assert_eq!(block["rank"], Value::Null);
    assert_eq!(
        block["reason"],
        serde_json::json!({
            "rule": "reservation.block",
            "message": "blocks serve the hours after their order at night, and when this load comes is not said: \
                        `--trace` ranks them where all calls fit",
        })
    );
    let said = caveats(&eight, "reservation-8h");
    assert_eq!(said[0].0, "reservation.block");
    assert!(
        said[0].1.contains("it serves only what comes in that time"),
        "{said:?}"
    );
}

#[test]
fn a_trace_is_compared_in_blocks_where_all_its_calls_come_at_night() {
    let folder = Folder::new(&[]);
    let compare = |minutes: &[(&str, u32)]| {
        let trace = trace(&folder, minutes, (1_000, 100));
        document(&format!("compare made-up --trace {trace}"))
    };
    // Two nights, from 23:00 to 06:59.
    let nights = [
        ("2026-11-01T23:00", 200),
        ("2026-11-02T06:59", 150),
        ("2026-11-03T01:00", 10),
    ];
    let compared = compare(&nights);
    // 2 × 3,145.80 × 0.3.
    assert_eq!(total(&compared, "reservation-8h"), "1887.48");
    assert!(row(&compared, "reservation-8h")["rank"].is_number());
    assert_eq!(
        row(&compared, "reservation-8h")["quote"]["parameters"]["billed"],
        "2 blocks"
    );
    // Three dates: ordered after 22:00, two days run to the end of the third.
    assert_eq!(total(&compared, "reservation-daily"), "6291.6");
    for other in ["2026-11-02T07:00", "2026-11-03T21:59", "2026-11-03T12:00"] {
        let mut minutes = nights.to_vec();
        minutes.push((other, 1));
        minutes.sort_unstable();
        let compared = compare(&minutes);
        let reason = unavailable(&compared, "reservation-8h").unwrap();
        assert!(
            reason.contains("the trace has calls at other times"),
            "{reason}"
        );
    }
    // From 22:00 to 05:59 as well, and not from 22:00 to 06:59.
    let early = compare(&[("2026-11-01T22:00", 1), ("2026-11-02T05:59", 1)]);
    assert_eq!(total(&early, "reservation-8h"), "943.74");
    let both = compare(&[("2026-11-01T22:00", 1), ("2026-11-02T06:00", 1)]);
    assert!(unavailable(&both, "reservation-8h").is_some());
}

/// 20 of 30 days are used: 94,374 paid, 3,145.80 × (20 days and the hour of the overlap) × 1.2 settled.
#[test]
fn changing_from_a_reservation_settles_what_was_used() {
    let line = FULL.replace("200", "60");
    let compared = document(&format!(
        "{line} --days 30 --current reservation-daily --current-ends 10 --overlap 1"
    ));
    let now = &compared["switch"][0]["term"]["now"];
    assert_eq!(now["refund_rule"], "reservation.early-end");
    // 3,145.80 ÷ 24 × 481 × 1.2 = 75,656.49.
    assert_eq!(now["refund"], "18717.51");
    // Of 45 days the term that runs is the first, of 30.
    let compared = document(&format!("{line} --days 45 --current reservation-daily"));
    assert_eq!(compared["switch"][0]["term"]["days"], "30");
}

/// Models without such prices are compared as before.
#[test]
fn models_without_a_reservation_have_no_such_option() {
    let compared = document(
        "compare qwen3-max-2025-09-23 --rpm 30 --input-per-request 4000 --output-per-request 400",
    );
    let text = compared.to_string();
    assert!(!text.contains("reservation-daily") && !text.contains("reservation-8h"));
}

/// Of a plan nobody says that its load comes at night: a block is never its cheapest way.
#[test]
fn a_plan_is_not_told_to_buy_blocks() {
    let plan = format!(
        "version = 1\ncatalog = [\"{}\"]\n[[deployment]]\nname = \"a\"\nmethod = \"tokens\"\n\
         model = \"made-up\"\nrate = \"standard\"\nrpm = 200\ninput_per_request = 1000\n\
         output_per_request = 100\nhours_per_day = 8\n",
        super::CATALOG
    );
    let folder = Folder::new(&[("plan.toml", &plan)]);
    let line = format!("check {} --cheapest --json", folder.path_of("plan.toml"));
    let words: Vec<&str> = line.split_whitespace().collect();
    let outcome = crate::common::run(&words);
    assert_eq!(outcome.code, 0, "{}", outcome.stderr);
    // 8 hours of tokens are ¥44,928.00, of blocks ¥28,312.20.
    assert!(
        !outcome.stdout.contains("reservation-8h"),
        "{}",
        outcome.stdout
    );
}

/// Beside a load of all day the hours at which others pay are those of a day without blocks.
#[test]
fn blocks_do_not_change_when_other_ways_pay() {
    let compared = document(&format!("{FULL} --days 30"));
    assert_eq!(
        row(&compared, "standard")["pays_from"]["message"],
        "up to 140 requests a minute, or up to 16 hours a day"
    );
}
