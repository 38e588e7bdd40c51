//! What a log tells of its calls beside tokens: their model, how much of the output is reasoning, and the mode.
//! Nothing is priced by it, so a quote says how many calls it concerns. Three things decide whether a row is a call:
//! whether it failed, which request it is, and whether it may be without output.
//!
//! | file | what it has |
//! |---|---|
//! | `failure` | which texts of a status stand for a failed call |
//! | `id` | which texts name a request, and their hashes |
//! | `left_out` | what repeated calls say, which is taken back |
//! | `nothing` | which texts stand for no value |
//! | `of_name` | what the calls of one model say, added up |
//! | `row` | what the fields of one row say |
//! | `tally` | the calls of a block, and of all blocks, by what they say |

mod failure;
mod id;
mod left_out;
mod nothing;
mod of_name;
mod row;
mod tally;

use std::borrow::Cow;

pub use failure::Failure;
pub use id::hash;
pub use left_out::LeftOut;
pub use nothing::is_nothing;
pub use row::{MarksOfRow, has_failed, is_name};
pub use tally::{Marks, MarksOfBlock};

/// What a field tells of a call.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Mark {
    /// The model that it was made to.
    Model,
    /// Input tokens that were read from a cache or written to one. How many they are is a number of the call itself.
    Cached,
    /// Output tokens of reasoning.
    Reasoning,
    /// Whether the model thinks.
    Switch,
    /// A mode, of which only those of thinking are looked at.
    Mode,
    /// The list of the hashes of its blocks of input.
    Hashes,
    /// The request or the message that it is.
    Id,
    /// When a sum ends.
    End,
    /// The same, where the text is written as the id of a response: else it may number rows, or be anything.
    LikelyId,
    /// Whether it failed.
    Failure(&'static Failure),
    /// The kind of call, of which only those without output are looked at.
    Kind,
}

impl Mark {
    /// Whether a list or an object tells it too, by its JSON.
    pub fn takes_lists(self) -> bool {
        matches!(self, Self::Hashes | Self::Failure(_))
    }

    /// Whether it says that a call failed.
    pub fn is_failure(self) -> bool {
        matches!(self, Self::Failure(_))
    }
}

/// The trimmed texts of a row's fields that tell something.
pub type MarkedTexts<'a> = Vec<(Marked, Cow<'a, [u8]>)>;

/// What a field tells, and its rank among the fields that tell the same: the first that has a text counts.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Marked {
    /// What it tells.
    pub mark: Mark,
    /// Its rank, from 0.
    pub rank: u8,
}
