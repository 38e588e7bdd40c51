//! What is sold, and has no price because the catalog has none.

use crate::compare::{Comparison, Kind, NotSoldIn};

/// What the catalog has not of a model, and the ways that have no price for it.
struct Gap<'a> {
    model: String,
    what: &'a str,
    ways: Vec<Kind>,
}

/// A line for each model and what is missing of it.
pub fn gaps(comparison: &Comparison) -> Vec<String> {
    let mut found: Vec<Gap<'_>> = Vec::new();
    for one in &comparison.unavailable {
        let Some(what) = &one.gap else { continue };
        let model = comparison.said_model(&one.model, &one.region);
        let mut known = found.iter_mut();
        match known.find(|gap| gap.model == model && gap.what == what) {
            Some(gap) => gap.ways.push(one.kind),
            None => found.push(Gap {
                model,
                what,
                ways: vec![one.kind],
            }),
        }
    }
    let line = |gap: &Gap<'_>| format!("{} of {}: {}", said(&gap.ways), gap.model, gap.what);
    found.iter().map(line).collect()
}

/// The names of ways; those of one method by its name.
fn said(ways: &[Kind]) -> String {
    let mut names: Vec<&str> = Vec::new();
    for way in ways {
        let alike = ways.iter().filter(|other| other.method() == way.method());
        let name = match alike.count() {
            1 => way.name(),
            _ => way.method(),
        };
        if !names.contains(&name) {
            names.push(name);
        }
    }
    names.join(", ")
}

/// What the best option is the cheapest of: ` of what is priced` where a price is missing.
pub fn of_what(comparison: &Comparison) -> &'static str {
    let mut unavailable = comparison.unavailable.iter();
    let mut not_sold = comparison.not_sold.iter();
    let is_missing = |one: &NotSoldIn| one.is_missing;
    match unavailable.any(|one| one.gap.is_some()) || not_sold.any(is_missing) {
        true => " of what is priced",
        false => "",
    }
}
