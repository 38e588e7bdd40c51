//! A quarter of an hour of a trace.

/// The calls and tokens of a quarter of an hour.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Quarter {
    /// Which one it is, counted from the Unix epoch, or from time 0 of a trace whose times are not dates.
    pub number: i64,
    /// Its calls.
    pub calls: u64,
    /// Their input tokens.
    pub input: u64,
    /// Their output tokens.
    pub output: u64,
}

impl Quarter {
    /// Its minutes.
    pub const MINUTES: i64 = 15;
}
