//! Cost against load in a terminal: letters for the options, so that no colour is needed.

use std::collections::BTreeSet;

use rust_decimal::prelude::ToPrimitive;
use rust_decimal::{Decimal, RoundingStrategy};

use super::lines::{ChartData, number, top_cost};
use crate::billing::exact;
use crate::compare::Curve;
use crate::report::render::wrap::wrap;

/// The rows of the plotting area: an odd number, so that there is one in the middle.
const ROWS: usize = 17;

/// Parts of a cell in which lines are laid out, so that their steps are even.
const PARTS: usize = 16;

/// A place in the plotting area: its column and its row, the first on top.
type Cell = (usize, usize);

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
    let lines: Vec<(char, BTreeSet<Cell>)> = ('A'..='Z')
        .zip(&curves)
        .map(|(letter, curve)| (letter, cells(curve, columns, top_rpm, top_cost)))
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
        let letters = (0..columns).map(|column| letter(&lines, (column, row), columns));
        let letters: String = letters.collect();
        write(&format!(" {label:>margin$} │{letters}"));
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
fn letter(lines: &[(char, BTreeSet<Cell>)], at: Cell, columns: usize) -> char {
    let here = lines.iter().filter(|(_, cells)| cells.contains(&at));
    let here: Vec<char> = here.map(|(letter, _)| *letter).collect();
    let turn = at.0.checked_rem(here.len());
    match turn.and_then(|turn| here.get(turn)) {
        Some(letter) => *letter,
        None if at.0 == columns / 2 => '┊',
        None => ' ',
    }
}

/// The cells of a curve: straight from point to point.
fn cells(curve: &Curve, columns: usize, top_rpm: Decimal, top_cost: Decimal) -> BTreeSet<Cell> {
    let points = curve.points.iter().filter_map(|(rpm, cost)| {
        let above = part_of(*cost, top_cost, ROWS)?;
        let row = parts(ROWS).checked_sub(above)?;
        Some((part_of(*rpm, top_rpm, columns)?, row))
    });
    let points: Vec<(usize, usize)> = points.collect();
    let along = |from: usize, to: usize, step: usize, steps: usize| {
        let left = from.saturating_mul(steps.saturating_sub(step));
        let part = left.saturating_add(to.saturating_mul(step));
        part.checked_div(steps).unwrap_or(from)
    };
    let pairs = points.iter().zip(points.iter().skip(1));
    let lines = pairs.flat_map(|(from, to)| {
        let (run, rise) = (from.0.abs_diff(to.0), from.1.abs_diff(to.1));
        let steps = run.max(rise);
        let parts = (0..=steps).map(move |step| {
            let at = |from, to| along(from, to, step, steps);
            (at(from.0, to.0), at(from.1, to.1))
        });
        // One cell a column, or one a row where it is steep.
        let counts = move |(x, y): &Cell| if run >= rise { x % PARTS } else { y % PARTS } == 0;
        parts.filter(counts)
    });
    let nearest = |part: usize| part.saturating_add(PARTS / 2) / PARTS;
    lines.map(|(x, y)| (nearest(x), nearest(y))).collect()
}

/// Parts from the middle of the first cell to that of the last.
fn parts(cells: usize) -> usize {
    cells.saturating_sub(1).saturating_mul(PARTS)
}

/// The parts from 0 to a value.
fn part_of(value: Decimal, top: Decimal, cells: usize) -> Option<usize> {
    if top.is_zero() {
        return Some(0);
    }
    let nearest = RoundingStrategy::MidpointAwayFromZero;
    let share = exact::ratio_or_rounded(value, top).ok()?.value;
    // A part is far coarser than six decimals.
    let share = share.round_dp_with_strategy(6, nearest);
    let above = exact::mul(share, parts(cells).into()).ok()?;
    above.round_dp_with_strategy(0, nearest).to_usize()
}
