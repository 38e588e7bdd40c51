//! A list that one can scan: what there is, how it can be bought, and from what price.

use chrono::NaiveDate;
use rust_decimal::Decimal;

use super::lowest::Lowest;
use super::selection::specs;
use super::{CapacityCard, Card, ModelsReport};
use crate::billing::error::QuoteError;
use crate::billing::money::Currency;
use crate::billing::quote::Method;
use crate::report::document::{Cell, Column, Table};
use crate::report::words;

/// The price of a unit for an hour with its name, as it holds another number of tokens for each model; else that for
/// its shortest term, with the term: `USD 1,200/GSU-week`.
fn of_unit(
    unit: &CapacityCard,
    currency: Currency,
    by_the_hour: bool,
) -> Result<Option<String>, QuoteError> {
    let first = unit.terms().into_iter().next();
    let Some((period, price)) = first.filter(|_| is_by_the_hour(unit) == by_the_hour) else {
        return Ok(None);
    };
    let price = words::price_of(price.for_units(1)?, currency);
    let term = match by_the_hour {
        true => String::new(),
        false => format!("-{}", period.name()),
    };
    Ok(Some(format!("{price}/{}{term}", unit.name)))
}

/// Whether a unit is sold by the hour.
fn is_by_the_hour(unit: &CapacityCard) -> bool {
    unit.hour.is_some()
}

/// What has left the page, and when: `PTU left 2026-08-18`.
fn left(card: &Card, as_of: NaiveDate) -> String {
    let mut days: Vec<(NaiveDate, Vec<String>)> = Vec::new();
    for (name, source) in card.left(as_of) {
        let Some(until) = source.left_by(as_of) else {
            continue;
        };
        match days.iter_mut().find(|(day, _)| *day == until) {
            Some((_, names)) => names.push(name),
            None => days.push((until, vec![name])),
        }
    }
    let said = days.into_iter();
    let said = said.map(|(day, names)| format!("{} left {day}", names.join(", ")));
    said.collect::<Vec<String>>().join("; ")
}

/// One row a model; `-` for what is not sold.
pub fn table(report: &ModelsReport) -> Result<Table, QuoteError> {
    // The specifications are those at or below the limit.
    let limited = report.selection.max_price.is_some();
    let with_specs = limited && report.selection.method == Some(Method::Mu);
    let ptu = Column::number("PTU\n10K TPM-h");
    let mut columns = vec![
        Column::text("Model"),
        Column::text("Family").droppable(),
        if with_specs { ptu.droppable() } else { ptu },
        Column::number("MU\nreplica-h"),
        Column::number("Fine-tuned\n1M in"),
        Column::number("Standard\n1M in"),
    ];
    // Few models are sold so: a line below those that are does not push all others apart. Beside the
    // specifications it says least.
    let of_few = |column: Column| match with_specs {
        true => column.droppable(),
        false => column.below(),
    };
    let mut units = report
        .cards
        .iter()
        .filter_map(|card| card.capacity.as_ref());
    let with_units = units.any(|unit| !is_by_the_hour(unit));
    if with_units {
        columns.push(of_few(Column::number("Units")));
    }
    let with_reservation = report.cards.iter().any(|card| card.reservation.is_some());
    if with_reservation {
        columns.push(of_few(Column::number("Reservation\n10K TPM-d")));
    }
    let with_dtu = report.cards.iter().any(|card| !card.dtu.is_empty());
    if with_dtu {
        columns.push(of_few(Column::number("DTU\nmonth")));
    }
    if with_specs {
        columns.push(Column::text("Replicas").below());
    }
    let region = |card: &Card| (card.provider.clone(), card.region.clone());
    let mut others = report.cards.iter().zip(report.cards.iter().skip(1));
    let of_regions =
        others.any(|(one, next)| one.provider == next.provider && region(one) != region(next));
    if of_regions {
        columns.insert(1, Column::text("Region"));
    }
    let as_of = report.catalog.as_of;
    let any_left = report.cards.iter().any(|card| !card.left(as_of).is_empty());
    if any_left {
        columns.push(Column::text("Left the page").below());
    }
    let mut table = Table::new(columns);
    for card in &report.cards {
        let lowest = Lowest::of(card)?;
        let shown = |price: Option<Decimal>| {
            Cell::number(price.map_or("-".to_owned(), |price| {
                words::price_of(price, card.currency)
            }))
        };
        let mut row = vec![
            Cell::code(&card.code),
            Cell::text(&card.family),
            match &card.capacity {
                Some(unit) => {
                    let price = of_unit(unit, card.currency, true)?;
                    Cell::number(price.unwrap_or_else(|| "-".to_owned()))
                }
                None => shown(lowest.ptu),
            },
            shown(lowest.mu),
            shown(lowest.fine_tuned),
            shown(lowest.standard),
        ];
        let if_any = |price: Option<Decimal>| match price {
            Some(_) => shown(price),
            None => Cell::Empty,
        };
        if with_units {
            let unit = card.capacity.as_ref();
            let price = unit.map(|unit| of_unit(unit, card.currency, false));
            let price = price.transpose()?.flatten();
            row.push(price.map_or(Cell::Empty, Cell::number));
        }
        if with_reservation {
            row.push(if_any(lowest.reservation));
        }
        if with_dtu {
            row.push(if_any(lowest.dtu));
        }
        if of_regions {
            row.insert(1, Cell::code(&card.region));
        }
        if with_specs {
            row.push(Cell::text(specs(card)?));
        }
        if any_left {
            row.push(Cell::text(left(card, as_of)));
        }
        table.row(row);
    }
    Ok(table)
}
