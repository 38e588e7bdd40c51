//! A prepaid term that is scaled: what comes back follows from what was paid, and nothing is earned.

use proptest::prelude::*;
use rust_decimal::Decimal;
use tollgate::billing::early_end::{EarlyEnd, Settlement};
use tollgate::billing::meter::Meters;
use tollgate::billing::money::Currency;
use tollgate::billing::ptu::{Prices, Rules};
use tollgate::billing::quote::{LineItem, Source};
use tollgate::billing::scaling::{ScalingNote, Subscription};
use tollgate::billing::unit::UnitPrice;
use tollgate::billing::units::{self, Size, Sold};

use super::config;

fn prices(input: &str, output: &str) -> Prices {
    let price = |amount: &str, per: &str| UnitPrice::parse(&format!("{amount} per {per}")).unwrap();
    Prices {
        units: units::sides(
            (price(input, "10K TPM-day"), 1),
            (price(output, "1K TPM-day"), 1),
        ),
        meters: Meters::of_sides(),
        mode: None,
        max_input: None,
        or_max_input: None,
        rules: Rules {
            increment: None,
            input_step: 1,
            output_step: 1,
            overdue_hours: None,
            expiry: None,
            early_end: Some(EarlyEnd::Settled(Settlement {
                factor: Decimal::from_parts(12, 0, 0, false, 1),
                within_days: 30,
            })),
            scales_by_day: true,
            overdue_restored: false,
            refusal: tollgate::billing::load::Refusal::Unknown,
            dedicated: tollgate::billing::dedicated::Rules::default(),
        },
        currency: Currency::CNY,
        source: Source {
            document: "a".to_owned(),
            section: "b".to_owned(),
            transcribed: None,
            seen: None,
            first_seen: None,
            from: None,
            after: None,
            until: None,
            next: None,
        },
        standard: None,
        reservation: None,
        sale: None,
        says: Vec::new(),
        sizing: None,
    }
}

fn sum(items: &[LineItem]) -> Decimal {
    items.iter().map(|item| item.amount).sum()
}

fn per_day(size: Size, prices: &Prices) -> Decimal {
    let units = prices.units.iter().zip(size.0);
    let of = |(unit, tpm): (&Sold, u64)| unit.price.amount_for(tpm.into()).unwrap().value;
    units.map(of).sum()
}

/// Both sides grow or shrink by the same factor, so that each step is one way.
fn size(factor: u64) -> Size {
    Size([factor * 10_000, factor * 1_000])
}

proptest! {
    #![proptest_config(config(256))]

    #[test]
    fn a_refund_is_what_the_formula_says_and_no_more_than_was_paid_for_what_is_left(
        input in 1_u64..100_000,
        output in 0_u64..100_000,
        days in 2_u64..400,
        steps in prop::collection::vec((0_u64..400, 1_u64..50), 1..8),
    ) {
        let cents = |amount: u64| format!("{}.{:02}", amount / 100, amount % 100);
        let prices = prices(&cents(input), &cents(output));
        let first = size(7);
        let mut subscription = Subscription::order(days, first, prices.clone()).unwrap();
        let mut used: Vec<(u64, u64)> = steps.iter().map(|(day, to)| (day % days, *to)).collect();
        used.sort_by_key(|(day, _)| *day);
        let (mut now, mut since) = (first, 0);
        // What is paid in all is the price of each day at the size of that day.
        let mut paid = per_day(first, &prices) * Decimal::from(days);
        let mut by_day = Decimal::ZERO;
        for (day, factor) in used {
            by_day += per_day(now, &prices) * Decimal::from(day - since);
            let change = subscription.change(day, size(factor), &prices, None).unwrap();
            let amount = sum(&change.items);
            if let Some(ScalingNote::In { downgrade, refund, .. }) = change.notes.first() {
                prop_assert_eq!(downgrade.refund().unwrap().value, refund.amount);
                prop_assert_eq!(refund.amount, -amount);
                prop_assert_eq!(downgrade.consumed, by_day);
                prop_assert!(refund.amount > Decimal::ZERO);
                prop_assert!(refund.amount <= downgrade.paid - downgrade.consumed);
            } else {
                prop_assert!(amount >= Decimal::ZERO);
            }
            paid += amount;
            (now, since) = (size(factor), day);
        }
        by_day += per_day(now, &prices) * Decimal::from(days - since);
        prop_assert_eq!(paid, by_day);
    }

    #[test]
    fn out_and_back_on_the_same_day_earns_nothing(
        days in 1_u64..400,
        day in 0_u64..400,
        first in 1_u64..50,
        more in 1_u64..50,
    ) {
        let prices = prices("92.16", "36.96");
        let day = day % days;
        let mut subscription = Subscription::order(days, size(first), prices.clone()).unwrap();
        let mut cost = Decimal::ZERO;
        for to in [first + more, first, first + more, first] {
            let change = subscription.change(day, size(to), &prices, None).unwrap();
            cost += sum(&change.items);
            prop_assert!(cost >= Decimal::ZERO);
        }
    }
}
