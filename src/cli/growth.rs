//! The flags of traffic that grows by the month.

use clap::Args;

use super::failure::Failure;
use super::global::Globals;
use super::value;
use crate::order::{TraceOrder, TracedFrom};
use crate::workload::{Factor, Growth};

/// Traffic that grows by the month.
#[derive(Debug, Args)]
#[command(next_help_heading = "Recorded traffic")]
pub struct GrowthArgs {
    /// State the cost of each month of calls that grow, as in `5%/month`, and of all months
    ///
    /// A month is 30 days; each has so many calls more than the one before, whole ones
    #[arg(long, hide_short_help = true, value_name = "PERCENT", value_parser = value::growth, allow_hyphen_values = true)]
    growth: Option<Growth>,

    /// How many months [default: 12]
    #[arg(long, hide_short_help = true, value_name = "MONTHS", value_parser = value::months, allow_hyphen_values = true, requires = "growth")]
    growth_months: Option<u32>,
}

/// Months without `--growth-months`.
const MONTHS: u32 = 12;
/// Days of a month.
const DAYS: u64 = 30;

/// Growth over some months.
#[derive(Debug, Clone)]
pub struct Growing {
    pub growth: Growth,
    /// How many times the calls of the first month come in each, the first of which is 1.
    pub factors: Vec<Factor>,
}

impl GrowthArgs {
    /// The growth that was asked for.
    ///
    /// # Errors
    /// [`Failure::Usage`] where it cannot be computed exactly.
    pub fn growing(&self) -> Result<Option<Growing>, Failure> {
        let Some(growth) = self.growth else {
            return Ok(None);
        };
        let months = self.growth_months.unwrap_or(MONTHS);
        let factors: Vec<Factor> = (1..=months)
            .map_while(|month| growth.factor(month))
            .collect();
        if factors.len() < usize::try_from(months).unwrap_or(usize::MAX) {
            return Err(Failure::usage(
                format!(
                    "`--growth {growth}` has more digits after {months} months than are computed exactly"
                ),
                format!("use `--growth-months {}`, or fewer decimals", factors.len()),
            ));
        }
        Ok(Some(Growing { growth, factors }))
    }
}

impl Growing {
    /// The trace of a month, of which this is the first.
    ///
    /// # Errors
    /// [`Failure::Usage`] where it is not of a month, or cannot be read so often, or where a limit holds one cost.
    pub fn first(&self, mut trace: TraceOrder, globals: &Globals) -> Result<TraceOrder, Failure> {
        if globals.max_cost.is_some() {
            return Err(Failure::usage(
                "`--max-cost` cannot be used with `--growth`, which has a cost a month",
                "leave one of them out",
            ));
        }
        match &trace.from {
            TracedFrom::Load(load) => {
                if load.minutes != DAYS.saturating_mul(24 * 60) {
                    return Err(of_a_month("the load is of another time"));
                }
            }
            TracedFrom::Files { .. } if trace.from.is_stdin() => {
                return Err(Failure::usage(
                    "`--growth` reads the trace for each month, and the standard input can be read once",
                    "save the trace to a file",
                ));
            }
            TracedFrom::Files { .. } => match trace.scale_to {
                None | Some(DAYS) => trace.scale_to = Some(DAYS),
                Some(_) => return Err(of_a_month("`--scale-to` is of another time")),
            },
        }
        Ok(trace)
    }

    /// The trace of a month by how many times the calls of the first come in it.
    pub fn month(trace: &TraceOrder, factor: Factor) -> TraceOrder {
        TraceOrder {
            grown: Some(factor),
            keeps_minutes: false,
            ..trace.clone()
        }
    }
}

/// The failure where something is not of 30 days.
pub fn of_a_month(what: &str) -> Failure {
    Failure::usage(
        format!("`--growth` states the cost of months of 30 days, and {what}"),
        "make it 30 days, or leave it out",
    )
}
