//! What is odd about the rows of a log, in numbers.

use crate::billing::exact::TooLarge;
use crate::billing::number::whole;

/// Rows that are not billed although they can be read, or that are read in another way than they stand there.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Odd {
    /// Failed calls, which are not billed.
    pub failed: u64,
    /// Rows of calls that a later row has too: that one counts.
    pub repeated: u64,
    /// Rows of calls that a row far before has too: that one counts.
    pub repeated_far: u64,
    /// Calls without output tokens, which are taken to be none.
    pub no_output: u64,
    /// Rows that stand after a row of a later time.
    pub out_of_order: u64,
}

impl Odd {
    /// What is odd about rows that count: calls without output, rows out of order.
    #[must_use]
    pub fn said(self) -> Vec<String> {
        let mut said = Vec::new();
        match self.no_output {
            0 => {}
            1 => said.push("1 call has no output tokens, which are taken as 0".to_owned()),
            calls => said.push(format!(
                "{} calls have no output tokens, which are taken as 0",
                whole(calls)
            )),
        }
        match self.out_of_order {
            0 => {}
            1 => {
                said.push("1 row stands after a later one, and is put in order of time".to_owned())
            }
            rows => said.push(format!(
                "{} rows stand after later ones, and are put in order of time",
                whole(rows)
            )),
        }
        said
    }

    /// Those of several files together.
    ///
    /// # Errors
    /// [`TooLarge`] when a number does not fit 64 bits.
    pub fn plus(self, other: Self) -> Result<Self, TooLarge> {
        let sum = |a: u64, b: u64| a.checked_add(b).ok_or(TooLarge);
        Ok(Self {
            failed: sum(self.failed, other.failed)?,
            repeated: sum(self.repeated, other.repeated)?,
            repeated_far: sum(self.repeated_far, other.repeated_far)?,
            no_output: sum(self.no_output, other.no_output)?,
            out_of_order: sum(self.out_of_order, other.out_of_order)?,
        })
    }

    /// All rows that repeat a call.
    #[must_use]
    pub fn repeats(self) -> u64 {
        self.repeated.saturating_add(self.repeated_far)
    }
}
