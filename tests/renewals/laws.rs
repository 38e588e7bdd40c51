//! What holds of every subscription that is renewed.

use proptest::prelude::*;

use super::common::{fraction, json, whole};
use super::each;

/// A start, a length in days or months, and how often it is renewed.
fn orders() -> impl Strategy<Value = (String, u64, u64)> {
    let start = (2025_u32..2030, 1_u32..=12, 1_u32..=28, 0_u32..24);
    let start = start
        .prop_map(|(year, month, day, hour)| format!("{year}-{month:02}-{day:02}T{hour:02}:30"));
    (start, 1_u64..40, 1_u64..20)
}

fn quoted(line: &str) -> serde_json::Value {
    let args: Vec<&str> = line.split_whitespace().collect();
    json(&args)["quotes"][0].clone()
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(48))]

    #[test]
    fn terms_add_up_follow_each_other_and_are_charged_before_they_begin(
        (start, length, times) in orders(),
        by_month: bool,
        percent in 0_u64..=100,
    ) {
        let (line, flag) = match by_month {
            true => ("quote mu qwen3-8b --spec MU5x1", "--months"),
            false => ("quote ptu glm-5.1 --input-tpm 30k --output-tpm 7k", "--days"),
        };
        let line = format!("{line} {flag} {length} --start {start} --discount {percent}%");
        let one = quoted(&line);
        let renewed = quoted(&format!("{line} --renew {times}"));
        let total = |quote: &serde_json::Value| fraction(quote["total"].as_str().unwrap());
        prop_assert_eq!(total(&renewed), total(&one) * whole(times + 1));
        let costs = each(&renewed, "cost");
        prop_assert_eq!(u64::try_from(costs.len()).unwrap(), times + 1);
        let sum = costs.iter().map(|cost| fraction(cost)).sum();
        prop_assert_eq!(total(&renewed), sum);
        // ISO dates sort as their days do.
        let [first, last, charged] = ["first_day", "last_day", "charged_on"].map(|key| each(&renewed, key));
        for at in 1..first.len() {
            prop_assert!(last[at - 1] <= first[at] && first[at] <= last[at]);
            prop_assert!(charged[at - 1] <= charged[at] && charged[at] <= last[at - 1]);
            prop_assert!(charged[at] < first[at]);
        }
        // The same calendar as one long term's.
        let long = quoted(&line.replacen(
            &format!("{flag} {length}"),
            &format!("{flag} {}", length * (times + 1)),
            1,
        ));
        prop_assert_eq!(&long["schedule"], &renewed["schedule"]);
    }
}
