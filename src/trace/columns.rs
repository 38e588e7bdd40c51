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

    /// Its place in tables of roles.
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
            Self::Requests => &["requests"],
        }
    }
}

/// The time column of aggregates, beside the usual names.
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
    /// No column has a usual name, or the given one.
    Unknown(Role),
    /// Several columns have.
    Ambiguous(Role, Vec<String>),
}

/// Finds the columns in the header. Where `open`, a given name counts without being in there, since
/// the fields of JSON may come later.
pub fn recognise(header: &[String], columns: &Columns, open: bool) -> Result<Names, ColumnProblem> {
    let requests = find(header, columns, Role::Requests, open, &[])?;
    let minutes: &[&str] = match requests {
        Some(_) => &[MINUTE],
        None => &[],
    };
    let required = |role, more: &[&str]| {
        let found = find(header, columns, role, open, more)?;
        found.map(Some).ok_or(ColumnProblem::Unknown(role))
    };
    Ok([
        required(Role::Time, minutes)?,
        required(Role::Input, &[])?,
        required(Role::Output, &[])?,
        requests,
    ])
}

fn find(
    header: &[String],
    columns: &Columns,
    role: Role,
    open: bool,
    more: &[&str],
) -> Result<Option<String>, ColumnProblem> {
    let given = columns.given(role);
    let is_it = |name: &&String| match given {
        Some(given) => given == name.as_str(),
        None => {
            let name = name.to_ascii_lowercase();
            role.usual().iter().chain(more).any(|usual| *usual == name)
        }
    };
    let found: Vec<&String> = header.iter().filter(is_it).collect();
    match (found.as_slice(), given) {
        ([name], _) => Ok(Some((*name).clone())),
        ([], Some(given)) if open => Ok(Some(given.to_owned())),
        ([], Some(_)) => Err(ColumnProblem::Unknown(role)),
        ([], None) => Ok(None),
        (several, _) => {
            let several = several.iter().map(|name| (*name).clone()).collect();
            Err(ColumnProblem::Ambiguous(role, several))
        }
    }
}
