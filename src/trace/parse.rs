//! A block to a chunk: the quick way as far as it goes, then one row the careful way, and so on.

use memchr::memchr_iter;

use super::careful::{Found, next};
use super::csv::{Records, empty_lines};
use super::marks::MarksOfRow;
use super::plan::{Layout, Plan};
use super::quick_csv::QuickCsv;
use super::quick_json::QuickJson;
use super::row::{Row, read};
use super::rows::Rows;
use super::time::Clock;

enum Quick<'p> {
    Csv(QuickCsv<'p>),
    Json(QuickJson<'p>),
    No,
}

/// Parses whole records, which come after the lines of `rows`.
pub fn parse(bytes: &[u8], plan: &Plan, records: &mut Records, mut rows: Rows) -> Rows {
    let mut quick = match (&plan.layout, plan.clock.filter(|_| plan.is_quick())) {
        (Layout::Csv(uses), Some(clock)) => Quick::Csv(QuickCsv::new(uses, clock, plan)),
        (Layout::Json(root), Some(clock)) => Quick::Json(QuickJson::new(root, clock, plan)),
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
    rows.finished(plan)
}

/// The careful way. Gives back what is left.
fn one<'a>(bytes: &'a [u8], plan: &Plan, records: &mut Records, rows: &mut Rows) -> &'a [u8] {
    let (found, length) = next(records, bytes, plan);
    let lines = memchr_iter(b'\n', bytes.get(..length).unwrap_or_default()).count();
    let row = match found {
        Found::Blank => Ok(None),
        Found::Filtered(time) => {
            // How the file writes times may not be known yet, or be another way than in this row.
            let at = time.and_then(|time| Clock::instant(&time, plan.time_unit));
            rows.filtered(at, lines);
            return bytes.get(length..).unwrap_or_default();
        }
        Found::Bad(reason) => Err(reason),
        Found::Row(texts, told) => read(&texts, plan).map(|row| Some((row, told))),
    };
    match row {
        Ok(Some((row, told))) => {
            let mut said = MarksOfRow::default();
            for (marked, text) in &told {
                said.note(*marked, text);
            }
            let row = match (row, plan.block) {
                (Row::Call(at, call), Some(block)) => {
                    let kept = rows.hashes.keep(call, said.hashes, block);
                    kept.map(|call| Row::Call(at, call))
                }
                (row, _) => Ok(row),
            };
            let row = match row {
                Ok(row) => row,
                Err(reason) => {
                    rows.bad(reason, lines);
                    return bytes.get(length..).unwrap_or_default();
                }
            };
            match row {
                Row::Call(at, call) => rows.call_saying(at, call, &said),
                Row::Sums(at, sums) => rows.sums_saying(at, sums, &said),
            }
            rows.end(lines.saturating_sub(1));
        }
        Ok(None) => rows.end(lines),
        Err(reason) => rows.bad(reason, lines),
    }
    bytes.get(length..).unwrap_or_default()
}
