//! The days of a log, a line of blocks for each: how many tokens a minute come at which hour. Where there are too
//! many days, a line has a week.

use chrono::{DateTime, Datelike, Days, NaiveDate};

use super::TraceReport;
use crate::billing::number::{counted, rough, whole};
use crate::billing::recorded::Quarter;
use crate::report::document::{Cell, Column, Table};
use crate::report::recorded::BLOCKS;

/// The most lines of days; beyond, a line is a week.
const MOST_DAYS: i64 = 35;
/// The most lines.
const MOST_LINES: usize = 60;
/// Columns of a terminal from which on there is room for finer blocks.
const WIDE: usize = 130;

/// Quarters of an hour of a day, and those by which UTC+8 is ahead of UTC.
const DAY: i64 = 96;
const CHINA: i64 = 32;
/// 1970-01-05, the first Monday, in days since the Unix epoch.
const MONDAY: i64 = 4;

/// Where there was nothing to count: before the first minute, and after the last.
const OUTSIDE: char = '·';

/// How quarters are laid out in lines.
#[derive(Debug, Clone, Copy)]
pub struct Layout {
    /// Whether times are dates.
    dated: bool,
    /// Whether a line is a week.
    weekly: bool,
    /// Quarters of a block.
    block: i64,
}

/// A line: a day or a week.
#[derive(Debug, Default)]
struct Line {
    number: i64,
    calls: u64,
    tokens: u64,
    /// Tokens of each block.
    blocks: Vec<u64>,
}

impl Layout {
    /// The layout for the days of a log in so many columns.
    fn of(report: &TraceReport, span: (i64, i64), width: usize) -> Self {
        let dated = report.whole.between.is_some();
        let shift = if dated { CHINA } else { 0 };
        let day = |minute: i64| {
            let quarter = minute.div_euclid(Quarter::MINUTES);
            quarter.saturating_add(shift).div_euclid(DAY)
        };
        let days = day(span.1).saturating_sub(day(span.0)).saturating_add(1);
        let weekly = days > MOST_DAYS;
        let block = match (weekly, width >= WIDE) {
            (false, true) => 1,
            (false, false) => 2,
            (true, true) => 8,
            (true, false) => 12,
        };
        Self {
            dated,
            weekly,
            block,
        }
    }

    /// Quarters of a line.
    fn length(self) -> i64 {
        if self.weekly { 7 * DAY } else { DAY }
    }

    /// The quarter before line 0, so that days begin in UTC+8 and weeks on a Monday.
    fn start(self) -> i64 {
        match (self.dated, self.weekly) {
            (true, true) => MONDAY * DAY - CHINA,
            (true, false) => -CHINA,
            (false, _) => 0,
        }
    }

    /// The line and the block of a quarter.
    fn place(self, quarter: i64) -> (i64, usize) {
        let since = quarter.saturating_sub(self.start());
        let (line, rest) = (
            since.div_euclid(self.length()),
            since.rem_euclid(self.length()),
        );
        let block = rest.checked_div(self.block).unwrap_or(0);
        (line, usize::try_from(block).unwrap_or(0))
    }

    /// The blocks of a line.
    fn blocks(self) -> usize {
        let blocks = self.length().checked_div(self.block).unwrap_or(1);
        usize::try_from(blocks).unwrap_or(1)
    }

    /// The minutes of a block that lie in the span.
    fn minutes(self, line: i64, block: usize, span: (i64, i64)) -> u64 {
        let block = i64::try_from(block).unwrap_or(0);
        let quarter = line.saturating_mul(self.length());
        let quarter = quarter
            .saturating_add(block.saturating_mul(self.block))
            .saturating_add(self.start());
        let first = quarter.saturating_mul(Quarter::MINUTES);
        let last = first
            .saturating_add(self.block.saturating_mul(Quarter::MINUTES))
            .saturating_sub(1);
        let (first, last) = (first.max(span.0), last.min(span.1));
        u64::try_from(last.saturating_sub(first).saturating_add(1)).unwrap_or(0)
    }

    /// The name of a line.
    fn named(self, line: i64) -> String {
        if !self.dated {
            let what = if self.weekly { "week" } else { "day" };
            return format!("{what} {}", whole(line.saturating_add(1)));
        }
        let days = match self.weekly {
            true => line.saturating_mul(7).saturating_add(MONDAY),
            false => line,
        };
        let day = date(days).map(|day| match self.weekly {
            true => day.to_string(),
            false => format!("{day} {}", day.weekday()),
        });
        day.unwrap_or_default()
    }

    /// The hours or the weekdays above the blocks.
    fn title(self) -> String {
        let day = usize::try_from(DAY.checked_div(self.block).unwrap_or(1)).unwrap_or(1);
        if self.weekly {
            let names = match self.dated {
                true => ["Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"],
                false => ["1", "2", "3", "4", "5", "6", "7"],
            };
            let marks = names.map(|name| format!("{name:<day$}"));
            return marks.concat().trim_end().to_owned();
        }
        let each = day / 8;
        let marks =
            (0_u32..8).map(|at| format!("{:<each$}", format!("{:02}", at.saturating_mul(3))));
        marks.collect::<String>().trim_end().to_owned()
    }
}

/// The day that so many days after 1970-01-01 is.
fn date(days: i64) -> Option<NaiveDate> {
    let epoch = DateTime::UNIX_EPOCH.date_naive();
    match u64::try_from(days) {
        Ok(days) => epoch.checked_add_days(Days::new(days)),
        Err(_) => epoch.checked_sub_days(Days::new(days.unsigned_abs())),
    }
}

/// The title of the table, and the table; `None` of an empty log. A day without calls between others is a line.
pub fn table(report: &TraceReport, width: usize) -> Option<(String, Table)> {
    let span = report.span?;
    let layout = Layout::of(report, span, width);
    let lines = lines(report, layout);
    let means = |line: &Line| -> Vec<Option<u64>> {
        let blocks = line.blocks.iter().enumerate();
        let mean = |(block, tokens): (usize, &u64)| {
            let minutes = layout.minutes(line.number, block, span);
            (minutes > 0).then(|| tokens.div_ceil(minutes))
        };
        blocks.map(mean).collect()
    };
    let most = lines.iter().flat_map(&means).flatten().max().unwrap_or(0);
    let mut table = Table::new(vec![
        Column::text(if layout.weekly { "Week of" } else { "Day" }),
        Column::text(layout.title()),
        Column::number("Calls").droppable(),
        Column::number("Tokens"),
    ]);
    let cut = lines.len().saturating_sub(MOST_LINES);
    for line in lines.iter().skip(cut) {
        let drawn = means(line).into_iter().map(|mean| drawn(mean, most));
        table.row(vec![
            Cell::text(layout.named(line.number)),
            Cell::code(drawn.collect::<String>()),
            Cell::number(whole(line.calls)),
            Cell::number(rough(line.tokens)),
        ]);
    }
    let zone = if layout.dated { "in UTC+8, " } else { "" };
    let earlier = match u64::try_from(cut).unwrap_or(0) {
        0 => String::new(),
        cut => format!("; the {} before are not shown", counted(cut, "line")),
    };
    let title = format!("Tokens a minute, {zone}█ is {}{earlier}", rough(most));
    Some((title, table))
}

/// The block of a mean: the highest is that of the most, the lowest that of none.
fn drawn(mean: Option<u64>, most: u64) -> char {
    let Some(mean) = mean else {
        return OUTSIDE;
    };
    let steps = u128::try_from(BLOCKS.len()).unwrap_or(1).saturating_sub(1);
    let height = u128::from(mean)
        .saturating_mul(steps)
        .div_ceil(u128::from(most.max(1)));
    let height = usize::try_from(height).unwrap_or(0);
    BLOCKS.get(height).copied().unwrap_or(OUTSIDE)
}

/// The lines with calls and at most a few without: a longer gap of whole lines is left out.
fn lines(report: &TraceReport, layout: Layout) -> Vec<Line> {
    let mut lines: Vec<Line> = Vec::new();
    for quarter in &report.quarters {
        let (number, block) = layout.place(quarter.number);
        if lines.last().is_none_or(|last| last.number != number) {
            fill(&mut lines, number, layout);
        }
        let Some(line) = lines.last_mut() else {
            continue;
        };
        let tokens = quarter.input.saturating_add(quarter.output);
        line.calls = line.calls.saturating_add(quarter.calls);
        line.tokens = line.tokens.saturating_add(tokens);
        if let Some(sum) = line.blocks.get_mut(block) {
            *sum = sum.saturating_add(tokens);
        }
    }
    lines
}

/// Adds lines up to this one.
fn fill(lines: &mut Vec<Line>, number: i64, layout: Layout) {
    let empty = |number| Line {
        number,
        blocks: vec![0; layout.blocks()],
        ..Line::default()
    };
    let next = lines
        .last()
        .map_or(number, |last| last.number.saturating_add(1));
    // More are not shown.
    let few = number.saturating_sub(i64::try_from(MOST_LINES).unwrap_or(0));
    for between in next.max(few)..number {
        lines.push(empty(between));
    }
    lines.push(empty(number));
}

/// A day with calls.
#[derive(Debug)]
pub struct Day {
    /// Its date in UTC+8; of times that are no dates `1` for the first 24 hours, and so on.
    pub name: String,
    /// Its calls.
    pub calls: u64,
    /// Their input tokens.
    pub input: u64,
    /// Their output tokens.
    pub output: u64,
}

/// The days with calls, in their order.
pub fn days(report: &TraceReport) -> Vec<Day> {
    let layout = Layout {
        dated: report.whole.between.is_some(),
        weekly: false,
        block: DAY,
    };
    let mut days: Vec<(i64, Day)> = Vec::new();
    for quarter in &report.quarters {
        let (number, _) = layout.place(quarter.number);
        if days.last().is_none_or(|(last, _)| *last != number) {
            let name = match layout.dated {
                true => date(number).map(|day| day.to_string()).unwrap_or_default(),
                false => number.saturating_add(1).to_string(),
            };
            let (calls, input, output) = (0, 0, 0);
            days.push((
                number,
                Day {
                    name,
                    calls,
                    input,
                    output,
                },
            ));
        }
        if let Some((_, day)) = days.last_mut() {
            day.calls = day.calls.saturating_add(quarter.calls);
            day.input = day.input.saturating_add(quarter.input);
            day.output = day.output.saturating_add(quarter.output);
        }
    }
    days.into_iter().map(|(_, day)| day).collect()
}
