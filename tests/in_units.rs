//! Throughput that is sold in units and weighs tokens, as people and programs see it: quotes, recorded
//! traffic, plans and price cards.

#![allow(clippy::unwrap_used, clippy::indexing_slicing)]

#[allow(dead_code)]
mod common;

use std::fs;

use common::{json, run};
use serde_json::json;
use tempfile::TempDir;

/// One meter with brackets, two meters that count each token for one, and sides that weigh tokens.
const CATALOG: &str = r#"
version = 1

[provider]
id = "ours"
name = "Our Cloud"
region = "global"
region_name = "Global"
currency = "USD"

[billing.ptu]
increment = "hour"
scales_by_day = true

[[model]]
code = "one-meter"

[[model.capacity]]
unit = { name = "PTU", adds = { tokens = "3400 TPM" }, smallest = 15, step = 5, hour = "1 per unit-hour", day = "20 per unit-day" }

[[model.capacity.meters]]
name = "tokens"
weights = [
  { up_to = "200K tokens", input = "1", cached = "0.1", output = "8" },
  { input = "2", cached = "0.2", output = "12" },
]

[[model.standard]]
tiers = [{ input = "1.75 per 1M tokens", output = "14 per 1M tokens" }]

[[model]]
code = "two-meters"

[[model.capacity]]
unit = { name = "DTU", adds = { input = "100K TPM", output = "10K TPM" }, hour = "30 per unit-hour" }

[[model.capacity.meters]]
name = "input"
weights = [{ input = "1", output = "0" }]

[[model.capacity.meters]]
name = "output"
weights = [{ input = "0", output = "1" }]

[[model]]
code = "weighed-sides"

[[model.ptu]]
input = { hour = "2 per 1K TPM-hour" }
output = [{ hour = "8 per 1K TPM-hour" }]
weights = [{ up_to = "32K tokens" }, { input = "2", output = "3" }]

[[model]]
code = "changing"

[[model.ptu]]
input = { hour = "2 per 1K TPM-hour" }
output = [{ hour = "8 per 1K TPM-hour" }]

[[model.standard]]
tiers = [{ input = "1.75 per 1M tokens", output = "14 per 1M tokens" }]
"#;

/// Later a model of the file before it is sold in units.
const LATER: &str = r#"
version = 1

[provider]
id = "ours"

[[model]]
code = "changing"

[[model.capacity]]
from = 2026-11-20
unit = { name = "PTU", adds = { tokens = "3400 TPM" }, hour = "1 per unit-hour" }

[[model.capacity.meters]]
name = "tokens"
weights = [{ input = "1", output = "8" }]
"#;

/// Two minutes: 40,000 and 250,000 input tokens in the first, 30,000 in the second.
const CALLS: &str = "timestamp,input_tokens,output_tokens
2026-11-19T09:00:00Z,40000,1000
2026-11-19T09:00:30Z,250000,1000
2026-11-19T09:01:00Z,30000,2000
";

struct Files(TempDir);

impl Files {
    fn new() -> Self {
        let folder = tempfile::tempdir().unwrap();
        for (name, text) in [
            ("units.toml", CATALOG),
            ("later.toml", LATER),
            ("calls.csv", CALLS),
        ] {
            fs::write(folder.path().join(name), text).unwrap();
        }
        Self(folder)
    }

    /// The words of a command line, with the files in their folder, and the catalog where none is named.
    fn words(&self, line: &str) -> Vec<String> {
        let place = |name: &str| self.0.path().join(name).to_str().unwrap().to_owned();
        let files = [".toml", ".csv", ".svg"];
        let words = line.split_whitespace().map(|word| {
            let is_file = files.iter().any(|end| word.ends_with(end));
            if is_file {
                place(word)
            } else {
                word.to_owned()
            }
        });
        let catalog = ["--catalog".to_owned(), place("units.toml")];
        let catalog = catalog.into_iter().filter(|_| !line.contains("--catalog"));
        words.chain(catalog).collect()
    }

    /// What is printed, without the folder.
    fn shown(&self, line: &str) -> String {
        let outcome = run(&self.words(line));
        assert_eq!(outcome.code, 0, "{line}: {}", outcome.stderr);
        let folder = format!("{}/", self.0.path().to_str().unwrap());
        outcome.stdout.replace(&folder, "")
    }

    fn quote(&self, line: &str) -> serde_json::Value {
        json(&self.words(&format!("quote ptu {line}")))["quotes"][0].clone()
    }

    fn refused(&self, line: &str) -> String {
        let outcome = run(&self.words(line));
        assert_ne!(outcome.code, 0, "{}", outcome.stdout);
        assert_eq!(outcome.stdout, "");
        outcome.stderr
    }
}

/// What a note of a quote says about the rule `ptu.units` or `ptu.weights`, as a file of one's own says it.
fn said(quote: &serde_json::Value) -> Vec<&str> {
    let notes = quote["notes"].as_array().unwrap();
    notes
        .iter()
        .map(|note| note["message"].as_str().unwrap())
        .collect()
}

#[test]
fn a_quote_says_what_units_hold_and_how_many_tpm_are() {
    let files = Files::new();
    let shown =
        files.shown("quote ptu one-meter --input-tpm 250k --output-tpm 13750 --hours 1 --details");
    assert_eq!(
        shown,
        "\
USD 110.00 for one-meter · 110 PTU · 1 h · pay-as-you-go · global

 Item   Quantity         Unit price               Amount
 PTU    110 units × 1 h  USD 1 per unit-hour  USD 110.00
 ───────────────────────────────────────────────────────
 Total                                        USD 110.00

 Notes
   catalog (a reading): 250,000 input and 13,750 output TPM, of calls with up to
     200K input tokens, take 360,000 weighted tokens a minute: 105.88 PTU,
     bought as 110 PTU
   catalog: one PTU holds 3,400 weighted tokens a minute, and 110 PTU hold
     374,000 weighted tokens a minute

 What always holds
   catalog: what a token counts: input 1, cached input 0.1, output 8 up to 200K
     tokens of a call's input; input 2, cached input 0.2, output 12 beyond

 Sources
   units.toml: line 18

 Catalog files
   one-meter: adds the model (units.toml)
   one-meter: adds ptu (units.toml)
   one-meter: adds standard tokens (units.toml)
"
    );
    let quote = files.quote("one-meter --units 110 --hours 1");
    let parameters = json!({
        "units": "110",
        "unit_name": "PTU",
        "capacity_tpm": [{ "meter": "tokens", "tpm": "374000" }],
        "duration": "PT1H",
        "billed": "1 h",
    });
    assert_eq!(quote["parameters"], parameters);
    assert_eq!(quote["items"][0]["id"], "ptu.units");
    assert_eq!(quote["items"][0]["quantity"], "110");
    assert_eq!(quote["items"][0]["unit"], "unit-hour");
    assert_eq!(quote["total"], "110");
    assert_eq!(said(&quote).len(), 2, "{quote:#}");
    // What is asked for is what is sold: nothing is rounded up.
    let quote = files.quote("two-meters --input-tpm 200k --output-tpm 20k --hours 1");
    assert_eq!(quote["parameters"]["units"], "2");
    assert_eq!(
        said(&quote),
        [
            "200,000 input and 20,000 output TPM are 2 DTU",
            "one DTU holds 100,000 input and 10,000 output tokens a minute, and 2 DTU hold 200,000 input and 20,000 output tokens a minute",
        ]
    );
    let quote = files.quote("one-meter --units 17 --hours 1");
    assert_eq!(quote["total"], "17");
    let odd = "17 PTU may not be for sale: PTU is sold from 15 on in steps of 5";
    assert!(said(&quote).contains(&odd), "{quote:#}");
}

#[test]
fn units_are_refused_where_there_are_none() {
    let files = Files::new();
    assert_eq!(
        files.refused("quote ptu weighed-sides --units 3 --hours 1"),
        "error: the model is not sold in units, but by tokens per minute of input and of output\n\n\
         hint: give tokens per minute: `--input-tpm <TPM> --output-tpm <TPM>`\n"
    );
    assert_eq!(
        files.refused("quote ptu one-meter --units 0 --hours 1"),
        "error: `--units` is 0, so nothing is reserved\n\nhint: give at least one, such as `--units 10`\n"
    );
}

#[test]
fn recorded_calls_use_a_weighted_share() {
    let files = Files::new();
    // 40,000 + 8,000 fit 340,000, and 200,000 + 50,000 × 2 + 12,000 do not fit what is left of them;
    // 30,000 + 16,000 fit the next minute.
    let line = "quote ptu one-meter --trace calls.csv --units 100";
    let shown = files.shown(line);
    let used = "\
   In quota 2 calls: 70,000 input and 3,000 output tokens
   Overflow 1 call: 250,000 input and 1,000 output tokens, in 1 minute
   Used     13.82% of the tokens a minute that are reserved in the minutes of
            the trace
";
    assert!(shown.contains(used), "{shown}");
    let quote = files.quote("one-meter --trace calls.csv --units 100");
    let admitted = &quote["trace"]["admitted"];
    assert_eq!(
        admitted["utilisation"],
        json!([{ "meter": "tokens", "percent": "13.823529411765" }])
    );
    assert_eq!(admitted["input_utilisation"], json!(null));
    assert_eq!(admitted["output_utilisation"], json!(null));
    let csv = files.shown(&format!("{line} --format csv"));
    let (header, rows) = csv.split_once('\n').unwrap();
    assert!(header.ends_with(",utilisation_percent"), "{header}");
    for row in rows.lines() {
        assert!(row.ends_with(",tokens=13.823529411765"), "{row}");
    }
}

#[test]
fn a_trace_sizes_what_it_takes_of_each_meter() {
    let files = Files::new();
    for (model, units, sized) in [
        (
            "one-meter",
            json!("110"),
            "sized for the peak of the trace: 360,000 weighted tokens a minute, rounded up to the purchase steps",
        ),
        // Each token for one: the busiest minute has 290,000 of input.
        (
            "two-meters",
            json!("3"),
            "sized for the peak of the trace: 290,000 input and 2,000 output tokens a minute, rounded up to the purchase steps",
        ),
        // 32,000 + 8,000 × 2 + 32,000 + 218,000 × 2, and twice 1,000 × 3.
        (
            "weighed-sides",
            json!(null),
            "sized for the peak of the trace: 516,000 weighted input and 6,000 weighted output tokens a minute",
        ),
    ] {
        let quote = files.quote(&format!(
            "{model} --trace calls.csv --fit peak --on-overflow reject"
        ));
        assert_eq!(quote["parameters"]["units"], units, "{model}");
        assert!(said(&quote).contains(&sized), "{quote:#}");
        assert_eq!(
            quote["trace"]["admitted"]["overflow"]["calls"], "0",
            "{model}"
        );
    }
    let p95 = files.quote("one-meter --trace calls.csv --fit p95");
    let sized = said(&p95).iter().any(|note| {
        note.starts_with(
            "sized for what 95 of 100 minutes do not exceed: 360,000 weighted tokens a minute",
        )
    });
    assert!(sized, "{p95:#}");
}

#[test]
fn a_chart_has_a_line_of_what_is_reserved_where_tokens_are_not_weighed() {
    let files = Files::new();
    for (line, drawn) in [
        ("two-meters --units 2", true),
        ("one-meter --units 100", false),
        ("weighed-sides --input-tpm 100k --output-tpm 10k", false),
    ] {
        let line = format!(
            "quote ptu {line} --trace calls.csv --on-overflow reject --chart-file chart.svg"
        );
        let outcome = run(&files.words(&line));
        assert_eq!(outcome.code, 0, "{}", outcome.stderr);
        let (_, svg) = outcome
            .files
            .iter()
            .chain(&outcome.new_files)
            .next()
            .unwrap();
        assert_eq!(svg.contains("reserved tokens per minute"), drawn, "{line}");
    }
}

#[test]
fn a_unit_that_is_something_else_on_other_days_is_no_reservation_of_them() {
    let files = Files::new();
    let line =
        "quote ptu changing --trace calls.csv --units 2 --catalog units.toml --catalog later.toml";
    let mut words = files.words(line);
    let outcome = run(&words);
    assert_eq!(
        outcome.stderr,
        "error: a unit of the reservation is something else on other days, so no number of them is one reservation\n\n\
         hint: `--as-of <DATE>` takes what is sold on that day for all\n"
    );
    words.extend(["--as-of", "2026-11-20"].map(str::to_owned));
    let outcome = run(&words);
    assert_eq!(outcome.code, 0, "{}", outcome.stderr);
}

const PLAN: &str = r#"
version = 1
days = 30
[[deployment]]
name = "scaled"
method = "ptu"
model = "one-meter"
units = 50
term = "subscription"
phases = [{ days = 10, units = 100 }]
[[deployment]]
name = "converted"
method = "ptu"
model = "one-meter"
input_tpm = "250k"
output_tpm = 13750
hours = 1
"#;

#[test]
fn a_plan_reserves_units_and_scales_them() {
    let files = Files::new();
    fs::write(files.0.path().join("plan.toml"), PLAN).unwrap();
    let shown = files.shown("check plan.toml --format csv");
    let rows: Vec<Vec<&str>> = shown
        .lines()
        .map(|row| row.split(',').collect::<Vec<&str>>())
        .collect();
    let of = |name: &str| rows[0].iter().position(|title| *title == name).unwrap();
    let rows: Vec<[&str; 6]> = rows[1..]
        .iter()
        .map(|row| {
            [
                "deployment",
                "item",
                "description",
                "quantity",
                "unit",
                "amount",
            ]
            .map(|name| row[of(name)])
        })
        .collect();
    assert_eq!(
        rows,
        [
            ["scaled", "ptu.units", "PTU", "3000", "unit-day", "60000"],
            [
                "scaled",
                "ptu.refund.units",
                "Refund of PTU",
                "-1000",
                "unit-day",
                "-20000"
            ],
            ["converted", "ptu.units", "PTU", "110", "unit-hour", "110"],
        ]
    );
    let focus = files.shown("check plan.toml --format focus");
    for line in focus.lines().skip(1) {
        assert!(line.contains(",ours/one-meter/ptu.units,PTU,"), "{line}");
    }
    for (from, to, error) in [
        (
            "units = 50",
            "units = 50\ninput_tpm = 1",
            "9:1: `input_tpm` cannot stand beside `units`: keep one of them",
        ),
        (
            "units = 50\nterm = \"subscription\"\nphases = [{ days = 10, units = 100 }]",
            "units = 0\nterm = \"subscription\"",
            "4:1: `units` is 0, so nothing is reserved: give at least one, such as `units = \"10\"`",
        ),
        (
            "\"one-meter\"\nunits = 50\nterm = \"subscription\"\nphases = [{ days = 10, units = 100 }]",
            "\"weighed-sides\"\nunits = 50\nhours = 1",
            "4:1: the model is not sold in units, but by tokens per minute of input and of output: write `input_tpm` and `output_tpm`, the tokens per minute, in place of `units`",
        ),
    ] {
        fs::write(files.0.path().join("plan.toml"), PLAN.replace(from, to)).unwrap();
        let stderr = files.refused("check plan.toml");
        assert!(stderr.contains(error), "{stderr}");
    }
}

#[test]
fn a_price_card_shows_units_and_weights() {
    let files = Files::new();
    let files_said = "
 Catalog files
   one-meter: adds the model (units.toml)
   one-meter: adds ptu (units.toml)
   one-meter: adds standard tokens (units.toml)

 `--details` shows sources
";
    let card = "\
one-meter: PTU from USD 1 per unit-hour, ordinary calls from USD 1.75 per 1M
tokens of input
PTU never pays against ordinary calls.
one-meter · Our Cloud · Our Cloud · Global

 Provisioned throughput in units (PTU)
 Unit        Pay-as-you-go           By the day
 PTU   USD 1 per unit-hour  USD 20 per unit-day

 one PTU holds 3,400 weighted tokens a minute
 sold from 15 on in steps of 5

 What a token counts of it
 Call              Input  Cached  Cache write  Output
 up to 200K input      1     0.1            1       8
 beyond                2     0.2            2      12

 Tokens of ordinary calls
";
    let shown = files.shown("models one-meter");
    assert!(shown.starts_with(card), "{shown}");
    assert!(shown.ends_with(files_said), "{shown}");
    let sides = "
 What a token counts of it
 Call                     Input  Cached  Cache write  Output
 input, up to 32K input       1       1            1       0
 input, beyond                2       2            2       0
 output, up to 32K input      0       0            0       1
 output, beyond               0       0            0       3
";
    let shown = files.shown("models weighed-sides");
    assert!(shown.contains(sides), "{shown}");
}

#[test]
fn a_list_knows_models_in_units() {
    let files = Files::new();
    let listed = |line: &str| -> Vec<(String, String)> {
        let models = files.shown(line);
        let rows = models
            .lines()
            .filter(|row| row.contains("Our Cloud") && !row.contains('('));
        rows.map(|row| {
            let cells: Vec<&str> = row.split("  ").filter(|cell| !cell.is_empty()).collect();
            (cells[0].trim().to_owned(), cells[2].trim().to_owned())
        })
        .collect()
    };
    let pair = |code: &str, price: &str| (code.to_owned(), price.to_owned());
    // 10K tokens are 2.94 of a PTU at 1, a tenth of a DTU at 30, and 10K TPM at 2 for 1K.
    assert_eq!(
        listed("models ours/* --method ptu --sort price"),
        [
            pair("one-meter", "USD 1/PTU"),
            pair("two-meters", "USD 30/DTU"),
            pair("weighed-sides", "USD 20"),
            pair("changing", "USD 20"),
        ]
    );
    assert_eq!(
        listed("models ours/* --method ptu --max-price 2.99"),
        [pair("one-meter", "USD 1/PTU")]
    );
    let models = json(&files.words("models one-meter"));
    let model = &models["models"][0];
    assert_eq!(model["ptu"], json!(null));
    let capacity = &model["capacity"];
    assert_eq!(capacity["unit_name"], "PTU");
    assert_eq!(
        capacity["adds_tpm"],
        json!([{ "meter": "tokens", "tpm": "3400" }])
    );
    assert_eq!(
        (&capacity["smallest"], &capacity["step"]),
        (&json!(15), &json!(5))
    );
    assert_eq!(
        (&capacity["hour"], &capacity["day"], &capacity["month"]),
        (&json!("1"), &json!("20"), &json!(null))
    );
    assert_eq!(
        capacity["weights"][1],
        json!({ "meter": "tokens", "up_to": null, "input": "2", "cached": "0.2", "cache_write": "2", "output": "12" })
    );
    let csv = files.shown("models one-meter --format csv");
    assert!(
        csv.lines()
            .next()
            .unwrap()
            .ends_with(",adds_tpm,smallest,step,weights"),
        "{csv}"
    );
    let row = "ptu,pay-as-you-go,PTU,,unit,1,1,unit-hour,USD,units.toml: line 18,tokens=3400,15,5,";
    assert!(csv.contains(row), "{csv}");
}
