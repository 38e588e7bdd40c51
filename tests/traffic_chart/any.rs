//! Whatever the trace is: a valid file of a bounded size, with everything on the paper.

use proptest::prelude::*;
use roxmltree::Document;
use tollgate::billing::load::OnOverflow;
use tollgate::report::traffic::{TrafficChart, svg};

use super::{IN_QUOTA, JUNE, OVERFLOW, busy, chart, number, outlines, row};

/// Far above what a chart takes, and still a small file.
const MOST_BYTES: usize = 100_000;

/// Checks what holds for every chart.
fn check(chart: &TrafficChart) {
    let text = svg(chart).unwrap();
    assert!(text.len() < MOST_BYTES, "{} bytes", text.len());
    let document = Document::parse(&text).unwrap();
    let width = number(document.root_element(), "width");
    let height = number(document.root_element(), "height");
    let on_paper = |(x, y): (i64, i64)| (0..=width).contains(&x) && (0..=height).contains(&y);
    for color in [IN_QUOTA, OVERFLOW] {
        for outline in outlines(&document, color) {
            assert!(outline.iter().copied().all(on_paper), "{outline:?}");
            // 200 dots are the plotting area.
            let (first, low) = (outline[0], outline.iter().map(|(_, y)| *y).min().unwrap());
            assert!(first.1 - low <= 200, "{outline:?}");
        }
    }
    for node in document
        .descendants()
        .filter(|node| node.has_tag_name("text"))
    {
        assert!(on_paper((number(node, "x"), number(node, "y"))), "{node:?}");
    }
    let beyond =
        |side: fn((u64, u64)) -> u64| chart.minutes.iter().any(|row| side(row.overflow) > 0);
    if chart.reserved.is_some() && chart.minutes.len() == 1 {
        // However little overflows, it is seen.
        let sides = [beyond(|sides| sides.0), beyond(|sides| sides.1)];
        let sides = sides.into_iter().filter(|any| *any).count();
        assert_eq!(outlines(&document, OVERFLOW).len(), sides);
    }
}

#[test]
fn a_year_of_minutes_is_a_small_file() {
    check(&chart(busy(JUNE, 525_600)));
    // As many columns as there can be, each of another height.
    check(&chart(busy(JUNE, 960)));
}

#[test]
fn the_ends_of_what_numbers_hold_are_drawn() {
    let big = 1 << 63;
    let all = u64::MAX;
    for minutes in [
        vec![],
        vec![row(0, (0, 0), (0, 0))],
        vec![row(i64::MIN, (big, big), (big, big))],
        vec![row(i64::MAX, (all, all), (all, all))],
        vec![
            row(i64::MIN, (0, 1), (1, 0)),
            row(i64::MAX, (all, 0), (0, all)),
        ],
        // From the year 1970 to 9999.
        vec![
            row(0, (5, 5), (0, 0)),
            row(4_223_371_679, (big, 1), (1, big)),
        ],
    ] {
        for reserved in [None, Some((0, 0)), Some((1, all)), Some((big, big))] {
            for dated in [true, false] {
                check(&TrafficChart {
                    reserved,
                    dated,
                    ..chart(minutes.clone())
                });
            }
        }
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 150, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn any_trace_is_drawn(
        minutes in prop::collection::vec(
            (
                prop_oneof![any::<i64>(), JUNE..JUNE + 3_000_000, 0..2_000_i64],
                any::<((u64, u64), (u64, u64))>(),
                0_u32..64,
            ),
            0..40,
        ),
        reserved in any::<Option<(u64, u64)>>(),
        dated: bool,
        refused: bool,
        title in ".{0,200}",
    ) {
        let mut minutes: Vec<_> = minutes
            .into_iter()
            .map(|(minute, (low, high), by)| {
                row(minute, (low.0 >> by, low.1 >> by), (high.0 >> by, high.1 >> by))
            })
            .collect();
        minutes.sort_by_key(|row| row.minute);
        let on_overflow = if refused { OnOverflow::Reject } else { OnOverflow::Bill };
        check(&TrafficChart { title, reserved, on_overflow, dated, ..chart(minutes) });
    }
}
