//! What a person should know beside the numbers, each with its rule.

use std::fmt;

use chrono::NaiveDate;
use rust_decimal::Decimal;

use super::calendar::Moment;
use super::exact::plain;
use super::mode::Mode;
use super::money::Money;
use super::number::{counted, grouped, spoken};
use super::rule::{Basis, Rule};
use super::spec::Spec;
use super::term::{Billed, Increment, Span};

/// A short remark on a quote. `Display` gives its sentence, without a full stop.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Note {
    /// Hourly PTU prices depend on how the page's heads are read.
    PtuPriceUnit,
    /// A duration was rounded up to whole increments.
    RoundedUp {
        /// By which rule.
        rule: Rule,
        /// What was asked for.
        span: Span,
        /// What is billed.
        billed: Billed,
        /// In how many runs each.
        runs: u64,
    },
    /// What an overdue balance may add.
    Overdue {
        /// How long the deployment is kept.
        hours: u32,
        /// What that costs.
        exposure: Money,
    },
    /// Calls beyond the reservation are billed as ordinary calls.
    Overflow {
        /// By which rule.
        rule: Rule,
        /// The header that their responses carry, where one is documented.
        header: Option<&'static str>,
        /// Calls per minute that do not fit.
        calls: Decimal,
        /// Of so many.
        rpm: Decimal,
    },
    /// How the share within quota follows from a steady rate.
    SteadyShare,
    /// Every call is larger than the model takes in a reservation.
    AboveMaxInput {
        /// Input tokens of a request.
        input: u64,
        /// Maximum input tokens of a call.
        max: u64,
    },
    /// Calls that are refused and cost nothing.
    Refused {
        /// Calls per minute.
        calls: Decimal,
        /// Of so many.
        rpm: Decimal,
        /// Why they do not fit.
        cause: Rule,
    },
    /// The reservation was sized for the workload.
    SizedToPeak {
        /// Input tokens per minute that are asked for.
        input: Decimal,
        /// Output tokens per minute that are asked for.
        output: Decimal,
    },
    /// The reservation is the one that costs least together with its overflow.
    SizedCheapest,
    /// Reserving nothing is cheapest.
    NeverPays,
    /// A TPM that is not a multiple of its purchase step.
    NotAStep {
        /// `input` or `output`.
        side: &'static str,
        /// What was asked for.
        tpm: u64,
        /// What it is sold in.
        step: u64,
    },
    /// The day of the order is day 1 of the subscription.
    OrderDay,
    /// A late order is valid a day longer.
    LateOrder {
        /// The clock time after which an order is late.
        after: chrono::NaiveTime,
    },
    /// A PTU mode was asked for by its other name.
    ModeAlias {
        /// The name that was typed.
        asked: Mode,
        /// The name on the page.
        priced: Mode,
    },
    /// From when to when a pay-as-you-go deployment is billed.
    Window {
        /// The deployment has succeeded.
        from: Moment,
        /// Deleting it completes.
        until: Moment,
    },
    /// The price is for the whole specification.
    Bundle,
    /// The page gives the specification without a count.
    CountOne(Spec),
    /// Pay-as-you-go capacity may be gone.
    FirstCome,
    /// The end of a model unit subscription is not documented.
    MonthsEnd {
        /// The end of the last month, counted from the start.
        until: Moment,
    },
    /// What a used day of a cancelled order costs.
    UsedDay {
        /// Times the daily rate.
        factor: Decimal,
        /// Of a replica.
        monthly: Money,
        /// Days that the monthly price is divided by.
        days: u64,
        /// The result.
        rate: Money,
    },
    /// An early cancellation is charged no more than was paid.
    ChargeCapped,
    /// The tier follows from the average request.
    AverageTier {
        /// Input tokens of the average request, rounded up.
        request: u64,
    },
    /// Fine-tuned prices only serve fine-tuned models.
    FineTunedOnly,
    /// Several users share a free quota.
    FreeShared {
        /// Tokens in all.
        total: u64,
        /// What each has used.
        used: Vec<u64>,
        /// What is left.
        left: u64,
    },
    /// A free quota does not offset calls of this kind.
    FreeOutOfScope {
        /// `batch calls`.
        what: &'static str,
    },
    /// A free quota had expired before the usage began.
    FreeExpired {
        /// Its last day.
        expires: NaiveDate,
        /// By which rule.
        rule: Rule,
    },
    /// A package had expired before the usage began.
    PackageExpired {
        /// What was left of it.
        tokens: u64,
        /// Its last day.
        expires: NaiveDate,
    },
    /// A free quota or a package expires with something left.
    Lapses {
        /// Whether it is the free quota.
        free: bool,
        /// Its last day.
        expires: NaiveDate,
        /// What is left of it then.
        left: u64,
        /// By which rule.
        rule: Rule,
    },
    /// Input and output use a free quota in proportion.
    FreeMix,
    /// When nothing is left of the free quota and the packages, and what comes then.
    RunsOut {
        /// `the free quota lasts`.
        source: &'static str,
        /// After how long.
        after: Span,
        /// What comes then.
        then: Then,
        /// By which rule.
        rule: Rule,
    },
    /// Tokens beyond the free quota are billed.
    Beyond {
        /// How many.
        tokens: u64,
        /// By which rule.
        rule: Rule,
    },
    /// Nobody is told when a free quota is used up.
    NoNotice,
    /// Tokens that nobody pays for.
    NotServed {
        /// How many.
        tokens: u64,
        /// Whether there was a free quota or a package.
        had_sources: bool,
        /// Whether the service stops; a reservation does not.
        stopped: bool,
    },
    /// A reservation needs a custom service.
    CustomService {
        /// What the provider calls the reservation.
        product: &'static str,
    },
    /// The traffic of a month is that of 30 days.
    MonthOfThirtyDays,
    /// An amount that no decimal holds.
    Inexact {
        /// The rule of the item.
        rule: Rule,
        /// Decimals that were kept.
        decimals: u32,
    },
}

/// What comes when the free part has ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Then {
    /// A day costs so much.
    Costs(Money),
    /// Nothing is served.
    NotServed,
}

impl Note {
    /// The rule behind it.
    #[must_use]
    pub fn rule(&self) -> Rule {
        match self {
            Self::PtuPriceUnit => Rule::PtuPriceUnit,
            Self::RoundedUp { rule, .. }
            | Self::Inexact { rule, .. }
            | Self::Overflow { rule, .. }
            | Self::FreeExpired { rule, .. }
            | Self::Lapses { rule, .. }
            | Self::RunsOut { rule, .. }
            | Self::Beyond { rule, .. } => *rule,
            Self::Overdue { .. } => Rule::PtuOverdue,
            Self::NotAStep { .. } | Self::SizedToPeak { .. } => Rule::PtuSteps,
            Self::SizedCheapest | Self::NeverPays => Rule::PtuOverflow,
            Self::SteadyShare => Rule::PtuOverflowMinute,
            Self::AboveMaxInput { .. } => Rule::PtuMaxInput,
            Self::Refused { cause, .. } => *cause,
            Self::OrderDay | Self::LateOrder { .. } => Rule::PtuExpiry,
            Self::ModeAlias { .. } => Rule::PtuModes,
            Self::Window { .. } => Rule::DeployWindow,
            Self::Bundle => Rule::MuBundle,
            Self::CountOne(_) => Rule::MuCountOne,
            Self::FirstCome => Rule::MuFirstCome,
            Self::MonthsEnd { .. } => Rule::MuMonthly,
            Self::UsedDay { .. } | Self::ChargeCapped => Rule::MuCancelFirstMonth,
            Self::AverageTier { .. } => Rule::TokensTier,
            Self::FineTunedOnly => Rule::TokensFineTuned,
            Self::FreeShared { .. } => Rule::FreeShared,
            Self::FreeOutOfScope { .. } => Rule::FreeScope,
            Self::PackageExpired { .. } => Rule::ServiceOrder,
            Self::FreeMix => Rule::FreeMix,
            Self::NoNotice => Rule::FreeNoNotice,
            Self::NotServed { .. } => Rule::ServiceStatus,
            Self::CustomService { .. } => Rule::ServiceType,
            Self::MonthOfThirtyDays => Rule::ServiceMode,
        }
    }

    /// Whether the document says it. A literal rule can have a part that is a reading.
    #[must_use]
    pub fn basis(&self) -> Basis {
        match self {
            Self::OrderDay
            | Self::ChargeCapped
            | Self::MonthOfThirtyDays
            | Self::Inexact { .. } => Basis::Reading,
            // The increment and the dates of a file or a flag are a person's.
            Self::RoundedUp {
                rule: Rule::ServiceMode,
                ..
            }
            | Self::PackageExpired { .. }
            | Self::Lapses {
                rule: Rule::ServiceOrder,
                ..
            }
            | Self::FreeExpired {
                rule: Rule::ServiceOrder,
                ..
            } => Basis::Given,
            Self::RoundedUp {
                rule: Rule::MuMinute,
                ..
            } => Basis::Reading,
            other => other.rule().basis(),
        }
    }

    /// The amount that the sentence speaks of, where there is one.
    #[must_use]
    pub fn amount(&self) -> Option<Money> {
        match self {
            Self::Overdue { exposure, .. } => Some(*exposure),
            Self::RunsOut {
                then: Then::Costs(a_day),
                ..
            } => Some(*a_day),
            _ => None,
        }
    }
}

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
            Self::Overdue { hours, exposure } => write!(
                f,
                "with an overdue balance the deployment is kept and billed for {hours} hours more: {exposure}, not in the total"
            ),
            Self::Overflow {
                calls, rpm, header, ..
            } => {
                write!(
                    f,
                    "{} of {} calls a minute do not fit: they are billed as ordinary calls",
                    calls_said(*calls),
                    calls_said(*rpm)
                )?;
                match header {
                    Some(header) => write!(f, ", and their responses carry the header `{header}`"),
                    None => Ok(()),
                }
            }
            Self::SteadyShare => f.write_str(
                "the quota is counted per clock minute, and a call that does not fit on its input or its output side switches as a whole",
            ),
            Self::AboveMaxInput { input, max } => write!(
                f,
                "a request of {} input tokens is above the maximum of {}, so no call uses the reservation",
                grouped((*input).into(), 0),
                grouped((*max).into(), 0)
            ),
            Self::Refused { calls, rpm, .. } => write!(
                f,
                "{} of {} calls a minute are refused (429): they are not served and cost nothing",
                calls_said(*calls),
                calls_said(*rpm)
            ),
            Self::SizedToPeak { input, output } => write!(
                f,
                "sized for {} input and {} output tokens a minute, rounded up to the purchase steps",
                calls_said(*input),
                calls_said(*output)
            ),
            Self::SizedCheapest => f.write_str(
                "sized so that reservation and overflow together cost least",
            ),
            Self::NeverPays => f.write_str(
                "a reservation does not pay at this price: it is cheapest to reserve nothing and to pay for every call by token",
            ),
            Self::NotAStep { side, tpm, step } => write!(
                f,
                "{side} of {} TPM is not a multiple of {}, the step in which TPM is priced: it may not be for sale in this size",
                grouped((*tpm).into(), 0),
                spoken(*step)
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
                "the months run to {}; the hour of expiry, grace and release are not documented for model units",
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
            Self::AverageTier { request } => write!(
                f,
                "all requests are priced in the tier of their average, {} input tokens; a mix of sizes can cost more or less",
                grouped((*request).into(), 0)
            ),
            Self::FineTunedOnly => f.write_str(
                "these prices only serve custom models made by LoRA fine-tuning of this base model",
            ),
            Self::FreeShared { total, used, left } => {
                let used: Vec<String> = used.iter().map(|used| said(*used)).collect();
                write!(
                    f,
                    "the account and its RAM users share the free quota: {} less {}, so {} are left",
                    counted(*total, "token"),
                    used.join(" and "),
                    said(*left)
                )
            }
            Self::FreeOutOfScope { what } => {
                write!(f, "the free quota offsets real-time calls of preset models, not {what}")
            }
            Self::FreeExpired { expires, .. } => {
                write!(f, "the free quota expired on {expires}, so it offsets nothing")
            }
            Self::PackageExpired { tokens, expires } => write!(
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
                write!(f, "{source} {} at this rate; from then on ", after.in_words())?;
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
            Self::NotServed {
                tokens,
                had_sources,
                stopped,
            } => {
                f.write_str(match had_sources {
                    true => "nothing is left of the free quota and packages, and postpaid is off",
                    false => "there is no free quota or package, and postpaid is off",
                })?;
                if *tokens > 0 {
                    let verb = if *tokens == 1 { "is" } else { "are" };
                    write!(f, ": {} {verb} not served", counted(*tokens, "token"))?;
                }
                f.write_str(match stopped {
                    true => "; the service is Stopped until postpaid is switched on",
                    false => "; the reservation goes on",
                })
            }
            Self::CustomService { product } => {
                write!(f, "a {product} needs a custom service: default services do not have it")
            }
            Self::MonthOfThirtyDays => {
                f.write_str("the traffic of a month is taken as that of 30 days")
            }
            Self::Inexact { decimals, .. } => write!(
                f,
                "the amount does not end as a decimal; it is rounded half away from zero at decimal {decimals}"
            ),
        }
    }
}

/// A count, grouped.
fn said(count: u64) -> String {
    grouped(count.into(), 0)
}

/// A rate as one says it: grouped, with up to 2 decimals.
fn calls_said(calls: Decimal) -> String {
    let rounded = super::exact::round2(calls).normalize();
    grouped(rounded, rounded.scale())
}

/// The span as a person would say it beside what is billed: days stay days.
fn asked_as(span: Span, increment: Increment) -> String {
    match increment {
        Increment::Day => span.in_days(),
        Increment::Hour | Increment::Minute => span.to_string(),
    }
}
