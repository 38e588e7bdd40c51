//! Text that is not UTF-8, told from what is no text.

/// Whether a line that cannot be a header is one in another encoding: UTF-16 with its mark, or columns
/// of letters that are not UTF-8.
pub fn is_other_encoding(line: &[u8]) -> bool {
    let is_utf16 = line.starts_with(b"\xff\xfe") || line.starts_with(b"\xfe\xff");
    let is_printed = |byte: &u8| *byte >= b' ' || byte.is_ascii_whitespace();
    let has_columns = line.iter().any(|byte| matches!(byte, b',' | b';' | b'\t'));
    let is_letters = std::str::from_utf8(line).is_err() && line.iter().all(is_printed);
    is_utf16 || (has_columns && is_letters)
}
