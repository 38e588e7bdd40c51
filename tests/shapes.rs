//! The schemas of plans, catalog files and account files, for editors: `tollgate schema`. Every file in
//! the tests, the documentation and the examples that the program takes, its schema takes. That those
//! which it refuses are refused is held where they are: `tests/check/errors.rs`, `tests/bad_catalogs.rs`
//! and `tests/resources/files.rs`.

#![allow(
    clippy::unwrap_used,
    clippy::indexing_slicing,
    clippy::string_slice,
    clippy::arithmetic_side_effects
)]

#[allow(dead_code)]
mod common;
#[path = "shapes/literals.rs"]
mod literals;
mod shape;

use std::fs;
use std::path::{Path, PathBuf};

use serde_json::{Value, json};
use shape::{KINDS, Kind, assert_taken, complaints, document, validator};
use tollgate::plan::Plan;

/// Catalogs of another shape, which only the program itself has.
const BUILT_IN: [&str; 2] = ["catalog/magnitudes.toml", "catalog/sources.toml"];

fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

/// The files below a folder.
fn files(folder: &Path) -> Vec<PathBuf> {
    let mut found = Vec::new();
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        match path.is_dir() {
            true => found.extend(files(&path)),
            false => found.push(path),
        }
    }
    found
}

/// What a text would be, by the keys of its first level.
fn kind_of(text: &str) -> Option<Kind> {
    let table: toml::Table = toml::from_str(text).ok()?;
    let has = |key| table.contains_key(key);
    match (has("deployment"), has("provider"), has("resource")) {
        (true, _, _) => Some(Kind::Plan),
        (_, true, _) => Some(Kind::Catalog),
        (_, _, true) => Some(Kind::Account),
        _ => None,
    }
}

/// Whether the program takes a text as such a file.
fn is_taken(kind: Kind, text: &str) -> bool {
    let mut problems = Vec::new();
    let file = tempfile::NamedTempFile::with_suffix(".toml").unwrap();
    fs::write(file.path(), text).unwrap();
    let path = file.path().to_str().unwrap();
    match kind {
        Kind::Plan => {
            let _ = Plan::parse(text, &mut problems);
            problems.is_empty()
        }
        Kind::Catalog => common::run(&["models", "--catalog", path]).code == 0,
        Kind::Account => common::run(&["resources", path, "--today", "2026-11-20"]).code == 0,
    }
}

#[test]
fn whatever_the_program_takes_its_schema_takes() {
    let mut taken = Vec::new();
    let folders = ["tests", "docs", "examples", "src", "benches"];
    let mut all: Vec<PathBuf> = folders
        .iter()
        .flat_map(|one| files(&root().join(one)))
        .collect();
    all.push(root().join("README.md"));
    for path in all {
        let Ok(text) = fs::read_to_string(&path) else {
            continue;
        };
        let texts = match path.extension().and_then(|end| end.to_str()) {
            Some("rs") => literals::of_rust(&text),
            Some("md") => literals::of_markdown(&text),
            Some("toml") => vec![text],
            _ => continue,
        };
        for text in texts {
            if let Some(kind) = kind_of(&text).filter(|kind| is_taken(*kind, &text)) {
                assert_taken(kind, &text);
                taken.push(kind);
            }
        }
    }
    let count = |kind| taken.iter().filter(|one| **one == kind).count();
    let counts = [Kind::Plan, Kind::Catalog, Kind::Account].map(count);
    assert!(
        counts[0] >= 30 && counts[1] >= 50 && counts[2] >= 8,
        "{counts:?}"
    );
}

#[test]
fn the_files_that_people_start_from_are_taken() {
    for (kind, name) in [
        (Kind::Plan, "examples/tollgate.toml"),
        (Kind::Plan, "src/cli/check/starter.toml"),
        (Kind::Catalog, "examples/prices.toml"),
        (Kind::Catalog, "examples/tencent.toml"),
        (Kind::Account, "examples/account.toml"),
    ] {
        let text = fs::read_to_string(root().join(name)).unwrap();
        assert!(is_taken(kind, &text), "{name}");
        assert_taken(kind, &text);
    }
    for path in files(&root().join("catalog")) {
        let text = fs::read_to_string(&path).unwrap();
        match BUILT_IN.iter().any(|name| path.ends_with(name)) {
            true => assert_ne!(complaints(Kind::Catalog, &text).unwrap().len(), 0),
            false => assert_taken(Kind::Catalog, &text),
        }
    }
}

#[test]
fn the_schemas_are_schemas_that_are_printed_as_they_stand() {
    for ((kind, text), name) in KINDS.into_iter().zip(["plan", "catalog", "account"]) {
        let outcome = common::run(&["schema", name]);
        assert_eq!(
            (outcome.code, outcome.stdout.as_str()),
            (0, text),
            "{kind:?}"
        );
        let schema: Value = serde_json::from_str(text).unwrap();
        assert!(jsonschema::draft202012::meta::is_valid(&schema), "{kind:?}");
        assert_eq!(schema["$id"], format!("urn:tollgate:{name}:1"));
    }
}

/// Every place of a document, as a JSON Pointer.
fn places(value: &Value, at: &str, found: &mut Vec<String>) {
    found.push(at.to_owned());
    match value {
        Value::Object(fields) => {
            for (key, field) in fields {
                places(field, &format!("{at}/{key}"), found);
            }
        }
        Value::Array(list) => {
            for (index, item) in list.iter().enumerate() {
                places(item, &format!("{at}/{index}"), found);
            }
        }
        _ => {}
    }
}

#[test]
fn an_unknown_key_and_a_float_are_refused_in_every_place() {
    for (kind, name) in [
        (Kind::Plan, "examples/tollgate.toml"),
        (Kind::Catalog, "examples/prices.toml"),
        (Kind::Catalog, "catalog/tencent.toml"),
        (Kind::Account, "examples/account.toml"),
    ] {
        let whole = document(&fs::read_to_string(root().join(name)).unwrap()).unwrap();
        let mut found = Vec::new();
        places(&whole, "", &mut found);
        assert!(found.len() > 25, "{name}");
        for place in found {
            let mut float = whole.clone();
            *float.pointer_mut(&place).unwrap() = json!(1.5);
            assert!(!validator(kind).is_valid(&float), "{name}: {place}");
            let mut added = whole.clone();
            if let Value::Object(fields) = added.pointer_mut(&place).unwrap() {
                fields.insert("added".to_owned(), json!(1));
                assert!(!validator(kind).is_valid(&added), "{name}: {place}");
            }
        }
    }
}

/// Editors show what a key means, and read an older draft: beside `$ref` they see nothing.
#[test]
fn every_key_is_described_where_an_editor_looks() {
    for (kind, text) in KINDS {
        let schema: Value = serde_json::from_str(text).unwrap();
        let mut described = 0;
        let mut places = vec![(String::new(), &schema)];
        while let Some((place, value)) = places.pop() {
            if let Value::Array(list) = value {
                places.extend(list.iter().map(|item| (format!("{place}/-"), item)));
            }
            let Value::Object(fields) = value else {
                continue;
            };
            if fields.get("$ref").is_some_and(Value::is_string) {
                assert_eq!(fields.len(), 1, "{kind:?}: {place}");
            }
            for (key, field) in fields {
                if key == "properties" && is_complete(fields) {
                    for (key, field) in field.as_object().unwrap() {
                        let field = resolved(&schema, field);
                        assert!(field["description"].is_string(), "{kind:?}: {place}/{key}");
                        described += 1;
                    }
                }
                places.push((format!("{place}/{key}"), field));
            }
        }
        assert!(described >= 10, "{kind:?}: {described}");
    }
}

/// Whether an object of the schema lists all keys that there can be.
fn is_complete(fields: &serde_json::Map<String, Value>) -> bool {
    fields.get("additionalProperties") == Some(&Value::Bool(false))
}

fn resolved<'a>(schema: &'a Value, field: &'a Value) -> &'a Value {
    match field["$ref"].as_str() {
        Some(place) => schema.pointer(place.strip_prefix('#').unwrap()).unwrap(),
        None => field,
    }
}
