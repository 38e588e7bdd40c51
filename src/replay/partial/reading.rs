//! What a contribution says about the files that it was read from. It may differ between parts, and adds up.

use std::collections::BTreeSet;

use crate::billing::recorded::Odd;
use crate::billing::recorded::{Described, ReadAs};
use crate::replay::TooLarge;
use crate::replay::sums::add;
use crate::trace::{Marks, Spans, Summary, TimeFormat, TimeUnit};

/// What is known of the files that minutes were read from.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Reading {
    /// Their names as they are shown; in the order in which they were given, sorted once parts are
    /// added up.
    pub files: Vec<String>,
    /// Which logs they are; empty where all are read by usual names.
    pub logs: BTreeSet<ReadAs>,
    /// The load that the calls were made from, where they were read from no file.
    pub load: Option<Described>,
    /// The number of files of folders that were left out, as they are no logs by their names. Those of parts are not
    /// known.
    pub files_left_out: u64,
    /// How their times are written, in the words of [`TimeFormat::words`].
    pub times: BTreeSet<&'static str>,
    /// Whether times are counted from a start of their own, and so are no dates.
    pub relative: bool,
    /// The unit in which times would be dates, where they are none in the unit that was given: then that one
    /// may be wrong.
    pub doubtful_unit: Option<TimeUnit>,
    /// The number of all rows, where every part says how many it has.
    pub rows: Option<u64>,
    /// Rows that were left out because they cannot be read.
    pub skipped: u64,
    /// Rows that a filter left out.
    pub filtered: u64,
    /// Rows of other types than calls.
    pub other_rows: u64,
    /// The minutes of rows that a filter left out.
    pub filtered_at: Spans,
    /// What is odd about the rows.
    pub odd: Odd,
    /// What the calls that count say beside their tokens.
    pub marks: Marks,
    /// The filters, as they are written: `model=qwen3-max`. Sorted, as their order means nothing.
    pub filters: Vec<String>,
}

impl Reading {
    /// What a quote says of what was read.
    #[must_use]
    pub fn of(summary: &Summary) -> Self {
        let files = summary.files.iter();
        let filters: BTreeSet<&String> = summary.filters.iter().collect();
        // Of rows that cannot be read it is not known what their times are counted from.
        let read = files.clone().filter(|file| file.relative || file.dated);
        let times = read.filter_map(|file| Some(file.time?.words(file.relative)));
        Self {
            files: files.map(|file| file.name.clone()).collect(),
            logs: logs(summary),
            load: None,
            files_left_out: 0,
            times: times.collect(),
            relative: summary.relative(),
            doubtful_unit: summary.doubtful_unit,
            rows: Some(summary.rows),
            skipped: summary.bad.count,
            filtered: summary.filtered,
            other_rows: summary.other_rows,
            filtered_at: summary.filtered_at,
            odd: summary.odd,
            marks: summary.marks.clone(),
            filters: filters.into_iter().cloned().collect(),
        }
    }

    /// How times are written, each way once: `Unix seconds, and dates and times with a zone`.
    #[must_use]
    pub fn time(&self) -> String {
        let times: Vec<&str> = self.times.iter().copied().collect();
        match times.as_slice() {
            [] if self.load.is_some() => "minutes of a load".to_owned(),
            [] => "a format that is not said".to_owned(),
            [only] => (*only).to_owned(),
            [first @ .., last] => format!("{}, and {last}", first.join(", ")),
        }
    }

    /// Whether some times have no zone, and are taken as UTC+8.
    #[must_use]
    pub fn zone_assumed(&self) -> bool {
        let bare = TimeFormat::DateTime { zone: false };
        self.times.contains(bare.name())
    }

    /// Adds what is known of the files of another part. Files and filters are in order after
    /// [`Reading::in_order`].
    pub(super) fn take_in(&mut self, other: Self) -> Result<(), TooLarge> {
        self.files.extend(other.files);
        self.logs.extend(other.logs);
        self.times.extend(other.times);
        self.relative |= other.relative;
        self.doubtful_unit = self.doubtful_unit.or(other.doubtful_unit);
        self.rows = match self.rows.zip(other.rows) {
            Some((rows, others)) => Some(add(rows, others)?),
            None => None,
        };
        self.skipped = add(self.skipped, other.skipped)?;
        self.filtered = add(self.filtered, other.filtered)?;
        self.other_rows = add(self.other_rows, other.other_rows)?;
        self.filtered_at = self.filtered_at.joined(other.filtered_at);
        self.odd = self.odd.plus(other.odd)?;
        self.marks.add(other.marks);
        self.filters.extend(other.filters);
        Ok(())
    }

    pub(super) fn in_order(&mut self) {
        for names in [&mut self.files, &mut self.filters] {
            names.sort_unstable();
            names.dedup();
        }
    }
}

/// Which logs the files are, where one is known.
fn logs(summary: &Summary) -> BTreeSet<ReadAs> {
    let files = summary.files.iter().filter(|file| file.shape.is_some());
    let logs: BTreeSet<ReadAs> = files
        .map(|file| match file.log {
            Some(log) => ReadAs {
                name: Some(&log.name),
                title: &log.title,
            },
            None => ReadAs::USUAL,
        })
        .collect();
    match logs.iter().all(|log| log.name.is_none()) {
        true => BTreeSet::new(),
        false => logs,
    }
}
