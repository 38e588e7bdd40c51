//! Minutes as quarters of an hour, which are few enough to be drawn day by day.

use super::Row;
use crate::billing::recorded::Quarter;

/// The quarters of an hour with calls, of minutes in their order with the calls of each.
#[must_use]
pub fn quarters(rows: &[Row], requests: &[u64]) -> Vec<Quarter> {
    let mut quarters: Vec<Quarter> = Vec::new();
    for (row, calls) in rows.iter().zip(requests) {
        let number = row.minute.div_euclid(Quarter::MINUTES);
        let quarter = match quarters.last_mut() {
            Some(last) if last.number == number => last,
            _ => {
                quarters.push(Quarter {
                    number,
                    ..Quarter::default()
                });
                let Some(last) = quarters.last_mut() else {
                    continue;
                };
                last
            }
        };
        // No more than the totals, which fit.
        quarter.calls = quarter.calls.saturating_add(*calls);
        quarter.input = quarter.input.saturating_add(row.input);
        quarter.output = quarter.output.saturating_add(row.output);
    }
    quarters
}
