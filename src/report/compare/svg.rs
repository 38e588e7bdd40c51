//! Cost against load as an SVG that stands in a design document.

use plotters::coord::types::RangedCoordf64;
use plotters::prelude::{
    BLACK, Cartesian2d, ChartBuilder, ChartContext, Circle, Color, HSLColor, IntoDrawingArea,
    IntoFont, LineSeries, PathElement, SVGBackend, Text, WHITE,
};
use plotters::style::text_anchor::{HPos, Pos, VPos};
use rust_decimal::Decimal;
use rust_decimal::prelude::ToPrimitive;

use super::ChartData;
use super::paper::{Meeting, Paper, Point, is_near};
use crate::billing::exact::{self, ratio, round2};
use crate::billing::money::Money;
use crate::report::drawing::{Area, Error, LETTER, MARGIN, ROW, drawn, widest};

/// Width of the chart; the legend stands beside it, where nothing is drawn over.
const CHART: u32 = 760;
/// The least height of the chart, and what is below and left of its plotting area.
const LEAST_HEIGHT: u32 = 560;
const X_LABELS: u32 = 48;
const Y_LABELS: u32 = 110;
/// Dots that the label of a crossing takes, and the steps in which it gives way to others.
const LABEL: (u32, u32) = (26, 13);
const STEP: i32 = 14;

type Chart<'a, 'b> = ChartContext<'a, SVGBackend<'b>, Cartesian2d<RangedCoordf64, RangedCoordf64>>;

/// The chart as SVG: axes with their units, a legend, and the crossings marked.
///
/// # Errors
/// None that is not a bug: it is drawn in memory.
pub fn svg(data: &ChartData) -> anyhow::Result<String> {
    drawn(|text| draw(data, text))
}

fn draw(data: &ChartData, text: &mut String) -> Result<(), Error> {
    let points = || data.curves.iter().flat_map(|curve| &curve.points);
    let top = |values: Option<Decimal>| values.map_or(1.0, float).max(1.0e-6);
    let top_rpm = top(Some(data.top_rpm()));
    let top_cost = top(points().map(|(_, cost)| *cost).max());
    // The area is a little less high than this, for the title: close enough for half a dot.
    let paper = |height: u32| {
        let width = CHART.saturating_sub(Y_LABELS.saturating_add(MARGIN.saturating_mul(2)));
        Paper::new(data, width, height.saturating_sub(X_LABELS))
    };
    let entries = |meetings: &[Meeting]| data.curves.len().saturating_add(meetings.len());
    let rows = entries(&paper(LEAST_HEIGHT).meetings(&data.crossings)).saturating_add(6);
    let legend_height = u32::try_from(rows)?.saturating_mul(ROW);
    let height = legend_height.max(LEAST_HEIGHT);
    let paper = paper(height);
    let meetings = paper.meetings(&data.crossings);
    let texts = legend_texts(data, &paper, &meetings);
    let keys = LETTER.saturating_mul(4);
    let legend_width = widest(texts.iter().map(String::as_str)).saturating_add(keys);
    let size = (CHART.saturating_add(legend_width), height);
    let area = SVGBackend::with_string(text, size).into_drawing_area();
    area.fill(&WHITE)?;
    let (left, right) = area.split_horizontally(CHART);
    let mut chart = ChartBuilder::on(&left)
        .caption(&data.title, ("sans-serif", 22).into_font())
        .margin(MARGIN)
        .x_label_area_size(X_LABELS)
        .y_label_area_size(Y_LABELS)
        .build_cartesian_2d(0.0..top_rpm, 0.0..top_cost)?;
    let currency = data.currency;
    chart
        .configure_mesh()
        .x_desc("requests per minute")
        .y_desc(format!("cost in {currency}"))
        .x_label_formatter(&|rpm| shortest(*rpm))
        .y_label_formatter(&|cost| axis_label(*cost, currency))
        .max_light_lines(0)
        .bold_line_style(BLACK.mix(0.12))
        .draw()?;
    lines(&mut chart, data, &paper)?;
    crossings(&left, &mut chart, &meetings)?;
    legend(&right, data, texts)?;
    area.present()?;
    Ok(())
}

/// A colour of its own for each line: the hues are spread over the wheel, and neighbours differ in
/// lightness as well.
fn color_of(at: usize, of: usize) -> HSLColor {
    let hue = ratio(Decimal::from(at), Decimal::from(of.max(1)));
    let lightness = [0.35, 0.5, 0.65];
    let light = lightness.get(at.checked_rem(lightness.len()).unwrap_or(0));
    HSLColor(
        hue.map_or(0.0, |hue| float(hue.value)),
        0.85,
        light.copied().unwrap_or(0.5),
    )
}

fn lines(chart: &mut Chart, data: &ChartData, paper: &Paper) -> Result<(), Error> {
    for (at, curve) in data.curves.iter().enumerate() {
        let straight = paper.straightened(&curve.points);
        let points = straight
            .iter()
            .map(|(rpm, cost)| (float(*rpm), float(*cost)));
        chart.draw_series(LineSeries::new(
            points,
            color_of(at, data.curves.len()).stroke_width(2),
        ))?;
    }
    Ok(())
}

/// A dot with its number where curves cross; the legend says what it is.
fn crossings(area: &Area, chart: &mut Chart, meetings: &[Meeting]) -> Result<(), Error> {
    let at = |meeting: &Meeting| (float(meeting.at.0), float(meeting.at.1));
    let dots = meetings
        .iter()
        .map(|meeting| Circle::new(at(meeting), 4, BLACK.filled()));
    chart.draw_series(dots)?;
    let rises = rises(meetings);
    for (number, (meeting, rise)) in (1_usize..).zip(meetings.iter().zip(rises)) {
        let font = ("sans-serif", 13).into_font().color(&BLACK);
        let style = font.pos(Pos::new(HPos::Center, VPos::Bottom));
        let (x, y) = chart.backend_coord(&at(meeting));
        let place = (x, y.saturating_sub(rise));
        area.draw(&Text::new(format!("×{number}"), place, style))?;
    }
    Ok(())
}

/// How many dots each label is moved up, so that none is printed on another.
fn rises(meetings: &[Meeting]) -> Vec<i32> {
    let mut taken: Vec<Point> = Vec::new();
    let mut rises = Vec::new();
    for meeting in meetings {
        let (x, mut y) = meeting.place;
        let mut rise = 0_i32;
        let overlaps = |y: Decimal| {
            let near = |other: &Point| {
                is_near(x, other.0, LABEL.0.into()) && is_near(y, other.1, LABEL.1.into())
            };
            taken.iter().any(near)
        };
        // As many steps as there are labels free any of them.
        for _ in meetings {
            if !overlaps(y) {
                break;
            }
            y = exact::add(y, STEP.into()).unwrap_or(y);
            rise = rise.saturating_add(STEP);
        }
        taken.push((x, y));
        rises.push(rise);
    }
    rises
}

/// What each line and each crossing is, in a column of its own.
fn legend(area: &Area, data: &ChartData, texts: Vec<String>) -> Result<(), Error> {
    let font = || ("sans-serif", 14).into_font();
    let mut y: i32 = 56;
    let mut next = || {
        let here = y;
        y = y.saturating_add(i32::try_from(ROW).unwrap_or(20));
        here
    };
    for (at, text) in texts.into_iter().enumerate() {
        if at == data.curves.len() {
            next();
        }
        let y = next();
        if at < data.curves.len() {
            let stroke = color_of(at, data.curves.len()).stroke_width(3);
            area.draw(&PathElement::new(vec![(0, y), (22, y)], stroke))?;
        }
        area.draw(&Text::new(text, (30, y.saturating_sub(7)), font()))?;
    }
    Ok(())
}

/// A line for each option, then one for each point at which some cross.
fn legend_texts(data: &ChartData, paper: &Paper, meetings: &[Meeting]) -> Vec<String> {
    let options = data.curves.iter().enumerate().map(|(at, curve)| {
        // Later lines are drawn over earlier ones.
        let mut later = data.curves.iter().skip(at.saturating_add(1));
        let under = later.find(|upper| paper.hides(upper, curve));
        let under = under.map(|upper| format!(", under {}", upper.rank));
        format!(
            "{}. {}{}",
            curve.rank,
            curve.label,
            under.unwrap_or_default()
        )
    });
    let crossings = (1_usize..).zip(meetings).map(|(number, meeting)| {
        let rpm = round2(meeting.at.0).normalize();
        let ranks: Vec<String> = meeting.ranks.iter().map(ToString::to_string).collect();
        let ranks = match ranks.split_last() {
            Some((last, [])) => last.clone(),
            Some((last, others)) => format!("{} and {last}", others.join(", ")),
            None => String::new(),
        };
        format!("×{number}: {ranks} cost the same at {rpm} rpm")
    });
    options.chain(crossings).collect()
}

/// Positions on paper need no exact decimals.
fn float(value: Decimal) -> f64 {
    value.to_f64().unwrap_or(0.0)
}

fn axis_label(cost: f64, currency: crate::billing::money::Currency) -> String {
    let amount = Decimal::try_from(cost).map(round2).unwrap_or_default();
    Money { amount, currency }.precise()
}

fn shortest(value: f64) -> String {
    let exact = Decimal::try_from(value).map(round2).unwrap_or_default();
    exact.normalize().to_string()
}
