//! Cost against load as an SVG that stands in a design document.

use plotters::coord::types::RangedCoordf64;
use plotters::prelude::{
    BLACK, Cartesian2d, ChartBuilder, ChartContext, Circle, Color, EmptyElement, IntoDrawingArea,
    IntoFont, LineSeries, Palette, Palette99, PathElement, RGBColor, SVGBackend,
    SeriesLabelPosition, Text, WHITE,
};
use rust_decimal::Decimal;
use rust_decimal::prelude::ToPrimitive;

use super::ChartData;
use crate::billing::exact::round2;
use crate::billing::money::Money;

const SIZE: (u32, u32) = (960, 600);

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
    let top_rpm = top(points().map(|(rpm, _)| *rpm).max());
    let top_cost = top(points().map(|(_, cost)| *cost).max());
    let area = SVGBackend::with_string(text, SIZE).into_drawing_area();
    area.fill(&WHITE)?;
    let mut chart = ChartBuilder::on(&area)
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
        .y_label_formatter(&|cost| axis_label(*cost, currency))
        .light_line_style(WHITE)
        .draw()?;
    lines(&mut chart, data)?;
    crossings(&mut chart, data)?;
    chart
        .configure_series_labels()
        .position(SeriesLabelPosition::UpperLeft)
        .background_style(WHITE.mix(0.8))
        .border_style(BLACK)
        .draw()?;
    area.present()?;
    Ok(())
}

fn lines(chart: &mut Chart, data: &ChartData) -> Result<(), Box<dyn std::error::Error>> {
    for (at, curve) in data.curves.iter().enumerate() {
        let (red, green, blue) = Palette99::pick(at).to_rgba().rgb();
        let color = RGBColor(red, green, blue);
        let points = curve
            .points
            .iter()
            .map(|(rpm, cost)| (float(*rpm), float(*cost)));
        chart
            .draw_series(LineSeries::new(points, color.stroke_width(2)))?
            .label(format!("{}. {}", curve.rank, curve.label))
            .legend(move |(x, y)| {
                PathElement::new(
                    vec![(x, y), (x.saturating_add(18), y)],
                    color.stroke_width(2),
                )
            });
    }
    Ok(())
}

fn crossings(chart: &mut Chart, data: &ChartData) -> Result<(), Box<dyn std::error::Error>> {
    let marks = data.crossings.iter().map(|crossing| {
        let at = (float(crossing.rpm), float(crossing.cost));
        let rpm = round2(crossing.rpm).normalize();
        let label = format!("{rpm} rpm ({} = {})", crossing.ranks.0, crossing.ranks.1);
        EmptyElement::at(at)
            + Circle::new((0, 0), 4, BLACK.filled())
            + Text::new(label, (8, -14), ("sans-serif", 13).into_font())
    });
    chart.draw_series(marks)?;
    Ok(())
}

/// Positions on paper need no exact decimals.
fn float(value: Decimal) -> f64 {
    value.to_f64().unwrap_or(0.0)
}

fn axis_label(cost: f64, currency: crate::billing::money::Currency) -> String {
    let amount = Decimal::try_from(cost).map(round2).unwrap_or_default();
    Money { amount, currency }.precise()
}
