//! Pieces that the SVG charts share.

use plotters::coord::Shift;
use plotters::prelude::{
    BLACK, DrawingArea, IntoFont, PathElement, SVGBackend, ShapeStyle, Text, TextStyle,
};
use plotters::style::text_anchor::{HPos, Pos, VPos};

use super::render::wrap::PIECES;

/// The drawing area of an SVG, in dots.
pub type Area<'b> = DrawingArea<SVGBackend<'b>, Shift>;

pub type Dot = (i32, i32);

pub type Error = Box<dyn std::error::Error>;

/// The most dots that a letter of a label is wide.
pub const LETTER: u32 = 9;
pub const ROW: u32 = 20;
pub const MARGIN: u32 = 16;
/// Between a label and what it is for.
pub const GAP: u32 = 8;
/// The size of a font, that of most labels.
pub const TEXT: u32 = 14;
/// A row of a title: its height, its font, and its letters.
const TITLE: u32 = 28;
const TITLE_SIZE: u32 = 22;
const TITLE_LETTERS: usize = 80;

/// The text of the SVG that `draw` makes.
pub fn drawn(draw: impl FnOnce(&mut String) -> Result<(), Error>) -> anyhow::Result<String> {
    let mut text = String::new();
    draw(&mut text).map_err(|error| anyhow::anyhow!("cannot draw the chart: {error}"))?;
    text.push('\n');
    Ok(text)
}

/// The most dots that the widest of these texts takes.
pub fn widest<'t>(texts: impl IntoIterator<Item = &'t str>) -> u32 {
    let letters = texts.into_iter().map(textwrap::core::display_width).max();
    u32::try_from(letters.unwrap_or(0))
        .unwrap_or(u32::MAX)
        .saturating_mul(LETTER)
}

pub fn sum(dots: impl IntoIterator<Item = u32>) -> u32 {
    dots.into_iter().fold(0, u32::saturating_add)
}

/// A text in rows of at most `letters`; a longer word is cut.
pub fn rows_of(text: &str, letters: usize) -> Vec<String> {
    let text = printable(text);
    let options = textwrap::Options::new(letters).word_separator(PIECES);
    let rows = textwrap::wrap(&text, options).into_iter();
    rows.map(std::borrow::Cow::into_owned).collect()
}

pub fn title_rows(title: &str) -> Vec<String> {
    rows_of(title, TITLE_LETTERS)
}

/// The height of a title, and what is free above it.
pub fn title_height(rows: &[String]) -> u32 {
    let rows = u32::try_from(rows.len()).unwrap_or(u32::MAX);
    MARGIN.saturating_add(TITLE.saturating_mul(rows))
}

/// Writes a title in the middle of `width` dots.
pub fn write_title(area: &Area, rows: &[String], width: u32) -> Result<(), Error> {
    for (at, row) in (0_u32..).zip(rows) {
        let y = MARGIN.saturating_add(at.saturating_mul(TITLE));
        write(
            area,
            row,
            (width / 2, y),
            style(TITLE_SIZE, HPos::Center, VPos::Top),
        )?;
    }
    Ok(())
}

/// Characters that no XML may hold stand out as what they are.
fn printable(text: &str) -> String {
    let shown = |c: char| {
        if c.is_control() || matches!(c, '\u{fffe}' | '\u{ffff}') {
            '\u{fffd}'
        } else {
            c
        }
    };
    text.chars().map(shown).collect()
}

/// A path without the dots that are within one of the straight line between others: dots are whole, so
/// each in between would bend the line a little.
pub fn straightened(dots: &[Dot]) -> Vec<Dot> {
    let mut kept: Vec<Dot> = dots.iter().take(1).copied().collect();
    let mut from = 0;
    for to in 2..dots.len() {
        if !is_straight(dots.get(from..=to).unwrap_or_default()) {
            from = to.saturating_sub(1);
            kept.extend(dots.get(from));
        }
    }
    kept.extend(dots.iter().skip(1).next_back());
    kept
}

fn is_straight(dots: &[Dot]) -> bool {
    let ends = dots.first().zip(dots.last());
    ends.is_none_or(|(first, last)| {
        let apart = |a: i32, b: i32| i64::from(a).saturating_sub(i64::from(b));
        let (run, rise) = (apart(last.0, first.0), apart(last.1, first.1));
        dots.iter().all(|dot| {
            let level = rise.saturating_mul(apart(dot.0, first.0));
            let off = apart(dot.1, first.1).saturating_mul(run).abs_diff(level);
            off <= run.unsigned_abs()
        })
    })
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

pub fn line(
    area: &Area,
    points: impl IntoIterator<Item = (u32, u32)>,
    style: impl Into<ShapeStyle>,
) -> Result<(), Error> {
    let points: Vec<Dot> = points.into_iter().map(dot).collect();
    area.draw(&PathElement::new(points, style))?;
    Ok(())
}

pub fn dot((x, y): (u32, u32)) -> Dot {
    let whole = |dots| i32::try_from(dots).unwrap_or(i32::MAX);
    (whole(x), whole(y))
}
