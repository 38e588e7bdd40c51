//! What a file is: its columns from its header or its first object, its clock from its first time.

use memchr::memchr_iter;

use super::careful::{Found, next};
use super::columns::{ColumnProblem, Names, Role, recognise};
use super::csv::{Records, line_length, window};
use super::encoding::is_other_encoding;
use super::error::TraceError;
use super::json;
use super::options::Options;
use super::plan::{Filters, Layout, Node, Plan, Use};
use super::reason::shown;
use super::row::text;
use super::summary::Shape;
use super::time::Clock;

/// Finds out what a file is, as its first blocks come in.
pub struct Start {
    file: String,
    options: Options,
    /// What is known so far.
    plan: Option<Plan>,
    /// The columns' names, once they are known.
    names: Option<Names>,
    /// Lines of the blocks before.
    lines: u64,
    records: Records,
}

impl Start {
    /// Nothing is known yet.
    pub fn new(file: &str, options: &Options) -> Self {
        Self {
            file: file.to_owned(),
            options: options.clone(),
            plan: None,
            names: None,
            lines: 0,
            records: Records::default(),
        }
    }

    /// What is known, once a header was seen or the file has lines of JSON.
    pub fn plan(&self) -> Option<&Plan> {
        self.plan.as_ref()
    }

    /// The columns' names, once they are known.
    pub fn names(&self) -> Option<&Names> {
        self.names.as_ref()
    }

    /// Whether all is known.
    pub fn is_done(&self) -> bool {
        self.names.is_some() && self.plan.as_ref().is_some_and(|plan| plan.clock.is_some())
    }

    /// A line that is too long begins so.
    pub fn long_line(&mut self, bytes: &[u8], shape: Option<Shape>) -> Result<(), TraceError> {
        if self.plan.is_none() {
            if bytes.trim_ascii().is_empty() || shape != Some(Shape::JsonLines) {
                return Err(self.no_header());
            }
            self.json_plan(bytes)?;
        }
        self.lines = self.lines.saturating_add(1);
        Ok(())
    }

    /// Looks at the next block, and says how many of its bytes are a header or blank.
    pub fn look(&mut self, bytes: &[u8], shape: Option<Shape>) -> Result<usize, TraceError> {
        let lines = self.lines;
        let header = self.header(bytes, shape)?;
        self.rows(bytes.get(header..).unwrap_or_default())?;
        self.lines = lines.saturating_add(newlines(bytes));
        Ok(header)
    }

    fn header(&mut self, bytes: &[u8], shape: Option<Shape>) -> Result<usize, TraceError> {
        if self.plan.is_some() {
            return Ok(0);
        }
        let max_line = self.options.tuning.max_line;
        let mut skipped = 0_usize;
        let mut rest = bytes;
        while !rest.is_empty() {
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
        if shape == Some(Shape::JsonLines) {
            self.json_plan(rest)?;
            return Ok(skipped);
        }
        let record = self.records.read(window(rest, max_line));
        let record = record.ok_or_else(|| self.no_text(rest))?;
        let header: Option<Vec<String>> = self
            .records
            .fields(record)
            .map(|field| String::from_utf8(field.to_vec()).ok())
            .collect();
        let header = header
            .filter(|names| names.iter().all(|name| !name.contains('\0')))
            .ok_or_else(|| self.no_text(rest))?;
        self.plan = Some(self.csv_plan(&header)?);
        let bytes = rest.get(..record.bytes).unwrap_or_default();
        self.lines = self.lines.saturating_add(newlines(bytes));
        Ok(skipped.saturating_add(record.bytes))
    }

    fn json_plan(&mut self, bytes: &[u8]) -> Result<(), TraceError> {
        if bytes.trim_ascii_start().starts_with(b"[") {
            return Err(TraceError::JsonList {
                file: self.file.clone(),
            });
        }
        self.plan = Some(self.open_plan());
        Ok(())
    }

    /// Looks for the first object that passes the filters, and for the first time.
    fn rows(&mut self, bytes: &[u8]) -> Result<(), TraceError> {
        let mut rest = bytes;
        let mut records = std::mem::take(&mut self.records);
        while !rest.is_empty() && !self.is_done() {
            let Some(plan) = &self.plan else { break };
            let (found, length) = next(&mut records, rest, plan);
            let row = rest.get(..length).unwrap_or_default();
            match found {
                // An object is looked at once more when its columns are known.
                Found::Row(_) if self.names.is_none() => {
                    self.json_columns(row)?;
                    continue;
                }
                Found::Row(texts) => {
                    if let Ok(time) = text(&texts, Role::Time) {
                        let clock = Clock::recognise(time, self.options.time_unit);
                        let clock = clock.map_err(|_| TraceError::UnclearTime {
                            file: self.file.clone(),
                            line: self.line(),
                            text: shown(time),
                        })?;
                        if let Some(plan) = &mut self.plan {
                            plan.clock = clock;
                        }
                    }
                }
                Found::Blank | Found::Filtered | Found::Bad(_) => {}
            }
            self.lines = self.lines.saturating_add(newlines(row));
            rest = rest.get(length..).unwrap_or_default();
        }
        self.records = records;
        Ok(())
    }

    fn csv_plan(&mut self, header: &[String]) -> Result<Plan, TraceError> {
        let names = self.recognise(header, false)?;
        let mut plan = self.open_plan();
        let mut uses = vec![Use::default(); header.len()];
        for (role, name) in Role::ALL.into_iter().zip(&names) {
            for (used, column) in uses.iter_mut().zip(header) {
                if Some(column) == name.as_ref() {
                    used.role = Some(role);
                }
            }
        }
        for (filter, name) in plan.filters.columns().enumerate() {
            let mut found = uses
                .iter_mut()
                .zip(header)
                .filter(|(_, column)| *column == name);
            let Some((used, _)) = found.next() else {
                return Err(TraceError::UnknownFilter {
                    file: self.file.clone(),
                    column: shown(name.as_bytes()),
                    header: header.to_vec(),
                });
            };
            used.filter = Some(filter);
        }
        plan.layout = Layout::Csv(uses);
        plan.aggregates = names.last().is_some_and(Option::is_some);
        self.names = Some(names);
        Ok(plan)
    }

    fn json_columns(&mut self, line: &[u8]) -> Result<(), TraceError> {
        let names = self.recognise(&json::names(line), true)?;
        if let Some(plan) = &mut self.plan {
            if let Layout::Json(root) = &mut plan.layout {
                for (role, name) in Role::ALL.into_iter().zip(&names) {
                    if let Some(name) = name {
                        root.add(name, &|used| used.role = Some(role));
                    }
                }
            }
            plan.aggregates = names.last().is_some_and(Option::is_some);
        }
        self.names = Some(names);
        Ok(())
    }

    /// A plan for lines of JSON, of which only the filtered fields are known.
    fn open_plan(&self) -> Plan {
        let filters = Filters::new(&self.options);
        let mut root = Node::default();
        for (filter, name) in filters.columns().enumerate() {
            root.add(name, &|used| used.filter = Some(filter));
        }
        Plan {
            layout: Layout::Json(root),
            aggregates: false,
            clock: None,
            filters,
            tuning: self.options.tuning,
        }
    }

    fn recognise(&self, header: &[String], open: bool) -> Result<Names, TraceError> {
        let file = self.file.clone();
        let line = self.line();
        recognise(header, &self.options.columns, open).map_err(|problem| match problem {
            ColumnProblem::Unknown(role) => TraceError::UnknownColumn {
                file,
                line,
                role,
                header: header.to_vec(),
            },
            ColumnProblem::Ambiguous(role, columns) => TraceError::AmbiguousColumn {
                file,
                line,
                role,
                columns,
            },
        })
    }

    /// The first line is a header in another encoding, or none at all.
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

    fn line(&self) -> u64 {
        self.lines.saturating_add(1)
    }
}

fn newlines(bytes: &[u8]) -> u64 {
    u64::try_from(memchr_iter(b'\n', bytes).count()).unwrap_or(u64::MAX)
}
