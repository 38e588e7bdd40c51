//! Who pays, one token and one day on either side.

use serde_json::Value;

use super::said;
use super::support::{quote, rules_of};

/// 60 requests of 900 + 100 tokens an hour: 1,440,000 tokens a day, from 2026-11-20 on.
pub const WORKLOAD: &str =
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

#[test]
fn what_lapses_pays_until_its_last_day_is_over_and_not_only_until_its_last_token() {
    // A token in some ten minutes: the last one of the second day is used before midnight.
    let line = "tokens deepseek-v3.2 --rpm 0.0001 --input-per-request 900 --output-per-request 100";
    let flags = "--days 7 --free-quota 99M --free-expires 2026-11-21";
    let quoted = quote(&format!("{line} {flags}"));
    assert_eq!(quoted["funding"]["exhausted_after"], "PT48H");
}

#[test]
fn the_switch_stops_what_uses_the_quota_up_and_not_what_its_last_day_ends() {
    // 1,200,000 tokens: ¥2 for 1M and ¥0.6 for 200k.
    let tokens = "tokens deepseek-v3.2 --input 1M --output 200k";
    for (line, flags, unserved, total) in [
        // Used up within its days: on the last of them, and long before.
        (
            tokens,
            "--free-quota 900k --free-expires 2026-11-20",
            "300000",
            "0",
        ),
        (
            tokens,
            "--free-quota 900k --free-expires 2026-12-31",
            "300000",
            "0",
        ),
        // Expired with tokens left, and expired after it had been used up.
        (
            tokens,
            "--free-quota 900k --free-expires 2026-11-19",
            "0",
            "2.6",
        ),
        (
            tokens,
            "--free-quota 900k --free-used 900k --free-expires 2026-11-19",
            "1200000",
            "0",
        ),
        // Thirty days cost ¥90.72; two of them are free, and then it expires.
        (
            WORKLOAD,
            "--free-quota 9M --free-expires 2026-11-21",
            "0",
            "84.672",
        ),
        // Used up on the day before it would expire.
        (
            WORKLOAD,
            "--free-quota 1.44M --free-expires 2026-11-21",
            "41760000",
            "0",
        ),
    ] {
        let quoted = quote(&format!("{line} --postpaid off {flags}"));
        assert_eq!(quoted["funding"]["unserved_tokens"], unserved, "{flags}");
        assert_eq!(quoted["total"], total, "{flags}");
    }
}

/// The flags of a quote for a model of one's own, with prices of ¥2 and ¥3 per 1M, batch calls and an id.
pub fn own(id: &str) -> (tempfile::TempDir, String) {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("own.toml");
    let text = format!(
        "version = 1\n[provider]\nid = \"{id}\"\nname = \"Own\"\nregion = \"r\"\nregion_name = \"R\"\ncurrency = \"CNY\"\n\
        [billing.tokens]\nbatch = \"50%\"\n[[model]]\ncode = \"m\"\n[[model.standard]]\n\
        tiers = [{{ input = \"2 per 1M tokens\", output = \"3 per 1M tokens\" }}]\n"
    );
    std::fs::write(&path, text).unwrap();
    let path = path.to_str().unwrap().to_owned();
    (folder, format!("tokens m --catalog {path}"))
}

#[test]
fn a_quota_without_a_document_pays_for_batch_calls() {
    let (_folder, line) = own("own");
    // Half of ¥2 × 0.6.
    let quoted = quote(&format!(
        "{line} --input 1M --output 0 --batch --free-quota 400k"
    ));
    assert_eq!(quoted["funding"]["offset_tokens"], "400000");
    assert_eq!(quoted["total"], "0.6");
}

#[test]
fn a_credit_has_the_rule_and_the_source_of_what_pays() {
    let tokens = "--input 1M --output 200k --free-quota 600k --package 100k";
    let lines = |line: &str| -> Vec<[String; 3]> {
        let quoted = quote(&format!("{line} {tokens}"));
        let items = quoted["items"].as_array().unwrap();
        let of_input = items.iter().step_by(2);
        let text = |value: &Value| value.as_str().unwrap_or_default().to_owned();
        let said = |item: &Value| {
            let source = &item["source"]["document"];
            [&item["description"], &item["rule"], source].map(text)
        };
        of_input.map(said).collect()
    };
    assert_eq!(
        lines("tokens deepseek-v3.2"),
        [
            ["Input tokens", "tokens.standard", "alibaba-model-pricing"],
            ["Free quota, input", "free.scope", "alibaba-free-quota"],
            [
                "Resource pack, input",
                "free.order",
                "alibaba-model-pricing"
            ],
        ]
    );
    let (_folder, served) = own("tencent");
    let served = lines(&served);
    assert_eq!(served[1][..2], ["Free trial, input", "service.order"]);
    assert_eq!(served[2][..2], ["Package, input", "service.order"]);
}

#[test]
fn one_package_is_not_called_packages() {
    let bought = |flags: &str| {
        let line = "tokens deepseek-v3.2 --input 1M --output 0 --package-price 1.5";
        let quoted = quote(&format!("{line} {flags}"));
        let last = quoted["items"].as_array().unwrap().last().unwrap().clone();
        last["description"].as_str().unwrap().to_owned()
    };
    assert_eq!(bought("--package 1k"), "Token package");
    assert_eq!(bought("--package 1k --package 2k"), "Token packages");
}

/// Whether a note of the rule is there.
fn has(line: &str, rule: &str) -> bool {
    rules_of(&quote(line)).iter().any(|of| of == rule)
}

#[test]
fn what_is_used_of_a_quota_is_said_to_be_shared_by_several_and_shown_late_while_some_is_left() {
    let line = "tokens deepseek-v3.2 --input 1M --output 200k --free-quota 600k";
    for (flags, shared, late) in [
        ("", false, false),
        ("--free-used 100k", false, true),
        ("--free-used 100k --free-used 100k", true, true),
        ("--free-used 600k", false, false),
        ("--free-used 300k --free-used 300k", true, false),
    ] {
        let line = format!("{line} {flags}");
        assert_eq!(has(&line, "free.shared"), shared, "{flags}");
        assert_eq!(has(&line, "free.console"), late, "{flags}");
    }
}
