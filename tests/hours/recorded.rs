//! Recorded calls, each at the price of its own minute.

use super::common::{self, folder::Folder};
use super::{DAY, args, decimal, lines, notes, quote};

/// Calls of 1,000 input and 100 output tokens at these times.
fn log(times: &[&str]) -> Folder {
    let rows = times.iter().map(|time| format!("{time},1000,100\n"));
    let text = format!(
        "timestamp,input_tokens,output_tokens\n{}",
        rows.collect::<String>()
    );
    Folder::new(&[("day.toml", DAY), ("log.csv", &text)])
}

const OWN: &str = "the price depends on the hour of the day: each call has that of the minute of its time, in UTC+8; one that lasts into other hours is not divided";

#[test]
fn hours_turn_at_their_minute_whatever_the_clock_of_the_log() {
    for (offset, at) in [
        (
            "+08:00",
            [
                "2026-06-01T07:59:59",
                "2026-06-01T08:00:00",
                "2026-06-01T21:59:59",
                "2026-06-01T22:00:00",
            ],
        ),
        (
            "Z",
            [
                "2026-05-31T23:59:59",
                "2026-06-01T00:00:00",
                "2026-06-01T13:59:59",
                "2026-06-01T14:00:00",
            ],
        ),
        (
            "-05:30",
            [
                "2026-05-31T18:29:59",
                "2026-05-31T18:30:00",
                "2026-06-01T08:29:59",
                "2026-06-01T08:30:00",
            ],
        ),
    ] {
        let at = at.map(|at| format!("{at}{offset}"));
        let folder = log(&at.each_ref().map(String::as_str));
        let quoted = quote(&folder, "tokens day --trace {log.csv}");
        assert_eq!(
            lines(&quoted),
            [
                "Input, 08:00–22:00 2000 0.006",
                "Output, 08:00–22:00 200 0.0018",
                "Input, 22:00–08:00 2000 0.003",
                "Output, 22:00–08:00 200 0.0009",
            ],
            "{offset}"
        );
        assert_eq!(quoted["items"][2]["hours"], "22:00-08:00");
        assert_eq!(notes(&quoted), [OWN]);
    }
}

#[test]
fn what_does_not_fit_is_told_by_its_hours() {
    let times = [
        "2026-06-01T21:59:00+08:00",
        "2026-06-01T22:00:00+08:00",
        "2026-06-01T22:00:01+08:00",
    ];
    let folder = log(&times);
    let line = "ptu day --input-tpm 1k --output-tpm 1k --trace {log.csv}";
    let quoted = quote(&folder, line);
    assert_eq!(
        lines(&quoted)[2..],
        [
            "Overflow input, 22:00–08:00 1000 0.0015",
            "Overflow output, 22:00–08:00 100 0.00045"
        ]
    );
    let admitted = &quoted["trace"]["admitted"];
    assert_eq!(admitted["overflow_by_tier"].as_array().unwrap().len(), 2);
    assert_eq!(admitted["overflow_by_tier"][1]["hours"], "22:00-08:00");
    assert_eq!(admitted["overflow_minutes"], "1");
    let refused = quote(&folder, &format!("{line} --on-overflow reject"));
    assert_eq!(lines(&refused).len(), 2);
    assert_eq!(notes(&refused), [""; 0]);
}

#[test]
fn times_from_a_start_of_their_own_have_no_hour() {
    let folder = log(&["0", "60000", "120000"]);
    let quoted = quote(
        &folder,
        "tokens day --trace {log.csv} --time-unit milliseconds",
    );
    assert_eq!(
        lines(&quoted),
        [
            "Input, 08:00–22:00 1750 0.00525",
            "Output, 08:00–22:00 175 0.001575",
            "Input, 22:00–08:00 1250 0.001875",
            "Output, 22:00–08:00 125 0.0005625",
        ]
    );
    assert_eq!(
        notes(&quoted),
        [
            "the price depends on the hour of the day (UTC+8), which times from a start of their own do not have: the calls are spread evenly over it; at list price, all of them in 08:00–22:00 cost ¥0.01, in 22:00–08:00 ¥0.01"
        ]
    );
    let line = "ptu day --input-tpm 1k --output-tpm 50 --trace {log.csv} --time-unit milliseconds";
    let overflows = quote(&folder, line);
    assert_eq!(
        lines(&overflows)[2],
        "Overflow input, 08:00–22:00 1750 0.00525"
    );
    assert_eq!(notes(&overflows).len(), 1);
    let cheapest = "ptu day --fit cheapest --trace {log.csv} --time-unit milliseconds";
    assert!(decimal(&quote(&folder, cheapest)["total"]) <= decimal(&overflows["total"]));
}

#[test]
fn a_part_of_a_trace_is_refused() {
    let folder = log(&["2026-06-01T21:59:00+08:00"]);
    let line = "quote ptu day --input-tpm 1k --output-tpm 1k --trace {log.csv} --partial --catalog {day.toml}";
    let refused = common::run(&args(&folder, line));
    assert_eq!(
        (
            refused.code,
            refused.stdout.as_str(),
            refused.stderr.as_str()
        ),
        (
            2,
            "",
            "error: a part of a trace knows no prices that depend on the hour of the day\n\nhint: price the whole trace in one run\n"
        )
    );
}

/// A reservation whose price changes on the second day, and calls that cost the same on both.
fn changing(second: &str) -> Folder {
    let (head, tail) = DAY.split_once("[[model.ptu]]").unwrap();
    let (ptu, standard) = tail.split_once("[[model.standard]]").unwrap();
    let dearer = ptu.replace("0.1 per", "0.2 per");
    let catalog = format!(
        "{head}[[model.ptu]]\nfrom = 2026-01-01{ptu}[[model.ptu]]\nfrom = 2026-06-02{dearer}[[model.standard]]\nfrom = 2026-01-01{standard}{second}"
    );
    let times = [
        "2026-06-01T12:00:00+08:00",
        "2026-06-01T23:00:00+08:00",
        "2026-06-02T00:00:00+08:00",
        "2026-06-02T12:00:00+08:00",
    ];
    let rows = times.map(|time| format!("{time},1000,100\n")).concat();
    let log = format!("timestamp,input_tokens,output_tokens\n{rows}");
    Folder::new(&[("day.toml", &catalog), ("log.csv", &log)])
}

#[test]
fn hours_of_days_with_one_price_are_one_line() {
    let line = "ptu day --input-tpm 500 --output-tpm 500 --trace {log.csv}";
    let quoted = quote(&changing(""), line);
    let overflow: Vec<String> = lines(&quoted)
        .into_iter()
        .filter(|line| line.contains("Overflow"))
        .collect();
    assert_eq!(
        overflow,
        [
            "Overflow input, 08:00–22:00 2000 0.006",
            "Overflow output, 08:00–22:00 200 0.0018",
            "Overflow input, 22:00–08:00 2000 0.003",
            "Overflow output, 22:00–08:00 200 0.0009",
        ]
    );
    let second = "[[model.standard]]\nfrom = 2026-06-02\ntiers = [\n  { hours = \"09:00-21:00\", input = \"4 per 1M tokens\", output = \"9 per 1M tokens\" },\n  { hours = \"21:00-09:00\", input = \"2 per 1M tokens\", output = \"4.5 per 1M tokens\" },\n]\n";
    let quoted = quote(&changing(second), line);
    let overflow: Vec<String> = lines(&quoted)
        .into_iter()
        .filter(|line| line.contains("Overflow input"))
        .collect();
    assert_eq!(
        overflow,
        [
            "Overflow input before 2026-06-02, 08:00–22:00 1000 0.003",
            "Overflow input before 2026-06-02, 22:00–08:00 1000 0.0015",
            "Overflow input from 2026-06-02, 09:00–21:00 1000 0.004",
            "Overflow input from 2026-06-02, 21:00–09:00 1000 0.002",
        ]
    );
    let changes: Vec<&str> = quoted["notes"]
        .as_array()
        .unwrap()
        .iter()
        .map(|note| note["message"].as_str().unwrap())
        .filter(|message| message.contains("2026-06-02"))
        .collect();
    assert_eq!(changes.len(), 1, "{changes:?}");
    assert_eq!(changes[0].matches("2026-06-02").count(), 1, "{changes:?}");
}

#[test]
fn a_chart_is_that_of_one_price() {
    let flat = DAY.replace("{ hours = \"08:00-22:00\",", "{").replace(
        "  { hours = \"22:00-08:00\", input = \"1.5 per 1M tokens\", cached = \"0.15 per 1M tokens\", output = \"4.5 per 1M tokens\" },\n",
        "",
    );
    let folder = changing("");
    folder.file("day.toml", DAY);
    folder.file("flat.toml", &flat);
    let drawn = |catalog: &str| {
        let chart = folder.path_of(&format!("{catalog}.svg"));
        let line = format!(
            "quote ptu day --input-tpm 500 --output-tpm 500 --trace {{log.csv}} --catalog {{{catalog}.toml}} --chart-file {chart}"
        );
        let outcome = common::run(&args(&folder, &line));
        assert_eq!(outcome.code, 0, "{}", outcome.stderr);
        outcome.files[0].1.clone()
    };
    assert_eq!(drawn("day"), drawn("flat"));
}

#[test]
fn parts_of_another_price_are_refused() {
    let (start, _) = DAY.split_once("[[model.standard]]").unwrap();
    let flat = format!(
        "{start}[[model.standard]]\ntiers = [{{ input = \"3 per 1M tokens\", output = \"9 per 1M tokens\" }}]\n"
    );
    let folder = log(&["2026-06-01T21:59:00+08:00"]);
    folder.file("flat.toml", &flat);
    let line = "quote ptu day --input-tpm 1k --output-tpm 1k --trace {log.csv} --partial --catalog {flat.toml}";
    let part = common::run(&args(&folder, line));
    assert_eq!((part.code, part.stderr.as_str()), (0, ""));
    folder.file("part.json", &part.stdout);
    let merge = |catalog: &str| {
        let line = format!("merge {{part.json}} --catalog {{{catalog}.toml}}");
        common::run(&args(&folder, &line))
    };
    assert_eq!(merge("flat").code, 0);
    let refused = merge("day");
    assert_eq!((refused.code, refused.stdout.as_str()), (1, ""));
    assert!(refused.stderr.contains("`prices`"), "{}", refused.stderr);
}

#[test]
fn a_comparison_of_a_trace_prices_each_call_at_its_hour() {
    let folder = log(&["2026-06-01T07:59:59+08:00", "2026-06-01T08:00:00+08:00"]);
    let line = "compare day --trace {log.csv} --catalog {day.toml}";
    let compared = super::json(&folder, line);
    let options = compared["options"].as_array().unwrap();
    let standard = options
        .iter()
        .find(|option| option["option"] == "standard")
        .unwrap();
    // A call of ¥0.003,9 and one of half as much.
    assert_eq!(standard["total"], "0.00585");
    let own = quote(&folder, "tokens day --trace {log.csv}");
    assert_eq!(own["total"], "0.00585");
}
