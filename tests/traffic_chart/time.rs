//! The axis of time: its labels, and that none is printed on another.

use roxmltree::{Document, Node};
use tollgate::report::traffic::{TrafficChart, svg};

use super::{IN_QUOTA, JUNE, chart, number, outlines, row, texts};

/// A letter is about so wide at the size of labels, in tenths of a dot.
const LETTER: i64 = 72;

/// Where a text begins and ends.
fn ends(text: Node) -> (i64, i64) {
    let letters = i64::try_from(text.text().unwrap().trim().len()).unwrap();
    let (x, wide) = (number(text, "x"), letters * LETTER / 10);
    match text.attribute("text-anchor").unwrap() {
        "start" => (x, x + wide),
        "end" => (x - wide, x),
        _ => (x - wide / 2, x + wide / 2),
    }
}

/// The labels of a row below the axis with the places where they begin and end.
fn labels(svg: &Document, row: usize) -> Vec<((i64, i64), String)> {
    let axis = svg.descendants().find(|node| {
        let text = node.text().unwrap_or_default().trim();
        node.has_tag_name("text") && (text == "time in UTC+8" || text.contains(" from "))
    });
    // The caption is 42 dots below the plotting area, the labels are 8 and 24.
    let y = number(axis.unwrap(), "y") - [34, 18][row];
    let found = svg
        .descendants()
        .filter(|node| node.has_tag_name("text") && number(*node, "y") == y);
    found
        .map(|node| (ends(node), node.text().unwrap().trim().to_owned()))
        .collect()
}

fn said(chart: &TrafficChart, row: usize) -> Vec<String> {
    let text = svg(chart).unwrap();
    let document = Document::parse(&text).unwrap();
    labels(&document, row)
        .into_iter()
        .map(|(_, text)| text)
        .collect()
}

/// A chart from a minute for so many.
fn span(first: i64, minutes: i64) -> TrafficChart {
    let ends = [first, first + minutes - 1];
    chart(ends.map(|minute| row(minute, (1, 1), (0, 0))).to_vec())
}

#[test]
fn times_are_those_of_a_clock_in_china_with_dates_where_they_begin() {
    let chart = span(JUNE - 180, 720);
    let times = [
        "21:00", "22:00", "23:00", "00:00", "01:00", "02:00", "03:00", "04:00", "05:00",
    ];
    assert_eq!(said(&chart, 0)[..9], times);
    assert_eq!(said(&chart, 1), ["2026-05-31", "2026-06-01"]);
    assert_eq!(said(&span(JUNE + 5, 1), 0), ["00:05", "00:06"]);
    let days = said(&span(JUNE - 1_440 * 151, 1_440 * 10), 0);
    assert_eq!(days[..3], ["01-01", "01-02", "01-03"]);
    let years = said(&span(JUNE - 1_440 * 155, 1_440 * 10), 1);
    assert_eq!(years, ["2025", "2026"]);
    let months = said(&span(JUNE, 1_440 * 365), 0);
    assert_eq!(months[..2], ["2026-06", "2026-07"]);
    let years = said(&span(JUNE, 1_440 * 365 * 30), 0);
    assert_eq!(years[..2], ["2030", "2035"]);
}

#[test]
fn times_that_are_no_dates_are_counted_from_the_start() {
    let mut chart = span(0, 57);
    chart.dated = false;
    assert_eq!(said(&chart, 0)[..3], ["0", "5", "10"]);
    let caption = |chart: &TrafficChart| {
        let text = svg(chart).unwrap();
        let texts = texts(&Document::parse(&text).unwrap());
        texts
            .into_iter()
            .find(|text| text.contains(" from "))
            .unwrap()
    };
    assert_eq!(caption(&chart), "minutes from time 0 of the trace");
    for (minutes, unit, labels) in [
        (900, "hours", ["0", "2", "4"]),
        (10_000, "hours", ["0", "24", "48"]),
        (1_440 * 20, "days", ["0", "2", "4"]),
        (1_440 * 12_000, "days", ["0", "1,000", "2,000"]),
    ] {
        let mut chart = span(0, minutes);
        chart.dated = false;
        assert_eq!(said(&chart, 0)[..3], labels);
        assert_eq!(caption(&chart), format!("{unit} from time 0 of the trace"));
    }
    // A date that no calendar has.
    assert_eq!(
        caption(&span(i64::MAX - 10, 10)),
        "minutes from 1970-01-01 00:00 UTC"
    );
}

/// Where the axis of time ends: the columns are as wide as it.
fn axis(svg: &Document) -> i64 {
    outlines(svg, IN_QUOTA)[0].last().unwrap().0
}

#[test]
fn the_last_label_ends_with_the_axis() {
    let year = 1_440 * 365;
    for (first, minutes, last) in [
        (JUNE - 1_440 * 151, year, "2027-01"),
        (JUNE, year, "2027-06"),
        // Three days before the end, which are 8 dots.
        (JUNE + 1_440 * 3, year, "2027-06"),
        (JUNE, 1, "00:01"),
        (JUNE, 1_440, "00:00"),
    ] {
        let text = svg(&span(first, minutes)).unwrap();
        let document = Document::parse(&text).unwrap();
        let ((_, end), label) = labels(&document, 0).pop().unwrap();
        assert_eq!((end, label.as_str()), (axis(&document), last));
    }
}

#[test]
fn the_longest_labels_are_on_the_paper() {
    for first in [i64::MIN, i64::MAX - 10] {
        let text = svg(&span(first, 10)).unwrap();
        let document = Document::parse(&text).unwrap();
        let labels = labels(&document, 0);
        let (((begin, _), text), ((_, end), _)) = (&labels[0], &labels[labels.len() - 1]);
        assert!(text.len() >= 25 && *begin > 0, "{labels:?}");
        assert!(*end <= axis(&document), "{labels:?}");
    }
}

#[test]
fn no_label_is_printed_on_another_or_beyond_the_edge() {
    let lengths = (1..200)
        .chain((200..3_000).step_by(97))
        .chain((3_000..1_000_000).step_by(17_389));
    for minutes in lengths {
        for dated in [true, false] {
            let mut chart = span(JUNE + minutes % 1_440 * 7, minutes);
            chart.dated = dated;
            if !dated {
                chart.minutes.iter_mut().for_each(|row| row.minute -= JUNE);
            }
            let text = svg(&chart).unwrap();
            let document = Document::parse(&text).unwrap();
            let right = axis(&document);
            for row in [0, 1] {
                let labels = labels(&document, row);
                assert!(
                    row == 1 || (2..=16).contains(&labels.len()),
                    "{minutes}: {labels:?}"
                );
                let mut end = 0;
                for ((first, last), _) in &labels {
                    assert!(*first > end + 3, "{minutes}: {labels:?}");
                    end = *last;
                }
                assert!(end <= right, "{minutes}: {labels:?}");
            }
        }
    }
}
