//! `--current` and what goes with it: how the workload is served today, and until when.

use chrono::NaiveDate;
use clap::{Args as ClapArgs, ValueEnum};
use rust_decimal::Decimal;

use crate::billing::spec::Spec;
use crate::billing::term::Span;
use crate::cli::failure::Failure;
use crate::cli::value;
use crate::compare::{Current, Kind};

/// The flags that say how the workload is served today.
#[derive(Debug, ClapArgs)]
#[command(next_help_heading = "Changing")]
pub struct CurrentArgs {
    /// How it is served today: what a change costs
    #[arg(
        long,
        long_help = "How the workload is served today: what changing to each cheaper option costs",
        value_enum,
        value_name = "METHOD"
    )]
    current: Option<KindArg>,

    /// Which specification that is, of model units [default: the cheapest]
    #[arg(long, hide_short_help = true, value_name = "SPEC", value_parser = value::spec, requires = "current")]
    current_spec: Option<Spec>,

    /// When its running term ends, where it is paid in advance: a date, or days from now [default: it
    /// has just begun]
    #[arg(long, hide_short_help = true, value_name = "DATE|DAYS", value_parser = ends, allow_hyphen_values = true, requires = "current")]
    current_ends: Option<Ends>,

    /// How long the old and the new deployment are both up when changing [default: 1, or what is left
    /// of a running term]
    #[arg(long, hide_short_help = true, value_name = "HOURS", value_parser = value::hours, allow_hyphen_values = true, requires = "current")]
    overlap: Option<Span>,

    /// Exit with 3 when the current method costs more than so much above the cheapest
    ///
    /// Of a log of several models: more than the best way of each, added up; without `--current` it is paid by
    /// ordinary calls
    #[arg(long, hide_short_help = true, value_name = "PERCENT", value_parser = value::percent_above, allow_hyphen_values = true)]
    pub fail_above_cheapest: Option<Decimal>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum KindArg {
    PtuHourly,
    PtuDaily,
    PtuMonthly,
    PtuWeekly,
    PtuQuarterly,
    PtuYearly,
    ReservationDaily,
    #[value(name = "reservation-8h")]
    ReservationBlock,
    MuHourly,
    MuMonthly,
    DtuMonthly,
    FineTuned,
    Standard,
    SavingsPlan,
}

impl KindArg {
    fn kind(self) -> Kind {
        match self {
            Self::PtuHourly => Kind::PtuHourly,
            Self::PtuDaily => Kind::PtuDaily,
            Self::PtuMonthly => Kind::PtuMonthly,
            Self::PtuWeekly => Kind::PtuWeekly,
            Self::PtuQuarterly => Kind::PtuQuarterly,
            Self::PtuYearly => Kind::PtuYearly,
            Self::ReservationDaily => Kind::ReservationDaily,
            Self::ReservationBlock => Kind::ReservationBlock,
            Self::MuHourly => Kind::MuHourly,
            Self::MuMonthly => Kind::MuMonthly,
            Self::DtuMonthly => Kind::DtuMonthly,
            Self::FineTuned => Kind::FineTuned,
            Self::Standard => Kind::Standard,
            Self::SavingsPlan => Kind::SavingsPlan,
        }
    }
}

/// When a term ends.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Ends {
    /// At the end of this day.
    On(NaiveDate),
    /// After this number of days.
    After(u64),
}

/// `2026-12-15`, `12` or `12d`.
fn ends(text: &str) -> Result<Ends, String> {
    let days = text.strip_suffix('d').unwrap_or(text);
    match (value::date(text), value::days_or_none(days)) {
        (Ok(date), _) => Ok(Ends::On(date)),
        (_, Ok(days)) => Ok(Ends::After(days)),
        _ => Err(
            "it is neither a date from 2000 to 2100, such as `2026-12-15`, nor days such as `12`"
                .to_owned(),
        ),
    }
}

impl CurrentArgs {
    /// Refuses a limit above the cheapest where nobody said what it holds.
    pub fn check(&self) -> Result<(), Failure> {
        match (self.fail_above_cheapest, self.current) {
            (Some(_), None) => Err(Failure::usage(
                "missing `--current <METHOD>`",
                "add `--help` for what the command takes",
            )),
            _ => Ok(()),
        }
    }

    /// Whether the deployment of today is of a model fine-tuned from the one that is named.
    pub fn is_fine_tuned(&self) -> bool {
        self.current == Some(KindArg::FineTuned)
    }

    /// How the workload is served today, where that was said; its term is counted from `today`.
    pub fn current(&self, today: NaiveDate, fine_tuned: bool) -> Result<Option<Current>, Failure> {
        let Some(current) = self.current else {
            return Ok(None);
        };
        let kind = current.kind();
        let of_base = !matches!(kind, Kind::MuHourly | Kind::MuMonthly | Kind::FineTuned);
        if fine_tuned && of_base {
            return Err(Failure::usage(
                format!(
                    "`--current {}` serves the base model, and `--fine-tuned` says that it does not",
                    kind.name()
                ),
                "leave one of them out",
            ));
        }
        if self.current_spec.is_some() && !matches!(kind, Kind::MuHourly | Kind::MuMonthly) {
            return Err(Failure::usage(
                "`--current-spec` is for `--current mu-hourly` and `--current mu-monthly`",
                "leave it out",
            ));
        }
        let prepaid = matches!(
            kind,
            Kind::PtuDaily
                | Kind::PtuMonthly
                | Kind::PtuWeekly
                | Kind::PtuQuarterly
                | Kind::PtuYearly
                | Kind::ReservationDaily
                | Kind::MuMonthly
                | Kind::DtuMonthly
                | Kind::SavingsPlan
        );
        if self.current_ends.is_some() && !prepaid {
            let paid = match kind {
                Kind::ReservationBlock => "bought each evening",
                _ => "paid as it is used",
            };
            return Err(Failure::usage(
                format!(
                    "`--current-ends` is for what is paid in advance, and `{}` is {paid}",
                    kind.name()
                ),
                "leave it out: it can be ended at any time",
            ));
        }
        Ok(Some(Current {
            kind,
            spec: self.current_spec,
            overlap: self.overlap,
            days_left: self.days_left(today)?,
            assumed: false,
        }))
    }

    fn days_left(&self, today: NaiveDate) -> Result<Option<u64>, Failure> {
        let date = match self.current_ends {
            None => return Ok(None),
            Some(Ends::After(days)) => return Ok(Some(days)),
            Some(Ends::On(date)) => date,
        };
        let days = date.signed_duration_since(today).num_days();
        match u64::try_from(days) {
            Ok(days) => Ok(Some(days)),
            Err(_) => Err(Failure::usage(
                format!("`--current-ends {date}` is before {today}, the day of the prices"),
                "give the day on which the running term ends, or leave out `--current` where none runs",
            )),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_way_that_is_compared_can_be_the_current_one() {
        for kind in Kind::ALL {
            let found = KindArg::from_str(kind.name(), false).map(KindArg::kind);
            // Blocks of provisioned throughput are priced by `quote ptu` alone.
            let expected = Some(*kind).filter(|kind| *kind != Kind::PtuBlock);
            assert_eq!(found.ok(), expected, "{}", kind.name());
        }
    }
}
