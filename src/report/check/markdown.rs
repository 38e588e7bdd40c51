//! The comment on a pull request: the verdict, what is exceeded, what changed; the rest folded away.
//! Nothing from the plan is more than text in it.

use rust_decimal::Decimal;

use super::comment::{Row, Section, fitted};
use super::{Baseline, BreachLine, Cheapest, CheckReport, items, words};
use crate::billing::exact::{self, plain};
use crate::billing::number::{counted, grouped};
use crate::billing::rule::Basis;
use crate::plan::{BreachKind, Change, Priced, Status};
use crate::report::inline::{code, in_comment, prose};

/// The most reasons that are given for one change.
const MOST_REASONS: usize = 8;

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
            .map(|baseline| changes(report, baseline)),
    );
    sections.push(deployments(report));
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

fn changes(report: &CheckReport, baseline: &Baseline) -> Section {
    let changes = &baseline.changes;
    let moved: Vec<&Change> = changes
        .deployments
        .iter()
        .filter(|change| change.status != Status::Same)
        .collect();
    let of_plan: Vec<String> = changes
        .settings
        .iter()
        .map(|change| setting(&change.key, change.old.as_deref(), change.new.as_deref()))
        .collect();
    let mut head = String::new();
    if !of_plan.is_empty() {
        head = format!("Of the whole plan: {}\n\n", of_plan.join("; "));
    }
    if moved.is_empty() {
        head.push_str(&format!(
            "No deployment changed since {}\n",
            code(&baseline.file)
        ));
        return Section {
            head,
            ..Section::default()
        };
    }
    head.push_str("| Deployment | Change | Before | Now | Difference |\n");
    head.push_str("|:---|:---|---:|---:|---:|\n");
    let money = |amount: Decimal| report.priced.money(amount);
    let same = changes.deployments.len().saturating_sub(moved.len());
    Section {
        head,
        rows: moved.iter().map(|change| changed(report, change)).collect(),
        last: format!(
            "| **Total** | | **{}** | **{}** | **{}** |\n",
            money(changes.old),
            money(changes.new),
            words::increase(report, changes)
        ),
        foot: match same {
            0 => String::new(),
            same => format!("\nThe same: {}\n", several(same, "deployment")),
        },
        noun: "change",
        least: ", those of the least difference",
    }
}

fn changed(report: &CheckReport, change: &Change) -> Row {
    let mut why: Vec<String> = Vec::new();
    if change.status != Status::Changed {
        why.push(format!(
            "{} by {}",
            code(&change.model),
            code(&change.method)
        ));
    }
    let settings = change.settings.iter();
    why.extend(settings.map(|one| setting(&one.key, one.old.as_deref(), one.new.as_deref())));
    why.extend(change.prices.iter().map(|price| {
        let what = prose(&price.description);
        format!(
            "price of {what} {} → {}",
            code(&price.old),
            code(&price.new)
        )
    }));
    let more = why.len().saturating_sub(MOST_REASONS);
    why.truncate(MOST_REASONS);
    if more > 0 {
        why.push(format!("{} more", grouped(more.into(), 0)));
    }
    why.extend(words::unnamed_reasons(change).map(str::to_owned));
    let part = |amount: &Decimal| !amount.is_zero() && *amount != change.difference;
    if let Some(amount) = change.by_prices.filter(part) {
        let amount = words::difference(report, amount);
        why.push(format!("prices alone make {amount}"));
    }
    let mut what = change.status.name().to_owned();
    if !why.is_empty() {
        what.push_str(&format!(": {}", why.join("; ")));
    }
    let money = |amount: Option<Decimal>| {
        amount
            .map(|amount| report.priced.money(amount).to_string())
            .unwrap_or_default()
    };
    let percent = match words::percent(change.percent) {
        percent if percent.is_empty() => percent,
        percent => format!(" ({percent})"),
    };
    Row {
        text: format!(
            "| {} | {what} | {} | {} | {}{percent} |\n",
            code(&change.name),
            money(change.old),
            money(change.new),
            words::difference(report, change.difference)
        ),
        weight: change.difference.abs(),
    }
}

/// `input_tpm` 100000 → 200000, as code.
fn setting(key: &str, old: Option<&str>, new: Option<&str>) -> String {
    let side = |value: Option<&str>| value.map_or_else(|| "none".to_owned(), code);
    format!("{} {} → {}", code(key), side(old), side(new))
}

/// All deployments: what the comment is about where there is no baseline.
fn deployments(report: &CheckReport) -> Section {
    let priced = &report.priced;
    let total = match report.budget.total {
        Some(limit) => words::used(report, priced.held, limit),
        None => String::new(),
    };
    let mut last = format!(
        "| **Total** | | **{}** | | {total} |\n",
        words::cost(report, priced.low, priced.high)
    );
    for converted in &report.converted {
        last.push_str(&format!(
            "| at {} {} | | {} | | |\n",
            plain(converted.fx.rate),
            converted.fx.currency,
            converted.total
        ));
    }
    let section = Section {
        head: "| Deployment | Bought | Cost | Share | Budget |\n\
               |:---|:---|---:|---:|---:|\n"
            .to_owned(),
        rows: priced
            .deployments
            .iter()
            .map(|one| deployment(report, one))
            .collect(),
        last,
        foot: remarks(report),
        noun: "deployment",
        least: ", those that cost least",
    };
    match report.baseline {
        Some(_) => folded(
            &format!("All costs ({})", several(section.rows.len(), "deployment")),
            section,
        ),
        None => section,
    }
}

fn deployment(report: &CheckReport, priced: &Priced) -> Row {
    let own = &priced.deployment;
    let times = match own.count {
        1 => String::new(),
        count => format!("{} × ", grouped(count.into(), 0)),
    };
    let budget = match own.budget {
        Some(limit) => words::used(report, priced.held(), limit),
        None => String::new(),
    };
    Row {
        text: format!(
            "| {} | {times}{} by {} | {} | {} | {budget} |\n",
            code(&own.name),
            code(&priced.model),
            own.method.name(),
            words::cost(report, priced.low, priced.high),
            words::share(priced.held(), report.priced.held)
        ),
        weight: priced.high,
    }
}

/// How the budgets are read.
fn remarks(report: &CheckReport) -> String {
    let mut lines = Vec::new();
    if let Some(increase) = report.budget.increase {
        let allowed = words::allowed(report, increase);
        lines.push(match &report.baseline {
            Some(baseline) => format!(
                "Increase: {} of {allowed} allowed",
                words::increase(report, &baseline.changes)
            ),
            None => format!("Increase: {allowed} allowed, not checked without `--baseline`"),
        });
    }
    if report.priced.low != report.priced.high {
        lines.push("A range counts with its high end, or with that of its `budget_on`".to_owned());
    }
    lines.iter().map(|line| format!("\n{line}\n")).collect()
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
    let line = format!("Prices in force on {}{discount}\n", report.catalog.as_of);
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
