//! Whether JSON is in lines, and if not, where its records are: by the start of a file.

use memchr::memchr;
use serde_json::value::RawValue;

use super::columns::recognise;
use super::logs;
use super::objects;
use super::options::Options;

/// Elements of a list that are looked at.
const LOOKED_AT: usize = 64;

/// How a file is written.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Written {
    /// A record a line, or no JSON.
    InLines,
    /// The records are the elements of a list, or objects that follow each other. The keys lead from the outermost
    /// value to the list.
    Elements(Vec<String>),
}

/// How a file with this start is written; `None` where more of it must be seen, which is no more than the longest
/// record.
pub fn written(bytes: &[u8], at_end: bool, options: &Options) -> Option<Written> {
    let is_all = at_end || bytes.len() > options.tuning.max_line;
    let start = bytes.trim_ascii_start();
    match start.first() {
        None if !is_all => return None,
        Some(b'[') => return Some(Written::Elements(Vec::new())),
        Some(b'{') => {}
        _ => return Some(Written::InLines),
    }
    let object = Object::of(start);
    let line = memchr(b'\n', start).filter(|newline| object.end.is_none_or(|end| *newline < end));
    let (text, after) = match object.end {
        Some(end) => start.split_at_checked(end)?,
        None => (start, &b""[..]),
    };
    let next = after.trim_ascii_start().first();
    if !is_all && (object.end.is_none() || next.is_none()) {
        // A line that is no JSON need not be waited for.
        let is_lines = line.is_some_and(|line| !goes_on(start, line, &object));
        return (is_lines && has_next(start, line)).then_some(Written::InLines);
    }
    if line.is_some_and(|line| !goes_on(start, line, &object)) {
        return Some(Written::InLines);
    }
    let shares_line = next == Some(&b'{') && {
        let before = after.len().saturating_sub(after.trim_ascii_start().len());
        !after.get(..before).unwrap_or_default().contains(&b'\n')
    };
    if line.is_none() && next.is_some_and(|next| *next != b'{') {
        return Some(Written::InLines);
    }
    let found = Found {
        is_whole: object.end.is_some(),
        // What is longer than a record holds records.
        is_only: match object.end {
            Some(_) => at_end && next.is_none(),
            None => line.is_some(),
        },
    };
    Some(match path(text, found, options) {
        Some(key) => Written::Elements(vec![key]),
        None if line.is_some() || shares_line => Written::Elements(Vec::new()),
        None => Written::InLines,
    })
}

/// What is known of the first object of a file.
#[derive(Debug, Clone, Copy)]
struct Found {
    /// Whether its end was seen.
    is_whole: bool,
    /// Whether the file has no other.
    is_only: bool,
}

/// The key of the list in which an object holds records; `None` where it is a record itself. That is the first list
/// with a record among its first elements; of an object that is all of the file and no record, the first
/// list of objects.
fn path(object: &[u8], found: Found, options: &Options) -> Option<String> {
    let is_record = |object: &[u8]| {
        let names = objects::names(object);
        let is_usual =
            recognise(&names, &options.columns, logs::usual(), false, false, true).is_ok();
        is_usual || logs::of_object(logs::known(), &objects::fields(object)).is_some()
    };
    let lists = lists(object);
    let holder = lists.iter().find(|list| {
        let mut elements = list.elements.iter().take(LOOKED_AT);
        elements.any(|element| is_record(element))
    });
    let is_record = found.is_whole && is_record(object);
    let list = match holder {
        Some(_) if is_record && !found.is_only => None,
        // Its calls need what stands beside their list.
        Some(list) if logs::holds_calls(&list.key, &objects::names(object)) => None,
        Some(list) => Some(list),
        None if found.is_only && !is_record => lists.first(),
        None => None,
    };
    list.map(|list| list.key.clone())
}

/// A list of objects, and those of its first ones that are seen whole.
struct List<'a> {
    key: String,
    elements: Vec<&'a [u8]>,
}

/// The lists of objects among the values of an object, as far as it is seen.
fn lists(object: &[u8]) -> Vec<List<'_>> {
    let mut lists = Vec::new();
    let mut rest = object.get(1..).unwrap_or_default();
    loop {
        let Some((key, after)) = string(rest.trim_ascii_start()) else {
            return lists;
        };
        let Some(after) = after.trim_ascii_start().strip_prefix(b":") else {
            return lists;
        };
        let value = after.trim_ascii_start();
        if let Some(list) = value.strip_prefix(b"[")
            && list.trim_ascii_start().starts_with(b"{")
        {
            let (key, elements) = (key.to_owned(), elements(list));
            lists.push(List { key, elements });
        }
        let Some(after) = skip(value) else {
            return lists;
        };
        let Some(after) = after.trim_ascii_start().strip_prefix(b",") else {
            return lists;
        };
        rest = after;
    }
}

fn elements(list: &[u8]) -> Vec<&[u8]> {
    let mut elements = Vec::new();
    let mut rest = list;
    while elements.len() < LOOKED_AT {
        let value = rest.trim_ascii_start();
        let Some(after) = skip(value) else { break };
        let length = value.len().saturating_sub(after.len());
        elements.extend(value.get(..length));
        match after.trim_ascii_start().strip_prefix(b",") {
            Some(after) => rest = after,
            None => break,
        }
    }
    elements
}

/// The text of the string at the start, as it is written, and what follows it.
fn string(bytes: &[u8]) -> Option<(&str, &[u8])> {
    let text = bytes.strip_prefix(b"\"")?;
    let mut escaped = false;
    let end = text.iter().position(|byte| {
        let ends = *byte == b'"' && !escaped;
        escaped = *byte == b'\\' && !escaped;
        ends
    })?;
    let (key, after) = text.split_at_checked(end)?;
    Some((std::str::from_utf8(key).ok()?, after.get(1..)?))
}

/// What follows the value at the start, where that is whole and may be one.
fn skip(bytes: &[u8]) -> Option<&[u8]> {
    match bytes.first()? {
        b'"' => string(bytes).map(|(_, after)| after),
        b'{' | b'[' => bytes.get(Object::of(bytes).end?..),
        _ => {
            let ends = |byte: &u8| matches!(byte, b',' | b']' | b'}') || byte.is_ascii_whitespace();
            let (value, after) = bytes.split_at_checked(bytes.iter().position(ends)?)?;
            let is_value = serde_json::from_slice::<&RawValue>(value).is_ok();
            is_value.then_some(after)
        }
    }
}

/// The object at the start of a text.
struct Object {
    /// Where it ends.
    end: Option<usize>,
    /// Whether its first line ends within a text, which is no JSON.
    breaks_text: bool,
    /// Whether its first line ends in a list.
    line_in_list: bool,
}

impl Object {
    fn of(bytes: &[u8]) -> Self {
        let mut object = Self {
            end: None,
            breaks_text: false,
            line_in_list: false,
        };
        let (mut depth, mut quoted, mut escaped) = (0_usize, false, false);
        // A bit for each of what is around, the innermost the lowest: whether it is a list.
        let (mut at_first_line, mut lists) = (true, 0_u64);
        for (place, byte) in bytes.iter().enumerate() {
            if *byte == b'\n' && at_first_line {
                at_first_line = false;
                object.breaks_text = quoted;
                object.line_in_list = lists & 1 == 1;
            }
            match byte {
                _ if escaped => escaped = false,
                b'\\' => escaped = quoted,
                b'"' => quoted = !quoted,
                _ if quoted => {}
                b'{' | b'[' => {
                    depth = depth.saturating_add(1);
                    lists = lists.wrapping_shl(1) | u64::from(*byte == b'[');
                }
                b'}' | b']' => {
                    depth = depth.saturating_sub(1);
                    lists >>= 1;
                    if depth == 0 {
                        object.end = Some(place.saturating_add(1));
                        return object;
                    }
                }
                _ => {}
            }
        }
        object
    }
}

fn has_next(start: &[u8], line: Option<usize>) -> bool {
    let after = line.and_then(|line| start.get(line..));
    after.is_some_and(|after| !after.trim_ascii_start().is_empty())
}

/// Whether the object may go on in the line after its first. A line that was cut off is followed by the next object.
fn goes_on(start: &[u8], line: usize, object: &Object) -> bool {
    let (first, after) = start.split_at_checked(line).unwrap_or((start, b""));
    let next = after.trim_ascii_start().first();
    let may_open = match first.trim_ascii_end().last() {
        Some(b':' | b'[') => true,
        Some(b',') => object.line_in_list,
        _ => false,
    };
    match next {
        None => false,
        Some(b'{') => may_open && !object.breaks_text,
        Some(_) => !object.breaks_text,
    }
}
