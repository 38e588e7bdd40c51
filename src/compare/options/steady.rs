//! A steady load in every way: a reservation or replicas for its rate, or its tokens.

use super::{
    Missing, NOTHING_PAYS, Priced, dedicated, in_mode, months_for, reference, replicas,
    reservation_caveats, reserved_in_mode, savings, token_caveats, token_mode,
};
use crate::billing::amend::fund::fund;
use crate::billing::error::QuoteError;
use crate::billing::exact;
use crate::billing::fit;
use crate::billing::funding::Terms;
use crate::billing::load::{Excess, OnOverflow};

use crate::billing::number::grouped;
use crate::billing::ptu::{self, Fit, Fixed, Served};
use crate::billing::quote::Rate;
use crate::billing::savings::Over;
use crate::billing::term::{Span, Term};
use crate::billing::tokens;
use crate::billing::units::Size;
use crate::catalog::Model;
use crate::compare::{Basis, Caveat, Kind, Paid, Request};
use crate::workload::Steady;

/// Blocks of hours are bought for a part of a day.
const NOT_IN_BLOCKS: &str = "blocks of 8 hours are not compared: `quote ptu --blocks` prices them";

/// One way of the model at a position.
pub fn priced(
    request: &Request,
    workload: &Steady,
    position: usize,
    model: &Model,
    kind: Kind,
) -> Result<Vec<Priced>, Missing> {
    match kind {
        Kind::PtuBlock => Err(Missing::NoPrice(NOT_IN_BLOCKS.to_owned())),
        Kind::PtuHourly
        | Kind::PtuDaily
        | Kind::PtuMonthly
        | Kind::PtuWeekly
        | Kind::PtuQuarterly
        | Kind::PtuYearly
        | Kind::ReservationDaily
        | Kind::ReservationBlock => throughput(request, workload, model, kind).map(|one| vec![one]),
        Kind::DtuMonthly => dedicated::steady(request, workload, model),
        Kind::MuHourly | Kind::MuMonthly => {
            // As a reservation, they serve the whole calls of the busiest minute.
            let load = &workload.load;
            let tokens = load.tokens_of(load.busiest_calls()?)?;
            let demand = replicas::Demand {
                input_tpm: tokens.input,
                output_tpm: tokens.output,
                hours: workload.runs()?,
                months: months_for(workload.days)?,
                minutes: workload.minutes(),
                recorded: None,
            };
            replicas::priced(request, &demand, model, kind)
        }
        Kind::FineTuned => by_token(request, workload, model, Rate::FineTuned, (false, false)),
        Kind::Standard => {
            let funded = position == 0;
            by_token(request, workload, model, Rate::Standard, (funded, false))
        }
        Kind::SavingsPlan => {
            let funded = position == 0;
            let calls = by_token(request, workload, model, Rate::Standard, (funded, true))?;
            let over = Over::Days(workload.days);
            let planned = |one| savings::with_plan(request, model, one, over);
            let mut planned = calls
                .into_iter()
                .map(planned)
                .collect::<Result<Vec<_>, _>>()?;
            for (quote, _, caveats) in &mut planned {
                let months = quote.savings.as_ref().map_or(0, |savings| savings.months);
                let months = u32::try_from(months).map_err(|_| QuoteError::TooLarge)?;
                caveats.extend(Caveat::paid_longer(
                    Paid::Months(months),
                    workload.minutes(),
                ));
            }
            Ok(planned)
        }
    }
}

/// A reservation for the load, by the hour or for a term.
fn throughput(
    request: &Request,
    workload: &Steady,
    model: &Model,
    kind: Kind,
) -> Result<Priced, Missing> {
    let service = request.catalog.provider(model)?.service.as_ref();
    let mut caveats = Vec::new();
    let length = if matches!(kind, Kind::PtuDaily | Kind::ReservationDaily) {
        ptu::Length::Days(workload.days)
    } else if kind == Kind::ReservationBlock {
        // One an evening.
        let count = u32::try_from(workload.days).map_err(|_| QuoteError::TooLarge)?;
        ptu::Length::Fixed(Fixed::Block, count)
    } else if kind == Kind::PtuMonthly {
        let months = months_for(workload.days)?;
        caveats.extend(Caveat::paid_longer(
            Paid::Months(months),
            workload.minutes(),
        ));
        ptu::Length::Months(months)
    } else if let Some(fixed) = kind.fixed() {
        let count =
            u32::try_from(fixed.covering(workload.days)).map_err(|_| QuoteError::TooLarge)?;
        let paid = Paid::Terms(fixed, count);
        caveats.extend(Caveat::paid_longer(paid, workload.minutes()));
        ptu::Length::Fixed(fixed, count)
    } else {
        let (span, runs) = workload.runs()?;
        if runs > 1 {
            caveats.push(Caveat::DeployedDaily {
                documented: service.is_none(),
            });
        }
        ptu::Length::Hours { span, runs }
    };
    let term = length.term();
    let period = length.period();
    let of = |mode| {
        let catalog = request.catalog;
        catalog.reserved(model, kind.speed(), period, mode, request.as_of)
    };
    let (prices, mode) = reserved_in_mode(request, model, of)?;
    caveats.splice(0..0, reservation_caveats(kind, model, &prices));
    if let Some(sale) = &prices.sale {
        caveats.extend(Caveat::of_sale(sale, length));
        if let (ptu::Length::Fixed(Fixed::Block, _), Some(block)) = (length, sale.rules.block)
            && workload.hours_per_day > Span::hours(8)
        {
            let from = block.ordered_from;
            return Err(QuoteError::LongerThanABlock { from }.into());
        }
    }
    let all_day = workload.hours_per_day == Span::hours(24);
    let own_days = length.days_of_traffic();
    let mut asked = ptu::Request {
        model: reference(request, model)?,
        size: Size::default(),
        length,
        mode,
        start: None,
        served: Some(Served {
            load: workload.load,
            // A block has its own hours.
            hours_per_day: (term == Term::Subscription
                && !all_day
                && kind != Kind::ReservationBlock)
                .then_some(workload.hours_per_day),
            days: own_days
                .filter(|own| *own != workload.days)
                .map(|_| workload.days),
            on_overflow: OnOverflow::Bill,
            fit: Some(request.fit),
        }),
    };
    asked.size = match request.fit {
        Fit::Peak => fit::peak(&workload.load, &prices)?,
        Fit::Cheapest => fit::cheapest(&asked, &prices)?,
    };
    if asked.size.is_nothing() {
        return Err(Missing::NoPrice(NOTHING_PAYS.to_owned()));
    }
    let terms = Terms {
        funding: None,
        service,
        pace: asked.pace()?,
        on: request.as_of,
    };
    let quote = ptu::quote(&asked, &prices)
        .map_err(|error| Missing::of_calls(request, (model, Rate::Standard), error))?;
    let quote = fund(quote, &terms)?;
    if let Some(excess) = &quote.overflow {
        caveats.push(overflowing(workload, excess)?);
    }
    Ok((quote, Basis::Ptu(asked, Box::new(prices)), caveats))
}

/// How many of all calls do not fit, each begun one counted whole.
fn overflowing(workload: &Steady, excess: &Excess) -> Result<Caveat, QuoteError> {
    let totals = workload.totals()?;
    let calls = exact::mul(excess.calls_per_minute, totals.active_seconds)?;
    Ok(Caveat::Overflows {
        calls: exact::div_ceil(calls, 60)?,
        of: totals.requests,
    })
}

/// Tokens at one of the prices: whether a free quota pays first, and a savings plan then.
fn by_token(
    request: &Request,
    workload: &Steady,
    model: &Model,
    rate: Rate,
    (funded, planned): (bool, bool),
) -> Result<Vec<Priced>, Missing> {
    let of = |mode| {
        request
            .catalog
            .tokens(model, Some(rate), mode, false, request.as_of)
    };
    let (prices, _) = in_mode(token_mode(request, model), of)?;
    let provider = request.catalog.provider(model)?;
    let service = provider.service.clone();
    let funding = match funded {
        true => request
            .funding
            .funding(provider, &model.region, request.as_of, request.as_of)?,
        false => None,
    };
    let mut asked = workload.request(reference(request, model)?)?;
    let terms = Terms {
        funding: funding.as_ref(),
        service: service.as_ref(),
        pace: asked.stream.map(|stream| stream.pace()).transpose()?,
        on: request.as_of,
    };
    if funding.is_none() && service.is_none() && !planned && !prices.is_by_hour() {
        // Nothing of this row depends on when its tokens are used.
        asked.stream = None;
    }
    let quote = tokens::quote(&asked, &prices)
        .map_err(|error| Missing::of_calls(request, (model, rate), error))?;
    let quote = fund(quote, &terms)?;
    if let Some(result) = quote.funding.as_ref().filter(|result| result.unserved > 0) {
        let switched = funding.as_ref().is_some_and(|one| one.documented.is_some());
        let why = match switched {
            true => "calls stop when the free quota is used up",
            false => "postpaid is off",
        };
        return Err(Missing::NoPrice(format!(
            "{why}, so {} of {} tokens are not served",
            grouped(result.unserved.into(), 0),
            grouped(
                exact::add(asked.tokens.input.into(), asked.tokens.output.into())
                    .map_err(QuoteError::from)?,
                0
            )
        )));
    }
    let offset = quote.funding.as_ref().map_or(0, |result| result.offset);
    let caveats = token_caveats(rate, service.as_ref(), offset);
    let basis = Basis::Tokens {
        prices,
        funding,
        service,
        savings: None,
    };
    Ok(vec![(quote, basis, caveats)])
}
