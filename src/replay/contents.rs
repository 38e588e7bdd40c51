//! What is in a log whose models are told apart: the sums of all, its minutes, and the calls of each name. One
//! reading finds all of it, and minutes with calls are kept, 32 bytes each.

use std::cmp::Reverse;

use super::profile::{nearest_rank, quarters};
use super::{Call, Calls, Minute, Profile, Sink, TooLarge};
use crate::billing::recorded::Quarter;
use crate::trace::Sinks;

/// What was found so far.
#[derive(Debug, Clone, Default)]
pub struct Contents {
    profile: Profile,
    /// The calls of each minute of the profile.
    requests: Vec<u64>,
    largest: Option<Largest>,
    names: Vec<OfName>,
    current: usize,
}

/// The calls that name a model by one name.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct OfName {
    /// The name as it is shown; `None` for calls that name none.
    pub name: Option<String>,
    /// The calls.
    pub calls: Calls,
    /// The number of minutes with such calls.
    pub minutes: u64,
    /// The first and the last of these.
    pub span: Option<(Minute, Minute)>,
}

/// The call with the most tokens, input and output together: the first of several.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Largest {
    /// When it came.
    pub minute: Minute,
    /// The number of its name.
    pub name: usize,
    /// Its tokens.
    pub call: Call,
}

impl Largest {
    fn tokens(&self) -> u64 {
        tokens_of(self.call)
    }
}

fn tokens_of(call: Call) -> u64 {
    u64::from(call.input).saturating_add(call.output.into())
}

impl Contents {
    /// The minutes of all calls, and their sums.
    #[must_use]
    pub fn profile(&self) -> &Profile {
        &self.profile
    }

    /// The calls by name, in no order.
    #[must_use]
    pub fn names(&self) -> &[OfName] {
        &self.names
    }

    /// The call with the most tokens, of those that are known one by one.
    #[must_use]
    pub fn largest(&self) -> Option<Largest> {
        self.largest
    }

    /// The calls that `percent` of the minutes do not exceed, as [`Profile::percentile`].
    #[must_use]
    pub fn percentile(&self, percent: u8) -> u64 {
        nearest_rank(self.requests.clone(), self.profile.span_minutes(), percent)
    }

    /// The minute with the most calls, the first of several, and how many these are.
    #[must_use]
    pub fn busiest(&self) -> Option<(Minute, u64)> {
        let rows = self.profile.minutes().iter().zip(&self.requests);
        let most = rows.max_by_key(|(row, calls)| (**calls, Reverse(row.minute)));
        most.map(|(row, calls)| (row.minute, *calls))
    }

    /// The tokens of each quarter of an hour with calls, in their order.
    #[must_use]
    pub fn quarters(&self) -> Vec<Quarter> {
        quarters(self.profile.minutes(), &self.requests)
    }

    /// Takes in sums of one minute, which the profile has taken in.
    fn add(&mut self, minute: Minute, sums: Calls) -> Result<(), TooLarge> {
        if self.requests.len() < self.profile.minutes().len() {
            self.requests.push(0);
        }
        if let Some(last) = self.requests.last_mut() {
            *last = last.checked_add(sums.calls).ok_or(TooLarge::Sum)?;
        }
        let Some(name) = self.names.get_mut(self.current) else {
            return Ok(());
        };
        name.calls = name.calls.plus(sums)?;
        let (first, last) = match name.span {
            Some((first, last)) => (first, Some(last)),
            None => (minute, None),
        };
        if last != Some(minute) {
            name.minutes = name.minutes.saturating_add(1);
            name.span = Some((first, minute));
        }
        Ok(())
    }

    /// Keeps the call with the most tokens. Calls of one minute come in no order among models.
    fn weigh(&mut self, minute: Minute, calls: &[Call]) {
        let most = calls.iter().map(|call| tokens_of(*call)).max().unwrap_or(0);
        let known = self.largest.as_ref();
        let is_less = known.is_some_and(|known| {
            most < known.tokens() || (most == known.tokens() && known.minute != minute)
        });
        if is_less {
            return;
        }
        let name_of = |at: usize| self.names.get(at).and_then(|name| name.name.as_deref());
        let key = |one: &Largest| (one.tokens(), one.call, Reverse(name_of(one.name)));
        let those = calls.iter().filter(|call| tokens_of(**call) == most);
        let those = those.map(|call| Largest {
            minute,
            name: self.current,
            call: *call,
        });
        self.largest = self.largest.into_iter().chain(those).max_by_key(key);
    }
}

impl Sinks for Contents {
    fn sink_of(&mut self, name: Option<&str>) -> usize {
        let known = self.names.iter();
        let known = known.map(|one| one.name.as_deref());
        let place = known.into_iter().position(|known| known == name);
        place.unwrap_or_else(|| {
            self.names.push(OfName {
                name: name.map(str::to_owned),
                ..OfName::default()
            });
            self.names.len().saturating_sub(1)
        })
    }

    fn sink(&mut self, number: usize) -> &mut dyn Sink {
        self.current = number;
        self
    }
}

impl Sink for Contents {
    fn calls(&mut self, minute: Minute, calls: &[Call]) -> Result<(), TooLarge> {
        let before = self.profile.total();
        self.profile.calls(minute, calls)?;
        let sums = self.profile.total().without(before);
        if sums.is_empty() {
            return Ok(());
        }
        self.weigh(minute, calls);
        self.add(minute, sums)
    }

    fn aggregate(&mut self, minute: Minute, sums: Calls) -> Result<(), TooLarge> {
        self.profile.aggregate(minute, sums)?;
        match sums.is_empty() {
            true => Ok(()),
            false => self.add(minute, sums),
        }
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]

    use super::*;

    fn found(order: [usize; 2]) -> Contents {
        let mut contents = Contents::default();
        let names = [Some("a"), Some("b")];
        let minutes: [[&[Call]; 2]; 2] = [
            [
                &[Call::plain(5, 1), Call::plain(1, 5)],
                &[Call::plain(5, 1)],
            ],
            [&[Call::plain(1, 1)], &[]],
        ];
        for (minute, of_minute) in (7..).zip(minutes) {
            for at in order {
                let calls = of_minute.get(at).unwrap();
                if !calls.is_empty() {
                    let number = contents.sink_of(*names.get(at).unwrap());
                    contents.sink(number).calls(minute, calls).unwrap();
                }
            }
        }
        contents
    }

    #[test]
    fn the_order_of_models_in_a_minute_means_nothing() {
        for order in [[0, 1], [1, 0]] {
            let contents = found(order);
            let largest = contents.largest().unwrap();
            assert_eq!((largest.minute, largest.call), (7, Call::plain(5, 1)));
            let name = contents.names().get(largest.name).unwrap();
            assert_eq!(name.name.as_deref(), Some("a"));
            assert_eq!(
                (name.minutes, name.span, name.calls.calls),
                (2, Some((7, 8)), 3)
            );
            assert_eq!(contents.busiest(), Some((7, 3)));
            assert_eq!((contents.percentile(50), contents.percentile(99)), (1, 3));
        }
    }
}
