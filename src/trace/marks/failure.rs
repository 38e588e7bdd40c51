//! Which texts of a status stand for a failed call.

use serde_json::Value;

use super::is_nothing;
use crate::trace::count::count;

/// The largest status of HTTP. Larger numbers are codes of another kind, of which nothing is known.
const LAST_STATUS: u64 = 599;

/// Texts of a code of errors that stand for none.
const NO_ERROR: [&[u8]; 8] = [
    b"false",
    b"no",
    b"ok",
    b"success",
    b"n/a",
    b"undefined",
    b"no error",
    b"no_error",
];

/// What a field says of a call that failed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Failure {
    /// The texts that stand for a failure, in any case.
    pub values: Vec<String>,
    /// The lowest number that does: a status of HTTP.
    pub from: Option<u64>,
    /// Whether any text does, as in a field of errors.
    pub present: bool,
}

impl Failure {
    /// Whether the trimmed text of a field stands for a failure; of an object or a list its JSON.
    pub fn is_it(&self, text: &[u8]) -> bool {
        let is_among = |value: &String| value.as_bytes().eq_ignore_ascii_case(text);
        if self.values.iter().any(is_among) {
            return true;
        }
        if let Some(from) = self.from {
            // A status may have its reason beside it: `429 Too Many Requests`.
            let number = text.split(|byte| *byte == b' ').next().unwrap_or_default();
            return count(number).is_ok_and(|status| (from..=LAST_STATUS).contains(&status));
        }
        self.present && !is_nothing(text) && !is_no_error(text)
    }
}

/// Whether a text in a field of errors says that there is none.
fn is_no_error(text: &[u8]) -> bool {
    if matches!(text, [b'{' | b'[', ..])
        && let Ok(value) = serde_json::from_slice(text)
    {
        return tells_nothing(&value);
    }
    let is_number = count(text).is_ok_and(|code| matches!(code, 0 | 200..=299));
    is_number || NO_ERROR.iter().any(|one| text.eq_ignore_ascii_case(one))
}

/// Whether a value of JSON has nothing that says what went wrong: `{"code": 0, "message": null}` has not.
fn tells_nothing(value: &Value) -> bool {
    match value {
        Value::Object(fields) => fields.values().all(tells_nothing),
        Value::Array(items) => items.iter().all(tells_nothing),
        Value::String(text) => {
            let text = text.trim().as_bytes();
            is_nothing(text) || is_no_error(text)
        }
        other => {
            let text = other.to_string();
            is_nothing(text.as_bytes()) || is_no_error(text.as_bytes())
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn statuses_from_400_words_and_errors_are_failures() {
        let failure = |values: &[&str], from, present| Failure {
            values: values.iter().map(|value| (*value).to_owned()).collect(),
            from,
            present,
        };
        let status = failure(&["failure", "error"], Some(400), false);
        for text in [
            "400",
            "429",
            "500.0",
            "599",
            "FAILURE",
            "error",
            "503 Service Unavailable",
        ] {
            assert!(status.is_it(text.as_bytes()), "{text}");
        }
        for text in [
            "",
            "200",
            "399",
            "600",
            "20000",
            "success",
            "null",
            "-400",
            "fail ure",
            "stop",
            "true",
            "completed",
            "4xx",
        ] {
            assert!(!status.is_it(text.as_bytes()), "{text}");
        }
        let error = failure(&[], None, true);
        for text in [
            "ThrottlingException",
            "429",
            "{\"code\":1}",
            "{bad",
            "true",
            "1",
        ] {
            assert!(error.is_it(text.as_bytes()), "{text}");
        }
        for text in [
            "",
            "null",
            "None",
            "false",
            "{}",
            "{ }",
            "[]",
            "0",
            "200",
            "OK",
            "success",
            "No error",
            "{\"code\":null,\"message\":null}",
            "{\"code\":200,\"message\":\"\"}",
            "[{\"code\":0}]",
        ] {
            assert!(!error.is_it(text.as_bytes()), "{text}");
        }
    }
}
