//! A record of CSV, in the words of `csv_core`.

use std::borrow::Cow;

use csv_core::{ReadRecordResult, Reader, ReaderBuilder, Terminator};
use memchr::{memchr, memchr2, memrchr};

use super::columns::Role;
use super::count::count;
use super::marks::{MarkedTexts, has_failed, is_nothing};
use super::plan::{Plan, Use};
use super::reason::{Reason, shown};
use super::row::{Picked, Texts};
use super::within::SoFar;

/// Reads records, and finds out where they end.
#[derive(Debug)]
pub struct Records {
    /// Made when it is first needed, as building its tables takes a while.
    reader: Option<Reader>,
    /// What that reader takes to be between fields.
    separator: u8,
    fields: Vec<u8>,
    ends: Vec<usize>,
}

impl Default for Records {
    fn default() -> Self {
        Self {
            reader: None,
            separator: b',',
            fields: vec![0; 1_024],
            ends: vec![0; 64],
        }
    }
}

/// A record: how many fields it has, and how long it is in the file.
#[derive(Debug, Clone, Copy)]
pub struct Record {
    /// Its number of fields.
    pub fields: usize,
    /// Its bytes, with the newline.
    pub bytes: usize,
}

impl Records {
    /// The record at the start of `bytes`, if it ends within them.
    pub fn read(&mut self, separator: u8, bytes: &[u8]) -> Option<Record> {
        if self.separator != separator {
            // The same thread may have read another file before.
            (self.separator, self.reader) = (separator, None);
        }
        let reader = self.reader.get_or_insert_with(|| {
            // A carriage return is white space at the end of a field, which is trimmed.
            let newline = Terminator::Any(b'\n');
            let builder = &mut ReaderBuilder::new();
            builder.delimiter(separator).terminator(newline).build()
        });
        reader.reset();
        let (mut read, mut written, mut fields) = (0_usize, 0_usize, 0_usize);
        loop {
            let rest = bytes.get(read..).filter(|rest| !rest.is_empty())?;
            let room = self.fields.get_mut(written..).unwrap_or_default();
            let ends = self.ends.get_mut(fields..).unwrap_or_default();
            let (result, nin, nout, nend) = reader.read_record(rest, room, ends);
            read = read.saturating_add(nin);
            written = written.saturating_add(nout);
            fields = fields.saturating_add(nend);
            match result {
                ReadRecordResult::Record => {
                    return Some(Record {
                        fields,
                        bytes: read,
                    });
                }
                ReadRecordResult::OutputFull => double(&mut self.fields),
                ReadRecordResult::OutputEndsFull => double(&mut self.ends),
                ReadRecordResult::InputEmpty | ReadRecordResult::End => return None,
            }
        }
    }

    /// The fields of the record that was read last, trimmed.
    pub fn fields(&self, record: Record) -> impl Iterator<Item = &[u8]> {
        let mut start = 0;
        self.ends.iter().take(record.fields).map(move |end| {
            let field = self.fields.get(start..*end).unwrap_or_default();
            start = *end;
            field.trim_ascii()
        })
    }

    /// The texts of that record.
    pub fn texts(&self, record: Record, uses: &[Use], plan: &Plan) -> Result<Picked<'_>, Reason> {
        if record.fields != uses.len() {
            return Err(Reason::Fields {
                found: record.fields,
                expected: uses.len(),
            });
        }
        let mut texts = Texts::default();
        let mut told = MarkedTexts::new();
        let (mut passed, mut twice) = (true, None);
        let mut kept = plan.rules.start();
        for (field, used) in self.fields(record).zip(uses) {
            if let Some(role) = used.role
                && let Some(slot) = texts.get_mut(role.index())
            {
                match slot {
                    Some(old) if matches!(role, Role::Cache(_)) && !is_nothing(old) => {
                        if !is_nothing(field) && count(old) != count(field) {
                            twice = twice.or(Some(role));
                        }
                    }
                    _ => *slot = Some(Cow::Borrowed(field)),
                }
            }
            if let Some(marked) = used.mark {
                told.push((marked, Cow::Borrowed(field)));
            }
            let filters = &plan.filters;
            passed &= used.filter.is_none_or(|filter| filters.pass(filter, field));
            if let Some(rule) = used.rule {
                plan.rules.note(&mut kept, rule, field);
            }
        }
        for within in plan.within.iter().filter(|_| passed) {
            let field = self.fields(record).nth(within.column).unwrap_or_default();
            let so_far = SoFar {
                texts: &mut texts,
                told: &mut told,
                kept: &mut kept,
                twice: &mut twice,
            };
            within.add(field, plan.rules, so_far)?;
        }
        if passed && !plan.rules.is_call(kept) {
            return Ok(Picked::Other);
        }
        if passed {
            if has_failed(&told, plan.aggregates) {
                return Ok(Picked::Failed);
            }
            let unclear = || match self.separator {
                b';' => point_or_group(&texts),
                _ => None,
            };
            return match twice.map(Reason::Twice).or_else(unclear) {
                Some(reason) => Err(reason),
                None => Ok(Picked::Row(texts, told)),
            };
        }
        let time = texts.get_mut(Role::Time.index());
        Ok(Picked::Filtered(time.and_then(Option::take)))
    }

    /// The number of bytes that are whole records, the first of which begins at the start. The last record may
    /// go on in what follows, unless this is `all` of the file.
    ///
    /// A quote that is not closed within the longest record counts for nothing: the next record
    /// begins on the next line, so that one stray quote does not swallow the rest of the file.
    pub fn whole(&mut self, separator: u8, bytes: &[u8], max_line: usize, all: bool) -> usize {
        let Some(last) = memrchr(b'\n', bytes) else {
            return 0;
        };
        let lines = bytes.get(..=last).unwrap_or_default();
        let mut done = 0_usize;
        loop {
            let rest = lines.get(done..).unwrap_or_default();
            let Some(quote) = memchr(b'"', rest) else {
                return lines.len();
            };
            let before = rest.get(..quote).unwrap_or_default();
            let line = memrchr(b'\n', before).map_or(0, |newline| newline.saturating_add(1));
            let start = done.saturating_add(line);
            let record = bytes.get(start..).unwrap_or_default();
            let window = window(record, max_line);
            let plain = plain_record(separator, window);
            let read = || self.read(separator, window).map(|found| found.bytes);
            let length = match plain.or_else(read) {
                Some(length) => length,
                None if all || window.len() > max_line => line_length(record),
                None => return start,
            };
            done = start.saturating_add(length);
        }
    }
}

/// A count such as `1.000`, of a file whose columns are separated by semicolons: where these are usual, a point
/// groups digits, and elsewhere what comes after it is a fraction.
fn point_or_group(texts: &Texts) -> Option<Reason> {
    let roles = Role::ALL.into_iter().zip(texts);
    let mut counts = roles.filter(|(role, _)| *role != Role::Time);
    counts.find_map(|(role, text)| match text.as_deref()? {
        text @ [b'1'..=b'9', more @ .., b'.', b'0', b'0', b'0']
            if more.len() < 3 && more.iter().all(u8::is_ascii_digit) =>
        {
            Some(Reason::PointOrGroup(role, shown(text)))
        }
        _ => None,
    })
}

/// The length of the first record, where each quote in it opens or closes a whole field, so that what is
/// between two quotes need not be looked at. `None` where a quote does not, or the end is not there.
fn plain_record(separator: u8, bytes: &[u8]) -> Option<usize> {
    let mut rest = bytes;
    let mut at_field = true;
    loop {
        let next = memchr2(b'"', b'\n', rest)?;
        let (before, quote) = rest.split_at_checked(next)?;
        let opened = match quote.split_first()? {
            (b'\n', rest) => return Some(bytes.len().saturating_sub(rest.len())),
            (_, opened) => opened,
        };
        let at_field_now = before.last().map_or(at_field, |byte| *byte == separator);
        if !at_field_now {
            return None;
        }
        let close = memchr(b'"', opened)?;
        rest = opened.get(close.saturating_add(1)..)?;
        match rest {
            [b'\n', ..] | [b'\r', b'\n', ..] => {}
            [next, ..] if *next == separator => {}
            _ => return None,
        }
        at_field = false;
    }
}

/// The bytes in which a record has to end.
pub fn window(bytes: &[u8], max_line: usize) -> &[u8] {
    bytes.get(..=max_line).unwrap_or(bytes)
}

/// The bytes of the first line, with its newline.
pub fn line_length(bytes: &[u8]) -> usize {
    memchr(b'\n', bytes).map_or(bytes.len(), |newline| newline.saturating_add(1))
}

/// The empty lines at the start, and what comes after them. A log may have a gigabyte of them.
pub fn empty_lines(bytes: &[u8]) -> (&[u8], &[u8]) {
    let mut rest = bytes;
    while let [b'\n', after @ ..] | [b'\r', b'\n', after @ ..] = rest {
        rest = after;
    }
    bytes.split_at(bytes.len().saturating_sub(rest.len()))
}

fn double<T: Default + Clone>(room: &mut Vec<T>) {
    room.resize(room.len().saturating_mul(2), T::default());
}
