//! One row a price.

use super::{Card, ModelsReport};
use crate::billing::exact::plain;
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
    let mut prices = Vec::new();
    if let Some(ptu) = &card.ptu {
        let terms = [
            ("pay-as-you-go", &ptu.hour),
            ("subscription", &ptu.day),
            ("subscription", &ptu.month),
        ];
        for (term, of_term) in terms
            .into_iter()
            .filter_map(|(term, of)| Some((term, of.as_ref()?)))
        {
            let mut add = |variant: &str, side, price| {
                prices.push(Price {
                    method: "ptu",
                    term,
                    variant: variant.to_owned(),
                    up_to: None,
                    side,
                    price,
                    source: &ptu.source,
                });
            };
            add("", "input", of_term.input);
            for (mode, price) in &of_term.output {
                add(mode.map_or("", |mode| mode.name()), "output", *price);
            }
        }
    }
    for mu in &card.mu {
        let suffix = if mu.pd_separated { " PD-separated" } else { "" };
        for (term, price) in [("pay-as-you-go", mu.hour), ("subscription", mu.month)] {
            prices.extend(price.map(|price| Price {
                method: "mu",
                term,
                variant: format!("{}{suffix}", mu.spec),
                up_to: None,
                side: "replica",
                price,
                source: &mu.source,
            }));
        }
    }
    for (rate, card) in [
        ("fine-tuned", &card.fine_tuned),
        ("standard", &card.standard),
    ] {
        for (tier, source) in card
            .iter()
            .flat_map(|card| card.tiers.iter().map(move |tier| (tier, &card.source)))
        {
            let variant = tier
                .mode
                .map_or(rate.to_owned(), |mode| format!("{rate} {}", mode.name()));
            for (side, price) in [("input", Some(tier.input)), ("output", tier.output)] {
                prices.extend(price.map(|price| Price {
                    method: "tokens",
                    term: "pay-as-you-go",
                    variant: variant.clone(),
                    up_to: tier.up_to,
                    side,
                    price,
                    source,
                }));
            }
        }
    }
    prices
}
