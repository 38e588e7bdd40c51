//! Dedicated throughput units that hold the busiest minute, of every specification.

use super::{Missing, Priced, months_for, reference};
use crate::billing::error::QuoteError;
use crate::billing::fit;
use crate::billing::load::OnOverflow;
use crate::billing::ptu::{self, Fit, Served};
use crate::billing::term::Span;
use crate::catalog::Model;
use crate::compare::{Basis, Caveat, Paid, Request};
use crate::workload::Steady;

/// The units of each specification for a steady load.
pub fn steady(request: &Request, workload: &Steady, model: &Model) -> Result<Vec<Priced>, Missing> {
    let months = months_for(workload.days)?;
    let all_day = workload.hours_per_day == Span::hours(24);
    let mut priced = Vec::new();
    for prices in request.catalog.dtu(model, None, request.as_of)? {
        prices.rules.dedicated.check(months)?;
        let asked = ptu::Request {
            model: reference(request, model)?,
            size: fit::peak(&workload.load, &prices)?,
            length: ptu::Length::Months(months),
            mode: None,
            start: None,
            served: Some(Served {
                load: workload.load,
                hours_per_day: (!all_day).then_some(workload.hours_per_day),
                days: None,
                on_overflow: OnOverflow::Bill,
                fit: Some(Fit::Peak),
            }),
        };
        let quote = ptu::quote(&asked, &prices)?;
        let mut caveats = caveats(&prices);
        caveats.extend(Caveat::paid_longer(
            Paid::Months(months),
            workload.minutes(),
        ));
        priced.push((quote, Basis::Ptu(asked, Box::new(prices)), caveats));
    }
    match priced.is_empty() {
        true => Err(QuoteError::TooLarge.into()),
        false => Ok(priced),
    }
}

/// What is to be known of units beside other ways.
pub fn caveats(prices: &ptu::Prices) -> Vec<Caveat> {
    let early_end = prices.rules.dedicated.early_end;
    let early_end = early_end.map(|rule| Caveat::DtuEarlyEnd(rule.factor));
    early_end.into_iter().chain([Caveat::DtuBeyond]).collect()
}
