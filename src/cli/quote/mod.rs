//! `tollgate quote …`: one deployment, line by line.

pub mod bill;
mod dtu;
mod growth;
mod mu;
mod ptu;
mod tokens;

use std::ffi::OsString;
use std::path::PathBuf;

use clap::{Args as _, Subcommand};

use super::failure::Failure;
use super::files::Files;
use super::global::Globals;
use super::growth::{Growing, of_a_month};
use super::limit::max_cost_in;
use super::print::print;
use super::{Done, Environment};
use growth::{Month, months};

use crate::billing::fx::Exchange;
use crate::billing::money::Currency;
use crate::billing::ptu::Period;
use crate::billing::quote::{Quote, Rate};
use crate::billing::speed::Speed;
use crate::catalog::{
    AT_HIGH_SPEED, AT_STANDARD_SPEED, BY_FINE_TUNED_TOKEN, Catalog, Change, IN_DTU, IN_MU,
    LookupError, Model, Wanted,
};
use crate::order::{
    self, Order, OrderError, Say, TraceOrder, TraceTerm, TracedDtu, TracedOrder, TracedPtu,
};
use crate::report::quotes::{PricedQuote, QuoteReport};
use crate::report::traffic::{self, TrafficChart};
use crate::report::{self, CatalogInfo, ChangeInfo, View};

/// The ways of buying.
#[derive(Debug, Subcommand)]
pub enum QuoteCommand {
    /// Provisioned throughput: reserved tokens per minute, by hour or day
    Ptu(ptu::Args),
    /// Model units: replicas of a specification, by minute or month
    Mu(mu::Args),
    /// Tokens of fine-tuned models or of ordinary calls
    Tokens(tokens::Args),
    /// Dedicated throughput units: reserved tokens per minute, by month
    Dtu(dtu::Args),
}

/// The quotes that are asked for, or the part of a trace.
enum Asked {
    Order(Order),
    Traced(TraceOrder, TracedOrder, Option<PathBuf>),
    /// Dedicated units for a trace: one a specification.
    TracedDtu(TraceOrder, TracedDtu, Option<PathBuf>),
    /// The partial result of one trace file, for `merge`.
    Part(TraceOrder, TracedPtu),
}

impl Asked {
    /// Refuses growth of what is not of a trace, or has a term that is no month.
    fn grows(&self) -> Result<(), Failure> {
        let months =
            |term: TraceTerm| Ok::<_, Failure>(term.minutes_of_load()? == MINUTES_OF_A_MONTH);
        let is_month = match self {
            Self::Order(_) => {
                return Err(Failure::usage(
                    "`--growth` is of calls, and there is neither `--trace` nor `--load`",
                    "add one of them, or leave it out",
                ));
            }
            Self::Part(..) => {
                return Err(Failure::usage(
                    "`--growth` cannot be used with `--partial`",
                    "leave one of them out",
                ));
            }
            Self::Traced(_, TracedOrder::Tokens(_), _) => true,
            Self::Traced(_, TracedOrder::Ptu(order), _) => months(order.term)?,
            Self::TracedDtu(_, order, _) => months(order.term)?,
        };
        match is_month {
            true => Ok(()),
            false => Err(of_a_month("the term is another")),
        }
    }

    /// Which price it needs, or of one that no lines add, how that is sold.
    fn wanted(&self) -> Result<Wanted, &'static str> {
        let tokens = |rate: Option<Rate>| match rate {
            Some(Rate::FineTuned) => Err(BY_FINE_TUNED_TOKEN),
            Some(Rate::Standard) | None => Ok(Wanted::Tokens),
        };
        match self {
            Self::Order(Order::Tokens(order)) => tokens(order.rate),
            Self::Traced(_, TracedOrder::Tokens(order), _) => tokens(order.rate),
            Self::Order(Order::Ptu(order)) => units(order.service, order.length.period()),
            Self::Traced(_, TracedOrder::Ptu(order), _) | Self::Part(_, order) => {
                units(order.service, order.term.period())
            }
            Self::Order(Order::Mu(_)) => Err(IN_MU),
            Self::Order(Order::Dtu(_)) | Self::TracedDtu(..) => Err(IN_DTU),
        }
    }

    /// Whether it is of a load that is described, whose calls all have the prices of one day.
    fn is_of_load(&self) -> bool {
        match self {
            Self::Order(_) => false,
            Self::Traced(trace, ..) | Self::TracedDtu(trace, ..) | Self::Part(trace, _) => {
                trace.from.is_load()
            }
        }
    }
}

/// The price of a reservation, of which no lines add one by its speed.
fn units(service: Option<Speed>, period: Period) -> Result<Wanted, &'static str> {
    match service {
        None => Ok(Wanted::Units(period)),
        Some(Speed::Standard) => Err(AT_STANDARD_SPEED),
        Some(Speed::High) => Err(AT_HIGH_SPEED),
    }
}

/// Minutes of a month.
const MINUTES_OF_A_MONTH: u64 = 30 * 24 * 60;

impl QuoteCommand {
    fn growing(&self) -> Result<Option<Growing>, Failure> {
        match self {
            Self::Ptu(args) => args.growing(),
            Self::Mu(_) => Ok(None),
            Self::Tokens(args) => args.growing(),
            Self::Dtu(args) => args.growing(),
        }
    }

    fn asks_what_pays(&self) -> bool {
        match self {
            Self::Ptu(args) => args.asks_what_pays(),
            Self::Mu(args) => args.asks_what_pays(),
            Self::Tokens(args) => args.asks_what_pays(),
            Self::Dtu(args) => args.asks_what_pays(),
        }
    }

    /// The files that the command reads and writes, apart from the catalog.
    pub fn files(&self) -> Files {
        match self {
            Self::Ptu(args) => args.files(),
            Self::Mu(_) => Files::default(),
            Self::Tokens(args) => args.files(),
            Self::Dtu(args) => args.files(),
        }
    }
}

/// The flags of the one way of buying that `args` begin with, without those of all other commands: to make
/// these took a fifth of a quote. A right command line says the same by them.
pub fn alone(args: &[OsString]) -> Option<clap::Command> {
    let [_, command, method, ..] = args else {
        return None;
    };
    if command != "quote" {
        return None;
    }
    let named = clap::Command::new;
    let method = match method.to_str()? {
        "ptu" => ptu::Args::augment_args(named("ptu")),
        "mu" => mu::Args::augment_args(named("mu")),
        "tokens" => tokens::Args::augment_args(named("tokens")),
        "dtu" => dtu::Args::augment_args(named("dtu")),
        _ => return None,
    };
    let root = named("tollgate")
        .disable_help_flag(true)
        .disable_help_subcommand(true);
    Some(Globals::augment_args(root).subcommand(named("quote").subcommand(method)))
}

/// Prices what was asked for and prints it.
pub fn run(
    command: &QuoteCommand,
    globals: &Globals,
    environment: &Environment,
    view: View,
) -> Result<Done, Failure> {
    let as_of = globals.as_of(environment);
    if let QuoteCommand::Tokens(args) = command
        && let Some(asking) = args.bill(as_of)?
    {
        return bill::run(asking, globals, environment, view);
    }
    let (code, asked) = match command {
        QuoteCommand::Ptu(args) => {
            let missing = args.missing_size();
            if !missing.is_empty() {
                return Err(without_size(args, &missing, globals, environment)?);
            }
            let asked = match args.traced(as_of)? {
                Some((trace, order)) if args.partial() => {
                    globals.refuse_of_partials()?;
                    Asked::Part(trace, order)
                }
                Some((trace, order)) => {
                    Asked::Traced(trace, TracedOrder::Ptu(order), args.chart_file())
                }
                None => match args.length() {
                    Some(length) => Asked::Order(Order::Ptu(args.order(length)?)),
                    None => return Err(without_term(args, globals, environment)?),
                },
            };
            (args.model(), asked)
        }
        QuoteCommand::Mu(args) => (args.model(), Asked::Order(Order::Mu(args.order()?))),
        QuoteCommand::Tokens(args) => {
            let asked = match args.traced(as_of)? {
                Some((trace, order)) => {
                    Asked::Traced(trace, TracedOrder::Tokens(order), args.chart_file())
                }
                None => Asked::Order(Order::Tokens(args.order()?)),
            };
            (args.model(), asked)
        }
        QuoteCommand::Dtu(args) => {
            let asked = match args.traced(as_of)? {
                Some((trace, order)) => Asked::TracedDtu(trace, order, args.chart_file()),
                None => Asked::Order(Order::Dtu(args.order()?)),
            };
            (args.model(), asked)
        }
    };
    let growing = command.growing()?;
    if growing.is_some() {
        asked.grows()?;
    }
    let region = globals.region()?;
    let catalogs = globals.catalogs(environment);
    let catalog = match command.asks_what_pays() {
        true => Catalog::load_for(code, region, &catalogs)?,
        false => Catalog::load_for_prices(code, region, &catalogs)?,
    };
    let wanted = asked.wanted();
    let model = catalog.model_in(code, region);
    let model = model.map_err(|error| error.wanting(wanted))?;
    check_rates(&catalog, &[model], globals)?;
    let mut traced = globals.as_of_traced(environment);
    traced.given |= asked.is_of_load();
    let mut watch = environment.watch();
    let mut chart_file = None;
    let mut months_after = Vec::new();
    let failed = |error: OrderError| Failure::from(error).cited_by(&model.provider);
    let quotes = match asked {
        Asked::Order(order) => order.quotes(&catalog, model, as_of).map_err(failed)?,
        Asked::Part(trace, order) => {
            let part = order.partial(&catalog, model, traced, &trace, &mut watch)?;
            return Ok(Done::output(format!("{}\n", part.to_json()?)));
        }
        Asked::Traced(trace, order, chart) => {
            chart_file = chart;
            let asked = [order::Asked { model, order }];
            let price = |trace: &TraceOrder| {
                let answers = order::traced_quotes(trace, &asked, &catalog, traced, &mut watch)?;
                answers.quotes.into_iter().collect::<Result<_, _>>()
            };
            let (quotes, later) = months(trace, growing.as_ref(), globals, price, failed)?;
            months_after = later;
            quotes
        }
        Asked::TracedDtu(trace, order, chart) => {
            chart_file = chart;
            let price =
                |trace: &TraceOrder| order.quotes(trace, &catalog, model, traced, &mut watch);
            let (quotes, later) = months(trace, growing.as_ref(), globals, price, failed)?;
            months_after = later;
            quotes
        }
    };
    let drawn = quotes.iter().find_map(TrafficChart::of);
    let svg = drawn.map(|chart| traffic::svg(&chart)).transpose()?;
    let info = info(&catalog, &[model], globals, environment);
    let grown = growing.as_ref().map(|growing| (growing, months_after));
    let mut done = done(quotes, grown, info, svg.clone(), globals, view)?;
    done.files.extend(chart_file.zip(svg));
    Ok(done)
}

/// What is wrong with a reservation that does not say for how long it is: the terms by which the model is sold.
fn without_term(
    args: &ptu::Args,
    globals: &Globals,
    environment: &Environment,
) -> Result<Failure, Failure> {
    let (error, _) = reserved(args, globals, environment)?;
    Ok(Failure::usage(error.to_string(), error.hint()))
}

/// What is wrong with a reservation that does not say how much it is, of a model that is sold so.
fn without_size(
    args: &ptu::Args,
    missing: &[&str],
    globals: &Globals,
    environment: &Environment,
) -> Result<Failure, Failure> {
    let fit = "let `--fit peak` or `--fit cheapest` find the size for a workload or a trace";
    let (_, in_units) = reserved(args, globals, environment)?;
    Ok(match (in_units, missing) {
        (_, [one]) => Failure::usage(
            format!("missing `{one}`"),
            format!("give it, or leave the other one out and {fit}"),
        ),
        (true, _) => Failure::usage(
            "missing `--units <N>`",
            format!(
                "give it, or tokens per minute as `--input-tpm <TPM> --output-tpm <TPM>`, or {fit}"
            ),
        ),
        (false, _) => Failure::usage(
            format!("missing `{}`", missing.join("`, `")),
            format!("give them, or {fit}"),
        ),
    })
}

/// The terms for which the model of a reservation is sold, as they are asked for, and whether it is sold in units.
fn reserved(
    args: &ptu::Args,
    globals: &Globals,
    environment: &Environment,
) -> Result<(LookupError, bool), Failure> {
    let (code, region) = (args.model(), globals.region()?);
    let as_of = globals.as_of(environment);
    let catalog = Catalog::load_for_prices(code, region, &globals.catalogs(environment))?;
    let period = args.length().map_or(Period::Hour, |length| length.period());
    let wanted = units(args.service(), period);
    let model = catalog.model_in(code, region);
    let model = model.map_err(|error| error.wanting(wanted))?;
    let error = catalog.term_needed(model, args.service(), as_of)?;
    Ok((error, model.is_sold_in_units(as_of)))
}

/// The report of quotes, with what the global flags ask for, and of a trace its minutes drawn.
pub fn done(
    quotes: Vec<Quote>,
    grown: Option<(&Growing, Vec<Month>)>,
    catalog: CatalogInfo,
    svg: Option<String>,
    globals: &Globals,
    view: View,
) -> Result<Done, Failure> {
    let rates = match quotes.first() {
        Some(quote) => exchanges(quote.currency, globals)?,
        None => Vec::new(),
    };
    let max_cost = match quotes.first() {
        Some(quote) => max_cost_in(quote.currency, globals, &globals.fx)?,
        None => None,
    };
    let quotes = quotes
        .into_iter()
        .map(|quote| priced(quote, &rates, globals))
        .collect::<Result<Vec<_>, Failure>>()?;
    let quotes = match grown {
        Some((growing, later)) => {
            let grown = |first| growth::grown(first, growing, &later, &rates, globals);
            quotes
                .into_iter()
                .map(grown)
                .collect::<Result<Vec<_>, _>>()?
        }
        None => quotes,
    };
    let report = QuoteReport {
        quotes,
        catalog,
        max_cost,
        svg,
        bill: None,
    };
    printed(report, globals, view)
}

/// The report, printed, and its limits.
fn printed(mut report: QuoteReport, globals: &Globals, view: View) -> Result<Done, Failure> {
    let plan = report.bill.iter_mut();
    let plan = plan.filter_map(|bill| bill.plan.as_mut());
    for priced in report.quotes.iter_mut().chain(plan) {
        let info = &report.catalog;
        priced.quote.note_age(info.today, info.as_of);
    }
    let sources = report.quotes.iter().flat_map(|one| one.quote.sources());
    let too_old = globals.too_old(sources, report.catalog.today);
    let printed = print(&report, globals, view)?;
    Ok(Done {
        stdout: printed.stdout,
        files: printed.files,
        exceeded: report.exceeded().into_iter().chain(too_old).collect(),
        ..Done::output(String::new())
    })
}

/// The rates of exchange that were given, from the currency of the totals.
pub fn exchanges(base: Currency, globals: &Globals) -> Result<Vec<Exchange>, Failure> {
    order::exchanges(&globals.fx, base)
        .map_err(|error| Failure::usage(error.message(Say::Flags), error.hint(Say::Flags)))
}

/// Refuses rates of exchange that cannot be used, and a limit in another currency, before a trace is read,
/// where all models have one currency.
pub fn check_rates(catalog: &Catalog, models: &[&Model], globals: &Globals) -> Result<(), Failure> {
    let providers = models.iter().map(|model| catalog.provider(model).ok());
    let currencies = providers.map(|provider| provider.map(|provider| provider.currency));
    let currencies: Option<Vec<Currency>> = currencies.collect();
    match currencies.as_deref() {
        Some([first, rest @ ..]) if rest.iter().all(|other| other == first) => {
            exchanges(*first, globals)?;
            max_cost_in(*first, globals, &globals.fx).map(|_| ())
        }
        _ => Ok(()),
    }
}

/// A quote with the discount and the currencies that were asked for.
fn priced(quote: Quote, rates: &[Exchange], globals: &Globals) -> Result<PricedQuote, Failure> {
    let quote = match globals.discount {
        Some(percent) => quote.discounted(percent)?,
        None => quote,
    };
    Ok(PricedQuote::new(quote, rates)?)
}

/// The same of a quote in another currency than the total that it is added to.
fn priced_in(
    quote: Quote,
    into: Exchange,
    rates: &[Exchange],
    globals: &Globals,
) -> Result<PricedQuote, Failure> {
    let quote = match globals.discount {
        Some(percent) => quote.discounted(percent)?,
        None => quote,
    };
    Ok(PricedQuote::into_total(quote, into, rates)?)
}

/// The message for a quote above `--max-cost`.
pub fn over_limit(quote: &Quote, globals: &Globals) -> Result<Option<String>, Failure> {
    let limit = max_cost_in(quote.currency, globals, &globals.fx)?;
    Ok(limit.and_then(|limit| report::over_limit(quote, 1, limit)))
}

/// The documents that rules come from, by id: publisher, title and date. A test excludes that the
/// built-in list is not valid; their ids are named in any case.
pub fn documents() -> Vec<(String, String)> {
    let documents = Catalog::documents().unwrap_or_default();
    let named = documents.into_iter().map(|document| {
        let title = document.to_string();
        (document.id, title)
    });
    named.collect()
}

/// Which prices were used for these models, as reports say it.
pub fn info(
    catalog: &Catalog,
    models: &[&Model],
    globals: &Globals,
    environment: &Environment,
) -> CatalogInfo {
    let is_of = |change: &&Change| {
        let mut models = models.iter();
        models.any(|model| (&model.code, &model.region) == (&change.model, &change.region))
    };
    let changes = catalog.changes().iter().filter(is_of);
    let changes = changes.map(|change| ChangeInfo {
        file: change.file.clone(),
        model: change.model.clone(),
        change: change.what.clone(),
    });
    CatalogInfo {
        as_of: globals.as_of(environment),
        today: environment.today,
        files: catalog.files(models),
        changes: changes.collect(),
        documents,
    }
}
