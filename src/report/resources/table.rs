//! For people in a terminal: two lines a resource, then forecast, notices and notes, 80 columns.

use super::{ResourcesReport, lines, notices};
use crate::report::layout;
use crate::report::style::Style;
use crate::resources::Holding;

/// The report as text.
pub fn render(report: &ResourcesReport, style: Style) -> anyhow::Result<String> {
    let mut text = String::new();
    for line in layout::wrap(&lines::heading(report), "", "") {
        text.push_str(&style.bold(&line));
        text.push('\n');
    }
    if !report.holdings.is_empty() {
        text.push('\n');
        let wide = columns(report);
        let fits = layout::widest(&wide) <= layout::WIDTH;
        for (at, line) in wide.iter().enumerate().filter(|_| fits) {
            text.push_str(&if at == 0 {
                style.dim(line)
            } else {
                line.clone()
            });
            text.push('\n');
        }
        if !fits {
            text.push_str(&records(report, style));
        }
    }
    let price: Vec<String> = report.price.iter().map(lines::price).collect();
    for (title, entries) in [
        ("Forecast", lines::forecasts(report)?),
        ("Notices", notices::lines(report)),
        ("Price of a day's tokens", price),
        ("Notes", lines::notes(report)),
        ("Sources", lines::sources(report)),
    ] {
        text.push_str(&layout::list(title, &entries, style));
    }
    if let Some(catalog) = &report.catalog {
        text.push_str(&layout::changes(&catalog.changes, style));
    }
    Ok(text)
}

/// Side by side; what is said second about each column stands below it.
fn columns(report: &ResourcesReport) -> Vec<String> {
    let mut table = layout::columns(&["Resource", "Left", "Expires", "Runs out", "Status"], &[1]);
    for holding in &report.holdings {
        let resource = &holding.resource;
        let (runs_out, distance) = match holding.forecast.runs_out {
            Some(day) => (day.to_string(), lines::distance(lines::until(report, day))),
            None => ("-".to_owned(), String::new()),
        };
        let statuses = lines::statuses(holding);
        table.add_row([
            resource.name.clone(),
            lines::left_short(holding),
            resource.expires.to_string(),
            runs_out,
            statuses.first().copied().unwrap_or_default().to_owned(),
        ]);
        table.add_row([
            format!("  {}", lines::what_short(holding)),
            format!("of {}", lines::total(holding)),
            lines::distance(holding.days_left),
            distance,
            statuses.get(1).copied().unwrap_or_default().to_owned(),
        ]);
    }
    layout::lines(&table)
}

/// Names and numbers so long that the columns do not fit: one below the other.
fn records(report: &ResourcesReport, style: Style) -> String {
    let blocks: Vec<String> = report
        .holdings
        .iter()
        .map(|holding| record(report, holding, style))
        .collect();
    blocks.join("\n")
}

fn record(report: &ResourcesReport, holding: &Holding, style: Style) -> String {
    let dated = |day: chrono::NaiveDate| {
        let distance = lines::distance(lines::until(report, day));
        format!("{day}, {distance}")
    };
    let runs_out = holding.forecast.runs_out;
    let left = format!("{} of {}", lines::left(holding), lines::total(holding));
    let mut text = layout::paragraph(&holding.resource.name);
    for (label, value) in [
        ("Kind", lines::what(holding)),
        ("Left", left),
        ("Expires", dated(holding.resource.expires)),
        ("Runs out", runs_out.map_or("-".to_owned(), dated)),
        ("Status", lines::statuses(holding).join(", ")),
    ] {
        let label = style.dim(&format!("{label:<9}"));
        text.push_str(&format!("   {label} {value}\n"));
    }
    text
}
