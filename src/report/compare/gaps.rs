//! What is sold, and has no price because the catalog has none.

use crate::compare::{Comparison, NotSoldIn};

/// A line for each model and what is missing of it, with the ways that have no price for it.
pub fn gaps(comparison: &Comparison) -> Vec<String> {
    let mut found: Vec<(String, &str, Vec<(&str, &str)>)> = Vec::new();
    for one in &comparison.unavailable {
        let Some(gap) = &one.gap else { continue };
        let model = comparison.said_model(&one.model, &one.region);
        let way = (one.kind.name(), one.kind.method());
        let mut known = found.iter_mut();
        match known.find(|(of, what, _)| (of, *what) == (&model, gap)) {
            Some((_, _, ways)) => ways.push(way),
            None => found.push((model, gap, vec![way])),
        }
    }
    let line = |(model, gap, ways): (String, &str, Vec<(&str, &str)>)| {
        format!("{} of {model}: {gap}", said(&ways))
    };
    found.into_iter().map(line).collect()
}

/// The names of ways; those of one method by its name.
fn said(ways: &[(&str, &str)]) -> String {
    let mut names: Vec<&str> = Vec::new();
    for (name, method) in ways {
        let alike = ways.iter().filter(|(_, other)| other == method).count();
        let said = if alike > 1 { method } else { name };
        if !names.contains(said) {
            names.push(said);
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
