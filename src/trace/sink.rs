//! The stream of calls, and what takes it in.

use std::fmt;

use crate::billing::exact;
use crate::billing::kind::Tokens;
use crate::billing::number::whole;
pub use crate::billing::recorded::Calls;

/// Tokens of one call.
pub type Call = Tokens<u32>;

/// Minutes since the Unix epoch.
pub type Minute = i64;

impl From<Call> for Calls {
    fn from(call: Call) -> Self {
        Self {
            calls: 1,
            tokens: call.into(),
        }
    }
}

impl From<exact::TooLarge> for TooLarge {
    fn from(_: exact::TooLarge) -> Self {
        Self::Sum
    }
}

/// Takes in the calls of a trace.
pub trait Sink {
    /// Calls of one minute in order of arrival. Minutes never go back; one minute may come in
    /// several pieces.
    ///
    /// # Errors
    /// [`TooLarge`] when a sum or a limit is exceeded; the sink is of no use then.
    fn calls(&mut self, minute: Minute, calls: &[Call]) -> Result<(), TooLarge>;

    /// Calls of one minute of which only the sums are known. Those of the same minute are added up.
    ///
    /// # Errors
    /// As [`Sink::calls`].
    fn aggregate(&mut self, minute: Minute, sums: Calls) -> Result<(), TooLarge>;
}

/// Takes in the calls of a trace whose models are told apart.
pub trait Sinks {
    /// The number of the sink for calls of the model with this name, as it stands in the log; `None` for calls that
    /// name none. It is asked once for each name, and the numbers are those of a list that grows.
    fn sink_of(&mut self, name: Option<&str>) -> usize;

    /// The sink with this number.
    fn sink(&mut self, number: usize) -> &mut dyn Sink;
}

impl<S: Sink + ?Sized> Sink for &mut S {
    fn calls(&mut self, minute: Minute, calls: &[Call]) -> Result<(), TooLarge> {
        (**self).calls(minute, calls)
    }

    fn aggregate(&mut self, minute: Minute, sums: Calls) -> Result<(), TooLarge> {
        (**self).aggregate(minute, sums)
    }
}

impl<A: Sink, B: Sink> Sink for (A, B) {
    fn calls(&mut self, minute: Minute, calls: &[Call]) -> Result<(), TooLarge> {
        self.0.calls(minute, calls)?;
        self.1.calls(minute, calls)
    }

    fn aggregate(&mut self, minute: Minute, sums: Calls) -> Result<(), TooLarge> {
        self.0.aggregate(minute, sums)?;
        self.1.aggregate(minute, sums)
    }
}

impl<S: Sink> Sink for Option<S> {
    fn calls(&mut self, minute: Minute, calls: &[Call]) -> Result<(), TooLarge> {
        match self {
            Some(sink) => sink.calls(minute, calls),
            None => Ok(()),
        }
    }

    fn aggregate(&mut self, minute: Minute, sums: Calls) -> Result<(), TooLarge> {
        match self {
            Some(sink) => sink.aggregate(minute, sums),
            None => Ok(()),
        }
    }
}

impl<S: Sink> Sink for Vec<S> {
    fn calls(&mut self, minute: Minute, calls: &[Call]) -> Result<(), TooLarge> {
        let mut sinks = self.iter_mut();
        sinks.try_for_each(|sink| sink.calls(minute, calls))
    }

    fn aggregate(&mut self, minute: Minute, sums: Calls) -> Result<(), TooLarge> {
        let mut sinks = self.iter_mut();
        sinks.try_for_each(|sink| sink.aggregate(minute, sums))
    }
}

/// What there is too much of in a trace.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum TooLarge {
    /// A sum of tokens or calls does not fit 64 bits.
    Sum,
    /// More minutes with calls than this number, which are kept.
    Minutes(usize),
    /// More blocks in the cache from which hits are derived than this number, at a time.
    Blocks(usize),
    /// More hashes of calls that are held back to be put in order than this number, which are kept.
    HeldHashes(usize),
    /// More calls in one minute than this number, which are kept to search for the cheapest size.
    Calls(usize),
}

impl TooLarge {
    /// The way out, where there is one.
    #[must_use]
    pub fn hint(self) -> Option<&'static str> {
        match self {
            Self::Sum => None,
            Self::Minutes(_) => Some("split the trace, and price the parts one by one"),
            Self::Blocks(_) => Some(
                "keep blocks for a shorter time with `--cache-ttl`, or leave `--cache-from` out",
            ),
            Self::HeldHashes(_) => Some("leave `--cache-from` out, or hash larger blocks"),
            Self::Calls(_) => Some("use `--fit p99`, which keeps minutes only"),
        }
    }
}

impl fmt::Display for TooLarge {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Sum => f.write_str("the tokens of the trace add up to more than 64 bits hold"),
            Self::Minutes(most) => {
                let most = whole(*most);
                write!(f, "the trace has calls in more than {most} minutes")
            }
            Self::Blocks(most) => {
                let most = whole(*most);
                write!(f, "more than {most} blocks would be in the cache at a time")
            }
            Self::HeldHashes(most) => {
                let most = whole(*most);
                write!(
                    f,
                    "the calls that are put in order at a time have more than {most} hashes of blocks"
                )
            }
            Self::Calls(most) => write!(
                f,
                "a minute of the trace has more than {} calls, too many to find the cheapest size exactly",
                whole(*most)
            ),
        }
    }
}

impl std::error::Error for TooLarge {}
