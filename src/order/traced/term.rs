//! For how long a reservation for a trace is paid.

use chrono::Timelike;

use super::pattern::Taken;
use super::reading::DAY;
use super::summary::moment;
use crate::billing::calendar::{ExpiryRules, Moment, months_after};
use crate::billing::error::QuoteError;
use crate::billing::exact;
use crate::billing::ptu::{Fixed, Length, Period};
use crate::billing::recorded::Recorded;
use crate::billing::speed::BlockRules;
use crate::billing::term::Span;
use crate::billing::term::months::{self, DAYS_OF_A_MONTH};
use crate::replay::{FIRST_DATE, Profile};

/// The term of a reservation for a trace. What the trace is taken for is its span, or the days that it
/// is scaled to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum TraceTerm {
    /// A length that was given.
    Given(Length),
    /// By the hour, as long as the trace stands for.
    Hours,
    /// As many whole days as cover that time.
    Days,
    /// A block of 8 hours in each night that has calls: see [`nights`].
    Nights,
    /// As many whole months as cover that time.
    Months,
    /// As many whole terms of a fixed length as cover that time.
    Fixed(Fixed),
}

impl TraceTerm {
    /// The period that the price is for.
    #[must_use]
    pub fn period(self) -> Period {
        match self {
            Self::Given(length) => length.period(),
            Self::Hours => Period::Hour,
            Self::Days => Period::Day,
            Self::Nights => Period::Fixed(Fixed::Block),
            Self::Months => Period::Month,
            Self::Fixed(one) => one.period(),
        }
    }

    /// The length for a trace that is taken for so long. `expiry` is how a subscription of days ends,
    /// where that is documented.
    ///
    /// # Errors
    /// [`QuoteError::TooLarge`] when it does not fit.
    pub fn length(
        self,
        taken: TimeTaken,
        expiry: Option<&ExpiryRules>,
    ) -> Result<Length, QuoteError> {
        let minutes = taken.minutes;
        match self {
            Self::Given(length) => Ok(length),
            Self::Hours => {
                let seconds = minutes.checked_mul(60).ok_or(QuoteError::TooLarge)?;
                Ok(Length::Hours {
                    span: Span::of_seconds(seconds),
                    runs: 1,
                })
            }
            Self::Days => Ok(Length::Days(taken.days_of_a_subscription(expiry))),
            // How many there are follows from the minutes, not from the time alone.
            Self::Nights => Ok(Length::Fixed(Fixed::Block, 1)),
            Self::Months => Ok(Length::Months(taken.months()?)),
            Self::Fixed(one) => Ok(Length::Fixed(
                one,
                match one.months() {
                    Some(each) => taken.months()?.div_ceil(each),
                    None => u32::try_from(one.covering(minutes.div_ceil(DAY)))
                        .map_err(|_| QuoteError::TooLarge)?,
                },
            )),
        }
    }
}

impl TraceTerm {
    /// The minutes of a load that is described for the term: those of a term that is given, the nights of its
    /// blocks as whole days, else a month.
    ///
    /// # Errors
    /// [`QuoteError::TooLarge`] when they do not fit.
    pub fn minutes_of_load(self) -> Result<u64, QuoteError> {
        match self {
            Self::Given(Length::Fixed(Fixed::Block, nights)) => {
                Ok(u64::from(nights).saturating_mul(DAY))
            }
            Self::Given(length) => minutes_of(length),
            Self::Hours | Self::Days | Self::Nights | Self::Months | Self::Fixed(_) => {
                Ok(DAYS_OF_A_MONTH.saturating_mul(DAY))
            }
        }
    }
}

/// The time that a trace stands for.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct TimeTaken {
    /// In minutes.
    pub minutes: u64,
    /// The first and the last minute, if they have dates and the trace is not scaled.
    pub between: Option<(Moment, Moment)>,
}

impl TimeTaken {
    /// The time of a trace whose minutes are in `profile`.
    pub(super) fn of(taken: Taken, profile: &Profile) -> Self {
        let span = profile.span().filter(|(first, _)| *first >= FIRST_DATE);
        Self {
            minutes: taken.stated(),
            between: span
                .filter(|_| taken.scale.is_none())
                .and_then(|(first, last)| moment(first).zip(moment(last))),
        }
    }

    /// The time of a trace that was priced.
    #[must_use]
    pub fn of_recorded(recorded: &Recorded) -> Self {
        Self {
            minutes: recorded.stated_minutes(),
            between: recorded.between.filter(|_| recorded.scale.is_none()),
        }
    }

    /// The fewest months that cover the time: of the calendar from the first call on where it has a date, else as long
    /// as months can be.
    fn months(self) -> Result<u32, QuoteError> {
        let can_be = months::covering_minutes(self.minutes);
        let mut months = u32::try_from(can_be).map_err(|_| QuoteError::TooLarge)?;
        if let Some((first, _)) = self.between {
            while minutes_from(first, months)? < self.minutes {
                months = months.saturating_add(1);
            }
        }
        Ok(months)
    }

    /// The days of a subscription that is ordered with the first call and still runs with the last
    /// (`ptu.expiry`): its days are dates, and an order late in the evening has one more. Where no date
    /// is known, or not how it ends, they are taken as 24 hours each.
    pub(super) fn days_of_a_subscription(self, expiry: Option<&ExpiryRules>) -> u64 {
        let (Some((first, last)), Some(expiry)) = (self.between, expiry) else {
            return self.minutes.div_ceil(DAY);
        };
        let days = |moment: Moment| moment.date_naive();
        let midnights = days(last).signed_duration_since(days(first)).num_days();
        let dates = u64::try_from(midnights).unwrap_or(0).saturating_add(1);
        let late = first.time() > expiry.late_after;
        dates.saturating_sub(u64::from(late)).max(1)
    }
}

/// A block for each night that has calls, where all of them come in the 8 hours from the same hour on; `rules` say
/// from when on a block can be ordered, with the hour of which it begins.
///
/// # Errors
/// [`QuoteError::NotInBlocks`] where calls come at other times, or at times that are no dates.
pub(super) fn nights(
    rules: BlockRules,
    taken: Taken,
    profile: &Profile,
) -> Result<Length, QuoteError> {
    let from = rules.ordered_from;
    let dated = profile.span().is_some_and(|(first, _)| first >= FIRST_DATE);
    let mut hours = (from.hour()..24).filter(|_| dated);
    let hours_of_one = Fixed::Block.hours();
    let nights = hours.find_map(|hour| profile.nights(hour, hours_of_one));
    let nights = nights.ok_or(QuoteError::NotInBlocks { from })?;
    // Scaled, each night stands for as many as the period is longer.
    let (times, over) = taken
        .scale
        .map_or((1, 1), |scale| (scale.to, scale.pattern_days()));
    let all = exact::div_ceil(exact::mul(nights.into(), times.into())?, over)?;
    let all = u32::try_from(all).map_err(|_| QuoteError::TooLarge)?;
    Ok(Length::Fixed(Fixed::Block, all))
}

/// The fewest and the most minutes that a length can have. Months are those of the calendar: of calls that have
/// dates they begin with the first.
pub(super) fn bounds(length: Length, time: TimeTaken) -> Result<(u64, u64), QuoteError> {
    let months = match length {
        Length::Months(count) => Some(count),
        Length::Fixed(one, count) => one.months().map(|each| count.saturating_mul(each)),
        Length::Hours { .. } | Length::Days(_) => None,
    };
    match (months, time.between) {
        (Some(months), Some((first, _))) => {
            let minutes = minutes_from(first, months)?;
            Ok((minutes, minutes))
        }
        (Some(months), None) => {
            let months = u64::from(months);
            let minutes = |days: u64| days.saturating_mul(DAY);
            Ok((
                minutes(months::shortest(months)),
                minutes(months::longest(months)),
            ))
        }
        (None, _) => minutes_of(length).map(|minutes| (minutes, minutes)),
    }
}

/// The minutes of so many months from a moment on.
fn minutes_from(first: Moment, months: u32) -> Result<u64, QuoteError> {
    let end = months_after(first, months)?;
    let minutes = end.signed_duration_since(first).num_minutes();
    u64::try_from(minutes).map_err(|_| QuoteError::TooLarge)
}

/// The minutes of a length, of whose months each is taken to have 30 days; a started one counts whole.
pub(super) fn minutes_of(length: Length) -> Result<u64, QuoteError> {
    let days = match length {
        Length::Hours { span, runs } => {
            return Ok(exact::div_ceil(span.times(runs)?.seconds(), 60)?);
        }
        Length::Days(days) => days,
        Length::Months(months) => u64::from(months).saturating_mul(DAYS_OF_A_MONTH),
        Length::Fixed(one, count) => {
            let hours = one.hours().saturating_mul(count.into());
            return Ok(hours.saturating_mul(60));
        }
    };
    Ok(days.saturating_mul(DAY))
}
