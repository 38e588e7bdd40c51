//! Why a quote cannot be made, although its prices are known.

use std::fmt;

use chrono::{NaiveDate, NaiveTime};
use rust_decimal::Decimal;

use super::exact::TooLarge;
use super::exact::plain;
use super::meter::PerMeter;
use super::moment::Moment;
use super::number::{average, counted, spoken, whole};
use super::savings_error::SavingsError;

/// What stops a quote. Each is a sentence; [`QuoteError::hint`] says the way out.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum QuoteError {
    /// An exact result has more digits than a decimal holds.
    TooLarge,
    /// A tiered price without the number of requests that the tokens belong to.
    RequestsNeeded,
    /// More input than one request can have, without the number of requests that it belongs to.
    MoreThanARequest {
        /// Input tokens in all.
        input: u64,
        /// The end of the only tier, in input tokens.
        last: u64,
    },
    /// A request larger than the last tier.
    BeyondLastTier {
        /// Input tokens in all.
        input: u64,
        /// The requests that they belong to; their average is beyond.
        requests: u64,
        /// The end of the last tier, in input tokens.
        last: u64,
    },
    /// A call of a workload larger than the last tier.
    CallBeyondLastTier {
        /// Input tokens of the call.
        request: u64,
        /// The end of the last tier, in input tokens.
        last: u64,
    },
    /// Calls of a trace larger than the last tier.
    CallsBeyondLastTier {
        /// The number of calls.
        calls: u64,
        /// Input tokens of all these calls.
        input: u64,
        /// The end of the last tier, in input tokens.
        last: u64,
        /// Whether a reservation did not take them.
        overflow: bool,
    },
    /// Units of a reservation that is sold by side.
    NoUnits,
    /// Output tokens of a model that publishes no price for them.
    NoOutputPrice,
    /// Recorded calls with output tokens, of a model that publishes no price for them.
    NoOutputPriceOfTrace,
    /// Calls that overflow, of a model without a price for ordinary calls.
    NoStandardPrice,
    /// No reservation takes requests of this size.
    AboveMaxInput {
        /// Input tokens of a request.
        input: u64,
        /// Maximum input tokens of a call.
        max: u64,
    },
    /// A term of dedicated throughput units of more months than are sold.
    TermTooLong {
        /// The months that were asked for.
        months: u32,
        /// The most months of a term.
        most: u32,
    },
    /// Calls that dedicated throughput units do not take: what becomes of them is not documented.
    BeyondDedicated {
        /// The specification of the units.
        spec: String,
        /// Calls per minute that do not fit, on average.
        calls: Decimal,
    },
    /// Calls of a trace that dedicated throughput units do not take.
    TraceBeyondDedicated {
        /// The number of calls.
        calls: u64,
    },
    /// Ending a term of dedicated throughput units, of a provider that does not say what it costs.
    EarlyEndUnknown,
    /// A term is ended after it is over.
    EndedAfterTerm {
        /// The days after which it is ended.
        days: u64,
        /// The months of the term.
        months: u32,
    },
    /// A part of an hour, of a provider that does not say how it bills a started hour.
    StartedHour,
    /// Cancelling, of a provider that does not say what it costs.
    CancellationUnknown,
    /// Cancelling later than the first month.
    CancelledLate {
        /// Days the first month has.
        first_month: u64,
        /// Whether it is a document that does not say what comes of it, and not a catalog file.
        documented: bool,
    },
    /// A prepaid term that is scaled, of a provider that does not say what that costs.
    ScalingNotDocumented,
    /// A subscription of which one side grows and the other shrinks at once.
    ScaledBothWays {
        /// The day of the term.
        day: u64,
    },
    /// A subscription that keeps nothing.
    ScaledToNothing {
        /// The day of the term.
        day: u64,
    },
    /// A subscription that was bought at two prices and is scaled in.
    ScaledInAtTwoPrices {
        /// The day of the term.
        day: u64,
    },
    /// A reservation that is scaled in after an earlier change.
    ScaledInAfterChange {
        /// The day of the term.
        day: u64,
    },
    /// A late order that is scaled.
    ScaledAfterLateOrder,
    /// A standard reservation below the smallest that is sold.
    BelowSmallest {
        /// Input and output tokens per minute that were asked for.
        asked: PerMeter<u64>,
        /// The fewest of each.
        smallest: PerMeter<u64>,
    },
    /// A standard reservation of a size between two steps.
    BetweenSteps {
        /// `input` or `output`.
        side: &'static str,
        /// Tokens per minute that were asked for.
        count: u64,
        /// The step.
        step: u64,
        /// The sizes that are sold below and above.
        next: [u64; 2],
    },
    /// A standard reservation for a time that is no term.
    TermNotSold {
        /// The days that were asked for.
        days: u64,
        /// The longest term below.
        below: u64,
        /// The shortest term above.
        above: Option<u64>,
    },
    /// Calls of a trace that come at times at which no block of 8 hours runs.
    NotInBlocks {
        /// The clock time from which on blocks can be ordered.
        from: NaiveTime,
    },
    /// Calls of a trace in more nights than there are blocks.
    TooFewBlocks {
        /// Nights with calls.
        nights: u64,
        /// Blocks that are bought.
        blocks: u64,
    },
    /// A load that lasts longer on a day than the block of an evening.
    LongerThanABlock {
        /// The clock time from which on blocks can be ordered.
        from: NaiveTime,
    },
    /// A block of 8 hours that is ordered when none can be.
    BlockNotThen {
        /// The moment of the order.
        start: Moment,
        /// The clock time from which on blocks can be ordered.
        from: NaiveTime,
    },
    /// Model units that are given up before their term ends.
    UnitsScaledIn {
        /// The day of the term.
        day: u64,
    },
    /// The last day of a free quota, later than any rule allows of one that is in use.
    ValidTooLong {
        /// The last day that was given.
        expires: NaiveDate,
        /// The first day of the usage.
        on: NaiveDate,
        /// The latest last day that there can be.
        latest: NaiveDate,
    },
    /// The last day of a free quota, other than the rules allow from its activation.
    ValidOtherwise {
        /// The day of the activation.
        activated: NaiveDate,
        /// The last day that was given.
        expires: NaiveDate,
        /// The first day that can be the last one.
        first: NaiveDate,
        /// The last day that can be the last one.
        last: NaiveDate,
    },
    /// A free quota whose last day does not follow from its activation.
    ValidFromTo {
        /// The day of the activation.
        activated: NaiveDate,
        /// Days that it is valid at least.
        least: u64,
        /// Days that it is valid at most.
        most: u64,
    },
    /// A free quota that is activated after its use begins.
    ActivatedLater {
        /// The day of the activation.
        activated: NaiveDate,
        /// The first day of the usage.
        on: NaiveDate,
    },
    /// The activation of a free quota whose validity is not documented.
    NoValidity,
    /// A switch that stops calls when a free quota is used up, where there is none.
    NoStopSwitch {
        /// The day of the rules.
        as_of: NaiveDate,
        /// The first day with such a switch, where there is one.
        from: Option<NaiveDate>,
    },
    /// A free quota of a model in a region that has none.
    FreeElsewhere {
        /// The id of the region.
        region: String,
        /// The ids of those that have one.
        regions: Vec<String>,
    },
    /// A switch that stops calls when a free quota is used up, and no free quota.
    StopWithoutQuota,
    /// A switch that stops calls when a free quota is used up, and packages that would pay after it.
    StopBeforePackages,
    /// A term that is charged on a day without a price.
    NoPriceOfTerm {
        /// The number of the term, from 1.
        term: usize,
        /// The day on which it is charged.
        day: NaiveDate,
    },
    /// A balance that is overdue before anything runs.
    OverdueBefore {
        /// Since when it is overdue.
        since: Moment,
        /// The start of the deployment.
        start: Moment,
    },
    /// A balance that is overdue after all has ended.
    OverdueAfter {
        /// Since when it is overdue.
        since: Moment,
        /// The end of the deployment.
        until: Moment,
    },
    /// A date after the year 2100.
    CalendarEnds,
    /// A savings plan that is not sold so, or pays for nothing of it.
    Savings(SavingsError),
}

impl QuoteError {
    /// The end of the last tier, in input tokens, where calls are longer.
    #[must_use]
    pub fn last_tier(&self) -> Option<u64> {
        match self {
            Self::BeyondLastTier { last, .. }
            | Self::CallBeyondLastTier { last, .. }
            | Self::CallsBeyondLastTier { last, .. } => Some(*last),
            _ => None,
        }
    }

    /// The way out, where there is one.
    #[must_use]
    pub fn hint(&self) -> Option<&'static str> {
        match self {
            Self::TooLarge => Some(
                "ask for a smaller quantity, or give a discount, rate or price with fewer digits",
            ),
            Self::RequestsNeeded => Some(
                "add `--requests <N>`, the number of requests these tokens belong to: their average size picks the tier",
            ),
            Self::MoreThanARequest { .. } => {
                Some("add `--requests <N>`, the number of requests these tokens belong to")
            }
            Self::BeyondLastTier { .. } => Some("split the input, or raise `--requests`"),
            Self::CallBeyondLastTier { .. } => {
                Some("split the input: no price is for calls of this size")
            }
            Self::CallsBeyondLastTier { overflow: true, .. } => Some(
                "reserve so much that they fit, use `--on-overflow reject`, or add a tier in a file of your own with `--catalog`",
            ),
            Self::CallsBeyondLastTier { .. } => Some(
                "leave them out with `--where`, or add a tier in a file of your own with `--catalog`",
            ),
            Self::NoOutputPriceOfTrace => {
                Some("add the price in a file of your own with `--catalog`")
            }
            Self::NoUnits => Some("give tokens per minute: `--input-tpm <TPM> --output-tpm <TPM>`"),
            Self::NoOutputPrice => {
                Some("use `--output 0`, or add the price in a file of your own with `--catalog`")
            }
            Self::NoStandardPrice => Some(
                "add its standard price in a file of your own with `--catalog`, or use `--on-overflow reject`",
            ),
            Self::AboveMaxInput { .. } => {
                Some("`tollgate quote tokens` prices these requests as ordinary calls")
            }
            Self::TermTooLong { .. } => Some(
                "order a shorter term, and add `--renew` (`renew` in a plan) for those after it",
            ),
            Self::BeyondDedicated { .. } | Self::TraceBeyondDedicated { .. } => {
                Some("buy more units, or use `--fit peak`, which holds every call")
            }
            Self::EndedAfterTerm { .. } => {
                Some("leave `--cancel-after` out: a term that is over has no early end")
            }
            Self::EarlyEndUnknown => Some(
                "leave `--cancel-after` out (`cancel_after` in a plan), or say what it costs as `cancellation_…` in `[billing.dtu]` of the catalog file",
            ),
            Self::CancelledLate { .. } => {
                Some("ask the provider what a later cancellation refunds")
            }
            Self::StartedHour => Some(
                "ask for whole hours, or say `increment = \"minute\"` or `\"hour\"` in `[billing.ptu]` and `[billing.mu]` of the catalog file",
            ),
            Self::CancellationUnknown => Some(
                "leave `--cancel-after` out (`cancel_after` in a plan), or say what it costs as `cancellation_…` in `[billing.mu]` of the catalog file",
            ),
            Self::ScalingNotDocumented => Some(
                "write each phase as a deployment of its own; where your provider documents it, a catalog file says so with `scales_by_day = true` of `[billing.ptu]`, or `scales_out_by_day = true` of `[billing.mu]`",
            ),
            Self::ScaledBothWays { .. } => Some("let each side change in a phase of its own"),
            Self::ScaledToNothing { .. } => {
                Some("let the period end there, or keep a part of the throughput")
            }
            Self::ScaledInAtTwoPrices { .. } => Some(
                "write what is added as a deployment of its own, or leave `start` out: all is then bought at one price",
            ),
            Self::ScaledInAfterChange { .. } => {
                Some("write what is added as a deployment of its own")
            }
            Self::BelowSmallest { .. } => Some(
                "reserve at least that much of both; without `--service` a deployment's provisioned throughput has no such minimum",
            ),
            Self::BetweenSteps { .. } => Some("take one of these two"),
            Self::TermNotSold { .. } => Some(
                "take a term that is sold; a shorter one is renewed with `--renew`, and each term costs what a new order does",
            ),
            Self::TooFewBlocks { .. } => Some("buy a block for each night: `--blocks <N>`"),
            Self::NotInBlocks { .. } | Self::LongerThanABlock { .. } => {
                Some("reserve by the day: `--service standard --days <DAYS>`")
            }
            Self::BlockNotThen { .. } => Some("give a `--start` from then on to midnight"),
            Self::ScaledAfterLateOrder => Some("let it start before, or leave `start` out"),
            Self::UnitsScaledIn { .. } => Some(
                "write what is given up as a deployment of its own: with `cancel_after` in its first month, it is documented what comes back",
            ),
            Self::ValidTooLong { .. } | Self::ValidOtherwise { .. } => {
                Some("take the last day that the console shows, as `--free-expires <DATE>`")
            }
            Self::ValidFromTo { .. } | Self::NoValidity => {
                Some("say the last day itself: `--free-expires <DATE>`")
            }
            Self::ActivatedLater { .. } => {
                Some("the day of activation is that on which the quota could first be used")
            }
            Self::NoStopSwitch { from: Some(_), .. } => {
                Some("leave out `--postpaid off`, or take the rules of a later day with `--as-of`")
            }
            Self::NoStopSwitch { from: None, .. } => Some("leave out `--postpaid off`"),
            Self::FreeElsewhere { .. } => Some("leave out `--free-quota`"),
            Self::StopWithoutQuota => Some(
                "add `--free-quota <TOKENS>`, with `--free-used` where it is used up, or leave out `--postpaid off`",
            ),
            Self::StopBeforePackages => Some("leave out the packages, or `--postpaid off`"),
            Self::NoPriceOfTerm { .. } => Some(
                "let it begin later, or leave out `--start`: all terms are then at the prices of `--as-of`",
            ),
            Self::OverdueBefore { .. } | Self::OverdueAfter { .. } => {
                Some("give a moment in the time of the deployment, which `--start` begins")
            }
            Self::CalendarEnds => Some("let it begin earlier, or ask for a shorter term"),
            Self::Savings(error) => Some(error.hint()),
        }
    }
}

impl fmt::Display for QuoteError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::TooLarge => f.write_str("the amount has more digits than can be computed exactly"),
            Self::RequestsNeeded => f.write_str(
                "this price comes in tiers, and the input of each request picks the tier (`tokens.tier`)",
            ),
            Self::CallBeyondLastTier { request, last } => write!(
                f,
                "a request of {} input tokens is beyond the last tier, which ends at {} (`tokens.tier`)",
                whole(*request),
                spoken(*last)
            ),
            Self::MoreThanARequest { input, last } => write!(
                f,
                "{} input tokens are more than one request can have: this price ends at {} a request (`tokens.tier`)",
                whole(*input),
                spoken(*last)
            ),
            Self::BeyondLastTier { input, requests, last } => {
                let each = average(*input, *requests);
                match input.checked_rem(*requests) {
                    Some(0) => write!(f, "a request of {each} input tokens is"),
                    _ => write!(f, "requests of {each} input tokens on average are"),
                }?;
                write!(
                    f,
                    " beyond the last tier, which ends at {} (`tokens.tier`)",
                    spoken(*last)
                )
            }
            Self::CallsBeyondLastTier { calls, input, last, .. } => {
                let each = average(*input, *calls);
                match calls {
                    1 => write!(f, "a call of {each} input tokens is"),
                    _ => write!(
                        f,
                        "{} calls of {each} input tokens on average are",
                        whole(*calls)
                    ),
                }?;
                write!(
                    f,
                    " beyond the last tier, which ends at {} (`tokens.tier`)",
                    spoken(*last)
                )
            }
            Self::NoOutputPriceOfTrace => {
                f.write_str("the trace has output tokens, and the model has no published price for them")
            }
            Self::NoUnits => f.write_str("the model is not sold in units, but by tokens per minute of input and of output"),
            Self::NoOutputPrice => f.write_str("the model has no published price for output tokens"),
            Self::ValidTooLong {
                expires,
                on,
                latest,
            } => write!(
                f,
                "no rule lets a free quota that is in use on {on} be valid until {expires}: {latest} is the latest (`free.validity`)"
            ),
            Self::ValidOtherwise {
                activated,
                expires,
                first,
                last,
            } => write!(
                f,
                "no rule lets a free quota that is activated on {activated} end on {expires}: its last day is from {first} to {last} (`free.validity`)"
            ),
            Self::ValidFromTo {
                activated,
                least,
                most,
            } => write!(
                f,
                "a free quota that is activated on {activated} is valid for {least} to {most} days, so its last day does not follow (`free.validity`)"
            ),
            Self::ActivatedLater { activated, on } => write!(
                f,
                "the free quota is activated on {activated}, after its use begins on {on}"
            ),
            Self::NoValidity => f.write_str(
                "for how many days a free quota of this provider is valid from its activation is not documented",
            ),
            Self::NoStopSwitch { as_of, from } => {
                write!(
                    f,
                    "by the rules of {as_of} nothing stops calls when the free quota is used up: they are billed"
                )?;
                match from {
                    Some(from) => write!(f, "; the switch stands in the rules from {from} on (`free.stop`)"),
                    None => f.write_str(" (`free.stop`)"),
                }
            }
            Self::FreeElsewhere { region, regions } => write!(
                f,
                "models in `{region}` have no free quota: by its page it is given in `{}` only",
                regions.join("`, `")
            ),
            Self::StopWithoutQuota => f.write_str(
                "the provider can stop calls when a free quota is used up, and there is none: tokens are billed (`free.stop`)",
            ),
            Self::StopBeforePackages => f.write_str(
                "calls that stop when the free quota is used up never come to the packages, and whether these are then used is not documented (`free.stop`)",
            ),
            Self::NoStandardPrice => f.write_str(
                "calls overflow, and the model has no published price for ordinary calls (`ptu.overflow`)",
            ),
            Self::AboveMaxInput { input, max } => write!(
                f,
                "a request of {} input tokens is above the maximum of {}, so no reservation takes it (`ptu.max-input`)",
                whole(*input),
                whole(*max)
            ),
            Self::CancelledLate {
                first_month,
                documented,
            } => write!(
                f,
                "cancelling after the first month ({first_month} days at most) is not documented{}",
                match documented {
                    true => " (`mu.cancel-later`)",
                    false => "",
                }
            ),
            Self::TermTooLong { months, most } => write!(
                f,
                "a term of {} is not sold: it has at most {most} (`dtu.monthly`)",
                counted((*months).into(), "month")
            ),
            Self::BeyondDedicated { spec, calls } => write!(
                f,
                "{} calls a minute do not fit the units of `{spec}`, and what becomes of them is not documented (`dtu.beyond`)",
                plain(*calls)
            ),
            Self::TraceBeyondDedicated { calls } => write!(
                f,
                "{} of the trace {} not fit the units, and what becomes of that is not documented (`dtu.beyond`)",
                counted(*calls, "call"),
                if *calls == 1 { "does" } else { "do" }
            ),
            Self::EndedAfterTerm { days, months } => write!(
                f,
                "{} are more than a term of {} can have",
                counted(*days, "day"),
                counted((*months).into(), "month")
            ),
            Self::EarlyEndUnknown => f.write_str(
                "what ending a term of dedicated throughput units early costs is not documented: the catalog has no rule for it",
            ),
            Self::StartedHour => f.write_str(
                "how a started hour is billed is not documented: the catalog has no `increment` for it",
            ),
            Self::CancellationUnknown => f.write_str(
                "what cancelling early costs is not documented: the catalog has no rule for it",
            ),
            Self::ScalingNotDocumented => f.write_str(
                "what it costs to scale a subscription of this provider before it ends is not documented (`deploy.downgrade`)",
            ),
            Self::ScaledBothWays { day } => write!(
                f,
                "on day {day} one side of the throughput grows and the other shrinks: what comes back of such a change is not documented (`deploy.downgrade`)"
            ),
            Self::ScaledToNothing { day } => write!(
                f,
                "on day {day} nothing is left of the subscription: that ends it and does not scale it (`ptu.early-end`)"
            ),
            Self::ScaledInAtTwoPrices { day } => write!(
                f,
                "on day {day} throughput is given up that was bought at two prices: which of them comes back is not documented (`deploy.downgrade`)"
            ),
            Self::ScaledInAfterChange { day } => write!(
                f,
                "on day {day} a reservation becomes smaller that was changed before: what then comes back is not documented (`reservation.early-end`)"
            ),
            Self::BelowSmallest {
                asked: [input, output],
                smallest: [least_input, least_output],
            } => write!(
                f,
                "a standard reservation is sold from {} / {} TPM on, and this is {} / {} (`reservation.minimum`)",
                spoken(*least_input),
                spoken(*least_output),
                spoken(*input),
                spoken(*output)
            ),
            Self::BetweenSteps {
                side,
                count,
                step,
                next: [below, above],
            } => write!(
                f,
                "{side} of {} TPM is not sold: it is sold in steps of {}, next to it {} and {} (`reservation.minimum`)",
                whole(*count),
                spoken(*step),
                spoken(*below),
                spoken(*above)
            ),
            Self::TermNotSold { days, below, above } => {
                write!(
                    f,
                    "a standard reservation of {} is not sold: ",
                    counted(*days, "day")
                )?;
                match above {
                    Some(above) => write!(f, "the nearest terms are {below} and {above} days"),
                    None => write!(f, "the longest term is {below} days"),
                }?;
                f.write_str(" (`reservation.terms`)")
            }
            Self::NotInBlocks { from } => write!(
                f,
                "a block begins with an hour from {} to midnight (UTC+8) and serves 8 hours, and the trace has calls at other times (`reservation.block`)",
                from.format("%H:%M")
            ),
            Self::TooFewBlocks { nights, blocks } => write!(
                f,
                "the trace has calls in {}, each of which needs a block, and {} bought (`reservation.block`)",
                counted(*nights, "night"),
                match blocks {
                    1 => "1 block is".to_owned(),
                    blocks => format!("{} are", counted(*blocks, "block")),
                }
            ),
            Self::LongerThanABlock { from } => write!(
                f,
                "a block begins with an hour from {} to midnight (UTC+8) and serves 8 hours, one an evening, and the load lasts longer each day (`reservation.block`)",
                from.format("%H:%M")
            ),
            Self::BlockNotThen { start, from } => write!(
                f,
                "a block of 8 hours cannot be ordered at {}: it is ordered from {} to 24:00 (`reservation.block`)",
                start.format("%H:%M:%S"),
                from.format("%H:%M")
            ),
            Self::ScaledAfterLateOrder => f.write_str(
                "the order is so late that the term has a day more: how its days count when it is scaled is not documented (`deploy.downgrade`)",
            ),
            Self::UnitsScaledIn { day } => write!(
                f,
                "on day {day} there are fewer replicas: what comes back of model units that are scaled in is not documented (`deploy.downgrade`)"
            ),
            Self::NoPriceOfTerm { term, day } => write!(
                f,
                "no price is in force on {day}, when term {term} is charged (`deploy.renew`)"
            ),
            Self::OverdueBefore { since, start } => write!(
                f,
                "the balance is overdue since {}, before the deployment starts at {}",
                said(since),
                said(start)
            ),
            Self::OverdueAfter { since, until } => write!(
                f,
                "the balance is overdue since {}, and the deployment has ended by {}",
                said(since),
                said(until)
            ),
            Self::CalendarEnds => f.write_str("the calendar of this quote goes beyond the year 2100"),
            Self::Savings(error) => error.fmt(f),
        }
    }
}

fn said(moment: &Moment) -> impl fmt::Display {
    moment.format("%Y-%m-%d %H:%M:%S")
}

impl std::error::Error for QuoteError {}

impl From<TooLarge> for QuoteError {
    fn from(_: TooLarge) -> Self {
        Self::TooLarge
    }
}

impl From<SavingsError> for QuoteError {
    fn from(error: SavingsError) -> Self {
        Self::Savings(error)
    }
}
