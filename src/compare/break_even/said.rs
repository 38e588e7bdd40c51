//! A point in words.

use std::fmt;

use rust_decimal::Decimal;

use super::{Bought, Bound, BreakEven};
use crate::billing::number::{counted, grouped, spoken};

impl fmt::Display for Bought {
    /// `120K / 12K TPM`, `3 × MU1x8 PD`.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Throughput {
                throughput,
                spec: Some(spec),
            } => write!(f, "{throughput} {spec}"),
            Self::Throughput { throughput, .. } => throughput.fmt(f),
            Self::Replicas {
                replicas,
                spec,
                pd_separated,
            } => {
                let suffix = if *pd_separated { " PD" } else { "" };
                write!(f, "{} × {spec}{suffix}", spoken(*replicas))
            }
            Self::Tokens => f.write_str("by token"),
        }
    }
}

impl fmt::Display for BreakEven {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (left, right, unit) = (self.left, self.right, self.unit);
        f.write_str(&self.model)?;
        if let Some(region) = &self.region {
            write!(f, " in {region}")?;
        }
        write!(f, ", {}: {left}", self.bought)?;
        if let Some((months, days)) = self.months {
            let (months, days) = (counted(months.into(), "month"), counted(days, "day"));
            write!(f, " ({months} for {days})")?;
        }
        if let Some(days) = self.term_days {
            write!(f, " (over its own {})", counted(days, "day"))?;
        }
        let Some(value) = self.value else {
            write!(f, " never costs less than {right}")?;
            return match self.at_full_use {
                Some(ratio) => write!(f, ": {} {}", self.full_use(), times(ratio)),
                None => f.write_str(": that costs nothing"),
            };
        };
        write!(f, " costs less than {right} above {} {unit}", said(value))?;
        match &self.bound {
            Bound::Hours {
                increment: None, ..
            } => Ok(()),
            Bound::Hours {
                increment: Some(increment),
                same_above,
            } => {
                write!(f, " (a started {} is billed whole: ", increment.noun())?;
                match (same_above, self.billed) {
                    (Some(above), _) => write!(f, "above {} both cost the same)", said(*above)),
                    (None, Some(billed)) => {
                        write!(f, "{} billed hours cost as much)", said(billed))
                    }
                    (None, None) => f.write_str("any use costs more)"),
                }
            }
            Bound::Requests { .. } if self.at_full_use.is_none() => {
                f.write_str(match self.bought {
                    Bought::Replicas { replicas: 1, .. } => ", if the replica serves that many",
                    _ => ", if the replicas serve that many",
                })
            }
            Bound::Requests { .. } => Ok(()),
        }
    }
}

impl BreakEven {
    /// Full use in words: `at 24 hours a day`.
    fn full_use(&self) -> String {
        match self.bound {
            Bound::Hours { .. } => "at 24 hours a day".to_owned(),
            Bound::Requests { active: None } => "at full use".to_owned(),
            Bound::Requests {
                active: Some(active),
            } => format!("at full use in the active hours ({active} a day)"),
        }
    }
}

/// The cost at full use as a multiple of the other option's.
fn times(ratio: Decimal) -> String {
    if ratio == Decimal::ONE {
        return "it costs the same".to_owned();
    }
    match said(ratio).as_str() {
        "1" => "it costs a little more".to_owned(),
        ratio => format!("it costs {ratio} times as much"),
    }
}

/// Up to 4 decimals, grouped.
fn said(value: Decimal) -> String {
    let strategy = rust_decimal::RoundingStrategy::MidpointAwayFromZero;
    let rounded = value.round_dp_with_strategy(4, strategy).normalize();
    grouped(rounded, rounded.scale())
}
