//! The lines of a funded quote: only what is served is charged, and what a source pays for is credited.

use rust_decimal::Decimal;

use super::modes::word;
use crate::billing::error::QuoteError;
use crate::billing::exact;
use crate::billing::free::Authority;
use crate::billing::funding::{Funding, Kind, Stretch, Usage};
use crate::billing::hours::divided;
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

/// Tokens of a kind, divided among its lines by what is left of each. There are several where the price
/// depends on the hour of the day: all are used alike, and together they are `count`.
fn among(
    left: &mut [(TokenKind, u64)],
    kind: TokenKind,
    count: u64,
) -> Result<Vec<u64>, QuoteError> {
    let of_kind = |(own, _): &&(TokenKind, u64)| *own == kind;
    let lines = left.iter().filter(of_kind).count();
    if lines < 2 {
        // Some that are of a cache may be in the line of input, so it can have more.
        return Ok(left
            .iter()
            .map(|(own, _)| if *own == kind { count } else { 0 })
            .collect());
    }
    let shares = left.iter().map(|(own, tokens)| match *own == kind {
        true => Decimal::from(*tokens),
        false => Decimal::ZERO,
    });
    let parts = divided(count, &shares.collect::<Vec<_>>())?;
    for ((_, tokens), part) in left.iter_mut().zip(&parts) {
        *tokens = tokens.saturating_sub(*part);
    }
    Ok(parts)
}

/// The lines for tokens, each by its kind and number.
fn counts(quote: &Quote) -> Result<Vec<(TokenKind, u64)>, QuoteError> {
    let counts = charges(quote).map(|item| {
        let count = u64::try_from(item.quantity.value).map_err(|_| QuoteError::TooLarge)?;
        Ok(TokenKind::of_item(item.id).map(|kind| (kind, count)))
    });
    counts.filter_map(Result::transpose).collect()
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
    let left = counts(quote)?;
    let mut place = 0_usize;
    for item in &quote.items {
        let kind = TokenKind::of_item(item.id);
        let tokens = match kind {
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
        let tokens = match kind {
            Some(kind) => among(&mut left.clone(), kind, tokens)?,
            None => Vec::new(),
        };
        let tokens = tokens.get(place).copied().unwrap_or(0);
        place = place.saturating_add(1);
        // A token quote keeps its lines, so that it never is without any.
        if tokens > 0 || !reserved {
            items.push(LineItem::new(line(item, tokens))?.in_hours(item.hours));
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
    let mut left = counts(quote)?;
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
        let of_a_cache = |kind: &TokenKind| TokenKind::OF_A_CACHE.contains(kind);
        let mut offset = vec![0_u64; lines.len()];
        for kind in TokenKind::ALL.iter().filter(|kind| !of_a_cache(kind)) {
            let parts = among(&mut left, *kind, part.of(*kind))?;
            for (sum, more) in offset.iter_mut().zip(parts) {
                *sum = sum.saturating_add(more);
            }
        }
        for (item, tokens) in lines.iter().zip(offset) {
            let kind = TokenKind::of_item(item.id);
            let Some(kind) = kind.filter(|kind| !of_a_cache(kind)) else {
                continue;
            };
            if tokens == 0 {
                continue;
            }
            let charge = line(item, tokens);
            let hours = item
                .hours
                .map_or(String::new(), |hours| format!(", {hours}"));
            let credit = LineItem::new(Charge {
                id,
                description: format!("{name}, {}{hours}", kind.name()),
                unit_price: UnitPrice {
                    amount: exact::negate(charge.unit_price.amount),
                    ..charge.unit_price
                },
                rule,
                source: source.clone().or(charge.source),
                ..charge
            })?;
            quote.items.push(credit.in_hours(item.hours));
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
