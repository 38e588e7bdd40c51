//! At which load, or for how many hours a day, an option of the ranking would be the cheapest. Found by
//! pricing the workload again: whoever compares at that load finds the option first.

use rust_decimal::Decimal;

use super::pays::{At, Pays};
use super::{Comparison, Doubt, Kind, Request, Row, break_even, options};
use crate::billing::error::QuoteError;
use crate::billing::exact;
use crate::billing::spec::Spec;
use crate::billing::term::Span;
use crate::catalog::Model;
use crate::workload::Steady;

/// How far from the workload the search goes, in doublings of it and of what each option serves at
/// most.
const DOUBLINGS: [u32; 8] = [0, 1, 2, 3, 5, 8, 12, 20];

const HOURS_PER_DAY: u32 = 24;

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
        let hours = nearest(&hours, &offer, |hours| {
            Span::hours(*hours).cmp(&workload.hours_per_day)
        });
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
    kind: Kind,
    spec: Option<(Spec, bool)>,
}

impl Offer {
    fn of(row: &Row) -> Self {
        Self {
            model: row.quote.model.code.clone(),
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
        let of_kind = |row: &Row| row.kind == kind && row.quote.model.code == model.code;
        let mut unranked = self.comparison.unranked.iter();
        unranked.any(|one| of_kind(&one.row)) && !self.comparison.rows.iter().any(of_kind)
    }

    /// Loads at which the order can change, each with what is the cheapest there: full reservations and
    /// replicas, the points of break-even, far less and far more than the workload.
    fn loads(&self, workload: &Steady) -> Result<Vec<(Decimal, Option<Offer>)>, QuoteError> {
        let rpm = workload.load.rpm;
        let step = step(rpm);
        let mut loads = Vec::new();
        for doublings in DOUBLINGS {
            let factor = Decimal::from(1_u64.checked_shl(doublings).unwrap_or(1));
            // Beyond what a decimal holds nothing is looked for.
            loads.extend(exact::mul(rpm, factor));
            loads.extend(exact::ratio_or_rounded(rpm, factor).map(|less| less.value));
            for row in &self.comparison.rows {
                let full = break_even::most_requests(workload, row)?.map(Decimal::from);
                loads.extend(full.and_then(|full| exact::mul(full, factor).ok()));
            }
        }
        let points = self.comparison.break_even.iter();
        for value in points.filter_map(|point| point.load()) {
            loads.push(value);
            loads.extend(exact::add(value, step));
        }
        let mut loads: Vec<Decimal> = loads
            .into_iter()
            .filter_map(|load| whole(load, step))
            .filter(|load| *load > Decimal::ZERO && *load != rpm)
            .collect();
        loads.sort();
        loads.dedup();
        let priced = loads.into_iter();
        Ok(priced
            .map(|load| (load, self.cheapest(&workload.at(load))))
            .collect())
    }

    /// The load nearest to the workload at which an offer is the cheapest.
    fn load(
        &self,
        workload: &Steady,
        loads: &[(Decimal, Option<Offer>)],
        offer: &Offer,
    ) -> Option<At<Decimal>> {
        let rpm = workload.load.rpm;
        let found = nearest(loads, offer, |load| load.cmp(&rpm))?;
        let (At::From(known) | At::UpTo(known)) = found;
        // Between the nearest load at which it is not, and the one at which it is.
        let towards = |load: &Decimal| match found {
            At::From(_) => *load < known,
            At::UpTo(_) => *load > known,
        };
        let others = loads.iter().map(|(load, _)| *load).chain([rpm]);
        let others = others.filter(towards);
        let other = match found {
            At::From(_) => others.max(),
            At::UpTo(_) => others.min(),
        };
        let edge = self.edge(workload, offer, known, other?);
        Some(match found {
            At::From(_) => At::From(edge),
            At::UpTo(_) => At::UpTo(edge),
        })
    }

    /// The last step from `is`, at which an offer is the cheapest, towards `is_not` that is so, too.
    fn edge(&self, workload: &Steady, offer: &Offer, is: Decimal, is_not: Decimal) -> Decimal {
        let step = step(workload.load.rpm);
        // The workload may lie between two steps: it is taken for the one that is farther away.
        let up = whole(is_not, step).unwrap_or(is_not);
        let mut is_not = match is_not < is {
            true if up > is_not => exact::sub(up, step).unwrap_or(is_not),
            _ => up,
        };
        let mut is = is;
        loop {
            let sum = exact::add(is, is_not).ok();
            let middle = sum.and_then(|sum| exact::div(sum, 2).ok());
            let middle = middle.and_then(|middle| whole(middle.value, step));
            let Some(middle) = middle.filter(|middle| *middle != is && *middle != is_not) else {
                return is;
            };
            match self.cheapest(&workload.at(middle)).as_ref() == Some(offer) {
                true => is = middle,
                false => is_not = middle,
            }
        }
    }
}

/// The value nearest to the workload, above it before below, at which an offer is the cheapest.
fn nearest<T: Copy>(
    values: &[(T, Option<Offer>)],
    offer: &Offer,
    to_workload: impl Fn(&T) -> std::cmp::Ordering,
) -> Option<At<T>> {
    let pays = || {
        let of_offer = values
            .iter()
            .filter(|(_, first)| first.as_ref() == Some(offer));
        of_offer.map(|(value, _)| *value)
    };
    let mut above = pays().filter(|value| to_workload(value).is_gt());
    let below = pays().filter(|value| to_workload(value).is_lt());
    above
        .next()
        .map(At::From)
        .or_else(|| below.last().map(At::UpTo))
}

/// Whole requests a minute, of less than 10 hundredths.
fn step(rpm: Decimal) -> Decimal {
    match rpm >= Decimal::TEN {
        true => Decimal::ONE,
        false => Decimal::from_parts(1, 0, 0, false, 2),
    }
}

/// A load, rounded up to whole steps.
fn whole(load: Decimal, step: Decimal) -> Option<Decimal> {
    let per_one = exact::ratio(Decimal::ONE, step).ok()?.value;
    let steps = exact::mul(load, per_one).ok()?.ceil();
    exact::mul(steps, step).ok()
}
