//! What of a comparison is said without `--details`.

use rust_decimal::Decimal;

use super::words::{rank, remark};
use super::{CompareReport, words};
use crate::billing::number::counted;
use crate::compare::{Caveat, Longest, Pays, Row};
use crate::report::document::Depth;

/// So many options fit a screen, beside what is said of them.
const FEW: usize = 12;

/// Whether many options of several models or regions share a table, of which only what may matter is shown.
pub fn is_short(report: &CompareReport, depth: Depth) -> bool {
    let comparison = &report.comparison;
    let several = comparison.of_several_models() || comparison.of_several_regions();
    let many = comparison.priced().count() > FEW;
    several && many && depth == Depth::Answer && report.top.is_none()
}

/// Whether a ranked option has a row: of many, one that costs more than ten times the cheapest and never
/// pays has none, but for the cheapest of each model and what the answer names.
pub fn is_shown(report: &CompareReport, row: &Row, depth: Depth) -> bool {
    let far = |percent: Decimal| percent >= Decimal::ONE_THOUSAND;
    let never = row.pays == Some(Pays::Never);
    let is_far = never && row.above_cheapest.is_some_and(far) && !row.is_current;
    let same = |other: &&Row| other.quote.model == row.quote.model;
    let first = report.shown().find(same);
    let is_first = first.is_some_and(|first| first.rank == row.rank);
    let term = report.comparison.over_its_term.as_ref();
    let is_named = term.is_some_and(|term| term.is_of(row));
    let left_out = is_far && !is_first && !is_named;
    !left_out || !is_short(report, depth)
}

/// How many ranked options have no row, and how much dearer they are.
pub fn not_shown(report: &CompareReport, depth: Depth) -> Option<String> {
    let mut left_out = report.shown().filter(|row| !is_shown(report, row, depth));
    let first = left_out.next()?;
    let others: Vec<&Row> = left_out.collect();
    let count = u64::try_from(others.len()).unwrap_or(u64::MAX);
    let count = count.saturating_add(1);
    let from = words::above(first);
    let dearer = match others.last().map(|row| words::above(row)) {
        Some(to) if to != from => format!("{} to {to}", from.trim_end_matches(" ×")),
        _ => from,
    };
    let (options, pay) = match count {
        1 => ("1 option".to_owned(), "costs"),
        _ => (counted(count, "option"), "cost"),
    };
    let never = if count == 1 { "pays" } else { "pay" };
    Some(format!(
        "Not shown: {options} that {pay} {dearer} the cheapest and never {never}: `--details` has all"
    ))
}

/// The caveats of all rows, each once after the ranks that it holds for: `1, 3: …`. Of what holds of every
/// option of a kind, what holds of the cheapest or the current one too.
pub fn caveat_lines(report: &CompareReport, depth: Depth) -> Vec<String> {
    let rows = report.shown().filter(|row| is_shown(report, row, depth));
    lines(rows, depth, |caveat| {
        !caveat.is_of_the_kind() || is_said(report, caveat)
    })
}

/// What holds of every option of a kind, where [`caveat_lines`] do not say so.
pub fn kind_lines(report: &CompareReport) -> Vec<String> {
    lines(report.shown(), Depth::Details, |caveat| {
        caveat.is_of_the_kind() && !is_said(report, caveat)
    })
}

/// Whether a caveat holds of the cheapest or the current option.
fn is_said(report: &CompareReport, caveat: &Caveat) -> bool {
    let mut in_sight = report
        .shown()
        .filter(|row| row.rank == Some(1) || row.is_current);
    in_sight.any(|row| row.caveats.contains(caveat))
}

fn lines<'a>(
    rows: impl Iterator<Item = &'a Row>,
    depth: Depth,
    which: impl Fn(&Caveat) -> bool,
) -> Vec<String> {
    let mut found: Vec<(Vec<String>, String)> = Vec::new();
    for row in rows {
        for caveat in row.caveats.iter().filter(|caveat| which(caveat)) {
            let said = match depth {
                Depth::Answer => short(row, caveat),
                Depth::Details => remark(row, caveat),
            };
            match found.iter_mut().find(|(_, known)| *known == said) {
                Some((ranks, _)) => ranks.push(rank(row)),
                None => found.push((vec![rank(row)], said)),
            }
        }
    }
    let line = |(ranks, said): &(Vec<String>, String)| format!("{}: {said}", ranks.join(", "));
    found.iter().map(line).collect()
}

/// A caveat without what the row has already.
fn short(row: &Row, caveat: &Caveat) -> String {
    let Caveat::SavingsPlan {
        term_months,
        committed,
        longest,
        ..
    } = caveat
    else {
        return remark(row, caveat);
    };
    let mut said = format!(
        "{committed} are paid at the order for {}, used or not",
        counted((*term_months).into(), "month")
    );
    if let Some(Longest {
        term_months, total, ..
    }) = longest
    {
        let months = counted((*term_months).into(), "month");
        said.push_str(&format!(
            "; with a term of {months} its total here would be {total}"
        ));
    }
    match row.cited(caveat.rule()) {
        Some(rule) => format!("{said} ({})", rule.id()),
        None => said,
    }
}
