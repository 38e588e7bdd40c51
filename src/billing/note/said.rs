//! The sentence of each note.

use std::fmt;

use rust_decimal::Decimal;

use super::{AboveMaxInput, Fate, Note, Spent, Then};
use crate::billing::early_end::{EarlyEnd, READ_SO};
use crate::billing::exact::{plain, round2};
use crate::billing::money::{Currency, Money};
use crate::billing::number::{average, counted, grouped, spoken};
use crate::billing::offer::{Method, Rate};
use crate::billing::renewal::RenewalRules;
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
                    write!(f, ", in each of {} runs", grouped((*runs).into(), 0))?;
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
                f.write_str(match in_total {
                    true => "",
                    false => ", not in the total",
                })?;
                f.write_str(match restored {
                    true => "; when the balance is topped up it comes back and is billed again, unless its task is deleted",
                    false => "",
                })?;
                f.write_str(match of {
                    Method::Mu => "; a page says it of throughput, and it is read as holding for model units",
                    Method::Ptu | Method::Tokens => "",
                })
            }
            Self::OverdueBlocks => f.write_str(
                "while the balance of the account is overdue no model can be called, also where free quota is left",
            ),
            Self::OverdueStops => f.write_str(
                "while the balance of the account is overdue a pay-as-you-go service, default or custom, is Stopped; it is Running again by itself when the balance is replenished",
            ),
            Self::RenewalCharged(RenewalRules {
                days_before,
                tries,
                from,
                to,
            }) => write!(
                f,
                "a renewal is charged {} before the term expires, at the price of a new order, in up to {} between {} and {}, and renewing automatically is the default: a page says it of reservations, and it is read as holding here",
                counted(*days_before, "day"),
                match tries {
                    1 => "1 try".to_owned(),
                    tries => format!("{tries} tries"),
                },
                from.format("%H:%M"),
                to.format("%H:%M")
            ),
            Self::RenewalUndocumented => f.write_str(
                "when a renewal is charged, and at which price, is not documented: it is taken at the price of its first day",
            ),
            Self::RenewedTerms { months: true, .. } => f.write_str(
                "a renewed term begins when the one before it ends, and the months of all terms are counted from the first start",
            ),
            Self::RenewedTerms { one_day, .. } => {
                f.write_str("a renewed term begins on the day after the one before it ends, and has as many days")?;
                f.write_str(match one_day {
                    true => "; the first renewal of a term of one day is taken as charged on the day of the order",
                    false => "",
                })
            }
            Self::RenewalPrices { changes, as_of } => {
                f.write_str("each term costs what is in force on the day on which it is charged")?;
                if let Some(as_of) = as_of {
                    write!(f, ", and not what is on {as_of}")?;
                }
                let terms: Vec<String> = changes.iter().map(ToString::to_string).collect();
                match terms.as_slice() {
                    [] => Ok(()),
                    [one] => write!(f, ": other prices begin with term {one}"),
                    [first @ .., last] => {
                        let first = first.join(", ");
                        write!(f, ": other prices begin with terms {first} and {last}")
                    }
                }
            }
            Self::RenewalsUndated { as_of } => write!(
                f,
                "without `--start` (`start` in a plan) no renewal has a date: all terms are at the prices of {as_of}"
            ),
            Self::RenewedFunding => f.write_str(
                "the free quota and the packages are there once, for all terms together",
            ),
            Self::Overflow {
                calls,
                rpm,
                header,
                fate,
                above,
                ..
            } => {
                match above {
                    Some(above) => write!(f, "{}", above.said(*rpm))?,
                    None => write!(
                        f,
                        "{} of {} calls a minute do not fit",
                        calls_said(*calls),
                        calls_said(*rpm)
                    )?,
                }
                let joint = if above.is_some() { "; " } else { ": " };
                f.write_str(joint)?;
                f.write_str(match fate {
                    Fate::Billed => "they are billed as ordinary calls",
                    Fate::Offset => "they are ordinary calls, served as long as the free quota and packages pay for them",
                    Fate::NotServed => "they would be ordinary calls, and nothing pays for these",
                })?;
                match header.filter(|_| *fate != Fate::NotServed) {
                    Some(header) => write!(f, ", and their responses carry the header `{header}`"),
                    None => Ok(()),
                }
            }
            Self::WholeCalls { taken } => write!(
                f,
                "the quota is counted per clock minute and takes {} of this size; a call that does not fit on its input or its output side switches as a whole",
                match taken {
                    0 => "no whole call".to_owned(),
                    taken => counted(*taken, "whole call"),
                }
            ),
            Self::Refused {
                calls, rpm, above, ..
            } => {
                match above {
                    Some(above) => write!(f, "{}; they are", above.said(*rpm))?,
                    None => write!(
                        f,
                        "{} of {} calls a minute are",
                        calls_said(*calls),
                        calls_said(*rpm)
                    )?,
                }
                f.write_str(" refused (429): they are not served and cost nothing")
            }
            Self::RefusedBefore { from } => write!(
                f,
                "that calls beyond a reservation are refused can only be chosen from {from} on, and not by the rules in force; it is taken as chosen"
            ),
            Self::OverflowLimits => f.write_str(
                "calls beyond a reservation fall under the public rate limits of the workspace, and may be slower",
            ),
            Self::PdSeparated => f.write_str(
                "prefill and decode run on separate nodes, so the first token comes sooner",
            ),
            Self::Region(region) => write!(f, "models are deployed in {region} only"),
            Self::Update => f.write_str(
                "a phased update runs two versions, and what of them is billed is not documented",
            ),
            Self::TokenService => f.write_str(
                "a deployment that is billed by token is scaled by request, with manual approval; by the pages of 2026-09-22 it is released after a month without use",
            ),
            Self::OverflowMode { mode, priced } => write!(
                f,
                "calls beyond a reservation in the mode `{}` are priced as ordinary calls in the mode `{}`: read so, as another edition of the page calls it that",
                mode.name(),
                priced.name()
            ),
            Self::MonthsPaid { months, days } => write!(
                f,
                "{} paid for {}: a month is taken as 30 days, and a started one is paid whole",
                match months {
                    1 => "1 month is".to_owned(),
                    months => format!("{} are", counted((*months).into(), "month")),
                },
                counted(*days, "day")
            ),
            Self::SizedToPeak {
                calls,
                input,
                output,
                rounded,
                ..
            } => write!(
                f,
                "sized for {} a minute at most: {} input and {} output tokens a minute{}",
                counted(*calls, "call"),
                grouped((*input).into(), 0),
                grouped((*output).into(), 0),
                match rounded {
                    true => ", rounded up to the purchase steps",
                    false => "",
                }
            ),
            Self::SizedCheapest { .. } => f.write_str(
                "sized so that reservation and overflow together cost least",
            ),
            Self::NeverPays { .. } => f.write_str(
                "a reservation does not pay at this price: it is cheapest to reserve nothing and to pay for every call by token",
            ),
            Self::NotAStep { side, tpm, step } => write!(
                f,
                "{side} of {} TPM is not a multiple of {}, the step in which TPM is priced: it may not be for sale in this size",
                grouped((*tpm).into(), 0),
                spoken(*step)
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
                "`{}` is taken as `{}`, the name of this mode on the price page",
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
            } => {
                let why = match free_quota {
                    true => ", which a free quota is for",
                    false => "",
                };
                write!(
                    f,
                    "the model has two prices, and this is the one of {}{why}; `--rate {}` (`rate` in a plan) takes that of {}",
                    calls_at(*rate),
                    other.name(),
                    calls_at(*other)
                )
            }
            Self::FreeShared {
                total,
                used,
                left,
                rule,
            } => {
                let used: Vec<String> = used.iter().map(|used| said(*used)).collect();
                write!(
                    f,
                    "{}: {} less {}, so {} are left",
                    match rule {
                        // Only one document speaks of users.
                        Rule::FreeShared => "the account and its RAM users share the free quota",
                        _ => "of the free quota",
                    },
                    counted(*total, "token"),
                    used.join(" and "),
                    said(*left)
                )
            }
            Self::FreeOutOfScope { what, .. } => {
                write!(f, "the free quota offsets real-time calls of preset models, not {what}")
            }
            Self::FreeCache => f.write_str(
                "the free quota does not offset the context cache: what calls read from it or write to it is billed, and all input is taken as neither",
            ),
            Self::FreeActivated { activated, expires } => write!(
                f,
                "the free quota is activated on {activated} and valid to {expires}: the day of activation is read as the first of its days"
            ),
            Self::ShownAfter(late) => write!(
                f,
                "what is used of the free quota is shown up to {} late, so less can be left than it says",
                late.in_words()
            ),
            Self::FreeOverflow { covered: true, .. } => f.write_str(
                "the free quota is taken to pay for calls beyond the reservation, as `--free-covers-overflow` says (`free_covers_overflow` in a plan): that it does is not established",
            ),
            Self::FreeOverflow { covered: false, .. } => f.write_str(
                "that the free quota pays for calls beyond a reservation is not established, so it offsets none of them; `--free-covers-overflow` (`free_covers_overflow` in a plan) takes it to",
            ),
            Self::FreeExpired { expires, .. } => {
                write!(f, "the free quota expired on {expires}, so it offsets nothing")
            }
            Self::FreeUsedUp { total, .. } => write!(
                f,
                "the free quota of {} is used up, so it offsets nothing",
                counted(*total, "token")
            ),
            Self::PackageExpired { tokens, expires, .. } => write!(
                f,
                "the package of {} expired on {expires}, so it offsets nothing",
                counted(*tokens, "token")
            ),
            Self::Lapses {
                free,
                expires,
                left,
                ..
            } => write!(
                f,
                "the {} expires on {expires} with {} left",
                if *free { "free quota" } else { "package" },
                counted(*left, "token")
            ),
            Self::FreeMix => f.write_str(
                "the tokens that are offset are taken from input and output in proportion",
            ),
            Self::RunsOut {
                source,
                after,
                then,
                ..
            } => {
                match source {
                    Some(source) => {
                        write!(f, "{source} {} at this rate, taken as even; from then on ", after.in_words())?;
                    }
                    None => f.write_str("from the start ")?,
                }
                match then {
                    Then::Costs(money) => write!(f, "{money} a day"),
                    Then::NotServed => f.write_str("nothing is served"),
                }
            }
            Self::Beyond {
                tokens,
                rule: Rule::ServiceOrder,
            } => write!(
                f,
                "the free trial is consumed first; {} beyond are billed",
                counted(*tokens, "token")
            ),
            Self::Beyond { tokens, .. } => write!(
                f,
                "calls under way are not interrupted when the free quota ends; {} beyond are billed at list price",
                counted(*tokens, "token")
            ),
            Self::NoNotice => f.write_str(
                "the platform sends no notice when the free quota is used up",
            ),
            Self::Notices { left } => {
                let left: Vec<String> = left.iter().map(|left| format!("{left} %")).collect();
                write!(
                    f,
                    "the platform sends a notice when {} of the free quota are left",
                    left.join(" and ")
                )
            }
            Self::StopSwitch => f.write_str(
                "calls stop only with the switch of the free quota on, which is off by default for verified accounts and always on for others; a call under way when the quota ends is finished, and what it takes beyond is billed",
            ),
            Self::StopsNothing { free } => write!(
                f,
                "the switch stops calls when the free quota is used up; {}, so these are taken as billed",
                spent_said("the free quota", false, *free)
            ),
            Self::NotServed {
                tokens,
                free,
                packages,
                stopped,
                error,
                rule,
            } => {
                let mut causes: Vec<String> = Vec::new();
                causes.extend(free.map(|spent| spent_said("the free quota", false, spent)));
                causes.extend(packages.map(|(spent, count)| match count {
                    1 => spent_said("the package", false, spent),
                    _ => spent_said("the packages", true, spent),
                }));
                if causes.is_empty() {
                    causes.push("there is no free quota or package".to_owned());
                }
                write!(f, "{}, and ", causes.join(", "))?;
                f.write_str(match rule {
                    Rule::FreeStop => "calls are set to stop then",
                    _ => "postpaid is off",
                })?;
                if *tokens > 0 {
                    let verb = if *tokens == 1 { "is" } else { "are" };
                    write!(f, ": {} {verb} not served", counted(*tokens, "token"))?;
                }
                match error {
                    Some(error) => write!(f, "; calls beyond it fail with 403 `{error}`")?,
                    None if *stopped && *rule == Rule::ServiceStatus => {
                        f.write_str("; the service is Stopped until postpaid is switched on")?;
                    }
                    None => {}
                }
                f.write_str(match stopped {
                    true => "",
                    false => "; the reservation goes on",
                })
            }
            Self::CustomService { product } => {
                write!(f, "a {product} needs a custom service: default services do not have it")
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
                "the newest evidence of a price here is of {seen}, {} ago: it may have changed since",
                counted(*days, "day")
            ),
            Self::BeforeEvidence { as_of, first } => write!(
                f,
                "a price here is first known on {first}, and is taken to be that of {as_of}"
            ),
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

/// Why a source pays for no more, as a clause.
fn spent_said(what: &str, several: bool, spent: Spent) -> String {
    let (is, has, does) = match several {
        true => ("are", "have", "do"),
        false => ("is", "has", "does"),
    };
    match spent {
        Spent::UsedUp => format!("{what} {is} used up"),
        Spent::Expired => format!("{what} {has} expired"),
        Spent::Both => format!("{what} {is} used up or {has} expired"),
        Spent::OutOfScope(calls) => format!("{what} {does} not offset {calls}"),
    }
}

impl AboveMaxInput {
    /// Why no call uses a reservation.
    fn said(self, rpm: Decimal) -> String {
        format!(
            "a request of {} input tokens is above the maximum of {}, so none of the {} calls a minute can use a reservation",
            said(self.input),
            said(self.max),
            calls_said(rpm)
        )
    }
}

/// A count, grouped.
fn said(count: u64) -> String {
    grouped(count.into(), 0)
}

/// A rate as one says it: grouped, with up to 2 decimals.
fn calls_said(calls: Decimal) -> String {
    let rounded = round2(calls).normalize();
    grouped(rounded, rounded.scale())
}

/// The span as a person would say it beside what is billed: days stay days.
fn asked_as(span: Span, increment: Increment) -> String {
    match increment {
        Increment::Day => span.in_days(),
        Increment::Hour | Increment::Minute => span.to_string(),
    }
}
