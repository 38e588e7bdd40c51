//! What is asked of each call beside its tokens: which model it was made to, and which request it is.
//!
//! Most readings ask for neither, and then nothing is kept.

/// What is known of one call.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Tag {
    /// The number of its model's name among [`super::models::Models`]; `None` where models are not told apart.
    pub model: Option<u16>,
    /// A hash of the name of its request, 0 where it has none; `None` where repeated calls are not looked for.
    pub id: Option<u64>,
}

/// The tags of the items of a chunk. Each list has one for every item, or is empty.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Tags {
    models: Vec<u16>,
    ids: Vec<u64>,
}

impl Tags {
    /// Adds the tag of an item. All items of a file are asked for the same.
    #[inline]
    pub fn push(&mut self, tag: Tag) {
        self.models.extend(tag.model);
        self.ids.extend(tag.id);
    }

    /// Whether nothing is kept.
    pub fn is_empty(&self) -> bool {
        self.models.is_empty() && self.ids.is_empty()
    }

    /// Removes all.
    pub fn clear(&mut self) {
        self.models.clear();
        self.ids.clear();
    }

    /// Those from `start` on, which are taken out.
    pub fn split_off(&mut self, start: usize) -> Self {
        let Self { models, ids } = self;
        Self {
            models: models.split_off(start.min(models.len())),
            ids: ids.split_off(start.min(ids.len())),
        }
    }

    /// Adds those of other items.
    pub fn append(&mut self, mut other: Self) {
        self.models.append(&mut other.models);
        self.ids.append(&mut other.ids);
    }

    /// Those at these places, in their order.
    pub fn picked(&self, places: impl Iterator<Item = usize> + Clone) -> Self {
        let models = places
            .clone()
            .filter_map(|place| self.models.get(place).copied());
        let ids = places.filter_map(|place| self.ids.get(place).copied());
        Self {
            models: models.collect(),
            ids: ids.collect(),
        }
    }

    /// Those of these places.
    pub fn part(&self, range: std::ops::Range<usize>) -> TagsRef<'_> {
        TagsRef {
            models: self.models.get(range.clone()).unwrap_or_default(),
            ids: self.ids.get(range).unwrap_or_default(),
        }
    }

    /// All.
    pub fn all(&self) -> TagsRef<'_> {
        TagsRef {
            models: &self.models,
            ids: &self.ids,
        }
    }

    /// Adds copies of those.
    pub fn extend(&mut self, more: TagsRef<'_>) {
        self.models.extend_from_slice(more.models);
        self.ids.extend_from_slice(more.ids);
    }
}

/// Tags of some items, as [`Tags`].
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct TagsRef<'a> {
    /// The numbers of their models.
    pub models: &'a [u16],
    /// The hashes of the names of their requests.
    pub ids: &'a [u64],
}

impl TagsRef<'_> {
    /// No tag.
    pub const NONE: Self = TagsRef {
        models: &[],
        ids: &[],
    };

    /// Those from one place to before another.
    pub fn between(self, start: usize, end: usize) -> Self {
        let (models, ids) = (self.models, self.ids);
        TagsRef {
            models: models
                .get(start.min(models.len())..end.min(models.len()))
                .unwrap_or_default(),
            ids: ids.get(start..end.min(ids.len())).unwrap_or_default(),
        }
    }
}
