//! A way to serve the workload: priced, or with the reason why it has no price.

use rust_decimal::Decimal;

use super::{Caveat, Kind, Pays};
use crate::billing::capacity::Capacity;
use crate::billing::error::QuoteError;
use crate::billing::funding::Funding;
use crate::billing::fx::Exchange;
use crate::billing::quote::Quote;
use crate::billing::rule::Rule;
use crate::billing::savings::{Over, SavingsPlan};
use crate::billing::service::Service;
use crate::billing::spec::Spec;
use crate::billing::{mu, ptu, tokens};

/// One way to serve the workload, priced.
#[derive(Debug, Clone)]
pub struct Row {
    /// 1 for the cheapest; `None` where it is not known to serve the workload.
    pub rank: Option<usize>,
    /// Whether it is the way that is used today.
    pub is_current: bool,
    /// Which way.
    pub kind: Kind,
    /// The quote, in the currency in which all rows are ranked.
    pub quote: Quote,
    /// The quote in the currency of its prices, where that is another one.
    pub own: Option<Box<Own>>,
    /// The total per million tokens served; rounded at [`QUOTIENT_DECIMALS`](crate::billing::exact::QUOTIENT_DECIMALS) if need be.
    pub per_million: Decimal,
    /// Percent above the cheapest total; `None` where that is 0.
    pub above_cheapest: Option<Decimal>,
    /// Where it would be the cheapest; `None` of what is not ranked, and of recorded calls.
    pub pays: Option<Pays>,
    /// Why it is not equivalent to the others.
    pub caveats: Vec<Caveat>,
    /// How it was priced, so that other loads can be.
    pub(super) basis: Basis,
}

/// A quote in the currency of its prices, and the rate at which it was converted.
#[derive(Debug, Clone)]
pub struct Own {
    /// The quote.
    pub quote: Quote,
    /// From its currency to that of the comparison.
    pub exchange: Exchange,
}

impl Row {
    /// The quote in the currency of its prices, as the command `quote` makes it.
    #[must_use]
    pub fn as_priced(&self) -> &Quote {
        self.own.as_ref().map_or(&self.quote, |own| &own.quote)
    }

    /// The rule of a document of its provider that stands behind something, where there is one.
    #[must_use]
    pub fn cited(&self, rule: Option<Rule>) -> Option<Rule> {
        let cited = |rule: Rule| {
            let own = rule.cited_by(&self.quote.model.provider);
            (own == rule || own.document().is_some()).then_some(own)
        };
        rule.and_then(cited)
    }

    /// An amount in the currency of its prices, in that of the comparison.
    pub(super) fn converted(&self, amount: Decimal) -> Result<Decimal, QuoteError> {
        match &self.own {
            Some(own) => Ok(own.exchange.convert(amount)?.value),
            None => Ok(amount),
        }
    }

    /// Whether its provider documents it as a service: what holds of deployments does not then.
    #[must_use]
    pub fn of_a_service(&self) -> bool {
        match &self.basis {
            Basis::Ptu(_, prices) => prices.reservation.is_some(),
            Basis::Mu { .. } => false,
            Basis::Tokens { service, .. } => service.is_some(),
        }
    }

    /// Whether more time is paid for than is compared.
    pub(super) fn pays_longer(&self) -> bool {
        self.caveats.iter().any(Caveat::is_of_longer)
    }

    /// For how long it is bought; `None` of tokens.
    #[must_use]
    pub fn length(&self) -> Option<ptu::Length> {
        match &self.basis {
            Basis::Ptu(request, _) => Some(request.length),
            Basis::Mu { request, .. } => Some(match request.length {
                mu::Length::Hours { span, runs } => ptu::Length::Hours { span, runs },
                mu::Length::Months { months, .. } => ptu::Length::Months(months),
            }),
            Basis::Tokens { .. } => None,
        }
    }

    /// What one of its replicas serves, where that is known.
    #[must_use]
    pub fn capacity(&self) -> Option<Capacity> {
        match &self.basis {
            Basis::Mu { capacity, .. } => *capacity,
            _ => None,
        }
    }

    /// The specification of its replicas.
    pub(super) fn spec(&self) -> Option<Spec> {
        match &self.basis {
            Basis::Mu { prices, .. } => Some(prices.spec),
            _ => None,
        }
    }
}

/// The request and the prices behind a row.
#[derive(Debug, Clone)]
pub(super) enum Basis {
    Ptu(ptu::Request, Box<ptu::Prices>),
    Mu {
        request: mu::Request,
        prices: mu::Prices,
        capacity: Option<Capacity>,
    },
    Tokens {
        prices: tokens::Prices,
        funding: Option<Funding>,
        service: Option<Service>,
        /// A savings plan, and the time of the usage that it pays for.
        savings: Option<(Box<SavingsPlan>, Over)>,
    },
}

/// A way that cannot be priced.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Unavailable {
    /// Which way.
    pub kind: Kind,
    /// The provider's id.
    pub provider: String,
    /// The region's id.
    pub region: String,
    /// Of which model.
    pub model: String,
    /// Why not.
    pub reason: String,
    /// What the catalog has not of it, in a few words; `None` of what is not sold so.
    pub gap: Option<String>,
}

impl Unavailable {
    /// The ids of its provider and of its region.
    pub(super) fn place(&self) -> (&str, &str) {
        (&self.provider, &self.region)
    }
}
