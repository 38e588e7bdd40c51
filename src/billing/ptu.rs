//! Provisioned throughput: input and output tokens per minute, reserved by the hour, the day or the
//! month.

use chrono::Timelike;
use rust_decimal::Decimal;

use super::calendar::{self, ExpiryRules, Moment, Schedule};
use super::error::QuoteError;
use super::exact;
use super::load::{Excess, Load, OnOverflow, Reserved};
use super::mode::Mode;
use super::money::{Currency, Money};
use super::note::Note;
use super::number::counted;
use super::pace::Pace;
use super::quote::{Charge, LineItem, Method, ModelRef, Parameters, Quote, Source};
use super::rule::{DEPLOYMENT, Rule};
use super::service::{Reservation, ServiceType};
use super::term::{Increment, Span, Term};
use super::tokens;
use super::unit::{Quantity, Unit, UnitPrice};

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
}

/// The header of responses to calls that overflow.
const OVERFLOW_HEADER: &str = "x-dashscope-ptu-overflow:true";

/// Days that the traffic of a month is taken for.
pub const DAYS_OF_A_MONTH: u64 = 30;

impl Length {
    /// The term that it is.
    #[must_use]
    pub fn term(self) -> Term {
        match self {
            Self::Hours { .. } => Term::PayAsYouGo,
            Self::Days(_) | Self::Months(_) => Term::Subscription,
        }
    }

    /// What its prices are for.
    #[must_use]
    pub fn period(self) -> Period {
        match self {
            Self::Hours { .. } => Period::Hour,
            Self::Days(_) => Period::Day,
            Self::Months(_) => Period::Month,
        }
    }
}

/// What is reserved.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Request {
    /// Of which model.
    pub model: ModelRef,
    /// Input tokens per minute.
    pub input_tpm: u64,
    /// Output tokens per minute.
    pub output_tpm: u64,
    /// For how long.
    pub length: Length,
    /// The mode as it was asked for.
    pub mode: Option<Mode>,
    /// When it is ordered.
    pub start: Option<Moment>,
    /// What is sent to it, if that is known: what does not fit is then priced too.
    pub served: Option<Served>,
}

/// Traffic that a reservation serves.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Served {
    /// The traffic.
    pub load: Load,
    /// For how long a day it comes, in a subscription; `None` is all day. By the hour it comes for
    /// as long as the reservation is up.
    pub hours_per_day: Option<Span>,
    /// What is done with calls that do not fit.
    pub on_overflow: OnOverflow,
    /// How the reservation was sized, where that was not given.
    pub fit: Option<Fit>,
}

/// How a reservation is sized.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Fit {
    /// All calls fit.
    Peak,
    /// Reservation and overflow together cost least.
    Cheapest,
}

impl Fit {
    /// `peak` or `cheapest`.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Peak => "peak",
            Self::Cheapest => "cheapest",
        }
    }
}

/// How a provider bills provisioned throughput. Catalog data; what it does not document is `None`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Rules {
    /// Pay-as-you-go is billed in whole ones of these; a minute or an hour. Known where there is a
    /// price by the hour.
    pub increment: Option<Increment>,
    /// Input TPM is bought in multiples of this.
    pub input_step: u64,
    /// Output TPM is bought in multiples of this.
    pub output_step: u64,
    /// Hours for which an overdue deployment is kept and billed.
    pub overdue_hours: Option<u32>,
    /// How a subscription of days ends.
    pub expiry: Option<ExpiryRules>,
}

/// The prices of one model, term and mode.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Prices {
    /// Per TPM-hour, TPM-day or TPM-month, as the length asks.
    pub input: UnitPrice,
    /// Per TPM-hour, TPM-day or TPM-month, as the length asks.
    pub output: UnitPrice,
    /// The mode that the output price is for, where the model has several.
    pub mode: Option<Mode>,
    /// A call with more input is billed as ordinary pay-as-you-go; `None` where there is no limit.
    pub max_input: Option<u64>,
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
}

impl Prices {
    /// The rule of its lines: that of the document which describes what is sold.
    fn rule(&self, of_deployments: Rule) -> Rule {
        match self.reservation {
            Some(_) => Rule::ServiceMode,
            None => of_deployments,
        }
    }
}

/// What the reservation costs: an input and an output line, and the same of what overflows.
///
/// # Errors
/// [`QuoteError::TooLarge`] when an amount does not fit a decimal exactly,
/// [`QuoteError::CalendarEnds`] when a date is past the year 2100,
/// [`QuoteError::NoStandardPrice`] and [`QuoteError::BeyondLastTier`] when calls overflow and have
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
    };
    let mut items = billed.items;
    let excess = match &request.served {
        Some(served) => overflow(request, prices, served, &mut items, &mut notes)?,
        None => None,
    };
    if let Some(reservation) = prices.reservation
        && reservation.service == ServiceType::Custom
    {
        notes.push(Note::CustomService {
            product: reservation.mode.name(),
        });
    }
    for (side, tpm, step) in [
        ("input", request.input_tpm, prices.rules.input_step),
        ("output", request.output_tpm, prices.rules.output_step),
    ] {
        if !tpm.is_multiple_of(step) {
            notes.push(Note::NotAStep { side, tpm, step });
        }
    }
    Quote {
        method: Method::Ptu,
        term: request.length.term(),
        model: request.model.clone(),
        parameters: Parameters::Ptu {
            product: prices.reservation.map(|sold| sold.mode.name()),
            input_tpm: request.input_tpm,
            output_tpm: request.output_tpm,
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
        overflow: excess,
        funding: None,
        notes,
    }
    .summed()
}

/// The part of a quote that depends on its term.
struct BilledTerm {
    items: Vec<LineItem>,
    runs: u64,
    duration: String,
    text: String,
    schedule: Option<Schedule>,
}

fn by_the_hour(
    request: &Request,
    prices: &Prices,
    span: Span,
    runs: u64,
    notes: &mut Vec<Note>,
) -> Result<BilledTerm, QuoteError> {
    // A catalog with a price by the hour has an increment; the hour is the unit of that price.
    let increment = prices.rules.increment.unwrap_or(Increment::Hour);
    let billed = increment.bill(span)?;
    let total = billed.times(runs)?;
    let rule = prices.rule(Rule::PtuHourly);
    let items = lines(request, prices, total.quantity(), rule)?;
    let reserves = request.input_tpm > 0 || request.output_tpm > 0;
    if reserves && prices.source.document == DEPLOYMENT {
        notes.push(Note::PtuPriceUnit);
    }
    if billed.rounded_up {
        notes.push(Note::RoundedUp {
            rule,
            span,
            billed,
            runs,
        });
    }
    if let Some(hours) = prices.rules.overdue_hours.filter(|_| reserves) {
        notes.push(Note::Overdue {
            hours,
            exposure: overdue_exposure(request, prices, hours)?,
        });
    }
    if let Some(from) = request.start {
        let until = calendar::after(from, span.whole_seconds())?;
        notes.push(Note::Window { from, until });
    }
    Ok(BilledTerm {
        items,
        runs,
        duration: span.iso(),
        text: total.to_string(),
        schedule: None,
    })
}

fn by_the_day(
    request: &Request,
    prices: &Prices,
    days: u64,
    notes: &mut Vec<Note>,
) -> Result<BilledTerm, QuoteError> {
    let items = lines(
        request,
        prices,
        Quantity::of(days, Unit::Day),
        prices.rule(Rule::PtuDaily),
    )?;
    let schedule = match (request.start, &prices.rules.expiry) {
        (None, _) => None,
        (Some(start), None) => Some(Schedule::open(start)),
        (Some(start), Some(expiry)) => {
            let (schedule, late) = calendar::daily(start, days, expiry)?;
            notes.push(Note::OrderDay);
            if late {
                notes.push(Note::LateOrder {
                    after: expiry.late_after,
                });
            }
            Some(schedule)
        }
    };
    Ok(BilledTerm {
        items,
        runs: 1,
        duration: format!("P{days}D"),
        text: counted(days, "day"),
        schedule,
    })
}

/// Whole months. How they end is not documented by anyone who sells them.
fn by_the_month(
    request: &Request,
    prices: &Prices,
    months: u32,
    notes: &mut Vec<Note>,
) -> Result<BilledTerm, QuoteError> {
    let time = Quantity::of(months.into(), Unit::Month);
    if request.served.is_some() {
        notes.push(Note::MonthOfThirtyDays);
    }
    Ok(BilledTerm {
        items: lines(request, prices, time, prices.rule(Rule::PtuDaily))?,
        runs: 1,
        duration: format!("P{months}M"),
        text: counted(months.into(), "month"),
        schedule: request.start.map(Schedule::open),
    })
}

fn lines(
    request: &Request,
    prices: &Prices,
    time: Quantity,
    rule: Rule,
) -> Result<Vec<LineItem>, QuoteError> {
    [
        (
            "ptu.input",
            "Input throughput",
            request.input_tpm,
            prices.input,
        ),
        (
            "ptu.output",
            "Output throughput",
            request.output_tpm,
            prices.output,
        ),
    ]
    .into_iter()
    .map(|(id, description, tpm, price)| {
        LineItem::new(Charge {
            id,
            description: description.to_owned(),
            factors: vec![Quantity::of(tpm, Unit::Tpm), time],
            unit_price: in_increments(price, time.unit),
            rule,
            source: Some(prices.source.clone()),
        })
    })
    .collect()
}

/// The price for the unit that time is counted in: by the minute, an hour's price buys 60.
fn in_increments(price: UnitPrice, time: Unit) -> UnitPrice {
    match time {
        Unit::Minute => UnitPrice {
            per: price.per.saturating_mul(60),
            unit: Unit::TpmMinute,
            ..price
        },
        _ => price,
    }
}

fn overdue_exposure(request: &Request, prices: &Prices, hours: u32) -> Result<Money, QuoteError> {
    let hours = Quantity::of(u64::from(hours), Unit::Hour);
    let items = lines(request, prices, hours, Rule::PtuOverdue)?;
    Ok(Money {
        amount: exact::sum(items.iter().map(|item| item.amount))?,
        currency: prices.currency,
    })
}

/// For how long traffic comes in all.
fn active(length: Length, served: &Served) -> Result<Span, QuoteError> {
    let a_day = served.hours_per_day.unwrap_or(Span::hours(24));
    Ok(match length {
        Length::Hours { span, runs } => span.times(runs)?,
        Length::Days(days) => a_day.times(days)?,
        Length::Months(months) => {
            let days = u64::from(months).checked_mul(DAYS_OF_A_MONTH);
            a_day.times(days.ok_or(QuoteError::TooLarge)?)?
        }
    })
}

impl Request {
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
            Length::Hours { .. } => all_day,
            Length::Days(_) | Length::Months(_) => served.hours_per_day.unwrap_or(all_day),
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

/// Adds lines for what does not fit, and notes what becomes of it.
fn overflow(
    request: &Request,
    prices: &Prices,
    served: &Served,
    items: &mut Vec<LineItem>,
    notes: &mut Vec<Note>,
) -> Result<Option<Excess>, QuoteError> {
    let load = served.load;
    match served.fit {
        None => {}
        Some(Fit::Peak) => notes.push(Note::SizedToPeak {
            input: load.input_tpm()?,
            output: load.output_tpm()?,
        }),
        Some(Fit::Cheapest) if request.input_tpm == 0 && request.output_tpm == 0 => {
            notes.push(Note::NeverPays);
        }
        Some(Fit::Cheapest) => notes.push(Note::SizedCheapest),
    }
    let reserved = Reserved {
        input_tpm: request.input_tpm,
        output_tpm: request.output_tpm,
        max_input: prices.max_input,
    };
    let Some(mut excess) = load.excess(&reserved, active(request.length, served)?)? else {
        return Ok(None);
    };
    match prices.max_input {
        Some(max) if excess.cause == Rule::PtuMaxInput => notes.push(Note::AboveMaxInput {
            input: load.input_per_request,
            max,
        }),
        _ => {
            excess.cause = prices.rule(excess.cause);
            notes.push(Note::SteadyShare);
        }
    }
    let calls = excess.calls_per_minute;
    match served.on_overflow {
        OnOverflow::Reject => notes.push(Note::Refused {
            calls,
            rpm: load.rpm,
            cause: excess.cause,
        }),
        OnOverflow::Bill => {
            let documented = prices.source.document == DEPLOYMENT;
            notes.push(Note::Overflow {
                rule: prices.rule(Rule::PtuOverflow),
                header: documented.then_some(OVERFLOW_HEADER),
                calls,
                rpm: load.rpm,
            });
            items.extend(overflow_lines(prices, &load, &excess)?);
        }
    }
    Ok(Some(excess))
}

fn overflow_lines(
    prices: &Prices,
    load: &Load,
    excess: &Excess,
) -> Result<Vec<LineItem>, QuoteError> {
    let standard = prices
        .standard
        .as_ref()
        .ok_or(QuoteError::NoStandardPrice)?;
    let tier = tokens::tier_of(load.input_per_request, Some(1), &standard.tiers)?;
    let sides = [
        (
            "ptu.overflow.input",
            "Overflow input",
            excess.input_tokens,
            Some(tier.input),
        ),
        (
            "ptu.overflow.output",
            "Overflow output",
            excess.output_tokens,
            tier.output,
        ),
    ];
    let mut lines = Vec::new();
    for (id, description, count, price) in sides {
        if count == 0 {
            continue;
        }
        lines.push(LineItem::new(Charge {
            id,
            description: description.to_owned(),
            factors: vec![Quantity::of(count, Unit::Token)],
            unit_price: price.ok_or(QuoteError::NoOutputPrice)?,
            rule: excess.cause,
            source: Some(standard.source.clone()),
        })?);
    }
    Ok(lines)
}

/// The billed units of time (hours or days) that the prices are for, and the minutes for which
/// traffic comes; both may be fractions, rounded at [`exact::QUOTIENT_DECIMALS`] where they do not
/// end. For bounds, not for amounts.
///
/// # Errors
/// [`QuoteError::TooLarge`] when they do not fit.
pub(super) fn billed_and_active(
    request: &Request,
    prices: &Prices,
) -> Result<(Decimal, Decimal), QuoteError> {
    let seconds = match &request.served {
        Some(served) => active(request.length, served)?.seconds(),
        None => Decimal::ZERO,
    };
    let units = match request.length {
        Length::Days(days) => Decimal::from(days),
        Length::Months(months) => Decimal::from(months),
        Length::Hours { span, runs } => {
            let increment = prices.rules.increment.unwrap_or(Increment::Hour);
            let billed = increment.bill(span)?.times(runs)?;
            exact::div(Decimal::from(billed.count), billed.increment.per_hour())?.value
        }
    };
    Ok((units, exact::div(seconds, 60)?.value))
}
