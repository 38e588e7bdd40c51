//! A log of batch calls: each in the tier of its own size, at the share of its price.

use serde_json::json;

use super::common::{fraction, json as printed, whole};
use super::support::{quote, refused, stdout, total};
use super::traces::{Folder, csv};

/// 1,000 + 200 are up to 32K, at half of 6 and 24 a million; 40,000 + 100 are up to 128K, at half of 10 and 40.
#[test]
fn each_call_has_the_share_of_its_own_tier() {
    let folder = Folder::new(&[]);
    let trace = folder.file("calls.csv", &csv([(1, (1_000, 200)), (2, (40_000, 100))]));
    let quoted = quote(&format!(
        "tokens qwen3-max-2025-09-23 --batch --trace {trace}"
    ));
    let items = quoted["items"].as_array().unwrap().iter();
    let found: Vec<_> = items
        .map(|item| json!([item["description"], item["amount"], item["rule"]]))
        .collect();
    let line = |what: &str, amount: &str| json!([what, amount, "tokens.batch"]);
    assert_eq!(
        found,
        [
            line("Input of calls up to 32,768, batch at 50%", "0.003"),
            line("Output of calls up to 32,768, batch at 50%", "0.0024"),
            line("Input of calls up to 131,072, batch at 50%", "0.2"),
            line("Output of calls up to 131,072, batch at 50%", "0.002"),
        ]
    );
    assert_eq!(
        (&quoted["parameters"]["batch"], &quoted["total"]),
        (&json!(true), &json!("0.2074"))
    );
}

#[test]
fn a_bill_of_batch_calls_is_half_of_that_of_ordinary_ones() {
    let folder = Folder::new(&[]);
    let calls = ["qwen3-max-2025-09-23", "qwen-plus-2025-12-01"]
        .map(|model| format!("2026-11-20T10:00:00+08:00,{model},3001,77\n"));
    let text = format!("time,model,input_tokens,output_tokens\n{}", calls.concat());
    let trace = folder.file("calls.csv", &text);
    let line = format!("tokens --trace {trace}");
    let bill =
        |flags: &str| fraction(stdout(&format!("quote {line}{flags} --format total")).trim_end());
    assert_eq!(bill(" --batch") * whole(2), bill(""));
    // A model that has no price of batch calls is no model of half of the price.
    let (code, stderr) = refused(&format!("quote tokens gpt-6-astra --batch --trace {trace}"));
    assert_eq!(code, 1);
    assert!(stderr.contains("has no batch price"), "{stderr}");
}

#[test]
fn a_plan_and_a_described_load_have_batch_calls_too() {
    let folder = Folder::new(&[]);
    let trace = folder.file("calls.csv", &csv([(1, (1_000, 200)), (2, (40_000, 100))]));
    let plan = folder.file(
        "plan.toml",
        "version = 1\n[[deployment]]\nname = \"a\"\nmethod = \"tokens\"\nmodel = \"qwen3-max-2025-09-23\"\n\
         trace = \"calls.csv\"\nbatch = true\n",
    );
    let checked = printed(&["check", &plan]);
    let quoted = &checked["deployments"][0]["parts"][0]["quote"];
    let line = format!("tokens qwen3-max-2025-09-23 --batch --trace {trace}");
    assert_eq!(quoted["total"], quote(&line)["total"]);

    let load = "mon-sun 00:00-24:00 1rpm 1000/200";
    let words = [
        "quote",
        "tokens",
        "qwen3-max-2025-09-23",
        "--batch",
        "--load",
        load,
        "--days",
        "1",
    ];
    let total_of_load = printed(&words)["quotes"][0]["total"].clone();
    // 1,440 calls.
    let sums =
        "tokens qwen3-max-2025-09-23 --batch --requests 1440 --input 1440000 --output 288000";
    assert_eq!(total_of_load, json!(total(sums)));
}
