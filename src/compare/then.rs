//! One workload at the prices of two days: which way was the best, which one is, and because of which prices.

use chrono::NaiveDate;

use super::{Comparison, Kind, Row};
use crate::billing::edition::Came;
use crate::billing::money::Money;
use crate::billing::note::Note;
use crate::billing::price_row::is_same;
use crate::billing::quote::{ModelRef, Parameters};
use crate::billing::unit::UnitPrice;

/// A comparison at the prices of an earlier day, beside that of a later one.
#[derive(Debug, Clone)]
pub struct Then {
    /// The earlier day.
    pub day: NaiveDate,
    /// The later day.
    pub now: NaiveDate,
    /// Each model, in the order in which they were named.
    pub models: Vec<ModelThen>,
}

/// The best ways to serve the workload with a model, on both days.
#[derive(Debug, Clone)]
pub struct ModelThen {
    /// The code.
    pub code: String,
    /// The region's id.
    pub region: String,
    /// The best way on the earlier day; `None` where nothing was known to serve.
    pub then: Option<Best>,
    /// The best way on the later day.
    pub best: Option<Best>,
    /// Why these ways cost something else now, or are others.
    pub reasons: Vec<Reason>,
}

/// A way that costs least.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Best {
    /// Which way.
    pub way: Way,
    /// What it costs.
    pub total: Money,
    /// When a price of it is first known, where that is after the day: it is taken to be that of the day.
    pub first_known: Option<NaiveDate>,
}

/// A way as one tells it from the others of a model.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Way {
    /// The kind.
    pub kind: Kind,
    /// The specification of model units, or of dedicated throughput units.
    pub spec: Option<String>,
    /// Whether prefill and decode run apart.
    pub pd_separated: bool,
}

/// Why a way costs something else.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Reason {
    /// Of which way.
    pub way: Way,
    /// What changed.
    pub what: Changed,
}

/// What changed of a way.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Changed {
    /// There was no such way.
    Came,
    /// There is no such way any more.
    Left,
    /// The price of a line; `None` where there was or is no such line.
    Price {
        /// The description of the line.
        line: String,
        /// The earlier price.
        old: Option<UnitPrice>,
        /// The later price.
        new: Option<UnitPrice>,
        /// When the later price came, where an earlier one is known.
        came: Option<Came>,
    },
    /// What has to be bought for the same workload.
    Bought {
        /// Earlier.
        old: String,
        /// Later.
        new: String,
    },
    /// None of these: a rule, or how many lines there are.
    Otherwise,
}

impl Way {
    pub(super) fn of(row: &Row) -> Self {
        let (spec, pd_separated) = match &row.quote.parameters {
            Parameters::Mu {
                spec, pd_separated, ..
            } => (Some(spec.to_string()), *pd_separated),
            Parameters::Ptu { spec, .. } => (spec.clone(), false),
            Parameters::Tokens { .. } => (None, false),
        };
        Self {
            kind: row.kind,
            spec,
            pd_separated,
        }
    }
}

impl std::fmt::Display for Way {
    /// `ptu-daily`, `mu-hourly of MU1x2`.
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(self.kind.name())?;
        if let Some(spec) = &self.spec {
            write!(f, " of {spec}")?;
        }
        f.write_str(if self.pd_separated {
            " PD-separated"
        } else {
            ""
        })
    }
}

impl ModelThen {
    /// Whether it is of this model, in this region.
    #[must_use]
    pub fn is_of(&self, model: &ModelRef) -> bool {
        self.code == model.code && self.region == model.region
    }

    /// Whether another way is the best now.
    #[must_use]
    pub fn is_other(&self) -> bool {
        let way = |best: &Option<Best>| best.as_ref().map(|best| best.way.clone());
        way(&self.then) != way(&self.best)
    }
}

impl Then {
    /// Sets a comparison at earlier prices beside a later one. `then` is that of `day`; `None` where nothing
    /// could be priced.
    #[must_use]
    pub fn of(
        (day, then): (NaiveDate, Option<&Comparison>),
        (now, comparison): (NaiveDate, &Comparison),
    ) -> Self {
        let rows = |one: &Comparison| -> Vec<ModelRef> {
            one.priced().map(|row| row.quote.model.clone()).collect()
        };
        let mut models: Vec<ModelThen> = Vec::new();
        let all = rows(comparison).into_iter();
        for model in all.chain(then.map(rows).unwrap_or_default()) {
            let is_known = |known: &ModelThen| known.is_of(&model);
            if !models.iter().any(is_known) {
                models.push(one(&model, then, comparison));
            }
        }
        Self { day, now, models }
    }
}

fn one(model: &ModelRef, then: Option<&Comparison>, now: &Comparison) -> ModelThen {
    let best = |comparison: &Comparison| {
        let mut rows = comparison.rows.iter();
        let row = rows.find(|row| is_same_model(&row.quote.model, model))?;
        let total = row.quote.total_money();
        let way = Way::of(row);
        let mut notes = row.quote.notes.iter();
        let first_known = notes.find_map(|note| match note.plain() {
            Note::BeforeEvidence { first, .. } => Some(*first),
            _ => None,
        });
        Some(Best {
            way,
            total,
            first_known,
        })
    };
    let (old, new) = (then.and_then(best), best(now));
    let mut ways: Vec<Way> = Vec::new();
    for best in old.iter().chain(&new) {
        if !ways.contains(&best.way) {
            ways.push(best.way.clone());
        }
    }
    let find = |comparison: Option<&'_ Comparison>, way: &Way| -> Option<Row> {
        let mut rows = comparison?.priced();
        let same = |row: &&Row| is_same_model(&row.quote.model, model) && Way::of(row) == *way;
        rows.find(same).cloned()
    };
    let mut reasons = Vec::new();
    for way in ways {
        let found = match (find(then, &way), find(Some(now), &way)) {
            (Some(old), Some(new)) => changes(&old, &new),
            (None, Some(_)) => vec![Changed::Came],
            (Some(_), None) => vec![Changed::Left],
            (None, None) => Vec::new(),
        };
        reasons.extend(found.into_iter().map(|what| Reason {
            way: way.clone(),
            what,
        }));
    }
    ModelThen {
        code: model.code.clone(),
        region: model.region.clone(),
        then: old,
        best: new,
        reasons,
    }
}

/// What documents say of a model may be something else on another day.
fn is_same_model(one: &ModelRef, other: &ModelRef) -> bool {
    (&one.code, &one.provider, &one.region) == (&other.code, &other.provider, &other.region)
}

/// What changed of a way that is there on both days.
fn changes(old: &Row, new: &Row) -> Vec<Changed> {
    let mut changes = Vec::new();
    let lines = |row: &Row| -> Vec<(String, UnitPrice, Option<Came>)> {
        let items = row.as_priced().items.iter();
        let items = items.filter_map(|item| Some((item, item.source.as_ref()?)));
        items
            .map(|(item, source)| (item.description.clone(), item.unit_price, source.came()))
            .collect()
    };
    let (before, after) = (lines(old), lines(new));
    let find = |lines: &[(String, UnitPrice, Option<Came>)], line: &str| {
        let found = lines.iter().find(|(known, ..)| known == line);
        found.map(|(_, price, came)| (*price, *came))
    };
    let gone = before
        .iter()
        .filter(|(line, ..)| find(&after, line).is_none());
    for (line, ..) in after.iter().chain(gone) {
        let (old, new) = (find(&before, line), find(&after, line));
        let (old, came) = (old.map(|(old, _)| old), new.and_then(|(_, came)| came));
        let new = new.map(|(new, _)| new);
        let is_same = old.zip(new).is_some_and(|(old, new)| is_same(old, new));
        let change = Changed::Price {
            line: line.clone(),
            old,
            new,
            came,
        };
        if !is_same && !changes.contains(&change) {
            changes.push(change);
        }
    }
    let (was, is) = (bought(old), bought(new));
    if was != is {
        changes.push(Changed::Bought { old: was, new: is });
    }
    if changes.is_empty() && old.quote.total != new.quote.total {
        changes.push(Changed::Otherwise);
    }
    changes
}

/// What is bought: `120K / 12K TPM`, `3 replicas`; empty of tokens.
fn bought(row: &Row) -> String {
    match &row.quote.parameters {
        Parameters::Ptu { throughput, .. } => throughput.to_string(),
        Parameters::Mu { replicas, .. } => crate::billing::number::counted(*replicas, "replica"),
        Parameters::Tokens { .. } => String::new(),
    }
}
