//! Which price takes the place of another one.

use super::model::{Dated, DtuRow, Model, MuRow};
use crate::billing::edition::Came;
use crate::billing::quote::Source;

impl Model {
    /// Says of each price which one takes its place.
    pub(super) fn link_prices(&mut self) {
        for rows in [&mut self.ptu, &mut self.reservation] {
            link_rows(rows, |_| (), |row| &mut row.source);
        }
        let spec = |row: &DtuRow| row.spec.clone();
        link_rows(&mut self.dtu, spec, |row| &mut row.row.source);
        link_rows(&mut self.mu, MuRow::key, |row| &mut row.source);
        for rows in [&mut self.fine_tuned, &mut self.standard] {
            link_rows(rows, |_| (), |row| &mut row.source);
        }
    }
}

/// Says of each row which other one of the same offer takes its place, and when.
fn link_rows<Row: Dated, Key: PartialEq>(
    rows: &mut [Row],
    key: impl Fn(&Row) -> Key,
    source: impl Fn(&mut Row) -> &mut Source,
) {
    let starts: Vec<(Key, Option<Came>)> = rows
        .iter()
        .map(|row| (key(row), row.source().came()))
        .collect();
    for row in rows {
        let (own, began) = (key(row), row.source().from);
        let later = starts.iter().filter(|(of, _)| *of == own);
        let later = later.filter_map(|(_, came)| *came);
        let later = later.filter(|came| began.is_none_or(|began| came.from > began));
        source(row).next = later.min_by_key(|came| came.from);
    }
}
