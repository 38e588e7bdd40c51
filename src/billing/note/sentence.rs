//! The sentence of each note that is of no group.

use std::fmt;

use super::Note;
use crate::billing::early_end::{EarlyEnd, READ_SO};
use crate::billing::exact::plain;
use crate::billing::money::{Currency, Money};
use crate::billing::number::{average, counted, whole};
use crate::billing::offer::{Method, Rate};
use crate::billing::rule::Rule;
use crate::billing::term::{Increment, Span};
use crate::billing::unit::UnitPrice;

impl fmt::Display for Note {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::PtuPriceUnit => f.write_str(
                "hourly prices are read as per 10K input TPM and per 1K output TPM for each hour, where the page says \"per 10K tokens\" and \"per 1K tokens\"",
            ),
            Self::RoundedUp {
                span, billed, runs, ..
            } => {
                let asked = asked_as(*span, billed.increment);
                let noun = billed.increment.noun();
                write!(f, "{asked}, billed as {billed}: a started {noun} counts whole")?;
                if *runs > 1 {
                    write!(f, ", in each of {} runs", whole(*runs))?;
                }
                Ok(())
            }
            Self::Overdue {
                hours,
                exposure,
                restored,
                of,
                in_total,
            } => {
                write!(
                    f,
                    "with an overdue balance the deployment is kept and billed for {} more, then released: {exposure}",
                    counted((*hours).into(), "hour")
                )?;
                f.write_str(if *in_total { "" } else { ", not in the total" })?;
                f.write_str(if *restored { "; when the balance is topped up it comes back and is billed again, unless its task is deleted" } else { "" })?;
                f.write_str(match of {
                    Method::Mu => "; a page says it of throughput, and it is read as holding for model units",
                    Method::Ptu | Method::Tokens | Method::Dtu => "",
                })
            }
            Self::OverdueBlocks => f.write_str(
                "while the balance of the account is overdue no model can be called, also where free quota is left",
            ),
            Self::OverdueStops => f.write_str(
                "while the balance of the account is overdue a pay-as-you-go service, default or custom, is Stopped; it is Running again by itself when the balance is replenished",
            ),
            Self::PdSeparated => f.write_str(
                "prefill and decode run on separate nodes, so the first token comes sooner",
            ),
            Self::BatchUnmarked => f.write_str(
                "the newest page marks no price of batch calls for this model: that they are sold, at the share that holds for others, is a reading",
            ),
            Self::Region { name, only: true } => write!(f, "models are deployed in {name} only"),
            Self::Region { name, only: false } => write!(f, "the model runs in {name}"),
            Self::Update => f.write_str(
                "a phased update runs two versions, and what of them is billed is not documented",
            ),
            Self::TokenService => f.write_str(
                "a deployment that is billed by token is scaled by request, with manual approval; by the pages of 2026-09-22 it is released after a month without use",
            ),
            Self::MonthsPaid { months, days } => write!(
                f,
                "{} paid for {}: a started month is paid whole",
                match months {
                    1 => "1 month is".to_owned(),
                    months => format!("{} are", counted((*months).into(), "month")),
                },
                counted(*days, "day")
            ),
            Self::TermsPaid { one, count, days } => write!(
                f,
                "{} {} paid for {}: a started one is paid whole",
                counted((*count).into(), one),
                if *count == 1 { "is" } else { "are" },
                counted(*days, "day")
            ),
            Self::EarlyEnd(early_end) => {
                write!(f, "the subscription {early_end}")?;
                match early_end {
                    EarlyEnd::Settled(_) => f.write_str(READ_SO),
                    EarlyEnd::Refused => Ok(()),
                }
            }
            Self::Grace { grace, retention } => write!(
                f,
                "the service stops {} after it expires, and its resources are released {} later; whether these hours are billed is not documented",
                counted((*grace).into(), "hour"),
                counted((*retention).into(), "hour")
            ),
            Self::OrderDay => f.write_str("the day of the order is taken as day 1"),
            Self::LateOrder { after } => write!(
                f,
                "ordered after {}: valid one day longer for the same price",
                after.format("%H:%M")
            ),
            Self::ModeAlias { asked, priced } => write!(
                f,
                "`{}` is taken as `{}`: one mode, called so by the newest and by an earlier edition of the page",
                asked.name(),
                priced.name()
            ),
            Self::Window { from, until } => write!(
                f,
                "billed from {}, when deploying has succeeded, until {}, when deleting completes",
                from.format("%Y-%m-%d %H:%M:%S"),
                until.format("%Y-%m-%d %H:%M:%S")
            ),
            Self::Bundle => f.write_str(
                "the price is read as for the whole specification, not for each of its units",
            ),
            Self::CountOne(spec) => {
                write!(f, "the page gives no count for this specification; it is read as {spec}")
            }
            Self::FirstCome => f.write_str(
                "capacity is first come, first served; a purchase that fails is refunded in full",
            ),
            Self::MonthsEnd { until } => write!(
                f,
                "the months are taken to run to {}; the hour of expiry, grace and release are not documented for model units",
                until.format("%Y-%m-%d")
            ),
            Self::UsedDay {
                factor,
                monthly,
                days,
                rate,
            } => write!(
                f,
                "a used day of a replica costs {} × {} ÷ {days} = {}",
                plain(*factor),
                monthly.precise(),
                rate.precise()
            ),
            Self::ChargeCapped => {
                f.write_str("the charge is read as never more than was paid, so nothing is refunded")
            }
            Self::AverageTier { input, requests } => write!(
                f,
                "all requests are priced in the tier of their average, {} input tokens; a mix of sizes can cost more or less",
                average(*input, *requests)
            ),
            Self::Trace { what, .. } => what.fmt(f),
            Self::Told(told) => told.fmt(f),
            Self::Cache(note) => note.fmt(f),
            Self::Hours(note) => note.fmt(f),
            Self::Sale(note) => note.fmt(f),
            Self::Dtu(note) => note.fmt(f),
            Self::Says(note) => note.fmt(f),
            Self::Sizing(source) => write!(
                f,
                "what a unit holds and what tokens weigh were read in {}, {}",
                source.document, source.section
            ),
            Self::Tokens(note) => note.fmt(f),
            Self::Own { note, .. } => match note.as_ref() {
                Self::EarlyEnd(early_end) => write!(f, "the subscription {early_end}"),
                note => note.fmt(f),
            },
            Self::FineTunedOnly => f.write_str(
                "these prices only serve custom models made by LoRA fine-tuning of this base model",
            ),
            Self::OtherRate {
                rate,
                other,
                free_quota,
                savings,
            } => {
                let why = match (free_quota, savings) {
                    (true, _) => ", which a free quota is for",
                    (false, true) => ", which a savings plan is for",
                    (false, false) => "",
                };
                write!(
                    f,
                    "the model has two prices, and this is the one of {}{why}; `--rate {}` (`rate` in a plan) takes that of {}",
                    calls_at(*rate),
                    other.name(),
                    calls_at(*other)
                )
            }
            Self::Autoscaled { scheduled: true } => {
                f.write_str("replicas that follow a schedule cost the sum over its hours")
            }
            Self::Autoscaled { scheduled: false } => f.write_str(
                "replicas that scale cost between what their minimum and their maximum cost",
            ),
            Self::Scaling(scaling) => scaling.fmt(f),
            Self::MonthOfThirtyDays => {
                f.write_str("the traffic of a month is taken as that of 30 days")
            }
            Self::QuarterOf90Days => {
                f.write_str("the traffic of three months is taken as that of 90 days")
            }
            Self::YearOf365Days => {
                f.write_str("the traffic of a year is taken as that of 365 days")
            }
            Self::OtherPrice {
                as_of,
                ordered,
                currency,
                prices,
                ..
            } => {
                write!(
                    f,
                    "priced as on {as_of}; other prices are in force on {ordered}, when it is ordered (`--as-of {ordered}`): "
                )?;
                for (at, price) in prices.iter().enumerate() {
                    if at > 0 {
                        f.write_str(", ")?;
                    }
                    if prices.len() > 1 {
                        write!(f, "{} ", price.line)?;
                    }
                    let [then, used] = [price.then, price.used].map(|one| said_price(one, *currency));
                    write!(f, "{then} instead of {used}")?;
                }
                Ok(())
            }
            Self::PricesChange { on, calls, hours } => {
                let days: Vec<String> = on.iter().map(ToString::to_string).collect();
                let days = match days.as_slice() {
                    [first @ .., last] if !first.is_empty() => {
                        format!("{} and {last}", first.join(", "))
                    }
                    days => days.join(", "),
                };
                write!(
                    f,
                    "prices change on {days}: {} what is in force {}; `--as-of` takes one day's prices for all",
                    match (calls, hours) {
                        (true, true) => "each call, and what is billed by the hour or the minute, costs",
                        (true, false) => "each call costs",
                        (false, _) => "each hour or minute that is billed costs",
                    },
                    match (calls, hours) {
                        (true, true) => "on its day, and where it begins (UTC+8)",
                        (true, false) => "on its day (UTC+8)",
                        (false, _) => "where it begins (UTC+8)",
                    }
                )
            }
            Self::BoughtOn { day } => write!(
                f,
                "the term is bought on {day}, the first day of the trace, and keeps the price of that day"
            ),
            Self::AsOfOneDay { as_of, other } => write!(
                f,
                "all is priced as of {as_of}, as `--as-of` says, and other prices are in force in the trace, on {other}; without it each call costs what is in force on its own day"
            ),
            Self::OldPrices { seen, days } => write!(
                f,
                "a price here was last seen on {seen}, {} ago: it may have changed since",
                counted(*days, "day")
            ),
            Self::UndatedPrices => f.write_str("a price here has no day: how old it is is not known"),
            Self::BeforeEvidence { as_of, first } => write!(
                f,
                "a price here is first known on {first}, and is taken to be that of {as_of}"
            ),
            Self::Page(note) => note.fmt(f),
            Self::Inexact { rule: Rule::Discount, decimals } => write!(
                f,
                "the discount is off a rounded amount; it is rounded like it, half away from zero at decimal {decimals}"
            ),
            Self::Inexact { rule: Rule::Fx, decimals } => write!(
                f,
                "the amount in another currency does not end as a decimal; it is rounded half away from zero at decimal {decimals}"
            ),
            Self::Inexact { decimals, .. } => write!(
                f,
                "the amount does not end as a decimal; it is rounded half away from zero at decimal {decimals}"
            ),
            Self::Funding { rule, what } => what.write(*rule, f),
            Self::Renewal(note) => note.fmt(f),
            Self::Savings(note) => note.fmt(f),
            Self::Reserved { what, .. } => what.fmt(f),
        }
    }
}

/// What a rate is for.
fn calls_at(rate: Rate) -> &'static str {
    match rate {
        Rate::FineTuned => "fine-tuned models",
        Rate::Standard => "ordinary calls",
    }
}

/// A price with every digit and what it is for.
fn said_price(price: UnitPrice, currency: Currency) -> String {
    let amount = price.amount;
    let money = Money { amount, currency };
    format!("{} {}", money.precise(), price.basis())
}

/// The span as a person would say it beside what is billed: days stay days.
fn asked_as(span: Span, increment: Increment) -> String {
    match increment {
        Increment::Day => span.in_days(),
        Increment::Hour | Increment::Minute => span.to_string(),
    }
}
