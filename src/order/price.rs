//! Prices that are others on the day of the order than on the date of the quote.

use chrono::NaiveDate;

use crate::billing::note::{Note, OtherPrice};
use crate::billing::quote::{LineItem, Parameters, Quote};

/// The note of `quote`, priced as of `as_of`, where the lines of its like in `others`, priced as of
/// `ordered`, have other unit prices.
pub fn other_price(
    quote: &Quote,
    others: &[Quote],
    as_of: NaiveDate,
    ordered: NaiveDate,
) -> Option<Note> {
    let other = others.iter().find(|other| is_same_offer(quote, other))?;
    // Later lines of a kind are those of renewals.
    let first = |at: usize, item: &LineItem| {
        let mut before = quote.items.iter().take(at);
        before.all(|other| other.id != item.id || other.hours != item.hours)
    };
    let changed: Vec<(&LineItem, OtherPrice)> = quote
        .items
        .iter()
        .enumerate()
        .filter(|(at, item)| first(*at, item))
        .filter_map(|(_, item)| {
            let alike = |then: &&LineItem| then.id == item.id;
            let mut same = other.items.iter().filter(alike);
            let same = same.find(|then| then.hours == item.hours);
            let then = same.or_else(|| other.items.iter().find(alike))?;
            (then.unit_price != item.unit_price).then(|| {
                let price = OtherPrice {
                    line: item.description.clone(),
                    used: item.unit_price,
                    then: then.unit_price,
                };
                (item, price)
            })
        })
        .collect();
    let (first, _) = changed.first()?;
    Some(Note::OtherPrice {
        rule: first.rule,
        as_of,
        ordered,
        currency: quote.currency,
        prices: changed.into_iter().map(|(_, price)| price).collect(),
    })
}

/// Whether both are of the same specification; throughput has one offer, and dedicated units one a specification.
fn is_same_offer(one: &Quote, other: &Quote) -> bool {
    match (&one.parameters, &other.parameters) {
        (
            Parameters::Mu {
                spec, pd_separated, ..
            },
            Parameters::Mu {
                spec: other,
                pd_separated: apart,
                ..
            },
        ) => (spec, pd_separated) == (other, apart),
        (Parameters::Ptu { spec, .. }, Parameters::Ptu { spec: other, .. }) => spec == other,
        (Parameters::Tokens { .. }, Parameters::Tokens { .. }) => true,
        _ => false,
    }
}
