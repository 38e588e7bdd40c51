//! In what two parts differ, in a sentence.

use super::NONE;
use crate::catalog::printable;
use crate::replay::partial::Parameters;

/// Labels that follow from the others, but where the catalog is another one: named last.
const OF_THE_CATALOG: [&str; 3] = ["prices", "rules", "service"];

/// The first parameter that is not the same, with both values; of a list, what differs in it.
pub(super) fn difference(one: &Parameters, other: &Parameters) -> String {
    let values = |parameters: &Parameters| {
        let reserved = &parameters.reservation.first().reserved;
        let max = reserved.max_input;
        let mut values = parameters.labels.clone();
        for (name, tpm) in ["input_tpm", "output_tpm"]
            .into_iter()
            .zip(reserved.capacity)
        {
            values.insert(name.to_owned(), tpm.to_string());
        }
        values.insert(
            "max_input".to_owned(),
            max.map_or(NONE.to_owned(), |max| max.to_string()),
        );
        values
    };
    let (one, other) = (values(one), values(other));
    let mut keys: Vec<&String> = one.keys().chain(other.keys()).collect();
    keys.sort_by_key(|key| OF_THE_CATALOG.contains(&key.as_str()));
    let differs = |key: &&String| one.get(*key) != other.get(*key);
    match keys.into_iter().find(differs) {
        Some(key) => {
            let (here, there) = apart(one.get(key), other.get(key));
            format!("`{}` is {here} here and {there} there", printable(key))
        }
        None => "the tiers of the standard price differ".to_owned(),
    }
}

/// Two values as they are shown. They come from files, so they are escaped and clipped.
fn apart(one: Option<&String>, other: Option<&String>) -> (String, String) {
    let shown = |value: Option<&str>| match value {
        Some(value) => format!("`{}`", printable(value)),
        None => "missing".to_owned(),
    };
    let (Some(one), Some(other)) = (one, other) else {
        return (
            shown(one.map(String::as_str)),
            shown(other.map(String::as_str)),
        );
    };
    let (mut ones, mut others) = (one.split(", "), other.split(", "));
    loop {
        match (ones.next(), others.next()) {
            (Some(one), Some(other)) if one == other => {}
            (one, other) => return (shown(one), shown(other)),
        }
    }
}
