//! What is done with each value of a line of JSON that has the layout of one before it.

use crate::trace::plan::Node;

/// What is done with a value. It reads as [`QuickJson::value`] does, or nothing.
#[derive(Debug, Clone, Copy)]
pub(super) enum Step<'p> {
    /// A time, within its quotes.
    TimeText,
    /// A time that is a number.
    Time,
    Input,
    Output,
    Skip,
    Other(&'p Node),
}
