//! A reservation that is smaller than the peak: what the answer says of it is what `--fit cheapest` ranks first, and
//! what a quote of that size and a plan cost.

use std::fs;

use proptest::prelude::*;
use proptest::sample::select;

use super::{document, rows, said, text, total};

/// Sold in units, by side, and in units of which calls of two lengths weigh differently.
const SOLD: [&str; 4] = [
    "gpt-5.2",
    "qwen3-max-2025-09-23",
    "glm-5.1",
    "gemini-2.5-pro",
];

proptest! {
    #![proptest_config(super::config(24))]

    #[test]
    fn it_is_said_where_it_costs_less_and_costs_what_is_said(
        model in select(&SOLD[..]), hundredths in 50_u64..200_000, input in 100_u64..4_000, output in 1_u64..400,
        days in select(vec![1_u64, 7, 30, 31, 365]),
    ) {
        let (whole, rest) = (hundredths / 100, hundredths % 100);
        let line = format!(
            "compare {model} --rpm {whole}.{rest:02} --input-per-request {input} --output-per-request {output} --days {days}"
        );
        let (at_peak, fitted) = (document(&line), document(&format!("{line} --fit cheapest")));
        let (first, best) = (&rows(&at_peak)[0], &rows(&fitted)[0]);
        prop_assert!(fitted["smaller_reservation"].is_null());
        let smaller = &at_peak["smaller_reservation"];
        if smaller.is_null() {
            // Nothing that overflows costs less than the cheapest of what holds every call.
            prop_assert_eq!(total(best), total(first), "{}", line);
        } else {
            prop_assert!(total(best) < total(first), "{}", line);
            prop_assert_eq!(&smaller["option"], &best["option"], "{}", line);
            prop_assert_eq!(&smaller["total"], &best["quote"]["total"], "{}", line);
            let folder = tempfile::tempdir().unwrap();
            let plan = folder.path().join("plan.toml");
            let written = said(&format!("{line} --fit cheapest --write-plan {}", plan.display()));
            if written.code != 0 {
                // Days that are no one term are bought in turn, which no key of a plan says.
                prop_assert!(written.stderr.contains("what is best cannot be planned"), "{}", written.stderr);
                return Ok(());
            }
            let (_, of_plan) = &written.new_files[0];
            fs::write(&plan, of_plan).unwrap();
            let checked = document(&format!("check {}", plan.display()));
            prop_assert_eq!(text(&checked["total"]), text(&best["total"]), "{}\n{}", line, of_plan);
        }
    }
}
