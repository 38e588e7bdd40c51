//! The JSON Schemas in `schema/` describe what `--json` prints: all of it, and nothing looser.

#![allow(clippy::unwrap_used, clippy::panic, clippy::indexing_slicing)]

#[path = "schema/definitions.rs"]
mod definitions;
#[path = "schema/documents.rs"]
mod documents;
#[path = "schema/plans.rs"]
mod plans;
#[path = "schema/spelling.rs"]
mod spelling;
#[path = "schema/together.rs"]
mod together;
#[path = "schema/validate.rs"]
mod validate;

use std::collections::BTreeSet;

use documents::printed;
use serde_json::{Map, Value, json};
use validate::{MODELS, assert_valid, closed, described, pointers, schema, validator};

/// Fields that are left out where there is nothing to say.
const OPTIONAL: &[&str] = &[
    "changes",
    "mode",
    "runs",
    "hours_per_day",
    "fit",
    "cancellation",
    "overflow",
    "amount",
    "fx",
    "funding",
    "trace",
    "load",
    "growth",
    "log_formats",
    "logs",
    "files_left_out",
    "other_rows",
    "failed_calls",
    "repeated_rows",
    "repeated_calls",
    "repeated_far_rows",
    "no_output_calls",
    "out_of_order_rows",
    "admitted",
    "product",
    "service",
    "rpm",
    "month",
    "cheapest",
    "paid_months",
    "max_cost",
    "other_rate",
    "cached_by",
    "cached_tokens",
    "cache_write_tokens",
    "cached",
    "cache_write",
    "cached_inside",
    "cached_beside",
    "span",
    "own",
    "later",
    "as_of_given",
    "renew",
    "overdue",
    "overdue_since",
    "capacity",
    "weights",
    "utilisation",
    "ranked",
    "best",
    "caveat",
    "as_of_then",
    "history",
    "sources",
    "today",
    "after",
    "until",
    "elsewhere",
    "not_sold",
    "dtu",
    "or_up_to",
    "limited_offer_percent",
    "first_known",
    "bill",
    "savings_plan",
    "savings_plan_lines",
    "batch",
    "cache_source",
    "quarter",
    "steps_unknown",
    "sizing_source",
    "whole_calls",
    "pays_above",
    "term_days",
    "limit_as_given",
    "total_as_given",
    "increase_as_given",
];

/// Asserts that no mutant which `mutate` makes at some place of some document validates.
fn assert_no_mutant_is_valid(mutate: impl Fn(&mut Value, &str) -> bool) {
    for (schema, documents) in described() {
        let validator = validator(&schema);
        for mut document in unlike(documents) {
            let mut places = pointers(&document);
            places.retain(|place| {
                let (parent, _) = place.rsplit_once('/').unwrap();
                let kept = document.pointer(parent).unwrap().clone();
                let mutated = mutate(&mut document, place);
                assert!(
                    !mutated || !validator.is_valid(&document),
                    "{place}\n{document:#}"
                );
                *document.pointer_mut(parent).unwrap() = kept;
                mutated
            });
            // No document is so small that a few places would be all of it.
            assert!(places.len() > 30, "{places:?}");
        }
    }
}

/// Those documents that have an object which none before them has: in another place, with other fields, or of
/// another kind.
fn unlike(documents: Vec<Value>) -> Vec<Value> {
    let mut seen = BTreeSet::new();
    let mut kept = Vec::new();
    for document in documents {
        let before = seen.len();
        for place in pointers(&document) {
            if let Some(Value::Object(fields)) = document.pointer(&place) {
                let words = place.split('/').map(|word| match word.parse::<usize>() {
                    Ok(_) => "*",
                    Err(_) => word,
                });
                let kinds =
                    ["method", "term", "rate", "kind", "id"].map(|kind| fields.get(kind).cloned());
                let names: Vec<String> = fields.keys().cloned().collect();
                seen.insert(format!("{:?}", (words.collect::<Vec<_>>(), names, kinds)));
            }
        }
        if seen.len() > before {
            kept.push(document);
        }
    }
    kept
}

#[test]
fn every_kind_of_document_validates_and_has_no_field_that_is_not_described() {
    for (open, documents) in described() {
        let (open, strict) = (validator(&open), validator(&closed(&open)));
        for document in documents {
            assert_valid(&open, &document);
            assert_valid(&strict, &document);
        }
    }
}

#[test]
fn the_whole_list_of_models_validates_and_has_no_field_that_is_not_described() {
    let open = schema(MODELS);
    let (open, strict) = (validator(&open), validator(&closed(&open)));
    let whole = printed("models");
    assert!(whole["models"].as_array().unwrap().len() > 60);
    assert_valid(&open, &whole);
    assert_valid(&strict, &whole);
}

#[test]
fn a_field_may_be_added_to_every_object() {
    for (schema, documents) in described() {
        let validator = validator(&schema);
        for mut document in documents {
            let mut places = pointers(&document);
            places.push(String::new());
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
        // Only where a provider is named. And only where prices change, and then not the days before the first and after the last.
        let of_a_name = place == "/provider";
        let of_days = parent.contains("/overflow_by_tier/") && ["from", "before"].contains(&field);
        // Only where a price is one of some hours of the day.
        let priced = ["/items/", "/tiers/", "/overflow_by_tier/"];
        let of_hours = field == "hours" && priced.iter().any(|of| parent.contains(of));
        let of_days = of_days || of_hours;
        match document.pointer_mut(parent) {
            Some(Value::Object(fields)) if fields.len() == 1 || !by_mode => {
                let needed = if is_key(place) {
                    needed_key(place)
                } else {
                    !OPTIONAL.contains(&field) || needed_here(place, fields)
                };
                // When a price came is left out where it is not known.
                let of_a_price =
                    field == "from" && (place.contains("/prices/") || place.contains("/reasons/"));
                let needed = needed && !of_a_price;
                // What is of a cache is left out everywhere where nothing is.
                let of_a_cache = field.starts_with("cache");
                // Only where several regions are compared.
                let mut lists = ["/break_even/", "/unavailable/"].iter();
                let of_a_region = field == "region" && lists.any(|list| parent.starts_with(list));
                needed
                    && !of_a_region
                    && !of_days
                    && !of_a_name
                    && !of_a_cache
                    && fields.remove(field).is_some()
            }
            _ => false,
        }
    });
}

/// Whether a field that is optional elsewhere is required in this place.
fn needed_here(place: &str, fields: &Map<String, Value>) -> bool {
    let of_tokens = fields.contains_key("rate") && place.ends_with("/parameters/mode");
    let of_a_tier = place.contains("/tiers/") && !place.ends_with("/or_up_to");
    let of_a_note = place.contains("/notes/");
    let of_a_workload = place.starts_with("/workload/") && !place.starts_with("/workload/trace/");
    let of_an_option = place.starts_with("/options/") && place.ends_with("/fit");
    let of_told = ["/told/cached", "/trace/cached"]
        .iter()
        .any(|end| place.ends_with(end));
    // Each part of a trace has it; of quotes only those of a throughput reservation.
    let of_a_part = place.ends_with("/service") && !place.contains("/quote");
    let of_a_unit = place.contains("/capacity/") && place.ends_with("/weights");
    of_tokens
        || of_told
        || of_a_part
        || of_a_unit
        || of_a_tier
        || of_a_workload
        || of_an_option
        || (place.ends_with("/amount") && !of_a_note)
}

/// Whether a place is that of a key of a plan's deployment.
fn is_key(place: &str) -> bool {
    place.starts_with("/deployments/")
        && place.contains("/parameters/")
        && !place.contains("/quote/")
}

/// Whether a key of a deployment is one that each has, or each window or phase of it.
fn needed_key(place: &str) -> bool {
    let of_a_window = place.contains("/schedule/");
    let of_a_phase = place.contains("/phases/") && place.ends_with("/days");
    let of_all = place.ends_with("/method") || place.ends_with("/model");
    of_a_window || of_a_phase || of_all
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
