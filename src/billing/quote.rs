//! A quote: line items that show their working and sum to the total.

use rust_decimal::Decimal;

use super::cache::CacheWay;
use super::calendar::Schedule;
use super::days::Piece;
use super::error::QuoteError;
use super::exact;
use super::funding::FundingResult;
use super::kind::Tokens;
pub use super::line::{Charge, LineItem};
use super::load::{Excess, Served};
use super::mode::Mode;
use super::money::Currency;
use super::money::Money;
pub use super::money::Percent;
use super::note::Note;
pub use super::offer::{Method, ModelRef, Rate, Source};
use super::overdue::Overdue;
use super::pace::Steady;
use super::recorded::Recorded;
use super::renewal::Renewals;
use super::rule::Rule;
use super::savings::SavingsResult;
use super::spec::Spec;
use super::speed::Speed;
use super::term::{Billed, Increment, Term};
use super::units::Throughput;

/// What was asked for. JSON repeats it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Parameters {
    /// What was asked of a PTU quote.
    Ptu {
        /// What the provider calls it, where that is not PTU.
        product: Option<&'static str>,
        /// Which throughput reservation it is, where it is one.
        service: Option<Speed>,
        /// The specification of its units, where it is in dedicated throughput units.
        spec: Option<String>,
        /// What is reserved.
        throughput: Throughput,
        /// The mode, where the model prices output by mode.
        mode: Option<Mode>,
        /// How many times it is deployed and deleted.
        runs: u64,
        /// The duration of one run, in ISO 8601.
        duration: String,
        /// The time that is billed in all runs: `10 h`, `7 days`.
        billed: String,
        /// The traffic that is sent to it, where it is known.
        served: Option<Served>,
    },
    /// What was asked of a model unit quote.
    Mu {
        /// The specification of one replica.
        spec: Spec,
        /// How many replicas.
        replicas: u64,
        /// Whether prefill and decode run apart.
        pd_separated: bool,
        /// How many times it is deployed and deleted.
        runs: u64,
        /// The duration of one run, in ISO 8601.
        duration: String,
        /// The time that is billed in all runs: `91 min`, `3 months`.
        billed: String,
    },
    /// What was asked of a token quote.
    Tokens {
        /// Which of the model's token prices.
        rate: Rate,
        /// The other of its token prices, where it has both and nobody said which are meant.
        other_rate: Option<Rate>,
        /// The mode, where the model prices by mode.
        mode: Option<Mode>,
        /// The tokens in all.
        tokens: Tokens,
        /// The number of requests that the tokens belong to, where it was given.
        requests: Option<u64>,
        /// Whether they are batch calls.
        batch: bool,
        /// The way of the cache that hits are of, where it was given.
        cache: Option<CacheWay>,
        /// The load that the tokens come from, where it was given.
        stream: Option<Steady>,
    },
}

/// What cancelling early does to a prepaid order.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Cancellation {
    /// Days that count as used; a started day counts whole.
    pub used_days: u64,
    /// The amount that was paid at the order.
    pub paid: Decimal,
    /// The part of it that is charged.
    pub charged: Decimal,
    /// The part of it that comes back.
    pub refund: Decimal,
}

/// What a deployment costs, line by line.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Quote {
    /// The method by which it is bought.
    pub method: Method,
    /// Whether it is paid as it is used or at the order.
    pub term: Term,
    /// The model.
    pub model: ModelRef,
    /// What was asked for.
    pub parameters: Parameters,
    /// The currency of every amount.
    pub currency: Currency,
    /// The line items.
    pub items: Vec<LineItem>,
    /// The sum of the items' amounts, exactly.
    pub total: Decimal,
    /// The calendar of a subscription with a known start.
    pub schedule: Option<Schedule>,
    /// Set where the order is cancelled; the total is then what is charged.
    pub cancellation: Option<Cancellation>,
    /// The terms of a subscription that is renewed; the total is that of all of them.
    pub renewals: Option<Renewals>,
    /// What an overdue balance does to it, where that was asked for.
    pub overdue: Option<Overdue>,
    /// The part of a known load that does not fit the reservation.
    pub overflow: Option<Excess>,
    /// Who pays for the tokens, where a person or the provider says so.
    pub funding: Option<FundingResult>,
    /// What a savings plan pays for, where one is asked for.
    pub savings: Option<Box<SavingsResult>>,
    /// The recorded trace that it serves, where there is one.
    pub recorded: Option<Box<Recorded>>,
    /// What a person should know beside the numbers.
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

impl Quote {
    /// The quote with the total of its items, and with a note where one of their amounts does not end as a
    /// decimal.
    ///
    /// # Errors
    /// [`QuoteError::TooLarge`] when the sum does not fit a decimal exactly.
    pub fn summed(mut self) -> Result<Self, QuoteError> {
        self.total = exact::sum(self.items.iter().map(|item| item.amount))?;
        self.notes
            .retain(|note| !matches!(note, Note::Inexact { .. }));
        if let Some(item) = self.items.iter().find(|item| !item.exact) {
            self.notes.push(Note::Inexact {
                rule: item.rule,
                decimals: exact::QUOTIENT_DECIMALS,
            });
        }
        Ok(self)
    }

    /// The quote with lines for each piece of its time in place of its own: `lines` at the price of that
    /// piece, for the increments that begin in it. Where no increment is documented, these are hours.
    ///
    /// # Errors
    /// [`QuoteError::TooLarge`] when an amount does not fit a decimal exactly.
    pub(super) fn over_changes<P>(
        mut self,
        pieces: &[Piece<'_, P>],
        increment: impl Fn(&P) -> Option<Increment>,
        lines: impl Fn(&P, Billed) -> Result<Vec<LineItem>, QuoteError>,
    ) -> Result<Self, QuoteError> {
        self.items.clear();
        for piece in pieces {
            let increment = increment(piece.prices).unwrap_or(Increment::Hour);
            for mut line in lines(piece.prices, increment.whole(piece.increments))? {
                line.description.push_str(&piece.days.to_string());
                self.items.push(line);
            }
        }
        self.summed()
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
}
