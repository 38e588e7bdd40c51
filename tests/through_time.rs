//! Prices through time: what has left its page, what came between two editions, and what changed.

#![allow(
    clippy::unwrap_used,
    clippy::indexing_slicing,
    clippy::arithmetic_side_effects
)]

#[path = "through_time/baseline.rs"]
mod baseline;
#[path = "through_time/brackets.rs"]
mod brackets;
#[path = "through_time/changes.rs"]
mod changes;
#[allow(dead_code)]
mod common;
#[path = "through_time/compared.rs"]
mod compared;
#[path = "through_time/history.rs"]
mod history;
#[path = "through_time/left.rs"]
mod left;
#[path = "through_time/logged.rs"]
mod logged;
#[path = "through_time/shop.rs"]
mod shop;
#[path = "through_time/sources.rs"]
mod sources;
