//! `tollgate quote tokens --trace` without a model: the bill of a log, each call at the price of its own model.

use std::path::PathBuf;

use chrono::NaiveDate;

use super::growth::{grown, months_apart};
use super::{check_rates, exchanges, info, priced, priced_in};
use crate::billing::amend::save::together;
use crate::billing::error::QuoteError;
use crate::billing::exact::plain;
use crate::billing::fx::{Exchange, Fx};
use crate::billing::money::Currency;
use crate::billing::number::{counted, grouped};
use crate::billing::quote::Rate;
use crate::billing::recorded::Unknown;
use crate::billing::savings::{Over, SavingsPlan};
use crate::catalog::{Catalog, Model};
use crate::cli::failure::Failure;
use crate::cli::global::Globals;
use crate::cli::growth::Growing;
use crate::cli::limit::max_cost_in;
use crate::cli::names::NamesArgs;
use crate::cli::{Done, Environment};
use crate::order::{
    self, Apart, Asked, Names, OrderError, SavingsOrder, TraceOrder, TracedOrder, TracedTokens,
};
use crate::report::quotes::{Bill, BilledModel, QuoteReport};
use crate::report::traffic::{self, TrafficChart};
use crate::report::{Format, View};

/// The most unknown names that a message has.
const SHOWN: usize = 10;

/// What is asked for.
pub struct Asking<'a> {
    /// The log.
    pub trace: TraceOrder,
    /// How its calls are priced.
    pub order: TracedTokens,
    /// A savings plan that pays for the calls of all models.
    pub savings: Option<SavingsOrder>,
    /// How its calls grow by the month.
    pub growing: Option<Growing>,
    /// The names of models in it.
    pub names: &'a NamesArgs,
    /// The SVG file in which its minutes are drawn.
    pub chart_file: Option<PathBuf>,
}

/// Prices the log and prints the bill.
pub fn run(
    mut asking: Asking<'_>,
    globals: &Globals,
    environment: &Environment,
    view: View,
) -> Result<Done, Failure> {
    let region = globals.region()?;
    let catalog = Catalog::load(&globals.catalogs(environment))?;
    let map = asking.names.map()?;
    let names = Names::of(&catalog, region, &map)?;
    asking.trace = asking.trace.without_output(names.without_output());
    asking.trace.keeps_minutes |= globals.asks_for(Format::Html);
    if let Some(growing) = &asking.growing {
        asking.trace = growing.first(asking.trace, globals)?;
    }
    let models: Vec<&Model> = catalog.models().iter().collect();
    // A log is of ordinary calls, where a model has a price for them.
    let ordinary = |model: &Model| (!model.standard.is_empty()).then_some(Rate::Standard);
    let orders = models.iter().map(|model| Asked {
        model,
        order: TracedOrder::Tokens(TracedTokens {
            rate: asking.order.rate.or(ordinary(model)),
            ..asking.order.clone()
        }),
    });
    let orders: Vec<Asked<'_>> = orders.collect();
    let which = |name: Option<&str>| {
        let model = names.model(name?).ok()?;
        models.iter().position(|known| std::ptr::eq(*known, model))
    };
    let traced = globals.as_of_traced(environment);
    let mut watch = environment.watch();
    let mut read = |trace: &TraceOrder| {
        let asked = |number: usize| Ok(orders.get(number).map_or(&[][..], std::slice::from_ref));
        order::traced_apart(trace, &asked, &which, &catalog, traced, &mut watch)
    };
    let Apart {
        models: found,
        unknown,
        whole,
    } = read(&asking.trace)?;
    if let Some(failure) = unknown_models(&unknown, &names).filter(|_| !asking.names.skips()) {
        return Err(failure);
    }
    if found.is_empty() {
        return Err(unknown_models(&unknown, &names).unwrap_or_else(no_call));
    }
    let failed = |number: usize, error: OrderError| {
        let failure = Failure::from(error);
        match models.get(number) {
            Some(model) => failure.cited_by(&model.provider),
            None => failure,
        }
    };
    let (mut quotes, mut called, mut sold) = (Vec::new(), Vec::new(), Vec::new());
    let mut numbers = Vec::new();
    for one in found {
        let failed = |error| failed(one.number, error);
        sold.extend(models.get(one.number).copied());
        let answers = one.answers.map_err(failed)?;
        for quote in answers.quotes {
            quotes.push(quote.map_err(failed)?);
            numbers.push((one.number, one.calls.calls));
            called.push((one.names.iter().cloned().collect(), one.calls));
        }
    }
    check_rates(&catalog, &sold, globals)?;
    let currency = one_currency(quotes.iter().map(|quote| quote.currency), &globals.fx)?;
    if quotes.iter().any(|quote| quote.currency != currency) {
        refuse_of_several(&asking)?;
    }
    let rates = exchanges(currency, globals)?;
    let max_cost = max_cost_in(currency, globals, &globals.fx)?;
    let plan = match asking.savings {
        Some(savings) => {
            let plan = plan_for(savings, &catalog, &sold, traced.date)?;
            let over = Over::Minutes(whole.stated_minutes());
            let lines = together(&quotes, &plan, over)?;
            Some(priced(lines, &rates, globals)?)
        }
        None => None,
    };
    let drawn = TrafficChart::of_log(&whole);
    let svg = drawn.map(|chart| traffic::svg(&chart)).transpose()?;
    let own = quotes;
    let (mut quotes, mut billed) = (Vec::new(), Vec::new());
    for (quote, (names, calls)) in own.into_iter().zip(called) {
        let (quote, amount) = match in_total(quote.currency, currency, &globals.fx)? {
            Some(into) => {
                let quote = priced_in(quote, into, &rates, globals)?;
                let amount = into.convert(quote.quote.total).map_err(QuoteError::from)?;
                (quote, amount.value)
            }
            None => {
                let quote = priced(quote, &rates, globals)?;
                let amount = quote.quote.total;
                (quote, amount)
            }
        };
        quotes.push(quote);
        billed.push(BilledModel {
            names,
            calls,
            amount,
        });
    }
    if let Some(growing) = &asking.growing {
        let later = months_apart(&asking.trace, growing, &numbers, read, failed)?;
        let each = quotes.into_iter().zip(&later);
        let each = each.map(|(first, later)| grown(first, growing, later, &rates, globals));
        quotes = each.collect::<Result<_, _>>()?;
    }
    let bill = Bill::new(&quotes, plan, billed, (unknown, whole), (currency, &rates))
        .map_err(QuoteError::from)?;
    let report = QuoteReport {
        quotes,
        catalog: info(&catalog, &sold, globals, environment),
        max_cost,
        svg: svg.clone(),
        bill: Some(bill),
    };
    let mut done = super::printed(report, globals, view)?;
    done.files.extend(asking.chart_file.zip(svg));
    Ok(done)
}

/// The plan that pays for the calls of all these models.
fn plan_for(
    savings: SavingsOrder,
    catalog: &Catalog,
    models: &[&Model],
    date: NaiveDate,
) -> Result<SavingsPlan, Failure> {
    let mut found: Option<(&Model, SavingsPlan)> = None;
    for model in models.iter().copied() {
        let provider = catalog.provider(model)?;
        savings.check_currency(provider.currency)?;
        let plan = provider.savings_plan(savings.asked, model, date);
        let plan = plan.map_err(|error| Failure::from(QuoteError::from(error)))?;
        let Some((first, known)) = &found else {
            found = Some((model, plan));
            continue;
        };
        if first.provider != model.provider {
            return Err(Failure::Unmatched {
                message: format!(
                    "a savings plan is of one provider, and the log has models of `{}` and of `{}`",
                    first.provider, model.provider
                ),
                hint: "pick the models of one provider with `--where`".to_owned(),
            });
        }
        if known.factor != plan.factor {
            return Err(Failure::Unmatched {
                message: format!(
                    "a savings plan deducts `{}` × {} (group {}) and `{}` × {} (group {}), and in which order it pays for them is not documented",
                    first.code,
                    plain(known.factor),
                    known.group,
                    model.code,
                    plain(plan.factor),
                    plan.group
                ),
                hint: "pick the models of one group with `--where`".to_owned(),
            });
        }
    }
    found.map(|(_, plan)| plan).ok_or_else(no_call)
}

/// The failure for a log without a call of a known model.
pub fn no_call() -> Failure {
    Failure::Unmatched {
        message: "no call of the log is of a known model".to_owned(),
        hint: "`tollgate models` lists every model".to_owned(),
    }
}

/// The currency of the first model, to which a rate converts those of all others.
pub fn one_currency(
    mut currencies: impl Iterator<Item = Currency>,
    rates: &[Fx],
) -> Result<Currency, Failure> {
    let first = currencies.next().ok_or_else(no_call)?;
    for other in currencies {
        in_total(other, first, rates)?;
    }
    Ok(first)
}

/// The rate from a currency to that of the total; `None` where they are the same.
fn in_total(own: Currency, total: Currency, rates: &[Fx]) -> Result<Option<Exchange>, Failure> {
    if own == total {
        return Ok(None);
    }
    let known = Exchange::between(rates, own, total);
    known.map(Some).ok_or_else(|| Failure::Unmatched {
        message: format!("the models of the log are paid in {total} and in {own}"),
        hint: format!(
            "say what 1 {own} is in {total}: {}, or pick models of one currency with `--where`",
            order::missing_rate(own, total)
        ),
    })
}

/// Refuses what is added up by the month or paid by one plan, where models are paid in several currencies.
fn refuse_of_several(asking: &Asking<'_>) -> Result<(), Failure> {
    let flag = match (&asking.growing, &asking.savings) {
        (Some(_), _) => "--growth",
        (None, Some(_)) => "--savings-plan",
        (None, None) => return Ok(()),
    };
    Err(Failure::Unmatched {
        message: format!(
            "`{flag}` is of models in one currency, and those of the log are paid in several"
        ),
        hint: "pick models of one currency with `--where`".to_owned(),
    })
}

/// The failure for calls of models that nobody knows.
pub fn unknown_models(unknown: &[Unknown], names: &Names<'_>) -> Option<Failure> {
    let named: Vec<(&str, &Unknown)> = unknown
        .iter()
        .filter_map(|one| Some((one.name.as_deref()?, one)))
        .collect();
    let Some((first, example)) = named.first() else {
        let unnamed = unknown.first()?;
        return Some(Failure::Unmatched {
            message: format!("{} of the log name no model", calls_of(unnamed)),
            hint: "name the model of all its calls, `tollgate quote tokens <MODEL> --trace …`, or leave them out with `--skip-unknown-models`".to_owned(),
        });
    };
    let list = named.iter().take(SHOWN).map(|(name, one)| {
        let why = names.why(one).filter(|why| !why.is_unknown());
        let why = why.map(|why| format!(": {why}")).unwrap_or_default();
        format!("`{name}` ({}{why})", calls_of(one))
    });
    let mut list: Vec<String> = list.collect();
    let more = named.len().saturating_sub(list.len());
    if more > 0 {
        list.push(format!("and {more} more"));
    }
    let unnamed = unknown.iter().find(|one| one.name.is_none());
    list.extend(unnamed.map(|one| format!("no name ({})", calls_of(one))));
    let near = names
        .why(example)
        .map(|why| why.near().to_vec())
        .unwrap_or_default();
    let code = near.first().map_or("<CODE>", String::as_str);
    let models = u64::try_from(named.len()).unwrap_or(u64::MAX);
    Some(Failure::Unmatched {
        message: format!(
            "the log has {} that no catalog knows: {}",
            counted(models, "model"),
            list.join(", ")
        ),
        hint: format!(
            "say what each stands for with `--model-map '{first}={code}'`, or leave them out with `--skip-unknown-models`"
        ),
    })
}

fn calls_of(unknown: &Unknown) -> String {
    let tokens = unknown.calls.tokens;
    let tokens = tokens.input.saturating_add(tokens.output);
    let calls = counted(unknown.calls.calls, "call");
    format!("{calls}, {} tokens", grouped(tokens.into(), 0))
}
