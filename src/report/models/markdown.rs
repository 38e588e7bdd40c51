//! For a pull request.

use super::{ModelsReport, ProviderCard, card, list, provider};
use crate::report::inline::prose;

/// The card of a provider.
pub fn provider(card: &ProviderCard) -> String {
    let mut text = format!("### {}\n\n`{}`\n", prose(&card.name), card.id);
    for group in &card.groups {
        text.push_str(&format!("\n#### {}\n\n", prose(&provider::title(group))));
        for entry in &group.entries {
            text.push_str(&format!("- {}\n", prose(&provider::line(entry))));
        }
    }
    for (at, (id, title)) in card.documents.iter().enumerate() {
        if at == 0 {
            text.push_str("\nDocuments:\n\n");
        }
        text.push_str(&format!("- {}\n", prose(&format!("{id}: {title}"))));
    }
    text
}

/// The list as a table.
pub fn list(report: &ModelsReport) -> anyhow::Result<String> {
    let titles = list::COLUMNS.map(|(title, unit)| match unit {
        "" => title.to_owned(),
        unit => format!("{title} ({unit})"),
    });
    let mut text = format!(
        "| {} |\n|:---|:---|---:|---:|---:|---:|\n",
        titles.join(" | ")
    );
    for card in &report.cards {
        let cells = list::row(card)?.map(|cell| prose(&cell));
        text.push_str(&format!("| {} |\n", cells.join(" | ")));
    }
    text.push_str(&changes(report));
    Ok(text)
}

/// The whole price cards.
pub fn whole(report: &ModelsReport) -> String {
    let mut text = String::new();
    for model in &report.cards {
        text.push_str(&format!(
            "### {}\n\n`{}`\n",
            prose(&card::title(model)),
            model.code
        ));
        for section in card::sections(model) {
            text.push_str(&format!(
                "\n#### {}\n\n| {} |\n",
                section.title,
                section.columns.join(" | ")
            ));
            let rules: Vec<&str> = (0..section.columns.len())
                .map(|at| if at == 0 { ":---" } else { "---:" })
                .collect();
            text.push_str(&format!("|{}|\n", rules.join("|")));
            for row in section.rows {
                let cells: Vec<String> = row.iter().map(|cell| prose(cell)).collect();
                text.push_str(&format!("| {} |\n", cells.join(" | ")));
            }
            text.push('\n');
            for source in section.sources {
                text.push_str(&format!("- {}\n", prose(&source)));
            }
        }
    }
    text.push_str(&changes(report));
    text
}

fn changes(report: &ModelsReport) -> String {
    let mut text = String::new();
    for (at, change) in report.catalog.changes.iter().enumerate() {
        if at == 0 {
            text.push_str("\nCatalog files:\n\n");
        }
        text.push_str(&format!("- {}\n", prose(&change.to_string())));
    }
    text
}
