//! The quotes of calls that grow, month by month.

use crate::billing::error::QuoteError;
use crate::billing::fx::Exchange;
use crate::billing::quote::{Parameters, Quote};
use crate::cli::failure::Failure;
use crate::cli::global::Globals;
use crate::cli::growth::Growing;
use crate::order::{Apart, Conflict, OrderError, TraceOrder};
use crate::report::Format;
use crate::report::quotes::{Grown, GrownMonth, PricedQuote};
use crate::workload::Factor;

/// A month after the first: its calls, and its quotes, none where it has no calls.
pub struct Month {
    calls: u64,
    quotes: Vec<Quote>,
}

/// The quotes of the trace, and those of the months after the first where it grows.
pub fn months(
    mut trace: TraceOrder,
    growing: Option<&Growing>,
    globals: &Globals,
    mut price: impl FnMut(&TraceOrder) -> Result<Vec<Quote>, OrderError>,
    failed: impl Fn(OrderError) -> Failure,
) -> Result<(Vec<Quote>, Vec<Month>), Failure> {
    trace.keeps_minutes |= globals.asks_for(Format::Html);
    if let Some(growing) = growing {
        trace = growing.first(trace, globals)?;
    }
    let quotes = price(&trace).map_err(&failed)?;
    let recorded = quotes.first().and_then(|quote| quote.recorded.as_ref());
    let first = recorded.map_or(0, |trace| trace.total.calls);
    let mut later = Vec::new();
    for factor in growing
        .iter()
        .flat_map(|growing| growing.factors.iter().skip(1))
    {
        let month = Month::of(
            price(&Growing::month(&trace, *factor)),
            has_calls(*factor, first),
        );
        later.push(month.map_err(&failed)?);
    }
    Ok((quotes, later))
}

/// The months of each model of a log after the first, in the order of `models`: the number of each and its calls in
/// the first month. `read` prices the log of a month.
pub fn months_apart(
    trace: &TraceOrder,
    growing: &Growing,
    models: &[(usize, u64)],
    mut read: impl FnMut(&TraceOrder) -> Result<Apart, OrderError>,
    failed: impl Fn(usize, OrderError) -> Failure,
) -> Result<Vec<Vec<Month>>, Failure> {
    let mut later: Vec<Vec<Month>> = models.iter().map(|_| Vec::new()).collect();
    for factor in growing.factors.iter().skip(1) {
        let mut found = read(&Growing::month(trace, *factor))?.models;
        for ((number, first), months) in models.iter().zip(&mut later) {
            let place = found.iter().position(|one| one.number == *number);
            let answers = match place {
                Some(place) => found.swap_remove(place).answers,
                None => Err(Conflict::TraceChanged.into()),
            };
            let quotes =
                answers.and_then(|answers| answers.quotes.into_iter().collect::<Result<_, _>>());
            let month = Month::of(quotes, has_calls(*factor, *first));
            months.push(month.map_err(|error| failed(*number, error))?);
        }
    }
    Ok(later)
}

/// Whether a month has a call, where the first has so many.
fn has_calls(factor: Factor, first: u64) -> bool {
    factor.times(first, 0).is_none_or(|(calls, _)| calls > 0)
}

impl Month {
    /// The month with these quotes.
    fn of(quotes: Result<Vec<Quote>, OrderError>, has_calls: bool) -> Result<Self, OrderError> {
        match quotes {
            Ok(quotes) => Ok(Self {
                calls: quotes.first().map_or(0, calls_of),
                quotes,
            }),
            // Without a call there is nothing to pay for and nothing to size.
            Err(OrderError::Conflict(
                Conflict::NoTokensInTrace | Conflict::NothingToFit | Conflict::NoTokensToFit,
            )) if !has_calls => Ok(Self {
                calls: 0,
                quotes: Vec::new(),
            }),
            Err(error) => Err(error),
        }
    }
}

/// A quote with what it costs in the months after it.
pub fn grown(
    first: PricedQuote,
    growing: &Growing,
    later: &[Month],
    rates: &[Exchange],
    globals: &Globals,
) -> Result<PricedQuote, Failure> {
    let mut months = vec![GrownMonth::of(calls_of(&first.quote), Some(first.clone()))];
    for month in later {
        let mut quotes = month.quotes.iter();
        let same = quotes.find(|quote| spec(quote) == spec(&first.quote));
        let quote = same.map(|quote| super::priced(quote.clone(), rates, globals));
        months.push(GrownMonth::of(month.calls, quote.transpose()?));
    }
    let growth = Grown::new(growing.growth, first.quote.currency, months, rates);
    let growth = growth.map_err(QuoteError::from)?;
    Ok(PricedQuote {
        growth: Some(growth),
        ..first
    })
}

/// The specification, which tells several quotes of one order apart.
fn spec(quote: &Quote) -> Option<&str> {
    match &quote.parameters {
        Parameters::Ptu { spec, .. } => spec.as_deref(),
        Parameters::Mu { .. } | Parameters::Tokens { .. } => None,
    }
}

fn calls_of(quote: &Quote) -> u64 {
    quote
        .recorded
        .as_ref()
        .map_or(0, |trace| trace.stated_calls())
}
