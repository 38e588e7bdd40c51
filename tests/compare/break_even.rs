//! At a break-even point both sides cost the same, and around it they change places.

use std::collections::BTreeMap;

use num_bigint::BigInt;
use num_rational::Ratio;
use proptest::prelude::*;
use serde_json::Value;

use super::market::{Market, any_market, money};
use super::{document, number, priced, text};
use crate::calendar::months_for;
use crate::common::{Fraction, whole};
use crate::decimals::kept;

/// What the left side costs, what the right side costs for one of the unit, how many of the unit
/// the left side has or takes at most, and the part of the unit that is billed whole.
struct Sides {
    left: Fraction,
    right: Fraction,
    most: Option<Fraction>,
    step: Option<Fraction>,
}

/// Input and output TPM of a row.
fn reserved(row: &Value) -> (Fraction, Fraction) {
    let parameters = &row["quote"]["parameters"];
    (
        number(&parameters["input_tpm"]),
        number(&parameters["output_tpm"]),
    )
}

/// Whole requests a minute for which `tokens` of each side are enough.
fn requests(market: &Market, tokens: &(Fraction, Fraction)) -> Fraction {
    let sides = [(&tokens.0, market.input), (&tokens.1, market.output)];
    let with_tokens = sides.into_iter().filter(|(_, size)| *size > 0);
    with_tokens
        .map(|(tokens, size)| (tokens / whole(size)).floor())
        .min()
        .unwrap()
}

/// The sides of each break-even by id and specification, from the prices alone.
fn sides(market: &Market, compared: &Value) -> BTreeMap<(String, String), Sides> {
    let of = |option: &str| {
        priced(compared)
            .into_iter()
            .find(|row| row["option"] == option)
            .unwrap()
    };
    let mut sides = BTreeMap::new();
    let mut add =
        |id: &str, spec: &str, left: Fraction, right: Fraction, most: Option<Fraction>| {
            // Of each day whole hours, or whole minutes of its share of the months.
            let share = whole(market.days) / whole(months_for(market.days));
            let step = match id {
                "ptu.daily-vs-hourly" => Some(whole(1)),
                "mu.monthly-vs-hourly" => Some(share / whole(60)),
                _ => None,
            };
            let side = Sides {
                left,
                right,
                most,
                step,
            };
            sides.insert((id.to_owned(), spec.to_owned()), side);
        };
    let size = reserved(of("ptu-hourly"));
    assert_eq!(size, reserved(of("ptu-daily")));
    let throughput = |price: (u64, u64)| {
        &size.0 / whole(10_000) * money(price.0) + &size.1 / whole(1_000) * money(price.1)
    };
    let (hour, day) = (throughput(market.hour), throughput(market.day));
    let by_token = |price| market.request(price) * market.minutes();
    let (standard, tuned) = (by_token(market.standard), by_token(market.fine_tuned));
    let fits = Some(requests(market, &size));
    let started_hours = whole(market.tenths.div_ceil(10) * market.days);
    let days = whole(market.days);
    add(
        "ptu.daily-vs-hourly",
        "",
        day.clone(),
        hour.clone(),
        Some(whole(24)),
    );
    add(
        "ptu.hourly-vs-standard",
        "",
        hour * started_hours,
        standard.clone(),
        fits.clone(),
    );
    add(
        "ptu.daily-vs-standard",
        "",
        day * days,
        standard.clone(),
        fits,
    );
    for (at, (hour, month)) in market.replicas.iter().enumerate() {
        let spec = format!("MU1x{}", at + 1);
        let row = priced(compared)
            .into_iter()
            .find(|row| row["quote"]["parameters"]["spec"] == *spec)
            .unwrap();
        let replicas = number(&row["quote"]["parameters"]["replicas"]);
        let serves = market.capacity.filter(|_| at == 0).map(|(input, output)| {
            requests(
                market,
                &(whole(input) * &replicas, whole(output) * &replicas),
            )
        });
        let (hour, month) = (money(*hour) * &replicas, money(*month) * &replicas);
        add(
            "mu.monthly-vs-hourly",
            &spec,
            month.clone(),
            hour.clone(),
            Some(whole(24 * market.days) / whole(months_for(market.days))),
        );
        let hourly = hour * market.minutes() / whole(60);
        let monthly = month * whole(months_for(market.days));
        for (tokens, name) in [(&standard, "standard"), (&tuned, "fine-tuned")] {
            let id = |term: &str| format!("mu.{term}-vs-{name}");
            add(
                &id("hourly"),
                &spec,
                hourly.clone(),
                tokens.clone(),
                serves.clone(),
            );
            add(
                &id("monthly"),
                &spec,
                monthly.clone(),
                tokens.clone(),
                serves.clone(),
            );
        }
    }
    sides
}

/// 10^-12, the last digit of a quotient that does not end.
fn digit() -> Fraction {
    Ratio::new(BigInt::from(1), BigInt::from(10).pow(12))
}

fn check(point: &Value, sides: &Sides) -> Result<(), TestCaseError> {
    let Sides {
        left,
        right,
        most,
        step,
    } = sides;
    if point["value"].is_null() {
        // Also at full use the left side does not cost less.
        let most = most.as_ref().unwrap();
        prop_assert!(*left >= right * most, "{}", point);
        prop_assert_eq!(&point["billed_value"], &Value::Null);
    } else if let Some(step) = step {
        // The last whole increment that does not cost more; the next one does.
        let steps = (number(&point["value"]) / step).round();
        prop_assert_eq!(number(&point["value"]), kept(&(&steps * step)));
        prop_assert!(right * step * &steps <= *left, "{}", point);
        let next = right * step * (&steps + whole(1));
        prop_assert!(next > *left, "{}", point);
        prop_assert!(&steps * step < *most.as_ref().unwrap(), "{}", point);
        prop_assert_eq!(number(&point["billed_value"]), kept(&(left / right)));
    } else {
        let value = number(&point["value"]);
        let right_at = |value: &Fraction| right * value;
        // The last digit is rounded, so the sides differ by what half of it costs.
        let gap = left - right_at(&value);
        let half = right_at(&(digit() / whole(2)));
        prop_assert!(gap <= half && -gap <= half, "{} {}", point, left);
        prop_assert!(right_at(&(&value - digit())) < *left, "{}", point);
        prop_assert!(right_at(&(&value + digit())) > *left, "{}", point);
        prop_assert!(most.as_ref().is_none_or(|most| value <= *most), "{}", point);
        prop_assert_eq!(&point["billed_value"], &Value::Null);
    }
    Ok(())
}

proptest! {
    #![proptest_config(super::config(64))]

    #[test]
    fn both_sides_cost_the_same_at_the_point_and_the_order_flips_around_it(market in any_market()) {
        let compared = document(&market.line(&market.open()));
        let mut expected = sides(&market, &compared);
        for point in compared["break_even"].as_array().unwrap() {
            let spec = point["spec"].as_str().unwrap_or_default();
            let key = (text(&point["id"]).to_owned(), spec.to_owned());
            let sides = expected.remove(&key);
            prop_assert!(sides.is_some(), "{:?} is there twice or should not be", key);
            check(point, &sides.unwrap())?;
            prop_assert_eq!(&point["model"], "drawn");
        }
        let missing: Vec<_> = expected.keys().collect();
        prop_assert!(missing.is_empty(), "{:?}", missing);
    }

    #[test]
    fn the_ranking_agrees_with_the_points_in_hours(market in any_market()) {
        let compared = document(&market.line(&market.open()));
        let cost = |option: &str, spec: &Value| {
            let mut found = priced(&compared).into_iter();
            let same = |row: &&Value| row["option"] == option && row["quote"]["parameters"]["spec"] == *spec;
            super::total(found.find(same).unwrap())
        };
        let used = whole(market.tenths * market.days) / whole(10);
        for point in compared["break_even"].as_array().unwrap() {
            let (long, short, units) = match text(&point["id"]) {
                "ptu.daily-vs-hourly" => ("ptu-daily", "ptu-hourly", market.days),
                "mu.monthly-vs-hourly" => ("mu-monthly", "mu-hourly", months_for(market.days)),
                _ => continue,
            };
            let used = &used / whole(units);
            let above = !point["value"].is_null() && used > number(&point["value"]) + digit();
            let cheaper = cost(long, &point["spec"]) < cost(short, &point["spec"]);
            prop_assert_eq!(above, cheaper, "{} at {}", point, used);
        }
    }

    #[test]
    fn the_ratio_is_that_of_full_use(market in any_market()) {
        let compared = document(&market.line(&market.open()));
        let expected = sides(&market, &compared);
        for point in compared["break_even"].as_array().unwrap() {
            let spec = point["spec"].as_str().unwrap_or_default();
            let sides = &expected[&(text(&point["id"]).to_owned(), spec.to_owned())];
            let ratio = sides.most.as_ref().map(|most| kept(&(&sides.left / (&sides.right * most))));
            let found = point["ratio_at_full_use"].as_str().map(crate::common::fraction);
            prop_assert_eq!(found, ratio, "{}", point);
        }
    }
}

/// A market with these prices of tokens, where nothing else matters.
fn market(tenths: u64, standard: (u64, u64)) -> Market {
    Market {
        hour: (100, 50),
        day: (1_000, 500),
        replicas: vec![(5_000, 2_000_000)],
        fine_tuned: (1_000, 4_000),
        standard,
        rpm: 3_000,
        input: 4_000,
        output: 400,
        tenths,
        days: 30,
        capacity: None,
    }
}

#[test]
fn a_started_hour_counts_in_the_point_of_an_hourly_reservation() {
    // 9 hours are billed for 8.5 of traffic, by the day 24 of them: at the point of each both sides
    // of the same workload cost the same.
    let market = market(85, (1_000, 4_000));
    let compared = document(&market.line(&market.open()));
    let sides = sides(&market, &compared);
    for id in ["ptu.daily-vs-standard", "ptu.hourly-vs-standard"] {
        let points = compared["break_even"].as_array().unwrap();
        let point = points.iter().find(|point| point["id"] == id).unwrap();
        assert!(!point["value"].is_null(), "{point}");
        check(point, &sides[&(id.to_owned(), String::new())]).unwrap();
    }
}

#[test]
fn nothing_ever_pays_against_tokens_that_cost_nothing() {
    let market = market(240, (0, 0));
    let compared = document(&market.line(&market.open()));
    let points = compared["break_even"].as_array().unwrap();
    for id in [
        "ptu.hourly-vs-standard",
        "ptu.daily-vs-standard",
        "mu.hourly-vs-standard",
        "mu.monthly-vs-standard",
    ] {
        let of_id: Vec<&Value> = points.iter().filter(|point| point["id"] == id).collect();
        assert_eq!(of_id.len(), 1, "{id}");
        assert_eq!(of_id[0]["value"], Value::Null, "{id}");
    }
}
