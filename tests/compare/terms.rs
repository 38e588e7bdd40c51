//! Changing from a term that is paid in advance: at its end, and now. What was paid is never saved.

use chrono::{Days, Months, NaiveDate};
use num_bigint::BigInt;
use num_rational::Ratio;
use proptest::prelude::*;
use proptest::sample::select;
use serde_json::{Value, json as value};

use super::{capacities, code_of, config, document, number, priced, rows, said, text, total};
use crate::common::{Fraction, whole};
use crate::decimals::kept;

/// Twenty small calls a minute, which ordinary calls serve for a fraction of a month of a replica.
const SMALL: &str =
    "compare qwen3-8b --spec MU5x1 --rpm 20 --input-per-request 500 --output-per-request 100";
const PTU: &str = "compare qwen3-max-2025-09-23 --spec MU2x8 --rpm 30 --input-per-request 4000 --output-per-request 400";

fn changes(line: &str) -> String {
    let shown = said(line);
    assert_eq!((shown.code, shown.stderr.as_str()), (0, ""), "{line}");
    let (_, changing) = shown.stdout.split_once("\n Changing\n").unwrap();
    let (changing, _) = changing.split_once("\n\n").unwrap();
    changing.to_owned()
}

#[test]
fn a_month_saves_nothing_before_its_end_and_now_what_a_cancellation_gives_back() {
    // 10,139 paid, of which a started day is 10,139 × 1.2 ÷ 30; ordinary calls are 12.96 a day.
    assert_eq!(
        changes(&format!("{SMALL} --current mu-monthly")),
        "   from mu-monthly to 1 at the end of the term, in 30 days: ¥325.01 saved a day
     from then on, nothing before (deploy.switch)
   from mu-monthly to 1 now: ¥9,733.44 of what was paid comes back
     (mu.cancel-first-month); 1 costs ¥388.80 for the 30 days that are paid,
     which pays at once: ¥9,344.64 saved against waiting for the end"
    );
    // 26 days and an hour are 27 days: 10,139 × 1.2 × 27 ÷ 30 is more than was paid.
    assert_eq!(
        changes(&format!("{SMALL} --current mu-monthly --current-ends 4d")),
        "   from mu-monthly to 1 at the end of the term, in 4 days: ¥325.01 saved a day
     from then on, nothing before (deploy.switch)
   from mu-monthly to 1 now: ¥0.00 of what was paid comes back
     (mu.cancel-first-month); 1 costs ¥51.84 for the 4 days that are paid:
     ¥51.84 is lost against waiting for the end, and against staying it is paid
     back after 4.16 days"
    );
}

#[test]
fn months_of_a_term_follow_the_calendar() {
    // Two months that end on 2027-02-24 began on 2026-12-24: 8 days are used on 2027-01-01, and the
    // hour of the overlap begins the 9th. 20,278 − 10,139 × 1.2 × 9 ÷ 30.
    let line =
        format!("{SMALL} --days 60 --as-of 2027-01-01 --current mu-monthly --current-ends 54");
    let term = &document(&line)["switch"][0]["term"];
    assert_eq!(
        (&term["days"], &term["days_left"]),
        (&value!("62"), &value!("54"))
    );
    assert_eq!(term["now"]["refund"], "16627.96");
    // One that has just begun on the last of January ends on the last of February.
    let line = format!("{SMALL} --as-of 2027-01-31 --current mu-monthly");
    let term = &document(&line)["switch"][0]["term"];
    assert_eq!(
        (&term["days"], &term["days_left"]),
        (&value!("28"), &value!("28"))
    );
}

#[test]
fn after_the_first_month_of_several_what_comes_back_is_not_documented() {
    let shown = changes(&format!(
        "{SMALL} --days 90 --current mu-monthly --current-ends 45"
    ));
    let (_, now) = shown.split_once(" now: ").unwrap();
    let words: Vec<&str> = now.split_whitespace().take(9).collect();
    assert_eq!(
        words.join(" "),
        "what comes back is not documented (mu.cancel-later), taken as"
    );
}

#[test]
fn a_subscription_of_throughput_ends_early_by_the_rules_of_the_day() {
    let switch =
        |flags: &str| document(&format!("{PTU} --current ptu-daily {flags}"))["switch"][0].clone();
    // 46,483.20 paid for 30 days at 1,549.44; after 20 days and the hour of the overlap,
    // 1,549.44 ÷ 24 × 481 × 1.2 are settled. Ordinary calls are 1,451.52 a day, 97.92 less.
    let now = switch("--current-ends 2026-11-30");
    assert_eq!(
        now,
        value!({
            "from": 2, "to": 1, "cost": "0", "saving": "1958.4",
            "saving_per_day": "97.92", "payback_days": "0",
            "reading": "read so: a request is served once, so by token nothing is paid twice in the overlap",
            "term": {
                "days": "30", "days_left": "10",
                "now": {
                    "refund": "9219.168", "refund_rule": "ptu.early-end",
                    "new_cost": "14515.2", "gain": "-5296.032", "payback_days": "64.085294117647"
                }
            }
        })
    );
    // Before the page that allows it, it cannot be ended at all.
    let before = switch("--current-ends 10 --as-of 2026-09-21");
    assert_eq!(
        before["term"]["now"],
        value!({
            "refund": "0", "refund_rule": "ptu.no-early-end",
            "new_cost": "14515.2", "gain": "-14515.2", "payback_days": "158.235294117647"
        })
    );
    assert_eq!(before["saving"], "1958.4");
    assert_eq!(switch("")["saving"], "0");
}

#[test]
fn the_overlap_with_a_paid_term_costs_the_new_way() {
    // A new reservation for an hour of the old replica's month: 7.68 × 12 + 3.08 × 12.
    let line = format!(
        "{PTU} --replica-capacity MU2x8=200k/20k --current mu-monthly --current-ends 10 --as-of 2026-11-20"
    );
    let switches = document(&line)["switch"].clone();
    let to_hourly = switches
        .as_array()
        .unwrap()
        .iter()
        .find(|switch| switch["to"] == 3)
        .unwrap();
    assert_eq!(
        (&to_hourly["cost"], &to_hourly["reading"]),
        (
            &value!("129.12"),
            &value!("read so: the overlap lies within the term that is paid")
        )
    );
}

/// Prices of a day and of a month that are dearer from 2026-11-10 on.
const DEARER: &str = "version = 1\n[provider]\nid = \"alibaba\"\n\
    [[model]]\ncode = \"deepseek-v3.2\"\n[[model.ptu]]\nfrom = 2026-11-10\n\
    max_input = \"64000 tokens\"\n\
    input = { hour = \"20 per 10K TPM-hour\", day = \"220 per 10K TPM-day\" }\n\
    output = [{ hour = \"8 per 1K TPM-hour\", day = \"88 per 1K TPM-day\" }]\n\
    [[model]]\ncode = \"qwen3-8b\"\n[[model.mu]]\nfrom = 2026-11-10\nspec = \"MU5 x 1\"\n\
    hour = \"42 per replica-hour\"\nmonth = \"20000 per replica-month\"\n";

const TWO_A_MINUTE: &str =
    "compare deepseek-v3.2 --rpm 2 --input-per-request 4000 --output-per-request 400";

#[test]
fn what_comes_back_is_of_what_was_paid_when_the_term_began() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("dearer.toml");
    std::fs::write(&file, DEARER).unwrap();
    let now = |line: &str| {
        let line = format!(
            "{line} --as-of 2026-11-15 --catalog {}",
            file.to_str().unwrap()
        );
        document(&line)["switch"][0]["term"]["now"].clone()
    };
    // 30 days of 10K / 1K at 99.36, bought on 11-05: 2,980.80. After 241 hours 99.36 ÷ 24 × 241 × 1.2
    // are settled. Ordinary calls are 26.496 a day.
    let of = now(&format!(
        "{TWO_A_MINUTE} --current ptu-daily --current-ends 20"
    ));
    assert_eq!(
        (&of["refund"], &of["new_cost"], &of["gain"]),
        (&value!("1783.512"), &value!("529.92"), &value!("1253.592"))
    );
    // One that is bought today is settled at today's price: 30 × 308 − 308 ÷ 24 × 1.2 for the hour.
    let of = now(&format!("{TWO_A_MINUTE} --current ptu-daily"));
    assert_eq!(of["refund"], "9224.6");
    // A month of 10,139, of which 11 days are 10,139 × 1.2 × 11 ÷ 30.
    let of = now(&format!(
        "{SMALL} --current mu-monthly --current-spec MU5x1 --current-ends 20"
    ));
    assert_eq!(
        (&of["refund"], &of["gain"]),
        (&value!("5677.84"), &value!("5418.64"))
    );
}

#[test]
fn a_term_that_began_before_the_first_price_gives_back_what_is_not_known() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("new.toml");
    let new = "version = 1\n[provider]\nid = \"alibaba\"\n[[model]]\ncode = \"new\"\n\
               [[model.mu]]\nfrom = 2026-11-10\nspec = \"MU5 x 1\"\nmonth = \"9000 per replica-month\"\n\
               [[model.standard]]\ntiers = [{ input = \"1 per 1M tokens\", output = \"2 per 1M tokens\" }]\n\
               [[model.ptu]]\nfrom = 2026-11-10\nmax_input = \"64000 tokens\"\n\
               input = { day = \"220 per 10K TPM-day\" }\noutput = [{ day = \"88 per 1K TPM-day\" }]\n";
    std::fs::write(&file, new).unwrap();
    for current in ["ptu-daily", "mu-monthly"] {
        let line = format!(
            "compare new --rpm 2 --input-per-request 4000 --output-per-request 400 --as-of 2026-11-15 --current \
             {current} --current-ends 20 --catalog {}",
            file.to_str().unwrap()
        );
        let switch = document(&line)["switch"][0].clone();
        let now = &switch["term"]["now"];
        assert_eq!(
            (&now["refund"], &now["refund_rule"]),
            (&Value::Null, &Value::Null),
            "{switch}"
        );
        let shown = changes(&line);
        let (_, said) = shown.split_once(" now: ").unwrap();
        let words: Vec<&str> = said.split_whitespace().take(20).collect();
        // 30 days, and a month, that end on 12-05.
        let began = "2026-11-05";
        assert_eq!(
            words.join(" "),
            format!(
                "what comes back is not known, as the catalog has no price for {began}, on which it began; taken as"
            )
        );
    }
}

#[test]
fn who_waits_pays_for_the_overlap_too() {
    // 24 hours at 21 are 504, now and at the end of the term alike; after them 9 days of 8 hours are 1,512.
    // Of going now, 1,622.24 − 504 − 1,512 + 504 are gained.
    let line = "compare qwen3-8b --rpm 2000 --input-per-request 3000 --output-per-request 350 --hours-per-day 8 \
                --replica-capacity MU5x1=6M/700k --current mu-monthly --current-ends 10 --overlap 24 \
                --as-of 2026-10-15";
    let switch = &document(line)["switch"][0];
    let now = &switch["term"]["now"];
    assert_eq!(
        (
            &switch["cost"],
            &now["refund"],
            &now["new_cost"],
            &now["gain"]
        ),
        (
            &value!("504"),
            &value!("1622.24"),
            &value!("2016"),
            &value!("110.24")
        )
    );
    let shown = changes(line);
    let (_, now) = shown.split_once(" now: ").unwrap();
    let words: Vec<&str> = now.split_whitespace().collect();
    assert_eq!(
        words.join(" "),
        "¥1,622.24 of what was paid comes back (mu.cancel-first-month); 1 costs ¥2,016.00 for the 10 days that \
         are paid: ¥110.24 is saved against waiting for the end, and against staying it is paid back after \
         12.32 days"
    );
}

#[test]
fn who_goes_now_pays_for_the_overlap_as_who_waits() {
    // The last day is all overlap: 24 hours at 8.28 are paid, now or then.
    let line = "compare deepseek-v3.2 --rpm 3 --input-per-request 2k --output-per-request 200 --hours-per-day 3 \
                --current ptu-daily --current-ends 1 --overlap 24";
    let switches = document(line)["switch"].clone();
    let hourly = switches
        .as_array()
        .unwrap()
        .iter()
        .find(|one| one["to"] == 2);
    let hourly = hourly.unwrap();
    let now = &hourly["term"]["now"];
    assert_eq!(
        (
            &hourly["cost"],
            &now["new_cost"],
            &now["refund"],
            &now["gain"]
        ),
        (
            &value!("198.72"),
            &value!("198.72"),
            &value!("0"),
            &value!("0")
        )
    );
}

#[test]
fn an_overlap_lies_within_the_term() {
    let line = format!("{PTU} --current ptu-daily --current-ends 1");
    let refused = said(&format!("{line} --overlap 25"));
    assert_eq!(
        (
            refused.code,
            refused.stdout.as_str(),
            refused.stderr.as_str()
        ),
        (
            2,
            "",
            "error: `--overlap` is longer than the 1 day left of the running term\n\nhint: after that the old \
             deployment has to be paid for again: give a shorter overlap, or the end of the term that follows\n"
        )
    );
    assert_eq!(said(&format!("{line} --overlap 24")).code, 0);
    // What is not said is an hour, and nothing on the last day.
    let costs = |ends: &str| {
        let line = format!(
            "{PTU} --replica-capacity MU2x8=200k/20k --current mu-monthly --as-of 2026-11-20 --current-ends {ends}"
        );
        let switches = document(&line)["switch"].clone();
        let hourly = switches
            .as_array()
            .unwrap()
            .iter()
            .find(|one| one["to"] == 3);
        text(&hourly.unwrap()["cost"]).to_owned()
    };
    assert_eq!(
        (costs("1"), costs("0")),
        ("129.12".to_owned(), "0".to_owned())
    );
}

#[test]
fn a_term_has_an_end_that_can_be() {
    for (flags, message, hint) in [
        (
            "--current mu-monthly --current-ends 31",
            "31 days of the running term are said to be left, and it has 30 days",
            "days are counted from that of `--as-of`, today if it is left out, and `--days` says for how many \
             days or months it was bought; without `--current-ends` it has just begun",
        ),
        (
            "--current mu-monthly --current-ends 2026-11-19",
            "`--current-ends 2026-11-19` is before 2026-11-20, the day of the prices",
            "give the day on which the running term ends, or leave out `--current` where none runs",
        ),
        (
            "--current mu-hourly --current-ends 3",
            "`--current-ends` is for what is paid in advance, and `mu-hourly` is paid as it is used",
            "leave it out: it can be ended at any time",
        ),
        (
            "--current mu-monthly --current-ends soon",
            "`soon` is not a value for `--current-ends <DATE|DAYS>`: it is neither a date from 2000 to 2100, such as \
             `2026-12-15`, nor days such as `12`",
            "add `--help` for what the command takes",
        ),
    ] {
        let outcome = said(&format!("{SMALL} {flags}"));
        assert_eq!((outcome.code, outcome.stdout.as_str()), (2, ""), "{flags}");
        assert_eq!(
            outcome.stderr,
            format!("error: {message}\n\nhint: {hint}\n")
        );
    }
    let today = document(&format!(
        "{SMALL} --current mu-monthly --current-ends 2026-11-20"
    ));
    assert_eq!(today["switch"][0]["term"]["days_left"], "0");
    assert_eq!(today["switch"][0]["payback_days"], "0");
}

/// The days that have run of so many months of which so many days are left on 2026-11-20.
fn used_of_months(months: u64, left: u64) -> u64 {
    let today = NaiveDate::from_ymd_opt(2026, 11, 20).unwrap();
    let ends = today + Days::new(left);
    let began = ends - Months::new(months.try_into().unwrap());
    (today - began).num_days().try_into().unwrap()
}

/// What comes back of a term, from its rule alone; `None` where nothing is documented.
fn refund(option: &str, paid: &Fraction, days: u64, used_hours: &Fraction) -> Option<Fraction> {
    let left = match option {
        "ptu-daily" => {
            let hours = used_hours.ceil();
            let factor = match hours <= whole(720) {
                true => Ratio::new(BigInt::from(6), BigInt::from(5)),
                false => whole(1),
            };
            paid - paid / whole(days * 24) * hours * factor
        }
        _ => {
            let used = (used_hours / whole(24)).ceil();
            if used > whole(31) {
                return None;
            }
            let month = paid / whole(days / 30);
            paid - month * used * Ratio::new(BigInt::from(6), BigInt::from(150))
        }
    };
    Some(left.max(whole(0)))
}

fn near(found: &Fraction, expected: &Fraction) -> bool {
    let gap = if found > expected {
        found - expected
    } else {
        expected - found
    };
    // Quotients are rounded at the 12th decimal, and then multiplied.
    gap <= Ratio::new(BigInt::from(1), BigInt::from(10).pow(6))
}

proptest! {
    #![proptest_config(config(96))]

    #[test]
    fn what_was_paid_is_never_saved(
        code in select(vec!["qwen3-max-2025-09-23", "qwen3-8b", "qwen3.6-plus-2026-04-02"]),
        option in select(vec!["ptu-daily", "mu-monthly"]),
        rpm in 1_u64..400,
        days in select(vec![30_u64, 60, 90]),
        left in 0_u64..=90,
        overlap in select(vec!["0", "1", "36", "95m"]),
        discount in select(vec!["", " --discount 12.5%"]),
    ) {
        let left = left.min(days);
        let load = format!("--rpm {rpm} --input-per-request 40000 --output-per-request 400 --days {days}");
        let capacity = capacities(&[code]);
        let line = format!(
            "compare {code} {load}{capacity} --current {option} --current-ends {left} --overlap {overlap}{discount}"
        );
        let hours = match overlap {
            "95m" => Ratio::new(BigInt::from(95), BigInt::from(60)),
            hours => whole(hours.parse().unwrap()),
        };
        // Not every model is sold so, whatever else is said of it.
        let is_sold = said(&format!("compare {code} {load}{capacity} --current {option}"));
        prop_assume!(is_sold.code == 0);
        if hours > whole(left * 24) {
            prop_assert_eq!(said(&line).code, 2, "{}", line);
            return Ok(());
        }
        prop_assume!(said(&line).code == 0);
        let compared = document(&line);
        prop_assert_eq!(code_of(&compared), code);
        let rank = compared["current"].as_u64().unwrap();
        let old = rows(&compared).iter().find(|row| row["rank"] == rank).unwrap();
        let paid = total(old);
        let term = match option {
            "mu-monthly" => left + used_of_months(days / 30, left),
            _ => days,
        };
        let used = (whole((term - left) * 24) + hours.clone()).min(whole(term * 24));
        let used = if option == "mu-monthly" { used.max(whole(1)) } else { used };
        let back = refund(option, &paid, days, &used);
        for switch in compared["switch"].as_array().unwrap() {
            let to = switch["to"].as_u64().unwrap();
            let new = priced(&compared).into_iter().find(|row| row["rank"] == to).unwrap();
            let (a_day, new_a_day) = (&paid / whole(days), total(new) / whole(days));
            // The cash of each day from now on, to the end of the period that is compared: staying,
            // going at the end of the term, and going now.
            let (mut stay, mut wait, mut now) = (whole(0), whole(0), whole(0));
            now -= back.clone().unwrap_or_else(|| whole(0));
            let (mut unpaid, mut at_end) = (whole(0), None);
            for day in 0..days {
                if day == left {
                    // The new way is up for the overlap before the term ends, and is paid twice.
                    at_end = Some((&wait + number(&switch["cost"]), now.clone()));
                }
                if day >= left {
                    stay += a_day.clone();
                    wait += new_a_day.clone();
                    unpaid += a_day.clone();
                }
                now += new_a_day.clone();
                if day + 1 == left && new["option"] != "standard" && new["option"] != "fine-tuned" {
                    // Of these days the overlap is paid as such, and the rest as a share.
                    now -= &new_a_day / whole(24) * hours.clone();
                    now += number(&switch["cost"]);
                }
            }
            let (wait_end, now_end) = at_end.unwrap_or((&wait + number(&switch["cost"]), now.clone()));
            let stay_end = &wait_end - number(&switch["cost"]);
            let overlap_cost = match new["option"].as_str().unwrap() {
                "standard" | "fine-tuned" => whole(0),
                "ptu-hourly" => &new_a_day / whole(24) * hours.ceil(),
                _ => &new_a_day / whole(24) * hours.clone(),
            };
            prop_assert!(near(&number(&switch["cost"]), &overlap_cost), "{line}: {switch}");
            let saving = number(&switch["saving"]);
            prop_assert!(near(&saving, &(&stay - &wait)), "{line}: {switch}");
            prop_assert!(saving <= unpaid, "{line}: {switch}");
            let claim = &switch["term"]["now"];
            prop_assert_eq!(
                claim["refund"].as_str().map(crate::common::fraction),
                back.as_ref().map(kept), "{}: {}", line, switch
            );
            prop_assert!(near(&number_or_negative(&claim["gain"]), &(&wait_end - &now_end)), "{line}: {switch}");
            // Paid back against staying on that day, and not before.
            let saved_a_day = &a_day - &new_a_day;
            prop_assert!(near(&number(&switch["saving_per_day"]), &saved_a_day), "{line}: {switch}");
            let payback = number(&claim["payback_days"]);
            let ahead = &stay_end - &now_end;
            if ahead >= whole(0) {
                prop_assert_eq!(payback, whole(0));
            } else {
                let after = &payback - whole(left);
                prop_assert!(near(&(after * saved_a_day + ahead), &whole(0)), "{line}: {switch}");
            }
        }
    }
}

fn number_or_negative(value: &Value) -> Fraction {
    match text(value).strip_prefix('-') {
        Some(rest) => -crate::common::fraction(rest),
        None => number(value),
    }
}

/// 13 GSU a week are 15,600, a month 35,100, three months 13 × 3.2877 × 2,190. The overlap is an hour of 168, of 720 and
/// of none; ordinary calls are 25,920 for 30 days. Three months from 2026-11-20 are 92 days.
#[test]
fn a_term_of_a_week_or_longer_is_paid_until_its_end() {
    let line = "compare gemini-2.5-pro --rpm 60 --input-per-request 4000 --output-per-request 500";
    let switches = |flags: &str| -> Vec<Value> {
        let compared = document(&format!("{line} {flags}"));
        let switches = compared["switch"].as_array().unwrap().iter();
        let of = |switch: &Value| {
            let term = &switch["term"];
            let now = &term["now"];
            value!([
                switch["to"],
                switch["cost"],
                term["days"],
                term["days_left"],
                now["new_cost"],
                now["gain"]
            ])
        };
        switches.map(of).collect()
    };
    assert_eq!(
        switches("--current ptu-weekly"),
        [
            value!([1, "0", "7", "7", "6048", "-6048"]),
            value!([2, "48.75", "7", "7", "8190", "-8141.25"]),
        ]
    );
    assert_eq!(
        switches("--current ptu-quarterly"),
        [
            value!([1, "0", "92", "92", "79488", "-79488"]),
            value!([2, "48.75", "92", "92", "107640", "-107591.25"]),
            // Five weeks cover more than is compared.
            value!([3, "92.857142857143", "92", "92", null, null]),
        ]
    );
    let year = switches("--current ptu-yearly --current-ends 100");
    assert_eq!(year[0], value!([1, "0", "365", "100", "86400", "-86400"]));
    // 110 × 2,652 for 8,760 hours.
    let line = "compare gpt-5.2 --rpm 1000 --input-per-request 200 --output-per-request 20 --days 365 --current ptu-monthly";
    let new = &document(line)["switch"][0];
    assert_eq!(new["cost"], "33.301369863014");
    for (flags, code, message) in [
        (
            "--current ptu-weekly --current-ends 8",
            2,
            "8 days of the running term are said to be left, and it has 7 days",
        ),
        (
            "--current ptu-daily",
            1,
            "the current method `ptu-daily` cannot be priced: `gemini-2.5-pro` is not sold by the day (`--days`)",
        ),
        (
            "--current reservation-8h",
            1,
            "the current method `reservation-8h` cannot be priced: `gemini-2.5-pro` is not sold so",
        ),
        (
            "--current reservation-8h --current-ends 1",
            2,
            "`--current-ends` is for what is paid in advance, and `reservation-8h` is bought each evening",
        ),
    ] {
        let outcome = said(&format!(
            "compare gemini-2.5-pro --rpm 60 --input-per-request 4000 --output-per-request 500 {flags}"
        ));
        assert_eq!(
            (outcome.code, outcome.stdout.as_str()),
            (code, ""),
            "{flags}"
        );
        let first = outcome.stderr.lines().next().unwrap();
        assert_eq!(first, format!("error: {message}"), "{flags}");
    }
}
