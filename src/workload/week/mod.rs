//! A week with holes: lines that say when which calls come. What no line covers is 0, and what several cover is
//! their sum. It is a description; its calls are made in `order`.

mod days;
mod line;
mod span;

use rust_decimal::Decimal;
use serde::{Deserialize, Serialize};

pub use days::Days;
pub use line::LoadLine;
pub use span::DaySpan;

use crate::billing::exact;
use crate::billing::number::whole;

/// The most calls per minute of all lines together: those of a minute are kept.
const MAX_CALLS: usize = 1_000_000;

/// The load of a week, the same in each. In a plan `load = ["mon-fri 09:00-18:00 120rpm 3000/350"]`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(try_from = "Vec<LoadLine>", into = "Vec<LoadLine>")]
pub struct WeekLoad {
    lines: Vec<LoadLine>,
}

impl WeekLoad {
    /// The load of these lines.
    ///
    /// # Errors
    /// What is wrong with them, where there are none or they have too many calls together.
    pub fn new(lines: Vec<LoadLine>) -> Result<Self, String> {
        if lines.is_empty() {
            return Err("it has no line such as `mon-fri 09:00-18:00 120rpm 3000/350`".to_owned());
        }
        let mut rates = lines.iter().map(|line| line.rpm);
        let sum = rates.try_fold(Decimal::ZERO, exact::add);
        match sum {
            Ok(sum) if sum <= Decimal::from(MAX_CALLS) => Ok(Self { lines }),
            _ => Err(format!(
                "its lines have more than {} calls per minute together",
                whole(MAX_CALLS)
            )),
        }
    }

    /// Its lines, at least one.
    #[must_use]
    pub fn lines(&self) -> &[LoadLine] {
        &self.lines
    }
}

impl TryFrom<Vec<LoadLine>> for WeekLoad {
    type Error = String;

    fn try_from(lines: Vec<LoadLine>) -> Result<Self, String> {
        Self::new(lines)
    }
}

impl From<WeekLoad> for Vec<LoadLine> {
    fn from(load: WeekLoad) -> Self {
        load.lines
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::arithmetic_side_effects, clippy::disallowed_methods)]

    use proptest::prelude::*;

    use super::*;

    fn line(text: &str) -> LoadLine {
        text.parse().unwrap()
    }

    #[test]
    fn forms_that_mean_the_same_print_alike() {
        for (written, said) in [
            (
                "mon-fri 09:00-18:00 120rpm 3000/350",
                "mon-fri 09:00-18:00 120rpm 3000/350",
            ),
            (
                "MON,tue,wed,Thu,fri 09:00-18:00  120.0rpm 3k/350",
                "mon-fri 09:00-18:00 120rpm 3000/350",
            ),
            (
                "mon-sun 18:00-00:00 0.50rpm 1M/0",
                "daily 18:00-24:00 0.5rpm 1000000/0",
            ),
            (
                "sat,sun 22:00-06:00 1rpm 0/7",
                "sat,sun 22:00-06:00 1rpm 0/7",
            ),
            (
                "fri-mon 00:00-24:00 1rpm 9/7 cached=9",
                "mon,fri-sun 00:00-24:00 1rpm 9/7 cached=9",
            ),
            (
                "tue,thu 23:59-23:58 1,200rpm 9/7 cached=0",
                "tue,thu 23:59-23:58 1200rpm 9/7",
            ),
        ] {
            assert_eq!(line(written).to_string(), said);
            assert_eq!(line(said), line(written));
        }
    }

    #[test]
    fn a_typo_is_shown_with_the_form() {
        let form = "a load is `mon-fri 09:00-18:00 120rpm 3000/350`";
        for (text, part, what) in [
            (
                "mo-fri 09:00-18:00 120rpm 3000/350",
                "mo-fri",
                "is no days of the week such as `mon-fri`, `sat,sun` or `daily`",
            ),
            (
                "mon- 09:00-18:00 120rpm 3000/350",
                "mon-",
                "is no days of the week such as `mon-fri`, `sat,sun` or `daily`",
            ),
            (
                "mon 9-18 120rpm 3000/350",
                "9-18",
                "is no span of time such as `09:00-18:00`",
            ),
            (
                "mon 09:00-24:01 120rpm 3000/350",
                "09:00-24:01",
                "is no span of time such as `09:00-18:00`",
            ),
            (
                "mon 09:60-18:00 120rpm 3000/350",
                "09:60-18:00",
                "is no span of time such as `09:00-18:00`",
            ),
            (
                "mon 09:00-09:00 120rpm 3000/350",
                "09:00-09:00",
                "begins and ends at the same time, and a whole day is `00:00-24:00`",
            ),
            (
                "mon 24:00-08:00 120rpm 3000/350",
                "24:00-08:00",
                "begins at 24:00, which is `00:00` of the next day",
            ),
            (
                "mon 09:00-18:00 120 3000/350",
                "120",
                "is no rate such as `120rpm`, calls per minute",
            ),
            (
                "mon 09:00-18:00 2rps 3000/350",
                "2rps",
                "is no rate such as `120rpm`, calls per minute",
            ),
            (
                "mon 09:00-18:00 0rpm 3000/350",
                "0rpm",
                "is no rate: must be above 0",
            ),
            (
                "mon 09:00-18:00 1rpm 3000",
                "3000",
                "is no input and output tokens of a call",
            ),
            (
                "mon 09:00-18:00 1rpm 3.5/1",
                "3.5/1",
                "is no tokens: not a whole number",
            ),
            (
                "mon 09:00-18:00 1rpm 5B/1",
                "5B/1",
                "is more tokens than a call may have",
            ),
            ("mon 09:00-18:00 1rpm 0/0", "0/0", "is no tokens at all"),
            (
                "mon 09:00-18:00 1rpm 3/1 2",
                "2",
                "is no cached tokens of a call such as `cached=2000`",
            ),
            (
                "mon 09:00-18:00 1rpm 3/1 cached=4",
                "cached=4",
                "is more than the input of a call",
            ),
        ] {
            let error = text.parse::<LoadLine>().unwrap_err();
            assert_eq!(error, format!("`{part}` {what}; {form}"), "{text}");
        }
        let error = "mon-fri 120rpm".parse::<LoadLine>().unwrap_err();
        assert!(
            error.starts_with("it has 2 parts, and a load has days"),
            "{error}"
        );
    }

    #[test]
    fn calls_are_whole_and_come_evenly_from_the_start_of_a_span() {
        let calls = |text: &str| -> Vec<u64> {
            let line = line(text);
            (0..6)
                .map(|minute| line.calls_in(minute).unwrap())
                .collect()
        };
        assert_eq!(calls("mon 09:00-10:00 120rpm 1/1"), [120; 6]);
        assert_eq!(calls("mon 09:00-10:00 0.5rpm 1/1"), [1, 0, 1, 0, 1, 0]);
        assert_eq!(calls("mon 09:00-10:00 1.5rpm 1/1"), [2, 1, 2, 1, 2, 1]);
        assert_eq!(calls("mon 09:00-10:00 0.3rpm 1/1"), [1, 0, 0, 1, 0, 0]);
    }

    #[test]
    fn a_load_has_lines_and_an_end() {
        assert!(WeekLoad::new(Vec::new()).is_err());
        let most = line(
            "mon 00:00-24:00 1Mrpm 1/1"
                .replace("1M", "1,000,000")
                .as_str(),
        );
        assert!(WeekLoad::new(vec![most]).is_ok());
        assert!(WeekLoad::new(vec![most, most]).is_err());
    }

    #[test]
    fn keys_of_a_plan_are_the_same_text() {
        let text = "mon-fri 09:00-18:00 120rpm 3000/350";
        let load: WeekLoad = serde_json::from_value(serde_json::json!([text])).unwrap();
        assert_eq!(load.lines(), [line(text)]);
        assert_eq!(
            serde_json::to_value(&load).unwrap(),
            serde_json::json!([text])
        );
        assert!(serde_json::from_value::<WeekLoad>(serde_json::json!([])).is_err());
    }

    proptest! {
        #[test]
        fn what_is_printed_is_read_back(
            days in proptest::collection::vec(0..7_usize, 1..7),
            (from, length) in (0..1440_u32, 1..=1440_u32),
            (rpm, scale) in (1..1_000_000_i64, 0..4_u32),
            (input, output, cached) in (1..=u32::MAX, 0..=u32::MAX, 0..=u32::MAX),
        ) {
            const NAMES: [&str; 7] = ["mon", "tue", "wed", "thu", "fri", "sat", "sun"];
            let days: Vec<&str> = days.into_iter().map(|day| NAMES[day]).collect();
            let (days, end) = (days.join(","), (from + length) % 1440);
            prop_assume!(from != end || from == 0);
            let end = if end == 0 { 1440 } else { end };
            let clock = |minute: u32| format!("{:02}:{:02}", minute / 60, minute % 60);
            let rpm = Decimal::new(rpm, scale);
            let cached = cached.min(input);
            let text = format!("{days} {}-{} {rpm}rpm {input}/{output} cached={cached}", clock(from), clock(end));
            let read = line(&text);
            prop_assert_eq!(u32::from(read.span.minutes()), length);
            prop_assert_eq!(line(&read.to_string()), read);
        }

        #[test]
        fn a_span_has_as_many_calls_as_its_rate_rounded_up(rpm in 1..100_000_i64, minutes in 1..=1440_u16) {
            let rpm = Decimal::new(rpm, 3);
            let line = LoadLine { rpm, ..line("mon 00:00-24:00 1rpm 1/1") };
            let all: u64 = (0..minutes).map(|minute| line.calls_in(minute).unwrap()).sum();
            let rounded = (rpm * Decimal::from(minutes)).ceil();
            prop_assert_eq!(Decimal::from(all), rounded);
        }
    }
}
