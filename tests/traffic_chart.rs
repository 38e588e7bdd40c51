//! Recorded traffic as an SVG: what is drawn where, and that it is small and readable whatever the
//! trace is.

#![allow(
    clippy::unwrap_used,
    clippy::indexing_slicing,
    clippy::arithmetic_side_effects
)]

#[path = "traffic_chart/any.rs"]
mod any;
#[path = "traffic_chart/drawn.rs"]
mod drawn;
#[path = "traffic_chart/time.rs"]
mod time;

use std::fs;
use std::path::Path;

use roxmltree::{Document, Node};
use tollgate::billing::load::{OnOverflow, Reserved};
use tollgate::billing::recorded::MinuteTokens;
use tollgate::replay::{Call, Reservation, Sink, Timeline};
use tollgate::report::traffic::{TrafficChart, svg};

/// The colours of what is within the quota, and of what overflows.
const IN_QUOTA: &str = "#9ECAE1";
const OVERFLOW: &str = "#CB281B";

/// 2026-06-01 00:00 in China.
const JUNE: i64 = 29_670_720;

fn row(minute: i64, in_quota: (u64, u64), overflow: (u64, u64)) -> MinuteTokens {
    MinuteTokens {
        minute,
        in_quota,
        overflow,
    }
}

/// A chart of these minutes against 10K input and 1K output TPM.
fn chart(minutes: Vec<MinuteTokens>) -> TrafficChart {
    let ends = minutes.first().zip(minutes.last());
    let length = ends.map_or(0, |(first, last)| last.minute.abs_diff(first.minute));
    TrafficChart {
        title: "Traffic of Small-1".to_owned(),
        length: length.saturating_add(1),
        minutes,
        reserved: Some((10_000, 1_000)),
        on_overflow: OnOverflow::Bill,
        dated: true,
    }
}

/// Minutes without a gap, of which some overflow.
fn busy(first: i64, count: i64) -> Vec<MinuteTokens> {
    let minute = |at: i64| {
        let wave = u64::try_from((at * 7_919) % 13_001).unwrap();
        let beyond = wave.saturating_sub(10_000);
        row(
            first + at,
            (wave.min(10_000), wave.min(10_000) / 10),
            (beyond, beyond / 10),
        )
    };
    (0..count).map(minute).collect()
}

fn texts(svg: &Document) -> Vec<String> {
    let texts = svg.descendants().filter(|node| node.has_tag_name("text"));
    texts
        .map(|node| node.text().unwrap().trim().to_owned())
        .collect()
}

fn number(node: Node, name: &str) -> i64 {
    node.attribute(name).unwrap().parse().unwrap()
}

/// The points of each filled outline of a colour: input, then output.
fn outlines(svg: &Document, color: &str) -> Vec<Vec<(i64, i64)>> {
    let found = svg
        .descendants()
        .filter(|node| node.has_tag_name("polygon") && node.attribute("fill") == Some(color));
    let points = |node: Node| -> Vec<(i64, i64)> {
        let points = node.attribute("points").unwrap().split_whitespace();
        points
            .map(|point| {
                let (x, y) = point.split_once(',').unwrap();
                (x.parse().unwrap(), y.parse().unwrap())
            })
            .collect()
    };
    found.map(points).collect()
}

#[test]
fn a_chart_is_the_one_that_was_looked_at() {
    let reserved = Reserved {
        max_input: Some(8_000),
        ..Reserved::of_sides(10_000, 1_000)
    };
    let mut timeline = Timeline::new(Reservation {
        reserved,
        tiers: vec![None],
    });
    let call = |input, output| Call::plain(input, output);
    // An evening: a minute as in the rules, one with a call above the maximum input, one of nothing,
    // and one after midnight.
    let first = [
        (4_000, 100),
        (5_000, 100),
        (2_000, 100),
        (1_000, 100),
        (500, 900),
    ];
    let first = first.map(|(input, output)| call(input, output));
    timeline.calls(JUNE - 3, &first).unwrap();
    timeline
        .calls(JUNE - 2, &[call(8_001, 200), call(2_000, 0)])
        .unwrap();
    timeline.calls(JUNE, &[call(0, 0)]).unwrap();
    timeline.calls(JUNE + 1, &[call(6_000, 1_000)]).unwrap();
    let (_, minutes) = timeline.finish().unwrap();
    let drawn = svg(&chart(minutes)).unwrap();

    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/traffic_chart/small.svg");
    if std::env::var_os("TOLLGATE_REWRITE").is_some() {
        fs::write(&path, &drawn).unwrap();
    }
    assert_eq!(fs::read_to_string(path).ok(), Some(drawn));
}

#[test]
fn the_same_trace_is_the_same_file() {
    let chart = chart(busy(JUNE, 2_000));
    assert_eq!(svg(&chart).unwrap(), svg(&chart).unwrap());
}
