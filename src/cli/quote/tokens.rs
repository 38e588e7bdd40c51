//! `tollgate quote tokens`.

use chrono::NaiveDate;
use clap::{Args as ClapArgs, ValueEnum};

use crate::billing::mode::Mode;
use crate::billing::quote::{Quote, Rate};
use crate::billing::tokens::{self, Request};
use crate::catalog::{Catalog, Model};
use crate::cli::failure::Failure;
use crate::cli::value;

/// Arguments of `quote tokens`.
#[derive(Debug, ClapArgs)]
#[command(after_help = "\
Examples:
  tollgate quote tokens qwen3-32b --input 1.5M --output 300k --mode thinking
  tollgate quote tokens qwen3-max-2025-09-23 --requests 25 \\
    --input 1M --output 100k")]
pub struct Args {
    /// The model's code
    model: String,

    /// Input tokens in all, such as `1.5M`
    #[arg(long, value_name = "TOKENS", value_parser = value::count, allow_hyphen_values = true)]
    input: u64,

    /// Output tokens in all
    #[arg(long, value_name = "TOKENS", value_parser = value::count, allow_hyphen_values = true)]
    output: u64,

    /// How many requests they belong to: their average size picks the tier
    #[arg(long, value_name = "N", value_parser = value::positive, allow_hyphen_values = true)]
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
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum RateArg {
    FineTuned,
    Standard,
}

impl Args {
    /// The model's code, once the arguments are known to make sense together.
    pub fn checked(&self) -> Result<&str, Failure> {
        if self.input == 0 && self.output == 0 {
            return Err(Failure::usage(
                "`--input` and `--output` are both 0, and billing starts at 1 token",
                "give at least one of them, such as `--input 1M`",
            ));
        }
        Ok(&self.model)
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
        let request = Request {
            model: catalog.model_ref(model)?,
            input: self.input,
            output: self.output,
            requests: self.requests,
        };
        Ok(tokens::quote(&request, &prices)?)
    }
}
