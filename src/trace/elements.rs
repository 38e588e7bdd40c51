//! Records of JSON that do not stand on a line each, to lines of JSON, in memory that does not grow with them.

use std::fmt;
use std::io::{self, Read};

use super::reason::shown;

/// Bytes that are read at a time.
const READ: usize = 64 * 1_024;

/// Lists and objects around a list of records that are looked into.
const MAX_DEPTH: usize = 64;

/// The longest key that is compared, in bytes.
const MAX_KEY: usize = 256;

/// What is wrong with JSON outside of its records.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum JsonProblem {
    /// The file ends before the JSON does.
    Ends,
    /// Something stands there instead of what would have to.
    Found(String, &'static str),
    /// An object is without the list that an earlier one has.
    NoList(String),
    /// Lists within lists without end.
    TooDeep,
}

impl JsonProblem {
    pub(super) fn hint(&self) -> &'static str {
        match self {
            Self::Ends => "copy the file again; part of it is missing",
            Self::Found(..) => {
                "write one list of objects, or one object a line, as `jq -c '.[]'` does"
            }
            Self::NoList(_) | Self::TooDeep => {
                "write one record a line, as `jq -c '.data[]'` does where `data` is the list"
            }
        }
    }
}

impl fmt::Display for JsonProblem {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Ends => f.write_str("the file ends before it does"),
            Self::Found(found, wanted) => write!(f, "`{found}` stands where {wanted} belongs"),
            Self::NoList(key) => write!(f, "an object has no list `{key}`"),
            Self::TooDeep => f.write_str("lists stand within lists without end"),
        }
    }
}

/// JSON that is wrong outside of its records.
#[derive(Debug)]
pub struct Broken {
    /// The number of the record that is not there, from 1.
    pub record: u64,
    /// What is wrong.
    pub problem: JsonProblem,
}

impl fmt::Display for Broken {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.problem.fmt(f)
    }
}

impl std::error::Error for Broken {}

/// A list or an object that leads to records.
#[derive(Debug, Clone, Copy)]
enum Around {
    List,
    /// Whether the key that leads on was there.
    Object(bool),
}

/// What comes next, outside of values that are copied or left out.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum State {
    /// A value, or the end of the file.
    Outermost,
    /// The first element or key, or the end of what is around.
    First,
    /// The next one, after a comma.
    Next,
    /// The value of a key that leads on, or of another.
    Value(bool),
    /// A comma, or the end of what is around.
    After,
    /// The colon after a key.
    Colon,
    /// More of a key.
    Key,
    /// More of a value.
    Inside,
}

/// A value that is copied or left out.
#[derive(Debug, Default)]
struct Inside {
    copies: bool,
    depth: u64,
    quoted: bool,
    escaped: bool,
    /// Whether white space was left out just before.
    spaced: bool,
    last: u8,
}

/// Reads JSON and gives a record a line, without the white space of a layout.
pub struct Elements {
    reader: Box<dyn Read + Send>,
    /// The keys that lead from the outermost value to the list of records.
    path: Vec<String>,
    around: Vec<Around>,
    /// The number of keys that were followed.
    steps: usize,
    state: State,
    inside: Inside,
    key: Vec<u8>,
    escaped: bool,
    raw: Vec<u8>,
    lines: Vec<u8>,
    taken: usize,
    records: u64,
    problem: Option<JsonProblem>,
}

impl Elements {
    /// The elements of the list to which the keys lead. Without keys, those of an outermost list, or outermost objects.
    pub fn new(reader: Box<dyn Read + Send>, path: Vec<String>) -> Self {
        Self {
            reader,
            path,
            around: Vec::new(),
            steps: 0,
            state: State::Outermost,
            inside: Inside::default(),
            key: Vec::new(),
            escaped: false,
            raw: vec![0; READ],
            lines: Vec::new(),
            taken: 0,
            records: 0,
            problem: None,
        }
    }

    /// Reads until some line goes on; false at the end.
    fn more(&mut self) -> io::Result<bool> {
        self.lines.clear();
        self.taken = 0;
        while self.lines.is_empty() {
            if let Some(problem) = self.problem.clone() {
                let record = self.records.saturating_add(1);
                return Err(io::Error::other(Broken { record, problem }));
            }
            let read = self.reader.read(&mut self.raw)?;
            if read == 0 {
                match self.state {
                    State::Outermost => return Ok(false),
                    _ => self.problem = Some(JsonProblem::Ends),
                }
                continue;
            }
            let raw = std::mem::take(&mut self.raw);
            let bytes = raw.get(..read).unwrap_or_default();
            self.problem = bytes.iter().try_for_each(|byte| self.byte(*byte)).err();
            self.raw = raw;
        }
        Ok(true)
    }

    fn byte(&mut self, byte: u8) -> Result<(), JsonProblem> {
        if self.state == State::Inside {
            if self.inside(byte) {
                return Ok(());
            }
        } else if self.state == State::Key {
            self.in_key(byte);
            return Ok(());
        }
        if byte.is_ascii_whitespace() {
            return Ok(());
        }
        let around = self.around.last().copied();
        match (self.state, around, byte) {
            (State::First, Some(Around::List), b']')
            | (State::After, Some(Around::List), b']')
            | (State::First, Some(Around::Object(_)), b'}')
            | (State::After, Some(Around::Object(_)), b'}') => self.leave(),
            (State::After, _, b',') => {
                self.state = State::Next;
                Ok(())
            }
            (State::First | State::Next, Some(Around::List), _) if starts_value(byte) => {
                self.element(byte)
            }
            (State::First | State::Next, Some(Around::Object(_)), b'"') => {
                self.key.clear();
                self.state = State::Key;
                Ok(())
            }
            (State::Colon, _, b':') => {
                let wanted = self.path.get(self.steps).map(String::as_bytes);
                self.state = State::Value(wanted == Some(self.key.as_slice()));
                Ok(())
            }
            (State::Value(false), _, _) if starts_value(byte) => {
                self.enter(false, byte);
                Ok(())
            }
            (State::Value(true), _, _) if starts_value(byte) => {
                if let Some(Around::Object(has_list)) = self.around.last_mut() {
                    *has_list = true;
                }
                self.steps = self.steps.saturating_add(1);
                self.lead(byte)
            }
            (State::Outermost, _, b'[') => self.lead(byte),
            (State::Outermost, _, b'{') => self.element(byte),
            (state, around, found) => Err(JsonProblem::Found(
                shown(&[found]),
                match (state, around) {
                    (State::Outermost, _) => "`{` or the end of the file",
                    (State::First, Some(Around::List)) => "a record or `]`",
                    (State::First, _) => "a key or `}`",
                    (State::Next, Some(Around::Object(_))) => "a key",
                    (State::Next, _) => "a record",
                    (State::Colon, _) => "`:`",
                    (State::Value(_), _) => "a value",
                    (_, Some(Around::List)) => "`,` or `]`",
                    _ => "`,` or `}`",
                },
            )),
        }
    }

    /// An element of a list, or an outermost object: a record where no more keys lead on.
    fn element(&mut self, byte: u8) -> Result<(), JsonProblem> {
        match self.steps == self.path.len() {
            true => {
                self.enter(true, byte);
                Ok(())
            }
            false => self.lead(byte),
        }
    }

    /// A value that leads to records.
    fn lead(&mut self, byte: u8) -> Result<(), JsonProblem> {
        if self.around.len() >= MAX_DEPTH {
            return Err(JsonProblem::TooDeep);
        }
        let around = match byte {
            b'[' => Around::List,
            b'{' if self.steps < self.path.len() => Around::Object(false),
            // A list that may be left out.
            b'n' => {
                self.enter(false, byte);
                return Ok(());
            }
            found => return Err(JsonProblem::Found(shown(&[found]), "a list")),
        };
        self.around.push(around);
        self.state = State::First;
        Ok(())
    }

    /// The end of a list or an object that is around records.
    fn leave(&mut self) -> Result<(), JsonProblem> {
        if let Some(Around::Object(false)) = self.around.pop() {
            let key = self.path.get(self.steps);
            return Err(JsonProblem::NoList(key.cloned().unwrap_or_default()));
        }
        self.after_value();
        Ok(())
    }

    fn after_value(&mut self) {
        self.state = match self.around.last() {
            None => State::Outermost,
            Some(_) => State::After,
        };
        // A key was followed for each object around.
        let objects = self.around.iter();
        let objects = objects.filter(|around| matches!(around, Around::Object(_)));
        self.steps = match self.around.last() {
            Some(Around::Object(_)) => objects.count().saturating_sub(1),
            _ => objects.count(),
        };
    }

    fn in_key(&mut self, byte: u8) {
        match byte {
            b'"' if !self.escaped => self.state = State::Colon,
            _ if self.key.len() < MAX_KEY => self.key.push(byte),
            _ => {}
        }
        self.escaped = byte == b'\\' && !self.escaped;
    }

    fn enter(&mut self, copies: bool, byte: u8) {
        self.inside = Inside {
            copies,
            ..Inside::default()
        };
        self.state = State::Inside;
        self.inside(byte);
    }

    /// Takes a byte of a value; false where the value ended before it.
    fn inside(&mut self, byte: u8) -> bool {
        let inside = &mut self.inside;
        if inside.quoted {
            match byte {
                _ if inside.escaped => inside.escaped = false,
                b'\\' => inside.escaped = true,
                b'"' => inside.quoted = false,
                _ => {}
            }
            // A text has no end of a line in it. It stays wrong with another control character.
            let byte = if byte == b'\n' { b'\r' } else { byte };
            if inside.copies {
                self.lines.push(byte);
            }
            inside.last = byte;
            if !inside.quoted && inside.depth == 0 {
                self.end_value();
            }
            return true;
        }
        if byte.is_ascii_whitespace() {
            inside.spaced = true;
            // Only a number or a word is open.
            if inside.depth == 0 {
                self.end_value();
            }
            return true;
        }
        let is_mark = |byte: u8| matches!(byte, b'{' | b'}' | b'[' | b']' | b',' | b':');
        if inside.depth == 0 && inside.last != 0 && matches!(byte, b',' | b']' | b'}') {
            self.end_value();
            return false;
        }
        // Two values without anything between them must not become one.
        if std::mem::take(&mut inside.spaced)
            && inside.copies
            && !is_mark(byte)
            && !is_mark(inside.last)
        {
            self.lines.push(b' ');
        }
        if inside.copies {
            self.lines.push(byte);
        }
        inside.last = byte;
        match byte {
            b'"' => inside.quoted = true,
            b'{' | b'[' => inside.depth = inside.depth.saturating_add(1),
            b'}' | b']' => {
                inside.depth = inside.depth.saturating_sub(1);
                if inside.depth == 0 {
                    self.end_value();
                }
            }
            _ => {}
        }
        true
    }

    fn end_value(&mut self) {
        if self.inside.copies {
            self.lines.push(b'\n');
            self.records = self.records.saturating_add(1);
        }
        self.after_value();
    }
}

/// Whether a value may begin with this byte; what else is in it, its reader sees.
fn starts_value(byte: u8) -> bool {
    !matches!(byte, b',' | b']' | b'}' | b':')
}

impl Read for Elements {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        if self.taken >= self.lines.len() && !self.more()? {
            return Ok(0);
        }
        let mut rest = self.lines.get(self.taken..).unwrap_or_default();
        let read = rest.read(buffer)?;
        self.taken = self.taken.saturating_add(read);
        Ok(read)
    }
}
