//! The mode that is priced, on days on which a model may have priced others apart.

use chrono::NaiveDate;

use super::AsOf;
use crate::billing::mode::Mode;
use crate::catalog::{LookupError, Model};

/// A mode that was asked for, once it is known that the model has it.
#[derive(Debug, Clone, Copy)]
pub(super) struct ModeAsked(Option<Mode>);

impl ModeAsked {
    /// `any` is whether a model that prices no mode apart has its price for this one, too.
    ///
    /// # Errors
    /// [`LookupError::NoMode`] of a model that has the mode on no day.
    pub fn of<P>(
        asked: Option<Mode>,
        any: bool,
        model: &Model,
        as_of: AsOf,
        price: impl Fn(Option<Mode>, NaiveDate) -> Result<P, LookupError>,
    ) -> Result<Self, LookupError> {
        if asked.is_some() && !any {
            let found = price(asked, as_of.date);
            let days = model.price_days();
            let mut others = days.iter().map(|day| price(asked, *day));
            let is_given = as_of.given || !others.any(|found| found.is_ok());
            if let Err(error @ LookupError::NoMode { .. }) = found
                && is_given
            {
                return Err(error);
            }
        }
        Ok(Self(asked))
    }

    /// The prices of a day: where no mode was priced apart on it, those that held for every mode.
    pub fn price<P>(
        self,
        day: NaiveDate,
        of: impl Fn(Option<Mode>, NaiveDate) -> Result<P, LookupError>,
    ) -> Result<P, LookupError> {
        match of(self.0, day) {
            Err(LookupError::NoMode { has, .. }) if has.is_empty() => of(None, day),
            found => found,
        }
    }
}
