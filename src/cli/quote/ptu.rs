//! `tollgate quote ptu`.

use chrono::NaiveDate;
use clap::Args as ClapArgs;

use crate::billing::calendar::Moment;
use crate::billing::mode::Mode;
use crate::billing::ptu::{self, Length, Request};
use crate::billing::quote::Quote;
use crate::billing::term::Span;
use crate::catalog::{Catalog, Model};
use crate::cli::failure::Failure;
use crate::cli::value;

/// Arguments of `quote ptu`.
#[derive(Debug, ClapArgs)]
#[command(after_help = "\
Examples:
  tollgate quote ptu qwen3-max-2025-09-23 --input-tpm 200k --output-tpm 20k --days 7
  tollgate quote ptu qwen3.6-flash-2026-04-16 --input-tpm 50k --output-tpm 4k --hours 1h30m")]
pub struct Args {
    /// The model's code
    model: String,

    /// Reserved input tokens per minute, such as `100k`
    #[arg(long, value_name = "TPM", value_parser = value::count, allow_negative_numbers = true)]
    input_tpm: u64,

    /// Reserved output tokens per minute
    #[arg(long, value_name = "TPM", value_parser = value::count, allow_negative_numbers = true)]
    output_tpm: u64,

    #[command(flatten)]
    length: LengthArgs,

    /// What output is priced for: `standard` or `code-interpreter`
    #[arg(long, value_name = "MODE", value_parser = value::mode)]
    mode: Option<Mode>,

    /// When it is ordered, in China Standard Time: `2026-06-01T21:59`
    #[arg(long, value_name = "DATETIME", value_parser = value::moment)]
    start: Option<Moment>,
}

/// Pay-as-you-go or subscription.
#[derive(Debug, ClapArgs)]
#[group(required = true, multiple = false)]
struct LengthArgs {
    /// Pay-as-you-go for so many hours (`1.5`) or a duration (`1h30m`, `7d`)
    #[arg(long, value_name = "HOURS", value_parser = value::hours, allow_negative_numbers = true)]
    hours: Option<Span>,

    /// A subscription of so many days
    #[arg(long, value_name = "DAYS", value_parser = value::days, allow_negative_numbers = true)]
    days: Option<u64>,
}

impl Args {
    /// The model's code, once the arguments are known to make sense together.
    pub fn checked(&self) -> Result<&str, Failure> {
        if self.input_tpm == 0 && self.output_tpm == 0 {
            return Err(Failure::usage(
                "`--input-tpm` and `--output-tpm` are both 0, so nothing is reserved",
                "give at least one of them, such as `--input-tpm 100k`",
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
        let length = match (self.length.hours, self.length.days) {
            (Some(span), _) => Length::Hours(span),
            (None, Some(days)) => Length::Days(days),
            (None, None) => {
                return Err(Failure::usage(
                    "missing `--hours` or `--days`",
                    "add one of them",
                ));
            }
        };
        let prices = catalog.ptu(model, length.term(), self.mode, as_of)?;
        let request = Request {
            model: catalog.model_ref(model)?,
            input_tpm: self.input_tpm,
            output_tpm: self.output_tpm,
            length,
            mode: self.mode,
            start: self.start,
        };
        Ok(ptu::quote(&request, &prices)?)
    }
}
