//! The flags of a recorded trace, shared by the commands that take one.

use std::collections::HashSet;
use std::path::{Path, PathBuf};

use clap::{Args, ValueEnum};

use super::failure::Failure;
use super::value;
use crate::billing::recorded::{Derived, Pattern};
use crate::billing::term::{Increment, Span};
use crate::catalog::printable;
use crate::order::{TraceFit, TraceOrder};
use crate::trace::{CachePlace, Columns, Filter, Options, TimeUnit};

/// A trace of logged calls, and how it is read.
#[derive(Debug, Args)]
#[command(next_help_heading = "Recorded traffic")]
pub struct TraceArgs {
    /// Logged calls: CSV with a header, JSON Lines, or Parquet
    ///
    /// Also sums by the minute (`minute,requests,input_tokens,output_tokens`), and files compressed
    /// with gzip or zstd; `-` is the standard input; may be repeated
    #[arg(long, value_name = "FILE", conflicts_with_all = ["rpm"])]
    trace: Vec<PathBuf>,

    /// The columns where they have no usual names: `time=…,input=…,output=…`, `cached=…,cache_write=…`, and
    /// `requests=…` of sums by the minute
    #[arg(long, hide_short_help = true, value_name = "KEY=COLUMN,…", value_parser = Columns::parse)]
    columns: Option<Columns>,

    /// Where cached tokens count, whatever the name of their column says: inside the input tokens, or beside
    /// them
    #[arg(long, hide_short_help = true, value_enum, value_name = "PLACE")]
    cached: Option<PlaceArg>,

    /// Derive cached tokens from the hashes of blocks of input in this field, such as `hash_ids`: the first blocks
    /// of a call that an earlier call used
    #[arg(long, hide_short_help = true, value_name = "FIELD", value_parser = field, conflicts_with = "cached")]
    cache_from: Option<String>,

    /// Tokens of a block [default: 512]
    #[arg(long, hide_short_help = true, value_name = "TOKENS", value_parser = block, requires = "cache_from")]
    cache_block: Option<u32>,

    /// How long a block is kept after its last use, or `none` for ever [default: 5m]
    #[arg(long, hide_short_help = true, value_name = "DURATION", value_parser = ttl, requires = "cache_from")]
    cache_ttl: Option<Ttl>,

    /// Only rows with this text in a column; may be repeated: for one column, any of the texts will do
    /// (or), and several columns must all agree (and)
    #[arg(long = "where", hide_short_help = true, value_name = "COLUMN=VALUE", value_parser = filter)]
    filters: Vec<Filter>,

    /// The unit of times that are numbers; they may then also be counted from 0
    #[arg(long, hide_short_help = true, value_enum, value_name = "UNIT")]
    time_unit: Option<UnitArg>,

    /// Leave out rows that cannot be read
    #[arg(long, hide_short_help = true)]
    skip_bad_rows: bool,

    /// State the cost for so many days with the pattern of the trace
    #[arg(long, hide_short_help = true, value_name = "DAYS", value_parser = value::days, allow_hyphen_values = true)]
    scale_to: Option<u64>,

    /// What `--scale-to` repeats, in days of UTC+8 [default: week where they are whole weeks, else day]
    #[arg(long, hide_short_help = true, value_enum, value_name = "PATTERN")]
    pattern: Option<PatternArg>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum PatternArg {
    /// The days of the trace
    Day,
    /// Whole weeks: weekdays that were not recorded have no calls
    Week,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum UnitArg {
    Seconds,
    Milliseconds,
    Microseconds,
    Nanoseconds,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum PlaceArg {
    /// They are part of the input tokens, as of OpenAI and DashScope
    Inside,
    /// They are no part of the input tokens, as of Anthropic
    Beside,
}

/// How long a block is kept.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Ttl(Option<Span>);

/// Tokens of a block, as of the Mooncake traces.
const BLOCK: u32 = 512;
/// Minutes that a block is kept.
const TTL: u64 = 5;

fn field(text: &str) -> Result<String, String> {
    match text.trim() {
        "" => Err("it names no field".to_owned()),
        field => Ok(field.to_owned()),
    }
}

fn block(text: &str) -> Result<u32, String> {
    let tokens = text.parse().ok().filter(|tokens| *tokens > 0);
    tokens.ok_or_else(|| "it is not a number of tokens such as `512`".to_owned())
}

fn ttl(text: &str) -> Result<Ttl, String> {
    if text == "none" {
        return Ok(Ttl(None));
    }
    let span = Span::parse(text, Increment::Minute)?;
    let is_whole = span == Span::of_seconds(span.whole_seconds().unsigned_abs());
    match is_whole {
        true => Ok(Ttl(Some(span))),
        false => Err("it is not in whole seconds".to_owned()),
    }
}

impl PlaceArg {
    fn place(self) -> CachePlace {
        match self {
            Self::Inside => CachePlace::Inside,
            Self::Beside => CachePlace::Beside,
        }
    }
}

fn filter(text: &str) -> Result<Filter, String> {
    Filter::parse(text)
        .ok_or_else(|| "it is not a column and its text such as `model=qwen3-max`".to_owned())
}

impl TraceArgs {
    /// Whether there is one.
    pub fn given(&self) -> bool {
        !self.trace.is_empty()
    }

    /// Its files; `-` is the standard input.
    pub fn files(&self) -> &[PathBuf] {
        &self.trace
    }

    /// The trace, where one was given. `others` are flags of the command that need one, and whether
    /// they are given.
    ///
    /// # Errors
    /// [`Failure::Usage`] where a file is given twice: its calls would be counted twice; where a flag
    /// needs a trace and there is none, which clap does not see beside the flags of a steady load.
    pub fn order(&self, others: &[(&'static str, bool)]) -> Result<Option<TraceOrder>, Failure> {
        let own = [
            ("--columns", self.columns.is_some()),
            ("--cached", self.cached.is_some()),
            ("--cache-from", self.cache_from.is_some()),
            ("--where", !self.filters.is_empty()),
            ("--time-unit", self.time_unit.is_some()),
            ("--skip-bad-rows", self.skip_bad_rows),
            ("--scale-to", self.scale_to.is_some()),
            ("--pattern", self.pattern.is_some()),
        ];
        let mut all = own.iter().chain(others);
        if let (false, Some((flag, _))) = (self.given(), all.find(|(_, given)| *given)) {
            return Err(Failure::usage(
                format!("`{flag}` is for recorded traffic, and there is no `--trace`"),
                "add `--trace <FILE>`, or leave it out",
            ));
        }
        let names_cached =
            |columns: &Columns| columns.cached.is_some() || columns.cache_write.is_some();
        if self.cache_from.is_some() && self.columns.as_ref().is_some_and(names_cached) {
            return Err(Failure::usage(
                "`--columns` names cached tokens, and `--cache-from` derives them".to_owned(),
                "leave one of them out",
            ));
        }
        if self.pattern.is_some() && self.scale_to.is_none() {
            return Err(Failure::usage(
                "`--pattern` says what `--scale-to` repeats, and there is no `--scale-to`"
                    .to_owned(),
                "add `--scale-to 30`, or leave it out",
            ));
        }
        if let Some(file) = self.repeated() {
            let file = match file.as_os_str() == "-" {
                true => "the standard input".to_owned(),
                false => format!("`{}`", printable(&file.to_string_lossy())),
            };
            return Err(Failure::usage(
                format!("{file} is given twice"),
                "leave one of them out: its calls would count twice",
            ));
        }
        Ok(self.given().then(|| TraceOrder {
            cache: None,
            files: self.trace.clone(),
            options: Options {
                columns: Columns {
                    place: self.cached.map(PlaceArg::place),
                    ..self.columns.clone().unwrap_or_default()
                },
                time_unit: self.time_unit.map(|unit| match unit {
                    UnitArg::Seconds => TimeUnit::Seconds,
                    UnitArg::Milliseconds => TimeUnit::Milliseconds,
                    UnitArg::Microseconds => TimeUnit::Microseconds,
                    UnitArg::Nanoseconds => TimeUnit::Nanoseconds,
                }),
                derived: self.derived(),
                filters: self.filters.clone(),
                skip_bad_rows: self.skip_bad_rows,
                ..Options::default()
            },
            scale_to: self.scale_to,
            pattern: self.pattern.map(|pattern| match pattern {
                PatternArg::Day => Pattern::Day,
                PatternArg::Week => Pattern::Week,
            }),
            keeps_minutes: false,
        }))
    }

    /// How cached tokens are derived.
    fn derived(&self) -> Option<Derived> {
        let five_minutes = Span::of_seconds(TTL.saturating_mul(60));
        Some(Derived {
            field: self.cache_from.clone()?,
            block: self.cache_block.unwrap_or(BLOCK),
            ttl: self.cache_ttl.map_or(Some(five_minutes), |ttl| ttl.0),
        })
    }

    /// The first file that was given before, by whatever path.
    fn repeated(&self) -> Option<&Path> {
        let mut known = HashSet::new();
        let mut files = self.trace.iter();
        let repeated = files.find(|file| {
            let is_stream = file.as_os_str() == "-";
            // A file that does not exist is refused when it is opened.
            let resolved = (!is_stream).then(|| file.canonicalize().ok()).flatten();
            !known.insert(resolved.unwrap_or_else(|| (*file).clone()))
        });
        repeated.map(PathBuf::as_path)
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
    /// How a reservation is sized for a trace.
    pub fn fit(self) -> TraceFit {
        match self {
            Self::Peak => TraceFit::Peak,
            Self::P99 => TraceFit::P99,
            Self::P95 => TraceFit::P95,
            Self::Cheapest => TraceFit::Cheapest,
        }
    }
}
