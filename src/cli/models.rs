//! `tollgate models`: what there is, and what it costs.

use chrono::NaiveDate;
use clap::{Args as ClapArgs, ValueEnum};

use super::failure::Failure;
use super::global::Globals;
use super::print::print;
use super::quote::{documents as all_documents, info};
use super::{Done, Environment};
use crate::billing::quote::Method;
use crate::catalog::{Catalog, LookupError, Model, TokenRow, in_force};
use crate::report::models::{
    Card, ModelsReport, MuCard, ProviderCard, PtuCard, PtuTerm, TierCard, TokenCard,
};
use crate::report::{Format, View};

/// Arguments of `models`.
#[derive(Debug, ClapArgs)]
#[command(after_long_help = "\
Examples:
  tollgate models --method ptu
  tollgate models qwen3-8b")]
pub struct Args {
    /// Part of a code, a name or a family; a whole code shows that model's price card
    pattern: Option<String>,

    /// Only models that are sold this way
    #[arg(
        long,
        long_help = "Only models that are sold this way; `tokens` are those with a price by token, fine-tuned or standard",
        value_enum,
        value_name = "METHOD"
    )]
    method: Option<MethodArg>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum MethodArg {
    Ptu,
    Mu,
    Tokens,
}

/// Lists the models that match, or shows the only one.
pub fn run(
    args: &Args,
    globals: &Globals,
    environment: &Environment,
    view: View,
) -> Result<Done, Failure> {
    globals.refuse_of_quotes("models")?;
    let catalog = Catalog::load(&globals.catalogs(environment))?;
    let as_of = globals.as_of(environment);
    let method = args.method.map(|method| match method {
        MethodArg::Ptu => Method::Ptu,
        MethodArg::Mu => Method::Mu,
        MethodArg::Tokens => Method::Tokens,
    });
    let named = args.pattern.as_deref().filter(|_| method.is_none());
    let provider = named
        .and_then(|name| catalog.provider_named(name.strip_suffix('/').unwrap_or(name)))
        .and_then(|(id, name, service)| ProviderCard::new(id, name, service, &all_documents()));
    let found = match matching(&catalog, args.pattern.as_deref(), method, as_of) {
        // A provider without prices has a card, and no row for a spreadsheet.
        Err(_) if provider.is_some() && globals.format() != Format::Csv => Vec::new(),
        found => found?,
    };
    let whole = args.pattern.is_some() && found.len() == 1;
    let cards = found
        .iter()
        .map(|model| card(&catalog, model, as_of))
        .collect::<Result<Vec<Card>, LookupError>>()?;
    let mut catalog_info = info(&catalog, None, globals, environment);
    catalog_info
        .changes
        .retain(|change| found.iter().any(|model| model.code == change.model));
    let report = ModelsReport {
        provider,
        documents: documents(&cards)?,
        cards,
        catalog: catalog_info,
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

/// The models that match: a whole code is that model alone, whatever else has it as a part.
fn matching<'a>(
    catalog: &'a Catalog,
    pattern: Option<&str>,
    method: Option<Method>,
    as_of: NaiveDate,
) -> Result<Vec<&'a Model>, Failure> {
    let sold = |model: &&Model| method.is_none_or(|method| model.sold_by(method, as_of));
    let Some(pattern) = pattern else {
        return Ok(catalog.models().iter().filter(sold).collect());
    };
    let wanted = pattern.to_lowercase();
    let has = |text: &str| text.to_lowercase().contains(&wanted);
    let mut found: Vec<&Model> = match catalog.model(pattern) {
        Ok(model) => vec![model],
        Err(_) => catalog
            .models()
            .iter()
            .filter(|model| {
                let of_provider = model.provider.eq_ignore_ascii_case(pattern);
                of_provider || has(&model.code) || has(&model.name) || has(&model.family)
            })
            .collect(),
    };
    if found.is_empty() {
        catalog.model(pattern)?;
    }
    found.retain(|model| sold(model));
    if let (Some(method), true) = (method, found.is_empty()) {
        return Err(Failure::Unmatched {
            message: format!(
                "no model that matches `{}` is sold by the method `{}`",
                crate::catalog::printable(pattern),
                method.name()
            ),
            hint: "leave `--method` out to see how it is sold".to_owned(),
        });
    }
    Ok(found)
}

/// What reports show of a model: the prices in force on `as_of`.
fn card(catalog: &Catalog, model: &Model, as_of: NaiveDate) -> Result<Card, LookupError> {
    let provider = catalog.provider(model)?;
    let ptu = in_force(&model.ptu, as_of)
        .zip(provider.ptu)
        .map(|(row, rules)| {
            let hour = row.input.hour.map(|input| PtuTerm {
                input,
                output: by_mode(&row.output, |side| side.hour),
            });
            let day = row.input.day.map(|input| PtuTerm {
                input,
                output: by_mode(&row.output, |side| side.day),
            });
            let month = row.input.month.map(|input| PtuTerm {
                input,
                output: by_mode(&row.output, |side| side.month),
            });
            PtuCard {
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
                source: row.source.clone(),
            }
        });
    let mu = model.mu_in_force(as_of).into_iter().map(|row| MuCard {
        spec: row.spec,
        pd_separated: row.pd_separated,
        hour: row.hour,
        month: row.month,
        source: row.source.clone(),
    });
    Ok(Card {
        code: model.code.clone(),
        name: model.name.clone(),
        family: model.family.clone(),
        provider: provider.id.clone(),
        provider_name: provider.name.clone(),
        region: provider.region.clone(),
        region_name: provider.region_name.clone(),
        currency: provider.currency,
        ptu,
        mu: mu.collect(),
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
        up_to: tier.up_to,
        input: tier.input,
        output: tier.output,
    });
    TokenCard {
        tiers: tiers.collect(),
        source: row.source.clone(),
    }
}

/// The built-in documents that the cards' sources name, by id.
fn documents(cards: &[Card]) -> Result<Vec<(String, String)>, Failure> {
    let named = |id: &str| {
        let mut sources = cards.iter().flat_map(Card::sources);
        sources.any(|source| source.document == id)
    };
    Ok(Catalog::documents()?
        .into_iter()
        .filter(|document| named(&document.id))
        .map(|document| {
            let title = document.to_string();
            (document.id, title)
        })
        .collect())
}
