//! Orders for recorded traffic: a trace is read, replayed, and priced call by call.

mod asked;
mod dtu;
mod found;
mod in_force;
mod mode;
mod mu;
mod overflow;
mod paid;
mod partial;
mod pattern;
mod ptu;
mod reading;
mod several;
mod size;
mod stage;
mod summary;
mod term;
mod tokens;
mod when;

use std::path::PathBuf;

pub use asked::{Asked, TracedOrder};
pub use dtu::TracedDtu;
pub use in_force::AsOf;
pub use mu::{MuOffer, mu_offers};
pub use partial::{MergedPtu, PartialError};
pub use ptu::TracedPtu;
pub use several::{Answers, quotes};
pub use term::{TimeTaken, TraceTerm};
pub use tokens::TracedTokens;

use crate::billing::cache::CacheWay;
use crate::billing::recorded::Pattern;
use crate::trace::{Options, Progress};

/// A trace to read, and how it is taken.
#[derive(Debug, Clone)]
pub struct TraceOrder {
    /// The files; `-` is the standard input.
    pub files: Vec<PathBuf>,
    /// The number of files of folders that are left out, as they are no logs by their names.
    pub left_out: u64,
    /// How the files are read.
    pub options: Options,
    /// Number of days that the trace is scaled to; `None` prices the trace as it is.
    pub scale_to: Option<u64>,
    /// Which pattern of the trace is repeated in those days, if the user chose one.
    pub pattern: Option<Pattern>,
    /// Whether quotes keep the minutes of the trace, for a chart.
    pub keeps_minutes: bool,
    /// Which way of a cache hits are of, if the user chose one.
    pub cache: Option<CacheWay>,
}

/// How a reservation is sized for a trace.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum TraceFit {
    /// Every call fits.
    Peak,
    /// 99 of 100 minutes fit on each side.
    P99,
    /// 95 of 100 minutes fit on each side.
    P95,
    /// Reservation and overflow together cost least.
    Cheapest,
}

impl TraceFit {
    /// `peak`, `p99`, `p95` or `cheapest`.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Peak => "peak",
            Self::P99 => "p99",
            Self::P95 => "p95",
            Self::Cheapest => "cheapest",
        }
    }
}

/// Called with how far the reading of the files is.
pub type Watch<'a> = &'a mut dyn FnMut(Progress);
