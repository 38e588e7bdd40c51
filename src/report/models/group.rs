//! A provider's words of a kind, and what they stand for.

use crate::billing::rule::Rule;

/// Words of one kind, with their meaning.
#[derive(Debug, Clone)]
pub struct Group {
    /// The id in JSON.
    pub id: &'static str,
    /// The title for people.
    pub title: &'static str,
    /// The rule behind it, where a document has one.
    pub rule: Option<Rule>,
    /// The words.
    pub entries: Vec<Entry>,
}

/// A word and what it stands for.
#[derive(Debug, Clone, serde::Serialize)]
pub struct Entry {
    /// The provider's word.
    pub name: String,
    /// The meaning or cause; `None` where no document of the provider says.
    pub meaning: Option<String>,
}

impl Group {
    /// Words of a document, and the rule that has them.
    pub(super) fn of(
        id: &'static str,
        title: &'static str,
        rule: Option<Rule>,
        words: &[(&'static str, &'static str)],
    ) -> Self {
        let entries = words.iter().map(|(name, meaning)| Entry {
            name: (*name).to_owned(),
            meaning: Some((*meaning).to_owned()),
        });
        Self {
            id,
            title,
            rule,
            entries: entries.collect(),
        }
    }
}
