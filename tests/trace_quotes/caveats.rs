//! In what the ways of a comparison differ beside their price, and what a change between them saves.

use serde_json::{Value, json};

use super::common::{fraction, json as printed, whole};
use super::compared::words;
use super::traces::{CHEAP, Folder, csv, evening};

const MODEL: &str = "qwen3-max-2025-09-23";

#[test]
fn what_a_change_saves_is_by_the_day_of_the_trace() {
    let folder = Folder::new(&[]);
    let trace = folder.file("calls.csv", &evening());
    let line = format!("compare {MODEL} --trace {trace} --current ptu-hourly --spec MU2x8");
    let compared = printed(&words(&line));
    let switch = &compared["switch"][0];
    let total = |rank: &Value| {
        let options = compared["options"].as_array().unwrap();
        let option = options.iter().find(|one| one["rank"] == *rank).unwrap();
        fraction(option["quote"]["total"].as_str().unwrap())
    };
    let saved = total(&switch["from"]) - total(&switch["to"]);
    // An hour saves so much, and a day has 24 of them.
    let a_day = saved * whole(24);
    assert_eq!(fraction(switch["saving_per_day"].as_str().unwrap()), a_day);
    // 30K and 2K TPM for the hour of overlap: 3 × ¥7.68 + 2 × ¥3.08.
    assert_eq!(switch["cost"], "29.2");
}

#[test]
fn of_a_longer_time_than_the_trace_no_saving_by_the_day_is_known() {
    let folder = Folder::new(&[]);
    let calls = (0..30).map(|minute| (minute, (3000, 200)));
    let trace = folder.file("calls.csv", &csv(calls));
    let line = format!(
        "compare {MODEL} --trace {trace} --current ptu-daily --spec MU2x8 --replica-capacity MU2x8=10k/10k"
    );
    let compared = printed(&words(&line));
    let options = compared["options"].as_array().unwrap();
    let said = |option: &str| {
        let row = options.iter().find(|row| row["option"] == option).unwrap();
        let caveats = row["caveats"].as_array().unwrap().iter();
        let messages = caveats.map(|caveat| caveat["message"].as_str().unwrap());
        messages
            .filter(|message| message.contains("cover"))
            .map(str::to_owned)
            .collect::<Vec<_>>()
    };
    let until = "the 30 minutes: `--scale-to` states the cost for days";
    assert_eq!(said("ptu-hourly"), [format!("1 hour covers {until}")]);
    assert_eq!(said("ptu-daily"), [format!("1 day covers {until}")]);
    assert_eq!(said("mu-monthly"), [format!("1 month covers {until}")]);
    assert!(said("mu-hourly").is_empty() && said("standard").is_empty());
    let changes = compared["switch"].as_array().unwrap();
    assert!(!changes.is_empty());
    for change in changes {
        assert_eq!(
            (&change["saving_per_day"], &change["payback_days"]),
            (&Value::Null, &Value::Null)
        );
    }
    // For a day of the same, all but the month are paid for as long as they are used.
    let compared = printed(&words(&format!("{line} --scale-to 1")));
    let changes = compared["switch"].as_array().unwrap();
    assert!(!changes.is_empty());
    let total = |rank: &Value| {
        let options = compared["options"].as_array().unwrap();
        let option = options.iter().find(|one| one["rank"] == *rank).unwrap();
        fraction(option["quote"]["total"].as_str().unwrap())
    };
    for change in changes {
        // The day has just begun and is paid.
        assert_eq!(change["saving"], "0");
        let less = total(&change["from"]) - total(&change["to"]);
        assert_eq!(fraction(change["saving_per_day"].as_str().unwrap()), less);
    }
}

#[test]
fn a_call_that_no_reservation_takes_is_told_from_one_that_does_not_fit() {
    let folder = Folder::new(&[]);
    let prices = folder.file("own.toml", CHEAP);
    // 10,000 of 10,000 in each minute but two: one call too many, and one that is too large.
    let calls = (0..60).flat_map(|minute| match minute {
        20 => vec![(minute, (10_000, 10)), (minute, (1, 10))],
        30 => vec![(minute, (10_000, 10)), (minute, (30_000, 10))],
        _ => vec![(minute, (10_000, 10))],
    });
    let trace = folder.file("calls.csv", &csv(calls));
    let line =
        format!("compare own-model --catalog {prices} --trace {trace} --fit p95 --scale-to 1");
    let compared = printed(&words(&line));
    let caveats = compared["options"][0]["caveats"].as_array().unwrap();
    let said: Vec<Value> = caveats
        .iter()
        .filter(|caveat| {
            caveat["message"]
                .as_str()
                .unwrap()
                .contains(" of 62 calls ")
        })
        .cloned()
        .collect();
    assert_eq!(
        said,
        [
            json!({
                "rule": "ptu.overflow-minute",
                "message": "1 of 62 calls does not fit the quota of its minute, and is billed as an ordinary one"
            }),
            json!({
                "rule": "ptu.max-input",
                "message": "1 of 62 calls is above the maximum input, which no reservation takes, and is billed as an ordinary one"
            }),
        ]
    );
}
