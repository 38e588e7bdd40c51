//! `tollgate quote ptu`.

use clap::{Args as ClapArgs, ValueEnum};

use crate::billing::calendar::Moment;
use crate::billing::load::OnOverflow;
use crate::billing::mode::Mode;
use crate::billing::ptu::{Fit, Length};
use crate::billing::term::Span;
use crate::cli::failure::Failure;
use crate::cli::funding::FundingArgs;
use crate::cli::load::LoadArgs;
use crate::cli::value;
use crate::order::PtuOrder;

/// Arguments of `quote ptu`.
#[derive(Debug, ClapArgs)]
#[command(override_usage = "\
tollgate quote ptu [OPTIONS] <MODEL> --input-tpm <TPM> --output-tpm <TPM>
                          <--hours <HOURS>|--days <DAYS>|--months <MONTHS>>
       tollgate quote ptu [OPTIONS] <MODEL> --fit <HOW> --rpm <RATE>
                          --input-per-request <TOKENS>
                          --output-per-request <TOKENS>
                          <--hours <HOURS>|--days <DAYS>|--months <MONTHS>>")]
#[command(after_help = "\
Examples:
  tollgate quote ptu glm-5.1 --input-tpm 200k --output-tpm 20k --days 7
  tollgate quote ptu glm-5.1 --input-tpm 50k --output-tpm 4k --hours 1h30m
  tollgate quote ptu glm-5.1 --fit peak --days 30 \\
    --rpm 30 --input-per-request 4000 --output-per-request 400")]
pub struct Args {
    /// The model's code
    model: String,

    /// Reserved input tokens per minute, such as `100k`
    #[arg(long, value_name = "TPM", value_parser = value::count, allow_hyphen_values = true, required_unless_present = "fit")]
    input_tpm: Option<u64>,

    /// Reserved output tokens per minute
    #[arg(long, value_name = "TPM", value_parser = value::count, allow_hyphen_values = true, required_unless_present = "fit")]
    output_tpm: Option<u64>,

    #[command(flatten)]
    length: LengthArgs,

    /// What output is priced for: `standard` or `code-interpreter`
    #[arg(long, value_name = "MODE", value_parser = value::mode)]
    mode: Option<Mode>,

    /// Deploy and delete it so many times; each run is rounded up by itself
    #[arg(long, value_name = "N", default_value = "1", value_parser = value::runs, allow_hyphen_values = true, conflicts_with_all = ["days", "months", "start"])]
    runs: u64,

    /// When it is ordered, in China Standard Time: `2026-06-01T21:59`
    #[arg(long, value_name = "DATETIME", value_parser = value::moment)]
    start: Option<Moment>,

    #[command(flatten)]
    load: LoadArgs,

    /// How long the load lasts each day of a subscription [default: 24]
    #[arg(long, value_name = "HOURS", requires = "rpm", value_parser = value::hours_per_day, allow_hyphen_values = true, conflicts_with = "hours")]
    hours_per_day: Option<Span>,

    /// What is done with calls that do not fit [default: bill]
    #[arg(long, value_enum, value_name = "WHAT", requires = "rpm")]
    on_overflow: Option<OnOverflowArg>,

    /// Size the reservation for the load instead of giving its TPM
    #[arg(long, value_enum, value_name = "HOW", requires = "rpm", conflicts_with_all = ["input_tpm", "output_tpm"])]
    fit: Option<FitArg>,

    #[command(flatten)]
    funding: FundingArgs,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum OnOverflowArg {
    /// They are billed as ordinary calls
    Bill,
    /// They are refused, and cost nothing
    Reject,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum FitArg {
    /// Every call fits
    Peak,
    /// Reservation and overflow together cost least
    Cheapest,
}

/// Pay-as-you-go or subscription.
#[derive(Debug, ClapArgs)]
#[group(required = true, multiple = false)]
struct LengthArgs {
    /// Pay-as-you-go for so many hours (`1.5`) or a duration (`1h30m`, `7d`)
    #[arg(long, value_name = "HOURS", value_parser = value::hours, allow_hyphen_values = true)]
    hours: Option<Span>,

    /// A subscription of so many days
    #[arg(long, value_name = "DAYS", value_parser = value::days, allow_hyphen_values = true)]
    days: Option<u64>,

    /// A subscription of so many months, where it is priced so
    #[arg(long, value_name = "MONTHS", value_parser = value::months, allow_hyphen_values = true)]
    months: Option<u32>,
}

impl Args {
    /// The model's code.
    pub fn model(&self) -> &str {
        &self.model
    }

    /// The order, once its parts are known to make sense together.
    pub fn order(&self) -> Result<PtuOrder, Failure> {
        let length = match (self.length.hours, self.length.days, self.length.months) {
            (Some(span), _, _) => Length::Hours {
                span,
                runs: self.runs,
            },
            (None, Some(days), _) => Length::Days(days),
            (None, None, Some(months)) => Length::Months(months),
            (None, None, None) => {
                return Err(Failure::usage(
                    "missing `--hours`, `--days` or `--months`",
                    "add one of them",
                ));
            }
        };
        let order = PtuOrder {
            input_tpm: self.input_tpm.unwrap_or(0),
            output_tpm: self.output_tpm.unwrap_or(0),
            length,
            mode: self.mode,
            start: self.start,
            load: self.load.load(),
            hours_per_day: self.hours_per_day,
            on_overflow: self.on_overflow.map(|what| match what {
                OnOverflowArg::Bill => OnOverflow::Bill,
                OnOverflowArg::Reject => OnOverflow::Reject,
            }),
            fit: self.fit.map(|fit| match fit {
                FitArg::Peak => Fit::Peak,
                FitArg::Cheapest => Fit::Cheapest,
            }),
            funding: self.funding.order(),
        };
        order.check()?;
        Ok(order)
    }
}
