//! Calls held against what is left of a minute one by one, where that is all there is to know of each: no call is in
//! a later tier, above the maximum input or with tokens of a cache. What overflows is what the others leave.

use std::hint::select_unpredictable;

use super::Call;
use crate::billing::meter::PerMeter;

/// What is left after a run of calls, and how many of these fit. `None` where more is left before than 63 bits hold.
pub(super) fn admit(left: PerMeter<u64>, run: &[Call]) -> Option<(PerMeter<u64>, u64)> {
    let [mut input, mut output] = as_signed(left)?;
    let mut fits = 0_u64;
    for call in run {
        // Below 0 where it does not fit. What is left is what the next call waits for, so there is little to do to it,
        // and no branch, as it is hard to foresee.
        let rest = input.wrapping_sub(call.input.into());
        let other = output.wrapping_sub(call.output.into());
        let overflows = (rest | other) < 0;
        input = select_unpredictable(overflows, input, rest);
        output = select_unpredictable(overflows, output, other);
        fits = fits.wrapping_add(u64::from(!overflows));
    }
    Some(([input, output].map(i64::unsigned_abs), fits))
}

fn as_signed([input, output]: PerMeter<u64>) -> Option<PerMeter<i64>> {
    Some([i64::try_from(input).ok()?, i64::try_from(output).ok()?])
}
