//! Shows how much of a trace is read: one line on the terminal, removed when the work is done.

use std::time::{Duration, Instant};

use crate::trace::Progress;

/// Work shorter than this shows no line.
const SILENT: Duration = Duration::from_secs(1);
/// The least time between two updates of the line.
const BETWEEN: Duration = Duration::from_millis(200);
/// The least time between lines on a terminal that cannot remove them.
const BETWEEN_LASTING: Duration = Duration::from_secs(10);

/// Returns to the start of the line and erases it.
const CLEAR: &str = "\r\u{1b}[K";

/// The terminal on which progress is shown.
#[derive(Debug, Clone, Copy)]
pub struct Terminal {
    /// Writes a text as it is.
    pub write: fn(&str),
    /// Whether a line can be erased: not with `TERM=dumb`.
    pub clears: bool,
}

/// Shows the progress of a reading at intervals, and erases it when dropped.
#[derive(Debug)]
pub(super) struct Watch {
    terminal: Option<Terminal>,
    start: Instant,
    line: Line,
}

impl Watch {
    /// Starts the clock. Without a terminal nothing is shown.
    pub(super) fn new(terminal: Option<Terminal>) -> Self {
        Self {
            terminal,
            start: Instant::now(),
            line: Line::default(),
        }
    }

    /// Shows `progress`, unless the last line is too recent.
    pub(super) fn tell(&mut self, progress: Progress) {
        let Some(terminal) = self.terminal else {
            return;
        };
        let text = self
            .line
            .next(self.start.elapsed(), progress, terminal.clears);
        if let Some(text) = text {
            (terminal.write)(&text);
        }
    }
}

impl Drop for Watch {
    fn drop(&mut self) {
        if let Some(terminal) = self.terminal
            && terminal.clears
            && self.line.told.is_some()
        {
            (terminal.write)(CLEAR);
        }
    }
}

/// The line that is on the terminal.
#[derive(Debug, Default)]
struct Line {
    /// Time from the start at which it was written; `None` before the first.
    told: Option<Duration>,
    /// Bytes that were read by then.
    read: u64,
    /// Whether the files are read a second time.
    again: bool,
}

impl Line {
    /// The text to write `since` the start; `None` where it is too early for one.
    fn next(&mut self, since: Duration, progress: Progress, clears: bool) -> Option<String> {
        // A size that counts on percentiles is held against the same files afterwards.
        self.again |= progress.read < self.read;
        self.read = progress.read;
        let between = match clears {
            true => BETWEEN,
            false => BETWEEN_LASTING,
        };
        let is_due = match self.told {
            Some(told) => since.saturating_sub(told) >= between,
            None => since >= SILENT,
        };
        // A standard input from which nothing comes may be waiting for what is typed.
        if !is_due || progress.read == 0 {
            return None;
        }
        self.told = Some(since);
        let text = text(progress, self.again);
        Some(match clears {
            true => format!("{CLEAR}{text}"),
            false => format!("{text}\n"),
        })
    }
}

fn text(progress: Progress, again: bool) -> String {
    let mebibytes = |bytes: u64| bytes.checked_div(1 << 20).unwrap_or(0);
    let read = mebibytes(progress.read);
    let again = if again { " again" } else { "" };
    let Some(total) = progress.total.filter(|total| *total > 0) else {
        return format!("read {read} MiB{again}");
    };
    // A file may have grown since.
    let done = progress.read.min(total);
    let percent = u128::from(done)
        .saturating_mul(100)
        .checked_div(total.into())
        .unwrap_or(0);
    format!(
        "read {read} of {} MiB{again} ({percent} %)",
        mebibytes(total)
    )
}

#[cfg(test)]
mod tests {
    use std::cell::RefCell;

    use super::*;

    const MIB: u64 = 1 << 20;

    fn at(read: u64, total: Option<u64>) -> Progress {
        Progress { read, total }
    }

    fn lines(steps: &[(u64, Progress)], clears: bool) -> Vec<String> {
        let mut line = Line::default();
        let steps = steps.iter();
        let steps =
            steps.map(|(ms, progress)| line.next(Duration::from_millis(*ms), *progress, clears));
        steps.flatten().collect()
    }

    #[test]
    fn work_of_less_than_a_second_says_nothing() {
        let total = Some(10 * MIB);
        let steps = [(0, at(0, total)), (999, at(10 * MIB, total))];
        assert!(lines(&steps, true).is_empty());
        assert!(lines(&steps, false).is_empty());
    }

    #[test]
    fn each_line_replaces_the_one_before_and_not_too_often() {
        let total = Some(1_800 * MIB);
        let steps = [
            (1_000, at(900 * MIB, total)),
            (1_100, at(1_000 * MIB, total)),
            (1_200, at(1_100 * MIB, total)),
        ];
        assert_eq!(
            lines(&steps, true),
            [
                "\r\u{1b}[Kread 900 of 1800 MiB (50 %)",
                "\r\u{1b}[Kread 1100 of 1800 MiB (61 %)"
            ]
        );
    }

    #[test]
    fn a_terminal_that_clears_nothing_gets_few_whole_lines_without_control_characters() {
        let steps: Vec<(u64, Progress)> = (0..25)
            .map(|second| (second * 1_000, at((second + 1) * MIB, None)))
            .collect();
        assert_eq!(
            lines(&steps, false),
            ["read 2 MiB\n", "read 12 MiB\n", "read 22 MiB\n"]
        );
    }

    #[test]
    fn a_second_reading_says_so() {
        let total = Some(8 * MIB);
        let steps = [
            (900, at(7 * MIB, total)),
            (1_000, at(MIB, total)),
            (2_000, at(2 * MIB, total)),
        ];
        assert_eq!(
            lines(&steps, true),
            [
                "\r\u{1b}[Kread 1 of 8 MiB again (12 %)",
                "\r\u{1b}[Kread 2 of 8 MiB again (25 %)"
            ]
        );
    }

    #[test]
    fn a_line_fits_forty_columns_and_has_no_more_than_all_of_a_file() {
        let large = 100_000 * MIB;
        assert_eq!(
            text(at(large + 5, Some(large)), true),
            "read 100000 of 100000 MiB again (100 %)"
        );
        assert_eq!(text(at(0, Some(0)), false), "read 0 MiB");
        assert_eq!(text(at(u64::MAX, None), false), "read 17592186044415 MiB");
    }

    thread_local! {
        static WRITTEN: RefCell<String> = const { RefCell::new(String::new()) };
    }

    /// What one update writes, `since` the start.
    fn written(since: Duration, clears: bool) -> String {
        let terminal = Terminal {
            write: |text| WRITTEN.with_borrow_mut(|written| written.push_str(text)),
            clears,
        };
        let mut watch = Watch::new(Some(terminal));
        watch.start = watch.start.checked_sub(since).unwrap();
        watch.tell(at(MIB, None));
        drop(watch);
        WRITTEN.take()
    }

    #[test]
    fn what_was_said_is_taken_back_at_the_end() {
        let long = Duration::from_secs(2);
        assert_eq!(written(long, true), "\r\u{1b}[Kread 1 MiB\r\u{1b}[K");
        assert_eq!(written(long, false), "read 1 MiB\n");
        assert_eq!(written(Duration::ZERO, true), "");
    }
}
