//! The flags of a recorded trace, shared by the commands that take one.

use std::collections::HashSet;
use std::path::{Path, PathBuf};

use chrono::NaiveDate;
use clap::{Args, ValueEnum};

use super::failure::Failure;
use super::value;
use crate::billing::recorded::{Derived, Pattern};
use crate::catalog::printable;
use crate::order::{LoadOrder, OrderError, TraceFit, TraceOrder, TraceTerm, TracedFrom};
use crate::trace::{
    CachePlace, Columns, Filter, Log, Options, Repeats, TimeUnit, expand, log_format,
};
use crate::workload::{LoadLine, WeekLoad};

/// A trace of logged calls, and how it is read.
#[derive(Debug, Args)]
#[command(next_help_heading = "Recorded traffic")]
pub struct TraceArgs {
    /// Logged calls: a file, a folder, or such as `logs/*.jsonl`
    ///
    /// CSV with a header, or JSON. Also sums by the minute (`minute,requests,input_tokens,output_tokens`), and files compressed
    /// with gzip or zstd; `-` is the standard input; may be repeated
    #[arg(long, value_name = "FILE", conflicts_with_all = ["rpm"])]
    trace: Vec<PathBuf>,

    /// A week: `mon-fri 09:00-18:00 9rpm 3000/350`
    ///
    /// May be repeated: days (`mon-fri`, `sat,sun`, `daily`), a span of time in UTC+8 (`22:00-06:00` goes on into the next day),
    /// calls per minute, input and output tokens of a call, and perhaps `cached=2000` of the input; what no line
    /// covers is 0, and what several cover is their sum. It begins at midnight of the day of the prices
    #[arg(long, value_name = "LOAD", value_parser = value::load, help_heading = "Workload", conflicts_with_all = [
        "rpm", "input_per_request", "output_per_request", "cached_per_request", "cache_hit",
        "cache_write_per_request", "hours_per_day", "trace", "columns", "cached", "cache_from", "filters",
        "time_unit", "skip_bad_rows", "scale_to", "pattern",
    ])]
    load: Vec<LoadLine>,

    #[command(flatten)]
    reading: ReadingArgs,

    /// State the cost for so many days with the pattern of the trace
    #[arg(long, hide_short_help = true, value_name = "DAYS", value_parser = value::days, allow_hyphen_values = true)]
    scale_to: Option<u64>,

    /// What `--scale-to` repeats, in days of UTC+8 [default: week where they are whole weeks, else day]
    #[arg(long, hide_short_help = true, value_enum, value_name = "PATTERN")]
    pattern: Option<PatternArg>,
}

/// How logged calls are read.
#[derive(Debug, Args)]
#[command(next_help_heading = "Recorded traffic")]
pub struct ReadingArgs {
    /// The columns where they have no usual names: `time=…,input=…,output=…`, `cached=…,cache_write=…`, and
    /// `requests=…` of sums by the minute
    #[arg(long, hide_short_help = true, value_name = "KEY=COLUMN,…", value_parser = Columns::parse)]
    columns: Option<Columns>,

    /// The log that it is where its fields do not tell, such as `litellm`; an unknown name lists those that there are
    #[arg(long, hide_short_help = true, value_name = "NAME", value_parser = log_format)]
    log_format: Option<&'static Log>,

    /// Where cached tokens count, whatever the name of their column says: inside the input tokens, or beside
    /// them
    #[arg(long, hide_short_help = true, value_enum, value_name = "PLACE")]
    cached: Option<PlaceArg>,

    /// Derive cached tokens from the hashes of blocks of input in this field, such as `hash_ids`: the first blocks
    /// of a call that an earlier call used
    #[arg(long, hide_short_help = true, value_name = "FIELD", value_parser = value::field, conflicts_with = "cached")]
    cache_from: Option<String>,

    /// Tokens of a block [default: 512]
    #[arg(long, hide_short_help = true, value_name = "TOKENS", value_parser = value::block, requires = "cache_from")]
    cache_block: Option<u32>,

    /// How long a block is kept after its last use, or `none` for ever [default: 5m]
    #[arg(long, hide_short_help = true, value_name = "DURATION", value_parser = value::kept_for, requires = "cache_from")]
    cache_ttl: Option<value::KeptFor>,

    /// Only rows with this text in a column; may be repeated: for one column, any of the texts will do
    /// (or), and several columns must all agree (and)
    #[arg(long = "where", hide_short_help = true, value_name = "COLUMN=VALUE", value_parser = value::filter)]
    filters: Vec<Filter>,

    /// The unit of times that are numbers; they may then also be counted from 0
    #[arg(long, hide_short_help = true, value_enum, value_name = "UNIT")]
    time_unit: Option<UnitArg>,

    /// Leave out rows that cannot be read
    #[arg(long, hide_short_help = true)]
    skip_bad_rows: bool,

    /// What is done with failed calls: those with a status from 400 on, or `failure`, or an error [default: leave-out]
    #[arg(long, hide_short_help = true, value_enum, value_name = "WHAT")]
    failed_calls: Option<FailedArg>,

    /// What is done with rows of one request, such as updates of a stream and copies [default: last]
    #[arg(long, hide_short_help = true, value_enum, value_name = "WHAT")]
    repeated_calls: Option<RepeatedArg>,
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
enum FailedArg {
    /// They are not billed
    LeaveOut,
    /// They are billed as any other
    Bill,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum RepeatedArg {
    /// The last row of a request counts
    Last,
    /// Each row is a call of its own
    Bill,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum PlaceArg {
    /// They are part of the input tokens, as of OpenAI and DashScope
    Inside,
    /// They are no part of the input tokens, as of Anthropic
    Beside,
}

/// The time of a load that is described.
#[derive(Debug, Clone, Copy)]
pub struct LoadTime {
    first: NaiveDate,
    minutes: u64,
}

impl LoadTime {
    /// So many days from the midnight of a day on.
    pub fn of_days(first: NaiveDate, days: u64) -> Self {
        let minutes = days.saturating_mul(24 * 60);
        Self { first, minutes }
    }

    /// The time of a term, or a month where that is the time of the calls themselves.
    pub fn of_term(first: NaiveDate, term: TraceTerm) -> Result<Self, Failure> {
        let minutes = term.minutes_of_load()?;
        Ok(Self { first, minutes })
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

impl TraceArgs {
    /// Whether there is one, or a load that is described.
    pub fn given(&self) -> bool {
        self.has_files() || !self.load.is_empty()
    }

    /// Whether there are files of one.
    pub fn has_files(&self) -> bool {
        !self.trace.is_empty()
    }

    /// The flag that gives it.
    pub fn flag(&self) -> &'static str {
        match self.load.is_empty() {
            true => "--trace",
            false => "--load",
        }
    }

    /// The failure where a flag does not go with it.
    pub fn refuses(&self, what: &str) -> Failure {
        Failure::usage(
            format!("{what} cannot be used with `{}`", self.flag()),
            "leave one of them out",
        )
    }

    /// Its files, with those of folders and patterns; `-` is the standard input.
    pub fn files(&self) -> Vec<PathBuf> {
        // What cannot be listed is refused with the order.
        expand(&self.trace).map_or_else(|_| self.trace.clone(), |listed| listed.files)
    }

    /// The trace, where one was given. `others` are flags of the command that need one, and whether
    /// they are given.
    ///
    /// # Errors
    /// [`Failure`] where a folder or a pattern has no file.
    /// [`Failure::Usage`] where a file is given twice: its calls would be counted twice; where a flag
    /// needs a trace and there is none, which clap does not see beside the flags of a steady load.
    pub fn order(
        &self,
        others: &[(&'static str, bool)],
        time: LoadTime,
    ) -> Result<Option<TraceOrder>, Failure> {
        let own = [
            ("--scale-to", self.scale_to.is_some()),
            ("--pattern", self.pattern.is_some()),
        ];
        let reading = self.reading.given();
        let mut all = reading.iter().chain(&own).chain(others);
        if !self.load.is_empty() {
            let week = WeekLoad::new(self.load.clone());
            let week = week.map_err(|what| {
                Failure::usage(
                    format!("the load of `--load` cannot be made: {what}"),
                    "lower the rates",
                )
            })?;
            let LoadTime { first, minutes } = time;
            return Ok(Some(TraceOrder {
                from: TracedFrom::Load(LoadOrder {
                    week,
                    first,
                    minutes,
                }),
                grown: None,
                cache: None,
                scale_to: None,
                pattern: None,
                keeps_minutes: false,
            }));
        }
        if let (false, Some((flag, _))) = (self.given(), all.find(|(_, given)| *given)) {
            return Err(Failure::usage(
                format!("`{flag}` is for recorded traffic, and there is no `--trace`"),
                "add `--trace <FILE>`, or leave it out",
            ));
        }
        self.reading.refuse_two_ways()?;
        if self.pattern.is_some() && self.scale_to.is_none() {
            return Err(Failure::usage(
                "`--pattern` says what `--scale-to` repeats, and there is no `--scale-to`"
                    .to_owned(),
                "add `--scale-to 30`, or leave it out",
            ));
        }
        if !self.given() {
            return Ok(None);
        }
        Ok(Some(TraceOrder {
            scale_to: self.scale_to,
            pattern: self.pattern.map(|pattern| match pattern {
                PatternArg::Day => Pattern::Day,
                PatternArg::Week => Pattern::Week,
            }),
            ..self.reading.order(&self.trace)?
        }))
    }
}

impl ReadingArgs {
    /// Its flags, and whether they are given.
    fn given(&self) -> [(&'static str, bool); 9] {
        [
            ("--columns", self.columns.is_some()),
            ("--log-format", self.log_format.is_some()),
            ("--cached", self.cached.is_some()),
            ("--cache-from", self.cache_from.is_some()),
            ("--where", !self.filters.is_empty()),
            ("--time-unit", self.time_unit.is_some()),
            ("--skip-bad-rows", self.skip_bad_rows),
            ("--failed-calls", self.failed_calls.is_some()),
            ("--repeated-calls", self.repeated_calls.is_some()),
        ]
    }

    /// The first of its flags that is given.
    pub fn first_given(&self) -> Option<&'static str> {
        let mut given = self.given().into_iter();
        given.find(|(_, given)| *given).map(|(flag, _)| flag)
    }

    fn refuse_two_ways(&self) -> Result<(), Failure> {
        let names_cached =
            |columns: &Columns| columns.cached.is_some() || columns.cache_write.is_some();
        match self.cache_from.is_some() && self.columns.as_ref().is_some_and(names_cached) {
            false => Ok(()),
            true => Err(Failure::usage(
                "`--columns` names cached tokens, and `--cache-from` derives them".to_owned(),
                "leave one of them out",
            )),
        }
    }

    /// These files, as they are.
    ///
    /// # Errors
    /// [`Failure::Usage`] where a file is given twice: its calls would be counted twice; where cached tokens are
    /// asked for in two ways.
    pub fn order(&self, files: &[PathBuf]) -> Result<TraceOrder, Failure> {
        self.refuse_two_ways()?;
        if let Some(file) = repeated(files) {
            let file = match file.as_os_str() == "-" {
                true => "the standard input".to_owned(),
                false => format!("`{}`", printable(&file.to_string_lossy())),
            };
            return Err(Failure::usage(
                format!("{file} is given twice"),
                "leave one of them out: its calls would count twice",
            ));
        }
        let listed = expand(files).map_err(OrderError::from)?;
        Ok(TraceOrder {
            cache: None,
            grown: None,
            from: TracedFrom::Files {
                given: files.to_vec(),
                files: listed.files,
                left_out: listed.left_out,
                options: Box::new(Options {
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
                    log: self.log_format,
                    derived: self.derived(),
                    filters: self.filters.clone(),
                    skip_bad_rows: self.skip_bad_rows,
                    bills_failed: self.failed_calls == Some(FailedArg::Bill),
                    repeats: self.repeated_calls.map(|what| match what {
                        RepeatedArg::Last => Repeats::Last,
                        RepeatedArg::Bill => Repeats::Bill,
                    }),
                    ..Options::default()
                }),
            },
            scale_to: None,
            pattern: None,
            keeps_minutes: false,
        })
    }

    /// How cached tokens are derived.
    fn derived(&self) -> Option<Derived> {
        let field = self.cache_from.clone()?;
        Some(value::derived(field, self.cache_block, self.cache_ttl))
    }
}

/// The first file that was given before, by whatever path.
fn repeated(files: &[PathBuf]) -> Option<&Path> {
    let mut known = HashSet::new();
    let mut files = files.iter();
    let repeated = files.find(|file| {
        let is_stream = file.as_os_str() == "-";
        // A file that does not exist is refused when it is opened.
        let resolved = (!is_stream).then(|| file.canonicalize().ok()).flatten();
        !known.insert(resolved.unwrap_or_else(|| (*file).clone()))
    });
    repeated.map(PathBuf::as_path)
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
