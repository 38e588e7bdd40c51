//! What the answer of a comparison names, over models of several clouds: a longer term that it recommends is the
//! cheapest over its days, and what it names has a row.

use proptest::prelude::*;
use proptest::sample::subsequence;
use serde_json::Value;

use super::common::run;

const MODELS: [&str; 6] = [
    "gpt-5.2",
    "gpt-4.1-mini",
    "gemini-2.5-pro",
    "gemini-3.5-flash",
    "qwen3-max-2025-09-23",
    "qwen-plus-2025-12-01",
];

/// A way in JSON by the words that the answer has for it.
const TERMS: [(&str, &str); 3] = [
    ("PTU by the week", "ptu-weekly"),
    ("PTU by three months", "ptu-quarterly"),
    ("PTU by the year", "ptu-yearly"),
];

/// A steady load over some models, but for its days.
fn line(models: &[&str], (rpm, input, output): (u64, u64, u64), hit: u64) -> String {
    let models = models.join(" ");
    let cached = input * hit / 100;
    format!(
        "compare {models} --fx USD=0.14 --rpm {rpm} --input-per-request {input} --output-per-request {output} --cached-per-request {cached}"
    )
}

fn said(line: &str) -> String {
    let outcome = run(&line.split_whitespace().collect::<Vec<_>>());
    assert_eq!((outcome.code, outcome.stderr.as_str()), (0, ""), "{line}");
    outcome.stdout
}

/// The first option, and its model.
fn first(line: &str) -> (String, String) {
    let compared: Value = serde_json::from_str(&said(&format!("{line} --json"))).unwrap();
    let first = &compared["options"][0];
    let text = |value: &Value| value.as_str().unwrap().to_owned();
    (
        text(&first["option"]),
        text(&first["quote"]["model"]["code"]),
    )
}

/// The answer in one line, and the table.
fn parts(stdout: &str) -> (String, String) {
    let (answer, rest) = stdout.split_once("\n\n").unwrap();
    let (table, _) = rest.split_once("\n\n").unwrap();
    (answer.replace('\n', " "), table.to_owned())
}

/// The term that the answer says costs less over its own days: the option, its model where it is named, and the days.
fn longer(answer: &str) -> Option<(&'static str, Option<String>, u64)> {
    let (before, after) = answer.split_once(" costs less over its own ")?;
    let (days, _) = after.split_once(" day").unwrap();
    let (_, words) = before.rsplit_once("PTU ")?;
    let (words, model) = match words.split_once(" of ") {
        Some((words, model)) => (words, Some(model.to_owned())),
        None => (words, None),
    };
    let (_, option) = TERMS
        .iter()
        .find(|(term, _)| *term == format!("PTU {words}"))?;
    Some((option, model, days.parse().unwrap()))
}

/// With half of the input cached, a year of PTU of GPT-5.2 costs less than its own calls, and not than those of others.
#[test]
fn a_term_that_costs_less_than_calls_of_its_own_model_alone_is_not_named() {
    let load = (1000, 200, 20);
    let all = ["gpt-5.2", "gemini-2.5-pro", "qwen3-max-2025-09-23"];
    let (answer, _) = parts(&said(&line(&all, load, 50)));
    assert_eq!(longer(&answer), None);
    assert!(
        answer.contains("PTU never pays for such requests;"),
        "{answer}"
    );
    let (answer, _) = parts(&said(&line(&["gpt-5.2"], load, 50)));
    assert_eq!(longer(&answer), Some(("ptu-yearly", None, 365)));
    let (answer, _) = parts(&said(&line(&["gpt-5.2"], load, 0)));
    let said = "PTU never pays for such requests in 30 days; PTU by the year costs less over its own 365 days: `--days 365` compares it.";
    assert!(answer.contains(said), "{answer}");
}

/// 53,040 is 47 times the 1,128.96 of a week of calls.
#[test]
fn the_row_of_a_longer_term_is_not_left_out() {
    let all = ["gpt-5.2", "gemini-2.5-pro", "gpt-4.1-mini"];
    let line = format!("{} --days 7", line(&all, (1000, 200, 20), 0));
    let (answer, table) = parts(&said(&line));
    assert_eq!(longer(&answer), Some(("ptu-yearly", None, 365)));
    let rows = table.lines().filter(|line| line.contains("ptu-yearly"));
    let rows: Vec<&str> = rows.map(|line| line.split_once("ptu").unwrap().0).collect();
    assert_eq!(rows, [" 10  "]);
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 24, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn what_the_answer_names_has_a_row_and_a_longer_term_is_first_over_its_days(
        models in subsequence(MODELS.to_vec(), 1..=4),
        load in (1_u64..3_000, 50_u64..4_000, 1_u64..400),
        hit in prop::sample::select(vec![0, 50, 90]),
        days in 1_u64..100,
    ) {
        let line = line(&models, load, hit);
        let at = |days: u64| format!("{line} --days {days}");
        let (answer, table) = parts(&said(&at(days)));
        let now = first(&at(days));
        match longer(&answer) {
            Some((option, model, term)) => {
                let model = model.unwrap_or_else(|| now.1.clone());
                prop_assert!(term > days, "{}: {}", line, answer);
                prop_assert_eq!(first(&at(term)), (option.to_owned(), model.clone()), "{}", &line);
                prop_assert!(table.contains(option), "{}: {}", line, table);
            }
            None => {
                let year = first(&at(365));
                prop_assert!(year.0 != "ptu-yearly" || year == now, "{}: {}", line, answer);
            }
        }
        if let Some((_, units)) = answer.split_once("odel units by the ") {
            let (_, spec) = units.split_once('(').unwrap();
            let (spec, _) = spec.split_once(')').unwrap();
            prop_assert!(table.contains(spec), "{}: {}\n{}", line, answer, table);
        }
    }
}
