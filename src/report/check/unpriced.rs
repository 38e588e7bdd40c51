//! The document of a plan that cannot be priced, so that its comment does not keep an older verdict.

use crate::report::document::{Body, Depth, Document};

use super::document::marked;

/// The plan's name, and all errors in it.
#[must_use]
pub fn unpriced(file: &str, problems: Vec<String>) -> Document {
    let answer = vec![
        format!("{file} cannot be priced, so no budget is held"),
        "What has to be mended:".to_owned(),
    ];
    let mut document = marked(Document::new(Depth::Answer, answer), file);
    document.alarm = true;
    document.part("", Body::list(problems));
    document
}
