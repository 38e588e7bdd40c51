//! Which texts of a status stand for a failed call.

use super::is_nothing;
use crate::trace::count::count;

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
        if let Some(from) = self.from
            && count(text).is_ok_and(|status| status >= from)
        {
            return true;
        }
        self.present && !is_nothing(text) && !matches!(text, b"false" | b"0" | b"{}" | b"[]")
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
        for text in ["400", "429", "500.0", "FAILURE", "error"] {
            assert!(status.is_it(text.as_bytes()), "{text}");
        }
        for text in ["", "200", "399", "success", "null", "-400", "fail ure"] {
            assert!(!status.is_it(text.as_bytes()), "{text}");
        }
        let error = failure(&[], None, true);
        for text in ["ThrottlingException", "429", "{\"code\":1}", "true"] {
            assert!(error.is_it(text.as_bytes()), "{text}");
        }
        for text in ["", "null", "None", "false", "{}", "[]", "0"] {
            assert!(!error.is_it(text.as_bytes()), "{text}");
        }
    }
}
