//! Cost against load as an SVG that stands in a design document.

use plotters::coord::types::RangedCoordf64;
use plotters::prelude::{
    BLACK, Cartesian2d, ChartBuilder, ChartContext, Circle, Color, IntoDrawingArea, PathElement,
    RGBColor, SVGBackend, WHITE,
};
use plotters::style::text_anchor::{HPos, VPos};
use rust_decimal::Decimal;
use rust_decimal::prelude::ToPrimitive;

use super::lines::{ChartData, number, top_cost};
use crate::billing::exact::{mul, round2, round2_or_more};
use crate::compare::{Crossing, Curve};
use crate::report::drawing::{
    Area, Dot, Error, GAP, MARGIN, ROW, TEXT, drawn, rows_of, straightened, style, sum,
    title_height, title_rows, widest, write, write_title,
};

/// The colours and dashes of the lines, as many as can be told apart: colours of Okabe and Ito, for the
/// colour-blind, and dashes, for print without colour and where lines share dots.
const LINES: [(RGBColor, &str); 6] = [
    (RGBColor(0, 114, 178), ""),
    (RGBColor(213, 94, 0), "14 6"),
    (RGBColor(0, 158, 115), "4 5"),
    (RGBColor(204, 121, 167), "24 8"),
    (RGBColor(230, 159, 0), "8 8"),
    (RGBColor(86, 180, 233), "2 8"),
];
const STROKE: u32 = 3;
const WORKLOAD: (RGBColor, &str) = (RGBColor(96, 96, 96), "6 4");

/// The plotting area in dots, if the names need no more height.
const WIDTH: u32 = 640;
const LEAST_HEIGHT: u32 = 420;
const X_LABELS: u32 = 48;
/// The end of the axis as a multiple of the highest cost, so that a line at the top is below the edge.
const ABOVE: Decimal = Decimal::from_parts(104, 0, 0, false, 2);
/// From the plotting area to the names of the lines.
const LEADER: u32 = 36;
/// Letters in a row of a name.
const NAME: usize = 44;

type Chart<'a, 'b> = ChartContext<'a, SVGBackend<'b>, Cartesian2d<RangedCoordf64, RangedCoordf64>>;

struct Line {
    dots: Vec<Dot>,
    color: RGBColor,
    name: Vec<String>,
}

/// The chart as SVG: axes with their units, a few lines with their names, the workload, and where the
/// cheapest crosses others.
///
/// # Errors
/// None that is not a bug: it is drawn in memory.
pub fn svg(data: &ChartData) -> anyhow::Result<String> {
    let mut svg = drawn(|text| draw(data, text))?;
    // The library draws no dashes; each colour is that of one line.
    for (RGBColor(red, green, blue), dashes) in LINES.into_iter().chain([WORKLOAD]) {
        let line = format!("opacity=\"1\" stroke=\"#{red:02X}{green:02X}{blue:02X}\"");
        if !dashes.is_empty() {
            svg = svg.replace(&line, &format!("{line} stroke-dasharray=\"{dashes}\""));
        }
    }
    Ok(svg)
}

fn draw(data: &ChartData, text: &mut String) -> Result<(), Error> {
    let curves = data.few(LINES.len());
    let names = curves.iter().map(|curve| rows_of(&data.name(curve), NAME));
    let names: Vec<Vec<String>> = names.collect();
    let title = title_rows(&data.title);
    let crossings = data.crossings.iter();
    let crossings: Vec<&Crossing> = crossings
        .filter(|crossing| curves.iter().any(|curve| curve.rank == crossing.rank))
        .collect();
    let notes = notes(data, &curves, &crossings);

    let top = |value: Decimal| value.to_f64().filter(|value| *value > 0.0).unwrap_or(1.0);
    let (top_rpm, top_cost) = (data.top_rpm(), top_cost(&curves));
    let edge = mul(top_cost, ABOVE).unwrap_or(top_cost);
    let most = data.money(round2_or_more(top_cost)).precise();
    let left = sum([widest([most.as_str()]), MARGIN, ROW]);
    let longest = widest(names.iter().flatten().map(String::as_str));
    let right = sum([LEADER, longest, MARGIN]);
    let above = sum([title_height(&title), ROW, ROW]);
    let rows = ROW.saturating_mul(u32::try_from(notes.len())?);
    let plot = sum(names.iter().map(|name| height_of(name))).max(LEAST_HEIGHT);
    let size = (
        sum([MARGIN, left, WIDTH, right]),
        sum([above, plot, X_LABELS, GAP, rows, MARGIN]),
    );

    let area = SVGBackend::with_string(text, size).into_drawing_area();
    area.fill(&WHITE)?;
    write_title(&area, &title, size.0)?;
    let below = (size.0 / 2, title_height(&title));
    let small = style(16, HPos::Center, VPos::Center);
    write(&area, &data.requests, below, small)?;
    let mut chart = ChartBuilder::on(&area)
        .margin_top(above)
        .margin_left(MARGIN)
        .margin_right(right)
        .margin_bottom(sum([GAP, rows, MARGIN]))
        .x_label_area_size(X_LABELS)
        .y_label_area_size(left)
        .build_cartesian_2d(0.0..top(top_rpm), 0.0..top(edge))?;
    mesh(&mut chart, data)?;
    workload(&area, &chart, data)?;
    let looks = curves.iter().zip(LINES).zip(names);
    let lines: Vec<Line> = looks
        .map(|((curve, (color, _)), name)| {
            let points = curve.points.iter().map(|point| place(&chart, *point));
            let dots = straightened(&points.collect::<Vec<Dot>>());
            Line { dots, color, name }
        })
        .collect();
    for line in &lines {
        let stroke = line.color.stroke_width(STROKE);
        area.draw(&PathElement::new(line.dots.clone(), stroke))?;
    }
    write_names(&area, &chart, &lines)?;
    for crossing in &crossings {
        let at = place(&chart, (crossing.rpm, crossing.cost));
        area.draw(&Circle::new(at, 5, BLACK.stroke_width(2)))?;
    }
    for (at, note) in (0_u32..).zip(&notes) {
        let y = sum([above, plot, X_LABELS, GAP, ROW.saturating_mul(at)]);
        let beside = (sum([MARGIN, left]), y);
        write(&area, note, beside, style(TEXT, HPos::Left, VPos::Top))?;
    }
    area.present()?;
    Ok(())
}

/// The notes below the chart: where the cheapest crosses others, and how many options are not drawn.
fn notes(data: &ChartData, curves: &[&Curve], crossings: &[&Crossing]) -> Vec<String> {
    let met = crossings.iter().map(|crossing| {
        let rpm = number(round2(crossing.rpm));
        format!("○ 1 and {} cost the same at {rpm} rpm", crossing.rank)
    });
    met.chain(data.left_out(curves.len())).collect()
}

fn mesh(chart: &mut Chart, data: &ChartData) -> Result<(), Error> {
    chart
        .configure_mesh()
        .x_labels(6)
        .x_desc("requests per minute")
        .y_desc(format!("cost in {}", data.currency))
        .x_label_formatter(&|rpm| number(decimal(*rpm)))
        .y_label_formatter(&|cost| data.money(decimal(*cost)).precise())
        .max_light_lines(0)
        .bold_line_style(BLACK.mix(0.12))
        .draw()?;
    Ok(())
}

/// The dot of a load and a cost.
fn place(chart: &Chart, (rpm, cost): (Decimal, Decimal)) -> Dot {
    let float = |value: Decimal| value.to_f64().unwrap_or(0.0);
    chart.backend_coord(&(float(rpm), float(cost)))
}

/// The workload: a line through all costs, its label above it.
fn workload(area: &Area, chart: &Chart, data: &ChartData) -> Result<(), Error> {
    let (_, rows) = chart.plotting_area().get_pixel_range();
    let (x, _) = place(chart, (data.workload_rpm, Decimal::ZERO));
    let ends = [(x, rows.start), (x, rows.end)];
    area.draw(&PathElement::new(ends, WORKLOAD.0.stroke_width(1)))?;
    let above = (
        u32::try_from(x)?,
        u32::try_from(rows.start)?.saturating_sub(4),
    );
    write(
        area,
        &data.workload(),
        above,
        style(TEXT, HPos::Center, VPos::Bottom),
    )
}

fn height_of(name: &[String]) -> u32 {
    let rows = u32::try_from(name.len()).unwrap_or(u32::MAX);
    ROW.saturating_mul(rows).saturating_add(GAP)
}

/// The name of each line right of it, as near to its end as the others let it.
fn write_names(area: &Area, chart: &Chart, lines: &[Line]) -> Result<(), Error> {
    let (columns, rows) = chart.plotting_area().get_pixel_range();
    let (right, bottom) = (columns.end, u32::try_from(rows.end)?);
    let end = |line: &Line| line.dots.last().copied();
    let mut ends: Vec<(Dot, &Line)> = lines
        .iter()
        .filter_map(|line| Some((end(line)?, line)))
        .collect();
    ends.sort_by_key(|((_, y), _)| *y);
    let mut free = u32::try_from(rows.start)?;
    let mut tops: Vec<u32> = Vec::new();
    for ((_, y), line) in &ends {
        let height = height_of(&line.name);
        let wanted = u32::try_from(*y)?.saturating_sub(height / 2);
        tops.push(wanted.max(free));
        free = wanted.max(free).saturating_add(height);
    }
    let mut floor = bottom;
    for (top, (_, line)) in tops.iter_mut().zip(&ends).rev() {
        *top = (*top).min(floor.saturating_sub(height_of(&line.name)));
        floor = *top;
    }
    for (top, ((x, y), line)) in tops.into_iter().zip(ends) {
        let middle = i32::try_from(top.saturating_add(height_of(&line.name) / 2))?;
        let beside = right.saturating_add(i32::try_from(LEADER)?);
        let path = [(x, y), (right, y), (beside.saturating_sub(6), middle)];
        area.draw(&PathElement::new(path, line.color.mix(0.5).stroke_width(1)))?;
        area.draw(&Circle::new((x, y), 4, line.color.filled()))?;
        for (row, text) in (0_u32..).zip(&line.name) {
            let y = sum([top, GAP / 2, ROW.saturating_mul(row)]);
            let left = style(TEXT, HPos::Left, VPos::Top);
            write(area, text, (u32::try_from(beside)?, y), left)?;
        }
    }
    Ok(())
}

/// A step of an axis without what floats add to it.
fn decimal(value: f64) -> Decimal {
    Decimal::try_from(value).map_or(Decimal::ZERO, round2_or_more)
}
