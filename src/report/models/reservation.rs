//! A throughput reservation at standard speed on a price card.

use super::ReservationCard;
use super::section::{Section, by_side};
use crate::billing::money::Currency;
use crate::billing::number::{spoken, whole};
use crate::billing::price_row::Way;
use crate::billing::ptu::{Fixed, Period};

/// What it costs for each period, and how it is sold.
pub fn section(card: &ReservationCard, currency: Currency) -> Section {
    let columns = card.terms.iter().map(|(period, _)| match period {
        Period::Hour => "Pay-as-you-go",
        Period::Fixed(Fixed::Block) => "Block of 8 hours",
        Period::Day | Period::Month | Period::Fixed(Fixed::Week | Fixed::Quarter | Fixed::Year) => {
            "Subscription"
        }
    });
    let columns = std::iter::once("Side").chain(columns);
    let prices: Vec<_> = card.terms.iter().map(|(_, term)| Some(term)).collect();
    let max = card.max_input;
    let max = max.map(|max| format!("maximum input {} tokens a call", spoken(max)));
    let terms = [max, sizes(card), days(card), blocks(card)];
    Section {
        title: Way::Reservation.title().to_owned(),
        columns: columns.map(str::to_owned).collect(),
        rows: by_side(&prices, currency),
        terms: terms.into_iter().flatten().collect(),
    }
}

/// `bought from 200K input and 20K output TPM on, both together, in steps of 10K input and 1K output TPM`.
fn sizes(card: &ReservationCard) -> Option<String> {
    // A smallest amount of 0 is none, and neither are steps of a single TPM.
    let from = said(card.smallest, 0);
    let from = from.map(|from| format!(" from {from} TPM on, both together"));
    let steps = said(card.step, 1).map(|steps| format!(" in steps of {steps} TPM"));
    let both: Vec<String> = from.into_iter().chain(steps).collect();
    (!both.is_empty()).then(|| format!("bought{}", both.join(",")))
}

/// Amounts of both sides, where one says more than that there is none.
fn said([input, output]: [u64; 2], none: u64) -> Option<String> {
    let says = input > none || output > none;
    says.then(|| format!("{} input and {} output", spoken(input), spoken(output)))
}

/// `sold for 1 to 30, 60, 90, 120 or 365 days, paid ahead`.
fn days(card: &ReservationCard) -> Option<String> {
    let up_to = card.days_up_to?;
    let mut longer: Vec<String> = card.longer_days.iter().map(|days| whole(*days)).collect();
    let last = longer.pop().map(|last| format!(" or {last}"));
    let before = longer.iter().map(|days| format!(", {days}"));
    Some(format!(
        "sold for 1 to {}{}{} days, paid ahead",
        whole(up_to),
        before.collect::<String>(),
        last.unwrap_or_default()
    ))
}

/// `a block is ordered from 22:00 on`.
fn blocks(card: &ReservationCard) -> Option<String> {
    let from = card.blocks_from?;
    Some(format!(
        "a block is ordered from {} on",
        from.format("%H:%M")
    ))
}
