//! What changing to a cheaper option costs, and when that has paid for itself.

use rust_decimal::Decimal;

use super::CompareReport;
use crate::billing::exact::round2;
use crate::billing::money::Money;
use crate::billing::number::{counted, grouped};
use crate::compare::{Comparison, Traffic, compared};

/// What changing to a cheaper option costs, a line each.
pub fn switch_lines(report: &CompareReport) -> Vec<String> {
    let comparison = &report.comparison;
    let Some(old) = comparison.current() else {
        return Vec::new();
    };
    let money = |amount| Money {
        amount,
        currency: old.quote.currency,
    };
    comparison
        .switches
        .iter()
        .map(|switch| {
            let rule = match old.of_a_service() {
                true => "",
                false => " (deploy.switch)",
            };
            let reading = switch.reading.map(|reading| format!(" ({reading})"));
            let saved = match switch.rate {
                Some(rate) => format!(
                    "{} saved a day, paid back {}",
                    money(rate.saving_per_day),
                    payback(rate.payback_days)
                ),
                None => format!(
                    "{} less for {}; by the day it is not known, as more time than that is paid for",
                    money(switch.saving),
                    span(comparison)
                ),
            };
            format!(
                "from {} to {}: {} once for the overlap{}, {saved}{rule}",
                match switch.from {
                    Some(rank) => rank.to_string(),
                    None => old.kind.name().to_owned(),
                },
                switch.to,
                money(switch.cost),
                reading.unwrap_or_default(),
            )
        })
        .collect()
}

/// When what is paid once is paid back: `after 0.11 days`.
fn payback(days: Decimal) -> String {
    let rounded = round2(days).normalize();
    match rounded == Decimal::ONE {
        _ if rounded.is_zero() && !days.is_zero() => "in less than 0.01 days".to_owned(),
        true => "after 1 day".to_owned(),
        false => format!("after {} days", grouped(rounded, rounded.scale())),
    }
}

/// The time that is compared.
fn span(comparison: &Comparison) -> String {
    match &comparison.traffic {
        Traffic::Steady(workload) => counted(workload.days, "day"),
        Traffic::Recorded(trace) => compared(trace.stated_minutes()),
    }
}
