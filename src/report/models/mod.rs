//! Price cards of models in each format.

mod answer;
mod capacity;
mod card;
pub mod changes;
mod deployments;
mod group;
pub mod history;
mod json;
mod left;
mod list;
mod lowest;
mod pays_above;
mod provider;
mod reservation;
pub mod rows;
mod section;
pub mod selection;
mod sheet;
pub mod sources;

use chrono::NaiveTime;

pub use super::words::price_of;
pub use provider::ProviderCard;
use selection::Selection;

use super::CatalogInfo;
use super::document::{Body, Document};
use super::render::csv::Sheet;
use super::render::{Report, View};
use crate::billing::full_use;
use crate::billing::hours::Hours;
use crate::billing::meter::{Meters, PerMeter};
use crate::billing::mode::Mode;
use crate::billing::money::{Currency, Percent};
use crate::billing::ptu::{Fixed, Period};
use crate::billing::quote::Source;
use crate::billing::spec::Spec;
use crate::billing::tokens::Tier;
use crate::billing::unit::UnitPrice;

/// The models that were asked for.
#[derive(Debug, Clone)]
pub struct ModelsReport {
    /// The provider that was named, where it documents its services.
    pub provider: Option<ProviderCard>,
    /// The cards, one for each model.
    pub cards: Vec<Card>,
    /// Which prices were used.
    pub catalog: CatalogInfo,
    /// The documents that sources name, by id: publisher, title and date.
    pub documents: Vec<(String, String)>,
    /// The filter and the order of the list.
    pub selection: Selection,
    /// Whether one model was asked for, which is then shown whole.
    pub whole: bool,
}

/// The prices of a model on a date.
#[derive(Debug, Clone)]
pub struct Card {
    /// The code, with its published case.
    pub code: String,
    /// The published name.
    pub name: String,
    /// The heading under which it is published.
    pub family: String,
    /// The provider's id.
    pub provider: String,
    /// The provider's name.
    pub provider_name: String,
    /// The region's id.
    pub region: String,
    /// The region's name.
    pub region_name: String,
    /// Other regions in which the model is sold: the id and the name of each.
    pub elsewhere: Vec<(String, String)>,
    /// The currency of all prices.
    pub currency: Currency,
    /// Provisioned throughput, where it is sold so.
    pub ptu: Option<PtuCard>,
    /// Provisioned throughput in units, where it is sold so.
    pub capacity: Option<CapacityCard>,
    /// Throughput at standard speed, where it is sold so.
    pub reservation: Option<ReservationCard>,
    /// Model units, one a specification.
    pub mu: Vec<MuCard>,
    /// Dedicated throughput units, one a specification.
    pub dtu: Vec<DtuCard>,
    /// Tokens of fine-tuned models, where it is sold so.
    pub fine_tuned: Option<TokenCard>,
    /// Tokens of ordinary calls, where a price is published.
    pub standard: Option<TokenCard>,
}

impl Card {
    /// The sources of its prices.
    pub fn sources(&self) -> impl Iterator<Item = &Source> {
        let ptu = self.ptu.iter().map(|card| &card.source);
        let capacity = self.capacity.iter();
        let capacity = capacity.flat_map(|card| std::iter::once(&card.source).chain(&card.sizing));
        let reservation = self.reservation.iter().map(|card| &card.source);
        let mu = self.mu.iter().map(|card| &card.source);
        let dtu = self.dtu.iter().map(|card| &card.source);
        let tokens = self.fine_tuned.iter().chain(&self.standard);
        ptu.chain(capacity)
            .chain(reservation)
            .chain(mu)
            .chain(dtu)
            .chain(tokens.flat_map(|card| std::iter::once(&card.source).chain(&card.cache_source)))
    }
}

/// Prices of provisioned throughput.
#[derive(Debug, Clone)]
pub struct PtuCard {
    /// The product name, where the provider sells it as part of a service.
    pub product: Option<&'static str>,
    /// Maximum input tokens of a call; `None` where there is no limit.
    pub max_input: Option<u64>,
    /// Input TPM is bought in multiples of this.
    pub input_step: u64,
    /// Output TPM is bought in multiples of this.
    pub output_step: u64,
    /// Pay-as-you-go.
    pub hour: Option<PtuTerm>,
    /// Subscription by the day.
    pub day: Option<PtuTerm>,
    /// Subscription by the month.
    pub month: Option<PtuTerm>,
    /// What tokens count of it.
    pub meters: Meters,
    /// The source of these prices.
    pub source: Source,
}

/// Prices of throughput that is sold in units.
#[derive(Debug, Clone)]
pub struct CapacityCard {
    /// What a unit is called.
    pub name: String,
    /// Tokens per minute that it adds to each meter.
    pub adds: PerMeter<u64>,
    /// The meters, and what tokens count of them.
    pub meters: Meters,
    /// The smallest number that is sold.
    pub smallest: u64,
    /// It is sold in multiples of this number.
    pub step: u64,
    /// Whether no document says the two.
    pub steps_unknown: bool,
    /// Where it was read what a unit adds and what tokens weigh, if not with the prices.
    pub sizing: Option<Source>,
    /// Maximum input tokens of a call; `None` where there is no limit.
    pub max_input: Option<u64>,
    /// Pay-as-you-go.
    pub hour: Option<UnitPrice>,
    /// Subscription by the day.
    pub day: Option<UnitPrice>,
    /// Subscription by the month.
    pub month: Option<UnitPrice>,
    /// For a block of hours, a week, a year, where there is such a price.
    pub fixed: Vec<(Fixed, UnitPrice)>,
    /// The source of these prices.
    pub source: Source,
}

impl CapacityCard {
    /// The terms for which it is sold, the shortest first, each with the price of a unit.
    #[must_use]
    pub fn terms(&self) -> Vec<(Period, UnitPrice)> {
        let own = [
            (Period::Hour, self.hour),
            (Period::Day, self.day),
            (Period::Month, self.month),
        ];
        let own = own.into_iter();
        let own = own.filter_map(|(period, price)| Some((period, price?)));
        let fixed = self.fixed.iter();
        let fixed = fixed.map(|(one, price)| (one.period(), *price));
        let mut terms: Vec<_> = own.chain(fixed).collect();
        terms.sort_by_key(|(period, _)| full_use::hours(*period));
        terms
    }
}

/// PTU prices of a term.
#[derive(Debug, Clone)]
pub struct PtuTerm {
    /// The price of input.
    pub input: UnitPrice,
    /// The prices of output, by mode.
    pub output: Vec<(Option<Mode>, UnitPrice)>,
}

/// Prices of a throughput reservation at standard speed.
#[derive(Debug, Clone)]
pub struct ReservationCard {
    /// Maximum input tokens of a call; `None` where there is no limit.
    pub max_input: Option<u64>,
    /// The fewest input and output TPM that are sold; 0 where that is not documented.
    pub smallest: PerMeter<u64>,
    /// Input and output TPM are bought in multiples of these.
    pub step: PerMeter<u64>,
    /// Every number of days up to this one is sold as a term, where that is documented.
    pub days_up_to: Option<u64>,
    /// Longer terms, in days, from the shortest.
    pub longer_days: Vec<u64>,
    /// The clock time from which a block of hours can be ordered, where it is sold.
    pub blocks_from: Option<NaiveTime>,
    /// The prices of each period for which it is sold, in the order of a price card.
    pub terms: Vec<(Period, PtuTerm)>,
    /// What tokens count of it.
    pub meters: Meters,
    /// The source of these prices.
    pub source: Source,
}

/// Prices of one specification.
#[derive(Debug, Clone)]
pub struct MuCard {
    /// The specification of one replica.
    pub spec: Spec,
    /// Whether prefill and decode run apart.
    pub pd_separated: bool,
    /// Pay-as-you-go.
    pub hour: Option<UnitPrice>,
    /// Subscription.
    pub month: Option<UnitPrice>,
    /// The source of these prices.
    pub source: Source,
}

/// Prices of dedicated throughput units of one specification.
#[derive(Debug, Clone)]
pub struct DtuCard {
    /// `Standard`, `Fast`, `Efficient`.
    pub spec: String,
    /// Input and output tokens per minute that one adds.
    pub adds: PerMeter<u64>,
    /// A month of one.
    pub month: UnitPrice,
    /// The most months of a term, where that is documented.
    pub most_months: Option<u32>,
    /// The source of these prices.
    pub source: Source,
}

/// Token prices.
#[derive(Debug, Clone)]
pub struct TokenCard {
    /// By mode and size of a request.
    pub tiers: Vec<TierCard>,
    /// The source of these prices.
    pub source: Source,
    /// The source of the prices of a cache, if that is another one.
    pub cache_source: Option<Source>,
    /// A share of these prices that the page offers for a time whose end it does not say.
    pub limited_offer: Option<Percent>,
    /// Whether batch calls are not sold, though the provider sells these.
    pub not_in_batches: bool,
}

impl TokenCard {
    /// Whether prices depend on the size of a request.
    #[must_use]
    pub fn has_sizes(&self) -> bool {
        self.tiers.iter().any(|one| one.tier.up_to.is_some())
    }
}

/// Token prices of a mode for requests up to a size.
#[derive(Debug, Clone)]
pub struct TierCard {
    /// `None` where the model has no modes.
    pub mode: Option<Mode>,
    /// The hours of the day that they are for; `None` where they are those of the whole day.
    pub hours: Option<Hours>,
    /// The prices.
    pub tier: Tier,
}

impl Report for ModelsReport {
    fn document(&self, view: View) -> anyhow::Result<Document> {
        let mut document = Document::new(view.depth(), answer::answer(self)?);
        if let Some(card) = &self.provider {
            provider::add(&mut document, card);
        }
        if self.whole {
            for model in &self.cards {
                card::add(&mut document, model);
            }
            let sources = self.cards.iter().flat_map(Card::sources);
            let cited = std::iter::empty();
            document.details("Sources", Body::list(self.catalog.sources(sources, cited)));
            let ends = self.cards.iter().flat_map(card::other_ends);
            document.details("Ends of tiers", Body::list(ends));
            let documents = self.documents.iter();
            let documents = documents.map(|(id, title)| format!("{id}: {title}"));
            document.details("Documents", Body::list(documents));
        } else {
            document.part("", Body::Table(list::table(self)?));
        }
        document.part("Catalog files", Body::list(&self.catalog.changes));
        Ok(document)
    }

    fn sheet(&self) -> anyhow::Result<Sheet<'_>> {
        Ok(sheet::sheet(self))
    }

    fn json(&self) -> anyhow::Result<String> {
        json::render(self)
    }
}
