//! A part of a Parquet file, from its pages to rows.

use std::borrow::Cow;
use std::sync::Arc;

use super::cell::text;
use super::column::Cursor;
use super::disk::{Disk, Held, Window};
use super::footer::Chunk;
use super::guard::guarded;
use super::types::{Meaning, nanoseconds};
use super::{BATCH, Reads};
use crate::trace::Call;
use crate::trace::cached::Counted;
use crate::trace::columns::Role;
use crate::trace::count::count;
use crate::trace::format::TimeFormat;
use crate::trace::marks::{MarkedTexts, MarksOfRow, has_failed, is_nothing};
use crate::trace::parquet_problem::Found;
use crate::trace::parse;
use crate::trace::plan::{Plan, Use};
use crate::trace::reason::Reason;
use crate::trace::row::{Picked, Texts};
use crate::trace::rows::Rows;
use crate::trace::time::{CHINA, Clock};
use crate::trace::within::SoFar;

/// Rows that can be decoded by whoever took them.
#[derive(Debug)]
pub struct Part {
    pub(super) disk: Arc<Disk>,
    pub(super) reads: Arc<Reads>,
    /// The columns of the group of rows that it is a part of.
    pub(super) chunks: Arc<Vec<Chunk>>,
    /// Rows of the group that come before.
    pub(super) skipped: u64,
    pub(super) rows: u64,
}

/// Reads all columns of a part side by side.
#[derive(Debug)]
pub struct Reader<'a> {
    part: &'a Part,
    /// The columns, in the order of the plan.
    pub cursors: Vec<Cursor<'a>>,
    left: u64,
}

impl<'a> Reader<'a> {
    /// Nothing is read yet.
    pub fn new(part: &'a Part) -> Result<Self, Found> {
        let window = Window {
            disk: Arc::clone(&part.disk),
            held: Arc::new(Held::default()),
        };
        let columns = part.reads.columns.iter().zip(part.chunks.iter());
        let cursors = guarded(|| {
            columns
                .map(|(column, chunk)| Cursor::new(column, chunk, &window, part.skipped))
                .collect()
        })?;
        Ok(Self {
            part,
            cursors,
            left: part.rows,
        })
    }

    /// Reads the next rows, and says how many; 0 at the end.
    pub fn batch(&mut self) -> Result<usize, Found> {
        guarded(|| self.next())
    }

    fn next(&mut self) -> Result<usize, Found> {
        let mut rows = self.left.min(BATCH);
        if rows == 0 {
            return Ok(0);
        }
        for cursor in &mut self.cursors {
            rows = rows.min(cursor.ready()?);
        }
        for cursor in &mut self.cursors {
            cursor.read(rows)?;
        }
        self.left = self.left.saturating_sub(rows);
        Ok(usize::try_from(rows).unwrap_or(0))
    }

    /// The texts of a row, as a file of CSV would have them.
    pub fn texts(&self, at: usize) -> Result<Picked<'_>, Reason> {
        let mut texts = Texts::default();
        let mut told = MarkedTexts::new();
        let (mut passed, mut twice) = (true, None);
        let reads = &self.part.reads;
        let mut kept = reads.rules.start();
        for (cursor, used) in self.cursors.iter().zip(&reads.uses) {
            let field = text(cursor, at);
            if let Some(marked) = used.mark {
                told.push((marked, field.clone()));
            }
            if let Some(filter) = used.filter {
                passed &= reads.filters.pass(filter, &field);
            }
            if let Some(rule) = used.rule {
                reads.rules.note(&mut kept, rule, &field);
            }
            if let Some(role) = used.role
                && let Some(slot) = texts.get_mut(role.index())
            {
                match slot {
                    Some(old) if matches!(role, Role::Cache(_)) && !is_nothing(old) => {
                        if !is_nothing(&field) && count(old) != count(&field) {
                            twice = twice.or(Some(role));
                        }
                    }
                    _ => *slot = Some(field),
                }
            }
        }
        if !passed {
            let time = texts.get_mut(Role::Time.index()).and_then(Option::take);
            return Ok(Picked::Filtered(time));
        }
        for within in &reads.within {
            let field = self.cursors.get(within.column);
            let field = field.map(|cursor| text(cursor, at)).unwrap_or_default();
            let so_far = SoFar {
                texts: &mut texts,
                told: &mut told,
                kept: &mut kept,
                twice: &mut twice,
            };
            within.add(&field, reads.rules, so_far)?;
        }
        if !reads.rules.is_call(kept) {
            return Ok(Picked::Other);
        }
        if has_failed(&told, reads.aggregates) {
            return Ok(Picked::Failed);
        }
        match twice {
            Some(role) => Err(Reason::Twice(role)),
            None => Ok(Picked::Row(texts, told)),
        }
    }

    /// What filters look at in a row, by the numbers of the filters.
    pub fn filtered(&self, at: usize) -> Vec<(usize, Cow<'_, [u8]>)> {
        let columns = self.cursors.iter().zip(&self.part.reads.uses);
        columns
            .filter_map(|(cursor, used)| Some((used.filter?, text(cursor, at))))
            .collect()
    }
}

#[inline]
fn instant(value: i64, scale: i64, zone: bool) -> Option<i64> {
    let at = value.checked_mul(scale)?;
    match zone {
        true => Some(at),
        false => at.checked_sub(CHINA),
    }
}

impl Part {
    /// Reads its rows.
    pub fn parse(&self, plan: &Plan, mut rows: Rows) -> Result<Rows, Found> {
        let mut reader = Reader::new(self)?;
        let quick = Quick::of(plan, &self.reads);
        loop {
            let count = reader.batch()?;
            if count == 0 {
                break;
            }
            let quick = quick.as_ref();
            let done = quick.and_then(|quick| quick.read(&reader, plan, &mut rows));
            if done.is_none() {
                for at in 0..count {
                    one(&reader, at, plan, &mut rows);
                }
            }
        }
        Ok(rows.finished(plan))
    }
}

/// A row, the careful way.
fn one(reader: &Reader, at: usize, plan: &Plan, rows: &mut Rows) {
    match reader.texts(at) {
        Err(reason) => rows.bad(reason, 1),
        Ok(Picked::Filtered(time)) => {
            let time = time.and_then(|time| Clock::instant(&time, plan.times));
            rows.filtered(time, 1);
        }
        Ok(Picked::Other) => rows.other(1),
        Ok(Picked::Failed) => rows.failed(1),
        Ok(Picked::Row(texts, told)) => parse::row(&texts, &told, plan, rows, 1),
    }
}

/// Reads rows whose times and counts are all there as numbers.
#[derive(Debug)]
struct Quick {
    time: usize,
    input: usize,
    output: usize,
    /// The other columns.
    others: Vec<(usize, Use)>,
    clock: Clock,
}

impl Quick {
    /// `None` where columns are used in another way.
    fn of(plan: &Plan, reads: &Reads) -> Option<Self> {
        let clock = plan.clock.filter(|_| plan.is_quick())?;
        if !reads.within.is_empty() {
            return None;
        }
        let uses = &reads.uses;
        let place = |role: Role| uses.iter().position(|used| used.role == Some(role));
        let (time, input, output) = (
            place(Role::Time)?,
            place(Role::Input)?,
            place(Role::Output)?,
        );
        let others = uses.iter().copied().enumerate();
        let others: Vec<(usize, Use)> = others
            .filter(|(at, _)| ![time, input, output].contains(at))
            .collect();
        if plan.failed_without_output || others.iter().any(|(_, used)| used.rule.is_some()) {
            return None;
        }
        // Texts are looked at where they lie, and other values would have to be written first.
        let is_plain = |(at, used): &(usize, Use)| {
            let meaning = reads.columns.get(*at).map(|column| column.meaning);
            match used.role {
                Some(Role::Cache(_)) => {
                    matches!(meaning, Some(Meaning::Int { .. })) && used.filter.is_none()
                }
                _ => meaning == Some(Meaning::Text),
            }
        };
        others.iter().all(is_plain).then_some(Self {
            time,
            input,
            output,
            others,
            clock,
        })
    }

    /// Reads the rows of a batch, or none where they are not all of this kind.
    fn read(&self, reader: &Reader, plan: &Plan, rows: &mut Rows) -> Option<()> {
        let time = reader.cursors.get(self.time)?;
        let (scale, zone) = match (time.column().meaning, self.clock.format) {
            (Meaning::Stamp { unit, zone }, TimeFormat::DateTime { zone: known })
                if zone == known =>
            {
                (nanoseconds(unit), zone)
            }
            (Meaning::Int { .. }, TimeFormat::Unix(unit)) => (nanoseconds(unit), true),
            _ => return None,
        };
        let counts = |place: usize| {
            let cursor = reader.cursors.get(place)?;
            let is_int = matches!(cursor.column().meaning, Meaning::Int { .. });
            let numbers = cursor.numbers().filter(|_| is_int)?;
            // Together they have no bit that a number of four bytes has not.
            let bits = numbers.iter().fold(0, |bits, number| bits | number);
            (0..=i64::from(u32::MAX)).contains(&bits).then_some(numbers)
        };
        let (times, inputs, outputs) = (time.numbers()?, counts(self.input)?, counts(self.output)?);
        // One look at all of them first, so that no row needs a look of its own.
        let is_sorted = times.is_sorted();
        let (first, last) = match (times, is_sorted) {
            ([first, .., last], true) => (*first, *last),
            _ => ends(times),
        };
        let is_within = |value: i64| {
            let at = instant(value, scale, zone);
            at.is_some_and(|at| self.clock.contains(at))
        };
        if !is_within(first) || !is_within(last) {
            return None;
        }
        let shift = if zone { 0 } else { CHINA };
        let instants = times
            .iter()
            .map(|time| time.wrapping_mul(scale).wrapping_sub(shift));
        let counts = inputs.iter().zip(outputs);
        let calls = counts.map(|(input, output)| Call::plain(low(*input), low(*output)));
        if self.others.is_empty() {
            rows.plain_calls(instants, calls, is_sorted);
            return Some(());
        }
        for (row, (at, call)) in instants.zip(calls).enumerate() {
            if self.with_others(reader, row, at, call, rows).is_none() {
                one(reader, row, plan, rows);
            }
        }
        Some(())
    }

    /// A row with more than its time and its counts; `None` where that takes more care.
    #[inline]
    fn with_others(
        &self,
        reader: &Reader,
        row: usize,
        at: i64,
        mut call: Call,
        rows: &mut Rows,
    ) -> Option<()> {
        let mut said = MarksOfRow::default();
        let mut cache = [None; 4];
        let mut passed = true;
        for (place, used) in &self.others {
            let cursor = reader.cursors.get(*place)?;
            if let Some(Role::Cache(role)) = used.role {
                if !cursor.is_present(row) {
                    continue;
                }
                let tokens = u64::try_from(cursor.number(row)).ok()?;
                if *cache.get_mut(role.index())?.get_or_insert(tokens) != tokens {
                    return None;
                }
                if let Some(marked) = used.mark
                    && tokens > 0
                {
                    said.cached(marked.rank);
                }
                continue;
            }
            let text = match cursor.is_present(row) {
                true => cursor.bytes(row).trim_ascii(),
                false => b"",
            };
            if let Some(filter) = used.filter {
                passed &= reader.part.reads.filters.pass(filter, text);
            }
            if let Some(marked) = used.mark {
                said.note(marked, text);
            }
        }
        if !passed {
            rows.filtered(Some(at), 1);
            return Some(());
        }
        if cache != [None; 4] {
            let counted = Counted {
                input: call.input.into(),
                output: call.output.into(),
                cache: cache.map(|tokens| tokens.unwrap_or(0)),
            };
            call = counted.call()?;
        }
        match said.failed {
            true => rows.failed(1),
            false => rows.call_saying(at, call, false, &said),
        }
        Some(())
    }
}

fn ends(values: &[i64]) -> (i64, i64) {
    let mut ends = (i64::MAX, i64::MIN);
    for value in values {
        ends = (ends.0.min(*value), ends.1.max(*value));
    }
    ends
}

#[inline]
fn low(value: i64) -> u32 {
    let [a, b, c, d, ..] = value.to_le_bytes();
    u32::from_le_bytes([a, b, c, d])
}
