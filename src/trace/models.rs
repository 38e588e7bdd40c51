//! The names of models in a log, told apart by numbers that all threads share.

use std::collections::HashMap;
use std::sync::{Arc, Mutex, PoisonError};

use super::shown;

/// The number of no name.
pub const UNNAMED: u16 = 0;

/// The most names that are told apart.
pub const MOST: usize = 1_000;

/// The number of every name beyond those.
const BEYOND: u16 = u16::MAX;

/// The names so far. Their numbers depend on which thread saw which name first, so nothing is sorted by them.
#[derive(Debug, Default)]
pub struct Models(Mutex<HashMap<Box<[u8]>, u16>>);

impl Models {
    /// The number of a name, which gets one where it has none.
    pub fn number(&self, name: &[u8]) -> u16 {
        let mut known = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(number) = known.get(name) {
            return *number;
        }
        let next = known.len().saturating_add(1);
        let next = u16::try_from(next).ok().filter(|_| next <= MOST);
        let Some(number) = next else { return BEYOND };
        known.insert(name.into(), number);
        number
    }

    /// The name with this number, as it is shown; `None` for no name.
    ///
    /// # Errors
    /// [`TooMany`] for the number of what is beyond the most names.
    pub fn name(&self, number: u16) -> Result<Option<String>, TooMany> {
        if number == BEYOND {
            return Err(TooMany);
        }
        let known = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let found = known.iter().find(|(_, known)| **known == number);
        Ok(found.map(|(name, _)| shown::model(name).into_owned()))
    }
}

/// The names that all files share, and what they are for.
#[derive(Debug, Clone, Default)]
pub struct Named {
    /// The names so far.
    pub models: Arc<Models>,
    /// Whether each model's calls are taken by its own sink.
    pub apart: bool,
}

/// More names than are told apart.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct TooMany;
