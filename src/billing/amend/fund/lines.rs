//! The lines of a funded quote: only what is served is charged, and what a source pays for is credited.

use super::modes::word;
use crate::billing::error::QuoteError;
use crate::billing::exact;
use crate::billing::free::Authority;
use crate::billing::funding::{Funding, Kind, Stretch, Usage};
use crate::billing::line::{Charge, LineItem};
use crate::billing::offer::Method;
use crate::billing::quote::Quote;
use crate::billing::rule::Rule;
use crate::billing::service::BillingMode;
use crate::billing::unit::{Quantity, Unit, UnitPrice};

/// The ids of the lines for tokens, input and output.
const LINES: [(&str, bool); 4] = [
    ("tokens.input", true),
    ("tokens.output", false),
    ("ptu.overflow.input", true),
    ("ptu.overflow.output", false),
];

fn is_input(item: &LineItem) -> Option<bool> {
    let line = LINES.iter().find(|(id, _)| *id == item.id);
    line.map(|(_, input)| *input)
}

/// The lines for tokens.
pub(super) fn charges(quote: &Quote) -> impl Iterator<Item = &LineItem> {
    quote.items.iter().filter(|item| is_input(item).is_some())
}

pub(super) fn usage_of(quote: &Quote) -> Result<Usage, QuoteError> {
    let mut usage = Usage {
        input: 0,
        output: 0,
    };
    for item in charges(quote) {
        let count = u64::try_from(item.quantity.value).map_err(|_| QuoteError::TooLarge)?;
        // There are several lines of a side where calls fall into several tiers.
        let side = match is_input(item) {
            Some(true) => &mut usage.input,
            _ => &mut usage.output,
        };
        *side = side.checked_add(count).ok_or(QuoteError::TooLarge)?;
    }
    Ok(usage)
}

/// A line like `item` for another number of tokens.
fn line(item: &LineItem, tokens: u64) -> Charge {
    Charge {
        id: item.id,
        description: item.description.clone(),
        factors: vec![Quantity::of(tokens, Unit::Token)],
        unit_price: item.unit_price,
        rule: item.rule,
        source: item.source.clone(),
    }
}

/// Charges only what is served.
pub(super) fn serve(quote: &mut Quote, usage: Usage, served: u64) -> Result<(), QuoteError> {
    if served == usage.total()? {
        return Ok(());
    }
    let part = usage.first(served)?;
    let reserved = quote.method == Method::Ptu;
    let mut items = Vec::new();
    for item in &quote.items {
        let tokens = match is_input(item) {
            None => {
                items.push(item.clone());
                continue;
            }
            Some(true) => part.input,
            Some(false) => part.output,
        };
        // A token quote keeps its lines, so that it never is without any.
        if tokens > 0 || !reserved {
            items.push(LineItem::new(line(item, tokens))?);
        }
    }
    quote.items = items;
    Ok(())
}

/// Adds the lines of what the sources pay for, each at the price of the line that it offsets.
pub(super) fn add_credits(
    quote: &mut Quote,
    usage: Usage,
    paid: &[Stretch],
    authority: Authority,
    funding: &Funding,
) -> Result<(), QuoteError> {
    let documented = funding.documented.as_deref();
    let rules = funding.rules();
    let lines: Vec<LineItem> = charges(quote).cloned().collect();
    for stretch in paid {
        let part = usage.between(stretch.from, stretch.to)?;
        let (id, name, rule) = match stretch.kind {
            Kind::Free => {
                let name = match authority {
                    Authority::Services => "Free trial".to_owned(),
                    _ => word(BillingMode::FreeTrial, authority, documented),
                };
                ("credit.free-quota", name, authority.rule(Rule::FreeScope))
            }
            Kind::Package => {
                let name = match authority {
                    Authority::FreeQuota => {
                        word(BillingMode::ResourcePackage, authority, documented)
                    }
                    _ => "Package".to_owned(),
                };
                let to = stretch.expires.map(|date| format!(" {date}"));
                let name = format!("{name}{}", to.unwrap_or_default());
                ("credit.package", name, authority.rule(Rule::FreeOrder))
            }
        };
        let source = rules.filter(|_| stretch.kind == Kind::Free);
        let source = source.map(|rules| rules.source.clone());
        for item in &lines {
            let (side, tokens) = match is_input(item) {
                Some(true) => ("input", part.input),
                _ => ("output", part.output),
            };
            if tokens == 0 {
                continue;
            }
            let charge = line(item, tokens);
            quote.items.push(LineItem::new(Charge {
                id,
                description: format!("{name}, {side}"),
                unit_price: UnitPrice {
                    amount: exact::negate(charge.unit_price.amount),
                    ..charge.unit_price
                },
                rule,
                source: source.clone().or(charge.source),
                ..charge
            })?);
        }
    }
    Ok(())
}

pub(super) fn add_purchase(
    quote: &mut Quote,
    funding: &Funding,
    authority: Authority,
) -> Result<(), QuoteError> {
    let Some(price) = funding.package_price else {
        return Ok(());
    };
    let several = if funding.packages.len() > 1 { "s" } else { "" };
    quote.items.push(LineItem::new(Charge {
        id: "package.purchase",
        description: format!("Token package{several}"),
        factors: vec![Quantity::of(1, Unit::Purchase)],
        unit_price: UnitPrice {
            amount: price,
            per: 1,
            unit: Unit::Purchase,
        },
        rule: authority.rule(Rule::FreeOrder),
        source: None,
    })?);
    Ok(())
}
