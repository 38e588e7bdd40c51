//! Laws, over generated prices and calls.

use chrono::{DateTime, FixedOffset, Timelike};
use proptest::prelude::*;
use rust_decimal::Decimal;
use tollgate::billing::hours::{Hours, When, are_a_day, divided};
use tollgate::billing::term::Span;

use super::common::folder::Folder;
use super::{DAY, TIERS, decimal, quote};

/// A call in a minute after 2026-06-01 00:00 in China.
type Call = (u32, u32, u32);

/// Milliseconds since the Unix epoch at that moment.
const START: i64 = 1_780_243_200_000;

fn config(cases: u32) -> ProptestConfig {
    ProptestConfig {
        cases,
        failure_persistence: None,
        ..ProptestConfig::default()
    }
}

fn calls() -> impl Strategy<Value = Vec<Call>> {
    let minute = prop_oneof![
        0_u32..3 * 1440,
        prop::sample::select(vec![479, 480, 1319, 1320, 1919, 1920, 2759, 2760, 4320]),
    ];
    prop::collection::vec((minute, 0_u32..6000, 1_u32..600), 1..40).prop_map(|mut calls| {
        calls.sort_by_key(|call| call.0);
        calls
    })
}

fn log(calls: &[Call], offset: i32) -> String {
    let zone = FixedOffset::east_opt(offset * 60).unwrap();
    let rows = (0_i64..).zip(calls).map(|(at, (minute, input, output))| {
        let millis = START + i64::from(*minute) * 60_000 + at;
        let time = DateTime::from_timestamp_millis(millis)
            .unwrap()
            .with_timezone(&zone);
        format!(
            "{},{input},{output}\n",
            time.format("%Y-%m-%dT%H:%M:%S%.3f%:z")
        )
    });
    format!(
        "timestamp,input_tokens,output_tokens\n{}",
        rows.collect::<String>()
    )
}

/// What a call costs in [`TIERS`].
fn cost((minute, input, output): Call) -> Decimal {
    let moment = DateTime::from_timestamp_millis(START + i64::from(minute) * 60_000).unwrap();
    let china = moment.with_timezone(&FixedOffset::east_opt(8 * 3600).unwrap());
    let (before, peak) = (minute < 1440, (8..22).contains(&china.hour()));
    let (of_input, of_output) = match (before, peak, input) {
        (true, _, _) => (80, 160),
        (_, true, ..=2000) => (30, 90),
        (_, true, _) => (60, 180),
        (_, false, ..=1000) => (15, 45),
        (_, false, ..=4000) => (30, 50),
        (_, false, _) => (40, 60),
    };
    let parts = i64::from(input) * of_input + i64::from(output) * of_output;
    Decimal::try_from_i128_with_scale(parts.into(), 7).unwrap()
}

/// The calls that do not fit a quota, one after the other.
fn beyond(calls: &[Call], quota: (u32, u32)) -> Vec<Call> {
    let (mut minute, mut left) = (None, quota);
    let mut beyond = Vec::new();
    for call in calls {
        if minute != Some(call.0) {
            (minute, left) = (Some(call.0), quota);
        }
        match (left.0.checked_sub(call.1), left.1.checked_sub(call.2)) {
            (Some(input), Some(output)) => left = (input, output),
            _ => beyond.push(*call),
        }
    }
    beyond
}

fn of_overflow(quote: &serde_json::Value) -> Decimal {
    let items = quote["items"].as_array().unwrap().iter();
    let own = items.filter(|item| item["id"].as_str().unwrap().contains("overflow"));
    own.map(|item| decimal(&item["amount"])).sum()
}

proptest! {
    #![proptest_config(config(24))]

    #[test]
    fn a_trace_costs_the_sum_of_its_calls_at_their_own_hours(
        calls in calls(), offset in prop::sample::select(vec![480, 0, -330, 825]),
    ) {
        let folder = Folder::new(&[("day.toml", TIERS), ("log.csv", &log(&calls, offset))]);
        let quoted = quote(&folder, "tokens day --trace {log.csv}");
        let all: Decimal = calls.iter().map(|call| cost(*call)).sum();
        prop_assert_eq!(decimal(&quoted["total"]), all);
        let reserved = "ptu day --input-tpm 3k --output-tpm 300 --trace {log.csv}";
        let over: Decimal = beyond(&calls, (3000, 300)).into_iter().map(cost).sum();
        prop_assert_eq!(of_overflow(&quote(&folder, reserved)), over);
    }

    #[test]
    fn the_cheapest_size_for_a_trace_is_that_of_the_least_total(
        calls in prop::collection::vec((0_u32..2, 1_u32..12, 1_u32..30_000, 1_u32..2500), 2..12),
    ) {
        // Calls in two busy minutes on either side of a turn.
        let mut calls: Vec<Call> = calls
            .into_iter()
            .map(|(which, _, input, output)| (2759 + which, input, output))
            .collect();
        calls.sort_by_key(|call| call.0);
        let catalog = TIERS.replace("0.1 per", "0.02 per");
        let folder = Folder::new(&[("day.toml", &catalog), ("log.csv", &log(&calls, 480))]);
        let total = |line: &str| decimal(&quote(&folder, &format!("ptu day {line} --trace {{log.csv}}"))["total"]);
        let found = total("--fit cheapest");
        let mut least: Decimal = calls.iter().map(|call| cost(*call)).sum();
        for input in 0..6_u32 {
            for output in 0..4_u32 {
                if input + output > 0 {
                    least = least.min(total(&format!("--input-tpm {input}0k --output-tpm {output}k")));
                }
            }
        }
        prop_assert!(found <= least, "{} {}", found, least);
    }

    #[test]
    fn what_is_paid_for_is_of_lines_that_there_are(
        input in 1_u64..3_000_000, output in 0_u64..300_000, free in 1_u64..2_000_000, package in 1_u64..2_000_000,
    ) {
        let folder = Folder::new(&[("day.toml", DAY)]);
        let line = format!("tokens day --input {input} --output {output} --free-quota {free} --package {package}");
        let quoted = quote(&folder, &line);
        let items = quoted["items"].as_array().unwrap();
        let of = |id: &str, hours: &str, end: &str| -> Decimal {
            let own = items.iter().filter(|item| {
                let is_of = item["id"].as_str().unwrap().starts_with(id) && item["hours"] == hours;
                is_of && item["description"].as_str().unwrap().to_lowercase().contains(end)
            });
            own.map(|item| decimal(&item["quantity"])).sum()
        };
        let mut offset = Decimal::ZERO;
        for hours in ["08:00-22:00", "22:00-08:00"] {
            for kind in ["input", "output"] {
                let (used, paid) = (of("tokens.", hours, kind), of("credit.", hours, kind));
                prop_assert!(paid <= used, "{} of {}", paid, used);
                // Of each band the same share, to the tokens that are rounded.
                let all: u64 = if kind == "input" { input } else { output };
                let due = Decimal::from((free + package).min(input + output)) * used;
                let off = paid * Decimal::from(input + output) - due;
                prop_assert!(off.abs() <= Decimal::from(4 * (input + output)), "{} of {} of {}", paid, used, all);
                offset += paid;
            }
        }
        prop_assert_eq!(offset, Decimal::from((free + package).min(input + output)));
        if free + package >= input + output {
            prop_assert_eq!(quoted["total"].clone(), "0");
        }
    }

    #[test]
    fn hours_that_cost_the_same_change_nothing(
        calls in calls(), input in 0_u32..5_000_000, output in 0_u32..5_000_000, days in 1_u32..40,
    ) {
        let with = DAY.replace("1.5 per", "3 per").replace("0.15 per", "0.3 per").replace("4.5 per", "9 per");
        let (start, end) = with.split_once("  { hours").unwrap();
        let first = end.lines().next().unwrap().replacen(" = \"08:00-22:00\",", "", 1);
        let without = format!("{start}  {{{first}\n]\n");
        let log = log(&calls, 480);
        let (with, without) = (
            Folder::new(&[("day.toml", &with), ("log.csv", &log)]),
            Folder::new(&[("day.toml", &without), ("log.csv", &log)]),
        );
        let (input, output) = (input + 1, output + 1);
        for line in [
            format!("tokens day --input {input} --output {output}"),
            format!("tokens day --rpm 0.7 --input-per-request {input} --output-per-request {output} --days {days}"),
            format!("ptu day --input-tpm 10k --output-tpm 1k --rpm 3 --input-per-request 5001 --output-per-request {output} --days {days}"),
            "tokens day --trace {log.csv}".to_owned(),
            "ptu day --input-tpm 3k --output-tpm 300 --trace {log.csv} --scale-to 30 --months 1".to_owned(),
        ] {
            prop_assert_eq!(quote(&with, &line)["total"].clone(), quote(&without, &line)["total"].clone(), "{}", line);
        }
    }
}

proptest! {
    #![proptest_config(config(500))]

    #[test]
    fn parts_are_whole_and_add_up(
        count in any::<u64>(), shares in prop::collection::vec(0_u32..100_000, 1..5),
    ) {
        prop_assume!(shares.iter().any(|share| *share > 0));
        let all: u64 = shares.iter().map(|share| u64::from(*share)).sum();
        let decimals: Vec<Decimal> = shares.iter().map(|share| (*share).into()).collect();
        let parts = divided(count, &decimals).unwrap();
        prop_assert_eq!(parts.iter().map(|part| u128::from(*part)).sum::<u128>(), u128::from(count));
        for (part, share) in parts.iter().zip(shares) {
            // Less than one token from what is due.
            let due = u128::from(count) * u128::from(share);
            let has = u128::from(*part) * u128::from(all);
            prop_assert!(has.abs_diff(due) < u128::from(all));
        }
    }

    #[test]
    fn a_time_has_each_second_in_the_hours_of_its_minute(
        from in 0_i64..86_400, seconds in 1_u64..200_000, cut in 1_u16..1440,
    ) {
        let clock = |minute: u16| format!("{:02}:{:02}", minute / 60, minute % 60);
        let hours = [
            Hours::parse(&format!("00:30-{}", clock((cut + 30) % 1440))).unwrap(),
            Hours::parse(&format!("{}-00:30", clock((cut + 30) % 1440))).unwrap(),
        ];
        prop_assert_eq!(are_a_day(&hours), Ok(()));
        let start = DateTime::from_timestamp_millis(START + from * 1000).unwrap().fixed_offset();
        let shares = When::From(start, Span::of_seconds(seconds)).shares(&hours).unwrap();
        let mut counted = [0_u64; 2];
        for second in 0..seconds {
            let of_day = (from.unsigned_abs() + second) % 86_400;
            let minute = u16::try_from(of_day / 60).unwrap();
            counted[usize::from(!hours[0].contains(minute))] += 1;
        }
        prop_assert_eq!(shares, counted.map(Decimal::from).to_vec());
    }
}
