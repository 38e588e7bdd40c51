//! Some days of the week: `mon-fri`, `sat,sun`, `daily`.

use std::fmt;

use chrono::Weekday;

/// The days of the week in their order.
const DAYS: [(Weekday, &str); 7] = [
    (Weekday::Mon, "mon"),
    (Weekday::Tue, "tue"),
    (Weekday::Wed, "wed"),
    (Weekday::Thu, "thu"),
    (Weekday::Fri, "fri"),
    (Weekday::Sat, "sat"),
    (Weekday::Sun, "sun"),
];

/// All days.
const DAILY: &str = "daily";

/// Days of the week, at least one.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Days([bool; 7]);

impl Days {
    /// Days from text; `None` where it is none.
    pub(super) fn parse(text: &str) -> Option<Self> {
        let text = text.to_ascii_lowercase();
        if text == DAILY {
            return Some(Self([true; 7]));
        }
        let mut days = Self([false; 7]);
        for part in text.split(',') {
            let (first, last) = part.split_once('-').unwrap_or((part, part));
            let (first, last) = (place(first)?, place(last)?);
            for (at, day) in days.0.iter_mut().enumerate() {
                // From Friday to Monday is over the end of the week.
                *day |= match first <= last {
                    true => (first..=last).contains(&at),
                    false => at >= first || at <= last,
                };
            }
        }
        Some(days)
    }

    /// Whether a day is among them.
    #[must_use]
    pub fn contains(self, day: Weekday) -> bool {
        let mut days = DAYS.iter().zip(self.0);
        days.any(|((of, _), is_in)| *of == day && is_in)
    }
}

fn place(name: &str) -> Option<usize> {
    DAYS.iter().position(|(_, day)| *day == name)
}

impl fmt::Display for Days {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if self.0 == [true; 7] {
            return f.write_str(DAILY);
        }
        // Names of days on end.
        let mut runs: Vec<Vec<&str>> = vec![Vec::new()];
        for ((_, name), is_in) in DAYS.iter().zip(self.0) {
            match runs.last_mut() {
                Some(run) if is_in => run.push(name),
                _ => runs.push(Vec::new()),
            }
        }
        let said = runs.iter().filter_map(|run| match run.as_slice() {
            [] => None,
            [first, _, .., last] => Some(format!("{first}-{last}")),
            few => Some(few.join(",")),
        });
        f.write_str(&said.collect::<Vec<_>>().join(","))
    }
}
