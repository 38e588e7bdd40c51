//! Cost against load in a terminal: letters for the options, so that no colour is needed.

use rust_decimal::Decimal;
use rust_decimal::prelude::ToPrimitive;

use super::lines::{ChartData, number, top_cost};
use crate::billing::exact;
use crate::compare::Curve;
use crate::report::render::terminal::wrap;

/// The rows of the plotting area: an odd number, so that there is one in the middle.
const ROWS: usize = 17;

/// The rows of a line in a column, from the highest to the lowest.
type Span = (usize, usize);

/// The chart as text, as wide as that many columns: the cheapest option of each method, and the one that
/// is used now.
pub fn render(data: &ChartData, width: usize) -> String {
    let curves = data.few(0);
    let (top_rpm, top_cost) = (data.top_rpm(), top_cost(&curves));
    let half = exact::div(top_cost, 2).map_or(top_cost, |half| half.value);
    let labels = [top_cost, half, Decimal::ZERO].map(|cost| data.money(cost).to_string());
    let [high, middle, zero] = &labels;
    let lengths = labels.iter().map(|label| label.chars().count());
    let margin = lengths.max().unwrap_or(0);
    // An odd number, so that the workload has the column in the middle.
    let columns = width.saturating_sub(margin.saturating_add(4)) | 1;
    let lines: Vec<(char, Vec<Option<Span>>)> = ('A'..='Z')
        .zip(&curves)
        .map(|(letter, curve)| (letter, spans(curve, columns, top_rpm, top_cost)))
        .collect();

    let mut text = String::new();
    let mut write = |line: &str| {
        text.push_str(line.trim_end());
        text.push('\n');
    };
    for line in wrap(&data.title, width, " ", " ") {
        write(&line);
    }
    write("");
    for row in 0..ROWS {
        let label = match row {
            0 => high,
            row if row == ROWS / 2 => middle,
            row if row.saturating_add(1) == ROWS => zero,
            _ => "",
        };
        let cells: String = (0..columns)
            .map(|column| cell(&lines, row, column, columns))
            .collect();
        write(&format!(" {label:>margin$} │{cells}"));
    }
    let side = "─".repeat(columns / 2);
    write(&format!(" {:margin$} └{side}┴{side}", ""));
    let rest = columns.saturating_sub(1);
    let most = number(top_rpm);
    write(&format!(" {:margin$}  0{most:>rest$}", ""));
    for line in wrap(&data.workload(), columns, "", "") {
        write(&format!(" {:margin$}  {line:^columns$}", ""));
    }
    write("");
    for ((letter, _), curve) in lines.iter().zip(&curves) {
        let entry = format!("{letter}  {}", data.name(curve));
        for line in wrap(&entry, width, " ", "    ") {
            write(&line);
        }
    }
    if let Some(said) = data.left_out(curves.len()) {
        for line in wrap(&said, width, " ", " ") {
            write(&line);
        }
    }
    text
}

/// The letter of the line in a cell. Lines that share cells take turns.
fn cell(lines: &[(char, Vec<Option<Span>>)], row: usize, column: usize, columns: usize) -> char {
    let is_here = |spans: &[Option<Span>]| {
        let span = spans.get(column).copied().flatten();
        span.is_some_and(|(first, last)| (first..=last).contains(&row))
    };
    let here = lines.iter().filter(|(_, spans)| is_here(spans));
    let here: Vec<char> = here.map(|(letter, _)| *letter).collect();
    let turn = column.checked_rem(here.len());
    match turn.and_then(|turn| here.get(turn)) {
        Some(letter) => *letter,
        None if column == columns / 2 => '┊',
        None => ' ',
    }
}

/// Where a curve is in each column, without a gap where it is steep; nothing beyond its end.
fn spans(curve: &Curve, columns: usize, top_rpm: Decimal, top_cost: Decimal) -> Vec<Option<Span>> {
    let mut last = None;
    let span = |column| {
        let cost = cost_at(curve, at_column(column, columns, top_rpm))?;
        let row = row_of(cost, top_cost)?;
        let from = last.replace(row).unwrap_or(row);
        Some(match from < row {
            true => (from.saturating_add(1), row),
            false => (row, from.saturating_sub(1).max(row)),
        })
    };
    (0..columns).map(span).collect()
}

/// The load that a column stands for.
fn at_column(column: usize, columns: usize, top: Decimal) -> Decimal {
    let last = u64::try_from(columns.saturating_sub(1)).unwrap_or(1);
    let scaled = exact::mul(top, Decimal::from(column)).unwrap_or_default();
    exact::div(scaled, last).map_or(Decimal::ZERO, |quotient| quotient.value)
}

/// The cost at a load, on the straight line between the points around it.
fn cost_at(curve: &Curve, rpm: Decimal) -> Option<Decimal> {
    let after = curve.points.iter().position(|(at, _)| *at >= rpm)?;
    let (next_rpm, next_cost) = *curve.points.get(after)?;
    let before = after
        .checked_sub(1)
        .and_then(|before| curve.points.get(before));
    let Some((last_rpm, last_cost)) = before.copied() else {
        return Some(next_cost);
    };
    let along = exact::ratio(
        exact::sub(rpm, last_rpm).ok()?,
        exact::sub(next_rpm, last_rpm).ok()?,
    );
    let rise = exact::sub(next_cost, last_cost).ok()?;
    // A cell of the chart is far coarser than two decimals.
    let step = exact::mul(exact::round2(rise), exact::round2(along.ok()?.value)).ok()?;
    exact::add(last_cost, step).ok()
}

/// The row of a cost, the first on top.
fn row_of(cost: Decimal, top: Decimal) -> Option<usize> {
    let last = ROWS.checked_sub(1)?;
    if top.is_zero() {
        return Some(last);
    }
    let scaled = exact::mul(exact::round2(cost), Decimal::from(last)).ok()?;
    let height = exact::ratio(scaled, top).ok()?.value.round().to_usize()?;
    last.checked_sub(height.min(last))
}
