//! The lines of a funded quote: only what is served is charged, and what a source pays for is credited.

use super::modes::word;
use crate::billing::error::QuoteError;
use crate::billing::exact;
use crate::billing::free::Authority;
use crate::billing::funding::{Funding, Kind, Stretch, Usage};
use crate::billing::kind::{TokenKind, Tokens};
use crate::billing::line::{Charge, LineItem};
use crate::billing::offer::Method;
use crate::billing::quote::{Parameters, Quote};
use crate::billing::rule::Rule;
use crate::billing::service::BillingMode;
use crate::billing::unit::{Quantity, Unit, UnitPrice};

/// The lines for tokens.
pub(super) fn charges(quote: &Quote) -> impl Iterator<Item = &LineItem> {
    quote
        .items
        .iter()
        .filter(|item| TokenKind::of_item(item.id).is_some())
}

/// The tokens that the lines charge. Some that are of a cache may be in the line of input.
pub(super) fn usage_of(quote: &Quote) -> Result<Usage, QuoteError> {
    let mut charged = Tokens::default();
    for item in charges(quote) {
        let count = u64::try_from(item.quantity.value).map_err(|_| QuoteError::TooLarge)?;
        let own = TokenKind::of_item(item.id);
        // There are several lines of a kind where calls fall into several tiers.
        let line = Tokens::of_kinds(|kind| if own == Some(kind) { count } else { 0 })?;
        charged = charged.plus(line)?;
    }
    let asked = match &quote.parameters {
        Parameters::Tokens { tokens, .. } => Some(*tokens),
        Parameters::Ptu { .. } => quote.overflow.map(|excess| excess.tokens),
        Parameters::Mu { .. } => None,
    };
    Ok(Usage(match asked {
        Some(asked) if !charged.is_empty() => asked,
        _ => charged,
    }))
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

/// Charges only the tokens that are served.
pub(super) fn serve(quote: &mut Quote, usage: Usage, served: Tokens) -> Result<(), QuoteError> {
    if served == usage.0 {
        return Ok(());
    }
    let reserved = quote.method == Method::Ptu;
    let has_line: Vec<TokenKind> = charges(quote)
        .filter_map(|item| TokenKind::of_item(item.id))
        .collect();
    let mut items = Vec::new();
    for item in &quote.items {
        let tokens = match TokenKind::of_item(item.id) {
            None => {
                items.push(item.clone());
                continue;
            }
            // With all input that has no line of its own.
            Some(TokenKind::Input) => {
                let others = TokenKind::OF_A_CACHE.into_iter();
                let without = others.filter(|kind| !has_line.contains(kind));
                without.fold(served.of(TokenKind::Input), |sum, kind| {
                    sum.saturating_add(served.of(kind))
                })
            }
            Some(kind) => served.of(kind),
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
            let kind = TokenKind::of_item(item.id);
            let Some(kind) = kind.filter(|kind| !TokenKind::OF_A_CACHE.contains(kind)) else {
                continue;
            };
            let tokens = part.of(kind);
            if tokens == 0 {
                continue;
            }
            let charge = line(item, tokens);
            quote.items.push(LineItem::new(Charge {
                id,
                description: format!("{name}, {}", kind.name()),
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
