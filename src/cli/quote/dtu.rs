//! `tollgate quote dtu`.

use std::path::PathBuf;

use chrono::NaiveDate;
use clap::{ArgGroup, Args as ClapArgs, ValueEnum};

use crate::billing::calendar::Moment;
use crate::billing::ptu::{Fit, Length};
use crate::billing::term::Span;
use crate::billing::units::Asked;
use crate::cli::failure::Failure;
use crate::cli::files::{CHART, Files};
use crate::cli::growth::{Growing, GrowthArgs};
use crate::cli::load::LoadArgs;
use crate::cli::trace::{LoadTime, TraceArgs};
use crate::cli::value;
use crate::order::{Conflict, DtuOrder, FundingOrder, PtuOrder, TraceOrder, TraceTerm, TracedDtu};

/// Arguments of `quote dtu`.
#[derive(Debug, ClapArgs)]
#[command(group(ArgGroup::new("traffic").args(["rpm", "trace", "load"])))]
#[command(override_usage = "\
tollgate quote dtu [OPTIONS] <MODEL> --months <MONTHS>
                          <--units <N>|--input-tpm <TPM> --output-tpm <TPM>>
       tollgate quote dtu [OPTIONS] <MODEL> --months <MONTHS> --fit <HOW>
                          --rpm <RATE> --input-per-request <TOKENS>
                          --output-per-request <TOKENS>
       tollgate quote dtu [OPTIONS] <MODEL> --months <MONTHS> --fit <HOW>
                          --trace <FILE>|--load <LOAD>...")]
#[command(after_long_help = "\
Examples:
  tollgate quote dtu qwen3.6-27b --input-tpm 600k --output-tpm 60k --months 1
  tollgate quote dtu qwen3.5-27b --months 3 --fit peak \\
    --rpm 60 --input-per-request 8000 --output-per-request 800
  tollgate quote dtu qwen3.5-27b --spec Efficient --units 2 --months 2 \\
    --cancel-after 40")]
pub struct Args {
    /// The model's code
    model: String,

    /// The specification, such as `Fast` [default: all of the model]
    #[arg(long, hide_short_help = true, value_name = "SPEC", value_parser = value::dtu_spec, help_heading = "Reservation")]
    spec: Option<String>,

    /// How many units
    #[arg(long, value_name = "N", value_parser = value::count, allow_hyphen_values = true, conflicts_with_all = ["input_tpm", "output_tpm"], help_heading = "Reservation")]
    units: Option<u64>,

    /// Input tokens per minute that the units have to hold, such as `600k`
    #[arg(long, value_name = "TPM", value_parser = value::count, allow_hyphen_values = true, required_unless_present_any = ["fit", "units"], help_heading = "Reservation")]
    input_tpm: Option<u64>,

    /// Output tokens per minute that they have to hold
    #[arg(long, value_name = "TPM", value_parser = value::count, allow_hyphen_values = true, required_unless_present_any = ["fit", "units"], help_heading = "Reservation")]
    output_tpm: Option<u64>,

    /// Size it for the load or the trace instead
    #[arg(long, value_enum, value_name = "HOW", requires = "traffic", conflicts_with_all = ["input_tpm", "output_tpm", "units"], help_heading = "Reservation")]
    fit: Option<FitArg>,

    /// A term of so many months
    #[arg(long, value_name = "MONTHS", value_parser = value::months, allow_hyphen_values = true, help_heading = "Term")]
    months: u32,

    /// Renew the term so many times after the first
    #[arg(long, hide_short_help = true, value_name = "TIMES", value_parser = value::renewals, allow_hyphen_values = true, conflicts_with_all = ["trace", "load"], help_heading = "Term")]
    renew: Option<u32>,

    /// End the term after so many days
    #[arg(long, hide_short_help = true, value_name = "DAYS", value_parser = value::span_in_days, allow_hyphen_values = true, conflicts_with_all = ["trace", "load"], help_heading = "Term")]
    cancel_after: Option<Span>,

    /// When it is ordered, in China Standard Time: `2026-10-01T10:00`
    #[arg(long, hide_short_help = true, value_name = "DATETIME", value_parser = value::moment, conflicts_with_all = ["trace", "load"], help_heading = "Term")]
    start: Option<Moment>,

    #[command(flatten)]
    load: LoadArgs,

    /// How long the load lasts each day [default: 24]
    #[arg(long, hide_short_help = true, value_name = "HOURS", requires = "rpm", value_parser = value::hours_per_day, allow_hyphen_values = true, conflicts_with_all = ["trace", "load"], help_heading = "Workload")]
    hours_per_day: Option<Span>,

    #[command(flatten)]
    trace: TraceArgs,

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

    /// Say what becomes of it while the balance of the account is overdue from this day or moment on
    #[arg(long, hide_short_help = true, value_name = "DATE[ TIME]", value_parser = value::day_or_moment, conflicts_with_all = ["trace", "load"], help_heading = "Term")]
    overdue_since: Option<Moment>,
}

/// How many units are bought.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum FitArg {
    /// As few as hold every call
    Peak,
    /// The same: what calls beyond the units cost is not known
    Cheapest,
}

impl FitArg {
    fn fit(self) -> Fit {
        match self {
            Self::Peak => Fit::Peak,
            Self::Cheapest => Fit::Cheapest,
        }
    }
}

impl Args {
    /// Whether the rules of what pays for usage are needed, which few ask for.
    pub fn asks_what_pays(&self) -> bool {
        self.overdue_since.is_some()
    }

    /// How its calls grow.
    pub fn growing(&self) -> Result<Option<Growing>, Failure> {
        self.growth.growing()
    }

    /// The model's code.
    pub fn model(&self) -> &str {
        &self.model
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
    pub fn traced(&self, today: NaiveDate) -> Result<Option<(TraceOrder, TracedDtu)>, Failure> {
        let needs = [("--chart-file", self.chart_file.is_some())];
        let term = TraceTerm::Given(Length::Months(self.months));
        let time = LoadTime::of_term(today, term)?;
        let Some(mut trace) = self.trace.order(&needs, time)? else {
            return Ok(None);
        };
        trace.keeps_minutes = self.chart_file.is_some();
        trace.cache = self.load.cache(true)?;
        let asked = self.asked();
        if let Some(asked) = asked.filter(|asked| asked.is_nothing()) {
            return Err(Conflict::nothing_reserved(Some(asked)).into());
        }
        let order = TracedDtu {
            spec: self.spec.clone(),
            asked,
            fit: self.fit.map(FitArg::fit),
            term: TraceTerm::Given(Length::Months(self.months)),
        };
        Ok(Some((trace, order)))
    }

    /// The order, once its parts are known to make sense together.
    pub fn order(&self) -> Result<DtuOrder, Failure> {
        let order = DtuOrder {
            spec: self.spec.clone(),
            cancel_after: self.cancel_after,
            order: PtuOrder {
                asked: self.asked(),
                service: None,
                in_term: false,
                length: Length::Months(self.months),
                mode: None,
                renew: self.renew.unwrap_or(0),
                start: self.start,
                overdue_since: self.overdue_since,
                load: self.load.load()?,
                hours_per_day: self.hours_per_day,
                days: None,
                on_overflow: None,
                fit: self.fit.map(FitArg::fit),
                funding: FundingOrder::default(),
            },
        };
        order.check()?;
        Ok(order)
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
}
