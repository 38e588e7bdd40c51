//! A day of model units: windows with their own number of replicas, the rest with another.

use chrono::{NaiveTime, Timelike};

use super::fields::{Fields, Setting};
use super::keys;
use super::node::Table;
use super::text;
use crate::billing::calendar::is_shaped;
use crate::billing::term::Span;
use crate::order::value;

/// The minutes of a day.
const DAY: u32 = 24 * 60;

/// Replicas from one time of the day to another.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Window {
    /// In minutes from midnight.
    pub from: u32,
    /// In minutes from midnight; at most 24:00, before `from` where it goes over midnight.
    pub to: u32,
    /// How many.
    pub replicas: u64,
}

impl Window {
    /// How long it lasts each day.
    #[must_use]
    pub fn span(&self) -> Span {
        Span::of_seconds(u64::from(self.minutes()).saturating_mul(60))
    }

    fn minutes(&self) -> u32 {
        if self.from < self.to {
            self.to.saturating_sub(self.from)
        } else {
            DAY.saturating_sub(self.from).saturating_add(self.to)
        }
    }

    /// The stretches of a day that it covers.
    fn stretches(&self) -> [(u32, u32); 2] {
        if self.from < self.to {
            [(self.from, self.to), (0, 0)]
        } else {
            [(self.from, DAY), (0, self.to)]
        }
    }

    fn overlaps(&self, other: &Self) -> bool {
        self.stretches().iter().any(|(from, to)| {
            let mut others = other.stretches().into_iter();
            others.any(|(other_from, other_to)| *from < other_to && other_from < *to)
        })
    }

    /// `09:00–18:00`.
    #[must_use]
    pub fn said(&self) -> String {
        format!("{}–{}", clock(&self.from), clock(&self.to))
    }
}

/// Reads `schedule`. `None` where it is not there or wrong.
pub fn schedule(fields: &mut Fields<'_>) -> Option<Vec<Window>> {
    let tables = fields.tables("schedule")?;
    let mut windows: Vec<Window> = Vec::new();
    let mut settings = Vec::new();
    let mut whole = true;
    for table in tables {
        let (window, read) = window(fields, table);
        let Some(window) = window else {
            whole = false;
            continue;
        };
        if let Some(other) = windows.iter().find(|other| other.overlaps(&window)) {
            let message = format!("{} overlaps {}", window.said(), other.said());
            fields.problem(table.at, message);
            whole = false;
        }
        windows.push(window);
        settings.push(read);
    }
    if windows.is_empty() && whole {
        let at = fields.place("schedule");
        fields.problem(
            at,
            "`schedule` has no window: write `{ from = \"09:00\", to = \"18:00\", replicas = 6 }`",
        );
        return None;
    }
    fields
        .settings
        .push(("schedule", Setting::Tables(settings)));
    whole.then_some(windows)
}

fn window(fields: &mut Fields<'_>, table: &Table) -> (Option<Window>, super::fields::Settings) {
    let mut own = fields.of_table(table);
    own.refuse_unknown(keys::OF_WINDOWS, "a window");
    let from = own.value("from", |text| time(text, false), clock);
    let to = own.value("to", |text| time(text, true), clock);
    let replicas = own.value("replicas", value::replicas, text::count);
    if from.is_none() {
        own.missing::<()>("from", "\"09:00\"");
    }
    if to.is_none() {
        own.missing::<()>("to", "\"18:00\"");
    }
    if replicas.is_none() {
        own.missing::<()>("replicas", "6");
    }
    let window = match (from, to, replicas) {
        (Some(from), Some(to), Some(replicas)) if from == to => {
            own.problem(
                table.at,
                format!("the window from {0} to {0} is empty", clock(&from)),
            );
            let _ = replicas;
            None
        }
        (Some(from), Some(to), Some(replicas)) => Some(Window { from, to, replicas }),
        _ => None,
    };
    (window, own.settings)
}

/// A time of the day in minutes; `24:00` is the end of a day.
fn time(text: &str, end: bool) -> Result<u32, String> {
    if end && text == "24:00" {
        return Ok(DAY);
    }
    // TOML writes its times with seconds.
    let minute = match is_shaped(text, "00:00:00") {
        true => text.strip_suffix(":00").unwrap_or_default(),
        false => text,
    };
    Some(minute)
        .filter(|minute| is_shaped(minute, "00:00"))
        .and_then(|minute| NaiveTime::parse_from_str(minute, "%H:%M").ok())
        .map(|time| time.hour().saturating_mul(60).saturating_add(time.minute()))
        .ok_or_else(|| "it is not a time of the day such as `09:00`".to_owned())
}

fn clock(minutes: &u32) -> String {
    let hours = minutes.checked_div(60).unwrap_or(0);
    format!("{hours:02}:{:02}", minutes.checked_rem(60).unwrap_or(0))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn window(from: &str, to: &str) -> Window {
        Window {
            from: time(from, false).unwrap(),
            to: time(to, true).unwrap(),
            replicas: 1,
        }
    }

    #[test]
    fn windows_may_go_over_midnight() {
        let night = window("22:00", "06:00");
        assert_eq!(night.span(), Span::hours(8));
        assert!(night.overlaps(&window("05:59", "07:00")));
        assert!(night.overlaps(&window("21:00", "22:01")));
        assert!(!night.overlaps(&window("06:00", "22:00")));
        assert_eq!(window("00:00", "24:00").span(), Span::hours(24));
        assert_eq!(night.said(), "22:00–06:00");
    }

    #[test]
    fn times_have_one_shape() {
        for text in ["9:00", "24:00", "09:60", "09:00:30", "0900", "+9:00", ""] {
            assert!(time(text, false).is_err(), "{text}");
        }
        assert_eq!(time("09:30:00", false), Ok(570));
    }
}
