//! The best ways on two days, and why they are others.

use serde::Serialize;

use super::CompareReport;
use crate::billing::exact::plain;
use crate::billing::money::Currency;
use crate::billing::price_row::percent;
use crate::billing::unit::UnitPrice;
use crate::compare::{Best, Changed, ModelThen, Reason, Then};
use crate::report::document::{Body, Cell, Column, Document, Table};
use crate::report::words;

/// A sentence for the answer: whether the best way is another one than on the earlier day.
pub fn sentence(report: &CompareReport) -> Option<String> {
    let then = report.then.as_ref()?;
    let changed = then.models.iter().filter(|model| model.is_other());
    let (changed, all) = (changed.count(), then.models.len());
    Some(match (changed, then.models.as_slice()) {
        (0, [one]) => format!("On {} the best way was the same{}.", then.day, at(one)),
        (0, _) => format!("On {} the best ways were the same.", then.day),
        (_, [one]) => match &one.then {
            Some(best) => format!(
                "On {} the best way was another one: {}, {}.",
                then.day, best.way, best.total
            ),
            None => format!("On {} nothing was known to serve it.", then.day),
        },
        _ => format!(
            "On {} the best way was another one for {changed} of {all} models.",
            then.day
        ),
    })
}

fn at(one: &ModelThen) -> String {
    let totals = one.then.as_ref().zip(one.best.as_ref());
    match totals.filter(|(then, now)| then.total != now.total) {
        Some((then, _)) => format!(", at {}", then.total),
        None => String::new(),
    }
}

/// Adds the table of both days, and the reasons.
pub fn add(document: &mut Document, report: &CompareReport) {
    let Some(then) = &report.then else { return };
    document.part("Then and now", Body::Table(table(then)));
    let currency = |model: &ModelThen| {
        let mut rows = report.comparison.priced();
        let row = rows.find(|row| model.is_of(&row.quote.model));
        row.map(|row| row.as_priced().currency)
    };
    document.part("", Body::list(reasons(then, &currency)));
}

/// The best way of each model on both days.
pub fn table(then: &Then) -> Table {
    let mut table = Table::new(vec![
        Column::text("Model"),
        Column::text("Day"),
        Column::text("Best"),
        Column::number("Total"),
    ]);
    for model in &then.models {
        for (day, best) in [(then.day, &model.then), (then.now, &model.best)] {
            let mut cells = vec![Cell::code(named(then, model)), Cell::text(day.to_string())];
            match best {
                Some(best) => cells.extend([Cell::text(best.way.to_string()), best.total.into()]),
                None => cells.extend([Cell::text("-"), Cell::Empty]),
            }
            table.row(cells);
        }
    }
    table
}

/// The code, with the region where there are several of that code.
fn named(then: &Then, model: &ModelThen) -> String {
    let same = then.models.iter().filter(|one| one.code == model.code);
    match same.count() {
        0 | 1 => model.code.clone(),
        _ => format!("{} in {}", model.code, model.region),
    }
}

/// Why the best ways cost something else, or are others; a model's prices are in its currency.
pub fn reasons(then: &Then, currency: &dyn Fn(&ModelThen) -> Option<Currency>) -> Vec<String> {
    let mut lines = Vec::new();
    for model in &then.models {
        if let Some(first) = model.then.as_ref().and_then(|best| best.first_known) {
            let (name, day) = (named(then, model), then.day);
            lines.push(format!(
                "{name}: a price of {day} is first known on {first}, and is taken to be that of the day"
            ));
        }
        let mut ways: Vec<(String, Vec<String>)> = Vec::new();
        for reason in &model.reasons {
            let said = said(reason, currency(model));
            let way = reason.way.to_string();
            match ways.iter_mut().find(|(known, _)| *known == way) {
                Some((_, all)) => all.push(said),
                None => ways.push((way, vec![said])),
            }
        }
        for (way, all) in ways {
            let name = named(then, model);
            lines.push(format!("{name}, {way}: {}", all.join(", ")));
        }
    }
    lines
}

fn said(reason: &Reason, currency: Option<Currency>) -> String {
    let price = |price: UnitPrice| match currency {
        Some(currency) => words::unit_price(&price, currency),
        None => price.to_string(),
    };
    match &reason.what {
        Changed::Came => "a new way".to_owned(),
        Changed::Left => "no longer offered so".to_owned(),
        Changed::Price {
            line,
            old,
            new,
            came,
        } => match (old, new) {
            (Some(old), Some(new)) => {
                let by = words::percent_of_change(percent(*old, *new).ok().flatten());
                let when = came.map(|came| came.to_string());
                let by = Some(by).filter(|by| !by.is_empty()).into_iter().chain(when);
                let by: Vec<String> = by.collect();
                let by = match by.is_empty() {
                    true => String::new(),
                    false => format!(" ({})", by.join(", ")),
                };
                let was = match (old.unit, old.per) == (new.unit, new.per) {
                    true => currency.map(|currency| words::price_of(old.amount, currency)),
                    false => None,
                };
                let was = was.unwrap_or_else(|| price(*old));
                format!("{line} {was} → {}{by}", price(*new))
            }
            (Some(old), None) => format!("no more {line}, {}", price(*old)),
            (None, Some(new)) => format!("{line} is new, {}", price(*new)),
            (None, None) => line.clone(),
        },
        Changed::Bought { old, new } => format!("{old} → {new} is bought"),
        Changed::Otherwise => "a rule, and no price".to_owned(),
    }
}

/// The comparison as of the earlier day.
#[derive(Debug, Serialize)]
pub struct ThenJson<'a> {
    date: String,
    changed: bool,
    models: Vec<ModelJson<'a>>,
}

#[derive(Debug, Serialize)]
struct ModelJson<'a> {
    model: &'a str,
    region: &'a str,
    changed: bool,
    then: Option<BestJson>,
    now: Option<BestJson>,
    reasons: Vec<ReasonJson<'a>>,
}

#[derive(Debug, Serialize)]
struct BestJson {
    option: &'static str,
    spec: Option<String>,
    total: String,
    /// When a price is first known, where that is after the day.
    #[serde(skip_serializing_if = "Option::is_none")]
    first_known: Option<String>,
}

#[derive(Debug, Serialize)]
struct ReasonJson<'a> {
    option: &'static str,
    spec: Option<String>,
    what: &'static str,
    item: Option<&'a str>,
    old: Option<String>,
    new: Option<String>,
    percent: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    from: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    after: Option<String>,
}

impl<'a> ThenJson<'a> {
    pub fn new(then: &'a Then) -> Self {
        let models = then.models.iter().map(|model| ModelJson {
            model: &model.code,
            region: &model.region,
            changed: model.is_other(),
            then: model.then.as_ref().map(best),
            now: model.best.as_ref().map(best),
            reasons: model.reasons.iter().map(reason).collect(),
        });
        Self {
            date: then.day.to_string(),
            changed: then.models.iter().any(ModelThen::is_other),
            models: models.collect(),
        }
    }
}

fn best(best: &Best) -> BestJson {
    BestJson {
        option: best.way.kind.name(),
        spec: best.way.spec.clone(),
        total: plain(best.total.amount),
        first_known: best.first_known.map(|first| first.to_string()),
    }
}

fn reason(reason: &Reason) -> ReasonJson<'_> {
    let bare = ReasonJson {
        option: reason.way.kind.name(),
        spec: reason.way.spec.clone(),
        what: "otherwise",
        item: None,
        old: None,
        new: None,
        percent: None,
        from: None,
        after: None,
    };
    match &reason.what {
        Changed::Came => ReasonJson {
            what: "came",
            ..bare
        },
        Changed::Left => ReasonJson {
            what: "left",
            ..bare
        },
        Changed::Price {
            line,
            old,
            new,
            came,
        } => {
            let by = old.zip(*new).map(|(old, new)| percent(old, new));
            let by = by.and_then(Result::ok).flatten();
            ReasonJson {
                what: "price",
                item: Some(line),
                old: old.map(|price| price.to_string()),
                new: new.map(|price| price.to_string()),
                percent: by.map(plain),
                from: came.map(|came| came.from.to_string()),
                after: came.and_then(|came| came.after).map(|day| day.to_string()),
                ..bare
            }
        }
        Changed::Bought { old, new } => ReasonJson {
            what: "bought",
            old: Some(old.clone()),
            new: Some(new.clone()),
            ..bare
        },
        Changed::Otherwise => bare,
    }
}
