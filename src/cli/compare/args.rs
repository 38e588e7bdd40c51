//! The arguments of `compare`, and what they come to.

use std::path::PathBuf;

use chrono::NaiveDate;
use clap::Args as ClapArgs;
use rust_decimal::{Decimal, RoundingStrategy};

use super::current::CurrentArgs;
use crate::billing::capacity::Capacity;
use crate::billing::exact::plain;
use crate::billing::mode::Mode;
use crate::billing::number::grouped;
use crate::billing::ptu::Fit;
use crate::billing::quote::Parameters;
use crate::billing::spec::Spec;
use crate::billing::term::Span;
use crate::cli::failure::Failure;
use crate::cli::files::{CHART, Files};
use crate::cli::funding::FundingArgs;
use crate::cli::global::Globals;
use crate::cli::growth::GrowthArgs;
use crate::cli::load::LoadArgs;
use crate::cli::names::NamesArgs;
use crate::cli::quote::over_limit;
use crate::cli::trace::{FitArg, LoadTime, TraceArgs};
use crate::cli::value;
use crate::compare::{Comparison, Current, Kind, Row, percent_above};
use crate::order::{TraceFit, TraceOrder};
use crate::report::Format;
use crate::report::compare::LogReport;
use crate::workload::Steady;

/// Arguments of `compare`.
#[derive(Debug, ClapArgs)]
#[command(after_long_help = "\
Examples:
  tollgate compare qwen3-max-2025-09-23 \\
    --rpm 30 --input-per-request 4000 --output-per-request 400
  tollgate compare qwen3-8b qwen3-32b \\
    --rpm 60 --input-per-request 1k --output-per-request 200 \\
    --hours-per-day 10 --replica-capacity MU1x2=300k/60k \\
    --current mu-hourly --chart
  tollgate compare qwen3-max-2025-09-23 --trace calls.csv \\
    --fit cheapest --scale-to 30")]
pub struct Args {
    /// The models' codes, the one that is meant first
    ///
    /// Of a log without them, each of its models has its own ways
    #[arg(required_unless_present = "trace")]
    pub models: Vec<String>,

    #[command(flatten)]
    load: LoadArgs,

    /// In how many hours a day
    #[arg(long, value_name = "HOURS", default_value = "24", value_parser = value::hours_per_day, allow_hyphen_values = true, conflicts_with_all = ["trace", "load"], help_heading = "Workload")]
    hours_per_day: Span,

    /// For how many days
    #[arg(long, value_name = "DAYS", default_value = "30", value_parser = value::days, allow_hyphen_values = true, conflicts_with = "trace", help_heading = "Workload")]
    days: u64,

    #[command(flatten)]
    trace: TraceArgs,

    #[command(flatten)]
    pub names: NamesArgs,

    #[command(flatten)]
    pub growth: GrowthArgs,

    /// How reservations are sized [default: peak]
    #[arg(
        long,
        hide_short_help = true,
        value_enum,
        value_name = "HOW",
        help_heading = "Recorded traffic"
    )]
    fit: Option<FitArg>,

    /// What output is priced for, where a method prices by mode
    #[arg(long, hide_short_help = true, value_name = "MODE", value_parser = value::mode, help_heading = "What is compared")]
    pub mode: Option<Mode>,

    /// Only this specification of model units
    #[arg(long, hide_short_help = true, long_help = "Only this model unit specification; may be repeated [default: all of the model]", value_name = "SPEC", value_parser = value::spec, help_heading = "What is compared")]
    pub spec: Vec<Spec>,

    /// TPM of a replica, as `MU1x8=300k/60k`
    #[arg(long, long_help = "Input and output TPM that one replica serves, such as `MU1x8=300k/60k`; may be repeated", value_name = "SPEC=IN/OUT", value_parser = value::capacity, help_heading = "What is compared")]
    pub replica_capacity: Vec<Capacity>,

    /// The workload is of a model fine-tuned from this one: ordinary calls and PTU do not serve it
    #[arg(long, hide_short_help = true, help_heading = "What is compared")]
    fine_tuned: bool,

    /// Leave savings plans out, which are commitments of months
    #[arg(long, hide_short_help = true, help_heading = "What is compared")]
    pub no_savings_plan: bool,

    #[command(flatten)]
    current: CurrentArgs,

    /// Show so many of the ranked options, the cheapest first
    ///
    /// Of a log of several models, so many of each
    #[arg(long, hide_short_help = true, value_name = "N", value_parser = value::positive, allow_hyphen_values = true, help_heading = "Output")]
    pub top: Option<u64>,

    /// Draw cost against load under the table
    #[arg(
        long,
        long_help = "Draw cost against load under the table; other formats have none",
        help_heading = "Output"
    )]
    pub chart: bool,

    /// Write the chart to an SVG file: of a trace its minutes, with the cheapest reservation
    ///
    /// Of a log of several models it is the minutes of all
    #[arg(
        long,
        hide_short_help = true,
        value_name = "FILE",
        help_heading = "Output"
    )]
    pub chart_file: Option<PathBuf>,

    /// Write the best way of each model as a plan for `check`, and nothing over a file that exists
    #[arg(
        long,
        hide_short_help = true,
        value_name = "FILE",
        help_heading = "Output"
    )]
    pub write_plan: Option<PathBuf>,

    #[command(flatten)]
    pub funding: FundingArgs,
}

/// The workload that is compared, as the flags give it.
pub enum Workload {
    Steady(Steady),
    Trace(Box<TraceOrder>, TraceFit),
}

impl Workload {
    /// Whether it is a load that is described, whose calls all have the prices of one day.
    pub fn is_load(&self) -> bool {
        match self {
            Self::Steady(_) => false,
            Self::Trace(trace, _) => trace.from.is_load(),
        }
    }
}

impl Args {
    /// The files that the command reads and writes, apart from the catalog.
    pub fn files(&self) -> Files {
        Files::default()
            .reads_trace(&self.trace.files())
            .reads("a file of names", self.names.files())
            .writes(CHART, &self.chart_file)
            .writes("--write-plan", &self.write_plan)
    }

    /// The workload from the flags of a steady rate, or from those of a trace.
    pub fn workload(&self, is_page: bool, today: NaiveDate) -> Result<Workload, Failure> {
        self.check_units()?;
        if let Some(mut trace) = self.trace.order(&[], LoadTime::of_days(today, self.days))? {
            trace.keeps_minutes = self.chart_file.is_some() || is_page;
            trace.cache = self.load.cache(true)?;
            if self.funding.order().given() {
                return Err(self.trace.refuses("the funding flags"));
            }
            let fit = self.fit.map_or(TraceFit::Peak, FitArg::fit);
            return Ok(Workload::Trace(Box::new(trace), fit));
        }
        let Some(load) = self.load.load()? else {
            return Err(Failure::usage(
                "missing the workload: `--rpm`, `--input-per-request` and `--output-per-request`, or `--trace`, or `--load`",
                "as in `--rpm 30 --input-per-request 4000 --output-per-request 400`",
            ));
        };
        if load.per_request.is_empty() {
            return Err(Failure::usage(
                "`--input-per-request` and `--output-per-request` are both 0",
                "give at least one of them, such as `--input-per-request 4000`",
            ));
        }
        Ok(Workload::Steady(Steady {
            load,
            hours_per_day: self.hours_per_day,
            days: self.days,
        }))
    }

    /// How reservations for a steady rate are sized. It has no busy minutes of which a part could be left out.
    pub fn fit_of_rate(&self) -> Result<Fit, Failure> {
        match self.fit.map_or(TraceFit::Peak, FitArg::fit) {
            TraceFit::Peak => Ok(Fit::Peak),
            TraceFit::Cheapest => Ok(Fit::Cheapest),
            TraceFit::P99 | TraceFit::P95 if self.load.load()?.is_none() => Ok(Fit::Peak),
            TraceFit::P99 | TraceFit::P95 => Err(Failure::usage(
                "`--fit p99` and `--fit p95` are for the minutes of a trace, and those of a steady rate are alike",
                "use `--fit peak` or `--fit cheapest`",
            )),
        }
    }

    /// Refuses a specification for which something is given twice.
    fn check_units(&self) -> Result<(), Failure> {
        for (at, capacity) in self.replica_capacity.iter().enumerate() {
            let mut others = self.replica_capacity.iter().skip(at.saturating_add(1));
            if others.any(|other| other.spec == capacity.spec) {
                return Err(Failure::usage(
                    format!(
                        "`--replica-capacity` is given twice for `{}`",
                        capacity.spec
                    ),
                    "leave one of them out",
                ));
            }
        }
        Ok(())
    }

    /// Refuses a limit above the cheapest where nobody said what it holds.
    pub fn check_current(&self) -> Result<(), Failure> {
        self.current.check()
    }

    /// A line where a log costs more than a limit above the best way of each of its models, as it is paid now.
    pub fn above_best(&self, report: &LogReport) -> Result<Option<String>, Failure> {
        let Some(most) = self.current.fail_above_cheapest else {
            return Ok(None);
        };
        let (Some(paid), best) = (report.paid, report.best) else {
            return Err(Failure::usage(
                "`--fail-above-cheapest` cannot be held: what is paid now is not known of every model",
                "name another way with `--current`, or pick models with `--where`",
            ));
        };
        let now = report.said_now();
        Ok(match percent_above(paid.amount, best.amount)? {
            Some(above) if above <= most => None,
            Some(above) => Some(format!(
                "the log costs {paid} by {now}, {}% above the best way of each model, and the limit is {}%",
                said_above(above, most),
                plain(most)
            )),
            // Any cost is more than any share above nothing.
            None if paid.amount.is_zero() => None,
            None => Some(format!(
                "the log costs {paid} by {now}, where the best way of each model costs nothing, and the limit is {}%",
                plain(most)
            )),
        })
    }

    /// Whether a trace is compared.
    pub fn has_trace(&self) -> bool {
        self.trace.has_files()
    }

    /// Refuses chart flags where no chart can be drawn.
    pub fn check_chart(&self, globals: &Globals) -> Result<(), Failure> {
        if self.chart && globals.format() != Format::Table {
            return Err(Failure::usage(
                "`--chart` draws under a table, and another format is asked for",
                "use `--chart-file cost.svg`, or leave one of them out",
            ));
        }
        if self.chart && self.trace.given() {
            return Err(Failure::usage(
                "`--chart` draws cost against the rate of a steady workload, and a trace has none",
                "use `--chart-file tpm.svg`, which draws the minutes of the trace",
            ));
        }
        Ok(())
    }

    /// How the workload is served today, where that was said; its term is counted from `today`.
    pub fn current(&self, today: NaiveDate) -> Result<Option<Current>, Failure> {
        let current = self.current.current(today, self.fine_tuned)?;
        let with_plan = current.is_some_and(|current| current.kind == Kind::SavingsPlan);
        if with_plan && self.no_savings_plan {
            return Err(Failure::usage(
                "`--current savings-plan` cannot be used with `--no-savings-plan`",
                "leave one of them out",
            ));
        }
        Ok(current)
    }

    /// Whether the workload is of a model that is fine-tuned from the one that is named.
    pub fn is_fine_tuned(&self) -> bool {
        self.fine_tuned || self.current.is_fine_tuned()
    }

    /// Refuses limits that cannot be held: against an option that is not known to serve.
    pub fn check_limits(&self, comparison: &Comparison, globals: &Globals) -> Result<(), Failure> {
        let spec = comparison
            .unranked
            .iter()
            .find_map(|one| match one.row.quote.parameters {
                Parameters::Mu { spec, .. } => Some(spec),
                _ => None,
            });
        let unknown = |flag: &str, what: &str| {
            Err(Failure::usage(
                format!("`{flag}` cannot be held: {what} known to serve the workload"),
                match spec {
                    Some(spec) => format!(
                        "say what a replica serves with `--replica-capacity`, such as `--replica-capacity {spec}=300k/60k`"
                    ),
                    None => "leave it out".to_owned(),
                },
            ))
        };
        let is_ranked = |row: &Row| row.rank.is_some();
        if self.current.fail_above_cheapest.is_some()
            && !comparison.current().is_some_and(is_ranked)
        {
            return unknown("--fail-above-cheapest", "the current method is not");
        }
        if globals.max_cost.is_some() && comparison.rows.is_empty() {
            return unknown("--max-cost", "no option is");
        }
        Ok(())
    }

    /// A line for each limit that is exceeded.
    pub fn exceeded(
        &self,
        comparison: &Comparison,
        globals: &Globals,
    ) -> Result<Vec<String>, Failure> {
        let mut lines = Vec::new();
        if let Some(cheapest) = comparison.rows.first() {
            lines.extend(over_limit(&cheapest.quote, globals)?);
        }
        let current = comparison.current();
        if let (Some(most), Some(row)) = (self.current.fail_above_cheapest, current) {
            let above = match row.above_cheapest {
                Some(above) if above <= most => None,
                Some(above) => Some(format!(
                    "costs {}% above the cheapest",
                    said_above(above, most)
                )),
                // Any cost is more than any share above nothing.
                None if row.quote.total.is_zero() => None,
                None => Some(format!(
                    "costs {} where the cheapest costs nothing",
                    row.quote.total_money()
                )),
            };
            lines.extend(above.map(|above| {
                format!(
                    "the current method `{}` {above}, and the limit is {}%",
                    row.kind.name(),
                    plain(most)
                )
            }));
        }
        Ok(lines)
    }
}

/// A percent that is above a limit, with 2 digits, or as many more as it takes to be seen above it.
fn said_above(percent: Decimal, limit: Decimal) -> String {
    let decimals = 2..=percent.scale().max(2);
    let rounded = decimals.map(|digits| {
        let nearest = RoundingStrategy::MidpointAwayFromZero;
        (percent.round_dp_with_strategy(digits, nearest), digits)
    });
    let mut seen = rounded.skip_while(|(shown, _)| *shown <= limit);
    let (shown, digits) = seen.next().unwrap_or((percent, percent.scale()));
    grouped(shown, digits)
}
