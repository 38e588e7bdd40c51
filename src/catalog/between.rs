//! What changed between two days.

use chrono::NaiveDate;

use super::model::Model;
use crate::billing::price_row::{PriceRow, Way};

/// An offer of a model whose price is another one on the later of two days.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Between {
    /// It came.
    Came(PriceRow),
    /// It left.
    Left(PriceRow),
    /// It came and left.
    Passed(PriceRow),
    /// It has another row: that of the earlier day, and that of the later.
    Changed(PriceRow, PriceRow),
}

/// A row on a day: in force, and still on its page or not.
#[derive(Clone, Copy)]
struct State<'a> {
    row: Option<&'a PriceRow>,
    is_sold: bool,
}

impl<'a> State<'a> {
    fn on(rows: &[&'a PriceRow], date: NaiveDate) -> Self {
        let begun = rows.iter().filter(|row| {
            let from = row.source.from;
            from.is_none_or(|from| from <= date)
        });
        let row = begun.max_by_key(|row| row.source.from).copied();
        Self {
            row,
            is_sold: row.is_some_and(|row| row.source.left_by(date).is_none()),
        }
    }
}

impl Model {
    /// Whether any of its prices is on its page on `date`.
    #[must_use]
    pub fn is_sold_on(&self, date: NaiveDate) -> bool {
        let rows = self.price_rows();
        offers(&rows)
            .iter()
            .any(|rows| State::on(rows, date).is_sold)
    }

    /// What of it changed after `from` and up to `to`, in the order of a price card.
    #[must_use]
    pub fn changes_between(&self, from: NaiveDate, to: NaiveDate) -> Vec<Between> {
        let rows = self.price_rows();
        let mut changes = Vec::new();
        for rows in offers(&rows) {
            let (then, now) = (State::on(&rows, from), State::on(&rows, to));
            let (old, new) = (then.row.cloned(), now.row.cloned());
            changes.extend(match (old, then.is_sold, new, now.is_sold) {
                (Some(old), true, Some(new), true) => {
                    let differ = !old.changes_to(&new).is_empty();
                    differ.then_some(Between::Changed(old, new))
                }
                (_, true, Some(new), false) => Some(Between::Left(new)),
                (_, false, Some(new), true) => {
                    // It came with its first row after the earlier day, whatever changed of it since.
                    let first = rows.iter().find(|row| row.source.from > Some(from));
                    let mut new = new;
                    if let Some(first) = first {
                        new.source = first.source.clone();
                    }
                    Some(Between::Came(new))
                }
                (old, false, Some(new), false) => {
                    (old.as_ref() != Some(&new)).then_some(Between::Passed(new))
                }
                (_, _, None, _) | (None, true, ..) => None,
            });
        }
        changes
    }
}

/// The rows of each offer, in their order.
fn offers(rows: &[PriceRow]) -> Vec<Vec<&PriceRow>> {
    let mut offers: Vec<((Way, &str), Vec<&PriceRow>)> = Vec::new();
    for row in rows {
        let key = (row.way, row.variant.as_str());
        match offers.iter_mut().find(|(known, _)| *known == key) {
            Some((_, rows)) => rows.push(row),
            None => offers.push((key, vec![row])),
        }
    }
    offers.into_iter().map(|(_, rows)| rows).collect()
}
