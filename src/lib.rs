//! tollgate says what an LLM deployment will cost before anyone deploys it.
//!
//! | module | what lives there | may use |
//! |---|---|---|
//! | [`billing`] | what things cost: pure formulas over exact decimals | no other module |
//! | [`catalog`] | TOML to prices: lookup as of a date, overlays, "did you mean" | `billing` |
//! | [`workload`] | what has to be served, without a billing method in it | `billing` |
//! | [`trace`] | logged calls, from files to one stream in order of time | `billing`, `catalog` |
//! | [`compare`] | a workload under every method: ranked, with break-even points | `billing`, `workload`, `catalog` |
//! | [`order`] | what is ordered, from flags or keys, made into a quote | `billing`, `workload`, `catalog`, `trace`, `replay` |
//! | [`plan`] | a plan file: its deployments priced, its budgets, what changed | `billing`, `catalog`, `workload`, `order` |
//! | [`replay`] | a recorded trace, call by call: what fits a reservation, and which to buy | `billing`, `catalog`, `workload`, `trace` |
//! | [`resources`] | what an account holds: left, status, notices, forecast | `billing`, `catalog` |
//! | [`report`] | table, JSON, CSV, Markdown, charts of what the others found | `billing`, `workload`, `compare`, `plan`, `resources` |
//! | [`cli`] | one file a subcommand: its arguments, its request, its run | all of these |
//! | [`output`] | writes what a run has to say, once | `cli`, `catalog` |
//!
//! A test reads the imports and holds the last column.
//!
//! A *trace* is a load that was recorded call by call, as [`trace`] reads it. What is *traced* is
//! ordered or priced for a trace: [`order::TracedPtu`]. *Recorded* is what a trace adds up to in a
//! quote and in JSON: [`billing::recorded`].

pub mod billing;
pub mod catalog;
pub mod cli;
pub mod compare;
pub mod order;
pub mod output;
pub mod plan;
pub mod replay;
pub mod report;
pub mod resources;
pub mod trace;
pub mod workload;
