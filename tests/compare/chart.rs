//! The chart in a terminal: 80 columns, without colour, every option in it.

use super::{MODELS, capacities, document, rows, said, text};

/// Ordinary calls that become dearer than a replica, which is full before twice the load.
const CROSSING: &str = "compare qwen3-8b --spec MU5 --rpm 300 --input-per-request 1k --output-per-request 200 \
                        --hours-per-day 10 --replica-capacity MU5=500k/100k";

/// What stands below the table.
fn chart(line: &str) -> String {
    let drawn = said(&format!("{line} --chart"));
    assert_eq!((drawn.code, drawn.stderr.as_str()), (0, ""), "{line}");
    let table = said(line).stdout;
    drawn
        .stdout
        .strip_prefix(&format!("{table}\n"))
        .unwrap()
        .to_owned()
}

fn assert_fits(chart: &str) {
    for line in chart.lines() {
        let columns = line.chars().count();
        assert!(columns <= 80, "{columns} columns: {line}");
        assert!(!line.contains('\u{1b}'), "{line}");
    }
}

#[test]
fn a_chart_draws_cost_against_load() {
    assert_eq!(
        chart(CROSSING),
        " Cost of Qwen3-8B for 30 days

 ¥10,139.00 │CCCCCCCCCCCCCCCCCCCCCCCCCCCCCCCCCCCCCCCCCCCCCCCCCC
            │                                                        AAAA
            │                                                    AAAA
            │                                                AAAA
            │                                            AAAA
            │                                       AAAAA
            │BBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBAAAABBBBBBBBBBB
            │                               AAAA
            │                           AAAA
            │                       AAAA
            │                   AAAA
            │               AAAA
            │           AAAA
            │       AAAA
            │   AAAA
      ¥0.00 │AAA
            └────────────────────────────────────────────────────────────
             0                           300                          600
             requests per minute; the workload is in the middle

 A  1. standard
 B  2. mu-hourly MU5x1
 C  3. mu-monthly MU5x1
"
    );
}

#[test]
fn the_workload_is_in_the_middle_also_where_every_line_ends_early() {
    let line = "compare qwen3.7-plus-2026-05-26 --rpm 30 --input-per-request 4000 \
                --output-per-request 400 --replica-capacity MU3x8=130k/60k";
    let drawn = chart(line);
    let axis: Vec<&str> = drawn
        .lines()
        .find(|line| line.trim_start().starts_with("0 "))
        .unwrap()
        .split_whitespace()
        .collect();
    assert_eq!(axis, ["0", "30", "60"]);
    // A replica serves 32.5 requests a minute: 31.96 of the 59 steps to 60.
    let lengths = drawn
        .lines()
        .filter_map(|line| line.split_once('│'))
        .map(|(_, cells)| cells.chars().count());
    assert_eq!(lengths.max(), Some(32));
}

#[test]
fn a_chart_needs_no_colour() {
    let drawn = said(&format!("{CROSSING} --chart --color always")).stdout;
    let at = drawn.find(" Cost of").unwrap();
    assert_eq!(drawn.get(at..).unwrap(), chart(CROSSING));
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

#[test]
fn the_chart_of_each_model_fits_80_columns() {
    for model in MODELS.iter() {
        let code = text(&model["code"]);
        // A reranker has no price for output.
        let line =
            format!("compare {code} --rpm 1.5 --input-per-request 4000 --output-per-request 0");
        let drawn = chart(&line);
        assert_fits(&drawn);
        let legend = drawn.rsplit_once("\n\n").unwrap().1;
        let compared = document(&line);
        let ranks: Vec<usize> = legend
            .lines()
            .map(|line| {
                line.split(['.', ' '])
                    .find_map(|word| word.parse().ok())
                    .unwrap()
            })
            .collect();
        assert_eq!(
            ranks,
            (1..=rows(&compared).len()).collect::<Vec<_>>(),
            "{code}"
        );
    }
}

#[test]
fn the_chart_of_any_cost_or_rate_fits_80_columns() {
    let sizes = "--input-per-request 4000 --output-per-request 400";
    for rpm in ["0.000000001", "33.333333333333", "1000000", "1000000000"] {
        assert_fits(&chart(&format!(
            "compare qwen3-max-2025-09-23 --rpm {rpm} {sizes}"
        )));
    }
}

#[test]
fn each_of_many_options_is_in_the_chart() {
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
    assert_fits(&drawn);
    let legend = drawn.rsplit_once("\n\n").unwrap().1;
    assert_eq!(legend.lines().count(), options);
    // What has no letter is not drawn, and under nothing.
    let undrawn = legend.lines().filter(|line| line.starts_with(" -"));
    for line in undrawn {
        assert!(!line.contains("under"), "{line}");
    }
}
