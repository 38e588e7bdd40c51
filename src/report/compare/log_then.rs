//! The best ways of the models of a log on two days, and what they come to.

use serde::Serialize;

use super::LogModel;
use super::then;
use crate::billing::exact::{self, TooLarge, plain};
use crate::billing::money::{Currency, Money};
use crate::compare::{ModelThen, Then};
use crate::report::document::{Body, Cell, Document, Look};

/// What the best ways came to on the earlier day.
#[derive(Debug, Clone)]
pub struct LogThen {
    /// All models on both days.
    all: Then,
    /// The best ways of the earlier day, added up; `None` where a model had none.
    best: Option<Money>,
    /// Those of the later day.
    now: Money,
}

impl LogThen {
    /// The models on both days; `None` where one day was asked for.
    ///
    /// # Errors
    /// [`TooLarge`] when a sum does not fit.
    pub fn of(
        models: &[LogModel],
        currency: Currency,
        now: Money,
    ) -> Result<Option<Self>, TooLarge> {
        let each = models.iter().map(|model| model.report.then.as_ref());
        let Some(each) = each.collect::<Option<Vec<_>>>() else {
            return Ok(None);
        };
        let Some(first) = each.first() else {
            return Ok(None);
        };
        let all = Then {
            models: each.iter().flat_map(|one| one.models.clone()).collect(),
            ..(*first).clone()
        };
        let best = all.models.iter();
        let best = best.map(|model| Some(model.then.as_ref()?.total));
        let best: Option<Vec<Money>> = best.collect();
        let best = best.filter(|all| all.iter().all(|total| total.currency == currency));
        let best = best.map(|all| exact::sum(all.iter().map(|total| total.amount)));
        let best = best.transpose()?.map(|amount| Money { amount, currency });
        Ok(Some(Self { all, best, now }))
    }

    /// A sentence for the answer.
    pub fn sentence(&self) -> String {
        let changed = self.all.models.iter().filter(|model| model.is_other());
        let (changed, models) = (changed.count(), self.all.models.len());
        let day = self.all.day;
        let at = match self.best {
            Some(best) if best == self.now => ", at the same cost".to_owned(),
            Some(best) => format!(", at {best} in all"),
            None => String::new(),
        };
        match changed {
            0 => format!("On {day} the best ways were the same{at}."),
            _ => format!(
                "On {day} the best way was another one for {changed} of {models} models{at}."
            ),
        }
    }

    /// Adds the table of both days, and the reasons.
    pub fn add(&self, document: &mut Document, models: &[LogModel]) {
        let mut table = then::table(&self.all);
        for (day, total) in [(self.all.day, self.best), (self.all.now, Some(self.now))] {
            let cells = vec![
                Cell::text("Total"),
                Cell::text(day.to_string()),
                Cell::Empty,
                total.map_or(Cell::Empty, Cell::Money),
            ];
            table.add(cells, Look::Total);
        }
        document.part("Then and now", Body::Table(table));
        let currency = |model: &ModelThen| {
            let rows = models.iter().flat_map(|one| one.report.comparison.priced());
            let mut rows = rows.filter(|row| model.is_of(&row.quote.model));
            rows.next().map(|row| row.as_priced().currency)
        };
        document.part("", Body::list(then::reasons(&self.all, &currency)));
    }
}

/// The log on the earlier day.
#[derive(Debug, Serialize)]
pub struct LogThenJson {
    date: String,
    changed: bool,
    best_total: Option<String>,
}

impl LogThenJson {
    pub fn new(then: &LogThen) -> Self {
        Self {
            date: then.all.day.to_string(),
            changed: then.all.models.iter().any(ModelThen::is_other),
            best_total: then.best.map(|best| plain(best.amount)),
        }
    }
}
