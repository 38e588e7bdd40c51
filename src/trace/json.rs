//! A line of JSON, in the words of `serde_json`.

use std::borrow::Cow;
use std::fmt;

use serde::de::{DeserializeSeed, Deserializer, IgnoredAny, MapAccess, Visitor};
use serde_json::value::RawValue;

use super::columns::Role;
use super::count::count;
use super::marks::{MarkedTexts, has_failed};
use super::plan::{Filters, Node};
use super::reason::Reason;
use super::row::{Picked, Texts};
use super::rules::Rules;
use crate::catalog::printable;

/// What the value of a wanted field is.
#[derive(Debug, Default)]
enum Value<'a> {
    #[default]
    Missing,
    Text(Cow<'a, str>),
    NotText,
    Twice,
}

/// What was found in an object.
#[derive(Debug)]
struct Found<'a> {
    roles: [Value<'a>; 8],
    passed: Vec<bool>,
    /// What is known of whether it is a call.
    kept: u64,
    told: MarkedTexts<'a>,
}

/// The texts of a line, which has sums where `of_sums`.
pub fn texts<'a>(
    line: &'a [u8],
    root: &Node,
    filters: &Filters,
    rules: Rules,
    of_sums: bool,
) -> Result<Picked<'a>, Reason> {
    let mut found = Found {
        kept: rules.start(),
        roles: Default::default(),
        passed: vec![false; filters.len()],
        told: MarkedTexts::new(),
    };
    let line = std::str::from_utf8(line).map_err(|_| Reason::NotUtf8)?;
    object(line, root, (filters, rules), &mut found).map_err(|error| json_reason(&error))?;
    if found.passed.contains(&false) {
        let time = found.roles.into_iter().nth(Role::Time.index());
        return Ok(Picked::Filtered(time.and_then(|value| match value {
            Value::Text(text) => Some(trimmed(text)),
            _ => None,
        })));
    }
    if !rules.is_call(found.kept) {
        return Ok(Picked::Other);
    }
    if has_failed(&found.told, of_sums) {
        return Ok(Picked::Failed);
    }
    let mut texts = Texts::default();
    for ((role, value), slot) in Role::ALL.into_iter().zip(found.roles).zip(&mut texts) {
        *slot = match value {
            Value::Missing => None,
            Value::Text(text) => Some(trimmed(text)),
            Value::NotText => return Err(Reason::NotText(role)),
            Value::Twice => return Err(Reason::Twice(role)),
        };
    }
    Ok(Picked::Row(texts, found.told))
}

/// What is found in an object that stands as text: texts, what it says beside, and what is known of whether the row
/// is a call, of which so much was `kept` so far.
pub fn within(
    text: &[u8],
    node: &Node,
    rules: Rules,
    kept: u64,
) -> Result<(Texts<'static>, MarkedTexts<'static>, u64), Reason> {
    let mut found = Found {
        kept,
        roles: Default::default(),
        passed: Vec::new(),
        told: MarkedTexts::new(),
    };
    let text = std::str::from_utf8(text).map_err(|_| Reason::NotUtf8)?;
    object(text, node, (&Filters::default(), rules), &mut found)
        .map_err(|error| json_reason(&error))?;
    let mut texts = Texts::default();
    for ((role, value), slot) in Role::ALL.into_iter().zip(found.roles).zip(&mut texts) {
        *slot = match value {
            Value::Missing => None,
            Value::Text(text) => Some(Cow::Owned(trimmed(text).into_owned())),
            Value::NotText => return Err(Reason::NotText(role)),
            Value::Twice => return Err(Reason::Twice(role)),
        };
    }
    Ok((texts, owned(found.told), found.kept))
}

fn owned(told: MarkedTexts<'_>) -> MarkedTexts<'static> {
    let told = told.into_iter();
    told.map(|(marked, text)| (marked, Cow::Owned(text.into_owned())))
        .collect()
}

/// Takes in the fields of an object that stands as text within a field, as a copy of a table has it. A text that is
/// no object says nothing, unless it may hide cached tokens.
fn object_in_text(
    text: &str,
    node: &Node,
    (filters, rules): (&Filters, Rules),
    found: &mut Found<'_>,
) -> Result<(), serde_json::Error> {
    let mut inner = Found {
        kept: found.kept,
        roles: Default::default(),
        passed: found.passed.clone(),
        told: MarkedTexts::new(),
    };
    match object(text, node, (filters, rules), &mut inner) {
        Ok(()) => {}
        Err(error) if node.has_cached() => return Err(error),
        Err(_) => return Ok(()),
    }
    (found.kept, found.passed) = (inner.kept, inner.passed);
    found.told.extend(owned(inner.told));
    for ((role, value), slot) in Role::ALL.into_iter().zip(inner.roles).zip(&mut found.roles) {
        let value = match value {
            Value::Missing => continue,
            Value::Text(text) => Value::Text(Cow::Owned(text.into_owned())),
            Value::NotText => Value::NotText,
            Value::Twice => Value::Twice,
        };
        put(slot, value, role);
    }
    Ok(())
}

/// Takes in another value of a role.
fn put<'a>(slot: &mut Value<'a>, value: Value<'a>, role: Role) {
    let is_cache = matches!(role, Role::Cache(_));
    *slot = match (std::mem::take(slot), value) {
        (Value::Missing, value) => value,
        (old, Value::Missing) if is_cache => old,
        (Value::Text(old), Value::Text(new))
            if is_cache && count(old.as_bytes()) == count(new.as_bytes()) =>
        {
            Value::Text(old)
        }
        _ => Value::Twice,
    };
}

fn trimmed(text: Cow<'_, str>) -> Cow<'_, [u8]> {
    match text {
        Cow::Borrowed(text) => Cow::Borrowed(text.trim_ascii().as_bytes()),
        Cow::Owned(text) => Cow::Owned(text.trim_ascii().as_bytes().to_vec()),
    }
}

fn json_reason(error: &serde_json::Error) -> Reason {
    let place = format!(" at line {} column {}", error.line(), error.column());
    let words = error.to_string();
    let words = words.strip_suffix(&place).unwrap_or(&words);
    Reason::Json(match error.column() {
        0 => printable(words),
        column => printable(&format!("column {column}: {words}")),
    })
}

fn object<'a>(
    text: &'a str,
    node: &Node,
    (filters, rules): (&Filters, Rules),
    found: &mut Found<'a>,
) -> Result<(), serde_json::Error> {
    let mut deserializer = serde_json::Deserializer::from_str(text);
    let fields = Fields {
        node,
        filters,
        rules,
        found,
    };
    deserializer.deserialize_map(fields)?;
    deserializer.end()
}

/// Goes through the fields of an object.
struct Fields<'n, 'f, 'a> {
    node: &'n Node,
    filters: &'n Filters,
    rules: Rules,
    found: &'f mut Found<'a>,
}

impl<'a> Visitor<'a> for Fields<'_, '_, 'a> {
    type Value = ();

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("an object")
    }

    fn visit_map<A: MapAccess<'a>>(self, mut map: A) -> Result<(), A::Error> {
        while let Some(child) = map.next_key_seed(Key(self.node))? {
            let Some(child) = child else {
                map.next_value::<IgnoredAny>()?;
                continue;
            };
            let raw: &'a RawValue = map.next_value()?;
            // The raw value is valid JSON, so no error comes from within it.
            if child.has_children() && raw.get().starts_with('{') {
                object(raw.get(), child, (self.filters, self.rules), self.found)
                    .map_err(serde::de::Error::custom)?;
            }
            let value = value(raw.get());
            if let Value::Text(text) = &value
                && child.has_children()
                && text.trim_ascii_start().starts_with('{')
            {
                let done = object_in_text(text, child, (self.filters, self.rules), self.found);
                done.map_err(|error| {
                    let words = "text that begins with `{` is no object of JSON";
                    serde::de::Error::custom(format!("{words}: {error}"))
                })?;
            }
            let text = match &value {
                Value::Text(text) => text.trim_ascii(),
                _ => raw.get(),
            };
            if let Some(filter) = child.used.filter
                && self.filters.pass(filter, text.as_bytes())
                && let Some(passed) = self.found.passed.get_mut(filter)
            {
                *passed = true;
            }
            if let Some(rule) = child.used.rule {
                self.rules.note(&mut self.found.kept, rule, text.as_bytes());
            }
            if let Some(marked) = child.used.mark
                && (marked.mark.takes_lists() || !raw.get().starts_with(['{', '[']))
            {
                let text = match &value {
                    Value::Text(text) => trimmed(text.clone()),
                    _ => Cow::Borrowed(raw.get().as_bytes()),
                };
                self.found.told.push((marked, text));
            }
            if let Some(role) = child.used.role
                && let Some(slot) = self.found.roles.get_mut(role.index())
            {
                put(slot, value, role);
            }
        }
        Ok(())
    }
}

fn value(raw: &str) -> Value<'_> {
    match raw.as_bytes() {
        b"null" => Value::Missing,
        [b'"', ..] => match serde_json::from_str::<Text<'_>>(raw) {
            Ok(Text(text)) => Value::Text(text),
            Err(_) => Value::NotText,
        },
        [b'{' | b'[' | b't' | b'f', ..] => Value::NotText,
        _ => Value::Text(Cow::Borrowed(raw)),
    }
}

/// A string that is borrowed where nothing in it is escaped.
#[derive(serde::Deserialize)]
struct Text<'a>(#[serde(borrow)] Cow<'a, str>);

/// Finds the child of a node by the key of a field.
struct Key<'n>(&'n Node);

impl<'n, 'a> DeserializeSeed<'a> for Key<'n> {
    type Value = Option<&'n Node>;

    fn deserialize<D: Deserializer<'a>>(self, deserializer: D) -> Result<Self::Value, D::Error> {
        deserializer.deserialize_str(self)
    }
}

impl<'n> Visitor<'_> for Key<'n> {
    type Value = Option<&'n Node>;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a key")
    }

    fn visit_str<E>(self, key: &str) -> Result<Self::Value, E> {
        Ok(self.0.child(key))
    }
}
