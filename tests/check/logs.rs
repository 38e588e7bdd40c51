//! Logs as the workload of deployments: `check` prices what `quote --trace` and `compare --trace` do.

use std::fmt::Write as _;
use std::fs;

use proptest::prelude::*;
use serde_json::Value;

use super::common::{fraction, json, whole};
use super::errors::ONLY_THE_PROGRAM;
use super::shape::{Kind, assert_refused};
use super::{Folder, text};

/// A week of calls of two models, more of them by day.
fn week() -> String {
    let mut log = "time,model,input_tokens,output_tokens\n".to_owned();
    for day in 2..9 {
        for hour in 0..24 {
            for at in 0..(if (9..18).contains(&hour) { 4 } else { 1 }) {
                let minute = at * 7;
                let input = 900 + 310 * hour + 77 * at + day;
                let output = 90 + 11 * hour + 7 * at;
                let time = format!("2026-11-{day:02}T{hour:02}:{minute:02}:00+08:00");
                writeln!(log, "{time},qwen3-max-2025-09-23,{input},{output}").unwrap();
                writeln!(log, "{time},other,{},{}", input * 2, output * 3).unwrap();
            }
        }
    }
    log
}

const MODEL: &str = "qwen3-max-2025-09-23";
const OWN: &str = "where = \"model=qwen3-max-2025-09-23\"";
const OWN_FLAG: &str = "--where model=qwen3-max-2025-09-23";

/// Three days of calls with a cache, times in seconds and names of its own.
const CACHED: &str = "{\"at\":1793600000,\"p\":5000,\"a\":200,\"c\":3000}\n{\"at\":1793660000,\"p\":800,\"a\":100,\"c\":0}\n{\"at\":\"soon\"}\n{\"at\":1793790000,\"p\":9000,\"a\":700,\"c\":8000}\n";
const READ: &str = "columns = \"time=at,input=p,output=a,cached=c\"\ncached = \"inside\"\ntime_unit = \"seconds\"\nskip_bad_rows = true";
const READ_FLAGS: &str = "--columns time=at,input=p,output=a,cached=c --cached inside --time-unit seconds --skip-bad-rows";

fn folder() -> Folder {
    let folder = Folder::new(&[("week.csv", &week()), ("cached.jsonl", CACHED)]);
    fs::create_dir(folder.path("logs")).unwrap();
    folder
}

/// A plan of one deployment.
fn plan(keys: &str) -> String {
    format!("version = 1\n[[deployment]]\nname = \"d\"\n{keys}\n")
}

/// The quote of the only deployment of a plan, without the notes.
fn priced(folder: &Folder, keys: &str, flags: &str) -> Value {
    folder.write("plan.toml", &plan(keys));
    let report = folder.json("plan.toml", flags);
    let mut quote = report["deployments"][0]["parts"][0]["quote"].clone();
    assert_eq!(report["total"], quote["total"], "{keys}");
    quote.as_object_mut().unwrap().remove("notes");
    quote
}

/// The quotes of a command line, in which `@` stands for the folder, without the notes.
fn quoted(folder: &Folder, line: &str) -> Vec<Value> {
    let line = line.replace('@', &folder.path(""));
    let report = json(&line.split_whitespace().collect::<Vec<_>>());
    let report = report.to_string().replace(&folder.path(""), "");
    let report: Value = serde_json::from_str(&report).unwrap();
    let quotes = report["quotes"].as_array().unwrap().iter().cloned();
    let without = quotes.map(|mut quote| {
        quote.as_object_mut().unwrap().remove("notes");
        quote
    });
    without.collect()
}

#[test]
fn a_log_costs_what_it_does_on_the_command_line() {
    let folder = folder();
    let of_week = |more: &str| format!("model = \"{MODEL}\"\ntrace = \"week.csv\"\n{OWN}\n{more}");
    let cases = [
        ("tokens", of_week(""), ""),
        ("tokens", of_week("scale_to = 30"), "--scale-to 30"),
        (
            "tokens",
            of_week(
                "scale_to = 30\npattern = \"day\"\nmode = \"non-thinking\"\nrate = \"standard\"",
            ),
            "--scale-to 30 --pattern day --mode non-thinking --rate standard",
        ),
        (
            "tokens",
            of_week("scale_to = 30\nsavings_plan = 1000\nsavings_plan_payment = \"no-upfront\""),
            "--scale-to 30 --savings-plan 1000 --savings-plan-payment no-upfront",
        ),
        (
            "ptu",
            of_week("input_tpm = \"10k\"\noutput_tpm = \"1k\""),
            "--input-tpm 10k --output-tpm 1k",
        ),
        (
            "ptu",
            of_week("term = \"pay-as-you-go\"\nfit = \"peak\"\nscale_to = 30"),
            "--fit peak --scale-to 30",
        ),
        (
            "ptu",
            of_week("fit = \"p99\"\ndays = 8"),
            "--fit p99 --days 8",
        ),
        (
            "ptu",
            of_week("fit = \"cheapest\"\nterm = \"subscription\"\nscale_to = 14"),
            "--fit cheapest --days 14 --scale-to 14",
        ),
        (
            "ptu",
            of_week("fit = \"p99\"\nterm = \"subscription\"\non_overflow = \"reject\""),
            "--fit p99 --days 7 --on-overflow reject",
        ),
        (
            "ptu",
            of_week("input_tpm = 0\noutput_tpm = \"1k\"\nhours = 200"),
            "--input-tpm 0 --output-tpm 1k --hours 200",
        ),
        (
            "tokens",
            format!(
                "model = \"{MODEL}\"\ntrace = [\"cached.jsonl\"]\n{READ}\ncache = \"implicit\""
            ),
            "cached",
        ),
        (
            "ptu",
            format!("model = \"{MODEL}\"\ntrace = [\"cached.jsonl\"]\n{READ}\nfit = \"peak\""),
            "cached --fit peak",
        ),
    ];
    for (method, keys, flags) in cases {
        let read = match flags.strip_prefix("cached") {
            Some(more) if method == "tokens" => {
                format!("--trace @cached.jsonl {READ_FLAGS} --cache implicit {more}")
            }
            Some(more) => format!("--trace @cached.jsonl {READ_FLAGS} {more}"),
            None => format!("--trace @week.csv {OWN_FLAG} {flags}"),
        };
        for shared in ["", "--discount 7%", "--as-of 2026-11-01"] {
            let line = format!("quote {method} {MODEL} {read} {shared}");
            let own = priced(&folder, &format!("method = \"{method}\"\n{keys}"), shared);
            assert_eq!(vec![own], quoted(&folder, &line), "{line}");
        }
    }
}

#[test]
fn dedicated_units_cost_what_they_do_on_the_command_line() {
    let folder = folder();
    folder.write("prices.toml", include_str!("../dtu/prices.toml"));
    let keys = |more: &str| {
        format!(
            "method = \"dtu\"\nmodel = \"qwen3.6-27b\"\ntrace = \"week.csv\"\n{OWN}\nscale_to = 30\n{more}"
        )
    };
    let shared = format!("--catalog {}", folder.path("prices.toml"));
    for (more, flags) in [
        (
            "fit = \"peak\"\nterm = \"subscription\"",
            "--fit peak --months 1",
        ),
        (
            "fit = \"cheapest\"\nmonths = 1",
            "--fit cheapest --months 1",
        ),
        ("units = 2\nmonths = 1", "--units 2 --months 1"),
    ] {
        let line = format!(
            "quote dtu qwen3.6-27b --trace @week.csv {OWN_FLAG} --scale-to 30 {flags} {shared}"
        );
        let own = priced(&folder, &keys(more), &shared);
        assert_eq!(vec![own], quoted(&folder, &line), "{line}");
    }
}

#[test]
fn replicas_cost_what_they_do_in_a_comparison() {
    let folder = folder();
    let shared = "trace = \"week.csv\"\nwhere = \"model=other\"\nscale_to = 20";
    let line = "compare qwen3-8b --trace @week.csv --where model=other --scale-to 20 \
         --replica-capacity MU5x1=7k/100k --spec MU5x1";
    let line = line.replace('@', &folder.path(""));
    let compared = json(&line.split_whitespace().collect::<Vec<_>>());
    let options = compared["options"].as_array().unwrap();
    let mut seen = 0;
    for (option, keys) in [
        ("mu-hourly", "term = \"pay-as-you-go\""),
        ("mu-monthly", "term = \"subscription\""),
        ("mu-monthly", "months = 1"),
        ("mu-hourly", "hours = 480"),
        // As many as serve the peak, said by a person.
        ("mu-hourly", "replicas = 3"),
    ] {
        let sized = "replica_capacity = \"MU5x1=7k/100k\"";
        let keys = format!(
            "method = \"mu\"\nmodel = \"qwen3-8b\"\nspec = \"MU5x1\"\n{shared}\n{keys}\n{sized}"
        );
        let own = priced(&folder, &keys, "");
        let of_option = options.iter().filter(|one| one["option"] == option);
        for other in of_option {
            assert_eq!(own["items"], other["quote"]["items"], "{keys}");
            assert_eq!(own["parameters"], other["quote"]["parameters"], "{keys}");
            seen += 1;
        }
    }
    assert_eq!(seen, 5);
}

#[test]
fn a_folder_a_pattern_and_a_list_are_the_same_files() {
    let folder = folder();
    let week = week();
    let lines: Vec<&str> = week.lines().collect();
    let (head, rows) = lines.split_first().unwrap();
    for (name, part) in ["logs/a.csv", "logs/b.csv", "logs/c.csv"]
        .into_iter()
        .zip(rows.chunks(rows.len() / 3 + 1))
    {
        folder.write(name, &format!("{head}\n{}\n", part.join("\n")));
    }
    folder.write("logs/.hidden", "no log");
    let keys = |trace: &str| {
        format!("method = \"ptu\"\nmodel = \"{MODEL}\"\ntrace = {trace}\n{OWN}\nfit = \"p99\"")
    };
    let whole = priced(&folder, &keys("\"week.csv\""), "");
    for trace in [
        "\"logs\"",
        "\"logs/\"",
        "\"logs/*.csv\"",
        "\"logs/?.csv\"",
        "[\"logs/a.csv\", \"logs/b.csv\", \"logs/c.csv\"]",
        "[\"logs/[bc].csv\", \"logs/a*\"]",
        // A file that is found twice counts once.
        "[\"logs\", \"./logs/a.csv\"]",
    ] {
        let own = priced(&folder, &keys(trace), "");
        assert_eq!(own["total"], whole["total"], "{trace}");
        assert_eq!(own["trace"]["calls"], whole["trace"]["calls"], "{trace}");
    }
}

#[test]
fn defaults_are_read_with_the_log_of_a_deployment() {
    let folder = folder();
    let text = format!(
        "version = 1\n[defaults]\ntrace = \"week.csv\"\nscale_to = 30\nmethod = \"tokens\"\nmodel = \"{MODEL}\"\nhours_per_day = 9\nfree_quota = \"1M\"\n\
         [[deployment]]\nname = \"own\"\n{OWN}\n[[deployment]]\nname = \"other\"\nwhere = \"model=other\"\ncount = 2\n\
         [[deployment]]\nname = \"steady\"\nrpm = 3\ninput_per_request = 100\noutput_per_request = 10\n\
         [[deployment]]\nname = \"sums\"\ninput = \"1M\"\noutput = \"1M\"\nrequests = 1000\n"
    );
    folder.write("plan.toml", &text);
    let report = folder.json("plan.toml", "");
    let of = |at: usize| &report["deployments"][at];
    for (at, filter, count) in [(0, OWN_FLAG, 1), (1, "--where model=other", 2)] {
        let line = format!("quote tokens {MODEL} --trace @week.csv {filter} --scale-to 30");
        let quote = &quoted(&folder, &line)[0];
        let all = fraction(super::text(quote, "/total")) * whole(count);
        assert_eq!(fraction(super::text(of(at), "/total")), all);
    }
    assert_eq!(of(2)["parts"][0]["quote"].get("trace"), None);
    assert_eq!(of(2)["parameters"]["hours_per_day"], "9h");
    assert_eq!(of(3)["parts"][0]["quote"].get("trace"), None);
    assert_eq!(of(3)["parameters"].get("scale_to"), None);
}

#[test]
fn the_cheapest_way_is_that_of_the_comparison() {
    let folder = folder();
    let keys = format!(
        "method = \"ptu\"\nmodel = \"{MODEL}\"\ntrace = \"week.csv\"\n{OWN}\nfit = \"peak\"\nscale_to = 30\ncount = 2"
    );
    folder.write("plan.toml", &plan(&keys));
    let report = folder.json("plan.toml", "--cheapest");
    let line =
        format!("compare {MODEL} --trace @week.csv {OWN_FLAG} --scale-to 30 --no-savings-plan");
    let line = line.replace('@', &folder.path(""));
    let compared = json(&line.split_whitespace().collect::<Vec<_>>());
    let (found, best) = (
        &report["deployments"][0]["cheapest"],
        &compared["options"][0],
    );
    assert_eq!(text(found, "/is"), "other");
    assert_eq!(found["option"], best["option"]);
    let both = fraction(text(best, "/quote/total")) * whole(2);
    assert_eq!(fraction(text(found, "/total")), both);
}

#[test]
fn a_log_with_other_calls_is_no_other_price() {
    let folder = folder();
    let keys = format!(
        "method = \"tokens\"\nmodel = \"{MODEL}\"\ntrace = \"week.csv\"\n{OWN}\nscale_to = 30"
    );
    folder.write("plan.toml", &plan(&keys));
    let before = folder.check("plan.toml", "--json");
    folder.write("before.json", &before.stdout);
    let same = folder.json("plan.toml", "--baseline @before.json");
    let change = "/baseline/deployments/0";
    assert_eq!(text(&same, &format!("{change}/status")), "same");
    let more = format!("{}2026-11-08T23:30:00+08:00,{MODEL},9000,900\n", week());
    folder.write("week.csv", &more);
    let other = folder.json("plan.toml", "--baseline @before.json");
    let change = &other["baseline"]["deployments"][0];
    assert_eq!(text(change, "/status"), "changed");
    assert_eq!(change["by_prices"], Value::Null);
    assert_eq!(change["prices"], Value::Array(Vec::new()));
    let shown = folder.check("plan.toml", "--baseline @before.json");
    assert!(
        shown
            .stdout
            .contains("changed: the calls of its log, or the billing rules\n"),
        "{}",
        shown.stdout
    );
    // A key is enough of a reason.
    folder.write("plan.toml", &plan(&keys.replace("= 30", "= 29")));
    let shown = folder.check("plan.toml", "--baseline @before.json");
    assert!(
        shown.stdout.contains("changed: scale_to 30 → 29 "),
        "{}",
        shown.stdout
    );
}

#[test]
fn a_log_is_not_written_over() {
    let folder = folder();
    let keys = format!("method = \"tokens\"\nmodel = \"{MODEL}\"\ntrace = \"week.c*\"\n{OWN}");
    folder.write("plan.toml", &plan(&keys));
    let outcome = folder.check("plan.toml", "--output @week.csv");
    assert_eq!((outcome.code, outcome.files.len()), (2, 0));
    assert_eq!(
        outcome.stderr,
        "error: `--output week.csv` would write over `week.csv`, which is read as the trace\n\nhint: name another file\n"
    );
}

#[test]
fn what_is_logged_is_said_below_the_costs() {
    let folder = folder();
    let text = format!(
        "version = 1\n[[deployment]]\nname = \"all\"\nmethod = \"tokens\"\nmodel = \"{MODEL}\"\ntrace = \"week.csv\"\n\
         [[deployment]]\nname = \"own\"\nmethod = \"tokens\"\nmodel = \"{MODEL}\"\ntrace = \"week.csv\"\n{OWN}\nscale_to = 30\n"
    );
    folder.write("plan.toml", &text);
    let shown = folder.check("plan.toml", "").stdout;
    let logs = shown.split("\n Calls\n").nth(1).unwrap();
    let logs = logs.split("\n\n").next().unwrap();
    assert_eq!(
        logs,
        "   all: week.csv, 714 calls in 7 days of 30; `scale_to = 30`\n     takes what is logged as the pattern of all; 357 of 714 calls (3,674,727\n     tokens, 67% of all) were made to another model, `other`, and are priced as\n     `qwen3-max-2025-09-23`: `--where model=qwen3-max-2025-09-23` leaves them\n     out\n   own: week.csv where model=qwen3-max-2025-09-23, 357 calls in\n     7 calendar days (UTC+8), taken 4.29 times for 30 days"
    );
}

/// What is found out when the log is read.
const ONLY_THE_READER: &[&str] = &[
    "cannot read",
    "no file matches",
    "is a log by its name",
    "cannot be read",
    "given more than once",
    "rows passes the filter",
    "what one replica of",
    "name one as `spec`",
    "and the term is",
    "weighs what overflow costs",
    "`days` belongs to a steady load",
    "is no days of the week",
];

/// What stderr has of a plan with one wrong deployment, beside the logs.
fn errors(keys: &str) -> String {
    let folder = folder();
    let plan = plan(keys);
    folder.write("plan.toml", &plan);
    let outcome = folder.check("plan.toml", "");
    assert_eq!((outcome.code, outcome.stdout.as_str()), (1, ""), "{keys}");
    let hint = "\nhint: `tollgate check --help` lists the keys of a plan\n";
    let errors = outcome
        .stderr
        .strip_suffix(hint)
        .unwrap_or_else(|| panic!("{}", outcome.stderr));
    let errors = errors.replace("error: plan.toml:", "");
    let only: Vec<&str> = [ONLY_THE_PROGRAM, ONLY_THE_READER].concat();
    // What stands below a message belongs to it.
    let first: Vec<&str> = errors
        .lines()
        .filter(|line| !line.starts_with(' '))
        .collect();
    assert_refused(Kind::Plan, &plan, &first.join("\n"), &only);
    errors
}

/// A week with holes, and its flags.
const WEEK: &str = "load = [\"mon-fri 09:00-18:00 12rpm 3000/350\", \"sat,sun 22:00-06:00 0.5rpm 9k/90 cached=3000\"]";
const WEEK_LINES: [&str; 2] = [
    "mon-fri 09:00-18:00 12rpm 3000/350",
    "sat,sun 22:00-06:00 0.5rpm 9k/90 cached=3000",
];

#[test]
fn a_load_of_a_week_costs_what_it_does_on_the_command_line() {
    let folder = folder();
    let load = |keys: &str| format!("model = \"{MODEL}\"\n{WEEK}\n{keys}");
    for (method, keys, flags) in [
        ("tokens", load(""), ""),
        (
            "tokens",
            load("days = 12\ncache = \"implicit\""),
            "--days 12 --cache implicit",
        ),
        (
            "ptu",
            load("fit = \"peak\"\nterm = \"pay-as-you-go\""),
            "--fit peak",
        ),
        ("ptu", load("fit = \"cheapest\""), "--fit cheapest"),
        (
            "ptu",
            load("input_tpm = \"20k\"\noutput_tpm = \"2k\"\ndays = 7\non_overflow = \"reject\""),
            "--input-tpm 20k --output-tpm 2k --days 7 --on-overflow reject",
        ),
        (
            "ptu",
            load("fit = \"p99\"\nhours = 100"),
            "--fit p99 --hours 100",
        ),
    ] {
        let mut args = vec!["quote", method, MODEL];
        for line in WEEK_LINES {
            args.extend(["--load", line]);
        }
        args.extend(flags.split_whitespace());
        for shared in ["", "--as-of 2026-11-01", "--discount 7%"] {
            let all: Vec<&str> = args
                .iter()
                .copied()
                .chain(shared.split_whitespace())
                .collect();
            let mut quote = json(&all)["quotes"][0].clone();
            quote.as_object_mut().unwrap().remove("notes");
            let own = priced(&folder, &format!("method = \"{method}\"\n{keys}"), shared);
            assert_eq!(own, quote, "{keys} {shared}");
        }
    }
}

#[test]
fn a_load_is_held_to_the_period_and_to_its_own_keys() {
    let tokens = format!("method = \"tokens\"\nmodel = \"{MODEL}\"\n{WEEK}\n");
    for (keys, expected) in [
        (
            format!("{tokens}trace = \"week.csv\"\n"),
            "7:1: `trace` cannot stand beside `load`: keep one of them\n",
        ),
        (
            format!("{tokens}scale_to = 30\n"),
            "7:1: `scale_to` cannot stand beside `load`: keep one of them\n",
        ),
        (
            format!("{tokens}rpm = 3\n"),
            "7:1: `rpm` cannot stand beside `load`: keep one of them\n",
        ),
        (
            format!("{tokens}days = 31\n"),
            "7:1: `days` goes beyond the period of 30 days: shorten it, or raise `days` of the plan\n",
        ),
        (
            tokens.replace(WEEK, "load = \"mo-fri 09:00-18:00 12rpm 3000/350\""),
            "6:8: `load` cannot be `mo-fri 09:00-18:00 12rpm 3000/350`: `mo-fri` is no days of the week such as `mon-fri`, `sat,sun` or `daily`; a load is `mon-fri 09:00-18:00 120rpm 3000/350`\n",
        ),
    ] {
        assert_eq!(errors(&keys), expected, "{keys}");
    }
}

#[test]
fn what_does_not_go_with_a_log_is_refused_at_its_place() {
    let tokens = format!("method = \"tokens\"\nmodel = \"{MODEL}\"\ntrace = \"week.csv\"\n");
    let ptu =
        format!("method = \"ptu\"\nmodel = \"{MODEL}\"\ntrace = \"week.csv\"\nfit = \"peak\"\n");
    let mu =
        "method = \"mu\"\nmodel = \"qwen3-8b\"\ntrace = \"week.csv\"\nterm = \"pay-as-you-go\"\n";
    let steady = "rpm = 3\ninput_per_request = 100\noutput_per_request = 10\n";
    for (keys, expected) in [
        (
            format!("{tokens}rpm = 3\n"),
            "7:1: `rpm` cannot stand beside `trace`: keep one of them\n",
        ),
        (
            format!("{tokens}free_quota = \"1M\"\n"),
            "7:1: `free_quota` cannot stand beside `trace`: keep one of them\n",
        ),
        (
            format!("{tokens}days = 7\n"),
            "7:1: `days` belongs to a steady load: leave it out, or write `scale_to`\n",
        ),
        (
            format!("{tokens}scale_to = 31\n"),
            "7:1: `scale_to` goes beyond the period of 30 days: shorten it, or raise `days` of the plan\n",
        ),
        (
            format!("{tokens}pattern = \"week\"\n"),
            "7:1: `pattern` needs `scale_to`: write it too\n",
        ),
        (
            format!("{tokens}where = \"qwen\"\n"),
            "7:9: `where` cannot be `qwen`: it is not a column and its text such as `model=qwen3-max`\n",
        ),
        (
            format!("{tokens}time_unit = \"days\"\n"),
            "7:13: `time_unit` cannot be `days`: it is one of `seconds`, `milliseconds`, `microseconds`, `nanoseconds`\n",
        ),
        (
            format!("{tokens}cache_ttl = \"5m\"\n"),
            "7:1: `cache_ttl` needs `cache_from`: write it too\n",
        ),
        (
            format!("{tokens}cached = \"inside\"\ncache_from = \"hash_ids\"\n"),
            "8:1: `cache_from` cannot stand beside `cached`: keep one of them\n",
        ),
        (
            format!("{tokens}fit = \"peak\"\n"),
            "7:1: `fit` is a key of `ptu` and `dtu`, and the method is `tokens`: leave it out\n",
        ),
        (
            format!("{tokens}count = 2\nsavings_plan = 50\n"),
            "7:1: each of `count` would use up the same free quota, package or savings plan: write them as deployments of their own\n",
        ),
        (
            tokens.replace("\"week.csv\"", "\"-\""),
            "6:9: `trace` cannot be `-`: a plan names files, and the standard input is none\n",
        ),
        (
            tokens.replace("\"week.csv\"", "[]"),
            "6:1: `trace` names no file: write `trace = \"calls.csv\"`\n",
        ),
        (
            format!(
                "method = \"tokens\"\nmodel = \"{MODEL}\"\n{steady}where = \"a=b\"\nskip_bad_rows = true\n"
            ),
            "9:1: `where` is for a log: write `trace` too, or leave it out\n10:1: `skip_bad_rows` is for a log: write `trace` too, or leave it out\n",
        ),
        (
            format!("{ptu}renew = 1\ndays = 10\n"),
            "8:1: `renew` cannot stand beside `trace`: keep one of them\n",
        ),
        (
            ptu.replace("fit = \"peak\"\n", ""),
            "2:1: missing `input_tpm`: write `input_tpm = \"100k\"`, or `fit = \"peak\"`, or, of a model that is sold in units, `units = 100`\n2:1: missing `output_tpm`: write `output_tpm = \"100k\"`, or `fit = \"peak\"`, or, of a model that is sold in units, `units = 100`\n",
        ),
        (
            format!(
                "{}on_overflow = \"reject\"\n",
                ptu.replace("peak", "cheapest")
            ),
            "2:1: `fit = \"cheapest\"` weighs what overflow costs, and `on_overflow = \"reject\"` has none: use `fit = \"peak\"`, or leave `on_overflow` out\n",
        ),
        (
            format!(
                "method = \"ptu\"\nmodel = \"{MODEL}\"\nterm = \"subscription\"\nfit = \"p99\"\n{steady}"
            ),
            "7:7: `fit` cannot be `p99`: it counts the minutes of a log: write `trace`, or use `peak`\n",
        ),
        (
            format!("{mu}schedule = [{{ from = \"09:00\", to = \"18:00\", replicas = 2 }}]\n"),
            "8:1: `schedule` cannot stand beside `trace`: keep one of them\n",
        ),
    ] {
        assert_eq!(errors(&keys), expected, "{keys}");
    }
}

#[test]
fn what_the_reader_refuses_is_refused_where_the_log_is_named() {
    let of = |trace: &str, more: &str| {
        format!("method = \"tokens\"\nmodel = \"{MODEL}\"\ntrace = {trace}\n{more}")
    };
    for (keys, expected) in [
        (
            of("\"none.csv\"", ""),
            "6:1: cannot read `none.csv`: No such file or directory (os error 2)",
        ),
        (
            of("\"logs/*.csv\"", ""),
            "6:1: no file matches `logs/*.csv`: name a file, a folder, or a pattern such as `logs/*.jsonl`",
        ),
        (
            of("\"logs\"", ""),
            "6:1: no file of `logs` is a log by its name",
        ),
        (
            of(
                "\"cached.jsonl\"",
                "columns = \"time=at,input=p,output=a\"\n",
            ),
            "6:1: 1 row of 4 cannot be read",
        ),
        (
            of("\"week.csv\"", "where = \"model=no\"\n"),
            "6:1: none of 714 rows passes the filter",
        ),
    ] {
        let found = errors(&keys);
        assert!(found.starts_with(expected), "{found}");
    }
}

#[test]
fn every_log_that_is_wrong_is_reported_at_once() {
    let folder = folder();
    let one = |name: &str, trace: &str| {
        format!(
            "[[deployment]]\nname = \"{name}\"\nmethod = \"tokens\"\nmodel = \"{MODEL}\"\ntrace = \"{trace}\"\n"
        )
    };
    let text = format!("version = 1\n{}{}", one("a", "no"), one("b", "nor"));
    folder.write("plan.toml", &text);
    let outcome = folder.check("plan.toml", "");
    assert_eq!(outcome.code, 1);
    assert!(
        outcome.stderr.contains("plan.toml:6:1: cannot read `no`"),
        "{}",
        outcome.stderr
    );
    assert!(
        outcome.stderr.contains("plan.toml:11:1: cannot read `nor`"),
        "{}",
        outcome.stderr
    );
}

#[test]
fn a_log_is_not_longer_than_the_period() {
    let folder = folder();
    let keys = format!("method = \"tokens\"\nmodel = \"{MODEL}\"\ntrace = \"week.csv\"\n{OWN}");
    for (days, code) in [(7, 0), (6, 1)] {
        let text = plan(&keys).replace("version = 1", &format!("version = 1\ndays = {days}"));
        folder.write("plan.toml", &text);
        let outcome = folder.check("plan.toml", "");
        assert_eq!(outcome.code, code, "{}", outcome.stderr);
        if code == 1 {
            let said = "plan.toml:7:1: the log covers 7 days, beyond the period of 6 days: write `days = 7` for the plan, or name fewer files\n";
            assert!(outcome.stderr.contains(said), "{}", outcome.stderr);
        }
    }
}

#[test]
fn a_log_sizes_replicas_only_where_it_is_known_what_one_serves() {
    let keys = |more: &str| {
        format!(
            "method = \"mu\"\nmodel = \"qwen3-8b\"\ntrace = \"week.csv\"\nwhere = \"model=other\"\n{more}"
        )
    };
    let unknown = "2:1: what one replica of `MU5x1` serves is not known, so the trace does not say how many there are: say it with `replica_capacity = \"MU5x1=300k/60k\"`, or give `replicas`\n";
    assert_eq!(errors(&keys("spec = \"MU5x1\"\n")), unknown);
    let several = errors(&keys("replicas = 2\n"));
    assert!(
        several.contains("5:1: ") || several.contains("4:1: "),
        "{several}"
    );
    assert!(several.contains("name one as `spec`"), "{several}");
    let short = errors(&keys("spec = \"MU5x1\"\nreplicas = 1\nhours = 24\n"));
    assert!(
        short.contains("the trace has 10,021 minutes, and the term is 1,440 minutes"),
        "{short}"
    );
}

#[test]
fn two_workloads_of_all_deployments_are_refused() {
    let folder = folder();
    let text = format!(
        "version = 1\n[defaults]\ntrace = \"week.csv\"\nrpm = 3\n[[deployment]]\nname = \"d\"\nmethod = \"tokens\"\nmodel = \"{MODEL}\"\n"
    );
    folder.write("plan.toml", &text);
    let outcome = folder.check("plan.toml", "");
    let said = "plan.toml:4:1: `rpm` cannot stand beside `trace`: keep one of them, or write them in deployments\n";
    assert!(outcome.stderr.contains(said), "{}", outcome.stderr);
}

/// A log of a few days, and how a deployment that is served by it is bought: keys, and flags.
fn logged() -> impl Strategy<Value = (String, String, String)> {
    let call = (0_u64..4 * 24 * 60, 1_u64..20_000, 0_u64..2_000);
    let how = prop_oneof![
        Just(("tokens", String::new(), String::new())),
        (1_u64..6, 1_u64..6).prop_map(|(input, output)| (
            "ptu",
            format!("input_tpm = {input}0000\noutput_tpm = {output}000\n"),
            format!("--input-tpm {input}0000 --output-tpm {output}000"),
        )),
        prop::sample::select(vec!["peak", "p99", "p95", "cheapest"]).prop_map(|fit| (
            "ptu",
            format!("fit = \"{fit}\"\n"),
            format!("--fit {fit}"),
        )),
    ];
    let calls = prop::collection::vec(call, 1..30);
    (calls, how, prop::option::of(5_u64..=30)).prop_map(|(mut calls, how, scale_to)| {
        calls.sort_unstable();
        let mut log = "timestamp,prompt_tokens,completion_tokens\n".to_owned();
        for (minute, input, output) in calls {
            let at = 1_793_577_600 + minute * 60;
            writeln!(log, "{at},{input},{output}").unwrap();
        }
        let (method, mut keys, mut flags) = how;
        if let Some(days) = scale_to {
            writeln!(keys, "scale_to = {days}").unwrap();
            write!(flags, " --scale-to {days}").unwrap();
        }
        let keys =
            format!("method = \"{method}\"\nmodel = \"{MODEL}\"\ntrace = \"log.csv\"\n{keys}");
        (
            log,
            keys,
            format!("quote {method} {MODEL} --trace @log.csv {flags}"),
        )
    })
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 64, ..ProptestConfig::default() })]

    #[test]
    fn any_log_costs_what_it_does_on_the_command_line((log, keys, line) in logged()) {
        let folder = Folder::new(&[("log.csv", &log)]);
        folder.write("plan.toml", &plan(&keys));
        let own = folder.check("plan.toml", "--format total");
        let line = format!("{line} --format total").replace('@', &folder.path(""));
        let quoted = super::common::run(&line.split_whitespace().collect::<Vec<_>>());
        // What one says of a flag, the other says of a key.
        let code = quoted.code.min(1);
        prop_assert_eq!((own.code, own.stdout), (code, quoted.stdout), "{}", line);
    }
}

/// A log of three models, of which a plan takes one: the calls of the others, by their names, and those without one.
#[test]
fn calls_that_no_deployment_takes_are_said() {
    let log = "time,model,input_tokens,output_tokens
2026-11-02T09:00:00+08:00,qwen3-max-2025-09-23,1000,100
2026-11-02T09:01:00+08:00,late-model,700,70
2026-11-02T09:02:00+08:00,late-model,300,30
2026-11-02T09:03:00+08:00,,50,5
";
    let folder = Folder::new(&[("log.csv", log)]);
    let deployment = |name: &str, keys: &str| {
        format!(
            "[[deployment]]\nname = \"{name}\"\nmethod = \"tokens\"\nmodel = \"{MODEL}\"\ntrace = \"log.csv\"\n{keys}\n"
        )
    };
    let missed = |plan: &str| {
        folder.write("plan.toml", &format!("version = 1\n{plan}"));
        folder.json("plan.toml", "")["in_no_deployment"].clone()
    };
    let own = deployment("own", OWN);
    let late = serde_json::json!({
        "log": "log.csv", "name": "late-model",
        "calls": "2", "input_tokens": "1000", "output_tokens": "100",
    });
    let unnamed = serde_json::json!({
        "log": "log.csv", "name": null,
        "calls": "1", "input_tokens": "50", "output_tokens": "5",
    });
    assert_eq!(missed(&own), serde_json::json!([late, unnamed]));
    let text = folder.check("plan.toml", "").stdout;
    assert!(
        text.contains(
            "\n In no deployment\n   `late-model` of `log.csv`: 2 calls: 1,000 input and 100 output tokens\n   no model of `log.csv`: 1 call: 50 input and 5 output tokens\n"
        ),
        "{text}"
    );
    // Each of them is in one; or one takes all; or it is not known by their names which are taken.
    let both = own.clone() + &deployment("late", "where = \"model=late-model\"");
    assert_eq!(missed(&both), serde_json::json!([unnamed]));
    for plan in [
        deployment("all", ""),
        own.clone() + &deployment("all", ""),
        deployment("by-size", "where = \"input_tokens=1000\""),
        own + &deployment("by-size", "where = \"input_tokens=700\""),
    ] {
        assert_eq!(missed(&plan), Value::Null, "{plan}");
    }
}
