//! Finds out what a file is: its columns by its header or by the first object that has them, and how it
//! writes times by the first row that can be read.

mod names;

use std::borrow::Cow;

use memchr::memchr_iter;

use super::careful::{Found, next};
use super::columns::{Names, Role};
use super::csv::{Records, empty_lines, line_length, window};
use super::encoding::is_other_encoding;
use super::error::TraceError;
use super::logs::{self, Log, of_header};
use super::marks::{MarkedTexts, MarksOfRow};
use super::models::Named;
use super::options::Options;
use super::place::{Numbered, Place};
use super::plan::{Filters, Layout, Node, Plan};
use super::reason::{Reason, shown};
use super::row::{Texts, counts, is_without_output, text};
use super::rows::Rows;
use super::seen::Seen;
use super::summary::Shape;
use super::time::{Clock, Times};

/// Finds out what a file is, as its first blocks come in.
pub struct Start {
    file: String,
    options: Options,
    /// What is known so far.
    plan: Option<Plan>,
    /// Which log it is: one with usual names, as long as it is not known.
    log: &'static Log,
    /// The columns' names, once they are known.
    names: Option<Names>,
    /// What the first object lacks; the columns are then looked for in the next objects.
    without: Option<TraceError>,
    /// The number of objects without the columns so far.
    looked_at: u64,
    /// The field with the time of the objects that a filter left out so far.
    filtered_time: Option<Node>,
    /// What rows have that a filter left out, as long as none passed.
    seen: Seen,
    /// Lines of the blocks before.
    lines: u64,
    /// What is between the columns of CSV.
    separator: u8,
    /// What its lines are.
    numbered: Numbered,
    records: Records,
    /// The names of models.
    models: Named,
}

impl Start {
    /// A file of which nothing is known yet.
    pub fn new(file: &str, options: &Options, models: Named) -> Self {
        Self {
            file: file.to_owned(),
            options: options.clone(),
            plan: None,
            log: options.log.unwrap_or_else(logs::usual),
            names: None,
            without: None,
            looked_at: 0,
            filtered_time: None,
            seen: Seen::of(&Filters::new(options)),
            lines: 0,
            separator: b',',
            numbered: Numbered::Lines,
            records: Records::default(),
            models,
        }
    }

    /// Says how the file is written, as soon as it is known.
    pub fn written(&mut self, shape: Option<Shape>, separator: Option<u8>) {
        self.numbered = shape.map_or(Numbered::Lines, Shape::numbered);
        self.separator = separator.unwrap_or(self.separator);
    }

    /// What is known, once a header was seen or the file has lines of JSON.
    pub fn plan(&self) -> Option<&Plan> {
        self.plan.as_ref()
    }

    /// The columns' names, once they are known.
    pub fn names(&self) -> Option<&Names> {
        self.names.as_ref()
    }

    /// Takes in which log its objects are of, where that is known.
    pub fn is_of(&mut self, log: Option<&'static Log>) {
        self.log = log.unwrap_or(self.log);
    }

    /// Which log it is.
    pub fn log(&self) -> &'static Log {
        self.log
    }

    /// What the first rows have, as long as filters leave all of them out.
    pub fn seen(&self) -> &Seen {
        &self.seen
    }

    /// Whether all is known.
    pub fn is_done(&self) -> bool {
        self.names.is_some() && self.plan.as_ref().is_some_and(|plan| plan.clock.is_some())
    }

    /// Refuses a file that begins with a line that is too long.
    pub fn long_line(&mut self, bytes: &[u8], shape: Option<Shape>) -> Result<(), TraceError> {
        if self.plan.is_none() {
            if bytes.trim_ascii().is_empty() || !shape.is_some_and(Shape::is_json) {
                return Err(self.no_header());
            }
            self.plan = Some(self.open_plan());
        }
        self.lines = self.lines.saturating_add(1);
        Ok(())
    }

    /// Looks at the next block for what is not known yet. Gives the number of bytes at its start that are no
    /// records to parse: a header, and objects before the first one that has the columns.
    pub fn look(
        &mut self,
        bytes: &[u8],
        shape: Option<Shape>,
    ) -> Result<(usize, Rows), TraceError> {
        let lines = self.lines;
        let header = self.header(bytes, shape)?;
        let mut early = Rows::default();
        let bytes_of_header = bytes.get(..header).unwrap_or_default();
        early.end(memchr_iter(b'\n', bytes_of_header).count());
        let rows = bytes.get(header..).unwrap_or_default();
        let taken = self.rows(rows, &mut early)?;
        self.lines = lines.saturating_add(newlines(bytes));
        Ok((header.saturating_add(taken), early))
    }

    /// Takes in the names of the columns. `what` is what the file is, in sentences.
    fn of_header(&mut self, header: &[String], what: &'static str) -> Result<(), TraceError> {
        if self.options.log.is_none() {
            self.log = of_header(logs::known(), header).unwrap_or_else(logs::usual);
        }
        self.plan = Some(self.csv_plan(header, what)?);
        Ok(())
    }

    /// Takes the names of the columns of a Parquet file.
    pub fn of_columns(&mut self, header: &[String]) -> Result<(), TraceError> {
        self.numbered = Numbered::Rows;
        self.of_header(header, "a Parquet file")
    }

    /// Takes the next row, which may say how times are written.
    pub fn row(&mut self, texts: &Texts, told: &MarkedTexts) -> Result<(), TraceError> {
        let Some(plan) = &self.plan else {
            return Ok(());
        };
        let no_output = is_without_output(texts, &MarksOfRow::of(told), plan);
        let clock = self.clock(texts, plan.aggregates, no_output)?;
        if let Some(plan) = &mut self.plan {
            plan.clock = clock;
        }
        Ok(())
    }

    /// Takes the next row of a Parquet file that filters leave out: what they look at, by the numbers of the
    /// filters.
    pub fn left_out<'a>(&mut self, filtered: impl FnOnce() -> Vec<(usize, Cow<'a, [u8]>)>) {
        if let Some(plan) = &self.plan
            && self.seen.is_open()
        {
            let filtered = filtered();
            let texts = filtered.iter().map(|(filter, text)| (*filter, &**text));
            self.seen.record(texts, &plan.filters);
        }
    }

    /// The error at the end of a file in which no object has the columns: what the first one lacks.
    pub fn end(&mut self) -> Option<TraceError> {
        self.without.take().filter(|_| self.names.is_none())
    }

    fn header(&mut self, bytes: &[u8], shape: Option<Shape>) -> Result<usize, TraceError> {
        if self.plan.is_some() {
            return Ok(0);
        }
        let max_line = self.options.tuning.max_line;
        let mut skipped = 0_usize;
        let mut rest = bytes;
        while !rest.is_empty() {
            let (empty, after) = empty_lines(rest);
            skipped = skipped.saturating_add(empty.len());
            rest = after;
            if rest.is_empty() {
                break;
            }
            let length = line_length(rest);
            let line = rest.get(..length).unwrap_or_default();
            let start = window(line, max_line);
            if !start.trim_ascii().is_empty() {
                break;
            }
            if start.len() < line.len() {
                return Err(self.no_header());
            }
            skipped = skipped.saturating_add(length);
            rest = bytes.get(skipped..).unwrap_or_default();
        }
        self.lines = self
            .lines
            .saturating_add(newlines(bytes.get(..skipped).unwrap_or_default()));
        if rest.is_empty() {
            return Ok(skipped);
        }
        if shape.is_some_and(Shape::is_json) {
            self.plan = Some(self.open_plan());
            return Ok(skipped);
        }
        let record = self.records.read(self.separator, window(rest, max_line));
        let record = record.ok_or_else(|| self.no_text(rest))?;
        let header: Option<Vec<String>> = self
            .records
            .fields(record)
            .map(|field| String::from_utf8(field.to_vec()).ok())
            .collect();
        let header = header
            .filter(|names| names.iter().all(|name| !name.contains('\0')))
            .ok_or_else(|| self.no_text(rest))?;
        self.of_header(&header, "a CSV file")?;
        let bytes = rest.get(..record.bytes).unwrap_or_default();
        self.lines = self.lines.saturating_add(newlines(bytes));
        Ok(skipped.saturating_add(record.bytes))
    }

    /// Looks for the first object that passes the filters and has the columns, and for the first time.
    /// Takes the objects before that one out, and says how many bytes they are.
    fn rows(&mut self, bytes: &[u8], early: &mut Rows) -> Result<usize, TraceError> {
        let mut rest = bytes;
        let mut taken = 0_usize;
        let mut records = std::mem::take(&mut self.records);
        while !rest.is_empty() && !self.is_done() {
            let Some(plan) = &self.plan else { break };
            let (empty, after) = empty_lines(rest);
            if !empty.is_empty() {
                let lines = memchr_iter(b'\n', empty).count();
                if self.names.is_none() {
                    early.end(lines);
                    taken = taken.saturating_add(empty.len());
                }
                self.lines = self.lines.saturating_add(newlines(empty));
                rest = after;
                continue;
            }
            let (found, length) = next(&mut records, rest, plan);
            let row = rest.get(..length).unwrap_or_default();
            if let Found::Filtered(_) = found
                && self.seen.is_open()
            {
                match &plan.layout {
                    Layout::Json(_) => self.seen.object(row, &plan.filters),
                    Layout::Csv(uses) => {
                        // It is read once more, as what was found is held.
                        let again = &mut self.records;
                        let record = again.read(self.separator, row);
                        let fields = record.map(|record| again.fields(record));
                        let fields = fields.into_iter().flatten().zip(uses);
                        let filtered =
                            fields.filter_map(|(field, used)| Some((used.filter?, field)));
                        self.seen.record(filtered, &plan.filters);
                    }
                }
            }
            if self.names.is_none() {
                let of_sums = matches!(found, Found::Failed) && self.has_requests(row);
                match found {
                    // Whether a row of sums failed is looked at once it is known to be one.
                    Found::Failed if !of_sums => early.failed(1),
                    Found::Row(..) | Found::Failed => match self.json_columns(row)? {
                        // It is looked at once more, for its time.
                        None => continue,
                        Some(missing) => early.bad(Reason::Missing(missing), 1),
                    },
                    Found::Bad(reason) => early.bad(reason, 1),
                    Found::Filtered(_) => early.filtered(self.early_time(row), 1),
                    Found::Other => early.other(1),
                    Found::Blank => early.end(1),
                }
                taken = taken.saturating_add(length);
                self.lines = self.lines.saturating_add(1);
                rest = rest.get(length..).unwrap_or_default();
                continue;
            }
            if let Found::Row(texts, told) = found {
                self.row(&texts, &told)?;
            }
            self.lines = self.lines.saturating_add(newlines(row));
            rest = rest.get(length..).unwrap_or_default();
        }
        self.records = records;
        Ok(taken)
    }

    /// How times are written, by a row whose other texts can be read; any other row does not tell.
    fn clock(
        &self,
        texts: &Texts,
        aggregates: bool,
        no_output: bool,
    ) -> Result<Option<Clock>, TraceError> {
        let counts = counts(texts, aggregates, no_output);
        let (Ok(_), Ok(time)) = (counts, text(texts, Role::Time)) else {
            return Ok(None);
        };
        let unit = self.options.time_unit;
        let clock = Clock::recognise(time, self.times()).map_err(|_| TraceError::UnclearTime {
            file: self.file.clone(),
            line: self.line(),
            text: shown(time),
        })?;
        match clock {
            Some(clock) if unit.is_some() && clock.format.is_date() => {
                Err(TraceError::UnitOfDates {
                    file: self.file.clone(),
                })
            }
            clock => Ok(clock),
        }
    }

    /// What is known of times before the first one.
    fn times(&self) -> Times {
        let is_its_time = self.options.columns.time.is_none();
        Times {
            unit: self.options.time_unit,
            from_zero: self.log.from_zero.filter(|_| is_its_time),
            utc: self.log.utc && is_its_time,
        }
    }

    /// The error for a first line that is a header in another encoding, or no header.
    fn no_text(&self, bytes: &[u8]) -> TraceError {
        // No more than the line is looked at, as what else is there depends on the block.
        let line = bytes.get(..line_length(bytes)).unwrap_or_default();
        let is_short = line.len() <= self.options.tuning.max_line.saturating_add(1);
        match is_short && is_other_encoding(line) {
            true => TraceError::NotUtf8 {
                file: self.file.clone(),
                line: self.line(),
            },
            false => self.no_header(),
        }
    }

    fn no_header(&self) -> TraceError {
        TraceError::NoHeader {
            file: self.file.clone(),
            line: self.line(),
        }
    }

    fn line(&self) -> Place {
        match self.numbered {
            Numbered::Rows => Place::Columns,
            numbered => numbered.place(self.lines.saturating_add(1)),
        }
    }
}

fn newlines(bytes: &[u8]) -> u64 {
    u64::try_from(memchr_iter(b'\n', bytes).count()).unwrap_or(u64::MAX)
}
