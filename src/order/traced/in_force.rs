//! Which prices are in force when: a recorded call is priced by those of its own day, and of its own hours where
//! prices depend on them.
//!
//! A price changes at midnight in China Standard Time, which is a whole minute. Times that are counted
//! from a start of their own lie before every date, and have the prices of today.

use chrono::NaiveDate;

use super::when::{day_of, days_of, first_call, midnight, open};
use crate::billing::days::{Days, Piece};
use crate::billing::hours::Hours;
use crate::billing::note::Note;
use crate::catalog::{LookupError, Model, OfTrace};
use crate::replay::stretches::Span;
use crate::replay::{FIRST_DATE, Minute, Profile, Replayed, Stretches};

/// The day whose prices are used, and whether the user gave it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct AsOf {
    /// The day.
    pub date: NaiveDate,
    /// Whether the user gave the day. Then every call has the prices of that day; else it is today,
    /// whose prices are used for what has no day of its own.
    pub given: bool,
}

/// Prices over time, or why there are none.
pub(super) type When<P> = Stretches<Result<P, LookupError>>;

/// Prices over the time of a trace.
#[derive(Debug, Clone)]
pub(super) struct InForce<P> {
    prices: When<P>,
    /// The same by the hour of the day, each with the prices of its own hours, where prices depend on it.
    /// Times that are counted from a start of their own have no hour: all of their prices stay together.
    by_hour: Option<When<P>>,
    /// What would be in force from which minute on without the day that was given, where that is
    /// something else.
    others: Vec<(Minute, Result<P, LookupError>)>,
    as_of: NaiveDate,
    same: fn(&P, &P) -> bool,
}

/// What became of the calls of a trace that have the same prices.
pub(super) struct InPlay<'a, P> {
    /// The days of the calls, if prices change within the trace.
    pub days: Days,
    /// Their prices.
    pub prices: &'a P,
    /// What became of the calls.
    pub replayed: &'a Replayed,
}

/// Prices that may depend on the hour of the day.
pub(super) trait ByHour: Clone {
    /// Those of some hours each, where they do.
    fn by_hour(&self) -> Vec<(Hours, Self)>;
}

impl<P: ByHour> InForce<P> {
    /// The prices of a model over time. `price` gives those of a day, with those before it where there
    /// are some; `same` is whether nothing costs more or less.
    ///
    /// # Errors
    /// [`LookupError`] when there are none on any day.
    pub fn of(
        model: &Model,
        as_of: AsOf,
        price: impl Fn(NaiveDate, Option<&P>) -> Result<P, LookupError>,
        same: fn(&P, &P) -> bool,
    ) -> Result<Self, LookupError> {
        let now = price(as_of.date, None);
        let days = model.price_days();
        let before = days.first().and_then(NaiveDate::pred_opt);
        let before = before.map(|day| (FIRST_DATE, day));
        let starts = days.iter().map(|day| (midnight(*day), *day));
        let mut dated: Vec<(Minute, Result<P, LookupError>)> = Vec::new();
        for (start, day) in before.into_iter().chain(starts) {
            let known = dated.last().map(|(_, known)| known);
            let prices = price(day, known.and_then(|known| known.as_ref().ok()));
            if known.is_none_or(|known| !is_same(known, &prices, same)) {
                dated.push((start, prices));
            }
        }
        let changes = dated.iter().any(|(_, then)| !is_same(then, &now, same));
        if !changes || as_of.given {
            let now = now?;
            let prices = Ok(now).into();
            return Ok(Self {
                by_hour: by_hour(&prices),
                prices,
                others: if changes { dated } else { Vec::new() },
                as_of: as_of.date,
                same,
            });
        }
        match now {
            Err(error) if dated.iter().all(|(_, then)| then.is_err()) => Err(error),
            now => {
                let prices = Stretches::from(now).then(dated);
                Ok(Self {
                    by_hour: by_hour(&prices),
                    prices,
                    others: Vec::new(),
                    as_of: as_of.date,
                    same,
                })
            }
        }
    }

    /// What is in force when.
    pub fn prices(&self) -> &When<P> {
        &self.prices
    }

    /// What is in force when for a call: where prices depend on the hour of the day, those of its hours alone.
    pub fn of_hours(&self) -> &When<P> {
        self.by_hour.as_ref().unwrap_or(&self.prices)
    }

    /// Whether prices depend on the hour of the day.
    pub fn is_by_hour(&self) -> bool {
        self.by_hour.is_some()
    }

    /// The prices of the first stretch that has some, for rules that do not change with time.
    pub fn any(&self) -> Option<&P> {
        self.prices.iter().find_map(|prices| prices.as_ref().ok())
    }

    /// Whether the user gave a day although prices change within the trace.
    pub fn is_held(&self) -> bool {
        !self.others.is_empty()
    }

    /// The prices in a minute that is billed.
    pub fn at(&self, minute: Minute) -> Result<&P, LookupError> {
        let prices = self.prices.at(minute).as_ref();
        prices.map_err(|error| lacking(error, OfTrace::Time, minute))
    }

    /// The prices of each stretch of [`InForce::of_hours`] that has calls.
    ///
    /// # Errors
    /// [`LookupError::NotThen`] where there are calls and no prices.
    pub fn of_calls(&self, profile: &Profile) -> Result<Vec<Option<&P>>, LookupError> {
        let all = self.of_hours();
        let found = all.spans().enumerate().map(|(place, span)| {
            let is_of_it = |minute| all.place(minute) == place;
            let Some(minute) = first_call(profile, (span.from, span.until), is_of_it) else {
                return Ok(None);
            };
            let prices = span.what.as_ref();
            let in_trace = |error| lacking(error, OfTrace::Calls, minute);
            prices.map(Some).map_err(in_trace)
        });
        found.collect()
    }

    /// The calls of a trace by their prices, in order of time; `replayed` is of the stretches of
    /// [`InForce::of_hours`].
    ///
    /// # Errors
    /// As [`InForce::of_calls`].
    pub fn in_play<'a>(
        &'a self,
        replayed: &'a Stretches<Replayed>,
        profile: &Profile,
    ) -> Result<Vec<InPlay<'a, P>>, LookupError> {
        let spans = self
            .of_hours()
            .spans()
            .map(|span| days_of(span.from, span.until));
        let prices = self.of_calls(profile)?;
        let mut all: Vec<InPlay<'a, P>> = spans
            .zip(prices)
            .zip(replayed.iter())
            .filter_map(|((days, prices), replayed)| {
                let prices = prices?;
                Some(InPlay {
                    days,
                    prices,
                    replayed,
                })
            })
            .collect();
        let mut days: Vec<&mut Days> = all.iter_mut().map(|one| &mut one.days).collect();
        open(&mut days);
        Ok(all)
    }

    /// The increments of a time that is billed by their prices: each has what is in force where it
    /// begins. Those of prices that are the `same` are one piece.
    ///
    /// # Errors
    /// [`LookupError::NotThen`] where nothing is in force.
    pub fn pieces(
        &self,
        start: Minute,
        increments: u64,
        minutes_of_one: u64,
        same: fn(&P, &P) -> bool,
    ) -> Result<Vec<Piece<'_, P>>, LookupError> {
        let each = minutes_of_one.max(1);
        // How many begin before a minute.
        let before = |until: Minute| {
            let minutes = until.saturating_sub(start);
            u64::try_from(minutes).map_or(0, |minutes| minutes.div_ceil(each).min(increments))
        };
        let mut pieces: Vec<Piece<'_, P>> = Vec::new();
        for Span { from, until, what } in self.prices.spans() {
            // Times from a start of their own stay before every date, however long.
            let counted = start < FIRST_DATE;
            let begun = from.map_or(0, |from| if counted { increments } else { before(from) });
            let done = until.map_or(increments, |until| match counted {
                true => increments,
                false => before(until),
            });
            let count = done.saturating_sub(begun);
            if count == 0 {
                continue;
            }
            let first = from.map_or(start, |from| from.max(start));
            let prices = what.as_ref();
            let prices = prices.map_err(|error| lacking(error, OfTrace::Time, first))?;
            let days = days_of(from, until);
            match pieces.last_mut() {
                Some(last) if same(last.prices, prices) => {
                    last.increments = last.increments.saturating_add(count);
                    last.days.before = days.before;
                }
                _ => pieces.push(Piece {
                    days,
                    increments: count,
                    prices,
                }),
            }
        }
        let mut days: Vec<&mut Days> = pieces.iter_mut().map(|one| &mut one.days).collect();
        open(&mut days);
        Ok(pieces)
    }

    /// A note that the prices of one day are used although others are in force during the trace.
    pub fn held(&self, span: Option<(Minute, Minute)>) -> Option<Note> {
        let (first, last) = span.filter(|(first, _)| *first >= FIRST_DATE)?;
        let now = self.prices.first();
        let ends = self.others.iter().skip(1).map(|(from, _)| *from);
        let mut others = self.others.iter().zip(ends.chain([Minute::MAX]));
        let ((from, _), _) = others.find(|((from, then), until)| {
            *from <= last && first < *until && !is_same(then, now, self.same)
        })?;
        Some(Note::AsOfOneDay {
            as_of: self.as_of,
            other: day_of(first.max(*from)),
        })
    }
}

/// Prices over time by the hour of the day, if some depend on it.
fn by_hour<P: ByHour>(prices: &When<P>) -> Option<When<P>> {
    let hours = |prices: &Result<P, LookupError>| match prices {
        Ok(prices) => prices.by_hour(),
        Err(_) => Vec::new(),
    };
    if prices.iter().all(|prices| hours(prices).is_empty()) {
        return None;
    }
    let mut all = Stretches::from(prices.first().clone());
    for span in prices.spans() {
        // Where prices do not change, the first stretch has dates, too.
        let from = match (span.from, span.until) {
            (None, Some(_)) => continue,
            (from, _) => from.unwrap_or(FIRST_DATE),
        };
        let hours = hours(span.what);
        all = match hours.is_empty() {
            true => all.then([(from, span.what.clone())]),
            false => {
                let hours = hours.into_iter();
                all.then_by_hour(from, hours.map(|(hours, own)| (Some(hours), Ok(own))))
            }
        };
    }
    Some(all)
}

fn is_same<P>(
    one: &Result<P, LookupError>,
    other: &Result<P, LookupError>,
    same: fn(&P, &P) -> bool,
) -> bool {
    match (one, other) {
        (Ok(one), Ok(other)) => same(one, other),
        (Err(_), Err(_)) => true,
        _ => false,
    }
}

/// Why there is no price in a minute, with its day where it has one.
fn lacking(error: &LookupError, what: OfTrace, minute: Minute) -> LookupError {
    match minute < FIRST_DATE {
        true => error.clone(),
        false => error.clone().in_trace(what, day_of(minute)),
    }
}
