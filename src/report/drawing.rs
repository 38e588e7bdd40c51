//! What the charts that are files share.

use plotters::coord::Shift;
use plotters::prelude::{
    BLACK, DrawingArea, IntoFont, PathElement, SVGBackend, ShapeStyle, Text, TextStyle,
};
use plotters::style::text_anchor::{HPos, Pos, VPos};

/// What is drawn on, in dots.
pub type Area<'b> = DrawingArea<SVGBackend<'b>, Shift>;

/// A place in dots.
pub type Dot = (i32, i32);

/// Why something cannot be drawn.
pub type Error = Box<dyn std::error::Error>;

/// A letter of a legend is at most so wide.
pub const LETTER: u32 = 9;
/// The height of a row of a legend.
pub const ROW: u32 = 20;
/// What is left free at the edges.
pub const MARGIN: u32 = 16;
/// Between a label and what it is for.
pub const GAP: u32 = 8;
/// The size of a font, that of most labels.
pub const TEXT: u32 = 14;

/// What is drawn, as the text of a file.
///
/// # Errors
/// None that is not a bug: it is drawn in memory.
pub fn drawn(draw: impl FnOnce(&mut String) -> Result<(), Error>) -> anyhow::Result<String> {
    let mut text = String::new();
    draw(&mut text).map_err(|error| anyhow::anyhow!("cannot draw the chart: {error}"))?;
    text.push('\n');
    Ok(text)
}

/// The width of the widest of these, at most.
pub fn widest<'t>(texts: impl IntoIterator<Item = &'t str>) -> u32 {
    let letters = texts.into_iter().map(|text| text.chars().count()).max();
    u32::try_from(letters.unwrap_or(0))
        .unwrap_or(u32::MAX)
        .saturating_mul(LETTER)
}

/// Black letters of a size, with their anchor.
pub fn style(size: u32, across: HPos, down: VPos) -> TextStyle<'static> {
    let font = ("sans-serif", size).into_font().color(&BLACK);
    font.pos(Pos::new(across, down))
}

/// Text at a place; nothing where there is none.
pub fn write(area: &Area, text: &str, at: (u32, u32), style: TextStyle) -> Result<(), Error> {
    if !text.is_empty() {
        area.draw(&Text::new(text, dot(at), style))?;
    }
    Ok(())
}

/// A line through places.
pub fn line(
    area: &Area,
    points: impl IntoIterator<Item = (u32, u32)>,
    style: impl Into<ShapeStyle>,
) -> Result<(), Error> {
    let points: Vec<Dot> = points.into_iter().map(dot).collect();
    area.draw(&PathElement::new(points, style))?;
    Ok(())
}

/// A place as the drawing takes it.
pub fn dot((x, y): (u32, u32)) -> Dot {
    let whole = |dots| i32::try_from(dots).unwrap_or(i32::MAX);
    (whole(x), whole(y))
}
