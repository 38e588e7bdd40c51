//! What things cost: pure formulas over exact decimals.
//!
//! Nothing here reads a clock, a file, a flag or a table. A billing method ([`ptu`], [`mu`], [`tokens`])
//! takes a request and the prices for it and gives a [`quote::Quote`] of line items and [`note`]s. What is
//! done to a quote once it is made is in [`amend`]; the facts it needs for that are nouns below the quote:
//! [`funding`] is what pays, `amend::fund` has it pay. A [`recorded`] trace is what `trace` and `replay`
//! found of a log, in the numbers that a quote states.

pub mod age;
pub mod amend;
pub mod amount;
pub mod cache;
pub mod calendar;
pub mod capacity;
pub mod days;
pub mod dedicated;
pub mod downgrade;
pub mod dtu;
pub mod early_end;
pub mod edition;
pub mod error;
pub mod exact;
pub mod fit;
pub mod free;
pub mod full_use;
pub mod funding;
pub mod fx;
pub mod hours;
pub mod kind;
pub mod line;
pub mod load;
pub mod meter;
pub mod mode;
pub mod moment;
pub mod money;
pub mod mu;
pub mod note;
pub mod number;
pub mod offer;
pub mod overdue;
pub mod pace;
pub mod page;
pub mod price_row;
pub mod ptu;
pub mod quote;
pub mod recorded;
pub mod renewal;
pub mod rule;
pub mod savings;
pub mod savings_error;
pub mod scaling;
pub mod service;
pub mod spec;
pub mod speed;
pub mod term;
mod tier_bound;
pub mod token_prices;
pub mod tokens;
pub mod unit;
pub mod units;
