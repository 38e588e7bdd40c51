//! What a trace does to a reservation of a size.

use std::sync::Arc;

use super::pattern::Taken;
use crate::billing::recorded::MinuteTokens;
use crate::replay::{Profile, Reading, Replayed, Stretches};

/// What a trace does to a reservation of a size.
#[derive(Clone)]
pub(super) struct Found<'a> {
    /// Input and output tokens per minute.
    pub size: (u64, u64),
    /// Where it was read.
    pub reading: &'a Reading,
    /// What became of the calls.
    pub replayed: &'a Stretches<Replayed>,
    /// The minutes.
    pub profile: &'a Profile,
    /// For how long they are taken.
    pub taken: Taken,
    /// The minutes to be drawn.
    pub timeline: Option<Arc<[MinuteTokens]>>,
}
