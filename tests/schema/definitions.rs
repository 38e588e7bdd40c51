//! The schemas themselves: each stands alone, they agree, and name nothing that is never printed.

use std::collections::BTreeSet;

use serde_json::Value;

use super::documents::{comparisons, log_comparisons, quotes};
use super::plans::checks;
use super::validate::{
    CHECK, COMPARE, COMPARE_LOG, MODELS, PARTIAL, QUOTE, RESOURCES, TRACE, pointers, schema,
};

#[test]
fn the_schemas_are_schemas() {
    for (text, id) in [
        (QUOTE, "urn:tollgate:quote:1"),
        (MODELS, "urn:tollgate:models:1"),
        (COMPARE, "urn:tollgate:compare:1"),
        (COMPARE_LOG, "urn:tollgate:compare-log:1"),
        (RESOURCES, "urn:tollgate:resources:1"),
        (CHECK, "urn:tollgate:check:1"),
        (PARTIAL, "urn:tollgate:partial:1"),
        (TRACE, "urn:tollgate:trace:1"),
    ] {
        let schema = schema(text);
        assert!(jsonschema::draft202012::meta::is_valid(&schema), "{id}");
        assert_eq!(schema["$id"], id);
    }
}

#[test]
fn a_schema_refers_to_all_of_its_definitions_and_to_nothing_else() {
    for text in [
        QUOTE,
        MODELS,
        COMPARE,
        COMPARE_LOG,
        RESOURCES,
        CHECK,
        PARTIAL,
        TRACE,
    ] {
        let schema = schema(text);
        let referred: BTreeSet<String> = pointers(&schema)
            .iter()
            .filter(|place| place.ends_with("/$ref"))
            .filter_map(|place| schema.pointer(place)?.as_str().map(str::to_owned))
            .collect();
        let defined: BTreeSet<String> = schema["$defs"]
            .as_object()
            .unwrap()
            .keys()
            .map(|name| format!("#/$defs/{name}"))
            .collect();
        assert_eq!(referred, defined);
    }
}

#[test]
fn schemas_agree_on_what_both_define() {
    let (quote, models, compare) = (schema(QUOTE), schema(MODELS), schema(COMPARE));
    let check = schema(CHECK);
    for (name, definition) in schema(COMPARE_LOG)["$defs"].as_object().unwrap() {
        assert_eq!(*definition, compare["$defs"][name], "{name}");
    }
    for shared in [
        "catalog", "source", "decimal", "version", "date", "currency", "text",
    ] {
        assert!(quote["$defs"][shared].is_object(), "{shared}");
        assert_eq!(quote["$defs"][shared], models["$defs"][shared], "{shared}");
    }
    // A comparison and a check have whole quotes in them, so what describes these stands in all.
    for (name, definition) in quote["$defs"].as_object().unwrap() {
        assert_eq!(*definition, compare["$defs"][name], "{name}");
        assert_eq!(*definition, check["$defs"][name], "{name}");
    }
    let option = "option_name";
    assert_eq!(compare["$defs"][option], check["$defs"][option]);
}

#[test]
fn every_name_that_a_script_may_look_for_is_printed_somewhere() {
    let (quote, compare) = (schema(QUOTE), schema(COMPARE));
    let (quotes, comparisons) = (quotes(), comparisons());
    let (check, checks) = (schema(CHECK), checks());
    let ptu = "/$defs/ptu_parameters/properties";
    for (schema, names, documents, at) in [
        (
            &quote,
            format!("{ptu}/mode/enum"),
            &quotes,
            "/quotes/*/parameters/mode",
        ),
        (
            &quote,
            format!("{ptu}/on_overflow/enum"),
            &quotes,
            "/quotes/*/parameters/on_overflow",
        ),
        (
            &quote,
            format!("{ptu}/fit/enum"),
            &quotes,
            "/quotes/*/parameters/fit",
        ),
        (
            &quote,
            "/$defs/overflow_rule/enum".to_owned(),
            &quotes,
            "/quotes/*/overflow/rule",
        ),
        (
            &quote,
            "/$defs/funding/properties/status/enum".to_owned(),
            &quotes,
            "/quotes/*/funding/status",
        ),
        (
            &compare,
            "/$defs/option_name/enum".to_owned(),
            &comparisons,
            "/options/*/option",
        ),
        (
            &compare,
            "/$defs/break_even/properties/id/enum".to_owned(),
            &comparisons,
            "/break_even/*/id",
        ),
        (
            &compare,
            "/$defs/break_even/properties/unit/enum".to_owned(),
            &comparisons,
            "/break_even/*/unit",
        ),
        (
            &compare,
            "/$defs/workload/properties/mode/enum".to_owned(),
            &comparisons,
            "/workload/mode",
        ),
        (
            &check,
            "/$defs/change/properties/status/enum".to_owned(),
            &checks,
            "/baseline/deployments/*/status",
        ),
        (
            &check,
            "/$defs/breach/properties/kind/enum".to_owned(),
            &checks,
            "/breaches/*/kind",
        ),
        (
            &check,
            "/$defs/cheapest/properties/is/enum".to_owned(),
            &checks,
            "/deployments/*/cheapest/is",
        ),
        (
            &check,
            "/$defs/end/enum".to_owned(),
            &checks,
            "/deployments/*/parts/*/end",
        ),
    ] {
        let named: BTreeSet<String> = schema
            .pointer(&names)
            .and_then(Value::as_array)
            .unwrap()
            .iter()
            .map(Value::to_string)
            .collect();
        let printed = documents
            .iter()
            .flat_map(|document| printed_at(document, at))
            .collect();
        let missing: Vec<&String> = named.difference(&printed).collect();
        assert!(missing.is_empty(), "{at}: {missing:?}");
    }
}

#[test]
fn every_key_of_a_plan_is_described_and_printed_somewhere() {
    let check = schema(CHECK);
    let described = check["$defs"]["parameters"]["properties"].as_object();
    let described: BTreeSet<&String> = described.unwrap().keys().collect();
    let checks = checks();
    let printed: BTreeSet<&String> = checks
        .iter()
        .flat_map(|check| check["deployments"].as_array().unwrap())
        .flat_map(|deployment| deployment["parameters"].as_object().unwrap().keys())
        .collect();
    assert_eq!(described, printed);
}

/// What stands at a place of a document, where `*` is any position in a list.
fn printed_at(document: &Value, at: &str) -> Vec<String> {
    let steps = |place: &str| -> Vec<String> {
        place
            .split('/')
            .map(|step| match step.parse::<u32>() {
                Ok(_) => "*".to_owned(),
                Err(_) => step.to_owned(),
            })
            .collect()
    };
    pointers(document)
        .iter()
        .filter(|place| steps(place) == steps(at))
        .filter_map(|place| document.pointer(place))
        .map(Value::to_string)
        .collect()
}

#[test]
fn a_model_of_a_log_is_compared_as_a_comparison_says() {
    let compare = super::validate::validator(&schema(COMPARE));
    for document in log_comparisons() {
        for model in document["models"].as_array().unwrap() {
            let mut comparison = model["comparison"].clone();
            comparison["schema"] = "tollgate/compare/1".into();
            comparison["version"] = document["version"].clone();
            comparison["catalog"] = document["catalog"].clone();
            super::validate::assert_valid(&compare, &comparison);
        }
    }
}
