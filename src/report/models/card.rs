//! The whole price card of a model.

use super::section::{Section, by_side, price};
use super::{Card, PtuCard, TokenCard, capacity, reservation};
use crate::billing::exact::plain;
use crate::billing::money::{Currency, Percent};
use crate::billing::number::{capitalized, spoken, whole};
use crate::report::document::{Body, Cell, Column, Document, Table};

/// Adds the prices of a model, a table a way in which it is sold.
pub fn add(document: &mut Document, card: &Card) {
    for section in sections(card) {
        let titles = section.columns.into_iter().enumerate();
        let columns = titles.map(|(at, title)| match at {
            0 => Column::text(title),
            _ => Column::number(title),
        });
        let mut table = Table::new(columns.collect());
        for row in section.rows {
            table.row(row.into_iter().map(Cell::Text).collect());
        }
        document.part(section.title, Body::Table(table));
        document.part("", Body::list(section.terms));
    }
}

fn sections(card: &Card) -> Vec<Section> {
    let currency = card.currency;
    let mut sections = Vec::new();
    if let Some(ptu) = &card.ptu {
        sections.push(ptu_section(ptu, currency));
        sections.extend(capacity::weights(&ptu.meters));
    }
    if let Some(card) = &card.capacity {
        sections.push(capacity::section(card, currency));
        sections.extend(capacity::weights(&card.meters));
    }
    if let Some(card) = &card.reservation {
        sections.push(reservation::section(card, currency));
        sections.extend(capacity::weights(&card.meters));
    }
    if !card.mu.is_empty() {
        let rows = card.mu.iter().map(|mu| {
            let suffix = if mu.pd_separated {
                ", PD-separated"
            } else {
                ""
            };
            vec![
                format!("{}{suffix}", mu.spec),
                price(mu.hour, currency),
                price(mu.month, currency),
            ]
        });
        sections.push(Section {
            title: "Model units (MU)".to_owned(),
            columns: ["One replica", "Pay-as-you-go", "Subscription"]
                .map(str::to_owned)
                .to_vec(),
            rows: rows.collect(),
            terms: Vec::new(),
        });
    }
    sections.extend(dtu_section(card));
    for (title, tokens) in [
        ("Tokens of fine-tuned models", &card.fine_tuned),
        ("Tokens of ordinary calls", &card.standard),
    ] {
        sections.extend(
            tokens
                .as_ref()
                .map(|tokens| token_section(title, tokens, currency)),
        );
    }
    sections
}

fn dtu_section(card: &Card) -> Option<Section> {
    let first = card.dtu.first()?;
    let rows = card.dtu.iter().map(|dtu| {
        let [input, output] = dtu.adds;
        vec![
            dtu.spec.clone(),
            spoken(input),
            spoken(output),
            price(Some(dtu.month), card.currency),
        ]
    });
    let most = first.most_months;
    let most = most.map(|most| format!("sold for 1 to {most} months, paid ahead"));
    Some(Section {
        title: "Dedicated throughput units (DTU)".to_owned(),
        columns: ["One unit", "Input TPM", "Output TPM", "Subscription"]
            .map(str::to_owned)
            .to_vec(),
        rows: rows.collect(),
        terms: most.into_iter().collect(),
    })
}

fn ptu_section(ptu: &PtuCard, currency: Currency) -> Section {
    // A column for each term; the month only where there is such a price.
    let mut columns = vec!["Side", "Pay-as-you-go", "Subscription"];
    let mut terms = vec![ptu.hour.as_ref(), ptu.day.as_ref()];
    match (&ptu.day, &ptu.month) {
        (None, Some(month)) => terms = vec![ptu.hour.as_ref(), Some(month)],
        (Some(_), Some(month)) => {
            columns.push("Subscription");
            terms.push(Some(month));
        }
        (_, None) => {}
    }
    let rows = by_side(&terms, currency);
    let title = ptu.product.unwrap_or("Provisioned throughput (PTU)");
    let limit = ptu.max_input;
    let limit = limit.map(|max| format!("maximum input {} tokens a call", spoken(max)));
    // Steps of a single TPM are none.
    let steps = (ptu.input_step > 1 || ptu.output_step > 1).then(|| {
        format!(
            "bought in steps of {} input and {} output TPM",
            spoken(ptu.input_step),
            spoken(ptu.output_step)
        )
    });
    let terms: Vec<String> = limit.into_iter().chain(steps).collect();
    Section {
        title: title.to_owned(),
        columns: columns.into_iter().map(str::to_owned).collect(),
        rows,
        terms,
    }
}

fn token_section(title: &str, card: &TokenCard, currency: Currency) -> Section {
    // A column for each price that a tier has; input and output always have one.
    let prices = || card.tiers.iter().flat_map(|one| one.tier.all());
    let has = |name: &str| prices().any(|(other, price)| other == name && price.is_some());
    let is_shown = |name: &str| name == "output" || has(name);
    let rows = card.tiers.iter().map(|one| {
        let size = one
            .tier
            .up_to
            .map(|end| format!("up to {} input", spoken(end)));
        let mode = one.mode.map(|mode| mode.name().to_owned());
        let hours = one.hours.map(|hours| hours.to_string());
        let parts: Vec<String> = [mode, hours, size].into_iter().flatten().collect();
        // The last of several tiers holds what is beyond the others.
        let which = match (parts.is_empty(), card.tiers.len()) {
            (true, 1) => "any".to_owned(),
            (true, _) => "beyond".to_owned(),
            (false, _) => parts.join(", "),
        };
        let prices = one.tier.all().into_iter();
        let prices = prices.filter(|(name, _)| is_shown(name));
        let prices = prices.map(|(_, of)| price(of, currency));
        std::iter::once(which).chain(prices).collect()
    });
    let by_hour = card.tiers.iter().any(|one| one.hours.is_some());
    let clock = by_hour
        .then(|| "by the hour of the day of a call, in China Standard Time (UTC+8)".to_owned());
    let first = card.tiers.iter().take(1).flat_map(|one| one.tier.all());
    let shown = first.filter(|(name, _)| is_shown(name));
    let titles = shown.map(|(name, _)| capitalized(&name.replace('-', " ")));
    Section {
        title: title.to_owned(),
        columns: std::iter::once("Request".to_owned())
            .chain(titles)
            .collect(),
        rows: rows.collect(),
        terms: clock
            .into_iter()
            .chain(card.limited_offer.iter().map(offered))
            .chain(
                card.not_in_batches
                    .then(|| "not sold in batches".to_owned()),
            )
            .collect(),
    }
}

fn offered(share: &Percent) -> String {
    format!(
        "{}% of these prices is offered for a time whose end is not said; quotes are at list price",
        plain(share.value())
    )
}

/// The ends of tiers that another text has otherwise: `up to 131,072 input: 128,000 in another text`.
pub fn other_ends(card: &Card) -> Vec<String> {
    let tiers = card.fine_tuned.iter().chain(&card.standard);
    let tiers = tiers.flat_map(|tokens| &tokens.tiers);
    let mut said: Vec<String> = Vec::new();
    for tier in tiers.map(|one| &one.tier) {
        if let (Some(end), Some(or)) = (tier.up_to, tier.or_up_to) {
            let line = format!(
                "up to {} input: {} in another text (tokens.tier-bound)",
                whole(end),
                whole(or)
            );
            if !said.contains(&line) {
                said.push(line);
            }
        }
    }
    said
}
