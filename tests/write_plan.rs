//! `compare --write-plan`: whichever way is the best, `check` of the plan costs what the comparison said.

#![allow(
    clippy::unwrap_used,
    clippy::panic,
    clippy::indexing_slicing,
    clippy::arithmetic_side_effects
)]

#[allow(dead_code)]
mod common;
mod shape;

use std::fmt::Write as _;
use std::fs;

use common::folder::Folder;
use common::{fraction, json, run};
use proptest::prelude::*;
use serde_json::Value;
use shape::{Kind, assert_taken};
use tollgate::cli::Outcome;

/// Models of which each has a way that is cheaper than all others.
const CATALOG: &str = r#"
version = 1

[provider]
id = "alibaba"

[[model]]
code = "by-hour"
[[model.ptu]]
max_input = "1M tokens"
input = { hour = "0.01 per 10K TPM-hour", day = "24 per 10K TPM-day" }
output = [{ mode = "standard", hour = "0.01 per 1K TPM-hour", day = "24 per 1K TPM-day" }, { mode = "code-interpreter", hour = "0.02 per 1K TPM-hour", day = "24 per 1K TPM-day" }]
[[model.standard]]
tiers = [{ input = "900 per 1M tokens", output = "900 per 1M tokens" }]

[[model]]
code = "by-day"
[[model.ptu]]
max_input = "1M tokens"
input = { hour = "1 per 10K TPM-hour", day = "0.1 per 10K TPM-day" }
output = [{ hour = "1 per 1K TPM-hour", day = "0.1 per 1K TPM-day" }]
[[model.standard]]
tiers = [{ input = "900 per 1M tokens", output = "900 per 1M tokens" }]

[[model]]
code = "reserved"
[[model.reservation]]
max_input = "256K tokens"
input = { day = "0.2 per 10K TPM-day" }
output = [{ day = "0.2 per 1K TPM-day" }]
[[model.standard]]
tiers = [{ input = "900 per 1M tokens", output = "900 per 1M tokens" }]

[[model]]
code = "rented"
[[model.mu]]
spec = "MU1x2"
hour = "0.6 per replica-hour"
[[model.mu]]
spec = "MU1x4"
hour = "600 per replica-hour"
month = "90000 per replica-month"
[[model.standard]]
tiers = [{ input = "900 per 1M tokens", output = "900 per 1M tokens" }]

[[model]]
code = "rented-monthly"
[[model.mu]]
spec = "MU1x2"
hour = "60 per replica-hour"
month = "90 per replica-month"
[[model.standard]]
tiers = [{ input = "900 per 1M tokens", output = "900 per 1M tokens" }]

[[model]]
code = "apart"
[[model.mu]]
spec = "MU1x2"
hour = "60 per replica-hour"
[[model.mu]]
spec = "MU1x2"
pd_separated = true
hour = "0.6 per replica-hour"
[[model.standard]]
tiers = [{ input = "900 per 1M tokens", output = "900 per 1M tokens" }]

[[model]]
code = "alone"
[[model.mu]]
spec = "MU1x2"
hour = "60 per replica-hour"

[[model]]
code = "dedicated"
[[model.dtu]]
spec = "Standard"
input = "273K TPM"
output = "34K TPM"
month = "49 per unit-month"
[[model.dtu]]
spec = "Efficient"
input = "291K TPM"
output = "36K TPM"
month = "48 per unit-month"
[[model.standard]]
tiers = [{ input = "900 per 1M tokens", output = "900 per 1M tokens" }]

[[model]]
code = "called"
[[model.standard]]
tiers = [{ up_to = "4K tokens", input = "1.3 per 1M tokens", output = "0.7 per 1M tokens" }, { input = "1.7 per 1M tokens", output = "3.1 per 1M tokens" }]

[[model]]
code = "tuned"
[[model.fine_tuned]]
input = "0.002 per 1K tokens"
output = [{ mode = "non-thinking", price = "0.008 per 1K tokens" }, { mode = "thinking", price = "0.02 per 1K tokens" }]
"#;

/// A provider that sells units by the month, and by the week.
const OURS: &str = r#"
version = 1

[provider]
id = "ours"
name = "Our Cloud"
region = "global"
region_name = "Global"
currency = "USD"

[billing.ptu]
increment = "hour"

[[model]]
code = "by-month"
[[model.capacity]]
unit = { name = "PTU", adds = { tokens = "3400 TPM" }, smallest = 15, step = 5, hour = "1 per unit-hour", month = "2 per unit-month" }
[[model.capacity.meters]]
name = "tokens"
weights = [{ input = "1", output = "8" }]
[[model.standard]]
tiers = [{ input = "175 per 1M tokens", output = "1400 per 1M tokens" }]
"#;

const CAPACITY: &str = "--replica-capacity MU1x2=7k/1k";

fn folder() -> Folder {
    let folder = Folder::new(&[
        ("prices.toml", CATALOG),
        ("ours.toml", OURS),
        ("log.csv", &log()),
    ]);
    fs::create_dir(folder.path().join("plans")).unwrap();
    folder
}

/// Five days of calls.
fn log() -> String {
    let mut log = "time,kind,input_tokens,output_tokens,cached_tokens\n".to_owned();
    for day in 3..8 {
        for hour in 0..24 {
            for at in 0..=(hour % 4) {
                let (input, output) = (700 + 321 * hour + day, 60 + 17 * hour);
                let minute = at * 11;
                writeln!(
                    log,
                    "2026-11-{day:02}T{hour:02}:{minute:02}:00+08:00,{},{input},{output},{}",
                    if at == 1 { "x" } else { "chat" },
                    input / 3
                )
                .unwrap();
            }
        }
    }
    log
}

/// A command line, in which `@` stands for the folder.
fn line_of(folder: &Folder, line: &str) -> Vec<String> {
    let here = format!("{}/", folder.path().to_str().unwrap());
    let line = line.replace(" @", &format!(" {here}"));
    line.split_whitespace().map(str::to_owned).collect()
}

/// What a comparison prints as JSON, and the plan that it writes.
fn written(folder: &Folder, compare: &[String]) -> (Value, String) {
    let mut args = compare.to_vec();
    args.extend([
        "--json".to_owned(),
        "--write-plan".to_owned(),
        folder.path_of("plan.toml"),
    ]);
    let outcome = run(&args);
    assert_eq!(
        (outcome.code, outcome.stderr.as_str()),
        (0, ""),
        "{compare:?}"
    );
    let [(path, text)] = outcome.new_files.as_slice() else {
        panic!("{compare:?}: {:?}", outcome.new_files);
    };
    assert_eq!(path.to_str().unwrap(), folder.path_of("plan.toml"));
    assert_taken(Kind::Plan, text);
    (serde_json::from_str(&outcome.stdout).unwrap(), text.clone())
}

/// The option that is planned. `check` costs what it does, without a flag.
fn planned(folder: &Folder, compare: &str) -> (String, String) {
    planned_of(folder, &line_of(folder, compare))
}

fn planned_of(folder: &Folder, compare: &[String]) -> (String, String) {
    let (compared, text) = written(folder, compare);
    folder.file("plan.toml", &text);
    let report = json(&["check", &folder.path_of("plan.toml")]);
    fs::remove_file(folder.path_of("plan.toml")).unwrap();
    let best = &compared["options"][0];
    let total = |value: &Value| fraction(value.as_str().unwrap());
    assert_eq!(
        total(&report["total"]),
        total(&best["quote"]["total"]),
        "{compare:?}\n{text}"
    );
    assert_eq!(report["currency"], best["quote"]["currency"], "{compare:?}");
    (best["option"].as_str().unwrap().to_owned(), text)
}

#[test]
fn whichever_way_wins_the_plan_costs_the_same() {
    let folder = folder();
    let steady = [
        "--rpm 20 --input-per-request 3000 --output-per-request 300",
        "--rpm 20 --input-per-request 3000 --output-per-request 300 --hours-per-day 9",
        "--rpm 7.5 --input-per-request 3000 --output-per-request 300 --cached-per-request 1000 --hours-per-day 7h20m --days 31",
    ];
    let logs = [
        "--trace @log.csv",
        "--trace @log.csv --scale-to 30",
        "--trace @log.csv --scale-to 31 --pattern day --where kind=chat --fit p99",
    ];
    let ours = "by-month --catalog @ours.toml";
    for (option, model) in [
        ("ptu-hourly", "by-hour"),
        ("ptu-hourly", "by-hour --mode code-interpreter"),
        ("ptu-daily", "by-day"),
        ("ptu-monthly", ours),
        ("reservation-daily", "reserved"),
        ("mu-hourly", "rented"),
        ("mu-monthly", "rented-monthly"),
        ("dtu-monthly", "dedicated"),
        ("standard", "called"),
        ("fine-tuned", "tuned --fine-tuned"),
        ("fine-tuned", "tuned --fine-tuned --mode thinking"),
    ] {
        for workload in steady.iter().chain(&logs) {
            for more in ["", "--discount 12.5% --as-of 2026-11-08"] {
                let own =
                    format!("compare {model} --catalog @prices.toml {CAPACITY} {workload} {more}");
                // A capacity of what a model does not have is a slip.
                let own = match model.starts_with("rented") {
                    true => own,
                    false => own.replace(CAPACITY, ""),
                };
                // Terms of 31 days are not sold.
                let own = match option {
                    "reservation-daily" => own.replace("31", "30"),
                    _ => own,
                };
                let (found, _) = planned(&folder, &own);
                assert_eq!(found, option, "{own}");
            }
        }
    }
}

#[test]
fn a_week_with_holes_is_planned_whichever_way_wins() {
    let folder = folder();
    for (option, model) in [
        ("ptu-hourly", "by-hour"),
        ("ptu-daily", "by-day"),
        ("reservation-daily", "reserved"),
        ("mu-hourly", "rented"),
        ("mu-monthly", "rented-monthly"),
        ("dtu-monthly", "dedicated"),
        ("standard", "called"),
        ("fine-tuned", "tuned --fine-tuned"),
    ] {
        for days in ["30", "29"] {
            let line = format!("compare {model} --catalog @prices.toml --days {days}");
            let mut args = line_of(&folder, &line);
            if model.starts_with("rented") {
                args.extend(CAPACITY.split(' ').map(str::to_owned));
            }
            for load in [
                "mon-fri 09:00-18:00 20rpm 3000/300",
                "sun 20:00-22:00 2rpm 900/90",
            ] {
                args.extend(["--load".to_owned(), load.to_owned()]);
            }
            let (found, text) = planned_of(&folder, &args);
            assert_eq!(found, option, "{line}");
            assert!(
                text.contains("load = [\"mon-fri 09:00-18:00 20rpm 3000/300\", "),
                "{text}"
            );
        }
    }
}

#[test]
fn savings_plans_and_free_quotas_are_planned() {
    let folder = folder();
    let model = "qwen3-max-2025-09-23";
    for (option, workload) in [
        (
            "savings-plan",
            "--rpm 30 --input-per-request 4000 --output-per-request 400",
        ),
        (
            "savings-plan",
            "--rpm 30 --input-per-request 4000 --output-per-request 400 --free-quota 1M --free-used 200k",
        ),
        (
            "standard",
            "--rpm 0.1 --input-per-request 4000 --output-per-request 400 --free-quota 1M --package 2M@2027-01-31 --package-price 3",
        ),
        (
            "standard",
            "--rpm 0.1 --input-per-request 4000 --output-per-request 400 --cache-write-per-request 100 --days 12",
        ),
    ] {
        let (found, _) = planned(&folder, &format!("compare {model} {workload}"));
        assert_eq!(found, option, "{workload}");
    }
    // Enough calls for a commitment.
    let mut log = "time,input_tokens,output_tokens\n".to_owned();
    for minute in 0..3000 {
        let (day, hour, minute) = (3 + minute / 1440, minute / 60 % 24, minute % 60);
        writeln!(
            log,
            "2026-11-{day:02}T{hour:02}:{minute:02}:00+08:00,30000,900"
        )
        .unwrap();
    }
    folder.file("busy.csv", &log);
    let (found, text) = planned(
        &folder,
        &format!("compare {model} --trace @busy.csv --scale-to 30"),
    );
    assert_eq!(found, "savings-plan");
    assert!(text.contains("savings_plan = "), "{text}");
}

#[test]
fn several_models_are_planned_each_in_its_best_way_and_region() {
    let folder = folder();
    let load = "--rpm 20 --input-per-request 3000 --output-per-request 300";
    let compare = format!(
        "compare qwen3-max qwen-plus-2025-12-01 by-day {load} --region cn-beijing,ap-southeast-1 --catalog @prices.toml --fx 1USD=7.1CNY"
    );
    let compare = compare.replace("qwen3-max ", "qwen3-max-2025-09-23 ");
    let (compared, text) = written(&folder, &line_of(&folder, &compare));
    folder.file("plan.toml", &text);
    let report = json(&["check", &folder.path_of("plan.toml")]);
    let deployments = report["deployments"].as_array().unwrap();
    assert_eq!(deployments.len(), 3);
    for one in deployments {
        let options = compared["options"].as_array().unwrap();
        let best = options
            .iter()
            .find(|option| option["quote"]["model"]["code"] == one["model"])
            .unwrap();
        assert_eq!(one["total"], best["quote"]["total"], "{text}");
    }
}

#[test]
fn a_plan_says_what_is_bought_and_from_which_command_it_is() {
    let folder = folder();
    let (_, text) = written(
        &folder,
        &line_of(
            &folder,
            "compare by-day --trace @log.csv --where kind=chat --scale-to 30 --fit p99 --catalog @prices.toml",
        ),
    );
    let here = format!("{}/", folder.path().to_str().unwrap());
    let expected = "#:schema ./tollgate.schema.json
# Written on 2026-11-20 by `tollgate compare by-day --trace log.csv --where kind=chat --scale-to 30 --fit p99 --catalog prices.toml --json --write-plan plan.toml`
# `tollgate check` prices it, and `tollgate schema plan` writes the schema that is named above
version = 1
days = 30
catalog = \"prices.toml\"

# ptu-daily: ¥24 for 30 days
[[deployment]]
name = \"by-day\"
method = \"ptu\"
model = \"by-day\"
days = 30
input_tpm = 30000
output_tpm = 3000
trace = \"log.csv\"
where = \"kind=chat\"
scale_to = 30
";
    let text = text.replace(&here, "");
    let [before, after] = [&text, &expected.to_owned()].map(|text| {
        let at = text.find("# ptu-daily").unwrap();
        let (head, rest) = text.split_at(at);
        (head.to_owned(), rest.lines().count())
    });
    assert_eq!(before, after, "{text}");
    for line in [
        "method = \"ptu\"",
        "days = 30",
        "trace = \"log.csv\"",
        "where = \"kind=chat\"",
        "scale_to = 30",
    ] {
        assert!(text.contains(&format!("\n{line}\n")), "{text}");
    }
}

fn refused(folder: &Folder, compare: &str) -> Outcome {
    let mut args = line_of(folder, compare);
    args.extend(["--write-plan".to_owned(), folder.path_of("plan.toml")]);
    let outcome = run(&args);
    assert_eq!(
        (outcome.stdout.as_str(), outcome.new_files.len()),
        ("", 0),
        "{compare}"
    );
    outcome
}

#[test]
fn a_file_that_is_there_is_not_written_over() {
    let folder = folder();
    folder.file("plan.toml", "mine");
    let load = "--rpm 20 --input-per-request 3000 --output-per-request 300";
    let outcome = refused(
        &folder,
        &format!("compare called --catalog @prices.toml {load}"),
    );
    let here = format!("{}/", folder.path().to_str().unwrap());
    assert_eq!(
        (outcome.code, outcome.stderr.replace(&here, "")),
        (
            1,
            "error: cannot write `plan.toml`: there is such a file already\n\nhint: name another file, or remove this one first\n".to_owned()
        )
    );
}

#[test]
fn what_a_plan_cannot_say_is_refused() {
    let folder = folder();
    let load = "--rpm 20 --input-per-request 3000 --output-per-request 300";
    for (compare, code, message) in [
        // Whether prefill and decode run apart is no key.
        (
            format!("compare apart --catalog @prices.toml {CAPACITY} {load}"),
            1,
            "what is best cannot be planned: at `model = \"apart\"`, ",
        ),
        (
            format!("compare alone --catalog @prices.toml {load}"),
            1,
            "no option is known to serve the workload by `alone`, so there is none to plan",
        ),
        (
            "compare called --catalog @prices.toml --trace -".to_owned(),
            2,
            "`--write-plan` names the log in the plan, and the standard input has no name",
        ),
        (
            format!(
                "compare called --catalog @prices.toml {load} --output @plan.toml.md --chart-file @plan.toml"
            ),
            2,
            "would write over what `--chart-file` writes",
        ),
    ] {
        let outcome = refused(&folder, &compare);
        assert_eq!(outcome.code, code, "{}", outcome.stderr);
        assert!(outcome.stderr.contains(message), "{}", outcome.stderr);
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 48, ..ProptestConfig::default() })]

    #[test]
    fn any_load_is_planned_at_its_cost(
        model in prop::sample::select(vec![
            "qwen3-max-2025-09-23", "qwen3-8b", "by-day", "by-hour", "dedicated", "called",
        ]),
        rpm in 1_u64..400,
        input in 1_u64..9_000,
        output in 1_u64..900,
        hours in prop::option::of(1_u64..=24),
        days in 1_u64..95,
    ) {
        let folder = folder();
        let mut compare = format!(
            "compare {model} --catalog @prices.toml --rpm {rpm} --input-per-request {input} --output-per-request {output} --days {days}"
        );
        if let Some(hours) = hours {
            write!(compare, " --hours-per-day {hours}").unwrap();
        }
        planned(&folder, &compare);
    }
}
