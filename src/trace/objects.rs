//! The fields of a JSON object, whatever they are for.

use std::borrow::Cow;
use std::collections::BTreeMap;

use serde_json::value::RawValue;

/// The depth down to which names are looked for.
const MAX_DEPTH: usize = 16;

/// The names of an object's fields, with the path of nested ones, in the order of the alphabet.
pub fn names(line: &[u8]) -> Vec<String> {
    let mut names = Vec::new();
    let object = std::str::from_utf8(line).unwrap_or_default();
    add_fields("", object, MAX_DEPTH, &mut |name, _| names.push(name));
    names
}

/// The fields of an object, with the path of nested ones, and their texts: none of a list, nor of what cannot be read.
pub fn fields(line: &[u8]) -> BTreeMap<String, Option<String>> {
    let mut fields = BTreeMap::new();
    let object = std::str::from_utf8(line).unwrap_or_default();
    add_fields("", object, MAX_DEPTH, &mut |name, value: &str| {
        fields.insert(name, text(value));
    });
    fields
}

fn add_fields(path: &str, object: &str, depth: usize, add: &mut dyn FnMut(String, &str)) {
    // Values are not looked into, so that they may be nested without end.
    let fields: BTreeMap<String, &RawValue> = serde_json::from_str(object).unwrap_or_default();
    for (key, value) in fields {
        match (value.get().starts_with('{'), depth.checked_sub(1)) {
            (true, Some(depth)) => {
                add_fields(&format!("{path}{key}."), value.get(), depth, add);
            }
            _ => add(format!("{path}{key}"), value.get()),
        }
    }
}

/// The trimmed text of a value: of a string, a number or a truth value.
fn text(value: &str) -> Option<String> {
    let text = match value.as_bytes() {
        [b'"', ..] => serde_json::from_str::<Cow<'_, str>>(value).ok()?,
        [b'[' | b'{', ..] | b"null" => return None,
        _ => Cow::Borrowed(value),
    };
    Some(text.trim_ascii().to_owned())
}
