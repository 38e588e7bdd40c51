//! `tollgate quote tokens`.

use std::path::PathBuf;

use chrono::NaiveDate;
use clap::{ArgGroup, Args as ClapArgs, ValueEnum};

use super::bill::Asking;
use crate::billing::calendar::Moment;
use crate::billing::mode::Mode;
use crate::billing::quote::Rate;
use crate::billing::term::Span;
use crate::billing::term::months::DAYS_OF_A_MONTH;
use crate::cli::failure::Failure;
use crate::cli::files::{CHART, Files};
use crate::cli::funding::FundingArgs;
use crate::cli::growth::{Growing, GrowthArgs};
use crate::cli::load::LoadArgs;
use crate::cli::names::NamesArgs;
use crate::cli::output::Output;
use crate::cli::savings::SavingsArgs;
use crate::cli::trace::{LoadTime, TraceArgs};
use crate::cli::value;
use crate::order::{CacheUse, FundingOrder, TokensOrder, TraceOrder, TracedTokens, Usage};
use crate::workload::Steady;

/// Arguments of `quote tokens`.
#[derive(Debug, ClapArgs)]
#[command(group(ArgGroup::new("rated").args(["rpm", "load"]).multiple(true)))]
#[command(override_usage = "\
tollgate quote tokens [OPTIONS] <MODEL> --input <TOKENS>
                             --output <TOKENS>
       tollgate quote tokens [OPTIONS] <MODEL> --rpm <RATE>
                             --input-per-request <TOKENS>
                             --output-per-request <TOKENS>
       tollgate quote tokens [OPTIONS] [MODEL] --trace <FILE>
       tollgate quote tokens [OPTIONS] <MODEL> --load <LOAD>...")]
#[command(after_long_help = "\
Examples:
  tollgate quote tokens qwen3-32b --input 1.5M --output 300k --mode thinking
  tollgate quote tokens qwen3-max-2025-09-23 --requests 25 \\
    --input 1M --output 100k
  tollgate quote tokens glm-5.1 --rpm 2 --input-per-request 2k \\
    --output-per-request 500 --free-quota 1M")]
pub struct Args {
    /// The model's code
    ///
    /// Of a log without it, each call is priced as a call of its own model
    #[arg(required_unless_present = "trace")]
    model: Option<String>,

    /// Input tokens in all, such as `1.5M`
    #[arg(long, value_name = "TOKENS", value_parser = value::count, allow_hyphen_values = true, required_unless_present_any = ["rpm", "trace", "load"], conflicts_with_all = ["rpm", "trace", "load"], help_heading = "Usage")]
    input: Option<u64>,

    /// Output tokens in all
    #[arg(long, long_help = "Output tokens in all; or a file to write, whose ending names a format", value_name = "TOKENS", value_parser = Output::tokens_or_file, allow_hyphen_values = true, help_heading = "Usage")]
    output: Vec<Output>,

    /// How many of the input tokens are read from a cache
    #[arg(long, hide_short_help = true, value_name = "TOKENS", value_parser = value::count, allow_hyphen_values = true, requires = "input", conflicts_with_all = ["rpm", "trace", "load"], help_heading = "Usage")]
    cached_input: Option<u64>,

    /// How many of the input tokens are written to a cache
    #[arg(long, hide_short_help = true, value_name = "TOKENS", value_parser = value::count, allow_hyphen_values = true, requires = "input", conflicts_with_all = ["rpm", "trace", "load"], help_heading = "Usage")]
    cache_write: Option<u64>,

    /// How many requests they are: the average picks the tier
    #[arg(long, value_name = "N", value_parser = value::positive, allow_hyphen_values = true, conflicts_with_all = ["rpm", "trace", "load"], help_heading = "Usage")]
    requests: Option<u64>,

    /// What output is priced for: `non-thinking` or `thinking`
    #[arg(long, value_name = "MODE", value_parser = value::mode, help_heading = "Price")]
    mode: Option<Mode>,

    /// Which token prices
    ///
    /// [default: fine-tuned where the model has them, else standard; with `--free-quota` or
    /// `--savings-plan` the other way round]
    #[arg(
        long,
        hide_short_help = true,
        value_enum,
        value_name = "RATE",
        help_heading = "Price"
    )]
    rate: Option<RateArg>,

    /// Batch calls of an ordinary model
    #[arg(long, help_heading = "Price")]
    batch: bool,

    #[command(flatten)]
    load: LoadArgs,

    #[command(flatten)]
    trace: TraceArgs,

    #[command(flatten)]
    names: NamesArgs,

    #[command(flatten)]
    growth: GrowthArgs,

    /// Draw the minutes of the trace as an SVG file
    #[arg(
        long,
        hide_short_help = true,
        value_name = "FILE",
        help_heading = "Recorded traffic"
    )]
    chart_file: Option<PathBuf>,

    /// How long requests come each day [default: 24]
    #[arg(long, hide_short_help = true, value_name = "HOURS", requires = "rpm", value_parser = value::hours_per_day, allow_hyphen_values = true, conflicts_with_all = ["trace", "load"], help_heading = "Workload")]
    hours_per_day: Option<Span>,

    /// For how many days [default: 30]
    #[arg(long, hide_short_help = true, value_name = "DAYS", requires = "rated", value_parser = value::days, allow_hyphen_values = true, conflicts_with = "trace", help_heading = "Workload")]
    days: Option<u64>,

    #[command(flatten)]
    funding: FundingArgs,

    #[command(flatten)]
    savings: SavingsArgs,

    /// Say what becomes of calls while the balance of the account is overdue from this day or moment on
    #[arg(long, hide_short_help = true, value_name = "DATE[ TIME]", value_parser = value::day_or_moment, help_heading = "Funding")]
    overdue_since: Option<Moment>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum RateArg {
    FineTuned,
    Standard,
}

impl Args {
    /// How its calls grow.
    pub fn growing(&self) -> Result<Option<Growing>, Failure> {
        self.growth.growing()
    }

    /// The model's code.
    pub fn model(&self) -> &str {
        self.model.as_deref().unwrap_or_default()
    }

    /// The bill of a log, where no model is named.
    pub fn bill(&self, today: NaiveDate) -> Result<Option<Asking<'_>>, Failure> {
        if self.model.is_some() {
            self.names.refuse(
                "is for a log of several models, and one is named for all of its calls",
                "leave one of them out",
            )?;
            return Ok(None);
        }
        let (trace, order) = self.traced(today)?.ok_or_else(|| {
            Failure::usage("missing `<MODEL>`", "`tollgate models` lists every model")
        })?;
        if self.savings.given() && self.growing()?.is_some() {
            return Err(Failure::usage(
                "`--savings-plan` of a log of several models is not stated by the month",
                "name a model, or leave `--growth` out",
            ));
        }
        // One plan pays for all models, and for ordinary calls alone.
        let savings = order.savings;
        let rate = order.rate.or(savings.map(|_| Rate::Standard));
        Ok(Some(Asking {
            trace,
            order: TracedTokens {
                in_any_mode: true,
                rate,
                savings: None,
                ..order
            },
            savings,
            growing: self.growing()?,
            names: &self.names,
            chart_file: self.chart_file.clone(),
        }))
    }

    /// Whether the rules of what pays for usage are needed, which few ask for.
    pub fn asks_what_pays(&self) -> bool {
        self.savings.given() || self.funding.order().given() || self.overdue_since.is_some()
    }

    /// The files that the command reads and writes, apart from the catalog.
    pub fn files(&self) -> Files {
        Files::default()
            .reads_trace(&self.trace.files())
            .reads("a file of names", self.names.files())
            .writes(CHART, &self.chart_file)
    }

    /// The SVG file in which the minutes of the trace are drawn.
    pub fn chart_file(&self) -> Option<PathBuf> {
        self.chart_file.clone()
    }

    /// The output tokens, which a rate or a trace stands for, too. A file of `--output` is none.
    fn output(&self) -> Result<Option<u64>, Failure> {
        let mut given = self.output.iter().filter_map(Output::tokens);
        let (first, second) = (given.next(), given.next());
        let beside = [
            (second.is_some(), "is given twice"),
            (
                first.is_some() && self.load.rpm.is_some(),
                "does not go with `--rpm <RATE>`",
            ),
            (
                first.is_some() && self.trace.has_files(),
                "does not go with `--trace <FILE>`",
            ),
            (
                first.is_some() && self.trace.given(),
                "does not go with `--load <LOAD>`",
            ),
        ];
        match beside.into_iter().find(|(wrong, _)| *wrong) {
            None => Ok(first),
            Some((_, how)) => Err(Failure::usage(
                format!("`--output <TOKENS>` {how}"),
                "leave one of them out",
            )),
        }
    }

    /// The order of a recorded trace, where one was given.
    pub fn traced(&self, today: NaiveDate) -> Result<Option<(TraceOrder, TracedTokens)>, Failure> {
        self.output()?;
        let needs = [("--chart-file", self.chart_file.is_some())];
        let days = self.days.unwrap_or(DAYS_OF_A_MONTH);
        let time = LoadTime::of_days(today, days);
        let Some(mut trace) = self.trace.order(&needs, time)? else {
            return Ok(None);
        };
        trace.keeps_minutes = self.chart_file.is_some();
        trace.cache = self.load.cache(true)?;
        if self.overdue_since.is_some() {
            return Err(self.trace.refuses("`--overdue-since`"));
        }
        if self.funding.order().given() {
            return Err(self.trace.refuses("the funding flags"));
        }
        let order = TracedTokens {
            mode: self.mode,
            in_any_mode: false,
            rate: self.rate(),
            batch: self.batch,
            savings: self.savings.order(),
        };
        Ok(Some((trace, order)))
    }

    fn rate(&self) -> Option<Rate> {
        self.rate.map(|rate| match rate {
            RateArg::FineTuned => Rate::FineTuned,
            RateArg::Standard => Rate::Standard,
        })
    }

    /// The order, once its parts are known to make sense together.
    pub fn order(&self) -> Result<TokensOrder, Failure> {
        let output = self.output()?;
        let usage = match self.load.load()? {
            None => {
                let of_cache = CacheUse {
                    cached: self.cached_input,
                    hit: None,
                    cache_write: self.cache_write,
                };
                let input = self.input.unwrap_or(0);
                let output = output.ok_or_else(|| {
                    Failure::usage(
                        "missing `--output <TOKENS>`",
                        "add `--help` for what the command takes",
                    )
                })?;
                Usage::Sums {
                    tokens: of_cache.of_all(input, output)?,
                    requests: self.requests,
                    cache: self.load.cache(of_cache.given())?,
                }
            }
            Some(load) => Usage::Load(Steady {
                load,
                hours_per_day: self.hours_per_day.unwrap_or(Span::hours(24)),
                days: self.days.unwrap_or(DAYS_OF_A_MONTH),
            }),
        };
        let order = TokensOrder {
            usage,
            mode: self.mode,
            rate: self.rate(),
            batch: self.batch,
            funding: FundingOrder {
                savings: self.savings.order(),
                ..self.funding.order()
            },
            overdue_since: self.overdue_since,
        };
        order.check()?;
        Ok(order)
    }
}
