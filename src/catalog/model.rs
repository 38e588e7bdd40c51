//! A model and its dated prices, after every check.

use std::collections::{BTreeMap, BTreeSet};

use chrono::NaiveDate;

use crate::billing::capacity::Capacity;
use crate::billing::early_end::EarlyEnd;
use crate::billing::free::FreePart;
use crate::billing::hours::Hours;
use crate::billing::load::Refusal;
use crate::billing::meter::{Meters, PerMeter};
use crate::billing::mode::Mode;
use crate::billing::money::Currency;
use crate::billing::ptu::{Fixed, Period};
use crate::billing::quote::{Method, Percent, Source};
use crate::billing::renewal::RenewalRules;
use crate::billing::savings::SavingsRules;
use crate::billing::service::Service;
use crate::billing::spec::Spec;
use crate::billing::speed::SaleRules;
use crate::billing::term::Increment;
use crate::billing::tokens::Tier;
use crate::billing::unit::UnitPrice;
use crate::billing::{dedicated, mu, ptu};

/// Who sells models, and how they are billed.
#[derive(Debug, Clone)]
pub struct Provider {
    /// `alibaba`.
    pub id: String,
    /// The name for people.
    pub name: String,
    /// The regions in which it sells; at least one, and the first is meant where none is named.
    pub regions: Vec<Region>,
    /// The currency of all prices.
    pub currency: Currency,
    /// What logs and gateways write before the codes of its models, as in `dashscope/qwen-plus`.
    pub prefixes: Vec<String>,
    /// Whether it sells more than the catalog has.
    pub is_partial: bool,
    /// The services that its documents describe, where they do.
    pub service: Option<Service>,
    /// How provisioned throughput is billed, where it is sold.
    pub ptu: Option<ptu::Rules>,
    /// Whether subscriptions of throughput can be ended early, of all dates.
    pub early_ends: Vec<EarlyEndRow>,
    /// What its documents say of reservations.
    pub says: Vec<RegionalSays>,
    /// The source that says calls beyond a reservation can be refused, and since when.
    pub refusals: Vec<Source>,
    /// How throughput reservations are sold, where that is documented.
    pub sale: Option<SaleRules>,
    /// From which day on an overdue reservation comes back when the balance is topped up.
    pub overdue_restored_from: Option<NaiveDate>,
    /// How subscriptions are renewed, where that is documented.
    pub renewal: Option<RenewalRules>,
    /// How model units are billed, where they are sold.
    pub mu: Option<mu::Rules>,
    /// How dedicated throughput units are billed, where that is documented.
    pub dtu: Option<dedicated::Rules>,
    /// The price of batch calls in percent of the ordinary price, where they are sold.
    pub batch: Option<Percent>,
    /// Whether batch calls have the prices of a cache, too; `None` where that is not documented.
    pub batch_with_cache: Option<bool>,
    /// The free quota that its documents describe, where they do.
    pub free: Option<FreePart>,
    /// In which region models are, by the editions of its documents.
    pub region_rules: Vec<RegionRule>,
    /// The savings plans that it sells, of all dates.
    pub savings: Vec<SavingsRules>,
    /// Where prices were read, by key.
    pub sources: BTreeMap<String, Source>,
}

impl Provider {
    /// What its documents say of reservations in a region.
    pub(super) fn says_in(&self, region: &str) -> Vec<ptu::Says> {
        let holds = |says: &&RegionalSays| {
            let mut regions = says.regions.iter();
            says.regions.is_empty() || regions.any(|known| known == region)
        };
        let said = self.says.iter().filter(holds);
        said.map(|says| says.what.clone()).collect()
    }

    /// Whether calls beyond a reservation can be refused on `date`.
    #[must_use]
    pub fn refusal(&self, date: NaiveDate) -> Refusal {
        let first = self.refusals.iter().map(|source| source.from).min();
        match first {
            None => Refusal::Unknown,
            Some(Some(from)) if from > date => Refusal::From(from),
            Some(_) => Refusal::Offered,
        }
    }
}

/// Where models run.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Region {
    /// `cn-beijing`.
    pub id: String,
    /// The name for people.
    pub name: String,
}

/// What a document says of the regions of models, from a day on.
#[derive(Debug, Clone)]
pub struct RegionRule {
    /// The only region of what is sold by these methods; `None` where there is no such thing.
    pub only: Option<String>,
    /// The methods.
    pub of: Vec<Method>,
    /// Where that was read.
    pub source: Source,
}

impl Dated for RegionRule {
    fn source(&self) -> &Source {
        &self.source
    }
}

/// A provider that publishes no prices: what is known of it until a user's file adds them.
#[derive(Debug, Clone)]
pub struct Outline {
    /// `tencent`.
    pub id: String,
    /// The name for people.
    pub name: String,
    /// The file that it was read from.
    pub file: String,
    /// What it documents of its services.
    pub service: Service,
    /// Where that was read, by key.
    pub sources: BTreeMap<String, Source>,
}

/// A model as it is sold in a region, with all its prices there, of all dates.
#[derive(Debug, Clone)]
pub struct Model {
    /// The provider's id.
    pub provider: String,
    /// The region's id.
    pub region: String,
    /// The code, with its published case.
    pub code: String,
    /// The published name.
    pub name: String,
    /// The heading under which it is published.
    pub family: String,
    /// Other names by which logs call it.
    pub aliases: Vec<String>,
    /// Provisioned throughput.
    pub ptu: Vec<PtuRow>,
    /// Reserved throughput at standard speed.
    pub reservation: Vec<PtuRow>,
    /// Dedicated throughput units, by specification.
    pub dtu: Vec<DtuRow>,
    /// Model units, by specification.
    pub mu: Vec<MuRow>,
    /// Tokens of fine-tuned models.
    pub fine_tuned: Vec<TokenRow>,
    /// Tokens of ordinary calls.
    pub standard: Vec<TokenRow>,
    /// What one replica serves, at most once for a specification. None is published.
    pub capacities: Vec<Capacity>,
}

impl Model {
    /// Whether it is priced by token, and its output has no price: it embeds or ranks, and writes nothing.
    #[must_use]
    pub fn writes_nothing(&self) -> bool {
        let mut tiers = self
            .standard
            .iter()
            .chain(&self.fine_tuned)
            .flat_map(|row| &row.tiers)
            .peekable();
        tiers.peek().is_some() && tiers.all(|tier| tier.tier.prices.output.is_none())
    }
}

/// A price that is in force from a date on.
pub trait Dated {
    /// Where it was read, and since when it is in force.
    fn source(&self) -> &Source;
}

/// The row that is in force on `date`: the one that came last.
pub fn in_force<'a, T: Dated>(
    rows: impl IntoIterator<Item = &'a T>,
    date: NaiveDate,
) -> Option<&'a T> {
    rows.into_iter()
        .filter(|row| row.source().from.is_none_or(|from| from <= date))
        .max_by_key(|row| row.source().from)
}

/// Whether a subscription of throughput can be ended early.
#[derive(Debug, Clone)]
pub struct EarlyEndRow {
    /// Whether, and at what cost.
    pub rule: EarlyEnd,
    /// Where that was read.
    pub source: Source,
}

impl Dated for EarlyEndRow {
    fn source(&self) -> &Source {
        &self.source
    }
}

/// What the documents say of reservations, in a sentence, and where it holds.
#[derive(Debug, Clone)]
pub struct RegionalSays {
    /// The sentence, and of which terms it is said.
    pub what: ptu::Says,
    /// The regions of which it is said; all where there are none.
    pub regions: Vec<String>,
}

/// Prices of provisioned throughput.
#[derive(Debug, Clone)]
pub struct PtuRow {
    /// Maximum input tokens of a call; `None` where there is no limit.
    pub max_input: Option<u64>,
    /// The same as another page of the provider has it, where two differ.
    pub or_max_input: Option<u64>,
    /// Whether it is not sold as a throughput reservation of high speed, though its provider sells these.
    pub not_at_high_speed: bool,
    /// What a call takes.
    pub meters: Meters,
    /// What is bought, and its prices.
    pub offer: Offer,
    /// Where it was read what a unit adds and what tokens weigh, if not with the prices.
    pub sizing: Option<Source>,
    /// Where they were read.
    pub source: Source,
}

/// Prices of dedicated throughput units of one specification.
#[derive(Debug, Clone)]
pub struct DtuRow {
    /// `Standard`, `Fast`, `Efficient`.
    pub spec: String,
    /// The unit, what it adds, and its price by the month.
    pub row: PtuRow,
}

/// How a reservation is bought.
#[derive(Debug, Clone)]
pub enum Offer {
    /// Input and output apart.
    Sides {
        /// Input prices.
        input: PtuSide,
        /// Output prices by mode; a single `None` where the model has no modes.
        output: Vec<(Option<Mode>, PtuSide)>,
    },
    /// Units that add to every meter.
    Unit(UnitOffer),
}

/// A unit, and its prices.
#[derive(Debug, Clone)]
pub struct UnitOffer {
    /// What it is called.
    pub name: String,
    /// Tokens per minute that it adds to each meter.
    pub adds: PerMeter<u64>,
    /// The smallest number that is sold.
    pub smallest: u64,
    /// It is sold in multiples of this number.
    pub step: u64,
    /// Whether no document says the two.
    pub steps_unknown: bool,
    /// The prices of one.
    pub prices: PtuSide,
}

/// The prices of one side or of a unit, by term.
#[derive(Debug, Clone, Copy, Default)]
pub struct PtuSide {
    /// Pay-as-you-go, per TPM-hour.
    pub hour: Option<UnitPrice>,
    /// The increment of that price, where the row has one of its own.
    pub increment: Option<Increment>,
    /// Subscription, per TPM-day.
    pub day: Option<UnitPrice>,
    /// Subscription, per TPM-month.
    pub month: Option<UnitPrice>,
    /// A block of eight hours.
    pub block: Option<UnitPrice>,
    /// A week.
    pub week: Option<UnitPrice>,
    /// Three months.
    pub quarter: Option<UnitPrice>,
    /// A year.
    pub year: Option<UnitPrice>,
}

impl Offer {
    /// The modes it has prices for.
    #[must_use]
    pub fn modes(&self) -> Vec<Option<Mode>> {
        match self {
            Self::Sides { output, .. } => output.iter().map(|(mode, _)| *mode).collect(),
            Self::Unit(_) => vec![None],
        }
    }

    /// The prices that say for which terms it is sold.
    #[must_use]
    pub fn terms(&self) -> &PtuSide {
        match self {
            Self::Sides { input, .. } => input,
            Self::Unit(unit) => &unit.prices,
        }
    }
}

impl PtuSide {
    /// Whether there is any price.
    #[must_use]
    pub fn any(&self) -> bool {
        Period::ALL.iter().any(|one| self.price(*one).is_some())
    }

    /// The price for a period.
    #[must_use]
    pub fn price(&self, period: Period) -> Option<UnitPrice> {
        match period {
            Period::Hour => self.hour,
            Period::Day => self.day,
            Period::Month => self.month,
            Period::Fixed(Fixed::Block) => self.block,
            Period::Fixed(Fixed::Week) => self.week,
            Period::Fixed(Fixed::Quarter) => self.quarter,
            Period::Fixed(Fixed::Year) => self.year,
        }
    }
}

impl PtuSide {
    /// The price for a period of a reservation at standard speed: that of a block follows from that of a day
    /// where it has none of its own.
    #[must_use]
    pub fn reserved(&self, period: Period, rules: &SaleRules) -> Option<UnitPrice> {
        let of_a_block = || {
            let is_block = period == Period::Fixed(Fixed::Block);
            rules.block_price(self.day.filter(|_| is_block)?).ok()?
        };
        self.price(period).or_else(of_a_block)
    }
}

/// Prices of one specification.
#[derive(Debug, Clone)]
pub struct MuRow {
    /// The specification of one replica.
    pub spec: Spec,
    /// Whether the page gives its count.
    pub count_given: bool,
    /// Whether prefill and decode run apart.
    pub pd_separated: bool,
    /// Pay-as-you-go, per replica-hour.
    pub hour: Option<UnitPrice>,
    /// Subscription, per replica-month.
    pub month: Option<UnitPrice>,
    /// Where they were read.
    pub source: Source,
}

/// Token prices, by mode and size of a request.
#[derive(Debug, Clone)]
pub struct TokenRow {
    /// At least one; of one mode, and of the same hours, in order of size.
    pub tiers: Vec<ModeTier>,
    /// Where they were read.
    pub source: Source,
    /// Where the prices of a cache were read, if not with the others.
    pub cache_source: Option<Source>,
    /// A share of these prices that the page offers for a time whose end it does not say. It is not applied.
    pub limited_offer: Option<Percent>,
    /// Whether batch calls are not sold, though the provider sells these.
    pub not_in_batches: bool,
    /// Whether the newest page marks no price of batch calls for the model, and an earlier one has it for all.
    pub batch_unmarked: bool,
}

/// Token prices of a mode for requests up to a size.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ModeTier {
    /// `None` where the model has no modes.
    pub mode: Option<Mode>,
    /// The hours of the day that they are for; `None` where they are those of the whole day.
    pub hours: Option<Hours>,
    /// The prices.
    pub tier: Tier,
}

impl TokenRow {
    /// The modes it has prices for, in their order; a single `None` where it has no modes.
    #[must_use]
    pub fn modes(&self) -> Vec<Option<Mode>> {
        let mut modes = Vec::new();
        for tier in &self.tiers {
            if !modes.contains(&tier.mode) {
                modes.push(tier.mode);
            }
        }
        modes
    }
}

impl Dated for PtuRow {
    fn source(&self) -> &Source {
        &self.source
    }
}

impl Dated for DtuRow {
    fn source(&self) -> &Source {
        &self.row.source
    }
}

impl Dated for MuRow {
    fn source(&self) -> &Source {
        &self.source
    }
}

impl Dated for TokenRow {
    fn source(&self) -> &Source {
        &self.source
    }
}

impl Model {
    /// Whether it has a price of this method on `date`.
    #[must_use]
    pub fn sold_by(&self, method: Method, date: NaiveDate) -> bool {
        match method {
            Method::Ptu => in_force(&self.ptu, date).is_some(),
            Method::Mu => in_force(&self.mu, date).is_some(),
            Method::Dtu => in_force(&self.dtu, date).is_some(),
            Method::Tokens => {
                in_force(&self.fine_tuned, date).is_some()
                    || in_force(&self.standard, date).is_some()
            }
        }
    }

    /// Whether a list of what is sold by this method on `date` has it: a reservation at standard speed is
    /// throughput too.
    #[must_use]
    pub fn listed_by(&self, method: Method, date: NaiveDate) -> bool {
        let is_reserved = || in_force(&self.reservation, date).is_some();
        self.sold_by(method, date) || method == Method::Ptu && is_reserved()
    }

    /// Whether any price is in force from a date on only.
    #[must_use]
    pub fn has_dated_prices(&self) -> bool {
        !self.price_days().is_empty()
    }

    /// The days on which one of its prices changes or begins, in their order.
    #[must_use]
    pub fn price_days(&self) -> Vec<NaiveDate> {
        let days: BTreeSet<NaiveDate> = self.sources().filter_map(|source| source.from).collect();
        days.into_iter().collect()
    }

    /// Where each of its prices was read, of all dates.
    pub fn sources(&self) -> impl Iterator<Item = &Source> {
        let ptu = self.ptu.iter().chain(&self.reservation);
        let tokens = self.fine_tuned.iter().chain(&self.standard);
        let of_units = self.dtu.iter().map(Dated::source);
        ptu.map(Dated::source)
            .chain(of_units)
            .chain(self.mu.iter().map(Dated::source))
            .chain(tokens.clone().map(Dated::source))
            .chain(tokens.filter_map(|row| row.cache_source.as_ref()))
            .chain(self.ptu.iter().filter_map(|row| row.sizing.as_ref()))
    }

    /// Whether its provisioned throughput is sold in units on `date`, and not by side.
    #[must_use]
    pub fn is_sold_in_units(&self, date: NaiveDate) -> bool {
        in_force(&self.ptu, date).is_some_and(|row| matches!(row.offer, Offer::Unit(_)))
    }

    /// The rows of its dedicated throughput units in force on `date`, one a specification, in catalog order.
    #[must_use]
    pub fn dtu_in_force(&self, date: NaiveDate) -> Vec<&DtuRow> {
        let mut specs: Vec<&str> = Vec::new();
        for row in &self.dtu {
            if !specs.contains(&row.spec.as_str()) {
                specs.push(&row.spec);
            }
        }
        specs
            .into_iter()
            .filter_map(|spec| in_force(self.dtu.iter().filter(|row| row.spec == spec), date))
            .collect()
    }

    /// The rows of its specifications in force on `date`, in catalog order.
    #[must_use]
    pub fn mu_in_force(&self, date: NaiveDate) -> Vec<&MuRow> {
        let mut keys = Vec::new();
        for row in &self.mu {
            if !keys.contains(&row.key()) {
                keys.push(row.key());
            }
        }
        keys.into_iter()
            .filter_map(|key| in_force(self.mu.iter().filter(|row| row.key() == key), date))
            .collect()
    }
}

impl MuRow {
    /// The offer: rows with equal keys are prices of the same offer.
    #[must_use]
    pub fn key(&self) -> (Spec, bool) {
        (self.spec, self.pd_separated)
    }
}

/// Something that a user's file changed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Change {
    /// The file.
    pub file: String,
    /// The model's code.
    pub model: String,
    /// The id of its region.
    pub region: String,
    /// `adds the model`, `replaces ptu`, `appends mu MU1x2 from 2026-12-01`, …
    pub what: String,
}
