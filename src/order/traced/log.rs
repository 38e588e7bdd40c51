//! A log that a plan names as the workload of a deployment, and what is bought for it.

use std::path::{Path, PathBuf};

use chrono::NaiveDate;

use super::{
    AsOf, Asked, LoadOrder, TraceOrder, TracedDtu, TracedFrom, TracedMu, TracedOrder, TracedPtu,
    TracedTokens, Watch, quotes,
};
use crate::billing::cache::CacheWay;
use crate::billing::quote::Quote;
use crate::billing::recorded::{Derived, Pattern};
use crate::catalog::{Catalog, Model};
use crate::order::OrderError;
use crate::trace::{CachePlace, Columns, Filter, Log, Options, Repeats, TimeUnit, expand};
use crate::workload::WeekLoad;

/// A log as keys describe it: which files, and how they are read.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct LoggedCalls {
    /// Files, folders and patterns, as they are written.
    pub paths: Vec<String>,
    /// The columns where their names are not the usual ones.
    pub columns: Columns,
    /// Where cached tokens count, whatever the name of their column says.
    pub cached: Option<CachePlace>,
    /// How cached tokens are derived.
    pub derived: Option<Derived>,
    /// Which rows count.
    pub filters: Vec<Filter>,
    /// The unit of times that are numbers.
    pub time_unit: Option<TimeUnit>,
    /// Whether rows that cannot be read are left out.
    pub skip_bad_rows: bool,
    /// Which known log it is, where it is not found out.
    pub log_format: Option<&'static Log>,
    /// Whether failed calls are billed.
    pub bills_failed: bool,
    /// What is done with rows of one request, where that is said.
    pub repeats: Option<Repeats>,
    /// The days that costs are stated for.
    pub scale_to: Option<u64>,
    /// What of the log is repeated in them.
    pub pattern: Option<Pattern>,
    /// Which way of a cache hits are of.
    pub cache: Option<CacheWay>,
}

impl LoggedCalls {
    /// The log of a trace, whose files are at `paths`; `None` where its calls are from no files.
    #[must_use]
    pub fn of(trace: &TraceOrder, paths: Vec<String>) -> Option<Self> {
        let TracedFrom::Files { options, .. } = &trace.from else {
            return None;
        };
        Some(Self {
            paths,
            columns: Columns {
                place: None,
                ..options.columns.clone()
            },
            cached: options.columns.place,
            derived: options.derived.clone(),
            filters: options.filters.clone(),
            time_unit: options.time_unit,
            skip_bad_rows: options.skip_bad_rows,
            log_format: options.log,
            bills_failed: options.bills_failed,
            repeats: options.repeats,
            scale_to: trace.scale_to,
            pattern: trace.pattern,
            cache: trace.cache,
        })
    }

    /// The trace to read; paths that are not absolute are in `folder`.
    ///
    /// # Errors
    /// As [`expand`].
    pub fn order(&self, folder: &Path) -> Result<TraceOrder, OrderError> {
        let paths = self.paths.iter().map(|path| folder.join(path));
        let paths: Vec<PathBuf> = paths.collect();
        let listed = expand(&paths)?;
        Ok(TraceOrder {
            from: TracedFrom::Files {
                given: paths,
                files: listed.files,
                left_out: listed.left_out,
                options: Box::new(Options {
                    columns: Columns {
                        place: self.cached,
                        ..self.columns.clone()
                    },
                    time_unit: self.time_unit,
                    filters: self.filters.clone(),
                    derived: self.derived.clone(),
                    skip_bad_rows: self.skip_bad_rows,
                    log: self.log_format,
                    bills_failed: self.bills_failed,
                    repeats: self.repeats,
                    ..Options::default()
                }),
            },
            grown: None,
            scale_to: self.scale_to,
            pattern: self.pattern,
            keeps_minutes: false,
            cache: self.cache,
        })
    }
}

/// Calls that are served one by one.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum CallsOf {
    /// Those of a log.
    Log(Box<LoggedCalls>),
    /// Those of a load that is described, from the day of the prices on.
    Load {
        /// The load of each week.
        week: WeekLoad,
        /// How many minutes it goes on.
        minutes: u64,
        /// Which way of a cache hits are of.
        cache: Option<CacheWay>,
    },
}

impl CallsOf {
    /// The trace to read; paths that are not absolute are in `folder`, and a load begins on `first`.
    ///
    /// # Errors
    /// As [`files`].
    pub fn order(&self, folder: &Path, first: NaiveDate) -> Result<TraceOrder, OrderError> {
        match self {
            Self::Log(log) => log.order(folder),
            Self::Load {
                week,
                minutes,
                cache,
            } => Ok(TraceOrder {
                from: TracedFrom::Load(LoadOrder {
                    week: week.clone(),
                    first,
                    minutes: *minutes,
                }),
                grown: None,
                scale_to: None,
                pattern: None,
                keeps_minutes: false,
                cache: *cache,
            }),
        }
    }

    /// Whether it is a load that is described, whose calls all have the prices of one day.
    #[must_use]
    pub fn is_load(&self) -> bool {
        matches!(self, Self::Load { .. })
    }
}

/// What is bought for a log, or for a load that is described as if it were one.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LogOrder {
    /// The calls.
    pub calls: CallsOf,
    /// The order.
    pub how: LogHow,
}

/// How a log is served.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum LogHow {
    /// By a reservation, with what does not fit it.
    Ptu(TracedPtu),
    /// By token.
    Tokens(TracedTokens),
    /// By dedicated throughput units.
    Dtu(TracedDtu),
    /// By replicas.
    Mu(TracedMu),
}

impl LogOrder {
    /// Its quotes, as the command line makes them of the same flags: one, or one a specification.
    ///
    /// # Errors
    /// [`OrderError`] when the log cannot be read, there is no price, or it cannot be computed.
    pub fn quotes(
        &self,
        folder: &Path,
        catalog: &Catalog,
        model: &Model,
        as_of: AsOf,
        watch: Watch<'_>,
    ) -> Result<Vec<Quote>, OrderError> {
        let trace = self.calls.order(folder, as_of.date)?;
        let as_of = AsOf {
            given: as_of.given || self.calls.is_load(),
            ..as_of
        };
        let order = match &self.how {
            LogHow::Ptu(order) => TracedOrder::Ptu(order.clone()),
            LogHow::Tokens(order) => TracedOrder::Tokens(order.clone()),
            LogHow::Dtu(order) => return order.quotes(&trace, catalog, model, as_of, watch),
            LogHow::Mu(order) => return order.quotes(&trace, catalog, model, as_of, watch),
        };
        let found = quotes(&trace, &[Asked { model, order }], catalog, as_of, watch)?;
        found.quotes.into_iter().collect()
    }
}
