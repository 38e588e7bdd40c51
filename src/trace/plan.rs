//! What was found out about a file: how each of its rows is read.

use std::collections::BTreeMap;
use std::sync::Arc;

use super::columns::{CacheField, Role};
use super::logs::{Field, Log};
use super::marks::{Mark, Marked, MarksOfRow};
use super::models::{Models, Named};
use super::options::{Filter, NoOutput, Options, Tuning};
use super::rules::Rules;
use super::time::{Clock, Times};

/// How the rows of a file are read. Threads share it.
#[derive(Debug, Clone)]
pub struct Plan {
    /// CSV or JSON Lines, and where the columns are.
    pub layout: Layout,
    /// What is between the columns of CSV.
    pub separator: u8,
    /// Whether the rows are sums of minutes.
    pub aggregates: bool,
    /// The names of the fields that name models, by rank.
    pub model_fields: BTreeMap<u8, String>,
    /// The names of the fields of cached tokens, by rank, and whether they are beside the input tokens.
    pub cache_fields: BTreeMap<u8, (String, bool)>,
    /// The names of models, which all files share.
    pub models: Named,
    /// The name of the file.
    pub file: Arc<str>,
    /// Which calls may be without output tokens.
    pub no_output: NoOutput,
    /// Whether a row has output tokens.
    pub has_output: bool,
    /// Whether a call without output tokens is a failed one.
    pub failed_without_output: bool,
    /// The columns that may hold objects as text.
    pub within: Vec<Within>,
    /// How times are read; unknown until the first row that has one.
    pub clock: Option<Clock>,
    /// The texts that pass, by filter.
    pub filters: Filters,
    /// Which rows are calls.
    pub rules: Rules,
    /// Tokens of a block, where hits are derived from the hashes of blocks.
    pub block: Option<u32>,
    /// What is known of times before the first one.
    pub times: Times,
    /// Limits and sizes, which tests may set.
    pub tuning: Tuning,
}

/// A column that may hold an object as text, and the wanted fields of that.
#[derive(Debug, Clone)]
pub struct Within {
    /// Its index among the columns.
    pub column: usize,
    /// Its name.
    pub name: String,
    /// The wanted fields.
    pub fields: Node,
}

/// Where a row has the texts that are wanted.
#[derive(Debug, Clone)]
pub enum Layout {
    /// The use of each column, in the order of the header.
    Csv(Vec<Use>),
    /// The wanted fields. `None` until the first object that passes the filters.
    Json(Node),
}

/// What a column is used for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Use {
    /// The role that it holds, such as the time.
    pub role: Option<Role>,
    /// The number of the filter that looks at it.
    pub filter: Option<usize>,
    /// The number of the rule that looks at it, by which a row is a call or none.
    pub rule: Option<usize>,
    /// What it tells of a call beside time and tokens.
    pub mark: Option<Marked>,
}

impl Use {
    /// Makes it a field of cached tokens, unless it is another number of the call or its time.
    pub fn hold(&mut self, field: &CacheField) {
        let role = Role::Cache(field.role);
        if *self.role.get_or_insert(role) == role {
            let (mark, rank) = (Mark::Cached, field.rank);
            self.mark = Some(Marked { mark, rank });
        }
    }

    /// How many look at it who want its whole value.
    fn count(&self) -> usize {
        let uses = [
            self.role.is_some(),
            self.filter.is_some(),
            self.rule.is_some(),
        ];
        uses.into_iter().filter(|used| *used).count()
    }

    /// Makes it tell something, unless it is a time or a number of the call itself.
    pub fn tell(&mut self, marked: Marked) {
        if self.role.is_none() && self.mark.is_none() {
            self.mark = Some(marked);
        }
    }
}

/// Fields of a JSON object that are wanted.
#[derive(Debug, Clone, Default)]
pub struct Node {
    /// The fields within the value, by key.
    pub children: Vec<(String, Node)>,
    /// Fields that tell something and that no object so far has. A later object may have them.
    pub rare: Rare,
    /// What the value itself is for.
    pub used: Use,
}

impl Node {
    /// Adds a field: under its key as it is, and under the path that the dots in it make.
    pub fn add(&mut self, name: &str, set: &dyn Fn(&mut Use)) {
        let path: Vec<&str> = name.split('.').collect();
        self.add_path(&path, set);
        if path.len() > 1 {
            self.add_path(&[name], set);
        }
    }

    fn add_path(&mut self, path: &[&str], set: &dyn Fn(&mut Use)) {
        let Some((key, rest)) = path.split_first() else {
            return set(&mut self.used);
        };
        if let Some((_, child)) = self.children.iter_mut().find(|(name, _)| name == key) {
            return child.add_path(rest, set);
        }
        let mut child = Self::default();
        child.add_path(rest, set);
        self.children.push(((*key).to_owned(), child));
    }

    /// Adds a field that may have cached tokens, if it is not there.
    pub fn add_rare_cached(&mut self, field: &CacheField) {
        let hold = |used: &mut Use| used.hold(field);
        let path: Vec<&str> = field.name.split('.').collect();
        self.add_rare_path(&path, &hold);
        if path.len() > 1 {
            self.add_rare_path(&[field.name.as_str()], &hold);
        }
    }

    /// Adds every field that may hold this role and is not there.
    pub fn add_rare_role(&mut self, role: Role, log: &Log) {
        for name in role.names(log) {
            let hold = |used: &mut Use| used.role = used.role.or(Some(role));
            let path: Vec<&str> = name.split('.').collect();
            self.add_rare_path(&path, &hold);
            if path.len() > 1 {
                self.add_rare_path(&[name], &hold);
            }
        }
    }

    /// Adds every field that says that a call failed, before it is known which others there are.
    pub fn add_failures(&mut self, fields: &[Field]) {
        let failures = fields.iter().filter(|field| field.marked.mark.is_failure());
        for field in failures {
            let path: Vec<&str> = field.name.split('.').collect();
            self.add_rare_path(&path, &|used| used.tell(field.marked));
            if path.len() > 1 {
                let tell = |used: &mut Use| used.tell(field.marked);
                self.add_rare_path(&[field.name.as_str()], &tell);
            }
        }
    }

    /// Adds every field that tells something and is not there.
    pub fn add_rare(&mut self, fields: &[Field]) {
        for field in fields {
            let path: Vec<&str> = field.name.split('.').collect();
            let tell = |used: &mut Use| used.tell(field.marked);
            self.add_rare_path(&path, &tell);
            if path.len() > 1 {
                self.add_rare_path(&[field.name.as_str()], &tell);
            }
        }
    }

    fn add_rare_path(&mut self, path: &[&str], set: &dyn Fn(&mut Use)) {
        let Some((key, rest)) = path.split_first() else {
            return set(&mut self.used);
        };
        if let Some((_, child)) = self.children.iter_mut().find(|(name, _)| name == key) {
            return child.add_rare_path(rest, set);
        }
        self.rare.child(key).add_rare_path(rest, set);
    }

    /// The field with this key.
    pub fn child(&self, key: &str) -> Option<&Self> {
        let mut children = self.children.iter();
        let found = children.find(|(name, _)| name == key);
        let found = found.map(|(_, child)| child);
        found.or_else(|| self.rare.get(key.as_bytes()))
    }

    /// The wanted fields of the value with this key, in any case.
    pub fn below(&self, key: &str) -> Option<Self> {
        let children = self.children.iter();
        let children = children.map(|(name, child)| (name.as_bytes(), child));
        let rare = self.rare.all.iter();
        let mut all = children.chain(rare.map(|(name, child)| (name.as_slice(), child)));
        let is_it = |name: &[u8]| name.eq_ignore_ascii_case(key.as_bytes());
        let found = all.find(|(name, child)| is_it(name) && child.has_children());
        found.map(|(_, child)| Self {
            used: Use::default(),
            ..child.clone()
        })
    }

    /// Whether some field below has cached tokens.
    pub fn has_cached(&self) -> bool {
        let children = self.children.iter().map(|(_, child)| child);
        let mut all = children.chain(self.rare.all.values());
        all.any(|child| matches!(child.used.role, Some(Role::Cache(_))) || child.has_cached())
    }

    /// Whether some field below is wanted.
    pub fn has_children(&self) -> bool {
        !self.children.is_empty() || !self.rare.all.is_empty()
    }

    /// Whether each value below has one use, so that the quick way is open.
    fn is_plain(&self) -> bool {
        let children = usize::from(!self.children.is_empty());
        let uses = self.used.count().saturating_add(children);
        let has_one = match self.used.mark {
            Some(_) => uses <= 1,
            None => uses == 1,
        };
        has_one && self.children.iter().all(|(_, child)| child.is_plain())
    }
}

/// Fields that are looked for where no other field has the key.
#[derive(Debug, Clone, Default)]
pub struct Rare {
    all: BTreeMap<Vec<u8>, Node>,
    /// A bit for each key, so that most other keys are told at once. Several keys may share a bit.
    bits: [u64; 8],
}

impl Rare {
    /// The field with this key.
    pub fn get(&self, key: &[u8]) -> Option<&Node> {
        let (word, bit) = bit_of(key);
        let bits = self.bits.get(word)?;
        if bits & bit == 0 {
            return None;
        }
        self.all.get(key)
    }

    /// The field with this key, which is made where it is not there.
    fn child(&mut self, key: &str) -> &mut Node {
        let (word, bit) = bit_of(key.as_bytes());
        if let Some(bits) = self.bits.get_mut(word) {
            *bits |= bit;
        }
        self.all.entry(key.as_bytes().to_vec()).or_default()
    }
}

/// The index of a key's bit, by its length, its first and its last byte.
#[inline]
fn bit_of(key: &[u8]) -> (usize, u64) {
    let byte = |byte: Option<&u8>| u16::from(byte.copied().unwrap_or(0));
    let ends = byte(key.first()).wrapping_mul(71) ^ byte(key.last()).wrapping_mul(29);
    let length = u16::try_from(key.len()).unwrap_or(u16::MAX);
    let hash = ends.wrapping_add(length.wrapping_mul(37)) & 511;
    (usize::from(hash >> 6), 1_u64.wrapping_shl(hash.into()))
}

/// For each filtered column the texts that pass, any one of which is enough.
#[derive(Debug, Clone, Default)]
pub struct Filters(Vec<(String, Vec<String>)>);

impl Filters {
    /// The filters of the options, by column.
    pub fn new(options: &Options) -> Self {
        let mut filters: Vec<(String, Vec<String>)> = Vec::new();
        for Filter { column, value } in &options.filters {
            let known = filters.iter_mut().find(|(name, _)| name == column);
            match known {
                Some((_, values)) => values.push(value.clone()),
                None => filters.push((column.clone(), vec![value.clone()])),
            }
        }
        Self(filters)
    }

    /// The columns, by number.
    pub fn columns(&self) -> impl Iterator<Item = &str> {
        self.0.iter().map(|(column, _)| column.as_str())
    }

    /// The number of filtered columns.
    pub fn len(&self) -> usize {
        self.0.len()
    }

    /// Whether the text passes the filter of that number.
    pub fn pass(&self, filter: usize, text: &[u8]) -> bool {
        self.0
            .get(filter)
            .is_some_and(|(_, values)| values.iter().any(|value| value.as_bytes() == text))
    }
}

/// What is asked of each call beside its tokens.
#[derive(Debug, Clone, Default)]
pub struct Asks {
    /// The names of models.
    pub models: Arc<Models>,
    /// Whether its model is asked for: of a file without a field for it, it is not.
    pub apart: bool,
    /// The name of the file.
    pub file: Arc<str>,
    /// Whether a call without output tokens is a failed one.
    pub failed_without_output: bool,
}

impl Plan {
    /// Keeps the name of a field of cached tokens.
    pub fn name_cached(&mut self, field: CacheField) {
        let CacheField { name, role, rank } = field;
        let named = (name, role.is_beside());
        self.cache_fields.entry(rank).or_insert(named);
    }

    /// Keeps the name of a field that names models.
    pub fn name_models(&mut self, name: String, marked: Marked) {
        if marked.mark == Mark::Model {
            self.model_fields.entry(marked.rank).or_insert(name);
        }
    }

    /// What is asked of each call beside its tokens.
    pub fn asks(&self) -> Asks {
        let Named { models, apart } = &self.models;
        Asks {
            models: Arc::clone(models),
            apart: *apart && !self.model_fields.is_empty(),
            file: Arc::clone(&self.file),
            failed_without_output: self.failed_without_output,
        }
    }

    /// Whether a row may be without output tokens.
    pub fn may_lack_output(&self, said: &MarksOfRow<'_>) -> bool {
        said.without_output || self.no_output.is_of(said.model())
    }

    /// Whether rows as programs write them can be read the quick way.
    pub fn is_quick(&self) -> bool {
        let plain = match &self.layout {
            Layout::Csv(uses) => {
                let has_output = self.has_output || self.no_output == NoOutput::All;
                let hides_cached = self.within.iter().any(|within| within.fields.has_cached());
                has_output && !hides_cached && uses.iter().all(|used| used.count() <= 1)
            }
            Layout::Json(root) => root.is_plain(),
        };
        self.tuning.quick && !self.aggregates && self.clock.is_some() && plain
    }
}
