//! Each budget and how much of it is used, what is exceeded first.

use rust_decimal::Decimal;

use super::{BreachLine, CheckReport, words};
use crate::billing::amount::Amount;
use crate::billing::exact;
use crate::plan::BreachKind;
use crate::report::document::{Cell, Column, Look, Table};

pub fn table(report: &CheckReport) -> Table {
    let mut table = Table::new(vec![
        Column::text("Budget"),
        Column::number("Limit"),
        Column::number("Cost"),
        Column::number("Used"),
        Column::number("Exceeded by"),
    ]);
    table.noun = "budget";
    table.least = ", those exceeded least";
    for line in &report.breaches {
        exceeded(&mut table, report, line);
    }
    let breached = |kind: &BreachKind| report.breaches.iter().any(|line| line.breach.kind == *kind);
    let total = report.budget.total;
    if let Some(limit) = total.filter(|_| !breached(&BreachKind::Total)) {
        within(&mut table, report, "total", limit, report.priced.held);
    }
    for priced in &report.priced.deployments {
        let own = &priced.deployment;
        let kind = BreachKind::Deployment(own.name.clone());
        if let Some(limit) = own.budget.filter(|_| !breached(&kind)) {
            within(&mut table, report, &own.name, limit, priced.held());
        }
    }
    if report.breaches.is_empty() {
        // Nothing is exceeded by anything.
        table.without(table.columns.len().saturating_sub(1));
    }
    table
}

/// Limit and cost with every digit: rounded they can be the same.
fn exceeded(table: &mut Table, report: &CheckReport, line: &BreachLine) {
    let breach = &line.breach;
    let precise = |amount: Decimal| report.priced.money(amount).precise();
    let of = |amount: Decimal| report.priced.money(amount);
    // With every digit only where the rounded ones would be the same.
    let (limit, own) = (breach.limit, report.priced.currency);
    let is_near = of(limit.number).shown() == of(breach.cost).shown();
    let money = |amount: Decimal| match is_near {
        true => precise(amount),
        false => of(amount).to_string(),
    };
    let over = exact::sub(breach.cost, limit.number).ok();
    let what = match &breach.kind {
        BreachKind::Total => Cell::text("total"),
        BreachKind::MaxCost => Cell::text("`--max-cost`"),
        BreachKind::Deployment(name) => Cell::code(name),
        BreachKind::Increase { allowed, baseline } => Cell::text(format!(
            "increase of {} over {}",
            words::allowed(report, *allowed),
            precise(*baseline)
        )),
    };
    // The budgets of the plan come before those of its deployments.
    let weight = match breach.kind {
        BreachKind::Deployment(_) => over.unwrap_or_default(),
        _ => Decimal::MAX,
    };
    let cells = vec![
        what,
        Cell::number(match is_near {
            true => limit.precise(own),
            false => limit.shown(own),
        }),
        Cell::number(money(breach.cost)),
        Cell::number(words::used(breach.cost, limit.number)),
        Cell::number(over.map(money).unwrap_or_default()),
    ];
    table.weighed(cells, Look::Alarm, weight);
}

fn within(table: &mut Table, report: &CheckReport, name: &str, limit: Amount, cost: Decimal) {
    let cells = vec![
        Cell::code(name),
        Cell::number(limit.shown(report.priced.currency)),
        report.priced.money(cost).into(),
        Cell::number(words::used(cost, limit.number)),
        Cell::Empty,
    ];
    // Below everything that is exceeded.
    table.weighed(cells, Look::Plain, exact::negate(Decimal::ONE));
}

/// How a range and an increase are held against the budgets, and why an increase is not.
pub fn remarks(report: &CheckReport) -> Vec<String> {
    let mut lines = Vec::new();
    if let Some(increase) = report.budget.increase {
        let allowed = words::allowed(report, increase);
        lines.push(match &report.baseline {
            Some(baseline) => match &baseline.changes {
                Ok(changes) => format!(
                    "Increase: {} of {allowed} allowed",
                    words::increase(report, changes)
                ),
                Err(_) => {
                    format!("Increase: {allowed} allowed, not held: the baseline has no cost")
                }
            },
            None => format!("Increase: {allowed} allowed, not held without `--baseline`"),
        });
    }
    let held = words::has_budget(report);
    if held && report.priced.low != report.priced.high {
        let held = report.priced.money(report.priced.held);
        lines.push(format!(
            "A range counts with its high end, or with that of its `budget_on`: {held} in all"
        ));
    }
    lines
}
