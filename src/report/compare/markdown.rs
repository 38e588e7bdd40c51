//! For a pull request.

use super::switches::switch_lines;
use super::{
    CompareReport, NOT_RANKED, TIME, above, ages, bought, caveat_line, caveats, funding_lines,
    point_lines, rank, sources, time_lines, trace_lines, unranked_lines, workload_line,
};
use crate::billing::money::Money;
use crate::compare::Traffic;
use crate::report::inline::prose;
use crate::report::recorded;

/// The report as GitHub-flavoured Markdown.
pub fn render(report: &CompareReport) -> String {
    let comparison = &report.comparison;
    let rates = &report.rates;
    let mut text = format!("### {}\n\n", prose(&workload_line(report)));
    text.push_str("| # | Option | Model | Bought | Total | Per 1M tokens | Dearer |");
    for fx in rates {
        text.push_str(&format!(" Total at {} |", fx.label()));
    }
    text.push_str("\n|---:|:---|:---|:---|---:|---:|---:|");
    text.push_str(&"---:|".repeat(rates.len()));
    text.push('\n');
    for (row, priced) in comparison.rows.iter().zip(&report.quotes) {
        let per_million = Money {
            amount: row.per_million,
            currency: row.quote.currency,
        };
        text.push_str(&format!(
            "| {} | {}{} | {} | {} | {} | {per_million} | {} |",
            rank(row),
            row.kind.name(),
            if row.is_current { " (now)" } else { "" },
            prose(&row.quote.model.code),
            prose(&bought(row)),
            row.quote.total_money(),
            above(row),
        ));
        for fx in rates {
            let total = priced.total_in(fx.to.currency);
            let total = total.map_or_else(String::new, |total| total.to_string());
            text.push_str(&format!(" {total} |"));
        }
        text.push('\n');
    }
    if let Traffic::Recorded(trace) = &comparison.traffic {
        text.push('\n');
        text.push_str(recorded::markdown(trace).trim_end());
        text.push('\n');
    }
    let unavailable = comparison
        .unavailable
        .iter()
        .map(|one| format!("{} of {}: {}", one.kind.name(), one.model, one.reason))
        .collect();
    let points = point_lines(report);
    let caveats = caveats(report).iter().map(caveat_line).collect();
    let changes = report
        .catalog
        .changes
        .iter()
        .map(ToString::to_string)
        .collect();
    let lists: [(&str, Vec<String>); 11] = [
        ("Trace", trace_lines(report)),
        (NOT_RANKED, unranked_lines(report)),
        ("Not priced", unavailable),
        ("Break-even", points),
        (TIME, time_lines(report)),
        ("Billing", funding_lines(report)),
        ("Changing", switch_lines(report)),
        ("Not equivalent", caveats),
        ("Age of prices", ages(report)),
        ("Sources", sources(report)),
        ("Catalog files", changes),
    ];
    for (title, lines) in lists {
        if !lines.is_empty() {
            text.push_str(&format!("\n{title}:\n\n"));
            for line in lines {
                text.push_str(&format!("- {}\n", prose(&line)));
            }
        }
    }
    text
}
