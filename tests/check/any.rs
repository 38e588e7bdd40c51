//! Whatever a plan holds, there is a report or an error with its place, and never a panic.

use proptest::prelude::*;

use super::Folder;

/// Lines of plans, right and wrong.
fn line() -> impl Strategy<Value = String> {
    let key = prop::sample::select(vec![
        "version",
        "days",
        "name",
        "method",
        "model",
        "term",
        "hours_per_day",
        "hours",
        "months",
        "runs",
        "start",
        "input_tpm",
        "output_tpm",
        "fit",
        "on_overflow",
        "mode",
        "spec",
        "replicas",
        "replicas_min",
        "replicas_max",
        "schedule",
        "phases",
        "cancel_after",
        "input",
        "output",
        "requests",
        "rate",
        "batch",
        "rpm",
        "input_per_request",
        "output_per_request",
        "replica_capacity",
        "free_quota",
        "package",
        "postpaid",
        "count",
        "budget",
        "budget_on",
        "total",
        "increase",
        "catalog",
        "discount",
        "fx",
        "as_of",
    ]);
    let value = prop::sample::select(vec![
        "1",
        "0",
        "-1",
        "30",
        "999999999999999999999",
        "1.5",
        "\"1.5\"",
        "\"10%\"",
        "\"100k\"",
        "\"\"",
        "true",
        "[]",
        "[1, \"2\"]",
        "{}",
        "[{}]",
        "[{ days = 5 }]",
        "2026-12-01",
        "\"ptu\"",
        "\"mu\"",
        "\"tokens\"",
        "\"qwen3-8b\"",
        "\"glm-5.1\"",
        "\"MU5x1\"",
        "\"subscription\"",
        "\"pay-as-you-go\"",
        "\"peak\"",
        "\"cheapest\"",
        "\"reject\"",
        "\"standard\"",
        "\"low\"",
        "[{ from = \"09:00\", to = \"18:00\", replicas = 2 }]",
        "\"USD=0.1\"",
        "\"MU5x1=1/1\"",
        "\"a\"",
        "[",
        "\"",
        "'''",
        "\"\\u0000\"",
    ]);
    prop_oneof![
        1 => Just("[[deployment]]".to_owned()),
        1 => prop::sample::select(vec!["[budget]", "[defaults]", "[x]", "[[", "]", "# c", "\u{feff}"])
            .prop_map(str::to_owned),
        8 => (key, value).prop_map(|(key, value)| format!("{key} = {value}")),
    ]
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 400, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn any_plan_has_a_report_or_errors(lines in prop::collection::vec(line(), 0..24)) {
        let plan = lines.join("\n");
        let folder = Folder::new(&[("plan.toml", &plan)]);
        let outcome = folder.check("plan.toml", "--baseline @plan.toml --cheapest");
        match outcome.code {
            0 | 3 => prop_assert!(!outcome.stdout.is_empty()),
            1 => {
                prop_assert_eq!(&outcome.stdout, "");
                prop_assert!(outcome.stderr.starts_with("error: "), "{}", outcome.stderr);
            }
            code => prop_assert!(code == 2 && outcome.stderr.contains("--fx"), "{}: {}", code, outcome.stderr),
        }
    }

    #[test]
    fn any_bytes_are_a_plan_or_an_error(text in "\\PC{0,80}|[\\[\\]\\{\\}=\"'\n,.#a-c0-9 ]{0,120}") {
        let outcome = Folder::new(&[("plan.toml", &text)]).check("plan.toml", "");
        prop_assert_eq!(outcome.code, 1);
        prop_assert!(outcome.stderr.starts_with("error: plan.toml:"), "{}", outcome.stderr);
    }
}
