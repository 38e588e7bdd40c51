//! The rows of a model as what they say, of all dates.

use super::model::{DtuRow, Model, MuRow, Offer, PtuRow, PtuSide, TokenRow};
use crate::billing::exact::plain;
use crate::billing::mode::Mode;
use crate::billing::note::UnitsNote;
use crate::billing::number::spoken;
use crate::billing::price_row::{Fact, PriceRow, Value, Way};
use crate::billing::ptu::{Fixed, Period};
use crate::billing::unit::UnitPrice;

impl Model {
    /// Its rows in the order of a price card; those of one offer as the catalog has them.
    #[must_use]
    pub fn price_rows(&self) -> Vec<PriceRow> {
        let ptu = self.ptu.iter().map(|row| throughput(Way::Ptu, row));
        let reservation = self.reservation.iter();
        let reservation = reservation.map(|row| throughput(Way::Reservation, row));
        let fine_tuned = self.fine_tuned.iter();
        let fine_tuned = fine_tuned.map(|row| tokens(Way::FineTuned, row));
        let standard = self.standard.iter();
        let standard = standard.map(|row| tokens(Way::Standard, row));
        ptu.chain(reservation)
            .chain(self.dtu.iter().map(dtu))
            .chain(self.mu.iter().map(mu))
            .chain(fine_tuned)
            .chain(standard)
            .collect()
    }
}

fn throughput(way: Way, row: &PtuRow) -> PriceRow {
    let mut facts = Vec::new();
    match &row.offer {
        Offer::Sides { input, output } => {
            add_periods(&mut facts, "input", input);
            for (mode, side) in output {
                add_periods(&mut facts, &with_mode("output", *mode), side);
            }
        }
        Offer::Unit(unit) => {
            add_periods(&mut facts, &unit.name, &unit.prices);
            let meters = row.meters.iter().zip(unit.adds);
            for (meter, adds) in meters {
                let name = format!("{} of a {}", meter.name(), unit.name);
                facts.push(text(&name, format!("{} TPM", spoken(adds))));
            }
            if unit.steps_unknown {
                facts.push(text(
                    "sold",
                    "smallest number and steps not documented".to_owned(),
                ));
            } else if unit.smallest > 1 || unit.step > 1 {
                let sold = format!("from {} on in steps of {}", unit.smallest, unit.step);
                facts.push(text("sold", sold));
            }
        }
    }
    let max = row.max_input.map(|max| format!("{} tokens", spoken(max)));
    facts.extend(max.map(|max| text("maximum input", max)));
    if !row.meters.are_sides() {
        facts.push(text("what a token counts", UnitsNote::weights(&row.meters)));
    }
    PriceRow {
        way,
        variant: String::new(),
        facts,
        source: row.source.clone(),
    }
}

fn dtu(row: &DtuRow) -> PriceRow {
    PriceRow {
        variant: row.spec.clone(),
        ..throughput(Way::Dtu, &row.row)
    }
}

fn mu(row: &MuRow) -> PriceRow {
    let suffix = if row.pd_separated {
        " PD-separated"
    } else {
        ""
    };
    let hour = row.hour.map(|hour| price("replica by the hour", hour));
    let month = row.month.map(|month| price("replica by the month", month));
    PriceRow {
        way: Way::Mu,
        variant: format!("{}{suffix}", row.spec),
        facts: hour.into_iter().chain(month).collect(),
        source: row.source.clone(),
    }
}

fn tokens(way: Way, row: &TokenRow) -> PriceRow {
    let mut facts = Vec::new();
    let several = row.tiers.iter().any(|one| one.tier.up_to.is_some());
    for one in &row.tiers {
        let size = match one.tier.up_to {
            Some(end) => format!(", up to {} input", spoken(end)),
            None if several => ", beyond".to_owned(),
            None => String::new(),
        };
        let hours = one
            .hours
            .map_or(String::new(), |hours| format!(", {hours}"));
        for (side, of_side) in one.tier.all() {
            let side = with_mode(&side.replace('-', " "), one.mode);
            let of_cache = side.starts_with("cache");
            let name = format!("{side}{size}{hours}");
            facts.extend(of_side.map(|of_side| Fact {
                source: row.cache_source.clone().filter(|_| of_cache),
                ..price(&name, of_side)
            }));
        }
    }
    let offer = row.limited_offer;
    facts.extend(offer.map(|share| text("limited offer", format!("{}%", plain(share.value())))));
    PriceRow {
        way,
        variant: String::new(),
        facts,
        source: row.source.clone(),
    }
}

fn add_periods(facts: &mut Vec<Fact>, name: &str, side: &PtuSide) {
    for period in Period::ALL {
        if let Some(found) = side.price(period) {
            facts.push(price(&format!("{name} by the {}", noun(period)), found));
        }
    }
}

fn noun(period: Period) -> &'static str {
    match period {
        Period::Hour => "hour",
        Period::Day => "day",
        Period::Month => "month",
        Period::Fixed(Fixed::Block) => "block of 8 hours",
        Period::Fixed(Fixed::Week) => "week",
        Period::Fixed(Fixed::Quarter) => "three months",
        Period::Fixed(Fixed::Year) => "year",
    }
}

fn with_mode(name: &str, mode: Option<Mode>) -> String {
    match mode {
        Some(mode) => format!("{name}, {}", mode.name()),
        None => name.to_owned(),
    }
}

fn price(name: &str, price: UnitPrice) -> Fact {
    Fact {
        name: name.to_owned(),
        value: Value::Price(price),
        source: None,
    }
}

fn text(name: &str, text: String) -> Fact {
    Fact {
        name: name.to_owned(),
        value: Value::Text(text),
        source: None,
    }
}
