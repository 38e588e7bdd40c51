//! Provisioned throughput: input and output tokens per minute, reserved by the hour or by the day.

use rust_decimal::Decimal;

use super::calendar::{self, ExpiryRules, Moment};
use super::error::QuoteError;
use super::exact;
use super::mode::Mode;
use super::money::{Currency, Money};
use super::note::Note;
use super::number::counted;
use super::quote::{Charge, LineItem, Method, ModelRef, Parameters, Quote, Source};
use super::rule::{DEPLOYMENT, Rule};
use super::term::{Increment, Span, Term};
use super::unit::{Quantity, Unit, UnitPrice};

/// How long throughput is reserved.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Length {
    /// Pay-as-you-go, for a span of time.
    Hours(Span),
    /// A subscription of whole days.
    Days(u64),
}

impl Length {
    /// The term that it is.
    #[must_use]
    pub fn term(self) -> Term {
        match self {
            Self::Hours(_) => Term::PayAsYouGo,
            Self::Days(_) => Term::Subscription,
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
}

/// How a provider bills provisioned throughput. Catalog data.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Rules {
    /// Pay-as-you-go is billed in whole ones of these; a minute or an hour.
    pub increment: Increment,
    /// Input TPM is bought in multiples of this.
    pub input_step: u64,
    /// Output TPM is bought in multiples of this.
    pub output_step: u64,
    /// Hours for which an overdue deployment is kept and billed.
    pub overdue_hours: u32,
    /// How a subscription ends.
    pub expiry: ExpiryRules,
}

/// The prices of one model, term and mode.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Prices {
    /// Per TPM-hour or TPM-day, as the term asks.
    pub input: UnitPrice,
    /// Per TPM-hour or TPM-day, as the term asks.
    pub output: UnitPrice,
    /// The mode that the output price is for, where the model has several.
    pub mode: Option<Mode>,
    /// A call with more input is billed as ordinary pay-as-you-go.
    pub max_input: u64,
    /// How the provider bills.
    pub rules: Rules,
    /// The currency of the prices.
    pub currency: Currency,
    /// Where they were read.
    pub source: Source,
}

/// What the reservation costs: an input and an output line.
///
/// # Errors
/// [`QuoteError::TooLarge`] when an amount does not fit a decimal exactly,
/// [`QuoteError::CalendarEnds`] when a date is past the year 2100.
pub fn quote(request: &Request, prices: &Prices) -> Result<Quote, QuoteError> {
    let mut notes = Vec::new();
    if let Some(asked) = request.mode
        && let Some(priced) = prices.mode
        && asked != priced
    {
        notes.push(Note::ModeAlias { asked, priced });
    }
    let billed = match request.length {
        Length::Hours(span) => by_the_hour(request, prices, span, &mut notes)?,
        Length::Days(days) => by_the_day(request, prices, days, &mut notes)?,
    };
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
            input_tpm: request.input_tpm,
            output_tpm: request.output_tpm,
            mode: prices.mode,
            duration: billed.duration,
            billed: billed.text,
        },
        currency: prices.currency,
        items: billed.items,
        total: Decimal::ZERO,
        schedule: billed.schedule,
        cancellation: None,
        notes,
    }
    .summed()
}

/// The part of a quote that depends on its term.
struct BilledTerm {
    items: Vec<LineItem>,
    duration: String,
    text: String,
    schedule: Option<calendar::Schedule>,
}

fn by_the_hour(
    request: &Request,
    prices: &Prices,
    span: Span,
    notes: &mut Vec<Note>,
) -> Result<BilledTerm, QuoteError> {
    let billed = prices.rules.increment.bill(span)?;
    let items = lines(request, prices, billed.quantity(), Rule::PtuHourly)?;
    if prices.source.document == DEPLOYMENT {
        notes.push(Note::PtuPriceUnit);
    }
    if billed.rounded_up {
        notes.push(Note::RoundedUp {
            rule: Rule::PtuHourly,
            span,
            billed,
        });
    }
    notes.push(Note::Overdue {
        hours: prices.rules.overdue_hours,
        exposure: overdue_exposure(request, prices)?,
    });
    if let Some(from) = request.start {
        let until = calendar::after(from, span.whole_seconds())?;
        notes.push(Note::Window { from, until });
    }
    Ok(BilledTerm {
        items,
        duration: span.iso(),
        text: billed.to_string(),
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
        Rule::PtuDaily,
    )?;
    let schedule = match request.start {
        None => None,
        Some(start) => {
            let (schedule, late) = calendar::daily(start, days, &prices.rules.expiry)?;
            notes.push(Note::OrderDay);
            if late {
                notes.push(Note::LateOrder {
                    after: prices.rules.expiry.late_after,
                });
            }
            Some(schedule)
        }
    };
    Ok(BilledTerm {
        items,
        duration: format!("P{days}D"),
        text: counted(days, "day"),
        schedule,
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

fn overdue_exposure(request: &Request, prices: &Prices) -> Result<Money, QuoteError> {
    let hours = Quantity::of(u64::from(prices.rules.overdue_hours), Unit::Hour);
    let items = lines(request, prices, hours, Rule::PtuOverdue)?;
    Ok(Money {
        amount: exact::sum(items.iter().map(|item| item.amount))?,
        currency: prices.currency,
    })
}
