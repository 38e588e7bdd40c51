//! The ways to serve a workload, by the names that flags and JSON have for them.

use crate::billing::ptu::Fixed;
use crate::billing::speed::Speed;

/// A way to serve the workload.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Kind {
    /// Provisioned throughput by the hour.
    PtuHourly,
    /// Provisioned throughput by the day.
    PtuDaily,
    /// Provisioned throughput by the month, where someone sells it so.
    PtuMonthly,
    /// Provisioned throughput in blocks of 8 hours, where someone sells it so.
    PtuBlock,
    /// Provisioned throughput by the week, where someone sells it so.
    PtuWeekly,
    /// Provisioned throughput by three months, where someone sells it so.
    PtuQuarterly,
    /// Provisioned throughput by the year, where someone sells it so.
    PtuYearly,
    /// A throughput reservation of standard speed by the day.
    ReservationDaily,
    /// A throughput reservation of standard speed in blocks of 8 hours, one an evening.
    ReservationBlock,
    /// Model units by the minute.
    MuHourly,
    /// Model units by the month.
    MuMonthly,
    /// Dedicated throughput units by the month, where someone sells them.
    DtuMonthly,
    /// Fine-tuned tokens.
    FineTuned,
    /// Ordinary calls.
    Standard,
    /// Ordinary calls with a savings plan.
    SavingsPlan,
}

impl Kind {
    /// The fixed term of a reservation, where it is one.
    #[must_use]
    pub fn fixed(self) -> Option<Fixed> {
        match self {
            Self::PtuBlock | Self::ReservationBlock => Some(Fixed::Block),
            Self::PtuWeekly => Some(Fixed::Week),
            Self::PtuQuarterly => Some(Fixed::Quarter),
            Self::PtuYearly => Some(Fixed::Year),
            _ => None,
        }
    }

    /// Which throughput reservation it is, where it is one.
    #[must_use]
    pub fn speed(self) -> Option<Speed> {
        match self {
            Self::ReservationDaily | Self::ReservationBlock => Some(Speed::Standard),
            _ => None,
        }
    }

    /// Every kind, in the order of the documents.
    pub const ALL: &[Self] = &[
        Self::PtuHourly,
        Self::PtuDaily,
        Self::PtuMonthly,
        Self::PtuBlock,
        Self::PtuWeekly,
        Self::PtuQuarterly,
        Self::PtuYearly,
        Self::ReservationDaily,
        Self::ReservationBlock,
        Self::MuHourly,
        Self::MuMonthly,
        Self::DtuMonthly,
        Self::FineTuned,
        Self::Standard,
        Self::SavingsPlan,
    ];

    /// The name in flags and JSON.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::PtuHourly => "ptu-hourly",
            Self::PtuDaily => "ptu-daily",
            Self::PtuMonthly => "ptu-monthly",
            Self::PtuBlock => "ptu-8h",
            Self::PtuWeekly => "ptu-weekly",
            Self::PtuQuarterly => "ptu-quarterly",
            Self::PtuYearly => "ptu-yearly",
            Self::ReservationDaily => "reservation-daily",
            Self::ReservationBlock => "reservation-8h",
            Self::MuHourly => "mu-hourly",
            Self::MuMonthly => "mu-monthly",
            Self::DtuMonthly => "dtu-monthly",
            Self::FineTuned => "fine-tuned",
            Self::Standard => "standard",
            Self::SavingsPlan => "savings-plan",
        }
    }

    /// The billing method that it is a form of.
    #[must_use]
    pub fn method(self) -> &'static str {
        match self {
            Self::PtuHourly
            | Self::PtuDaily
            | Self::PtuMonthly
            | Self::PtuBlock
            | Self::PtuWeekly
            | Self::PtuQuarterly
            | Self::PtuYearly => "PTU",
            Self::ReservationDaily | Self::ReservationBlock => "throughput reservation",
            Self::MuHourly | Self::MuMonthly => "model units",
            Self::DtuMonthly => "dedicated throughput units",
            Self::FineTuned => "fine-tuned tokens",
            Self::Standard | Self::SavingsPlan => "ordinary calls",
        }
    }
}
