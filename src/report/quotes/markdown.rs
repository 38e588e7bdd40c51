//! For a pull request.

use super::{QuoteReport, notes, sources};
use crate::billing::calendar::Moment;
use crate::billing::money::Money;
use crate::billing::quote::Quote;
use crate::report::inline::prose;
use crate::report::{overdue, recorded, renewals, words};

/// The report as GitHub-flavoured Markdown.
pub fn render(report: &QuoteReport) -> String {
    let mut text = String::new();
    for priced in &report.quotes {
        let quote = &priced.quote;
        text.push_str(&format!("### {}\n\n", prose(&words::headline(quote))));
        text.push_str("| Item | Quantity | Unit price | Amount |\n|:---|:---|:---|---:|\n");
        for item in &quote.items {
            let amount = Money {
                amount: item.amount,
                currency: quote.currency,
            };
            text.push_str(&format!(
                "| {} | {} | {} | {amount} |\n",
                prose(&item.description),
                prose(&words::working(item)),
                prose(&words::unit_price(&item.unit_price, quote.currency)),
            ));
        }
        text.push_str(&format!(
            "| **Total** | | | **{}** |\n",
            quote.total_money()
        ));
        for converted in &priced.converted {
            text.push_str(&format!(
                "| at {} | | | {} |\n",
                converted.fx.label(),
                converted.total
            ));
        }
        text.push('\n');
        text.push_str(&after_the_table(quote));
    }
    if let Some(held) = report.held() {
        text.push_str(&format!("Limit: {}\n\n", prose(&held)));
    }
    let bullets = |text: &mut String, title: &str, lines: Vec<String>| {
        if !lines.is_empty() {
            text.push_str(&format!("{title}:\n\n"));
            for line in lines {
                text.push_str(&format!("- {line}\n"));
            }
            text.push('\n');
        }
    };
    let said = notes(report)
        .iter()
        .map(|said| {
            let head = words::note_head(said, |rule| format!("`{rule}`"));
            format!("{head}: {}", prose(&said.note.to_string()))
        })
        .collect();
    bullets(&mut text, "Notes", said);
    let read = sources(report)
        .into_iter()
        .map(|source| prose(&source))
        .collect();
    bullets(&mut text, "Sources", read);
    let changes = report
        .catalog
        .changes
        .iter()
        .map(|change| prose(&change.to_string()))
        .collect();
    bullets(&mut text, "Catalog files", changes);
    text.truncate(text.trim_end().len());
    text.push('\n');
    text
}

fn after_the_table(quote: &Quote) -> String {
    let mut text = String::new();
    if let Some(line) = words::rounding(quote) {
        text.push_str(&format!("{line}\n\n"));
    }
    if let Some(cancelled) = &quote.cancellation {
        let line = words::cancelled(cancelled, quote.currency);
        text.push_str(&format!("{line}\n\n"));
    }
    if let Some(result) = &quote.funding {
        text.push_str(&format!("Billing: {}\n\n", words::funding(result)));
    }
    if let Some(schedule) = &quote.schedule {
        let said = |moment: Option<Moment>| match moment {
            Some(moment) => moment.format("%Y-%m-%d %H:%M:%S %:z").to_string(),
            None => "not documented".to_owned(),
        };
        text.push_str(&format!(
            "Starts {}, expires {}, stops {}, released {}\n\n",
            said(Some(schedule.starts)),
            said(schedule.expires),
            said(schedule.stops),
            said(schedule.released)
        ));
    }
    if let Some(renewals) = &quote.renewals {
        let (titles, rows) = renewals::table(renewals, quote.currency);
        let line = |cells: &[&str]| format!("| {} |\n", cells.join(" | "));
        text.push_str(&line(&titles));
        let left = titles.len().saturating_sub(1);
        text.push_str(&format!("|{}---:|\n", ":---|".repeat(left)));
        for row in rows {
            let cells: Vec<&str> = row.iter().map(String::as_str).collect();
            text.push_str(&line(&cells));
        }
        text.push('\n');
    }
    if let Some(line) = overdue::said(quote) {
        text.push_str(&format!("{}\n\n", prose(&line)));
    }
    if let Some(trace) = &quote.recorded {
        text.push_str(&recorded::markdown(trace));
    }
    text
}
