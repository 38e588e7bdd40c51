//! For a pull request.

use super::{ResourcesReport, lines, notices};
use crate::report::inline::{code, prose};

/// The report as GitHub-flavoured Markdown.
pub fn render(report: &ResourcesReport) -> anyhow::Result<String> {
    let mut text = format!("### {}\n", prose(&lines::heading(report)));
    if !report.holdings.is_empty() {
        text.push_str(
            "\n| Resource | Kind | Left | Total | Expires | Runs out | Status |\n\
             |:---|:---|---:|---:|:---|:---|:---|\n",
        );
    }
    for holding in &report.holdings {
        let resource = &holding.resource;
        let runs_out = holding.forecast.runs_out;
        text.push_str(&format!(
            "| {} | {} | {} | {} | {} | {} | {} |\n",
            code(&resource.name),
            lines::what(holding),
            lines::left(holding),
            lines::amount(resource.total),
            resource.expires,
            runs_out.map_or("-".to_owned(), |day| day.to_string()),
            lines::statuses(holding).join(", "),
        ));
    }
    let changes = report.catalog.iter().flat_map(|catalog| &catalog.changes);
    for (title, entries) in [
        ("Forecast", lines::forecasts(report)?),
        ("Notices", notices::lines(report)),
        (
            "Price of a day's tokens",
            report.price.iter().map(lines::price).collect(),
        ),
        ("Notes", lines::notes(report)),
        ("Sources", lines::sources(report)),
        ("Catalog files", changes.map(ToString::to_string).collect()),
    ] {
        if !entries.is_empty() {
            text.push_str(&format!("\n{title}:\n\n"));
            for entry in entries {
                text.push_str(&format!("- {}\n", prose(&entry)));
            }
        }
    }
    Ok(text)
}
