//! One row a price.

use chrono::NaiveDate;

use super::{
    CapacityCard, Card, ModelsReport, MuCard, PtuCard, PtuTerm, ReservationCard, TokenCard,
};
use crate::billing::exact::plain;
use crate::billing::meter::Meters;
use crate::billing::mode::Mode;
use crate::billing::note::UnitsNote;
use crate::billing::ptu::Period;
use crate::billing::quote::Source;
use crate::billing::unit::UnitPrice;
use crate::report::render::csv::{Cell, Sheet, titles};
use crate::report::words;

const HEADER: &[&str] = &[
    "provider",
    "region",
    "model",
    "name",
    "family",
    "method",
    "term",
    "variant",
    "up_to_tokens",
    "side",
    "price",
    "per",
    "unit",
    "currency",
    "source",
];

/// Further columns where throughput is sold in units, or weighs tokens: what a unit adds to each meter
/// (`tokens=40500`), how many are sold, and what a token counts.
const OF_UNITS: &[&str] = &["adds_tpm", "smallest", "step", "weights"];

/// Further columns where a price has left its page: the newest edition with it, and the first without.
const OF_PAGES: &[&str] = &["seen", "until"];

/// A price with what tells it from the model's others.
struct Price<'a> {
    method: &'static str,
    term: &'static str,
    variant: String,
    up_to: Option<u64>,
    side: &'static str,
    price: UnitPrice,
    source: &'a Source,
}

/// The report for a spreadsheet.
pub fn sheet(report: &ModelsReport) -> Sheet<'_> {
    let mut rows = Vec::new();
    let any_units = report.cards.iter().any(has_units);
    let as_of = report.catalog.as_of;
    let any_left = report.cards.iter().any(|card| !card.left(as_of).is_empty());
    for card in &report.cards {
        for price in prices(card) {
            let mut row = vec![
                Cell::text(&card.provider),
                Cell::text(&card.region),
                Cell::text(&card.code),
                Cell::text(&card.name),
                Cell::text(&card.family),
                Cell::Fixed(price.method),
                Cell::Fixed(price.term),
                Cell::text(price.variant.clone()),
                Cell::Number(price.up_to.map(|end| end.to_string()).unwrap_or_default()),
                Cell::Fixed(price.side),
                Cell::Number(plain(price.price.amount)),
                Cell::Number(price.price.per.to_string()),
                Cell::text(price.price.unit.name().to_owned()),
                Cell::Fixed(card.currency.code()),
                Cell::text(words::source(price.source)),
            ];
            if any_units {
                row.extend(about_units(card, &price));
            }
            if any_left {
                let day = |day: Option<NaiveDate>| day.map(|day| day.to_string());
                let days = [price.source.seen, price.source.until];
                row.extend(days.map(|one| Cell::Number(day(one).unwrap_or_default())));
            }
            rows.push(row);
        }
    }
    let of_units: &[&str] = if any_units { OF_UNITS } else { &[] };
    Sheet {
        header: titles(&[HEADER, of_units, if any_left { OF_PAGES } else { &[] }]),
        rows,
    }
}

/// Whether throughput is sold in units, or weighs tokens.
fn has_units(card: &Card) -> bool {
    let weighs = |ptu: &PtuCard| !ptu.meters.are_sides();
    let in_units = card.capacity.is_some() || !card.dtu.is_empty();
    in_units || card.reservation.is_some() || card.ptu.as_ref().is_some_and(weighs)
}

/// The cells of [`OF_UNITS`]; empty where they do not apply.
fn about_units(card: &Card, price: &Price<'_>) -> [Cell<'static>; 4] {
    let nothing = || Cell::Fixed("");
    if price.method == "dtu" {
        let of_spec = card.dtu.iter().find(|dtu| dtu.spec == price.variant);
        let adds = of_spec.map(|dtu| {
            let [input, output] = dtu.adds;
            Cell::text(format!("input={input}; output={output}"))
        });
        let one = || Cell::Number("1".to_owned());
        return [adds.unwrap_or_else(nothing), one(), one(), nothing()];
    }
    let weights = |meters: &Meters| match meters.are_sides() {
        true => nothing(),
        false => Cell::text(UnitsNote::weights(meters)),
    };
    if let ("reservation", Some(card)) = (price.method, &card.reservation) {
        let of_side = |[input, output]: [u64; 2]| match price.side {
            "input" => Cell::Number(input.to_string()),
            _ => Cell::Number(output.to_string()),
        };
        let (smallest, step) = (of_side(card.smallest), of_side(card.step));
        return [nothing(), smallest, step, weights(&card.meters)];
    }
    if price.method != "ptu" {
        return [nothing(), nothing(), nothing(), nothing()];
    }
    match (&card.capacity, &card.ptu) {
        (Some(unit), _) => {
            let meters = unit.meters.iter().zip(unit.adds);
            let adds = meters.map(|(meter, tpm)| format!("{}={tpm}", meter.name()));
            let bought = |count: u64| match unit.steps_unknown {
                true => nothing(),
                false => Cell::Number(count.to_string()),
            };
            [
                Cell::text(adds.collect::<Vec<String>>().join("; ")),
                bought(unit.smallest),
                bought(unit.step),
                weights(&unit.meters),
            ]
        }
        (None, Some(ptu)) => [nothing(), nothing(), nothing(), weights(&ptu.meters)],
        (None, None) => [nothing(), nothing(), nothing(), nothing()],
    }
}

fn prices(card: &Card) -> Vec<Price<'_>> {
    let ptu = card.ptu.iter().flat_map(of_ptu);
    let ptu = ptu.chain(card.capacity.iter().flat_map(of_units));
    let ptu = ptu.chain(card.reservation.iter().flat_map(of_reservation));
    let mu = card.mu.iter().flat_map(of_mu);
    let fine_tuned = card.fine_tuned.iter();
    let fine_tuned = fine_tuned.flat_map(|card| of_tokens("fine-tuned", card));
    let standard = card.standard.iter();
    let standard = standard.flat_map(|card| of_tokens("standard", card));
    let dtu = card.dtu.iter().map(|dtu| Price {
        method: "dtu",
        term: "subscription",
        variant: dtu.spec.clone(),
        up_to: None,
        side: "unit",
        price: dtu.month,
        source: &dtu.source,
    });
    let reserved = ptu.chain(mu).chain(dtu);
    reserved.chain(fine_tuned).chain(standard).collect()
}

fn of_ptu(ptu: &PtuCard) -> Vec<Price<'_>> {
    let terms = [
        ("pay-as-you-go", &ptu.hour),
        ("subscription", &ptu.day),
        ("subscription", &ptu.month),
    ];
    let terms = terms.into_iter();
    let terms = terms.filter_map(|(term, prices)| Some((term, prices.as_ref()?)));
    terms
        .flat_map(|(term, prices)| by_side("ptu", term, prices, &ptu.source))
        .collect()
}

fn of_reservation(card: &ReservationCard) -> impl Iterator<Item = Price<'_>> {
    card.terms.iter().flat_map(|(period, prices)| {
        let term = match period {
            Period::Hour => "pay-as-you-go",
            Period::Day | Period::Month | Period::Fixed(_) => "subscription",
        };
        by_side("reservation", term, prices, &card.source)
    })
}

/// The prices of input and of each output for a term.
fn by_side<'a>(
    method: &'static str,
    term: &'static str,
    prices: &PtuTerm,
    source: &'a Source,
) -> Vec<Price<'a>> {
    let of_side = |mode: Option<Mode>, side, price| Price {
        method,
        term,
        variant: mode.map_or("", |mode| mode.name()).to_owned(),
        up_to: None,
        side,
        price,
        source,
    };
    let input = of_side(None, "input", prices.input);
    let output = prices.output.iter();
    let output = output.map(|(mode, price)| of_side(*mode, "output", *price));
    std::iter::once(input).chain(output).collect()
}

fn of_units(card: &CapacityCard) -> impl Iterator<Item = Price<'_>> {
    let terms = [
        ("pay-as-you-go", card.hour),
        ("subscription", card.day),
        ("subscription", card.month),
    ];
    let fixed = card.fixed.iter();
    let fixed = fixed.map(|(_, price)| ("subscription", Some(*price)));
    terms.into_iter().chain(fixed).filter_map(|(term, price)| {
        Some(Price {
            method: "ptu",
            term,
            variant: card.name.clone(),
            up_to: None,
            side: "unit",
            price: price?,
            source: &card.source,
        })
    })
}

fn of_mu(mu: &MuCard) -> impl Iterator<Item = Price<'_>> {
    let suffix = if mu.pd_separated { " PD-separated" } else { "" };
    let terms = [("pay-as-you-go", mu.hour), ("subscription", mu.month)];
    terms.into_iter().filter_map(move |(term, price)| {
        Some(Price {
            method: "mu",
            term,
            variant: format!("{}{suffix}", mu.spec),
            up_to: None,
            side: "replica",
            price: price?,
            source: &mu.source,
        })
    })
}

fn of_tokens<'a>(rate: &'static str, card: &'a TokenCard) -> impl Iterator<Item = Price<'a>> {
    card.tiers.iter().flat_map(move |one| {
        one.tier.all().into_iter().filter_map(move |(side, price)| {
            let mode = one.mode.map(|mode| format!(" {}", mode.name()));
            let hours = one.hours.map(|hours| format!(" {}", hours.written()));
            let (mode, hours) = (mode.unwrap_or_default(), hours.unwrap_or_default());
            Some(Price {
                method: "tokens",
                term: "pay-as-you-go",
                variant: format!("{rate}{mode}{hours}"),
                up_to: one.tier.up_to,
                side,
                price: price?,
                source: &card.source,
            })
        })
    })
}
