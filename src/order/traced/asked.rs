//! An order that a trace is replayed for.

use super::{TracedPtu, TracedTokens};
use crate::catalog::Model;

/// An order by any method that a trace is replayed for.
#[derive(Debug, Clone)]
pub enum TracedOrder {
    /// A reservation, with what does not fit it.
    Ptu(TracedPtu),
    /// Tokens.
    Tokens(TracedTokens),
}

/// An order of one model.
#[derive(Debug, Clone)]
pub struct Asked<'a> {
    /// The model.
    pub model: &'a Model,
    /// The order.
    pub order: TracedOrder,
}
