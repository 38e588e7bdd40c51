//! What a reservation weighs, and the units in which it is bought, from tables to rows.

use rust_decimal::Decimal;
use toml::Spanned;

use super::check::Checker;
use super::error::CatalogError;
use super::model::{DtuRow, Offer, PtuRow, PtuSide, UnitOffer};
use super::tables::{CapacityTable, DtuTable, MeterTable, UnitTable, WeightTable};
use super::text::{Read, Weight};
use crate::billing::exact;
use crate::billing::meter::{Bracket, Meter, Meters, PerMeter, Weights};
use crate::billing::term::Increment;
use crate::billing::unit::{Unit, UnitPrice};

impl Checker<'_> {
    /// A row of units that add capacity.
    ///
    /// # Errors
    /// [`CatalogError::Invalid`] at what is wrong.
    pub fn capacity(&self, row: &Spanned<CapacityTable>) -> Result<PtuRow, CatalogError> {
        let at = row.span().start;
        let table = row.get_ref();
        let meters = table.meters.iter().map(|meter| self.meter(meter));
        let meters: Vec<Meter> = meters.collect::<Result<_, _>>()?;
        if let [one, other] = meters.as_slice()
            && one.name() == other.name()
        {
            let message = format!("the meter `{}` is there twice", one.name());
            return Err(self.file.invalid(at, message));
        }
        let meters = Meters::new(meters);
        let meters = meters.map_err(|why| self.file.invalid(at, why.to_owned()))?;
        Ok(PtuRow {
            max_input: table.max_input.as_ref().map(|max| max.0.0),
            or_max_input: None,
            not_at_high_speed: false,
            offer: Offer::Unit(self.unit(&table.unit, &meters)?),
            sizing: table
                .sizing_source
                .as_ref()
                .map(|key| self.source(at, Some(key), None))
                .transpose()?,
            meters,
            source: self.seen_source(at, table)?,
        })
    }

    /// A row of dedicated throughput units. One adds to both sides; tokens of every kind count once.
    ///
    /// # Errors
    /// [`CatalogError::Invalid`] at what is wrong.
    pub fn dtu(&self, row: &Spanned<DtuTable>) -> Result<DtuRow, CatalogError> {
        let table = row.get_ref();
        let month = self.price_in(Some(&table.month), Unit::CapacityMonth)?;
        let (input, output) = (table.input.get_ref().0.0, table.output.get_ref().0.0);
        Ok(DtuRow {
            spec: table.spec.0.0.clone(),
            row: PtuRow {
                max_input: None,
                or_max_input: None,
                not_at_high_speed: false,
                meters: Meters::of_sides(),
                sizing: None,
                offer: Offer::Unit(UnitOffer {
                    name: "DTU".to_owned(),
                    adds: [input, output],
                    smallest: 1,
                    step: 1,
                    steps_unknown: false,
                    prices: PtuSide {
                        month,
                        ..PtuSide::default()
                    },
                }),
                source: self.seen_source(row.span().start, table)?,
            },
        })
    }

    fn meter(&self, written: &Spanned<MeterTable>) -> Result<Meter, CatalogError> {
        let table = written.get_ref();
        if table.weights.is_empty() {
            return Err(self.at(written, "`weights` has no bracket".to_owned()));
        }
        let mut brackets = Vec::new();
        for one in &table.weights {
            let weights = one.get_ref();
            let missing = |field: &str| self.at(one, format!("missing field `{field}`"));
            let given = |weight: &Option<Read<Weight>>| weight.as_ref().map(|weight| weight.0.0);
            let input = given(&weights.input).ok_or_else(|| missing("input"))?;
            let output = given(&weights.output).ok_or_else(|| missing("output"))?;
            brackets.push(bracket(weights, input, output));
        }
        let meter = Meter::new(&table.name.0.0, brackets);
        let meter = meter.map(|meter| match table.whole_calls {
            true => meter.of_whole_calls(),
            false => meter,
        });
        meter.map_err(|why| self.at(written, why.to_owned()))
    }

    fn unit(
        &self,
        written: &Spanned<UnitTable>,
        meters: &Meters,
    ) -> Result<UnitOffer, CatalogError> {
        let table = written.get_ref();
        if table.adds.is_empty() {
            return Err(self.at(written, "`adds` names no meter".to_owned()));
        }
        let mut adds = PerMeter::<u64>::default();
        for (name, tpm) in &table.adds {
            let slot = meters.place(name).and_then(|place| adds.get_mut(place));
            let slot = slot.ok_or_else(|| {
                let names: Vec<String> = meters
                    .iter()
                    .map(|one| format!("`{}`", one.name()))
                    .collect();
                let message = format!(
                    "`adds` names a meter that is not there: there is {}",
                    names.join(" and ")
                );
                self.at(written, message)
            })?;
            *slot = tpm.0.0;
        }
        let is_left = meters.iter().zip(adds).any(|(_, tpm)| tpm == 0);
        if is_left {
            return Err(self.at(written, "a unit adds to every meter".to_owned()));
        }
        let is_said = table.smallest.is_some() || table.step != 1;
        if table.steps_unknown && is_said {
            let message = "`smallest` and `step` stand where they are known: leave out `steps_unknown` or these";
            return Err(self.at(written, message.to_owned()));
        }
        let smallest = table.smallest.unwrap_or(table.step);
        if table.step == 0 || smallest == 0 {
            return Err(self.at(written, "`smallest` and `step` are at least 1".to_owned()));
        }
        if !smallest.is_multiple_of(table.step) {
            let message = "`smallest` is a multiple of `step`, as all that is sold is";
            return Err(self.at(written, message.to_owned()));
        }
        let prices = self.terms(written)?;
        if !prices.any() {
            let message = "a price needs `minute`, `hour`, `block`, `day`, `week`, `month`, `quarter` or `year`";
            return Err(self.at(written, message.to_owned()));
        }
        Ok(UnitOffer {
            name: table.name.0.0.clone(),
            adds,
            smallest,
            step: table.step,
            steps_unknown: table.steps_unknown,
            prices,
        })
    }

    /// The prices of a unit. One by the minute is that of 60 minutes, of which each that is started is billed.
    fn terms(&self, written: &Spanned<UnitTable>) -> Result<PtuSide, CatalogError> {
        let table = written.get_ref();
        let minute = self.price_in(table.minute.as_ref(), Unit::CapacityMinute)?;
        let hour = self.price_in(table.hour.as_ref(), Unit::CapacityHour)?;
        if hour.is_some() && minute.is_some() {
            let message = "a unit is billed by the `minute` or by the `hour`";
            return Err(self.at(written, message.to_owned()));
        }
        let of_60 = minute.map(|price| {
            let amount = exact::mul(price.amount, 60.into());
            let amount =
                amount.map_err(|_| self.at(written, "the price has too many digits".to_owned()))?;
            Ok(UnitPrice {
                amount,
                unit: Unit::CapacityHour,
                ..price
            })
        });
        Ok(PtuSide {
            increment: minute.map(|_| Increment::Minute),
            hour: of_60.transpose()?.or(hour),
            day: self.price_in(table.day.as_ref(), Unit::CapacityDay)?,
            month: self.price_in(table.month.as_ref(), Unit::CapacityMonth)?,
            block: self.price_in(table.block.as_ref(), Unit::CapacityBlock)?,
            week: self.price_in(table.week.as_ref(), Unit::CapacityWeek)?,
            quarter: self.of_hours(table.quarter.as_ref(), Unit::CapacityQuarter, 3 * 730)?,
            year: self.of_hours(table.year.as_ref(), Unit::CapacityYear, 12 * 730)?,
        })
    }

    /// The price of a term, which may be given by the hour: a month has 730 of them.
    fn of_hours(
        &self,
        price: Option<&Spanned<Read<UnitPrice>>>,
        unit: Unit,
        hours: u64,
    ) -> Result<Option<UnitPrice>, CatalogError> {
        let Some(written) = price.filter(|one| one.get_ref().0.unit == Unit::CapacityHour) else {
            return self.price_in(price, unit);
        };
        let hour = self.price(written, Unit::CapacityHour)?;
        let amount = exact::mul(hour.amount, hours.into());
        let amount =
            amount.map_err(|_| self.at(written, "the price has too many digits".to_owned()))?;
        Ok(Some(UnitPrice {
            amount,
            unit,
            ..hour
        }))
    }

    /// The meters of both sides with the weights of a row; each token counts for one where it has none.
    ///
    /// # Errors
    /// [`CatalogError::Invalid`] at what is wrong.
    pub fn side_meters(
        &self,
        at: usize,
        rows: &[Spanned<WeightTable>],
    ) -> Result<Meters, CatalogError> {
        if rows.is_empty() {
            return Ok(Meters::of_sides());
        }
        let whole = |row: &Spanned<WeightTable>| bracket(row.get_ref(), Decimal::ONE, Decimal::ONE);
        let nothing = Decimal::ZERO;
        let side = |name: &str, is_input: bool| {
            let brackets = rows.iter().map(whole).map(|row| Bracket {
                weights: match is_input {
                    true => Weights {
                        output: nothing,
                        ..row.weights
                    },
                    false => Weights {
                        input: nothing,
                        cached: nothing,
                        cache_write: nothing,
                        ..row.weights
                    },
                },
                ..row
            });
            Meter::new(name, brackets.collect())
        };
        let meters = side("input", true).and_then(|input| {
            let output = side("output", false)?;
            Meters::new(vec![input, output])
        });
        meters.map_err(|why| self.file.invalid(at, why.to_owned()))
    }
}

/// What a row weighs, with these weights of input and of output where it has none. Input of a cache weighs what
/// other input does, where the row does not say.
fn bracket(table: &WeightTable, input: Decimal, output: Decimal) -> Bracket {
    let weight =
        |given: &Option<Read<Weight>>, other| given.as_ref().map_or(other, |weight| weight.0.0);
    let input = weight(&table.input, input);
    Bracket {
        up_to: table.up_to.as_ref().map(|end| end.0.0),
        weights: Weights {
            input,
            cached: weight(&table.cached, input),
            cache_write: weight(&table.cache_write, input),
            output: weight(&table.output, output),
        },
    }
}
