//! Files that people write against the schemas that describe them to editors.

#![allow(dead_code, clippy::unwrap_used)]

use std::sync::OnceLock;

use jsonschema::Validator;
use serde_json::{Map, Value};

/// A kind of file.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    Plan,
    Catalog,
    Account,
}

pub const KINDS: [(Kind, &str); 3] = [
    (Kind::Plan, include_str!("../../schema/plan-1.json")),
    (Kind::Catalog, include_str!("../../schema/catalog-1.json")),
    (Kind::Account, include_str!("../../schema/account-1.json")),
];

/// What the schema has against a file; `None` where JSON does not tell what the file has in it: it is
/// no TOML, or a whole number is written as a float.
pub fn complaints(kind: Kind, text: &str) -> Option<Vec<String>> {
    let document = document(text)?;
    let errors = validator(kind).iter_errors(&document);
    Some(
        errors
            .map(|error| format!("{}: {error}", error.instance_path()))
            .collect(),
    )
}

/// A file as its schema sees it.
pub fn document(text: &str) -> Option<Value> {
    let table: toml::Table = toml::from_str(text).ok()?;
    json(&toml::Value::Table(table))
}

/// Holds that the schema takes a file that the program takes.
pub fn assert_taken(kind: Kind, text: &str) {
    let complaints = complaints(kind, text).unwrap_or_default();
    assert!(complaints.is_empty(), "{complaints:#?}\n{text}");
}

/// Holds that the schema refuses a file that the program refuses with these errors, unless each of them
/// is one of those that `only_the_program` finds: then the schema takes it.
pub fn assert_refused(kind: Kind, text: &str, errors: &str, only_the_program: &[&str]) {
    let Some(complaints) = complaints(kind, text) else {
        return;
    };
    let by_content = |line: &str| only_the_program.iter().any(|part| line.contains(part));
    let takes = errors.lines().all(by_content);
    assert_eq!(
        complaints.is_empty(),
        takes,
        "{errors}\n{complaints:#?}\n{text}"
    );
}

/// The schema of a kind of file.
pub fn validator(kind: Kind) -> &'static Validator {
    static VALIDATORS: OnceLock<Vec<(Kind, Validator)>> = OnceLock::new();
    let all = VALIDATORS.get_or_init(|| {
        let validator = |(kind, text): (Kind, &str)| {
            let schema: Value = serde_json::from_str(text).unwrap();
            (kind, jsonschema::draft202012::new(&schema).unwrap())
        };
        KINDS.into_iter().map(validator).collect()
    });
    let (_, validator) = all.iter().find(|(of, _)| *of == kind).unwrap();
    validator
}

/// TOML as editors hand it to a schema: dates are texts.
fn json(value: &toml::Value) -> Option<Value> {
    Some(match value {
        toml::Value::String(text) => Value::from(text.as_str()),
        toml::Value::Integer(number) => Value::from(*number),
        toml::Value::Float(number) if number.fract() == 0.0 => return None,
        toml::Value::Float(number) => Value::from(*number),
        toml::Value::Boolean(flag) => Value::from(*flag),
        toml::Value::Datetime(when) => Value::from(when.to_string()),
        toml::Value::Array(list) => Value::Array(list.iter().map(json).collect::<Option<_>>()?),
        toml::Value::Table(table) => {
            let entries = table.iter();
            let entries = entries.map(|(key, value)| Some((key.clone(), json(value)?)));
            Value::Object(entries.collect::<Option<Map<_, _>>>()?)
        }
    })
}
