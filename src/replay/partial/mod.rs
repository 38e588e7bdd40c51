//! What a set of whole minutes contributes to a replay.
//!
//! Minutes are independent of each other, so contributions add up: in any order and grouping the
//! same, to the last digit, as one replay of all of them. A minute may be in one of them only, as its
//! quota is not to be used twice.

use std::collections::BTreeMap;

use super::admission::{Replay, Reservation};
use super::profile::{MOST_MINUTES, Profile, Row};
use super::sums::{Replayed, add};
use super::{Call, Calls, Minute, Sink, Stretches, TooLarge};

mod error;
mod json;
mod reading;

pub use error::{MergeError, ReadError};
pub use reading::Reading;

/// The name of the format, with its number.
pub const SCHEMA: &str = "tollgate/partial/1";
/// The name of the format without its number.
const FORMAT: &str = "tollgate/partial/";
/// The number of the format. A later program may write one that this program does not know.
const VERSION: &str = "1";

/// What a contribution was made for; only those of the same can be added up.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Parameters {
    /// What calls are held against, in each stretch of time.
    pub reservation: Stretches<Reservation>,
    /// What else has to be the same in all parts, such as the model. Only compared here.
    pub labels: BTreeMap<String, String>,
}

/// Makes a contribution from minutes.
#[derive(Debug, Clone)]
pub struct Recorder {
    parameters: Parameters,
    sinks: (Stretches<Replay>, Profile),
}

impl Recorder {
    /// A contribution without a minute.
    #[must_use]
    pub fn new(parameters: Parameters) -> Self {
        let reservation = &parameters.reservation;
        let replay = reservation.map(|one| Replay::new(one.clone()));
        let profile = Profile::new(parameters.max_input());
        Self {
            parameters,
            sinks: (replay, profile),
        }
    }

    /// The contribution of the minutes that came.
    ///
    /// # Errors
    /// [`TooLarge::Sum`] when a sum does not fit.
    pub fn finish(self) -> Result<Partial, TooLarge> {
        let (replay, mut profile) = self.sinks;
        profile.pending = None;
        Ok(Partial {
            parameters: self.parameters,
            reading: Reading::default(),
            replayed: replay.try_map(Replay::finish)?,
            profile,
        })
    }
}

impl Parameters {
    /// The largest input that a reservation takes, in each stretch of time.
    #[must_use]
    pub fn max_input(&self) -> Stretches<Option<u64>> {
        self.reservation.map(|one| one.reserved.max_input)
    }
}

impl Sink for Recorder {
    fn calls(&mut self, minute: Minute, calls: &[Call]) -> Result<(), TooLarge> {
        self.sinks.calls(minute, calls)
    }

    fn aggregate(&mut self, minute: Minute, sums: Calls) -> Result<(), TooLarge> {
        self.sinks.aggregate(minute, sums)
    }
}

/// The contribution of a set of whole minutes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Partial {
    parameters: Parameters,
    reading: Reading,
    replayed: Stretches<Replayed>,
    profile: Profile,
}

impl Partial {
    /// The parameters that it was made for.
    #[must_use]
    pub fn parameters(&self) -> &Parameters {
        &self.parameters
    }

    /// The same contribution, with what is known of the files that it was read from.
    #[must_use]
    pub fn read_from(self, reading: Reading) -> Self {
        Self { reading, ..self }
    }

    /// What is known of the files that it was read from.
    #[must_use]
    pub fn reading(&self) -> &Reading {
        &self.reading
    }

    /// Whether its times are counted from a start of their own; `None` where it has no minute, and so
    /// goes with either.
    #[must_use]
    pub fn counts_from_start(&self) -> Option<bool> {
        let has_minutes = self.profile.span().is_some();
        (self.reading.relative || has_minutes).then_some(self.reading.relative)
    }

    /// What became of its calls, in each stretch of time.
    #[must_use]
    pub fn replayed(&self) -> &Stretches<Replayed> {
        &self.replayed
    }

    /// Its minutes.
    #[must_use]
    pub fn profile(&self) -> &Profile {
        &self.profile
    }

    /// Reads what [`Partial::to_json`] writes. Numbers that contradict each other are refused.
    ///
    /// # Errors
    /// [`ReadError`] at what is wrong.
    pub fn from_json(text: &str) -> Result<Self, ReadError> {
        json::read(text)?.checked()
    }

    /// One line of JSON, without a line end. Numbers are decimal strings.
    ///
    /// # Errors
    /// What the writer says; none is known.
    pub fn to_json(&self) -> Result<String, serde_json::Error> {
        json::write(self)
    }

    /// Adds contributions up. Those without minutes add nothing.
    ///
    /// # Errors
    /// [`MergeError`] when there is none, they are for different parameters, share a minute, or are
    /// too large together.
    pub fn merge(parts: impl IntoIterator<Item = Self>) -> Result<Self, MergeError> {
        let mut parts = parts.into_iter();
        let mut all = parts.next().ok_or(MergeError::Nothing)?;
        for (place, part) in parts.enumerate() {
            if part.parameters != all.parameters {
                let at = place.saturating_add(1);
                return Err(MergeError::Different { at });
            }
            all.replayed = all.replayed.plus(&part.replayed)?;
            all.profile.take_in(part.profile)?;
            all.reading.take_in(part.reading)?;
        }
        all.profile.in_order()?;
        all.reading.in_order();
        Ok(all)
    }

    /// Whether its sums are those of its minutes.
    fn checked(self) -> Result<Self, ReadError> {
        let (replayed, profile) = (&self.replayed, &self.profile);
        let wrong = |what| Err(ReadError::Inconsistent(what));
        if profile.rows.len() > MOST_MINUTES {
            return Err(TooLarge::Minutes(MOST_MINUTES).into());
        }
        let ordered = |rows: &[Row]| rows.is_sorted_by(|a, b| a.minute < b.minute);
        if !ordered(&profile.rows) || !ordered(&profile.above_rows) {
            return wrong("its minutes are not in order");
        }
        if let (Some((from, to)), Some((first, last))) = (profile.busy_span(), profile.span())
            && (from < first || last < to)
        {
            return wrong("its minutes are not within its span");
        }
        let filtered = self.reading.filtered_at;
        let spans = [filtered.dates, filtered.counted].into_iter().flatten();
        if spans.into_iter().any(|(first, last)| last < first) {
            return wrong("its rows that a filter left out are not in order");
        }
        if tokens_of(&profile.rows)? != tokens_of_sums(profile.total) {
            return wrong("its minutes do not add up to its calls");
        }
        if tokens_of(&profile.above_rows)? != tokens_of_sums(profile.above)
            || !is_contained(&profile.above_rows, &profile.rows)
        {
            return wrong("its calls above the maximum input do not add up");
        }
        if !self.reading.marks.are_of(profile.total) {
            return wrong("more calls say something than there are");
        }
        let stretches = self.parameters.reservation.iter();
        for (reservation, replayed) in stretches.zip(replayed.iter()) {
            fits_together(reservation, replayed).map_err(ReadError::Inconsistent)?;
        }
        Ok(self)
    }
}

/// Whether the sums of a stretch of time can be those of its minutes; else what is wrong.
fn fits_together(reservation: &Reservation, replayed: &Replayed) -> Result<(), &'static str> {
    if replayed.overflow_minutes > replayed.minutes || replayed.less_exact > replayed.minutes {
        return Err("its minutes are not as many as it says");
    }
    if replayed.overflow.len() != reservation.tiers.len() {
        return Err("its overflow has not the tiers of its parameters");
    }
    let mut sums = replayed
        .overflow
        .iter()
        .chain([&replayed.in_quota, &replayed.unpriced]);
    if !sums.all(|sums| sums.tokens.is_whole()) {
        return Err("more of its input is cached than there is");
    }
    let [input_tpm, output_tpm] = reservation.reserved.capacity;
    let minutes = u128::from(replayed.minutes);
    let most = |tpm: u64| minutes.saturating_mul(tpm.into());
    if u128::from(replayed.in_quota.tokens.input) > most(input_tpm)
        || u128::from(replayed.in_quota.tokens.output) > most(output_tpm)
    {
        return Err("more tokens are within the quota than the quota has");
    }
    Ok(())
}

impl Stretches<Replayed> {
    /// The sums of two sets of whole minutes together, for the same reservations.
    fn plus(&self, other: &Self) -> Result<Self, TooLarge> {
        let mut others = other.iter();
        self.map(|one| match others.next() {
            Some(other) => one.plus(other),
            None => Ok(one.clone()),
        })
        .try_map(|sum| sum)
    }
}

fn tokens_of(rows: &[Row]) -> Result<(u64, u64), TooLarge> {
    let mut sums = (0, 0);
    for row in rows {
        sums = (add(sums.0, row.input)?, add(sums.1, row.output)?);
    }
    Ok(sums)
}

fn tokens_of_sums(sums: Calls) -> (u64, u64) {
    (sums.tokens.input, sums.tokens.output)
}

/// Whether each of `part` is a row of `all` with no more tokens. Both are in order.
fn is_contained(part: &[Row], all: &[Row]) -> bool {
    part.iter().all(|row| {
        let found = all.binary_search_by_key(&row.minute, |row| row.minute);
        let found = found.ok().and_then(|index| all.get(index));
        found.is_some_and(|all| row.input <= all.input && row.output <= all.output)
    })
}

impl Profile {
    /// Adds the minutes of another, out of order until [`Profile::in_order`].
    fn take_in(&mut self, other: Self) -> Result<(), TooLarge> {
        self.total = self.total.plus(other.total)?;
        self.above = self.above.plus(other.above)?;
        self.largest_input = self.largest_input.max(other.largest_input);
        self.largest_output = self.largest_output.max(other.largest_output);
        self.less_exact = add(self.less_exact, other.less_exact)?;
        if let Some(span) = other.span {
            self.reach(span);
        }
        self.rows.extend(other.rows);
        self.above_rows.extend(other.above_rows);
        if self.rows.len() > MOST_MINUTES {
            return Err(TooLarge::Minutes(MOST_MINUTES));
        }
        Ok(())
    }

    fn in_order(&mut self) -> Result<(), MergeError> {
        self.rows.sort_unstable_by_key(|row| row.minute);
        self.above_rows.sort_unstable_by_key(|row| row.minute);
        let mut last = None;
        for row in &self.rows {
            if last == Some(row.minute) {
                return Err(MergeError::SameMinute(row.minute));
            }
            last = Some(row.minute);
        }
        Ok(())
    }
}
