//! For people in a terminal: what costs what, what changed, which budget is exceeded; 80 columns.

use super::{Baseline, CheckReport, words};
use crate::billing::exact::plain;
use crate::billing::number::counted;
use crate::billing::rule::Basis;
use crate::plan::{Increase, Priced, Status};
use crate::report::quotes::{PricedQuote, QuoteReport, block, notes_list, sources_list};
use crate::report::style::Style;
use crate::report::{CatalogInfo, layout};

/// The report as text.
pub fn render(report: &CheckReport, style: Style) -> String {
    let count = u64::try_from(report.priced.deployments.len()).unwrap_or(u64::MAX);
    let discount = match report.discount {
        Some(percent) => format!(" · {}% off", plain(percent.value())),
        None => String::new(),
    };
    let headline = format!(
        "{} · {} · {}{discount}",
        report.file,
        counted(report.days, "day"),
        counted(count, "deployment")
    );
    let mut text = String::new();
    for line in layout::wrap(&headline, "", "") {
        text.push_str(&format!("{}\n", style.bold(&line)));
    }
    text.push('\n');
    text.push_str(&costs(report, style));
    text.push_str(&layout::list("Converted", &converted(report), style));
    text.push_str(&months(report, style));
    text.push_str(&renewed(report, style));
    text.push_str(&rates(report, style));
    text.push_str(&budgets(report, style));
    if let Some(baseline) = &report.baseline {
        text.push_str(&changes(report, baseline, style));
    }
    text.push_str(&cheapest(report, style));
    if report.details {
        text.push_str(&details(report, style));
    }
    text.push_str(&readings(report, style));
    let ages = words::ages(words::notes(report).into_iter());
    text.push_str(&layout::list("Age of prices", &ages, style));
    text.push_str(&layout::changes(&report.catalog.changes, style));
    text
}

/// What is priced in another currency than the plan's, a line each.
fn converted(report: &CheckReport) -> Vec<String> {
    let deployments = report.priced.deployments.iter();
    deployments
        .filter_map(|priced| {
            let (own, shown) = words::own_cost(priced)?;
            let name = &priced.deployment.name;
            let (rate, mark) = (own.exchange.stated(), own.mark());
            Some(format!("{name}: {shown} at {rate}{mark}"))
        })
        .chain(words::rounding(report))
        .collect()
}

/// Each deployment with its cost, and the total set apart.
fn costs(report: &CheckReport, style: Style) -> String {
    let totals = totals(report);
    let wide = side_by_side(report, &totals);
    let lines = if layout::widest(&wide) > layout::WIDTH {
        stacked(report, &totals)
    } else {
        wide
    };
    framed(&lines, totals.len(), style)
}

/// Lines with a rule above the last `totals`.
fn framed(lines: &[String], totals: usize, style: Style) -> String {
    let mut text = String::new();
    let rule = "─".repeat(layout::widest(lines).saturating_sub(1));
    let first_total = lines.len().saturating_sub(totals);
    for (at, line) in lines.iter().enumerate() {
        if at == first_total {
            text.push_str(&format!(" {rule}\n"));
        }
        let shown = match at {
            0 => style.dim(line),
            at if at == first_total => style.bold(line),
            _ => line.clone(),
        };
        text.push_str(&shown);
        text.push('\n');
    }
    text
}

/// The total, and what it is in other currencies.
fn totals(report: &CheckReport) -> Vec<(String, String)> {
    let priced = &report.priced;
    let total = words::cost(report, priced.low, priced.high);
    let converted = report.converted.iter().map(|converted| {
        let label = format!("at {}", converted.fx.label());
        (label, converted.total.to_string())
    });
    std::iter::once(("Total".to_owned(), total))
        .chain(converted)
        .collect()
}

fn bought(priced: &Priced) -> String {
    let deployment = &priced.deployment;
    words::bought(&priced.model, deployment.method.name(), deployment.count)
}

fn side_by_side(report: &CheckReport, totals: &[(String, String)]) -> Vec<String> {
    let mut table = layout::columns(&["Deployment", "Bought", "Cost", "Share"], &[2, 3]);
    for priced in &report.priced.deployments {
        table.add_row([
            priced.deployment.name.clone(),
            bought(priced),
            words::cost(report, priced.low, priced.high),
            words::share(priced.held(), report.priced.held),
        ]);
    }
    for (label, total) in totals {
        table.add_row([label.as_str(), "", total.as_str(), ""]);
    }
    layout::lines(&table)
}

/// The same for names and costs so long that four columns do not fit.
fn stacked(report: &CheckReport, totals: &[(String, String)]) -> Vec<String> {
    let mut table = layout::columns(&["Deployment", "Cost"], &[1]);
    for priced in &report.priced.deployments {
        let cost = words::cost(report, priced.low, priced.high);
        table.add_row([priced.deployment.name.clone(), cost]);
        let share = words::share(priced.held(), report.priced.held);
        table.add_row([format!("  {}, {share}", bought(priced)), String::new()]);
    }
    for (label, total) in totals {
        table.add_row([label.as_str(), total.as_str()]);
    }
    layout::lines(&table)
}

/// Where whole months are paid for a period that they do not end with.
fn months(report: &CheckReport, style: Style) -> String {
    let deployments = report.priced.deployments.iter();
    let lines: Vec<String> = deployments
        .filter_map(|priced| {
            let paid = words::paid_months(report, priced.months.as_ref()?);
            Some(format!("{}: {paid}", priced.deployment.name))
        })
        .collect();
    layout::list("Paid by whole months", &lines, style)
}

/// What is charged when of subscriptions that are renewed.
fn renewed(report: &CheckReport, style: Style) -> String {
    let deployments = report.priced.deployments.iter();
    let lines: Vec<String> = deployments
        .filter_map(|priced| {
            let terms = words::renewals(priced)?;
            Some(format!("{}: {terms}", priced.deployment.name))
        })
        .collect();
    layout::list("Renewed", &lines, style)
}

/// Where a model has two token prices, and the plan does not say which is meant.
fn rates(report: &CheckReport, style: Style) -> String {
    let deployments = report.priced.deployments.iter();
    let lines: Vec<String> = deployments
        .filter_map(|priced| {
            let taken = words::other_rate(priced)?;
            Some(format!("{}: {taken}", priced.deployment.name))
        })
        .collect();
    layout::list("One of two token prices", &lines, style)
}

/// Each budget and how much of it is used.
fn budgets(report: &CheckReport, style: Style) -> String {
    let mut lines = Vec::new();
    if let Some(limit) = report.budget.total {
        lines.push(format!(
            "total: {}",
            words::used(report, report.priced.held, limit)
        ));
    }
    if let Some(allowed) = report.budget.increase {
        let allowed = match allowed {
            Increase::Percent(percent) => format!("{}%", plain(percent)),
            Increase::Amount(amount) => report.priced.money(amount).to_string(),
        };
        lines.push(match &report.baseline {
            Some(baseline) => format!(
                "increase: {} of {allowed} allowed",
                words::increase(report, &baseline.changes)
            ),
            None => format!("increase: {allowed} allowed, not checked without `--baseline`"),
        });
    }
    for priced in &report.priced.deployments {
        if let Some(limit) = priced.deployment.budget {
            let used = words::used(report, priced.held(), limit);
            lines.push(format!("{}: {used}", priced.deployment.name));
        }
    }
    let ranged = report.priced.low != report.priced.high;
    if ranged && !lines.is_empty() {
        let held = report.priced.money(report.priced.held);
        lines.push(format!(
            "ranges count with their high end, or that of `budget_on`: {held} in all"
        ));
    }
    layout::list("Budgets", &lines, style)
}

fn changes(report: &CheckReport, baseline: &Baseline, style: Style) -> String {
    let changes = &baseline.changes;
    let mut text = format!(
        "\n {}\n",
        style.dim(&format!("Changes since {}", baseline.file))
    );
    for setting in &changes.settings {
        text.push_str(&format!("   plan: {}\n", words::setting(setting)));
    }
    for change in &changes.deployments {
        if change.status == Status::Same {
            continue;
        }
        let line = format!("{}: {}", change.name, words::moved(report, change));
        for line in layout::wrap(&line, "   ", "     ") {
            text.push_str(&format!("{line}\n"));
        }
        for reason in words::reasons(change) {
            for line in layout::wrap(&reason, "     ", "       ") {
                text.push_str(&format!("{line}\n"));
            }
        }
    }
    let same = changes
        .deployments
        .iter()
        .filter(|change| change.status == Status::Same)
        .count();
    if same > 0 {
        let same = u64::try_from(same).unwrap_or(u64::MAX);
        text.push_str(&format!("   the same: {}\n", counted(same, "deployment")));
    }
    let total = format!("total: {}", words::total_moved(report, changes));
    for line in layout::wrap(&total, "   ", "     ") {
        text.push_str(&format!("{}\n", style.bold(&line)));
    }
    text
}

fn cheapest(report: &CheckReport, style: Style) -> String {
    let Some(found) = &report.cheapest else {
        return String::new();
    };
    let lines: Vec<String> = report
        .priced
        .deployments
        .iter()
        .zip(found)
        .map(|(priced, found)| format!("{}: {}", priced.deployment.name, words::cheapest(found)))
        .collect();
    layout::list("Cheapest method", &lines, style)
}

/// Every quote of every deployment.
fn details(report: &CheckReport, style: Style) -> String {
    let mut text = String::new();
    for priced in &report.priced.deployments {
        for part in &priced.parts {
            let end = part.end.map(|end| format!(" ({} end)", end.name()));
            let end = end.unwrap_or_default();
            let label = part.label.as_ref().map(|label| format!(" · {label}{end}"));
            let times = match priced.deployment.count {
                1 => String::new(),
                count => format!(" · each of {count}"),
            };
            let title = format!(
                "{}{}{times}",
                priced.deployment.name,
                label.unwrap_or_default()
            );
            text.push('\n');
            for line in layout::wrap(&title, "", "") {
                text.push_str(&format!("{}\n", style.bold(&line)));
            }
            let quote = PricedQuote {
                quote: part.quote.clone(),
                converted: Vec::new(),
            };
            text.push_str(&block(&quote, style));
        }
        let title = format!("Notes of {}", priced.deployment.name);
        let own = quotes(report, std::slice::from_ref(priced));
        text.push_str(&notes_list(&title, &own, style));
    }
    text.push_str(&sources_list(
        &quotes(report, &report.priced.deployments),
        style,
    ));
    text
}

/// The quotes of some deployments.
fn quotes(report: &CheckReport, deployments: &[Priced]) -> QuoteReport {
    let parts = deployments.iter().flat_map(|priced| &priced.parts);
    QuoteReport {
        quotes: parts
            .map(|part| PricedQuote {
                quote: part.quote.clone(),
                converted: Vec::new(),
            })
            .collect(),
        catalog: CatalogInfo {
            changes: Vec::new(),
            ..report.catalog.clone()
        },
        max_cost: None,
    }
}

/// The readings that the costs depend on. With details every note says so itself.
fn readings(report: &CheckReport, style: Style) -> String {
    if report.details {
        return String::new();
    }
    let mut rules: Vec<&str> = Vec::new();
    for note in words::notes(report) {
        let id = note.rule().id();
        if note.basis() == Basis::Reading && !rules.contains(&id) {
            rules.push(id);
        }
    }
    if rules.is_empty() {
        return String::new();
    }
    let line = format!("{}; `--details` shows every note", rules.join(", "));
    layout::list("Depends on readings", &[line], style)
}
