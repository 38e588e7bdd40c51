//! The values of a plan file with their places in it, whichever syntax they were read from.

use toml::Spanned;
use toml::de::{DeTable, DeValue};

/// A value and where it stands, in bytes from the beginning of the file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Node {
    pub value: Value,
    pub at: usize,
}

/// A value as it was written. Numbers stay text, so that no digit is lost.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Value {
    /// A string, a whole number, or a date.
    Text(String),
    Flag(bool),
    List(Vec<Node>),
    Table(Table),
    /// A float, which loses digits.
    Float(String),
}

impl Value {
    /// Whether it is this text.
    pub fn is(&self, text: &str) -> bool {
        matches!(self, Self::Text(own) if own == text)
    }

    /// What kind of value it is, for a message that says another was expected.
    pub fn noun(&self) -> &'static str {
        match self {
            Self::Text(_) => "a text or number",
            Self::Flag(_) => "`true` or `false`",
            Self::List(_) => "a list",
            Self::Table(_) => "a table",
            Self::Float(_) => "a float",
        }
    }
}

/// Keys with their values, in the order of the file.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Table {
    pub entries: Vec<Entry>,
    pub at: usize,
}

/// A key and its value.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Entry {
    pub key: String,
    pub at: usize,
    pub node: Node,
}

impl Table {
    /// The entry with this key.
    pub fn get(&self, key: &str) -> Option<&Entry> {
        self.entries.iter().find(|entry| entry.key == key)
    }
}

/// A table of a TOML text that begins `offset` bytes into its file.
pub fn from_toml(table: &DeTable<'_>, at: usize, offset: usize) -> Table {
    let mut entries: Vec<Entry> = table
        .iter()
        .map(|(key, value)| Entry {
            key: key.get_ref().to_string(),
            at: key.span().start.saturating_add(offset),
            node: node(value, offset),
        })
        .collect();
    // TOML tables are kept by name; messages come in the order of the file.
    entries.sort_by_key(|entry| entry.at);
    Table { entries, at }
}

fn node(spanned: &Spanned<DeValue<'_>>, offset: usize) -> Node {
    let at = spanned.span().start.saturating_add(offset);
    let value = match spanned.get_ref() {
        DeValue::String(text) => Value::Text(text.to_string()),
        DeValue::Integer(number) => match number.radix() {
            10 => Value::Text(number.as_str().to_owned()),
            radix => match i64::from_str_radix(number.as_str(), radix) {
                Ok(number) => Value::Text(number.to_string()),
                Err(_) => Value::Text(number.as_str().to_owned()),
            },
        },
        DeValue::Float(number) => Value::Float(number.as_str().to_owned()),
        DeValue::Boolean(flag) => Value::Flag(*flag),
        DeValue::Datetime(when) => Value::Text(when.to_string()),
        DeValue::Array(list) => Value::List(list.iter().map(|item| node(item, offset)).collect()),
        DeValue::Table(table) => Value::Table(from_toml(table, at, offset)),
    };
    Node { value, at }
}

/// A value of a JSON file, which has no places.
pub fn from_json(json: &serde_json::Value) -> Node {
    let value = match json {
        serde_json::Value::Null => Value::Text(String::new()),
        serde_json::Value::Bool(flag) => Value::Flag(*flag),
        serde_json::Value::Number(number) => Value::Text(number.to_string()),
        serde_json::Value::String(text) => Value::Text(text.clone()),
        serde_json::Value::Array(list) => Value::List(list.iter().map(from_json).collect()),
        serde_json::Value::Object(map) => Value::Table(Table {
            entries: map
                .iter()
                .map(|(key, value)| Entry {
                    key: key.clone(),
                    at: 0,
                    node: from_json(value),
                })
                .collect(),
            at: 0,
        }),
    };
    Node { value, at: 0 }
}
