//! At which load, or for how many hours a day, an option of the ranking would be the cheapest. Found by
//! pricing the workload again: whoever compares at that load finds the option first.

use std::cmp::Ordering;

use rust_decimal::Decimal;

use super::pays::{At, Pays};
use super::{Basis, Comparison, Doubt, Kind, Request, Row, break_even, curve, options};
use crate::billing::error::QuoteError;
use crate::billing::exact;
use crate::billing::fit;
use crate::billing::load::Load;
use crate::billing::spec::Spec;
use crate::billing::term::Span;
use crate::catalog::Model;
use crate::workload::Steady;

/// How far from the workload the search goes, in doublings of it and of what each option serves at
/// most.
const DOUBLINGS: [u32; 8] = [0, 1, 2, 3, 5, 8, 12, 20];

const HOURS_PER_DAY: u32 = 24;

/// How many sizes above and below the reserved one are looked at.
const NEXT_SIZES: u64 = 6;

/// For each row of the ranking, in order, the load or hours at which it is the cheapest.
///
/// # Errors
/// [`QuoteError::TooLarge`] when a number of the workload itself does not fit.
pub(super) fn all(
    request: &Request,
    workload: &Steady,
    comparison: &Comparison,
) -> Result<Vec<Pays>, QuoteError> {
    let rows = &comparison.rows;
    if rows.len() < 2 {
        return Ok(rows.iter().map(|_| Pays::Now).collect());
    }
    let search = Search {
        request,
        comparison,
    };
    let loads = search.loads(workload)?;
    let hours = (1..=HOURS_PER_DAY).map(|hours| {
        let at = Steady {
            hours_per_day: Span::hours(hours),
            ..*workload
        };
        (hours, search.cheapest(&at))
    });
    let hours: Vec<(u32, Option<Offer>)> = hours.collect();
    let of_row = |(at, row): (usize, &Row)| {
        if at == 0 {
            return Pays::Now;
        }
        let offer = Offer::of(row);
        let load = search.load(workload, &loads, &offer);
        let of_day = |hours: &u32| Span::hours(*hours).cmp(&workload.hours_per_day);
        let hours = Run::nearest(&hours, &offer, of_day);
        let hours = hours.map(|run| run.at(run.near, run.beyond.map(|_| run.far)));
        match (load, hours) {
            (None, None) => Pays::Never,
            (load, hours) => Pays::Elsewhere { load, hours },
        }
    };
    Ok(rows.iter().enumerate().map(of_row).collect())
}

/// The part of an option that is the same at every load.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Offer {
    model: String,
    region: String,
    kind: Kind,
    spec: Option<(Spec, bool)>,
}

impl Offer {
    fn of(row: &Row) -> Self {
        Self {
            model: row.quote.model.code.clone(),
            region: row.quote.model.region.clone(),
            kind: row.kind,
            spec: break_even::offer(row),
        }
    }
}

/// The options whose ranking is asked for at other loads.
struct Search<'a> {
    request: &'a Request<'a>,
    comparison: &'a Comparison,
}

impl Search<'_> {
    /// The cheapest offer at a workload; `None` where it cannot be priced.
    fn cheapest(&self, workload: &Steady) -> Option<Offer> {
        let totals = workload.totals().ok()?;
        let price = &mut |position, model: &Model, kind| match self.is_ranked_nowhere(model, kind) {
            true => Err(options::Missing::NoPrice(String::new())),
            false => options::steady(self.request, workload, position, model, kind),
        };
        let found = options::all(self.request, &totals, price).ok()?;
        let known = found.rows.iter();
        let known = known.filter(|row| Doubt::of(row, self.request.fine_tuned).is_none());
        known.min_by_key(|row| row.quote.total).map(Offer::of)
    }

    /// Whether nothing of a kind is ranked at any load: what is not known of it is not known at any.
    fn is_ranked_nowhere(&self, model: &Model, kind: Kind) -> bool {
        let of_model = |row: &Row| {
            let of = &row.quote.model;
            (&of.code, &of.region) == (&model.code, &model.region)
        };
        let of_kind = |row: &Row| row.kind == kind && of_model(row);
        let mut unranked = self.comparison.unranked.iter();
        unranked.any(|one| of_kind(&one.row)) && !self.comparison.rows.iter().any(of_kind)
    }

    /// Loads at which the order can change, each with what is the cheapest there: full reservations and
    /// replicas, the points of break-even, far less and far more than the workload.
    fn loads(&self, workload: &Steady) -> Result<Vec<(Decimal, Option<Offer>)>, QuoteError> {
        let rpm = workload.load.rpm;
        let mut loads = Vec::new();
        for row in &self.comparison.rows {
            loads.extend(curve::used_up_by(workload, row)?);
        }
        for doublings in DOUBLINGS {
            let factor = Decimal::from(1_u64.checked_shl(doublings).unwrap_or(1));
            // Beyond what a decimal holds nothing is looked for.
            loads.extend(exact::mul(rpm, factor));
            loads.extend(exact::ratio_or_rounded(rpm, factor).map(|less| less.value));
            for row in &self.comparison.rows {
                let full = break_even::most_requests(workload, row)?.map(Decimal::from);
                let full = full.and_then(|full| exact::mul(full, factor).ok());
                loads.extend(full);
                // With one more call it is too small, or one more replica is needed.
                loads.extend(full.and_then(|full| exact::add(full, step(full)).ok()));
            }
        }
        for row in &self.comparison.rows {
            for full in full_sizes(workload, row)? {
                loads.push(full);
                loads.extend(exact::add(full, step(full)));
            }
        }
        let points = self.comparison.break_even.iter();
        for value in points.filter_map(|point| point.load()) {
            loads.push(value);
            loads.extend(exact::add(value, step(value)));
        }
        let mut loads: Vec<Decimal> = loads
            .into_iter()
            .filter_map(whole)
            .filter(|load| *load > Decimal::ZERO && *load != rpm)
            .collect();
        loads.sort();
        loads.dedup();
        let priced = loads.into_iter();
        Ok(priced
            .map(|load| (load, self.cheapest(&workload.at(load))))
            .collect())
    }

    /// The loads nearest to the workload at which an offer is the cheapest.
    fn load(
        &self,
        workload: &Steady,
        loads: &[(Decimal, Option<Offer>)],
        offer: &Offer,
    ) -> Option<At<Decimal>> {
        let rpm = workload.load.rpm;
        let run = Run::nearest(loads, offer, |load| load.cmp(&rpm))?;
        let edge = |is: Decimal, is_not: Decimal| self.edge(workload, offer, is, is_not);
        // Between a load at which it is, and the next one that was looked at, at which it is not.
        let near = edge(run.near, run.before.unwrap_or(rpm));
        let far = run.beyond.map(|beyond| edge(run.far, beyond));
        Some(run.at(near, far))
    }

    /// The last step from `is`, at which an offer is the cheapest, towards `is_not` that is so, too.
    fn edge(&self, workload: &Steady, offer: &Offer, is: Decimal, is_not: Decimal) -> Decimal {
        // The workload may lie between two steps: it is taken for the one that is farther away.
        let up = whole(is_not).unwrap_or(is_not);
        let mut is_not = match is_not < is {
            true if up > is_not => exact::sub(up, step(up)).unwrap_or(is_not),
            _ => up,
        };
        let mut is = is;
        loop {
            let Some(middle) = between(is, is_not) else {
                return is;
            };
            match self.cheapest(&workload.at(middle)).as_ref() == Some(offer) {
                true => is = middle,
                false => is_not = middle,
            }
        }
    }
}

/// The loads at which other sizes of a reservation are full: those next to its own, and those for far less than the
/// workload. Between two sizes it is dearer than where one is full.
fn full_sizes(workload: &Steady, row: &Row) -> Result<Vec<Decimal>, QuoteError> {
    let Basis::Ptu(_, prices) = &row.basis else {
        return Ok(Vec::new());
    };
    let Some(own) = break_even::most_requests(workload, row)? else {
        return Ok(Vec::new());
    };
    let full_from = |calls: u64| -> Option<u64> {
        let load = Load {
            rpm: calls.into(),
            ..workload.load
        };
        let size = fit::peak(&load, prices).ok()?;
        Some(prices.reserved(size).ok()?.whole_calls(load.per_request))
    };
    let mut all = Vec::new();
    let mut full = own;
    for _ in 0..NEXT_SIZES {
        let Some(next) = full_from(full.saturating_add(1)).filter(|next| *next > full) else {
            break;
        };
        all.push(next);
        full = next;
    }
    // As far below as the next ones are above, where there are any.
    let width = all.first().map_or(0, |next| next.saturating_sub(own));
    let mut full = own.saturating_sub(width.saturating_mul(NEXT_SIZES.saturating_add(1)));
    for _ in 0..NEXT_SIZES.saturating_mul(2) {
        let next = full_from(full.saturating_add(1));
        let Some(next) = next.filter(|next| *next < own && *next > full) else {
            break;
        };
        all.push(next);
        full = next;
    }
    let less = DOUBLINGS
        .into_iter()
        .filter_map(|doublings| own.checked_shr(doublings));
    all.extend(less.filter(|less| *less > 0).filter_map(full_from));
    Ok(all.into_iter().map(Decimal::from).collect())
}

/// Values beside each other at which an offer is the cheapest, on one side of the workload.
struct Run<T> {
    above: bool,
    /// The value before the run, towards the workload, at which it is not; `None` is the workload.
    before: Option<T>,
    near: T,
    far: T,
    /// The value after the run, at which it is not; `None` where the run goes on.
    beyond: Option<T>,
}

impl<T: Copy> Run<T> {
    /// The one nearest to the workload, above it before below, one that goes on before one that ends.
    fn nearest(
        values: &[(T, Option<Offer>)],
        offer: &Offer,
        to_workload: impl Fn(&T) -> Ordering,
    ) -> Option<Self> {
        let above = values
            .iter()
            .filter(|(value, _)| to_workload(value).is_gt());
        let above = Self::first(true, above, offer);
        let below = values.iter().rev();
        let below = below.filter(|(value, _)| to_workload(value).is_lt());
        let below = Self::first(false, below, offer);
        // One that goes on says more than one that ends.
        let ends = above.as_ref().is_some_and(|run| run.beyond.is_some());
        match below {
            Some(below) if ends && below.beyond.is_none() => Some(below),
            below => above.or(below),
        }
    }

    /// The first run of values that lead away from the workload.
    fn first<'v>(
        above: bool,
        values: impl Iterator<Item = &'v (T, Option<Offer>)>,
        offer: &Offer,
    ) -> Option<Self>
    where
        T: 'v,
    {
        let (mut before, mut run) = (None, None);
        for (value, first) in values {
            // Where nothing can be priced, nothing is known, and nothing ends.
            let Some(first) = first else {
                continue;
            };
            let pays = first == offer;
            match (&mut run, pays) {
                (None, false) => before = Some(*value),
                (None, true) => {
                    run = Some(Self {
                        above,
                        before,
                        near: *value,
                        far: *value,
                        beyond: None,
                    });
                }
                (Some(run), true) => run.far = *value,
                (Some(run), false) => {
                    run.beyond = Some(*value);
                    break;
                }
            }
        }
        run
    }

    /// The run by its edges; without a far one it goes on.
    fn at(&self, near: T, far: Option<T>) -> At<T> {
        match (self.above, far) {
            (true, None) => At::From(near),
            (true, Some(far)) => At::Between(near, far),
            (false, None) => At::UpTo(near),
            (false, Some(far)) => At::Between(far, near),
        }
    }
}

/// Whole requests a minute, of less than 10 hundredths.
fn step(rpm: Decimal) -> Decimal {
    match rpm >= Decimal::TEN {
        true => Decimal::ONE,
        false => Decimal::from_parts(1, 0, 0, false, 2),
    }
}

/// A whole load in the middle of two; `None` where there is none between them.
fn between(one: Decimal, other: Decimal) -> Option<Decimal> {
    let (low, high) = (one.min(other), one.max(other));
    let sum = exact::add(low, high).ok()?;
    let middle = whole(exact::div(sum, 2).ok()?.value)?;
    let middle = match middle < high {
        true => middle,
        // Rounded up to it, there can be room below all the same.
        false => exact::sub(high, step(exact::sub(high, step(high)).ok()?)).ok()?,
    };
    (middle > low).then_some(middle)
}

/// A load, rounded up to whole steps of its own size.
fn whole(load: Decimal) -> Option<Decimal> {
    let step = step(load);
    let per_one = exact::ratio(Decimal::ONE, step).ok()?.value;
    let steps = exact::mul(load, per_one).ok()?.ceil();
    exact::mul(steps, step).ok()
}
