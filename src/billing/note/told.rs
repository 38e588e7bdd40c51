//! What is said of calls that a log tells more of than is priced.

use std::collections::BTreeSet;
use std::fmt;

use crate::billing::mode::Mode;
use crate::billing::number::{counted, whole};
use crate::billing::recorded::{Apart, CachedBy, Calls, Derived, Told};

/// How many spellings of a model a hint names.
const SPELLINGS: usize = 2;

/// How many other models are named.
const LISTED: usize = 3;

/// What a log tells of its calls, and the quote does not price.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum ToldNote {
    /// They were made to other models than the quoted one.
    OtherModels {
        /// These calls.
        calls: Calls,
        /// All calls.
        all: Calls,
        /// The number of these other models.
        models: usize,
        /// Those with the most calls, and these.
        most: Vec<(String, Calls)>,
        /// The quoted model.
        priced_as: String,
        /// Whether other models are priced, too.
        several: bool,
        /// How these calls can be left out.
        hint: Option<String>,
    },
    /// They name more models than are told apart, the quoted one perhaps among them.
    TooManyModels {
        /// The calls that name a model.
        calls: Calls,
        /// All calls.
        all: Calls,
        /// The number of models that are told apart.
        models: usize,
        /// The quoted model.
        priced_as: String,
        /// Whether other models are priced, too.
        several: bool,
    },
    /// They have cached input tokens.
    Cached {
        /// The calls and those tokens.
        apart: Apart,
        /// All calls.
        all: Calls,
        /// From where those tokens are known.
        by: CachedBy,
    },
    /// They have reasoning tokens.
    Reasoning {
        /// The calls and those tokens.
        apart: Apart,
        /// The number of all calls.
        of: u64,
    },
    /// They name another mode than the one in which all are priced.
    OtherMode {
        /// These calls.
        calls: Calls,
        /// The number of all calls.
        of: u64,
        /// The mode that they name.
        named: Mode,
        /// The mode in which all calls are priced.
        priced: Mode,
    },
    /// They name a mode, and each option of a comparison prices all calls in one mode.
    Modes {
        /// Calls that name thinking.
        thinking: Calls,
        /// Calls that name non-thinking.
        non_thinking: Calls,
        /// The number of all calls.
        of: u64,
    },
}

impl ToldNote {
    /// The note on calls that name other models than the quoted one.
    #[must_use]
    pub fn models(told: &Told, all: Calls, several: bool) -> Self {
        let others = told.others.iter().map(|one| one.calls);
        let calls = others
            .chain([told.more])
            .fold(Calls::default(), Calls::roughly_plus);
        let models = told.others.len();
        let priced_as = told.priced_as.clone();
        if told.more != Calls::default() {
            return Self::TooManyModels {
                calls,
                all,
                models: models.saturating_add(told.own.len()),
                priced_as,
                several,
            };
        }
        let most = told.others.iter().take(LISTED);
        Self::OtherModels {
            calls,
            all,
            models,
            most: most.map(|one| (one.model.clone(), one.calls)).collect(),
            priced_as,
            several,
            hint: where_hint(told, calls),
        }
    }
}

impl Told {
    /// The notes on it in a quote of this mode with these calls in all; `several` is whether other models
    /// than the quoted one are priced, too.
    #[must_use]
    pub fn notes(&self, mode: Option<Mode>, all: Calls, several: bool) -> Vec<ToldNote> {
        let mut notes = Vec::new();
        let of = all.calls;
        if !self.others.is_empty() || self.more != Calls::default() {
            notes.push(ToldNote::models(self, all, several));
        }
        if self.cached.tokens > 0 {
            notes.push(ToldNote::Cached {
                apart: self.cached,
                all,
                by: self.cached_by.clone(),
            });
        }
        if self.reasoning.tokens > 0 {
            let apart = self.reasoning;
            notes.push(ToldNote::Reasoning { apart, of });
        }
        if let Some(priced) = mode
            && let Some((named, calls)) = self.in_another(priced)
        {
            notes.push(ToldNote::OtherMode {
                calls,
                of,
                named,
                priced,
            });
        }
        notes
    }
}

/// How calls of other models can be left out; `None` where a name would have to be quoted for a shell.
fn where_hint(told: &Told, calls: Calls) -> Option<String> {
    let field = told.field.as_ref()?;
    let is_plain = |text: &String| {
        let plain = |c: char| c.is_ascii_alphanumeric() || "-_./:".contains(c);
        text.chars().all(plain)
    };
    if !is_plain(field) || !told.own.iter().all(is_plain) || told.own.len() > SPELLINGS {
        return None;
    }
    match told.own.as_slice() {
        [] if told.others.len() > 1 => Some(format!(
            "`--where {field}=<NAME>` keeps the calls of one model"
        )),
        [] => None,
        own => {
            let filters = own.iter().map(|name| format!("--where {field}={name}"));
            let filters: Vec<String> = filters.collect();
            let them = if calls.calls == 1 { "it" } else { "them" };
            Some(format!("`{}` leaves {them} out", filters.join(" ")))
        }
    }
}

/// `3 of 4 calls (4,100 tokens, 62% of all)`.
fn share(calls: Calls, all: Calls) -> String {
    let tokens = tokens_of(calls);
    format!(
        "{} of {} ({}, {} of all)",
        whole(calls.calls),
        counted(all.calls, "call"),
        counted(tokens, "token"),
        percent(calls, all)
    )
}

/// What part of all tokens these are, in whole percent.
fn percent(calls: Calls, all: Calls) -> String {
    let (part, whole) = (u128::from(tokens_of(calls)), u128::from(tokens_of(all)));
    let twice = part.saturating_mul(200).saturating_add(whole);
    let rounded = twice.checked_div(whole.saturating_mul(2)).unwrap_or(0);
    match rounded {
        0 if part > 0 => "under 1%".to_owned(),
        100 if part < whole => "over 99%".to_owned(),
        rounded => format!("{rounded}%"),
    }
}

fn tokens_of(calls: Calls) -> u64 {
    calls.tokens.input.saturating_add(calls.tokens.output)
}

/// `3 of 4 calls (4,100 tokens)`.
fn part(calls: Calls, of: u64) -> String {
    format!(
        "{} of {} ({})",
        whole(calls.calls),
        counted(of, "call"),
        counted(tokens_of(calls), "token")
    )
}

/// `is priced as`.
fn priced(calls: Calls, as_what: &str, several: bool) -> String {
    let are = if calls.calls == 1 { "is" } else { "are" };
    match several {
        true => format!("{are} priced as each model that is compared"),
        false => format!("{are} priced as `{as_what}`"),
    }
}

impl fmt::Display for ToldNote {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::OtherModels {
                calls,
                all,
                models,
                most,
                priced_as,
                several,
                hint,
            } => {
                let were = if calls.calls == 1 { "was" } else { "were" };
                let which = match (models, several) {
                    (0 | 1, false) => format!("another model, {},", name(most)),
                    (0 | 1, true) => {
                        format!("another model than `{priced_as}`, which is {},", name(most))
                    }
                    (_, false) => format!("other models ({}),", shares(most, *models, *all)),
                    (_, true) => {
                        let shares = shares(most, *models, *all);
                        format!("other models than `{priced_as}` ({shares}),")
                    }
                };
                let priced = priced(*calls, priced_as, *several);
                write!(
                    f,
                    "{} {were} made to {which} and {priced}",
                    share(*calls, *all)
                )?;
                match hint {
                    Some(hint) => write!(f, ": {hint}"),
                    None => Ok(()),
                }
            }
            Self::TooManyModels {
                calls,
                all,
                models,
                priced_as,
                several,
            } => write!(
                f,
                "{} name one of more than {} models, which are too many to tell apart, and {}",
                share(*calls, *all),
                whole(*models),
                priced(*calls, priced_as, *several)
            ),
            Self::Cached { apart, all, by } => cached(f, *apart, *all, by),
            Self::Reasoning { apart, of } => {
                counts(f, *apart, *of)?;
                write!(
                    f,
                    "{} reasoning tokens, which are priced as output where they are within the \
                     output tokens, and not at all where they are beside them",
                    whole(apart.tokens)
                )
            }
            Self::OtherMode {
                calls,
                of,
                named,
                priced,
            } => write!(
                f,
                "{} {} the mode `{}`, and {} priced in the mode `{}`",
                part(*calls, *of),
                if calls.calls == 1 { "names" } else { "name" },
                named.name(),
                if calls.calls == 1 { "is" } else { "are" },
                priced.name()
            ),
            Self::Modes {
                thinking,
                non_thinking,
                of,
            } => {
                let both = thinking.roughly_plus(*non_thinking);
                write!(
                    f,
                    "{} {} a mode, {} `thinking` and {} `non-thinking`, and each option prices all calls in one mode",
                    part(both, *of),
                    if both.calls == 1 { "names" } else { "name" },
                    whole(thinking.calls),
                    whole(non_thinking.calls)
                )
            }
        }
    }
}

/// The only one of them.
fn name(most: &[(String, Calls)]) -> String {
    let only = most.first().map_or("", |(name, _)| name);
    format!("`{only}`")
}

/// ``36% `a`, 12% `b` and 2 more``, in parts of all tokens.
fn shares(most: &[(String, Calls)], models: usize, all: Calls) -> String {
    let named = most
        .iter()
        .map(|(name, calls)| format!("{} `{name}`", percent(*calls, all)));
    let named: Vec<String> = named.collect();
    match models.saturating_sub(named.len()) {
        0 => match named.split_last() {
            Some((last, others)) if !others.is_empty() => {
                format!("{} and {last}", others.join(", "))
            }
            _ => named.concat(),
        },
        more => format!("{} and {more} more", named.join(", ")),
    }
}

/// `1 of 4 calls counts `.
fn counts(f: &mut fmt::Formatter<'_>, apart: Apart, of: u64) -> fmt::Result {
    let calls = apart.calls.calls;
    let count = if calls == 1 { "counts" } else { "count" };
    write!(f, "{} of {} {count} ", whole(calls), counted(of, "call"))
}

/// How many cached tokens there are, and how they were read.
fn cached(f: &mut fmt::Formatter<'_>, apart: Apart, all: Calls, by: &CachedBy) -> fmt::Result {
    let written = all.tokens.cache_write;
    let read = apart.tokens.saturating_sub(written);
    let said = [(read, "cached input token"), (written, "cache write token")];
    let said = said.into_iter().filter(|(tokens, _)| *tokens > 0);
    let said: Vec<String> = said.map(|(tokens, what)| counted(tokens, what)).collect();
    counts(f, apart, all.calls)?;
    f.write_str(&said.join(" and "))?;
    if let Some(Derived { field, block, ttl }) = &by.derived {
        let ttl = match ttl {
            Some(ttl) => format!("within {} of the last use", ttl.in_words()),
            None => "at any time before".to_owned(),
        };
        write!(
            f,
            ", derived from `{field}` (a reading: its first blocks of {block} tokens that an earlier call used, {ttl})"
        )?;
    }
    if !by.inside.is_empty() {
        let fields = fields(&by.inside);
        write!(f, " {fields}, as part of the input tokens")?;
    }
    if !by.beside.is_empty() {
        let and = if by.inside.is_empty() { "" } else { ", and" };
        let fields = fields(&by.beside);
        write!(
            f,
            "{and} {fields}, beside the input tokens, to which they are added"
        )?;
    }
    Ok(())
}

/// ``in `a` and `b` ``.
fn fields(names: &BTreeSet<String>) -> String {
    let names = names.iter().map(|name| format!("`{name}`"));
    format!("in {}", names.collect::<Vec<_>>().join(" and "))
}
