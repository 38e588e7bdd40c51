//! Logs of several models: `quote tokens --trace` and `compare --trace` without a model price each call as a call of
//! the model that it names.

#![allow(
    clippy::unwrap_used,
    clippy::indexing_slicing,
    clippy::arithmetic_side_effects
)]

#[allow(dead_code)]
mod common;
#[path = "several_models/grows.rs"]
mod grows;
#[path = "several_models/held.rs"]
mod held;
#[path = "several_models/laws.rs"]
mod laws;
#[path = "several_models/names.rs"]
mod names;
#[path = "several_models/planned.rs"]
mod planned;
#[path = "several_models/saved.rs"]
mod saved;
#[path = "several_models/shown.rs"]
mod shown;
mod support;
