//! Throughput that is sold in units on a price card, and what tokens count of a reservation.

use super::CapacityCard;
use super::section::{Section, price};
use crate::billing::exact::plain;
use crate::billing::meter::{Bracket, Meters};
use crate::billing::money::Currency;
use crate::billing::note::Needs;
use crate::billing::number::{spoken, whole};
use crate::billing::ptu::Period;

/// What a unit costs for each term, and what it is.
pub fn section(card: &CapacityCard, currency: Currency) -> Section {
    let (mut columns, mut row) = (vec!["Unit".to_owned()], vec![card.name.clone()]);
    let fixed = card.fixed.iter();
    let fixed = fixed.map(|(term, price)| (Period::Fixed(*term), Some(*price)));
    let subscribed = [(Period::Day, card.day), (Period::Month, card.month)].into_iter();
    let subscribed = subscribed.chain(fixed);
    let subscribed = subscribed.map(|(term, price)| (format!("By the {}", term.name()), price));
    let hourly = ("Pay-as-you-go".to_owned(), card.hour);
    for (column, of_term) in std::iter::once(hourly).chain(subscribed) {
        if of_term.is_some() {
            columns.push(column);
            row.push(price(of_term, currency));
        }
    }
    let holds = Needs::of_tokens(&card.meters, card.adds.map(u128::from));
    let terms = [
        Some(format!("one {} holds {holds}", card.name)),
        card.steps_unknown
            .then(|| "the smallest number and the steps are not documented".to_owned()),
        (!card.steps_unknown && (card.smallest > 1 || card.step > 1)).then(|| {
            format!(
                "sold from {} on in steps of {}",
                whole(card.smallest),
                whole(card.step)
            )
        }),
        card.max_input
            .map(|max| format!("maximum input {} tokens a call", spoken(max))),
    ];
    Section {
        title: format!("Provisioned throughput in units ({})", card.name),
        columns,
        rows: vec![row],
        terms: terms.into_iter().flatten().collect(),
    }
}

/// What tokens count, by meter and bracket; `None` where each counts for one.
pub fn weights(meters: &Meters) -> Option<Section> {
    if meters.are_sides() {
        return None;
    }
    let several = meters.iter().count() > 1;
    let mut rows = Vec::new();
    for meter in meters.iter() {
        for Bracket { up_to, weights } in meter.brackets() {
            let place = match up_to {
                Some(end) => format!("up to {} input", spoken(*end)),
                None if meter.brackets().len() == 1 => "any".to_owned(),
                None if meter.is_of_whole_calls() => "longer, as a whole".to_owned(),
                None => "beyond".to_owned(),
            };
            let place = match several {
                true => format!("{}, {place}", meter.name()),
                false => place,
            };
            let counts = [
                weights.input,
                weights.cached,
                weights.cache_write,
                weights.output,
            ];
            rows.push(std::iter::once(place).chain(counts.map(plain)).collect());
        }
    }
    Some(Section {
        title: "What a token counts of it".to_owned(),
        columns: ["Call", "Input", "Cached", "Cache write", "Output"]
            .map(str::to_owned)
            .to_vec(),
        rows,
        terms: Vec::new(),
    })
}
