//! Reading the values of one table: each key once, every problem kept.

use std::fmt;

use super::node::{Entry, Node, Table, Value};
use super::problem::Problem;
use crate::catalog::{near, printable};

/// A value in its one way of writing: two plans that mean the same have the same settings.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Setting {
    /// A text or number.
    Text(String),
    /// `true` or `false`.
    Flag(bool),
    /// A list of texts or numbers.
    List(Vec<String>),
    /// Tables: the windows of a schedule, phases.
    Tables(Vec<Settings>),
}

/// Keys with their values, in the order in which they are read.
pub type Settings = Vec<(&'static str, Setting)>;

impl fmt::Display for Setting {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Text(text) => f.write_str(text),
            Self::Flag(flag) => flag.fmt(f),
            Self::List(list) => f.write_str(&list.join(", ")),
            Self::Tables(tables) => {
                let shown: Vec<String> = tables
                    .iter()
                    .map(|table| {
                        let parts: Vec<String> = table
                            .iter()
                            .map(|(key, value)| format!("{key} {value}"))
                            .collect();
                        parts.join(" ")
                    })
                    .collect();
                f.write_str(&shown.join("; "))
            }
        }
    }
}

/// The values of a table as they are taken from it.
pub struct Fields<'a> {
    entries: Vec<&'a Entry>,
    /// Where the table begins.
    pub at: usize,
    /// The values taken so far, each in its one way of writing.
    pub settings: Settings,
    /// Whether a key is misspelt: then what seems to be missing may be there.
    pub misspelt: bool,
    problems: &'a mut Vec<Problem>,
}

impl<'a> Fields<'a> {
    /// The fields of a table that begins at `at`.
    pub fn new(entries: Vec<&'a Entry>, at: usize, problems: &'a mut Vec<Problem>) -> Self {
        Self {
            entries,
            at,
            settings: Vec::new(),
            misspelt: false,
            problems,
        }
    }

    /// The fields of a table within this one.
    pub fn of_table<'b>(&'b mut self, table: &'b Table) -> Fields<'b> {
        Fields::new(table.entries.iter().collect(), table.at, self.problems)
    }

    /// The same place with other entries.
    pub fn of_entries<'b>(&'b mut self, entries: Vec<&'b Entry>) -> Fields<'b> {
        Fields::new(entries, self.at, self.problems)
    }

    /// Says what is wrong at a place.
    pub fn problem(&mut self, at: usize, message: impl Into<String>) {
        self.problems.push(Problem {
            at,
            message: message.into(),
        });
    }

    /// Whether a key is there.
    pub fn has(&self, key: &str) -> bool {
        self.entry(key).is_some()
    }

    /// Where a key stands, or the table begins.
    pub fn place(&self, key: &str) -> usize {
        self.entry(key).map_or(self.at, |entry| entry.at)
    }

    fn entry(&self, key: &str) -> Option<&'a Entry> {
        self.entries.iter().find(|entry| entry.key == key).copied()
    }

    /// The value of a key, and its one way of writing. `None` where it is not there or wrong.
    pub fn value<T>(
        &mut self,
        key: &'static str,
        parse: impl Fn(&str) -> Result<T, String>,
        show: impl Fn(&T) -> String,
    ) -> Option<T> {
        let entry = self.entry(key)?;
        let value = self.scalar(key, &entry.node, parse)?;
        self.settings.push((key, Setting::Text(show(&value))));
        Some(value)
    }

    /// One value or several.
    pub fn values<T>(
        &mut self,
        key: &'static str,
        parse: impl Fn(&str) -> Result<T, String>,
        show: impl Fn(&T) -> String,
    ) -> Option<Vec<T>> {
        let entry = self.entry(key)?;
        let one = std::slice::from_ref(&entry.node);
        let nodes = match &entry.node.value {
            Value::List(list) => list.as_slice(),
            _ => one,
        };
        let read: Vec<Option<T>> = nodes
            .iter()
            .map(|node| self.scalar(key, node, &parse))
            .collect();
        let values: Vec<T> = read.into_iter().collect::<Option<_>>()?;
        let shown = values.iter().map(show).collect();
        self.settings.push((key, Setting::List(shown)));
        Some(values)
    }

    /// `true` or `false`.
    pub fn flag(&mut self, key: &'static str) -> Option<bool> {
        let entry = self.entry(key)?;
        if let Value::Flag(flag) = entry.node.value {
            self.settings.push((key, Setting::Flag(flag)));
            return Some(flag);
        }
        let message = format!("`{key}` is `true` or `false`, without quotes");
        self.problem(entry.node.at, message);
        None
    }

    /// The tables of a list. `None` where it is not there or not one.
    pub fn tables(&mut self, key: &str) -> Option<Vec<&'a Table>> {
        let entry = self.entry(key)?;
        let Value::List(list) = &entry.node.value else {
            let message = format!("`{key}` is a list of tables: write `{key} = [{{ … }}]`");
            self.problem(entry.node.at, message);
            return None;
        };
        let mut tables = Vec::new();
        for node in list {
            match &node.value {
                Value::Table(table) => tables.push(table),
                other => {
                    let message =
                        format!("`{key}` is a list of tables, and this is {}", other.noun());
                    self.problem(node.at, message);
                }
            }
        }
        (tables.len() == list.len()).then_some(tables)
    }

    /// Complains of a key that has to be there. Gives `None`, for `?`.
    pub fn missing<T>(&mut self, key: &str, example: &str) -> Option<T> {
        if !self.has(key) && !self.misspelt {
            let message = format!("missing `{key}`: write `{key} = {example}`");
            self.problem(self.at, message);
        }
        None
    }

    /// Complains of keys that are not `known`.
    pub fn refuse_unknown(&mut self, known: &[&'static str], of: &str) {
        let unknown: Vec<&Entry> = self
            .entries
            .iter()
            .filter(|entry| !known.contains(&entry.key.as_str()))
            .copied()
            .collect();
        for entry in unknown {
            let message = unknown_key(&entry.key, known, of);
            self.problem(entry.at, message);
        }
    }

    fn scalar<T>(
        &mut self,
        key: &str,
        node: &Node,
        parse: impl Fn(&str) -> Result<T, String>,
    ) -> Option<T> {
        let message = match &node.value {
            Value::Text(text) => match parse(text) {
                Ok(value) => return Some(value),
                Err(error) => format!("`{key}` cannot be `{}`: {error}", printable(text)),
            },
            Value::Float(text) => {
                let text = printable(text);
                match parse(&text) {
                    Ok(_) => format!(
                        "`{key}` is a float, which loses digits: write `{key} = \"{text}\"`"
                    ),
                    Err(error) => format!("`{key}` cannot be `{text}`: {error}"),
                }
            }
            other => format!(
                "`{key}` is a text or a whole number, and this is {}",
                other.noun()
            ),
        };
        self.problem(node.at, message);
        None
    }
}

/// What is said of a key that `of` does not have.
pub fn unknown_key(key: &str, known: &[&'static str], of: &str) -> String {
    let near = near(key, known.iter().copied());
    let hint = match near.first() {
        Some(first) => format!("did you mean `{first}`?"),
        None => format!("it has `{}`", known.join("`, `")),
    };
    format!("{of} has no key `{}`: {hint}", printable(key))
}
