//! One workload under every billing method: ranked, with what cannot be priced, and the points at
//! which one method becomes cheaper than another.

mod break_even;
mod caveat;
mod curve;
mod doubt;
mod error;
mod growth;
mod kind;
mod log;
mod options;
mod otherwise;
mod over_its_term;
mod pays;
mod pays_from;
mod pays_search;
mod plan_of_log;
mod row;
mod smaller;
mod switch;
mod then;

use std::collections::BTreeMap;

use chrono::NaiveDate;
use rust_decimal::Decimal;

use crate::billing::capacity::Capacity;
use crate::billing::error::QuoteError;
use crate::billing::exact;
use crate::billing::fx::Fx;
use crate::billing::mode::Mode;
use crate::billing::money::Currency;
use crate::billing::note::Note;
use crate::billing::ptu::Fit;
use crate::billing::quote::{ModelRef, Parameters, Percent};
use crate::billing::recorded::Recorded;
use crate::billing::spec::Spec;
use crate::billing::term::Span;
use crate::catalog::{Catalog, Model, not_there};
use crate::order::{Conflict, FundingOrder, OrderError, TraceFit, TraceOrder, Watch};
use crate::workload::{Steady, Totals};

pub use break_even::{Bought, BreakEven};
pub use caveat::{Caveat, Longest, Paid, compared};
pub use curve::{Crossing, Curve, crossings, curves};
pub use doubt::{Doubt, Unranked};
pub use error::{CompareError, TraceError};
pub use growth::{GrownComparison, MonthBest, OfWay};
pub use kind::Kind;
pub use log::{ComparedLog, ComparedModel, compare_log};
pub use otherwise::CheapestOtherwise;
pub use over_its_term::OverItsTerm;
pub use pays::{At, Pays};
pub use pays_from::{PayingLoad, PaysFrom};
pub use plan_of_log::PlanOfLog;
use row::Basis;
pub use row::{Own, Row, Unavailable};
pub use switch::{Now, Outcome, Rate, Refund, Running, Switch};
pub use then::{Best, Changed, ModelThen, Reason, Then, Way};

/// What is compared.
#[derive(Debug, Clone)]
pub struct Request<'a> {
    /// Where prices come from.
    pub catalog: &'a Catalog,
    /// The models, the one that is meant first: one that is compared in several regions is there for each.
    pub models: Vec<&'a Model>,
    /// Where one of them is not sold, although it is asked for there.
    pub not_sold: Vec<NotSoldIn>,
    /// The mode, where a method prices by mode.
    pub mode: Option<Mode>,
    /// Only these specifications; all where there are none.
    pub specs: Vec<Spec>,
    /// What one replica of a specification serves, as the user gave it.
    pub capacities: Vec<Capacity>,
    /// A discount on every charge.
    pub discount: Option<Percent>,
    /// What pays for ordinary calls of the first model before money does.
    pub funding: FundingOrder,
    /// The date of the prices.
    pub as_of: NaiveDate,
    /// Whether the user gave the date. Then calls of a trace have its prices, too; else those of
    /// their own days.
    pub as_of_given: bool,
    /// How the workload is served today.
    pub current: Option<Current>,
    /// Whether the workload is of models that are fine-tuned from these.
    pub fine_tuned: bool,
    /// Whether ordinary calls are also compared with a savings plan, which is a commitment of months.
    pub savings_plans: bool,
    /// How reservations for a steady load are sized.
    pub fit: Fit,
    /// Rates of exchange, for prices in another currency than the first row's.
    pub rates: &'a [Fx],
    /// The currency of the rows; `None` for that of the first one.
    pub currency: Option<Currency>,
}

/// A region in which a model is not sold.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NotSoldIn {
    /// The provider's id.
    pub provider: String,
    /// The model's code.
    pub model: String,
    /// The region's id.
    pub region: String,
    /// Whether the catalog has a part of what the provider sells, so that a price is missing.
    pub is_missing: bool,
}

impl std::fmt::Display for NotSoldIn {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(&not_there(&self.model, &self.region, self.is_missing))
    }
}

/// How the workload is served today, by the first model.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Current {
    /// Which way.
    pub kind: Kind,
    /// Of model units: which specification; the cheapest where that is not said.
    pub spec: Option<Spec>,
    /// How long old and new would run beside each other; `None` is an hour, or what is left of the
    /// term.
    pub overlap: Option<Span>,
    /// Days left of a term that is paid in advance; `None` means it has just begun.
    pub days_left: Option<u64>,
    /// Whether nobody said so: then a model that is not sold so is compared without.
    pub assumed: bool,
}

/// The traffic that is compared.
#[derive(Debug, Clone)]
pub enum Traffic {
    /// Requests at a steady rate.
    Steady(Steady),
    /// A trace: calls that were recorded.
    Recorded(Box<Recorded>),
}

/// Every way that is known to serve the workload, ranked, and what follows from it.
#[derive(Debug, Clone)]
pub struct Comparison {
    /// The traffic that is compared.
    pub traffic: Traffic,
    /// The mode that was asked for.
    pub mode: Option<Mode>,
    /// Requests and tokens in all.
    pub totals: Totals,
    /// Options that are known to serve the workload, the cheapest first.
    pub rows: Vec<Row>,
    /// Options that have a price but are not known to serve the workload, the cheapest first.
    pub unranked: Vec<Unranked>,
    /// The options that cannot be priced.
    pub unavailable: Vec<Unavailable>,
    /// Where a model is not sold at all.
    pub not_sold: Vec<NotSoldIn>,
    /// A reservation that overflows and costs less than all that is ranked, where these are sized to the peak.
    pub smaller: Option<Box<Row>>,
    /// The points at which one option becomes cheaper than another.
    pub break_even: Vec<BreakEven>,
    /// Of a steady load: a longer term that is the cheapest over its own time.
    pub over_its_term: Option<OverItsTerm>,
    /// The costs of changing to a cheaper option.
    pub switches: Vec<Switch>,
    /// Of a trace that stands for more days: the cheapest, were they counted in another way.
    pub otherwise: Vec<CheapestOtherwise>,
}

impl Request<'_> {
    /// Whether models of one provider are in more than one region.
    pub(crate) fn of_several_regions(&self) -> bool {
        let models = self.models.iter();
        has_several_regions(models.map(|one| (one.provider.as_str(), one.region.as_str())))
    }
}

/// Whether some provider is there with more than one region.
fn has_several_regions<'a>(mut all: impl Iterator<Item = (&'a str, &'a str)>) -> bool {
    let mut seen: BTreeMap<&str, &str> = BTreeMap::new();
    all.any(|(provider, region)| *seen.entry(provider).or_insert(region) != region)
}

impl Comparison {
    /// Notes the age of the prices of every option, and those that have left their page.
    pub fn note_age(&mut self, today: NaiveDate, as_of: NaiveDate) {
        let unranked = self.unranked.iter_mut().map(|one| &mut one.row);
        for row in self.rows.iter_mut().chain(unranked) {
            row.quote.note_age(today, as_of);
            let left = row.quote.notes.iter().filter_map(Note::left_page);
            row.caveats.extend(left.map(Caveat::LeftPage));
            if let Some(own) = &mut row.own {
                own.quote.note_age(today, as_of);
            }
        }
    }

    /// Every option that has a price: those that are ranked, then the others.
    pub fn priced(&self) -> impl Iterator<Item = &Row> {
        let unranked = self.unranked.iter().map(|one| &one.row);
        self.rows.iter().chain(unranked)
    }

    /// The modes that prices are for, where none was asked for: those of tokens, each once.
    #[must_use]
    pub fn assumed_modes(&self) -> Vec<Mode> {
        let mut modes = Vec::new();
        for row in self.priced().filter(|_| self.mode.is_none()) {
            let mode = match row.quote.parameters {
                Parameters::Ptu { mode, .. } => mode.map(Mode::for_tokens),
                Parameters::Tokens { mode, .. } => mode,
                Parameters::Mu { .. } => None,
            };
            modes.extend(mode.filter(|mode| !modes.contains(mode)));
        }
        modes
    }

    /// Whether there are options of more than one model.
    #[must_use]
    pub fn of_several_models(&self) -> bool {
        let first = self.priced().next().map(|row| &row.quote.model);
        let differs = |model: &ModelRef| {
            first.is_some_and(|first| {
                (&first.provider, &first.code) != (&model.provider, &model.code)
            })
        };
        self.priced().any(|row| differs(&row.quote.model))
    }

    /// Whether there are options of one provider in more than one region: each then says its own.
    #[must_use]
    pub fn of_several_regions(&self) -> bool {
        let of_priced = self.priced().map(|row| &row.quote.model);
        let of_priced = of_priced.map(|model| (model.provider.as_str(), model.region.as_str()));
        has_several_regions(of_priced.chain(self.unavailable.iter().map(Unavailable::place)))
    }

    /// A code as one says it here: with its region where there are several.
    #[must_use]
    pub fn said_model(&self, code: &str, region: &str) -> String {
        match self.of_several_regions() {
            true => format!("{code} in {region}"),
            false => code.to_owned(),
        }
    }

    /// The way that is used today.
    #[must_use]
    pub fn current(&self) -> Option<&Row> {
        self.priced().find(|row| row.is_current)
    }

    /// The way that is used today, where it is known to serve the workload.
    #[must_use]
    pub fn ranked_now(&self) -> Option<&Row> {
        self.rows.iter().find(|row| row.is_current)
    }
}

/// Prices a steady workload under every method of every model, and ranks the results, with where each pays.
///
/// # Errors
/// [`CompareError`] when nothing can be ranked.
pub fn compare(request: &Request, workload: &Steady) -> Result<Comparison, CompareError> {
    let mut comparison = rank(request, workload)?;
    let rows: Vec<&Row> = comparison.priced().collect();
    comparison.break_even = break_even::all(request, workload, &rows)?;
    comparison.smaller = smaller::of(request, workload, &comparison).map(Box::new);
    comparison.over_its_term = over_its_term::of(request, workload, &comparison.rows);
    if request.fit == Fit::Cheapest {
        // At each other load every size would have to be weighed again.
        return Ok(comparison);
    }
    let pays = pays_search::all(request, workload, &comparison)?;
    for (row, pays) in comparison.rows.iter_mut().zip(pays) {
        row.pays = Some(pays);
    }
    Ok(comparison)
}

/// The ranking alone, of which nothing is known at other loads.
///
/// # Errors
/// [`CompareError`] when nothing can be ranked.
pub fn rank(request: &Request, workload: &Steady) -> Result<Comparison, CompareError> {
    let totals = workload.totals()?;
    let found = options::all(request, &totals, &mut |position, model, kind| {
        options::steady(request, workload, position, model, kind)
    })?;
    let period = switch::Period {
        units: workload.days,
        of_a_day: 1,
    };
    let traffic = Traffic::Steady(*workload);
    ranked(request, found, traffic, totals, period)
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
    let recorder = options::TracedWays::read(request, trace, fit, watch)?;
    traced(request, recorder)
}

/// The ranking of what a trace answered.
fn traced(request: &Request, mut recorder: options::TracedWays) -> Result<Comparison, TraceError> {
    let recorded = recorder.recorded.clone();
    let minutes = recorded.stated_minutes();
    let scaled = |count| recorded.scaled(count).map_err(CompareError::from);
    let totals = Totals {
        requests: scaled(recorded.total.calls)?,
        tokens: recorded.total.tokens.try_map(scaled)?,
        active_seconds: exact::mul(minutes.into(), Decimal::from(60))
            .map_err(CompareError::from)?,
    };
    if totals.tokens.is_empty() {
        return Err(OrderError::from(Conflict::NoTokensInTrace).into());
    }
    let found = options::all(request, &totals, &mut |position, model, kind| {
        recorder.priced(request, position, model, kind)
    });
    let period = switch::Period {
        units: minutes,
        of_a_day: 24 * 60,
    };
    let scale = recorded.scale;
    let traffic = Traffic::Recorded(Box::new(recorded));
    let found = found.map_err(CompareError::from)?;
    let mut comparison = ranked(request, found, traffic, totals, period)?;
    comparison.otherwise = otherwise::all(scale, &comparison.rows);
    Ok(comparison)
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
        let given = request.rates.to_vec();
        return Err(CompareError::Currencies {
            currency,
            other,
            given,
        });
    }
    // Stable: equal totals keep the order of the documents.
    rows.sort_by_key(|row| row.quote.total);
    mark_current(request, &mut rows, &unavailable)?;
    let mut comparison = Comparison {
        traffic,
        mode: request.mode,
        totals,
        rows: Vec::new(),
        unranked: Vec::new(),
        unavailable,
        not_sold: request.not_sold.clone(),
        smaller: None,
        break_even: Vec::new(),
        over_its_term: None,
        switches: Vec::new(),
        otherwise: Vec::new(),
    };
    for row in rows {
        match Doubt::of(&row, request.fine_tuned) {
            None => comparison.rows.push(row),
            Some(doubt) => comparison.unranked.push(Unranked {
                row,
                doubt,
                pays_from: None,
                never_pays: false,
            }),
        }
    }
    let cheapest = comparison.rows.first().map(|row| row.quote.total);
    let cheapest = cheapest.unwrap_or(Decimal::ZERO);
    for (rank, row) in (1_usize..).zip(&mut comparison.rows) {
        row.rank = Some(rank);
        row.above_cheapest = percent_above(row.quote.total, cheapest)?;
    }
    let pays_from = comparison.unranked.iter().map(|one| match one.doubt {
        Doubt::Capacity => PaysFrom::of(request, &comparison, &one.row),
        Doubt::FineTunedOnly | Doubt::FineTunedPrice | Doubt::BaseModelOnly | Doubt::AtNight => {
            Ok(None)
        }
    });
    let pays_from: Vec<_> = pays_from.collect::<Result<_, _>>()?;
    for (one, pays_from) in comparison.unranked.iter_mut().zip(pays_from) {
        one.pays_from = pays_from;
        let dearer = !comparison.rows.is_empty() && one.row.quote.total >= cheapest;
        one.never_pays = one.doubt == Doubt::Capacity && dearer;
    }
    comparison.switches = switch::all(request, period, &comparison.rows, comparison.current())?;
    Ok(comparison)
}

/// Marks the current way. Where several are meant it is the cheapest, of those that are known to serve
/// if there is one, and its row says so.
fn mark_current(
    request: &Request,
    rows: &mut [Row],
    unavailable: &[Unavailable],
) -> Result<(), CompareError> {
    let Some(Current {
        kind,
        spec,
        assumed,
        ..
    }) = request.current
    else {
        return Ok(());
    };
    let mut meant: Vec<&mut Row> = rows
        .iter_mut()
        .filter(|row| row.kind == kind && !row.caveats.iter().any(Caveat::is_of_another))
        .filter(|row| spec.is_none() || row.spec() == spec)
        .collect();
    meant.sort_by_key(|row| Doubt::of(row, request.fine_tuned).is_some());
    let of = meant.len();
    if let Some(first) = meant.first_mut() {
        first.is_current = true;
        if of > 1 {
            first.caveats.push(Caveat::AssumedCurrent { of, kind });
        }
        return Ok(());
    }
    if assumed {
        return Ok(());
    }
    let first = request.models.first();
    let (model, region) = first.map_or(("", ""), |first| (&first.code, &first.region));
    let mut reasons: Vec<String> = unavailable
        .iter()
        .filter(|one| {
            one.kind == kind && (one.model.as_str(), one.region.as_str()) == (model, region)
        })
        .map(|one| one.reason.clone())
        .collect();
    if reasons.is_empty() {
        reasons.push(match spec {
            Some(spec) => format!("`{spec}` is not among its options"),
            None => format!("`{model}` is not sold so"),
        });
    }
    Err(CompareError::CurrentUnavailable { kind, reasons })
}

/// How many percent `total` is above `cheapest`; `None` where that is 0.
///
/// # Errors
/// [`QuoteError::TooLarge`] when it does not fit.
pub fn percent_above(total: Decimal, cheapest: Decimal) -> Result<Option<Decimal>, QuoteError> {
    if cheapest.is_zero() {
        return Ok(None);
    }
    let above = exact::mul(exact::sub(total, cheapest)?, Decimal::ONE_HUNDRED)?;
    Ok(Some(exact::ratio(above, cheapest)?.value))
}
