//! What each deployment costs and how much of its budget that is, for the comment.

use super::comment::{Row, Section};
use super::markdown::{folded, several};
use super::{CheckReport, words};
use crate::billing::money::Currency;
use crate::billing::number::grouped;
use crate::plan::Priced;
use crate::report::inline::code;

/// All deployments: what the comment is about where there is no baseline.
pub fn section(report: &CheckReport) -> Section {
    let priced = &report.priced;
    let total = match report.budget.total {
        Some(limit) => words::used(report, priced.held, limit),
        None => String::new(),
    };
    let mut last = format!(
        "| **Total** | | **{}** | | {total} |\n",
        words::cost(report, priced.low, priced.high)
    );
    for converted in &report.converted {
        last.push_str(&format!(
            "| at {} | | {} | | |\n",
            converted.fx.label(),
            converted.total
        ));
    }
    let section = Section {
        head: "| Deployment | Bought | Cost | Share | Budget |\n\
               |:---|:---|---:|---:|---:|\n"
            .to_owned(),
        rows: priced
            .deployments
            .iter()
            .map(|one| deployment(report, one))
            .collect(),
        last,
        foot: remarks(report),
        noun: "deployment",
        least: ", those that cost least",
    };
    match report.baseline {
        Some(_) => folded(
            &format!("All costs ({})", several(section.rows.len(), "deployment")),
            section,
        ),
        None => section,
    }
}

fn deployment(report: &CheckReport, priced: &Priced) -> Row {
    let own = &priced.deployment;
    let times = match own.count {
        1 => String::new(),
        count => format!("{} × ", grouped(count.into(), 0)),
    };
    let budget = match own.budget {
        Some(limit) => words::used(report, priced.held(), limit),
        None => String::new(),
    };
    let own_cost = match words::own_cost(priced) {
        Some((_, shown)) => format!(" ({shown})"),
        None => String::new(),
    };
    Row {
        text: format!(
            "| {} | {times}{} by {} | {}{own_cost} | {} | {budget} |\n",
            code(&own.name),
            code(&priced.model),
            own.method.name(),
            words::cost(report, priced.low, priced.high),
            words::share(priced.held(), report.priced.held)
        ),
        weight: priced.high,
    }
}

/// At which rate prices in another currency than the plan's are converted, a line a currency.
fn rates(report: &CheckReport) -> Vec<String> {
    let owns = || report.priced.deployments.iter().filter_map(|one| one.own);
    let mut seen: Vec<Currency> = Vec::new();
    for own in owns() {
        if !seen.contains(&own.currency) {
            seen.push(own.currency);
        }
    }
    let line = |currency: Currency| {
        let mut of_it = owns().filter(|own| own.currency == currency);
        let rounded = of_it.clone().map(|own| own.mark());
        let mark = rounded.max().unwrap_or_default();
        let rate = of_it.next().map(|own| own.exchange.stated());
        let rate = rate.unwrap_or_default();
        format!("Prices in {currency} are converted at {rate}{mark}")
    };
    seen.into_iter().map(line).collect()
}

/// How the budgets are read.
fn remarks(report: &CheckReport) -> String {
    let mut lines = Vec::new();
    if let Some(increase) = report.budget.increase {
        let allowed = words::allowed(report, increase);
        lines.push(match &report.baseline {
            Some(baseline) => format!(
                "Increase: {} of {allowed} allowed",
                words::increase(report, &baseline.changes)
            ),
            None => format!("Increase: {allowed} allowed, not checked without `--baseline`"),
        });
    }
    if report.priced.low != report.priced.high {
        lines.push("A range counts with its high end, or with that of its `budget_on`".to_owned());
    }
    lines.extend(rates(report));
    lines.extend(words::rounding(report));
    lines.iter().map(|line| format!("\n{line}\n")).collect()
}
