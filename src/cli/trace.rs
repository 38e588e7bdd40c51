//! The flags of a recorded trace, shared by the commands that take one.

use std::path::PathBuf;

use clap::{Args, ValueEnum};

use super::value;
use crate::order::{TraceFit, TraceOrder};
use crate::trace::{Columns, Filter, Options, TimeUnit};

/// A trace of logged calls, and how it is read.
#[derive(Debug, Args)]
#[command(next_help_heading = "Recorded traffic")]
pub struct TraceArgs {
    /// Logged calls: CSV with a header or JSON Lines, also compressed with gzip or zstd; `-` is the
    /// standard input; may be repeated
    #[arg(long, value_name = "FILE", conflicts_with_all = ["rpm"])]
    trace: Vec<PathBuf>,

    /// The columns where they have no usual names: `time=…,input=…,output=…`
    #[arg(long, value_name = "KEY=COLUMN,…", value_parser = Columns::parse, requires = "trace")]
    columns: Option<Columns>,

    /// Only rows with this text in a column; may be repeated
    #[arg(long = "where", value_name = "COLUMN=VALUE", value_parser = filter, requires = "trace")]
    filters: Vec<Filter>,

    /// The unit of times that are numbers
    #[arg(long, value_enum, value_name = "UNIT", requires = "trace")]
    time_unit: Option<UnitArg>,

    /// Leave out rows that cannot be read
    #[arg(long, requires = "trace")]
    skip_bad_rows: bool,

    /// State the cost for so many days with the pattern of the trace
    #[arg(long, value_name = "DAYS", value_parser = value::days, allow_hyphen_values = true, requires = "trace")]
    scale_to: Option<u64>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum UnitArg {
    Seconds,
    Milliseconds,
    Microseconds,
    Nanoseconds,
}

fn filter(text: &str) -> Result<Filter, String> {
    Filter::parse(text)
        .ok_or_else(|| "it is not a column and its text such as `model=qwen3-max`".to_owned())
}

impl TraceArgs {
    /// The trace, where one was given.
    pub fn order(&self) -> Option<TraceOrder> {
        (!self.trace.is_empty()).then(|| TraceOrder {
            files: self.trace.clone(),
            options: Options {
                columns: self.columns.clone().unwrap_or_default(),
                time_unit: self.time_unit.map(|unit| match unit {
                    UnitArg::Seconds => TimeUnit::Seconds,
                    UnitArg::Milliseconds => TimeUnit::Milliseconds,
                    UnitArg::Microseconds => TimeUnit::Microseconds,
                    UnitArg::Nanoseconds => TimeUnit::Nanoseconds,
                }),
                filters: self.filters.clone(),
                skip_bad_rows: self.skip_bad_rows,
                ..Options::default()
            },
            scale_to: self.scale_to,
            keeps_minutes: false,
        })
    }
}

/// How a reservation is sized.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum FitArg {
    /// Every call fits
    Peak,
    /// 99 of 100 minutes of a trace fit on each side
    P99,
    /// 95 of 100 minutes of a trace fit on each side
    P95,
    /// Reservation and overflow together cost least
    Cheapest,
}

impl FitArg {
    /// The same for a trace.
    pub fn fit(self) -> TraceFit {
        match self {
            Self::Peak => TraceFit::Peak,
            Self::P99 => TraceFit::P99,
            Self::P95 => TraceFit::P95,
            Self::Cheapest => TraceFit::Cheapest,
        }
    }
}
