//! Every way to serve the workload, each as a quote.

mod dedicated;
mod missing;
mod replicas;
mod savings;
mod steady;
mod traced;

use rust_decimal::Decimal;

use super::{Basis, Caveat, Kind, Own, Request, Row, Unavailable};
use crate::billing::error::QuoteError;
use crate::billing::exact;
use crate::billing::fx::Exchange;
use crate::billing::mode::Mode;
use crate::billing::money::Currency;
use crate::billing::ptu::{self, Period};
use crate::billing::quote::{ModelRef, Quote, Rate};
use crate::billing::rule::Rule;
use crate::billing::service::Service;
use crate::billing::term::months;
use crate::catalog::{LookupError, Model};
use crate::order::AsOf;
use crate::workload::Totals;

pub use missing::Missing;
pub use steady::priced as steady;
pub use traced::{TracedWays, Ways};

/// The options that can be priced, and those that cannot.
pub struct Found {
    pub rows: Vec<Row>,
    pub unavailable: Vec<Unavailable>,
}

impl Found {
    /// Whether one kind of a model has no price.
    fn has_none(&self, kind: Kind, model: &str) -> bool {
        let mut unavailable = self.unavailable.iter();
        unavailable.any(|one| one.kind == kind && one.model == model)
    }
}

/// A way that is priced, before it is ranked.
pub type Priced = (Quote, Basis, Vec<Caveat>);

/// Prices one way of the model at a position.
pub type Price<'a> = dyn FnMut(usize, &Model, Kind) -> Result<Vec<Priced>, Missing> + 'a;

/// All ways of all models: each kind is among the rows or unavailable.
pub fn all(request: &Request, totals: &Totals, price: &mut Price<'_>) -> Result<Found, QuoteError> {
    let mut found = Found {
        rows: Vec::new(),
        unavailable: Vec::new(),
    };
    for (position, model) in request.models.iter().enumerate() {
        let seller = request.catalog.provider(model).ok();
        let unavailable = |kind: Kind, reason: String, gap: Option<String>| Unavailable {
            kind,
            provider: seller.map_or_else(String::new, |seller| seller.id.clone()),
            region: model.region.clone(),
            model: model.code.clone(),
            reason: Rule::only_of(&model.provider, &reason),
            gap,
        };
        for kind in Kind::ALL {
            if !is_sold(request, model, *kind) {
                continue;
            }
            for reason in replicas::unpriced_specs(request, model, *kind) {
                found.unavailable.push(unavailable(*kind, reason, None));
            }
            match price(position, model, *kind) {
                Err(Missing::Failed(error)) => return Err(error),
                // Calls without a price have none with a plan either, for the same reason.
                Err(_)
                    if *kind == Kind::SavingsPlan
                        && found.has_none(Kind::Standard, &model.code) => {}
                Err(Missing::NoPrice(reason)) => {
                    found.unavailable.push(unavailable(*kind, reason, None));
                }
                Err(Missing::NotInCatalog(reason, gap)) => {
                    found
                        .unavailable
                        .push(unavailable(*kind, reason, Some(gap)));
                }
                Ok(priced) => {
                    for (quote, basis, mut caveats) in priced {
                        if position > 0 {
                            caveats.insert(0, of_another(request, model));
                        }
                        caveats.extend(Caveat::of_hours(&quote));
                        let mut row = row(request, *kind, totals, quote, basis, caveats)?;
                        let first = found.rows.first().map(|first| first.quote.currency);
                        if let Some(into) = request.currency.or(first) {
                            in_currency(&mut row, into, request, totals)?;
                        }
                        found.rows.push(row);
                    }
                }
            }
        }
    }
    Ok(found)
}

/// How a model differs from the first one.
fn of_another(request: &Request, model: &Model) -> Caveat {
    let is_same = |first: &&Model| (&first.provider, &first.code) == (&model.provider, &model.code);
    match request.models.first().is_some_and(is_same) {
        true => Caveat::OtherRegion,
        false => Caveat::OtherModel,
    }
}

fn row(
    request: &Request,
    kind: Kind,
    totals: &Totals,
    quote: Quote,
    basis: Basis,
    caveats: Vec<Caveat>,
) -> Result<Row, QuoteError> {
    let quote = match request.discount {
        Some(percent) => quote.cited().discounted(percent)?,
        None => quote.cited(),
    };
    Ok(Row {
        rank: None,
        is_current: false,
        kind,
        per_million: per_million(&quote, totals)?,
        above_cheapest: None,
        pays: None,
        quote,
        own: None,
        caveats,
        basis,
    })
}

fn per_million(quote: &Quote, totals: &Totals) -> Result<Decimal, QuoteError> {
    let served = exact::add(totals.tokens.input.into(), totals.tokens.output.into())?;
    let millions = exact::mul(quote.total, Decimal::from(1_000_000))?;
    Ok(exact::ratio(millions, served)?.value)
}

/// The row in the currency of the first one, where a rate converts to it. Without one it stays as it
/// is, and cannot be ranked.
fn in_currency(
    row: &mut Row,
    currency: Currency,
    request: &Request,
    totals: &Totals,
) -> Result<(), QuoteError> {
    let own = row.quote.currency;
    if own == currency {
        return Ok(());
    }
    let Some(exchange) = Exchange::between(request.rates, own, currency) else {
        return Ok(());
    };
    let converted = exchange.quote(&row.quote)?;
    row.caveats.push(Caveat::Converted {
        own: row.quote.total_money(),
        exchange,
    });
    row.per_million = per_million(&converted, totals)?;
    let quote = std::mem::replace(&mut row.quote, converted);
    row.own = Some(Box::new(Own { quote, exchange }));
    Ok(())
}

fn reference(request: &Request, model: &Model) -> Result<ModelRef, Missing> {
    Ok(request.catalog.model_ref(model, request.as_of)?)
}

/// Whether it is sold at all in a way of which nothing else is said: reservations by the month, and those for a
/// fixed term, are sold by few.
pub fn is_sold(request: &Request, model: &Model, kind: Kind) -> bool {
    let period = match (kind, kind.fixed()) {
        (Kind::SavingsPlan, _) => return savings::is_sold(request, model),
        (Kind::DtuMonthly, _) => return !model.dtu_in_force(request.as_of).is_empty(),
        (Kind::PtuMonthly, _) => Period::Month,
        (Kind::ReservationDaily, _) => Period::Day,
        (_, Some(fixed)) => fixed.period(),
        _ => return true,
    };
    let catalog = request.catalog;
    let priced = catalog.reserved(model, kind.speed(), period, None, request.as_of);
    match priced {
        Err(LookupError::NotSold { .. }) => false,
        // Blocks are not compared, so none is missing.
        Err(LookupError::NotInCatalog { .. }) => kind != Kind::PtuBlock,
        _ => true,
    }
}

/// Caveats of a reservation: whether one by the day can be ended early, where a document says.
fn reservation_caveats(kind: Kind, model: &Model, prices: &ptu::Prices) -> Vec<Caveat> {
    if kind == Kind::ReservationDaily {
        let rule = prices.rules.early_end;
        return rule.map(Caveat::ReservationEnds).into_iter().collect();
    }
    let early_end = prices.rules.early_end.filter(|_| kind == Kind::PtuDaily);
    let caveat = early_end.map(|rule| Caveat::EarlyEnd {
        rule,
        documented: rule.rule().cited_by(&model.provider) == rule.rule(),
    });
    caveat.into_iter().collect()
}

/// Caveats of tokens, `offset` of which a free quota or packages pay for.
fn token_caveats(rate: Rate, service: Option<&Service>, offset: u64) -> Vec<Caveat> {
    match rate {
        Rate::Standard if offset > 0 => vec![Caveat::Funded {
            per_model: service.is_none(),
        }],
        Rate::FineTuned | Rate::Standard => Vec::new(),
    }
}

/// The months that cover `days`.
pub fn months_for(days: u64) -> Result<u32, QuoteError> {
    u32::try_from(months::covering(days)).map_err(|_| QuoteError::TooLarge)
}

/// The prices in a mode; those of a method that prices no mode apart hold for every mode.
fn in_mode<T>(
    mode: Option<Mode>,
    of: impl Fn(Option<Mode>) -> Result<T, LookupError>,
) -> Result<(T, Option<Mode>), LookupError> {
    match of(mode) {
        Err(LookupError::NoMode { has, .. }) if has.is_empty() => Ok((of(None)?, None)),
        other => Ok((other?, mode)),
    }
}

/// The prices of a reservation in the mode that is asked for. One that prices no mode apart holds for
/// every mode that the model has: where ordinary calls price modes and not this one, it has none such.
fn reserved_in_mode(
    request: &Request,
    model: &Model,
    of: impl Fn(Option<Mode>) -> Result<ptu::Prices, LookupError>,
) -> Result<(ptu::Prices, Option<Mode>), LookupError> {
    let (prices, mode) = in_mode(request.mode, &of)?;
    let calls = |mode| {
        let rate = Some(Rate::Standard);
        let catalog = request.catalog;
        catalog.tokens(model, rate, mode, false, request.as_of)
    };
    let is_none =
        |error: LookupError| matches!(error, LookupError::NoMode { has, .. } if !has.is_empty());
    match mode.is_none() && calls(token_mode(request, model)).is_err_and(is_none) {
        true => Err(of(request.mode).err().unwrap_or(LookupError::NoMode {
            model: model.code.clone(),
            asked: request.mode.map_or("", Mode::name),
            has: Vec::new(),
        })),
        false => Ok((prices, mode)),
    }
}

/// The mode of calls by token. Where a reservation of the model prices the mode, its name there may be
/// another one (`ptu.modes`).
fn token_mode(request: &Request, model: &Model) -> Option<Mode> {
    let mode = request.mode?;
    let mut periods = Period::ALL.into_iter();
    let catalog = request.catalog;
    let reserved = periods.any(|period| {
        catalog
            .ptu(model, period, Some(mode), request.as_of)
            .is_ok()
    });
    Some(if reserved { mode.for_tokens() } else { mode })
}

/// The date whose prices a call has.
pub fn as_of(request: &Request) -> AsOf {
    AsOf {
        date: request.as_of,
        given: request.as_of_given,
    }
}
