//! What a plan costs: each deployment as the quotes of its orders.

use std::path::Path;

use rust_decimal::Decimal;

use super::currency::{Rates, one_currency};
use super::deployment::Deployment;
use super::file::Plan;
use super::limits::limits_in_it;
use super::months::paid_months;
use super::priced::{Priced, PricedPart, PricedPlan};
use super::problem::Problem;
use super::scaled;
use super::text::End;
use crate::billing::error::QuoteError;
use crate::billing::exact::{self, TooLarge};
use crate::billing::money::Currency;
use crate::billing::note::{Note, TraceNote};
use crate::billing::number::counted;
use crate::billing::ptu::Fixed;
use crate::billing::quote::Percent;
use crate::billing::recorded::Recorded;
use crate::billing::rule::Rule;
use crate::catalog::{Catalog, LookupError};
use crate::order::{AsOf, OrderError, Progress, Say};

/// What deployments are priced with.
pub struct Pricing<'a> {
    /// The prices.
    pub catalog: &'a Catalog,
    /// The day whose prices are used.
    pub as_of: AsOf,
    /// A discount on every charge.
    pub discount: Option<Percent>,
    /// The folder in which logs are found that are named without one.
    pub folder: &'a Path,
    /// Gives what is told how far the reading of a log is, anew for each.
    pub watch: &'a dyn Fn() -> Box<dyn FnMut(Progress)>,
}

/// Prices every deployment at the prices in force on `as_of`. What cannot be priced goes into
/// `problems`, and is left out.
#[must_use]
pub fn price(
    plan: Plan,
    pricing: &Pricing<'_>,
    rates: &Rates<'_>,
    problems: &mut Vec<Problem>,
) -> PricedPlan {
    let mut priced = PricedPlan {
        deployments: Vec::new(),
        currency: Currency::CNY,
        low: Decimal::ZERO,
        high: Decimal::ZERO,
        held: Decimal::ZERO,
        budget: plan.budget,
    };
    let catalog = pricing.catalog;
    for (code, at) in &plan.broken {
        if let Err(error) = catalog.in_regions(code) {
            problems.push(Problem {
                at: *at,
                message: said(&error.into()),
            });
        }
    }
    for mut deployment in plan.deployments {
        let (at, model_at, region_at) = (deployment.at, deployment.model_at, deployment.region_at);
        let log_at = deployment.log_at;
        let seller = catalog.model_in(&deployment.model, deployment.region.as_deref());
        let seller = seller.ok();
        if let Some(model) = seller {
            let other = !catalog.is_in_first_region(model);
            deployment.settle_region(other.then_some(&model.region));
        }
        let provider = seller.map_or_else(String::new, |model| model.provider.clone());
        let term = deployment.term().map(str::to_owned);
        let one = reprice(deployment, pricing).and_then(|one| {
            let cost = |shorter| Ok(reprice(shorter, pricing)?.held());
            let months = paid_months(&one.deployment, plan.days, cost)?;
            let mut one = Priced { months, ..one };
            note_months(&mut one);
            note_terms(&mut one, plan.days);
            Ok(one)
        });
        match one {
            Ok(mut one) => {
                problems.extend(beyond_period(&one, plan.days));
                note_period(&mut one, plan.days);
                priced.deployments.push(one);
            }
            Err(error) => problems.push(Problem {
                at: match error {
                    OrderError::Lookup(LookupError::UnknownRegion { .. }) => region_at,
                    OrderError::Lookup(_) => model_at,
                    OrderError::Trace(_) => log_at,
                    _ => at,
                },
                message: Rule::only_of(
                    &provider,
                    &other_term(&error, term.as_deref()).unwrap_or_else(|| said(&error)),
                ),
            }),
        }
    }
    one_currency(&mut priced, rates, problems);
    limits_in_it(&mut priced, rates.given, problems);
    let sums = |of: fn(&Priced) -> Decimal| exact::sum(priced.deployments.iter().map(of));
    match (
        sums(|one| one.low),
        sums(|one| one.high),
        sums(Priced::held),
    ) {
        (Ok(low), Ok(high), Ok(held)) => {
            (priced.low, priced.high, priced.held) = (low, high, held);
        }
        _ => problems.push(Problem {
            at: 0,
            message: QuoteError::TooLarge.to_string(),
        }),
    }
    priced
}

/// Says beside each quote by the month that its months last longer than the period.
fn note_months(priced: &mut Priced) {
    let Some(paid) = priced.months else { return };
    for part in &mut priced.parts {
        let note = Note::MonthsPaid {
            months: paid.months,
            days: paid.days,
        };
        let note = note.cited_by(&part.quote.model.provider);
        part.quote.notes.extend(note);
    }
}

/// Says beside each quote of terms of a fixed length that they last longer than the period.
fn note_terms(priced: &mut Priced, days: u64) {
    for part in &mut priced.parts {
        let mut factors = part.quote.items.iter().flat_map(|item| &item.factors);
        let paid = factors.find_map(|factor| {
            let mut all = Fixed::ALL.into_iter();
            let one = all.find(|one| one.unit() == factor.unit && one.days().is_some())?;
            Some((one, u32::try_from(factor.value).ok()?))
        });
        let Some((one, count)) = paid else { continue };
        let lasts = one.days().unwrap_or(0).saturating_mul(count.into());
        if lasts > days {
            let one = one.noun();
            let note = Note::TermsPaid { one, count, days };
            let note = note.cited_by(&part.quote.model.provider);
            part.quote.notes.extend(note);
        }
    }
}

/// Prices one deployment, in the currency of its prices.
///
/// # Errors
/// [`OrderError`] when there is no price or it cannot be computed.
pub fn reprice(deployment: Deployment, pricing: &Pricing<'_>) -> Result<Priced, OrderError> {
    let Pricing {
        catalog,
        as_of,
        discount,
        ..
    } = *pricing;
    let model = catalog.model_in(&deployment.model, deployment.region.as_deref())?;
    let mut parts = Vec::new();
    let quotes = scaled::quotes(&deployment.parts, catalog, model, as_of.date)?;
    if let Some(log) = &deployment.log {
        let mut watch = (pricing.watch)();
        let quotes = log.quotes(pricing.folder, catalog, model, as_of, &mut watch)?;
        let quote = scaled::single(quotes, model)?;
        parts.push(PricedPart {
            label: None,
            end: None,
            quote: match discount {
                Some(percent) => quote.discounted(percent)?,
                None => quote,
            },
        });
    }
    for (part, quote) in deployment.parts.iter().zip(quotes) {
        let quote = match discount {
            Some(percent) => quote.discounted(percent)?,
            None => quote,
        };
        let mut quote = quote;
        if part.end.is_some() || part.scheduled {
            quote.notes.push(Note::Autoscaled {
                scheduled: part.scheduled,
            });
        }
        parts.push(PricedPart {
            label: part.label.clone(),
            end: part.end,
            quote,
        });
    }
    let total = |end: End| -> Result<Decimal, TooLarge> {
        let of_end = parts
            .iter()
            .filter(|part| part.end.is_none_or(|own| own == end));
        let sum = exact::sum(of_end.map(|part| part.quote.total))?;
        exact::mul(sum, Decimal::from(deployment.count))
    };
    let (low, high) = (total(End::Low)?, total(End::High)?);
    Ok(Priced {
        model: model.code.clone(),
        deployment,
        parts,
        low,
        high,
        own: None,
        months: None,
    })
}

/// The log of a deployment as it was read.
fn recorded(priced: &Priced) -> Option<&Recorded> {
    priced.parts.first()?.quote.recorded.as_deref()
}

/// Complains of a log that is longer than the period that its cost is stated for.
fn beyond_period(priced: &Priced, period: u64) -> Option<Problem> {
    let days = recorded(priced)?.stated_days();
    (days > period).then(|| Problem {
        at: priced.deployment.log_at,
        message: format!(
            "the log covers {}, beyond the period of {}: write `days = {days}` for the plan, or name fewer files",
            counted(days, "day"),
            counted(period, "day")
        ),
    })
}

/// Says of a log that is shorter than the period, and is not repeated in it.
fn note_period(priced: &mut Priced, period: u64) {
    let own = |recorded: &&Recorded| recorded.scale.is_none() && recorded.load.is_none();
    let unscaled = recorded(priced).filter(own);
    let days = unscaled.map(Recorded::stated_days);
    let Some(days) = days.filter(|days| *days < period) else {
        return;
    };
    for part in &mut priced.parts {
        part.quote.notes.push(Note::Trace {
            rule: Rule::Trace,
            what: TraceNote::ShorterThanPlan { days, period },
        });
    }
}

/// An error of an order and the way out, in the words of a plan.
fn said(error: &OrderError) -> String {
    let (message, hint) = match error {
        OrderError::Conflict(conflict) => {
            let hint = in_keys(&conflict.hint(Say::Keys));
            (conflict.message(Say::Keys), Some(hint))
        }
        OrderError::Lookup(error @ LookupError::NotSold { .. }) => {
            (in_keys(&error.to_string()), lookup_hint(error))
        }
        OrderError::Lookup(error) => (error.to_string(), lookup_hint(error)),
        OrderError::Quote(error) => (error.to_string(), quote_hint(error)),
        OrderError::Trace(error) => (error.to_string(), Some(in_keys(&error.hint()))),
        OrderError::Fit(error) => {
            let hint = error.hint().unwrap_or("use `--fit p99`");
            (error.to_string(), Some(in_keys(hint)))
        }
    };
    match hint {
        Some(hint) => format!("{message}: {hint}"),
        None => message,
    }
}

/// That a model is not sold by what `term` stands for, in place of a key that is not written.
fn other_term(error: &OrderError, term: Option<&str>) -> Option<String> {
    let OrderError::Lookup(error) = error else {
        return None;
    };
    let LookupError::NotSold { model, how, .. } = error else {
        return None;
    };
    let (how, _) = how.split_once(" (`--")?;
    how.starts_with("by the ").then_some(())?;
    Some(format!(
        "`{model}` is not sold {how}, as `term = \"{}\"` is: {}: write such a key in place of `term`",
        term?,
        in_keys(&error.hint())
    ))
}

fn lookup_hint(error: &LookupError) -> Option<String> {
    Some(match error {
        LookupError::NoPrices { .. } => {
            "put what you pay into a file and name it as `catalog` of the plan; `tollgate quote tokens` shows its lines".to_owned()
        }
        LookupError::Overflow(_) => {
            "write `fit = \"peak\"` in place of the size, or `on_overflow = \"reject\"`, or put what you pay into a file and name it as `catalog` of the plan; `tollgate quote` of it shows its lines".to_owned()
        }
        other if other.has_lines() => {
            "put what you pay into a file and name it as `catalog` of the plan; `tollgate quote` of it shows its lines".to_owned()
        }
        LookupError::NotSold { model, sold, .. } if sold.is_empty() => {
            format!("add a price for `{model}` in a file, and name it as `catalog` of the plan")
        }
        LookupError::NotYet { first, .. } => format!("write `as_of = {first}` or later in the plan"),
        LookupError::NoMode { has, .. } if has.is_empty() => {
            "leave `mode` out: the price is the same for every mode".to_owned()
        }
        LookupError::NoBatch { standard: true, .. } => {
            "write `rate = \"standard\"`: batch calls are ordinary calls".to_owned()
        }
        LookupError::NoBatch { standard: false, .. } => "leave `batch` out".to_owned(),
        other => in_keys(&other.hint()),
    })
}

/// A text for a command line, whose flags are written as the keys of the same name.
fn in_keys(text: &str) -> String {
    let parts = text.split('`').map(|part| match part.strip_prefix("--") {
        Some(flag) => match flag.split_once(' ') {
            Some((name, value)) => format!("{} = \"{value}\"", name.replace('-', "_")),
            None => flag.replace('-', "_"),
        },
        None => part.to_owned(),
    });
    parts.collect::<Vec<String>>().join("`")
}

fn quote_hint(error: &QuoteError) -> Option<String> {
    let own = match error {
        QuoteError::RequestsNeeded => {
            "write `requests`, the number of requests these tokens belong to: their average size picks the tier"
        }
        QuoteError::NoUnits => {
            "write `input_tpm` and `output_tpm`, the tokens per minute, in place of `units`"
        }
        QuoteError::BeyondLastTier { .. } => "split the input, or raise `requests`",
        QuoteError::NoOutputPrice => {
            "write `output = 0`, or add the price in a file named as `catalog` of the plan"
        }
        QuoteError::NoStandardPrice => {
            "add its standard price in a file named as `catalog` of the plan, or write `on_overflow = \"reject\"`"
        }
        QuoteError::AboveMaxInput { .. } => {
            "the method `tokens` prices these requests as ordinary calls"
        }
        QuoteError::CancellationUnknown => {
            "leave `cancel_after` out, or say what it costs as `cancellation_…` in `[billing.mu]` of the file that `catalog` of the plan names"
        }
        other => return other.hint().map(in_keys),
    };
    Some(own.to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_hint_in_a_plan_names_keys_and_no_flag() {
        for (flags, keys) in [
            (
                "say the last day itself: `--free-expires <DATE>`",
                "say the last day itself: `free_expires = \"<DATE>\"`",
            ),
            (
                "leave out `--postpaid off`, or take a later day with `--as-of`",
                "leave out `postpaid = \"off\"`, or take a later day with `as_of`",
            ),
            (
                "it is offered as `MU1x2` or `a--b`",
                "it is offered as `MU1x2` or `a--b`",
            ),
        ] {
            assert_eq!(in_keys(flags), keys);
        }
    }
}
