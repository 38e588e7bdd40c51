//! The layout of a line of JSON. Programs write one line like the one before, so what stands between
//! the values is compared as bytes, and only values are read.

use super::super::columns::Role;
use super::super::literal::Literal;
use super::super::plan::Node;
use super::alike::Usual;
use super::step::Step;
use super::{Found, QuickJson, goes_into, value};
use crate::trace::count::quick_json_count;
use crate::trace::marks::MarksOfRow;

/// After so many lines in a row that are unlike those before, layouts are no longer compared.
const MOST_STRIKES: u8 = 32;

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

/// The layout of a line.
#[derive(Debug, Default)]
pub(super) struct Template<'p> {
    /// The values, each with the bytes before it.
    steps: Vec<(Literal, Step<'p>)>,
    /// The bytes after the last, with the newline.
    end: Literal,
    /// Set where these are a time and both counts, and nothing else is looked at.
    pub(super) usual: Option<Usual>,
}

impl<'p> Template<'p> {
    /// The layout of a line at the start of `bytes`, with the values that were seen there.
    fn new(bytes: &[u8], rest: &[u8], seen: &[Seen<'p>]) -> Option<Self> {
        let mut left = bytes.len();
        let between = |from: usize, to: usize| {
            let place = |left: usize| bytes.len().wrapping_sub(left);
            bytes.get(place(from)..place(to))
        };
        let mut values = Vec::with_capacity(seen.len());
        for value in seen {
            values.push((between(left, value.before)?, value.step));
            left = value.after;
        }
        let end = between(left, rest.len())?;
        Some(Self {
            usual: Usual::of(&values, end),
            steps: values
                .into_iter()
                .map(|(before, step)| (Literal::new(before), step))
                .collect(),
            end: Literal::new(end),
        })
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
                    let at;
                    (at, rest) = self.clock.read_json(rest)?;
                    found.at = Some(at);
                }
                Step::Input => {
                    let input;
                    (input, rest) = quick_json_count(rest)?;
                    found.input = Some(input);
                }
                Step::Output => {
                    let output;
                    (output, rest) = quick_json_count(rest)?;
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
