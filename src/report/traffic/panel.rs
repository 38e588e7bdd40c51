//! A side of the tokens over time: its columns, and the line of what is reserved.

use plotters::prelude::{BLACK, Color, Polygon, RGBColor};
use plotters::style::text_anchor::{HPos, VPos};

use super::columns::{Column, Span};
use super::scale::{self, Scale};
use super::ticks::TimeAxis;
use super::{Side, TrafficChart, labels};
use crate::report::drawing::{Area, Dot, Error, GAP, ROW, TEXT, dot, line, style, widest, write};

pub const WIDTH: u32 = 960;
pub const HEIGHT: u32 = 200;

/// Light and dark, so that they are told apart without colour.
pub const IN_QUOTA: RGBColor = RGBColor(158, 202, 225);
pub const OVERFLOW: RGBColor = RGBColor(203, 40, 27);

/// A plotting area: what it shows, and where.
pub struct Panel {
    side: Side,
    reserved: Option<u64>,
    columns: Vec<Column>,
    scale: Scale,
    left: u32,
    top: u32,
}

impl Panel {
    /// A side of a chart, in the corner of the paper until it is [`Panel::placed`].
    pub fn new(chart: &TrafficChart, span: &Span, side: Side) -> Self {
        let columns = span.columns(&chart.minutes, side);
        let reserved = chart.reserved.map(|tpm| side.of(tpm));
        let totals = columns.iter().map(|column| column.total());
        let most = totals.chain(reserved.map(u128::from)).max();
        Self {
            side,
            reserved,
            columns,
            scale: Scale::new(most.unwrap_or(0), HEIGHT),
            left: 0,
            top: 0,
        }
    }

    pub fn placed(self, left: u32, top: u32) -> Self {
        Self { left, top, ..self }
    }

    /// The labels left of it, and right of it.
    pub fn beside(&self) -> (Vec<String>, Vec<String>) {
        let steps = self.scale.steps().map(scale::label);
        let reserved = self.reserved.into_iter().flat_map(labels::reserved);
        (steps.collect(), reserved.collect())
    }

    /// Draws all but the axis of time.
    pub fn draw(&self, area: &Area, span: &Span, axis: &TimeAxis) -> Result<(), Error> {
        self.mesh(area, span, axis)?;
        self.fill(area)?;
        self.frame(area)?;
        match self.reserved {
            Some(tpm) => self.reservation(area, tpm),
            None => Ok(()),
        }
    }

    fn bottom(&self) -> u32 {
        self.top.saturating_add(HEIGHT)
    }

    fn right(&self) -> u32 {
        self.left.saturating_add(WIDTH)
    }

    /// The y of this many dots above the bottom.
    fn above(&self, dots: u32) -> u32 {
        self.bottom().saturating_sub(dots)
    }

    /// The x at which a minute begins.
    fn at(&self, minute: i128, span: &Span) -> Option<u32> {
        let along = minute.checked_sub(span.start)?;
        let dots = along
            .checked_mul(WIDTH.into())?
            .checked_div(span.minutes())?;
        Some(self.left.saturating_add(u32::try_from(dots).ok()?))
    }

    /// Its heading, its steps with their labels, and faint lines.
    fn mesh(&self, area: &Area, span: &Span, axis: &TimeAxis) -> Result<(), Error> {
        let heading = style(15, HPos::Left, VPos::Bottom);
        let above = self.top.saturating_sub(GAP);
        let any = self.columns.iter().any(|column| column.total() > 0);
        let text = labels::heading(self.side, any);
        write(area, &text, (self.left, above), heading)?;
        let faint = BLACK.mix(0.12);
        for tokens in self.scale.steps() {
            let y = self.above(self.scale.dots(tokens));
            line(area, [(self.left, y), (self.right(), y)], faint)?;
            let beside = (self.left.saturating_sub(GAP), y);
            let right = style(TEXT, HPos::Right, VPos::Center);
            write(area, &scale::label(tokens), beside, right)?;
        }
        let ticks = axis.ticks.iter();
        for x in ticks.filter_map(|tick| self.at(tick.minute, span)) {
            line(area, [(x, self.top), (x, self.bottom())], faint)?;
        }
        Ok(())
    }

    /// Draws the columns: overflow, and over it the tokens within the quota.
    fn fill(&self, area: &Area) -> Result<(), Error> {
        let columns = self.columns.iter();
        let heights = columns.map(|column| self.scale.stacked(*column));
        let heights: Vec<(u32, u32)> = heights.collect();
        let of_overflow = |(low, high): &(u32, u32)| if high > low { *high } else { 0 };
        let beyond = heights.iter().map(of_overflow);
        self.outline(area, beyond, OVERFLOW)?;
        self.outline(area, heights.iter().map(|(low, _)| *low), IN_QUOTA)
    }

    /// Columns of these heights in one piece; nothing where all are 0.
    fn outline(
        &self,
        area: &Area,
        heights: impl ExactSizeIterator<Item = u32>,
        color: RGBColor,
    ) -> Result<(), Error> {
        let columns = u64::try_from(heights.len())?;
        let mut points: Vec<Dot> = vec![dot((self.left, self.bottom()))];
        let mut last = 0;
        for (at, height) in (0_u64..).zip(heights) {
            if height != last {
                let along = at.saturating_mul(WIDTH.into()).checked_div(columns);
                let x = self.left.saturating_add(u32::try_from(along.unwrap_or(0))?);
                points.push(dot((x, self.above(last))));
                points.push(dot((x, self.above(height))));
                last = height;
            }
        }
        if points.len() == 1 {
            return Ok(());
        }
        points.push(dot((self.right(), self.above(last))));
        points.push(dot((self.right(), self.bottom())));
        area.draw(&Polygon::new(points, color.filled()))?;
        Ok(())
    }

    /// Its axes, beside the columns and not on them.
    fn frame(&self, area: &Area) -> Result<(), Error> {
        let (left, bottom) = (self.left.saturating_sub(1), self.bottom().saturating_add(1));
        let corners = [(left, self.top), (left, bottom), (self.right(), bottom)];
        line(area, corners, BLACK.stroke_width(1))
    }

    /// The line of what is reserved, and beside it how much that is.
    fn reservation(&self, area: &Area, tpm: u64) -> Result<(), Error> {
        let y = self.above(self.scale.dots(tpm.into()));
        let ends = [(self.left, y), (self.right(), y)];
        line(area, ends, BLACK.stroke_width(2))?;
        // Two rows, the line between them where they do not reach below the panel.
        let first = y.min(self.bottom().saturating_sub(ROW)).saturating_sub(GAP);
        let x = self.right().saturating_add(GAP);
        for (text, y) in labels::reserved(tpm)
            .iter()
            .zip([first, first.saturating_add(16)])
        {
            write(area, text, (x, y), style(TEXT, HPos::Left, VPos::Center))?;
        }
        Ok(())
    }

    /// The labels of the axis of time, and what it counts.
    pub fn time_axis(&self, area: &Area, span: &Span, axis: &TimeAxis) -> Result<(), Error> {
        let bottom = self.bottom();
        for tick in &axis.ticks {
            let Some(x) = self.at(tick.minute, span) else {
                continue;
            };
            line(
                area,
                [(x, bottom), (x, bottom.saturating_add(5))],
                BLACK.stroke_width(1),
            )?;
            for (text, below) in tick.lines.iter().zip([GAP, 24]) {
                // A label at the end of the axis ends with it, and not beside the chart.
                let (x, across) = match x.saturating_add(widest([text.as_str()]) / 2) {
                    end if end > self.right() => (self.right(), HPos::Right),
                    _ => (x, HPos::Center),
                };
                let place = (x, bottom.saturating_add(below));
                write(area, text, place, style(TEXT, across, VPos::Top))?;
            }
        }
        let middle = self.left.saturating_add(WIDTH / 2);
        write(
            area,
            &axis.caption,
            (middle, bottom.saturating_add(42)),
            style(TEXT, HPos::Center, VPos::Top),
        )
    }
}
