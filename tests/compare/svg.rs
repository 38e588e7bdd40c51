//! The chart as a file: an SVG with its titles, a line for each option, and all of it or nothing.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Output;

use roxmltree::{Document, Node};

use super::{capacities, document, rows, said};

const CROSSING: &str = "compare qwen3-8b --spec MU5 --rpm 300 --input-per-request 1k --output-per-request 200 \
                        --hours-per-day 10 --replica-capacity MU5=500k/100k";

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

/// Whether it is a line that stands for an option: wider than a tick, narrower than a key of the
/// legend.
fn is_series(node: &Node) -> bool {
    node.has_tag_name("polyline") && node.attribute("stroke-width") == Some("2")
}

/// The points of each line that stands for an option.
fn series<'a>(svg: &'a Document) -> Vec<Vec<&'a str>> {
    let lines = svg.descendants().filter(is_series);
    let points = lines.map(|node| node.attribute("points").unwrap());
    points
        .map(|points| points.split_whitespace().collect())
        .collect()
}

/// Colours of the series, in the order of the options.
fn colours<'a>(svg: &'a Document) -> Vec<&'a str> {
    let lines = svg.descendants().filter(is_series);
    lines
        .map(|node| node.attribute("stroke").unwrap())
        .collect()
}

#[test]
fn a_chart_has_its_titles_a_line_for_each_option_and_its_crossings() {
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
        "1. standard",
        "2. mu-hourly MU5x1",
        "3. mu-monthly MU5x1",
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
    let crossing = "×1: 1 and 2 cost the same at 388.89 rpm";
    assert!(texts.contains(&crossing), "{texts:?}");
    let marks = svg.descendants().filter(|node| node.has_tag_name("circle"));
    assert_eq!(marks.count(), 1);
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

#[test]
fn no_label_of_a_crossing_is_printed_on_another() {
    let codes = ["qwen3-8b", "qwen3-max-2025-09-23"];
    let line = format!(
        "compare {} --rpm 600 --input-per-request 1k --output-per-request 200{}",
        codes.join(" "),
        capacities(&codes)
    );
    let text = drawn(&line);
    let svg = Document::parse(&text).unwrap();
    let labels = svg.descendants().filter(|node| {
        let text = node.text().unwrap_or_default().trim();
        node.has_tag_name("text") && text.starts_with('×') && !text.contains(':')
    });
    let at = |node: Node, name: &str| node.attribute(name).unwrap().parse::<i32>().unwrap();
    let places: Vec<(i32, i32)> = labels.map(|node| (at(node, "x"), at(node, "y"))).collect();
    assert!(places.len() > 3, "{places:?}");
    for (at, one) in places.iter().enumerate() {
        for other in &places[at + 1..] {
            let apart = one.0.abs_diff(other.0) > 20 || one.1.abs_diff(other.1) > 10;
            assert!(apart, "{one:?} {other:?} of {places:?}");
        }
    }
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
        "compare qwen3.7-plus-2026-05-26 --rpm 30 --input-per-request 4000 \
         --output-per-request 400 --replica-capacity MU3x8=130k/60k",
    );
    let svg = Document::parse(&text).unwrap();
    assert!(texts(&svg).contains(&"60"), "{:?}", texts(&svg));
}

#[test]
fn each_option_of_several_models_has_a_line_and_an_entry() {
    let line = "compare qwen3-max-2025-09-23 qwen3.6-plus-2026-04-02 qwen3-8b --rpm 30 \
                --input-per-request 4000 --output-per-request 400";
    let text = drawn(line);
    let svg = Document::parse(&text).unwrap();
    let compared = document(line);
    assert_eq!(series(&svg).len(), rows(&compared).len());
    let texts = texts(&svg);
    for row in rows(&compared) {
        let parameters = &row["quote"]["parameters"];
        let spec = parameters["spec"].as_str().map(|spec| format!(" {spec}"));
        let entry = format!(
            "{}. {}{} {}",
            row["rank"],
            row["option"].as_str().unwrap(),
            spec.unwrap_or_default(),
            row["quote"]["model"]["code"].as_str().unwrap()
        );
        let of_row = |text: &&&str| text.split_once(',').map_or(**text, |split| split.0) == entry;
        assert_eq!(texts.iter().filter(of_row).count(), 1, "{entry}");
    }
}

#[test]
fn no_two_options_have_the_same_colour() {
    let codes = [
        "qwen3-8b",
        "qwen3-32b",
        "qwen3.6-plus-2026-04-02",
        "qwen3-max-2025-09-23",
        "qwen-plus-2025-12-01",
    ];
    let line = format!(
        "compare {} --rpm 30 --input-per-request 4000 --output-per-request 400{}",
        codes.join(" "),
        capacities(&codes)
    );
    let text = drawn(&line);
    let svg = Document::parse(&text).unwrap();
    let colours = colours(&svg);
    let mut apart = colours.clone();
    apart.sort_unstable();
    apart.dedup();
    assert!(colours.len() > 21, "{}", colours.len());
    assert_eq!(apart.len(), colours.len(), "{colours:?}");
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
            &format!("{CROSSING} --chart-file cost.svg{limit}"),
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
