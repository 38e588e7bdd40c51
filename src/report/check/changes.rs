//! What became of each deployment since the baseline, for the comment.

use rust_decimal::Decimal;

use super::comment::{Row, Section};
use super::markdown::several;
use super::{Baseline, CheckReport, words};
use crate::billing::number::grouped;
use crate::plan::{Change, Status};
use crate::report::inline::{code, prose};

/// The most reasons that are given for one change.
const MOST_REASONS: usize = 8;

/// A table of what changed; a line where nothing did.
pub fn section(report: &CheckReport, baseline: &Baseline) -> Section {
    let changes = &baseline.changes;
    let moved: Vec<&Change> = changes
        .deployments
        .iter()
        .filter(|change| change.status != Status::Same)
        .collect();
    let of_plan: Vec<String> = changes
        .settings
        .iter()
        .map(|change| setting(&change.key, change.old.as_deref(), change.new.as_deref()))
        .collect();
    let mut head = String::new();
    if !of_plan.is_empty() {
        head = format!("Of the whole plan: {}\n\n", of_plan.join("; "));
    }
    if moved.is_empty() {
        head.push_str(&format!(
            "No deployment changed since {}\n",
            code(&baseline.file)
        ));
        return Section {
            head,
            ..Section::default()
        };
    }
    head.push_str("| Deployment | Change | Before | Now | Difference |\n");
    head.push_str("|:---|:---|---:|---:|---:|\n");
    let money = |amount: Decimal| report.priced.money(amount);
    let same = changes.deployments.len().saturating_sub(moved.len());
    Section {
        head,
        rows: moved.iter().map(|change| changed(report, change)).collect(),
        last: format!(
            "| **Total** | | **{}** | **{}** | **{}** |\n",
            money(changes.old),
            money(changes.new),
            words::increase(report, changes)
        ),
        foot: match same {
            0 => String::new(),
            same => format!("\nThe same: {}\n", several(same, "deployment")),
        },
        noun: "change",
        least: ", those of the least difference",
    }
}

fn changed(report: &CheckReport, change: &Change) -> Row {
    let mut why: Vec<String> = Vec::new();
    if change.status != Status::Changed {
        why.push(format!(
            "{} by {}",
            code(&change.model),
            code(&change.method)
        ));
    }
    let settings = change.settings.iter();
    why.extend(settings.map(|one| setting(&one.key, one.old.as_deref(), one.new.as_deref())));
    why.extend(change.prices.iter().map(|price| {
        let what = prose(&price.description);
        format!(
            "price of {what} {} → {}",
            code(&price.old),
            code(&price.new)
        )
    }));
    let more = why.len().saturating_sub(MOST_REASONS);
    why.truncate(MOST_REASONS);
    if more > 0 {
        why.push(format!("{} more", grouped(more.into(), 0)));
    }
    why.extend(words::unnamed_reasons(change).map(str::to_owned));
    let part = |amount: &Decimal| !amount.is_zero() && *amount != change.difference;
    if let Some(amount) = change.by_prices.filter(part) {
        let amount = words::difference(report, amount);
        why.push(format!("prices alone make {amount}"));
    }
    let mut what = change.status.name().to_owned();
    if !why.is_empty() {
        what.push_str(&format!(": {}", why.join("; ")));
    }
    let money = |amount: Option<Decimal>| {
        amount
            .map(|amount| report.priced.money(amount).to_string())
            .unwrap_or_default()
    };
    let percent = match words::percent(change.percent) {
        percent if percent.is_empty() => percent,
        percent => format!(" ({percent})"),
    };
    Row {
        text: format!(
            "| {} | {what} | {} | {} | {}{percent} |\n",
            code(&change.name),
            money(change.old),
            money(change.new),
            words::difference(report, change.difference)
        ),
        weight: change.difference.abs(),
    }
}

/// `input_tpm` 100000 → 200000, as code.
fn setting(key: &str, old: Option<&str>, new: Option<&str>) -> String {
    let side = |value: Option<&str>| value.map_or_else(|| "none".to_owned(), code);
    format!("{} {} → {}", code(key), side(old), side(new))
}
