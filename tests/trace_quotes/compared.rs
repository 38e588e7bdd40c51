//! `compare --trace`: every option is the quote of its own command.

use proptest::prelude::*;
use serde_json::{Value, json};

use super::calendar::months_for;
use super::common::{fraction, json as printed};
use super::laws::calls;
use super::support::{refused, stdout, tollgate};
use super::traces::{CHEAP, Folder, csv, evening};

const MODEL: &str = "qwen3-max-2025-09-23";

/// The command line of an option, without the trace and how it is read.
fn command(option: &Value, trace: &str, scale: &str, minutes: u64) -> String {
    let quote = &option["quote"];
    let text = |value: &Value| value.as_str().unwrap().to_owned();
    let model = text(&quote["model"]["code"]);
    let parameters = &quote["parameters"];
    let fit = || text(&parameters["fit"]);
    let days = minutes.div_ceil(24 * 60);
    let replicas = || {
        let (spec, replicas) = (&parameters["spec"], &parameters["replicas"]);
        format!(
            "mu {model} --spec {} --replicas {}",
            text(spec),
            text(replicas)
        )
    };
    match option["option"].as_str().unwrap() {
        "ptu-hourly" => format!("ptu {model} --trace {trace} {scale} --fit {}", fit()),
        "ptu-daily" => format!(
            "ptu {model} --trace {trace} {scale} --fit {} --days {days}",
            fit()
        ),
        "mu-hourly" => format!("{} --hours {minutes}m", replicas()),
        "mu-monthly" => format!("{} --months {}", replicas(), months_for(days)),
        "fine-tuned" => format!("tokens {model} --trace {trace} {scale} --rate fine-tuned"),
        "standard" => format!("tokens {model} --trace {trace} {scale} --rate standard"),
        other => unreachable!("{other}"),
    }
}

pub fn words(line: &str) -> Vec<&str> {
    line.split_whitespace().collect()
}

proptest! {
    #![proptest_config(ProptestConfig {
        cases: 12,
        failure_persistence: None,
        ..ProptestConfig::default()
    })]

    #[test]
    fn every_option_is_the_quote_of_its_own_command(
        calls in calls(),
        fit in prop_oneof![Just("peak"), Just("p99"), Just("p95"), Just("cheapest")],
        scale in prop_oneof![Just(None), Just(Some(1_u64)), Just(Some(40))],
    ) {
        prop_assume!(calls.iter().any(|(_, call)| *call != (0, 0)));
        let folder = Folder::new(&[]);
        let prices = folder.file("own.toml", CHEAP);
        let span = calls[calls.len() - 1].0 - calls[0].0 + 1;
        let trace = folder.file("calls.csv", &csv(calls));
        let minutes = scale.map_or(span, |days| days * 24 * 60);
        let scale = scale.map_or(String::new(), |days| format!("--scale-to {days}"));
        let line = format!(
            "compare own-model qwen3-8b --catalog {prices} --trace {trace} --fit {fit} {scale} --discount 10%"
        );
        let compared = printed(&words(&line));
        let lists = ["options", "unranked"].map(|list| compared[list].as_array().unwrap());
        let options: Vec<&Value> = lists.into_iter().flatten().collect();
        for list in lists {
            let total = |option: &Value| fraction(option["quote"]["total"].as_str().unwrap());
            prop_assert!(list.iter().map(total).is_sorted());
        }
        for option in &options {
            let own = command(option, &trace, &scale, minutes);
            let own = printed(&words(&format!("quote {own} --catalog {prices} --discount 10%")));
            prop_assert_eq!(&option["quote"], &own["quotes"][0]);
        }
        // Each way of each model is among the options, or it is said why not.
        let unavailable = compared["unavailable"].as_array().unwrap();
        for model in ["own-model", "qwen3-8b"] {
            for kind in ["ptu-hourly", "ptu-daily", "mu-hourly", "mu-monthly", "fine-tuned", "standard"] {
                let priced = options.iter().any(|one| {
                    one["option"] == kind && one["quote"]["model"]["code"] == model
                });
                let not = unavailable.iter().any(|one| one["option"] == kind && one["model"] == model);
                prop_assert!(priced != not, "{kind} of {model}");
            }
        }
        prop_assert_eq!(&compared["break_even"], &json!([]));
    }
}

#[test]
fn a_terminal_shows_the_ranking_and_the_minutes() {
    let folder = Folder::new(&[]);
    let prices = folder.file("own.toml", CHEAP);
    let trace = folder.file("calls.csv", &evening());
    let line = format!(
        "compare own-model --catalog {prices} --trace {trace} --fit p95 --scale-to 30 --current ptu-hourly --no-savings-plan --details"
    );
    let shown = stdout(&line)
        .replace(&trace, "calls.csv")
        .replace(&prices, "own.toml");
    assert_eq!(shown, include_str!("compared.txt"));
}

#[test]
fn replicas_serve_the_busiest_minute() {
    let folder = Folder::new(&[]);
    let trace = folder.file("calls.csv", &evening());
    let bought = |capacity: &str| {
        let line = format!(
            "compare qwen3-8b --trace {trace} --spec MU1x2 --replica-capacity MU1x2={capacity}"
        );
        let compared = printed(&words(&line));
        let options = compared["options"].as_array().unwrap();
        let hourly = options
            .iter()
            .find(|one| one["option"] == "mu-hourly")
            .unwrap();
        hourly["quote"]["parameters"].clone()
    };
    // 30,000 by 7,000, and 2,000 by 300, rounded up.
    assert_eq!(bought("7k/60k")["replicas"], "5");
    assert_eq!(bought("300k/300")["replicas"], "7");
    assert_eq!(bought("30k/2k")["replicas"], "1");
    assert_eq!(bought("30k/2k")["duration"], "PT1H");
}

#[test]
fn what_was_taken_as_given_is_said() {
    let folder = Folder::new(&[]);
    let rows = "time,input_tokens,output_tokens\n\
        2026-01-01 08:00:00,4000,100\n\
        2026-01-01 08:00:01,none,100\n";
    let trace = folder.file("calls.csv", rows);
    let shown = stdout(&format!("compare {MODEL} --trace {trace} --skip-bad-rows"));
    let (_, shown) = shown.split_once("\n Trace\n").unwrap();
    let (shown, _) = shown.split_once("\n Not equivalent\n").unwrap();
    assert_eq!(
        shown,
        "   times without a zone are taken as UTC+8
   1 of 2 rows is left out that cannot be read
"
    );
    let compared = printed(&words(&format!(
        "compare {MODEL} --trace {trace} --skip-bad-rows"
    )));
    let workload = &compared["workload"];
    assert_eq!(workload["rpm"], Value::Null);
    assert_eq!(workload["requests"], "1");
    assert_eq!(workload["trace"]["skipped_rows"], "1");
    assert_eq!(workload["trace"]["zone_assumed"], true);
}

#[test]
fn what_cannot_be_compared_has_a_way_out() {
    let folder = Folder::new(&[]);
    let trace = folder.file("calls.csv", &evening());
    let nothing = folder.file("nothing.csv", &csv([(0, (0, 0))]));
    let cases = [
        (
            2,
            format!("--trace {trace} --free-quota 1M"),
            "the funding flags cannot be used with `--trace`",
            "leave one of them out",
        ),
        (
            2,
            format!("--trace {trace} --chart"),
            "`--chart` draws cost against the rate of a steady workload, and a trace has none",
            "use `--chart-file tpm.svg`, which draws the minutes of the trace",
        ),
        (
            1,
            format!("--trace {nothing}"),
            "the calls of the trace have no tokens, so there is nothing to price",
            "name the columns of tokens, as in `--columns input=prompt,output=answer`",
        ),
        (
            2,
            String::new(),
            "missing the workload: `--rpm`, `--input-per-request` and `--output-per-request`, or `--trace`, or `--load`",
            "as in `--rpm 30 --input-per-request 4000 --output-per-request 400`",
        ),
    ];
    for (code, rest, message, hint) in cases {
        let expected = format!("error: {message}\n\nhint: {hint}\n");
        assert_eq!(
            refused(&format!("compare {MODEL} {rest}")),
            (code, expected)
        );
    }
    let output = tollgate()
        .args(["compare", MODEL, "--trace", "-"])
        .write_stdin(evening())
        .output()
        .unwrap();
    assert_eq!(output.status.code(), Some(2));
    assert_eq!(
        String::from_utf8(output.stderr).unwrap(),
        "error: a reservation is sized by reading the trace more than once, and the standard input can be read once\n\n\
         hint: save the trace to a file\n"
    );
}
