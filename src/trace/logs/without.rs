//! Files of a folder that are empty, or all of whose rows are of types that are known to be no calls.

use std::fs::{self, File};
use std::io::{BufRead, BufReader, Read};
use std::path::Path;

use super::{known, usual};
use crate::trace::objects;

/// The longest line that is looked at, in bytes.
const MAX_LINE: u64 = 1_024 * 1_024;

/// Whether a file can be told to have no call. It is read up to its first row that may be one; what cannot be read may
/// have one.
pub fn has_no_call(path: &Path) -> bool {
    // Opening a pipe may never end.
    let is_file = fs::metadata(path).is_ok_and(|metadata| metadata.is_file());
    let file = is_file.then(|| File::open(path).ok()).flatten();
    file.is_some_and(|file| are_others(BufReader::new(file)))
}

fn are_others(mut lines: impl BufRead) -> bool {
    let mut line = Vec::new();
    loop {
        line.clear();
        let mut limited = lines.by_ref().take(MAX_LINE);
        match limited.read_until(b'\n', &mut line) {
            Ok(0) => return true,
            Ok(_) if line.trim_ascii().is_empty() || is_other(line.trim_ascii()) => {}
            _ => return false,
        }
    }
}

/// Whether a row is of a type that is no call, and without the tokens of one.
fn is_other(line: &[u8]) -> bool {
    if !line.starts_with(b"{") {
        return false;
    }
    let fields = objects::fields(line);
    let kind = fields.get("type").and_then(Option::as_ref);
    let is_known = kind.is_some_and(|kind| {
        let mut logs = known().iter();
        logs.any(|log| log.others.contains(kind))
    });
    let mut inputs = usual().fields.input.iter();
    is_known && !inputs.any(|name| fields.contains_key(name))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_a_file_without_any_row_that_may_be_a_call_has_none() {
        let summary = r#"{"type":"summary","summary":"x"}"#;
        let user = r#"{"type":"user","message":{"role":"user"}}"#;
        for (text, expected) in [
            (String::new(), true),
            ("\n \n".to_owned(), true),
            (format!("{summary}\n{user}\n\n{summary}"), true),
            (format!("{summary}\n{{\"type\":\"assistant\"}}"), false),
            (r#"{"type":"user","input_tokens":1}"#.to_owned(), false),
            (format!("{summary}\n{{"), false),
            ("[]".to_owned(), false),
            ("time,input_tokens,output_tokens\n".to_owned(), false),
        ] {
            assert_eq!(are_others(text.as_bytes()), expected, "{text}");
        }
    }
}
