//! What is said of a recorded trace.

use std::fmt;

use super::Needs;
use crate::billing::capacity::{Capacity, SaidBy};
use crate::billing::money::Money;
use crate::billing::number::{counted, spoken, whole};
use crate::billing::recorded::{Odd, Otherwise, Pattern, Recorded, Scale};
use crate::billing::rule::Basis;

/// What to know about a quote of a trace.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum TraceNote {
    /// The tokens are those of a longer period with the same pattern.
    Scaled {
        /// How the trace is repeated in it.
        scale: Scale,
    },
    /// What the quote would be if the days of the trace were counted in another way.
    Otherwise {
        /// The other way.
        how: Otherwise,
        /// How the trace would be repeated then.
        scale: Scale,
        /// What the quote would come to; `None` where that is not known.
        total: Option<Money>,
        /// Whether the reservation was sized for the first way.
        sized: bool,
    },
    /// The term is longer than the time of which calls are priced.
    ShorterThanTerm {
        /// The minutes whose calls are priced.
        minutes: u64,
        /// Whether they are those of a load that is described, which cannot be scaled.
        of_load: bool,
    },
    /// The reservation is sized for the tokens that `percent` of 100 minutes do not exceed.
    Sized {
        /// That number of minutes.
        percent: u8,
        /// What these take of a minute.
        needs: Needs,
        /// Whether more than that is reserved, as it is sold in steps.
        rounded: bool,
    },
    /// Times without a zone.
    Zone,
    /// Minutes of which only sums are known.
    Aggregated {
        /// The number of them.
        minutes: u64,
    },
    /// Sums of more than a minute.
    LongSums {
        /// The minutes of the longest one.
        minutes: u64,
    },
    /// Times are counted from a start of their own in the unit that was given, and would be dates in another
    /// unit: the given one may be wrong.
    DoubtfulUnit {
        /// The other unit.
        unit: &'static str,
    },
    /// Rows that were left out because they cannot be read.
    Skipped {
        /// The number of them.
        rows: u64,
        /// The number of all rows, where it is known.
        of: Option<u64>,
    },
    /// Rows that filters left out.
    Filtered {
        /// The number of them.
        rows: u64,
        /// The number of all rows, where it is known.
        of: Option<u64>,
    },
    /// Rows that are of other types than calls.
    OtherRows {
        /// The number of them.
        rows: u64,
        /// The number of all rows, where it is known.
        of: Option<u64>,
    },
    /// Failed calls, which are left out.
    Failed {
        /// The number of them.
        calls: u64,
    },
    /// Rows that repeat a call and are left out.
    Repeated {
        /// The number of them.
        rows: u64,
        /// How many of them come too late to take the place of the first.
        far: u64,
    },
    /// Calls without output tokens.
    NoOutput {
        /// The number of them.
        calls: u64,
    },
    /// Rows that stand after later ones.
    OutOfOrder {
        /// The number of them.
        rows: u64,
    },
    /// Calls that do not fit.
    Overflow {
        /// The number of them.
        calls: u64,
        /// The number of all calls.
        of: u64,
        /// The number of minutes in which a call does not fit.
        minutes: u64,
        /// Whether they are refused.
        refused: bool,
        /// Whether some are above the maximum input, which no quota takes.
        above_max: bool,
        /// Whether the price of ordinary calls has tiers.
        tiers: bool,
    },
    /// Calls above the maximum input.
    AboveMax {
        /// The number of them.
        calls: u64,
    },
    /// How many replicas serve the busiest minute.
    Replicas {
        /// The number of them.
        needed: u64,
        /// The most input tokens of a minute.
        input: u64,
        /// The most output tokens of a minute.
        output: u64,
        /// What one serves.
        capacity: Capacity,
    },
    /// A log in a plan stands for fewer days than the plan states costs for.
    ShorterThanPlan {
        /// The days of the log.
        days: u64,
        /// The days of the plan.
        period: u64,
    },
}

impl TraceNote {
    /// Whether a document, a reading of it, or the person who asks says so.
    #[must_use]
    pub fn basis(&self) -> Basis {
        match self {
            Self::Scaled { .. }
            | Self::Otherwise { .. }
            | Self::Skipped { .. }
            | Self::Filtered { .. }
            | Self::OtherRows { .. }
            | Self::DoubtfulUnit { .. }
            | Self::OutOfOrder { .. }
            | Self::ShorterThanTerm { .. }
            | Self::Replicas { .. }
            | Self::ShorterThanPlan { .. } => Basis::Given,
            Self::Failed { .. }
            | Self::Repeated { .. }
            | Self::NoOutput { .. }
            | Self::Sized { .. }
            | Self::Zone
            | Self::Aggregated { .. }
            | Self::LongSums { .. }
            | Self::Overflow { .. } => Basis::Reading,
            Self::AboveMax { .. } => Basis::Literal,
        }
    }
}

impl Recorded {
    /// What was taken as given: that the trace is the pattern of a longer time, the zone or the unit of
    /// its times, minutes of which only sums are known, and rows that were left out.
    #[must_use]
    pub fn assumed(&self) -> Vec<TraceNote> {
        let mut assumed = Vec::new();
        if let Some(scale) = self.scale {
            assumed.push(TraceNote::Scaled { scale });
        }
        if self.zone_assumed {
            assumed.push(TraceNote::Zone);
        }
        if let Some(unit) = self.doubtful_unit {
            assumed.push(TraceNote::DoubtfulUnit { unit });
        }
        if self.aggregated > 0 {
            let minutes = self.aggregated;
            assumed.push(TraceNote::Aggregated { minutes });
        }
        if self.longest_sum > 1 {
            let minutes = self.longest_sum;
            assumed.push(TraceNote::LongSums { minutes });
        }
        if self.skipped > 0 {
            let rows = self.skipped;
            let of = self.rows;
            assumed.push(TraceNote::Skipped { rows, of });
        }
        if self.filtered > 0 {
            let (rows, of) = (self.filtered, self.rows);
            assumed.push(TraceNote::Filtered { rows, of });
        }
        if self.other_rows > 0 {
            let (rows, of) = (self.other_rows, self.rows);
            assumed.push(TraceNote::OtherRows { rows, of });
        }
        assumed.extend(odd(self.odd));
        assumed
    }
}

/// What is odd about the rows.
fn odd(odd: Odd) -> impl Iterator<Item = TraceNote> {
    let notes = [
        (odd.failed, TraceNote::Failed { calls: odd.failed }),
        (
            odd.repeats(),
            TraceNote::Repeated {
                rows: odd.repeats(),
                far: odd.repeated_far,
            },
        ),
        (
            odd.no_output,
            TraceNote::NoOutput {
                calls: odd.no_output,
            },
        ),
        (
            odd.out_of_order,
            TraceNote::OutOfOrder {
                rows: odd.out_of_order,
            },
        ),
    ];
    let notes = notes.into_iter().filter(|(rows, _)| *rows > 0);
    notes.map(|(_, note)| note)
}

/// The sentence about repeated calls.
fn repeated(rows: u64, far: u64) -> String {
    let text = match rows {
        1 => "1 row repeats a call".to_owned(),
        rows => format!("{} rows repeat a call", whole(rows)),
    };
    match far {
        0 => format!("{text}: the last of each counts"),
        far if far == rows => format!("{text} far before: the first of each counts"),
        far => format!(
            "{text}: the last of each counts, and the first of {} that come far after it",
            whole(far)
        ),
    }
}

/// `2 of 10 rows are`.
fn left_out(rows: u64, of: Option<u64>) -> String {
    match (rows, of) {
        (1, Some(of)) => format!("1 of {} is", counted(of, "row")),
        (_, Some(of)) => format!("{} of {} are", whole(rows), counted(of, "row")),
        (1, None) => "1 row is".to_owned(),
        (_, None) => format!("{} rows are", whole(rows)),
    }
}

/// The sentence about how a trace is repeated.
fn scaled(scale: &Scale) -> String {
    let mut text = format!("the trace covers {}, ", scale.covered());
    let what = match scale.pattern() {
        Pattern::Day if scale.days == 1 => "which is ".to_owned(),
        Pattern::Day => "which are ".to_owned(),
        Pattern::Week => format!("as {} ", scale.what()),
    };
    text.push_str(&format!("{what}{}", scale.taken()));
    match scale.uncovered() {
        0 => {}
        minutes => text.push_str(&format!(
            ": the {} of {} that it does not cover {} taken to have no call",
            whole(minutes),
            counted(scale.pattern_minutes(), "minute"),
            if minutes == 1 { "is" } else { "are" }
        )),
    }
    text
}

/// The sentence about another way to count days.
fn otherwise(how: Otherwise, scale: &Scale, total: Option<Money>, sized: bool) -> String {
    let by = match (how, scale.pattern()) {
        (Otherwise::Pattern, Pattern::Day) => "with `--pattern day`",
        (Otherwise::Pattern, Pattern::Week) => {
            "with `--pattern week`, in which weekdays that were not recorded have no call,"
        }
        (Otherwise::Blocks, _) => "counted in blocks of 24 hours from its first minute",
        (Otherwise::Kept, _) => "counted from the first to the last row that `--where` keeps",
    };
    let mut text = format!("{by} it is {} {}", scale.what(), scale.taken());
    if let Some(total) = total {
        text.push_str(&format!(": {total} in all"));
    }
    if sized {
        text.push_str(" at the same size, and another size may then cost less");
    }
    text
}

impl fmt::Display for TraceNote {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Scaled { scale } => f.write_str(&scaled(scale)),
            Self::Otherwise {
                how,
                scale,
                total,
                sized,
            } => f.write_str(&otherwise(*how, scale, *total, *sized)),
            Self::ShorterThanTerm {
                minutes,
                of_load: true,
            } => write!(
                f,
                "the term is longer than the {} of the load",
                counted(*minutes, "minute")
            ),
            Self::ShorterThanTerm { minutes, .. } => write!(
                f,
                "the term is longer than the {} of which calls are priced: `--scale-to` takes them as the pattern of more days",
                counted(*minutes, "minute")
            ),
            Self::Sized {
                percent,
                needs,
                rounded,
            } => write!(
                f,
                "sized for {}: {needs}{}",
                match percent {
                    100 => "the peak of the trace".to_owned(),
                    percent => format!(
                        "what {percent} of 100 minutes do not exceed{}",
                        needs.on_each()
                    ),
                },
                if *rounded {
                    ", rounded up to the purchase steps"
                } else {
                    ""
                }
            ),
            Self::Zone => f.write_str("times without a zone are taken as UTC+8"),
            Self::Aggregated { minutes } => write!(
                f,
                "{} known by their sums only, which is less exact than calls: their average call picks the tier, and as many whole ones fit as the quota takes",
                match minutes {
                    1 => "1 minute is".to_owned(),
                    minutes => format!("{} minutes are", whole(*minutes)),
                }
            ),
            Self::LongSums { minutes } => write!(
                f,
                "sums of up to {} are taken as of their first minute: what a minute takes, and when, is not known",
                counted(*minutes, "minute")
            ),
            Self::DoubtfulUnit { unit } => write!(
                f,
                "times are counted from a start of their own in the unit of `--time-unit`: in {unit} they would be dates"
            ),
            Self::Skipped { rows, of } => {
                write!(f, "{} left out that cannot be read", left_out(*rows, *of))
            }
            Self::Filtered { rows, of } => {
                write!(f, "{} left out by `--where`", left_out(*rows, *of))
            }
            Self::OtherRows { rows, of } => {
                let types = if *rows == 1 {
                    "no call, but of another type"
                } else {
                    "no calls, but of other types"
                };
                write!(f, "{} {types}", left_out(*rows, *of))
            }
            Self::Failed { calls: 1 } => f.write_str("1 failed call is not billed"),
            Self::Failed { calls } => write!(f, "{} failed calls are not billed", whole(*calls)),
            Self::Repeated { rows, far } => f.write_str(&repeated(*rows, *far)),
            Self::NoOutput { calls: 1 } => {
                f.write_str("1 call has no output tokens, which are taken as 0")
            }
            Self::NoOutput { calls } => write!(
                f,
                "{} calls have no output tokens, which are taken as 0",
                whole(*calls)
            ),
            Self::OutOfOrder { rows: 1 } => {
                f.write_str("1 row stands after a later one, and is put in order of time")
            }
            Self::OutOfOrder { rows } => write!(
                f,
                "{} rows stand after later ones, and are put in order of time",
                whole(*rows)
            ),
            Self::Overflow {
                calls,
                of,
                minutes,
                refused,
                above_max,
                tiers,
            } => write!(
                f,
                "{} of {}, in {}, {} what is left of {} minute{}: {}",
                whole(*calls),
                counted(*of, "call"),
                counted(*minutes, "minute"),
                if *calls == 1 {
                    "does not fit"
                } else {
                    "do not fit"
                },
                if *calls == 1 { "its" } else { "their" },
                match (above_max, calls) {
                    (false, _) => "",
                    (true, 1) => ", or is above the maximum input",
                    (true, _) => ", or are above the maximum input",
                },
                match (calls, refused, tiers) {
                    (1, true, _) => "it is refused (429) and costs nothing",
                    (_, true, _) => "they are refused (429) and cost nothing",
                    (1, false, true) => "it is billed as an ordinary call, in the tier of its size",
                    (_, false, true) =>
                        "they are billed as ordinary calls, each in the tier of its size",
                    (1, false, false) => "it is billed as an ordinary call",
                    (_, false, false) => "they are billed as ordinary calls",
                }
            ),
            Self::AboveMax { calls } => write!(
                f,
                "{} above the maximum input, which no reservation takes",
                match calls {
                    1 => "1 call is".to_owned(),
                    calls => format!("{} calls are", whole(*calls)),
                }
            ),
            Self::Replicas {
                needed,
                input,
                output,
                capacity,
            } => write!(
                f,
                "the busiest minute of each side has {} and {}: {} of {} serve them at {} / {} TPM each, as {} says",
                counted(*input, "input token"),
                counted(*output, "output token"),
                counted(*needed, "replica"),
                capacity.spec,
                spoken(capacity.input_tpm),
                spoken(capacity.output_tpm),
                match capacity.said_by {
                    SaidBy::Person => "`replica_capacity`",
                    SaidBy::Catalog => "the catalog",
                }
            ),
            Self::ShorterThanPlan { days, period } => write!(
                f,
                "the log covers {}, and the plan states costs for {}: `scale_to = {period}` takes it as the pattern of all of them",
                counted(*days, "day"),
                counted(*period, "day")
            ),
        }
    }
}
