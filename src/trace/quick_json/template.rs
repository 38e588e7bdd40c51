//! The layout of a line of JSON. Programs write one line like the one before, so what stands between
//! the values is compared as bytes, and only values are read.

use super::super::columns::Role;
use super::super::plan::Node;
use super::{Found, QuickJson, goes_into, tokens, value};
use crate::trace::marks::MarksOfRow;

/// After so many lines in a row that are unlike those before, layouts are no longer compared.
const MOST_STRIKES: u8 = 32;

/// What is done with a value. It reads as [`QuickJson::value`] does, or nothing.
#[derive(Debug, Clone, Copy)]
enum Step<'p> {
    /// A time, within its quotes.
    TimeText,
    /// A time that is a number.
    Time,
    Input,
    Output,
    Skip,
    Other(&'p Node),
}

/// A value that the quick way has read: how many bytes of the block were left before and after it.
#[derive(Debug)]
pub(super) struct Seen<'p> {
    before: usize,
    after: usize,
    step: Step<'p>,
}

impl<'p> Seen<'p> {
    /// A value with what its key is for, between these two. `None` where the values within it are seen one by one.
    pub(super) fn new(bytes: &[u8], rest: &[u8], node: Option<&'p Node>) -> Option<Self> {
        let (mut before, mut after) = (bytes.len(), rest.len());
        let step = match node {
            None => Step::Skip,
            Some(node) if goes_into(bytes, node) => return None,
            Some(node) => match node.used.role {
                Some(Role::Time) if bytes.first() == Some(&b'"') => {
                    (before, after) = (before.wrapping_sub(1), after.wrapping_add(1));
                    Step::TimeText
                }
                Some(Role::Time) => Step::Time,
                Some(Role::Input) => Step::Input,
                Some(Role::Output) => Step::Output,
                _ => Step::Other(node),
            },
        };
        Some(Self {
            before,
            after,
            step,
        })
    }
}

/// Bytes that stand between two values.
#[derive(Debug, Default)]
struct Literal {
    /// The first 32, and which of their bits count.
    words: [(u64, u64); 4],
    /// What comes after these.
    more: Vec<u8>,
    length: usize,
}

impl Literal {
    fn new(bytes: &[u8]) -> Self {
        let mut words = [(0, 0); 4];
        for ((word, mask), bytes) in words.iter_mut().zip(bytes.chunks(8)) {
            for (place, byte) in (0_u32..).zip(bytes) {
                let by = place.wrapping_mul(8);
                *word |= u64::from(*byte).wrapping_shl(by);
                *mask |= 0xff_u64.wrapping_shl(by);
            }
        }
        Self {
            words,
            more: bytes.get(32..).unwrap_or_default().to_vec(),
            length: bytes.len(),
        }
    }

    /// What comes after it. `None` where something else stands there, and near the end of the block.
    #[inline(always)]
    fn strip<'a>(&self, bytes: &'a [u8]) -> Option<&'a [u8]> {
        let [first, second, third, fourth] = self.words;
        let differs =
            |(word, mask): (u64, u64), bytes: &[u8; 8]| (u64::from_le_bytes(*bytes) ^ word) & mask;
        let (start, rest) = bytes.split_first_chunk::<8>()?;
        let mut all = differs(first, start);
        if self.length > 8 {
            let (start, rest) = rest.split_first_chunk::<8>()?;
            all |= differs(second, start);
            if self.length > 16 {
                let (start, rest) = rest.split_first_chunk::<8>()?;
                all |= differs(third, start) | differs(fourth, rest.first_chunk::<8>()?);
            }
        }
        let rest = bytes.get(self.length..)?;
        if all != 0 || (self.length > 32 && !bytes.get(32..)?.starts_with(&self.more)) {
            return None;
        }
        Some(rest)
    }
}

/// The layout of a line.
#[derive(Debug, Default)]
pub(super) struct Template<'p> {
    /// The values, each with the bytes before it.
    steps: Vec<(Literal, Step<'p>)>,
    /// The bytes after the last, with the newline.
    end: Literal,
}

impl<'p> Template<'p> {
    /// The layout of a line at the start of `bytes`, with the values that were seen there.
    fn new(bytes: &[u8], rest: &[u8], seen: &[Seen<'p>]) -> Option<Self> {
        let mut left = bytes.len();
        let between = |from: usize, to: usize| {
            let place = |left: usize| bytes.len().wrapping_sub(left);
            bytes.get(place(from)..place(to)).map(Literal::new)
        };
        let mut steps = Vec::with_capacity(seen.len());
        for value in seen {
            steps.push((between(left, value.before)?, value.step));
            left = value.after;
        }
        let end = between(left, rest.len())?;
        Some(Self { steps, end })
    }
}

/// The layouts of the last lines.
#[derive(Debug, Default)]
pub(super) struct Templates<'p> {
    known: [Template<'p>; 2],
    /// Which of them the last line had.
    likely: usize,
    /// The number of lines before the last one that had neither.
    unlike: usize,
    /// How many such lines there were among few others.
    strikes: u8,
}

impl<'p> Templates<'p> {
    /// The layout of the last line. `None` where lines are too different to be compared with it.
    #[inline(always)]
    pub(super) fn likely(&self) -> Option<&Template<'p>> {
        let known = self.known.get(self.likely);
        known.filter(|_| self.strikes < MOST_STRIKES)
    }

    /// The layout of the last line that had another, which is now the likely one.
    pub(super) fn other(&mut self) -> Option<&Template<'p>> {
        self.likely ^= 1;
        self.likely()
    }

    /// Keeps the layout of a line that has neither, after so many lines of the block. Of two, the one
    /// that was of use last is kept.
    pub(super) fn learn(&mut self, bytes: &[u8], rest: &[u8], seen: &[Seen<'p>], lines: usize) {
        if self.strikes >= MOST_STRIKES {
            return;
        }
        self.strikes = match lines.wrapping_sub(self.unlike) {
            0..=2 => self.strikes.saturating_add(1),
            _ => self.strikes.saturating_sub(1),
        };
        self.unlike = lines;
        if let (Some(template), Some(slot)) = (
            Template::new(bytes, rest, seen),
            self.known.get_mut(self.likely),
        ) {
            *slot = template;
        }
    }
}

impl<'p> QuickJson<'p> {
    /// The line at the start if it has this layout, and what comes after it.
    #[inline(always)]
    pub(super) fn like<'a>(
        &mut self,
        template: &Template<'p>,
        bytes: &'a [u8],
        said: &mut MarksOfRow<'a>,
    ) -> Option<(Found, &'a [u8])> {
        let mut found = Found {
            kept: self.rules.start(),
            ..Found::default()
        };
        let mut rest = bytes;
        for (literal, step) in &template.steps {
            rest = literal.strip(rest)?;
            match step {
                Step::Time | Step::TimeText => {
                    if matches!((step, rest), (Step::Time, [b'0', b'0'..=b'9', ..])) {
                        return None;
                    }
                    let at;
                    (at, rest) = self.clock.read(rest)?;
                    found.at = Some(at);
                }
                Step::Input => {
                    let input;
                    (input, rest) = tokens(rest)?;
                    found.input = Some(input);
                }
                Step::Output => {
                    let output;
                    (output, rest) = tokens(rest)?;
                    found.output = Some(output);
                }
                Step::Skip => rest = value(rest, 0)?,
                Step::Other(node) => rest = self.value(rest, node, &mut found, said)?,
            }
        }
        // Without a value there is no layout yet.
        found.at?;
        let rest = template.end.strip(rest)?;
        let length = bytes.len().wrapping_sub(rest.len());
        (length <= self.max_line).then_some((found, rest))
    }
}
