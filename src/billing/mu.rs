//! Model units: bundles of compute, rented by the minute or by the month.

use rust_decimal::Decimal;

use super::calendar::{self, Schedule};
use super::days::Piece;
use super::error::QuoteError;
use super::exact;
use super::line::{Charge, LineItem};
use super::moment::Moment;
use super::money::{Currency, Money};
use super::note::Note;
use super::number::counted;
use super::offer::{Method, ModelRef, Source};
use super::quote::{Cancellation, Parameters, Quote};
use super::rule::{DEPLOYMENT, Rule};
use super::spec::Spec;
use super::term::{Billed, Increment, Span, Term};
use super::unit::{Quantity, Unit, UnitPrice};

/// How long replicas are rented.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Length {
    /// Pay-as-you-go, for a span of time.
    Hours {
        /// How long it is up in each run.
        span: Span,
        /// How many times it is deployed and deleted, each rounded up by itself; at least 1.
        runs: u64,
    },
    /// A subscription of whole months.
    Months {
        /// The number of months, at least 1.
        months: u32,
        /// When it is cancelled, counted from the order.
        cancel_after: Option<Span>,
    },
}

impl Length {
    /// Whether it is paid as it is used or at the order.
    #[must_use]
    pub fn term(self) -> Term {
        match self {
            Self::Hours { .. } => Term::PayAsYouGo,
            Self::Months { .. } => Term::Subscription,
        }
    }
}

/// What is rented.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Request {
    /// The model.
    pub model: ModelRef,
    /// How many replicas of the specification, at least 1.
    pub replicas: u64,
    /// How long they are rented.
    pub length: Length,
    /// When it is ordered.
    pub start: Option<Moment>,
}

/// How a provider bills model units. Catalog data.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Rules {
    /// The increment in which pay-as-you-go is billed: a minute or an hour. `None` where it is not
    /// documented.
    pub increment: Option<Increment>,
    /// Hours for which an overdue deployment is taken to be kept and billed.
    pub overdue_hours: Option<u32>,
    /// What cancelling in the first month costs, where that is documented.
    pub cancellation: Option<CancellationRules>,
    /// Whether replicas can be added to a running term, paid for the days that are left.
    pub scales_out_by_day: bool,
}

/// What cancelling an order of months costs.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct CancellationRules {
    /// The increment in which the used time of a cancelled order is counted: a day.
    pub increment: Increment,
    /// A used day costs this times the daily rate.
    pub factor: Decimal,
    /// The daily rate is the monthly price divided by this.
    pub month_days: u64,
    /// The days of the longest first month. What cancelling later costs is not documented.
    pub within_days: u64,
}

/// The prices of one specification of a model.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Prices {
    /// What one replica is.
    pub spec: Spec,
    /// Whether the page gives the count of the specification.
    pub count_given: bool,
    /// Whether prefill and decode run on separate nodes.
    pub pd_separated: bool,
    /// Per replica-hour or replica-month, as the term asks.
    pub price: UnitPrice,
    /// How the provider bills.
    pub rules: Rules,
    /// The currency of the price.
    pub currency: Currency,
    /// Where it was read.
    pub source: Source,
}

/// What the replicas cost.
///
/// # Errors
/// [`QuoteError::TooLarge`] when an amount does not fit a decimal exactly,
/// [`QuoteError::CancelledLate`] when the order is cancelled after its first month,
/// [`QuoteError::CalendarEnds`] when a date is past the year 2100.
pub fn quote(request: &Request, prices: &Prices) -> Result<Quote, QuoteError> {
    let mut notes = Vec::new();
    if prices.source.document == DEPLOYMENT {
        if prices.spec.count() > 1 {
            notes.push(Note::Bundle);
        }
        if !prices.count_given {
            notes.push(Note::CountOne(prices.spec));
        }
    }
    let billed = match request.length {
        Length::Hours { span, runs } => by_time(request, prices, span, runs, &mut notes)?,
        Length::Months {
            months,
            cancel_after,
        } => by_the_month(request, prices, months, cancel_after, &mut notes)?,
    };
    if prices.pd_separated {
        notes.push(Note::PdSeparated);
    }
    notes.extend(Note::of_deployments(&request.model, Method::Mu));
    Quote {
        method: Method::Mu,
        term: request.length.term(),
        model: request.model.clone(),
        parameters: Parameters::Mu {
            spec: prices.spec,
            replicas: request.replicas,
            pd_separated: prices.pd_separated,
            runs: billed.runs,
            duration: billed.duration,
            billed: billed.text,
        },
        currency: prices.currency,
        items: vec![billed.item],
        total: Decimal::ZERO,
        schedule: billed.schedule,
        cancellation: billed.cancellation,
        renewals: None,
        overdue: None,
        overflow: None,
        funding: None,
        savings: None,
        recorded: None,
        notes,
    }
    .summed()
}

/// The part of a quote that depends on its term.
struct BilledTerm {
    item: LineItem,
    runs: u64,
    duration: String,
    text: String,
    schedule: Option<Schedule>,
    cancellation: Option<Cancellation>,
}

fn by_time(
    request: &Request,
    prices: &Prices,
    span: Span,
    runs: u64,
    notes: &mut Vec<Note>,
) -> Result<BilledTerm, QuoteError> {
    let billed = Increment::documented(prices.rules.increment, span)?;
    let total = billed.times(runs)?;
    let item = time_line(request, prices, total)?;
    if billed.rounded_up {
        notes.push(Note::RoundedUp {
            rule: Rule::MuMinute,
            span,
            billed,
            runs,
        });
    }
    if let Some(hours) = prices.rules.overdue_hours {
        let kept = Increment::Hour.whole(hours.into());
        notes.push(Note::Overdue {
            hours,
            exposure: Money {
                amount: time_line(request, prices, kept)?.amount,
                currency: prices.currency,
            },
            restored: false,
            of: Method::Mu,
            in_total: false,
        });
    }
    notes.push(Note::FirstCome);
    if let Some(from) = request.start {
        let until = calendar::after(from, span.whole_seconds())?;
        notes.push(Note::Window { from, until });
    }
    Ok(BilledTerm {
        item,
        runs,
        duration: span.iso(),
        text: total.to_string(),
        schedule: None,
        cancellation: None,
    })
}

/// The line for a time in minutes or hours.
fn time_line(request: &Request, prices: &Prices, time: Billed) -> Result<LineItem, QuoteError> {
    let (per, unit) = match time.increment {
        Increment::Minute => (prices.price.per.saturating_mul(60), Unit::ReplicaMinute),
        Increment::Hour | Increment::Day => (prices.price.per, Unit::ReplicaHour),
    };
    let price = UnitPrice {
        per,
        unit,
        ..prices.price
    };
    replicas_line(request, prices, time.quantity(), price, Rule::MuMinute)
}

/// The quote of replicas by time with the price that is in force in each of the increments; `quote` is
/// that at the last price.
///
/// # Errors
/// [`QuoteError::TooLarge`] when an amount does not fit a decimal exactly.
pub fn over_changes(
    quote: Quote,
    request: &Request,
    pieces: &[Piece<'_, Prices>],
) -> Result<Quote, QuoteError> {
    if !matches!(request.length, Length::Hours { .. }) {
        return Ok(quote);
    }
    let increment = |prices: &Prices| prices.rules.increment;
    quote.over_changes(pieces, increment, |prices, time| {
        Ok(vec![time_line(request, prices, time)?])
    })
}

fn by_the_month(
    request: &Request,
    prices: &Prices,
    months: u32,
    cancel_after: Option<Span>,
    notes: &mut Vec<Note>,
) -> Result<BilledTerm, QuoteError> {
    let length = Quantity::of(u64::from(months), Unit::Month);
    let paid = replicas_line(request, prices, length, prices.price, Rule::MuMonthly)?;
    let schedule = match request.start {
        None => None,
        Some(starts) => {
            let until = calendar::months_after(starts, months)?;
            notes.push(Note::MonthsEnd { until });
            Some(Schedule {
                starts,
                expires: None,
                stops: None,
                released: None,
            })
        }
    };
    let (item, cancellation) = match cancel_after {
        None => (paid, None),
        Some(span) => {
            let rules = prices.rules.cancellation;
            let rules = rules.ok_or(QuoteError::CancellationUnknown)?;
            let used = used_days(request, rules, span)?;
            if used.rounded_up {
                notes.push(Note::RoundedUp {
                    rule: Rule::MuCancelFirstMonth,
                    span,
                    billed: used,
                    runs: 1,
                });
            }
            let (item, cancellation) = cancelled(request, prices, rules, used, paid, notes)?;
            if cancellation.refund.is_zero() {
                notes.push(Note::ChargeCapped);
            }
            (item, Some(cancellation))
        }
    };
    Ok(BilledTerm {
        item,
        runs: 1,
        duration: format!("P{months}M"),
        text: counted(u64::from(months), "month"),
        schedule,
        cancellation,
    })
}

/// Days that count as used, if the cancellation falls in the first month: at most 31 days, and no
/// more than the month has where the day of the order is known.
fn used_days(
    request: &Request,
    rules: CancellationRules,
    span: Span,
) -> Result<Billed, QuoteError> {
    let longest = rules.within_days;
    let first_month = match request.start {
        None => longest,
        Some(start) => {
            let end = calendar::months_after(start, 1)?;
            let days = end.signed_duration_since(start).num_days();
            u64::try_from(days).unwrap_or(longest).min(longest)
        }
    };
    let used = rules.increment.bill(span)?;
    if used.count > first_month {
        let rule = Rule::MuCancelLater;
        return Err(QuoteError::CancelledLate {
            first_month,
            documented: rule.cited_by(&request.model.provider) == rule,
        });
    }
    Ok(used)
}

/// Used days × factor × monthly price ÷ 30, and never more than was paid (`mu.cancel-first-month`).
fn cancelled(
    request: &Request,
    prices: &Prices,
    rules: CancellationRules,
    used: Billed,
    paid: LineItem,
    notes: &mut Vec<Note>,
) -> Result<(LineItem, Cancellation), QuoteError> {
    let factor = rules.factor;
    let days = rules.month_days;
    // The catalog refuses a factor and a month whose quotient does not end, so the rate is exact.
    let unit_price = UnitPrice {
        amount: exact::div(exact::mul(factor, prices.price.amount)?, days)?.value,
        per: prices.price.per,
        unit: Unit::ReplicaDay,
    };
    let money = |amount| Money {
        amount,
        currency: prices.currency,
    };
    notes.push(Note::UsedDay {
        factor,
        monthly: money(prices.price.for_units(1)?),
        days,
        rate: money(unit_price.for_units(1)?),
    });
    let by_days = LineItem::new(Charge {
        id: "mu.cancellation",
        description: "Cancelled early".to_owned(),
        factors: vec![
            Quantity::of(request.replicas, Unit::Replica),
            used.quantity(),
        ],
        unit_price,
        rule: Rule::MuCancelFirstMonth,
        source: Some(prices.source.clone()),
    })?;
    let paid_amount = paid.amount;
    let item = if by_days.amount > paid_amount {
        LineItem {
            id: "mu.cancellation",
            description: "Cancelled early".to_owned(),
            rule: Rule::MuCancelFirstMonth,
            ..paid
        }
    } else {
        by_days
    };
    let cancellation = Cancellation {
        used_days: used.count,
        paid: paid_amount,
        charged: item.amount,
        refund: exact::sub(paid_amount, item.amount)?,
    };
    Ok((item, cancellation))
}

fn replicas_line(
    request: &Request,
    prices: &Prices,
    time: Quantity,
    unit_price: UnitPrice,
    rule: Rule,
) -> Result<LineItem, QuoteError> {
    LineItem::new(Charge {
        id: "mu.replicas",
        description: format!("Replicas of {}", prices.spec),
        factors: vec![Quantity::of(request.replicas, Unit::Replica), time],
        unit_price,
        rule,
        source: Some(prices.source.clone()),
    })
}
