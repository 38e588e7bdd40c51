//! The part of a price card that a throughput reservation at standard speed is.

use chrono::NaiveDate;

use super::by_mode;
use crate::billing::ptu::{Fixed, Period};
use crate::catalog::{Model, Offer, Provider, in_force};
use crate::report::models::{PtuTerm, ReservationCard};

/// Its periods in the order of a price card.
const PERIODS: [Period; 4] = [
    Period::Hour,
    Period::Day,
    Period::Month,
    Period::Fixed(Fixed::Block),
];

/// The prices in force on `as_of`, by the rules of the provider; of one without rules there are but prices.
pub fn card(model: &Model, provider: &Provider, as_of: NaiveDate) -> Option<ReservationCard> {
    let row = in_force(&model.reservation, as_of)?;
    let Offer::Sides { input, output } = &row.offer else {
        return None;
    };
    let sale = provider.sale.clone().unwrap_or_default();
    let throughput = provider.ptu.unwrap_or_default();
    let terms = PERIODS.into_iter().filter_map(|period| {
        let term = PtuTerm {
            input: input.reserved(period, &sale)?,
            output: by_mode(output, |side| side.reserved(period, &sale)),
        };
        Some((period, term))
    });
    Some(ReservationCard {
        max_input: row.max_input,
        smallest: sale.smallest,
        step: [throughput.input_step, throughput.output_step],
        days_up_to: sale.days_up_to,
        terms: terms.collect(),
        longer_days: sale.longer_days,
        blocks_from: sale.block.map(|block| block.ordered_from),
        meters: row.meters.clone(),
        source: row.source.clone(),
    })
}
