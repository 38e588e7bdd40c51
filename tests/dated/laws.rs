//! What holds of every trace over a change of price.

use proptest::prelude::*;

use super::common::{Fraction, fraction};
use super::prices::{At, Desk};

/// Calls from two hours before the change to two hours after it, with some in the first and in the
/// last minute of each side: then each side is two whole hours.
fn any_calls() -> impl Strategy<Value = Vec<At>> {
    let call = (-7_140_i64..7_140, 1_u64..9_000, 1_u64..900);
    prop::collection::vec(call, 0..40).prop_map(|mut calls| {
        for at in [-7_200, -1, 0, 7_199] {
            calls.push((at, 2_500, 250));
        }
        calls.sort_unstable();
        calls
    })
}

fn total(desk: &Desk, line: &str) -> Fraction {
    fraction(&desk.total(line))
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::with_cases(48) })]

    #[test]
    fn over_a_change_costs_what_both_sides_cost_on_their_own_days(
        calls in any_calls(),
        (input, output) in (0_u64..4, 0_u64..4),
    ) {
        let desk = Desk::new();
        let all = desk.calls("all.csv", &calls);
        let side = |name, before: bool| {
            let of_side: Vec<At> = calls.iter().copied().filter(|call| (call.0 < 0) == before).collect();
            desk.calls(name, &of_side)
        };
        let (before, after) = (side("before.csv", true), side("after.csv", false));
        let reserved = format!("ptu own-tiers --input-tpm {}0k --output-tpm {}k", input + 1, output);
        for order in ["tokens own-tiers", reserved.as_str()] {
            let both = total(&desk, &format!("{order} --trace {all}"));
            let before = total(&desk, &format!("{order} --trace {before} --as-of 2026-06-01"));
            let after = total(&desk, &format!("{order} --trace {after} --as-of 2026-06-02"));
            prop_assert_eq!(both, before + after);
        }
    }

    #[test]
    fn the_cheapest_size_over_a_change_is_the_cheapest_of_all(calls in any_calls()) {
        let desk = Desk::new();
        let all = desk.calls("all.csv", &calls);
        let found = desk.quote(&format!("ptu own-tiers --trace {all} --fit cheapest"));
        let tpm = |key: &str| found["parameters"][key].as_str().unwrap().parse::<u64>().unwrap();
        let found_total = fraction(found["total"].as_str().unwrap());
        let at = |input: u64, output: u64| {
            let size = format!("--input-tpm {input} --output-tpm {output}");
            total(&desk, &format!("ptu own-tiers --trace {all} {size}"))
        };
        for input in 0..4_u64 {
            for output in 0..5_u64 {
                if (input, output) != (0, 0) {
                    let other = at(input * 10_000, output * 1_000);
                    prop_assert!(found_total <= other);
                }
            }
        }
        let ordinary = total(&desk, &format!("tokens own-tiers --trace {all}"));
        prop_assert!(found_total <= ordinary);
        match (tpm("input_tpm"), tpm("output_tpm")) {
            (0, 0) => {}
            (input, output) => prop_assert_eq!(found_total, at(input, output)),
        }
    }
}
