//! The flags of a steady load, shared by the commands that take one.

use clap::Args;
use rust_decimal::Decimal;

use super::value;
use crate::billing::kind::Tokens;
use crate::billing::load::Load;

/// Requests of one size at a steady rate; all three or none.
#[derive(Debug, Args)]
#[command(next_help_heading = "Workload")]
pub struct LoadArgs {
    /// Requests per minute, such as `30` or `0.5`
    #[arg(long, value_name = "RATE", value_parser = value::rate, allow_hyphen_values = true,
        requires_all = ["input_per_request", "output_per_request"])]
    pub rpm: Option<Decimal>,

    /// Input tokens of a request
    #[arg(long, value_name = "TOKENS", value_parser = value::count, allow_hyphen_values = true, requires = "rpm")]
    input_per_request: Option<u64>,

    /// Output tokens of a request
    #[arg(long, value_name = "TOKENS", value_parser = value::count, allow_hyphen_values = true, requires = "rpm")]
    output_per_request: Option<u64>,
}

impl LoadArgs {
    /// The load, where it was given.
    pub fn load(&self) -> Option<Load> {
        let ((rpm, input_per_request), output_per_request) = self
            .rpm
            .zip(self.input_per_request)
            .zip(self.output_per_request)?;
        Some(Load {
            rpm,
            per_request: Tokens::plain(input_per_request, output_per_request),
        })
    }
}
