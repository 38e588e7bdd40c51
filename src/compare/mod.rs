//! One workload under every billing method: ranked, with what cannot be priced, and the points at
//! which one method becomes cheaper than another.

mod break_even;
mod caveat;
mod curve;
mod error;
mod kind;
mod options;
mod row;
mod switch;

use chrono::NaiveDate;
use rust_decimal::Decimal;

use crate::billing::error::QuoteError;
use crate::billing::exact;
use crate::billing::funding::Funding;
use crate::billing::fx::Fx;
use crate::billing::mode::Mode;
use crate::billing::quote::Percent;
use crate::billing::recorded::Recorded;
use crate::billing::spec::Spec;
use crate::billing::term::Span;
use crate::catalog::{Catalog, Model};
use crate::order::{Conflict, OrderError, TraceFit, TraceOrder, Watch};
use crate::workload::{Capacity, Steady, Totals};

pub use break_even::{Bought, BreakEven};
pub use caveat::{Caveat, Paid, compared};
pub use curve::{Crossing, Curve, crossings, curves};
pub use error::{CompareError, TraceError};
pub use kind::Kind;
use row::Basis;
pub use row::{Own, Row, Unavailable};
pub use switch::{Rate, Switch};

/// What is compared.
#[derive(Debug)]
pub struct Request<'a> {
    /// Where prices come from.
    pub catalog: &'a Catalog,
    /// The models, the one that is meant first.
    pub models: Vec<&'a Model>,
    /// The mode, where a method prices by mode.
    pub mode: Option<Mode>,
    /// Only these specifications; all where there are none.
    pub specs: Vec<Spec>,
    /// What replicas serve.
    pub capacities: Vec<Capacity>,
    /// A discount on every charge.
    pub discount: Option<Percent>,
    /// What pays for ordinary calls of the first model before money does.
    pub funding: Option<Funding>,
    /// The date of the prices.
    pub as_of: NaiveDate,
    /// How the workload is served today.
    pub current: Option<Current>,
    /// Rates of exchange, for prices in another currency than the first row's.
    pub rates: &'a [Fx],
}

/// How the workload is served today, by the first model.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Current {
    /// Which way.
    pub kind: Kind,
    /// Of model units: which specification; the cheapest where that is not said.
    pub spec: Option<Spec>,
    /// For how long old and new would overlap.
    pub overlap: Span,
}

/// What is served.
#[derive(Debug, Clone)]
pub enum Traffic {
    /// Requests at a steady rate.
    Steady(Steady),
    /// Recorded calls.
    Recorded(Box<Recorded>),
}

/// Every way, ranked, and what follows from it.
#[derive(Debug, Clone)]
pub struct Comparison {
    /// What is served.
    pub traffic: Traffic,
    /// The mode that was asked for.
    pub mode: Option<Mode>,
    /// What it adds up to.
    pub totals: Totals,
    /// The cheapest first.
    pub rows: Vec<Row>,
    /// What cannot be priced.
    pub unavailable: Vec<Unavailable>,
    /// Where one way becomes cheaper than another.
    pub break_even: Vec<BreakEven>,
    /// What changing to a cheaper way costs.
    pub switches: Vec<Switch>,
    /// The rank of the way that is used today.
    pub current: Option<usize>,
}

/// Prices a steady workload under every method of every model, and ranks the results.
///
/// # Errors
/// [`CompareError`] when nothing can be ranked.
pub fn compare(request: &Request, workload: &Steady) -> Result<Comparison, CompareError> {
    let totals = workload.totals()?;
    let found = options::all(request, &totals, &mut |position, model, kind| {
        options::steady(request, workload, position, model, kind)
    })?;
    let period = switch::Period {
        units: workload.days,
        of_a_day: 1,
    };
    let traffic = Traffic::Steady(*workload);
    let mut comparison = ranked(request, found, traffic, totals, period)?;
    comparison.break_even = break_even::all(request, workload, &comparison.rows)?;
    Ok(comparison)
}

/// Prices recorded calls under every method of every model, and ranks the results: reservations are
/// sized as `fit` says and replayed call by call, tokens are billed by call, and replicas serve the
/// busiest minute. There are no points of break-even, which are rates of a steady load. What
/// [`Request::funding`] says is not used.
///
/// # Errors
/// [`TraceError`] when the trace cannot be read, or nothing can be ranked.
pub fn compare_trace(
    request: &Request,
    trace: &TraceOrder,
    fit: TraceFit,
    watch: Watch<'_>,
) -> Result<Comparison, TraceError> {
    let mut recorder = options::Recorder::read(request, trace, fit, watch)?;
    let recorded = recorder.recorded.clone();
    let minutes = recorded.stated_minutes();
    let scaled = |count| recorded.scaled(count).map_err(CompareError::from);
    let totals = Totals {
        requests: scaled(recorded.total.calls)?,
        input_tokens: scaled(recorded.total.input)?,
        output_tokens: scaled(recorded.total.output)?,
        active_seconds: exact::mul(minutes.into(), Decimal::from(60))
            .map_err(CompareError::from)?,
    };
    if (totals.input_tokens, totals.output_tokens) == (0, 0) {
        return Err(OrderError::from(Conflict::NoTokensInTrace).into());
    }
    let found = options::all(request, &totals, &mut |position, model, kind| {
        recorder.priced(request, position, model, kind)
    });
    let period = switch::Period {
        units: minutes,
        of_a_day: 24 * 60,
    };
    let traffic = Traffic::Recorded(Box::new(recorded));
    let found = found.map_err(CompareError::from)?;
    Ok(ranked(request, found, traffic, totals, period)?)
}

/// The rows in order of their totals, with what changing to a cheaper one costs.
fn ranked(
    request: &Request,
    found: options::Found,
    traffic: Traffic,
    totals: Totals,
    period: switch::Period,
) -> Result<Comparison, CompareError> {
    let options::Found {
        mut rows,
        unavailable,
    } = found;
    let Some(first) = rows.first() else {
        return Err(CompareError::Nothing(unavailable));
    };
    let currency = first.quote.currency;
    let mut others = rows.iter().map(|row| row.quote.currency);
    if let Some(other) = others.find(|other| *other != currency) {
        return Err(CompareError::Currencies { currency, other });
    }
    // Stable: equal totals keep the order of the documents.
    rows.sort_by_key(|row| row.quote.total);
    let cheapest = rows.first().map_or(Decimal::ZERO, |row| row.quote.total);
    for (rank, row) in (1_usize..).zip(&mut rows) {
        row.rank = rank;
        row.above_cheapest = percent_above(row.quote.total, cheapest)?;
    }
    let current = match &request.current {
        None => None,
        Some(current) => Some(current_rank(request, current, &mut rows, &unavailable)?),
    };
    let switches = switch::all(request, period, &rows, current)?;
    Ok(Comparison {
        traffic,
        mode: request.mode,
        totals,
        rows,
        unavailable,
        break_even: Vec::new(),
        switches,
        current,
    })
}

/// The rank of the current way. Where several are meant it is the cheapest, and its row says so.
fn current_rank(
    request: &Request,
    current: &Current,
    rows: &mut [Row],
    unavailable: &[Unavailable],
) -> Result<usize, CompareError> {
    let Current { kind, spec, .. } = *current;
    let mut meant: Vec<&mut Row> = rows
        .iter_mut()
        .filter(|row| row.kind == kind && !row.caveats.contains(&Caveat::OtherModel))
        .filter(|row| spec.is_none() || row.spec() == spec)
        .collect();
    let of = meant.len();
    if let Some(first) = meant.first_mut() {
        if of > 1 {
            first.caveats.push(Caveat::AssumedCurrent { of, kind });
        }
        return Ok(first.rank);
    }
    let model = request.models.first().map_or("", |model| &model.code);
    let mut reasons: Vec<String> = unavailable
        .iter()
        .filter(|one| one.kind == kind && one.model == model)
        .map(|one| one.reason.clone())
        .collect();
    if let Some(spec) = spec
        && reasons.is_empty()
    {
        reasons.push(format!("`{spec}` is not among its options"));
    }
    Err(CompareError::CurrentUnavailable { kind, reasons })
}

/// How many percent `total` is above `cheapest`; `None` where that is 0.
fn percent_above(total: Decimal, cheapest: Decimal) -> Result<Option<Decimal>, QuoteError> {
    if cheapest.is_zero() {
        return Ok(None);
    }
    let above = exact::mul(exact::sub(total, cheapest)?, Decimal::ONE_HUNDRED)?;
    Ok(Some(exact::ratio(above, cheapest)?.value))
}
