//! Which texts name a request, and their hashes.

use std::hash::{DefaultHasher, Hasher};

use super::nothing::is_nothing;

/// Texts that loggers write in place of an id.
const NONE: [&[u8]; 12] = [
    b"0",
    b"0.0",
    b"-1",
    b"unknown",
    b"n/a",
    b"undefined",
    b"redacted",
    b"true",
    b"false",
    b"{}",
    b"[]",
    b"00000000-0000-0000-0000-000000000000",
];

/// How ids of responses begin.
const RESPONSES: [&[u8]; 4] = [b"chatcmpl-", b"cmpl-", b"resp_", b"msg_"];

/// Digits of a number that is drawn or has a time in it, and so is one of all files. Shorter numbers begin anew in
/// each file.
const LONG: usize = 15;

/// Whether a text names a request.
pub fn is_id(text: &[u8]) -> bool {
    !is_nothing(text) && !NONE.iter().any(|none| text.eq_ignore_ascii_case(none))
}

/// Whether a text is written as the id of a response.
pub fn is_of_response(text: &[u8]) -> bool {
    RESPONSES.iter().any(|start| text.starts_with(start))
}

/// The hash of a request, never 0: of its id, its model and its input tokens. One request may lead to several calls,
/// which are all billed: of other models, or the steps of an agent, whose input grows. A row that repeats a call has the
/// same input. Of an id that is a short number it is also that of its `file`.
///
/// It is the SipHash of the standard library with fixed keys, so that all threads agree. A call is compared with fewer
/// than a million others, so that in a log of 50 million calls two of them have one hash with odds of 1 in 400,000.
pub fn hash(id: &[u8], model: Option<&[u8]>, input: u64, file: &str) -> u64 {
    let mut hasher = DefaultHasher::new();
    hasher.write_u64(input);
    hasher.write(id);
    // No byte of UTF-8 text is this one.
    hasher.write_u8(0xff);
    hasher.write(model.unwrap_or_default());
    if id.len() < LONG && id.iter().all(u8::is_ascii_digit) {
        hasher.write_u8(0xff);
        hasher.write(file.as_bytes());
    }
    hasher.finish().max(1)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn placeholders_name_no_request() {
        for text in [
            "", "null", "None", "0", "unknown", "N/A", "-", "REDACTED", "-1",
        ] {
            assert!(!is_id(text.as_bytes()), "{text}");
        }
        for text in ["1", "msg_1", "a7", "00000000-0000-0000-0000-000000000001"] {
            assert!(is_id(text.as_bytes()), "{text}");
        }
    }

    #[test]
    fn ids_of_responses_are_told_by_their_start() {
        for text in ["chatcmpl-1", "cmpl-2", "resp_3", "msg_4"] {
            assert!(is_of_response(text.as_bytes()), "{text}");
        }
        for text in ["1", "alice", "msg4", "user_msg_1", "", "4f9c1a"] {
            assert!(!is_of_response(text.as_bytes()), "{text}");
        }
    }

    #[test]
    fn a_request_is_its_id_its_model_and_its_input_and_of_short_numbers_its_file() {
        let of = |id: &str, model: Option<&str>, file| {
            hash(id.as_bytes(), model.map(str::as_bytes), 10, file)
        };
        assert_ne!(hash(b"a", None, 1, "one"), hash(b"a", None, 2, "one"));
        assert_eq!(of("a", None, "one"), of("a", None, "two"));
        assert_ne!(of("a", None, "one"), of("b", None, "one"));
        assert_ne!(of("a", Some("m"), "one"), of("a", Some("n"), "one"));
        assert_ne!(of("ab", Some("c"), "one"), of("a", Some("bc"), "one"));
        assert_eq!(of("7", None, "one"), of("7", None, "one"));
        assert_ne!(of("7", None, "one"), of("7", None, "two"));
        let long = "1780279200123456789";
        assert_eq!(of(long, None, "one"), of(long, None, "two"));
    }
}
