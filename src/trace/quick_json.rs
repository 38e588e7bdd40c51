//! Lines of JSON as programs write them: wanted values without escapes. Any other line is for
//! `serde_json`.
//!
//! | file | what it has |
//! |---|---|
//! | `template` | lines of a layout that was seen before |
//! | `alike` | the same, where nothing but time, counts and the model is looked at |

mod alike;
mod step;
mod template;

use memchr::memchr2;

use self::template::{Seen, Templates};
use super::Call;
use super::cached::Counted;
use super::columns::Role;
use super::count::quick_json_count;
use super::known_names::KnownNames;
use super::marks::MarksOfRow;
use super::options::NoOutput;
use super::plan::{Filters, Node, Plan};
use super::quick_time::QuickClock;
use super::rows::Rows;
use super::rules::Rules;
use super::time::Clock;

/// How deep values may be nested.
const MAX_DEPTH: usize = 16;

/// Reads lines of JSON.
#[derive(Debug)]
pub struct QuickJson<'p> {
    root: &'p Node,
    clock: QuickClock,
    filters: &'p Filters,
    rules: Rules,
    /// Tokens of a block, where hits are derived from the hashes of blocks.
    block: Option<u32>,
    /// Whether every call may be without output tokens.
    no_output: bool,
    max_line: usize,
    templates: Templates<'p>,
    names: KnownNames,
    /// The values of the line that is read.
    seen: Vec<Seen<'p>>,
}

/// What was found in a line so far.
#[derive(Debug, Default)]
struct Found {
    at: Option<i64>,
    input: Option<u32>,
    output: Option<u32>,
    /// The fields of cached tokens, by their role.
    cache: [Option<u32>; 4],
    /// One bit for each filter that the line passes.
    passed: u64,
    /// What is known of whether it is a call.
    kept: u64,
}

impl<'p> QuickJson<'p> {
    /// A reader of lines with these fields, of which each has one use.
    pub fn new(root: &'p Node, clock: Clock, plan: &'p Plan) -> Self {
        Self {
            root,
            clock: QuickClock::new(clock),
            filters: &plan.filters,
            rules: plan.rules,
            block: plan.block,
            no_output: plan.no_output == NoOutput::All,
            max_line: plan.tuning.max_line,
            templates: Templates::default(),
            names: KnownNames::default(),
            seen: Vec::new(),
        }
    }

    /// Reads lines up to the first that is written in another way, and gives back what is left.
    pub fn read<'a>(&mut self, bytes: &'a [u8], rows: &mut Rows) -> &'a [u8] {
        let mut templates = std::mem::take(&mut self.templates);
        let rest = self.lines(bytes, rows, &mut templates);
        self.templates = templates;
        rest
    }

    /// Hands over what was kept of the lines, after the last of them.
    pub fn finish(&mut self, rows: &mut Rows) {
        self.names.tell(rows);
    }

    fn lines<'a>(
        &mut self,
        mut bytes: &'a [u8],
        rows: &mut Rows,
        templates: &mut Templates<'p>,
    ) -> &'a [u8] {
        let all = match u32::try_from(self.filters.len()) {
            Ok(filters) if filters < 64 => 1_u64.wrapping_shl(filters).wrapping_sub(1),
            _ => return bytes,
        };
        let mut said = MarksOfRow::default();
        loop {
            if let Some(usual) = templates.likely().and_then(|likely| likely.usual.as_ref()) {
                bytes = self.alike(usual, bytes, rows);
            }
            let like = match templates.likely() {
                Some(template) => self.like(template, bytes, &mut said),
                None => None,
            };
            let Some((found, rest)) =
                like.or_else(|| self.unlike(bytes, &mut said, templates, rows.lines))
            else {
                break;
            };
            match (found.at, found.input, found.output) {
                _ if found.passed != all => rows.filtered(found.at, 1),
                _ if !self.rules.is_call(found.kept) => rows.other(1),
                _ if said.failed => rows.failed(1),
                (Some(at), Some(input), output) if output.is_some() || self.no_output => {
                    let no_output = output.is_none();
                    let output = output.unwrap_or(0);
                    let Some(mut call) = with_cache(input, output, found.cache) else {
                        break;
                    };
                    if let Some(block) = self.block {
                        match rows.hashes.keep(call, said.hashes, block) {
                            Ok(kept) => call = kept,
                            Err(_) => break,
                        }
                    }
                    rows.call_saying(at, call, no_output, &said);
                }
                _ => break,
            }
            if said.any {
                said = MarksOfRow::default();
            }
            bytes = rest;
        }
        bytes
    }

    /// A line with another layout than the one before.
    #[inline(never)]
    fn unlike<'a>(
        &mut self,
        bytes: &'a [u8],
        said: &mut MarksOfRow<'a>,
        templates: &mut Templates<'p>,
        lines: usize,
    ) -> Option<(Found, &'a [u8])> {
        // What was noted before the line turned out to be another.
        *said = MarksOfRow::default();
        if let Some(other) = templates.other() {
            if let Some(found) = self.like(other, bytes, said) {
                return Some(found);
            }
            *said = MarksOfRow::default();
        }
        self.seen.clear();
        let (found, rest) = self.line(bytes, said)?;
        templates.learn(bytes, rest, &self.seen, lines);
        Some((found, rest))
    }

    fn line<'a>(
        &mut self,
        bytes: &'a [u8],
        said: &mut MarksOfRow<'a>,
    ) -> Option<(Found, &'a [u8])> {
        let mut found = Found {
            kept: self.rules.start(),
            ..Found::default()
        };
        let rest = space(bytes).strip_prefix(b"{")?;
        let rest = self.object(rest, self.root, &mut found, said)?;
        let rest = space(rest).strip_prefix(b"\n")?;
        let length = bytes.len().wrapping_sub(rest.len());
        (length <= self.max_line).then_some((found, rest))
    }

    /// The fields of an object, after its brace.
    fn object<'a>(
        &mut self,
        bytes: &'a [u8],
        node: &'p Node,
        found: &mut Found,
        said: &mut MarksOfRow<'a>,
    ) -> Option<&'a [u8]> {
        let mut rest = space(bytes);
        if let [b'}', rest @ ..] = rest {
            return Some(rest);
        }
        // Fields mostly come in the same order.
        let mut likely = node.children.iter().cycle();
        loop {
            rest = rest.strip_prefix(b"\"")?;
            let mut tries = likely.by_ref().take(node.children.len());
            let known = tries.find_map(|(key, child)| {
                let rest = rest.strip_prefix(key.as_bytes())?.strip_prefix(b"\"")?;
                Some((child, rest))
            });
            let (child, after) = match known {
                Some((child, after)) => (Some(child), after),
                None => {
                    let after = key(rest)?;
                    let length = rest.len().wrapping_sub(after.len()).wrapping_sub(1);
                    (node.rare.get(rest.get(..length)?), after)
                }
            };
            let start = colon(after)?;
            rest = match child {
                Some(child) => self.value(start, child, found, said)?,
                None => value(start, 0)?,
            };
            self.seen.extend(Seen::new(start, rest, child));
            match space(rest) {
                [b',', more @ ..] => rest = space(more),
                [b'}', rest @ ..] => return Some(rest),
                _ => return None,
            }
        }
    }

    /// A value that is wanted, or that has a wanted one in it.
    fn value<'a>(
        &mut self,
        bytes: &'a [u8],
        node: &'p Node,
        found: &mut Found,
        said: &mut MarksOfRow<'a>,
    ) -> Option<&'a [u8]> {
        let used = &node.used;
        if let Some(rule) = used.rule {
            let (text, rest) = text(bytes)?;
            let text = text?;
            self.rules.note(&mut found.kept, rule, text);
            if let Some(marked) = used.mark {
                said.note(marked, text);
            }
            return Some(rest);
        }
        match (used.role, used.filter) {
            (None, None) => match (bytes, used.mark) {
                ([b'{', rest @ ..], mark) if goes_into(bytes, node) => {
                    let rest = self.object(rest, node, found, said)?;
                    if let Some(marked) = mark.filter(|marked| marked.mark.takes_lists()) {
                        said.note(marked, before(bytes, rest)?);
                    }
                    Some(rest)
                }
                ([b'{' | b'[', ..], Some(marked)) if marked.mark.takes_lists() => {
                    let rest = value(bytes, 0)?;
                    said.note(marked, before(bytes, rest)?);
                    Some(rest)
                }
                (_, Some(marked)) => {
                    let (text, rest) = text(bytes)?;
                    if let Some(text) = text {
                        said.note(marked, text);
                    }
                    Some(rest)
                }
                (_, None) => value(bytes, 0),
            },
            (Some(Role::Time), _) => {
                let (at, rest) = match bytes {
                    [b'"', text @ ..] => {
                        let (at, rest) = self.clock.read(text)?;
                        (at, rest.strip_prefix(b"\"")?)
                    }
                    // A date stands in quotes, or the line is no JSON.
                    _ if !self.clock.is_number() => return None,
                    _ => self.clock.read_json(bytes)?,
                };
                found.at.replace(at).is_none().then_some(rest)
            }
            (Some(Role::Input), _) => {
                let (tokens, rest) = quick_json_count(bytes)?;
                found.input.replace(tokens).is_none().then_some(rest)
            }
            (Some(Role::Output), _) => {
                let (tokens, rest) = quick_json_count(bytes)?;
                found.output.replace(tokens).is_none().then_some(rest)
            }
            (Some(Role::Cache(role)), _) => {
                let (tokens, rest) = match bytes {
                    [b'n', b'u', b'l', b'l', rest @ ..] => return Some(rest),
                    _ => quick_json_count(bytes)?,
                };
                if let (Some(marked), 1..) = (used.mark, tokens) {
                    said.cached(marked.rank);
                }
                let slot = found.cache.get_mut(role.index())?;
                (*slot.get_or_insert(tokens) == tokens).then_some(rest)
            }
            (_, Some(filter)) => {
                let (text, rest) = text(bytes)?;
                let text = text?;
                if self.filters.pass(filter, text) {
                    found.passed |= 1_u64.wrapping_shl(u32::try_from(filter).ok()?);
                }
                if let Some(marked) = used.mark {
                    said.note(marked, text);
                }
                Some(rest)
            }
            _ => None,
        }
    }
}

/// Whether a value is an object that is looked into.
fn goes_into(bytes: &[u8], node: &Node) -> bool {
    let used = &node.used;
    used.role.is_none()
        && used.rule.is_none()
        && used.filter.is_none()
        && bytes.first() == Some(&b'{')
        && node.has_children()
}

/// The call with its cached tokens. `None` where a kind of them is in two fields, or more are
/// cached than there are.
#[inline]
fn with_cache(input: u32, output: u32, cache: [Option<u32>; 4]) -> Option<Call> {
    if cache == [None; 4] {
        return Some(Call::plain(input, output));
    }
    if matches!(cache, [Some(_), Some(_), ..] | [_, _, Some(_), Some(_)]) {
        return None;
    }
    let counted = Counted {
        input: input.into(),
        output: output.into(),
        cache: cache.map(|tokens| tokens.unwrap_or(0).into()),
    };
    counted.call()
}

/// The bytes before what is left of them.
fn before<'a>(bytes: &'a [u8], rest: &[u8]) -> Option<&'a [u8]> {
    bytes.get(..bytes.len().wrapping_sub(rest.len()))
}

/// The trimmed text of any value but a list or an object, and what comes after the value.
fn text(bytes: &[u8]) -> Option<(Option<&[u8]>, &[u8])> {
    let rest = value(bytes, 0)?;
    let length = bytes.len().wrapping_sub(rest.len());
    let text = match bytes.get(..length)? {
        [b'"', text @ .., b'"'] => text,
        [b'{' | b'[', ..] => return Some((None, rest)),
        text => text,
    };
    Some((Some(text.trim_ascii()), rest))
}

fn space(mut bytes: &[u8]) -> &[u8] {
    while let [b' ' | b'\t' | b'\r', rest @ ..] = bytes {
        bytes = rest;
    }
    bytes
}

fn colon(bytes: &[u8]) -> Option<&[u8]> {
    space(bytes).strip_prefix(b":").map(space)
}

/// What follows a key that is not wanted and has plain characters only.
fn key(bytes: &[u8]) -> Option<&[u8]> {
    let end = bytes
        .iter()
        .position(|byte| !matches!(byte, b' '..=b'~') || matches!(byte, b'"' | b'\\'))?;
    bytes.get(end..)?.strip_prefix(b"\"")
}

/// What follows a string; `bytes` begin after its opening quote.
#[inline]
fn string(bytes: &[u8]) -> Option<&[u8]> {
    let mut rest = bytes;
    while let Some((word, more)) = rest.split_first_chunk::<8>() {
        let others = not_plain(u64::from_le_bytes(*word));
        if others != 0 {
            let place = usize::try_from(others.trailing_zeros() >> 3).ok()?;
            match rest.get(place..)? {
                [b'"', rest @ ..] => return Some(rest),
                _ => break,
            }
        }
        rest = more;
    }
    other_string(bytes)
}

/// The top bit of the first byte that is a quote, a backslash, a control or not of ASCII; 0 where none
/// is. Bits above it are noise.
#[inline]
fn not_plain(word: u64) -> u64 {
    const ONES: u64 = 0x0101_0101_0101_0101;
    // What borrows from the byte after it is such a byte itself, and comes first.
    let below = |word: u64, end: u64| word.wrapping_sub(end.wrapping_mul(ONES)) & !word;
    let quote = below(word ^ u64::from(b'"').wrapping_mul(ONES), 1);
    let backslash = below(word ^ u64::from(b'\\').wrapping_mul(ONES), 1);
    (quote | backslash | below(word, 0x20) | word) & 0x80_u64.wrapping_mul(ONES)
}

/// As [`string`], where characters are not of ASCII, and near the end of the block.
#[inline(never)]
fn other_string(bytes: &[u8]) -> Option<&[u8]> {
    let (text, rest) = bytes.split_at_checked(memchr2(b'"', b'\\', bytes)?)?;
    let is_plain = text
        .iter()
        .fold(true, |plain, byte| plain & (*byte >= b' '));
    let is_text = is_plain && std::str::from_utf8(text).is_ok();
    rest.strip_prefix(b"\"").filter(|_| is_text)
}

/// What follows a value of any kind.
fn value(bytes: &[u8], depth: usize) -> Option<&[u8]> {
    match bytes {
        [b'"', rest @ ..] => string(rest),
        [b'-' | b'0'..=b'9', ..] => number(bytes),
        [b't', b'r', b'u', b'e', rest @ ..]
        | [b'f', b'a', b'l', b's', b'e', rest @ ..]
        | [b'n', b'u', b'l', b'l', rest @ ..] => Some(rest),
        [b'[', rest @ ..] => list(rest, depth, b']', value),
        [b'{', rest @ ..] => list(rest, depth, b'}', |rest, depth| {
            value(colon(string(rest.strip_prefix(b"\"")?)?)?, depth)
        }),
        _ => None,
    }
}

/// What follows a list or an object; `bytes` begin after its opening bracket.
fn list(
    bytes: &[u8],
    depth: usize,
    end: u8,
    item: fn(&[u8], usize) -> Option<&[u8]>,
) -> Option<&[u8]> {
    let depth = depth.wrapping_add(1);
    let mut rest = space(bytes);
    if depth > MAX_DEPTH {
        return None;
    }
    if let [first, rest @ ..] = rest
        && *first == end
    {
        return Some(rest);
    }
    loop {
        rest = space(item(rest, depth)?);
        match rest {
            [b',', more @ ..] => rest = space(more),
            [last, rest @ ..] if *last == end => return Some(rest),
            _ => return None,
        }
    }
}

fn number(bytes: &[u8]) -> Option<&[u8]> {
    let bytes = bytes.strip_prefix(b"-").unwrap_or(bytes);
    let mut rest = match bytes {
        [b'0', rest @ ..] => rest,
        _ => digits(bytes)?,
    };
    if let [b'.', fraction @ ..] = rest {
        rest = digits(fraction)?;
    }
    if let [b'e' | b'E', exponent @ ..] = rest {
        let exponent = match exponent {
            [b'+' | b'-', exponent @ ..] => exponent,
            _ => exponent,
        };
        rest = digits(exponent)?;
    }
    // After `0` a digit is wrong, and nothing that may follow a number is one.
    (!matches!(rest, [b'0'..=b'9', ..])).then_some(rest)
}

/// What follows one or more digits.
fn digits(bytes: &[u8]) -> Option<&[u8]> {
    let mut rest = bytes;
    while let [b'0'..=b'9', more @ ..] = rest {
        rest = more;
    }
    (rest.len() < bytes.len()).then_some(rest)
}
