//! From the tables of a file to rows of prices: units, dates, modes, tiers and sources are checked.

use std::collections::BTreeMap;

use chrono::{Datelike, NaiveDate};
use toml::Spanned;
use toml::value::Datetime;

use super::error::{CatalogError, Fault};
use super::file::ParsedFile;
use super::model::{ModeTier, MuRow, Offer, PtuRow, PtuSide, TokenRow};
use super::tables::{
    FineTunedTable, HasDates, MuTable, PtuTable, SourceTable, StandardTable, TierTable,
};
use super::text::{Read, printable};
use crate::billing::hours::{Hours, NotADay, are_a_day};
use crate::billing::mode::Mode;
use crate::billing::ptu::Period;
use crate::billing::quote::Source;
use crate::billing::tokens::{KindPrices, Tier};
use crate::billing::unit::{Unit, UnitPrice};

/// A TOML date without a time, from 2000 to 2100.
///
/// # Errors
/// A sentence about what is wrong.
pub fn date(written: &Spanned<Datetime>) -> Result<NaiveDate, String> {
    let value = written.get_ref();
    let (Some(date), None, None) = (value.date, value.time, value.offset) else {
        return Err("a date has no time of day, as in `2026-12-01`".to_owned());
    };
    NaiveDate::from_ymd_opt(date.year.into(), date.month.into(), date.day.into())
        .filter(|date| (2000..=2100).contains(&date.year()))
        .ok_or_else(|| format!("`{date}` is not a date from 2000 to 2100"))
}

/// Checks the rows of one file.
pub struct Checker<'a> {
    /// The file, for line and column.
    pub file: &'a ParsedFile,
    /// The sources that rows can name: the file's own and those known before.
    pub sources: &'a BTreeMap<String, Source>,
    /// Whether a document of the provider says that calls have a maximum input, which a row then has.
    pub has_max_input: bool,
}

impl Checker<'_> {
    /// A PTU row.
    ///
    /// # Errors
    /// [`CatalogError::Invalid`] at what is wrong.
    pub fn ptu(&self, row: &Spanned<PtuTable>) -> Result<PtuRow, CatalogError> {
        let at = row.span().start;
        let table = row.get_ref();
        let input = &table.input;
        let input = self.side(
            input.hour.as_ref(),
            input.day.as_ref(),
            input.month.as_ref(),
        )?;
        let mut output: Vec<(Option<Mode>, PtuSide)> = Vec::new();
        for one in &table.output {
            let mode = one.get_ref().mode.as_ref().map(|mode| mode.0);
            if let Some(mode) = mode
                && mode.for_ptu() != mode
            {
                return Err(self.at(one, format!("provisioned throughput has no mode `{}`: it has `standard` and `code-interpreter`", mode.name())));
            }
            self.new_mode(one, mode, output.iter().map(|(known, _)| *known))?;
            let written = one.get_ref();
            let side = self.side(
                written.hour.as_ref(),
                written.day.as_ref(),
                written.month.as_ref(),
            )?;
            let terms = |side: &PtuSide| Period::ALL.map(|period| side.price(period).is_some());
            if terms(&side) != terms(&input) {
                return Err(self.at(
                    one,
                    "input and output have prices for the same terms, `hour`, `day` and `month`"
                        .to_owned(),
                ));
            }
            output.push((mode, side));
        }
        let wrong = |message: &str| Err(self.file.invalid(at, message.to_owned()));
        if !input.any() {
            return wrong("a price needs `hour`, `day` or `month`");
        }
        if self.has_max_input && table.max_input.is_none() {
            return wrong("missing field `max_input`");
        }
        if output.is_empty() {
            return Err(self.file.invalid(at, "`output` has no price".to_owned()));
        }
        Ok(PtuRow {
            sizing: None,
            max_input: table.max_input.as_ref().map(|max| max.0.0),
            or_max_input: table.or_max_input.as_ref().map(|max| max.0.0),
            not_at_high_speed: table.high_speed == Some(false),
            meters: self.side_meters(at, &table.weights)?,
            offer: Offer::Sides { input, output },
            source: self.seen_source(at, table)?,
        })
    }

    /// The prices of one side.
    fn side(
        &self,
        hour: Option<&Spanned<Read<UnitPrice>>>,
        day: Option<&Spanned<Read<UnitPrice>>>,
        month: Option<&Spanned<Read<UnitPrice>>>,
    ) -> Result<PtuSide, CatalogError> {
        Ok(PtuSide {
            hour: self.price_in(hour, Unit::TpmHour)?,
            day: self.price_in(day, Unit::TpmDay)?,
            month: self.price_in(month, Unit::TpmMonth)?,
            ..PtuSide::default()
        })
    }

    /// A model unit row.
    ///
    /// # Errors
    /// [`CatalogError::Invalid`] at what is wrong.
    pub fn mu(&self, row: &Spanned<MuTable>) -> Result<MuRow, CatalogError> {
        let at = row.span().start;
        let table = row.get_ref();
        let hour = self.price_in(table.hour.as_ref(), Unit::ReplicaHour)?;
        let month = self.price_in(table.month.as_ref(), Unit::ReplicaMonth)?;
        if hour.is_none() && month.is_none() {
            return Err(self
                .file
                .invalid(at, "a price needs `hour` or `month`".to_owned()));
        }
        Ok(MuRow {
            spec: table.spec.0.spec,
            count_given: table.spec.0.count_given,
            pd_separated: table.pd_separated,
            hour,
            month,
            source: self.seen_source(at, table)?,
        })
    }

    /// A row of fine-tuned token prices: of all requests, or in tiers.
    ///
    /// # Errors
    /// [`CatalogError::Invalid`] at what is wrong.
    pub fn fine_tuned(&self, row: &Spanned<FineTunedTable>) -> Result<TokenRow, CatalogError> {
        let at = row.span().start;
        let table = row.get_ref();
        let flat = [&table.input, &table.cached, &table.cached_explicit];
        let flat = flat.iter().any(|price| price.is_some()) || table.cache_write.is_some();
        let tiers = match (&table.input, table.tiers.is_empty()) {
            (Some(input), true) => self.one_tier_a_mode(at, table, input)?,
            (None, false) if !flat && table.output.is_empty() => self.tiers(at, &table.tiers)?,
            _ => {
                let message = "write either `input` and `output`, or `tiers`".to_owned();
                return Err(self.file.invalid(at, message));
            }
        };
        Ok(TokenRow {
            tiers,
            source: self.seen_source(at, table)?,
            cache_source: None,
            limited_offer: None,
            not_in_batches: false,
            batch_unmarked: false,
        })
    }

    /// Prices that do not depend on the size of a request, of each mode.
    fn one_tier_a_mode(
        &self,
        at: usize,
        table: &FineTunedTable,
        input: &Spanned<Read<UnitPrice>>,
    ) -> Result<Vec<ModeTier>, CatalogError> {
        let of_tokens = |price: Option<&_>| self.price_in(price, Unit::Token);
        let prices = KindPrices {
            input: self.price(input, Unit::Token)?,
            cached: of_tokens(table.cached.as_ref())?,
            cache_write: of_tokens(table.cache_write.as_ref())?,
            output: None,
        };
        let cached_explicit = of_tokens(table.cached_explicit.as_ref())?;
        let mut tiers: Vec<ModeTier> = Vec::new();
        for one in &table.output {
            let mode = one.get_ref().mode.as_ref().map(|mode| mode.0);
            self.token_mode(one, mode)?;
            self.new_mode(one, mode, tiers.iter().map(|tier| tier.mode))?;
            tiers.push(ModeTier {
                mode,
                hours: None,
                tier: Tier {
                    up_to: None,
                    or_up_to: None,
                    prices: KindPrices {
                        output: Some(self.price(&one.get_ref().price, Unit::Token)?),
                        ..prices
                    },
                    cached_explicit,
                    implicit_unknown: false,
                },
            });
        }
        if tiers.is_empty() {
            return Err(self.file.invalid(at, "`output` has no price".to_owned()));
        }
        Ok(tiers)
    }

    /// A row of standard token prices.
    ///
    /// # Errors
    /// [`CatalogError::Invalid`] at what is wrong.
    pub fn standard(&self, row: &Spanned<StandardTable>) -> Result<TokenRow, CatalogError> {
        let at = row.span().start;
        let table = row.get_ref();
        let mut tiers = self.tiers(at, &table.tiers)?;
        for one in &mut tiers {
            one.tier.implicit_unknown = table.implicit_cache_unknown;
        }
        let of_cache = table.cache_source.as_ref();
        let of_cache = of_cache.map(|key| self.source(at, Some(key), None));
        Ok(TokenRow {
            tiers,
            source: self.seen_source(at, table)?,
            cache_source: of_cache.transpose()?,
            limited_offer: table.limited_offer.as_ref().map(|share| share.0),
            not_in_batches: table.batch == Some(false),
            batch_unmarked: table.batch_unmarked,
        })
    }

    fn tiers(
        &self,
        at: usize,
        tables: &[Spanned<TierTable>],
    ) -> Result<Vec<ModeTier>, CatalogError> {
        let mut tiers: Vec<ModeTier> = Vec::new();
        for one in tables {
            tiers.push(self.tier(one, &tiers)?);
        }
        if tiers.is_empty() {
            return Err(self.file.invalid(at, "`tiers` has no price".to_owned()));
        }
        self.whole_days(tables, &tiers)?;
        Ok(tiers)
    }

    /// Whether the hours of the tiers of each mode are a day.
    fn whole_days(
        &self,
        written: &[Spanned<TierTable>],
        tiers: &[ModeTier],
    ) -> Result<(), CatalogError> {
        let all = || written.iter().zip(tiers);
        for (place, first) in all() {
            let of_mode = || all().filter(|(_, tier)| tier.mode == first.mode);
            let mut hours: Vec<Hours> = Vec::new();
            for (_, tier) in of_mode() {
                hours.extend(tier.hours.filter(|new| !hours.contains(new)));
            }
            let without = of_mode().find(|(_, tier)| tier.hours.is_none());
            match (hours.is_empty(), without) {
                (true, _) => continue,
                (false, Some((place, _))) => {
                    let message = "either every tier of a mode has `hours` or none has";
                    return Err(self.at(place, message.to_owned()));
                }
                (false, None) => {}
            }
            let wrong = match are_a_day(&hours) {
                Ok(()) => continue,
                Err(NotADay::Gap(at)) => format!("none has {at}"),
                Err(NotADay::Twice(at)) => format!("several have {at}"),
            };
            return Err(self.at(
                place,
                format!("the `hours` of a mode's tiers are a day, each minute once: {wrong}"),
            ));
        }
        Ok(())
    }

    fn tier(&self, one: &Spanned<TierTable>, known: &[ModeTier]) -> Result<ModeTier, CatalogError> {
        let table = one.get_ref();
        let mode = table.mode.as_ref().map(|mode| mode.0);
        self.token_mode(one, mode)?;
        if known
            .iter()
            .any(|tier| tier.mode.is_some() != mode.is_some())
        {
            return Err(self.at(one, "either every tier has a `mode` or none has".to_owned()));
        }
        let up_to = table.up_to.as_ref().map(|end| end.0.0);
        let hours = table.hours.as_ref().map(|hours| hours.get_ref().0);
        let same = |tier: &&ModeTier| tier.mode == mode && tier.hours == hours;
        let before = known.iter().rfind(same);
        let grows = before.is_none_or(|before| match (before.tier.up_to, up_to) {
            (None, _) => false,
            (Some(_), None) => true,
            (Some(before), Some(end)) => before < end,
        });
        if !grows {
            return Err(self.at(one, "the tiers of a mode grow: `up_to` is above that of the tier before, and only the last has none".to_owned()));
        }
        let or_up_to = table.or_up_to.as_ref().map(|end| end.get_ref().0.0);
        let between = |end: u64| {
            let from = before.and_then(|before| before.tier.up_to).unwrap_or(0);
            up_to.is_some_and(|up_to| end != up_to && end > from)
        };
        if let Some(written) = &table.or_up_to
            && !or_up_to.is_some_and(between)
        {
            let message = "`or_up_to` is another end than `up_to`, above that of the tier before";
            return Err(self.at(written, message.to_owned()));
        }
        Ok(ModeTier {
            mode,
            hours,
            tier: Tier {
                up_to,
                or_up_to,
                prices: KindPrices {
                    input: self.price(&table.input, Unit::Token)?,
                    cached: self.price_in(table.cached.as_ref(), Unit::Token)?,
                    cache_write: self.price_in(table.cache_write.as_ref(), Unit::Token)?,
                    output: self.price_in(table.output.as_ref(), Unit::Token)?,
                },
                cached_explicit: self.price_in(table.cached_explicit.as_ref(), Unit::Token)?,
                implicit_unknown: false,
            },
        })
    }

    pub(super) fn price(
        &self,
        price: &Spanned<Read<UnitPrice>>,
        unit: Unit,
    ) -> Result<UnitPrice, CatalogError> {
        let found = price.get_ref().0;
        if found.unit == unit {
            Ok(found)
        } else {
            Err(self.at(
                price,
                format!(
                    "a price here is per `{}`, not per `{}`",
                    unit.name(),
                    found.unit.name()
                ),
            ))
        }
    }

    pub(super) fn price_in(
        &self,
        price: Option<&Spanned<Read<UnitPrice>>>,
        unit: Unit,
    ) -> Result<Option<UnitPrice>, CatalogError> {
        price.map(|price| self.price(price, unit)).transpose()
    }

    /// Refuses a mode that came before, and a price without a mode beside others.
    fn new_mode<T>(
        &self,
        at: &Spanned<T>,
        mode: Option<Mode>,
        mut known: impl Iterator<Item = Option<Mode>>,
    ) -> Result<(), CatalogError> {
        if known.any(|known| known == mode || known.is_none() || mode.is_none()) {
            return Err(self.at(at, "several prices have a different `mode` each".to_owned()));
        }
        Ok(())
    }

    fn token_mode<T>(&self, at: &Spanned<T>, mode: Option<Mode>) -> Result<(), CatalogError> {
        match mode {
            Some(Mode::Standard | Mode::CodeInterpreter) => Err(self.at(
                at,
                "tokens have the modes `non-thinking` and `thinking`".to_owned(),
            )),
            _ => Ok(()),
        }
    }

    /// The source of a row. A user's row without one comes from its file and line.
    pub(super) fn source(
        &self,
        at: usize,
        key: Option<&Spanned<String>>,
        from: Option<&Spanned<Datetime>>,
    ) -> Result<Source, CatalogError> {
        let from = day_or_none(self.file, from)?;
        let known = match key {
            None => {
                let line = self.file.line(at);
                Source {
                    document: self.file.name.clone(),
                    section: format!("line {line}"),
                    first_seen: None,
                    seen: None,
                    transcribed: None,
                    from: None,
                    after: None,
                    until: None,
                    next: None,
                }
            }
            Some(key) => self.sources.get(key.get_ref()).cloned().ok_or_else(|| {
                let name = printable(key.get_ref());
                self.at(
                    key,
                    format!("no source `{name}`: define it as `[source.{name}]`"),
                )
                .because(Fault::Source)
            })?,
        };
        Ok(Source { from, ..known })
    }

    /// The source of a row that may say itself in which editions it was seen.
    pub(super) fn seen_source(
        &self,
        at: usize,
        row: &impl HasDates,
    ) -> Result<Source, CatalogError> {
        let dates = row.dates();
        let day = |written| day_or_none(self.file, written);
        let source = self.source(at, dates.source, dates.from)?;
        let source = Source {
            first_seen: day(dates.first_seen)?.or(source.first_seen),
            seen: day(dates.seen)?.or(source.seen),
            after: day(dates.after)?,
            until: day(dates.until)?,
            ..source
        };
        let wrong = |place: Option<&Spanned<Datetime>>, message: &str| {
            let place = place.map_or(at, |written| written.span().start);
            let error = self.file.invalid(place, message.to_owned());
            Err(error.because(Fault::Date))
        };
        if source.after.is_some() && source.after >= source.from {
            return wrong(
                dates.after,
                "`after` is the last edition without the price, so it is before `from`",
            );
        }
        if source.until.is_some() && source.until <= source.seen.max(source.from) {
            return wrong(
                dates.until,
                "`until` is the first edition without the price, so it is after `from` and `seen`",
            );
        }
        Ok(source)
    }

    pub(super) fn at<T>(&self, place: &Spanned<T>, message: String) -> CatalogError {
        self.file.invalid(place.span().start, message)
    }
}

/// A source as a file defines it.
///
/// # Errors
/// [`CatalogError::Invalid`] for a date that is none.
pub fn source(file: &ParsedFile, table: &SourceTable) -> Result<Source, CatalogError> {
    Ok(Source {
        document: table.document.get_ref().0.0.clone(),
        section: table.section.0.0.clone(),
        first_seen: day_or_none(file, table.first_seen.as_ref())?,
        seen: day_or_none(file, table.seen.as_ref())?,
        transcribed: day_or_none(file, table.transcribed.as_ref())?,
        from: None,
        after: None,
        until: None,
        next: None,
    })
}

/// A day as a file writes it, where it does.
fn day_or_none(
    file: &ParsedFile,
    written: Option<&Spanned<Datetime>>,
) -> Result<Option<NaiveDate>, CatalogError> {
    written.map(|written| day(file, written)).transpose()
}

/// A day as the file has it.
///
/// # Errors
/// [`CatalogError::Invalid`] where it is none.
pub fn day(file: &ParsedFile, written: &Spanned<Datetime>) -> Result<NaiveDate, CatalogError> {
    date(written).map_err(|message| {
        file.invalid(written.span().start, message)
            .because(Fault::Date)
    })
}
