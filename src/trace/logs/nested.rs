//! Logs whose objects hold several calls, each within lists: from one object to a line of JSON a call.

use std::collections::BTreeMap;
use std::io::{self, BufRead, BufReader, Read};

use serde::Deserialize;
use serde_json::value::RawValue;

/// The longest object that is taken apart, in bytes.
pub const MAX_OBJECT: u64 = 16 * 1_024 * 1_024;

/// How calls lie in the objects of a file.
#[derive(Debug, Clone, Deserialize, PartialEq, Eq)]
#[serde(deny_unknown_fields)]
pub struct Nesting {
    /// The fields that lead to calls, from the outside in, each a list. An object may begin anywhere on the way.
    lists: Vec<String>,
    /// Fields of the objects on the way that each call in them gets.
    keep: Vec<String>,
    /// Lists of `{"key": …, "value": {"stringValue": …}}` that become fields.
    attributes: Vec<String>,
}

/// The fields of an object, each as it is written.
type Object<'a> = BTreeMap<String, &'a RawValue>;

impl Nesting {
    /// Adds a line for each call in an object. One that is no such object is a line as it is.
    ///
    /// # Errors
    /// What the parser says of a text that is no JSON.
    pub fn lines(&self, object: &str, lines: &mut Vec<u8>) -> Result<(), serde_json::Error> {
        self.walk(object, &self.lists, &Object::new(), lines)
    }

    /// Whether the start of a file has the name of one of the lists.
    pub fn may_be_in(&self, start: &[u8]) -> bool {
        self.lists.iter().any(|list| {
            let quoted = format!("\"{list}\"");
            memchr::memmem::find(start, quoted.as_bytes()).is_some()
        })
    }

    /// Whether an object has one of the lists.
    pub fn is_in(&self, object: &str) -> bool {
        let fields: Object<'_> = serde_json::from_str(object).unwrap_or_default();
        self.lists.iter().any(|name| {
            let value = fields.get(name.as_str());
            value.is_some_and(|value| value.get().starts_with('['))
        })
    }

    /// Whether calls in this list get something of an object with these fields.
    pub fn keeps(&self, list: &str, fields: &[String]) -> bool {
        let is_list = self.lists.iter().any(|name| name == list);
        is_list && self.keep.iter().any(|name| fields.contains(name))
    }

    fn walk(
        &self,
        text: &str,
        lists: &[String],
        kept: &Object<'_>,
        lines: &mut Vec<u8>,
    ) -> Result<(), serde_json::Error> {
        let object: Object<'_> = serde_json::from_str(text)?;
        let mut ways = lists.iter().zip(1_usize..);
        let way = ways.find_map(|(name, next)| {
            let list = object.get(name.as_str())?;
            list.get().starts_with('[').then_some((list, next))
        });
        let Some((list, next)) = way else {
            return self.line(object, kept, lines);
        };
        let mut inner = kept.clone();
        for name in &self.keep {
            if let Some(value) = object.get(name.as_str()) {
                inner.insert(name.clone(), value);
            }
        }
        let elements: Vec<&RawValue> = serde_json::from_str(list.get())?;
        for element in elements {
            let rest = lists.get(next..).unwrap_or_default();
            self.walk(element.get(), rest, &inner, lines)?;
        }
        Ok(())
    }

    /// A call on a line of its own, without what is a list.
    fn line(
        &self,
        object: Object<'_>,
        kept: &Object<'_>,
        lines: &mut Vec<u8>,
    ) -> Result<(), serde_json::Error> {
        let mut fields = kept.clone();
        let mut attributes = Vec::new();
        for (name, value) in object {
            match value.get().starts_with('[') {
                true if self.attributes.contains(&name) => attributes.push(value),
                true => {}
                false => {
                    fields.insert(name, value);
                }
            }
        }
        for list in attributes {
            let list: Vec<Attribute<'_>> = serde_json::from_str(list.get())?;
            for Attribute { key, value } in list {
                let mut values = value.into_values();
                let plain = values.find(|value| !value.get().starts_with(['{', '[']));
                if let Some(value) = plain {
                    fields.insert(key, value);
                }
            }
        }
        let start = lines.len();
        serde_json::to_writer(&mut *lines, &fields)?;
        // No text has a newline in it, so each is white space between values.
        for byte in lines.iter_mut().skip(start) {
            if matches!(byte, b'\n' | b'\r') {
                *byte = b' ';
            }
        }
        lines.push(b'\n');
        Ok(())
    }
}

#[derive(Deserialize)]
struct Attribute<'a> {
    key: String,
    #[serde(borrow, default)]
    value: Object<'a>,
}

/// Reads lines of such objects as lines of calls.
pub struct Unnested<R> {
    source: BufReader<R>,
    nesting: &'static Nesting,
    /// Lines of calls, of which the first bytes are read.
    lines: Vec<u8>,
    read: usize,
    object: Vec<u8>,
}

impl<R: Read> Unnested<R> {
    /// Takes the objects of `source`, each on a line of its own, apart.
    pub fn new(source: R, nesting: &'static Nesting) -> Self {
        Self {
            source: BufReader::new(source),
            nesting,
            lines: Vec::new(),
            read: 0,
            object: Vec::new(),
        }
    }

    /// Takes the next object apart; false after the last one.
    fn next(&mut self) -> io::Result<bool> {
        self.lines.clear();
        self.read = 0;
        self.object.clear();
        let mut limited = self.source.by_ref().take(MAX_OBJECT);
        let length = limited.read_until(b'\n', &mut self.object)?;
        if length == 0 {
            return Ok(false);
        }
        if u64::try_from(length) == Ok(MAX_OBJECT) && !self.object.ends_with(b"\n") {
            let message = "an object that holds calls is longer than 16 MiB";
            return Err(io::Error::new(io::ErrorKind::InvalidData, message));
        }
        let text = std::str::from_utf8(&self.object);
        // The first line may begin with the mark of UTF-8.
        let text = text.map(|text| text.trim_start_matches('\u{feff}').trim());
        let taken = match text {
            Ok("") => false,
            Ok(text) => self.nesting.lines(text, &mut self.lines).is_ok(),
            Err(_) => false,
        };
        if !taken {
            // It is a row that cannot be read, and is named as such.
            std::mem::swap(&mut self.lines, &mut self.object);
        }
        Ok(true)
    }
}

impl<R: Read> Read for Unnested<R> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        while self.read >= self.lines.len() {
            if !self.next()? {
                return Ok(0);
            }
        }
        let rest = self.lines.get(self.read..).unwrap_or_default();
        let length = rest.len().min(buffer.len());
        if let (Some(from), Some(to)) = (rest.get(..length), buffer.get_mut(..length)) {
            to.copy_from_slice(from);
        }
        self.read = self.read.saturating_add(length);
        Ok(length)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::trace::logs::named;

    fn lines(log: &str, object: &str) -> String {
        let mut lines = Vec::new();
        let nesting = named(log).unwrap().nesting.as_ref().unwrap();
        nesting.lines(object, &mut lines).unwrap();
        String::from_utf8(lines).unwrap()
    }

    #[test]
    fn a_span_gets_its_attributes_as_fields() {
        let span = r#"{"traceId":"t","spanId":"s","startTimeUnixNano":"1780279200000000000","attributes":[
            {"key":"gen_ai.request.model","value":{"stringValue":"qwen3-max"}},
            {"key":"gen_ai.usage.input_tokens","value":{"intValue":"12"}},
            {"key":"finish","value":{"arrayValue":{"values":[]}}}],"events":[{"name":"e"}],"status":{"code":2}}"#;
        let line = concat!(
            r#"{"gen_ai.request.model":"qwen3-max","gen_ai.usage.input_tokens":"12","spanId":"s","#,
            r#""startTimeUnixNano":"1780279200000000000","status":{"code":2},"traceId":"t"}"#,
            "\n"
        );
        let scope = format!(r#"{{"scope":{{}},"spans":[{span},{span}]}}"#);
        let resource = format!(r#"{{"resource":{{}},"scopeSpans":[{scope}]}}"#);
        let request = format!(r#"{{"resourceSpans":[{resource},{resource}]}}"#);
        assert_eq!(lines("otel", span), line);
        assert_eq!(lines("otel", &scope), line.repeat(2));
        assert_eq!(lines("otel", &resource), line.repeat(2));
        assert_eq!(lines("otel", &request), line.repeat(4));
        assert_eq!(lines("otel", r#"{"resourceSpans":[]}"#), "");
    }

    #[test]
    fn a_result_gets_the_start_of_its_bucket() {
        let bucket = r#"{"object":"bucket","start_time":60,"end_time":120,"results":[{"input_tokens":1},{"input_tokens":2}]}"#;
        let line =
            |tokens| format!("{{\"end_time\":120,\"input_tokens\":{tokens},\"start_time\":60}}\n");
        assert_eq!(lines("openai-usage", bucket), line(1) + &line(2));
        let page = format!(r#"{{"object":"page","data":[{bucket}],"has_more":false}}"#);
        assert_eq!(lines("openai-usage", &page), line(1) + &line(2));
    }

    #[test]
    fn a_mark_before_the_first_object_is_no_part_of_it() {
        let nesting = named("otel").unwrap().nesting.as_ref().unwrap();
        let mut read = String::new();
        let text = "\u{feff}{\"spans\":[{\"b\":2}]}\n";
        let mut unnested = Unnested::new(text.as_bytes(), nesting);
        unnested.read_to_string(&mut read).unwrap();
        assert_eq!(read, "{\"b\":2}\n");
    }

    #[test]
    fn what_is_no_object_of_calls_stays_as_it_is() {
        let nesting = named("otel").unwrap().nesting.as_ref().unwrap();
        let text = "x\n\n{\"a\": 1}\n{\"spans\":[]}\n{\"spans\":[{\"b\":2}]}";
        let mut read = String::new();
        let mut unnested = Unnested::new(text.as_bytes(), nesting);
        unnested.read_to_string(&mut read).unwrap();
        assert_eq!(read, "x\n\n{\"a\":1}\n{\"b\":2}\n");
    }
}
