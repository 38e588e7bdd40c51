//! Orders for recorded traffic: a trace is read, replayed, and priced call by call.

mod asked;
mod found;
mod in_force;
mod mode;
mod mu;
mod overflow;
mod paid;
mod partial;
mod pattern;
mod plan;
mod ptu;
mod reading;
mod several;
mod size;
mod summary;
mod term;
mod tokens;
mod when;

use std::path::PathBuf;

pub use asked::{Asked, TracedOrder};
pub use in_force::AsOf;
pub use mu::{MuOffer, mu_offers};
pub use partial::{MergedPtu, PartialError};
pub use ptu::TracedPtu;
pub use several::{Answers, quotes};
pub use term::{TimeTaken, TraceTerm};
pub use tokens::TracedTokens;

use crate::billing::recorded::Pattern;
use crate::trace::{Options, Progress};

/// A recorded trace, as it is named.
#[derive(Debug, Clone)]
pub struct TraceOrder {
    /// The files; `-` is the standard input.
    pub files: Vec<PathBuf>,
    /// How they are read.
    pub options: Options,
    /// The days that costs are stated for, in the pattern of the trace; the trace itself where it
    /// is not said.
    pub scale_to: Option<u64>,
    /// What of it is repeated in them, where that is said.
    pub pattern: Option<Pattern>,
    /// Whether quotes have its minutes, to be drawn.
    pub keeps_minutes: bool,
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

/// What is told of how far the reading is.
pub type Watch<'a> = &'a mut dyn FnMut(Progress);
