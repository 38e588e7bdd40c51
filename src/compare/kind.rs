//! The ways to serve a workload, by the names that flags and JSON have for them.

/// A way to serve the workload.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Kind {
    /// Provisioned throughput by the hour.
    PtuHourly,
    /// Provisioned throughput by the day.
    PtuDaily,
    /// Provisioned throughput by the month, where someone sells it so.
    PtuMonthly,
    /// Model units by the minute.
    MuHourly,
    /// Model units by the month.
    MuMonthly,
    /// Fine-tuned tokens.
    FineTuned,
    /// Ordinary calls.
    Standard,
}

impl Kind {
    /// Every kind, in the order of the documents.
    pub const ALL: &[Self] = &[
        Self::PtuHourly,
        Self::PtuDaily,
        Self::PtuMonthly,
        Self::MuHourly,
        Self::MuMonthly,
        Self::FineTuned,
        Self::Standard,
    ];

    /// The name in flags and JSON.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::PtuHourly => "ptu-hourly",
            Self::PtuDaily => "ptu-daily",
            Self::PtuMonthly => "ptu-monthly",
            Self::MuHourly => "mu-hourly",
            Self::MuMonthly => "mu-monthly",
            Self::FineTuned => "fine-tuned",
            Self::Standard => "standard",
        }
    }

    /// The billing method that it is a form of.
    #[must_use]
    pub fn method(self) -> &'static str {
        match self {
            Self::PtuHourly | Self::PtuDaily | Self::PtuMonthly => "PTU",
            Self::MuHourly | Self::MuMonthly => "model units",
            Self::FineTuned => "fine-tuned tokens",
            Self::Standard => "ordinary calls",
        }
    }
}
