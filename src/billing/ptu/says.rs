//! What a provider's documents say of its reservations, in sentences of its own: data of its catalog file.

use super::{Period, Prices, Request};
use crate::billing::error::QuoteError;
use crate::billing::note::{Needs, Note, SaysNote};
use crate::billing::units;

/// How a sentence names what the units hold.
const CAPACITY: &str = "{capacity}";

/// A sentence about reservations.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Says {
    /// The sentence, its rule and its source.
    pub note: SaysNote,
    /// The terms of which it is said; all where there are none.
    pub terms: Vec<Period>,
    /// Whether it is only said where calls do not fit.
    pub on_overflow: bool,
}

/// What is said of a reservation, of which calls overflow or not.
///
/// # Errors
/// [`QuoteError::TooLarge`] when a capacity does not fit.
pub(super) fn notes(
    request: &Request,
    prices: &Prices,
    overflows: bool,
) -> Result<Vec<Note>, QuoteError> {
    let period = request.length.period();
    let said = prices.says.iter().filter(|one| {
        let of_term = one.terms.is_empty() || one.terms.contains(&period);
        of_term && (overflows || !one.on_overflow)
    });
    let mut notes = Vec::new();
    for one in said {
        let mut note = one.note.clone();
        if note.text.contains(CAPACITY) {
            let holds = units::capacity(&prices.units, request.size)?.map(u128::from);
            let holds = Needs::of_tokens(&prices.meters, holds).to_string();
            note.text = note.text.replace(CAPACITY, &holds);
        }
        notes.push(Note::Says(Box::new(note)));
    }
    Ok(notes)
}
