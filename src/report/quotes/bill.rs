//! The bill of a log of several models: what each comes to, and all together.

use rust_decimal::Decimal;

use super::{Converted, Grown, PricedQuote};
use crate::billing::amount::Amount;
use crate::billing::exact::{self, TooLarge, round2};
use crate::billing::fx::Exchange;
use crate::billing::money::{Currency, Money};
use crate::billing::number::{counted, grouped};
use crate::billing::recorded::{Calls, Recorded, Unknown};
use crate::report::document::{Body, Cell, Column, Document, Look, Table};
use crate::report::recorded;

/// The bill of a log: the quotes of the report are those of its models.
#[derive(Debug, Clone)]
pub struct Bill {
    /// Each model, in the order of the quotes.
    pub models: Vec<BilledModel>,
    /// The lines of the savings plan that pays for all of them, where there is one.
    pub plan: Option<PricedQuote>,
    /// The sum of the quotes, and of the plan.
    pub total: Money,
    /// The same at the rates that were given.
    pub converted: Vec<Converted>,
    /// Calls of unknown models, which were left out as asked.
    pub left_out: Vec<Unknown>,
    /// The whole log.
    pub whole: Recorded,
    /// What each month costs and all of them, where the calls grow: the months of all models added up.
    pub growth: Option<Grown>,
}

/// A model of a bill.
#[derive(Debug, Clone)]
pub struct BilledModel {
    /// The names by which the log calls it.
    pub names: Vec<String>,
    /// Its calls.
    pub calls: Calls,
    /// What it comes to in the currency of the bill.
    pub amount: Decimal,
}

impl Bill {
    /// The bill of these quotes, whose models come to amounts in `currency`, as the plan does.
    ///
    /// # Errors
    /// [`TooLarge`] when the sum does not fit a decimal.
    pub fn new(
        quotes: &[PricedQuote],
        plan: Option<PricedQuote>,
        models: Vec<BilledModel>,
        (left_out, whole): (Vec<Unknown>, Recorded),
        (currency, rates): (Currency, &[Exchange]),
    ) -> Result<Self, TooLarge> {
        let of_plan = plan.iter().map(|plan| plan.quote.total);
        let amount = exact::sum(models.iter().map(|one| one.amount).chain(of_plan))?;
        let converted = rates.iter().map(|fx| Converted::new(*fx, amount));
        let grown = quotes.iter().filter_map(|priced| priced.growth.as_ref());
        Ok(Self {
            growth: Grown::together(grown, rates)?,
            models,
            plan,
            total: Money { amount, currency },
            converted: converted.collect::<Result<_, _>>()?,
            left_out,
            whole,
        })
    }

    /// The answer in a line.
    pub fn answer(&self) -> String {
        let models = u64::try_from(self.models.len()).unwrap_or(u64::MAX);
        let billed = self.billed();
        let of = format!(
            "{} of {} in {}",
            counted(billed.calls, "call"),
            counted(models, "model"),
            recorded::named(&self.whole)
        );
        let mut line = match &self.growth {
            Some(grown) => format!("{}: {of}", grown.answer()),
            None => format!("{} for {of}", self.total),
        };
        let plan = self.plan.as_ref();
        if let Some(saved) = plan.and_then(|plan| plan.quote.savings.as_ref()) {
            let commitment = self.money(saved.plan.commitment);
            line.push_str(&format!(" with a savings plan of {commitment} a month"));
        }
        if let Some(scale) = self.whole.scale {
            line.push_str(&format!(", {} {}", scale.what(), scale.taken()));
        }
        let missing = self.whole.total.without(billed);
        if missing.calls > 0 {
            let calls = counted(missing.calls, "call");
            line.push_str(&format!("; {calls} of unknown models not in it"));
        }
        line
    }

    /// What it costs: of calls that grow in all months.
    pub fn all(&self) -> Money {
        self.growth.as_ref().map_or(self.total, Grown::total_money)
    }

    /// The calls that are billed.
    fn billed(&self) -> Calls {
        let models = self.models.iter();
        models.fold(Calls::default(), |sums, one| sums.roughly_plus(one.calls))
    }

    /// The message where the total is above a limit.
    pub fn over_limit(&self, limit: Amount) -> Option<String> {
        (self.total.amount > limit.number).then(|| {
            let limit = limit.beside(self.total);
            let total = self.total.precise();
            format!("the limit of {limit} is exceeded: the log costs {total}")
        })
    }

    fn money(&self, amount: Decimal) -> Money {
        Money {
            amount,
            currency: self.total.currency,
        }
    }

    /// Adds what each model comes to, and what was left out.
    pub fn add(&self, document: &mut Document, quotes: &[PricedQuote], limit: Option<Amount>) {
        document.part("", Body::Table(self.table(quotes, limit)));
        if let Some(grown) = &self.growth {
            grown.add(document);
        }
        document.part("Not priced", Body::list(left_out(&self.left_out)));
    }

    fn table(&self, quotes: &[PricedQuote], limit: Option<Amount>) -> Table {
        let (amount, all) = match &self.growth {
            Some(grown) => ("First month", Some(grown.said_months())),
            None => ("Amount", None),
        };
        let mut columns = vec![
            Column::text("Model"),
            Column::text("In the log as").below(),
            Column::number("Calls"),
            Column::number("Input").droppable(),
            Column::number("Output").droppable(),
            Column::number("Share"),
            Column::number(amount),
        ];
        columns.extend(all.map(Column::number));
        // What is paid in another currency, beside what it is in the total.
        let own = |priced: &PricedQuote| {
            let is_other = priced.quote.currency != self.total.currency;
            is_other.then(|| priced.quote.total_money())
        };
        let several = quotes.iter().any(|priced| own(priced).is_some());
        columns.extend(several.then(|| Column::number("Priced as")));
        let mut table = Table::new(columns);
        let number = |count: u64| Cell::number(grouped(count.into(), 0));
        for (priced, model) in quotes.iter().zip(&self.models) {
            let quote = &priced.quote;
            let mut cells = vec![
                Cell::Code(quote.model.code.clone()),
                Cell::text(called(&quote.model.code, &model.names)),
                number(model.calls.calls),
                number(model.calls.tokens.input),
                number(model.calls.tokens.output),
                Cell::number(self.share(model.amount)),
                self.money(model.amount).into(),
            ];
            let all = priced.growth.as_ref().map(Grown::total_money);
            cells.extend(all.map(Cell::Money));
            if several {
                cells.push(own(priced).map_or(Cell::Empty, Cell::Money));
            }
            table.row(cells);
        }
        let mut last = |label: String, amount: Cell, all: Option<Money>, look| {
            let mut cells = vec![Cell::Text(label)];
            cells.extend(vec![Cell::Empty; 5]);
            cells.push(amount);
            cells.extend(all.map(Cell::Money));
            cells.extend(several.then_some(Cell::Empty));
            table.add(cells, look);
        };
        let lines = self.plan.iter().flat_map(|plan| &plan.quote.items);
        for item in lines {
            let amount = self.money(item.amount);
            last(item.description.clone(), amount.into(), None, Look::Plain);
        }
        let all = self.growth.as_ref().map(Grown::total_money);
        last("Total".to_owned(), self.total.into(), all, Look::Total);
        let all = self.growth.iter().flat_map(Grown::converted);
        let mut all = all.map(|converted| converted.total);
        for converted in &self.converted {
            let label = format!("at {}", converted.fx.label());
            last(label, converted.total.into(), all.next(), Look::BesideTotal);
        }
        if let Some(limit) = limit {
            let (label, look) = match self.total.amount > limit.number {
                true => ("Limit, exceeded", Look::Alarm),
                false => ("Limit", Look::BesideTotal),
            };
            let shown = Cell::number(limit.shown(self.total.currency));
            last(label.to_owned(), shown, None, look);
        }
        table
    }

    /// The share of what all models cost, in percent.
    fn share(&self, amount: Decimal) -> String {
        let of_plan = self.plan.as_ref().map(|plan| plan.quote.total);
        let part = exact::mul(amount, Decimal::ONE_HUNDRED);
        let share = part.and_then(|part| {
            let of_models = exact::sub(self.total.amount, of_plan.unwrap_or_default())?;
            exact::ratio_or_rounded(part, of_models)
        });
        match share {
            Ok(share) => format!("{}%", grouped(round2(share.value), 2)),
            Err(_) => String::new(),
        }
    }
}

/// The names of a model in a log, where they are others than its code.
pub fn called(code: &str, names: &[String]) -> String {
    let others = names.iter().filter(|name| *name != code);
    let others: Vec<String> = others.map(|name| format!("`{name}`")).collect();
    match others.len() < names.len() && !others.is_empty() {
        true => format!("`{code}`, {}", others.join(", ")),
        false => others.join(", "),
    }
}

/// Calls of unknown models, a line each.
pub fn left_out(unknown: &[Unknown]) -> Vec<String> {
    let lines = unknown.iter().map(|one| {
        let what = match &one.name {
            Some(name) => format!("`{name}`"),
            None => "no model".to_owned(),
        };
        format!("{what}: {}", recorded::sums(one.calls))
    });
    lines.collect()
}
