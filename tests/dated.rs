//! Prices that change in the time of a trace: each call costs what was in force on its day.

#![allow(
    clippy::unwrap_used,
    clippy::indexing_slicing,
    clippy::arithmetic_side_effects,
    clippy::string_slice
)]

#[allow(dead_code)]
mod common;
#[path = "dated/compared.rs"]
mod compared;
#[path = "dated/laws.rs"]
mod laws;
#[path = "dated/merged.rs"]
mod merged;
#[path = "dated/missing.rs"]
mod missing;
#[path = "dated/prices.rs"]
mod prices;
#[path = "dated/reserved.rs"]
mod reserved;
#[path = "dated/tokens.rs"]
mod tokens;
