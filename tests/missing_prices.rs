//! Of a provider of which the catalog has a part, what is not there is missing, and not refused: the lines that are
//! shown make the same command work.

#![allow(clippy::unwrap_used)]

use std::fs;

use assert_cmd::Command;
use tempfile::TempDir;

fn run(folder: &TempDir, line: &str) -> (i32, String, String) {
    let output = Command::new(assert_cmd::cargo::cargo_bin!("tollgate"))
        .current_dir(folder.path())
        .args(line.split_whitespace())
        .env("TOLLGATE_TODAY", "2026-12-01")
        .env_remove("TOLLGATE_CATALOG")
        .output()
        .unwrap();
    let text = |bytes: Vec<u8>| String::from_utf8(bytes).unwrap();
    let code = output.status.code().unwrap();
    (code, text(output.stdout), text(output.stderr))
}

/// What is said of a line before the lines of TOML, and its total once these are filled in: each `?` is a 2.
fn filled_in(folder: &TempDir, line: &str) -> (String, String) {
    let (code, stdout, stderr) = run(folder, line);
    assert_eq!((code, stdout.as_str()), (1, ""), "{line}: {stderr}");
    let parts = stderr.split_once("\n\nversion = 1\n");
    assert!(parts.is_some(), "{line}: {stderr}");
    let (said, lines) = parts.unwrap();
    fs::write(
        folder.path().join("own.toml"),
        format!("version = 1\n{}", lines.replace('?', "2")),
    )
    .unwrap();
    let (code, stdout, stderr) = run(folder, &format!("{line} --catalog own.toml --format total"));
    assert_eq!((code, stderr.as_str()), (0, ""), "{line}");
    (said.to_owned(), stdout.trim_end().to_owned())
}

const PUT: &str =
    "put what you pay into a file, in place of each `?`, and name it with `--catalog`:";

#[test]
fn a_model_of_another_region_names_it_and_the_lines() {
    let folder = TempDir::new().unwrap();
    let places = "the catalog has it in `global` (Global) and `data-zone` (Data zone): use `--region global`";
    for (line, total) in [
        (
            "quote ptu o1 --region regional --units 100 --hours 3",
            "600",
        ),
        (
            "quote ptu azure/O1 --region Regional --units 100 --years 1",
            "200",
        ),
        (
            "quote tokens o1 --region regional --input 1M --output 500K",
            "3",
        ),
        (
            "compare o1 --region regional --rpm 1 --input-per-request 1000 --output-per-request 0",
            "86.4",
        ),
    ] {
        let (said, found) = filled_in(&folder, line);
        let expected = format!(
            "error: a price of `o1` in `regional` is not in the catalog\n\nhint: {places}, or {PUT}"
        );
        assert_eq!((said, found), (expected, total.to_owned()), "{line}");
    }
    let (code, stdout, stderr) = run(&folder, "models gpt-5.4-mini --region regional");
    assert_eq!((code, stdout.as_str()), (1, ""));
    assert!(
        stderr.contains("of `gpt-5.4-mini` in `regional` is not in the catalog"),
        "{stderr}"
    );
    // There are no lines of model units and fine-tuned tokens, and a region of another provider has none of it.
    for line in [
        "quote tokens o1 --region regional --rate fine-tuned --input 1M --output 1",
        "quote mu o1 --region regional --hours 1",
        "quote tokens o1 --region cn-beijing --input 1M --output 1",
    ] {
        let (code, stdout, stderr) = run(&folder, line);
        assert_eq!((code, stdout.as_str()), (1, ""), "{line}");
        let hint = places.replace("the catalog has it", "sold");
        assert!(
            stderr.ends_with(&format!("\n\nhint: {hint}\n")),
            "{line}: {stderr}"
        );
    }
}

/// A region of Azure is none of the catalog, which has types of deployments.
#[test]
fn a_region_of_a_cloud_is_answered_with_those_of_the_model() {
    let folder = TempDir::new().unwrap();
    for region in ["swedencentral", "eastus"] {
        for line in [
            "quote ptu gpt-5.2 --units 50 --months 1",
            "compare gpt-5.2 gemini-2.5-pro --rpm 1 --input-per-request 10 --output-per-request 1",
            "models gpt-5.2",
        ] {
            let found = run(&folder, &format!("{line} --region {region}"));
            let said = format!(
                "error: no region `{region}`\n\nhint: `gpt-5.2` is in `global` (Global), `data-zone` (Data zone) and `regional` (A single region)\n"
            );
            assert_eq!(found, (1, String::new(), said), "{line}");
        }
    }
}

/// The lines are of the region that is asked for, whichever command asks.
#[test]
fn a_new_model_has_the_lines_of_its_region() {
    let folder = TempDir::new().unwrap();
    for provider in ["azure", "google"] {
        for region in ["global", "data-zone", "REGIONAL", "cn-beijing"] {
            for (line, total) in [
                ("quote ptu MODEL --units 50 --hours 1", "100"),
                ("quote tokens MODEL --input 1M --output 500K", "3"),
                (
                    "compare MODEL --rpm 1 --input-per-request 1000 --output-per-request 0",
                    "86.4",
                ),
            ] {
                let model = format!("{provider}/new --region {region}");
                let line = line.replace("MODEL", &model);
                let (said, found) = filled_in(&folder, &line);
                let expected =
                    format!("error: `{provider}/new` is not in the catalog\n\nhint: {PUT}");
                assert_eq!((said, found), (expected, total.to_owned()), "{line}");
                let lines = fs::read_to_string(folder.path().join("own.toml")).unwrap();
                let region = format!("\nregion = \"{}\"\n", region.to_lowercase());
                assert!(lines.contains(&region), "{lines}");
            }
        }
    }
}

/// A region is named only where it has the price that is asked for.
#[test]
fn the_regions_that_are_named_have_what_is_asked_for() {
    let folder = TempDir::new().unwrap();
    let (global, both) = (
        "`global` (Global)",
        "`global` (Global) and `data-zone` (Data zone)",
    );
    for (line, places) in [
        (
            "quote ptu gpt-5.4-mini --region regional --units 50 --hours 1",
            global,
        ),
        (
            "quote tokens gpt-5.4-mini --region regional --input 1M --output 500K",
            both,
        ),
    ] {
        assert_eq!(
            filled_in(&folder, line).0,
            format!(
                "error: a price of `gpt-5.4-mini` in `regional` is not in the catalog\n\nhint: the catalog has it in {places}: use `--region global`, or {PUT}"
            )
        );
    }
}

/// What no lines would make work is not sold so.
#[test]
fn a_new_model_has_no_lines_of_what_they_cannot_add() {
    let folder = TempDir::new().unwrap();
    for provider in ["azure", "google"] {
        for (line, how) in [
            ("quote mu MODEL --hours 1", "in model units (`quote mu`)"),
            (
                "quote dtu MODEL --units 1 --months 1",
                "in dedicated throughput units (`quote dtu`)",
            ),
            (
                "quote ptu MODEL --service standard --input-tpm 10k --output-tpm 1k --days 1",
                "as a throughput reservation of standard speed (`quote ptu --service standard`)",
            ),
            (
                "quote ptu MODEL --service high-speed --input-tpm 10k --output-tpm 1k",
                "as a throughput reservation of high speed (`quote ptu --service high-speed`)",
            ),
            (
                "quote tokens MODEL --rate fine-tuned --input 1 --output 1",
                "by fine-tuned token (`--rate fine-tuned`)",
            ),
        ] {
            let model = format!("{provider}/new");
            let (code, stdout, stderr) = run(&folder, &line.replace("MODEL", &model));
            assert_eq!((code, stdout.as_str()), (1, ""));
            assert_eq!(
                stderr,
                format!(
                    "error: `{model}` is not sold {how}\n\nhint: add a price for `{model}` in a file of your own with `--catalog`\n"
                )
            );
        }
    }
}

/// Of a provider that the catalog has whole, a model is not sold where it is not there.
#[test]
fn a_model_of_a_whole_provider_is_not_sold_in_another_region() {
    let folder = TempDir::new().unwrap();
    let (code, stdout, stderr) = run(
        &folder,
        "quote tokens deepseek-v3 --region ap-southeast-1 --input 1M --output 1",
    );
    assert_eq!((code, stdout.as_str()), (1, ""));
    assert_eq!(
        stderr,
        "error: `deepseek-v3` is not sold in `ap-southeast-1`\n\nhint: sold in `cn-beijing` (China (Beijing)): use `--region cn-beijing`\n"
    );
}

#[test]
fn a_comparison_of_all_regions_says_which_are_missing() {
    let folder = TempDir::new().unwrap();
    let line = "compare gpt-5.4-mini --region all --rpm 10 --input-per-request 100 --output-per-request 10";
    let (code, stdout, stderr) = run(&folder, line);
    assert_eq!((code, stderr.as_str()), (0, ""));
    let said = "\n Not priced: a price of `gpt-5.4-mini` in `regional` is not in the catalog\n";
    assert!(stdout.contains(said), "{stdout}");
}

/// Lines of a comparison from the first one up to an empty one, and those that say what has no price.
fn said_of(stdout: &str) -> (String, String) {
    let lines = |skip: &dyn Fn(&&str) -> bool| {
        let lines = stdout.lines().skip_while(skip);
        let lines = lines.take_while(|line| !line.is_empty());
        lines.map(str::trim).collect::<Vec<_>>().join(" ")
    };
    let not_priced = |line: &&str| !line.trim().starts_with("Not priced");
    (lines(&|_| false), lines(&not_priced))
}

/// A way without a price is not the cheapest one for want of a price alone.
#[test]
fn a_comparison_says_what_the_catalog_has_not() {
    let folder = TempDir::new().unwrap();
    fs::write(
        folder.path().join("log.csv"),
        "time,model,input_tokens,output_tokens\n2026-11-20T10:00:00+08:00,gemini-2.5-pro,250000,100\n2026-11-20T10:01:00+08:00,gpt-5.2,100000,0\n",
    )
    .unwrap();
    let long = "--rpm 10 --input-per-request 250k --output-per-request 1000";
    let short = "--rpm 10 --input-per-request 2500 --output-per-request 1000";
    let beyond = "Not priced: standard of gemini-2.5-pro: calls beyond 200K are not in the catalog";
    for (line, start, said) in [
        (
            format!("compare gemini-2.5-pro {long}"),
            "Cheapest of what is priced: PTU by the month (132 GSU) of Gemini 2.5 Pro, USD 356,400.00 for 30 days (global)",
            beyond,
        ),
        (
            format!("compare gpt-5.2 gemini-2.5-pro {long}"),
            "Cheapest of what is priced: ordinary calls of GPT-5.2, USD 195,048.00 for 30 days (global)",
            beyond,
        ),
        (
            format!("compare gpt-5.2 --region regional {short}"),
            "Cheapest of what is priced: PTU by the month (50 PTU) of GPT-5.2, USD 14,300.00 for 30 days (regional)",
            "Not priced: standard of gpt-5.2: its price is not in the catalog",
        ),
        (
            format!("compare gpt-5.4-mini --region all {short}"),
            "Cheapest of what is priced: ordinary calls of GPT-5.4 mini, USD 2,754.00 for 30 days (global)",
            "Not priced: PTU of gpt-5.4-mini in data-zone: its price is not in the catalog Not priced: a price of `gpt-5.4-mini` in `regional` is not in the catalog",
        ),
        (
            "compare gemini-2.5-pro --trace log.csv".to_owned(),
            "Cheapest of what is priced: PTU by the week (13 GSU) of Gemini 2.5 Pro, USD 15,600.00 for 2 minutes (global)",
            beyond,
        ),
        (
            "compare gemini-2.5-pro --trace log.csv --scale-to 30 --growth 5%/month".to_owned(),
            "The best way of what is priced is ptu-monthly in each of 12 months at 5%/month, USD 421,200.00 in all. Cheapest of what is priced: PTU by the month (13 GSU) of Gemini 2.5 Pro, USD 35,100.00 for 30 days (global)",
            beyond,
        ),
        (
            "compare --trace log.csv".to_owned(),
            "Best of what is priced: USD 15,600.18 for 2 calls of 2 models in log.csv",
            "Not priced standard of gemini-2.5-pro: calls beyond 200K are not in the catalog",
        ),
        (
            "compare --trace log.csv --scale-to 30 --growth 5%/month".to_owned(),
            "Best of what is priced over 12 months of 30 days at 5%/month: USD 421,263.00 for 2 calls of 2 models",
            "Not priced standard of gemini-2.5-pro: calls beyond 200K are not in the catalog",
        ),
    ] {
        let (code, stdout, stderr) = run(&folder, &line);
        assert_eq!((code, stderr.as_str()), (0, ""), "{line}");
        let (answer, not_priced) = said_of(&stdout);
        assert!(answer.starts_with(start), "{line}: {answer}");
        assert_eq!(not_priced, said, "{line}");
    }
}

/// Of every model in every region, the table says what JSON says, and no more where nothing is missing.
#[test]
fn no_price_that_is_missing_is_passed_over() {
    let folder = TempDir::new().unwrap();
    let (_, models, _) = run(&folder, "models --format json");
    let models: serde_json::Value = serde_json::from_str(&models).unwrap();
    let mut missing = 0;
    let codes = models["models"].as_array().unwrap().iter();
    for model in codes.step_by(5) {
        let code = format!(
            "{}/{}",
            model["provider"].as_str().unwrap(),
            model["code"].as_str().unwrap()
        );
        for input in ["100", "250k"] {
            let line = format!(
                "compare {code} --region all --rpm 1 --input-per-request {input} --output-per-request 0"
            );
            let (status, json, _) = run(&folder, &format!("{line} --format json"));
            if status != 0 {
                continue;
            }
            let json: serde_json::Value = serde_json::from_str(&json).unwrap();
            let reasons = json["unavailable"].as_array().unwrap().iter();
            let mut reasons = reasons.map(|one| one["reason"].as_str().unwrap());
            let mut elsewhere = json["not_sold"].as_array().into_iter().flatten();
            let is_missing = reasons.any(|reason| reason.contains("shows the lines that add it"))
                || elsewhere.any(|one| one["message"].as_str().unwrap().contains("catalog"));
            let (_, stdout, _) = run(&folder, &line);
            let (answer, not_priced) = said_of(&stdout);
            assert_eq!(answer.contains("of what is priced"), is_missing, "{line}");
            assert_eq!(not_priced.contains("the catalog"), is_missing, "{line}");
            missing += u32::from(is_missing);
        }
    }
    assert!(missing > 3, "{missing}");
}

/// 3 units of 2 for one of each term.
#[test]
fn the_lines_of_units_have_the_period_that_is_asked_for() {
    let folder = TempDir::new().unwrap();
    for (model, how) in [
        ("azure/new", "`azure/new` is not in the catalog"),
        ("google/new", "`google/new` is not in the catalog"),
        (
            "azure/new --region regional",
            "`azure/new` is not in the catalog",
        ),
        // The provider has nothing there.
        (
            "google/new --region Data-Zone",
            "`google/new` is not in the catalog",
        ),
        (
            "gpt-5.4-mini --region data-zone",
            "a price of `gpt-5.4-mini` by provisioned throughput (`quote ptu`) in `data-zone` is not in the catalog",
        ),
    ] {
        for term in [
            "hours", "days", "months", "blocks", "weeks", "quarters", "years",
        ] {
            let line = format!("quote ptu {model} --units 4 --{term} 1");
            let (said, total) = filled_in(&folder, &line);
            assert_eq!(
                (said, total),
                (format!("error: {how}\n\nhint: {PUT}"), "8".to_owned()),
                "{line}"
            );
            let lines = fs::read_to_string(folder.path().join("own.toml")).unwrap();
            let period = term.trim_end_matches('s');
            assert!(
                lines.contains(&format!(" {period} = \"2 per unit-{period}\"")),
                "{lines}"
            );
        }
    }
    let load = "quote ptu azure/new --fit peak --weeks 1 --rpm 2 --input-per-request 1 --output-per-request 1";
    assert_eq!(filled_in(&folder, load).1, "8");
    fs::write(
        folder.path().join("log.csv"),
        "time,input_tokens,output_tokens\n2026-11-20T10:00:00+08:00,2,1\n",
    )
    .unwrap();
    let log = "quote ptu azure/new --fit peak --months 1 --trace log.csv";
    assert_eq!(filled_in(&folder, log).1, "4");
}

/// What a model of a provider costs by hour and mode up to a length, without batch calls.
const OWN: &str = r#"version = 1
[provider]
id = "azure"
[[model]]
code = "chat"
[[model.standard]]
batch = false
tiers = [
  { up_to = "100 tokens", mode = "thinking", input = "0.01 per 1K tokens", output = "5 per token" },
  { up_to = "2000 tokens", mode = "thinking", input = "0.02 per 1K tokens", cache_write = "3 per 1M tokens", output = "6 per token" },
  { up_to = "100 tokens", mode = "non-thinking", hours = "08:00-22:00", input = "3 per 1M tokens", output = "9 per 1M tokens" },
  { mode = "non-thinking", hours = "22:00-08:00", input = "1 per 1M tokens", output = "2 per 1M tokens" },
]
"#;

/// 10 calls of 250,000 and 100 tokens are 2.501M at 2 a million.
#[test]
fn longer_calls_of_a_part_have_the_lines_of_a_tier() {
    let folder = TempDir::new().unwrap();
    fs::write(
        folder.path().join("log.csv"),
        "time,input_tokens,output_tokens\n2026-11-20T10:00:00+08:00,250000,100\n2026-11-20T10:01:00+08:00,100000,0\n",
    )
    .unwrap();
    let one = "a request of 250,000 input tokens is beyond the last tier, which ends at 200K";
    let catalog = "the catalog has no price of longer calls: ";
    for (line, said, total) in [
        ("quote tokens gemini-2.5-pro --input 2500K --output 1000 --requests 10", format!("{one}\n\nhint: {catalog}"), "5.002"),
        (
            "quote tokens gemini-2.5-pro --rpm 1 --hours-per-day 1 --days 1 --input-per-request 250000 --output-per-request 100",
            format!("{one}\n\nhint: {catalog}"),
            "30.012",
        ),
        // 1,200 for a week, and 10,080 calls.
        (
            "quote ptu gemini-2.5-pro --units 1 --weeks 1 --rpm 1 --input-per-request 250000 --output-per-request 100",
            format!("{one}\n\nhint: {catalog}"),
            "6242.016",
        ),
        // And 0.1M at 1.25.
        (
            "quote tokens gemini-2.5-pro --trace log.csv",
            "a call of 250,000 input tokens is beyond the last tier, which ends at 200K\n\nhint: leave them out with `--where`, or ".to_owned(),
            "0.6252",
        ),
        (
            "quote ptu gemini-2.5-pro --units 1 --weeks 1 --trace log.csv",
            "a call of 250,000 input tokens is beyond the last tier, which ends at 200K\n\nhint: reserve so much that they fit, use `--on-overflow reject`, or ".to_owned(),
            "1200.6252",
        ),
    ] {
        let found = filled_in(&folder, line);
        assert_eq!(found, (format!("error: {said}{PUT}"), total.to_owned()), "{line}");
    }
    let line = "compare gemini-2.5-pro --details --rpm 1 --input-per-request 250000 --output-per-request 100";
    let (code, stdout, stderr) = run(&folder, line);
    assert_eq!((code, stderr.as_str()), (0, ""));
    let said = "\n   standard of gemini-2.5-pro: a request of 250,000 input tokens is beyond the\n     last tier, which ends at 200K (`tollgate quote` of it shows the lines that\n     add it)\n";
    assert!(stdout.contains(said), "{stdout}");
    // It has the price then: 43,200 calls of 250,100 tokens.
    let line = format!("{line} --catalog own.toml --format csv");
    let (code, stdout, stderr) = run(&folder, &line);
    assert_eq!((code, stderr.as_str()), (0, ""));
    assert!(stdout.contains("21608.64"), "{stdout}");
}

/// 60 PTU take 566 calls a minute of 360: the other 434 of 220 tokens at 2 a million are 0.19096 a minute, and 100,000
/// of a log 0.2.
#[test]
fn overflow_without_a_price_in_a_part_has_the_lines_of_ordinary_calls() {
    let folder = TempDir::new().unwrap();
    fs::write(
        folder.path().join("log.csv"),
        "time,input_tokens,output_tokens\n2026-11-20T10:00:00+08:00,150000,0\n2026-11-20T10:00:01+08:00,100000,0\n",
    )
    .unwrap();
    let load = "--rpm 1000 --input-per-request 200 --output-per-request 20";
    let hint = format!(
        "reserve so much that they fit, as `--fit peak` does, use `--on-overflow reject`, or {PUT}"
    );
    for (line, total) in [
        (format!("--units 60 --hours 1 {load}"), "131.4576"),
        (
            "--units 50 --months 1 --trace log.csv".to_owned(),
            "14300.2",
        ),
    ] {
        let line = format!("quote ptu gpt-5.2 --region regional {line}");
        let said = "error: calls overflow, and a price of ordinary calls of `gpt-5.2` in `regional` is not in the catalog";
        let expected = (format!("{said}\n\nhint: {hint}"), total.to_owned());
        assert_eq!(filled_in(&folder, &line), expected, "{line}");
        // The other ways out are ways out.
        let (code, stdout, stderr) = run(&folder, &format!("{line} --on-overflow reject"));
        assert_eq!((code, stderr.as_str()), (0, ""), "{line}");
        let said = "60 PTU may not be for sale: PTU is sold from 50 on in";
        assert_eq!(stdout.contains(said), line.contains("--units 60"), "{line}");
        let fitted = line.replace("--units 60", "--fit peak");
        let fitted = fitted.replace("--units 50", "--fit peak");
        let (code, _, stderr) = run(&folder, &fitted);
        assert_eq!((code, stderr.as_str()), (0, ""), "{fitted}");
    }
    let plan = "version = 1\n[[deployment]]\nname = \"it\"\nmethod = \"ptu\"\nmodel = \"gpt-5.2\"\nregion = \"regional\"\nmonths = 1\nrpm = 1000\ninput_per_request = 200\noutput_per_request = 20\n";
    let check = |size: &str| {
        fs::write(
            folder.path().join("tollgate.toml"),
            format!("{plan}{size}\n"),
        )
        .unwrap();
        run(&folder, "check")
    };
    let (code, stdout, stderr) = check("units = 60");
    assert_eq!((code, stdout.as_str()), (1, ""));
    let said = "in `regional` is not in the catalog: write `fit = \"peak\"` in place of the size, or `on_overflow = \"reject\"`, or put what you pay into a file and name it as `catalog` of the plan; `tollgate quote` of it shows its lines";
    assert!(stderr.lines().next().unwrap().ends_with(said), "{stderr}");
    for size in ["fit = \"peak\"", "units = 60\non_overflow = \"reject\""] {
        let (code, _, stderr) = check(size);
        assert_eq!((code, stderr.as_str()), (0, ""), "{size}");
    }
}

#[test]
fn a_tier_that_is_added_keeps_those_of_other_modes_and_hours() {
    let folder = TempDir::new().unwrap();
    fs::write(folder.path().join("prices.toml"), OWN).unwrap();
    let line = "quote tokens chat --catalog prices.toml --requests 1 --mode thinking";
    let (_, total) = filled_in(&folder, &format!("{line} --input 1M --output 1M"));
    assert_eq!(total, "4");
    assert_eq!(
        fs::read_to_string(folder.path().join("own.toml")).unwrap(),
        r#"version = 1

[provider]
id = "azure"
region = "global"

[[model]]
code = "chat"

[[model.standard]]
tiers = [
  { up_to = "100 tokens", mode = "thinking", input = "0.01 per 1K tokens", output = "5 per token" },
  { up_to = "2000 tokens", mode = "thinking", input = "0.02 per 1K tokens", cache_write = "3 per 1M tokens", output = "6 per token" },
  { mode = "thinking", input = "2 per 1M tokens", cache_write = "2 per 1M tokens", output = "2 per 1M tokens" },
  { up_to = "100 tokens", mode = "non-thinking", hours = "08:00-22:00", input = "3 per 1M tokens", output = "9 per 1M tokens" },
  { mode = "non-thinking", hours = "08:00-22:00", input = "2 per 1M tokens", output = "2 per 1M tokens" },
  { mode = "non-thinking", hours = "22:00-08:00", input = "1 per 1M tokens", output = "2 per 1M tokens" },
]
batch = false
"#
    );
}

/// A plan names the command that shows the lines.
#[test]
fn a_plan_says_where_the_lines_are() {
    let folder = TempDir::new().unwrap();
    let deployment = |what: &str| {
        format!(
            "version = 1\n[[deployment]]\nname = \"it\"\nmethod = \"tokens\"\n{what}\noutput = 0\n"
        )
    };
    for (what, said) in [
        (
            "model = \"o1\"\nregion = \"regional\"\ninput = \"1M\"",
            "5:1: a price of `o1` in `regional` is not in the catalog",
        ),
        (
            "model = \"azure/new\"\ninput = \"1M\"",
            "5:1: `azure/new` is not in the catalog",
        ),
        (
            "model = \"gemini-2.5-pro\"\ninput = \"1M\"\nrequests = 4",
            "5:1: a request of 250,000 input tokens is beyond the last tier, which ends at 200K",
        ),
    ] {
        fs::write(folder.path().join("tollgate.toml"), deployment(what)).unwrap();
        let (code, stdout, stderr) = run(&folder, "check");
        assert_eq!((code, stdout.as_str()), (1, ""), "{what}");
        let first = stderr.lines().next().unwrap();
        assert_eq!(
            first,
            format!(
                "error: tollgate.toml:{said}: put what you pay into a file and name it as `catalog` of the plan; `tollgate quote` of it shows its lines"
            ),
        );
    }
}
