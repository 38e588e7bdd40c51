//! `--max-cost`, in the currency of the total that it is held against.

use super::failure::Failure;
use super::global::Globals;
use crate::billing::amount::Amount;
use crate::billing::error::QuoteError;
use crate::billing::fx::Fx;
use crate::billing::money::Currency;
use crate::order::missing_rate;

/// The limit for a total in a currency: as it was given, or converted at one of the rates.
///
/// # Errors
/// [`Failure::Usage`] where it is in another currency, and no rate is from that to the total's.
pub fn max_cost_in(
    total: Currency,
    globals: &Globals,
    rates: &[Fx],
) -> Result<Option<Amount>, Failure> {
    let Some(amount) = globals.max_cost else {
        return Ok(None);
    };
    let converted = amount.converted(total, rates).map_err(QuoteError::from)?;
    match (converted, amount.other_than(total)) {
        (None, Some(said)) => Err(Failure::usage(
            format!("`--max-cost` is in {said}, and the total is in {total}"),
            format!(
                "write it in {total}, or say what 1 {said} is in {total}: {}",
                missing_rate(said, total)
            ),
        )),
        (converted, _) => Ok(converted),
    }
}
