//! What a person should know beside the numbers, each with its rule.

mod own;
mod said;
mod scaling;
mod told;
mod trace;

use chrono::NaiveDate;
use rust_decimal::Decimal;

pub use scaling::{Otherwise, ScalingNote};
pub use told::ToldNote;
pub use trace::TraceNote;

use super::early_end::EarlyEnd;
use super::load::Refusal;
use super::mode::Mode;
use super::moment::Moment;
use super::money::{Currency, Money};
use super::offer::{Method, Rate};
use super::renewal::RenewalRules;
use super::rule::{Basis, Rule};
use super::spec::Spec;
use super::term::{Billed, Span};
use super::unit::UnitPrice;

/// Calls that are larger than the model takes in a reservation.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct AboveMaxInput {
    /// Input tokens of a request.
    pub input: u64,
    /// Maximum input tokens of a call.
    pub max: u64,
}

/// A short remark on a quote. `Display` gives its sentence, without a full stop.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Note {
    /// Something about a recorded trace.
    Trace {
        /// The rule by which its calls are billed.
        rule: Rule,
        /// What.
        what: TraceNote,
    },
    /// Something that a recorded trace tells of its calls, and that is not priced.
    Told(ToldNote),
    /// A note on a provider in whose documents the rule of it is not.
    Own {
        /// The rule that stands for it.
        rule: Rule,
        /// What is said.
        note: Box<Note>,
    },
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
        /// Whether it comes back after the balance is topped up.
        restored: bool,
        /// Of which method it is; the document says it of throughput.
        of: Method,
        /// Whether it falls in the time that the quote is for.
        in_total: bool,
    },
    /// No model can be called with an overdue balance.
    OverdueBlocks,
    /// A service that is paid for as it is used stops with an overdue balance.
    OverdueStops,
    /// When a renewal is charged, and at which price.
    RenewalCharged(RenewalRules),
    /// When a renewal is charged is not documented.
    RenewalUndocumented,
    /// How the terms of a subscription follow each other.
    RenewedTerms {
        /// Whether they are months.
        months: bool,
        /// Whether a term has one day, and none before it on which it could be charged.
        one_day: bool,
    },
    /// Terms that cost something else than the one before, or than on the date of the quote.
    RenewalPrices {
        /// The numbers of those that cost something else than the one before.
        changes: Vec<usize>,
        /// The date of the quote, where the first costs something else.
        as_of: Option<NaiveDate>,
    },
    /// Renewals without a date, of a model whose prices have some.
    RenewalsUndated {
        /// The date whose prices were used.
        as_of: NaiveDate,
    },
    /// A free quota or packages beside a subscription that is renewed.
    RenewedFunding,
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
        /// What becomes of them.
        fate: Fate,
        /// Where each is larger than the model takes in a reservation.
        above: Option<AboveMaxInput>,
    },
    /// How what fits follows from a steady rate.
    WholeCalls {
        /// So many calls of a minute fit.
        taken: u64,
    },
    /// Calls that are refused and cost nothing.
    Refused {
        /// Calls per minute.
        calls: Decimal,
        /// Of so many.
        rpm: Decimal,
        /// Why they do not fit.
        cause: Rule,
        /// Whether that can be chosen.
        refusal: Refusal,
        /// Where each is larger than the model takes in a reservation.
        above: Option<AboveMaxInput>,
    },
    /// Calls are refused on a day on which that cannot be chosen yet.
    RefusedBefore {
        /// From when on it can.
        from: NaiveDate,
    },
    /// Calls beyond a reservation are priced in a mode that has another name there.
    OverflowMode {
        /// Of the reservation.
        mode: Mode,
        /// Of ordinary calls.
        priced: Mode,
    },
    /// Whole months are paid for a period that does not end with one.
    MonthsPaid {
        /// Months.
        months: u32,
        /// Days of the period.
        days: u64,
    },
    /// What holds of calls beyond a reservation.
    OverflowLimits,
    /// Prefill and decode run apart.
    PdSeparated,
    /// Where deployments are.
    Region(String),
    /// What an update costs.
    Update,
    /// How a deployment that is billed by token is scaled and released.
    TokenService,
    /// The reservation was sized for the workload.
    SizedToPeak {
        /// By which rule.
        rule: Rule,
        /// Calls of the busiest minute.
        calls: u64,
        /// Their input tokens.
        input: u64,
        /// Their output tokens.
        output: u64,
        /// Whether more than that is reserved, as it is sold in steps.
        rounded: bool,
    },
    /// The reservation is the one that costs least together with its overflow.
    SizedCheapest {
        /// By which rule overflow is billed.
        rule: Rule,
    },
    /// Reserving nothing is cheapest.
    NeverPays {
        /// By which rule overflow is billed.
        rule: Rule,
    },
    /// A TPM that is not a multiple of its purchase step.
    NotAStep {
        /// `input` or `output`.
        side: &'static str,
        /// What was asked for.
        tpm: u64,
        /// What it is sold in.
        step: u64,
    },
    /// Whether a subscription can be ended early, and what of it then counts.
    EarlyEnd(EarlyEnd),
    /// What follows the end of a subscription.
    Grace {
        /// Hours until the service stops.
        grace: u32,
        /// Hours from then until its resources are released.
        retention: u32,
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
        /// Input tokens in all.
        input: u64,
        /// The requests that they belong to.
        requests: u64,
    },
    /// Fine-tuned prices only serve fine-tuned models.
    FineTunedOnly,
    /// A model has two prices, and nobody said which are meant.
    OtherRate {
        /// Which were taken.
        rate: Rate,
        /// Which were not.
        other: Rate,
        /// Whether a free quota is given, which says that ordinary calls are meant.
        free_quota: bool,
    },
    /// Several users share a free quota.
    FreeShared {
        /// Tokens in all.
        total: u64,
        /// What each has used.
        used: Vec<u64>,
        /// What is left.
        left: u64,
        /// By which rule.
        rule: Rule,
    },
    /// A free quota does not offset calls of this kind.
    FreeOutOfScope {
        /// `batch calls`.
        what: &'static str,
        /// Whether the rules in force say so of these calls.
        said: bool,
    },
    /// A free quota does not offset input from the context cache.
    FreeCache,
    /// Whether a free quota pays for what exceeds a reservation.
    FreeOverflow {
        /// Whether it is said that it does.
        covered: bool,
        /// By which rule.
        rule: Rule,
    },
    /// The last day of a free quota follows from its activation.
    FreeActivated {
        /// The day of the activation.
        activated: NaiveDate,
        /// Its last day.
        expires: NaiveDate,
    },
    /// How late it is shown what is used of a free quota.
    ShownAfter(Span),
    /// A free quota had expired before the usage began.
    FreeExpired {
        /// Its last day.
        expires: NaiveDate,
        /// By which rule.
        rule: Rule,
    },
    /// Nothing was left of a free quota when the usage began.
    FreeUsedUp {
        /// Tokens in all.
        total: u64,
        /// By which rule.
        rule: Rule,
    },
    /// A package had expired before the usage began.
    PackageExpired {
        /// What was left of it.
        tokens: u64,
        /// Its last day.
        expires: NaiveDate,
        /// By which rule.
        rule: Rule,
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
        /// `the free quota lasts`; `None` where nothing pays for the first token.
        source: Option<&'static str>,
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
    /// How much of a free quota is left when people are told.
    Notices {
        /// In percent.
        left: Vec<u64>,
    },
    /// What a switch that stops calls does not do at once.
    StopSwitch,
    /// A switch that is about a free quota which these calls do not use up.
    StopsNothing {
        /// Why the quota does not pay.
        free: Spent,
    },
    /// Tokens that nobody pays for.
    NotServed {
        /// How many.
        tokens: u64,
        /// Why the free quota does not pay, where there is one.
        free: Option<Spent>,
        /// Why packages do not pay, and how many there are, where there are some.
        packages: Option<(Spent, usize)>,
        /// Whether the service stops; a reservation does not.
        stopped: bool,
        /// The error of calls, where a switch of the free quota stops them.
        error: Option<String>,
        /// By which rule.
        rule: Rule,
    },
    /// A reservation needs a custom service.
    CustomService {
        /// What the provider calls the reservation.
        product: &'static str,
    },
    /// Replicas that follow a schedule or a policy.
    Autoscaled {
        /// A schedule; else a policy with a minimum and a maximum.
        scheduled: bool,
    },
    /// A prepaid term that changes its size.
    Scaling(ScalingNote),
    /// The traffic of a month is that of 30 days.
    MonthOfThirtyDays,
    /// Other prices are in force on the day of the order than those that were used.
    OtherPrice {
        /// The rule of the first line.
        rule: Rule,
        /// The date whose prices were used.
        as_of: NaiveDate,
        /// The day of the order.
        ordered: NaiveDate,
        /// Of the prices.
        currency: Currency,
        /// Both prices of each line that has others.
        prices: Vec<OtherPrice>,
    },
    /// Prices change in the time of a trace.
    PricesChange {
        /// From which days on other prices are in force, in their order.
        on: Vec<NaiveDate>,
        /// Whether calls are priced by them.
        calls: bool,
        /// Whether a reservation by the hour is.
        hours: bool,
    },
    /// A subscription for a trace has one price for all of its term.
    BoughtOn {
        /// The first day of the trace.
        day: NaiveDate,
    },
    /// A trace is priced as of a day that was given, and in its time other prices were in force.
    AsOfOneDay {
        /// The day.
        as_of: NaiveDate,
        /// The first day of the trace with other prices.
        other: NaiveDate,
    },
    /// The newest evidence of its prices is old.
    OldPrices {
        /// Its day.
        seen: NaiveDate,
        /// Days from then to today.
        days: u64,
    },
    /// Its prices are taken for a day before their first evidence.
    BeforeEvidence {
        /// That day.
        as_of: NaiveDate,
        /// The day of the first evidence.
        first: NaiveDate,
    },
    /// An amount that no decimal holds.
    Inexact {
        /// The rule of the item.
        rule: Rule,
        /// Decimals that were kept.
        decimals: u32,
    },
}

/// A line whose price is another one on the day of the order.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OtherPrice {
    /// The description of the line.
    pub line: String,
    /// What was used.
    pub used: UnitPrice,
    /// What is in force on the day of the order.
    pub then: UnitPrice,
}

/// What becomes of calls that do not fit a reservation: they are ordinary calls.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Fate {
    /// Money pays for them, at least in the end.
    Billed,
    /// Only a free quota and packages do, as long as they last.
    Offset,
    /// Nobody does.
    NotServed,
}

/// Why a source of tokens pays for no more of them.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Spent {
    /// All of it is used.
    UsedUp,
    /// It has expired.
    Expired,
    /// Of several, some are used up and some have expired.
    Both,
    /// It is not for calls of this kind.
    OutOfScope(&'static str),
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
            | Self::OtherPrice { rule, .. }
            | Self::Trace { rule, .. }
            | Self::Overflow { rule, .. }
            | Self::SizedToPeak { rule, .. }
            | Self::SizedCheapest { rule }
            | Self::NeverPays { rule }
            | Self::FreeExpired { rule, .. }
            | Self::FreeShared { rule, .. }
            | Self::FreeUsedUp { rule, .. }
            | Self::Lapses { rule, .. }
            | Self::RunsOut { rule, .. }
            | Self::FreeOverflow { rule, .. }
            | Self::NotServed { rule, .. }
            | Self::PackageExpired { rule, .. }
            | Self::Own { rule, .. }
            | Self::Beyond { rule, .. } => *rule,
            Self::Told(_)
            | Self::PricesChange { .. }
            | Self::BoughtOn { .. }
            | Self::AsOfOneDay { .. } => Rule::Trace,
            Self::Overdue { .. } => Rule::PtuOverdue,
            Self::OverdueBlocks => Rule::FreeOverdue,
            Self::OverdueStops => Rule::ServiceStatus,
            Self::RenewalCharged(_)
            | Self::RenewalUndocumented
            | Self::RenewedTerms { .. }
            | Self::RenewalPrices { .. }
            | Self::RenewalsUndated { .. } => Rule::DeployRenew,
            Self::RenewedFunding => Rule::Funding,
            Self::NotAStep { .. } => Rule::PtuSteps,
            Self::WholeCalls { .. } => Rule::PtuOverflowMinute,
            Self::Refused {
                cause: Rule::PtuOverflow,
                refusal: Refusal::Offered,
                ..
            }
            | Self::RefusedBefore { .. } => Rule::PtuOverflowChoice,
            Self::Refused { cause, .. } => *cause,
            Self::OverflowMode { .. } => Rule::PtuModes,
            Self::OverflowLimits => Rule::PtuOverflow,
            Self::PdSeparated => Rule::MuPd,
            Self::Region(_) => Rule::DeployRegion,
            Self::Update => Rule::DeployUpdate,
            Self::TokenService => Rule::DeployTokens,
            Self::MonthsPaid { .. } => Rule::MuMonthly,
            Self::EarlyEnd(early_end) => early_end.rule(),
            Self::Grace { .. } => Rule::PtuGrace,
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
            Self::OtherRate { rate, .. } => match rate {
                Rate::FineTuned => Rule::TokensFineTuned,
                Rate::Standard => Rule::TokensStandard,
            },
            Self::OldPrices { .. } | Self::BeforeEvidence { .. } => Rule::Catalog,
            Self::FreeActivated { .. } => Rule::FreeValidity,
            Self::ShownAfter(_) => Rule::FreeConsole,
            Self::FreeOutOfScope { .. } | Self::FreeCache => Rule::FreeScope,
            Self::FreeMix => Rule::FreeMix,
            Self::NoNotice => Rule::FreeNoNotice,
            Self::Notices { .. } => Rule::FreeNotice,
            Self::StopSwitch | Self::StopsNothing { .. } => Rule::FreeStop,
            Self::CustomService { .. } => Rule::ServiceType,
            Self::MonthOfThirtyDays => Rule::ServiceMode,
            Self::Autoscaled { .. } => Rule::DeployAutoscale,
            Self::Scaling(_) => Rule::DeployDowngrade,
        }
    }

    /// Whether the document says it. A literal rule can have a part that is a reading.
    #[must_use]
    pub fn basis(&self) -> Basis {
        match self {
            Self::Trace { what, .. } => what.basis(),
            Self::Own { rule, note } => match note.basis() {
                // What a file says of an early end is not read into it.
                Basis::Reading if matches!(**note, Self::EarlyEnd(_)) => rule.basis(),
                Basis::Reading => Basis::Reading,
                Basis::Literal | Basis::Given => rule.basis(),
            },
            // What becomes of calls beyond a reservation: nobody says so here.
            Self::Overflow {
                rule: Rule::Catalog,
                ..
            }
            | Self::RefusedBefore { .. }
            | Self::OverflowMode { .. }
            | Self::MonthsPaid { .. }
            // The end of what one has depends on an even use.
            | Self::RunsOut {
                source: Some(_), ..
            }
            | Self::MonthsEnd { .. } => Basis::Reading,
            // Of calls above the maximum input no document says that they can be refused.
            Self::Refused { .. } => match self.rule() {
                Rule::PtuOverflowChoice => Basis::Literal,
                _ => Basis::Reading,
            },
            Self::RenewalUndocumented | Self::RenewalsUndated { .. } => Basis::Given,
            Self::OrderDay
            | Self::RenewalCharged(_)
            | Self::RenewedTerms { .. }
            | Self::RenewalPrices { .. }
            | Self::Overdue { of: Method::Mu, .. }
            | Self::EarlyEnd(EarlyEnd::Settled(_))
            | Self::SizedToPeak { .. }
            | Self::ChargeCapped
            | Self::MonthOfThirtyDays
            | Self::OtherRate { .. }
            | Self::Autoscaled { .. }
            | Self::Inexact { .. } => Basis::Reading,
            // The increment, the dates and the dated prices of a file or a flag are a person's.
            Self::RoundedUp {
                rule: Rule::ServiceMode,
                ..
            }
            | Self::PackageExpired { .. }
            | Self::Lapses { free: false, .. }
            | Self::OtherPrice { .. }
            | Self::Lapses {
                rule: Rule::ServiceOrder,
                ..
            }
            | Self::FreeExpired {
                rule: Rule::ServiceOrder,
                ..
            }
            | Self::FreeShared {
                rule: Rule::ServiceOrder,
                ..
            }
            | Self::FreeUsedUp { .. } => Basis::Given,
            // No document says what becomes of a reservation without postpaid.
            Self::NotServed {
                stopped: false,
                rule: Rule::ServiceStatus | Rule::FreeStop,
                ..
            }
            | Self::FreeOutOfScope { said: false, .. }
            | Self::FreeActivated { .. }
            | Self::StopsNothing { .. } => Basis::Reading,
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
            Self::Own { note, .. } => note.amount(),
            Self::Overdue { exposure, .. } => Some(*exposure),
            Self::Scaling(scaling) => scaling.amount(),
            Self::RunsOut {
                then: Then::Costs(a_day),
                ..
            } => Some(*a_day),
            Self::Trace {
                what: TraceNote::Otherwise { total, .. },
                ..
            } => *total,
            _ => None,
        }
    }
}
