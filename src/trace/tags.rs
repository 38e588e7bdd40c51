//! What is asked of each call beside its tokens: which model it was made to, and which request it is.
//!
//! Most readings ask for neither, and then nothing is kept.

/// What is known of one call.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Tag {
    /// The number of its model's name among [`super::models::Models`]; `None` where models are not told apart.
    pub model: Option<u16>,
    /// A hash of the name of its request; `None` where it has none.
    pub id: Option<u64>,
    /// What else it says, which is kept beside its request.
    pub said: Said,
}

/// What a call says beside its tokens. It is kept where a later row may repeat the call, so that it can be taken back.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Said {
    /// Output tokens of reasoning.
    pub reasoning: u32,
    /// The number of its model's name.
    pub model: u16,
    bits: u8,
}

impl Said {
    /// It has cached tokens.
    pub const CACHED: u8 = 1;
    /// It is without output tokens.
    pub const NO_OUTPUT: u8 = 2;
    /// It says that the model thinks.
    pub const THINKS: u8 = 4;
    /// It says that the model does not think.
    pub const THINKS_NOT: u8 = 8;

    /// A call that names a model and nothing else.
    pub fn of_model(model: Option<u16>) -> Self {
        Self {
            model: model.unwrap_or(super::models::UNNAMED),
            ..Self::default()
        }
    }

    /// Whether it says that.
    pub fn is(self, bit: u8) -> bool {
        self.bits & bit != 0
    }

    /// The same, which says that where `so`.
    #[must_use]
    pub fn and(self, bit: u8, so: bool) -> Self {
        let bits = if so { self.bits | bit } else { self.bits };
        Self { bits, ..self }
    }
}

/// The tags of the items of a chunk. Each list has one for every item, or is empty. Ids begin with the first item
/// that has one: those before it get 0.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Tags {
    models: Vec<u16>,
    ids: Vec<u64>,
    said: Vec<Said>,
}

impl Tags {
    /// Adds the tag of an item that comes after so many others. All items of a file are asked for their model, or
    /// none is.
    #[inline]
    pub fn push(&mut self, tag: Tag, others: usize) {
        self.models.extend(tag.model);
        if tag.id.is_some() {
            self.begin(others);
        }
        if tag.id.is_some() || self.has_ids() {
            self.ids.push(tag.id.unwrap_or(0));
            self.said.push(tag.said);
        }
    }

    /// Adds the tag of an item that has a model and no id, where no other has one.
    #[inline]
    pub fn push_model(&mut self, model: u16) {
        self.models.push(model);
    }

    /// Whether some item has an id.
    pub fn has_ids(&self) -> bool {
        !self.ids.is_empty()
    }

    /// Begins the lists of ids, after items without one.
    fn begin(&mut self, others: usize) {
        if !self.has_ids() {
            self.end(others);
        }
    }

    /// Makes the lists of ids as long as there are items, of which the last have none.
    fn end(&mut self, items: usize) {
        let models = self.models.get(self.said.len()..items).unwrap_or_default();
        let said = models.iter().map(|model| Said::of_model(Some(*model)));
        self.said.extend(said);
        self.said.resize(items, Said::default());
        self.ids.resize(items, 0);
    }

    /// Whether nothing is kept.
    pub fn is_empty(&self) -> bool {
        self.models.is_empty() && self.ids.is_empty()
    }

    /// Removes all.
    pub fn clear(&mut self) {
        self.models.clear();
        self.ids.clear();
        self.said.clear();
    }

    /// Those from `start` on, which are taken out.
    pub fn split_off(&mut self, start: usize) -> Self {
        let Self { models, ids, said } = self;
        Self {
            models: models.split_off(start.min(models.len())),
            ids: ids.split_off(start.min(ids.len())),
            said: said.split_off(start.min(said.len())),
        }
    }

    /// Adds those of other items. `own` and `others` are the numbers of the items.
    pub fn append(&mut self, other: &Self, own: usize, others: usize) {
        self.extend(other.all(), own, others);
    }

    /// Those at these places, in their order.
    pub fn picked(&self, places: impl Iterator<Item = usize> + Clone) -> Self {
        let models = places
            .clone()
            .filter_map(|place| self.models.get(place).copied());
        let ids = places
            .clone()
            .filter_map(|place| self.ids.get(place).copied());
        let said = places.filter_map(|place| self.said.get(place).copied());
        Self {
            models: models.collect(),
            ids: ids.collect(),
            said: said.collect(),
        }
    }

    /// Those of these places.
    pub fn part(&self, range: std::ops::Range<usize>) -> TagsRef<'_> {
        TagsRef {
            models: self.models.get(range.clone()).unwrap_or_default(),
            ids: self.ids.get(range.clone()).unwrap_or_default(),
            said: self.said.get(range).unwrap_or_default(),
        }
    }

    /// All.
    pub fn all(&self) -> TagsRef<'_> {
        TagsRef {
            models: &self.models,
            ids: &self.ids,
            said: &self.said,
        }
    }

    /// Adds copies of those. `own` and `others` are the numbers of the items.
    pub fn extend(&mut self, more: TagsRef<'_>, own: usize, others: usize) {
        self.models.extend_from_slice(more.models);
        match (more.ids, self.has_ids()) {
            ([], false) => {}
            ([], true) => {
                self.end(own.saturating_add(others));
            }
            (ids, _) => {
                self.begin(own);
                self.ids.extend_from_slice(ids);
                self.said.extend_from_slice(more.said);
            }
        }
    }
}

/// Tags of some items, as [`Tags`].
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct TagsRef<'a> {
    /// The numbers of their models.
    pub models: &'a [u16],
    /// The hashes of the names of their requests, 0 for those without.
    pub ids: &'a [u64],
    /// What they say beside that, where they have ids.
    pub said: &'a [Said],
}

impl TagsRef<'_> {
    /// No tag.
    pub const NONE: Self = TagsRef {
        models: &[],
        ids: &[],
        said: &[],
    };

    /// Those from one place to before another.
    pub fn between(self, start: usize, end: usize) -> Self {
        let (models, ids, said) = (self.models, self.ids, self.said);
        TagsRef {
            models: models
                .get(start.min(models.len())..end.min(models.len()))
                .unwrap_or_default(),
            ids: ids
                .get(start.min(ids.len())..end.min(ids.len()))
                .unwrap_or_default(),
            said: said
                .get(start.min(said.len())..end.min(said.len()))
                .unwrap_or_default(),
        }
    }
}
