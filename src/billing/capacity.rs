//! What one replica of a specification serves. No provider publishes it: someone has measured it.

use super::number::parse_count;
use super::spec::Spec;

/// Tokens per minute that one replica of a specification serves.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Capacity {
    /// The specification of the replica.
    pub spec: Spec,
    /// Input tokens per minute, at least 1.
    pub input_tpm: u64,
    /// Output tokens per minute, at least 1.
    pub output_tpm: u64,
    /// Who says that a replica serves this much.
    pub said_by: SaidBy,
}

/// Who said what a replica serves.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum SaidBy {
    /// A flag, or a key of a plan.
    Person,
    /// A model of the catalog.
    Catalog,
}

impl Capacity {
    /// Reads `MU1x8=300k/60k`.
    ///
    /// # Errors
    /// A sentence that says what is wrong with the text.
    pub fn parse(text: &str, said_by: SaidBy) -> Result<Self, String> {
        let wrong = || {
            "it is not a specification with input and output TPM such as `MU1x8=300k/60k`"
                .to_owned()
        };
        let (spec, rest) = text.split_once('=').ok_or_else(wrong)?;
        let (input, output) = rest.split_once('/').ok_or_else(wrong)?;
        let tpm = |text: &str| match parse_count(text) {
            Ok(0) => Err("must be at least 1".to_owned()),
            Ok(count) => Ok(count),
            Err(error) => Err(format!("it is {error}")),
        };
        Ok(Self {
            spec: Spec::parse(spec).ok_or_else(wrong)?,
            input_tpm: tpm(input)?,
            output_tpm: tpm(output)?,
            said_by,
        })
    }
}
