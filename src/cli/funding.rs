//! The flags of what pays for tokens before money does.

use chrono::NaiveDate;
use clap::{Args, ValueEnum};

use super::value;
use crate::billing::amount::Amount;
use crate::billing::funding::Package;
use crate::order::FundingOrder;

/// A free quota, packages, and whether tokens beyond are billed.
#[derive(Debug, Args)]
#[command(next_help_heading = "Funding")]
pub struct FundingArgs {
    /// Tokens of the model's free quota, such as `1M`
    #[arg(long, hide_short_help = true, value_name = "TOKENS", value_parser = value::count, allow_hyphen_values = true)]
    free_quota: Option<u64>,

    /// What is used of it; repeated for each user of the account
    #[arg(long, hide_short_help = true, value_name = "TOKENS", value_parser = value::count, allow_hyphen_values = true, requires = "free_quota")]
    free_used: Vec<u64>,

    /// The day on which it was activated, from which its last day follows by the days it is valid
    #[arg(long, hide_short_help = true, value_name = "DATE", value_parser = value::date, requires = "free_quota")]
    free_activated: Option<NaiveDate>,

    /// The last day on which it is valid
    #[arg(long, hide_short_help = true, value_name = "DATE", value_parser = value::date, requires = "free_quota")]
    free_expires: Option<NaiveDate>,

    /// Tokens left of a package, and the last day on which it is valid: `5M@2026-12-31`; may be
    /// repeated
    #[arg(long, hide_short_help = true, value_name = "TOKENS[@DATE]", value_parser = value::package, allow_hyphen_values = true)]
    package: Vec<Package>,

    /// What the packages cost together, as a line of its own
    #[arg(long, hide_short_help = true, value_name = "AMOUNT", value_parser = value::amount, allow_hyphen_values = true, requires = "package")]
    package_price: Option<Amount>,

    /// Whether tokens beyond are billed, or not served [default: on]
    #[arg(long, hide_short_help = true, value_enum, value_name = "STATE")]
    postpaid: Option<Switch>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Switch {
    On,
    Off,
}

impl FundingArgs {
    /// The order that the flags describe.
    pub fn order(&self) -> FundingOrder {
        FundingOrder {
            free_quota: self.free_quota,
            free_used: self.free_used.clone(),
            free_activated: self.free_activated,
            free_expires: self.free_expires,
            // Only a reservation has any: its command sets it.
            covers_overflow: false,
            packages: self.package.clone(),
            package_price: self.package_price,
            postpaid: self.postpaid.map(|state| state == Switch::On),
            // A flag of quotes alone: a comparison finds the plan itself.
            savings: None,
        }
    }
}
