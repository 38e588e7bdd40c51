//! What a replay found, and its quote with what it would come to in other ways.

use std::sync::Arc;

use super::pattern::Taken;
use crate::billing::note::{Note, TraceNote};
use crate::billing::quote::Quote;
use crate::billing::recorded::{MinuteTokens, Scale};
use crate::billing::rule::Rule;
use crate::billing::units::Size;
use crate::order::OrderError;
use crate::replay::loads::Loads;
use crate::replay::{Profile, Reading, Replayed, Stretches};

/// What became of a trace that was replayed at a reservation of this size.
#[derive(Clone)]
pub(super) struct Found<'a> {
    /// How much is reserved.
    pub size: Size,
    /// What was read of the trace beside its calls.
    pub reading: &'a Reading,
    /// What became of the calls, for each stretch of time with prices of its own.
    pub replayed: &'a Stretches<Replayed>,
    /// The tokens of each minute.
    pub profile: &'a Profile,
    /// What the minutes take, where the reservation weighs tokens and was sized by them.
    pub loads: Option<&'a Loads>,
    /// The time that the trace stands for.
    pub taken: Taken,
    /// The minutes for a chart, if one is drawn.
    pub timeline: Option<Arc<[MinuteTokens]>>,
}

/// The quote of what was found, which says what it would come to were the days of the pattern counted
/// in another way. `sized` is whether its reservation weighs what overflows.
pub(super) fn quoted(
    found: &Found<'_>,
    sized: bool,
    price: impl Fn(&Found<'_>) -> Result<Quote, OrderError>,
) -> Result<Quote, OrderError> {
    let mut quote = price(found)?.cited();
    let mut ways = Vec::new();
    for (how, scale) in found.taken.scale.iter().flat_map(Scale::otherwise) {
        let mut other = found.clone();
        other.taken.scale = Some(scale);
        let what = TraceNote::Otherwise {
            how,
            scale,
            // What is too large to be said is no reason against the quote.
            total: price(&other).ok().map(|other| other.total_money()),
            sized,
        };
        let rule = Rule::Trace;
        ways.push(Note::Trace { rule, what });
    }
    let is_scaled = |note: &Note| {
        let Note::Trace { what, .. } = note else {
            return false;
        };
        matches!(what, TraceNote::Scaled { .. })
    };
    if let Some(at) = quote.notes.iter().position(is_scaled) {
        let rest = quote.notes.split_off(at.saturating_add(1));
        quote.notes.extend(ways);
        quote.notes.extend(rest);
    }
    Ok(quote)
}
