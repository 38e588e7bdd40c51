//! `--load`: a week that is described costs what it would if its calls had been logged.

#![allow(
    clippy::unwrap_used,
    clippy::indexing_slicing,
    clippy::arithmetic_side_effects
)]

#[path = "loads/as_logged.rs"]
mod as_logged;
#[allow(dead_code)]
mod common;
#[path = "loads/flags.rs"]
mod flags;
#[path = "loads/logged.rs"]
mod logged;
#[path = "loads/shown.rs"]
mod shown;
#[path = "loads/term.rs"]
mod term;

/// A Saturday: the day on which a load begins here.
const AS_OF: &str = "2026-11-14";
