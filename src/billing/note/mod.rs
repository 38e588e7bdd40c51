//! What a person should know beside the numbers, each with its rule.

mod cache;
mod dtu;
mod funding;
mod hours;
mod needs;
mod own;
mod page;
mod renewal;
mod reserved;
mod sale;
mod savings;
mod says;
mod scaling;
mod sentence;
mod standing;
mod tokens;
mod told;
mod trace;
mod units;

use chrono::NaiveDate;
use rust_decimal::Decimal;

pub use cache::CacheNote;
pub use dtu::DtuNote;
pub use funding::{FundingNote, Spent, Then};
pub use hours::{HoursNote, Spread};
pub use needs::Needs;
pub use page::PageNote;
pub use renewal::RenewalNote;
pub use reserved::{AboveMaxInput, Fate, ReservedNote};
pub use sale::SaleNote;
pub use savings::SavingsNote;
pub use says::SaysNote;
pub use scaling::{Otherwise, ScalingNote};
pub use tokens::{Otherwise as TokensOtherwise, TokensNote};
pub use told::ToldNote;
pub use trace::TraceNote;
pub use units::UnitsNote;

use super::early_end::EarlyEnd;
use super::mode::Mode;
use super::moment::Moment;
use super::money::{Currency, Money};
use super::offer::{Method, Rate, Source};
use super::rule::{Basis, Rule};
use super::spec::Spec;
use super::term::{Billed, Span};
use super::unit::UnitPrice;

/// A short remark on a quote. `Display` gives its sentence, without a full stop.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Note {
    /// Something about a recorded trace.
    Trace {
        /// The rule by which its calls are billed.
        rule: Rule,
        /// What is said.
        what: TraceNote,
    },
    /// What the page about throughput reservations says.
    Sale(SaleNote),
    /// Something about input of a cache.
    Cache(CacheNote),
    /// Something about prices that depend on the hour of the day.
    Hours(HoursNote),
    /// Something about dedicated throughput units.
    Dtu(DtuNote),
    /// A sentence of the provider's documents.
    Says(Box<SaysNote>),
    /// Where it was read what a unit adds and what tokens weigh.
    Sizing(Box<Source>),
    /// Something about prices by token beside those that are charged.
    Tokens(TokensNote),
    /// Something that a recorded trace tells of its calls, and that is not priced.
    Told(ToldNote),
    /// A note whose rule is of another provider's document, cited by a rule of its own provider.
    Own {
        /// The rule that is cited.
        rule: Rule,
        /// What is said.
        note: Box<Note>,
    },
    /// How the heads of the page's columns of hourly PTU prices are read.
    PtuPriceUnit,
    /// A duration was rounded up to whole increments.
    RoundedUp {
        /// The rule by which it is said.
        rule: Rule,
        /// What was asked for.
        span: Span,
        /// What is billed.
        billed: Billed,
        /// The number of runs, each of which is rounded up.
        runs: u64,
    },
    /// What an overdue balance may add.
    Overdue {
        /// Hours for which the deployment is kept.
        hours: u32,
        /// What these hours cost.
        exposure: Money,
        /// Whether it comes back after the balance is topped up.
        restored: bool,
        /// The method by which it is bought: the document says it of throughput.
        of: Method,
        /// Whether it falls in the time that the quote is for.
        in_total: bool,
    },
    /// No model can be called with an overdue balance.
    OverdueBlocks,
    /// A service that is paid for as it is used stops with an overdue balance.
    OverdueStops,
    /// Whole months are paid for a period that does not end with a month.
    MonthsPaid {
        /// Months that are paid.
        months: u32,
        /// Days of the period.
        days: u64,
    },
    /// Whole terms of a fixed length are paid for a period of another length.
    TermsPaid {
        /// The term, as it is counted: `year`.
        one: &'static str,
        /// How many are paid.
        count: u32,
        /// Days of the period.
        days: u64,
    },
    /// Prefill and decode run apart.
    PdSeparated,
    /// The region in which it is deployed, by its name.
    Region {
        /// The region.
        name: String,
        /// Whether a document says that models are in no other.
        only: bool,
    },
    /// What an update costs is not documented.
    Update,
    /// The page marks no price of batch calls for the model.
    BatchUnmarked,
    /// How a deployment that is billed by token is scaled and released.
    TokenService,
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
        /// How many times the daily rate a used day costs.
        factor: Decimal,
        /// The monthly price of a replica.
        monthly: Money,
        /// Days that the monthly price is divided by.
        days: u64,
        /// The price of a used day of a replica.
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
        /// The prices that were taken.
        rate: Rate,
        /// The prices that were not taken.
        other: Rate,
        /// Whether a free quota is given, which says that ordinary calls are meant.
        free_quota: bool,
        /// Whether a savings plan is given, which says the same.
        savings: bool,
    },
    /// Replicas that follow a schedule or a policy.
    Autoscaled {
        /// Whether they follow a schedule; else a policy with a minimum and a maximum.
        scheduled: bool,
    },
    /// A prepaid term that changes its size.
    Scaling(ScalingNote),
    /// The traffic of a month is that of 30 days.
    MonthOfThirtyDays,
    /// The traffic of three months is that of 90 days.
    QuarterOf90Days,
    /// The traffic of a year is that of 365 days.
    YearOf365Days,
    /// Other prices are in force on the day of the order than those that were used.
    OtherPrice {
        /// The rule of the first line.
        rule: Rule,
        /// The date whose prices were used.
        as_of: NaiveDate,
        /// The day of the order.
        ordered: NaiveDate,
        /// The currency of the prices.
        currency: Currency,
        /// Both prices of each line that has others.
        prices: Vec<OtherPrice>,
    },
    /// Prices change in the time of a trace.
    PricesChange {
        /// The days from which other prices are in force, in their order.
        on: Vec<NaiveDate>,
        /// Whether calls are priced by them.
        calls: bool,
        /// Whether a reservation by the hour is priced by them.
        hours: bool,
    },
    /// A subscription for a trace has one price for all of its term.
    BoughtOn {
        /// The first day of the trace.
        day: NaiveDate,
    },
    /// A trace is priced as of a day that was given, and in its time other prices were in force.
    AsOfOneDay {
        /// The day that was given.
        as_of: NaiveDate,
        /// The first day of the trace with other prices.
        other: NaiveDate,
    },
    /// The newest evidence of its prices is old.
    OldPrices {
        /// The day of that evidence.
        seen: NaiveDate,
        /// Days from then to today.
        days: u64,
    },
    /// Of a price no day is known on which it was seen.
    UndatedPrices,
    /// Its prices are taken for a day before their first evidence.
    BeforeEvidence {
        /// The day that they are taken for.
        as_of: NaiveDate,
        /// The day of the first evidence.
        first: NaiveDate,
    },
    /// What editions of the page tell of its prices.
    Page(PageNote),
    /// An amount that does not end as a decimal, and is rounded.
    Inexact {
        /// The rule of the item.
        rule: Rule,
        /// Decimals that were kept.
        decimals: u32,
    },
    /// Who pays for the tokens, and what becomes of those that nobody pays for.
    Funding {
        /// The rule by which it is said.
        rule: Rule,
        /// What is said.
        what: FundingNote,
    },
    /// How a subscription is renewed.
    Renewal(RenewalNote),
    /// What a savings plan pays for.
    Savings(SavingsNote),
    /// How a reservation is sized, and what becomes of calls that it does not take.
    Reserved {
        /// The rule by which it is said.
        rule: Rule,
        /// What is said.
        what: ReservedNote,
    },
}

/// A line whose price is another one on the day of the order.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OtherPrice {
    /// The description of the line.
    pub line: String,
    /// The price that was used.
    pub used: UnitPrice,
    /// The price in force on the day of the order.
    pub then: UnitPrice,
}

impl Note {
    /// The rule by which it is said.
    #[must_use]
    pub fn rule(&self) -> Rule {
        match self {
            Self::RoundedUp { rule, .. }
            | Self::Inexact { rule, .. }
            | Self::OtherPrice { rule, .. }
            | Self::Trace { rule, .. }
            | Self::Funding { rule, .. }
            | Self::Reserved { rule, .. }
            | Self::Own { rule, .. } => *rule,
            Self::Renewal(note) => note.rule(),
            Self::Savings(note) => note.rule,
            Self::Cache(note) => note.rule(),
            Self::Hours(_) => Rule::TokensHours,
            Self::Sale(note) => note.rule(),
            Self::Dtu(note) => note.rule(),
            Self::Says(note) => note.rule,
            Self::Sizing(_) => Rule::PtuUnits,
            Self::Tokens(note) => note.rule(),
            Self::Told(_)
            | Self::PricesChange { .. }
            | Self::BoughtOn { .. }
            | Self::AsOfOneDay { .. } => Rule::Trace,
            Self::PtuPriceUnit => Rule::PtuPriceUnit,
            Self::Overdue { .. } => Rule::PtuOverdue,
            Self::OverdueBlocks => Rule::FreeOverdue,
            Self::OverdueStops => Rule::ServiceStatus,
            Self::PdSeparated => Rule::MuPd,
            Self::Region { .. } => Rule::DeployRegion,
            Self::BatchUnmarked => Rule::TokensBatch,
            Self::Update => Rule::DeployUpdate,
            Self::TokenService => Rule::DeployTokens,
            Self::EarlyEnd(early_end) => early_end.rule(),
            Self::Grace { .. } => Rule::PtuGrace,
            Self::OrderDay | Self::LateOrder { .. } => Rule::PtuExpiry,
            Self::ModeAlias { .. } => Rule::PtuModes,
            Self::Window { .. } => Rule::DeployWindow,
            Self::Bundle => Rule::MuBundle,
            Self::CountOne(_) => Rule::MuCountOne,
            Self::FirstCome => Rule::MuFirstCome,
            Self::MonthsEnd { .. } | Self::MonthsPaid { .. } => Rule::MuMonthly,
            Self::TermsPaid { .. } => Rule::PtuDaily,
            Self::UsedDay { .. } | Self::ChargeCapped => Rule::MuCancelFirstMonth,
            Self::AverageTier { .. } => Rule::TokensTier,
            Self::FineTunedOnly => Rule::TokensFineTuned,
            Self::OtherRate { rate, .. } => match rate {
                Rate::FineTuned => Rule::TokensFineTuned,
                Rate::Standard => Rule::TokensStandard,
            },
            Self::OldPrices { .. }
            | Self::UndatedPrices
            | Self::BeforeEvidence { .. }
            | Self::Page(_) => Rule::Catalog,
            Self::MonthOfThirtyDays | Self::QuarterOf90Days | Self::YearOf365Days => {
                Rule::ServiceMode
            }
            Self::Autoscaled { .. } => Rule::DeployAutoscale,
            Self::Scaling(note) => note.rule(),
        }
    }

    /// Whether the document says it. A literal rule can have a part that is a reading.
    #[must_use]
    pub fn basis(&self) -> Basis {
        match self {
            Self::Trace { what, .. } => what.basis(),
            Self::Funding { rule, what } => what.basis(*rule),
            Self::Renewal(note) => note.basis(),
            Self::Savings(note) => note.basis(),
            Self::Cache(note) => note.basis(),
            Self::Hours(note) => note.basis(),
            Self::Dtu(note) => note.basis(),
            Self::Reserved { rule, what } => what.basis(*rule),
            Self::Own { rule, note } => match note.basis() {
                // What a file says of an early end is not read into it.
                Basis::Reading if matches!(**note, Self::EarlyEnd(_)) => rule.basis(),
                Basis::Reading => Basis::Reading,
                Basis::Literal | Basis::Given => rule.basis(),
            },
            // The increment and the dated prices of a file or a flag are a person's.
            Self::RoundedUp {
                rule: Rule::ServiceMode,
                ..
            }
            | Self::OtherPrice { .. } => Basis::Given,
            Self::RoundedUp {
                rule: Rule::MuMinute,
                ..
            }
            | Self::MonthsPaid { .. }
            | Self::TermsPaid { .. }
            | Self::MonthsEnd { .. }
            | Self::OrderDay
            | Self::Overdue { of: Method::Mu, .. }
            | Self::EarlyEnd(EarlyEnd::Settled(_))
            | Self::ChargeCapped
            | Self::MonthOfThirtyDays
            | Self::QuarterOf90Days
            | Self::YearOf365Days
            | Self::BatchUnmarked
            | Self::OtherRate { .. }
            | Self::Autoscaled { .. }
            | Self::Inexact { .. } => Basis::Reading,
            other => other.rule().basis(),
        }
    }

    /// Where its sentence was read, if it says so.
    #[must_use]
    pub fn read_from(&self) -> Option<&Source> {
        match self.plain() {
            Self::Says(note) => Some(&note.source),
            Self::Sizing(source) => Some(source),
            _ => None,
        }
    }

    /// What it says of a price that has left the page, where it says so.
    #[must_use]
    pub fn left_page(&self) -> Option<PageNote> {
        match self {
            Self::Page(note @ PageNote::Left { .. }) => Some(*note),
            _ => None,
        }
    }

    /// The amount that the sentence speaks of, where there is one.
    #[must_use]
    pub fn amount(&self) -> Option<Money> {
        match self {
            Self::Own { note, .. } => note.amount(),
            Self::Overdue { exposure, .. } => Some(*exposure),
            Self::Sale(SaleNote::ByTheMinute { other, .. }) => Some(*other),
            Self::Scaling(scaling) => scaling.amount(),
            Self::Tokens(note) => note.would,
            Self::Funding {
                what:
                    FundingNote::RunsOut {
                        then: Then::Costs(a_day),
                        ..
                    },
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
