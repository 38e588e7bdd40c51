//! Which log the objects of a file are of, by the first of them, whatever blocks it is then read in.

use std::io::{self, Cursor, Read};
use std::ops::Range;

use super::nested::{MAX_OBJECT, Unnested};
use super::{Log, known, of_object};
use crate::trace::objects;

const BOM: &[u8] = b"\xef\xbb\xbf";

/// Bytes that are read at a time.
const STEP: usize = 8 * 1_024;

/// Bytes in which a line has to begin to be looked at.
const LOOKED_AT: usize = 256 * 1_024;

/// Calls of an object that holds several that are looked at.
const CALLS: usize = 100;

/// A file whose first objects were looked at.
pub struct Peeked {
    /// All of it, with a call a line where its objects hold several.
    pub reader: Box<dyn Read + Send>,
    /// The known log that it is; `None` too where it has no objects.
    pub log: Option<&'static Log>,
}

/// Looks at the first objects, up to one that tells the log or that has the columns of a call by `is_usual` names.
/// No line is longer than `max_line`. With a log that was `asked` for, that is the one.
pub fn peek(
    source: Box<dyn Read + Send>,
    asked: Option<&'static Log>,
    max_line: usize,
    is_usual: &dyn Fn(&[String]) -> bool,
) -> io::Result<Peeked> {
    let mut start = Start {
        bytes: Vec::new(),
        source,
        is_all: false,
    };
    start.more()?;
    let log = match (start.is_of_objects(), asked) {
        (false, asked) => asked,
        (true, Some(asked)) => Some(asked),
        (true, None) => start.log(max_line, is_usual)?,
    };
    let nesting = log.filter(|_| start.is_of_objects());
    let nesting = nesting.and_then(|log| log.nesting.as_ref());
    let whole = Cursor::new(start.bytes).chain(start.source);
    Ok(Peeked {
        reader: match nesting {
            Some(nesting) => Box::new(Unnested::new(whole, nesting)),
            None => Box::new(whole),
        },
        log,
    })
}

/// What was read of a file so far.
struct Start {
    bytes: Vec<u8>,
    source: Box<dyn Read + Send>,
    is_all: bool,
}

impl Start {
    fn more(&mut self) -> io::Result<()> {
        let step = u64::try_from(STEP).unwrap_or(u64::MAX);
        let read = self
            .source
            .by_ref()
            .take(step)
            .read_to_end(&mut self.bytes)?;
        self.is_all |= read == 0;
        Ok(())
    }

    fn is_of_objects(&self) -> bool {
        let bytes = self.bytes.strip_prefix(BOM).unwrap_or(&self.bytes);
        bytes.trim_ascii_start().starts_with(b"{")
    }

    /// The known log that one of the first objects tells.
    fn log(
        &mut self,
        max_line: usize,
        is_usual: &dyn Fn(&[String]) -> bool,
    ) -> io::Result<Option<&'static Log>> {
        let mut from = match self.bytes.starts_with(BOM) {
            true => BOM.len(),
            false => 0,
        };
        while from < LOOKED_AT {
            // An object that holds calls may be longer than a line of one.
            let start = self.start_of_line(from)?;
            let nested = known().iter().any(|log| {
                let nesting = log.nesting.as_ref();
                nesting.is_some_and(|nesting| nesting.may_be_in(start))
            });
            let most = match nested {
                true => usize::try_from(MAX_OBJECT).unwrap_or(usize::MAX),
                false => max_line,
            };
            let Some(line) = self.line(from, most)? else {
                return Ok(None);
            };
            from = line.end.saturating_add(1);
            let line = self.bytes.get(line).unwrap_or_default().trim_ascii();
            // Of an object without a call in its lists the next one tells the log.
            if nested && let Ok(object) = std::str::from_utf8(line) {
                let mut logs = known().iter();
                if let Some(log) = logs.find(|log| holds(log, object)) {
                    return Ok(Some(log));
                }
            }
            let fields = objects::fields(line);
            if let Some(log) = of_object(known(), &fields) {
                return Ok(Some(log));
            }
            let names: Vec<String> = fields.into_keys().collect();
            if is_usual(&names) {
                return Ok(None);
            }
        }
        Ok(None)
    }

    /// The first bytes of the line that begins here.
    fn start_of_line(&mut self, from: usize) -> io::Result<&[u8]> {
        while !self.is_all && self.bytes.len() < from.saturating_add(STEP) {
            self.more()?;
        }
        let rest = self.bytes.get(from..).unwrap_or_default();
        let start = rest.get(..STEP).unwrap_or(rest);
        let length = memchr::memchr(b'\n', start).unwrap_or(start.len());
        Ok(start.get(..length).unwrap_or_default())
    }

    /// The line that begins here, without its newline; `None` where there is none, or a longer one.
    fn line(&mut self, from: usize, most: usize) -> io::Result<Option<Range<usize>>> {
        let mut looked_at = from;
        loop {
            let rest = self.bytes.get(looked_at..).unwrap_or_default();
            if let Some(length) = memchr::memchr(b'\n', rest) {
                return Ok(Some(from..looked_at.saturating_add(length)));
            }
            let end = self.bytes.len();
            if self.is_all {
                return Ok((from < end).then_some(from..end));
            }
            if end.saturating_sub(from) > most {
                return Ok(None);
            }
            looked_at = end;
            self.more()?;
        }
    }
}

/// Whether an object holds calls of this log.
fn holds(log: &Log, object: &str) -> bool {
    let mut lines = Vec::new();
    let nesting = log.nesting.as_ref();
    let nesting = nesting.filter(|nesting| nesting.is_in(object));
    if nesting.is_none_or(|nesting| nesting.lines(object, &mut lines).is_err()) {
        return false;
    }
    let is_call = |line: &[u8]| {
        let found = of_object(known(), &objects::fields(line));
        found.is_some_and(|found| found.name == log.name)
    };
    let mut calls = lines.split(|byte| *byte == b'\n').take(CALLS);
    calls.any(is_call)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The log, and the text that is read then.
    fn peeked(text: &str) -> (Option<&'static str>, String) {
        let source = Box::new(Cursor::new(text.to_owned()));
        let has_time = |names: &[String]| names.iter().any(|name| name == "time");
        let mut peeked = peek(source, None, 1_024 * 1_024, &has_time).unwrap();
        let mut read = String::new();
        peeked.reader.read_to_string(&mut read).unwrap();
        (peeked.log.map(|log| log.name.as_str()), read)
    }

    #[test]
    fn one_of_the_first_objects_tells_the_log_and_nothing_is_lost() {
        let other = "{\"type\":\"summary\",\"x\":\"".to_owned() + &"y".repeat(20_000) + "\"}\n";
        let call =
            r#"{"type":"assistant","timestamp":1,"message":{"id":"m","usage":{"input_tokens":1}}}"#;
        for before in [
            String::new(),
            "\n".to_owned(),
            other.clone(),
            other.repeat(5),
        ] {
            let text = format!("{before}{call}");
            assert_eq!(peeked(&text), (Some("claude-code"), text));
        }
        let usual = "{\"time\":1}\n";
        let text = format!("{usual}{call}");
        assert_eq!(peeked(&text), (None, text));
        for text in ["", "a,b\n1,2\n", "{", "{}\n{}", "[{}]", "\u{feff}{\"a\":1}"] {
            assert_eq!(peeked(text), (None, text.to_owned()));
        }
        let marked = format!("\u{feff}{call}");
        assert_eq!(peeked(&marked), (Some("claude-code"), marked));
    }

    #[test]
    fn a_log_of_lists_is_known_whatever_stands_before_its_first_call() {
        let bucket = |results| {
            format!(r#"{{"object":"bucket","start_time":60,"end_time":120,"results":[{results}]}}"#)
        };
        let result = r#"{"object":"organization.usage.completions.result","input_tokens":1}"#;
        let page = |buckets: &[String]| {
            let buckets = buckets.join(",");
            format!(r#"{{"object":"page","data":[{buckets}]}}"#)
        };
        let (none, one) = (bucket(""), bucket(result));
        let metrics = r#"{"resourceMetrics":[{}]}"#.to_owned();
        for text in [
            format!("{none}\n{one}"),
            format!(
                "{}\n{}",
                page(std::slice::from_ref(&none)),
                page(std::slice::from_ref(&one))
            ),
            page(&[none, one.clone()]),
            format!("\n\n{one}"),
            format!("\u{feff}{one}\n{one}"),
            format!("{}{one}", format!("{metrics}\n").repeat(200)),
        ] {
            let (log, read) = peeked(&text);
            assert_eq!(log, Some("openai-usage"), "{text}");
            assert!(read.contains(r#""start_time":60}"#), "{read}");
            assert!(!read.contains("results"), "{read}");
        }
    }

    #[test]
    fn a_call_after_many_other_objects_tells_the_log() {
        let other = "{\"type\":\"summary\"}\n".repeat(2_000);
        let call =
            r#"{"type":"assistant","timestamp":1,"message":{"id":"m","usage":{"input_tokens":1}}}"#;
        let text = other + call;
        assert_eq!(peeked(&text), (Some("claude-code"), text));
    }
}
