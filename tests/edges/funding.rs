//! Who pays, one token and one day on either side.

use super::said;
use super::support::{quote, rules_of};

/// 60 requests of 900 + 100 tokens an hour: 1,440,000 tokens a day, from 2026-11-20 on.
const WORKLOAD: &str =
    "tokens deepseek-v3.2 --rpm 1 --input-per-request 900 --output-per-request 100";

#[test]
fn what_is_used_up_before_it_expires_does_not_lapse() {
    // Gone after a day, and valid for five more.
    for (flags, names) in [
        (
            "--free-quota 1.44M --free-expires 2026-11-25",
            "the free quota lasts",
        ),
        ("--package 1.44M@2026-11-25", "the packages last"),
    ] {
        let quoted = quote(&format!("{WORKLOAD} {flags}"));
        assert_eq!(quoted["funding"]["exhausted_after"], "PT24H", "{flags}");
        let said = said(&quoted);
        assert_eq!(
            said[0].1,
            format!("{names} 1 day at this rate, taken as even; from then on ¥3.02 a day"),
        );
    }
}

#[test]
fn that_tokens_are_taken_in_proportion_is_said_where_there_is_a_choice() {
    for (flags, is_said) in [
        ("--input 1M --output 200k --free-quota 600k", true),
        ("--input 1M --output 0 --free-quota 600k", false),
        ("--input 0 --output 1M --free-quota 600k", false),
        ("--input 1M --output 200k --free-quota 1.2M", false),
        (
            "--input 1M --output 200k --free-quota 600k --free-used 600k",
            false,
        ),
    ] {
        let rules = rules_of(&quote(&format!("tokens deepseek-v3.2 {flags}")));
        assert_eq!(
            rules.iter().any(|rule| rule == "free.mix"),
            is_said,
            "{flags}"
        );
    }
}
