//! What does not fit a reservation: of which size, and beside what is reserved.

use super::said;
use super::support::{quote, rules_of};

const PTU: &str = "ptu qwen3-max-2025-09-23 --hours 1";

/// The rules of the notes on the fit and the overflow.
fn of_overflow(flags: &str) -> Vec<String> {
    let rules = rules_of(&quote(&format!("{PTU} {flags}")));
    let about = ["ptu.max-input", "ptu.overflow", "ptu.overflow-minute"];
    let is_about = |rule: &String| about.contains(&rule.as_str());
    rules.into_iter().filter(is_about).collect()
}

#[test]
fn a_call_of_the_maximum_does_not_fit_for_its_size_and_a_larger_one_never_does() {
    let reserved = "--input-tpm 100k --output-tpm 10k";
    let calls = |input: u32| format!("--rpm 1 --input-per-request {input} --output-per-request 1");
    assert_eq!(
        of_overflow(&format!("{reserved} {}", calls(128_000))),
        ["ptu.overflow-minute", "ptu.overflow", "ptu.overflow"]
    );
    assert_eq!(
        of_overflow(&format!("{reserved} {}", calls(128_001))),
        ["ptu.max-input", "ptu.overflow"]
    );
    // Where nothing is reserved, that it does not pay is said of what a price could change.
    assert_eq!(
        of_overflow(&format!("--fit cheapest {}", calls(128_000))),
        ["ptu.overflow", "ptu.overflow-minute", "ptu.overflow"]
    );
    assert_eq!(
        of_overflow(&format!("--fit cheapest {}", calls(128_001))),
        ["ptu.max-input"]
    );
}

#[test]
fn calls_beyond_one_reserved_side_fall_under_the_public_limits() {
    let load = "--rpm 30 --input-per-request 4000 --output-per-request";
    let all = ["ptu.overflow-minute", "ptu.overflow", "ptu.overflow"];
    let input = format!("--input-tpm 100k --output-tpm 0 {load} 0");
    assert_eq!(of_overflow(&input), all);
    // 76.8, and 5 of 30 calls a minute: 1,200,000 × ¥6 per 1M.
    let quoted = quote(&format!("{PTU} {input}"));
    assert_eq!(quoted["total"], "84");
    assert_eq!(quoted["items"].as_array().unwrap().len(), 3);
    let output = format!("--input-tpm 0 --output-tpm 10k {load} 400");
    assert_eq!(of_overflow(&output), all);
}

#[test]
fn a_peak_that_is_no_multiple_of_a_step_is_rounded_up_and_says_so() {
    let sized = |input: u32, output: u32| {
        let load = format!("--rpm 30 --input-per-request {input} --output-per-request {output}");
        let notes = said(&quote(&format!("{PTU} --fit peak {load}")));
        let of_steps = notes.into_iter().find(|(rule, _)| rule == "ptu.steps");
        of_steps.unwrap().1
    };
    let sized_for = "sized for 30 calls a minute at most:";
    assert_eq!(
        sized(4000, 400),
        format!("{sized_for} 120,000 input and 12,000 output tokens a minute")
    );
    assert_eq!(
        sized(4001, 401),
        format!(
            "{sized_for} 120,030 input and 12,030 output tokens a minute, rounded up to the purchase steps"
        )
    );
}

#[test]
fn overflow_that_is_priced_in_a_mode_of_another_name_says_so() {
    let overflow = "--input-tpm 10k --output-tpm 1k --hours 1 --rpm 30 --input-per-request 4000 --output-per-request 400";
    let modes = |model: &str| {
        let notes = said(&quote(&format!("ptu {model} {overflow}")));
        notes.into_iter().find(|(rule, _)| rule == "ptu.modes")
    };
    assert_eq!(
        modes("qwen-plus-2025-12-01").unwrap().1,
        "calls beyond a reservation in the mode `standard` are priced as ordinary calls in the mode `non-thinking`: read so, as another edition of the page calls it that"
    );
    assert_eq!(modes("qwen3-max-2025-09-23"), None);
}
