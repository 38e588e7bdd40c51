//! Rows of CSV as programs write them, on one line each, without spaces or quotes inside of quotes.
//! Any other row is for `csv_core`.

mod plain;

use memchr::{memchr2, memchr3};

use super::Call;
use super::cached::Counted;
use super::columns::{CacheRole, Role};
use super::count::{quick_count, quick_pair};
use super::known_names::KnownNames;
use super::marks::{Marked, MarksOfRow};
use super::plan::{Filters, Plan, Use};
use super::quick_time::QuickClock;
use super::rows::Rows;
use super::rules::Rules;
use super::time::Clock;

/// An instant, and what is at it.
type Row = (i64, Kept);

/// What becomes of a row.
#[derive(Debug, Clone, Copy)]
enum Kept {
    Call(Call),
    /// A filter leaves it out.
    Filtered,
    /// It is of another type than calls.
    Other,
    /// It is a failed call.
    Failed,
}

/// What is done with a field.
#[derive(Debug, Clone, Copy)]
enum Step {
    Time,
    Input,
    Output,
    Cache(CacheRole, Option<Marked>),
    Skip,
    Filter(usize, Option<Marked>),
    Rule(usize, Option<Marked>),
    Mark(Marked),
}

/// Reads rows of CSV.
#[derive(Debug)]
pub struct QuickCsv<'p> {
    steps: Vec<Step>,
    /// Whether the columns are a time and two counts, in this order.
    is_usual: bool,
    /// Whether no more is looked at than a time, two counts and a model.
    is_plain: bool,
    names: KnownNames,
    /// Whether some column has cached tokens.
    has_cache: bool,
    /// Whether no column has output tokens.
    no_output: bool,
    clock: QuickClock,
    filters: &'p Filters,
    rules: Rules,
    separator: u8,
    max_line: usize,
}

impl<'p> QuickCsv<'p> {
    /// A reader of rows with these columns, of which each has one use.
    pub fn new(uses: &[Use], clock: Clock, plan: &'p Plan) -> Self {
        let step = |used: &Use| match (used.role, used.filter, used.rule) {
            (Some(Role::Time), ..) => Step::Time,
            (Some(Role::Input), ..) => Step::Input,
            (Some(Role::Output), ..) => Step::Output,
            (Some(Role::Cache(role)), ..) => Step::Cache(role, used.mark),
            (_, Some(filter), _) => Step::Filter(filter, used.mark),
            (.., Some(rule)) => Step::Rule(rule, used.mark),
            _ => used.mark.map_or(Step::Skip, Step::Mark),
        };
        let steps: Vec<Step> = uses.iter().map(step).collect();
        Self {
            is_usual: matches!(steps.as_slice(), [Step::Time, Step::Input, Step::Output]),
            no_output: !steps.iter().any(|step| matches!(step, Step::Output)),
            is_plain: plain::is_plain(&steps),
            names: KnownNames::default(),
            has_cache: steps.iter().any(|step| matches!(step, Step::Cache(..))),
            steps,
            clock: QuickClock::new(clock),
            filters: &plan.filters,
            rules: plan.rules,
            separator: plan.separator,
            max_line: plan.tuning.max_line,
        }
    }

    /// Reads rows up to the first that is written in another way, and gives back what is left.
    pub fn read<'a>(&mut self, bytes: &'a [u8], rows: &mut Rows) -> &'a [u8] {
        // Each separator has its own code, which knows it as a constant.
        match self.separator {
            b';' => self.rows::<b';'>(bytes, rows),
            b'\t' => self.rows::<b'\t'>(bytes, rows),
            b'|' => self.rows::<b'|'>(bytes, rows),
            _ => self.rows::<b','>(bytes, rows),
        }
    }

    /// Hands over what was kept of the rows, after the last of them.
    pub fn finish(&mut self, rows: &mut Rows) {
        self.names.tell(rows);
    }

    fn rows<'a, const SEPARATOR: u8>(&mut self, mut bytes: &'a [u8], rows: &mut Rows) -> &'a [u8] {
        let mut said = MarksOfRow::default();
        loop {
            if self.is_usual {
                bytes = self.usual::<SEPARATOR>(bytes, rows);
            } else if self.is_plain {
                bytes = self.plain::<SEPARATOR>(bytes, rows);
            }
            if said.any {
                said = MarksOfRow::default();
            }
            let Some((row, rest)) = self.row::<SEPARATOR>(bytes, &mut said) else {
                return bytes;
            };
            match row {
                (at, Kept::Call(call)) => rows.call_saying(at, call, self.no_output, &said),
                (at, Kept::Filtered) => rows.filtered(Some(at), 1),
                (_, Kept::Other) => rows.other(1),
                (_, Kept::Failed) => rows.failed(1),
            }
            bytes = rest;
        }
    }

    /// Reads rows of the usual columns up to the first that has a quote, or anything else in it.
    fn usual<'a, const SEPARATOR: u8>(&mut self, mut bytes: &'a [u8], rows: &mut Rows) -> &'a [u8] {
        while let Some((at, call, rest)) = self.usual_row::<SEPARATOR>(bytes) {
            rows.call(at, call);
            bytes = rest;
        }
        bytes
    }

    #[inline]
    fn usual_row<'a, const SEPARATOR: u8>(
        &mut self,
        bytes: &'a [u8],
    ) -> Option<(i64, Call, &'a [u8])> {
        // Without this the clock would take a quote for another minute.
        if let [b'"', ..] = bytes {
            return None;
        }
        let (at, rest) = self.clock.read(bytes)?;
        let rest = rest.strip_prefix(&[SEPARATOR])?;
        let (input, output, rest) = quick_pair::<SEPARATOR>(rest)?;
        let length = bytes.len().wrapping_sub(rest.len());
        (length <= self.max_line).then_some((at, Call::plain(input, output), rest))
    }

    /// The row at the start, what it says beside its tokens, and what comes after it.
    #[inline]
    fn row<'a, const SEPARATOR: u8>(
        &mut self,
        bytes: &'a [u8],
        said: &mut MarksOfRow<'a>,
    ) -> Option<(Row, &'a [u8])> {
        let (mut at, mut call, mut cache) = (0, Call::default(), [None; 4]);
        let (mut passed, mut kept) = (true, self.rules.start());
        let mut rest = bytes;
        let last = self.steps.len().wrapping_sub(1);
        for (place, step) in self.steps.iter().enumerate() {
            match step {
                Step::Time => (at, rest) = quoted_or_not(rest, |text| self.clock.read(text))?,
                Step::Input => (call.input, rest) = quoted_or_not(rest, quick_count)?,
                Step::Output => (call.output, rest) = quoted_or_not(rest, quick_count)?,
                Step::Cache(role, marked) => {
                    let tokens;
                    (tokens, rest) = count_or_nothing::<SEPARATOR>(rest)?;
                    if let Some(tokens) = tokens
                        && *cache.get_mut(role.index())?.get_or_insert(tokens) != tokens
                    {
                        return None;
                    }
                    if let (Some(marked), Some(1..)) = (marked, tokens) {
                        said.cached(marked.rank);
                    }
                }
                Step::Skip => (_, rest) = field::<SEPARATOR>(rest)?,
                Step::Filter(filter, marked) => {
                    let text;
                    (text, rest) = text_of::<SEPARATOR>(rest)?;
                    passed &= self.filters.pass(*filter, text);
                    if let Some(marked) = marked {
                        said.note(*marked, text);
                    }
                }
                Step::Rule(rule, marked) => {
                    let text;
                    (text, rest) = text_of::<SEPARATOR>(rest)?;
                    self.rules.note(&mut kept, *rule, text);
                    if let Some(marked) = marked {
                        said.note(*marked, text);
                    }
                }
                Step::Mark(marked) => {
                    let text;
                    (text, rest) = text_of::<SEPARATOR>(rest)?;
                    said.note(*marked, text);
                }
            }
            rest = match rest {
                [next, rest @ ..] if *next == SEPARATOR && place != last => rest,
                [b'\n', rest @ ..] | [b'\r', b'\n', rest @ ..] if place == last => rest,
                _ => return None,
            };
        }
        let length = bytes.len().wrapping_sub(rest.len());
        let is_call = self.rules.is_call(kept);
        if self.has_cache && passed && is_call && !said.failed {
            let cache = cache.map(|tokens| u64::from(tokens.unwrap_or(0)));
            let (input, output) = (call.input.into(), call.output.into());
            let counted = Counted {
                input,
                output,
                cache,
            };
            call = counted.call()?;
        }
        let kept = match (passed, is_call, said.failed) {
            (false, ..) => Kept::Filtered,
            (true, false, _) => Kept::Other,
            (true, true, true) => Kept::Failed,
            (true, true, false) => Kept::Call(call),
        };
        (length <= self.max_line).then_some(((at, kept), rest))
    }
}

/// Reads a field, in quotes or without, and gives back what comes after it.
#[inline]
fn quoted_or_not<'a, T>(
    bytes: &'a [u8],
    mut read: impl FnMut(&'a [u8]) -> Option<(T, &'a [u8])>,
) -> Option<(T, &'a [u8])> {
    match bytes {
        [b'"', text @ ..] => {
            let (value, rest) = read(text)?;
            Some((value, rest.strip_prefix(b"\"")?))
        }
        _ => read(bytes),
    }
}

/// Reads a count, or nothing.
#[inline]
fn count_or_nothing<const SEPARATOR: u8>(bytes: &[u8]) -> Option<(Option<u32>, &[u8])> {
    match bytes {
        [b'\n' | b'\r', ..] => Some((None, bytes)),
        [next, ..] if *next == SEPARATOR => Some((None, bytes)),
        [b'"', b'"', rest @ ..] => Some((None, rest)),
        _ => quoted_or_not(bytes, quick_count).map(|(count, rest)| (Some(count), rest)),
    }
}

/// The trimmed text of a field that is looked at, and what comes after the field.
fn text_of<const SEPARATOR: u8>(bytes: &[u8]) -> Option<(&[u8], &[u8])> {
    let (text, rest) = field::<SEPARATOR>(bytes)?;
    // `csv_core` leaves out a mark of UTF-8.
    (!text.starts_with(b"\xef")).then_some((text.trim_ascii(), rest))
}

/// The text of a field on one line, and what comes after the field.
fn field<const SEPARATOR: u8>(bytes: &[u8]) -> Option<(&[u8], &[u8])> {
    if let [b'"', text @ ..] = bytes {
        // Two quotes stand for one, but then no separator comes after the first.
        let (text, rest) = text.split_at_checked(memchr2(b'"', b'\n', text)?)?;
        return Some((text, rest.strip_prefix(b"\"")?));
    }
    let (field, rest) = bytes.split_at_checked(memchr3(SEPARATOR, b'\n', b'"', bytes)?)?;
    match field {
        // The end of the line is no part of it.
        [start @ .., b'\r'] if rest.first() == Some(&b'\n') => {
            Some((start, bytes.get(start.len()..)?))
        }
        _ => Some((field, rest)),
    }
}
