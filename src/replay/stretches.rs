//! Stretches of time that follow each other, as between changes of a price: each with what holds in it.
//!
//! A change falls on a whole minute, and minutes are independent of each other. So each stretch is
//! replayed by itself, and the loop over its calls knows nothing of the others.

use super::{Call, Calls, Minute, Sink, TooLarge};

/// A value for each stretch of time: the first from the beginning of time, and each later one from a minute
/// on.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Stretches<T> {
    first: T,
    /// In order of time.
    later: Vec<(Minute, T)>,
}

impl<T> From<T> for Stretches<T> {
    /// One stretch for all of time.
    fn from(first: T) -> Self {
        let later = Vec::new();
        Self { first, later }
    }
}

impl<T> Stretches<T> {
    /// Adds values from these minutes on, in any order; of several for one minute the last counts.
    #[must_use]
    pub fn then(mut self, later: impl IntoIterator<Item = (Minute, T)>) -> Self {
        for (from, what) in later {
            match self.later.binary_search_by_key(&from, |(from, _)| *from) {
                Ok(at) => {
                    if let Some(known) = self.later.get_mut(at) {
                        known.1 = what;
                    }
                }
                Err(at) => self.later.insert(at, (from, what)),
            }
        }
        self
    }

    /// The number of stretches, at least 1.
    #[must_use]
    pub fn count(&self) -> usize {
        self.later.len().saturating_add(1)
    }

    /// The index of the stretch of a minute.
    #[inline]
    #[must_use]
    pub fn place(&self, minute: Minute) -> usize {
        self.later.partition_point(|(from, _)| *from <= minute)
    }

    /// The value in a minute.
    #[inline]
    #[must_use]
    pub fn at(&self, minute: Minute) -> &T {
        let last = self.place(minute).checked_sub(1);
        let later = last.and_then(|at| self.later.get(at));
        later.map_or(&self.first, |(_, what)| what)
    }

    /// The value in a minute, to be changed.
    #[inline]
    pub(super) fn at_mut(&mut self, minute: Minute) -> &mut T {
        let last = self.place(minute).checked_sub(1);
        let later = last.and_then(|at| self.later.get_mut(at));
        later.map_or(&mut self.first, |(_, what)| what)
    }

    /// The values, in order of time.
    pub fn iter(&self) -> impl Iterator<Item = &T> {
        let later = self.later.iter().map(|(_, what)| what);
        std::iter::once(&self.first).chain(later)
    }

    /// The value of the first stretch.
    #[must_use]
    pub fn first(&self) -> &T {
        &self.first
    }

    /// The values of the later stretches, each with its first minute.
    #[must_use]
    pub fn later(&self) -> &[(Minute, T)] {
        &self.later
    }

    /// Each stretch: its first minute (`None` for the first), the first minute after it (`None` for the last), and
    /// its value.
    pub fn spans(&self) -> impl Iterator<Item = (Option<Minute>, Option<Minute>, &T)> {
        let starts = self.later.iter().map(|(from, _)| Some(*from));
        let ends = starts.clone().chain([None]);
        let starts = std::iter::once(None).chain(starts);
        let spans = starts.zip(ends).zip(self.iter());
        spans.map(|((from, until), what)| (from, until, what))
    }

    /// Another value for each stretch.
    pub fn map<U>(&self, mut of: impl FnMut(&T) -> U) -> Stretches<U> {
        let first = of(&self.first);
        let later = self.later.iter().map(|(from, what)| (*from, of(what)));
        Stretches {
            first,
            later: later.collect(),
        }
    }

    /// Another value for each stretch, if there is one for all.
    ///
    /// # Errors
    /// The first error.
    pub fn try_map<U, E>(self, mut of: impl FnMut(T) -> Result<U, E>) -> Result<Stretches<U>, E> {
        let first = of(self.first)?;
        let later = self.later.into_iter();
        let later = later.map(|(from, what)| Ok((from, of(what)?)));
        Ok(Stretches {
            first,
            later: later.collect::<Result<_, E>>()?,
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
        let spans: Vec<_> = all.spans().collect();
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
}
