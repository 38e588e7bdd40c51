//! Cost against load as an SVG that stands in a design document.

use plotters::coord::Shift;
use plotters::coord::types::RangedCoordf64;
use plotters::prelude::{
    BLACK, Cartesian2d, ChartBuilder, ChartContext, Circle, Color, DrawingArea, HSLColor,
    IntoDrawingArea, IntoFont, LineSeries, PathElement, SVGBackend, Text, WHITE,
};
use plotters::style::text_anchor::{HPos, Pos, VPos};
use rust_decimal::Decimal;
use rust_decimal::prelude::ToPrimitive;

use super::ChartData;
use crate::billing::exact::{ratio, round2};
use crate::billing::money::Money;
use crate::compare::Crossing;

/// Width of the chart; the legend stands beside it, where nothing is drawn over.
const CHART: u32 = 760;
/// A letter of the legend is at most so wide.
const LETTER: u32 = 9;
const ROW: u32 = 20;

type Area<'b> = DrawingArea<SVGBackend<'b>, Shift>;
type Chart<'a, 'b> = ChartContext<'a, SVGBackend<'b>, Cartesian2d<RangedCoordf64, RangedCoordf64>>;

/// The chart as SVG: axes with their units, a legend, and the crossings marked.
///
/// # Errors
/// None that is not a bug: it is drawn in memory.
pub fn svg(data: &ChartData) -> anyhow::Result<String> {
    let mut text = String::new();
    draw(data, &mut text).map_err(|error| anyhow::anyhow!("cannot draw the chart: {error}"))?;
    text.push('\n');
    Ok(text)
}

fn draw(data: &ChartData, text: &mut String) -> Result<(), Box<dyn std::error::Error>> {
    let points = || data.curves.iter().flat_map(|curve| &curve.points);
    let top = |values: Option<Decimal>| values.map_or(1.0, float).max(1.0e-6);
    let top_rpm = top(Some(data.top_rpm()));
    let top_cost = top(points().map(|(_, cost)| *cost).max());
    let entries = data.curves.len().saturating_add(data.crossings.len());
    let legend_height = u32::try_from(entries)?
        .saturating_add(6)
        .saturating_mul(ROW);
    let longest = legend_texts(data)
        .iter()
        .map(|text| text.chars().count())
        .max()
        .unwrap_or(0);
    let legend_width = u32::try_from(longest)?
        .saturating_add(4)
        .saturating_mul(LETTER);
    let size = (CHART.saturating_add(legend_width), legend_height.max(560));
    let area = SVGBackend::with_string(text, size).into_drawing_area();
    area.fill(&WHITE)?;
    let (left, right) = area.split_horizontally(CHART);
    let mut chart = ChartBuilder::on(&left)
        .caption(&data.title, ("sans-serif", 22).into_font())
        .margin(16)
        .x_label_area_size(48)
        .y_label_area_size(110)
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
    lines(&mut chart, data)?;
    crossings(&mut chart, data)?;
    legend(&right, data)?;
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

fn lines(chart: &mut Chart, data: &ChartData) -> Result<(), Box<dyn std::error::Error>> {
    for (at, curve) in data.curves.iter().enumerate() {
        let points = curve
            .points
            .iter()
            .map(|(rpm, cost)| (float(*rpm), float(*cost)));
        chart.draw_series(LineSeries::new(
            points,
            color_of(at, data.curves.len()).stroke_width(2),
        ))?;
    }
    Ok(())
}

/// A dot with its number at each crossing; the legend says what it is.
fn crossings(chart: &mut Chart, data: &ChartData) -> Result<(), Box<dyn std::error::Error>> {
    let at = |crossing: &Crossing| (float(crossing.rpm), float(crossing.cost));
    let dots = data
        .crossings
        .iter()
        .map(|crossing| Circle::new(at(crossing), 4, BLACK.filled()));
    chart.draw_series(dots)?;
    let labels = (1_usize..).zip(&data.crossings).map(|(number, crossing)| {
        let font = ("sans-serif", 13).into_font().color(&BLACK);
        let style = font.pos(Pos::new(HPos::Center, VPos::Bottom));
        Text::new(format!("×{number}"), at(crossing), style)
    });
    chart.draw_series(labels)?;
    Ok(())
}

/// What each line and each crossing is, in a column of its own.
fn legend(area: &Area, data: &ChartData) -> Result<(), Box<dyn std::error::Error>> {
    let font = || ("sans-serif", 14).into_font();
    let mut y: i32 = 56;
    let mut next = || {
        let here = y;
        y = y.saturating_add(i32::try_from(ROW).unwrap_or(20));
        here
    };
    for (at, text) in legend_texts(data).into_iter().enumerate() {
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

/// A line for each option, then one for each crossing.
fn legend_texts(data: &ChartData) -> Vec<String> {
    let options = data
        .curves
        .iter()
        .map(|curve| format!("{}. {}", curve.rank, curve.label));
    let crossings = (1_usize..).zip(&data.crossings).map(|(number, crossing)| {
        let rpm = round2(crossing.rpm).normalize();
        let (left, right) = crossing.ranks;
        format!("×{number}: {left} and {right} cost the same at {rpm} rpm")
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
