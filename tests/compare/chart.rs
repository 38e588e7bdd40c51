//! The chart in a terminal: as wide as it is, without colour, the cheapest option of each method in it.

use std::collections::BTreeSet;

use super::{MODELS, capacities, document, rows, said, text};

/// Ordinary calls that become dearer than a replica, which is full before twice the load.
const CROSSING: &str = "compare qwen3-8b --spec MU5 --rpm 300 --input-per-request 1k --output-per-request 200 \
                        --hours-per-day 10 --replica-capacity MU5=500k/100k";

/// The chart, without what stands above and below it.
fn chart(line: &str) -> String {
    let outcome = said(&format!("{line} --chart"));
    assert_eq!((outcome.code, outcome.stderr.as_str()), (0, ""), "{line}");
    let (above, chart) = outcome.stdout.split_once(" Cost of").unwrap();
    let without = said(line).stdout;
    let below = without
        .strip_prefix(above.trim_end())
        .unwrap()
        .trim_start_matches('\n');
    let chart = chart.strip_suffix(below).unwrap().trim_end();
    format!(" Cost of{chart}\n")
}

/// The legend, and what is said below it.
fn legend(chart: &str) -> &str {
    chart.rsplit_once("\n\n").unwrap().1
}

fn assert_fits(chart: &str, width: usize) {
    for line in chart.lines() {
        let columns = line.chars().count();
        assert!(columns <= width, "{columns} columns: {line}");
        assert!(!line.contains('\u{1b}'), "{line}");
    }
}

#[test]
fn a_chart_draws_cost_against_load() {
    assert_eq!(
        chart(CROSSING),
        " Cost of Qwen3-8B for 30 days

 ¥9,720.00 │                                 ┊                              AAA
           │                                 ┊                          AAAA
           │                                 ┊                      AAAA
           │                                 ┊                  AAAA
           │                                 ┊              AAAA
           │                                 ┊          AAAA
           │BBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBABABBBBBBBBBBBBB
           │                                 ┊  AAAA
 ¥4,860.00 │                               AAAAA
           │                           AAAA  ┊
           │                       AAAA      ┊
           │                   AAAA          ┊
           │               AAAA              ┊
           │           AAAA                  ┊
           │       AAAA                      ┊
           │   AAAA                          ┊
     ¥0.00 │AAA                              ┊
           └─────────────────────────────────┴─────────────────────────────────
            0                                                               600
                             workload: 300 requests per minute

 A  1. standard
 B  2. mu-hourly MU5x1, to 500 rpm
 2 of 3 options are drawn: the cheapest of each method first
"
    );
}

#[test]
fn the_option_that_is_used_now_is_drawn_too_and_lines_that_meet_take_turns() {
    assert_eq!(
        chart(&format!("{CROSSING} --current mu-monthly")),
        " Cost of Qwen3-8B for 30 days

 ¥10,139.00 │CCCCCCCCCCCCCCCCCCCCCCCCCCCCCCCCCCCCCCCCCCCCCCCCCCCCCCCC
            │                                 ┊                             AAAA
            │                                 ┊                         AAAA
            │                                 ┊                    AAAAA
            │                                 ┊                AAAA
            │                                 ┊            AAAA
            │BBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBABABBBBBBBBBBB
            │                                 ┊   AAAA
  ¥5,069.50 │                                 AAAA
            │                             AAAA┊
            │                        AAAAA    ┊
            │                    AAAA         ┊
            │                AAAA             ┊
            │           AAAAA                 ┊
            │       AAAA                      ┊
            │   AAAA                          ┊
      ¥0.00 │AAA                              ┊
            └─────────────────────────────────┴─────────────────────────────────
             0                                                               600
                              workload: 300 requests per minute

 A  1. standard
 B  2. mu-hourly MU5x1, to 500 rpm
 C  3. mu-monthly MU5x1 (now), to 500 rpm
"
    );
}

#[test]
fn the_workload_is_in_the_middle_also_where_every_line_ends_early() {
    let line = "compare qwen3-vl-4b-instruct --rpm 30 --input-per-request 4000 \
                --output-per-request 400 --replica-capacity MU1x2=130k/60k";
    let drawn = chart(line);
    let axis: Vec<&str> = drawn
        .lines()
        .find(|line| line.trim_start().starts_with("0 "))
        .unwrap()
        .split_whitespace()
        .collect();
    assert_eq!(axis, ["0", "60"]);
    assert!(
        drawn.contains(" workload: 30 requests per minute\n"),
        "{drawn}"
    );
    let rows: Vec<Vec<char>> = drawn
        .lines()
        .filter_map(|line| line.split_once('│'))
        .map(|(_, cells)| cells.chars().collect())
        .collect();
    let axis = drawn
        .lines()
        .find_map(|line| line.split_once('└'))
        .unwrap()
        .1;
    let (columns, middle) = (axis.chars().count(), axis.chars().position(|c| c == '┴'));
    assert_eq!(middle, Some(columns / 2));
    assert!(
        rows.iter()
            .all(|row| row.get(columns / 2).is_some_and(|c| *c != ' '))
    );
    // A replica serves 32 whole requests a minute, of the 60 at the end of the axis.
    let end = rows
        .iter()
        .filter_map(|row| row.iter().rposition(char::is_ascii_uppercase));
    let full = (columns - 1) * 32 / 60;
    assert_eq!(end.max(), Some(full));
    assert!(legend(&drawn).contains(", to 32 rpm\n"), "{drawn}");
}

#[test]
fn a_chart_needs_no_colour() {
    let outcome = said(&format!("{CROSSING} --chart --color always"));
    let text = outcome.stdout;
    let at = text.find(" Cost of").unwrap();
    let drawn = chart(CROSSING);
    assert!(text.get(at..).unwrap().starts_with(&drawn), "{text}");
}

#[test]
fn a_chart_stands_in_a_table_only() {
    for format in ["json", "csv", "markdown"] {
        let outcome = said(&format!("{CROSSING} --chart --format {format}"));
        assert_eq!(
            (
                outcome.code,
                outcome.stdout.as_str(),
                outcome.stderr.as_str()
            ),
            (
                2,
                "",
                "error: `--chart` draws under a table, and another format is asked for\n\n\
                 hint: use `--chart-file cost.svg`, or leave one of them out\n"
            ),
            "{format}"
        );
    }
}

/// The kinds of options by method.
fn method(option: &str) -> &str {
    option.split_once('-').map_or(option, |(method, _)| method)
}

#[test]
fn the_chart_of_each_model_fits_80_columns_and_has_the_cheapest_of_each_method() {
    for model in MODELS.iter() {
        let code = text(&model["code"]);
        // A reranker has no price for output.
        let line =
            format!("compare {code} --rpm 1.5 --input-per-request 4000 --output-per-request 0");
        let compared = document(&line);
        if rows(&compared).is_empty() {
            let drawn = said(&format!("{line} --chart"));
            assert_eq!(drawn.stdout, said(&line).stdout, "{code}");
            continue;
        }
        let drawn = chart(&line);
        assert_fits(&drawn, 80);
        let mut known = BTreeSet::new();
        let mut expected: Vec<String> = Vec::new();
        for row in rows(&compared) {
            let option = text(&row["option"]);
            if known.insert(method(option)) {
                let spec = row["quote"]["parameters"]["spec"].as_str();
                let spec = spec.map(|spec| format!(" {spec}")).unwrap_or_default();
                expected.push(format!("{}. {option}{spec}", row["rank"]));
            }
        }
        let options = rows(&compared).len();
        let left_out = legend(&drawn)
            .lines()
            .find(|line| line.contains(" drawn: "));
        assert_eq!(left_out.is_some(), expected.len() < options, "{code}");
        let said = legend(&drawn)
            .lines()
            .filter(|line| !line.contains(" drawn: "));
        let said: Vec<&str> = said
            .filter_map(|line| Some(line.split_once("  ")?.1))
            .map(|line| line.split_once(", to ").map_or(line, |(name, _)| name))
            .collect();
        assert_eq!(said, expected, "{code}");
    }
}

#[test]
fn the_chart_of_any_cost_or_rate_fits_80_columns() {
    let sizes = "--input-per-request 4000 --output-per-request 400";
    for rpm in ["0.000000001", "33.333333333333", "1000000", "1000000000"] {
        let line = format!("compare qwen3-max-2025-09-23 --rpm {rpm} {sizes}");
        assert_fits(&chart(&line), 80);
    }
}

#[test]
fn the_chart_uses_the_width_that_there_is() {
    for width in [60, 80, 140] {
        let mut command = assert_cmd::Command::new(assert_cmd::cargo::cargo_bin!("tollgate"));
        let output = command
            .env_remove("TOLLGATE_CATALOG")
            .env("TOLLGATE_TODAY", "2026-11-20")
            .env("COLUMNS", width.to_string())
            .args(CROSSING.split_whitespace())
            .arg("--chart")
            .output()
            .unwrap();
        let text = String::from_utf8(output.stdout).unwrap();
        let (_, chart) = text.split_once(" Cost of").unwrap();
        let (chart, _) = chart.split_once(" A  1.").unwrap();
        assert_fits(chart, width);
        let widest = chart.lines().map(|line| line.chars().count()).max();
        assert!(widest >= Some(width - 1), "{width}: {widest:?}");
    }
}

#[test]
fn of_many_options_few_are_drawn_and_how_many_is_said() {
    let codes: Vec<&str> = MODELS
        .iter()
        .map(|model| text(&model["code"]))
        .take(30)
        .collect();
    let load = "--rpm 30 --input-per-request 4000 --output-per-request 400";
    let line = format!("compare {} {load}{}", codes.join(" "), capacities(&codes));
    let options = rows(&document(&line)).len();
    assert!(options > 62);
    let drawn = chart(&line);
    assert_fits(&drawn, 80);
    assert!(drawn.starts_with(" Cost of 30 models for 30 days\n"));
    let said = format!(" 5 of {options} options are drawn: the cheapest of each method first\n");
    assert!(drawn.ends_with(&said), "{drawn}");
    assert_eq!(legend(&drawn).lines().count(), 6, "{drawn}");
}
