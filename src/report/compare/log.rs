//! The best way of each model of a log, beside the way in which the log is paid.

use rust_decimal::Decimal;
use serde::Serialize;

use super::answer::{option, others};
use super::gaps::{gaps, of_what};
use super::json::{ComparisonJson, comparison_json};
use super::log_growth::{LogGrowth, LogGrowthJson};
use super::log_model::LogModel;
use super::log_then::{LogThen, LogThenJson};
use super::sheet;
use super::words::bought;
use crate::billing::amount::Amount;
use crate::billing::exact::{self, TooLarge, plain, round2};
use crate::billing::fx::Exchange;
use crate::billing::money::{Currency, Money};
use crate::billing::number::{counted, grouped};
use crate::billing::recorded::{Calls, Recorded, Unknown};
use crate::compare::{Kind, PlanOfLog};
use crate::report::CatalogInfo;
use crate::report::document::{Body, Cell, Chart, Column, Document, Look, Table};
use crate::report::json::{self, GivenJson, rounded};
use crate::report::quotes::{
    CallsJson, CatalogJson, Converted, FxJson, LeftOutJson, TraceJson, called, calls, left_out,
};
use crate::report::recorded;
use crate::report::render::csv::Sheet;
use crate::report::render::{Report, View};

/// The best way of each model of a log.
#[derive(Debug, Clone)]
pub struct LogReport {
    /// The models, those with the most tokens first.
    pub models: Vec<LogModel>,
    /// Calls of unknown models, which were left out as asked.
    pub left_out: Vec<Unknown>,
    /// The whole log.
    pub whole: Recorded,
    /// How the log is paid: what the best ways are held beside.
    pub now: Kind,
    /// The best way of each model, added up.
    pub best: Money,
    /// What is paid now, where each model is sold so.
    pub paid: Option<Money>,
    /// One savings plan for ordinary calls that are the best way, where it costs less.
    pub plan: Option<PlanOfLog>,
    /// The best ways at the rates that were given.
    pub converted: Vec<Converted>,
    /// Which prices were used.
    pub catalog: CatalogInfo,
    /// The most that the best ways may cost.
    pub max_cost: Option<Amount>,
    /// What each month costs and all of them, where the calls grow.
    pub growth: Option<LogGrowth>,
    /// The best ways at the prices of an earlier day, where that was asked for.
    pub then: Option<LogThen>,
    /// The minutes of the log, drawn, of a page.
    pub svg: Option<String>,
    /// Whether another limit than that of the cost is exceeded.
    pub is_above: bool,
}

impl LogReport {
    /// The report of these models, all in one currency.
    ///
    /// # Errors
    /// [`TooLarge`] when a sum does not fit a decimal.
    pub fn new(
        models: Vec<LogModel>,
        (left_out, whole): (Vec<Unknown>, Recorded),
        plan: Option<PlanOfLog>,
        now: Kind,
        (currency, rates): (Currency, &[Exchange]),
        catalog: CatalogInfo,
        max_cost: Option<Amount>,
    ) -> Result<Self, TooLarge> {
        let best = models.iter().filter_map(LogModel::best);
        let amount = exact::sum(best.map(|row| row.quote.total))?;
        let paid: Option<Vec<Decimal>> = models
            .iter()
            .map(|model| Some(model.paid()?.quote.total))
            .collect();
        let paid = paid.map(exact::sum).transpose()?;
        let converted = rates.iter().map(|fx| Converted::new(*fx, amount));
        let best = Money { amount, currency };
        Ok(Self {
            growth: LogGrowth::of(&models, (currency, rates))?,
            then: LogThen::of(&models, currency, best)?,
            svg: None,
            is_above: false,
            converted: converted.collect::<Result<_, _>>()?,
            best,
            paid: paid.map(|amount| Money { amount, currency }),
            models,
            left_out,
            whole,
            plan,
            now,
            catalog,
            max_cost,
        })
    }

    /// The message where the best ways cost more than the limit.
    pub fn exceeded(&self) -> Option<String> {
        let over = |limit: &Amount| self.best.amount > limit.number;
        let limit = self.max_cost.filter(over)?;
        Some(format!(
            "the limit of {} is exceeded: the best way of each model costs {}",
            limit.beside(self.best),
            self.best.precise()
        ))
    }

    fn answer(&self) -> Vec<String> {
        let models = u64::try_from(self.models.len()).unwrap_or(u64::MAX);
        let priced = self.models.iter();
        let priced = priced.fold(Calls::default(), |sums, one| sums.roughly_plus(one.calls));
        let mut of = format!(
            "{} of {} in {}",
            counted(priced.calls, "call"),
            counted(models, "model"),
            recorded::named(&self.whole)
        );
        if let Some(scale) = self.whole.scale {
            of.push_str(&format!(", {} {}", scale.what(), scale.taken()));
        }
        let comparisons = self.models.iter().map(|model| &model.report.comparison);
        let of_what = comparisons.map(of_what).find(|of| !of.is_empty());
        let best = format!("Best{}", of_what.unwrap_or_default());
        let mut answer = match &self.growth {
            Some(grown) => vec![
                self.compared(
                    &format!("{best} over"),
                    &grown.said(),
                    (grown.best, grown.now),
                    &of,
                ),
                self.compared("The first month", "", (Some(self.best), self.paid), ""),
            ],
            None => vec![self.compared(&best, "", (Some(self.best), self.paid), &of)],
        };
        answer.extend(self.growth.as_ref().and_then(LogGrowth::sentence));
        answer.extend(self.then.as_ref().map(LogThen::sentence));
        let unknown = self.models.iter().filter_map(LogModel::unknown_now);
        let unknown: Vec<String> = unknown.map(|row| row.quote.model.code.clone()).collect();
        if !unknown.is_empty() {
            answer.push(format!(
                "What is paid now is left out: `{}` is not known to serve the calls of {}.",
                self.now.name(),
                and(&unknown)
            ));
        }
        let missing = self.whole.total.without(priced);
        if missing.calls > 0 {
            let calls = counted(missing.calls, "call");
            answer.push(format!("Without {calls} of unknown models."));
        }
        if let Some(plan) = &self.plan {
            let first = match &self.growth {
                Some(_) => "In the first month one",
                None => "One",
            };
            answer.push(format!(
                "{first} savings plan of {} a month ({} months, paid up front) for the ordinary calls of {} makes it {}: {} instead of {} for these.",
                plan.commitment,
                plan.term_months,
                and(&plan.models),
                self.with_plan(plan),
                plan.cost,
                plan.instead_of
            ));
        }
        answer
    }

    /// How the log is paid, in words.
    pub fn said_now(&self) -> String {
        let is_sold_so = |model: &LogModel| model.paid().is_some_and(|row| row.kind == self.now);
        said(match self.models.iter().any(is_sold_so) {
            true => self.now,
            false => Kind::Standard,
        })
    }

    /// What the best ways cost in a time, beside what is paid now, for these calls.
    fn compared(
        &self,
        what: &str,
        time: &str,
        (best, paid): (Option<Money>, Option<Money>),
        of: &str,
    ) -> String {
        let time = match time {
            "" => String::new(),
            time => format!(" {time}"),
        };
        let calls = |comma: &str| match of {
            "" => String::new(),
            of => format!("{comma} for {of}"),
        };
        let now = self.said_now();
        match (best, paid) {
            (None, _) => format!("{what}{time}: not known for every model{}", calls(",")),
            (Some(best), Some(paid)) if paid.amount == best.amount => {
                format!("{what}{time}: {now} as now, {paid}{}", calls(""))
            }
            (Some(best), Some(paid)) => format!(
                "{what}{time}: {best} instead of {paid} by {now}{}{}",
                less(best.amount, paid.amount),
                calls(",")
            ),
            (Some(best), None) => format!("{what}{time}: {best}{}", calls("")),
        }
    }

    /// The best ways with a plan for the ordinary calls.
    fn with_plan(&self, plan: &PlanOfLog) -> Money {
        let beside = exact::sub(self.best.amount, plan.instead_of.amount);
        let amount = beside.and_then(|beside| exact::add(beside, plan.cost.amount));
        Money {
            amount: amount.unwrap_or(self.best.amount),
            ..self.best
        }
    }

    fn table(&self) -> Table {
        let mut table = Table::new(vec![
            Column::text("Model"),
            Column::text("Best"),
            Column::text("Bought").below(),
            Column::text("In the log as").below(),
            Column::number("Calls").droppable(),
            Column::number("As now"),
            Column::number("Best cost"),
        ]);
        for model in &self.models {
            let Some(best) = model.best() else { continue };
            let code = &best.quote.model.code;
            let paid = model.paid().map(|row| row.quote.total_money().into());
            table.row(vec![
                Cell::Code(code.clone()),
                Cell::text(format!(
                    "{}{}",
                    best.kind.name(),
                    if best.is_current { " (now)" } else { "" }
                )),
                Cell::text(bought(best)),
                Cell::text(called(code, &model.names)),
                Cell::number(grouped(model.calls.calls.into(), 0)),
                paid.unwrap_or(Cell::Empty),
                best.quote.total_money().into(),
            ]);
        }
        let mut last = |label: String, paid: Cell, best: Cell, look| {
            let mut cells = vec![Cell::Text(label)];
            cells.extend(vec![Cell::Empty; 4]);
            cells.extend([paid, best]);
            table.add(cells, look);
        };
        let paid = self.paid.map_or(Cell::Empty, Cell::Money);
        last("Total".to_owned(), paid, self.best.into(), Look::Total);
        for converted in &self.converted {
            let label = format!("at {}", converted.fx.label());
            last(
                label,
                Cell::Empty,
                converted.total.into(),
                Look::BesideTotal,
            );
        }
        if let Some(limit) = self.max_cost {
            let (label, look) = match self.best.amount > limit.number {
                true => ("Limit, exceeded", Look::Alarm),
                false => ("Limit", Look::BesideTotal),
            };
            let shown = Cell::number(limit.shown(self.best.currency));
            last(label.to_owned(), Cell::Empty, shown, look);
        }
        table
    }

    /// What it would take to do better, or what must be known of the best way.
    fn better(&self) -> Vec<String> {
        let lines = self.models.iter().filter_map(|model| {
            let more = others(&model.report)?;
            Some(format!("`{}`: {more}", model.best()?.quote.model.code))
        });
        lines.collect()
    }

    /// What is to be known of the best way of each model, of calls that grow over all months.
    fn caveats(&self) -> Vec<String> {
        let of = |model: &LogModel| {
            let best = model.over_all().or_else(|| model.best())?;
            let said = best.caveats.iter().map(ToString::to_string);
            let said: Vec<String> = said.collect();
            let code = &best.quote.model.code;
            (!said.is_empty()).then(|| format!("`{code}` by {}: {}", option(best), said.join("; ")))
        };
        self.models.iter().filter_map(of).collect()
    }
}

/// A way in words.
fn said(kind: Kind) -> String {
    match kind {
        Kind::Standard => "ordinary calls".to_owned(),
        other => format!(
            "`{}` (ordinary calls, where a model is not sold so)",
            other.name()
        ),
    }
}

/// `a`, `b` and `c`.
fn and(codes: &[String]) -> String {
    match codes.split_last() {
        Some((last, others)) if !others.is_empty() => format!("{} and {last}", others.join(", ")),
        _ => codes.concat(),
    }
}

/// How much less one amount is than another, in percent.
fn less(best: Decimal, paid: Decimal) -> String {
    let part = exact::sub(paid, best).and_then(|less| exact::mul(less, Decimal::ONE_HUNDRED));
    let share = part.and_then(|part| exact::ratio_or_rounded(part, paid));
    match share {
        Ok(share) => format!(" ({}% less)", grouped(round2(share.value), 2)),
        Err(_) => String::new(),
    }
}

impl Report for LogReport {
    fn document(&self, view: View) -> anyhow::Result<Document> {
        let depth = view.depth();
        let mut document = Document::new(depth, self.answer());
        document.alarm = self.exceeded().is_some() || self.is_above;
        if let Some(grown) = &self.growth {
            grown.add(&mut document, &self.models);
        }
        let title = match self.growth {
            Some(_) => "First month",
            None => "",
        };
        document.part(title, Body::Table(self.table()));
        let missing = self.models.iter();
        let missing = missing.flat_map(|model| gaps(&model.report.comparison));
        let not_priced = left_out(&self.left_out).into_iter().chain(missing);
        document.part("Not priced", Body::list(not_priced));
        document.part("To do better", Body::list(self.better()));
        document.part("Of the best ways", Body::list(self.caveats()));
        recorded::add_short(&mut document, &self.whole);
        let assumed = self.whole.assumed();
        document.part("Trace", Body::list(assumed.iter().map(ToString::to_string)));
        if let Some(then) = &self.then {
            then.add(&mut document, &self.models);
        }
        let (text, svg) = (None, self.svg.clone());
        document.part("", Body::Chart(Chart { text, svg }));
        for model in &self.models {
            model.add(&mut document, depth)?;
        }
        if !self.models.iter().any(|model| model.is_ranked(depth)) {
            document.left_out.push("The ranking of each model");
        }
        document.part("Catalog files", Body::list(&self.catalog.changes));
        Ok(document)
    }

    /// The options of each model, a row each, as of a comparison.
    fn sheet(&self) -> anyhow::Result<Sheet<'_>> {
        let mut all = Sheet {
            header: Vec::new(),
            rows: Vec::new(),
        };
        for model in &self.models {
            let sheet = sheet::sheet(&model.report);
            all.header = sheet.header;
            all.rows.extend(sheet.rows);
        }
        Ok(all)
    }

    fn json(&self) -> anyhow::Result<String> {
        let fields = ReportJson {
            catalog: CatalogJson::new(&self.catalog),
            currency: self.best.currency.code(),
            best_total: plain(self.best.amount),
            best_total_rounded: rounded(self.best.amount),
            now: self.now.name(),
            now_total: self.paid.map(|paid| plain(paid.amount)),
            now_total_rounded: self.paid.map(|paid| rounded(paid.amount)),
            models: self.models.iter().filter_map(model_json).collect(),
            left_out: self.left_out.iter().map(LeftOutJson::new).collect(),
            savings_plan: self.plan.as_ref().map(|plan| PlanJson {
                models: &plan.models,
                commitment: plain(plan.commitment.amount),
                term_months: plan.term_months.to_string(),
                total: plain(plan.cost.amount),
                instead_of: plain(plan.instead_of.amount),
            }),
            trace: TraceJson::new(&self.whole),
            fx: self.converted.iter().map(FxJson::new).collect(),
            max_cost: self.max_cost.map(|limit| LimitJson {
                limit: plain(limit.number),
                limit_as_given: GivenJson::new(&limit),
                exceeded: self.best.amount > limit.number,
            }),
            growth: self.growth.as_ref().map(LogGrowthJson::new),
            as_of_then: self.then.as_ref().map(LogThenJson::new),
        };
        json::text("tollgate/compare-log/1", &fields)
    }

    /// What the best ways cost, over all months where calls grow.
    fn total(&self) -> Option<String> {
        let best = match &self.growth {
            Some(grown) => grown.best?,
            None => self.best,
        };
        Some(plain(best.amount))
    }
}

fn model_json(model: &LogModel) -> Option<ModelJson<'_>> {
    let best = model.best()?;
    let paid = model.paid().map(|row| row.quote.total);
    Some(ModelJson {
        model: &best.quote.model.code,
        region: &best.quote.model.region,
        names: &model.names,
        calls: calls(model.calls),
        best: best.kind.name(),
        bought: bought(best),
        best_total: plain(best.quote.total),
        best_total_rounded: rounded(best.quote.total),
        now_total: paid.map(plain),
        now_total_rounded: paid.map(rounded),
        comparison: comparison_json(&model.report),
    })
}

#[derive(Debug, Serialize)]
struct ReportJson<'a> {
    catalog: CatalogJson<'a>,
    currency: &'a str,
    best_total: String,
    best_total_rounded: String,
    now: &'static str,
    now_total: Option<String>,
    now_total_rounded: Option<String>,
    models: Vec<ModelJson<'a>>,
    left_out: Vec<LeftOutJson<'a>>,
    savings_plan: Option<PlanJson<'a>>,
    trace: TraceJson<'a>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    fx: Vec<FxJson>,
    #[serde(skip_serializing_if = "Option::is_none")]
    max_cost: Option<LimitJson>,
    #[serde(skip_serializing_if = "Option::is_none")]
    growth: Option<LogGrowthJson>,
    #[serde(skip_serializing_if = "Option::is_none")]
    as_of_then: Option<LogThenJson>,
}

/// One savings plan for the ordinary calls of some models.
#[derive(Debug, Serialize)]
struct PlanJson<'a> {
    models: &'a [String],
    commitment: String,
    term_months: String,
    total: String,
    instead_of: String,
}

#[derive(Debug, Serialize)]
struct LimitJson {
    limit: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    limit_as_given: Option<GivenJson>,
    exceeded: bool,
}

#[derive(Debug, Serialize)]
struct ModelJson<'a> {
    model: &'a str,
    region: &'a str,
    names: &'a [String],
    #[serde(flatten)]
    calls: CallsJson,
    best: &'static str,
    bought: String,
    best_total: String,
    best_total_rounded: String,
    now_total: Option<String>,
    now_total_rounded: Option<String>,
    comparison: ComparisonJson<'a>,
}
