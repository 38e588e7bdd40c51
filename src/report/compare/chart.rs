//! Cost against load in a terminal: letters for the options, so that no colour is needed.

use rust_decimal::Decimal;
use rust_decimal::prelude::ToPrimitive;

use super::ChartData;
use crate::billing::exact;
use crate::billing::money::Money;
use crate::compare::Curve;

/// Columns and rows of the plotting area; with the axis it fits 80 columns.
const COLUMNS: usize = 60;
const ROWS: usize = 16;
const LETTERS: &[u8] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";

/// The chart as text.
pub fn render(data: &ChartData) -> String {
    let points = || data.curves.iter().flat_map(|curve| &curve.points);
    let top_rpm = points().map(|(rpm, _)| *rpm).max().unwrap_or_default();
    let top_cost = points().map(|(_, cost)| *cost).max().unwrap_or_default();
    let mut grid = vec![vec![' '; COLUMNS]; ROWS];
    // The cheapest is drawn last, so that it stays visible where curves meet.
    for (curve, letter) in data.curves.iter().zip(LETTERS).rev() {
        for column in 0..COLUMNS {
            let row =
                cost_at(curve, at_column(column, top_rpm)).and_then(|cost| row_of(cost, top_cost));
            let cell = row.and_then(|row| grid.get_mut(row)?.get_mut(column));
            if let Some(cell) = cell {
                *cell = char::from(*letter);
            }
        }
    }
    let money = |amount| {
        Money {
            amount,
            currency: data.currency,
        }
        .to_string()
    };
    let (high, zero) = (money(top_cost), money(Decimal::ZERO));
    let margin = high.chars().count().max(zero.chars().count());
    let mut text = format!(" {}\n\n", data.title);
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
    let axis = "─".repeat(COLUMNS);
    text.push_str(&format!(" {} └{axis}\n", " ".repeat(margin)));
    let high_rpm = exact::plain(top_rpm);
    let middle = exact::plain(data.workload_rpm);
    let half = COLUMNS.checked_div(2).unwrap_or(0);
    let scale = format!(
        "0{middle:>half$}{high_rpm:>rest$}",
        rest = half.saturating_sub(1)
    );
    text.push_str(&format!(" {}  {scale}\n", " ".repeat(margin)));
    let caption = "requests per minute; the workload is in the middle";
    text.push_str(&format!(" {}  {caption}\n\n", " ".repeat(margin)));
    for (curve, letter) in data.curves.iter().zip(LETTERS) {
        text.push_str(&format!(
            " {}  {}. {}\n",
            char::from(*letter),
            curve.rank,
            curve.label
        ));
    }
    text
}

/// The load that a column stands for.
fn at_column(column: usize, top: Decimal) -> Decimal {
    let last = u64::try_from(COLUMNS.saturating_sub(1)).unwrap_or(1);
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
