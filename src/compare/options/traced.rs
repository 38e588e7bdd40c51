//! A trace in every way: reservations sized for it and its tokens are replayed, replicas serve its
//! busiest minute.

use std::collections::BTreeMap;

use super::{
    Missing, NOTHING_PAYS, Priced, as_of, dedicated, in_mode, is_sold, reference, replicas,
    reservation_caveats, reserved_in_mode, savings, token_caveats, token_mode,
};
use crate::billing::error::QuoteError;
use crate::billing::load::OnOverflow;
use crate::billing::ptu::{self, Fixed};
use crate::billing::quote::{Parameters, Quote, Rate};
use crate::billing::recorded::Recorded;
use crate::billing::savings::Over;
use crate::billing::term::{Increment, Span, months};
use crate::billing::unit::Unit;
use crate::billing::units::Size;
use crate::catalog::{LookupError, Model};
use crate::compare::{Basis, Caveat, Kind, Paid, Request};
use crate::order::{
    self, Answers, Asked, OrderError, TimeTaken, TraceFit, TraceOrder, TraceTerm, TracedOrder,
    TracedPtu, TracedTokens, Watch,
};

/// A trace is compared by every term but the block.
const NOT_FOR_A_TRACE: &str =
    "a trace is not compared by the block: `quote ptu --trace` with `--blocks` prices it";

/// Prices a trace by every method that replays it.
pub struct TracedWays {
    ways: BTreeMap<(usize, Kind), Vec<Way>>,
    /// The ordinary calls of each model, for the way that follows from them.
    calls: BTreeMap<usize, Priced>,
    /// The sums of the trace.
    pub recorded: Recorded,
}

/// The price of a way, or why it has none.
type Way = Result<(Quote, Basis), Missing>;

/// What is asked of a trace for every way that replays it.
pub struct Ways<'a> {
    /// Ways that are known to have no price.
    ways: BTreeMap<(usize, Kind), Vec<Way>>,
    /// The orders.
    pub asked: Vec<Asked<'a>>,
    /// The way that each order is of.
    bases: Vec<((usize, Kind), Basis)>,
}

impl<'a> Ways<'a> {
    /// Asks for every way. Reservations are sized as `fit` says.
    ///
    /// # Errors
    /// [`OrderError`] when a price cannot be looked up.
    pub fn of(request: &Request<'a>, fit: TraceFit) -> Result<Self, OrderError> {
        let mut ways: BTreeMap<(usize, Kind), Vec<Way>> = BTreeMap::new();
        let mut asked = Vec::new();
        let mut bases = Vec::new();
        for (position, model) in request.models.iter().enumerate() {
            for kind in Kind::ALL {
                let prepared = match kind {
                    // Priced from what the others find.
                    Kind::MuHourly | Kind::MuMonthly | Kind::SavingsPlan => continue,
                    _ if !is_sold(request, model, *kind) => continue,
                    Kind::DtuMonthly => {
                        // Each specification is a way of its own.
                        for prepared in dedicated_units(request, model)? {
                            let (order, basis) = prepared;
                            asked.push(Asked { model, order });
                            bases.push(((position, *kind), basis));
                        }
                        continue;
                    }
                    Kind::PtuBlock => Err(Missing::NoPrice(NOT_FOR_A_TRACE.to_owned())),
                    Kind::PtuWeekly => {
                        let term = TraceTerm::Fixed(Fixed::Week);
                        reservation(request, model, *kind, term, fit)
                    }
                    Kind::PtuQuarterly => {
                        let term = TraceTerm::Fixed(Fixed::Quarter);
                        reservation(request, model, *kind, term, fit)
                    }
                    Kind::PtuYearly => {
                        let term = TraceTerm::Fixed(Fixed::Year);
                        reservation(request, model, *kind, term, fit)
                    }
                    Kind::PtuHourly => reservation(request, model, *kind, TraceTerm::Hours, fit),
                    Kind::PtuDaily => reservation(request, model, *kind, TraceTerm::Days, fit),
                    Kind::PtuMonthly => reservation(request, model, *kind, TraceTerm::Months, fit),
                    Kind::ReservationDaily => {
                        reservation(request, model, *kind, TraceTerm::Days, fit)
                    }
                    Kind::ReservationBlock => {
                        reservation(request, model, *kind, TraceTerm::Nights, fit)
                    }
                    Kind::FineTuned => tokens(request, model, Rate::FineTuned),
                    Kind::Standard => tokens(request, model, Rate::Standard),
                };
                match prepared {
                    Ok((order, basis)) => {
                        asked.push(Asked { model, order });
                        bases.push(((position, *kind), basis));
                    }
                    Err(missing) => {
                        ways.insert((position, *kind), vec![Err(missing)]);
                    }
                }
            }
        }
        Ok(Self { ways, asked, bases })
    }
}

impl TracedWays {
    /// Reads the trace for every way that replays it. Reservations are sized as `fit` says.
    ///
    /// # Errors
    /// [`OrderError`] when the trace cannot be read, or a number does not fit.
    pub fn read(
        request: &Request,
        trace: &TraceOrder,
        fit: TraceFit,
        watch: Watch<'_>,
    ) -> Result<Self, OrderError> {
        let Ways { ways, asked, bases } = Ways::of(request, fit)?;
        let answers = order::traced_quotes(trace, &asked, request.catalog, as_of(request), watch)?;
        Self::answered(request, ways, bases, answers)
    }

    /// The ways, as the trace answered them.
    ///
    /// # Errors
    /// As [`Self::read`].
    pub fn of(request: &Request, ways: Ways<'_>, answers: Answers) -> Result<Self, OrderError> {
        let Ways { ways, bases, .. } = ways;
        Self::answered(request, ways, bases, answers)
    }

    fn answered(
        request: &Request,
        mut ways: BTreeMap<(usize, Kind), Vec<Way>>,
        bases: Vec<((usize, Kind), Basis)>,
        answers: Answers,
    ) -> Result<Self, OrderError> {
        let first = request.models.first();
        let recorded = answers.recorded(first.map_or("", |model| &model.code))?;
        let Answers { quotes, .. } = answers;
        for ((way, basis), quote) in bases.into_iter().zip(quotes) {
            let priced = match quote {
                Ok(quote) => reserved(basis, &quote, TimeTaken::of_recorded(&recorded))
                    .map(|basis| (quote, basis)),
                Err(error) => Err(Missing::of_order(error)?),
            };
            ways.entry(way).or_default().push(priced);
        }
        Ok(Self {
            ways,
            calls: BTreeMap::new(),
            recorded,
        })
    }

    /// One way of the model at a position.
    pub fn priced(
        &mut self,
        request: &Request,
        position: usize,
        model: &Model,
        kind: Kind,
    ) -> Result<Vec<Priced>, Missing> {
        let minutes = self.recorded.stated_minutes();
        let service = request.catalog.provider(model)?.service.as_ref();
        let caveats = match kind {
            Kind::MuHourly | Kind::MuMonthly => {
                return replicas::priced(request, &self.demand()?, model, kind);
            }
            Kind::SavingsPlan => return self.with_plan(request, position, model),
            Kind::FineTuned => token_caveats(Rate::FineTuned, service, 0),
            Kind::Standard => token_caveats(Rate::Standard, service, 0),
            Kind::PtuHourly
            | Kind::PtuDaily
            | Kind::PtuMonthly
            | Kind::PtuBlock
            | Kind::PtuWeekly
            | Kind::PtuQuarterly
            | Kind::PtuYearly
            | Kind::ReservationDaily
            | Kind::ReservationBlock
            | Kind::DtuMonthly => Vec::new(),
        };
        // Each way is asked for once.
        let Some(ways) = self.ways.remove(&(position, kind)) else {
            return Err(Missing::NoPrice("it was not replayed".to_owned()));
        };
        let mut priced = Vec::new();
        let mut missing = None;
        for way in ways {
            match way {
                Ok((quote, basis)) => {
                    let caveats = caveats.clone();
                    priced.push(with_caveats(kind, model, (quote, basis, caveats), minutes));
                }
                Err(error) => missing = missing.or(Some(error)),
            }
        }
        if kind == Kind::Standard
            && savings::is_sold(request, model)
            && let Some(calls) = priced.first()
        {
            self.calls.insert(position, calls.clone());
        }
        match missing.filter(|_| priced.is_empty()) {
            Some(missing) => Err(missing),
            None => Ok(priced),
        }
    }

    /// The ordinary calls of the model with a savings plan. They are priced before.
    fn with_plan(
        &mut self,
        request: &Request,
        position: usize,
        model: &Model,
    ) -> Result<Vec<Priced>, Missing> {
        let Some(calls) = self.calls.remove(&position) else {
            return Err(Missing::NoPrice("ordinary calls have no price".to_owned()));
        };
        // What a plan pays for is counted by the month, and the calls of a longer trace are not told apart by theirs.
        if months::covering_minutes(self.recorded.minutes) > 1 {
            let reason = "a trace of more than a month has usage of several months, which are not told apart: `quote tokens --savings-plan` spreads it evenly";
            return Err(Missing::NoPrice(reason.to_owned()));
        }
        let minutes = self.recorded.stated_minutes();
        let mut planned = savings::with_plan(request, model, calls, Over::Minutes(minutes))?;
        let (quote, _, caveats) = &mut planned;
        let months = quote.savings.as_ref().map_or(0, |savings| savings.months);
        let months = u32::try_from(months).map_err(|_| QuoteError::TooLarge)?;
        caveats.extend(Caveat::paid_longer(Paid::Months(months), minutes));
        Ok(vec![planned])
    }

    /// The traffic for replicas: the busiest minute, input and output each by itself.
    fn demand(&self) -> Result<replicas::Demand, QuoteError> {
        let minutes = self.recorded.stated_minutes();
        let seconds = minutes.checked_mul(60).ok_or(QuoteError::TooLarge)?;
        let time = TimeTaken::of_recorded(&self.recorded);
        let ptu::Length::Months(months) = TraceTerm::Months.length(time, None)? else {
            return Err(QuoteError::TooLarge);
        };
        Ok(replicas::Demand {
            input_tpm: self.recorded.input_tpm.peak,
            output_tpm: self.recorded.output_tpm.peak,
            hours: (Span::of_seconds(seconds), 1),
            months,
            minutes,
            recorded: Some(self.recorded.clone()),
        })
    }
}

/// A way with what is to be known of it beside others.
fn with_caveats(
    kind: Kind,
    model: &Model,
    (quote, basis, mut caveats): Priced,
    minutes: u64,
) -> Priced {
    if let Basis::Ptu(asked, prices) = &basis {
        caveats.extend(reservation_caveats(kind, model, prices));
        if prices.spec().is_some() {
            caveats.extend(dedicated::caveats(prices));
        }
        if let Some(sale) = &prices.sale {
            caveats.extend(Caveat::of_sale(sale, asked.length));
        }
        let paid = match asked.length {
            ptu::Length::Days(days) => Some(Paid::Days(days)),
            ptu::Length::Months(months) => Some(Paid::Months(months)),
            ptu::Length::Hours { .. } => {
                let by_the_hour = prices.rules.increment == Some(Increment::Hour);
                by_the_hour.then_some(Paid::Hours(minutes.div_ceil(60)))
            }
            // Blocks are paid for the nights alone.
            ptu::Length::Fixed(Fixed::Block, _) => None,
            ptu::Length::Fixed(one, count) => Some(Paid::Terms(one, count)),
        };
        caveats.extend(paid.and_then(|paid| Caveat::paid_longer(paid, minutes)));
    }
    let reserved = quote.recorded.as_ref().and_then(|all| {
        let reserved = all.reserved.as_ref()?;
        Some((reserved, all.above_max, all.total.calls))
    });
    if let Some((reserved, above_max, of)) = reserved {
        if reserved.fit == Some(TraceFit::Peak.name()) && kind != Kind::DtuMonthly {
            caveats.push(Caveat::SizedToPeak);
        }
        let calls = reserved.overflow.calls.saturating_sub(above_max);
        if calls > 0 {
            caveats.push(Caveat::Overflows { calls, of });
        }
        if above_max > 0 {
            let calls = above_max;
            caveats.push(Caveat::AboveMaxInput { calls, of });
        }
    }
    (quote, basis, caveats)
}

/// Dedicated throughput units of each specification, as many as hold every call of the trace.
fn dedicated_units(
    request: &Request,
    model: &Model,
) -> Result<Vec<(TracedOrder, Basis)>, LookupError> {
    let mut asked = Vec::new();
    for prices in request.catalog.dtu(model, None, request.as_of)? {
        let term = TraceTerm::Months;
        let order = TracedOrder::Ptu(TracedPtu {
            asked: None,
            fit: Some(TraceFit::Peak),
            term,
            mode: None,
            in_any_mode: false,
            on_overflow: OnOverflow::Bill,
            savings: None,
            service: None,
            dtu: prices.spec().map(str::to_owned),
        });
        let request = ptu::Request {
            model: request.catalog.model_ref(model, request.as_of)?,
            size: Size::default(),
            length: ptu::Length::Months(1),
            mode: None,
            start: None,
            served: None,
        };
        asked.push((order, Basis::Ptu(request, Box::new(prices))));
    }
    Ok(asked)
}

/// A reservation that the trace sizes.
fn reservation(
    request: &Request,
    model: &Model,
    kind: Kind,
    term: TraceTerm,
    fit: TraceFit,
) -> Result<(TracedOrder, Basis), Missing> {
    let of = |mode| {
        let (catalog, period) = (request.catalog, term.period());
        catalog.reserved(model, kind.speed(), period, mode, request.as_of)
    };
    let (prices, mode) = reserved_in_mode(request, model, of)?;
    let order = TracedOrder::Ptu(TracedPtu {
        service: kind.speed(),
        asked: None,
        fit: Some(fit),
        term,
        mode: request.mode,
        in_any_mode: true,
        on_overflow: OnOverflow::Bill,
        savings: None,
        dtu: None,
    });
    let request = ptu::Request {
        model: reference(request, model)?,
        size: Size::default(),
        length: term.length(TimeTaken::default(), None)?,
        mode,
        start: None,
        served: None,
    };
    Ok((order, Basis::Ptu(request, Box::new(prices))))
}

/// The basis of a reservation, once it is known what is reserved.
fn reserved(basis: Basis, quote: &Quote, time: TimeTaken) -> Result<Basis, Missing> {
    let (Basis::Ptu(request, prices), Parameters::Ptu { throughput, .. }) =
        (&basis, &quote.parameters)
    else {
        return Ok(basis);
    };
    let size = throughput.size();
    if size.is_nothing() {
        return Err(Missing::NoPrice(NOTHING_PAYS.to_owned()));
    }
    let term = match request.length {
        ptu::Length::Hours { .. } => TraceTerm::Hours,
        ptu::Length::Fixed(one, _) if one != Fixed::Block => TraceTerm::Fixed(one),
        ptu::Length::Fixed(one, _) => {
            TraceTerm::Given(ptu::Length::Fixed(one, blocks_of(quote).unwrap_or(1)))
        }
        ptu::Length::Days(_) => TraceTerm::Days,
        ptu::Length::Months(_) => TraceTerm::Months,
    };
    let request = ptu::Request {
        size,
        length: term.length(time, prices.rules.expiry.as_ref())?,
        ..request.clone()
    };
    Ok(Basis::Ptu(request, prices.clone()))
}

/// The number of blocks that a quote buys.
fn blocks_of(quote: &Quote) -> Option<u32> {
    let factors = quote.items.iter().flat_map(|item| &item.factors);
    let mut blocks = factors.filter(|factor| factor.unit == Unit::Block);
    u32::try_from(blocks.next()?.value).ok()
}

/// The tokens of the trace.
fn tokens(request: &Request, model: &Model, rate: Rate) -> Result<(TracedOrder, Basis), Missing> {
    let of = |mode| {
        request
            .catalog
            .tokens(model, Some(rate), mode, false, request.as_of)
    };
    let mode = token_mode(request, model);
    let (prices, _) = in_mode(mode, of)?;
    let order = TracedOrder::Tokens(TracedTokens {
        mode,
        in_any_mode: true,
        rate: Some(rate),
        batch: false,
        savings: None,
    });
    let basis = Basis::Tokens {
        prices,
        funding: None,
        service: request.catalog.provider(model)?.service.clone(),
        savings: None,
    };
    Ok((order, basis))
}
