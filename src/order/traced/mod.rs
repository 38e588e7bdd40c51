//! Orders for recorded traffic: a trace is read, replayed, and priced call by call.

mod answers;
mod apart;
mod asked;
mod contents;
mod dtu;
mod found;
mod from;
mod group;
mod grown;
mod in_force;
mod log;
mod mode;
mod mu;
mod names;
mod overflow;
mod paid;
mod partial;
mod pattern;
mod ptu;
mod reading;
mod replicas;
mod several;
mod size;
mod stage;
mod summary;
mod term;
mod tokens;
mod week;
mod when;

pub use answers::Answers;
pub use apart::{Apart, quotes_apart};
pub use asked::{Asked, TracedOrder};
pub use contents::{LogContents, contents};
pub use dtu::TracedDtu;
pub use from::{LoadOrder, TracedFrom};
pub use in_force::AsOf;
pub use log::{CallsOf, LogHow, LogOrder, LoggedCalls};
pub use mu::{MuOffer, mu_offers};
pub use names::{ModelMap, Names};
pub use partial::{MergedPtu, PartialError};
pub use ptu::TracedPtu;
pub use replicas::TracedMu;
pub use several::quotes;
pub use summary::moment as moment_of;
pub use term::{TimeTaken, TraceTerm};
pub use tokens::TracedTokens;

use crate::billing::cache::CacheWay;
use crate::billing::recorded::Pattern;
pub use crate::trace::Progress;
use crate::workload::Factor;

/// A trace to read, and how it is taken.
#[derive(Debug, Clone)]
pub struct TraceOrder {
    /// Where its calls come from.
    pub from: TracedFrom,
    /// How many times each call is taken, if not once.
    pub grown: Option<Factor>,
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
    /// Every one.
    pub const ALL: [Self; 4] = [Self::Peak, Self::P99, Self::P95, Self::Cheapest];

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
