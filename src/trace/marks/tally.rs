//! Counts calls by what they say beside their tokens.

use std::borrow::Cow;
use std::collections::{BTreeMap, BTreeSet};

use super::MarksOfRow;
use super::left_out::LeftOut;
use super::of_name::OfName;
use crate::billing::recorded::{Apart, CachedBy};
use crate::catalog::printable;
use crate::trace::Calls;
use crate::trace::models::{Models, UNNAMED};
use crate::trace::shown;

/// Bytes of a name that are looked at: enough for the characters that are shown.
const LOOKED_AT: usize = 4 * shown::CHARACTERS + 4;

/// The most names that are kept before they are added to the marks: their places are below 256.
const KEPT: usize = 200;

/// The number of slots by which the place of a name is found.
const SLOTS: usize = 64;

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
    /// Where models are told apart, the same of each name.
    pub apart: BTreeMap<String, OfName>,
    /// The minutes of the longest sum that says when it ends.
    pub longest_sum: u64,
}

impl Marks {
    /// The most names that are kept.
    pub const MOST: usize = 100;

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
        self.longest_sum = self.longest_sum.max(other.longest_sum);
        for (name, said) in other.apart {
            self.apart.entry(name).or_default().add(&said);
        }
    }

    /// What the calls of one model say, of which these are the names as they are shown: nothing of other models.
    #[must_use]
    pub fn of_names(&self, names: &BTreeSet<String>) -> Self {
        let mut all = OfName::default();
        for (_, said) in self.apart.iter().filter(|(name, _)| names.contains(*name)) {
            all.add(said);
        }
        Self {
            cached: all.cached,
            cached_by: self.cached_by.clone(),
            reasoning: all.reasoning,
            thinking: all.thinking,
            non_thinking: all.non_thinking,
            longest_sum: self.longest_sum,
            ..Self::default()
        }
    }

    /// Takes back what calls say that are left out after all.
    pub fn without(&mut self, left_out: &LeftOut, names: &Models) {
        for (number, gone) in &left_out.models {
            self.cached = self.cached.without(gone.cached);
            self.reasoning = self.reasoning.without(gone.reasoning);
            self.thinking = self.thinking.without(gone.thinking);
            self.non_thinking = self.non_thinking.without(gone.non_thinking);
            let name = names.name(*number).ok().flatten();
            let Some(name) = name.filter(|_| *number != UNNAMED) else {
                continue;
            };
            let known = self.models.get_mut(name.as_str());
            let of_model = known.unwrap_or(&mut self.more_models);
            *of_model = of_model.without(gone.calls);
            if let Some(apart) = self.apart.get_mut(name.as_str()) {
                apart.take_out(gone);
            }
        }
        self.models.retain(|_, sums| sums.calls > 0);
        self.apart.retain(|_, said| said.calls.calls > 0);
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

/// A name of a model in a block.
#[derive(Debug)]
struct Named {
    /// The start of it as it is in the file.
    name: Box<[u8]>,
    /// Its number in all files.
    number: u16,
    /// What its calls said so far: more than their sums only where models are told apart.
    said: OfName,
    apart: bool,
}

impl Named {
    #[inline]
    fn add(&mut self, said: &MarksOfRow<'_>, calls: Calls, apart: bool) {
        match apart {
            true => self.said.row(said, calls),
            false => self.said.calls = self.said.calls.roughly_plus(calls),
        }
    }
}

/// Where the place of a name is looked for first.
fn slot_of(name: &[u8]) -> usize {
    let last = name
        .last_chunk::<8>()
        .map_or(0, |last| u64::from_le_bytes(*last));
    let first = name
        .first_chunk::<4>()
        .map_or(0, |first| u32::from_le_bytes(*first));
    let length = u64::try_from(name.len()).unwrap_or(0);
    let mixed = last ^ u64::from(first) ^ length;
    let mixed = mixed.wrapping_mul(0x9e37_79b9_7f4a_7c15) >> 58;
    usize::try_from(mixed).unwrap_or(0)
}

/// The marks of a block, while its rows come in.
#[derive(Debug, Default)]
pub struct MarksOfBlock {
    marks: Marks,
    /// What all calls say.
    all: OfName,
    /// The names that are not told yet.
    names: Vec<Named>,
    /// By [`slot_of`] a name, the place of the last one with this slot.
    recent: Vec<u8>,
    /// One bit for each field that names models, by its rank.
    ranks: u64,
    /// One bit for each field that has cached tokens, by its rank.
    cached: u64,
}

impl MarksOfBlock {
    /// Takes in what a row says. Gives the number of its model's name among `models`.
    pub fn add(
        &mut self,
        said: &MarksOfRow<'_>,
        calls: Calls,
        (models, apart): (&Models, bool),
    ) -> Option<u16> {
        let named = said.model.map(|(rank, name)| {
            if calls.calls > 0 {
                self.ranks |= 1_u64.wrapping_shl(rank.into());
            }
            self.named(name, said, calls, (models, apart))
        });
        if calls.calls == 0 {
            // A minute may be said to have none.
            return named;
        }
        self.cached |= said.cached;
        self.all.row(said, calls);
        named
    }

    /// Takes in that a sum is one of so many minutes.
    pub fn lasts(&mut self, minutes: u64) {
        self.marks.longest_sum = self.marks.longest_sum.max(minutes);
    }

    fn named(
        &mut self,
        name: &[u8],
        said: &MarksOfRow<'_>,
        calls: Calls,
        (models, apart): (&Models, bool),
    ) -> u16 {
        let name = name.get(..LOOKED_AT).unwrap_or(name);
        let slot = slot_of(name);
        let place = self.recent.get(slot).copied().map(usize::from);
        let known = place.and_then(|place| self.names.get_mut(place));
        if let Some(known) = known.filter(|known| *known.name == *name) {
            known.add(said, calls, apart);
            return known.number;
        }
        let place = self.names.iter().position(|known| *known.name == *name);
        let place = place.unwrap_or_else(|| {
            if self.names.len() >= KEPT {
                self.tell_names();
            }
            self.names.push(Named {
                name: name.into(),
                number: models.number(name),
                said: OfName::default(),
                apart,
            });
            self.names.len().saturating_sub(1)
        });
        if self.recent.len() <= slot {
            self.recent.resize(SLOTS, 0);
        }
        if let (Some(recent), Ok(place)) = (self.recent.get_mut(slot), u8::try_from(place)) {
            *recent = place;
        }
        let Some(known) = self.names.get_mut(place) else {
            return UNNAMED;
        };
        known.add(said, calls, apart);
        known.number
    }

    /// Adds the names so far to the marks.
    fn tell_names(&mut self) {
        for Named {
            name, said, apart, ..
        } in self.names.drain(..)
        {
            if said.calls.calls > 0 {
                let name = shown::model(&name);
                if apart {
                    self.marks
                        .apart
                        .entry(name.clone().into_owned())
                        .or_default()
                        .add(&said);
                }
                self.marks.named(name, said.calls);
            }
        }
    }

    /// The marks of the whole block. `models` are the names of the fields that name models, by rank, and `cached`
    /// those of the fields of cached tokens, and whether they are beside the input tokens.
    pub fn all(
        self,
        models: &BTreeMap<u8, String>,
        cached: &BTreeMap<u8, (String, bool)>,
    ) -> Marks {
        let mut this = self;
        this.tell_names();
        let mut marks = this.marks;
        marks.cached = this.all.cached;
        marks.reasoning = this.all.reasoning;
        marks.thinking = this.all.thinking;
        marks.non_thinking = this.all.non_thinking;
        let used = |rank: &u8| this.ranks & 1_u64.wrapping_shl((*rank).into()) != 0;
        let used = models.iter().filter(|(rank, _)| used(rank));
        marks.model_fields = used.map(|(_, name)| printable(name)).collect();
        for (rank, (name, beside)) in cached {
            if this.cached & 1_u64.wrapping_shl((*rank).into()) != 0 {
                marks.cached_by.field(printable(name), *beside);
            }
        }
        marks
    }
}
