//! Columns, the line of what is reserved, and the legend.

use roxmltree::Document;
use tollgate::billing::load::OnOverflow;
use tollgate::report::traffic::{TrafficChart, svg};

use super::{IN_QUOTA, JUNE, OVERFLOW, busy, chart, outlines, row, texts};

/// The y of the lines at a reservation, input above output.
fn lines(svg: &Document) -> Vec<i64> {
    let is_line = |node: &roxmltree::Node| {
        node.has_tag_name("polyline") && node.attribute("stroke-width") == Some("2")
    };
    let points = svg.descendants().filter(is_line);
    let first = |node: roxmltree::Node| {
        let point = node.attribute("points").unwrap().split_once(' ').unwrap().0;
        point.split_once(',').unwrap().1.parse().unwrap()
    };
    points.map(first).collect()
}

/// The lowest and the highest place of an outline.
fn extent(points: &[(i64, i64)]) -> (i64, i64) {
    let ys = || points.iter().map(|(_, y)| *y);
    (ys().max().unwrap(), ys().min().unwrap())
}

#[test]
fn what_overflows_stands_on_what_does_not() {
    let text = svg(&chart(vec![row(JUNE, (10_000, 300), (2_500, 1_000))])).unwrap();
    let document = Document::parse(&text).unwrap();
    let (low, high) = (outlines(&document, IN_QUOTA), outlines(&document, OVERFLOW));
    assert_eq!((low.len(), high.len()), (2, 2));
    // 200 dots are 15K input and 1.5K output tokens.
    let height = |outline: &[(i64, i64)]| extent(outline).0 - extent(outline).1;
    assert_eq!((height(&low[0]), height(&high[0])), (133, 167));
    assert_eq!((height(&low[1]), height(&high[1])), (40, 173));
    // What is exactly full ends at the line, which the legend has as well.
    let [input, output, _] = lines(&document)[..] else {
        unreachable!("{:?}", lines(&document));
    };
    assert_eq!(input, extent(&low[0]).1);
    assert_eq!(output, extent(&low[1]).0 - 133);
    for said in [
        "Traffic of Small-1",
        "input tokens per minute",
        "output tokens per minute",
        "within the quota",
        "overflow in 1 of 1 minute (100%), billed as ordinary calls",
        "reserved tokens per minute (TPM)",
        "10K TPM",
        "1K TPM",
        "15K",
        "1.5K",
        "time in UTC+8",
        "2026-06-01",
    ] {
        let found = texts(&document);
        assert_eq!(
            found.iter().filter(|text| *text == said).count(),
            1,
            "{said}"
        );
    }
}

#[test]
fn a_minute_without_calls_has_no_tokens() {
    let minutes = vec![
        row(JUNE, (5_000, 0), (0, 0)),
        row(JUNE + 2, (5_000, 0), (0, 0)),
    ];
    let text = svg(&chart(minutes)).unwrap();
    let document = Document::parse(&text).unwrap();
    // An outline for the input alone, down to the axis and up again in the middle.
    let [input] = &outlines(&document, IN_QUOTA)[..] else {
        unreachable!("{text}");
    };
    let (bottom, top) = extent(input);
    let (left, right) = (input[0].0, input.last().unwrap().0);
    let third = (right - left) / 3;
    assert_eq!(
        input[..],
        [
            (left, bottom),
            (left, bottom),
            (left, top),
            (left + third, top),
            (left + third, bottom),
            (left + 2 * third, bottom),
            (left + 2 * third, top),
            (right, top),
            (right, bottom),
        ]
    );
}

#[test]
fn a_column_of_several_minutes_is_the_busiest_and_the_chart_says_so() {
    let mut minutes = busy(JUNE, 43_200);
    // The busiest is the one with most tokens, also where another has more that overflow.
    minutes[20_000] = row(JUNE + 20_000, (10_000, 1_000), (9_000, 0));
    minutes[20_001] = row(JUNE + 20_001, (0, 0), (17_000, 0));
    let text = svg(&chart(minutes)).unwrap();
    let document = Document::parse(&text).unwrap();
    assert!(
        texts(&document).contains(&"each column is the busiest of 60 minutes (1 hour)".to_owned())
    );
    let (low, high) = (outlines(&document, IN_QUOTA), outlines(&document, OVERFLOW));
    // 200 dots are 20K.
    let (bottom, top) = extent(&high[0]);
    assert_eq!(bottom - top, 190);
    let x = high[0].iter().find(|(_, y)| *y == top).unwrap().0;
    // 333 whole hours before it, of 720.
    assert_eq!(x - high[0][0].0, 333 * 960 / 720);
    assert_eq!(extent(&low[0]).0 - extent(&low[0]).1, 100);

    for (count, said) in [
        (960, None),
        (961, Some("2 minutes")),
        (1_440, Some("2 minutes")),
        (10_080, Some("15 minutes")),
        (525_600, Some("720 minutes (12 hours)")),
        (900_000, Some("1,440 minutes (1 day)")),
    ] {
        let text = svg(&chart(busy(JUNE, count))).unwrap();
        let texts = texts(&Document::parse(&text).unwrap());
        let found = texts
            .iter()
            .find_map(|text| text.strip_prefix("each column is the busiest of "));
        assert_eq!(found, said, "{count}");
    }
}

#[test]
fn a_side_without_tokens_says_so_and_has_no_steps_above_0() {
    let minutes = vec![row(JUNE, (10_000, 0), (0, 0))];
    for reserved in [None, Some((10_000, 0))] {
        let drawn = TrafficChart {
            reserved,
            ..chart(minutes.clone())
        };
        let text = svg(&drawn).unwrap();
        let texts = texts(&Document::parse(&text).unwrap());
        let count = |said: &str| texts.iter().filter(|text| *text == said).count();
        assert_eq!(count("input tokens per minute"), 1);
        assert_eq!(count("output tokens per minute: none"), 1);
        // A 0 below each side.
        assert_eq!((count("0"), count("1"), count("15K")), (2, 0, 1));
        let nothing_reserved = usize::from(reserved.is_some());
        assert_eq!(count("0 TPM"), nothing_reserved, "{texts:?}");
    }
    // What is reserved has its steps, used or not.
    let text = svg(&chart(minutes)).unwrap();
    let texts = texts(&Document::parse(&text).unwrap());
    for said in ["output tokens per minute: none", "1.5K", "1K TPM"] {
        assert!(texts.contains(&said.to_owned()), "{said}");
    }
}

#[test]
fn without_a_reservation_there_is_no_line_and_no_overflow() {
    let mut of_all = chart(vec![row(JUNE, (10_000, 300), (0, 0))]);
    of_all.reserved = None;
    let text = svg(&of_all).unwrap();
    let document = Document::parse(&text).unwrap();
    assert!(lines(&document).is_empty());
    assert!(!text.contains(OVERFLOW), "{text}");
    let texts = texts(&document);
    assert!(
        texts.contains(&"tokens of all calls".to_owned()),
        "{texts:?}"
    );
    assert!(
        !texts
            .iter()
            .any(|text| text.contains("reserved") || text.contains("quota"))
    );
}

#[test]
fn the_legend_says_what_becomes_of_calls_that_do_not_fit() {
    let said = |chart: &TrafficChart| {
        let text = svg(chart).unwrap();
        texts(&Document::parse(&text).unwrap())
    };
    let mut refused = chart(vec![
        row(JUNE, (10, 0), (5, 0)),
        row(JUNE + 9, (0, 0), (0, 1)),
    ]);
    let whole = |texts: &[String]| {
        let found = texts.iter().find(|text| text.contains("as a whole"));
        found.map(|text| text.split_once(" as").unwrap().0.to_owned())
    };
    let texts = said(&refused);
    let billed = "overflow in 2 of 10 minutes (20.0%), billed as ordinary calls".to_owned();
    assert!(texts.contains(&billed), "{texts:?}");
    assert_eq!(whole(&texts).as_deref(), Some("a call overflows"));
    refused.on_overflow = OnOverflow::Reject;
    let texts = said(&refused);
    assert!(
        texts.contains(&"refused in 2 of 10 minutes (20.0%)".to_owned()),
        "{texts:?}"
    );
    assert_eq!(whole(&texts).as_deref(), Some("a call is refused"));
    assert!(
        !texts.iter().any(|text| text.contains("overflow")),
        "{texts:?}"
    );
    let texts = said(&chart(vec![row(JUNE, (10, 0), (0, 0))]));
    let nothing = "overflow in none of 1 minute".to_owned();
    assert!(texts.contains(&nothing), "{texts:?}");
    assert_eq!(whole(&texts), None, "{texts:?}");
}

#[test]
fn a_title_is_text_and_not_markup() {
    let mut named = chart(busy(JUNE, 3));
    named.title = "A & B <\"c\">\u{1b}[31m\n".to_owned();
    let text = svg(&named).unwrap();
    let texts = texts(&Document::parse(&text).unwrap());
    assert!(
        texts.contains(&"A & B <\"c\">\u{fffd}[31m\u{fffd}".to_owned()),
        "{texts:?}"
    );
}

/// As a printer without colour has them.
#[test]
fn the_colours_are_apart_in_grey() {
    let grey = |color: &str| {
        let value = u32::from_str_radix(color.trim_start_matches('#'), 16).unwrap();
        let parts = [value >> 16, (value >> 8) & 255, value & 255];
        (parts[0] * 299 + parts[1] * 587 + parts[2] * 114) / 1_000
    };
    assert!(grey(IN_QUOTA) > grey(OVERFLOW) + 100);
}
