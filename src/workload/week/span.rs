//! A span of time that begins on a day: `09:00-18:00`, `22:00-06:00`.

use std::fmt;

const HOUR: u16 = 60;
const DAY: u16 = 24 * HOUR;

/// Minutes from a time of a day on, a day at most; perhaps over midnight.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct DaySpan {
    /// The first minute, counted from midnight.
    from: u16,
    /// The number of minutes, at least 1.
    minutes: u16,
}

impl DaySpan {
    /// A span from text; an end that is not after the start is on the next day.
    ///
    /// # Errors
    /// What is wrong with it, to stand after the text.
    pub(super) fn parse(text: &str) -> Result<Self, &'static str> {
        let wrong = "is no span of time such as `09:00-18:00`";
        let (from, until) = text.split_once('-').ok_or(wrong)?;
        let (from, until) = (minute(from).ok_or(wrong)?, minute(until).ok_or(wrong)?);
        if from == until {
            return Err("begins and ends at the same time, and a whole day is `00:00-24:00`");
        }
        if from == DAY {
            return Err("begins at 24:00, which is `00:00` of the next day");
        }
        let ahead = match until > from {
            true => until,
            false => until.saturating_add(DAY),
        };
        Ok(Self {
            from,
            minutes: ahead.saturating_sub(from),
        })
    }

    /// The first minute, counted from midnight.
    #[must_use]
    pub fn from(self) -> u16 {
        self.from
    }

    /// The number of minutes.
    #[must_use]
    pub fn minutes(self) -> u16 {
        self.minutes
    }
}

/// A minute of a day, from `00:00` to `24:00`.
fn minute(text: &str) -> Option<u16> {
    let (hours, minutes) = text.split_once(':')?;
    let number = |text: &str| {
        let is_plain = text.len() == 2 && text.bytes().all(|byte| byte.is_ascii_digit());
        text.parse::<u16>().ok().filter(|_| is_plain)
    };
    let minutes = number(minutes).filter(|minutes| *minutes < HOUR)?;
    let minute = number(hours)?.checked_mul(HOUR)?.checked_add(minutes)?;
    (minute <= DAY).then_some(minute)
}

impl fmt::Display for DaySpan {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let end = self.from.saturating_add(self.minutes);
        // The end of the day is 24:00, the end on the next day a time of that.
        let end = match end.checked_sub(DAY) {
            None | Some(0) => end,
            Some(next) => next,
        };
        let clock = |minute: u16| {
            let (hours, minutes) = (minute.div_euclid(HOUR), minute.rem_euclid(HOUR));
            format!("{hours:02}:{minutes:02}")
        };
        write!(f, "{}-{}", clock(self.from), clock(end))
    }
}
