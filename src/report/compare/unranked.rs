//! The options without a rank in words: why they have none, and the capacity from which on they pay.

use super::CompareReport;
use super::words::bought;
use crate::billing::number::counted;
use crate::billing::quote::Method;
use crate::compare::{Caveat, Comparison, Doubt, Unranked};

/// A line for each option that is not known to serve the workload: the capacity from which on it would
/// pay.
pub fn unranked_lines(report: &CompareReport) -> Vec<String> {
    let comparison = &report.comparison;
    let several = comparison.of_several_models() || comparison.of_several_regions();
    let line = |one: &Unranked| {
        let row = &one.row;
        let now = if row.is_current { " (now)" } else { "" };
        let model = match several {
            true => {
                let of = &row.quote.model;
                format!(" of {}", comparison.said_model(&of.code, &of.region))
            }
            false => String::new(),
        };
        let total = row.quote.total_money();
        format!(
            "{}{now}, {}{model}, {total}: {}",
            row.kind.name(),
            bought(row),
            doubt(one)
        )
    };
    comparison.unranked.iter().map(line).collect()
}

/// Why options have no rank, each reason once with their names, and what `?` in their rows means.
pub fn not_ranked_lines(report: &CompareReport) -> Vec<String> {
    let comparison = &report.comparison;
    let mut lines = Vec::new();
    if let Some(shown) = report.top {
        let more = comparison.rows.len().saturating_sub(shown);
        let more = u64::try_from(more).unwrap_or(u64::MAX);
        if more > 0 {
            let options = counted(more, "option");
            lines.push(format!("{options} not shown: leave `--top` out to see all"));
        }
        return lines;
    }
    for doubt in [
        Doubt::Capacity,
        Doubt::FineTunedOnly,
        Doubt::FineTunedPrice,
        Doubt::BaseModelOnly,
        Doubt::AtNight,
    ] {
        let of_doubt = || comparison.unranked.iter().filter(|one| one.doubt == doubt);
        let Some(first) = of_doubt().next() else {
            continue;
        };
        let mut names: Vec<&str> = Vec::new();
        for name in of_doubt().map(|one| one.row.kind.name()) {
            if !names.contains(&name) {
                names.push(name);
            }
        }
        let rule = first.row.cited(doubt.rule());
        let rule = rule.map_or_else(String::new, |rule| format!(" ({})", rule.id()));
        let mark = match doubt {
            Doubt::Capacity if of_doubt().all(|one| one.pays_from.is_none()) => "",
            Doubt::Capacity if has_dearer_tokens(comparison) => {
                "; `?` holds if one replica serves that much, for a larger load against tokens of the same model"
            }
            Doubt::Capacity => "; `?` holds if one replica serves that much",
            _ => "",
        };
        lines.push(format!(
            "Not ranked: {}: {doubt}{rule}{mark}",
            names.join(", ")
        ));
    }
    lines
}

/// Whether tokens of some model are not the cheapest option: then an option that pays against them need
/// not be the cheapest.
pub fn has_dearer_tokens(comparison: &Comparison) -> bool {
    let first = comparison.rows.first();
    let several = comparison.of_several_models() || comparison.of_several_regions();
    several || first.is_some_and(|row| row.quote.method != Method::Tokens)
}

/// Why an option has no rank, or the capacity from which on it would pay.
pub fn doubt(one: &Unranked) -> String {
    let mut text = match (one.pays_from, one.row.cited(one.doubt.rule())) {
        (Some(pays_from), _) => pays_from.to_string(),
        (None, Some(rule)) => format!("{} ({})", one.doubt, rule.id()),
        (None, None) if one.never_pays => {
            "does not pay: one replica costs more than the cheapest option".to_owned()
        }
        (None, None) => one.doubt.to_string(),
    };
    let assumed = |caveat: &&Caveat| matches!(caveat, Caveat::AssumedCurrent { .. });
    if let Some(caveat) = one.row.caveats.iter().find(assumed) {
        text.push_str(&format!("; {caveat}"));
    }
    text
}
