//! Savings plans: the published factors, laws of what they cost, what is refused, and comparisons.

#![allow(
    clippy::unwrap_used,
    clippy::disallowed_methods,
    clippy::indexing_slicing,
    clippy::arithmetic_side_effects
)]

#[path = "common/calendar.rs"]
mod calendar;
#[path = "savings/compare.rs"]
mod compare;
#[path = "savings/laws.rs"]
mod laws;
#[path = "savings/plans.rs"]
mod plans;
#[path = "savings/published.rs"]
mod published;
#[path = "savings/refused.rs"]
mod refused;
mod support;
