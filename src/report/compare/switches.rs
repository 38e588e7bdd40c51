//! Sentences on what a change to a cheaper option costs, and when it has paid for itself.

use rust_decimal::Decimal;

use super::CompareReport;
use crate::billing::exact::{negate, round2};
use crate::billing::money::Money;
use crate::billing::number::{counted, grouped};
use crate::billing::rule::Rule;
use crate::compare::{Comparison, Now, Outcome, Refund, Row, Running, Switch, Traffic, compared};

/// A line for each change to a cheaper option; two where a paid term is running.
pub fn switch_lines(report: &CompareReport) -> Vec<String> {
    let comparison = &report.comparison;
    let Some(old) = comparison.current() else {
        return Vec::new();
    };
    let mut lines = Vec::new();
    for switch in &comparison.switches {
        let said = Said {
            comparison,
            old,
            switch,
        };
        match &switch.term {
            None => lines.push(said.change()),
            Some((running, now)) => {
                lines.push(said.at_the_end(*running));
                // On its last day the end is now.
                if running.left > 0 {
                    lines.push(said.now(*running, now));
                }
            }
        }
    }
    lines
}

/// A change that is put in words.
struct Said<'a> {
    comparison: &'a Comparison,
    old: &'a Row,
    switch: &'a Switch,
}

impl Said<'_> {
    fn money(&self, amount: Decimal) -> Money {
        Money {
            amount,
            currency: self.old.quote.currency,
        }
    }

    /// `from 4 to 1`, or the name of a way that has no rank.
    fn names(&self) -> String {
        let from = match self.switch.from {
            Some(rank) => rank.to_string(),
            None => self.old.kind.name().to_owned(),
        };
        format!("from {from} to {}", self.switch.to)
    }

    fn rule(&self) -> &'static str {
        match self.old.cited(Some(Rule::DeploySwitch)) {
            Some(Rule::DeploySwitch) => " (deploy.switch)",
            _ => "",
        }
    }

    /// The cost of the overlap, with how it was read.
    fn overlap(&self) -> String {
        let reading = self.switch.reading.map(|reading| format!(" ({reading})"));
        format!(
            "{} once for the overlap{}",
            self.money(self.switch.cost),
            reading.unwrap_or_default()
        )
    }

    /// From a way that is paid as it is used.
    fn change(&self) -> String {
        let saved = match (self.switch.rate, self.switch.saving) {
            (Some(rate), _) => format!(
                "{} saved a day, paid back {}",
                self.money(rate.saving_per_day),
                payback(rate.payback_days)
            ),
            (None, saving) => format!(
                "{} less for {}; by the day it is not known, as more time than that is paid for",
                self.money(saving.unwrap_or_default()),
                self.period()
            ),
        };
        let (names, overlap, rule) = (self.names(), self.overlap(), self.rule());
        format!("{names}: {overlap}, {saved}{rule}")
    }

    /// From a term that is paid, once it is over.
    fn at_the_end(&self, running: Running) -> String {
        let saved = match self.switch.rate {
            Some(rate) => {
                let saved = self.money(rate.saving_per_day);
                let once = match self.switch.cost.is_zero() {
                    true => String::new(),
                    false => {
                        format!(
                            "; {}, paid back {}",
                            self.overlap(),
                            payback(rate.payback_days)
                        )
                    }
                };
                format!("{saved} saved a day from then on, nothing before{once}")
            }
            None => format!(
                "nothing saved before; from then on by the day it is not known, as more time than {} is paid for",
                self.period()
            ),
        };
        let (names, rule) = (self.names(), self.rule());
        format!(
            "{names} at the end of the term, {}: {saved}{rule}",
            when(running.left)
        )
    }

    /// From a term that is paid, before it is over.
    fn now(&self, running: Running, now: &Now) -> String {
        let rule = now.refund.rule().map(|rule| format!(" ({})", rule.id()));
        let rule = rule.unwrap_or_default();
        let back = match now.refund {
            Refund::Amount { amount, .. } => {
                format!("{} of what was paid comes back{rule}", self.money(amount))
            }
            Refund::Refused(_) => format!("nothing comes back, it cannot be ended early{rule}"),
            Refund::NoPriceThen(day) => format!(
                "what comes back is not known, as the catalog has no price for {day}, on which it began; taken as nothing"
            ),
            Refund::NotDocumented(_) => {
                format!("what comes back is not documented{rule}, taken as nothing")
            }
        };
        let outcome = match now.outcome {
            None => format!(
                "what it costs until then is not known, as it is paid for longer than {}",
                self.period()
            ),
            Some(outcome) => self.outcome(running, outcome),
        };
        format!("{} now: {back}; {outcome}", self.names())
    }

    fn outcome(&self, running: Running, outcome: Outcome) -> String {
        let paid = match running.left {
            1 => "the day that is paid".to_owned(),
            left => format!("the {} that are paid", counted(left, "day")),
        };
        let costs = format!(
            "{} costs {} for {paid}",
            self.switch.to,
            self.money(outcome.until_end)
        );
        let (gained, amount) = match outcome.gain >= Decimal::ZERO {
            true => ("saved", outcome.gain),
            false => ("lost", negate(outcome.gain)),
        };
        let amount = self.money(amount);
        match outcome.payback_days {
            Some(days) if days.is_zero() => {
                format!(
                    "{costs}, which pays at once: {amount} {gained} against waiting for the end"
                )
            }
            Some(days) => format!(
                "{costs}: {amount} is {gained} against waiting for the end, and against staying it is paid back {}",
                payback(days)
            ),
            None => format!("{costs}: {amount} is {gained} against waiting for the end"),
        }
    }

    fn period(&self) -> String {
        match &self.comparison.traffic {
            Traffic::Steady(workload) => counted(workload.days, "day"),
            Traffic::Recorded(trace) => compared(trace.stated_minutes()),
        }
    }
}

/// `in 12 days`, `today`.
fn when(days: u64) -> String {
    match days {
        0 => "today".to_owned(),
        days => format!("in {}", counted(days, "day")),
    }
}

/// When the cost of a change is paid back: `after 0.11 days`.
fn payback(days: Decimal) -> String {
    let rounded = round2(days).normalize();
    match rounded == Decimal::ONE {
        _ if days.is_zero() => "at once".to_owned(),
        _ if rounded.is_zero() => "in less than 0.01 days".to_owned(),
        true => "after 1 day".to_owned(),
        false => format!("after {} days", grouped(rounded, rounded.scale())),
    }
}
