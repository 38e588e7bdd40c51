//! `tollgate/models/1`: what scripts read. Fields are only ever added.

use std::collections::BTreeMap;

use rust_decimal::Decimal;
use serde::Serialize;

use super::group::Entry;
use super::pays_above::{self, PaysAbove};
use super::{
    CapacityCard, Card, DtuCard, ModelsReport, MuCard, ProviderCard, PtuCard, PtuTerm,
    ReservationCard, TokenCard,
};
use crate::billing::error::QuoteError;
use crate::billing::exact::plain;
use crate::billing::hours::Hours;
use crate::billing::meter::{Bracket, Meters};
use crate::billing::ptu::Period;
use crate::billing::tokens::Tier;
use crate::billing::unit::UnitPrice;
use crate::report::json;
use crate::report::quotes::{CatalogJson, MeterJson, SourceJson};

#[derive(Debug, Serialize)]
struct ReportJson<'a> {
    catalog: CatalogJson<'a>,
    #[serde(skip_serializing_if = "Option::is_none")]
    provider: Option<ProviderJson<'a>>,
    models: Vec<ModelJson<'a>>,
}

#[derive(Debug, Serialize)]
struct ProviderJson<'a> {
    id: &'a str,
    name: &'a str,
    groups: Vec<GroupJson<'a>>,
    documents: Vec<&'a str>,
}

#[derive(Debug, Serialize)]
struct GroupJson<'a> {
    id: &'static str,
    title: &'static str,
    rule: Option<&'static str>,
    entries: &'a [Entry],
}

fn provider(card: &ProviderCard) -> ProviderJson<'_> {
    let groups = card.groups.iter().map(|group| GroupJson {
        id: group.id,
        title: group.title,
        rule: group.rule.map(|rule| rule.id()),
        entries: &group.entries,
    });
    let documents = card.documents.iter();
    ProviderJson {
        id: &card.id,
        name: &card.name,
        groups: groups.collect(),
        documents: documents.map(|(id, _)| id.as_str()).collect(),
    }
}

#[derive(Debug, Serialize)]
struct ModelJson<'a> {
    code: &'a str,
    name: &'a str,
    provider: &'a str,
    region: &'a str,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    elsewhere: Vec<&'a str>,
    family: &'a str,
    currency: &'a str,
    ptu: Option<PtuJson<'a>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    capacity: Option<CapacityJson<'a>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    reservation: Option<ReservationJson<'a>>,
    mu: Vec<MuJson<'a>>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    dtu: Vec<DtuJson<'a>>,
    fine_tuned: Option<FineTunedJson<'a>>,
    standard: Option<StandardJson<'a>>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pays_above: Vec<PaysAboveJson>,
}

#[derive(Debug, Serialize)]
struct PtuJson<'a> {
    #[serde(skip_serializing_if = "Option::is_none")]
    product: Option<&'static str>,
    max_input_tokens: Option<u64>,
    input_step_tpm: u64,
    output_step_tpm: u64,
    hour: Option<PtuTermJson>,
    day: Option<PtuTermJson>,
    #[serde(skip_serializing_if = "Option::is_none")]
    month: Option<PtuTermJson>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    weights: Vec<WeightsJson<'a>>,
    source: SourceJson<'a>,
}

/// Throughput that is sold in units.
#[derive(Debug, Serialize)]
struct CapacityJson<'a> {
    unit_name: &'a str,
    adds_tpm: Vec<MeterJson<'a>>,
    smallest: u64,
    step: u64,
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    steps_unknown: bool,
    max_input_tokens: Option<u64>,
    hour: Option<String>,
    day: Option<String>,
    month: Option<String>,
    /// By the name of the period: `block`, `week`, `quarter`, `year`.
    #[serde(flatten)]
    fixed: BTreeMap<&'static str, String>,
    weights: Vec<WeightsJson<'a>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    sizing_source: Option<SourceJson<'a>>,
    source: SourceJson<'a>,
}

/// From which share of full use a term costs less than ordinary calls of as many tokens.
#[derive(Debug, Serialize)]
struct PaysAboveJson {
    what: String,
    period: &'static str,
    of: &'static str,
    share_of_full_use: String,
    pays: bool,
}

/// A throughput reservation at standard speed.
#[derive(Debug, Serialize)]
struct ReservationJson<'a> {
    max_input_tokens: Option<u64>,
    smallest_input_tpm: u64,
    smallest_output_tpm: u64,
    input_step_tpm: u64,
    output_step_tpm: u64,
    days_up_to: Option<u64>,
    longer_days: &'a [u64],
    /// By the name of the period: `hour`, `day`, `month`, `block`.
    #[serde(flatten)]
    terms: BTreeMap<&'static str, PtuTermJson>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    weights: Vec<WeightsJson<'a>>,
    source: SourceJson<'a>,
}

/// What tokens count of a meter, in a bracket of a call's input.
#[derive(Debug, Serialize)]
struct WeightsJson<'a> {
    meter: &'a str,
    up_to: Option<u64>,
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    whole_calls: bool,
    input: String,
    cached: String,
    cache_write: String,
    output: String,
}

#[derive(Debug, Serialize)]
struct PtuTermJson {
    input_per_10k_tpm: String,
    output_per_1k_tpm: BTreeMap<&'static str, String>,
}

#[derive(Debug, Serialize)]
struct MuJson<'a> {
    spec: String,
    unit: String,
    count: u16,
    pd_separated: bool,
    hour: Option<String>,
    month: Option<String>,
    source: SourceJson<'a>,
}

/// Dedicated throughput units of a specification.
#[derive(Debug, Serialize)]
struct DtuJson<'a> {
    spec: &'a str,
    input_tpm: u64,
    output_tpm: u64,
    month: String,
    most_months: Option<u32>,
    source: SourceJson<'a>,
}

#[derive(Debug, Serialize)]
struct FineTunedJson<'a> {
    #[serde(skip_serializing_if = "Option::is_none")]
    input_per_1k: Option<String>,
    #[serde(flatten)]
    of_cache: BTreeMap<String, String>,
    #[serde(skip_serializing_if = "BTreeMap::is_empty")]
    output_per_1k: BTreeMap<&'static str, String>,
    /// In the place of those before, where prices depend on the size of a request.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    tiers: Vec<TierJson>,
    source: SourceJson<'a>,
}

#[derive(Debug, Serialize)]
struct StandardJson<'a> {
    tiers: Vec<TierJson>,
    /// A share of the prices that the page offers for a time without a published end.
    #[serde(skip_serializing_if = "Option::is_none")]
    limited_offer_percent: Option<String>,
    /// False where batch calls are not sold, though the provider sells these.
    #[serde(skip_serializing_if = "Option::is_none")]
    batch: Option<bool>,
    source: SourceJson<'a>,
    #[serde(skip_serializing_if = "Option::is_none")]
    cache_source: Option<SourceJson<'a>>,
}

#[derive(Debug, Serialize)]
struct TierJson {
    up_to: Option<u64>,
    #[serde(skip_serializing_if = "Option::is_none")]
    or_up_to: Option<u64>,
    mode: &'static str,
    #[serde(skip_serializing_if = "Option::is_none")]
    hours: Option<String>,
    input_per_1m: String,
    #[serde(flatten)]
    of_cache: BTreeMap<String, String>,
    output_per_1m: Option<String>,
}

pub fn render(report: &ModelsReport) -> anyhow::Result<String> {
    let fields = ReportJson {
        catalog: CatalogJson::new(&report.catalog),
        provider: report.provider.as_ref().map(provider),
        models: report.cards.iter().map(model).collect::<Result<_, _>>()?,
    };
    json::text("tollgate/models/1", &fields)
}

fn model(card: &Card) -> Result<ModelJson<'_>, QuoteError> {
    Ok(ModelJson {
        code: &card.code,
        name: &card.name,
        provider: &card.provider,
        region: &card.region,
        elsewhere: card.elsewhere.iter().map(|(id, _)| id.as_str()).collect(),
        family: &card.family,
        currency: card.currency.code(),
        ptu: card.ptu.as_ref().map(ptu).transpose()?,
        capacity: card.capacity.as_ref().map(capacity).transpose()?,
        reservation: card.reservation.as_ref().map(reservation).transpose()?,
        mu: card.mu.iter().map(mu).collect::<Result<_, _>>()?,
        dtu: card.dtu.iter().map(dtu).collect::<Result<_, _>>()?,
        fine_tuned: card.fine_tuned.as_ref().map(fine_tuned).transpose()?,
        standard: card.standard.as_ref().map(standard).transpose()?,
        pays_above: pays_above::all(card)?.iter().map(above).collect(),
    })
}

fn ptu(card: &PtuCard) -> Result<PtuJson<'_>, QuoteError> {
    Ok(PtuJson {
        product: card.product,
        max_input_tokens: card.max_input,
        input_step_tpm: card.input_step,
        output_step_tpm: card.output_step,
        hour: card.hour.as_ref().map(ptu_term).transpose()?,
        day: card.day.as_ref().map(ptu_term).transpose()?,
        month: card.month.as_ref().map(ptu_term).transpose()?,
        weights: unlike_sides(&card.meters),
        source: SourceJson::new(&card.source),
    })
}

fn reservation(card: &ReservationCard) -> Result<ReservationJson<'_>, QuoteError> {
    let [smallest_input_tpm, smallest_output_tpm] = card.smallest;
    let [input_step_tpm, output_step_tpm] = card.step;
    let terms = card.terms.iter().map(|(period, term)| {
        let name = match period {
            Period::Hour => "hour",
            Period::Day => "day",
            Period::Month => "month",
            Period::Fixed(fixed) => fixed.noun(),
        };
        Ok((name, ptu_term(term)?))
    });
    Ok(ReservationJson {
        max_input_tokens: card.max_input,
        smallest_input_tpm,
        smallest_output_tpm,
        input_step_tpm,
        output_step_tpm,
        days_up_to: card.days_up_to,
        longer_days: &card.longer_days,
        terms: terms.collect::<Result<_, QuoteError>>()?,
        weights: unlike_sides(&card.meters),
        source: SourceJson::new(&card.source),
    })
}

/// The weights, where a token counts for anything but one.
fn unlike_sides(meters: &Meters) -> Vec<WeightsJson<'_>> {
    match meters.are_sides() {
        true => Vec::new(),
        false => weights(meters),
    }
}

/// The share of full use above which a term costs less than ordinary calls.
fn above(pays: &PaysAbove) -> PaysAboveJson {
    PaysAboveJson {
        what: pays.what.clone(),
        period: pays.period.name(),
        of: pays.of,
        share_of_full_use: plain(pays.share),
        pays: pays.share < Decimal::ONE,
    }
}

fn capacity(card: &CapacityCard) -> Result<CapacityJson<'_>, QuoteError> {
    let of_one = |price: Option<UnitPrice>| price.map(|price| per(&price, 1)).transpose();
    let meters = card.meters.iter().zip(card.adds);
    let adds_tpm = meters.map(|(meter, tpm)| MeterJson::new(meter.name(), tpm));
    Ok(CapacityJson {
        unit_name: &card.name,
        adds_tpm: adds_tpm.collect(),
        smallest: card.smallest,
        step: card.step,
        steps_unknown: card.steps_unknown,
        max_input_tokens: card.max_input,
        hour: of_one(card.hour)?,
        day: of_one(card.day)?,
        month: of_one(card.month)?,
        fixed: card
            .fixed
            .iter()
            .map(|(fixed, price)| Ok((fixed.noun(), per(price, 1)?)))
            .collect::<Result<_, QuoteError>>()?,
        weights: weights(&card.meters),
        sizing_source: card.sizing.as_ref().map(SourceJson::new),
        source: SourceJson::new(&card.source),
    })
}

fn weights(meters: &Meters) -> Vec<WeightsJson<'_>> {
    let brackets = meters.iter().flat_map(|meter| {
        let brackets = meter.brackets().iter();
        brackets.map(move |bracket| (meter, bracket))
    });
    let weights = brackets.map(|(meter, Bracket { up_to, weights })| WeightsJson {
        meter: meter.name(),
        whole_calls: meter.is_of_whole_calls(),
        up_to: *up_to,
        input: plain(weights.input),
        cached: plain(weights.cached),
        cache_write: plain(weights.cache_write),
        output: plain(weights.output),
    });
    weights.collect()
}

fn ptu_term(term: &PtuTerm) -> Result<PtuTermJson, QuoteError> {
    let mut output = BTreeMap::new();
    for (mode, price) in &term.output {
        let name = mode.map_or("default", |mode| mode.name());
        output.insert(name, per(price, 1_000)?);
    }
    Ok(PtuTermJson {
        input_per_10k_tpm: per(&term.input, 10_000)?,
        output_per_1k_tpm: output,
    })
}

fn mu(card: &MuCard) -> Result<MuJson<'_>, QuoteError> {
    Ok(MuJson {
        spec: card.spec.to_string(),
        unit: card.spec.class().to_owned(),
        count: card.spec.count(),
        pd_separated: card.pd_separated,
        hour: card.hour.map(|price| per(&price, 1)).transpose()?,
        month: card.month.map(|price| per(&price, 1)).transpose()?,
        source: SourceJson::new(&card.source),
    })
}

fn dtu(card: &DtuCard) -> Result<DtuJson<'_>, QuoteError> {
    let [input_tpm, output_tpm] = card.adds;
    Ok(DtuJson {
        spec: &card.spec,
        input_tpm,
        output_tpm,
        month: per(&card.month, 1)?,
        most_months: card.most_months,
        source: SourceJson::new(&card.source),
    })
}

fn fine_tuned(card: &TokenCard) -> Result<FineTunedJson<'_>, QuoteError> {
    let per_1k = |price: Option<UnitPrice>| price.map(|price| per(&price, 1_000)).transpose();
    if card.has_sizes() {
        return Ok(FineTunedJson {
            input_per_1k: None,
            of_cache: BTreeMap::new(),
            output_per_1k: BTreeMap::new(),
            tiers: tiers(card)?,
            source: SourceJson::new(&card.source),
        });
    }
    let mut output = BTreeMap::new();
    for one in &card.tiers {
        let name = one.mode.map_or("default", |mode| mode.name());
        if let Some(price) = per_1k(one.tier.prices.output)? {
            output.insert(name, price);
        }
    }
    let first = card.tiers.first().map(|one| &one.tier);
    let prices = first.map(|tier| tier.prices);
    Ok(FineTunedJson {
        input_per_1k: per_1k(prices.map(|prices| prices.input))?,
        of_cache: match first {
            Some(tier) => of_cache(tier, "1k", 1_000)?,
            None => BTreeMap::new(),
        },
        output_per_1k: output,
        tiers: Vec::new(),
        source: SourceJson::new(&card.source),
    })
}

fn standard(card: &TokenCard) -> Result<StandardJson<'_>, QuoteError> {
    Ok(StandardJson {
        tiers: tiers(card)?,
        limited_offer_percent: card.limited_offer.map(|share| plain(share.value())),
        batch: card.not_in_batches.then_some(false),
        source: SourceJson::new(&card.source),
        cache_source: card.cache_source.as_ref().map(SourceJson::new),
    })
}

fn tiers(card: &TokenCard) -> Result<Vec<TierJson>, QuoteError> {
    let per_1m = |price: UnitPrice| per(&price, 1_000_000);
    let tiers = card.tiers.iter().map(|one| {
        let prices = one.tier.prices;
        Ok(TierJson {
            up_to: one.tier.up_to,
            hours: one.hours.map(Hours::written),
            or_up_to: one.tier.or_up_to,
            mode: one.mode.map_or("any", |mode| mode.name()),
            input_per_1m: per_1m(prices.input)?,
            of_cache: of_cache(&one.tier, "1m", 1_000_000)?,
            output_per_1m: prices.output.map(per_1m).transpose()?,
        })
    });
    tiers.collect()
}

/// The prices of a tier that are of a cache, where there are some: `cached_per_1m`.
fn of_cache(tier: &Tier, per: &str, units: u64) -> Result<BTreeMap<String, String>, QuoteError> {
    let prices = tier.all().into_iter();
    let prices = prices.filter(|(name, _)| !["input", "output"].contains(name));
    prices
        .filter_map(|(name, price)| price.map(|price| (name, price)))
        .map(|(name, price)| {
            let name = format!("{}_per_{per}", name.replace('-', "_"));
            Ok((name, self::per(&price, units)?))
        })
        .collect()
}

fn per(price: &UnitPrice, units: u64) -> Result<String, QuoteError> {
    Ok(plain(price.for_units(units)?))
}
