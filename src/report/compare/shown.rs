//! What of a comparison is said without `--details`.

use rust_decimal::Decimal;

use super::words::{rank, remark};
use super::{CompareReport, words};
use crate::billing::number::counted;
use crate::compare::{Caveat, Longest, Pays, Row};
use crate::report::document::Depth;

/// Whether several models or regions share a table, of which only what may matter is shown.
pub fn is_short(report: &CompareReport, depth: Depth) -> bool {
    let comparison = &report.comparison;
    let several = comparison.of_several_models() || comparison.of_several_regions();
    several && depth == Depth::Answer && report.top.is_none()
}

/// Whether a ranked option has a row: beside other models, one that costs more than ten times the cheapest
/// and never pays has none.
pub fn is_shown(report: &CompareReport, row: &Row, depth: Depth) -> bool {
    let far = |percent: Decimal| percent >= Decimal::ONE_THOUSAND;
    let never = row.pays == Some(Pays::Never);
    let left_out = never && row.above_cheapest.is_some_and(far) && !row.is_current;
    !(left_out && is_short(report, depth))
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

/// The caveats of all rows, each once after the ranks that it holds for: `1, 3: …`. What holds of every
/// option of a kind is said of the cheapest alone.
pub fn caveat_lines(report: &CompareReport, depth: Depth) -> Vec<String> {
    let mut found: Vec<(Vec<String>, String)> = Vec::new();
    for row in report.shown().filter(|row| is_shown(report, row, depth)) {
        let said = |caveat: &&Caveat| match depth {
            Depth::Answer => row.rank == Some(1) || row.is_current || !caveat.is_of_the_kind(),
            Depth::Details => true,
        };
        for caveat in row.caveats.iter().filter(said) {
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
        "{committed} are committed for {}, used or not",
        counted((*term_months).into(), "month")
    );
    if let Some(Longest {
        term_months, total, ..
    }) = longest
    {
        let months = counted((*term_months).into(), "month");
        said.push_str(&format!("; for {months} the total would be {total}"));
    }
    match row.cited(caveat.rule()) {
        Some(rule) => format!("{said} ({})", rule.id()),
        None => said,
    }
}
