//! The months of the calendar, looked up in it.

use chrono::{Months, NaiveDate};

/// The fewest months that cover so many days, from the first day of some month on.
pub fn months_for(days: u64) -> u64 {
    let starts: Vec<NaiveDate> = (2023..2027)
        .flat_map(|year| (1..=12).filter_map(move |month| NaiveDate::from_ymd_opt(year, month, 1)))
        .collect();
    let covers = |months: u32| {
        starts.iter().any(|start| {
            let end = start.checked_add_months(Months::new(months)).unwrap();
            end.signed_duration_since(*start).num_days() >= i64::try_from(days).unwrap()
        })
    };
    u64::from((1..).find(|months| covers(*months)).unwrap())
}
