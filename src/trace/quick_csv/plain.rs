//! Rows of which nothing is looked at but the time, both counts and the name of the model: these are read without
//! anything that a row could say besides.

use super::{QuickCsv, Step, field, quoted_or_not, text_of};
use crate::trace::Call;
use crate::trace::count::quick_count;
use crate::trace::known_names::{KnownNames, Slot};
use crate::trace::marks::{Mark, Marked, is_name};
use crate::trace::rows::Rows;

/// Whether rows with these columns have a time and both counts, and no more is looked at than the name of a model.
pub(super) fn is_plain(steps: &[Step]) -> bool {
    let count = |of: fn(&Step) -> bool| steps.iter().filter(|step| of(step)).count();
    let times = count(|step| matches!(step, Step::Time));
    let inputs = count(|step| matches!(step, Step::Input));
    let outputs = count(|step| matches!(step, Step::Output));
    let models = count(|step| {
        let Step::Mark(marked) = step else {
            return false;
        };
        marked.mark == Mark::Model
    });
    let skipped = count(|step| matches!(step, Step::Skip));
    let all = 3_usize.saturating_add(models).saturating_add(skipped);
    [times, inputs, outputs] == [1; 3] && models <= 1 && all == steps.len()
}

impl QuickCsv<'_> {
    /// Reads such rows up to the first that is written in another way, and gives back what is left.
    #[inline(never)]
    pub(super) fn plain<'a, const SEPARATOR: u8>(
        &mut self,
        mut bytes: &'a [u8],
        rows: &mut Rows,
    ) -> &'a [u8] {
        let all_are_calls = self.rules.is_call(self.rules.start());
        if !all_are_calls || !self.names.is_of_use() || !rows.takes_plain_calls() {
            return bytes;
        }
        let before = rows.lines;
        while let Some((at, call, slot, rest)) = self.plain_row::<SEPARATOR>(bytes, rows) {
            let model = self.names.add(slot, call);
            rows.call_of_model(at, call, model);
            bytes = rest;
        }
        self.names.was_of_use(rows.lines != before);
        bytes
    }

    /// The row at the start, where the name of its model is kept, and what comes after it.
    #[inline(always)]
    fn plain_row<'a, const SEPARATOR: u8>(
        &mut self,
        bytes: &'a [u8],
        rows: &mut Rows,
    ) -> Option<(i64, Call, Slot, &'a [u8])> {
        let (mut at, mut input, mut output, mut slot) = (0, 0, 0, Slot::default());
        let mut rest = bytes;
        let last = self.steps.len().wrapping_sub(1);
        for (place, step) in self.steps.iter().enumerate() {
            match step {
                Step::Time => (at, rest) = quoted_or_not(rest, |text| self.clock.read(text))?,
                Step::Input => (input, rest) = quoted_or_not(rest, quick_count)?,
                Step::Output => (output, rest) = quoted_or_not(rest, quick_count)?,
                Step::Skip => (_, rest) = field::<SEPARATOR>(rest)?,
                Step::Mark(marked) => {
                    let end = if place == last { b'\n' } else { SEPARATOR };
                    let (text, end) = match rest {
                        [b'"', text @ ..] => (text, b'"'),
                        _ => (rest, end),
                    };
                    (slot, rest) = match self.names.find(text, end) {
                        Some(found) => found,
                        None => {
                            let (name, _) = text_of::<SEPARATOR>(rest)?;
                            other_name(&mut self.names, text, (name, end), *marked, rows)?
                        }
                    };
                    if end == b'"' {
                        rest = rest.strip_prefix(b"\"")?;
                    }
                }
                _ => return None,
            }
            rest = match rest {
                [next, rest @ ..] if *next == SEPARATOR && place != last => rest,
                [b'\n', rest @ ..] | [b'\r', b'\n', rest @ ..] if place == last => rest,
                _ => return None,
            };
        }
        let length = bytes.len().wrapping_sub(rest.len());
        (length <= self.max_line).then_some((at, Call::plain(input, output), slot, rest))
    }
}

/// Keeps a name that is not known, as [`KnownNames::find`].
#[inline(never)]
fn other_name<'a>(
    names: &mut KnownNames,
    text: &'a [u8],
    (name, end): (&[u8], u8),
    marked: Marked,
    rows: &mut Rows,
) -> Option<(Slot, &'a [u8])> {
    // With a space before it, it does not stand at the start.
    if !is_name(name) || !text.starts_with(name) {
        return None;
    }
    names.learn(text, (name, end), marked, rows)
}
