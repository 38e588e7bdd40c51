//! The forecast is what happens when every day is lived through, whatever the numbers are.

use chrono::{Days, NaiveDate};
use proptest::prelude::*;
use rust_decimal::Decimal;
use tollgate::resources::{Kind, Origin, Rate, Reading, Resource, State, Status, assess};

fn day(after: u64) -> NaiveDate {
    let today = NaiveDate::from_ymd_opt(2026, 11, 20).unwrap();
    today.checked_add_days(Days::new(after)).unwrap()
}

fn package(total: Decimal, used: Decimal, expires: u64, rate: Rate) -> Resource {
    Resource {
        name: "A".to_owned(),
        kind: Kind::Tokens,
        origin: Origin::Purchased,
        total,
        used: Reading {
            on: day(0),
            value: used,
        },
        earlier: Vec::new(),
        expires: day(expires),
        rate: Some(rate),
        reason: None,
    }
}

fn rate(amount: Decimal, days: u64) -> Rate {
    Rate {
        amount,
        days,
        split: None,
        from_readings: days > 1,
    }
}

/// The first day in which more is used than there is, and what is left after the last day.
fn lived_through(left: u64, per_days: u64, days: u64, expires: u64) -> (Option<u64>, u64) {
    // Counted in parts of a token, so that a fraction a day stays whole.
    let mut parts = left * days;
    for day in 0..=expires {
        if parts < per_days {
            return (Some(day), 0);
        }
        parts -= per_days;
    }
    (None, parts)
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn a_package_runs_out_as_if_every_day_was_lived_through(
        total in 1_u64..2_000,
        share in 0_u64..1_000,
        per_days in 1_u64..300,
        days in 1_u64..10,
        expires in 0_u64..60,
    ) {
        let used = total * share / 1_000;
        let left = total - used;
        let rate = rate(per_days.into(), days);
        let resource = package(total.into(), used.into(), expires, rate);
        let held = assess(vec![resource], day(0), None).unwrap().remove(0);
        let (runs_out, rest) = lived_through(left, per_days, days, expires);
        prop_assert_eq!(held.forecast.runs_out, runs_out.map(day));
        let billed = held.forecast.billed_from.unwrap();
        prop_assert_eq!(billed, runs_out.map_or(day(expires + 1), day));
        let lost = held.forecast.lost.unwrap();
        let whole = tollgate::billing::exact::ratio_or_rounded(rest.into(), days.into()).unwrap();
        prop_assert_eq!(lost, if runs_out.is_some() {
            tollgate::billing::exact::Quotient { value: Decimal::ZERO, exact: true }
        } else {
            whole
        });
    }

    #[test]
    fn a_reading_is_brought_to_the_day_as_if_every_day_since_was_lived_through(
        total in 1_u64..2_000,
        share in 0_u64..1_000,
        per_days in 0_u64..300,
        days in 1_u64..10,
        expires in 0_u64..60,
        today in 0_u64..80,
    ) {
        let used = total * share / 1_000;
        let rate = rate(per_days.into(), days);
        let resource = package(total.into(), used.into(), expires, rate);
        let held = assess(vec![resource.clone()], day(today), None).unwrap().remove(0);
        // Parts of a token, as above; nothing is used after the last day.
        let parts = ((total - used) * days).saturating_sub(per_days * today.min(expires + 1));
        let left = tollgate::billing::exact::ratio_or_rounded(parts.into(), days.into()).unwrap();
        prop_assert_eq!(held.standing.left.value, left.value);
        let mut statuses = Vec::new();
        let nearly = parts * 10 < total * days;
        for (status, holds) in [
            (Status::Available, parts > 0 && today <= expires),
            (Status::NearlyExhausted, nearly),
            (Status::Exhausted, parts == 0),
            (Status::ExpiringSoon, today <= expires && expires <= today + 30),
            (Status::Expired, today > expires),
        ] {
            statuses.extend(holds.then_some(status));
        }
        prop_assert_eq!(&held.statuses, &statuses);
        // What is to come is never past, and the end does not depend on the day it is asked for.
        for notice in &held.notices {
            if let (State::Due, Some((date, _))) = (notice.state, notice.date) {
                prop_assert!(date >= day(today));
            }
        }
        let before = assess(vec![resource], day(0), None).unwrap().remove(0);
        prop_assert_eq!(held.forecast.runs_out, before.forecast.runs_out);
        prop_assert_eq!(held.forecast.lost, before.forecast.lost);
    }

    #[test]
    fn no_numbers_that_a_file_can_hold_are_too_large(
        total in 1_u64..=1_000_000_000_000_000,
        total_decimals in 0_u32..=9,
        share in 0_u64..=1_000_000,
        amount in 0_u64..=1_000_000_000_000_000,
        amount_decimals in 0_u32..=9,
        days in 1_u64..36_000,
        expires in 0_u64..20_000,
    ) {
        // Digits with no tens in them, 24 where there are 9 decimals.
        let number = |whole: u64, decimals: u32| {
            let digits = i128::from(whole) * 10_i128.pow(decimals) - i128::from(decimals > 0);
            Decimal::try_from_i128_with_scale(digits, decimals).unwrap()
        };
        let total = number(total, total_decimals);
        let used = Decimal::from(u64::try_from(total.trunc()).unwrap() / 1_000_000 * share);
        let amount = number(amount, amount_decimals).max(Decimal::ZERO);
        let resource = package(total, used, expires, rate(amount, days));
        let held = assess(vec![resource.clone()], day(0), None);
        prop_assert!(held.is_ok(), "{held:?}");
        let later = assess(vec![resource], day(expires.min(9_000)), None);
        prop_assert!(later.is_ok(), "{later:?}");
        let per_day = rate(amount, days).per_day();
        prop_assert!(per_day.is_ok(), "{per_day:?}");
    }
}

#[test]
fn a_large_package_is_counted_with_many_decimals_of_usage() {
    let decimals = |digits, scale| Decimal::try_from_i128_with_scale(digits, scale).unwrap();
    let total = decimals(2_424_778_708_888_099_999, 4);
    let rate = rate(decimals(69_387_244_777_787_199_999_999, 8), 30_720);
    let held = assess(vec![package(total, Decimal::ZERO, 0, rate)], day(0), None);
    let lost = held.unwrap().remove(0).forecast.lost.unwrap();
    // 242477870888809.9999 less one day of 693872447777871.99999999 ÷ 30720.
    assert_eq!(
        (lost.value, lost.exact),
        (decimals(242_455_283_895_067_230_629_166_667, 12), false)
    );
}
