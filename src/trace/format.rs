//! How times are written: the units of numbers, and the formats of a file.

/// A second, in nanoseconds.
pub const SECOND: i64 = 1_000_000_000;

/// A minute, in nanoseconds.
pub const MINUTE: i64 = 60 * SECOND;

/// The unit of a Unix time.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum TimeUnit {
    /// Seconds.
    Seconds,
    /// Thousandths of a second.
    Milliseconds,
    /// Millionths of a second.
    Microseconds,
    /// Billionths of a second.
    Nanoseconds,
}

impl TimeUnit {
    /// Every unit, largest first.
    pub const ALL: [Self; 4] = [
        Self::Seconds,
        Self::Milliseconds,
        Self::Microseconds,
        Self::Nanoseconds,
    ];

    /// The unit with this name.
    #[must_use]
    pub fn named(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|unit| unit.name() == name)
    }

    /// Its name in sentences.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Seconds => "seconds",
            Self::Milliseconds => "milliseconds",
            Self::Microseconds => "microseconds",
            Self::Nanoseconds => "nanoseconds",
        }
    }

    /// How many of the unit make a second.
    pub(super) fn per_second(self) -> i64 {
        match self {
            Self::Seconds => 1,
            Self::Milliseconds => 1_000,
            Self::Microseconds => 1_000_000,
            Self::Nanoseconds => 1_000_000_000,
        }
    }
}

/// How a file writes its times. All its rows write them alike.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum TimeFormat {
    /// `2023-11-16T18:17:03.9799600+08:00`, or with a space, or without a zone.
    DateTime {
        /// Whether it has a zone; a time without one is taken as UTC+8.
        zone: bool,
    },
    /// The same without a zone, of a log whose times are UTC.
    Utc,
    /// Time since 1970-01-01T00:00Z, or since the start of the trace.
    Unix(TimeUnit),
}

impl TimeFormat {
    /// Every format.
    pub const ALL: &[Self] = &[
        Self::DateTime { zone: true },
        Self::DateTime { zone: false },
        Self::Utc,
        Self::Unix(TimeUnit::Seconds),
        Self::Unix(TimeUnit::Milliseconds),
        Self::Unix(TimeUnit::Microseconds),
        Self::Unix(TimeUnit::Nanoseconds),
    ];

    /// The same text as one of [`TimeFormat::words`]; `None` where it is none of them.
    #[must_use]
    pub fn known_words(words: &str) -> Option<&'static str> {
        let mut all = Self::ALL
            .iter()
            .flat_map(|format| [false, true].map(|relative| format.words(relative)));
        all.find(|known| *known == words)
    }

    /// Whether times are written as dates.
    pub(super) fn is_date(self) -> bool {
        matches!(self, Self::DateTime { .. } | Self::Utc)
    }

    /// What is said of a file's times: their name, but of numbers that are counted from a start of
    /// their own.
    #[must_use]
    pub fn words(self, relative: bool) -> &'static str {
        match self {
            Self::Unix(unit) if relative => match unit {
                TimeUnit::Seconds => "seconds from a start of its own",
                TimeUnit::Milliseconds => "milliseconds from a start of its own",
                TimeUnit::Microseconds => "microseconds from a start of its own",
                TimeUnit::Nanoseconds => "nanoseconds from a start of its own",
            },
            _ => self.name(),
        }
    }

    /// Its name in sentences.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::DateTime { zone: true } => "dates and times with a zone",
            Self::DateTime { zone: false } => "dates and times without a zone",
            Self::Utc => "dates and times without a zone, in UTC",
            Self::Unix(TimeUnit::Seconds) => "Unix seconds",
            Self::Unix(TimeUnit::Milliseconds) => "Unix milliseconds",
            Self::Unix(TimeUnit::Microseconds) => "Unix microseconds",
            Self::Unix(TimeUnit::Nanoseconds) => "Unix nanoseconds",
        }
    }
}

/// Why a text is not a time of its file.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum TimeProblem {
    /// It is no time at all.
    NotATime,
    /// It is a time in another format than the first one.
    Other(TimeFormat),
    /// It lies outside the years 2000 to 2100, if it is in the format of the first one.
    OutOfYears(TimeFormat),
    /// An aggregate that does not begin with its minute.
    WithinMinute,
}
