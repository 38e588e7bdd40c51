//! Provisioned throughput: units of it, or input and output tokens per minute, reserved by the hour, the day or
//! the month, or for a term of another fixed length.

mod fixed;
mod lines;
mod overflow;
mod sale;
mod says;
mod term;

use chrono::Timelike;
use rust_decimal::Decimal;

use super::calendar::ExpiryRules;
use super::dedicated;
use super::early_end::EarlyEnd;
use super::error::QuoteError;
use super::exact;
pub use super::load::{Fit, Served};
use super::load::{Refusal, Reserved};
use super::meter::Meters;
use super::mode::Mode;
use super::moment::Moment;
use super::money::Currency;
use super::note::{DtuNote, Note, ReservedNote, UnitsNote};
use super::offer::{Method, ModelRef, Source};
use super::pace::Pace;
use super::quote::{Parameters, Quote};
use super::rule::Rule;
use super::service::{Reservation, ServiceType};
use super::speed::{Sale, Speed};
use super::term::months::DAYS_OF_A_MONTH;
use super::term::{Increment, Span, Term};
use super::tokens;
use super::units::{self, Size, Sold, Throughput};
pub use fixed::Fixed;
use overflow::{active, overflow};
pub use overflow::{mode_of_overflow, refused_before};
pub use sale::{check_term, other_term, over_length};
pub use says::Says;
pub use term::over_changes;
use term::{by_the_day, by_the_hour, by_the_month, fixed};

/// How long throughput is reserved.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Length {
    /// Pay-as-you-go, for a span of time.
    Hours {
        /// How long it is up in each run.
        span: Span,
        /// How many times it is deployed and deleted, each rounded up by itself; at least 1.
        runs: u64,
    },
    /// A subscription of whole days.
    Days(u64),
    /// A subscription of whole months.
    Months(u32),
    /// So many terms of a fixed length.
    Fixed(Fixed, u32),
}

/// The unit of time that a price is for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Period {
    /// An hour, pay-as-you-go.
    Hour,
    /// A day, paid at the order.
    Day,
    /// A month, paid at the order.
    Month,
    /// A fixed length, paid at the order.
    Fixed(Fixed),
}

impl Period {
    /// Every period, from the first that is named to the last.
    pub const ALL: [Self; 7] = [
        Self::Hour,
        Self::Day,
        Self::Month,
        Self::Fixed(Fixed::Block),
        Self::Fixed(Fixed::Week),
        Self::Fixed(Fixed::Quarter),
        Self::Fixed(Fixed::Year),
    ];
}

impl Period {
    /// Its key in a catalog file: `hour`.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Hour => "hour",
            Self::Day => "day",
            Self::Month => "month",
            Self::Fixed(one) => one.noun(),
        }
    }
}

impl Length {
    /// Whether it is paid as it is used or at the order.
    #[must_use]
    pub fn term(self) -> Term {
        match self {
            Self::Hours { .. } => Term::PayAsYouGo,
            Self::Days(_) | Self::Months(_) | Self::Fixed(..) => Term::Subscription,
        }
    }

    /// The days of its traffic, of which a month is taken to have 30; `None` of hours and of parts of days.
    #[must_use]
    pub fn days_of_traffic(self) -> Option<u64> {
        match self {
            Self::Hours { .. } => None,
            Self::Days(days) => Some(days),
            Self::Months(months) => u64::from(months).checked_mul(DAYS_OF_A_MONTH),
            Self::Fixed(one, count) => one.days()?.checked_mul(count.into()),
        }
    }

    /// The period that its prices are for.
    #[must_use]
    pub fn period(self) -> Period {
        match self {
            Self::Hours { .. } => Period::Hour,
            Self::Days(_) => Period::Day,
            Self::Months(_) => Period::Month,
            Self::Fixed(one, _) => one.period(),
        }
    }
}

/// What is reserved.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Request {
    /// The model.
    pub model: ModelRef,
    /// How much is reserved of each unit.
    pub size: Size,
    /// How long it is reserved.
    pub length: Length,
    /// The mode as it was asked for.
    pub mode: Option<Mode>,
    /// When it is ordered.
    pub start: Option<Moment>,
    /// The traffic that is sent to it, where it is known. What does not fit is then priced too.
    pub served: Option<Served>,
}

/// How a provider bills provisioned throughput. Catalog data; what it does not document is `None`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Rules {
    /// The increment in which pay-as-you-go is billed: a minute or an hour. Known where there is a price
    /// by the hour.
    pub increment: Option<Increment>,
    /// Input TPM is bought in multiples of this.
    pub input_step: u64,
    /// Output TPM is bought in multiples of this.
    pub output_step: u64,
    /// Hours for which a deployment is kept and billed while the balance is overdue.
    pub overdue_hours: Option<u32>,
    /// Whether the deployment comes back after these hours when the balance is topped up.
    pub overdue_restored: bool,
    /// How a subscription of days ends.
    pub expiry: Option<ExpiryRules>,
    /// Whether a subscription of days can be ended before that.
    pub early_end: Option<EarlyEnd>,
    /// Whether calls beyond it can be refused, on the date of the prices.
    pub refusal: Refusal,
    /// Whether a subscription of days can be scaled, and what is added is paid for the days that are left.
    pub scales_by_day: bool,
    /// How dedicated throughput units are billed, where these are sold.
    pub dedicated: dedicated::Rules,
}

/// The prices of one model, term and mode.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Prices {
    /// The units that are bought, each at its price for an hour, a day or a month, as the length asks.
    pub units: Vec<Sold>,
    /// What the units add to, and what a call takes of it.
    pub meters: Meters,
    /// The mode that the output price is for, where the model has several.
    pub mode: Option<Mode>,
    /// A call with more input is billed as ordinary pay-as-you-go; `None` where there is no limit.
    pub max_input: Option<u64>,
    /// The same as another page of the provider has it, where two differ.
    pub or_max_input: Option<u64>,
    /// How the provider bills.
    pub rules: Rules,
    /// The currency of the prices.
    pub currency: Currency,
    /// Where they were read.
    pub source: Source,
    /// What calls beyond the reservation cost; `None` where no standard price is known.
    pub standard: Option<tokens::Prices>,
    /// What the provider calls it and needs for it, where it sells it as part of a service.
    pub reservation: Option<Reservation>,
    /// How throughput reservations are sold, where one is bought or the provider's page is known.
    pub sale: Option<Sale>,
    /// What the provider's documents say of reservations.
    pub says: Vec<Says>,
    /// Where it was read what a unit adds and what tokens weigh, if not with the prices.
    pub sizing: Option<Source>,
}

/// Nothing is documented: every number of TPM is for sale.
impl Default for Rules {
    fn default() -> Self {
        Self {
            increment: None,
            input_step: 1,
            output_step: 1,
            overdue_hours: None,
            expiry: None,
            early_end: None,
            refusal: Refusal::Unknown,
            scales_by_day: false,
            overdue_restored: false,
            dedicated: dedicated::Rules::default(),
        }
    }
}

impl Prices {
    /// What a size holds calls against.
    ///
    /// # Errors
    /// [`QuoteError::TooLarge`] when its capacity does not fit, counted in parts of its meters.
    pub fn reserved(&self, size: Size) -> Result<Reserved, QuoteError> {
        let capacity = units::capacity(&self.units, size)?;
        let mut quota = self.meters.quota(capacity).into_iter();
        if quota.any(|parts| u64::try_from(parts).is_err()) {
            return Err(QuoteError::TooLarge);
        }
        Ok(Reserved {
            capacity,
            meters: self.meters.clone(),
            max_input: self.max_input,
        })
    }

    /// What a size costs for one hour, day or month.
    ///
    /// # Errors
    /// [`QuoteError::TooLarge`] when an amount does not fit a decimal exactly.
    pub fn per_period(&self, size: Size) -> Result<Decimal, QuoteError> {
        let mut units = self.units.iter().zip(size.0);
        units.try_fold(Decimal::ZERO, |sum, (unit, count)| {
            Ok(exact::add(sum, unit.price.amount_for(count.into())?.value)?)
        })
    }

    /// The specification of dedicated throughput units, where these are sold.
    #[must_use]
    pub fn spec(&self) -> Option<&str> {
        units::spec(&self.units)
    }

    /// A note about its units, by the document which describes what is sold.
    #[must_use]
    pub fn said(&self, what: UnitsNote) -> Note {
        match self.spec() {
            Some(_) => ReservedNote::Units(what).by(Rule::DtuUnits),
            None => Note::from(what),
        }
    }

    /// The rule of its lines: that of the document which describes what is sold.
    fn rule(&self, of_deployments: Rule) -> Rule {
        match (self.spec(), self.reservation, self.speed(), of_deployments) {
            (Some(_), .., Rule::PtuSteps) => Rule::DtuUnits,
            (Some(_), ..) => Rule::DtuMonthly,
            (None, Some(_), ..) => Rule::ServiceMode,
            (None, None, Some(_), Rule::PtuHourly) => Rule::ReservationMinute,
            (None, None, Some(_), Rule::PtuDaily) => Rule::ReservationDaily,
            (None, None, ..) => of_deployments,
        }
    }

    /// Which throughput reservation these prices are of; `None` of provisioned throughput.
    #[must_use]
    pub fn speed(&self) -> Option<Speed> {
        self.sale.as_ref()?.speed
    }
}

/// What the reservation costs: an input and an output line, and the same of what overflows.
///
/// # Errors
/// [`QuoteError::TooLarge`] when an amount does not fit a decimal exactly,
/// [`QuoteError::CalendarEnds`] when a date is past the year 2100,
/// [`QuoteError::NoStandardPrice`] and [`QuoteError::CallBeyondLastTier`] when calls overflow and have
/// no ordinary price.
pub fn quote(request: &Request, prices: &Prices) -> Result<Quote, QuoteError> {
    let mut notes = Vec::new();
    if let Some(asked) = request.mode
        && let Some(priced) = prices.mode
        && asked != priced
    {
        notes.push(Note::ModeAlias { asked, priced });
    }
    let billed = match request.length {
        Length::Hours { span, runs } => by_the_hour(request, prices, span, runs, &mut notes)?,
        Length::Days(days) => by_the_day(request, prices, days, &mut notes)?,
        Length::Months(months) => by_the_month(request, prices, months, &mut notes)?,
        Length::Fixed(one, count) => fixed(request, prices, (one, count), &mut notes)?,
    };
    let mut items = billed.items;
    let excess = match &request.served {
        Some(served) => overflow(request, prices, served, &mut items, &mut notes)?,
        None => None,
    };
    if let Some(reservation) = prices.reservation
        && reservation.service == ServiceType::Custom
    {
        let product = reservation.mode.name();
        notes.push(ReservedNote::CustomService { product }.by(Rule::ServiceType));
    }
    for (unit, count) in prices.units.iter().zip(request.size.0) {
        if unit.steps_unknown && count > 0 {
            let name = unit.name.clone();
            let what = ReservedNote::StepsUnknown { name };
            notes.push(what.by(prices.rule(Rule::PtuSteps)));
        } else if unit.purchasable(count)? != count {
            let (name, step) = (unit.name.clone(), unit.step);
            let smallest = unit.smallest;
            notes.push(
                ReservedNote::NotAStep {
                    name,
                    count,
                    step,
                    smallest,
                }
                .by(prices.rule(Rule::PtuSteps)),
            );
        }
    }
    notes.extend(sale::notes(request, prices));
    if !request.size.is_nothing() {
        if let (Some(used), Some(other)) = (prices.max_input, prices.or_max_input) {
            notes.push(ReservedNote::OtherMaxInput { used, other }.by(Rule::PtuMaxInput));
        }
        let said = UnitsNote::of(&prices.units, &prices.meters, request.size)?;
        notes.extend(said.into_iter().map(|what| prices.said(what)));
        let read = prices.sizing.clone();
        notes.extend(read.map(|source| Note::Sizing(Box::new(source))));
        notes.extend(says::notes(request, prices, excess.is_some())?);
        if prices.spec().is_some() {
            notes.extend(dedicated_notes(prices));
        }
        notes.extend(Note::of_deployments(&request.model, Method::Ptu));
    }
    Quote {
        method: match prices.spec() {
            Some(_) => Method::Dtu,
            None => Method::Ptu,
        },
        term: request.length.term(),
        model: request.model.clone(),
        parameters: Parameters::Ptu {
            product: prices.reservation.map(|sold| sold.mode.name()),
            service: prices.speed(),
            spec: prices.spec().map(str::to_owned),
            throughput: Throughput::of(&prices.units, &prices.meters, request.size)?,
            mode: prices.mode,
            runs: billed.runs,
            duration: billed.duration,
            billed: billed.text,
            served: request.served,
        },
        currency: prices.currency,
        items,
        total: Decimal::ZERO,
        schedule: billed.schedule,
        cancellation: None,
        renewals: None,
        overdue: None,
        overflow: excess,
        funding: None,
        savings: None,
        recorded: None,
        notes,
    }
    .summed()
}

/// What is said of each quote of dedicated throughput units.
fn dedicated_notes(prices: &Prices) -> impl Iterator<Item = Note> {
    let early_end = prices.rules.dedicated.early_end;
    let early_end = early_end.map(|rule| DtuNote::EarlyEnd(rule.factor));
    let said = [DtuNote::BilledFromRunning].into_iter().chain(early_end);
    said.chain([DtuNote::Beyond]).map(Note::Dtu)
}

impl Request {
    /// Whether requests are sent to it on all days of its term.
    fn is_used_for_its_term(&self) -> bool {
        self.served.is_some_and(|served| served.days.is_none())
    }

    /// When the traffic comes, where it is known. Several runs of up to a day are one a day.
    ///
    /// # Errors
    /// [`QuoteError::TooLarge`] when the time does not fit.
    pub fn pace(&self) -> Result<Option<Pace>, QuoteError> {
        let Some(served) = &self.served else {
            return Ok(None);
        };
        let all_day = Span::hours(24);
        let per_day = match self.length {
            Length::Hours { span, runs } if runs > 1 && span <= all_day => span,
            Length::Hours { .. } | Length::Fixed(Fixed::Block, _) => all_day,
            Length::Days(_) | Length::Months(_) | Length::Fixed(..) => {
                served.hours_per_day.unwrap_or(all_day)
            }
        };
        let past = self.start.filter(|_| per_day == all_day);
        let past = past.map_or(0, |start| start.num_seconds_from_midnight());
        Ok(Some(Pace {
            active: active(self.length, served)?,
            per_day,
            past: Span::of_seconds(past.into()),
        }))
    }
}
