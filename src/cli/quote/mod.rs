//! `tollgate quote …`: one deployment, line by line.

mod mu;
mod ptu;
mod tokens;

use clap::Subcommand;

use super::failure::Failure;
use super::global::Globals;
use super::{Done, Environment};
use crate::billing::money::Money;
use crate::billing::quote::Quote;
use crate::catalog::{Catalog, Model};
use crate::report::quotes::{PricedQuote, QuoteReport, render};
use crate::report::{CatalogInfo, ChangeInfo, Style, headline};

/// The ways of buying.
#[derive(Debug, Subcommand)]
pub enum QuoteCommand {
    /// Provisioned throughput: tokens per minute, reserved by the hour or by the day
    Ptu(ptu::Args),
    /// Model units: replicas of a specification, by the minute or by the month
    Mu(mu::Args),
    /// Tokens of fine-tuned models or of ordinary calls
    Tokens(tokens::Args),
}

/// Prices what was asked for and prints it.
pub fn run(
    command: &QuoteCommand,
    globals: &Globals,
    environment: &Environment,
    style: Style,
) -> Result<Done, Failure> {
    let code = match command {
        QuoteCommand::Ptu(args) => args.checked()?,
        QuoteCommand::Mu(args) => args.checked()?,
        QuoteCommand::Tokens(args) => args.checked()?,
    };
    let catalog = Catalog::load_for(code, &globals.catalogs(environment))?;
    let as_of = globals.as_of(environment);
    let model = catalog.model(code)?;
    let quotes = match command {
        QuoteCommand::Ptu(args) => vec![args.quote(&catalog, model, as_of)?],
        QuoteCommand::Mu(args) => args.quotes(&catalog, model, as_of)?,
        QuoteCommand::Tokens(args) => vec![args.quote(&catalog, model, as_of)?],
    };
    let quotes = quotes
        .into_iter()
        .map(|quote| priced(quote, globals))
        .collect::<Result<Vec<_>, Failure>>()?;
    let exceeded = exceeded(&quotes, globals);
    let report = QuoteReport {
        quotes,
        catalog: info(&catalog, Some(model), globals, environment),
    };
    Ok(Done {
        stdout: render(&report, globals.format(), style)?,
        exceeded,
    })
}

/// A quote with the discount and the currencies that were asked for.
fn priced(quote: Quote, globals: &Globals) -> Result<PricedQuote, Failure> {
    if globals.fx.iter().any(|fx| fx.currency == quote.currency) {
        return Err(Failure::usage(
            format!("`--fx` converts from {}, not to it", quote.currency),
            "name another currency, as in `--fx USD=0.1389`",
        ));
    }
    let quote = match globals.discount {
        Some(percent) => quote.discounted(percent)?,
        None => quote,
    };
    Ok(PricedQuote::new(quote, &globals.fx)?)
}

/// A line for each quote above `--max-cost`.
fn exceeded(quotes: &[PricedQuote], globals: &Globals) -> Vec<String> {
    let Some(limit) = globals.max_cost else {
        return Vec::new();
    };
    quotes
        .iter()
        .map(|priced| &priced.quote)
        .filter(|quote| quote.total > limit)
        .map(|quote| {
            let limit = Money {
                amount: limit,
                currency: quote.currency,
            };
            // Rounded amounts can look the same on both sides of a limit.
            format!(
                "the limit of {} is exceeded: {} costs {}",
                limit.precise(),
                headline(quote),
                quote.total_money().precise()
            )
        })
        .collect()
}

/// Which prices were used, as reports say it: of one model or of all.
pub fn info(
    catalog: &Catalog,
    model: Option<&Model>,
    globals: &Globals,
    environment: &Environment,
) -> CatalogInfo {
    let changes = catalog
        .changes()
        .iter()
        .filter(|change| model.is_none_or(|model| model.code == change.model))
        .map(|change| ChangeInfo {
            file: change.file.clone(),
            model: change.model.clone(),
            change: change.what.clone(),
        })
        .collect();
    CatalogInfo {
        as_of: globals.as_of(environment),
        files: catalog.files().to_vec(),
        changes,
    }
}
