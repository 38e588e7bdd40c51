//! A block to a chunk: the quick way as far as it goes, then one row the careful way, and so on.

use memchr::memchr_iter;

use super::careful::{Found, next};
use super::csv::{Records, empty_lines};
use super::marks::{MarkedTexts, MarksOfRow};
use super::plan::{Layout, Plan};
use super::quick_csv::QuickCsv;
use super::quick_json::QuickJson;
use super::row::{Row, Texts, is_without_output, read};
use super::rows::Rows;
use super::time::Clock;

enum Quick<'p> {
    Csv(Box<QuickCsv<'p>>),
    Json(Box<QuickJson<'p>>),
    No,
}

/// Parses whole records, which come after the lines of `rows`.
pub fn parse(bytes: &[u8], plan: &Plan, records: &mut Records, mut rows: Rows) -> Rows {
    rows.asks = plan.asks();
    let mut quick = match (&plan.layout, plan.clock.filter(|_| plan.is_quick())) {
        (Layout::Csv(uses), Some(clock)) => Quick::Csv(Box::new(QuickCsv::new(uses, clock, plan))),
        (Layout::Json(root), Some(clock)) => {
            Quick::Json(Box::new(QuickJson::new(root, clock, plan)))
        }
        (_, None) => Quick::No,
    };
    let mut rest = bytes;
    while !rest.is_empty() {
        rest = match &mut quick {
            Quick::Csv(quick) => quick.read(rest, &mut rows),
            Quick::Json(quick) => quick.read(rest, &mut rows),
            Quick::No => rest,
        };
        let (empty, after) = empty_lines(rest);
        if !empty.is_empty() {
            rows.end(memchr_iter(b'\n', empty).count());
            rest = after;
            continue;
        }
        if !rest.is_empty() {
            rest = one(rest, plan, records, &mut rows);
        }
    }
    match &mut quick {
        Quick::Csv(quick) => quick.finish(&mut rows),
        Quick::Json(quick) => quick.finish(&mut rows),
        Quick::No => {}
    }
    rows.finished(plan)
}

/// The careful way. Gives back what is left.
fn one<'a>(bytes: &'a [u8], plan: &Plan, records: &mut Records, rows: &mut Rows) -> &'a [u8] {
    let (found, length) = next(records, bytes, plan);
    let lines = memchr_iter(b'\n', bytes.get(..length).unwrap_or_default()).count();
    let (texts, told) = match found {
        Found::Row(texts, told) => (texts, told),
        other => {
            match other {
                Found::Filtered(time) => {
                    // How the file writes times may not be known yet, or be another way than in this row.
                    let at = time.and_then(|time| Clock::instant(&time, plan.times));
                    rows.filtered(at, lines);
                }
                Found::Other => rows.other(lines),
                Found::Failed => rows.failed(lines),
                Found::Bad(reason) => rows.bad(reason, lines),
                Found::Blank | Found::Row(..) => rows.end(lines),
            }
            return bytes.get(length..).unwrap_or_default();
        }
    };
    row(&texts, &told, plan, rows, lines);
    bytes.get(length..).unwrap_or_default()
}

/// Adds the row of `lines` lines that has these texts.
pub fn row(texts: &Texts, told: &MarkedTexts, plan: &Plan, rows: &mut Rows, lines: usize) {
    let said = MarksOfRow::of(told);
    let no_output = is_without_output(texts, &said, plan);
    let row = read(texts, plan, no_output).and_then(|row| match (row, plan.block) {
        (Row::Call(at, call), Some(block)) => {
            let kept = rows.hashes.keep(call, said.hashes, block);
            kept.map(|call| Row::Call(at, call))
        }
        (row, _) => Ok(row),
    });
    match row {
        Ok(row) => {
            match row {
                Row::Call(at, call) => rows.call_saying(at, call, no_output, &said),
                Row::Sums(at, sums) => {
                    let end = said.end.zip(plan.clock);
                    if let Some(end) = end.and_then(|(end, clock)| clock.read(end).ok()) {
                        rows.ends(at, end);
                    }
                    rows.sums_saying(at, sums, no_output, &said);
                }
            }
            rows.end(lines.saturating_sub(1));
        }
        Err(reason) => rows.bad(reason, lines),
    }
}
