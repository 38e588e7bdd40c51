//! The flags that price a day's tokens: a model of the catalog, or prices of one's own.

use clap::Args;

use crate::billing::amount::Amount;
use crate::billing::mode::Mode;
use crate::billing::money::Currency;
use crate::billing::quote::{Percent, Rate};
use crate::billing::tokens::{Band, tier_of};
use crate::billing::unit::{Unit, UnitPrice};
use crate::catalog::Catalog;
use crate::cli::failure::Failure;
use crate::cli::global::Globals;
use crate::cli::quote::info;
use crate::cli::{Environment, value};
use crate::report::CatalogInfo;
use crate::resources::{DayPrice, PriceOf};

/// The flags that price a day's tokens; all can be left out.
#[derive(Debug, Args)]
#[command(next_help_heading = "Price of a day's tokens")]
pub struct PriceArgs {
    /// The price of this model's ordinary calls
    #[arg(long, long_help = "Price a day's tokens at this model's standard token price", value_name = "CODE", conflicts_with_all = ["price_in", "price_out", "currency"])]
    model: Option<String>,

    /// What output is priced for: `non-thinking` or `thinking`
    #[arg(long, hide_short_help = true, value_name = "MODE", value_parser = value::mode, requires = "model")]
    mode: Option<Mode>,

    /// Of a request: its size picks the tier
    #[arg(long, long_help = "Input tokens of a request: its size picks the tier", value_name = "TOKENS", value_parser = value::positive, allow_hyphen_values = true, requires = "model")]
    input_per_request: Option<u64>,

    /// Price of 1M input tokens
    #[arg(long, value_name = "AMOUNT", value_parser = value::amount, allow_hyphen_values = true, requires = "price_out")]
    price_in: Option<Amount>,

    /// Price of 1M output tokens
    #[arg(long, value_name = "AMOUNT", value_parser = value::amount, allow_hyphen_values = true, requires = "price_in")]
    price_out: Option<Amount>,

    /// What `--price-in` and `--price-out` are in [default: as they say, or CNY]
    #[arg(long, hide_short_help = true, value_name = "CODE", value_parser = value::currency, requires = "price_in")]
    currency: Option<Currency>,

    /// How much of a day's tokens is input
    #[arg(long, long_help = "How much of the tokens is input, where the file gives one number a day", value_name = "PERCENT", value_parser = value::percent, allow_hyphen_values = true)]
    input_share: Option<Percent>,
}

impl PriceArgs {
    /// Refuses what would do nothing without a price.
    pub fn checked(&self, globals: &Globals) -> Result<(), Failure> {
        let priced = self.model.is_some() || self.price_in.is_some();
        if self.input_share.is_some() && !priced {
            return Err(Failure::usage(
                "`--input-share` is for a price, and there is none",
                "add `--model`, or `--price-in` and `--price-out`",
            ));
        }
        self.currency()?;
        if self.model.is_none() {
            let hint = "add `--model`, whose price it is, or leave it out";
            globals.refuse_region("resources", hint)?;
        }
        if globals.discount.is_some() && !priced {
            return Err(Failure::usage(
                "`--discount` is off a price, and there is none",
                "add `--model`, or `--price-in` and `--price-out`",
            ));
        }
        Ok(())
    }

    /// The price of a day's tokens, and the catalog it comes from.
    pub fn price(
        &self,
        globals: &Globals,
        environment: &Environment,
    ) -> Result<Option<(DayPrice, Option<CatalogInfo>)>, Failure> {
        if let Some(code) = &self.model {
            let (price, catalog) = self.model_price(code, globals, environment)?;
            return Ok(Some((price, Some(catalog))));
        }
        let Some((input, output)) = self.price_in.zip(self.price_out) else {
            return Ok(None);
        };
        let per_million = |amount| UnitPrice {
            amount,
            per: 1_000_000,
            unit: Unit::Token,
        };
        let price = DayPrice {
            input: per_million(input.number),
            output: Some(per_million(output.number)),
            currency: self.currency()?,
            input_share: self.input_share,
            discount: globals.discount,
            of: PriceOf::Given,
        };
        Ok(Some((price, None)))
    }

    /// The one currency of what was given.
    fn currency(&self) -> Result<Currency, Failure> {
        let own = |price: Option<Amount>| price.and_then(|price| price.currency);
        let said = [
            ("--currency", self.currency),
            ("--price-in", own(self.price_in)),
            ("--price-out", own(self.price_out)),
        ];
        let mut said = said
            .into_iter()
            .filter_map(|(flag, own)| Some((flag, own?)));
        let Some((first, currency)) = said.next() else {
            return Ok(Currency::CNY);
        };
        match said.find(|(_, other)| *other != currency) {
            Some((flag, other)) => Err(Failure::usage(
                format!("`{flag}` is in {other}, and `{first}` says {currency}"),
                "give both prices in one currency",
            )),
            None => Ok(currency),
        }
    }

    fn model_price(
        &self,
        code: &str,
        globals: &Globals,
        environment: &Environment,
    ) -> Result<(DayPrice, CatalogInfo), Failure> {
        let region = globals.region()?;
        let catalog = Catalog::load_for(code, region, &globals.catalogs(environment))?;
        let as_of = globals.as_of(environment);
        let model = catalog.model_in(code, region)?;
        let prices = catalog.tokens(model, Some(Rate::Standard), self.mode, false, as_of)?;
        let [Band { hours: _, tiers }] = prices.bands.as_slice() else {
            return Err(Failure::Unmatched {
                message: format!("`{}` is priced by the hour of the day", model.code),
                hint: "give the price that holds for your calls: `--price-in <AMOUNT> --price-out <AMOUNT>`".to_owned(),
            });
        };
        if self.input_per_request.is_none() && tiers.len() > 1 {
            return Err(Failure::Unmatched {
                message: format!(
                    "`{}` is priced by the size of a request, which is not known",
                    model.code
                ),
                hint: "add `--input-per-request <TOKENS>`: it picks the tier".to_owned(),
            });
        }
        let request = self.input_per_request.unwrap_or(1);
        let tier = tier_of(request, Some(1), tiers)?;
        let price = DayPrice {
            input: tier.prices.input,
            output: tier.prices.output,
            currency: prices.currency,
            input_share: self.input_share,
            discount: globals.discount,
            of: PriceOf::Model {
                is_elsewhere: !catalog.is_in_first_region(model),
                model: catalog.model_ref(model, as_of)?,
                mode: prices.mode,
                input_per_request: self.input_per_request,
                source: Box::new(prices.source),
            },
        };
        Ok((price, info(&catalog, &[model], globals, environment)))
    }
}
