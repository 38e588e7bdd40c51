//! Which columns hold what, by their usual names or by the names that were given.

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
}

impl Role {
    /// Every role. A row of calls has the first three.
    pub const ALL: [Self; 4] = [Self::Time, Self::Input, Self::Output, Self::Requests];

    /// What the column holds, in sentences.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Time => "time",
            Self::Input => "input tokens",
            Self::Output => "output tokens",
            Self::Requests => "number of requests",
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
        }
    }

    /// Its index in tables of roles.
    pub(super) fn index(self) -> usize {
        match self {
            Self::Time => 0,
            Self::Input => 1,
            Self::Output => 2,
            Self::Requests => 3,
        }
    }

    /// The names by which it is recognised, in lower case.
    fn usual(self) -> &'static [&'static str] {
        match self {
            Self::Time => &["timestamp", "time", "ts", "arrived_at", "created"],
            Self::Input => &[
                "input_tokens",
                "prompt_tokens",
                "contexttokens",
                "input_length",
                "request tokens",
                "usage.prompt_tokens",
                "usage.input_tokens",
            ],
            Self::Output => &[
                "output_tokens",
                "completion_tokens",
                "generatedtokens",
                "output_length",
                "response tokens",
                "usage.completion_tokens",
                "usage.output_tokens",
            ],
            Self::Requests => &["requests", "request_count", "num_requests", "calls"],
        }
    }
}

/// A name of the time column of aggregates, beside the usual names of times.
const MINUTE: &str = "minute";

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
}

impl Columns {
    /// Reads `time=…,input=…,output=…,requests=…`, each of them optional, or says what is wrong.
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
                _ => {
                    return Err(format!(
                        "`{key}` is not one of `time`, `input`, `output` and `requests`"
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
        }
    }
}

/// The name of each role's column, by [`Role::index`]; only aggregates have the last one.
pub type Names = [Option<String>; 4];

/// Why the columns of a file are not clear.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum ColumnProblem {
    /// The given name is not there.
    NotThere(String),
    /// No column has a usual name.
    Unknown(Role),
    /// Several columns could be the one for this role.
    Ambiguous(Role, Vec<String>),
}

/// Finds the columns in the header. Where `open`, a name that was given need not be in the header: a field of
/// JSON may come in a later object.
pub fn recognise(header: &[String], columns: &Columns, open: bool) -> Result<Names, ColumnProblem> {
    let requests = find(header, columns, Role::Requests, open, &[])?;
    let minutes: &[&str] = match requests.as_slice() {
        [] => &[],
        _ => &[MINUTE],
    };
    let found = [
        find(header, columns, Role::Time, open, minutes)?,
        find(header, columns, Role::Input, open, &[])?,
        find(header, columns, Role::Output, open, &[])?,
        requests,
    ];
    let is_required = |role: &Role| *role != Role::Requests;
    let mut roles = Role::ALL.into_iter().zip(&found);
    if let Some((role, _)) = roles.find(|(role, found)| is_required(role) && found.is_empty()) {
        // Minutes are of sums, and these have requests.
        let minutes = header.iter().any(|name| name.eq_ignore_ascii_case(MINUTE));
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
pub fn time_column(header: &[String], columns: &Columns) -> Option<String> {
    let requests = find(header, columns, Role::Requests, true, &[]).ok()?;
    let minutes: &[&str] = match requests.as_slice() {
        [] => &[],
        _ => &[MINUTE],
    };
    let found = find(header, columns, Role::Time, true, minutes).ok()?;
    match found.as_slice() {
        [only] => Some(only.clone()),
        _ => None,
    }
}

/// The columns of the header that could be the one for a role.
fn find(
    header: &[String],
    columns: &Columns,
    role: Role,
    open: bool,
    more: &[&str],
) -> Result<Vec<String>, ColumnProblem> {
    let given = columns.given(role);
    let is_it = |name: &&String| match given {
        Some(given) => given == name.as_str(),
        None => {
            let name = name.to_ascii_lowercase();
            role.usual().iter().chain(more).any(|usual| *usual == name)
        }
    };
    let found: Vec<String> = header.iter().filter(is_it).cloned().collect();
    match given {
        Some(given) if found.is_empty() && open => Ok(vec![given.to_owned()]),
        Some(given) if found.is_empty() => Err(ColumnProblem::NotThere(given.to_owned())),
        _ => Ok(found),
    }
}
