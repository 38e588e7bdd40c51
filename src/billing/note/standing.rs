//! Which notes say the same of every quote of a method.

use super::savings::Said;
use super::{FundingNote, Note, ReservedNote, SavingsNote, UnitsNote};

impl Note {
    /// Whether it always holds of the method, whatever is asked for: so it is said shortly, and in full
    /// where details are asked for.
    #[must_use]
    pub fn is_standing(&self) -> bool {
        match self.plain() {
            Self::Sale(note) => return note.is_standing(),
            Self::Says(note) => return note.always,
            _ => {}
        }
        matches!(
            self.plain(),
            Self::PtuPriceUnit
                | Self::OverdueBlocks
                | Self::OverdueStops
                | Self::Reserved {
                    what: ReservedNote::OverflowLimits | ReservedNote::Units(UnitsNote::Weights(_)),
                    ..
                }
                | Self::Region { .. }
                | Self::Update
                | Self::TokenService
                | Self::EarlyEnd(_)
                | Self::Grace { .. }
                | Self::OrderDay
                | Self::Bundle
                | Self::CountOne(_)
                | Self::FirstCome
                | Self::FineTunedOnly
                | Self::Savings(SavingsNote {
                    what: Said::Scope { .. },
                    ..
                })
                | Self::Funding {
                    what: FundingNote::FreeCache
                        | FundingNote::FreeMix
                        | FundingNote::ShownAfter(_)
                        | FundingNote::NoNotice
                        | FundingNote::Notices { .. },
                    ..
                }
                | Self::Sizing(_)
                | Self::MonthOfThirtyDays
                | Self::QuarterOf90Days
                | Self::YearOf365Days
        )
    }
}
