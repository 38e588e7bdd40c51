//! Stretches of time that follow each other, as between changes of a price: each with what holds in it.
//!
//! A change falls on a whole minute, and minutes are independent of each other. So each stretch is
//! replayed by itself, and the loop over its calls knows nothing of the others. The same holds for hours of the
//! day with prices of their own.

use super::{Call, Calls, Minute, Sink, TooLarge};
use crate::billing::hours::{DAY, Hours};

/// A value for each stretch of time: the first from the beginning of time, and each later one from a minute
/// on. A stretch that is divided by the hour has a value for each of its hours of the day, one after the other.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Stretches<T> {
    first: T,
    /// In order of time.
    later: Vec<T>,
    /// The stretches that `later` has values of.
    starts: Vec<Start>,
}

/// The beginning of a later stretch.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Start {
    /// Its first minute.
    from: Minute,
    /// The index of its first value among all of them.
    place: usize,
    /// Its hours of the day; empty where they are not told apart.
    hours: Vec<Hours>,
}

/// Minutes by which China Standard Time, in which hours of the day are, is ahead of UTC.
const CHINA: Minute = 8 * 60;

impl Start {
    /// The index of the value in a minute of this stretch.
    #[inline]
    fn place(&self, minute: Minute) -> usize {
        if self.hours.is_empty() {
            return self.place;
        }
        let of_day = minute.saturating_add(CHINA).rem_euclid(DAY.into());
        let of_day = u16::try_from(of_day).unwrap_or(0);
        let mut hours = self.hours.iter();
        let band = hours.position(|hours| hours.contains(of_day));
        self.place.saturating_add(band.unwrap_or(0))
    }

    /// How many values it has.
    fn count(&self) -> usize {
        self.hours.len().max(1)
    }
}

/// The time of a value.
#[derive(Debug)]
pub struct Span<'a, T> {
    /// The first minute of its stretch; `None` for the first.
    pub from: Option<Minute>,
    /// The first minute after it; `None` for the last.
    pub until: Option<Minute>,
    /// The value.
    pub what: &'a T,
}

impl<T> From<T> for Stretches<T> {
    /// One stretch for all of time.
    fn from(first: T) -> Self {
        Self {
            first,
            later: Vec::new(),
            starts: Vec::new(),
        }
    }
}

impl<T> Stretches<T> {
    /// Adds values from these minutes on, in any order; of several for one minute the last counts.
    #[must_use]
    pub fn then(self, later: impl IntoIterator<Item = (Minute, T)>) -> Self {
        let later = later.into_iter();
        later.fold(self, |all, (from, what)| {
            all.then_by_hour(from, [(None, what)])
        })
    }

    /// Adds a stretch from this minute on, with a value for each of these hours of the day, or one for all.
    #[must_use]
    pub fn then_by_hour(
        mut self,
        from: Minute,
        values: impl IntoIterator<Item = (Option<Hours>, T)>,
    ) -> Self {
        let (hours, values): (Vec<Option<Hours>>, Vec<T>) = values.into_iter().unzip();
        let hours: Vec<Hours> = match hours.as_slice() {
            [_] => Vec::new(),
            _ => hours.into_iter().flatten().collect(),
        };
        // One value for each, and at least one.
        if values.len() != hours.len().max(1) {
            return self;
        }
        let at = self.starts.partition_point(|start| start.from < from);
        let mut rest = self.starts.split_off(at);
        let place = self
            .starts
            .last()
            .map_or(1, |last| last.place.saturating_add(last.count()));
        let mut later = self
            .later
            .split_off(place.saturating_sub(1).min(self.later.len()));
        if rest.first().is_some_and(|known| known.from == from) {
            let known = rest.remove(0);
            later = later.split_off(known.count().min(later.len()));
        }
        self.later.extend(values);
        self.later.extend(later);
        self.starts.push(Start { from, place, hours });
        self.starts.extend(rest);
        let mut place = 1_usize;
        for start in &mut self.starts {
            start.place = place;
            place = place.saturating_add(start.count());
        }
        self
    }

    /// The number of values, at least 1.
    #[must_use]
    pub fn count(&self) -> usize {
        self.later.len().saturating_add(1)
    }

    /// The index of the value in a minute.
    #[inline]
    #[must_use]
    pub fn place(&self, minute: Minute) -> usize {
        let after = self.starts.partition_point(|start| start.from <= minute);
        let start = after.checked_sub(1).and_then(|at| self.starts.get(at));
        start.map_or(0, |start| start.place(minute))
    }

    /// The value in a minute.
    #[inline]
    #[must_use]
    pub fn at(&self, minute: Minute) -> &T {
        let later = self.place(minute).checked_sub(1);
        later
            .and_then(|at| self.later.get(at))
            .unwrap_or(&self.first)
    }

    /// The value in a minute, to be changed.
    #[inline]
    pub(super) fn at_mut(&mut self, minute: Minute) -> &mut T {
        let later = self.place(minute).checked_sub(1);
        let later = later.and_then(|at| self.later.get_mut(at));
        later.unwrap_or(&mut self.first)
    }

    /// The values, in order of time, and those of a stretch in the order of its hours.
    pub fn iter(&self) -> impl Iterator<Item = &T> {
        std::iter::once(&self.first).chain(&self.later)
    }

    /// The value of the first stretch.
    #[must_use]
    pub fn first(&self) -> &T {
        &self.first
    }

    /// The values of the later stretches, each with the first minute of its stretch.
    pub fn later(&self) -> impl Iterator<Item = (Minute, &T)> {
        let spans = self.spans();
        spans.filter_map(|span| Some((span.from?, span.what)))
    }

    /// Each value with its time.
    pub fn spans(&self) -> impl Iterator<Item = Span<'_, T>> {
        let ends = self
            .starts
            .iter()
            .map(|start| Some(start.from))
            .chain([None]);
        let starts = self.starts.iter().map(Some);
        let starts = std::iter::once(None).chain(starts).zip(ends);
        let times = starts.flat_map(|(start, until)| {
            let from = start.map(|start| start.from);
            std::iter::repeat_n((from, until), start.map_or(1, Start::count))
        });
        times
            .zip(self.iter())
            .map(|((from, until), what)| Span { from, until, what })
    }

    /// Another value for each.
    pub fn map<U>(&self, mut of: impl FnMut(&T) -> U) -> Stretches<U> {
        Stretches {
            first: of(&self.first),
            later: self.later.iter().map(of).collect(),
            starts: self.starts.clone(),
        }
    }

    /// Another value for each, if there is one for all.
    ///
    /// # Errors
    /// The first error.
    pub fn try_map<U, E>(self, mut of: impl FnMut(T) -> Result<U, E>) -> Result<Stretches<U>, E> {
        Ok(Stretches {
            first: of(self.first)?,
            later: self.later.into_iter().map(of).collect::<Result<_, E>>()?,
            starts: self.starts,
        })
    }
}

impl<S: Sink> Sink for Stretches<S> {
    fn calls(&mut self, minute: Minute, calls: &[Call]) -> Result<(), TooLarge> {
        self.at_mut(minute).calls(minute, calls)
    }

    fn aggregate(&mut self, minute: Minute, sums: Calls) -> Result<(), TooLarge> {
        self.at_mut(minute).aggregate(minute, sums)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_holds_from_its_minute_to_the_next() {
        let all = Stretches::from('a').then([(20, 'c'), (10, 'x'), (10, 'b')]);
        let held: String = [-5, 9, 10, 19, 20, 99]
            .map(|at| *all.at(at))
            .iter()
            .collect();
        assert_eq!(held, "aabbcc");
        assert_eq!([9, 10, 20].map(|at| all.place(at)), [0, 1, 2]);
        let spans = all.spans().map(|span| (span.from, span.until, span.what));
        let spans: Vec<_> = spans.collect();
        assert_eq!(
            spans,
            [
                (None, Some(10), &'a'),
                (Some(10), Some(20), &'b'),
                (Some(20), None, &'c')
            ]
        );
        assert_eq!(
            all.map(|c| c.to_ascii_uppercase())
                .iter()
                .collect::<String>(),
            "ABC"
        );
    }

    #[test]
    fn a_stretch_by_the_hour_has_a_value_for_each() {
        let hours = |text| Some(Hours::parse(text).unwrap());
        let all = Stretches::from('a').then([(2_000, 'd')]).then_by_hour(
            100,
            [(hours("08:00-22:00"), 'b'), (hours("22:00-08:00"), 'c')],
        );
        // 00:00 in UTC is 08:00.
        let held: String = [-5, 99, 100, 839, 840, 1_439, 1_440, 1_999, 2_000]
            .map(|at| *all.at(at))
            .iter()
            .collect();
        assert_eq!(held, "aabbccbbd");
        assert_eq!([99, 100, 840, 2_000].map(|at| all.place(at)), [0, 1, 2, 3]);
        let later: Vec<_> = all.later().collect();
        assert_eq!(later, [(100, &'b'), (100, &'c'), (2_000, &'d')]);
        // Another value in its place.
        let all = all.then([(100, 'x')]);
        assert_eq!(all.iter().collect::<String>(), "axd");
        assert_eq!([100, 2_000].map(|at| all.place(at)), [1, 2]);
    }
}
