//! Who is told what, and when (`resource.notices`): the product console of every resource, and the
//! subscription channel of purchased ones.

use chrono::{Days, NaiveDate};
use rust_decimal::Decimal;

use super::forecast::reached;
use super::status::{NEARLY, nearly, share};
use super::{Origin, Resource};
use crate::billing::exact::{self, TooLarge};

/// Days before expiry at which the product console tells.
const CONSOLE_DAYS: [u64; 3] = [30, 7, 1];
/// Days before expiry at which the subscription channel tells.
const SUBSCRIPTION_DAYS: [u64; 4] = [7, 5, 3, 1];
/// Percent of a package that remain when the subscription channel tells.
const REMAINING: [u32; 3] = [10, 5, 1];

/// Where notices are sent.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Channel {
    /// The notification center and banners of the product.
    ProductConsole,
    /// In-site messages, SMS and email.
    Subscription,
}

/// When a channel tells of a resource (`resource.notices`).
#[must_use]
pub fn notices_said(channel: Channel) -> String {
    fn listed<T: ToString>(numbers: &[T], unit: &str) -> String {
        let numbers: Vec<String> = numbers.iter().map(ToString::to_string).collect();
        match numbers.split_last() {
            Some((last, rest)) if !rest.is_empty() => {
                format!("{} and {last}{unit}", rest.join(", "))
            }
            _ => format!("{}{unit}", numbers.concat()),
        }
    }
    match channel {
        Channel::ProductConsole => format!(
            "above {NEARLY} % used, at 100 %, {} before expiry, and once expired, in the notification center and on banners",
            listed(&CONSOLE_DAYS, " days")
        ),
        Channel::Subscription => format!(
            "packages when {} remain, and all that is prepaid {} before expiry; of purchased resources only, in the site, by SMS or email, as set in the Message Center",
            listed(&REMAINING, " %"),
            listed(&SUBSCRIPTION_DAYS, " days")
        ),
    }
}

impl Channel {
    /// Both channels.
    pub const ALL: &[Self] = &[Self::ProductConsole, Self::Subscription];

    /// The name in JSON.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::ProductConsole => "product-console",
            Self::Subscription => "subscription",
        }
    }

    /// The name for people.
    #[must_use]
    pub fn said(self) -> &'static str {
        match self {
            Self::ProductConsole => "product console",
            Self::Subscription => "subscription channel",
        }
    }
}

/// What a notice says of a resource.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Event {
    /// More than 90 % is used.
    NearlyExhausted,
    /// All of it is used.
    Exhausted,
    /// At most this percentage remains.
    Remaining(u32),
    /// The resource expires in this number of days.
    ExpiringSoon(u64),
    /// It has expired.
    Expired,
}

/// Whether the notice has been sent.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum State {
    /// Its day is past, known or forecast, or its event has happened.
    Sent,
    /// Its day is today or to come, or is forecast.
    Due,
    /// It depends on usage whose day is not known, or is not reached before expiry.
    Open,
}

impl State {
    /// The name in JSON.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Sent => "sent",
            Self::Due => "due",
            Self::Open => "open",
        }
    }
}

/// How the day of a notice is known.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Known {
    /// From the day of expiry.
    Schedule,
    /// It was that day or before: a reading shows it.
    Reading,
    /// At the rate of usage.
    Forecast,
}

impl Known {
    /// The name in JSON.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Schedule => "schedule",
            Self::Reading => "reading",
            Self::Forecast => "forecast",
        }
    }
}

/// One notice about one resource.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Notice {
    /// The channel that sends the notice.
    pub channel: Channel,
    /// What the notice says.
    pub event: Event,
    /// Its day, and how that is known.
    pub date: Option<(NaiveDate, Known)>,
    /// Whether the notice has been sent.
    pub state: State,
}

/// Every notice about a resource, in the order of the document.
pub(super) fn notices(resource: &Resource, today: NaiveDate) -> Result<Vec<Notice>, TooLarge> {
    use Channel::{ProductConsole, Subscription};
    let mut events = vec![
        (ProductConsole, Event::NearlyExhausted),
        (ProductConsole, Event::Exhausted),
    ];
    events.extend(CONSOLE_DAYS.map(|days| (ProductConsole, Event::ExpiringSoon(days))));
    events.push((ProductConsole, Event::Expired));
    // The document speaks of this channel for purchased resources only.
    if resource.origin == Origin::Purchased {
        if resource.kind.is_package() {
            events.extend(REMAINING.map(|percent| (Subscription, Event::Remaining(percent))));
        }
        events.extend(SUBSCRIPTION_DAYS.map(|days| (Subscription, Event::ExpiringSoon(days))));
    }
    let mut found = Vec::new();
    for (channel, event) in events {
        found.extend(notice(resource, today, channel, event)?);
    }
    Ok(found)
}

/// `None` for what can no longer happen.
fn notice(
    resource: &Resource,
    today: NaiveDate,
    channel: Channel,
    event: Event,
) -> Result<Option<Notice>, TooLarge> {
    let total = resource.total;
    let (state, date) = match event {
        Event::NearlyExhausted => used(resource, today, nearly(total)?, true)?,
        Event::Exhausted => used(resource, today, total, false)?,
        Event::Remaining(percent) => {
            let threshold = share(total, 100_u32.saturating_sub(percent))?;
            used(resource, today, threshold, false)?
        }
        Event::ExpiringSoon(days) => {
            let day = resource.expires.checked_sub_days(Days::new(days));
            scheduled(day, today)
        }
        Event::Expired => scheduled(resource.ended_from(), today),
    };
    let gone = state == State::Open && resource.expires < today;
    Ok((!gone).then_some(Notice {
        channel,
        event,
        date,
        state,
    }))
}

type Timing = (State, Option<(NaiveDate, Known)>);

fn scheduled(day: Option<NaiveDate>, today: NaiveDate) -> Timing {
    let state = match day {
        Some(day) if day < today => State::Sent,
        Some(_) => State::Due,
        None => State::Open,
    };
    (state, day.map(|day| (day, Known::Schedule)))
}

/// A notice that is sent when `threshold` is used, or when more than it is.
fn used(
    resource: &Resource,
    today: NaiveDate,
    threshold: Decimal,
    above: bool,
) -> Result<Timing, TooLarge> {
    let passed = |value: Decimal| value > threshold || (!above && value == threshold);
    if passed(resource.used.value) {
        let first = resource.readings().find(|reading| passed(reading.value));
        let date = first.map(|reading| (reading.on, Known::Reading));
        return Ok((State::Sent, date));
    }
    let needed = exact::sub(threshold, resource.used.value)?.max(Decimal::ZERO);
    Ok(match reached(resource, needed) {
        Some(day) if day < today => (State::Sent, Some((day, Known::Forecast))),
        Some(day) => (State::Due, Some((day, Known::Forecast))),
        None => (State::Open, None),
    })
}
