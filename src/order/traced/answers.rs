//! What comes of reading a trace: its sums, and the quotes for it.

use super::pattern::Taken;
use super::stage::Minutes;
use super::summary;
use crate::billing::quote::Quote;
use crate::billing::recorded::Recorded;
use crate::order::OrderError;
use crate::replay::Reading;

/// The sums of a trace, and the quotes for it.
#[derive(Debug)]
pub struct Answers {
    /// A quote for each order, in their order.
    pub quotes: Vec<Result<Quote, OrderError>>,
    pub(super) reading: Reading,
    pub(super) minutes: Minutes,
    pub(super) taken: Taken,
}

impl Answers {
    /// The trace, whatever is ordered for it: which of its calls are too large is a matter of the
    /// model. Other models are those that are not `quoted`.
    ///
    /// # Errors
    /// [`OrderError`] when a number does not fit.
    pub fn recorded(&self, quoted: &str) -> Result<Recorded, OrderError> {
        let mut recorded = summary::recorded(&self.reading, self.minutes.any(), quoted)?;
        recorded.above_max = 0;
        recorded.scale = self.taken.scale;
        Ok(recorded)
    }
}
