//! The chart as a file: an SVG with its titles, few lines with their names, and all of it or nothing.

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Output;

use roxmltree::{Document, Node};

use super::{capacities, document, rows, said};

const CROSSING: &str = "compare qwen3-8b --spec MU5 --rpm 300 --input-per-request 1k --output-per-request 200 \
                        --hours-per-day 10 --replica-capacity MU5=500k/100k";

/// Tokens that cross the replicas of two models at one load.
const MEETING: &str = "compare qwen3-8b qwen3-4b --spec MU5 --rpm 350 --input-per-request 1k --output-per-request 200 \
                       --hours-per-day 10 --replica-capacity MU5=1M/200k";

/// What the chart file of a comparison holds.
fn drawn(line: &str) -> String {
    let outcome = said(&format!("{line} --chart-file cost.svg"));
    assert_eq!((outcome.code, outcome.stderr.as_str()), (0, ""), "{line}");
    assert_eq!(outcome.stdout, said(line).stdout, "{line}");
    let [(path, text)] = outcome.files.try_into().unwrap();
    assert_eq!(path, PathBuf::from("cost.svg"));
    text
}

fn texts<'a>(svg: &'a Document) -> Vec<&'a str> {
    let texts = svg.descendants().filter(|node| node.has_tag_name("text"));
    texts.map(|node| node.text().unwrap().trim()).collect()
}

/// Whether it is a line that stands for an option: wider than all others.
fn is_series(node: &Node) -> bool {
    node.has_tag_name("polyline") && node.attribute("stroke-width") == Some("3")
}

/// The points of each line that stands for an option.
fn series<'a>(svg: &'a Document) -> Vec<Vec<&'a str>> {
    let lines = svg.descendants().filter(is_series);
    let points = lines.map(|node| node.attribute("points").unwrap());
    points
        .map(|points| points.split_whitespace().collect())
        .collect()
}

fn number(node: Node, name: &str) -> i32 {
    node.attribute(name).unwrap().parse().unwrap()
}

/// What is written right of the plotting area, with its y, from the top.
fn labels(svg: &Document) -> Vec<(i32, String)> {
    let texts = svg
        .descendants()
        .filter(|node| node.has_tag_name("text") && node.attribute("text-anchor") == Some("start"));
    let written = |node: Node| (number(node, "y"), node.text().unwrap().trim().to_owned());
    let right = texts.clone().map(|node| number(node, "x")).max().unwrap();
    let mut labels: Vec<_> = texts
        .filter(|node| number(*node, "x") == right)
        .map(written)
        .collect();
    labels.sort();
    labels
}

/// The ranks of what is drawn.
fn ranks(svg: &Document) -> Vec<usize> {
    let labels = labels(svg);
    let ranks = labels
        .iter()
        .filter_map(|(_, name)| name.split_once(". ")?.0.parse().ok());
    let mut ranks: Vec<usize> = ranks.collect();
    ranks.sort_unstable();
    ranks
}

#[test]
fn a_chart_has_its_titles_its_lines_and_its_crossings() {
    let text = drawn(CROSSING);
    let svg = Document::parse(&text).unwrap();
    assert_eq!(svg.root_element().tag_name().name(), "svg");
    assert_eq!(
        svg.root_element().tag_name().namespace(),
        Some("http://www.w3.org/2000/svg")
    );
    let texts = texts(&svg);
    for said in [
        "Cost of Qwen3-8B for 30 days",
        "requests per minute",
        "cost in CNY",
        "requests of 1K input and 200 output tokens, 10h a day",
        "workload: 300 requests per minute",
        "1. standard",
        "2. mu-hourly MU5x1, to 500 rpm",
        "3. mu-monthly MU5x1, to 500 rpm",
        "600",
        "¥10,000",
    ] {
        assert_eq!(
            texts.iter().filter(|text| **text == said).count(),
            1,
            "{said}: {texts:?}"
        );
    }
    assert_eq!(series(&svg).len(), 3);
    // A replica is ¥6,300, and a request a minute ¥16.20: 388.89 of them.
    let crossing = "○ 1 and 2 cost the same at 388.89 rpm";
    assert!(texts.contains(&crossing), "{texts:?}");
    // A ring where they cross; the other circles are filled, and end the lines.
    let circles = svg.descendants().filter(|node| node.has_tag_name("circle"));
    let rings = circles.filter(|node| node.attribute("fill") == Some("none"));
    assert_eq!(rings.count(), 1);
    // Nothing is left out.
    assert!(
        !texts.iter().any(|text| text.contains("drawn")),
        "{texts:?}"
    );
}

#[test]
fn a_straight_line_is_drawn_from_its_first_point_to_its_last() {
    let text = drawn(CROSSING);
    let svg = Document::parse(&text).unwrap();
    let points: Vec<usize> = series(&svg).iter().map(Vec::len).collect();
    assert_eq!(points, [2, 2, 2]);
    // A reservation costs the same until it is full, and then more with each call.
    let line = "compare qwen3-max-2025-09-23 --rpm 300 --input-per-request 4000 --output-per-request 400 --spec MU2x8 --replica-capacity MU2x8=10M/2M";
    let text = drawn(line);
    let svg = Document::parse(&text).unwrap();
    let mut points: Vec<usize> = series(&svg).iter().map(Vec::len).collect();
    points.sort_unstable();
    assert_eq!(points, [2, 2, 2, 3, 3]);
}

/// Five models, each by every method it is sold by.
fn many() -> String {
    let codes = [
        "qwen3-8b",
        "qwen3-32b",
        "qwen3.6-plus-2026-04-02",
        "qwen3-max-2025-09-23",
        "qwen-plus-2025-12-01",
    ];
    format!(
        "compare {} --rpm 600 --input-per-request 4000 --output-per-request 400{}",
        codes.join(" "),
        capacities(&codes)
    )
}

#[test]
fn at_most_six_lines_are_drawn_the_cheapest_of_each_method_first() {
    let text = drawn(&many());
    let svg = Document::parse(&text).unwrap();
    let compared = document(&many());
    let rows = rows(&compared);
    assert!(rows.len() > 21, "{}", rows.len());
    let said = format!(
        "6 of {} options are drawn: the cheapest of each method first",
        rows.len()
    );
    assert!(texts(&svg).contains(&said.as_str()), "{:?}", texts(&svg));
    let method = |at: usize| {
        let option = rows[at]["option"].as_str().unwrap();
        option.split('-').next().unwrap()
    };
    let is_first = |at: &usize| (0..*at).all(|other| method(other) != method(*at));
    let (first, next): (Vec<usize>, Vec<usize>) = (0..rows.len()).partition(is_first);
    assert!(first.len() >= 3, "{first:?}");
    let chosen = first.iter().chain(&next).take(6);
    let mut expected: Vec<usize> = chosen.map(|at| at + 1).collect();
    expected.sort_unstable();
    assert_eq!(ranks(&svg), expected);
}

#[test]
fn lines_are_told_apart_by_colour_and_by_dashes() {
    let text = drawn(&many());
    let svg = Document::parse(&text).unwrap();
    let lines: Vec<Node> = svg.descendants().filter(is_series).collect();
    assert_eq!(lines.len(), 6);
    for name in ["stroke", "stroke-dasharray"] {
        let looks: BTreeSet<Option<&str>> = lines.iter().map(|line| line.attribute(name)).collect();
        assert_eq!(looks.len(), 6, "{name}: {looks:?}");
    }
    // The cheapest is the one without gaps.
    assert_eq!(lines[0].attribute("stroke-dasharray"), None);
}

/// Six models of one price, with the longest names and codes there are.
fn longest(folder: &Path) -> String {
    let mut text = "version = 1\n[provider]\nid = \"alibaba\"\n".to_owned();
    let mut codes = String::new();
    for model in 1..=6 {
        let rest = "x".repeat(126);
        text.push_str(&format!(
            "[[model]]\ncode = \"m{model}{rest}\"\nname = \"M{model}{rest}\"\n[[model.standard]]\n\
             tiers = [{{ input = \"1 per 1M tokens\", output = \"4 per 1M tokens\" }}]\n"
        ));
        codes.push_str(&format!("m{model}{rest} "));
    }
    let file = folder.join("long.toml");
    fs::write(&file, text).unwrap();
    let load = "--rpm 0.5 --input-per-request 10 --output-per-request 10 --days 1";
    format!("compare {codes}--catalog {} {load}", file.to_str().unwrap())
}

#[test]
fn no_name_is_printed_on_another_or_beyond_the_edge() {
    let folder = tempfile::tempdir().unwrap();
    for line in [CROSSING.to_owned(), many(), longest(folder.path())] {
        let text = drawn(&line);
        let svg = Document::parse(&text).unwrap();
        let labels = labels(&svg);
        let height = number(svg.root_element(), "height");
        for pair in labels.windows(2) {
            assert!(pair[0].0 + 16 <= pair[1].0, "{labels:?}");
        }
        let on_paper = |y: i32| (0..height - 16).contains(&y);
        assert!(labels.iter().all(|(y, _)| on_paper(*y)), "{labels:?}");
        // Letters of this size are at most 9 dots wide.
        let texts = svg.descendants().filter(|node| {
            node.has_tag_name("text") && node.attribute("text-anchor") == Some("start")
        });
        let width = number(svg.root_element(), "width");
        for node in texts {
            let letters = node.text().unwrap().trim().chars().count();
            let end = number(node, "x") + 9 * i32::try_from(letters).unwrap();
            assert!(end <= width, "{:?}", node.text());
        }
    }
}

#[test]
fn names_of_lines_that_lie_on_each_other_are_all_there() {
    let folder = tempfile::tempdir().unwrap();
    let text = drawn(&longest(folder.path()));
    let svg = Document::parse(&text).unwrap();
    assert_eq!(ranks(&svg), [1, 2, 3, 4, 5, 6]);
    assert_eq!(series(&svg).len(), 6);
    assert!(series(&svg).iter().all(|points| *points == series(&svg)[0]));
}

#[test]
fn the_workload_is_a_line_in_the_middle() {
    let text = drawn(CROSSING);
    let svg = Document::parse(&text).unwrap();
    let mut lines = svg.descendants();
    let line = lines.find(|node| node.attribute("stroke") == Some("#606060"));
    let points = line.unwrap().attribute("points").unwrap();
    let x = |point: &str| point.split_once(',').unwrap().0.parse::<i32>().unwrap();
    let xs: Vec<i32> = points.split_whitespace().map(x).collect();
    let standard = &series(&svg)[0];
    let middle = (x(standard[0]) + x(standard[1])) / 2;
    assert_eq!(xs, [middle, middle]);
}

#[test]
fn crossings_are_those_with_the_cheapest_of_what_is_drawn() {
    let text = drawn(MEETING);
    let svg = Document::parse(&text).unwrap();
    let (ranks, texts) = (ranks(&svg), texts(&svg));
    let said = texts
        .iter()
        .filter_map(|text| text.strip_prefix("○ 1 and "));
    let others: Vec<usize> = said
        .map(|text| text.split(' ').next().unwrap().parse().unwrap())
        .collect();
    assert!(others.len() > 1, "{texts:?}");
    assert!(
        others.iter().all(|rank| *rank != 1 && ranks.contains(rank)),
        "{others:?}"
    );
}

#[test]
fn a_line_ends_where_its_replicas_are_full() {
    let text = drawn(CROSSING);
    let svg = Document::parse(&text).unwrap();
    let x = |point: &&str| point.split_once(',').unwrap().0.parse::<u32>().unwrap();
    let ends: Vec<u32> = series(&svg)
        .iter()
        .map(|points| x(points.last().unwrap()))
        .collect();
    let begins: Vec<u32> = series(&svg).iter().map(|points| x(&points[0])).collect();
    assert!(begins.iter().all(|begin| *begin == begins[0]), "{begins:?}");
    // Tokens go on to 600 requests a minute, the replica to 500.
    assert_eq!(ends[1], ends[2]);
    let (all, full) = ((ends[0] - begins[0]) * 5, (ends[2] - begins[2]) * 6);
    // Pixels are whole.
    assert!(all.abs_diff(full) <= 6, "{ends:?}");
}

#[test]
fn the_axis_ends_at_twice_the_workload_also_where_every_line_ends_early() {
    let text = drawn(
        "compare qwen3-vl-4b-instruct --rpm 30 --input-per-request 4000 \
         --output-per-request 400 --replica-capacity MU1x2=130k/60k",
    );
    let svg = Document::parse(&text).unwrap();
    assert!(texts(&svg).contains(&"60"), "{:?}", texts(&svg));
}

#[test]
fn a_name_is_text_and_not_markup() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("own.toml");
    let text = "version = 1\n[provider]\nid = \"alibaba\"\n[[model]]\ncode = \"own\"\n\
                name = 'A & B <\"c\">'\n[[model.standard]]\n\
                tiers = [{ input = \"1 per 1M tokens\", output = \"4 per 1M tokens\" }]\n";
    fs::write(&file, text).unwrap();
    let load = "--rpm 0.5 --input-per-request 10 --output-per-request 10 --days 1";
    let text = drawn(&format!(
        "compare own --catalog {} {load}",
        file.to_str().unwrap()
    ));
    let svg = Document::parse(&text).unwrap();
    assert!(
        texts(&svg).contains(&"Cost of A & B <\"c\"> for 1 day"),
        "{text}"
    );
}

/// The program in a folder of its own.
fn program(folder: &Path, line: &str) -> Output {
    let mut command = assert_cmd::Command::new(assert_cmd::cargo::cargo_bin!("tollgate"));
    command
        .env_remove("TOLLGATE_CATALOG")
        .env("TOLLGATE_TODAY", "2026-11-20")
        .current_dir(folder);
    command
        .args(["--as-of", "2026-11-20"])
        .args(line.split(' '));
    command.output().unwrap()
}

fn names(folder: &Path) -> Vec<String> {
    let entries = fs::read_dir(folder).unwrap();
    entries
        .map(|entry| entry.unwrap().file_name().into_string().unwrap())
        .collect()
}

#[test]
fn the_file_is_written_beside_what_is_printed() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("cost.svg");
    fs::write(&path, "an older and much longer chart".repeat(10_000)).unwrap();
    for limit in ["", " --max-cost 1"] {
        let output = program(
            folder.path(),
            &format!("{CROSSING} --no-savings-plan --chart-file cost.svg{limit}"),
        );
        assert_eq!(
            output.status.code(),
            Some(if limit.is_empty() { 0 } else { 3 })
        );
        assert_eq!(
            String::from_utf8(output.stdout).unwrap(),
            said(CROSSING).stdout
        );
        assert_eq!(fs::read_to_string(&path).unwrap(), drawn(CROSSING));
        assert_eq!(names(folder.path()), ["cost.svg"]);
    }
}

#[test]
fn a_file_that_cannot_be_written_leaves_nothing_behind() {
    let folder = tempfile::tempdir().unwrap();
    fs::create_dir(folder.path().join("taken.svg")).unwrap();
    fs::write(folder.path().join("taken.svg/kept"), "kept").unwrap();
    for (path, reason) in [
        ("none/cost.svg", "No such file or directory (os error 2)"),
        ("taken.svg/kept/cost.svg", "Not a directory (os error 20)"),
        ("taken.svg", "Is a directory (os error 21)"),
    ] {
        let output = program(folder.path(), &format!("{CROSSING} --chart-file {path}"));
        assert_eq!(
            (output.status.code(), output.stdout.as_slice()),
            (Some(1), &b""[..]),
            "{path}"
        );
        let stderr = String::from_utf8(output.stderr).unwrap();
        assert_eq!(
            stderr.lines().next().unwrap(),
            format!("error: cannot write `{path}`: {reason}")
        );
        assert_eq!(names(folder.path()), ["taken.svg"], "{path}");
        assert_eq!(names(&folder.path().join("taken.svg")), ["kept"], "{path}");
    }
}

#[test]
fn a_comparison_that_fails_writes_no_file() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("cost.svg");
    fs::write(&path, "kept").unwrap();
    let output = program(
        folder.path(),
        &format!("{CROSSING} --current ptu-daily --chart-file cost.svg"),
    );
    assert_eq!(
        (output.status.code(), output.stdout.as_slice()),
        (Some(1), &b""[..])
    );
    assert_eq!(fs::read_to_string(&path).unwrap(), "kept");
    assert_eq!(names(folder.path()), ["cost.svg"]);
}
