//! Why a run failed, and how that is said: `error: …`, a blank line, `hint: …`.

use std::path::PathBuf;

use crate::billing::error::QuoteError;
use crate::billing::rule::Rule;
use crate::catalog::{CatalogError, LookupError, is_printable};
use crate::compare::{self, CompareError};
use crate::order::{Conflict, OrderError, Say};
use crate::plan::Located;
use crate::report::check;
use crate::report::{Format, Style};
use crate::resources::ResourceError;

/// Why a run stopped.
#[derive(Debug)]
pub enum Failure {
    /// The command line is wrong: exit 2.
    Usage {
        /// The message.
        message: String,
        /// The hint that follows the message.
        hint: Option<String>,
    },
    /// There is nothing that was asked for: exit 1.
    Unmatched {
        /// The message.
        message: String,
        /// The hint that follows the message.
        hint: String,
    },
    /// A plan is wrong: exit 1.
    Plan {
        /// Every error in it.
        problems: Vec<Located>,
        /// Whether to print workflow commands of GitHub Actions.
        github: bool,
    },
    /// The quote cannot be computed: exit 1.
    Quote(anyhow::Error),
    /// A failure that is also printed as a workflow command of GitHub Actions.
    Annotated(Box<Self>),
    /// A failure that is also written to files.
    Written(Box<Self>, Vec<(PathBuf, String)>),
}

impl Failure {
    /// A wrong command line, with a hint.
    pub fn usage(message: impl Into<String>, hint: impl Into<String>) -> Self {
        Self::Usage {
            message: message.into(),
            hint: Some(hint.into()),
        }
    }

    /// The failure as a format needs it: with workflow commands in that of GitHub.
    pub fn in_format(self, format: Format) -> Self {
        match self {
            failure if format != Format::Github => failure,
            Self::Plan { problems, .. } => Self::Plan {
                problems,
                github: true,
            },
            failure @ (Self::Unmatched { .. } | Self::Quote(_)) => {
                Self::Annotated(Box::new(failure))
            }
            failure @ (Self::Usage { .. } | Self::Annotated(_) | Self::Written(..)) => failure,
        }
    }

    /// The failure with what it is of before its message.
    pub fn of(self, subject: &str) -> Self {
        let Self::Quote(error) = &self else {
            return self;
        };
        let message = format!("{subject}: {error}");
        match hint(error) {
            Some(hint) => Self::Unmatched { message, hint },
            None => Self::Quote(anyhow::anyhow!(message)),
        }
    }

    /// The failure without citing rules from documents of other providers.
    pub fn cited_by(self, provider: &str) -> Self {
        let Self::Quote(error) = &self else {
            return self;
        };
        let text = error.to_string();
        let message = Rule::only_of(provider, &text);
        match hint(error) {
            Some(hint) if message != text => Self::Unmatched { message, hint },
            _ => self,
        }
    }

    /// The workflow command with the message, and its place in a catalog file where that is known.
    fn command(&self) -> String {
        match self {
            Self::Quote(error) => match error.downcast_ref::<CatalogError>() {
                Some(CatalogError::Invalid {
                    file, line, column, ..
                }) => check::failure(
                    Some((file.as_str(), *line, *column)),
                    &harmless(&error.to_string()),
                ),
                _ => check::failure(None, &harmless(&error.to_string())),
            },
            Self::Unmatched { message, .. } => check::failure(None, &harmless(message)),
            Self::Usage { .. } | Self::Plan { .. } | Self::Annotated(_) | Self::Written(..) => {
                String::new()
            }
        }
    }

    /// Every error as a sentence, for a comment on a pull request.
    pub fn sentences(&self) -> Vec<String> {
        match self {
            Self::Usage { message, .. } | Self::Unmatched { message, .. } => {
                vec![harmless(message)]
            }
            Self::Plan { problems, .. } => {
                let problems = problems.iter();
                problems
                    .map(|problem| harmless(&problem.to_string()))
                    .collect()
            }
            Self::Quote(error) => vec![harmless(&error.to_string())],
            Self::Annotated(failure) | Self::Written(failure, _) => failure.sentences(),
        }
    }

    /// The files that are written with the failure.
    pub fn into_files(self) -> Vec<(PathBuf, String)> {
        match self {
            Self::Written(_, files) => files,
            _ => Vec::new(),
        }
    }

    /// The exit code.
    pub fn code(&self) -> u8 {
        match self {
            Self::Usage { .. } => 2,
            Self::Unmatched { .. } | Self::Plan { .. } | Self::Quote(_) => 1,
            Self::Annotated(failure) | Self::Written(failure, _) => failure.code(),
        }
    }

    /// The message as stderr shows it.
    pub fn render(&self, style: Style) -> String {
        match self {
            Self::Usage {
                message: text,
                hint,
            } => message(text, hint.as_deref(), style),
            Self::Unmatched {
                message: text,
                hint,
            } => message(text, Some(hint), style),
            Self::Plan { problems, github } => plan(problems, *github, style),
            Self::Quote(error) => message(&error.to_string(), hint(error).as_deref(), style),
            Self::Annotated(failure) => failure.command() + &failure.render(style),
            Self::Written(failure, _) => failure.render(style),
        }
    }
}

impl<E: Into<anyhow::Error>> From<E> for Failure {
    fn from(error: E) -> Self {
        Self::Quote(error.into())
    }
}

impl From<Conflict> for Failure {
    fn from(conflict: Conflict) -> Self {
        let (message, hint) = (conflict.message(Say::Flags), conflict.hint(Say::Flags));
        match conflict.is_of_the_trace() {
            true => Self::Unmatched { message, hint },
            false => Self::usage(message, hint),
        }
    }
}

impl From<OrderError> for Failure {
    fn from(error: OrderError) -> Self {
        match error {
            OrderError::Conflict(conflict) => conflict.into(),
            OrderError::Lookup(error) => error.into(),
            OrderError::Quote(error) => error.into(),
            OrderError::Trace(error) => Self::Unmatched {
                message: error.to_string(),
                hint: error.hint().into_owned(),
            },
            OrderError::Fit(error) => Self::Unmatched {
                message: error.to_string(),
                hint: error.hint().unwrap_or("use `--fit p99`").to_owned(),
            },
        }
    }
}

impl From<compare::TraceError> for Failure {
    fn from(error: compare::TraceError) -> Self {
        match error {
            compare::TraceError::Order(error) => error.into(),
            compare::TraceError::Compare(error) => error.into(),
        }
    }
}

/// All that is wrong with a plan. What workflow commands leave out stands below them.
fn plan(problems: &[Located], github: bool, style: Style) -> String {
    let clean: Vec<Located> = problems
        .iter()
        .map(|problem| Located {
            message: harmless(&problem.message),
            ..problem.clone()
        })
        .collect();
    let (commands, rest) = match github {
        true => check::problems(&clean),
        false => (String::new(), clean.as_slice()),
    };
    let lines: String = rest
        .iter()
        .map(|problem| message(&problem.to_string(), None, style))
        .collect();
    let hint = "`tollgate check --help` lists the keys of a plan";
    format!("{commands}{lines}\n{} {hint}\n", style.bold("hint:"))
}

/// The hint for an error, by its kind.
fn hint(error: &anyhow::Error) -> Option<String> {
    if let Some(error) = error.downcast_ref::<LookupError>() {
        Some(error.hint())
    } else if let Some(error) = error.downcast_ref::<CatalogError>() {
        Some(error.hint().to_owned())
    } else if let Some(error) = error.downcast_ref::<ResourceError>() {
        Some(error.hint().to_owned())
    } else if let Some(error) = error.downcast_ref::<CompareError>() {
        error.hint().map(std::borrow::Cow::into_owned)
    } else {
        let error = error.downcast_ref::<QuoteError>()?;
        error.hint().map(str::to_owned)
    }
}

/// An error and its hint. Nothing in it reaches a terminal as a control character.
pub fn message(text: &str, hint: Option<&str>, style: Style) -> String {
    let mut shown = format!("{} {}\n", style.alarm("error:"), harmless(text));
    if let Some(hint) = hint {
        shown.push_str(&format!("\n{} {}\n", style.bold("hint:"), harmless(hint)));
    }
    shown
}

/// A warning as stderr shows it.
pub fn warning(text: &str, style: Style) -> String {
    format!("{} {}\n", style.bold("warning:"), harmless(text))
}

fn harmless(text: &str) -> String {
    let mut shown = String::new();
    for c in text.trim_end().chars() {
        if c == '\n' || is_printable(c) {
            shown.push(c);
        } else {
            shown.extend(c.escape_default());
        }
    }
    shown
}
