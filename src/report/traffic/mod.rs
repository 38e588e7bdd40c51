//! Recorded traffic over time as an SVG: tokens of each minute, the reservation, and what overflows.

mod columns;
mod labels;
mod panel;
mod round;
mod scale;
mod svg;
mod ticks;

pub use svg::svg;

use crate::billing::load::OnOverflow;
use crate::billing::quote::{Parameters, Quote};
use crate::billing::recorded::{MinuteTokens, Recorded};
use crate::report::recorded::named;

/// A chart of recorded traffic.
#[derive(Debug, Clone)]
pub struct TrafficChart {
    /// The title.
    pub title: String,
    /// Minutes with calls; the others are drawn without tokens.
    pub minutes: Vec<MinuteTokens>,
    /// Minutes of the trace, with calls and without.
    pub length: u64,
    /// Input and output tokens per minute; `None` where calls are held against nothing.
    pub reserved: Option<(u64, u64)>,
    /// Whether calls that do not fit are billed or rejected.
    pub on_overflow: OnOverflow,
    /// Whether minutes are dates, rather than counted from time 0 of the trace.
    pub dated: bool,
}

impl TrafficChart {
    /// A log that is held against nothing, whose minutes were kept.
    #[must_use]
    pub fn of_log(log: &Recorded) -> Option<Self> {
        Some(Self {
            title: format!("Tokens per minute of {}", named(log)),
            minutes: log.timeline.as_ref()?.to_vec(),
            length: log.minutes,
            reserved: None,
            on_overflow: OnOverflow::Bill,
            dated: log.between.is_some(),
        })
    }

    /// The trace of a quote whose minutes were kept; `None` of any other quote.
    #[must_use]
    pub fn of(quote: &Quote) -> Option<Self> {
        let trace = quote.recorded.as_ref()?;
        let minutes = trace.timeline.as_ref()?.to_vec();
        let of = match quote.parameters {
            Parameters::Ptu { .. } => format!(" and a reservation of {}", quote.model.name),
            _ => String::new(),
        };
        let title = format!("Tokens per minute of {}{of}", named(trace));
        let reserved = trace.reserved.as_ref();
        let is_weighed = reserved.is_some_and(|admitted| !admitted.meters.is_empty());
        let on_overflow = reserved.map(|reserved| reserved.on_overflow);
        Some(Self {
            title,
            minutes,
            length: trace.minutes,
            // What weighs calls has no line among their tokens.
            reserved: match &quote.parameters {
                Parameters::Ptu { throughput, .. } if !is_weighed => throughput.sides(),
                _ => None,
            },
            on_overflow: on_overflow.unwrap_or(OnOverflow::Bill),
            dated: trace.between.is_some(),
        })
    }
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Side {
    Input,
    Output,
}

impl Side {
    /// The one of a pair that is for this side.
    fn of<T>(self, (input, output): (T, T)) -> T {
        match self {
            Self::Input => input,
            Self::Output => output,
        }
    }

    fn name(self) -> &'static str {
        self.of(("input", "output"))
    }
}
