//! What a person should know beside the numbers, each with its rule.

use std::fmt;

use rust_decimal::Decimal;

use super::calendar::Moment;
use super::exact::plain;
use super::mode::Mode;
use super::money::Money;
use super::number::{grouped, spoken};
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
    /// An amount that no decimal holds.
    Inexact {
        /// The rule of the item.
        rule: Rule,
        /// Decimals that were kept.
        decimals: u32,
    },
}

impl Note {
    /// The rule behind it.
    #[must_use]
    pub fn rule(&self) -> Rule {
        match self {
            Self::PtuPriceUnit => Rule::PtuPriceUnit,
            Self::RoundedUp { rule, .. } | Self::Inexact { rule, .. } => *rule,
            Self::Overdue { .. } => Rule::PtuOverdue,
            Self::NotAStep { .. } | Self::SizedToPeak { .. } => Rule::PtuSteps,
            Self::Overflow { .. } | Self::SizedCheapest | Self::NeverPays => Rule::PtuOverflow,
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
        }
    }

    /// Whether the document says it. A literal rule can have a part that is a reading.
    #[must_use]
    pub fn basis(&self) -> Basis {
        match self {
            Self::OrderDay | Self::ChargeCapped | Self::Inexact { .. } => Basis::Reading,
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
            Self::Overflow { calls, rpm } => write!(
                f,
                "{} of {} calls a minute do not fit: they are billed as ordinary calls, and their responses carry the header `x-dashscope-ptu-overflow:true`",
                calls_said(*calls),
                calls_said(*rpm)
            ),
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
            Self::Inexact { decimals, .. } => write!(
                f,
                "the amount does not end as a decimal; it is rounded half away from zero at decimal {decimals}"
            ),
        }
    }
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
