//! `tollgate models`: what there is, and what it costs.

mod reserved;
mod select;
mod time;

use std::collections::BTreeSet;

use chrono::NaiveDate;
use clap::{Args as ClapArgs, ValueEnum};

use super::failure::Failure;
use super::global::Globals;
use super::print::print;
use super::quote::{documents as all_documents, info};
use super::{Done, Environment};
use crate::billing::amount::Amount;
use crate::billing::ptu::Fixed;
use crate::billing::quote::Method;
use crate::catalog::Offer;
use crate::catalog::{Catalog, LookupError, Model, TokenRow, in_force};
use crate::order::value;
use crate::report::models::selection::{Selection, Sort};
use crate::report::models::{
    CapacityCard, Card, DtuCard, ModelsReport, MuCard, ProviderCard, PtuCard, PtuTerm, TierCard,
    TokenCard,
};
use crate::report::{Format, View};

/// Arguments of `models`.
#[derive(Debug, ClapArgs)]
#[command(after_long_help = "\
Examples:
  tollgate models qwen3-8b
  tollgate models 'qwen3-*' --method mu --max-price 60 --sort price
  tollgate models qwen3-8b --history
  tollgate models --changes 2026-06-15..2026-11-20")]
pub struct Args {
    /// Part of a code, a name or a family, or a pattern such as `qwen3-*`
    #[arg(
        long_help = "Part of a code, a name or a family, or a whole one with `*` and `?`: `qwen3-*`, `tencent/*`; a whole code shows that model's price card"
    )]
    pattern: Option<String>,

    /// Only models of this provider
    #[arg(
        long,
        long_help = "Only models of this provider, by its id: `alibaba`, `azure`, `google`, or one of a file of your own",
        value_name = "PROVIDER",
        conflicts_with = "sources"
    )]
    provider: Option<String>,

    /// Only models that are sold this way
    #[arg(
        long,
        long_help = "Only models that are sold this way; `ptu` has throughput reservations of standard speed too, and `tokens` are those with a price by token, fine-tuned or standard",
        value_enum,
        value_name = "METHOD"
    )]
    method: Option<MethodArg>,

    /// Only models that cost at most this by the method
    #[arg(long, long_help = "Only models that cost at most this by the method: for 10K input TPM an hour (`ptu`; in units, for the part of one that holds them, by its shortest term), a replica an hour (`mu`), 1M input tokens (`tokens`) or a unit a month (`dtu`), in the currency of the models", value_name = "AMOUNT", value_parser = value::amount, allow_hyphen_values = true)]
    max_price: Option<Amount>,

    /// Its prices through time, the oldest first
    #[arg(
        long,
        long_help = "The prices of each model through time, the oldest first: when each came and left, as far as editions tell",
        conflicts_with_all = ["method", "max_price", "sort", "changes", "sources"]
    )]
    history: bool,

    /// What came, left or changed between two days
    #[arg(long, long_help = "Models that came and left after the first day and up to the second, and prices and limits that changed", value_name = "DATE..DATE", value_parser = value::two_days, conflicts_with_all = ["method", "max_price", "sort", "sources"])]
    changes: Option<(NaiveDate, NaiveDate)>,

    /// The documents behind the prices, and how old they are
    #[arg(
        long,
        long_help = "The documents that prices and rules were read from: the edition, when it was seen last, how many prices depend on it",
        conflicts_with_all = ["pattern", "method", "max_price", "sort"]
    )]
    sources: bool,

    /// The order of the list; `price` is the lowest of the method
    #[arg(long, value_enum, value_name = "BY")]
    sort: Option<SortArg>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum SortArg {
    Name,
    Family,
    Price,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum MethodArg {
    Ptu,
    Mu,
    Tokens,
    Dtu,
}

/// Lists the models that match, or shows the only one.
pub fn run(
    args: &Args,
    globals: &Globals,
    environment: &Environment,
    view: View,
) -> Result<Done, Failure> {
    globals.refuse_of_quotes("models")?;
    if let Some(done) = time::run(args, globals, environment, view)? {
        return Ok(done);
    }
    let selection = Selection {
        method: args.method.map(|method| match method {
            MethodArg::Ptu => Method::Ptu,
            MethodArg::Mu => Method::Mu,
            MethodArg::Tokens => Method::Tokens,
            MethodArg::Dtu => Method::Dtu,
        }),
        max_price: args.max_price,
        sort: args.sort.map(|sort| match sort {
            SortArg::Name => Sort::Name,
            SortArg::Family => Sort::Family,
            SortArg::Price => Sort::Price,
        }),
    };
    select::refuse_price_of_no_method(&selection)?;
    let method = selection.method;
    let catalog = Catalog::load(&globals.catalogs(environment))?;
    let as_of = globals.as_of(environment);
    let named = args.pattern.as_deref().filter(|_| method.is_none());
    let provider = named
        .and_then(|name| catalog.provider_named(name.strip_suffix('/').unwrap_or(name)))
        .and_then(|(id, name, service)| ProviderCard::new(id, name, service, &all_documents()));
    let regions = globals.regions();
    let pattern = args.pattern.as_deref();
    select::refuse_unknown(&catalog, pattern, &regions)?;
    let seller = select::seller(&catalog, args.provider.as_deref())?;
    let found = select::matching(&catalog, pattern, seller, &regions, method, as_of);
    let found = found.and_then(|mut found| {
        select::drop_not_yet(&mut found, as_of)?;
        Ok(found)
    });
    let found = match found {
        // A provider without prices has a card, and no row for a spreadsheet.
        Err(_) if provider.is_some() && globals.format() != Format::Csv => Vec::new(),
        found => found?,
    };
    let cards = found
        .iter()
        .map(|model| card(&catalog, model, as_of))
        .collect::<Result<Vec<Card>, LookupError>>()?;
    let cards = select::select(cards, &selection, args.pattern.as_deref())?;
    // Under a price limit even one model is shown as a list, which has the prices that were asked for.
    let whole = args.pattern.is_some() && cards.len() == 1 && selection.max_price.is_none();
    let is_shown = |model: &&&Model| {
        let mut cards = cards.iter();
        cards.any(|card| (&card.code, &card.region) == (&model.code, &model.region))
    };
    let shown: Vec<&Model> = found.iter().filter(is_shown).copied().collect();
    let mut catalog_info = info(&catalog, &shown, globals, environment);
    let without_prices = provider
        .as_ref()
        .and_then(|card| catalog.file_without_prices(&card.id));
    catalog_info.files.extend(without_prices.map(str::to_owned));
    let report = ModelsReport {
        provider,
        documents: documents(&cards)?,
        cards,
        catalog: catalog_info,
        selection,
        whole,
    };
    let sources = report.cards.iter().flat_map(Card::sources);
    let too_old = globals.too_old(sources, environment.today);
    let printed = print(&report, globals, view)?;
    Ok(Done {
        exceeded: too_old.into_iter().collect(),
        files: printed.files,
        ..Done::output(printed.stdout)
    })
}

/// The card of a model: its prices in force on `as_of`.
fn card(catalog: &Catalog, model: &Model, as_of: NaiveDate) -> Result<Card, LookupError> {
    let provider = catalog.provider(model)?;
    let ptu = in_force(&model.ptu, as_of)
        .zip(provider.ptu)
        .and_then(|(row, rules)| {
            let Offer::Sides { input, output } = &row.offer else {
                return None;
            };
            let hour = input.hour.map(|input| PtuTerm {
                input,
                output: by_mode(output, |side| side.hour),
            });
            let day = input.day.map(|input| PtuTerm {
                input,
                output: by_mode(output, |side| side.day),
            });
            let month = input.month.map(|input| PtuTerm {
                input,
                output: by_mode(output, |side| side.month),
            });
            Some(PtuCard {
                product: provider
                    .service
                    .as_ref()
                    .and_then(|service| service.reservation)
                    .map(|sold| sold.mode.name()),
                max_input: row.max_input,
                input_step: rules.input_step,
                output_step: rules.output_step,
                hour,
                day,
                month,
                meters: row.meters.clone(),
                source: row.source.clone(),
            })
        });
    let capacity = in_force(&model.ptu, as_of).and_then(|row| {
        let Offer::Unit(unit) = &row.offer else {
            return None;
        };
        Some(CapacityCard {
            name: unit.name.clone(),
            adds: unit.adds,
            meters: row.meters.clone(),
            smallest: unit.smallest,
            step: unit.step,
            steps_unknown: unit.steps_unknown,
            sizing: row.sizing.clone(),
            max_input: row.max_input,
            hour: unit.prices.hour,
            day: unit.prices.day,
            month: unit.prices.month,
            fixed: Fixed::ALL
                .iter()
                .filter_map(|one| Some((*one, unit.prices.price(one.period())?)))
                .collect(),
            source: row.source.clone(),
        })
    });
    let mu = model.mu_in_force(as_of).into_iter().map(|row| MuCard {
        spec: row.spec,
        pd_separated: row.pd_separated,
        hour: row.hour,
        month: row.month,
        source: row.source.clone(),
    });
    let most_months = provider.dtu.and_then(|rules| rules.most_months);
    let dtu = model.dtu_in_force(as_of).into_iter().filter_map(|row| {
        let Offer::Unit(unit) = &row.row.offer else {
            return None;
        };
        Some(DtuCard {
            spec: row.spec.clone(),
            adds: unit.adds,
            month: unit.prices.month?,
            most_months,
            source: row.row.source.clone(),
        })
    });
    let sold = catalog.model_ref(model, as_of)?;
    Ok(Card {
        code: model.code.clone(),
        name: model.name.clone(),
        family: model.family.clone(),
        provider: provider.id.clone(),
        provider_name: provider.name.clone(),
        region: sold.region,
        region_name: sold.region_name,
        elsewhere: catalog
            .elsewhere(model)
            .map(|other| catalog.region_of(other))
            .map(|region| (region.id, region.name))
            .collect(),
        currency: provider.currency,
        ptu,
        capacity,
        reservation: reserved::card(model, provider, as_of),
        mu: mu.collect(),
        dtu: dtu.collect(),
        fine_tuned: in_force(&model.fine_tuned, as_of).map(token_card),
        standard: in_force(&model.standard, as_of).map(token_card),
    })
}

fn by_mode<Side, Price>(
    output: &[(Option<crate::billing::mode::Mode>, Side)],
    price: impl Fn(&Side) -> Option<Price>,
) -> Vec<(Option<crate::billing::mode::Mode>, Price)> {
    output
        .iter()
        .filter_map(|(mode, side)| Some((*mode, price(side)?)))
        .collect()
}

fn token_card(row: &TokenRow) -> TokenCard {
    let tiers = row.tiers.iter().map(|tier| TierCard {
        mode: tier.mode,
        hours: tier.hours,
        tier: tier.tier.clone(),
    });
    TokenCard {
        tiers: tiers.collect(),
        source: row.source.clone(),
        cache_source: row.cache_source.clone(),
        limited_offer: row.limited_offer,
        not_in_batches: row.not_in_batches,
    }
}

/// The built-in documents that the cards' sources name, by id.
fn documents(cards: &[Card]) -> Result<Vec<(String, String)>, Failure> {
    let sources = cards.iter().flat_map(Card::sources);
    let named: BTreeSet<&str> = sources.map(|source| source.document.as_str()).collect();
    Ok(Catalog::documents()?
        .into_iter()
        .filter(|document| named.contains(document.id.as_str()))
        .map(|document| {
            let title = document.to_string();
            (document.id, title)
        })
        .collect())
}
