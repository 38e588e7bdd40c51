//! `tollgate quote tokens`.

use chrono::NaiveDate;
use clap::{Args as ClapArgs, ValueEnum};

use crate::billing::fund::fund;
use crate::billing::funding::Terms;
use crate::billing::mode::Mode;
use crate::billing::quote::{ModelRef, Quote, Rate};
use crate::billing::term::Span;
use crate::billing::tokens::{self, Request};
use crate::catalog::{Catalog, Model};
use crate::cli::failure::Failure;
use crate::cli::funding::FundingArgs;
use crate::cli::load::LoadArgs;
use crate::cli::value;
use crate::workload::Steady;

/// Arguments of `quote tokens`.
#[derive(Debug, ClapArgs)]
#[command(after_help = "\
Examples:
  tollgate quote tokens qwen3-32b --input 1.5M --output 300k --mode thinking
  tollgate quote tokens qwen3-max-2025-09-23 --requests 25 \\
    --input 1M --output 100k
  tollgate quote tokens glm-5.1 --rpm 2 --input-per-request 2k \\
    --output-per-request 500 --free-quota 1M")]
pub struct Args {
    /// The model's code
    model: String,

    /// Input tokens in all, such as `1.5M`
    #[arg(long, value_name = "TOKENS", value_parser = value::count, allow_hyphen_values = true, required_unless_present = "rpm", conflicts_with = "rpm")]
    input: Option<u64>,

    /// Output tokens in all
    #[arg(long, value_name = "TOKENS", value_parser = value::count, allow_hyphen_values = true, required_unless_present = "rpm", conflicts_with = "rpm")]
    output: Option<u64>,

    /// How many requests they belong to: their average size picks the tier
    #[arg(long, value_name = "N", value_parser = value::positive, allow_hyphen_values = true, conflicts_with = "rpm")]
    requests: Option<u64>,

    /// What output is priced for: `non-thinking` or `thinking`
    #[arg(long, value_name = "MODE", value_parser = value::mode)]
    mode: Option<Mode>,

    /// Which token prices [default: fine-tuned where the model has them, else standard]
    #[arg(long, value_enum, value_name = "RATE")]
    rate: Option<RateArg>,

    /// Batch calls of an ordinary model
    #[arg(long)]
    batch: bool,

    #[command(flatten)]
    load: LoadArgs,

    /// How long requests come each day [default: 24]
    #[arg(long, value_name = "HOURS", requires = "rpm", value_parser = value::hours_per_day, allow_hyphen_values = true, help_heading = "Workload")]
    hours_per_day: Option<Span>,

    /// For how many days [default: 30]
    #[arg(long, value_name = "DAYS", requires = "rpm", value_parser = value::days, allow_hyphen_values = true, help_heading = "Workload")]
    days: Option<u64>,

    #[command(flatten)]
    funding: FundingArgs,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum RateArg {
    FineTuned,
    Standard,
}

impl Args {
    /// The model's code, once the arguments are known to make sense together.
    pub fn checked(&self) -> Result<&str, Failure> {
        match self.load.load() {
            Some(load) if load.input_per_request == 0 && load.output_per_request == 0 => {
                Err(Failure::usage(
                    "`--input-per-request` and `--output-per-request` are both 0",
                    "give at least one of them, such as `--input-per-request 4000`",
                ))
            }
            None if self.input == Some(0) && self.output == Some(0) => Err(Failure::usage(
                "`--input` and `--output` are both 0, and billing starts at 1 token",
                "give at least one of them, such as `--input 1M`",
            )),
            _ => Ok(&self.model),
        }
    }

    /// The quote.
    pub fn quote(
        &self,
        catalog: &Catalog,
        model: &Model,
        as_of: NaiveDate,
    ) -> Result<Quote, Failure> {
        let rate = self.rate.map(|rate| match rate {
            RateArg::FineTuned => Rate::FineTuned,
            RateArg::Standard => Rate::Standard,
        });
        let prices = catalog.tokens(model, rate, self.mode, self.batch, as_of)?;
        let request = self.request(catalog.model_ref(model)?)?;
        let funding = self.funding.funding(as_of);
        let terms = Terms {
            funding: funding.as_ref(),
            service: catalog.provider(model)?.service.as_ref(),
            pace: request.stream.map(|stream| stream.pace()).transpose()?,
            on: as_of,
        };
        Ok(fund(tokens::quote(&request, &prices)?, &terms)?)
    }

    /// The tokens that were given, or those of the workload.
    fn request(&self, model: ModelRef) -> Result<Request, Failure> {
        let Some(load) = self.load.load() else {
            return Ok(Request {
                model,
                input: self.input.unwrap_or(0),
                output: self.output.unwrap_or(0),
                requests: self.requests,
                stream: None,
            });
        };
        let steady = Steady {
            load,
            hours_per_day: self.hours_per_day.unwrap_or(Span::hours(24)),
            days: self.days.unwrap_or(30),
        };
        Ok(steady.request(model)?)
    }
}
