//! Cost against load in a terminal: letters for the options, so that no colour is needed.

use rust_decimal::Decimal;
use rust_decimal::prelude::ToPrimitive;

use super::ChartData;
use crate::billing::exact;
use crate::billing::money::Money;
use crate::compare::Curve;
use crate::report::render::terminal::wrap;

/// The most columns, and the rows, of the plotting area.
const MOST_COLUMNS: usize = 60;
const ROWS: usize = 16;

/// What stands for an option in the chart; beyond these, options are in the legend alone.
const LETTERS: &[u8] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789";

/// The chart as text, at most so many columns wide.
pub fn render(data: &ChartData, width: usize) -> String {
    let points = || data.curves.iter().flat_map(|curve| &curve.points);
    let top_rpm = data.top_rpm();
    let top_cost = points().map(|(_, cost)| *cost).max().unwrap_or_default();
    let money = |amount| {
        let currency = data.currency;
        Money { amount, currency }.to_string()
    };
    let (high, zero) = (money(top_cost), money(Decimal::ZERO));
    let margin = high.chars().count().max(zero.chars().count());
    let columns = width
        .saturating_sub(margin.saturating_add(3))
        .min(MOST_COLUMNS);
    let mut text = format!(" {}\n\n", data.title);
    let grid = grid(data, columns, top_rpm, top_cost);
    for (at, row) in grid.iter().enumerate() {
        let label = match at {
            0 => high.as_str(),
            at if at.saturating_add(1) == ROWS => zero.as_str(),
            _ => "",
        };
        let pad = margin.saturating_sub(label.chars().count());
        let cells: String = row.iter().collect();
        let line = format!(" {}{label} │{cells}", " ".repeat(pad));
        text.push_str(line.trim_end());
        text.push('\n');
    }
    text.push_str(&axis(data, margin, columns, top_rpm));
    for (at, curve) in data.curves.iter().enumerate() {
        let letter = LETTERS.get(at).map_or('-', |letter| char::from(*letter));
        let under = match LETTERS.get(at) {
            Some(_) => under(&cells(curve, columns, top_rpm, top_cost), &grid, letter),
            None => String::new(),
        };
        let entry = format!("{letter}  {}. {}{under}", curve.rank, curve.label);
        for line in wrap(&entry, width, " ", "    ") {
            text.push_str(&line);
            text.push('\n');
        }
    }
    text
}

/// The plotting area. The cheapest is drawn last, so that it stays visible where curves meet.
fn grid(data: &ChartData, columns: usize, top_rpm: Decimal, top_cost: Decimal) -> Vec<Vec<char>> {
    let mut grid = vec![vec![' '; columns]; ROWS];
    let mut lettered: Vec<(&Curve, &u8)> = data.curves.iter().zip(LETTERS).collect();
    lettered.reverse();
    for (curve, letter) in lettered {
        for (row, column) in cells(curve, columns, top_rpm, top_cost) {
            if let Some(cell) = grid.get_mut(row).and_then(|row| row.get_mut(column)) {
                *cell = char::from(*letter);
            }
        }
    }
    grid
}

/// The cells of a curve, as row and column.
fn cells(
    curve: &Curve,
    columns: usize,
    top_rpm: Decimal,
    top_cost: Decimal,
) -> Vec<(usize, usize)> {
    let cell = |column| {
        let cost = cost_at(curve, at_column(column, columns, top_rpm))?;
        Some((row_of(cost, top_cost)?, column))
    };
    (0..columns).filter_map(cell).collect()
}

/// What a curve lies under where nothing of it is to be seen: `, under A and C`.
fn under(cells: &[(usize, usize)], grid: &[Vec<char>], letter: char) -> String {
    let mut above: Vec<String> = Vec::new();
    for (row, column) in cells {
        let Some(shown) = grid.get(*row).and_then(|row| row.get(*column)) else {
            continue;
        };
        if *shown == letter {
            return String::new();
        }
        let shown = shown.to_string();
        if !above.contains(&shown) {
            above.push(shown);
        }
    }
    match above.as_slice() {
        [] => String::new(),
        [only] => format!(", under {only}"),
        [first, second] => format!(", under {first} and {second}"),
        [first, second, ..] => format!(", under {first}, {second} and others"),
    }
}

/// The line under the plotting area, the loads at its ends and in its middle, and the unit.
fn axis(data: &ChartData, margin: usize, columns: usize, top_rpm: Decimal) -> String {
    let indent = " ".repeat(margin);
    let (high, middle) = (exact::plain(top_rpm), exact::plain(data.workload_rpm));
    let half = columns.checked_div(2).unwrap_or(0);
    let rest = columns.saturating_sub(half).saturating_sub(1);
    let line = "─".repeat(columns);
    let caption = match columns {
        0..50 => "requests per minute; the middle is yours",
        _ => "requests per minute; the workload is in the middle",
    };
    format!(" {indent} └{line}\n {indent}  0{middle:>half$}{high:>rest$}\n {indent}  {caption}\n\n")
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

/// The row of the grid, the first on top.
fn row_of(cost: Decimal, top: Decimal) -> Option<usize> {
    if top.is_zero() {
        return ROWS.checked_sub(1);
    }
    let last = ROWS.checked_sub(1)?;
    let scaled = exact::mul(exact::round2(cost), Decimal::from(last)).ok()?;
    let height = exact::ratio(scaled, top).ok()?.value.round().to_usize()?;
    last.checked_sub(height.min(last))
}
