//! A quote: line items that show their working and sum to the total.

use chrono::NaiveDate;
use rust_decimal::Decimal;

use super::calendar::Schedule;
use super::error::QuoteError;
use super::exact;
use super::fund;
use super::funding::FundingResult;
use super::load::Excess;
use super::mode::Mode;
use super::money::{Currency, Money};
use super::note::{Note, TraceNote};
use super::overdue::Overdue;
use super::pace::Stream;
use super::ptu::Served;
use super::recorded::Recorded;
use super::renewal::Renewals;
use super::rule::Rule;
use super::spec::Spec;
use super::term::Term;
use super::unit::{Quantity, Unit, UnitPrice};

/// A way of buying inference.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Method {
    /// Provisioned throughput.
    Ptu,
    /// Model units.
    Mu,
    /// By token.
    Tokens,
}

impl Method {
    /// Every method.
    pub const ALL: &[Self] = &[Self::Ptu, Self::Mu, Self::Tokens];

    /// The name in commands and JSON: `ptu`, `mu`, `tokens`.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Ptu => "ptu",
            Self::Mu => "mu",
            Self::Tokens => "tokens",
        }
    }
}

/// The model that a quote is for, as its provider publishes it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ModelRef {
    /// The code, with its published case.
    pub code: String,
    /// The published name.
    pub name: String,
    /// The provider's id: `alibaba`.
    pub provider: String,
    /// The region's id: `cn-beijing`.
    pub region: String,
    /// The region as people say it: `China (Beijing)`.
    pub region_name: String,
}

/// Where a price was read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Source {
    /// The document's id, or the file that a user gave.
    pub document: String,
    /// Where in it.
    pub section: String,
    /// The first edition that is known to have the price.
    pub first_seen: Option<NaiveDate>,
    /// The newest edition that has it.
    pub seen: Option<NaiveDate>,
    /// When it was transcribed from one of them.
    pub transcribed: Option<NaiveDate>,
    /// Since when the price is in force; `None` for as long as is known.
    pub from: Option<NaiveDate>,
}

impl Source {
    /// The day of the newest evidence of the price: an edition that has it, or else the transcription.
    #[must_use]
    pub fn evidence(&self) -> Option<NaiveDate> {
        self.seen.or(self.transcribed)
    }

    /// The first day on which the price is known to have been in force. What was transcribed later may
    /// have been so before.
    #[must_use]
    pub fn first_evidence(&self) -> Option<NaiveDate> {
        self.from.or(self.first_seen).or(self.seen)
    }
}

/// One line of a quote: quantity × unit price = amount.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LineItem {
    /// `ptu.input`, `mu.replicas`, …: the same for the same kind of charge.
    pub id: &'static str,
    /// What it is, for people.
    pub description: String,
    /// What the quantity is the product of: 100K TPM × 10 h.
    pub factors: Vec<Quantity>,
    /// The product of the factors.
    pub quantity: Quantity,
    /// The price of one unit or several.
    pub unit_price: UnitPrice,
    /// Quantity × unit price. Negative for credits and discounts.
    pub amount: Decimal,
    /// Whether the amount is exact; if not it is rounded at [`exact::QUOTIENT_DECIMALS`].
    pub exact: bool,
    /// By which rule.
    pub rule: Rule,
    /// Where the unit price was read; `None` where a person gave it.
    pub source: Option<Source>,
}

/// What a line item is, before its amount is computed.
#[derive(Debug, Clone)]
pub struct Charge {
    /// See [`LineItem::id`].
    pub id: &'static str,
    /// See [`LineItem::description`].
    pub description: String,
    /// See [`LineItem::factors`].
    pub factors: Vec<Quantity>,
    /// See [`LineItem::unit_price`]; its unit is that of the product of the factors.
    pub unit_price: UnitPrice,
    /// See [`LineItem::rule`].
    pub rule: Rule,
    /// See [`LineItem::source`].
    pub source: Option<Source>,
}

impl LineItem {
    /// Computes the amount, so that it cannot disagree with the working.
    ///
    /// # Errors
    /// [`QuoteError::TooLarge`] when the quantity or the amount does not fit a decimal exactly.
    pub fn new(charge: Charge) -> Result<Self, QuoteError> {
        let mut quantity = Quantity {
            value: Decimal::ONE,
            unit: charge.unit_price.unit,
        };
        for factor in &charge.factors {
            quantity.value = exact::mul(quantity.value, factor.value)?;
        }
        debug_assert_eq!(product_unit(&charge.factors), Some(quantity.unit));
        let amount = charge.unit_price.amount_for(quantity.value)?;
        Ok(Self {
            id: charge.id,
            description: charge.description,
            factors: charge.factors,
            quantity,
            unit_price: charge.unit_price,
            amount: amount.value,
            exact: amount.exact,
            rule: charge.rule,
            source: charge.source,
        })
    }
}

impl LineItem {
    /// The same charge, so many times.
    ///
    /// # Errors
    /// [`QuoteError::TooLarge`] when the quantity or the amount does not fit a decimal exactly.
    pub fn repeated(&self, terms: u64) -> Result<Self, QuoteError> {
        let times = Quantity::of(terms, Unit::Term);
        let mut item = self.clone();
        item.quantity.value = exact::mul(item.quantity.value, times.value)?;
        item.amount = exact::mul(item.amount, times.value)?;
        item.factors.push(times);
        Ok(item)
    }
}

fn product_unit(factors: &[Quantity]) -> Option<Unit> {
    let mut units = factors.iter().map(|factor| factor.unit);
    let first = units.next()?;
    units.try_fold(first, Unit::times)
}

/// What was asked for, as JSON repeats it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Parameters {
    /// Of a PTU quote.
    Ptu {
        /// What the provider calls it, where that is not PTU.
        product: Option<&'static str>,
        /// Reserved input tokens per minute.
        input_tpm: u64,
        /// Reserved output tokens per minute.
        output_tpm: u64,
        /// The mode, where the model prices output by mode.
        mode: Option<Mode>,
        /// How many times it is deployed and deleted.
        runs: u64,
        /// ISO 8601, of one run.
        duration: String,
        /// `10 h`, `7 days`, in all.
        billed: String,
        /// What is sent to it, if that is known.
        served: Option<Served>,
    },
    /// Of a model unit quote.
    Mu {
        /// The specification of one replica.
        spec: Spec,
        /// How many.
        replicas: u64,
        /// Whether prefill and decode run apart.
        pd_separated: bool,
        /// How many times it is deployed and deleted.
        runs: u64,
        /// ISO 8601, of one run.
        duration: String,
        /// `91 min`, `3 months`, in all.
        billed: String,
    },
    /// Of a token quote.
    Tokens {
        /// Which of the model's token prices.
        rate: Rate,
        /// Which it has too, where nobody said which are meant.
        other_rate: Option<Rate>,
        /// The mode, where the model prices by mode.
        mode: Option<Mode>,
        /// Input tokens in all.
        input: u64,
        /// Output tokens in all.
        output: u64,
        /// How many requests they belong to, if that was said.
        requests: Option<u64>,
        /// Whether they are batch calls.
        batch: bool,
        /// The load that they come from, if that was said.
        stream: Option<Stream>,
    },
}

/// Which token prices.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Rate {
    /// For custom models made by fine-tuning.
    FineTuned,
    /// For ordinary calls of a preset model.
    Standard,
}

impl Rate {
    /// `fine-tuned` or `standard`.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::FineTuned => "fine-tuned",
            Self::Standard => "standard",
        }
    }
}

/// What cancelling early does to a prepaid order.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Cancellation {
    /// Days that count as used, a started one whole.
    pub used_days: u64,
    /// Paid at the order.
    pub paid: Decimal,
    /// Kept of it.
    pub charged: Decimal,
    /// Given back.
    pub refund: Decimal,
}

/// What a deployment costs, line by line.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Quote {
    /// How it is bought.
    pub method: Method,
    /// For how long.
    pub term: Term,
    /// Which model.
    pub model: ModelRef,
    /// What was asked for.
    pub parameters: Parameters,
    /// The currency of every amount.
    pub currency: Currency,
    /// The lines.
    pub items: Vec<LineItem>,
    /// The sum of the items' amounts, exactly.
    pub total: Decimal,
    /// The calendar of a subscription with a known start.
    pub schedule: Option<Schedule>,
    /// Set where the order is cancelled; the total is then what is charged.
    pub cancellation: Option<Cancellation>,
    /// The terms of a subscription that is renewed; the total is that of all of them.
    pub renewals: Option<Renewals>,
    /// What becomes of it with an overdue balance, where that was asked for.
    pub overdue: Option<Overdue>,
    /// What of a known load does not fit a reservation.
    pub overflow: Option<Excess>,
    /// Who pays for the tokens, where that was said or the provider documents it.
    pub funding: Option<FundingResult>,
    /// The recorded trace that it serves, where there is one.
    pub recorded: Option<Box<Recorded>>,
    /// What to know beside the numbers.
    pub notes: Vec<Note>,
}

impl Parameters {
    /// The mode, where the model prices by mode.
    #[must_use]
    pub fn mode(&self) -> Option<Mode> {
        match self {
            Self::Ptu { mode, .. } | Self::Tokens { mode, .. } => *mode,
            Self::Mu { .. } => None,
        }
    }
}

/// A share of money in percent, from 0 to 100.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Percent(Decimal);

impl Percent {
    /// `None` unless it is from 0 to 100.
    #[must_use]
    pub fn new(percent: Decimal) -> Option<Self> {
        let range = Decimal::ZERO..=Decimal::ONE_HUNDRED;
        range.contains(&percent).then_some(Self(percent))
    }

    /// The number before the `%`.
    #[must_use]
    pub fn value(self) -> Decimal {
        self.0
    }

    /// As a factor: 15 % is 0.15.
    ///
    /// # Errors
    /// [`QuoteError::TooLarge`] when a decimal cannot hold it.
    pub fn factor(self) -> Result<Decimal, QuoteError> {
        Ok(exact::div(self.0, 100)?.value)
    }
}

impl Quote {
    /// Sets the total from the items, and notes amounts that do not end.
    ///
    /// # Errors
    /// [`QuoteError::TooLarge`] when the sum does not fit a decimal exactly.
    pub fn summed(mut self) -> Result<Self, QuoteError> {
        self.total = exact::sum(self.items.iter().map(|item| item.amount))?;
        if let Some(item) = self.items.iter().find(|item| !item.exact) {
            self.notes.push(Note::Inexact {
                rule: item.rule,
                decimals: exact::QUOTIENT_DECIMALS,
            });
        }
        Ok(self)
    }

    /// The quote with rules that its provider can be held to: each from a document of its own, or
    /// from the file that the prices are in. What only another provider's document says is left out.
    #[must_use]
    pub fn cited(mut self) -> Self {
        let provider = self.model.provider.as_str();
        for item in &mut self.items {
            item.rule = item.rule.cited_by(provider);
        }
        if let Some(excess) = &mut self.overflow {
            excess.cause = excess.cause.cited_by(provider);
        }
        let notes = self.notes.into_iter();
        self.notes = notes.filter_map(|note| note.cited_by(provider)).collect();
        self
    }

    /// The documents of the rules by which it is billed and of which its notes speak, each once.
    #[must_use]
    pub fn documents(&self) -> Vec<&'static str> {
        let items = self.items.iter().map(|item| item.rule);
        let rules = items.chain(self.notes.iter().map(Note::rule));
        let mut documents = Vec::new();
        let read_in = self.notes.iter().filter_map(Note::read_in);
        for document in rules.filter_map(Rule::document).chain(read_in) {
            if !documents.contains(&document) {
                documents.push(document);
            }
        }
        documents
    }

    /// The total with its currency.
    #[must_use]
    pub fn total_money(&self) -> Money {
        Money {
            amount: self.total,
            currency: self.currency,
        }
    }

    /// The quote with `percent` off every charge, as a line of its own. What a note or a
    /// cancellation says in money follows it.
    ///
    /// # Errors
    /// [`QuoteError::TooLarge`] when an amount does not fit a decimal exactly.
    pub fn discounted(mut self, percent: Percent) -> Result<Self, QuoteError> {
        let off = percent.factor()?;
        let left = exact::sub(Decimal::ONE, off)?;
        let money = Unit::Money(self.currency);
        let mut item = LineItem::new(Charge {
            id: "discount",
            description: format!("Discount of {}%", exact::plain(percent.value())),
            factors: vec![Quantity {
                value: self.total,
                unit: money,
            }],
            unit_price: UnitPrice {
                amount: exact::negate(off),
                per: 1,
                unit: money,
            },
            rule: Rule::Discount,
            source: None,
        })?;
        // Off an amount that was rounded, the discount is rounded at the same decimal: what they
        // leave is then exact wherever it ends.
        let rounded = exact::round_quotient(item.amount);
        if self.items.iter().any(|charge| !charge.exact) && rounded != item.amount {
            item.amount = rounded;
            item.exact = false;
            self.notes.push(Note::Inexact {
                rule: item.rule,
                decimals: exact::QUOTIENT_DECIMALS,
            });
        }
        self.total = exact::add(self.total, item.amount)?;
        self.items.push(item);
        if let Some(cancelled) = &mut self.cancellation {
            cancelled.paid = exact::mul(cancelled.paid, left)?;
            cancelled.charged = exact::mul(cancelled.charged, left)?;
            cancelled.refund = exact::mul(cancelled.refund, left)?;
        }
        if let Some(renewals) = &mut self.renewals {
            for term in &mut renewals.terms {
                term.cost = exact::mul(term.cost, left)?;
            }
        }
        if let Some(overdue) = &mut self.overdue {
            overdue.discounted(left)?;
        }
        for note in &mut self.notes {
            if let Note::Overdue { exposure, .. } = note.plain_mut() {
                exposure.amount = exact::mul(exposure.amount, left)?;
            }
            if let Note::Scaling(scaling) = note {
                scaling.discount(left)?;
            }
            if let Note::Trace { what, .. } = note
                && let TraceNote::Otherwise { total, .. } = what
                && let Some(money) = *total
            {
                let left = exact::mul(money.amount, left).ok();
                *total = left.map(|amount| Money { amount, ..money });
            }
        }
        fund::discounted(&mut self, left)?;
        Ok(self)
    }
}
