//! `tollgate resources`: what an account holds, and when each of it ends.

use std::path::PathBuf;

use chrono::NaiveDate;
use clap::{Args as ClapArgs, ValueEnum};
use rust_decimal::Decimal;

use super::failure::Failure;
use super::global::Globals;
use super::quote::info;
use super::{Done, Environment, value};
use crate::billing::mode::Mode;
use crate::billing::money::Currency;
use crate::billing::quote::{Percent, Rate};
use crate::billing::tokens::tier_of;
use crate::billing::unit::{Unit, UnitPrice};
use crate::catalog::Catalog;
use crate::report::resources::{ResourcesReport, render};
use crate::report::{CatalogInfo, Style};
use crate::resources::{self, DayPrice, Holding, PriceError, PriceOf, Status};

/// Arguments of `resources`.
#[derive(Debug, ClapArgs)]
#[command(after_help = "\
Examples:
  tollgate resources account.toml --fail-on exhausted,expired --within 7
  tollgate resources account.toml --model deepseek-v3.2 --input-share 80%

A resource of the file:
  [[resource]]
  name = \"Team tokens\"
  kind = \"tokens\"              # or search, concurrency, knowledge-base
  source = \"purchased\"         # or free-trial
  total = 1_000_000
  used = [100_000, 200_000]    # one number, or one a user, or readings of the
                               # whole: [{ on = 2026-11-01, value = 100_000 }]
  expires = 2026-12-20         # its last day
  usage_per_day = 20_000       # or { input = 16_000, output = 4_000 }; optional")]
pub struct Args {
    /// A TOML file with what the account holds
    file: PathBuf,

    /// The day as of which everything is said [default: today]
    #[arg(long, value_name = "DATE", value_parser = value::date)]
    today: Option<NaiveDate>,

    /// Also show what is exhausted or expired
    #[arg(long)]
    all: bool,

    /// Exit with 3 when a resource, shown or not, has one of these statuses
    #[arg(long, value_enum, value_name = "STATUS", value_delimiter = ',')]
    fail_on: Vec<StatusArg>,

    /// Exit with 3 when an available resource expires or runs out within so many days
    #[arg(long, value_name = "DAYS", value_parser = value::days_or_none, allow_hyphen_values = true)]
    within: Option<u64>,

    /// Price a day's tokens at this model's standard token price
    #[arg(long, value_name = "CODE", help_heading = "Price of a day's tokens", conflicts_with_all = ["price_in", "price_out", "currency"])]
    model: Option<String>,

    /// What output is priced for: `non-thinking` or `thinking`
    #[arg(long, value_name = "MODE", help_heading = "Price of a day's tokens", value_parser = value::mode, requires = "model")]
    mode: Option<Mode>,

    /// Input tokens of a request: its size picks the tier
    #[arg(long, value_name = "TOKENS", help_heading = "Price of a day's tokens", value_parser = value::positive, allow_hyphen_values = true, requires = "model")]
    input_per_request: Option<u64>,

    /// Price of 1M input tokens
    #[arg(long, value_name = "AMOUNT", help_heading = "Price of a day's tokens", value_parser = value::amount, allow_hyphen_values = true, requires = "price_out")]
    price_in: Option<Decimal>,

    /// Price of 1M output tokens
    #[arg(long, value_name = "AMOUNT", help_heading = "Price of a day's tokens", value_parser = value::amount, allow_hyphen_values = true, requires = "price_in")]
    price_out: Option<Decimal>,

    /// What `--price-in` and `--price-out` are in [default: CNY]
    #[arg(long, value_name = "CODE", help_heading = "Price of a day's tokens", value_parser = value::currency, requires = "price_in")]
    currency: Option<Currency>,

    /// How much of the tokens is input, where the file gives one number a day
    #[arg(long, value_name = "PERCENT", help_heading = "Price of a day's tokens", value_parser = value::percent, allow_hyphen_values = true)]
    input_share: Option<Percent>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum StatusArg {
    Available,
    NearlyExhausted,
    Exhausted,
    ExpiringSoon,
    Expired,
}

impl StatusArg {
    fn status(self) -> Status {
        match self {
            Self::Available => Status::Available,
            Self::NearlyExhausted => Status::NearlyExhausted,
            Self::Exhausted => Status::Exhausted,
            Self::ExpiringSoon => Status::ExpiringSoon,
            Self::Expired => Status::Expired,
        }
    }
}

/// Reads the file and prints what it holds.
pub fn run(
    args: &Args,
    globals: &Globals,
    environment: &Environment,
    style: Style,
) -> Result<Done, Failure> {
    args.checked(globals)?;
    let today = args.today.unwrap_or(environment.today);
    let (file, resources) = resources::read(&args.file, today)?;
    let (price, catalog) = args.price(globals, environment)?.unzip();
    let catalog = catalog.flatten();
    let mut holdings =
        resources::assess(resources, today, price.as_ref()).map_err(|error| match error {
            PriceError::NoSplit { .. } => Failure::usage(error.to_string(), error.hint()),
            _ => unmatched(&error),
        })?;
    let exceeded = args.exceeded(&holdings, today);
    let all = holdings.len();
    holdings.retain(|holding| args.all || holding.is_available());
    let report = ResourcesReport {
        file,
        today,
        hidden: all.saturating_sub(holdings.len()),
        notes: resources::notes(&holdings, today),
        holdings,
        price,
        catalog,
    };
    Ok(Done {
        stdout: render(&report, globals.format(), style)?,
        files: Vec::new(),
        exceeded,
    })
}

fn unmatched(error: &PriceError) -> Failure {
    Failure::Unmatched {
        message: error.to_string(),
        hint: error.hint().to_owned(),
    }
}

impl Args {
    /// Refuses what would do nothing here.
    fn checked(&self, globals: &Globals) -> Result<(), Failure> {
        if globals.max_cost.is_some() {
            return Err(Failure::usage(
                "`--max-cost` limits the total of a quote, and resources have none",
                "use `--fail-on` or `--within`",
            ));
        }
        if !globals.fx.is_empty() {
            return Err(Failure::usage(
                "`--fx` converts the total of a quote, and resources have none",
                "leave it out; `--currency` says what `--price-in` and `--price-out` are in",
            ));
        }
        let priced = self.model.is_some() || self.price_in.is_some();
        if self.input_share.is_some() && !priced {
            return Err(Failure::usage(
                "`--input-share` is for a price, and there is none",
                "add `--model`, or `--price-in` and `--price-out`",
            ));
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
    fn price(
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
            input: per_million(input),
            output: Some(per_million(output)),
            currency: self.currency.unwrap_or(Currency::CNY),
            input_share: self.input_share,
            discount: globals.discount,
            of: PriceOf::Given,
        };
        Ok(Some((price, None)))
    }

    fn model_price(
        &self,
        code: &str,
        globals: &Globals,
        environment: &Environment,
    ) -> Result<(DayPrice, CatalogInfo), Failure> {
        let catalog = Catalog::load_for(code, &globals.catalogs(environment))?;
        let as_of = globals.as_of(environment);
        let model = catalog.model(code)?;
        let prices = catalog.tokens(model, Some(Rate::Standard), self.mode, false, as_of)?;
        if self.input_per_request.is_none() && prices.tiers.len() > 1 {
            return Err(Failure::Unmatched {
                message: format!(
                    "`{}` is priced by the size of a request, which is not known",
                    model.code
                ),
                hint: "add `--input-per-request <TOKENS>`: it picks the tier".to_owned(),
            });
        }
        let request = self.input_per_request.unwrap_or(1);
        let tier = tier_of(request, Some(1), &prices.tiers)?;
        let price = DayPrice {
            input: tier.input,
            output: tier.output,
            currency: prices.currency,
            input_share: self.input_share,
            discount: globals.discount,
            of: PriceOf::Model {
                model: catalog.model_ref(model)?,
                mode: prices.mode,
                input_per_request: self.input_per_request,
                source: prices.source,
            },
        };
        Ok((price, info(&catalog, Some(model), globals, environment)))
    }

    /// A line for each resource with a status that fails, or that ends within the days.
    fn exceeded(&self, holdings: &[Holding], today: NaiveDate) -> Vec<String> {
        let mut lines = Vec::new();
        for holding in holdings {
            let name = &holding.resource.name;
            let fails = |status: &&Status| self.fail_on.iter().any(|one| one.status() == **status);
            for status in holding.statuses.iter().filter(fails) {
                lines.push(format!("`{name}` is {}", status.said()));
            }
            let Some(days) = self.within.filter(|_| holding.is_available()) else {
                continue;
            };
            let ends = [
                ("runs out", holding.forecast.runs_out),
                ("expires", Some(holding.resource.expires)),
            ];
            for (how, day) in ends {
                let Some(day) = day else { continue };
                // What ran out at its rate since it was last read is within any number of days.
                let until = day.signed_duration_since(today).num_days();
                if u64::try_from(until.max(0)).is_ok_and(|until| until <= days) {
                    lines.push(format!(
                        "`{name}` {how} on {day}, and the limit is within {}",
                        crate::billing::number::counted(days, "day")
                    ));
                }
            }
        }
        lines
    }
}
