//! Which notes say the same of every quote of a method.

use super::Note;

impl Note {
    /// Whether it always holds of the method, whatever is asked for: so it is said shortly, and in full
    /// where details are asked for.
    #[must_use]
    pub fn is_standing(&self) -> bool {
        matches!(
            self.plain(),
            Self::PtuPriceUnit
                | Self::OverdueBlocks
                | Self::OverdueStops
                | Self::OverflowLimits
                | Self::Region(_)
                | Self::Update
                | Self::TokenService
                | Self::EarlyEnd(_)
                | Self::Grace { .. }
                | Self::OrderDay
                | Self::Bundle
                | Self::CountOne(_)
                | Self::FirstCome
                | Self::FineTunedOnly
                | Self::FreeCache
                | Self::FreeMix
                | Self::ShownAfter(_)
                | Self::NoNotice
                | Self::Notices { .. }
                | Self::MonthOfThirtyDays
        )
    }
}
