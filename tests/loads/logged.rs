//! The calls of a load as a log has them, made without the code that is tested: a span at a time.

use chrono::{DateTime, Datelike, Days, FixedOffset, NaiveDate, TimeDelta, Weekday};

/// A line of a load.
#[derive(Debug, Clone)]
pub struct Line {
    pub days: Vec<Weekday>,
    /// The first minute of the day, and how many there are: a day at most.
    pub span: (u32, u32),
    /// Thousandths of a call a minute.
    pub milli_rpm: u64,
    pub tokens: (u32, u32, u32),
}

impl Line {
    pub fn text(&self) -> String {
        let days: Vec<String> = self
            .days
            .iter()
            .map(|day| day.to_string().to_lowercase())
            .collect();
        let (from, end) = (self.span.0, (self.span.0 + self.span.1) % 1440);
        let end = if end == 0 { 1440 } else { end };
        let clock = |minute: u32| format!("{:02}:{:02}", minute / 60, minute % 60);
        let (input, output, cached) = self.tokens;
        format!(
            "{} {}-{} {}.{:03}rpm {input}/{output} cached={cached}",
            days.join(","),
            clock(from),
            clock(end),
            self.milli_rpm / 1000,
            self.milli_rpm % 1000,
        )
    }
}

/// A log of these lines over some days: a call each `1 ÷ rpm` minutes would drift over the minutes, so each minute
/// has its whole calls, spread over it.
pub fn csv(lines: &[Line], first: &str, days: u64) -> String {
    let first: NaiveDate = first.parse().unwrap();
    let china = FixedOffset::east_opt(8 * 3600).unwrap();
    let at = |date: NaiveDate| -> DateTime<FixedOffset> {
        date.and_hms_opt(0, 0, 0)
            .unwrap()
            .and_local_timezone(china)
            .unwrap()
    };
    let (from, until) = (at(first), at(first + Days::new(days)));
    // Instant and line, so that calls at the same instant come in the order of the lines.
    let mut calls: Vec<(DateTime<FixedOffset>, usize)> = Vec::new();
    for (place, line) in lines.iter().enumerate() {
        for day in 0..=days {
            let date = first + Days::new(day) - Days::new(1);
            if !line.days.contains(&date.weekday()) {
                continue;
            }
            let mut before = 0;
            for passed in 0..line.span.1 {
                let all = (line.milli_rpm * u64::from(passed + 1)).div_ceil(1000);
                let minute = at(date) + TimeDelta::minutes((line.span.0 + passed).into());
                let count = all - before;
                before = all;
                if minute < from || minute >= until {
                    continue;
                }
                for call in 0..count {
                    let micros = i64::try_from(60_000_000 * call / count).unwrap();
                    calls.push((minute + TimeDelta::microseconds(micros), place));
                }
            }
        }
    }
    calls.sort();
    let mut text = "timestamp,input_tokens,output_tokens,cached_tokens\n".to_owned();
    for (instant, place) in calls {
        let (input, output, cached) = lines[place].tokens;
        let instant = instant.to_rfc3339_opts(chrono::SecondsFormat::Micros, false);
        text.push_str(&format!("{instant},{input},{output},{cached}\n"));
    }
    text
}
