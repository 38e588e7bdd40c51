//! `tollgate quote mu`.

use clap::Args as ClapArgs;

use crate::billing::calendar::Moment;
use crate::billing::mu::Length;
use crate::billing::spec::Spec;
use crate::billing::term::Span;
use crate::cli::failure::Failure;
use crate::cli::value;
use crate::order::MuOrder;

/// Arguments of `quote mu`.
#[derive(Debug, ClapArgs)]
#[command(override_usage = "\
tollgate quote mu [OPTIONS] <MODEL> <--hours <HOURS>|--months <MONTHS>>")]
#[command(after_long_help = "\
Examples:
  tollgate quote mu qwen3-8b --spec MU1x2 --replicas 3 --hours 90.5m
  tollgate quote mu qwen3-8b --months 1 --renew 2 --start 2026-01-31T10:00
  tollgate quote mu qwen3-8b --spec MU5x1 --months 1 --cancel-after 6.5")]
pub struct Args {
    /// The model's code
    model: String,

    /// The specification of one replica, such as `MU1x8` [default: all of the model]
    #[arg(long, value_name = "SPEC", value_parser = value::spec, help_heading = "Deployment")]
    spec: Option<Spec>,

    /// How many replicas
    #[arg(long, value_name = "N", default_value = "1", value_parser = value::replicas, allow_hyphen_values = true, help_heading = "Deployment")]
    replicas: u64,

    #[command(flatten)]
    length: LengthArgs,

    /// Deploy and delete it so many times
    #[arg(long, long_help = "Deploy and delete it so many times; each run is rounded up by itself", value_name = "N", default_value = "1", value_parser = value::runs, allow_hyphen_values = true, conflicts_with_all = ["months", "start"], help_heading = "Term")]
    runs: u64,

    /// Renew the subscription so many times
    #[arg(long, long_help = "Renew the subscription so many times after its first term", value_name = "TIMES", value_parser = value::renewals, allow_hyphen_values = true, help_heading = "Term")]
    renew: Option<u32>,

    /// Cancel the subscription after so many days
    #[arg(long, long_help = "Cancel the subscription after so many days, in its first month", value_name = "DAYS", value_parser = value::span_in_days, allow_hyphen_values = true, conflicts_with = "hours", help_heading = "Term")]
    cancel_after: Option<Span>,

    /// When it is ordered: `2026-06-01T21:59`
    #[arg(long, long_help = "When it is ordered, in China Standard Time: `2026-06-01T21:59`", value_name = "DATETIME", value_parser = value::moment, help_heading = "Term")]
    start: Option<Moment>,

    /// Say what becomes of it while the balance of the account is overdue from this day or moment on
    #[arg(long, hide_short_help = true, value_name = "DATE[ TIME]", value_parser = value::day_or_moment, help_heading = "Term")]
    overdue_since: Option<Moment>,
}

/// Pay-as-you-go or subscription.
#[derive(Debug, ClapArgs)]
#[command(next_help_heading = "Term")]
#[group(required = true, multiple = false)]
struct LengthArgs {
    /// Pay-as-you-go: hours (`1.5`), or `1h30m`, `7d`
    #[arg(long, value_name = "HOURS", value_parser = value::hours, allow_hyphen_values = true)]
    hours: Option<Span>,

    /// A subscription of so many months
    #[arg(long, value_name = "MONTHS", value_parser = value::months, allow_hyphen_values = true)]
    months: Option<u32>,
}

impl Args {
    /// Whether the rules of what pays for usage are needed, which few ask for.
    pub fn asks_what_pays(&self) -> bool {
        self.overdue_since.is_some()
    }

    /// The model's code.
    pub fn model(&self) -> &str {
        &self.model
    }

    /// The order.
    pub fn order(&self) -> Result<MuOrder, Failure> {
        let length = match (self.length.hours, self.length.months) {
            (Some(span), _) => Length::Hours {
                span,
                runs: self.runs,
            },
            (None, Some(months)) => Length::Months {
                months,
                cancel_after: self.cancel_after,
            },
            (None, None) => {
                return Err(Failure::usage(
                    "missing `--hours` or `--months`",
                    "add one of them",
                ));
            }
        };
        let order = MuOrder {
            spec: self.spec,
            replicas: self.replicas,
            length,
            renew: self.renew.unwrap_or(0),
            start: self.start,
            overdue_since: self.overdue_since,
        };
        order.check()?;
        Ok(order)
    }
}
