//! Where the points of a chart lie on paper: which of them make a line straight, which lines hide
//! others, and which crossings are one.

use std::collections::BTreeMap;

use rust_decimal::{Decimal, RoundingStrategy};

use super::ChartData;
use crate::billing::exact;
use crate::compare::{Crossing, Curve};

/// One half.
const HALF: Decimal = Decimal::from_parts(5, 0, 0, false, 1);

/// Load and cost.
pub type Point = (Decimal, Decimal);

/// The size of the plotting area in dots, and what its edges stand for.
pub struct Paper {
    width: Decimal,
    height: Decimal,
    top_rpm: Decimal,
    top_cost: Decimal,
}

/// A point at which curves cross.
pub struct Meeting {
    /// The ranks of all of them.
    pub ranks: Vec<usize>,
    /// Load and cost.
    pub at: Point,
    /// Where that is on paper.
    pub place: Point,
}

impl Paper {
    /// For the costs of `data`, in dots.
    pub fn new(data: &ChartData, width: u32, height: u32) -> Self {
        let points = data.curves.iter().flat_map(|curve| &curve.points);
        Self {
            width: width.into(),
            height: height.into(),
            top_rpm: data.top_rpm(),
            top_cost: points.map(|(_, cost)| *cost).max().unwrap_or_default(),
        }
    }

    /// Dots from the origin, with 3 decimals; `None` where a number does not fit.
    pub fn place(&self, (rpm, cost): Point) -> Option<Point> {
        let dots = |value: Decimal, top: Decimal, size: Decimal| {
            if top.is_zero() {
                return Some(Decimal::ZERO);
            }
            let share = exact::ratio_or_rounded(value, top).ok()?.value;
            let dots = exact::mul(share, size).ok()?;
            Some(dots.round_dp_with_strategy(3, RoundingStrategy::MidpointAwayFromZero))
        };
        Some((
            dots(rpm, self.top_rpm, self.width)?,
            dots(cost, self.top_cost, self.height)?,
        ))
    }

    /// The points of a curve without those that lie on the straight line between others: dots are
    /// whole, so each point in between would bend the line a little.
    pub fn straightened(&self, points: &[Point]) -> Vec<Point> {
        let Some(placed) = points
            .iter()
            .map(|point| self.place(*point))
            .collect::<Option<Vec<_>>>()
        else {
            return points.to_vec();
        };
        let mut kept: Vec<Point> = points.first().copied().into_iter().collect();
        let mut from = 0;
        for to in 2..points.len() {
            let piece = placed.get(from..=to).unwrap_or_default();
            if !is_straight(piece) {
                from = to.saturating_sub(1);
                kept.extend(points.get(from));
            }
        }
        if points.len() > 1 {
            kept.extend(points.last());
        }
        kept
    }

    /// Whether `lower` is nowhere more than half a dot beside `upper`, and ends no later.
    pub fn hides(&self, upper: &Curve, lower: &Curve) -> bool {
        let near = |(a, b): (&Point, &Point)| {
            let dots = self.place(*a).zip(self.place(*b));
            dots.is_some_and(|(a, b)| a.0 == b.0 && is_near(a.1, b.1, HALF))
        };
        !lower.points.is_empty()
            && lower.points.len() <= upper.points.len()
            && lower.points.iter().zip(&upper.points).all(near)
    }

    /// The crossings, those at one point as one.
    pub fn meetings(&self, crossings: &[Crossing]) -> Vec<Meeting> {
        let mut meetings: Vec<Meeting> = Vec::new();
        // By the load as it is written, so that few are compared.
        let mut at_load: BTreeMap<Decimal, Vec<usize>> = BTreeMap::new();
        for crossing in crossings {
            let at = (crossing.rpm, crossing.cost);
            let place = self.place(at).unwrap_or_default();
            let ranks = [crossing.ranks.0, crossing.ranks.1];
            let others = at_load.entry(exact::round2(crossing.rpm)).or_default();
            let same = others.iter().copied().find(|other| {
                let other = meetings.get(*other);
                other.is_some_and(|other| is_one_dot(other.place, place))
            });
            match same.and_then(|same| meetings.get_mut(same)) {
                Some(meeting) => meeting.ranks.extend(ranks),
                None => {
                    others.push(meetings.len());
                    meetings.push(Meeting {
                        ranks: ranks.to_vec(),
                        at,
                        place,
                    });
                }
            }
        }
        for meeting in &mut meetings {
            meeting.ranks.sort_unstable();
            meeting.ranks.dedup();
        }
        meetings
    }
}

/// Whether two places are one dot or beside each other.
fn is_one_dot(a: Point, b: Point) -> bool {
    is_near(a.0, b.0, Decimal::ONE) && is_near(a.1, b.1, Decimal::ONE)
}

/// Whether all points are within half a dot of the line from the first to the last.
fn is_straight(points: &[Point]) -> bool {
    let (Some(first), Some(last)) = (points.first(), points.last()) else {
        return true;
    };
    let off = |point: &Point| {
        let run = exact::sub(last.0, first.0).ok()?;
        let rise = exact::sub(last.1, first.1).ok()?;
        let along = exact::sub(point.0, first.0).ok()?;
        let up = exact::sub(point.1, first.1).ok()?;
        // up − rise × along ÷ run, multiplied out.
        let gap = exact::sub(exact::mul(up, run).ok()?, exact::mul(rise, along).ok()?).ok()?;
        let half = exact::mul(run, HALF).ok()?;
        Some(gap.abs() > half)
    };
    points.iter().all(|point| off(point) == Some(false))
}

/// Whether two positions are at most `most` apart.
pub fn is_near(a: Decimal, b: Decimal, most: Decimal) -> bool {
    exact::sub(a, b).is_ok_and(|gap| gap.abs() <= most)
}
