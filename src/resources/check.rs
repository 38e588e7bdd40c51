//! From the tables of a file to resources: every number and date is held against the others.

use std::collections::HashMap;

use chrono::NaiveDate;
use rust_decimal::Decimal;
use toml::Spanned;

use super::amount::{Amount, Part, PerDay, Used};
use super::file::{FileTable, ResourceTable};
use super::rate::{Rate, Split};
use super::{Kind, Reading, Resource};
use crate::billing::exact::{self, TooLarge};
use crate::billing::number::{MAX_COUNT, grouped};
use crate::catalog::{CatalogError, Name, date};

/// Checks one file.
pub struct Checker<'a> {
    /// As it is shown.
    pub name: &'a str,
    /// Its whole text, for line and column.
    pub text: &'a str,
    /// The day as of which it is read.
    pub today: NaiveDate,
}

impl Checker<'_> {
    /// Every resource of the file.
    ///
    /// # Errors
    /// [`CatalogError::Invalid`] at the first thing that is wrong.
    pub fn resources(&self, table: &FileTable) -> Result<Vec<Resource>, CatalogError> {
        if let Some(version) = table.version.as_ref().filter(|one| *one.get_ref() != 1) {
            let message = format!("version {} is not known: it is 1", version.get_ref());
            return Err(self.at(version, message));
        }
        if table.resource.is_empty() {
            let message = "the file has no `[[resource]]`".to_owned();
            return Err(CatalogError::invalid(self.name, self.text, 0, message));
        }
        let mut resources: Vec<Resource> = Vec::new();
        let mut names: HashMap<String, String> = HashMap::new();
        for one in &table.resource {
            let resource = self.resource(one)?;
            let name = &resource.name;
            if let Some(other) = names.insert(Name::read(name), name.clone()) {
                let message = match other == *name {
                    true => format!("the resource `{name}` is listed twice"),
                    false => format!("the name of another resource reads like `{name}`"),
                };
                return Err(self.at(&one.name, message));
            }
            resources.push(resource);
        }
        Ok(resources)
    }

    fn resource(&self, table: &ResourceTable) -> Result<Resource, CatalogError> {
        let kind = table.kind.0;
        let total = self.amount(&table.total, kind)?;
        if total.is_zero() {
            return Err(self.at(&table.total, "a resource has a `total` above 0".to_owned()));
        }
        let mut readings = self.used(table)?;
        let Some(used) = readings.pop() else {
            let message = "`used` is empty: write 0 where nothing is used".to_owned();
            return Err(self.at(&table.used, message));
        };
        if used.value > total && table.reason.is_none() {
            let message = format!(
                "{} used is above the total of {}: say why as `reason = \"…\"`",
                shown(used.value),
                shown(total)
            );
            return Err(self.at(&table.used, message));
        }
        Ok(Resource {
            name: table.name.get_ref().0.0.clone(),
            kind,
            origin: table.source.0,
            total,
            rate: self.rate(table, readings.first(), &used)?,
            used,
            earlier: readings,
            expires: date(&table.expires).map_err(|message| self.at(&table.expires, message))?,
            reason: table
                .reason
                .as_ref()
                .map(|reason| reason.get_ref().0.0.clone()),
        })
    }

    /// Readings, the first one first; numbers without a day make one of today.
    fn used(&self, table: &ResourceTable) -> Result<Vec<Reading>, CatalogError> {
        let kind = table.kind.0;
        let at = &table.used;
        let on = self.today;
        let parts = match at.get_ref() {
            Used::One(amount) => {
                let value = self.checked(*amount, at, kind)?;
                return Ok(vec![Reading { on, value }]);
            }
            Used::Several(parts) => parts,
        };
        let mut readings: Vec<Reading> = Vec::new();
        let mut sum: Option<Decimal> = None;
        for part in parts {
            match part.get_ref() {
                Part::Amount(amount) => {
                    let value = self.checked(*amount, part, kind)?;
                    let added = exact::add(sum.unwrap_or_default(), value);
                    let fits = added.ok().filter(|sum| *sum <= Decimal::from(MAX_COUNT));
                    sum = Some(fits.ok_or_else(|| self.at(part, "too much in all".to_owned()))?);
                }
                Part::Reading(table) => {
                    let on = date(&table.on).map_err(|message| self.at(&table.on, message))?;
                    let value = self.amount(&table.value, kind)?;
                    let reading = Reading { on, value };
                    self.follows(readings.last(), &reading, kind)
                        .map_err(|message| self.at(part, message))?;
                    readings.push(reading);
                }
            }
        }
        match sum {
            Some(_) if !readings.is_empty() => Err(self.at(
                at,
                "`used` has either numbers, one a user, or readings, each with its day".to_owned(),
            )),
            Some(value) => Ok(vec![Reading { on, value }]),
            None => Ok(readings),
        }
    }

    /// A reading comes after the one before, not after today, and packages are only used up.
    fn follows(
        &self,
        before: Option<&Reading>,
        reading: &Reading,
        kind: Kind,
    ) -> Result<(), String> {
        let Reading { on, value } = reading;
        if *on > self.today {
            return Err(format!(
                "the reading of {on} is after today, {}",
                self.today
            ));
        }
        match before {
            Some(before) if before.on >= *on => Err(format!(
                "readings are in the order of their days, and {on} is not after {}",
                before.on
            )),
            Some(before) if kind.is_package() && before.value > *value => Err(format!(
                "a reading is all that had been used by its day, and {} is below the {} before",
                shown(*value),
                shown(before.value)
            )),
            _ => Ok(()),
        }
    }

    fn rate(
        &self,
        table: &ResourceTable,
        first: Option<&Reading>,
        last: &Reading,
    ) -> Result<Option<Rate>, CatalogError> {
        let kind = table.kind.0;
        let Some(per_day) = &table.usage_per_day else {
            let first = first.filter(|_| kind != Kind::Concurrency);
            let rate = first.map(|first| Rate::of_readings(first, last));
            let rate = rate.transpose().map(Option::flatten);
            return rate.map_err(|error| self.too_large(&table.used, error));
        };
        if kind == Kind::Concurrency {
            let message = "concurrency is not used up: it has no `usage_per_day`".to_owned();
            return Err(self.at(per_day, message));
        }
        if first.is_some() {
            let message =
                "several readings give a rate, and so does `usage_per_day`: leave one out";
            return Err(self.at(per_day, message.to_owned()));
        }
        let (amount, split) = match per_day.get_ref() {
            PerDay::One(amount) => (self.checked(*amount, per_day, kind)?, None),
            PerDay::Split(_) if kind != Kind::Tokens => {
                let message = "only tokens have `input` and `output`".to_owned();
                return Err(self.at(per_day, message));
            }
            PerDay::Split(table) => {
                let input = self.amount(&table.input, kind)?;
                let output = self.amount(&table.output, kind)?;
                let sum = exact::add(input, output);
                let sum = sum.map_err(|error| self.too_large(per_day, error))?;
                (sum, Some(Split { input, output }))
            }
        };
        Ok(Some(Rate {
            amount,
            days: 1,
            split,
            from_readings: false,
        }))
    }

    fn amount(&self, amount: &Spanned<Amount>, kind: Kind) -> Result<Decimal, CatalogError> {
        self.checked(*amount.get_ref(), amount, kind)
    }

    /// Only knowledge base capacity has fractions.
    fn checked<T>(
        &self,
        amount: Amount,
        at: &Spanned<T>,
        kind: Kind,
    ) -> Result<Decimal, CatalogError> {
        if kind != Kind::KnowledgeBase && !amount.0.fract().is_zero() {
            let message = format!("{} is not a whole number", shown(amount.0));
            return Err(self.at(at, message));
        }
        Ok(amount.0)
    }

    fn too_large<T>(&self, place: &Spanned<T>, _: TooLarge) -> CatalogError {
        self.at(place, "the numbers are too long to be exact".to_owned())
    }

    fn at<T>(&self, place: &Spanned<T>, message: String) -> CatalogError {
        CatalogError::invalid(self.name, self.text, place.span().start, message)
    }
}

fn shown(amount: Decimal) -> String {
    let normal = amount.normalize();
    grouped(normal, normal.scale())
}
