//! The values that say how a log is read.

use crate::billing::recorded::Derived;
use crate::billing::term::{Increment, Span};
use crate::trace::{CachePlace, Columns, Filter, Repeats, TimeUnit};

/// Tokens of a block of a prefix cache, as of the Mooncake traces.
const BLOCK: u32 = 512;
/// Minutes that a block is kept.
const KEPT: u64 = 5;

/// How long a block of a prefix cache is kept after its last use; `None` for ever.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct KeptFor(pub Option<Span>);

/// A field of hashes: any name.
pub fn field(text: &str) -> Result<String, String> {
    match text.trim() {
        "" => Err("it names no field".to_owned()),
        field => Ok(field.to_owned()),
    }
}

/// Tokens of a block.
pub fn block(text: &str) -> Result<u32, String> {
    let tokens = text.parse().ok().filter(|tokens| *tokens > 0);
    tokens.ok_or_else(|| "it is not a number of tokens such as `512`".to_owned())
}

/// How long a block is kept, or `none` for ever.
pub fn kept_for(text: &str) -> Result<KeptFor, String> {
    if text == "none" {
        return Ok(KeptFor(None));
    }
    let span = Span::parse(text, Increment::Minute)?;
    let is_whole = span == Span::of_seconds(span.whole_seconds().unsigned_abs());
    match is_whole {
        true => Ok(KeptFor(Some(span))),
        false => Err("it is not in whole seconds".to_owned()),
    }
}

/// How cached tokens are derived from a field, with what is not said as it is usual.
#[must_use]
pub fn derived(field: String, block: Option<u32>, kept_for: Option<KeptFor>) -> Derived {
    let usual = KeptFor(Some(Span::of_seconds(KEPT.saturating_mul(60))));
    Derived {
        field,
        block: block.unwrap_or(BLOCK),
        ttl: kept_for.unwrap_or(usual).0,
    }
}

/// Names of columns, with the text as it was written.
pub fn columns(text: &str) -> Result<(Columns, String), String> {
    Ok((Columns::parse(text)?, text.to_owned()))
}

/// Names of columns as they are written; `None` where none is named.
#[must_use]
pub fn columns_text(columns: &Columns) -> Option<String> {
    let named = [
        ("time", &columns.time),
        ("input", &columns.input),
        ("output", &columns.output),
        ("requests", &columns.requests),
        ("cached", &columns.cached),
        ("cache_write", &columns.cache_write),
        ("model", &columns.model),
    ];
    let named = named.into_iter();
    let named = named.filter_map(|(key, name)| Some(format!("{key}={}", name.as_ref()?)));
    let named: Vec<String> = named.collect();
    (!named.is_empty()).then(|| named.join(","))
}

/// A column and its text.
pub fn filter(text: &str) -> Result<Filter, String> {
    Filter::parse(text)
        .ok_or_else(|| "it is not a column and its text such as `model=qwen3-max`".to_owned())
}

/// `seconds`, `milliseconds`, `microseconds` or `nanoseconds`.
pub fn time_unit(text: &str) -> Result<TimeUnit, String> {
    TimeUnit::named(text).ok_or_else(|| {
        let names = TimeUnit::ALL.map(|unit| format!("`{}`", unit.name()));
        format!("it is one of {}", names.join(", "))
    })
}

/// `inside` or `beside`.
pub fn cache_place(text: &str) -> Result<CachePlace, String> {
    let mut all = [CachePlace::Inside, CachePlace::Beside].into_iter();
    all.find(|place| cache_place_name(*place) == text)
        .ok_or_else(|| "it is one of `inside`, `beside`".to_owned())
}

/// `inside` or `beside`.
#[must_use]
pub fn cache_place_name(place: CachePlace) -> &'static str {
    match place {
        CachePlace::Inside => "inside",
        CachePlace::Beside => "beside",
    }
}

/// What is done with failed calls: `leave-out`, or whether they are billed with `bill`.
pub fn failed_calls(text: &str) -> Result<bool, String> {
    match text {
        "leave-out" => Ok(false),
        "bill" => Ok(true),
        _ => Err("it is neither `leave-out` nor `bill`".to_owned()),
    }
}

/// The name of what is done with them.
#[must_use]
pub fn failed_calls_name(bills: bool) -> &'static str {
    match bills {
        true => "bill",
        false => "leave-out",
    }
}

/// What is done with rows of one request: `last` or `bill`.
pub fn repeated_calls(text: &str) -> Result<Repeats, String> {
    let mut all = [Repeats::Last, Repeats::Bill].into_iter();
    let found = all.find(|repeats| repeats.name() == text);
    found.ok_or_else(|| "it is neither `last` nor `bill`".to_owned())
}
