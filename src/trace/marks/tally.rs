//! Counts calls by what they say beside their tokens.

use std::borrow::Cow;
use std::collections::{BTreeMap, BTreeSet};

use super::MarksOfRow;
use crate::billing::kind::Tokens;
use crate::billing::recorded::{Apart, CachedBy};
use crate::catalog::printable;
use crate::trace::Calls;

/// Bytes of a name that are looked at: enough for the characters that are shown.
const LOOKED_AT: usize = 4 * Marks::SHOWN + 4;

/// The names seen last are compared first, as rows of the same few models follow each other.
const RECENT: usize = 8;

/// What the calls of a trace say beside their tokens.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Marks {
    /// Calls that name their model, by its name as it is shown: the first [`Marks::MOST`] names in the
    /// order of their bytes, so that it means nothing in which order rows come.
    pub models: BTreeMap<String, Calls>,
    /// Calls that name a model beyond those.
    pub more_models: Calls,
    /// The fields that name models.
    pub model_fields: BTreeSet<String>,
    /// Calls with input tokens that were read from a cache or written to one.
    pub cached: Apart,
    /// How these tokens were counted.
    pub cached_by: CachedBy,
    /// Calls with output tokens of reasoning.
    pub reasoning: Apart,
    /// Calls that say that the model thinks.
    pub thinking: Calls,
    /// Calls that say that the model does not think.
    pub non_thinking: Calls,
    /// Calls that say that they failed.
    pub failed: Calls,
    /// The minutes of the longest sum that says when it ends.
    pub longest_sum: u64,
    /// The number of calls that say which request or message they are.
    pub identified: u64,
}

impl Marks {
    /// The most names that are kept.
    pub const MOST: usize = 100;
    /// Characters of a name that are kept.
    pub const SHOWN: usize = 80;

    /// Adds what other calls say.
    pub fn add(&mut self, other: Self) {
        for (name, sums) in other.models {
            self.named(Cow::Owned(name), sums);
        }
        self.more_models = self.more_models.roughly_plus(other.more_models);
        self.model_fields.extend(other.model_fields);
        self.cached.add(other.cached);
        self.cached_by.add(other.cached_by);
        self.reasoning.add(other.reasoning);
        self.thinking = self.thinking.roughly_plus(other.thinking);
        self.non_thinking = self.non_thinking.roughly_plus(other.non_thinking);
        self.failed = self.failed.roughly_plus(other.failed);
        self.identified = self.identified.saturating_add(other.identified);
        self.longest_sum = self.longest_sum.max(other.longest_sum);
    }

    /// Whether these can be marks of `all` calls: no more calls and tokens say something.
    #[must_use]
    pub fn are_of(&self, all: Calls) -> bool {
        let mut named = self.more_models;
        for sums in self.models.values() {
            named = named.roughly_plus(*sums);
        }
        let mut modes = self.thinking;
        modes = modes.roughly_plus(self.non_thinking);
        let said = [named, self.cached.calls, self.reasoning.calls, modes];
        said.iter().all(|said| {
            said.calls <= all.calls
                && said.tokens.input <= all.tokens.input
                && said.tokens.output <= all.tokens.output
        })
    }

    fn named(&mut self, name: Cow<'_, str>, sums: Calls) {
        if let Some(known) = self.models.get_mut(&*name) {
            *known = known.roughly_plus(sums);
            return;
        }
        let is_full = self.models.len() >= Self::MOST;
        let last = self.models.last_key_value();
        if is_full && last.is_some_and(|(last, _)| last.as_str() < &*name) {
            self.more_models = self.more_models.roughly_plus(sums);
            return;
        }
        self.models.insert(name.into_owned(), sums);
        if is_full && let Some((_, sums)) = self.models.pop_last() {
            self.more_models = self.more_models.roughly_plus(sums);
        }
    }
}

/// The marks of a block, while its rows come in.
#[derive(Debug, Default)]
pub struct MarksOfBlock {
    marks: Marks,
    /// The start of each name as it is in the file.
    recent: Vec<(Vec<u8>, Calls)>,
    /// The index in `recent` of the name in the row before.
    last: usize,
    /// The index in `recent` of the name that is replaced next.
    oldest: usize,
    /// One bit for each field that names models, by its rank.
    ranks: u64,
    /// One bit for each field that has cached tokens, by its rank.
    cached: u64,
}

impl MarksOfBlock {
    /// Takes in what a row says.
    pub fn add(&mut self, said: &MarksOfRow<'_>, calls: Calls) {
        if calls.calls == 0 {
            // A minute may be said to have none.
            return;
        }
        if let Some((rank, name)) = said.model {
            self.ranks |= 1_u64.wrapping_shl(rank.into());
            self.named(name, calls);
        }
        if said.cached > 0 {
            self.cached |= said.cached;
            let Tokens {
                cached,
                cache_write,
                ..
            } = calls.tokens;
            let tokens = cached.saturating_add(cache_write);
            self.marks.cached.add(Apart { calls, tokens });
        }
        if said.reasoning > 0 {
            let tokens = said.reasoning;
            self.marks.reasoning.add(Apart { calls, tokens });
        }
        if said.failed {
            self.marks.failed = self.marks.failed.roughly_plus(calls);
        }
        if said.id().is_some() {
            self.marks.identified = self.marks.identified.saturating_add(1);
        }
        match said.thinks() {
            Some(true) => self.marks.thinking = self.marks.thinking.roughly_plus(calls),
            Some(false) => {
                self.marks.non_thinking = self.marks.non_thinking.roughly_plus(calls);
            }
            None => {}
        }
    }

    /// Takes in that a sum is one of so many minutes.
    pub fn lasts(&mut self, minutes: u64) {
        self.marks.longest_sum = self.marks.longest_sum.max(minutes);
    }

    fn named(&mut self, name: &[u8], calls: Calls) {
        let name = name.get(..LOOKED_AT).unwrap_or(name);
        if let Some((last, sums)) = self.recent.get_mut(self.last)
            && last == name
        {
            *sums = sums.roughly_plus(calls);
            return;
        }
        let place = self.recent.iter().position(|(recent, _)| recent == name);
        if let Some(place) = place {
            self.last = place;
            if let Some((_, sums)) = self.recent.get_mut(place) {
                *sums = sums.roughly_plus(calls);
            }
            return;
        }
        if self.recent.len() < RECENT {
            self.last = self.recent.len();
            self.recent.push((name.to_vec(), calls));
            return;
        }
        self.last = self.oldest;
        self.oldest = self.oldest.wrapping_add(1).checked_rem(RECENT).unwrap_or(0);
        if let Some((slot, sums)) = self.recent.get_mut(self.last) {
            let sums = std::mem::replace(sums, calls);
            self.marks.named(shown(slot), sums);
            slot.clear();
            slot.extend_from_slice(name);
        }
    }

    /// The marks of the whole block. `models` are the names of the fields that name models, by rank, and `cached`
    /// those of the fields of cached tokens, and whether they are beside the input tokens.
    pub fn all(
        self,
        models: &BTreeMap<u8, String>,
        cached: &BTreeMap<u8, (String, bool)>,
    ) -> Marks {
        let mut marks = self.marks;
        for (name, sums) in &self.recent {
            marks.named(shown(name), *sums);
        }
        let used = |rank: &u8| self.ranks & 1_u64.wrapping_shl((*rank).into()) != 0;
        let used = models.iter().filter(|(rank, _)| used(rank));
        marks.model_fields = used.map(|(_, name)| printable(name)).collect();
        for (rank, (name, beside)) in cached {
            if self.cached & 1_u64.wrapping_shl((*rank).into()) != 0 {
                marks.cached_by.field(printable(name), *beside);
            }
        }
        marks
    }
}

/// A name from a file as it is shown: printable and clipped.
fn shown(name: &[u8]) -> Cow<'_, str> {
    let is_plain =
        name.len() <= Marks::SHOWN && name.iter().all(|byte| matches!(byte, b' '..=b'~'));
    if let Ok(text) = std::str::from_utf8(name)
        && is_plain
    {
        return Cow::Borrowed(text);
    }
    let text = String::from_utf8_lossy(name);
    let mut short: String = text.chars().take(Marks::SHOWN).collect();
    if short.len() < text.len() {
        short.push('…');
    }
    Cow::Owned(printable(&short))
}
