//! Parts made with one catalog are not merged with another that would quote anything else.

use super::{common, csv, merge, write};

const CATALOG: &str = r#"
version = 1
[provider]
id = "tencent"
region = "r"
region_name = "R"
currency = "CNY"
[billing.ptu]
increment = "hour"
input_step = "10K TPM"
output_step = "1K TPM"
overdue_retention = "24h"
late_order_after = "22:00"
expires_at = "23:59"
grace = "2h"
retention = "14h"
[source.list]
document = "Price list"
section = "1"
checked = 2026-11-01
[[model]]
code = "own"
[[model.ptu]]
max_input = "128000 tokens"
input = { hour = "1 per 10K TPM-hour", day = "11 per 10K TPM-day" }
output = [{ hour = "2 per 1K TPM-hour", day = "22 per 1K TPM-day" }]
source = "list"
[[model.standard]]
tiers = [
  { up_to = "32000 tokens", input = "10 per 1M tokens", output = "40 per 1M tokens" },
  { up_to = "64000 tokens", input = "20 per 1M tokens", output = "80 per 1M tokens" },
]
source = "list"
"#;

/// What is changed in the catalog, and what is said of it: by the parts first.
const CHANGES: &[(&str, &str, &str)] = &[
    (
        "\"hour\"",
        "\"minute\"",
        "`rules` is `increment minute` here and `increment hour` there",
    ),
    (
        "10K TPM\"",
        "5K TPM\"",
        "`rules` is `input_step 5000` here and `input_step 10000` there",
    ),
    (
        "\"1K TPM\"",
        "\"2K TPM\"",
        "`rules` is `output_step 2000` here and `output_step 1000` there",
    ),
    (
        "24h",
        "25h",
        "`rules` is `overdue_retention 25` here and `overdue_retention 24` there",
    ),
    (
        "22:00",
        "21:00",
        "`rules` is `late_order_after 21:00:00` here and `late_order_after 22:00:00` there",
    ),
    (
        "23:59",
        "23:58",
        "`rules` is `expires_at 23:58:00` here and `expires_at 23:59:00` there",
    ),
    (
        "\"2h\"",
        "\"3h\"",
        "`rules` is `grace 3` here and `grace 2` there",
    ),
    (
        "14h",
        "15h",
        "`rules` is `retention 15` here and `retention 14` there",
    ),
    (
        "128000",
        "127000",
        "`max_input` is `127000` here and `128000` there",
    ),
    (
        "\"1 per 10K TPM-hour",
        "\"3 per 10K TPM-hour",
        "`prices` is `CNY 3 per 10K TPM-hour` here and `CNY 1 per 10K TPM-hour` there",
    ),
    (
        "\"2 per 1K",
        "\"3 per 1K",
        "`prices` is `output 3 per 1K TPM-hour` here and `output 2 per 1K TPM-hour` there",
    ),
    (
        "32000",
        "31000",
        "`prices` is `up to 31000: 10 per 1M tokens; output 40 per 1M tokens` here and `up to 32000: 10 per 1M tokens; output 40 per 1M tokens` there",
    ),
    (
        "\"40 per",
        "\"41 per",
        "`prices` is `up to 32000: 10 per 1M tokens; output 41 per 1M tokens` here and `up to 32000: 10 per 1M tokens; output 40 per 1M tokens` there",
    ),
    (
        "\"CNY\"",
        "\"USD\"",
        "`prices` is `USD 1 per 10K TPM-hour` here and `CNY 1 per 10K TPM-hour` there",
    ),
];

/// A part of two calls, made with the catalog.
fn part(folder: &std::path::Path) -> (String, String) {
    let trace = write(
        folder,
        "a.csv",
        &csv(&[(1, 0, 9_000, 90), (1, 1, 9_000, 90)]),
    );
    let catalog = write(folder, "own.toml", CATALOG);
    let made = common::run(&words(&format!(
        "quote ptu own --input-tpm 10k --output-tpm 1k --trace {trace} --partial --catalog {catalog}"
    )));
    assert_eq!((made.code, made.stderr.as_str()), (0, ""));
    (write(folder, "a.json", &made.stdout), catalog)
}

fn words(line: &str) -> Vec<String> {
    line.split_whitespace().map(str::to_owned).collect()
}

#[test]
fn whatever_a_quote_follows_from_is_the_same() {
    let folder = tempfile::tempdir().unwrap();
    let (part, catalog) = part(folder.path());
    let merged = words(&format!("merge {part} --catalog {catalog}"));
    assert_eq!(common::json(&merged)["quotes"][0]["total"], "3.0936");
    for (from, to, what) in CHANGES {
        let changed = CATALOG.replacen(from, to, 1);
        assert_ne!(changed, CATALOG);
        let other = write(folder.path(), "other.toml", &changed);
        let outcome = common::run(&words(&format!("merge {part} --catalog {other}")));
        assert_eq!((outcome.code, outcome.stdout.as_str()), (1, ""), "{to}");
        assert_eq!(
            outcome.stderr,
            format!(
                "error: the catalog is not the one that the partial results were made with: {what}\n\n\
                 hint: give the same `--catalog` as then, or make the partial results again\n"
            )
        );
    }
}

#[test]
fn a_model_or_a_price_that_is_not_there_is_that_of_another_catalog() {
    let folder = tempfile::tempdir().unwrap();
    let (part, _) = part(folder.path());
    let no_model =
        "the catalog has no model `tencent/own`, for which the partial results were made";
    let other_model = CATALOG.replace("\"own\"", "\"own2\"");
    let ptu = CATALOG.find("[[model.ptu]]").unwrap();
    let standard = CATALOG.find("[[model.standard]]").unwrap();
    let no_ptu = [&CATALOG[..ptu], &CATALOG[standard..]].concat();
    let later = CATALOG.replace("[[model.ptu]]", "[[model.ptu]]\nfrom = 2100-01-01");
    for (text, said) in [
        (None, no_model),
        (Some(other_model), no_model),
        (
            Some(no_ptu),
            "`own` is not sold by provisioned throughput (`quote ptu`)",
        ),
        (
            Some(later),
            "`own` has no such price on 2026-11-20: the first is in force from 2100-01-01",
        ),
    ] {
        let catalog = text.map(|text| write(folder.path(), "other.toml", &text));
        let flag = catalog.map_or(String::new(), |path| format!("--catalog {path}"));
        let outcome = common::run(&words(&format!("merge {part} {flag}")));
        assert_eq!((outcome.code, outcome.stdout.as_str()), (1, ""), "{said}");
        assert_eq!(
            outcome.stderr,
            format!(
                "error: {said}\n\n\
                 hint: give the same `--catalog` as then, or make the partial results again\n"
            )
        );
    }
}

#[test]
fn a_price_that_was_checked_again_is_the_same_price() {
    let folder = tempfile::tempdir().unwrap();
    let (part, _) = part(folder.path());
    // Neither does a price that was not used matter.
    let changed = CATALOG
        .replace("2026-11-01", "2026-11-19")
        .replace("11 per", "12 per");
    let other = write(folder.path(), "other.toml", &changed);
    let merged = words(&format!("merge {part} --catalog {other}"));
    assert_eq!(common::json(&merged)["quotes"][0]["total"], "3.0936");
}

#[test]
fn a_label_is_shown_without_what_a_terminal_would_obey() {
    let folder = tempfile::tempdir().unwrap();
    let (part, _) = part(folder.path());
    let text = std::fs::read_to_string(&part).unwrap();
    let hostile = text.replace("\"term\":\"none\"", "\"term\":\"\\u001b[31m7 days\"");
    assert_ne!(hostile, text);
    let other = write(folder.path(), "b.json", &hostile);
    let outcome = common::run(&merge(&[part, other]));
    assert_eq!(outcome.code, 1);
    assert!(
        outcome.stderr.contains("`term` is `none` here and `"),
        "{}",
        outcome.stderr
    );
    assert!(!outcome.stderr.contains('\u{1b}'), "{}", outcome.stderr);
}

#[test]
fn two_filters_are_not_one_with_a_comma() {
    let folder = tempfile::tempdir().unwrap();
    let rows = "timestamp,model,input_tokens,output_tokens\n2026-06-01T10:00:00Z,small,9,9\n";
    let trace = write(folder.path(), "a.csv", rows);
    let label = |filters: &[&str]| {
        let mut args = words(&format!(
            "quote ptu glm-5.1 --input-tpm 1k --output-tpm 1k --trace {trace} --partial"
        ));
        args.extend(filters.iter().map(|filter| format!("--where={filter}")));
        let made = common::run(&args);
        assert_eq!((made.code, made.stderr.as_str()), (0, ""));
        let part: serde_json::Value = serde_json::from_str(&made.stdout).unwrap();
        part["parameters"]["labels"]["where"]
            .as_str()
            .unwrap()
            .to_owned()
    };
    assert_eq!(label(&["model=b", "model=a"]), "model=a, model=b");
    assert_eq!(label(&["model=a", "model=b"]), "model=a, model=b");
    assert_eq!(label(&["model=a, model=b"]), "\"model=a, model=b\"");
}
