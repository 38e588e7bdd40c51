//! The next row of a block in the well-kept parsers.

use std::borrow::Cow;

use super::csv::{Records, line_length, window};
use super::json;
use super::marks::MarkedTexts;
use super::plan::{Layout, Plan};
use super::reason::Reason;
use super::row::{Picked, Texts};

/// What a line holds.
#[derive(Debug)]
pub enum Found<'a> {
    /// Nothing but white space.
    Blank,
    /// A row, and what it says beside its time and its tokens.
    Row(Texts<'a>, MarkedTexts<'a>),
    /// A row that a filter leaves out, and the text of its time.
    Filtered(Option<Cow<'a, [u8]>>),
    /// A row that cannot be read.
    Bad(Reason),
}

/// Finds the row at the start of `bytes`, which end with a newline, and says how many bytes it has.
pub fn next<'a>(records: &'a mut Records, bytes: &'a [u8], plan: &Plan) -> (Found<'a>, usize) {
    let length = line_length(bytes);
    let line = bytes.get(..length).unwrap_or_default();
    if line.len() > plan.tuning.max_line.saturating_add(1) {
        return (Found::Bad(Reason::TooLong(plan.tuning.max_line)), length);
    }
    if line.trim_ascii().is_empty() {
        return (Found::Blank, length);
    }
    let (texts, length) = match &plan.layout {
        Layout::Json(root) => {
            let texts = json::texts(line.trim_ascii_end(), root, &plan.filters);
            (texts, length)
        }
        Layout::Csv(uses) => {
            match records.read(plan.separator, window(bytes, plan.tuning.max_line)) {
                None => (Err(Reason::OpenQuote), length),
                Some(record) => (records.texts(record, uses, &plan.filters), record.bytes),
            }
        }
    };
    let found = match texts {
        Ok(Picked::Row(texts, told)) => Found::Row(texts, told),
        Ok(Picked::Filtered(time)) => Found::Filtered(time),
        Err(reason) => Found::Bad(reason),
    };
    (found, length)
}
