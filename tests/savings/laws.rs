//! Laws of what usage costs with a savings plan, by the formulas themselves.

use crate::calendar::months_for;
use proptest::prelude::*;
use rust_decimal::Decimal;
use tollgate::billing::exact;
use tollgate::billing::offer::Source;
use tollgate::billing::savings::{
    Asked, Band, Best, Group, Months, Over, Payment, SavingsRules, Usage, best,
};

fn config(cases: u32) -> ProptestConfig {
    ProptestConfig {
        cases,
        failure_persistence: None,
        ..ProptestConfig::default()
    }
}

/// Cents.
fn money(cents: u64) -> Decimal {
    Decimal::new(i64::try_from(cents).unwrap(), 2)
}

fn factor(hundredths: u64) -> Decimal {
    money(hundredths)
}

/// Usage of which a part is of a cache, and a part of the rest is free.
fn usage(cents: u64, of_cache: u64, free: u64) -> Usage {
    let of_cache = cents * of_cache / 100;
    let fundable = cents - of_cache;
    Usage {
        fundable: money(fundable),
        of_cache: money(of_cache),
        funded: money(fundable * free / 100),
    }
}

fn any_over() -> impl Strategy<Value = Over> {
    prop_oneof![
        Just(Over::OneMonth),
        (1..400_u64).prop_map(Over::Days),
        (1..500_000_u64).prop_map(Over::Minutes),
        (1..30_000_000_u64).prop_map(Over::Seconds),
    ]
}

/// What the cost may be off: three amounts that are each rounded at their twelfth decimal.
fn rounding() -> Decimal {
    Decimal::new(3, 12)
}

proptest! {
    #![proptest_config(config(400))]

    #[test]
    fn no_more_than_the_usage_and_the_commitment_and_no_less_than_either_allows(
        cents in 0..100_000_000_u64, of_cache in 0..=100_u64, free in 0..=100_u64,
        tens in 100..100_000_u64, hundredths in 50..=100_u64, over in any_over(),
    ) {
        let usage = usage(cents, of_cache, free);
        let months = Months::of(usage, over).unwrap();
        let (commitment, factor) = (Decimal::from(tens * 10), factor(hundredths));
        let cost = months.cost(commitment, factor).unwrap();
        let charged = months.charged(commitment).unwrap();
        prop_assert_eq!(months.billed, usage.billed().unwrap());
        prop_assert!(cost >= charged - rounding());
        prop_assert!(cost <= months.billed + charged);
        // At best all of it is paid for at the factor.
        prop_assert!(cost >= months.billed * factor - rounding());
    }

    #[test]
    fn more_usage_never_costs_less(
        cents in 0..100_000_000_u64, more in 0..1_000_000_u64, of_cache in 0..=100_u64,
        tens in 100..100_000_u64, hundredths in 50..=100_u64, over in any_over(),
    ) {
        let (commitment, factor) = (Decimal::from(tens * 10), factor(hundredths));
        let cost = |cents| {
            let months = Months::of(usage(cents, of_cache, 0), over).unwrap();
            months.cost(commitment, factor).unwrap()
        };
        prop_assert!(cost(cents) <= cost(cents + more) + rounding());
    }

    #[test]
    fn a_commitment_that_is_used_up_pays_for_what_its_factor_says(
        tens in 100..100_000_u64, hundredths in 50..=100_u64, more in 0..100_000_000_u64,
        over in prop_oneof![Just(Over::OneMonth), (1..=30_u64).prop_map(Over::Days)],
    ) {
        let (commitment, factor) = (Decimal::from(tens * 10), factor(hundredths));
        let paid = exact::ratio(commitment, factor).unwrap().value;
        // More than it pays for, in one month.
        let list = paid.ceil() + money(more);
        let usage = Usage { fundable: list, of_cache: Decimal::ZERO, funded: Decimal::ZERO };
        let months = Months::of(usage, over).unwrap();
        let spent = months.spend(commitment, factor).unwrap();
        prop_assert_eq!((months.count, spent.used_up), (1, 1));
        prop_assert_eq!(months.cost(commitment, factor).unwrap(), commitment + list - paid);
    }

    #[test]
    fn months_of_a_usage_are_as_many_as_are_begun_and_add_up(
        cents in 0..100_000_000_u64, of_cache in 0..=100_u64, free in 0..=100_u64, over in any_over(),
    ) {
        let usage = usage(cents, of_cache, free);
        let months = Months::of(usage, over).unwrap();
        let begun = match over {
            Over::OneMonth => 1,
            Over::Days(days) => months_for(days),
            Over::Minutes(minutes) => months_for(minutes.div_ceil(24 * 60)),
            Over::Seconds(seconds) => months_for(seconds.div_ceil(24 * 60 * 60)),
        };
        prop_assert_eq!(months.count, begun);
        // So large a commitment pays for all of it.
        let all = Decimal::from(1_000_000_000_u64);
        let spent = months.spend(all, Decimal::ONE).unwrap();
        prop_assert_eq!(spent.in_others.value, usage.billed().unwrap());
    }
}

/// Two bands with these factors, of which the second begins at a commitment of `second`.
fn rules(second: u64, factors: [u64; 2]) -> SavingsRules {
    let band = |from: u64, hundredths: u64| Band {
        payment: Payment::AllUpfront,
        from: from.into(),
        factors: vec![vec![factor(hundredths)]],
    };
    SavingsRules {
        smallest: Decimal::ONE_THOUSAND,
        step: Decimal::TEN,
        terms: vec![3],
        groups: vec![Group {
            name: "A".to_owned(),
            families: vec!["Any".to_owned()],
            code_begins: Vec::new(),
        }],
        bands: vec![band(1_000, factors[0]), band(second, factors[1])],
        source: Source {
            document: "a-test".to_owned(),
            section: "none".to_owned(),
            first_seen: None,
            seen: None,
            transcribed: None,
            from: None,
            after: None,
            until: None,
            next: None,
        },
    }
}

proptest! {
    #![proptest_config(config(60))]

    #[test]
    fn no_commitment_costs_less_than_the_best_one(
        cents in 0..1_500_000_u64, of_cache in 0..=100_u64, free in 0..=100_u64,
        second in 1_001..6_000_u64, factors in [60..=100_u64, 50..=100_u64], over in any_over(),
    ) {
        let rules = rules(second, factors);
        let months = Months::of(usage(cents, of_cache, free), over).unwrap();
        let found = best(&rules, 0, 0, Payment::AllUpfront, &months).unwrap();
        let mut least: Option<Best> = None;
        for tens in 100..=1_600_u64 {
            let asked = Asked {
                commitment: Decimal::from(tens * 10),
                term_months: Some(3),
                payment: Payment::AllUpfront,
            };
            let plan = rules.plan(asked, "any", "Any").unwrap();
            let cost = months.cost(plan.commitment, plan.factor).unwrap();
            if cost < least.map_or(months.billed, |least| least.cost) {
                least = Some(Best { asked, cost });
            }
        }
        prop_assert_eq!(found, least);
    }
}
