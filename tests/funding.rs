//! What pays for tokens before money does: the order, the billing modes, the state of the service,
//! and when the free part ends.

#![allow(
    clippy::unwrap_used,
    clippy::indexing_slicing,
    clippy::arithmetic_side_effects
)]

#[path = "funding/laws.rs"]
mod laws;
#[path = "funding/overflow_laws.rs"]
mod overflow_laws;
mod support;

use serde_json::{Value, json};
use support::{json as printed, quote, refused, rules_of, stdout, total};

/// 1,000,000 tokens of ¥2 and 200,000 of ¥3 per 1M.
/// What is said of a balance that can run out.
const BLOCKED: &str = "while the balance of the account is overdue no model can be called, also where free quota is left";

const TOKENS: &str = "tokens deepseek-v3.2 --input 1M --output 200k";
/// 60 requests of 900 + 100 tokens an hour: 60,000 tokens an hour, 1,440,000 a day.
const WORKLOAD: &str =
    "tokens deepseek-v3.2 --rpm 1 --input-per-request 900 --output-per-request 100";

/// The same model, sold by a provider that documents services and no free quota.
struct Served {
    _folder: tempfile::TempDir,
    path: String,
}

impl Served {
    fn new() -> Self {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("own.toml");
        let text = "version = 1\n[provider]\nid = \"tencent\"\nregion = \"r\"\nregion_name = \"R\"\ncurrency = \"CNY\"\n\
            [billing.tokens]\nbatch = \"50%\"\n[[model]]\ncode = \"m\"\n[[model.standard]]\n\
            tiers = [{ input = \"2 per 1M tokens\", output = \"3 per 1M tokens\" }]\n";
        std::fs::write(&path, text).unwrap();
        let path = path.to_str().unwrap().to_owned();
        Self {
            _folder: folder,
            path,
        }
    }

    /// A line about the model of Alibaba, about this one.
    fn quote(&self, line: &str) -> Value {
        let line = line.replace("deepseek-v3.2", "m");
        quote(&format!("{line} --catalog {}", self.path))
    }
}

fn funding(line: &str) -> Value {
    quote(line)["funding"].clone()
}

/// Ids, quantities and amounts of the lines after the first two.
fn credits(quote: &Value) -> Vec<String> {
    let items = quote["items"].as_array().unwrap();
    let said = |item: &Value| {
        let text = |field: &str| item[field].as_str().unwrap().to_owned();
        [text("id"), text("quantity"), text("amount")].join(" ")
    };
    items[2..].iter().map(said).collect()
}

#[test]
fn the_example_of_the_document_leaves_700_000_tokens() {
    let line = "tokens deepseek-v3.2 --input 1M --output 0 --free-quota 1,000,000";
    let quoted = quote(&format!("{line} --free-used 100,000 --free-used 200,000"));
    assert_eq!(credits(&quoted), ["credit.free-quota 700000 -1.4"]);
    assert_eq!(quoted["total"], "0.6");
    assert_eq!(
        quoted["notes"][0]["message"],
        "the account and its RAM users share the free quota: 1,000,000 tokens less 100,000 and 200,000, so 700,000 are left"
    );
    // The same as one number.
    assert_eq!(total(&format!("{line} --free-used 300k")), "0.6");
    // Calls under way may have taken more than there was.
    assert_eq!(total(&format!("{line} --free-used 2M")), "2");
}

#[test]
fn the_free_quota_comes_first_then_packages_by_their_expiry_then_money() {
    let quoted = quote(&format!(
        "{TOKENS} --package 120k --package 240k@2026-12-31 --package 60k@2026-11-30 --free-quota 600k --package-price 1.5"
    ));
    assert_eq!(
        credits(&quoted),
        [
            "credit.free-quota 500000 -1",
            "credit.free-quota 100000 -0.3",
            "credit.package 50000 -0.1",
            "credit.package 10000 -0.03",
            "credit.package 200000 -0.4",
            "credit.package 40000 -0.12",
            "credit.package 100000 -0.2",
            "credit.package 20000 -0.06",
            "package.purchase 1 1.5",
        ]
    );
    let names: Vec<&Value> = (4..10)
        .step_by(2)
        .map(|at| &quoted["items"][at]["description"])
        .collect();
    assert_eq!(
        names,
        [
            "Resource pack 2026-11-30, input",
            "Resource pack 2026-12-31, input",
            "Resource pack, input"
        ]
    );
    // 2.6 − 1.3 − 0.13 − 0.52 − 0.26 + 1.5
    assert_eq!(quoted["total"], "1.89");
    assert_eq!(quoted["funding"]["offset_tokens"], "1020000");
    assert_eq!(quoted["funding"]["billed_tokens"], "180000");
}

#[test]
fn a_quote_names_the_billing_modes_that_it_goes_through() {
    let served = Served::new();
    let funding = |line: &str| served.quote(line)["funding"].clone();
    for (line, modes, status) in [
        ("--postpaid on", json!(["Pay-as-you-go"]), "Running"),
        (
            "--free-quota 1M",
            json!(["Free Trial", "Pay-as-you-go"]),
            "Running",
        ),
        (
            "--free-quota 9M",
            json!(["Free Trial", "Pay-as-you-go"]),
            "Running",
        ),
        (
            "--free-quota 9M --postpaid off",
            json!(["Free Trial"]),
            "Running",
        ),
        (
            "--free-quota 1M --postpaid off",
            json!(["Free Trial", "None"]),
            "Stopped",
        ),
        (
            "--free-quota 1M --free-used 1M --postpaid off",
            json!(["None"]),
            "Stopped",
        ),
        (
            "--free-quota 1M --free-used 1M",
            json!(["Pay-as-you-go"]),
            "Running",
        ),
        (
            "--package 1M",
            json!(["Resource Package", "Pay-as-you-go"]),
            "Running",
        ),
        (
            "--package 5M --postpaid off",
            json!(["Resource Package"]),
            "Running",
        ),
        (
            "--free-quota 1M --package 200k --postpaid off",
            json!(["Free Trial", "Resource Package", "None"]),
            "Stopped",
        ),
        (
            "--package 1M@2026-11-19",
            json!(["Pay-as-you-go"]),
            "Running",
        ),
    ] {
        let found = funding(&format!("{TOKENS} {line}"));
        assert_eq!(found["modes"], modes, "{line}");
        assert_eq!(found["status"], status, "{line}");
    }
    // What expires before the end of the usage is not there at the end of it.
    let lapsed = "--free-quota 43.2M --package 1M@2026-11-21 --postpaid off";
    let found = funding(&format!("{WORKLOAD} {lapsed}"));
    assert_eq!(
        found["modes"],
        json!(["Free Trial", "Resource Package", "None"])
    );
    assert_eq!(
        (&found["unserved_tokens"], &found["status"]),
        (&json!("0"), &json!("Stopped"))
    );
    // Of a provider without such a document nothing is said where nobody asked.
    assert_eq!(quote(TOKENS)["funding"], Value::Null);
}

#[test]
fn a_service_stops_for_each_cause_that_a_quote_can_have() {
    let served = Served::new();
    let until = "; the service is Stopped until postpaid is switched on";
    let left = "the free quota is used up, and postpaid is off";
    for (line, unserved, message) in [
        // The trial is used up.
        (
            "--free-quota 900k",
            "300000",
            format!("{left}: 300,000 tokens are not served{until}"),
        ),
        // Used up to the last token.
        ("--free-quota 1.2M", "0", format!("{left}{until}")),
        // Expired before the first call.
        (
            "--free-quota 9M --free-expires 2026-11-19",
            "1200000",
            format!(
                "the free quota has expired, and postpaid is off: 1,200,000 tokens are not served{until}"
            ),
        ),
        // The packages are used up, with and without a trial.
        (
            "--package 1M",
            "200000",
            format!(
                "the package is used up, and postpaid is off: 200,000 tokens are not served{until}"
            ),
        ),
        (
            "--free-quota 100k --package 500k --package 500k",
            "100000",
            format!(
                "the free quota is used up, the packages are used up, and postpaid is off: 100,000 tokens are not served{until}"
            ),
        ),
        (
            "--package 1k@2026-11-19 --package 1M",
            "200000",
            format!(
                "the packages are used up or have expired, and postpaid is off: 200,000 tokens are not served{until}"
            ),
        ),
        // Postpaid switched off by hand, and no trial.
        (
            "",
            "1200000",
            format!(
                "there is no free quota or package, and postpaid is off: 1,200,000 tokens are not served{until}"
            ),
        ),
    ] {
        let quoted = served.quote(&format!("{TOKENS} --postpaid off {line}"));
        assert_eq!(quoted["funding"]["status"], "Stopped", "{line}");
        assert_eq!(quoted["funding"]["unserved_tokens"], unserved, "{line}");
        assert_eq!(quoted["total"], "0", "{line}");
        let notes = quoted["notes"].as_array().unwrap();
        let status = notes.iter().find(|note| note["rule"] == "service.status");
        assert_eq!(status.unwrap()["message"], message, "{line}");
    }
}

#[test]
fn the_switch_of_a_free_quota_is_the_providers_own_and_stops_what_uses_it_up() {
    // 900,000 of 1,200,000 tokens; the rest fails, and nothing of it is in another provider's words.
    let quoted = quote(&format!("{TOKENS} --free-quota 900k --postpaid off"));
    assert_eq!(
        quoted["funding"],
        json!({
            "modes": ["Free quota"], "status": null, "offset_tokens": "900000",
            "billed_tokens": "0", "unserved_tokens": "300000",
            "exhausted_after": null, "per_day_after": null
        })
    );
    let note = |rule: &str, basis: &str, message: &str| json!({ "rule": rule, "basis": basis, "message": message });
    let switch = note(
        "free.stop",
        "literal",
        "calls stop only with the switch of the free quota on, which is off by default for verified accounts and always on for others; a call under way when the quota ends is finished, and what it takes beyond is billed",
    );
    assert_eq!(
        quoted["notes"],
        json!([
            note(
                "free.scope",
                "literal",
                "the free quota does not offset the context cache: what calls read from it or write to it is billed, and all input is taken as neither"
            ),
            note(
                "free.notice",
                "literal",
                "the platform sends a notice when 20 % and 0 % of the free quota are left"
            ),
            note(
                "free.stop",
                "literal",
                "the free quota is used up, and calls are set to stop then: 300,000 tokens are not served; calls beyond it fail with 403 `AllocationQuota.FreeTierOnly`"
            ),
            switch,
            note(
                "free.mix",
                "reading",
                "the tokens that are offset are taken from input and output in proportion"
            ),
            note("free.overdue", "literal", BLOCKED),
        ])
    );
    assert_eq!(quoted["total"], "0");
    // Used up before: the switch was on.
    let none = quote(&format!(
        "{TOKENS} --free-quota 1M --free-used 1M --postpaid off"
    ));
    assert_eq!(none["funding"]["modes"], json!(["Free quota"]));
    assert_eq!(none["funding"]["unserved_tokens"], "1200000");
    // What does not use the quota up is not stopped by it, and is never quoted as free.
    for (flags, total, why) in [
        (
            "--batch",
            "1.3",
            "the free quota does not offset batch calls",
        ),
        (
            "--free-expires 2026-11-19",
            "2.6",
            "the free quota has expired",
        ),
    ] {
        let billed = quote(&format!("{TOKENS} --free-quota 9M --postpaid off {flags}"));
        assert_eq!(
            (&billed["total"], &billed["funding"]["modes"]),
            (&json!(total), &json!(["Pay-as-you-go"]))
        );
        assert_eq!(
            billed["notes"][1],
            note(
                "free.stop",
                "reading",
                &format!(
                    "the switch stops calls when the free quota is used up; {why}, so these are taken as billed"
                )
            )
        );
    }
}

#[test]
fn a_switch_that_no_rule_has_or_that_is_about_nothing_is_refused() {
    let rules = "by the rules of 2026-09-21 nothing stops calls when the free quota is used up: they are billed; the switch stands in the rules from 2026-09-22 on (`free.stop`)";
    for (flags, message) in [
        ("--free-quota 1M --as-of 2026-09-21", rules),
        (
            "",
            "the provider can stop calls when a free quota is used up, and there is none: tokens are billed (`free.stop`)",
        ),
        (
            "--free-quota 1M --package 1M",
            "calls that stop when the free quota is used up never come to the packages, and whether these are then used is not documented (`free.stop`)",
        ),
    ] {
        let load = "deepseek-v3.2 --rpm 1 --input-per-request 900 --output-per-request 100";
        for line in [format!("quote {TOKENS}"), format!("compare {load}")] {
            let (code, stderr) = refused(&format!("{line} --postpaid off {flags}"));
            assert_eq!(code, 1, "{stderr}");
            assert!(
                stderr.starts_with(&format!("error: {message}\n\nhint: ")),
                "{stderr}"
            );
        }
    }
    assert_eq!(
        funding(&format!(
            "{TOKENS} --free-quota 1M --postpaid off --as-of 2026-09-22"
        ))["billed_tokens"],
        "0"
    );
    // By the rules before, nobody is told.
    let before = quote(&format!("{TOKENS} --free-quota 1M --as-of 2026-09-21"));
    assert_eq!(
        before["notes"][2]["message"],
        "the platform sends no notice when the free quota is used up"
    );
}

#[test]
fn a_provider_of_ones_own_has_no_sentence_of_another_one() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("own.toml");
    let text = "version = 1\n[provider]\nid = \"own\"\nname = \"Own\"\nregion = \"r\"\nregion_name = \"R\"\ncurrency = \"CNY\"\n\
        [[model]]\ncode = \"m\"\n[[model.standard]]\ntiers = [{ input = \"2 per 1M tokens\", output = \"3 per 1M tokens\" }]\n";
    std::fs::write(&path, text).unwrap();
    let quoted = quote(&format!(
        "tokens m --input 1M --output 0 --free-quota 400k --free-used 100k --free-used 50k --package 100k --postpaid off --catalog {}",
        path.to_str().unwrap()
    ));
    assert_eq!(quoted["funding"]["modes"], json!(["Free quota", "Package"]));
    assert_eq!(quoted["funding"]["status"], Value::Null);
    let notes = quoted["notes"].as_array().unwrap();
    let said: Vec<&Value> = notes.iter().map(|note| &note["message"]).collect();
    assert_eq!(
        said,
        [
            "of the free quota: 400,000 tokens less 100,000 and 50,000, so 250,000 are left",
            "the free quota is used up, the package is used up, and postpaid is off: 650,000 tokens are not served"
        ]
    );
    assert!(
        notes
            .iter()
            .all(|note| note["rule"] == "funding" && note["basis"] == "given"),
        "{notes:?}"
    );
}

#[test]
fn a_quota_that_is_used_up_says_so_and_what_a_day_costs_from_the_start() {
    let used_up = "the free quota of 1,000,000 tokens is used up, so it offsets nothing";
    let messages = |line: &str| -> Vec<Value> {
        let quoted = quote(line);
        let notes = quoted["notes"].as_array().unwrap();
        notes.iter().map(|note| note["message"].clone()).collect()
    };
    let flags = "--free-quota 1M --free-used 1M";
    assert_eq!(messages(&format!("{TOKENS} {flags}")), [used_up, BLOCKED]);
    assert_eq!(
        messages(&format!("{WORKLOAD} {flags}")),
        [used_up, "from the start ¥3.02 a day", BLOCKED]
    );
    // With any other cause money is needed from the start, too.
    let batch = messages(&format!("{WORKLOAD} --batch --free-quota 1M"));
    assert_eq!(batch[1], "from the start ¥1.51 a day");
    // A package pays first, as long as it lasts.
    let lasts = messages(&format!("{WORKLOAD} {flags} --package 1.44M"));
    assert_eq!(
        lasts[1],
        "the packages last 1 day at this rate, taken as even; from then on ¥3.02 a day"
    );
    // Nobody said anything of a quota.
    assert_eq!(messages(&format!("{WORKLOAD} --postpaid on")), [""; 0]);
}

#[test]
fn calls_that_overflow_without_postpaid_are_not_said_to_be_billed() {
    let ptu = "ptu qwen3-max-2025-09-23 --input-tpm 100k --output-tpm 10k --hours 10 --rpm 30 --input-per-request 4000 --output-per-request 400";
    let fate = |flags: &str| {
        let quoted = quote(&format!("{ptu} --free-covers-overflow {flags}"));
        let notes = quoted["notes"].as_array().unwrap();
        let note = notes.iter().find(|note| note["rule"] == "ptu.overflow");
        let said = note.unwrap()["message"].as_str().unwrap().to_owned();
        let (_, fate) = said.split_once(" do not fit: ").unwrap();
        (quoted["funding"]["modes"].clone(), fate.to_owned())
    };
    let header = ", and their responses carry the header `x-dashscope-ptu-overflow:true`";
    let billed = format!("they are billed as ordinary calls{header}");
    assert_eq!(
        fate("--free-quota 1M"),
        (
            json!(["Provisioned throughput", "Free quota", "Pay-as-you-go"]),
            billed
        )
    );
    assert_eq!(
        fate("--free-quota 1M --postpaid off"),
        (
            json!(["Provisioned throughput", "Free quota"]),
            format!(
                "they are ordinary calls, served as long as the free quota and packages pay for them{header}"
            )
        )
    );
    assert_eq!(
        fate("--free-quota 1M --free-used 1M --postpaid off"),
        (
            json!(["Provisioned throughput"]),
            "they would be ordinary calls, and nothing pays for these".to_owned()
        )
    );
}

#[test]
fn without_postpaid_only_what_is_served_is_a_line() {
    let quoted = quote(&format!("{TOKENS} --postpaid off --free-quota 600k"));
    let served: Vec<&Value> = (0..2).map(|at| &quoted["items"][at]["quantity"]).collect();
    assert_eq!(served, ["500000", "100000"]);
    assert_eq!(quoted["parameters"]["input_tokens"], "1000000");
    assert_eq!(quoted["total"], "0");
}

#[test]
fn a_quota_does_not_offset_batch_calls_or_fine_tuned_models_and_a_package_does() {
    let batch = quote(&format!("{TOKENS} --batch --free-quota 1M"));
    assert_eq!(batch["total"], "1.3");
    assert_eq!(
        batch["notes"][0]["message"],
        "the free quota offsets real-time calls of preset models, not batch calls"
    );
    assert_eq!(batch["funding"]["modes"], json!(["Pay-as-you-go"]));
    let fine_tuned = quote(
        "tokens qwen3-32b --rate fine-tuned --input 1M --output 0 --free-quota 1M --package 500k",
    );
    assert!(rules_of(&fine_tuned).contains(&"free.scope".to_owned()));
    assert_eq!(credits(&fine_tuned), ["credit.package 500000 -1"]);
}

#[test]
fn what_a_quota_does_not_offset_is_said_as_the_rules_in_force_have_it() {
    // Batch calls and the context cache stand in all rules, fine-tuned models in those from
    // 2026-09-22 on.
    let notes = |line: &str, as_of: &str| -> Vec<(String, String)> {
        let quoted = quote(&format!("{line} --free-quota 400k --as-of {as_of}"));
        let notes = quoted["notes"].as_array().unwrap().clone();
        let text = |value: &Value| value.as_str().unwrap().to_owned();
        notes
            .iter()
            .filter(|note| note["rule"] == "free.scope")
            .map(|note| (text(&note["basis"]), text(&note["message"])))
            .collect()
    };
    let fine_tuned = "tokens qwen3-32b --rate fine-tuned --input 1M --output 0";
    let cache = "the free quota does not offset the context cache: what calls read from it or write to it is billed, and all input is taken as neither";
    let not = |calls: &str| {
        format!("the free quota offsets real-time calls of preset models, not {calls}")
    };
    for (line, as_of, basis, message) in [
        (TOKENS, "2026-09-21", "literal", cache.to_owned()),
        (TOKENS, "2026-09-22", "literal", cache.to_owned()),
        (
            &format!("{TOKENS} --batch"),
            "2026-09-21",
            "literal",
            not("batch calls"),
        ),
        (
            &format!("{TOKENS} --batch"),
            "2026-09-22",
            "literal",
            not("batch calls"),
        ),
        (
            fine_tuned,
            "2026-09-21",
            "reading",
            not("calls of fine-tuned models"),
        ),
        (
            fine_tuned,
            "2026-09-22",
            "literal",
            not("calls of fine-tuned models"),
        ),
    ] {
        assert_eq!(
            notes(line, as_of),
            [(basis.to_owned(), message)],
            "{line} {as_of}"
        );
    }
}

#[test]
fn the_last_day_of_a_quota_follows_from_its_activation_by_the_rules_of_that_day() {
    // 90 days with 2026-09-22 as the first are 9 of September, 31, 30 and 20 of December.
    let quoted = quote(&format!(
        "{TOKENS} --free-quota 9M --free-activated 2026-09-22"
    ));
    assert_eq!(
        quoted["notes"][0],
        json!({
            "rule": "free.validity", "basis": "reading",
            "message": "the free quota is activated on 2026-09-22 and valid to 2026-12-20: the day of activation is read as the first of its days"
        })
    );
    // 1,440,000 tokens a day are offset for the first 31 days, to 2026-12-20 with it.
    let line = format!("{WORKLOAD} --days 40 --free-quota 90M");
    let found = |flags: &str| funding(&format!("{line} {flags}"))["offset_tokens"].clone();
    assert_eq!(found("--free-activated 2026-09-22"), "44640000");
    assert_eq!(found("--free-expires 2026-12-20"), "44640000");
    // Both, where a rule allows it: the console's day counts.
    let both = "--free-activated 2026-09-22 --free-expires 2026-12-21";
    assert_eq!(found(both), "46080000");
    // By the rules before, from 30 to 180 days.
    let before = "--free-activated 2026-09-21 --free-expires 2027-03-20";
    assert_eq!(found(before), "57600000");
}

#[test]
fn a_date_of_a_quota_that_no_rule_allows_is_refused() {
    for (flags, message) in [
        (
            "--free-expires 2027-03-21",
            "no rule lets a free quota that is in use on 2026-11-20 be valid until 2027-03-21: 2027-03-20 is the latest (`free.validity`)",
        ),
        (
            "--free-expires 2027-01-01 --as-of 2026-07-04",
            "no rule lets a free quota that is in use on 2026-07-04 be valid until 2027-01-01: 2026-12-31 is the latest (`free.validity`)",
        ),
        (
            "--free-activated 2026-09-22 --free-expires 2026-12-19",
            "no rule lets a free quota that is activated on 2026-09-22 end on 2026-12-19: its last day is from 2026-12-20 to 2026-12-21 (`free.validity`)",
        ),
        (
            "--free-activated 2026-09-01 --free-expires 2027-03-01",
            "no rule lets a free quota that is activated on 2026-09-01 end on 2027-03-01: its last day is from 2026-09-30 to 2027-02-28 (`free.validity`)",
        ),
        (
            "--free-activated 2026-09-21",
            "a free quota that is activated on 2026-09-21 is valid for 30 to 180 days, so its last day does not follow (`free.validity`)",
        ),
        (
            "--free-activated 2026-11-21",
            "the free quota is activated on 2026-11-21, after its use begins on 2026-11-20",
        ),
    ] {
        for line in [
            format!("quote {TOKENS}"),
            WORKLOAD.replace("tokens", "compare"),
        ] {
            let (code, stderr) = refused(&format!("{line} --free-quota 1M {flags}"));
            assert_eq!(code, 1, "{stderr}");
            assert!(
                stderr.starts_with(&format!("error: {message}\n\nhint: ")),
                "{stderr}"
            );
        }
    }
    // What no document says is not derived, and a date of one's own is one's own.
    let served = Served::new();
    let path = &served.path;
    let line = format!("quote tokens m --input 1M --output 0 --free-quota 1M --catalog {path}");
    let (_, stderr) = refused(&format!("{line} --free-activated 2026-11-01"));
    assert!(stderr.contains("for how many days a free quota of this provider is valid from its activation is not documented"), "{stderr}");
    assert_eq!(
        served.quote("tokens m --input 1M --output 0 --free-quota 1M --free-expires 2099-12-31")["total"],
        "0"
    );
    assert_eq!(
        refused(&format!("quote {TOKENS} --free-activated 2026-11-01")).0,
        2
    );
}

#[test]
fn a_free_quota_says_that_ordinary_calls_are_meant() {
    // Both prices are ¥2 per 1M input tokens; the quota offsets those of ordinary calls only.
    let line = "tokens qwen3-32b --input 1M --output 0 --free-quota 400k";
    let meant = quote(line);
    assert_eq!(meant["total"], "1.2");
    assert_eq!(meant["parameters"]["rate"], "standard");
    assert_eq!(meant["parameters"]["other_rate"], "fine-tuned");
    assert_eq!(credits(&meant), ["credit.free-quota 400000 -0.8"]);
    assert_eq!(
        meant["notes"][0],
        json!({
            "rule": "tokens.standard",
            "basis": "reading",
            "message": "the model has two prices, and this is the one of ordinary calls, which a free quota is for; `--rate fine-tuned` (`rate` in a plan) takes that of fine-tuned models"
        })
    );
    let asked = quote(&format!("{line} --rate standard"));
    assert_eq!(asked["items"], meant["items"]);
    assert_eq!(asked["parameters"].get("other_rate"), None);
    assert!(!rules_of(&asked).contains(&"tokens.standard".to_owned()));
    // Asked for by name, fine-tuned tokens cost what they cost, quota or not, and that is said.
    let fine_tuned = quote(&format!("{line} --rate fine-tuned"));
    assert_eq!(
        (&fine_tuned["total"], &fine_tuned["parameters"]["rate"]),
        (&json!("2"), &json!("fine-tuned"))
    );
    assert_eq!(
        rules_of(&fine_tuned),
        [
            "tokens.fine-tuned",
            "deploy.tokens",
            "deploy.region",
            "free.scope",
            "free.overdue"
        ]
    );
    // A package pays for either, so it says nothing.
    let package = quote("tokens qwen3-32b --input 1M --output 0 --package 400k");
    assert_eq!(package["parameters"]["rate"], "fine-tuned");
    // Of one price there is none to choose.
    let only = quote("tokens deepseek-v3.2 --input 1M --output 0 --free-quota 400k");
    assert_eq!(only["parameters"].get("other_rate"), None);
}

#[test]
fn a_free_quota_of_a_model_with_fine_tuned_prices_only_is_said_to_offset_nothing() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("own.toml");
    let text = "version = 1\n[provider]\nid = \"alibaba\"\n[[model]]\ncode = \"own\"\n\
                [[model.fine_tuned]]\ninput = \"0.002 per 1K tokens\"\noutput = [{ price = \"0.008 per 1K tokens\" }]\n";
    std::fs::write(&path, text).unwrap();
    let path = path.to_str().unwrap();
    let own = quote(&format!(
        "tokens own --input 1M --output 0 --free-quota 1M --catalog {path}"
    ));
    assert_eq!(own["total"], "2");
    assert_eq!(
        rules_of(&own),
        [
            "tokens.fine-tuned",
            "deploy.tokens",
            "deploy.region",
            "free.scope",
            "free.overdue"
        ]
    );
}

#[test]
fn what_has_expired_offsets_nothing_and_what_expires_today_does() {
    for (flags, offset) in [
        ("--free-quota 1M --free-expires 2026-11-20", "1000000"),
        ("--free-quota 1M --free-expires 2026-11-19", "0"),
        ("--package 1M@2026-11-20", "1000000"),
        ("--package 1M@2026-11-19", "0"),
        ("--package 1M@2026-11-19 --package 100k", "100000"),
    ] {
        let found = funding(&format!("{TOKENS} {flags}"));
        assert_eq!(found["offset_tokens"], offset, "{flags}");
    }
    let quoted = quote(&format!("{TOKENS} --package 1M@2026-11-19"));
    assert_eq!(
        quoted["notes"],
        json!([{
            "rule": "free.order",
            "basis": "given",
            "message": "the package of 1,000,000 tokens expired on 2026-11-19, so it offsets nothing"
        }, {
            "rule": "free.overdue",
            "basis": "literal",
            "message": BLOCKED
        }])
    );
}

#[test]
fn the_tier_is_that_of_the_whole_average_request() {
    // 25 requests of 40,000 input tokens, of which the quota leaves a tenth.
    let line = "tokens qwen3-max-2025-09-23 --input 1M --output 0 --requests 25";
    assert_eq!(total(&format!("{line} --free-quota 900k")), "1");
}

#[test]
fn a_workload_says_when_the_free_part_ends() {
    let found = |line: &str| {
        let funding = funding(&format!("{WORKLOAD} {line}"));
        [
            funding["exhausted_after"].clone(),
            funding["per_day_after"].clone(),
        ]
    };
    // 4,560,000 tokens are 76 hours; a day is 1,296,000 × ¥2 and 144,000 × ¥3 per 1M.
    let quoted = quote(&format!("{WORKLOAD} --free-quota 4.56M"));
    assert_eq!(
        quoted["notes"][0]["message"],
        "the free quota lasts 3 days 4 hours at this rate, taken as even; from then on ¥3.02 a day"
    );
    assert_eq!(quoted["notes"][0]["amount"], "3.024");
    assert_eq!(found("--free-quota 4.56M"), ["PT76H", "3.024"]);
    // Ten hours a day: 600,000 tokens a day, so 7 whole days and 6 hours of the eighth.
    assert_eq!(
        found("--free-quota 4.56M --hours-per-day 10"),
        ["PT174H", "1.26"]
    );
    // After exactly a day's hours, money is needed when the next day begins.
    assert_eq!(
        found("--free-quota 600k --hours-per-day 10"),
        ["PT24H", "1.26"]
    );
    // It lasts; nothing is there; nobody pays after it.
    assert_eq!(found("--free-quota 43.2M"), [Value::Null, Value::Null]);
    assert_eq!(found("--free-quota 43,199,000"), ["PT719H59M", "3.024"]);
    assert_eq!(found("--postpaid on"), ["PT0S".into(), json!("3.024")]);
    assert_eq!(
        found("--free-quota 4.56M --postpaid off"),
        ["PT76H".into(), Value::Null]
    );
    // A discount is on what a day costs, too.
    assert_eq!(
        found("--free-quota 4.56M --discount 50%"),
        ["PT76H", "1.512"]
    );
}

#[test]
fn what_expires_during_a_workload_pays_until_the_end_of_its_last_day() {
    // 1,440,000 tokens a day from 2026-11-20 on.
    let found = |line: &str| {
        let quoted = quote(&format!("{WORKLOAD} {line}"));
        let offset = quoted["funding"]["offset_tokens"]
            .as_str()
            .unwrap()
            .to_owned();
        let after = quoted["funding"]["exhausted_after"].clone();
        (offset, after, rules_of(&quoted))
    };
    let (offset, after, rules) = found("--free-quota 9M --free-expires 2026-11-21");
    assert_eq!((offset.as_str(), after), ("2880000", json!("PT48H")));
    assert_eq!(
        rules,
        [
            "free.validity",
            "free.overrun",
            "free.scope",
            "free.mix",
            "free.overdue"
        ]
    );
    // A package takes over where the quota expires, and goes on to its own end.
    let flags = "--free-quota 9M --free-expires 2026-11-21 --package 1.44M";
    let (offset, after, _) = found(flags);
    assert_eq!((offset.as_str(), after), ("4320000", json!("PT72H")));
    // One that expires before its turn comes pays for nothing.
    let flags = "--free-quota 4.32M --package 9M@2026-11-21";
    let (offset, after, rules) = found(flags);
    assert_eq!((offset.as_str(), after), ("4320000", json!("PT72H")));
    assert_eq!(rules[0], "free.order");
    // Valid to the last day of the workload, it covers all of it.
    let (offset, after, _) = found("--free-quota 1B --free-expires 2026-12-19");
    assert_eq!((offset.as_str(), after), ("43200000", Value::Null));
}

#[test]
fn a_workload_is_the_tokens_that_it_adds_up_to() {
    let by_rate = quote(WORKLOAD);
    let by_count = quote("tokens deepseek-v3.2 --input 38.88M --output 4.32M --requests 43200");
    for field in ["items", "total", "notes"] {
        assert_eq!(by_rate[field], by_count[field], "{field}");
    }
    assert_eq!(
        by_rate["parameters"],
        json!({
            "rate": "standard", "mode": null, "input_tokens": "38880000",
            "output_tokens": "4320000", "requests": "43200", "batch": false, "rpm": "1",
            "input_per_request": "900", "output_per_request": "100",
            "hours_per_day": "PT24H", "days": "30"
        })
    );
}

#[test]
fn the_overflow_of_a_reservation_is_funded_alike() {
    // 5 of 30 calls overflow: 12,000,000 and 1,200,000 tokens in 10 hours.
    let ptu = "ptu qwen3-max-2025-09-23 --input-tpm 100k --output-tpm 10k --hours 10 --rpm 30 --input-per-request 4000 --output-per-request 400";
    let quoted = quote(&format!("{ptu} --free-covers-overflow --free-quota 6.6M"));
    let credits = credits(&quoted);
    assert_eq!(
        credits[2..],
        [
            "credit.free-quota 6000000 -36",
            "credit.free-quota 600000 -14.4"
        ]
    );
    assert_eq!(quoted["total"], "1126.4");
    assert_eq!(quoted["funding"]["exhausted_after"], "PT5H");
    assert_eq!(quoted["funding"]["per_day_after"], "241.92");
    // Of a first day that begins at 22:00 two hours are left.
    let start = "--start 2026-12-01T22:00 --free-expires 2026-12-01";
    let late = quote(&format!(
        "{ptu} --free-covers-overflow --free-quota 9M {start}"
    ));
    assert_eq!(late["funding"]["offset_tokens"], "2640000");
    assert_eq!(late["funding"]["exhausted_after"], "PT2H");
    // Without postpaid the overflow is not served, and the reservation goes on.
    let stopped = quote(&format!(
        "{ptu} --free-covers-overflow --free-quota 1M --free-used 1M --postpaid off"
    ));
    assert_eq!(stopped["total"], "1076");
    assert_eq!(stopped["items"].as_array().unwrap().len(), 2);
    assert_eq!(stopped["funding"]["status"], Value::Null);
    assert_eq!(stopped["funding"]["unserved_tokens"], "13200000");
    // Ten hours a day for two days, and the quota for the first of them.
    let runs = quote(&format!(
        "{ptu} --runs 2 --free-covers-overflow --free-quota 13.2M"
    ));
    assert_eq!(runs["funding"]["exhausted_after"], "PT24H");
}

#[test]
fn that_a_quota_pays_for_overflow_is_said_not_to_be_established_and_has_to_be_said() {
    let ptu = "ptu qwen3-max-2025-09-23 --input-tpm 100k --output-tpm 10k --hours 10 --rpm 30 --input-per-request 4000 --output-per-request 400";
    let said = |quoted: &Value, rule: &str| -> Vec<Value> {
        let notes = quoted["notes"].as_array().unwrap();
        let of_rule = notes.iter().filter(|note| note["rule"] == rule);
        of_rule.cloned().collect()
    };
    let note =
        |message: &str| json!({ "rule": "free.overflow", "basis": "reading", "message": message });
    // It costs what it costs without a quota, and the quota is in no mode.
    let plain = quote(&format!("{ptu} --postpaid on"));
    let given = quote(&format!("{ptu} --free-quota 9M"));
    assert_eq!(
        (&given["items"], &given["funding"]),
        (&plain["items"], &plain["funding"])
    );
    assert_eq!(
        said(&given, "free.overflow"),
        [note(
            "that the free quota pays for calls beyond a reservation is not established, so it offsets none of them; `--free-covers-overflow` (`free_covers_overflow` in a plan) takes it to"
        )]
    );
    let covered = quote(&format!("{ptu} --free-quota 9M --free-covers-overflow"));
    assert_eq!(covered["funding"]["offset_tokens"], "9000000");
    assert_eq!(
        said(&covered, "free.overflow"),
        [note(
            "the free quota is taken to pay for calls beyond the reservation, as `--free-covers-overflow` says (`free_covers_overflow` in a plan): that it does is not established"
        )]
    );
    // A switch of the quota does not stop what is not taken from it.
    let switched = quote(&format!("{ptu} --free-quota 9M --postpaid off"));
    assert_eq!(switched["total"], plain["total"]);
    assert_eq!(
        said(&switched, "free.stop")[0]["message"],
        "the switch stops calls when the free quota is used up; the free quota does not offset calls beyond a reservation, so these are taken as billed"
    );
    // It is about a quota and a reservation.
    for line in [
        format!("quote {ptu} --free-covers-overflow"),
        format!("quote {TOKENS} --free-quota 1M --free-covers-overflow"),
    ] {
        assert_eq!(refused(&line).0, 2, "{line}");
    }
}

#[test]
fn funding_without_anything_to_fund_is_refused() {
    let ptu = "quote ptu qwen3-max-2025-09-23 --days 1";
    let reserved = "--input-tpm 1k --output-tpm 1k";
    let load = "--rpm 30 --input-per-request 4000 --output-per-request 400";
    for line in [
        format!("{ptu} {reserved} --free-quota 1M"),
        format!("{ptu} {reserved} {load} --on-overflow reject --free-quota 1M"),
        format!("{ptu} {load} --fit cheapest --package 1M"),
        format!("quote {TOKENS} --free-used 1M"),
        format!("quote {TOKENS} --free-expires 2026-12-31"),
        format!("quote {TOKENS} --package-price 1"),
        format!("quote {TOKENS} --package 0"),
        format!("quote {TOKENS} --package 1M@2026-02-30"),
        format!("quote {TOKENS} --package 1M@"),
        format!("quote {TOKENS} --free-quota -1"),
        format!("quote {TOKENS} --postpaid maybe"),
        format!("quote {TOKENS} {load}"),
        format!("quote {TOKENS} --days 3"),
        "quote tokens deepseek-v3.2 --input 1M".to_owned(),
    ] {
        let (code, stderr) = refused(&line);
        assert_eq!(code, 2, "{line}: {stderr}");
    }
}

#[test]
fn the_row_of_a_comparison_is_the_quote_of_the_same_workload() {
    let load =
        "--rpm 2 --input-per-request 3000 --output-per-request 300 --hours-per-day 8 --days 20";
    for flags in [
        "--free-quota 5M",
        "--free-quota 5M --free-expires 2026-11-21 --package 1M --package-price 3",
        "--free-quota 5M --discount 10%",
        "--package 1B",
    ] {
        let line = format!("{load} {flags}");
        let quoted = quote(&format!("tokens qwen3-max-2025-09-23 {line}"));
        let compared = printed(&format!("compare qwen3-max-2025-09-23 glm-5.1 {line}"));
        let rows = compared["options"].as_array().unwrap();
        let of = |code: &str| {
            let row = rows
                .iter()
                .find(|row| row["option"] == "standard" && row["quote"]["model"]["code"] == code);
            row.unwrap()["quote"].clone()
        };
        assert_eq!(of("qwen3-max-2025-09-23"), quoted, "{flags}");
        // The other model has a quota of its own, of which nothing was said.
        assert_eq!(of("glm-5.1")["funding"], Value::Null);
    }
}

#[test]
fn a_comparison_says_when_the_free_part_ends() {
    let line = "compare glm-5.1 --rpm 1 --input-per-request 900 --output-per-request 100 --free-quota 4.56M";
    let table = stdout(line);
    let modes = "1: Free quota, Pay-as-you-go; 4,560,000 tokens offset, 38,640,000 billed";
    let said = "the free quota lasts 3 days 4 hours at this rate, taken as even; from then\n     on ¥11.23 a day (free.overrun, a reading)";
    assert!(
        table.contains(&format!("\n Billing\n   {modes}\n   1: {said}\n\n")),
        "{table}"
    );
    let markdown = stdout(&format!("{line} --format markdown"));
    let said = said.replace("\n     ", " ");
    let said = said.replace("free.overrun", "`free.overrun`");
    assert!(markdown.contains(&format!("- 1: {said}\n")), "{markdown}");
}

#[test]
fn a_comparison_says_what_becomes_of_a_quota_and_who_pays_in_every_format() {
    let line = "compare glm-5.1 --rpm 1 --input-per-request 900 --output-per-request 100";
    for (flags, said) in [
        (
            "--free-quota 9M --free-expires 2026-11-19",
            "1: the free quota expired on 2026-11-19, so it offsets nothing (free.validity)",
        ),
        (
            "--free-quota 9M --free-expires 2026-11-21",
            "1: the free quota expires on 2026-11-21 with 6,120,000 tokens left (free.validity)",
        ),
        (
            "--free-quota 9M --free-used 9M",
            "1: from the start ¥11.23 a day (free.overrun)",
        ),
        (
            "--package 9M@2026-11-19",
            "1: the package of 9,000,000 tokens expired on 2026-11-19, so it offsets nothing (free.order)",
        ),
    ] {
        let table = stdout(&format!("{line} {flags}")).replace("\n     ", " ");
        assert!(table.contains(&format!("\n   {said}\n")), "{table}");
        let markdown = stdout(&format!("{line} {flags} --format markdown"));
        let markdown = markdown.replace('`', "");
        assert!(markdown.contains(&format!("\n- {said}\n")), "{markdown}");
    }
    let csv = stdout(&format!(
        "{line} --package 4.56M --format csv --fx USD=0.1389"
    ));
    let ends: Vec<String> = csv
        .lines()
        .map(|row| row.splitn(13, ',').last().unwrap())
        .map(|end| end.split(',').take(7).collect::<Vec<_>>().join(","))
        .collect();
    assert_eq!(
        ends[..2],
        [
            "billing_modes,status,offset_tokens,billed_tokens,unserved_tokens,exhausted_after,per_day_after",
            "Resource pack; Pay-as-you-go,,4560000,38640000,0,PT76H,11.232"
        ]
    );
    assert_eq!(ends[2], ",,,,,,");
}

#[test]
fn the_csv_of_a_quote_says_that_tokens_are_not_served() {
    let csv = stdout(&format!(
        "quote {TOKENS} --postpaid off --free-quota 900k --format csv"
    ));
    let rows: Vec<&str> = csv.lines().collect();
    assert!(rows[0].ends_with(
        ",source,billing_modes,status,offset_tokens,billed_tokens,unserved_tokens,exhausted_after,per_day_after"
    ));
    for row in &rows[1..] {
        assert!(row.ends_with(",Free quota,,900000,0,300000,,"), "{row}");
    }
    let unfunded = stdout(&format!("quote {TOKENS} --format csv"));
    assert!(
        unfunded.lines().nth(1).unwrap().ends_with(",,,,,,,"),
        "{unfunded}"
    );
}

#[test]
fn an_option_that_does_not_serve_the_workload_is_not_ranked() {
    let line = "compare glm-5.1 --rpm 2 --input-per-request 3000 --output-per-request 300 --postpaid off --free-quota";
    let short = printed(&format!("{line} 5M"));
    let standard = |report: &Value, list: &str| {
        let list = report[list].as_array().unwrap().clone();
        list.into_iter().find(|one| one["option"] == "standard")
    };
    assert_eq!(standard(&short, "options"), None);
    assert_eq!(
        standard(&short, "unavailable").unwrap()["reason"],
        "calls stop when the free quota is used up, so 280,120,000 of 285,120,000 tokens are not served"
    );
    let enough = printed(&format!("{line} 1B"));
    assert_eq!(standard(&enough, "options").unwrap()["rank"], 1);
}

#[test]
fn the_table_and_markdown_say_what_pays() {
    let line = format!("quote {TOKENS} --free-quota 600k");
    let said = "Billing: Free quota, Pay-as-you-go; 600,000 tokens offset, 600,000 billed";
    let table = stdout(&line);
    let wrapped = said;
    assert!(table.contains(&format!("\n\n {wrapped}\n\n")), "{table}");
    let markdown = stdout(&format!("{line} --format markdown"));
    assert!(
        markdown.lines().any(|line| line == format!("- {said}")),
        "{markdown}"
    );
    let csv = stdout(&format!("{line} --format csv"));
    assert_eq!(csv.lines().count(), 5);
}
