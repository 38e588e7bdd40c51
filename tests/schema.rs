//! The JSON Schemas in `schema/` describe what `--json` prints: all of it, and nothing looser.

#![allow(clippy::unwrap_used, clippy::panic, clippy::indexing_slicing)]

#[path = "schema/documents.rs"]
mod documents;

use documents::{cards, printed, quotes};
use jsonschema::Validator;
use serde_json::{Map, Value, json};

const QUOTE: &str = include_str!("../schema/quote-1.json");
const MODELS: &str = include_str!("../schema/models-1.json");

/// Fields that are left out where there is nothing to say.
const OPTIONAL: &[&str] = &[
    "changes",
    "mode",
    "cancellation",
    "amount",
    "fx",
    "funding",
    "product",
    "rpm",
    "month",
];

fn validator(schema: &Value) -> Validator {
    jsonschema::draft202012::options()
        .should_validate_formats(true)
        .build(schema)
        .unwrap()
}

fn schema(text: &str) -> Value {
    serde_json::from_str(text).unwrap()
}

fn assert_valid(validator: &Validator, document: &Value) {
    let errors: Vec<String> = validator
        .iter_errors(document)
        .map(|error| format!("{}: {error}", error.instance_path()))
        .collect();
    assert!(errors.is_empty(), "{errors:#?}\n{document:#}");
}

/// The schema without its promise that fields may be added.
fn closed(schema: &mut Value) {
    match schema {
        Value::Object(fields) => {
            for (name, field) in fields {
                if name == "additionalProperties" {
                    *field = Value::Bool(false);
                }
                closed(field);
            }
        }
        Value::Array(items) => items.iter_mut().for_each(closed),
        _ => {}
    }
}

/// The JSON pointers of everything below `value`.
fn pointers(value: &Value, at: &str, found: &mut Vec<String>) {
    let mut below = |name: String, value: &Value| {
        let pointer = format!("{at}/{name}");
        pointers(value, &pointer, found);
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

/// Asserts that no mutant which `mutate` makes at some place of some document validates.
fn assert_no_mutant_is_valid(mutate: impl Fn(&mut Value, &str) -> bool) {
    for (text, documents) in [(QUOTE, quotes()), (MODELS, cards())] {
        let validator = validator(&schema(text));
        for document in documents {
            let mut places = Vec::new();
            pointers(&document, "", &mut places);
            places.retain(|place| {
                let mut mutant = document.clone();
                let mutated = mutate(&mut mutant, place);
                assert!(
                    !mutated || !validator.is_valid(&mutant),
                    "{place}\n{mutant:#}"
                );
                mutated
            });
            // No document is so small that a few places would be all of it.
            assert!(places.len() > 30, "{places:?}");
        }
    }
}

#[test]
fn the_schemas_are_schemas_and_agree_on_what_both_define() {
    let (quote, models) = (schema(QUOTE), schema(MODELS));
    for (schema, id) in [
        (&quote, "urn:tollgate:quote:1"),
        (&models, "urn:tollgate:models:1"),
    ] {
        assert!(jsonschema::draft202012::meta::is_valid(schema), "{id}");
        assert_eq!(schema["$id"], id);
    }
    for shared in ["catalog", "source", "decimal", "date", "currency"] {
        assert!(quote["$defs"][shared].is_object(), "{shared}");
        assert_eq!(quote["$defs"][shared], models["$defs"][shared]);
    }
}

#[test]
fn every_kind_of_quote_validates_and_has_no_field_that_is_not_described() {
    let open = schema(QUOTE);
    let mut strict = open.clone();
    closed(&mut strict);
    let (open, strict) = (validator(&open), validator(&strict));
    for document in quotes() {
        assert_valid(&open, &document);
        assert_valid(&strict, &document);
    }
}

#[test]
fn the_models_validate_whole_and_alone_and_have_no_field_that_is_not_described() {
    let open = schema(MODELS);
    let mut strict = open.clone();
    closed(&mut strict);
    let (open, strict) = (validator(&open), validator(&strict));
    let whole = printed("models");
    assert!(whole["models"].as_array().unwrap().len() > 60);
    for document in cards().iter().chain([&whole]) {
        assert_valid(&open, document);
        assert_valid(&strict, document);
    }
}

#[test]
fn a_field_may_be_added_to_every_object() {
    for (text, documents) in [(QUOTE, quotes()), (MODELS, cards())] {
        let validator = validator(&schema(text));
        for mut document in documents {
            let mut places = vec![String::new()];
            pointers(&document, "", &mut places);
            for place in places {
                if let Some(Value::Object(fields)) = document.pointer_mut(&place) {
                    fields.insert("added-later".to_owned(), json!({ "any": [1] }));
                }
            }
            assert_valid(&validator, &document);
        }
    }
}

#[test]
fn a_document_without_one_of_its_fields_does_not_validate() {
    assert_no_mutant_is_valid(|document, place| {
        let (parent, field) = place.rsplit_once('/').unwrap();
        // Of several modes each may be missing: which a model has is data.
        let by_mode = parent.contains("/output_per_1k");
        match document.pointer_mut(parent) {
            Some(Value::Object(fields)) if fields.len() == 1 || !by_mode => {
                let needed = !OPTIONAL.contains(&field) || needed_here(place, fields);
                needed && fields.remove(field).is_some()
            }
            _ => false,
        }
    });
}

/// Whether a field that is optional elsewhere is required in this place.
fn needed_here(place: &str, fields: &Map<String, Value>) -> bool {
    let of_tokens = fields.contains_key("rate") && place.ends_with("/parameters/mode");
    let of_a_tier = place.contains("/tiers/");
    let of_a_note = place.contains("/notes/");
    of_tokens || of_a_tier || (place.ends_with("/amount") && !of_a_note)
}

#[test]
fn a_value_of_another_type_does_not_validate() {
    assert_no_mutant_is_valid(|document, place| {
        let value = document.pointer_mut(place).unwrap();
        *value = match value {
            Value::String(_) => json!(1),
            Value::Null => json!(false),
            _ => json!("1"),
        };
        true
    });
}

#[test]
fn an_amount_in_another_spelling_does_not_validate() {
    let validator = validator(&schema(QUOTE));
    let document = printed(
        "quote ptu qwen3.7-max-2026-05-20 --input-tpm 100k --output-tpm 10k --hours 10 --fx USD=0.1389",
    );
    assert_valid(&validator, &document);
    for (places, spellings) in [
        (
            &[
                "/quotes/0/total",
                "/quotes/0/items/0/quantity",
                "/quotes/0/items/0/unit_price/amount",
                "/quotes/0/items/1/amount",
                "/quotes/0/fx/0/rate",
            ][..],
            &[
                "3744.00", "3744.0", "3744.", "3,744", "+3744", "03744", ".5", "3.744e3", " 3744",
                "3744\n", "¥3744", "", "NaN",
            ][..],
        ),
        (
            &["/quotes/0/total_rounded", "/quotes/0/fx/0/total_rounded"],
            &["3744", "3744.0", "3744.000", "3,744.00", ".00", "3744.00\n"],
        ),
        (
            &["/quotes/0/parameters/input_tpm"],
            &["100000.0", "-1", "100k", "0100000"],
        ),
    ] {
        for (place, spelling) in places
            .iter()
            .flat_map(|place| spellings.iter().map(move |spelling| (place, spelling)))
        {
            let mut mutant = document.clone();
            *mutant.pointer_mut(place).unwrap() = json!(spelling);
            assert!(!validator.is_valid(&mutant), "{place}: {spelling:?}");
        }
    }
}

#[test]
fn what_does_not_go_together_does_not_validate() {
    let validator = validator(&schema(QUOTE));
    let ptu = printed(
        "quote ptu qwen-plus-2025-12-01 --input-tpm 50k --output-tpm 8k --days 30 --start 2026-06-01T21:59",
    );
    let mu = printed("quote mu qwen3-8b --spec MU5x1 --months 1 --cancel-after 7");
    let tokens = printed("quote tokens qwen3-32b --input 1M --output 1M");
    for (document, place, value) in [
        (&ptu, "/schema", json!("tollgate/quote/2")),
        (&ptu, "/catalog/as_of", json!("2026-02-30")),
        (&ptu, "/quotes", json!([])),
        (&ptu, "/quotes/0/method", json!("mu")),
        (&ptu, "/quotes/0/term", json!("pay-as-you-go")),
        (&ptu, "/quotes/0/items", json!([])),
        (&ptu, "/quotes/0/items/0/id", json!("input")),
        (&ptu, "/quotes/0/items/0/id", json!("tokens.input")),
        (&ptu, "/quotes/0/parameters/mode", json!("thinking")),
        (&ptu, "/quotes/0/parameters/duration", json!("30 days")),
        (
            &ptu,
            "/quotes/0/schedule/stops",
            json!("2026-07-01T01:59:00"),
        ),
        (&ptu, "/quotes/0/schedule/starts", Value::Null),
        (&ptu, "/quotes/0/notes/0/basis", json!("guess")),
        (&mu, "/quotes/0/method", json!("ptu")),
        (&mu, "/quotes/0/term", json!("pay-as-you-go")),
        (&mu, "/quotes/0/parameters/spec", json!("mu5x1")),
        (&mu, "/quotes/0/parameters", tokens["quotes"][0].clone()),
        (&tokens, "/quotes/0/term", json!("subscription")),
        (&tokens, "/quotes/0/parameters/rate", json!("batch")),
        (
            &tokens,
            "/quotes/0/parameters/mode",
            json!("code-interpreter"),
        ),
    ] {
        assert_valid(&validator, document);
        let mut mutant = document.clone();
        let replaced = mutant.pointer_mut(place).unwrap();
        assert_ne!(*replaced, value);
        *replaced = value;
        assert!(!validator.is_valid(&mutant), "{place}\n{mutant:#}");
    }
}
