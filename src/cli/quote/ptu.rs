//! `tollgate quote ptu`.

use std::path::PathBuf;

use chrono::NaiveDate;
use clap::{ArgGroup, Args as ClapArgs, ValueEnum};

use crate::billing::calendar::Moment;
use crate::billing::load::OnOverflow;
use crate::billing::mode::Mode;
use crate::billing::ptu::{Fit, Fixed, Length};
use crate::billing::speed::Speed;
use crate::billing::term::Span;
use crate::billing::units::Asked;
use crate::cli::failure::Failure;
use crate::cli::files::{CHART, Files};
use crate::cli::funding::FundingArgs;
use crate::cli::growth::{Growing, GrowthArgs};
use crate::cli::load::LoadArgs;
use crate::cli::savings::SavingsArgs;
use crate::cli::trace::{FitArg, LoadTime, TraceArgs};
use crate::cli::value;
use crate::order::{FundingOrder, PtuOrder, TraceOrder, TraceTerm, TracedPtu};

/// Arguments of `quote ptu`.
#[derive(Debug, ClapArgs)]
#[command(group(ArgGroup::new("traffic").args(["rpm", "trace", "load"])))]
#[command(override_usage = "\
tollgate quote ptu [OPTIONS] <MODEL>
                          <--input-tpm <TPM> --output-tpm <TPM>|--units <N>>
                          <--hours <HOURS>|--days <DAYS>|--months <MONTHS>>
       tollgate quote ptu [OPTIONS] <MODEL> --fit <HOW> --rpm <RATE>
                          --input-per-request <TOKENS>
                          --output-per-request <TOKENS>
                          <--hours <HOURS>|--days <DAYS>|--months <MONTHS>>
       tollgate quote ptu [OPTIONS] <MODEL> --trace <FILE>|--load <LOAD>...
                          <--input-tpm <TPM> --output-tpm <TPM>|--units <N>|
                           --fit <HOW>>")]
#[command(after_long_help = "\
Examples:
  tollgate quote ptu glm-5.1 --input-tpm 200k --output-tpm 20k --days 7 --renew 2
  tollgate quote ptu glm-5.1 --input-tpm 50k --output-tpm 4k --hours 1h30m
  tollgate quote ptu glm-5.1 --fit peak --days 30 \\
    --rpm 30 --input-per-request 4000 --output-per-request 400
  tollgate quote ptu glm-5.1 --trace calls.csv --fit p99 --scale-to 30")]
pub struct Args {
    /// The model's code
    model: String,

    /// Input tokens per minute, such as `100k`
    #[arg(long, value_name = "TPM", value_parser = value::count, allow_hyphen_values = true, help_heading = "Reservation")]
    input_tpm: Option<u64>,

    /// Output tokens per minute
    #[arg(long, value_name = "TPM", value_parser = value::count, allow_hyphen_values = true, help_heading = "Reservation")]
    output_tpm: Option<u64>,

    /// Units, where the reservation is sold in units
    #[arg(long, hide_short_help = true, value_name = "N", value_parser = value::count, allow_hyphen_values = true, conflicts_with_all = ["input_tpm", "output_tpm"], help_heading = "Reservation")]
    units: Option<u64>,

    /// Size it for the load or the trace instead
    #[arg(long, value_enum, value_name = "HOW", requires = "traffic", conflicts_with_all = ["input_tpm", "output_tpm", "units"], help_heading = "Reservation")]
    fit: Option<FitArg>,

    /// Which throughput reservation: `standard` speed, or `high-speed` at the prices of provisioned throughput
    #[arg(
        long,
        hide_short_help = true,
        value_enum,
        value_name = "SPEED",
        conflicts_with = "units",
        help_heading = "Reservation"
    )]
    service: Option<ServiceArg>,

    /// What output is priced for: `standard` or `code-interpreter`
    #[arg(long, hide_short_help = true, value_name = "MODE", value_parser = value::mode, help_heading = "Reservation")]
    mode: Option<Mode>,

    #[command(flatten)]
    length: LengthArgs,

    /// Renew the subscription so many times after its first term
    #[arg(long, hide_short_help = true, value_name = "TIMES", value_parser = value::renewals, allow_hyphen_values = true, help_heading = "Term")]
    renew: Option<u32>,

    /// Deploy and delete it so many times; each run is rounded up by itself
    #[arg(long, hide_short_help = true, value_name = "N", default_value = "1", value_parser = value::runs, allow_hyphen_values = true, conflicts_with_all = ["days", "months", "blocks", "weeks", "quarters", "years", "start"], help_heading = "Term")]
    runs: u64,

    /// When it is ordered, in China Standard Time: `2026-06-01T21:59`
    #[arg(long, hide_short_help = true, value_name = "DATETIME", value_parser = value::moment, help_heading = "Term")]
    start: Option<Moment>,

    #[command(flatten)]
    load: LoadArgs,

    #[command(flatten)]
    trace: TraceArgs,

    #[command(flatten)]
    growth: GrowthArgs,

    /// Print what the trace contributes, as JSON for `tollgate merge`, instead of a quote
    #[arg(
        long,
        hide_short_help = true,
        conflicts_with = "fit",
        help_heading = "Recorded traffic"
    )]
    partial: bool,

    /// Draw the minutes of the trace as an SVG file
    #[arg(
        long,
        hide_short_help = true,
        value_name = "FILE",
        conflicts_with = "partial",
        help_heading = "Recorded traffic"
    )]
    chart_file: Option<PathBuf>,

    /// How long the load lasts each day of a subscription [default: 24]
    #[arg(long, hide_short_help = true, value_name = "HOURS", requires = "rpm", value_parser = value::hours_per_day, allow_hyphen_values = true, conflicts_with_all = ["hours", "blocks", "trace", "load"], help_heading = "Workload")]
    hours_per_day: Option<Span>,

    /// What is done with calls that do not fit [default: bill]
    #[arg(
        long,
        hide_short_help = true,
        value_enum,
        value_name = "WHAT",
        requires = "traffic",
        help_heading = "Workload"
    )]
    on_overflow: Option<OnOverflowArg>,

    #[command(flatten)]
    funding: FundingArgs,

    #[command(flatten)]
    savings: SavingsArgs,

    /// Take the free quota to pay for calls beyond the reservation too, which is not established
    #[arg(
        long,
        hide_short_help = true,
        requires = "free_quota",
        help_heading = "Funding"
    )]
    free_covers_overflow: bool,

    /// Say what becomes of it while the balance of the account is overdue from this day or moment on
    #[arg(long, hide_short_help = true, value_name = "DATE[ TIME]", value_parser = value::day_or_moment, help_heading = "Funding")]
    overdue_since: Option<Moment>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum OnOverflowArg {
    /// They are billed as ordinary calls
    Bill,
    /// They are refused, and cost nothing
    Reject,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum ServiceArg {
    /// By the day or in blocks of 8 hours, from a minimum on
    Standard,
    /// By the day or pay-as-you-go
    HighSpeed,
}

impl ServiceArg {
    fn speed(self) -> Speed {
        match self {
            Self::Standard => Speed::Standard,
            Self::HighSpeed => Speed::High,
        }
    }
}

/// Pay-as-you-go or subscription; of a trace its span, where it is not said.
#[derive(Debug, ClapArgs)]
#[command(next_help_heading = "Term")]
#[group(multiple = false)]
struct LengthArgs {
    /// Pay-as-you-go: hours (`1.5`), or `1h30m`, `7d`
    #[arg(long, value_name = "HOURS", value_parser = value::hours, allow_hyphen_values = true)]
    hours: Option<Span>,

    /// A subscription of so many days
    #[arg(long, value_name = "DAYS", value_parser = value::days, allow_hyphen_values = true)]
    days: Option<u64>,

    /// A subscription of months, where it is sold so
    #[arg(long, hide_short_help = true, value_name = "MONTHS", value_parser = value::months, allow_hyphen_values = true)]
    months: Option<u32>,

    /// Blocks of 8 hours, where it is sold so
    #[arg(long, hide_short_help = true, value_name = "BLOCKS", value_parser = value::blocks, allow_hyphen_values = true)]
    blocks: Option<u32>,

    /// A subscription of weeks, where it is sold so
    #[arg(long, hide_short_help = true, value_name = "WEEKS", value_parser = value::weeks, allow_hyphen_values = true)]
    weeks: Option<u32>,

    /// A subscription of terms of three months, where it is sold so
    #[arg(long, hide_short_help = true, value_name = "QUARTERS", value_parser = value::quarters, allow_hyphen_values = true)]
    quarters: Option<u32>,

    /// A subscription of years, where it is sold so
    #[arg(long, hide_short_help = true, value_name = "YEARS", value_parser = value::years, allow_hyphen_values = true)]
    years: Option<u32>,
}

impl Args {
    /// How its calls grow.
    pub fn growing(&self) -> Result<Option<Growing>, Failure> {
        self.growth.growing()
    }

    /// The model's code.
    pub fn model(&self) -> &str {
        &self.model
    }

    /// Whether the rules of what pays for usage are needed, which few ask for.
    pub fn asks_what_pays(&self) -> bool {
        self.savings.given() || self.funding.order().given() || self.overdue_since.is_some()
    }

    /// Whether only what the trace contributes is asked for.
    pub fn partial(&self) -> bool {
        self.partial
    }

    /// The files that the command reads and writes, apart from the catalog.
    pub fn files(&self) -> Files {
        Files::default()
            .reads_trace(&self.trace.files())
            .writes(CHART, &self.chart_file)
    }

    /// The SVG file in which the minutes of the trace are drawn.
    pub fn chart_file(&self) -> Option<PathBuf> {
        self.chart_file.clone()
    }

    /// The order of a recorded trace, where one was given.
    pub fn traced(&self, today: NaiveDate) -> Result<Option<(TraceOrder, TracedPtu)>, Failure> {
        let needs = [
            ("--partial", self.partial),
            ("--chart-file", self.chart_file.is_some()),
        ];
        let term = self.length().map_or(TraceTerm::Hours, TraceTerm::Given);
        let time = LoadTime::of_term(today, term)?;
        let Some(mut trace) = self.trace.order(&needs, time)? else {
            return Ok(None);
        };
        trace.keeps_minutes = self.chart_file.is_some();
        trace.cache = self.load.cache(true)?;
        if self.partial && trace.cache.is_some() {
            return Err(Failure::usage(
                "`--partial` cannot be used with `--cache`: hits are priced where the parts are merged",
                "leave one of them out",
            ));
        }
        if self.partial && trace.from.is_load() {
            return Err(Failure::usage(
                "`--partial` cannot be used with `--load`: a load has no parts to be merged",
                "leave one of them out",
            ));
        }
        if self.partial
            && trace
                .from
                .options()
                .is_some_and(|options| options.derived.is_some())
        {
            return Err(Failure::usage(
                "`--partial` cannot be used with `--cache-from`: a part does not know what the parts before it have cached",
                "read the whole trace in one run",
            ));
        }
        if self.partial && self.service.is_some() {
            return Err(Failure::usage(
                "`--partial` cannot be used with `--service`: parts are priced as provisioned throughput",
                "read the whole trace in one run",
            ));
        }
        if self.renew.is_some() {
            let flag = self.trace.flag();
            return Err(Failure::usage(
                format!("`--renew` cannot be used with `{flag}`: a trace is served in one term"),
                "leave one of them out, or give a term of `--days` that covers all of it",
            ));
        }
        let untold = [
            (self.funding.order().given(), "the funding flags"),
            (self.start.is_some(), "`--start`"),
            (self.runs > 1, "`--runs`"),
            (self.overdue_since.is_some(), "`--overdue-since`"),
        ];
        if let Some((_, flag)) = untold.iter().find(|(given, _)| *given) {
            return Err(self.trace.refuses(flag));
        }
        if self.partial && self.savings.given() {
            return Err(Failure::usage(
                "`--partial` cannot be used with `--savings-plan`: a plan pays for all parts together",
                "leave one of them out",
            ));
        }
        let order = TracedPtu {
            asked: self.asked(),
            fit: self.fit.map(FitArg::fit),
            service: self.service(),
            term,
            mode: self.mode,
            in_any_mode: false,
            on_overflow: self.on_overflow().unwrap_or(OnOverflow::Bill),
            savings: self.savings.order(),
            dtu: None,
        };
        order.check()?;
        Ok(Some((trace, order)))
    }

    /// How much is reserved, where it is said.
    fn asked(&self) -> Option<Asked> {
        let sides = self.input_tpm.zip(self.output_tpm);
        let sides = sides.map(|(input_tpm, output_tpm)| Asked::Sides {
            input_tpm,
            output_tpm,
        });
        self.units.map(Asked::Units).or(sides)
    }

    fn on_overflow(&self) -> Option<OnOverflow> {
        self.on_overflow.map(|what| match what {
            OnOverflowArg::Bill => OnOverflow::Bill,
            OnOverflowArg::Reject => OnOverflow::Reject,
        })
    }

    /// The flags of tokens per minute that are missing, where nothing else says how much is reserved.
    pub fn missing_size(&self) -> Vec<&'static str> {
        let sides = [
            ("--input-tpm <TPM>", self.input_tpm),
            ("--output-tpm <TPM>", self.output_tpm),
        ];
        let is_said = self.units.is_some() || self.fit.is_some();
        let missing = sides.iter().filter(|(_, tpm)| !is_said && tpm.is_none());
        missing.map(|(flag, _)| *flag).collect()
    }

    /// Which throughput reservation is asked for, where one is.
    pub fn service(&self) -> Option<Speed> {
        self.service.map(ServiceArg::speed)
    }

    /// How long it is reserved, where that is said.
    pub fn length(&self) -> Option<Length> {
        let LengthArgs {
            hours,
            days,
            months,
            blocks,
            weeks,
            quarters,
            years,
        } = self.length;
        let fixed = [
            (Fixed::Block, blocks),
            (Fixed::Week, weeks),
            (Fixed::Quarter, quarters),
            (Fixed::Year, years),
        ];
        let mut fixed = fixed.into_iter();
        let runs = self.runs;
        hours
            .map(|span| Length::Hours { span, runs })
            .or(days.map(Length::Days))
            .or(months.map(Length::Months))
            .or_else(|| fixed.find_map(|(one, count)| Some(Length::Fixed(one, count?))))
    }

    /// The order, once its parts are known to make sense together.
    pub fn order(&self, length: Length) -> Result<PtuOrder, Failure> {
        let fit = match self.fit {
            None => None,
            Some(FitArg::Peak) => Some(Fit::Peak),
            Some(FitArg::Cheapest) => Some(Fit::Cheapest),
            Some(FitArg::P99 | FitArg::P95) => {
                return Err(Failure::usage(
                    "`--fit p99` and `--fit p95` count the minutes of a trace",
                    "add `--trace <FILE>`, or use `--fit peak`: a steady load is the same in every minute",
                ));
            }
        };
        let order = PtuOrder {
            asked: self.asked(),
            service: self.service(),
            in_term: false,
            length,
            renew: self.renew.unwrap_or(0),
            mode: self.mode,
            start: self.start,
            overdue_since: self.overdue_since,
            load: self.load.load()?,
            hours_per_day: self.hours_per_day,
            days: None,
            on_overflow: self.on_overflow(),
            fit,
            funding: FundingOrder {
                covers_overflow: self.free_covers_overflow,
                savings: self.savings.order(),
                ..self.funding.order()
            },
        };
        order.check()?;
        Ok(order)
    }
}
