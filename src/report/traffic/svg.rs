//! Two panels over one axis of time, input above and output below. Every place is a whole number of
//! dots.

use plotters::prelude::{BLACK, Color, IntoDrawingArea, Rectangle, SVGBackend, WHITE};
use plotters::style::text_anchor::{HPos, VPos};

use super::columns::Span;
use super::labels::{self, Key};
use super::panel::{HEIGHT, IN_QUOTA, OVERFLOW, Panel, WIDTH};
use super::ticks::{AHEAD, TimeAxis};
use super::{Side, TrafficChart};
use crate::report::drawing::{
    Area, Error, GAP, MARGIN, ROW, TEXT, dot, drawn, line, style, sum, title_height, title_rows,
    widest, write, write_title,
};

/// A column is at least a dot wide.
const MOST_COLUMNS: usize = 960;
/// The least width beside the plotting areas, for their labels.
const LEAST_SIDE: u32 = 56;
/// Two lines of labels, and what the axis counts.
const TIME_AXIS: u32 = 64;

/// The chart as SVG: deterministic, and of a bounded size however long the trace is.
///
/// # Errors
/// None that is not a bug: it is drawn in memory.
pub fn svg(chart: &TrafficChart) -> anyhow::Result<String> {
    drawn(|text| draw(chart, text))
}

fn draw(chart: &TrafficChart, text: &mut String) -> Result<(), Error> {
    let ahead = if chart.dated { AHEAD } else { 0 };
    let span = Span::of(&chart.minutes, ahead, MOST_COLUMNS);
    let axis = match chart.minutes.as_slice() {
        [] => TimeAxis::empty(),
        _ => TimeAxis::new(&span, chart.dated),
    };
    let title = title_rows(&chart.title);
    let legend = labels::legend(chart, &span);

    let panels = [Side::Input, Side::Output].map(|side| Panel::new(chart, &span, side));
    let (steps, reserved): (Vec<_>, Vec<_>) = panels.iter().map(Panel::beside).unzip();
    let beside = |labels: Vec<Vec<String>>| {
        let labels = labels.iter().flatten().map(String::as_str);
        widest(labels).saturating_add(GAP).max(LEAST_SIDE)
    };
    let (left, right) = (beside(steps).max(axis.before()), beside(reserved));
    let left = left.saturating_add(MARGIN);
    let width = sum([left, WIDTH, right, MARGIN]);

    let mut y = title_height(&title);
    let panels = panels.map(|panel| {
        let top = y.saturating_add(ROW).saturating_add(GAP);
        y = top.saturating_add(HEIGHT).saturating_add(GAP);
        panel.placed(left, top)
    });
    let keys = y.saturating_add(TIME_AXIS);
    let rows = ROW.saturating_mul(u32::try_from(legend.len())?);
    let height = keys.saturating_add(rows).saturating_add(MARGIN);

    let area = SVGBackend::with_string(text, (width, height)).into_drawing_area();
    area.fill(&WHITE)?;
    write_title(&area, &title, width)?;
    for panel in &panels {
        panel.draw(&area, &span, &axis)?;
    }
    let [_, lower] = &panels;
    lower.time_axis(&area, &span, &axis)?;
    write_legend(&area, &legend, left, keys)?;
    area.present()?;
    Ok(())
}

fn write_legend(area: &Area, rows: &[(Key, String)], left: u32, top: u32) -> Result<(), Error> {
    for (at, (key, text)) in (0_u32..).zip(rows) {
        let y = top
            .saturating_add(at.saturating_mul(ROW))
            .saturating_add(ROW / 2);
        let ends = [(left, y), (left.saturating_add(22), y)];
        let corners = [
            dot((left, y.saturating_sub(6))),
            dot((left.saturating_add(22), y.saturating_add(6))),
        ];
        match key {
            Key::InQuota => area.draw(&Rectangle::new(corners, IN_QUOTA.filled()))?,
            Key::Overflow => area.draw(&Rectangle::new(corners, OVERFLOW.filled()))?,
            Key::Reserved => line(area, ends, BLACK.stroke_width(2))?,
            Key::Remark => {}
        }
        let beside = (left.saturating_add(30), y);
        write(area, text, beside, style(TEXT, HPos::Left, VPos::Center))?;
    }
    Ok(())
}
