//! The whole price card of a model, with its sources.

use super::{Card, ModelsReport, PtuCard, PtuTerm, TokenCard};
use crate::billing::money::Currency;
use crate::billing::number::spoken;
use crate::billing::quote::Source;
use crate::billing::unit::UnitPrice;
use crate::report::layout;
use crate::report::style::Style;
use crate::report::words;

/// A part of a card: its title, the columns, the rows, and where they were read.
pub struct Section {
    /// `Provisioned throughput (PTU)`, …
    pub title: String,
    /// Titles of the columns; those after the first hold prices.
    pub columns: Vec<&'static str>,
    /// One a price or pair of prices.
    pub rows: Vec<Vec<String>>,
    /// Where they were read, each once.
    pub sources: Vec<String>,
}

/// The cards as text.
pub fn render(report: &ModelsReport, style: Style) -> String {
    let mut text = String::new();
    for card in &report.cards {
        for line in layout::wrap(&title(card), "", "") {
            text.push_str(&style.bold(&line));
            text.push('\n');
        }
        text.push_str(&format!(" {}\n", card.code));
        for section in sections(card) {
            text.push_str(&format!("\n {}\n", style.bold(&section.title)));
            let right: Vec<usize> = (1..section.columns.len()).collect();
            let mut table = layout::columns(&section.columns, &right);
            for row in section.rows {
                table.add_row(row);
            }
            for (at, line) in layout::lines(&table).into_iter().enumerate() {
                text.push_str(&if at == 0 { style.dim(&line) } else { line });
                text.push('\n');
            }
            for source in section.sources {
                text.push_str(&layout::paragraph(&source));
            }
        }
    }
    let documents: Vec<String> = report
        .documents
        .iter()
        .map(|(id, title)| format!("{id}: {title}"))
        .collect();
    text.push_str(&layout::list("Documents", &documents, style));
    text.push_str(&layout::changes(&report.catalog.changes, style));
    text
}

/// Name, family, provider and region in one line.
pub fn title(card: &Card) -> String {
    [
        &card.name,
        &card.family,
        &card.provider_name,
        &card.region_name,
    ]
    .map(String::as_str)
    .join(" · ")
}

/// The parts of a card that the model has.
pub fn sections(card: &Card) -> Vec<Section> {
    let currency = card.currency;
    let mut sections = Vec::new();
    if let Some(ptu) = &card.ptu {
        sections.push(ptu_section(ptu, currency));
    }
    if !card.mu.is_empty() {
        let mut sources = Vec::new();
        let mut rows = Vec::new();
        for mu in &card.mu {
            let suffix = if mu.pd_separated {
                ", PD-separated"
            } else {
                ""
            };
            rows.push(vec![
                format!("{}{suffix}", mu.spec),
                price(mu.hour, currency),
                price(mu.month, currency),
            ]);
            add_source(&mut sources, &mu.source);
        }
        sections.push(Section {
            title: "Model units (MU)".to_owned(),
            columns: vec!["One replica", "Pay-as-you-go", "Subscription"],
            rows,
            sources,
        });
    }
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
    let mut rows = Vec::new();
    let row = |name: String, of: &dyn Fn(&PtuTerm) -> Option<UnitPrice>| {
        let prices = terms.iter().map(|term| price(term.and_then(of), currency));
        std::iter::once(name).chain(prices).collect::<Vec<String>>()
    };
    rows.push(row("Input".to_owned(), &|term| Some(term.input)));
    let first = terms.iter().flatten().next();
    for (mode, _) in first.iter().flat_map(|term| &term.output) {
        let name = mode.map_or("Output".to_owned(), |mode| {
            format!("Output, {}", mode.name())
        });
        rows.push(row(name, &|term| {
            let found = term.output.iter().find(|(known, _)| known == mode);
            found.map(|(_, price)| *price)
        }));
    }
    let limit = ptu
        .max_input
        .map(|max| format!("maximum input {} tokens a call", spoken(max)));
    // Steps of a single TPM are none.
    let steps = (ptu.input_step > 1 || ptu.output_step > 1).then(|| {
        format!(
            "bought in steps of {} input and {} output TPM",
            spoken(ptu.input_step),
            spoken(ptu.output_step)
        )
    });
    let terms: Vec<String> = limit.into_iter().chain(steps).collect();
    let mut sources = Vec::new();
    if !terms.is_empty() {
        sources.push(terms.join("; "));
    }
    add_source(&mut sources, &ptu.source);
    Section {
        title: ptu
            .product
            .unwrap_or("Provisioned throughput (PTU)")
            .to_owned(),
        columns,
        rows,
        sources,
    }
}

fn token_section(title: &str, card: &TokenCard, currency: Currency) -> Section {
    let rows = card
        .tiers
        .iter()
        .map(|tier| {
            let size = tier.up_to.map(|end| format!("up to {} input", spoken(end)));
            let parts: Vec<String> = [tier.mode.map(|mode| mode.name().to_owned()), size]
                .into_iter()
                .flatten()
                .collect();
            let which = match parts.is_empty() {
                true => "any".to_owned(),
                false => parts.join(", "),
            };
            vec![
                which,
                price(Some(tier.input), currency),
                price(tier.output, currency),
            ]
        })
        .collect();
    let mut sources = Vec::new();
    add_source(&mut sources, &card.source);
    Section {
        title: title.to_owned(),
        columns: vec!["Request", "Input", "Output"],
        rows,
        sources,
    }
}

fn price(price: Option<UnitPrice>, currency: Currency) -> String {
    price.map_or("-".to_owned(), |price| words::unit_price(&price, currency))
}

fn add_source(sources: &mut Vec<String>, source: &Source) {
    let text = words::source(source);
    if !sources.contains(&text) {
        sources.push(text);
    }
}
