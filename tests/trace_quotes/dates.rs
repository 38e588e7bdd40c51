//! A subscription of days for a trace ends with a date, not after so many times 24 hours.

use chrono::{FixedOffset, NaiveDate, TimeDelta};
use proptest::prelude::*;
use serde_json::{Value, json};

use super::common::fraction;
use super::support::{json as compared, quote, refused};
use super::traces::Folder;

/// Two calls, at minutes of 2026-11-02 in China.
fn two(first: i64, last: i64) -> String {
    let day = NaiveDate::from_ymd_opt(2026, 11, 2).unwrap();
    let china = FixedOffset::east_opt(8 * 3_600).unwrap();
    let at = |minute| {
        let time = day.and_hms_opt(0, 0, 0).unwrap() + TimeDelta::minutes(minute);
        let time = time.and_local_timezone(china).unwrap();
        time.to_rfc3339()
    };
    format!(
        "timestamp,input_tokens,output_tokens\n{},8000,800\n{},8000,800\n",
        at(first),
        at(last)
    )
}

/// What the reservation by the day costs in the ranking, and what is said of its length.
fn by_the_day(trace: &str) -> (Value, Vec<Value>) {
    let all = compared(&format!("compare deepseek-v3.2 --fit peak --trace {trace}"));
    let mut ranking = all["options"].as_array().unwrap().iter();
    let row = ranking.find(|row| row["option"] == "ptu-daily").unwrap();
    let caveats = row["caveats"].as_array().unwrap();
    let messages = caveats.iter().map(|one| one["message"].clone()).collect();
    (row["quote"]["total"].clone(), messages)
}

const DAYS: &str = "quote ptu deepseek-v3.2 --input-tpm 10k --output-tpm 1k --trace";

#[test]
fn a_trace_over_midnight_takes_two_days() {
    let folder = Folder::new(&[]);
    // 20:00 to 13:59. A day of 10K / 1K is 86.40 + 12.96.
    let trace = folder.file("night.csv", &two(20 * 60, 37 * 60 + 59));
    let (total, said) = by_the_day(&trace);
    assert_eq!(total, "198.72");
    assert!(
        said.contains(&json!(
            "2 days cover the 1,080 minutes: `--scale-to` states the cost for days"
        )),
        "{said:?}"
    );
    let said = "error: the trace needs a subscription of 2 days, as one ends with its last date, and the term is 1 day\n\n\
         hint: give a longer term, or leave it out: it is then that of the trace\n";
    assert_eq!(
        refused(&format!("{DAYS} {trace} --days 1")),
        (2, said.to_owned())
    );
    let line = format!("{} {trace} --days 2", DAYS.trim_start_matches("quote "));
    assert_eq!(quote(&line)["total"], "198.72");
}

#[test]
fn an_order_after_ten_in_the_evening_has_the_next_day_too() {
    let folder = Folder::new(&[]);
    for (first, last, total) in [
        // In one day, to its last minute.
        (0, 24 * 60 - 1, "99.36"),
        (22 * 60, 24 * 60 - 1, "99.36"),
        // Not later than 22:00, and later.
        (22 * 60, 24 * 60, "198.72"),
        (22 * 60 + 1, 24 * 60, "99.36"),
        (22 * 60 + 1, 48 * 60 - 1, "99.36"),
        (22 * 60 + 1, 48 * 60, "198.72"),
        // 24 hours over midnight are two dates.
        (12 * 60, 36 * 60 - 1, "198.72"),
    ] {
        let trace = folder.file("evening.csv", &two(first, last));
        assert_eq!(by_the_day(&trace).0, total, "{first} to {last}");
    }
}

#[test]
fn times_counted_from_nothing_have_no_dates() {
    let folder = Folder::new(&[]);
    let counted = "timestamp,input_tokens,output_tokens\n72000,8000,800\n136740,8000,800\n";
    let trace = folder.file("counted.csv", counted);
    assert_eq!(
        by_the_day(&format!("{trace} --time-unit seconds")).0,
        "99.36"
    );
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 48, failure_persistence: None, ..ProptestConfig::default() })]

    /// No day fewer would do: ordered with its first call for the days that are paid, the
    /// subscription runs with the last call, and for one day less it does not.
    #[test]
    fn the_days_that_are_paid_just_hold_the_last_call(first in prop_oneof![0_i64..1_440, 1_300_i64..1_440], minutes in 1_i64..5_000) {
        let last = first + minutes;
        let folder = Folder::new(&[]);
        let trace = folder.file("any.csv", &two(first, last));
        let (total, _) = by_the_day(&trace);
        let days = (fraction(total.as_str().unwrap()) / fraction("99.36")).to_integer();
        let days: u64 = days.try_into().unwrap();
        prop_assert!(days > 0, "{total}");
        let expires = |days: u64| -> String {
            let (hour, minute) = (first / 60, first % 60);
            let line = format!(
                "ptu deepseek-v3.2 --input-tpm 10k --output-tpm 1k --days {days} --start 2026-11-02T{hour:02}:{minute:02}"
            );
            quote(&line)["schedule"]["expires"].as_str().unwrap().to_owned()
        };
        let day = NaiveDate::from_ymd_opt(2026, 11, 2).unwrap().and_hms_opt(0, 0, 0).unwrap();
        let call = (day + TimeDelta::minutes(last)).format("%Y-%m-%dT%H:%M:%S+08:00").to_string();
        prop_assert!(call <= expires(days), "{call} in {days} days");
        if days > 1 {
            prop_assert!(call > expires(days - 1), "{call} in a day less");
        }
    }
}
