//! The comment on a pull request: the verdict, what is exceeded, what changed; the rest folded away.
//! Nothing from the plan is more than text in it.

use rust_decimal::Decimal;

use super::comment::{Row, Section, fitted};
use super::{BreachLine, Cheapest, CheckReport, changes, costs, items, words};
use crate::billing::exact::{self, plain};
use crate::billing::number::counted;
use crate::billing::rule::Basis;
use crate::plan::{BreachKind, Priced};
use crate::report::inline::{code, in_comment, prose};

/// The report as GitHub-flavoured Markdown. Its first line is the same for the same plan file, and
/// hidden, so that the comment is found again.
pub fn render(report: &CheckReport) -> String {
    let file = report.file.strip_prefix("./").unwrap_or(&report.file);
    let top = format!(
        "<!-- tollgate:check {} -->\n\n### {}\n",
        in_comment(file),
        words::verdict(report, code)
    );
    let mut sections = vec![breaches(report)];
    sections.extend(
        report
            .baseline
            .as_ref()
            .map(|baseline| changes::section(report, baseline)),
    );
    sections.push(costs::section(report));
    sections.push(remarks("Paid by whole months", report, |priced| {
        Some(words::paid_months(report, priced.months.as_ref()?))
    }));
    sections.push(remarks("Renewed", report, words::renewals));
    sections.push(remarks(
        "One of two token prices",
        report,
        words::other_rate,
    ));
    sections.push(cheapest(report));
    if report.details {
        sections.push(items::section(report));
    }
    sections.push(notes(report));
    sections.push(prices(report));
    sections.retain(|section| !section.head.is_empty());
    fitted(&top, &sections)
}

/// `title` and what follows it, folded away.
pub fn folded(title: &str, section: Section) -> Section {
    let Section { head, foot, .. } = &section;
    Section {
        head: format!("<details>\n<summary>{title}</summary>\n\n{head}"),
        foot: format!("{foot}\n</details>\n"),
        ..section
    }
}

/// How many of a thing there are.
pub fn several(count: usize, noun: &str) -> String {
    counted(u64::try_from(count).unwrap_or(u64::MAX), noun)
}

fn breaches(report: &CheckReport) -> Section {
    if report.breaches.is_empty() {
        return Section::default();
    }
    Section {
        head: "| Budget exceeded | Limit | Cost | Over by |\n|:---|---:|---:|---:|\n".to_owned(),
        rows: report
            .breaches
            .iter()
            .map(|line| breach(report, line))
            .collect(),
        noun: "budget",
        least: ", those exceeded least",
        ..Section::default()
    }
}

/// Limit and cost with every digit: rounded they can be the same.
fn breach(report: &CheckReport, line: &BreachLine) -> Row {
    let breach = &line.breach;
    let money = |amount: Decimal| report.priced.money(amount).precise();
    let over = exact::sub(breach.cost, breach.limit).ok();
    let what = match &breach.kind {
        BreachKind::Total => "the plan".to_owned(),
        BreachKind::MaxCost => "`--max-cost`".to_owned(),
        BreachKind::Deployment(name) => code(name),
        BreachKind::Increase { allowed, baseline } => format!(
            "an increase of {} over {}",
            words::allowed(report, *allowed),
            money(*baseline)
        ),
    };
    let text = format!(
        "| {what} | {} | {} | {} |\n",
        money(breach.limit),
        money(breach.cost),
        over.map(money).unwrap_or_default()
    );
    // The budgets of the plan come before those of its deployments.
    let weight = match breach.kind {
        BreachKind::Deployment(_) => over.unwrap_or_default(),
        _ => Decimal::MAX,
    };
    Row { text, weight }
}

/// What is to be known of some deployments, in sight.
fn remarks(
    title: &str,
    report: &CheckReport,
    remark: impl Fn(&Priced) -> Option<String>,
) -> Section {
    let deployments = report.priced.deployments.iter();
    let rows: Vec<Row> = deployments
        .filter_map(|priced| {
            let name = code(&priced.deployment.name);
            Some(Row {
                text: format!("- {name}: {}\n", prose(&remark(priced)?)),
                weight: priced.held(),
            })
        })
        .collect();
    if rows.is_empty() {
        return Section::default();
    }
    Section {
        head: format!("{title}:\n\n"),
        rows,
        noun: "deployment",
        least: ", those that cost least",
        ..Section::default()
    }
}

fn cheapest(report: &CheckReport) -> Section {
    let Some(found) = &report.cheapest else {
        return Section::default();
    };
    let deployments = report.priced.deployments.iter().zip(found);
    let section = Section {
        rows: deployments
            .map(|(priced, found)| Row {
                text: format!(
                    "- {}: {}\n",
                    code(&priced.deployment.name),
                    prose(&words::cheapest(found))
                ),
                weight: match found {
                    Cheapest::Other { saves, .. } => saves.amount,
                    Cheapest::Own | Cheapest::Not(_) => Decimal::ZERO,
                },
            })
            .collect(),
        noun: "deployment",
        least: ", those where least is saved",
        ..Section::default()
    };
    folded("The cheapest method of each deployment", section)
}

fn notes(report: &CheckReport) -> Section {
    let notes = words::notes(report);
    if notes.is_empty() {
        return Section::default();
    }
    let readings = notes
        .iter()
        .filter(|note| note.basis() == Basis::Reading)
        .count();
    let title = match readings {
        0 => several(notes.len(), "note"),
        count => format!(
            "{}, of which {} how an open point was read",
            several(notes.len(), "note"),
            match count {
                1 => "1 says".to_owned(),
                count => format!("{count} say"),
            }
        ),
    };
    let rows = notes.iter().map(|note| {
        let reading = match note.basis() {
            Basis::Reading => " (a reading)",
            Basis::Literal | Basis::Given => "",
        };
        Row {
            text: format!(
                "- {}{reading}: {}\n",
                code(note.rule().id()),
                prose(&note.to_string())
            ),
            weight: Decimal::ZERO,
        }
    });
    let section = Section {
        rows: rows.collect(),
        noun: "note",
        ..Section::default()
    };
    folded(&title, section)
}

/// Which prices: their date, the discount, and what catalog files of the user's changed.
fn prices(report: &CheckReport) -> Section {
    let discount = match report.discount {
        Some(percent) => format!(", {}% off", plain(percent.value())),
        None => String::new(),
    };
    let line = format!(
        "Prices in force on {}{}{discount}\n",
        report.catalog.as_of,
        words::edition(report)
    );
    let ages = words::ages(words::notes(report).into_iter()).into_iter();
    let ages: String = ages.map(|age| format!("\n- {}\n", prose(&age))).collect();
    let line = format!("{line}{ages}");
    let changes = &report.catalog.changes;
    if changes.is_empty() {
        return Section {
            head: line,
            ..Section::default()
        };
    }
    let rows = changes.iter().map(|change| Row {
        text: format!(
            "- {}: {} ({})\n",
            code(&change.model),
            prose(&change.change),
            code(&change.file)
        ),
        weight: Decimal::ZERO,
    });
    let section = Section {
        rows: rows.collect(),
        noun: "price",
        ..Section::default()
    };
    let title = format!("{} from catalog files", several(changes.len(), "price"));
    let section = folded(&title, section);
    Section {
        head: format!("{line}\n{}", section.head),
        ..section
    }
}
