//! What a trace of calls does to a reservation, and which one to buy for it.

#![allow(
    clippy::unwrap_used,
    clippy::indexing_slicing,
    clippy::arithmetic_side_effects
)]

#[path = "replay/cheapest.rs"]
mod cheapest;
#[path = "replay/laws.rs"]
mod laws;
#[path = "replay/minutes.rs"]
mod minutes;
#[path = "replay/partials.rs"]
mod partials;
#[path = "replay/profiles.rs"]
mod profiles;
#[path = "replay/steady.rs"]
mod steady;
#[path = "replay/timelines.rs"]
mod timelines;
#[path = "replay/traces.rs"]
mod traces;
