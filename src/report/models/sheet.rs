//! One row a price.

use super::{Card, ModelsReport, MuCard, PtuCard, TokenCard};
use crate::billing::exact::plain;
use crate::billing::mode::Mode;
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
    for card in &report.cards {
        for price in prices(card) {
            rows.push(vec![
                Cell::text(&card.provider),
                Cell::text(&card.region),
                Cell::text(&card.code),
                Cell::text(&card.name),
                Cell::text(&card.family),
                Cell::Fixed(price.method),
                Cell::Fixed(price.term),
                Cell::text(price.variant),
                Cell::Number(price.up_to.map(|end| end.to_string()).unwrap_or_default()),
                Cell::Fixed(price.side),
                Cell::Number(plain(price.price.amount)),
                Cell::Number(price.price.per.to_string()),
                Cell::text(price.price.unit.name().to_owned()),
                Cell::Fixed(card.currency.code()),
                Cell::text(words::source(price.source)),
            ]);
        }
    }
    Sheet {
        header: titles(&[HEADER]),
        rows,
    }
}

fn prices(card: &Card) -> Vec<Price<'_>> {
    let ptu = card.ptu.iter().flat_map(of_ptu);
    let mu = card.mu.iter().flat_map(of_mu);
    let fine_tuned = card.fine_tuned.iter();
    let fine_tuned = fine_tuned.flat_map(|card| of_tokens("fine-tuned", card));
    let standard = card.standard.iter();
    let standard = standard.flat_map(|card| of_tokens("standard", card));
    ptu.chain(mu).chain(fine_tuned).chain(standard).collect()
}

fn of_ptu(ptu: &PtuCard) -> Vec<Price<'_>> {
    let mut prices = Vec::new();
    for (term, of_term) in [
        ("pay-as-you-go", &ptu.hour),
        ("subscription", &ptu.day),
        ("subscription", &ptu.month),
    ] {
        let Some(of_term) = of_term else { continue };
        let mut add = |mode: Option<Mode>, side, price| {
            prices.push(Price {
                method: "ptu",
                term,
                variant: mode.map_or("", |mode| mode.name()).to_owned(),
                up_to: None,
                side,
                price,
                source: &ptu.source,
            });
        };
        add(None, "input", of_term.input);
        for (mode, price) in &of_term.output {
            add(*mode, "output", *price);
        }
    }
    prices
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
            Some(Price {
                method: "tokens",
                term: "pay-as-you-go",
                variant: format!("{rate}{}", mode.unwrap_or_default()),
                up_to: one.tier.up_to,
                side,
                price: price?,
                source: &card.source,
            })
        })
    })
}
