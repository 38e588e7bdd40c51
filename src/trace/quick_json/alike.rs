//! Lines of one layout, of which nothing is looked at but the time and both counts: many logs have no other, so that
//! these are read without anything that a line could have besides.

use super::template::Step;
use super::{QuickJson, value};
use crate::trace::Call;
use crate::trace::count::quick_json_count;
use crate::trace::literal::Literal;
use crate::trace::rows::Rows;

/// What is done with a value.
#[derive(Debug, Clone, Copy)]
enum Read {
    Time,
    Input,
    Output,
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
            Step::Other(_) => None,
        };
        let reads = values.iter().map(|(_, step)| read(step));
        let reads = reads.collect::<Option<Vec<Read>>>()?;
        let count = |of: fn(&Read) -> bool| reads.iter().filter(|read| of(read)).count();
        let times = count(|read| matches!(read, Read::Time));
        let inputs = count(|read| matches!(read, Read::Input));
        let outputs = count(|read| matches!(read, Read::Output));
        if [times, inputs, outputs] != [1; 3] {
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
        if !all_are_calls || self.block.is_some() || !rows.takes_plain_calls() {
            return bytes;
        }
        let mut line = bytes;
        let mut values = usual.start.strip(line);
        while let Some((found, end)) = values.and_then(|values| self.values(usual, values)) {
            values = usual.next.strip(end);
            if values.is_none() && usual.end.strip(end).is_none() {
                break;
            }
            let rest = end.get(usual.end.len()..).unwrap_or_default();
            if line.len().wrapping_sub(rest.len()) > self.max_line {
                break;
            }
            rows.call(found.at, Call::plain(found.input, found.output));
            line = rest;
        }
        line
    }

    /// The values of a line, which begins with the first of them, and what comes after the last.
    #[inline(always)]
    fn values<'a>(&mut self, usual: &Usual, bytes: &'a [u8]) -> Option<(Found, &'a [u8])> {
        let mut found = Found::default();
        let mut rest = bytes;
        for (read, after) in &usual.values {
            rest = after.strip(self.take(*read, rest, &mut found)?)?;
        }
        rest = self.take(usual.last, rest, &mut found)?;
        Some((found, rest))
    }

    /// Reads a value, and gives back what comes after it.
    #[inline(always)]
    fn take<'a>(&mut self, read: Read, bytes: &'a [u8], found: &mut Found) -> Option<&'a [u8]> {
        let rest;
        match read {
            Read::Time => (found.at, rest) = self.clock.read_json(bytes)?,
            Read::Input => (found.input, rest) = quick_json_count(bytes)?,
            Read::Output => (found.output, rest) = quick_json_count(bytes)?,
            Read::Nothing => rest = value(bytes, 0)?,
        }
        Some(rest)
    }
}
