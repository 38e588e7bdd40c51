//! The notices in a sentence for each resource and channel.

use chrono::NaiveDate;

use super::ResourcesReport;
use crate::billing::number::counted;
use crate::resources::{Channel, Event, Known, Notice, State};

/// The notices of each resource on each channel, a line each. Without any: no line.
pub fn lines(report: &ResourcesReport) -> Vec<String> {
    let mut lines = Vec::new();
    for holding in &report.holdings {
        // At a known rate it is known, too, what usage does not reach in time.
        let open = match holding.resource.rate {
            Some(_) => "not before it expires:",
            None => "no day known for",
        };
        for channel in Channel::ALL {
            let of = |state, by_forecast: Option<bool>| {
                let notices = holding.notices.iter();
                let fits = |one: &&Notice| {
                    let forecast = matches!(one.date, Some((_, Known::Forecast)));
                    one.channel == *channel
                        && one.state == state
                        && by_forecast.is_none_or(|asked| asked == forecast)
                };
                let mut found: Vec<&Notice> = notices.filter(fits).collect();
                found.sort_by_key(|one| one.date.map(|(day, _)| day));
                let said: Vec<String> = found.iter().map(|one| said(one, report.today)).collect();
                said.join(", ")
            };
            let states = [
                ("sent", of(State::Sent, Some(false))),
                ("presumably sent", of(State::Sent, Some(true))),
                ("due", of(State::Due, None)),
                (open, of(State::Open, None)),
            ];
            let parts: Vec<String> = states
                .into_iter()
                .filter(|(_, list)| !list.is_empty())
                .map(|(state, list)| format!("{state} {list}"))
                .collect();
            if !parts.is_empty() {
                let name = &holding.resource.name;
                lines.push(format!("{name}, {}: {}", channel.said(), parts.join("; ")));
            }
        }
    }
    lines
}

/// One notice and its day: `2026-11-20 (30 days left)`.
fn said(notice: &Notice, today: NaiveDate) -> String {
    let what = match notice.event {
        Event::NearlyExhausted => "nearly exhausted".to_owned(),
        Event::Exhausted => "exhausted".to_owned(),
        Event::Remaining(percent) => format!("{percent}% left"),
        Event::ExpiringSoon(days) => format!("{} left", counted(days, "day")),
        Event::Expired => "expired".to_owned(),
    };
    match notice.date {
        None => what,
        Some((day, Known::Schedule)) if day == today => format!("today ({what})"),
        Some((day, Known::Schedule)) => format!("{day} ({what})"),
        Some((day, Known::Reading)) => format!("by {day} ({what})"),
        Some((day, Known::Forecast)) => format!("about {day} ({what})"),
    }
}
