//! Days and times of day, from text.

use std::cmp::Ordering;

use chrono::{DateTime, Datelike, NaiveDate, NaiveDateTime, NaiveTime};

use crate::billing::calendar::{Moment, china_standard_time, is_shaped};

/// A moment, or the beginning of a day.
pub fn day_or_moment(text: &str) -> Result<Moment, String> {
    if !is_shaped(text, "0000-00-00") {
        return moment(text).map_err(|_| {
            "it is not a date from 2000 to 2100, with a time or without, such as `2026-06-01` or `2026-06-01T21:59`".to_owned()
        });
    }
    let midnight = date(text)?.and_time(NaiveTime::MIN);
    midnight
        .and_local_timezone(china_standard_time())
        .single()
        .ok_or_else(|| "the day does not begin".to_owned())
}

/// A date from 2000 to 2100.
pub fn date(text: &str) -> Result<NaiveDate, String> {
    Some(text)
        .filter(|text| is_shaped(text, "0000-00-00"))
        .and_then(|text| NaiveDate::parse_from_str(text, "%Y-%m-%d").ok())
        .filter(|date| within_calendar(date.year()))
        .ok_or_else(|| "it is not a date from 2000 to 2100 such as `2026-06-01`".to_owned())
}

/// The day whose prices are used, or two days that are compared.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum AsOfDays {
    /// A day.
    One(NaiveDate),
    /// An earlier day and a later one.
    Two(NaiveDate, NaiveDate),
}

/// A date, or two of them.
pub fn as_of(text: &str) -> Result<AsOfDays, String> {
    match text.contains("..") {
        true => two_days(text).map(|(then, now)| AsOfDays::Two(then, now)),
        false => date(text).map(AsOfDays::One),
    }
}

/// Two dates, the earlier first: `2026-06-15..2026-11-20`.
pub fn two_days(text: &str) -> Result<(NaiveDate, NaiveDate), String> {
    let Some((from, to)) = text.split_once("..") else {
        return Err("it is not two dates such as `2026-06-15..2026-11-20`".to_owned());
    };
    let (from, to) = (date(from)?, date(to)?);
    match from.cmp(&to) {
        Ordering::Less => Ok((from, to)),
        Ordering::Equal => Err("both days are the same, and nothing lies between them".to_owned()),
        Ordering::Greater => Err(format!("the later day comes first: write `{to}..{from}`")),
    }
}

/// A moment, in China Standard Time unless it has an offset.
pub fn moment(text: &str) -> Result<Moment, String> {
    let zone = china_standard_time();
    let local = [
        "%Y-%m-%dT%H:%M",
        "%Y-%m-%dT%H:%M:%S",
        "%Y-%m-%d %H:%M",
        "%Y-%m-%d %H:%M:%S",
    ]
    .into_iter()
    .find_map(|shape| NaiveDateTime::parse_from_str(text, shape).ok())
    .and_then(|local| local.and_local_timezone(zone).single());
    let with_offset = || {
        ["%Y-%m-%dT%H:%M%:z", "%Y-%m-%d %H:%M%:z"]
            .into_iter()
            .find_map(|shape| DateTime::parse_from_str(text, shape).ok())
            .or_else(|| DateTime::parse_from_rfc3339(text).ok())
            .map(|moment| moment.with_timezone(&zone))
    };
    Some(text)
        .filter(|text| is_moment(text))
        .and_then(|_| local.or_else(with_offset))
        .filter(|moment| within_calendar(moment.year()))
        .ok_or_else(|| {
            "it is not a date and time from 2000 to 2100 such as `2026-06-01T21:59`".to_owned()
        })
}

/// Whether a text is written as a moment: minutes, perhaps seconds below 60 and parts of one, perhaps
/// an offset.
fn is_moment(text: &str) -> bool {
    let Some((minute, rest)) = text.split_at_checked(16) else {
        return false;
    };
    let shapes = ["0000-00-00T00:00", "0000-00-00t00:00", "0000-00-00 00:00"];
    let clock = rest.trim_end_matches(['Z', 'z']);
    let clock = match clock.len() == rest.len() {
        false => clock,
        true => match rest
            .find(['+', '-'])
            .and_then(|at| rest.split_at_checked(at))
        {
            None => rest,
            Some((clock, zone)) if is_shaped(zone.get(1..).unwrap_or_default(), "00:00") => clock,
            Some(_) => return false,
        },
    };
    let (second, fraction) = clock.split_once('.').unwrap_or((clock, "0"));
    let second_ok = second.is_empty() || is_shaped(second, ":00") && second < ":60";
    let digits = |text: &str| text.bytes().all(|byte| byte.is_ascii_digit());
    shapes.iter().any(|shape| is_shaped(minute, shape)) && second_ok && digits(fraction)
}

fn within_calendar(year: i32) -> bool {
    (2000..=2100).contains(&year)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn moments_are_in_china_standard_time_unless_they_say_otherwise() {
        for (text, rfc3339) in [
            ("2026-06-01T21:59", "2026-06-01T21:59:00+08:00"),
            ("2026-06-01 21:59:30", "2026-06-01T21:59:30+08:00"),
            ("2026-06-01T14:00:01Z", "2026-06-01T22:00:01+08:00"),
            ("2026-06-01t14:00:01z", "2026-06-01T22:00:01+08:00"),
            ("2026-06-01 14:00:59-01:30", "2026-06-01T23:30:59+08:00"),
            ("2026-06-01T14:00+00:00", "2026-06-01T22:00:00+08:00"),
        ] {
            assert_eq!(moment(text).map(|m| m.to_rfc3339()), Ok(rfc3339.to_owned()));
        }
        for text in [
            "2026-02-30T10:00",
            "2026-06-01",
            "2026-06-01T24:00",
            "1999-12-31T23:00",
            "10000-01-01T00:00",
            "2026-06-01T 1: 2",
            "2026- 6- 1T10:00",
            "+2026-06-1T10:00",
            "2026-06-01T10:00:60",
            "2026-06-01T10:00:60Z",
            "2026-06-01T10:00:+5",
            "2026-06-01T10:00 +08:00",
            "2026-06-01T10:00+ 8:00",
            "2026-06-01T10:00:00+0800",
            "",
        ] {
            assert!(moment(text).is_err(), "{text}");
        }
    }

    #[test]
    fn dates_exist() {
        assert!(date("2024-02-29").is_ok());
        for text in [
            "2026-02-29",
            "2026-2-01",
            "2101-01-01",
            "26-01-01",
            "+026-01-01",
            "2026- 6- 1",
            "+2026-06-1",
            "2026-06- 1",
            "today",
        ] {
            assert!(date(text).is_err(), "{text}");
        }
    }
}
