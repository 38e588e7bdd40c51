//! What rows have that filters leave out, for whoever mistyped a filter: a few columns, a few values.

use crate::trace::columns::Role;
use crate::trace::json;
use crate::trace::objects;
use crate::trace::plan::{Filters, Node};
use crate::trace::reason::shown;
use crate::trace::row::Picked;
use crate::trace::rules::Rules;

/// Rows that are looked at, as long as none of the file passes.
pub const LOOKED_AT: u64 = 1 << 12;

/// The most columns that are kept, and texts of each filtered one.
const KEPT: usize = 32;

/// What the first rows of a file have.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Seen {
    /// How many were looked at.
    pub rows: u64,
    /// Their columns, as they are shown; of JSON the fields of its objects.
    pub columns: Vec<String>,
    /// The columns by which they are filtered.
    pub filtered: Vec<SeenColumn>,
}

/// What is in a column by which rows are filtered.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct SeenColumn {
    /// Its name.
    pub name: String,
    /// Whether some row has it.
    pub is_there: bool,
    /// Whether a text that was asked for is in it.
    pub passes: bool,
    /// The first texts in it, as they are shown.
    pub values: Vec<String>,
}

impl Seen {
    /// Nothing is seen yet of these columns.
    pub fn of(filters: &Filters) -> Self {
        let filtered = filters.columns().map(|name| SeenColumn {
            name: name.to_owned(),
            ..SeenColumn::default()
        });
        Self {
            filtered: filtered.collect(),
            ..Self::default()
        }
    }

    /// Whether the next row is looked at.
    pub fn is_open(&self) -> bool {
        self.rows < LOOKED_AT
    }

    /// Looks at a line of JSON.
    pub fn object(&mut self, line: &[u8], filters: &Filters) {
        self.rows = self.rows.saturating_add(1);
        if self.columns.len() < KEPT || self.filtered.iter().any(|column| !column.is_there) {
            let fields = objects::names(line);
            keep(&mut self.columns, fields.iter().map(String::as_bytes));
            for column in &mut self.filtered {
                column.is_there |= fields.contains(&column.name);
            }
        }
        for (number, column) in self.filtered.iter_mut().enumerate() {
            // It is read as if it were a time, the text of which is given back.
            let mut node = Node::default();
            node.add(&column.name, &|used| used.role = Some(Role::Time));
            let read = json::texts(
                line.trim_ascii_end(),
                &node,
                &Filters::default(),
                Rules::of_objects(&[]),
                false,
            );
            let Ok(Picked::Row(mut texts, _)) = read else {
                continue;
            };
            let text = texts.get_mut(Role::Time.index()).and_then(Option::take);
            if let Some(text) = text {
                column.note(&text, filters.pass(number, &text));
            }
        }
    }

    /// Looks at the filtered fields of a row of CSV, by the numbers of their filters.
    pub fn record<'a>(
        &mut self,
        fields: impl Iterator<Item = (usize, &'a [u8])>,
        filters: &Filters,
    ) {
        self.rows = self.rows.saturating_add(1);
        for (number, text) in fields {
            if let Some(column) = self.filtered.get_mut(number) {
                column.note(text, filters.pass(number, text));
            }
        }
    }

    /// The first column of a filter that no row has.
    pub fn missing(&self) -> Option<&str> {
        let mut filtered = self.filtered.iter();
        let missing = filtered.find(|column| !column.is_there);
        missing.map(|column| column.name.as_str())
    }

    /// With what another file has.
    pub fn add(&mut self, other: &Self) {
        self.rows = self.rows.saturating_add(other.rows);
        keep_shown(&mut self.columns, &other.columns);
        for column in &other.filtered {
            match self
                .filtered
                .iter_mut()
                .find(|known| known.name == column.name)
            {
                Some(known) => {
                    known.is_there |= column.is_there;
                    known.passes |= column.passes;
                    keep_shown(&mut known.values, &column.values);
                }
                None => self.filtered.push(column.clone()),
            }
        }
    }
}

impl SeenColumn {
    fn note(&mut self, text: &[u8], passes: bool) {
        self.is_there = true;
        self.passes |= passes;
        keep(&mut self.values, std::iter::once(text));
    }
}

fn keep<'a>(kept: &mut Vec<String>, texts: impl Iterator<Item = &'a [u8]>) {
    for text in texts {
        if kept.len() >= KEPT {
            return;
        }
        let text = shown(text);
        if !kept.contains(&text) {
            kept.push(text);
        }
    }
}

fn keep_shown(kept: &mut Vec<String>, more: &[String]) {
    keep(kept, more.iter().map(String::as_bytes));
}
