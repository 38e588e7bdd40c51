//! A provider of a person's own file is held to that file alone: no rule, no sentence, no document of
//! another provider.

#![allow(clippy::unwrap_used, clippy::indexing_slicing)]

mod support;

use std::fs;

use serde_json::json;
use support::{json as printed, quote, refused, rules_of, stdout};
use tollgate::billing::rule::Rule;

/// Prices of everything, and not one rule.
const PRICES: &str = r#"
version = 1

[provider]
id = "contoso"
name = "Contoso"
region = "eastus"
region_name = "East US"
currency = "USD"

[[model]]
code = "own-model"

[[model.ptu]]
input = { hour = "2 per 1K TPM-hour", day = "30 per 1K TPM-day", month = "600 per 1K TPM-month" }
output = [{ hour = "8 per 1K TPM-hour", day = "120 per 1K TPM-day", month = "2400 per 1K TPM-month" }]

[[model.mu]]
spec = "ND96isr-H100"
hour = "98.32 per replica-hour"
month = "60000 per replica-month"

[[model.mu]]
spec = "A100 x 8"
hour = "27.2 per replica-hour"
month = "15000 per replica-month"

[[model.fine_tuned]]
input = "0.002 per 1K tokens"
output = [{ price = "0.008 per 1K tokens" }]

[[model.standard]]
tiers = [
  { up_to = "32K tokens", input = "2 per 1M tokens", output = "8 per 1M tokens" },
  { up_to = "1M tokens", input = "4 per 1M tokens", output = "16 per 1M tokens" },
]
"#;

const LOAD: &str = "--rpm 30 --input-per-request 4000 --output-per-request 400";

struct Own {
    _folder: tempfile::TempDir,
    path: String,
}

fn own(text: &str) -> Own {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("own.toml");
    fs::write(&path, text).unwrap();
    Own {
        path: path.to_str().unwrap().to_owned(),
        _folder: folder,
    }
}

/// Every command that prices, in the ways that there are.
fn lines() -> Vec<String> {
    let used = "--free-quota 10M --free-used 1M --free-used 2M";
    vec![
        "quote ptu own-model --input-tpm 7k --output-tpm 3 --hours 3 --start 2026-12-01T10:00"
            .into(),
        "quote ptu own-model --input-tpm 7k --output-tpm 3 --days 3 --start 2026-12-01T23:00"
            .into(),
        "quote ptu own-model --input-tpm 7k --output-tpm 3 --months 3".into(),
        format!("quote ptu own-model --input-tpm 7k --output-tpm 3 --hours 3 {LOAD}"),
        format!(
            "quote ptu own-model --input-tpm 7k --output-tpm 3k --days 3 {LOAD} --on-overflow reject"
        ),
        format!("quote ptu own-model --fit peak --hours 3 {LOAD}"),
        format!("quote ptu own-model --fit cheapest --days 3 {LOAD}"),
        "quote mu own-model --hours 3 --start 2026-12-01T10:00".into(),
        "quote mu own-model --months 2 --start 2026-12-01T10:00".into(),
        "quote mu own-model --months 2 --spec a100x8 --replicas 2".into(),
        format!("quote tokens own-model --rate standard {LOAD} {used}"),
        "quote tokens own-model --rate fine-tuned --input 1M --output 1M".into(),
        format!(
            "quote tokens own-model --input 1M --output 1M --rate standard --requests 99 {used} --free-expires 2026-01-01"
        ),
        format!("compare own-model {LOAD} --replica-capacity A100x8=500k/50k"),
        format!("compare own-model {LOAD} {used} --hours-per-day 8 --current ptu-daily"),
        format!(
            "compare own-model {LOAD} --replica-capacity A100x8=500k/50k --current mu-monthly --current-spec A100x8"
        ),
        "models own-model".into(),
    ]
}

#[test]
fn nothing_of_another_providers_document_is_said() {
    let own = own(PRICES);
    let foreign: Vec<&str> = Rule::ALL
        .iter()
        .filter(|rule| rule.document().is_some())
        .map(|rule| rule.id())
        .collect();
    for line in lines() {
        for format in ["table", "markdown", "csv", "json"] {
            let shown = stdout(&format!("{line} --catalog {} --format {format}", own.path));
            let words = shown.split(|c: char| !(c.is_ascii_alphanumeric() || ".-_".contains(c)));
            for word in words {
                let word = word.trim_end_matches('.');
                // The ids of lines are the same for every provider.
                let is_line = ["ptu.overflow.input", "ptu.overflow.output"].contains(&word);
                assert!(
                    is_line || !foreign.contains(&word),
                    "{line}: {word}: {shown}"
                );
            }
            for text in [
                "alibaba-",
                "tencent-",
                "LoRA",
                "RAM users",
                "refunded",
                "first come",
                "x-dashscope",
                "the page",
                "first month",
                "Free Trial",
                "PD-",
            ] {
                assert!(!shown.contains(text), "{line}: {text}: {shown}");
            }
        }
    }
}

#[test]
fn a_plan_says_nothing_of_another_providers_document() {
    let own = own(PRICES);
    let plan = own.path.replace("own.toml", "plan.toml");
    let text = "version = 1\ndays = 60\ncatalog = [\"own.toml\"]\n\
        [[deployment]]\nname = \"a\"\nmethod = \"ptu\"\nmodel = \"own-model\"\ninput_tpm = 7000\noutput_tpm = 300\ndays = 3\n\
        [[deployment]]\nname = \"b\"\nmethod = \"mu\"\nmodel = \"own-model\"\nspec = \"A100x8\"\nmonths = 2\n\
        [[deployment]]\nname = \"c\"\nmethod = \"tokens\"\nmodel = \"own-model\"\nrate = \"standard\"\ninput = 1000000\noutput = 1000\nrequests = 100\n";
    fs::write(&plan, text).unwrap();
    for format in ["table", "markdown", "csv", "json"] {
        let shown = stdout(&format!("check {plan} --details --format {format}"));
        for text in [
            "alibaba-",
            "tencent",
            "ptu.daily",
            "mu.",
            "tokens.standard",
            "refund",
        ] {
            let found = shown.replace("mu.replicas", "").contains(text);
            assert!(!found, "{format}: {text}: {shown}");
        }
    }
}

#[test]
fn prices_alone_are_a_quote_by_the_file() {
    let own = own(PRICES);
    let with = |line: &str| format!("{line} --catalog {}", own.path);
    let hours = quote(&with(
        "ptu own-model --input-tpm 10k --output-tpm 1k --hours 3",
    ));
    // 10 × 2 × 3 + 8 × 3.
    assert_eq!(hours["total"], "84");
    assert_eq!(hours["notes"], json!([]));
    assert_eq!(hours["documents"], json!([]));
    assert_eq!(hours["items"][0]["rule"], "catalog");
    let reports = printed(&with("quote mu own-model --months 2"));
    let specs = reports["quotes"].as_array().unwrap().iter();
    let specs: Vec<_> = specs
        .map(|one| one["parameters"]["spec"].as_str().unwrap())
        .collect();
    assert_eq!(specs, ["A100x8", "ND96isr-H100"]);
    let months = quote(&with(
        "mu own-model --months 2 --spec nd96ISR-h100 --replicas 2",
    ));
    assert_eq!(months["total"], "240000");
    assert_eq!(months["notes"], json!([]));
    // What exceeds a reservation is read to be ordinary calls; of whom it is not known.
    let over = quote(&with(&format!(
        "ptu own-model --input-tpm 7k --output-tpm 3 --hours 3 {LOAD}"
    )));
    assert_eq!(rules_of(&over), ["catalog", "catalog"]);
    for note in over["notes"].as_array().unwrap() {
        assert_eq!(note["basis"], "reading");
    }
}

#[test]
fn what_needs_a_rule_that_is_missing_is_not_documented() {
    let own = own(PRICES);
    for (line, error, hint) in [
        (
            "ptu own-model --input-tpm 10k --output-tpm 1k --hours 1.5",
            "how a started hour is billed is not documented: the catalog has no `increment` for it",
            "ask for whole hours",
        ),
        (
            "mu own-model --spec A100x8 --hours 90m",
            "how a started hour is billed is not documented: the catalog has no `increment` for it",
            "ask for whole hours",
        ),
        (
            "mu own-model --spec A100x8 --months 1 --cancel-after 6",
            "what cancelling early costs is not documented: the catalog has no rule for it",
            "leave `--cancel-after` out",
        ),
        (
            "tokens own-model --rate standard --input 1M --output 1M --requests 99 --batch",
            "`own-model` has no batch price",
            "",
        ),
    ] {
        let (code, stderr) = refused(&format!("quote {line} --catalog {}", own.path));
        assert_eq!(code, 1);
        let first = format!("error: {error}");
        assert!(stderr.starts_with(&first), "{stderr}");
        assert!(stderr.contains(&format!("hint: {hint}")), "{stderr}");
    }
    // Nothing is said in the name of a rule.
    for line in [
        "tokens own-model --rate standard --input 1M --output 1M",
        "tokens own-model --rate standard --input 9M --output 1M --requests 1",
        "tokens own-model --rate fine-tuned --input 1M --output 1M --batch",
    ] {
        let (_, stderr) = refused(&format!("quote {line} --catalog {}", own.path));
        assert!(!stderr.contains("tokens."), "{stderr}");
    }
    // What comes back of a term is not known.
    let shown = stdout(&format!(
        "compare own-model {LOAD} --current ptu-daily --catalog {}",
        own.path
    ));
    assert!(
        shown.contains("what comes back is not documented, taken as"),
        "{shown}"
    );
}

#[test]
fn each_rule_of_a_file_is_its_own() {
    let increments = "[billing.ptu]\nincrement = \"minute\"\noverdue_retention = \"12h\"\n\
        [[billing.ptu.early_end]]\nfactor = \"1.5\"\nfactor_within = \"10d\"\n\
        [billing.mu]\nincrement = \"minute\"\n";
    let own = own(&format!("{PRICES}{increments}"));
    let with = |line: &str| format!("{line} --catalog {}", own.path);
    let hours = quote(&with(
        "ptu own-model --input-tpm 10k --output-tpm 1k --hours 90.5m",
    ));
    assert_eq!(hours["parameters"]["billed"], "91 min");
    let notes = hours["notes"].as_array().unwrap();
    assert_eq!(
        rules_of(&hours),
        ["catalog", "catalog", "catalog"][..notes.len()]
    );
    for note in notes {
        assert_ne!(note["basis"], "literal", "{note}");
    }
    let days = quote(&with(
        "ptu own-model --input-tpm 10k --output-tpm 1k --days 3",
    ));
    assert_eq!(
        days["notes"],
        json!([{
            "rule": "catalog", "basis": "given",
            "message": "the subscription can be ended early: a used hour counts 1.5 times, and once where it was used for more than 10 days"
        }])
    );
    let (_, stderr) = refused(&with(
        "quote mu own-model --spec A100x8 --months 1 --cancel-after 3",
    ));
    assert!(stderr.contains("is not documented"), "{stderr}");
    // 90 minutes: of a replica of $27.2 an hour, and of 10 × $2 + 1 × $8 an hour.
    let replica = quote(&with("mu own-model --spec A100x8 --hours 89.5m"));
    assert_eq!(replica["total"], "40.8");
    let reserved = "ptu own-model --input-tpm 10k --output-tpm 1k --hours 89.5m";
    let reserved = quote(&with(reserved));
    assert_eq!(reserved["total"], "42");
    assert_eq!(reserved["items"][0]["unit_price"]["unit"], "TPM-minute");
}
