//! A checked plan as a comment on a pull request, as workflow commands and as CSV.

#![allow(
    clippy::unwrap_used,
    clippy::indexing_slicing,
    clippy::arithmetic_side_effects,
    clippy::string_slice,
    clippy::panic
)]

#[allow(dead_code)]
mod common;
#[path = "check_formats/goldens.rs"]
mod goldens;
#[path = "check_formats/hostile.rs"]
mod hostile;
#[path = "check_formats/rendered.rs"]
mod rendered;
mod support;
