//! The names of fields, by what they hold.

use crate::trace::marks::{Failure, Mark, Marked};

/// The names of fields, by what they hold. Case does not count in a header; objects are looked up by these names as
/// they are.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Fields {
    /// When a call was made.
    pub time: Vec<String>,
    /// The minute of a sum, beside the names of times.
    pub minute: Vec<String>,
    /// Input tokens.
    pub input: Vec<String>,
    /// Output tokens.
    pub output: Vec<String>,
    /// The number of calls of a sum.
    pub requests: Vec<String>,
    /// Cached tokens: read from a cache inside the input and beside it, then written to one.
    pub cache: [Vec<String>; 4],
    /// What they tell beside that, of each kind the first that has a text.
    pub marks: Vec<Field>,
}

/// A field that tells something of a call.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Field {
    /// Its name.
    pub name: String,
    /// What it tells.
    pub marked: Marked,
}

impl Fields {
    /// The fields of a header or an object that tell something, by their names there.
    pub fn telling(&self, header: &[String]) -> Vec<Field> {
        let found = header.iter().filter_map(|name| {
            let mut marks = self.marks.iter();
            let known = marks.find(|field| name.eq_ignore_ascii_case(&field.name))?;
            Some(Field {
                name: name.clone(),
                marked: known.marked,
            })
        });
        found.collect()
    }

    /// The names of the fields that tell this.
    pub fn names_of(&self, mark: impl Fn(&Mark) -> bool) -> Vec<&str> {
        let marks = self.marks.iter();
        let found = marks.filter(|field| mark(&field.marked.mark));
        found.map(|field| field.name.as_str()).collect()
    }

    /// Adds fields that tell this, the first one first.
    pub(super) fn tell(&mut self, mark: Mark, names: &[String]) {
        let marks = self.marks.iter();
        let last = marks.filter(|field| field.marked.mark == mark).count();
        let ranks = u8::try_from(last).unwrap_or(u8::MAX)..;
        self.marks
            .extend(names.iter().zip(ranks).map(|(name, rank)| Field {
                name: name.clone(),
                marked: Marked { mark, rank },
            }));
    }

    /// The rules of failed calls, each with its fields.
    pub fn failures(&self) -> Vec<(&'static Failure, Vec<&str>)> {
        let mut failures: Vec<(&'static Failure, Vec<&str>)> = Vec::new();
        for field in &self.marks {
            let Mark::Failure(failure) = field.marked.mark else {
                continue;
            };
            match failures.iter_mut().find(|(known, _)| *known == failure) {
                Some((_, names)) => names.push(&field.name),
                None => failures.push((failure, vec![&field.name])),
            }
        }
        failures
    }
}
