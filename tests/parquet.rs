//! Parquet: the same rows as in CSV give the same calls, and a file that is damaged gives an error.

#![allow(
    clippy::unwrap_used,
    clippy::panic,
    clippy::indexing_slicing,
    clippy::arithmetic_side_effects,
    clippy::float_arithmetic,
    clippy::string_slice
)]

#[path = "parquet/damaged.rs"]
mod damaged;
#[path = "parquet/same.rs"]
mod same;
#[path = "parquet/told.rs"]
mod told;
#[path = "parquet/written.rs"]
mod written;
