//! The quotes of a deployment's parts: each by itself, or as the changes of one prepaid term.

use chrono::{Days, NaiveDate};

use super::orders::Part;
use crate::billing::error::QuoteError;
use crate::billing::note::Note;
use crate::billing::number::counted;
use crate::billing::ptu::{Length, Period};
use crate::billing::quote::{LineItem, Parameters, Quote};
use crate::billing::scaling::{At, Change, Replicas, ScalingNote, Subscription, added};
use crate::billing::term::Term;
use crate::billing::units::{Size, Throughput};
use crate::catalog::{Catalog, LookupError, Model};
use crate::order::{MuOrder, Order, OrderError, PtuOrder};

/// One quote a part, in their order.
///
/// # Errors
/// [`OrderError`] when there is no price, it cannot be computed, or no document says what a change costs.
pub fn quotes(
    parts: &[Part],
    catalog: &Catalog,
    model: &Model,
    as_of: NaiveDate,
) -> Result<Vec<Quote>, OrderError> {
    let book = Book {
        catalog,
        model,
        as_of,
    };
    let mut subscription = None;
    let mut replicas = None;
    let each = parts.iter().map(|part| match (part.in_term, &part.order) {
        (Some(at), Order::Ptu(order)) => book.throughput(order, at, &mut subscription),
        (Some(at), Order::Mu(order)) => book.replicas(order, at, &mut replicas),
        _ => book.own(&part.order, as_of),
    });
    each.collect()
}

/// Where prices are looked up.
struct Book<'a> {
    catalog: &'a Catalog,
    model: &'a Model,
    as_of: NaiveDate,
}

impl Book<'_> {
    fn own(&self, order: &Order, as_of: NaiveDate) -> Result<Quote, OrderError> {
        single(order.quotes(self.catalog, self.model, as_of)?, self.model)
    }

    /// A phase of a subscription of throughput: the first orders all of the term, the others change it.
    fn throughput(
        &self,
        order: &PtuOrder,
        at: At,
        running: &mut Option<Subscription>,
    ) -> Result<Quote, OrderError> {
        let order = &PtuOrder {
            in_term: true,
            ..order.clone()
        };
        match running {
            None => self.ordered(order, at, running),
            Some(running) => self.changed(order, at, running),
        }
    }

    fn ordered(
        &self,
        order: &PtuOrder,
        at: At,
        running: &mut Option<Subscription>,
    ) -> Result<Quote, OrderError> {
        // As what is added later, it has the prices of its own day: one total does not mix two days.
        let start = order.start.map(|start| start.date_naive());
        let of_its_day = start.and_then(|day| {
            let quote = self.own(&Order::Ptu(order.clone()), day).ok()?;
            Some((quote, day))
        });
        let (mut quote, day) = match of_its_day {
            Some(of_its_day) => of_its_day,
            None => (
                self.own(&Order::Ptu(order.clone()), self.as_of)?,
                self.as_of,
            ),
        };
        if quote
            .notes
            .iter()
            .any(|note| matches!(note, Note::LateOrder { .. }))
        {
            return Err(QuoteError::ScaledAfterLateOrder.into());
        }
        let size = size(&quote);
        let whole = PtuOrder {
            asked: throughput(&quote).map(Throughput::asked),
            length: Length::Days(at.days),
            in_term: false,
            load: None,
            hours_per_day: None,
            on_overflow: None,
            fit: None,
            ..order.clone()
        };
        let whole = self.own(&Order::Ptu(whole), day)?;
        let prices =
            self.catalog
                .reserved(self.model, order.service, Period::Day, order.mode, day)?;
        *running = Some(Subscription::order(at.days, size, prices)?);
        quote.schedule = whole.schedule;
        let term = ScalingNote::Term { days: at.days };
        let first = Change {
            items: whole.items,
            notes: vec![term],
        };
        resized(quote, at, first)
    }

    /// A later phase has the prices of its own day, where that is known.
    fn changed(
        &self,
        order: &PtuOrder,
        at: At,
        running: &mut Subscription,
    ) -> Result<Quote, OrderError> {
        let on = order
            .start
            .and_then(|start| start.date_naive().checked_add_days(Days::new(at.used)));
        let order = PtuOrder {
            start: None,
            ..order.clone()
        };
        let priced = |day: NaiveDate| -> Result<_, OrderError> {
            let quote = self.own(&Order::Ptu(order.clone()), day)?;
            let prices =
                self.catalog
                    .reserved(self.model, order.service, Period::Day, order.mode, day)?;
            Ok((quote, prices))
        };
        let of_its_day = on.and_then(|on| priced(on).ok());
        let (quote, prices) = match of_its_day {
            Some(priced) => priced,
            None => priced(self.as_of)?,
        };
        let change = running.change(at.used, size(&quote), &prices, on)?;
        resized(quote, at, change)
    }

    /// A phase of a subscription of model units: replicas are added to those of the phase before.
    fn replicas(
        &self,
        order: &MuOrder,
        at: At,
        running: &mut Option<u64>,
    ) -> Result<Quote, OrderError> {
        let mut quote = self.own(&Order::Mu(order.clone()), self.as_of)?;
        let Some(from) = running.replace(order.replicas) else {
            let term = ScalingNote::Term { days: at.days };
            quote.notes.push(Note::Scaling(term));
            return Ok(quote);
        };
        let change = Replicas {
            from,
            to: order.replicas,
        };
        let all = self
            .catalog
            .mu(self.model, Term::Subscription, order.spec, self.as_of)?;
        let offered = all.iter().find(|prices| match quote.parameters {
            Parameters::Mu {
                spec, pd_separated, ..
            } => (spec, pd_separated) == (prices.spec, prices.pd_separated),
            _ => false,
        });
        let change = match offered {
            Some(prices) => added(change, at, prices)?,
            None => None,
        };
        let change = change.map(|(item, note)| Change {
            items: vec![item],
            notes: vec![note],
        });
        resized(quote, at, change.unwrap_or_default())
    }
}

/// The only quote of an order. A plan has to name the specification if the model has several.
pub fn single(mut quotes: Vec<Quote>, model: &Model) -> Result<Quote, OrderError> {
    if quotes.len() > 1 {
        let mut has: Vec<String> = Vec::new();
        for quote in &quotes {
            let spec = match &quote.parameters {
                Parameters::Mu { spec, .. } => Some(spec.to_string()),
                Parameters::Ptu { spec, .. } => spec.clone(),
                Parameters::Tokens { .. } => None,
            };
            has.extend(spec.filter(|spec| !has.contains(spec)));
        }
        return Err(LookupError::SpecNeeded {
            model: model.code.clone(),
            has,
        }
        .into());
    }
    quotes.pop().ok_or_else(|| {
        LookupError::NotSold {
            model: model.code.clone(),
            how: "by model unit",
            sold: Vec::new(),
        }
        .into()
    })
}

/// What a quote reserves.
fn throughput(quote: &Quote) -> Option<&Throughput> {
    match &quote.parameters {
        Parameters::Ptu { throughput, .. } => Some(throughput),
        _ => None,
    }
}

/// What a quote reserves: as it was given, or as its load sized it.
fn size(quote: &Quote) -> Size {
    throughput(quote).map_or(Size::default(), Throughput::size)
}

/// The quote of a phase with the lines of a change in the place of those that reserve for the phase alone.
/// What is changed is so for all the days that are left.
fn resized(mut quote: Quote, at: At, change: Change) -> Result<Quote, OrderError> {
    let beyond = quote.items.drain(..).filter(|item| !reserves(item));
    let items = change.items.into_iter().chain(beyond).collect();
    quote.items = items;
    match &mut quote.parameters {
        Parameters::Ptu {
            duration, billed, ..
        }
        | Parameters::Mu {
            duration, billed, ..
        } => {
            *duration = format!("P{}D", at.left());
            *billed = counted(at.left(), "day");
        }
        Parameters::Tokens { .. } => {}
    }
    quote
        .notes
        .retain(|note| !matches!(note, Note::Inexact { .. }));
    quote
        .notes
        .extend(change.notes.into_iter().map(Note::Scaling));
    Ok(quote.summed()?)
}

/// Whether a line is for the reservation, and not for calls beyond it.
fn reserves(item: &LineItem) -> bool {
    ["ptu.input", "ptu.output", "ptu.units", "mu.replicas"].contains(&item.id)
}
