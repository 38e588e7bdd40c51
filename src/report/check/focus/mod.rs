//! Rows in the columns of FOCUS, the FinOps Open Cost and Usage Specification, so that cost tools
//! read an estimate beside the bills that they know. One row a charge or credit of a deployment.
//!
//! What is estimated is said so: `x_Estimate` is true, every description begins with it, and the
//! account is one of its own, so that no estimate adds to a bill. What only a provider knows (an
//! invoice, an account of the customer) is null. The period is that of the plan, from the date of
//! the prices, midnight in China. Of a range it is the end that is held against budgets. A
//! subscription is a purchase whose whole cost is effective in the period, since no row of usage
//! draws on it. A discount is a contracted price below the list price, and no row.
//!
//! A row is in the currency of its prices, which its bill is in, also where the plan has another.
//!
//! Providers publish no SKU ids for deployments, so ours say what is sold: provider, model, kind of
//! charge and what sets it apart. The id of a price adds the region and the unit; a price tier is
//! not in it.

mod line;
mod pricing;
mod row;
mod sold;

use chrono::{Days, NaiveDate, NaiveTime, Utc};

use super::CheckReport;
use crate::billing::calendar::china_standard_time;
use crate::report::render::csv::{Cell, line as csv_line};
use row::{Context, Row, Value};

/// The version of the specification that the columns follow.
pub const VERSION: &str = "1.3";

pub fn render(report: &CheckReport) -> anyhow::Result<String> {
    let ends = report.catalog.as_of;
    let ends = ends.checked_add_days(Days::new(report.days));
    let ends = ends.ok_or_else(|| anyhow::anyhow!("the period ends beyond the calendar"))?;
    let context = Context {
        report,
        starts: midnight(report.catalog.as_of)?,
        ends: midnight(ends)?,
    };
    let mut text = String::new();
    for priced in &report.priced.deployments {
        let held = priced.deployment.budget_on;
        let parts = priced.parts.iter();
        for part in parts.filter(|part| part.end.is_none_or(|end| end == held)) {
            for line in line::lines(&part.quote, priced.deployment.count)? {
                let columns = Row { priced, part, line }.columns(&context)?;
                write(&mut text, &columns)?;
            }
        }
    }
    Ok(text)
}

/// Writes the names before the first row. Row by row, so that a long plan is not kept twice.
fn write(text: &mut String, columns: &[(&'static str, Value)]) -> anyhow::Result<()> {
    if text.is_empty() {
        let names = columns.iter().map(|(name, _)| Cell::Fixed(name));
        text.push_str(&csv_line(names)?);
    }
    let cells = columns.iter().map(|(_, value)| value.cell());
    text.push_str(&csv_line(cells)?);
    Ok(())
}

/// The beginning of a day in China, in UTC as FOCUS writes it: `2026-11-19T16:00:00Z`.
fn midnight(day: NaiveDate) -> anyhow::Result<String> {
    let local = day
        .and_time(NaiveTime::MIN)
        .and_local_timezone(china_standard_time());
    let moment = local
        .single()
        .ok_or_else(|| anyhow::anyhow!("the period ends beyond the calendar"))?;
    Ok(moment
        .with_timezone(&Utc)
        .format("%Y-%m-%dT%H:%M:%SZ")
        .to_string())
}
