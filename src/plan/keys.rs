//! The keys of a deployment: which method has them, and which exclude each other.

use crate::billing::quote::Method;

/// A key and the methods that have it.
struct Key {
    name: &'static str,
    methods: &'static [Method],
}

const PTU: &[Method] = &[Method::Ptu];
const MU: &[Method] = &[Method::Mu];
const TOKENS: &[Method] = &[Method::Tokens];
const RESERVED: &[Method] = &[Method::Ptu, Method::Mu];
const SERVED: &[Method] = &[Method::Ptu, Method::Tokens];
const BY_THE_MONTH: &[Method] = &[Method::Ptu, Method::Mu, Method::Dtu];
const SIZED: &[Method] = &[Method::Ptu, Method::Dtu];
const OF_A_SPEC: &[Method] = &[Method::Mu, Method::Dtu];
const IN_PHASES: &[Method] = &[Method::Ptu, Method::Mu, Method::Tokens];

#[rustfmt::skip]
const KEYS: &[Key] = &[
    Key { name: "name", methods: Method::ALL },
    Key { name: "method", methods: Method::ALL },
    Key { name: "model", methods: Method::ALL },
    Key { name: "region", methods: Method::ALL },
    Key { name: "count", methods: Method::ALL },
    Key { name: "budget", methods: Method::ALL },
    Key { name: "budget_on", methods: Method::ALL },
    Key { name: "term", methods: BY_THE_MONTH },
    Key { name: "hours_per_day", methods: Method::ALL },
    Key { name: "hours", methods: RESERVED },
    Key { name: "days", methods: SERVED },
    Key { name: "months", methods: BY_THE_MONTH },
    Key { name: "weeks", methods: PTU },
    Key { name: "quarters", methods: PTU },
    Key { name: "years", methods: PTU },
    Key { name: "renew", methods: BY_THE_MONTH },
    Key { name: "runs", methods: RESERVED },
    Key { name: "start", methods: BY_THE_MONTH },
    Key { name: "input_tpm", methods: SIZED },
    Key { name: "output_tpm", methods: SIZED },
    Key { name: "units", methods: SIZED },
    Key { name: "fit", methods: SIZED },
    Key { name: "service", methods: PTU },
    Key { name: "on_overflow", methods: PTU },
    Key { name: "mode", methods: SERVED },
    Key { name: "spec", methods: OF_A_SPEC },
    Key { name: "replicas", methods: MU },
    Key { name: "replicas_min", methods: MU },
    Key { name: "replicas_max", methods: MU },
    Key { name: "schedule", methods: MU },
    Key { name: "cancel_after", methods: OF_A_SPEC },
    Key { name: "input", methods: TOKENS },
    Key { name: "output", methods: TOKENS },
    Key { name: "cached_input", methods: TOKENS },
    Key { name: "cache_write", methods: TOKENS },
    Key { name: "requests", methods: TOKENS },
    Key { name: "rate", methods: TOKENS },
    Key { name: "batch", methods: TOKENS },
    Key { name: "rpm", methods: Method::ALL },
    Key { name: "input_per_request", methods: Method::ALL },
    Key { name: "output_per_request", methods: Method::ALL },
    Key { name: "cached_per_request", methods: Method::ALL },
    Key { name: "cache_hit", methods: Method::ALL },
    Key { name: "cache_write_per_request", methods: Method::ALL },
    Key { name: "cache", methods: Method::ALL },
    Key { name: "replica_capacity", methods: Method::ALL },
    Key { name: "load", methods: Method::ALL },
    Key { name: "trace", methods: Method::ALL },
    Key { name: "where", methods: Method::ALL },
    Key { name: "scale_to", methods: Method::ALL },
    Key { name: "pattern", methods: Method::ALL },
    Key { name: "columns", methods: Method::ALL },
    Key { name: "cached", methods: Method::ALL },
    Key { name: "cache_from", methods: Method::ALL },
    Key { name: "cache_block", methods: Method::ALL },
    Key { name: "cache_ttl", methods: Method::ALL },
    Key { name: "time_unit", methods: Method::ALL },
    Key { name: "skip_bad_rows", methods: Method::ALL },
    Key { name: "log_format", methods: Method::ALL },
    Key { name: "failed_calls", methods: Method::ALL },
    Key { name: "repeated_calls", methods: Method::ALL },
    Key { name: "free_quota", methods: SERVED },
    Key { name: "free_used", methods: SERVED },
    Key { name: "free_activated", methods: SERVED },
    Key { name: "free_expires", methods: SERVED },
    Key { name: "free_covers_overflow", methods: PTU },
    Key { name: "package", methods: SERVED },
    Key { name: "package_price", methods: SERVED },
    Key { name: "postpaid", methods: SERVED },
    Key { name: "savings_plan", methods: SERVED },
    Key { name: "savings_plan_term", methods: SERVED },
    Key { name: "savings_plan_payment", methods: SERVED },
    Key { name: "phases", methods: IN_PHASES },
];

/// Keys of a workload, in place of which tokens are given in all.
const OF_A_LOAD: &[&str] = &[
    "rpm",
    "input_per_request",
    "output_per_request",
    "cached_per_request",
    "cache_hit",
    "cache_write_per_request",
    "hours_per_day",
    "days",
];

/// Keys that say how much of a request is of a cache.
pub const OF_A_CACHE: &[&str] = &["cached_per_request", "cache_hit", "cache_write_per_request"];

/// Keys of other workloads than a log.
pub const OF_LOADS: &[&str] = &["rpm", "input", "output", "phases", "load"];

/// Keys that say how a log is read.
pub const OF_A_LOG: &[&str] = &[
    "where",
    "scale_to",
    "pattern",
    "columns",
    "cached",
    "cache_from",
    "cache_block",
    "cache_ttl",
    "time_unit",
    "skip_bad_rows",
    "log_format",
    "failed_calls",
    "repeated_calls",
];

/// What a log is not priced with, as on the command line.
const NOT_OF_A_LOG: &[&str] = &[
    "rpm",
    "input_per_request",
    "output_per_request",
    "cached_per_request",
    "cache_hit",
    "cache_write_per_request",
    "hours_per_day",
    "input",
    "output",
    "cached_input",
    "cache_write",
    "requests",
    "renew",
    "runs",
    "start",
    "cancel_after",
    "replicas_min",
    "replicas_max",
    "schedule",
    "phases",
    "free_quota",
    "free_used",
    "free_activated",
    "free_expires",
    "free_covers_overflow",
    "package",
    "package_price",
    "postpaid",
];

/// Keys that say the same thing in two ways: of a key and those after it only one is written.
const EXCLUDES: &[(&str, &[&str])] = &[
    ("trace", NOT_OF_A_LOG),
    ("load", NOT_OF_A_LOG),
    ("load", OF_A_LOG),
    ("load", &["trace"]),
    ("cached", &["cache_from"]),
    (
        "term",
        &["hours", "days", "months", "weeks", "quarters", "years"],
    ),
    (
        "hours",
        &[
            "days",
            "months",
            "weeks",
            "quarters",
            "years",
            "hours_per_day",
        ],
    ),
    ("days", &["months", "weeks", "quarters", "years"]),
    ("months", &["weeks", "quarters", "years"]),
    ("weeks", &["quarters", "years"]),
    ("quarters", &["years"]),
    ("renew", &["hours", "runs", "cancel_after"]),
    ("units", &["input_tpm", "output_tpm"]),
    ("service", &["units"]),
    ("fit", &["input_tpm", "output_tpm", "units"]),
    ("cached_per_request", &["cache_hit"]),
    ("input", OF_A_LOAD),
    ("output", OF_A_LOAD),
    ("cached_input", OF_A_LOAD),
    ("cache_write", OF_A_LOAD),
    ("requests", OF_A_LOAD),
    ("replicas_min", &["replicas", "schedule"]),
    ("replicas_max", &["replicas", "schedule"]),
    (
        "schedule",
        &["hours", "months", "renew", "runs", "cancel_after", "start"],
    ),
    (
        "phases",
        &[
            "hours",
            "days",
            "months",
            "weeks",
            "quarters",
            "years",
            "renew",
            "runs",
            "cancel_after",
            "free_quota",
            "free_used",
            "free_activated",
            "free_expires",
            "free_covers_overflow",
            "package",
            "package_price",
            "postpaid",
            "savings_plan",
            "savings_plan_term",
            "savings_plan_payment",
        ],
    ),
];

/// Keys of a reservation that are about what overflows of it.
pub const OF_OVERFLOW: &[&str] = &[
    "on_overflow",
    "free_quota",
    "free_used",
    "free_activated",
    "free_expires",
    "free_covers_overflow",
    "package",
    "package_price",
    "postpaid",
    "savings_plan",
    "savings_plan_term",
    "savings_plan_payment",
];

/// What a phase can have beside its `days`.
pub const OF_PHASES: &[&str] = &[
    "input_tpm",
    "output_tpm",
    "units",
    "fit",
    "rpm",
    "input_per_request",
    "output_per_request",
    "cached_per_request",
    "cache_hit",
    "cache_write_per_request",
    "hours_per_day",
    "replicas",
    "replicas_min",
    "replicas_max",
    "schedule",
];

/// The keys of a window of a schedule.
pub const OF_WINDOWS: &[&str] = &["from", "to", "replicas"];

/// The keys of `[budget]`.
pub const OF_BUDGET: &[&str] = &["total", "increase"];

/// The keys of the head.
pub const OF_HEAD: &[&str] = &["version", "days", "catalog", "discount", "fx", "as_of"];

/// The keys of a method, or of any.
pub fn of(method: Option<Method>) -> impl Iterator<Item = &'static str> {
    KEYS.iter()
        .filter(move |key| method.is_none_or(|method| key.methods.contains(&method)))
        .map(|key| key.name)
}

/// The keys of deployments by the methods that have them: those of all methods first, each group in its
/// order.
#[must_use]
pub fn by_methods() -> Vec<(&'static [Method], Vec<&'static str>)> {
    let mut groups: Vec<(&'static [Method], Vec<&'static str>)> = Vec::new();
    for key in KEYS {
        match groups
            .iter_mut()
            .find(|(methods, _)| *methods == key.methods)
        {
            Some((_, names)) => names.push(key.name),
            None => groups.push((key.methods, vec![key.name])),
        }
    }
    groups
}

/// The methods that have a key; none where there is no such key.
#[must_use]
pub fn methods(name: &str) -> &'static [Method] {
    KEYS.iter()
        .find(|key| key.name == name)
        .map_or(&[], |key| key.methods)
}

/// Whether two keys cannot be written together.
#[must_use]
pub fn exclude(a: &str, b: &str) -> bool {
    EXCLUDES.iter().any(|(key, others)| {
        (*key == a && others.contains(&b)) || (*key == b && others.contains(&a))
    })
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;

    #[test]
    fn every_key_that_is_mentioned_exists() {
        let mentioned = EXCLUDES
            .iter()
            .flat_map(|(key, others)| std::iter::once(key).chain(*others));
        for key in mentioned.chain(OF_PHASES) {
            assert!(!methods(key).is_empty(), "{key}");
        }
    }

    fn schema() -> serde_json::Value {
        serde_json::from_str(include_str!("../../schema/plan-1.json")).unwrap()
    }

    /// The keys of the object at a place of the schema.
    fn keys(schema: &serde_json::Value, place: &str) -> BTreeSet<String> {
        let found = schema.pointer(place).and_then(|at| at.as_object());
        found.unwrap().keys().cloned().collect()
    }

    fn set<'a>(keys: impl IntoIterator<Item = &'a str>) -> BTreeSet<String> {
        keys.into_iter().map(str::to_owned).collect()
    }

    #[test]
    fn the_schema_has_the_same_keys() {
        let schema = schema();
        let of_head = OF_HEAD.iter().copied();
        let tables = ["budget", "defaults", "deployment"];
        assert_eq!(keys(&schema, "/properties"), set(of_head.chain(tables)));
        for (table, known) in [
            ("budget", set(OF_BUDGET.iter().copied())),
            ("window", set(OF_WINDOWS.iter().copied())),
            (
                "phase",
                set(["days"].into_iter().chain(OF_PHASES.iter().copied())),
            ),
            ("deployment", set(of(None))),
            (
                "defaults",
                set(of(None).filter(|key| !["name", "phases"].contains(key))),
            ),
        ] {
            let place = format!("/$defs/{table}/properties");
            assert_eq!(keys(&schema, &place), known, "{table}");
        }
    }

    #[test]
    fn the_schema_gives_each_method_its_keys() {
        let schema = schema();
        let mut place = "/$defs/deployment".to_owned();
        for method in Method::ALL.iter().copied() {
            let named = schema.pointer(&format!("{place}/if/properties/method/const"));
            assert_eq!(named, Some(&method.name().into()));
            let then = format!("{place}/then/properties");
            let phase = format!("{then}/phases/items/properties");
            let refused = |place: &str, key: &str| {
                schema.pointer(&format!("{place}/{key}")) == Some(&false.into())
            };
            for key in of(None) {
                let foreign = !methods(key).contains(&method);
                assert_eq!(refused(&then, key), foreign, "{method:?}: {key}");
                // Without phases there is nothing to refuse in them.
                let has_phases = methods("phases").contains(&method);
                let foreign = foreign && has_phases && OF_PHASES.contains(&key);
                assert_eq!(refused(&phase, key), foreign, "{method:?}: {key}");
            }
            place.push_str("/else");
        }
        assert_eq!(schema.pointer(&place), None);
    }

    #[test]
    fn the_schema_has_the_same_keys_exclude_each_other() {
        let schema = schema();
        let dependent = "/$defs/deployment/dependentSchemas";
        for a in of(None) {
            for b in of(None) {
                let refused = |a: &str, b: &str| {
                    let place = format!("{dependent}/{a}/properties/{b}");
                    schema.pointer(&place) == Some(&false.into())
                };
                assert_eq!(refused(a, b) || refused(b, a), exclude(a, b), "{a}, {b}");
            }
        }
    }
}
