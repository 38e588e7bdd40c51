//! Validating documents, and taking schemas and documents apart.

use std::sync::LazyLock;

use jsonschema::Validator;
use serde_json::Value;

use super::documents::{accounts, cards, comparisons, log_comparisons, logs, partials, quotes};
use super::plans::checks;

pub const QUOTE: &str = include_str!("../../schema/quote-1.json");
pub const MODELS: &str = include_str!("../../schema/models-1.json");
pub const COMPARE: &str = include_str!("../../schema/compare-1.json");
pub const COMPARE_LOG: &str = include_str!("../../schema/compare-log-1.json");
pub const RESOURCES: &str = include_str!("../../schema/resources-1.json");
pub const CHECK: &str = include_str!("../../schema/check-1.json");
pub const PARTIAL: &str = include_str!("../../schema/partial-1.json");
pub const TRACE: &str = include_str!("../../schema/trace-1.json");

/// Every schema with documents that it describes, which are printed once for all tests.
pub fn described() -> [(Value, Vec<Value>); 8] {
    static ALL: LazyLock<[(Value, Vec<Value>); 8]> = LazyLock::new(|| {
        [
            (schema(QUOTE), quotes()),
            (schema(MODELS), cards()),
            (schema(COMPARE), comparisons()),
            (schema(COMPARE_LOG), without_comparisons()),
            (schema(RESOURCES), accounts()),
            (schema(CHECK), checks()),
            (schema(PARTIAL), partials()),
            (schema(TRACE), logs()),
        ]
    });
    ALL.clone()
}

/// Comparisons of logs without those of their models, which another schema describes.
fn without_comparisons() -> Vec<Value> {
    let mut all = log_comparisons();
    for document in &mut all {
        for model in document["models"].as_array_mut().unwrap() {
            model["comparison"] = serde_json::json!({});
        }
    }
    all
}

pub fn schema(text: &str) -> Value {
    serde_json::from_str(text).unwrap()
}

pub fn validator(schema: &Value) -> Validator {
    jsonschema::draft202012::options()
        .should_validate_formats(true)
        .build(schema)
        .unwrap()
}

pub fn assert_valid(validator: &Validator, document: &Value) {
    let errors: Vec<String> = validator
        .iter_errors(document)
        .map(|error| format!("{}: {error}", error.instance_path()))
        .collect();
    assert!(errors.is_empty(), "{errors:#?}\n{document:#}");
}

/// Asserts that a document is valid, and is not with any of these places holding such a value.
pub fn assert_valid_only_without(
    validator: &Validator,
    document: &Value,
    mutations: &[(&str, Value)],
) {
    assert_valid(validator, document);
    for (place, value) in mutations {
        let mut mutant = document.clone();
        let (parent, field) = place.rsplit_once('/').unwrap();
        match mutant.pointer_mut(parent) {
            Some(Value::Object(fields)) => {
                let before = fields.insert(field.to_owned(), value.clone());
                assert_ne!(before.as_ref(), Some(value), "{place}");
            }
            _ => *mutant.pointer_mut(place).unwrap() = value.clone(),
        }
        assert!(!validator.is_valid(&mutant), "{place}: {value}\n{mutant:#}");
    }
}

/// The schema without its promise that fields may be added.
pub fn closed(schema: &Value) -> Value {
    let mut schema = schema.clone();
    close(&mut schema);
    schema
}

fn close(schema: &mut Value) {
    match schema {
        Value::Object(fields) => {
            for (name, field) in fields {
                if name == "additionalProperties" {
                    *field = Value::Bool(false);
                }
                close(field);
            }
        }
        Value::Array(items) => items.iter_mut().for_each(close),
        _ => {}
    }
}

/// The JSON pointers of everything below `value`.
pub fn pointers(value: &Value) -> Vec<String> {
    let mut found = Vec::new();
    collect(value, "", &mut found);
    found
}

fn collect(value: &Value, at: &str, found: &mut Vec<String>) {
    let mut below = |name: String, value: &Value| {
        // As a pointer spells it: `$defs` and the like hold neither `~` nor `/`.
        let pointer = format!("{at}/{name}");
        collect(value, &pointer, found);
        found.push(pointer);
    };
    match value {
        Value::Object(fields) => fields
            .iter()
            .for_each(|(name, field)| below(name.clone(), field)),
        Value::Array(items) => (0..)
            .zip(items)
            .for_each(|(at, item): (u32, _)| below(at.to_string(), item)),
        _ => {}
    }
}
