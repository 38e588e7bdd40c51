//! Which columns hold what, by the names that a log has for them or by names that were given.

use super::logs::Log;

/// What a column is for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Role {
    /// When the call arrived, or the minute of an aggregate.
    Time,
    /// Input tokens.
    Input,
    /// Output tokens.
    Output,
    /// Number of calls of an aggregate.
    Requests,
    /// Input tokens that were read from a cache or written to one.
    Cache(CacheRole),
}

/// What a column of cached tokens is for: cached tokens count inside the input tokens or beside them.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum CacheRole {
    /// Read from a cache, and part of the input tokens.
    ReadInside,
    /// Read from a cache, and not part of the input tokens.
    ReadBeside,
    /// Written to a cache, and part of the input tokens.
    WriteInside,
    /// Written to a cache, and not part of the input tokens.
    WriteBeside,
}

impl CacheRole {
    /// Every one, by [`CacheRole::index`].
    pub const ALL: [Self; 4] = [
        Self::ReadInside,
        Self::ReadBeside,
        Self::WriteInside,
        Self::WriteBeside,
    ];

    /// Its index in tables of cached tokens.
    pub(super) fn index(self) -> usize {
        match self {
            Self::ReadInside => 0,
            Self::ReadBeside => 1,
            Self::WriteInside => 2,
            Self::WriteBeside => 3,
        }
    }

    /// Whether tokens are written to the cache.
    fn is_write(self) -> bool {
        matches!(self, Self::WriteInside | Self::WriteBeside)
    }

    /// Whether they are no part of the input tokens.
    #[must_use]
    pub fn is_beside(self) -> bool {
        matches!(self, Self::ReadBeside | Self::WriteBeside)
    }

    /// The names by which it is known in a log.
    fn names(self, log: &Log) -> &[String] {
        let [read_inside, read_beside, write_inside, write_beside] = &log.fields.cache;
        match self {
            Self::ReadInside => read_inside,
            Self::ReadBeside => read_beside,
            Self::WriteInside => write_inside,
            Self::WriteBeside => write_beside,
        }
    }

    /// The same tokens, counted this way.
    fn counted(self, place: Option<CachePlace>) -> Self {
        match (self.is_write(), place) {
            (_, None) => self,
            (false, Some(CachePlace::Inside)) => Self::ReadInside,
            (false, Some(CachePlace::Beside)) => Self::ReadBeside,
            (true, Some(CachePlace::Inside)) => Self::WriteInside,
            (true, Some(CachePlace::Beside)) => Self::WriteBeside,
        }
    }
}

/// Where cached tokens are counted.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum CachePlace {
    /// As part of the input tokens, as OpenAI and DashScope do.
    Inside,
    /// Beside the input tokens, as Anthropic does.
    Beside,
}

impl CachePlace {
    /// `inside` or `beside`.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Inside => "inside",
            Self::Beside => "beside",
        }
    }
}

impl Role {
    /// Every role. A row of calls has the first three.
    pub const ALL: [Self; 8] = [
        Self::Time,
        Self::Input,
        Self::Output,
        Self::Requests,
        Self::Cache(CacheRole::ReadInside),
        Self::Cache(CacheRole::ReadBeside),
        Self::Cache(CacheRole::WriteInside),
        Self::Cache(CacheRole::WriteBeside),
    ];

    /// What the column holds, in sentences.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Time => "time",
            Self::Input => "input tokens",
            Self::Output => "output tokens",
            Self::Requests => "number of requests",
            Self::Cache(role) if role.is_write() => "cache write tokens",
            Self::Cache(_) => "cached input tokens",
        }
    }

    /// Its name in `--columns`.
    #[must_use]
    pub fn key(self) -> &'static str {
        match self {
            Self::Time => "time",
            Self::Input => "input",
            Self::Output => "output",
            Self::Requests => "requests",
            Self::Cache(role) if role.is_write() => "cache_write",
            Self::Cache(_) => "cached",
        }
    }

    /// Its index in tables of roles.
    pub(super) fn index(self) -> usize {
        match self {
            Self::Time => 0,
            Self::Input => 1,
            Self::Output => 2,
            Self::Requests => 3,
            Self::Cache(role) => role.index().saturating_add(4),
        }
    }

    /// The names by which it is known in a log.
    pub(super) fn names(self, log: &Log) -> &[String] {
        match self {
            Self::Time => &log.fields.time,
            Self::Input => &log.fields.input,
            Self::Output => &log.fields.output,
            Self::Requests => &log.fields.requests,
            Self::Cache(role) => role.names(log),
        }
    }
}

/// Names of columns that are not the usual ones.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Columns {
    /// The time of a call, or the minute of an aggregate.
    pub time: Option<String>,
    /// Input tokens.
    pub input: Option<String>,
    /// Output tokens.
    pub output: Option<String>,
    /// The number of calls; a file that has this column has aggregates.
    pub requests: Option<String>,
    /// Input tokens that were read from a cache.
    pub cached: Option<String>,
    /// Input tokens that were written to a cache.
    pub cache_write: Option<String>,
    /// The name of the model.
    pub model: Option<String>,
    /// Where cached tokens are counted, whatever their column is called.
    pub place: Option<CachePlace>,
}

impl Columns {
    /// Reads `time=…,input=…,output=…,requests=…,cached=…,cache_write=…,model=…`, each of them optional, or says what is wrong.
    ///
    /// # Errors
    /// A sentence about the first part that is none of these.
    pub fn parse(text: &str) -> Result<Self, String> {
        let mut columns = Self::default();
        for part in text.split(',') {
            let Some((key, name)) = part.split_once('=') else {
                return Err(format!("`{}` is not `<key>=<column>`", part.trim()));
            };
            let (key, name) = (key.trim(), name.trim());
            let slot = match key {
                "time" => &mut columns.time,
                "input" => &mut columns.input,
                "output" => &mut columns.output,
                "requests" => &mut columns.requests,
                "cached" => &mut columns.cached,
                "cache_write" => &mut columns.cache_write,
                "model" => &mut columns.model,
                _ => {
                    return Err(format!(
                        "`{key}` is not one of `time`, `input`, `output`, `requests`, `cached`, \
                         `cache_write` and `model`"
                    ));
                }
            };
            if name.is_empty() {
                return Err(format!("`{key}` names no column"));
            }
            if slot.replace(name.to_owned()).is_some() {
                return Err(format!("`{key}` is given twice"));
            }
        }
        Ok(columns)
    }

    fn given(&self, role: Role) -> Option<&str> {
        match role {
            Role::Time => self.time.as_deref(),
            Role::Input => self.input.as_deref(),
            Role::Output => self.output.as_deref(),
            Role::Requests => self.requests.as_deref(),
            Role::Cache(role) if role.is_write() => self.cache_write.as_deref(),
            Role::Cache(_) => self.cached.as_deref(),
        }
    }

    /// The role of a column that is known to have cached tokens: by its usual name, and inside without one.
    fn cache_role(&self, name: &str, is_write: bool, log: &Log) -> CacheRole {
        let of_kind = || {
            CacheRole::ALL
                .into_iter()
                .filter(|role| role.is_write() == is_write)
        };
        let usual = of_kind().find(|role| is_among(name, role.names(log)));
        let inside = if is_write {
            CacheRole::WriteInside
        } else {
            CacheRole::ReadInside
        };
        usual.unwrap_or(inside).counted(self.place)
    }

    /// The field with this name, as it is written in a file, where it may have cached tokens.
    pub fn cache_field(&self, name: &str, log: &'static Log) -> Option<CacheField> {
        let mut all = self.cache_fields(log);
        all.find(|field| match field.rank {
            GIVEN.. => field.name == name,
            _ => name.eq_ignore_ascii_case(&field.name),
        })
    }

    /// The fields that may have cached tokens: those that the log has, where no other name was given.
    pub fn cache_fields(&self, log: &'static Log) -> impl Iterator<Item = CacheField> {
        let ranks = 0_u8..;
        let usual = CacheRole::ALL.into_iter().flat_map(move |role| {
            let names = role.names(log).iter();
            names.map(move |name| (name, role))
        });
        let usual = usual.zip(ranks).map(|((name, role), rank)| CacheField {
            name: name.clone(),
            role: role.counted(self.place),
            rank,
        });
        let usual = usual.filter(|field| self.given(Role::Cache(field.role)).is_none());
        let given = [
            (&self.cached, GIVEN, false),
            (&self.cache_write, GIVEN + 1, true),
        ];
        let given = given.into_iter().filter_map(move |(name, rank, is_write)| {
            let name = name.clone()?;
            let role = self.cache_role(&name, is_write, log);
            Some(CacheField { name, role, rank })
        });
        usual.chain(given)
    }
}

/// A field that may have cached tokens.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CacheField {
    /// Its name.
    pub name: String,
    /// What is in it.
    pub role: CacheRole,
    /// Its number among such fields, below 64.
    pub rank: u8,
}

/// The number of a field whose name was given, and from which on they are; a log has fewer names.
const GIVEN: u8 = 62;

/// The name of each role's column, by [`Role::index`]. Only aggregates have requests, and not every row has cached
/// tokens.
pub type Names = [Option<String>; 8];

/// Why the columns of a file are not clear.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum ColumnProblem {
    /// The given name is not there.
    NotThere(String),
    /// No column has a name for this role.
    Unknown(Role),
    /// Several columns could be the one for this role.
    Ambiguous(Role, Vec<String>),
}

/// Finds the columns in the header. Where `open`, a name that was given need not be in the header: a field of
/// JSON may come in a later object. Columns of cached tokens are looked for where `cached`, and that of output tokens
/// may be missing where `no_output`.
pub fn recognise(
    header: &[String],
    columns: &Columns,
    log: &Log,
    open: bool,
    cached: bool,
    no_output: bool,
) -> Result<Names, ColumnProblem> {
    let find = |role, more| find(header, columns, log, role, open, more);
    let requests = find(Role::Requests, &[])?;
    let minutes: &[String] = match requests.as_slice() {
        [] => &[],
        _ => &log.fields.minute,
    };
    let mut found: [Vec<String>; 8] = Default::default();
    let mut put = |role: Role, names: Vec<String>| {
        if let Some(slot) = found.get_mut(role.index()) {
            *slot = names;
        }
    };
    put(Role::Time, find(Role::Time, minutes)?);
    for role in [Role::Input, Role::Output] {
        put(role, find(role, &[])?);
    }
    put(Role::Requests, requests);
    let kinds = [
        (CacheRole::ReadInside, CacheRole::ReadBeside),
        (CacheRole::WriteInside, CacheRole::WriteBeside),
    ];
    for (inside, beside) in kinds.into_iter().filter(|_| cached) {
        let names = find(Role::Cache(inside), beside.names(log))?;
        let roles = names
            .iter()
            .map(|name| columns.cache_role(name, inside.is_write(), log));
        let mut roles: Vec<CacheRole> = roles.collect();
        roles.dedup();
        let mut distinct = names.clone();
        distinct.sort_unstable();
        distinct.dedup();
        let is_repeated = distinct.len() < names.len();
        match roles.as_slice() {
            // What they count is the same, and so are their numbers, or a row is bad.
            [role] if !is_repeated => put(Role::Cache(*role), names.into_iter().take(1).collect()),
            _ => put(Role::Cache(inside), names),
        }
    }
    // Hits that are part of the input and writes that are not, or the other way round, are of two conventions.
    let of_cache = |role: CacheRole| found.get(Role::Cache(role).index()).into_iter().flatten();
    for (one, other) in [
        (CacheRole::ReadInside, CacheRole::WriteBeside),
        (CacheRole::ReadBeside, CacheRole::WriteInside),
    ] {
        let (ones, others) = (of_cache(one), of_cache(other));
        if ones.clone().next().is_some() && others.clone().next().is_some() {
            let names = ones.chain(others).cloned().collect();
            return Err(ColumnProblem::Ambiguous(Role::Cache(one), names));
        }
    }
    let is_required = |role: &Role| match role {
        Role::Time | Role::Input => true,
        Role::Output => !no_output,
        _ => false,
    };
    let mut roles = Role::ALL.into_iter().zip(&found);
    if let Some((role, _)) = roles.find(|(role, found)| is_required(role) && found.is_empty()) {
        // Minutes are of sums, and these have requests.
        let mut header = header.iter();
        let minutes = header.any(|name| is_among(name, &log.fields.minute));
        return Err(ColumnProblem::Unknown(match role {
            Role::Time if minutes => Role::Requests,
            role => role,
        }));
    }
    let mut roles = Role::ALL.into_iter().zip(&found);
    if let Some((role, several)) = roles.find(|(_, found)| found.len() > 1) {
        return Err(ColumnProblem::Ambiguous(role, several.clone()));
    }
    Ok(found.map(|found| found.into_iter().next()))
}

/// The column of times alone, where it is clear.
pub fn time_column(header: &[String], columns: &Columns, log: &Log) -> Option<String> {
    let find = |role, more| find(header, columns, log, role, true, more).ok();
    let minutes: &[String] = match find(Role::Requests, &[])?.as_slice() {
        [] => &[],
        _ => &log.fields.minute,
    };
    let found = find(Role::Time, minutes)?;
    match found.as_slice() {
        [only] => Some(only.clone()),
        _ => None,
    }
}

/// The columns of the header that could be the one for a role. Of a known log the first of its names is the one;
/// of cached tokens all are looked at, as they have to agree.
fn find(
    header: &[String],
    columns: &Columns,
    log: &Log,
    role: Role,
    open: bool,
    more: &[String],
) -> Result<Vec<String>, ColumnProblem> {
    if let Some(given) = columns.given(role) {
        let found = header.iter().filter(|name| name.as_str() == given);
        let found: Vec<String> = found.cloned().collect();
        return match (found.is_empty(), open) {
            (true, true) => Ok(vec![given.to_owned()]),
            (true, false) => Err(ColumnProblem::NotThere(given.to_owned())),
            (false, _) => Ok(found),
        };
    }
    let with = |names: &[String]| {
        let found = header.iter().filter(|name| is_among(name, names));
        found.cloned().collect::<Vec<String>>()
    };
    let known = [role.names(log), more].concat();
    if log.is_known() && !matches!(role, Role::Cache(_)) {
        let mut each = known.iter().map(|name| with(std::slice::from_ref(name)));
        return Ok(each.find(|found| !found.is_empty()).unwrap_or_default());
    }
    Ok(with(&known))
}

/// Whether a name is among these, in any case.
fn is_among(name: &str, names: &[String]) -> bool {
    names.iter().any(|known| known.eq_ignore_ascii_case(name))
}
