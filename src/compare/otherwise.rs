//! Which way would be the cheapest, were the days of a trace that stands for more counted in another
//! way.

use super::row::Row;
use crate::billing::money::Money;
use crate::billing::note::{Note, TraceNote};
use crate::billing::recorded::{Otherwise, Scale};

/// The cheapest of the ways that are ranked, were the days of the pattern counted in another way.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct CheapestOtherwise {
    /// The other way of counting the days.
    pub how: Otherwise,
    /// The repetition of the trace under it.
    pub scale: Scale,
    /// The rank that the cheapest has now.
    pub rank: usize,
    /// The total under it.
    pub total: Money,
    /// Whether reservations keep the sizes found for the first way of counting.
    pub sized: bool,
}

/// The cheapest in each other way to count; none of a way in which a total is not known.
pub(super) fn all(scale: Option<Scale>, rows: &[Row]) -> Vec<CheapestOtherwise> {
    let ways = scale.iter().flat_map(Scale::otherwise);
    ways.filter_map(|(how, scale)| cheapest(how, scale, rows))
        .collect()
}

fn cheapest(how: Otherwise, scale: Scale, rows: &[Row]) -> Option<CheapestOtherwise> {
    let mut found: Option<CheapestOtherwise> = None;
    let mut any_sized = false;
    for (rank, row) in (1..).zip(rows) {
        let (total, sized) = total(row, how)?;
        any_sized |= sized;
        // The first of equal ones, as where they are ranked.
        if found.is_none_or(|least| total.amount < least.total.amount) {
            found = Some(CheapestOtherwise {
                how,
                scale,
                rank,
                total,
                sized,
            });
        }
    }
    found.map(|least| CheapestOtherwise {
        sized: any_sized,
        ..least
    })
}

/// What a way comes to, and whether its size was found for now.
fn total(row: &Row, how: Otherwise) -> Option<(Money, bool)> {
    if row.quote.recorded.is_none() {
        // Replicas cost the same however many calls they serve.
        return Some((row.quote.total_money(), false));
    }
    row.quote.notes.iter().find_map(|note| match note {
        Note::Trace {
            what:
                TraceNote::Otherwise {
                    how: of,
                    total,
                    sized,
                    ..
                },
            ..
        } if *of == how => Some(((*total)?, *sized)),
        _ => None,
    })
}
