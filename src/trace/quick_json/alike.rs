//! Lines of one layout, of which nothing is looked at but the time, both counts and the name of the model: these are
//! read without anything that a line could say besides.

use super::step::Step;
use super::{QuickJson, text, value};
use crate::trace::Call;
use crate::trace::count::quick_json_count;
use crate::trace::known_names::Slot;
use crate::trace::literal::Literal;
use crate::trace::marks::{Mark, Marked, is_name};
use crate::trace::plan::Use;
use crate::trace::rows::Rows;

/// What is done with a value.
#[derive(Debug, Clone, Copy)]
enum Read {
    Time,
    Input,
    Output,
    Model(Marked),
    Nothing,
}

/// The layout of such lines.
#[derive(Debug)]
pub(super) struct Usual {
    /// The bytes before the first value.
    start: Literal,
    /// The values but the last, each with the bytes after it.
    values: Vec<(Read, Literal)>,
    last: Read,
    /// The bytes after the last value, with the newline.
    end: Literal,
    /// The same, and the start of the next line.
    next: Literal,
}

impl Usual {
    /// The layout of a line with these values, each with the bytes before it, and this end. `None` where something else
    /// is looked at, or a time or a count is missing.
    pub(super) fn of(values: &[(&[u8], Step<'_>)], end: &[u8]) -> Option<Self> {
        let read = |step: &Step<'_>| match step {
            Step::Time | Step::TimeText => Some(Read::Time),
            Step::Input => Some(Read::Input),
            Step::Output => Some(Read::Output),
            Step::Skip => Some(Read::Nothing),
            Step::Other(node) => {
                let Use {
                    role: None,
                    filter: None,
                    rule: None,
                    mark: Some(marked),
                } = node.used
                else {
                    return None;
                };
                (marked.mark == Mark::Model).then_some(Read::Model(marked))
            }
        };
        let reads = values.iter().map(|(_, step)| read(step));
        let reads = reads.collect::<Option<Vec<Read>>>()?;
        let count = |of: fn(&Read) -> bool| reads.iter().filter(|read| of(read)).count();
        let times = count(|read| matches!(read, Read::Time));
        let inputs = count(|read| matches!(read, Read::Input));
        let outputs = count(|read| matches!(read, Read::Output));
        let models = count(|read| matches!(read, Read::Model(_)));
        if [times, inputs, outputs] != [1; 3] || models > 1 {
            return None;
        }
        let ((start, _), others) = values.split_first()?;
        let after = others.iter().map(|(before, _)| Literal::new(before));
        Some(Self {
            start: Literal::new(start),
            values: reads.iter().copied().zip(after).collect(),
            last: *reads.last()?,
            end: Literal::new(end),
            next: Literal::new(&[end, start].concat()),
        })
    }
}

/// What was found in a line so far.
#[derive(Default)]
struct Found {
    at: i64,
    input: u32,
    output: u32,
    model: Slot,
}

impl QuickJson<'_> {
    /// Reads lines with this layout up to the first that has another, and gives back what is left.
    #[inline(never)]
    pub(super) fn alike<'a>(
        &mut self,
        usual: &Usual,
        bytes: &'a [u8],
        rows: &mut Rows,
    ) -> &'a [u8] {
        let all_are_calls = self.filters.len() == 0 && self.rules.is_call(self.rules.start());
        if !all_are_calls
            || !self.names.is_of_use()
            || self.block.is_some()
            || !rows.takes_plain_calls()
        {
            return bytes;
        }
        let before = rows.lines;
        let rest = match usual.values.as_slice() {
            [(Read::Time, _), (Read::Input, _)] => self.each::<true>(usual, bytes, rows),
            _ => self.each::<false>(usual, bytes, rows),
        };
        self.names.was_of_use(rows.lines != before);
        rest
    }

    /// The same; `IN_ORDER` where the values are the time, the input and the output, which is then known to the code.
    fn each<'a, const IN_ORDER: bool>(
        &mut self,
        usual: &Usual,
        bytes: &'a [u8],
        rows: &mut Rows,
    ) -> &'a [u8] {
        let Some(mut values) = usual.start.strip(bytes) else {
            return bytes;
        };
        while let Some((found, end)) = self.values::<IN_ORDER>(usual, values, rows) {
            let next = usual.next.strip(end);
            // From value to value it is as far as from line to line.
            let length = match next {
                Some(next) => values.len().wrapping_sub(next.len()),
                None => match usual.end.strip(end) {
                    Some(rest) => {
                        let length = values.len().wrapping_sub(rest.len());
                        length.wrapping_add(usual.start.len())
                    }
                    None => break,
                },
            };
            if length > self.max_line {
                break;
            }
            let call = Call::plain(found.input, found.output);
            let model = self.names.add(found.model, call);
            rows.call_of_model(found.at, call, model);
            match next {
                Some(next) => values = next,
                None => return end.get(usual.end.len()..).unwrap_or_default(),
            }
        }
        let line = values.len().wrapping_add(usual.start.len());
        bytes
            .get(bytes.len().wrapping_sub(line)..)
            .unwrap_or_default()
    }

    /// The values of a line, which begins with the first of them, and what comes after the last.
    #[inline(always)]
    fn values<'a, const IN_ORDER: bool>(
        &mut self,
        usual: &Usual,
        bytes: &'a [u8],
        rows: &mut Rows,
    ) -> Option<(Found, &'a [u8])> {
        let mut found = Found::default();
        let mut rest = bytes;
        if IN_ORDER {
            let [(_, after_time), (_, after_input)] = usual.values.as_slice() else {
                return None;
            };
            rest = after_time.strip(self.take(Read::Time, rest, &mut found, rows)?)?;
            rest = after_input.strip(self.take(Read::Input, rest, &mut found, rows)?)?;
            rest = self.take(Read::Output, rest, &mut found, rows)?;
            return Some((found, rest));
        }
        for (read, after) in &usual.values {
            rest = after.strip(self.take(*read, rest, &mut found, rows)?)?;
        }
        rest = self.take(usual.last, rest, &mut found, rows)?;
        Some((found, rest))
    }

    /// Reads a value, and gives back what comes after it.
    #[inline(always)]
    fn take<'a>(
        &mut self,
        read: Read,
        bytes: &'a [u8],
        found: &mut Found,
        rows: &mut Rows,
    ) -> Option<&'a [u8]> {
        let rest;
        match read {
            Read::Time => (found.at, rest) = self.clock.read_json(bytes)?,
            Read::Input => (found.input, rest) = quick_json_count(bytes)?,
            Read::Output => (found.output, rest) = quick_json_count(bytes)?,
            Read::Model(marked) => {
                let text = bytes.strip_prefix(b"\"")?;
                let (slot, end) = match self.names.find(text, b'"') {
                    Some(found) => found,
                    None => self.other_name(bytes, marked, rows)?,
                };
                (found.model, rest) = (slot, end.strip_prefix(b"\"")?);
            }
            Read::Nothing => rest = value(bytes, 0)?,
        }
        Some(rest)
    }

    /// Keeps a name that is not known, as [`KnownNames::find`](super::KnownNames::find).
    #[inline(never)]
    fn other_name<'a>(
        &mut self,
        bytes: &'a [u8],
        marked: Marked,
        rows: &mut Rows,
    ) -> Option<(Slot, &'a [u8])> {
        let after = bytes.strip_prefix(b"\"")?;
        let (name, _) = text(bytes)?;
        // With a space before it, it does not stand at the start.
        let name = name.filter(|name| is_name(name) && after.starts_with(name))?;
        self.names.learn(after, (name, b'"'), marked, rows)
    }
}
