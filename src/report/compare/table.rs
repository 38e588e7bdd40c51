//! For people in a terminal: the ranking, what cannot be priced, and the break-even points.

use super::switches::switch_lines;
use super::{
    CompareReport, NOT_RANKED, TIME, above, ages, bought, caveat_line, caveats, funding_lines,
    point_lines, rank, sources, time_lines, trace_lines, unranked_lines, workload_line,
};
use crate::billing::money::Money;
use crate::compare::{Row, Traffic};
use crate::report::style::Style;
use crate::report::{layout, recorded};

/// The report as text.
pub fn render(report: &CompareReport, style: Style) -> String {
    let comparison = &report.comparison;
    let mut text = String::new();
    for line in layout::wrap(&workload_line(report), "", "") {
        text.push_str(&style.bold(&line));
        text.push('\n');
    }
    text.push('\n');
    let several = comparison.of_several_models();
    // Where the columns do not fit, a row takes a second line for the model, or for all its numbers.
    let layouts = [Columns::All, Columns::ModelBelow, Columns::NumbersBelow];
    let mut lines = Vec::new();
    for columns in layouts {
        lines = ranking(report, several, columns);
        if layout::widest(&lines) <= layout::WIDTH {
            break;
        }
    }
    if comparison.rows.is_empty() {
        lines = vec!["no option is known to serve this workload".to_owned()];
    }
    for (at, line) in lines.into_iter().enumerate() {
        text.push_str(&if at == 0 { style.dim(&line) } else { line });
        text.push('\n');
    }
    if !several && let Some(first) = comparison.priced().next() {
        text.push_str(&layout::paragraph(&format!(
            "all of {}, {}",
            first.quote.model.name, first.quote.model.region
        )));
    }
    for priced in &report.quotes {
        for fx in &report.rates {
            let Some(total) = priced.total_in(fx.to.currency) else {
                continue;
            };
            let rank = report
                .quotes
                .iter()
                .position(|other| std::ptr::eq(other, priced));
            let rank = rank.map_or(0, |at| at.saturating_add(1));
            text.push_str(&layout::paragraph(&format!(
                "{rank}: {total} at {}",
                fx.label()
            )));
        }
    }
    if let Traffic::Recorded(trace) = &comparison.traffic {
        text.push_str(&recorded::table(trace, style));
    }
    let unavailable: Vec<String> = comparison
        .unavailable
        .iter()
        .map(|one| format!("{} of {}: {}", one.kind.name(), one.model, one.reason))
        .collect();
    text.push_str(&layout::list("Trace", &trace_lines(report), style));
    text.push_str(&layout::list(NOT_RANKED, &unranked_lines(report), style));
    text.push_str(&layout::list("Not priced", &unavailable, style));
    let points = point_lines(report);
    text.push_str(&layout::list("Break-even", &points, style));
    text.push_str(&layout::list(TIME, &time_lines(report), style));
    text.push_str(&layout::list("Billing", &funding_lines(report), style));
    text.push_str(&layout::list("Changing", &switch_lines(report), style));
    let caveats: Vec<String> = caveats(report).iter().map(caveat_line).collect();
    text.push_str(&layout::list("Not equivalent", &caveats, style));
    text.push_str(&layout::list("Age of prices", &ages(report), style));
    text.push_str(&layout::list("Sources", &sources(report), style));
    text.push_str(&layout::changes(&report.catalog.changes, style));
    text
}

/// How a row of the ranking is laid out.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Columns {
    /// Everything side by side.
    All,
    /// The model's code on a line of its own.
    ModelBelow,
    /// The numbers on a line of their own.
    NumbersBelow,
}

fn ranking(report: &CompareReport, several: bool, columns: Columns) -> Vec<String> {
    let with_model = several && columns != Columns::ModelBelow;
    let numbers_below = columns == Columns::NumbersBelow;
    let mut titles = vec!["#", "Option", "Bought"];
    if with_model {
        titles.insert(2, "Model");
    }
    if !numbers_below {
        titles.extend(["Total", "Per 1M tokens", "Dearer"]);
    }
    let right: Vec<usize> = titles
        .iter()
        .enumerate()
        .filter(|(_, title)| !["Option", "Model", "Bought"].contains(*title))
        .map(|(at, _)| at)
        .collect();
    let mut table = layout::columns(&titles, &right);
    for row in &report.comparison.rows {
        let marker = if row.is_current { " (now)" } else { "" };
        let mut cells = vec![
            rank(row),
            format!("{}{marker}", row.kind.name()),
            bought(row),
        ];
        if with_model {
            cells.insert(2, row.quote.model.code.clone());
        }
        if !numbers_below {
            cells.extend(numbers(row));
        }
        table.add_row(cells);
    }
    let lines = layout::lines(&table);
    // What stands below is outside the columns, so that it is never cut.
    let below = |row: &Row| match columns {
        Columns::All => None,
        Columns::ModelBelow => several.then(|| row.quote.model.code.clone()),
        Columns::NumbersBelow => {
            let [total, per_million, dearer] = numbers(row);
            Some(format!("{total}, {per_million} per 1M tokens  {dearer}"))
        }
    };
    let mut spread: Vec<String> = lines.first().cloned().into_iter().collect();
    for (line, row) in lines.into_iter().skip(1).zip(&report.comparison.rows) {
        spread.push(line);
        spread.extend(below(row).map(|text| format!("      {}", text.trim_end())));
    }
    spread
}

/// Total, price per million tokens, and how much dearer than the cheapest.
fn numbers(row: &Row) -> [String; 3] {
    let per_million = Money {
        amount: row.per_million,
        currency: row.quote.currency,
    };
    [
        row.quote.total_money().to_string(),
        per_million.to_string(),
        above(row),
    ]
}
