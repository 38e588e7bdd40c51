//! For how long a deployment is bought, within the period of its plan.

use super::fields::Fields;
use super::text;
use crate::billing::number::counted;
use crate::billing::ptu::{self, Fixed};
use crate::billing::term::months::{self, DAYS_OF_A_MONTH};
use crate::billing::term::{Span, Term};
use crate::order::{Conflict, Say, value};

/// The length that is ordered.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Bought {
    /// Pay-as-you-go.
    Time {
        /// How long it is up in each run.
        span: Span,
        /// Number of runs.
        runs: u64,
    },
    /// A subscription of days.
    Days(u64),
    /// A subscription of months.
    Months(u32),
    /// A subscription of terms of a fixed length.
    Fixed(Fixed, u32),
}

impl Bought {
    /// The days on which requests come in a period of so many: those of the period, where months or other terms cover
    /// it and have others. `None` where they are those that are bought.
    #[must_use]
    pub fn days_of_traffic(self, renewals: u32, period: u64) -> Option<u64> {
        let times = u64::from(renewals).saturating_add(1);
        let (count, needed) = match self {
            Self::Time { .. } | Self::Days(_) => return None,
            Self::Months(count) => (count, months_for(period)),
            Self::Fixed(one, count) => (count, terms_for(one, period)),
        };
        let covers = u64::from(count).saturating_mul(times) >= needed.into();
        let days = self.of_throughput().days_of_traffic()?;
        (covers && days.saturating_mul(times) != period).then_some(period)
    }

    /// The same of a throughput reservation.
    #[must_use]
    pub fn of_throughput(self) -> ptu::Length {
        match self {
            Self::Time { span, runs } => ptu::Length::Hours { span, runs },
            Self::Days(days) => ptu::Length::Days(days),
            Self::Months(months) => ptu::Length::Months(months),
            Self::Fixed(one, count) => ptu::Length::Fixed(one, count),
        }
    }
}

/// How a number of terms is read.
type ReadTerms = fn(&str) -> Result<u32, String>;

/// The keys of terms of a fixed length.
pub const FIXED: [(&str, Fixed, ReadTerms); 3] = [
    ("weeks", Fixed::Week, value::weeks),
    ("quarters", Fixed::Quarter, value::quarters),
    ("years", Fixed::Year, value::years),
];

/// The length, and how long a day it is used where that is known.
#[derive(Debug, Clone, Copy)]
pub struct Length {
    pub bought: Bought,
    /// `hours_per_day`, where it is written.
    pub per_day: Option<Span>,
    /// The days that it covers, with those of its renewals; `None` where only hours are known.
    pub days: Option<u64>,
    /// How many times a subscription is renewed.
    pub renew: u32,
}

/// Reads `term`, or the flags of the command, for a period of `days`. By the month where
/// `monthly`, else a subscription is by the day.
pub fn length(fields: &mut Fields<'_>, days: u64, monthly: bool) -> Option<Length> {
    let term = fields.value("term", text::term, |term| term.name().to_owned());
    let hours = fields.value("hours", value::hours, text::span);
    let own_days = fields.value("days", value::days, text::count);
    let months = fields.value("months", value::months, |months| months.to_string());
    let fixed = FIXED.map(|(key, one, read)| {
        let count = fields.value(key, read, |count| count.to_string());
        (key, one, count)
    });
    let renew = fields.value("renew", value::renewals, |times| times.to_string());
    let runs = fields.value("runs", value::runs, text::count);
    let per_day = fields.value("hours_per_day", value::hours_per_day, text::span);
    if fields.has("runs") && !fields.has("hours") {
        let at = fields.place("runs");
        fields.problem(
            at,
            "`runs` says how often `hours` are run: write `hours` too",
        );
    }
    let found = |bought, days| {
        Some(Length {
            bought,
            per_day,
            days,
            renew: renew.unwrap_or(0),
        })
    };
    let terms = renew.unwrap_or(0).saturating_add(1);
    if let Some(span) = hours {
        let runs = runs.unwrap_or(1);
        within(fields, "hours", span.times(runs).ok(), days)?;
        found(Bought::Time { span, runs }, None)
    } else if let Some(own) = own_days {
        let all = own.saturating_mul(terms.into());
        let last = if terms > 1 { "renew" } else { "days" };
        within(fields, last, Span::hours(24).times(all).ok(), days)?;
        found(Bought::Days(own), Some(all))
    } else if let Some(months) = months {
        let most = months_for(days);
        let all = months.saturating_mul(terms);
        if all > most && terms > 1 {
            within(fields, "renew", None, days)?;
        }
        if months > most {
            let at = fields.place("months");
            let message = format!(
                "`months` is {months}, and the period of {} needs {most}: write `days = {}` for the plan",
                counted(days, "day"),
                u64::from(months).saturating_mul(DAYS_OF_A_MONTH)
            );
            fields.problem(at, message);
            return None;
        }
        found(Bought::Months(months), Some(days))
    } else if let Some((key, one, count)) = fixed
        .into_iter()
        .find_map(|(key, one, count)| Some((key, one, count?)))
    {
        let most = terms_for(one, days);
        if count.saturating_mul(terms) > most {
            let last = if terms > 1 { "renew" } else { key };
            let at = fields.place(last);
            let message = format!(
                "{} are bought, and the period of {} needs {most}: buy fewer, or raise `days` of the plan",
                counted(count.saturating_mul(terms).into(), one.noun()),
                counted(days, "day"),
            );
            fields.problem(at, message);
            return None;
        }
        found(Bought::Fixed(one, count), Some(days))
    } else {
        if fields.has("renew") {
            renewable(fields, term);
            return None;
        }
        let bought = match term {
            Some(Term::Subscription) if monthly => Bought::Months(months_for(days)),
            Some(Term::Subscription) => Bought::Days(days),
            Some(Term::PayAsYouGo) => up_daily(per_day, days)?,
            None => {
                if ["hours", "days", "months"]
                    .into_iter()
                    .chain(FIXED.map(|(key, ..)| key))
                    .any(|key| fields.has(key))
                {
                    return None;
                }
                return fields.missing("term", "\"subscription\"` or `\"pay-as-you-go\"");
            }
        };
        found(bought, Some(days))
    }
}

/// All day is one long run; else it is deployed and deleted every day.
fn up_daily(per_day: Option<Span>, days: u64) -> Option<Bought> {
    let all_day = Span::hours(24);
    let per_day = per_day.unwrap_or(all_day);
    if per_day == all_day {
        let span = all_day.times(days).ok()?;
        Some(Bought::Time { span, runs: 1 })
    } else {
        Some(Bought::Time {
            span: per_day,
            runs: days,
        })
    }
}

/// Complains of renewals beside a term that is not written, or that has none.
fn renewable(fields: &mut Fields<'_>, term: Option<Term>) {
    let message = match term {
        Some(Term::PayAsYouGo) => {
            let conflict = Conflict::RenewalOfPayAsYouGo;
            format!("{}: {}", conflict.message(Say::Keys), conflict.hint(Say::Keys))
        }
        _ => "`renew` renews a term within the period of the plan, and without `days` or `months` the term is all of it: write `days` or `months` of one term".to_owned(),
    };
    let at = fields.place("renew");
    fields.problem(at, message);
}

/// Complains of a length that goes beyond the period.
fn within(fields: &mut Fields<'_>, key: &str, span: Option<Span>, days: u64) -> Option<()> {
    let period = Span::hours(24).times(days).ok()?;
    if span.is_some_and(|span| span <= period) {
        return Some(());
    }
    let at = fields.place(key);
    let message = format!(
        "`{key}` goes beyond the period of {}: shorten it, or raise `days` of the plan",
        counted(days, "day")
    );
    fields.problem(at, message);
    None
}

/// Whole terms of a fixed length that cover `days`.
pub fn terms_for(one: Fixed, days: u64) -> u32 {
    u32::try_from(one.covering(days)).unwrap_or(u32::MAX)
}

/// The months that cover `days`.
pub fn months_for(days: u64) -> u32 {
    u32::try_from(months::covering(days)).unwrap_or(u32::MAX)
}
