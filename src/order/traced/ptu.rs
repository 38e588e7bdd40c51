//! A reservation for a trace: sized by hand or for it, with what of each minute does not fit.

use chrono::NaiveDate;

use super::found::Found;
use super::in_force::{AsOf, ByHour, InForce};
use super::mode::ModeAsked;
use super::overflow;
use super::paid::{self, Paid};
use super::pattern::Taken;
use super::reading::DAY;
use super::size::Seen;
use super::term::{bounds, nights};
use super::when::changes;
use super::{TimeTaken, TraceFit, TraceTerm, size, summary};
use crate::billing::amend::fund::fund;
use crate::billing::amend::trace;
use crate::billing::error::QuoteError;
use crate::billing::funding::Terms;
use crate::billing::hours::Hours;
use crate::billing::load::OnOverflow;
use crate::billing::mode::Mode;
use crate::billing::note::{ReservedNote, UnitsNote};
use crate::billing::ptu;
use crate::billing::ptu::{Fixed, Length, Period, Prices, Request};
use crate::billing::quote::{ModelRef, Quote};
use crate::billing::recorded::{self, Admitted};
use crate::billing::rule::Rule;
use crate::billing::savings::Over;
use crate::billing::speed::Speed;
use crate::billing::units::{Asked, Size};
use crate::catalog::{Catalog, Model};
use crate::order::{Conflict, OrderError, SavingsOrder};
use crate::replay::fit::Read;
use crate::replay::{Profile, Replayed, Reservation, Stretches};

/// What overflows may have prices by the hour of the day, and the reservation has none.
impl ByHour for Prices {
    fn by_hour(&self) -> Vec<(Hours, Self)> {
        let standard = self.standard.iter().flat_map(ByHour::by_hour);
        let of_hours = standard.map(|(hours, standard)| {
            let own = Self {
                standard: Some(standard),
                ..self.clone()
            };
            (hours, own)
        });
        of_hours.collect()
    }
}

/// A reservation for a trace.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TracedPtu {
    /// How much is reserved; `None` where the trace sizes it.
    pub asked: Option<Asked>,
    /// How the trace sizes the reservation; `None` if the size is given.
    pub fit: Option<TraceFit>,
    /// Which throughput reservation it is; `None` of provisioned throughput.
    pub service: Option<Speed>,
    /// How long throughput is reserved.
    pub term: TraceTerm,
    /// The mode whose output price is used.
    pub mode: Option<Mode>,
    /// Whether a model that prices no mode apart has its price for the asked mode, too.
    pub in_any_mode: bool,
    /// What is done with calls that do not fit.
    pub on_overflow: OnOverflow,
    /// A savings plan that pays for calls that do not fit.
    pub savings: Option<SavingsOrder>,
    /// The specification, where dedicated throughput units are reserved.
    pub dtu: Option<String>,
}

impl TracedPtu {
    /// Whether its parts make sense together.
    ///
    /// # Errors
    /// The first [`Conflict`].
    pub fn check(&self) -> Result<(), Conflict> {
        let cheapest = self.fit == Some(TraceFit::Cheapest);
        let rejects = self.on_overflow == OnOverflow::Reject;
        match self.asked {
            Some(asked) if asked.is_nothing() => Err(Conflict::nothing_reserved(Some(asked))),
            _ if cheapest && rejects => Err(Conflict::CheapestWithoutOverflow),
            _ if self.savings.is_none() => Ok(()),
            _ if rejects => Err(Conflict::FundingOfRejected),
            _ if cheapest => Err(Conflict::SavingsOfCheapest),
            _ => Ok(()),
        }
    }

    /// The prices for the term over time. A subscription that was bought keeps its price where none of
    /// its kind is sold any more; what overflows costs what is in force.
    pub(super) fn in_force(
        &self,
        catalog: &Catalog,
        model: &Model,
        as_of: AsOf,
    ) -> Result<InForce<Prices>, OrderError> {
        let period = self.term.period();
        let of = |mode, day| match &self.dtu {
            Some(spec) => catalog.dtu_of(model, spec, day),
            None => catalog.reserved(model, self.service, period, mode, day),
        };
        let mode = ModeAsked::of(self.mode, self.in_any_mode, model, as_of, of)?;
        let price = |day, before: Option<&Prices>| match (mode.price(day, of), before) {
            (Err(_), Some(bought)) if period != Period::Hour => Ok(Prices {
                standard: match self.dtu {
                    Some(_) => None,
                    None => catalog.overflow_prices(model, bought.mode, day),
                },
                ..bought.clone()
            }),
            (found, _) => found,
        };
        Ok(InForce::of(model, as_of, price, is_same)?)
    }

    /// How much to reserve for the trace. The cheapest size needs the single calls, which are read again, the
    /// others the minutes.
    pub(super) fn sized(
        &self,
        catalog: &Catalog,
        model: &Model,
        taken: Taken,
        prices: &InForce<Prices>,
        seen: Seen<'_>,
        again: Read<'_, OrderError>,
    ) -> Result<Size, OrderError> {
        let profile = seen.profile;
        let nothing = Size::default();
        // What is said of its region is of no matter to a size.
        let named = catalog.model_ref(model, NaiveDate::MIN)?;
        let request = self.request(named, taken, prices, profile, nothing)?;
        let stated = taken.stated();
        let (term, _) = bounds(request.length, TimeTaken::of(taken, profile))?;
        if self.fit == Some(TraceFit::Cheapest) && beyond(term, stated) {
            // A month of reservation would be weighed against the overflow of an hour.
            return Err(Conflict::CheapestBeyondTrace {
                minutes: stated,
                days: taken.days,
                term,
            }
            .into());
        }
        let size = size::fitted(self.fit, seen, again, &request, prices, taken)?;
        if size.is_nothing() && self.fit != Some(TraceFit::Cheapest) {
            return Err(match size::has_tokens(profile, 100) {
                true => Conflict::NothingToFit.into(),
                false => Conflict::NoTokensToFit.into(),
            });
        }
        Ok(size)
    }

    /// The quote of what was found, in one reading or in the parts of several.
    pub(super) fn priced(
        &self,
        catalog: &Catalog,
        model: &Model,
        as_of: AsOf,
        prices: &InForce<Prices>,
        found: &Found<'_>,
    ) -> Result<Quote, OrderError> {
        let Found {
            size,
            reading,
            replayed,
            profile,
            taken,
            ..
        } = *found;
        let named = catalog.model_ref(model, as_of.date)?;
        let request = self.request(named, taken, prices, profile, size)?;
        if let Some(first) = prices.any()
            && let Some(sale) = &first.sale
        {
            sale.check_size(&first.units, size)?;
        }
        let in_play = prices.in_play(replayed, profile)?;
        let all = Replayed::joined(in_play.iter().map(|one| one.replayed))?;
        let calls = all.overflowed()?.calls;
        if self.dtu.is_some() && calls > 0 {
            return Err(QuoteError::TraceBeyondDedicated { calls }.into());
        }
        if self.on_overflow == OnOverflow::Bill {
            for one in &in_play {
                overflow::refuse(catalog, model, prices, one, profile, as_of.date)?;
            }
        }
        let beyond_quota = overflow::by_price(&in_play, self.on_overflow)?;
        let replayed = Replayed::joined(in_play.iter().map(|one| one.replayed))?;
        let mut recorded = summary::recorded(reading, profile, &model.code)?;
        recorded.scale = taken.scale;
        recorded.cache = taken.cache;
        recorded.timeline.clone_from(&found.timeline);
        let stated = taken.stated();
        let (shortest, _) = bounds(request.length, TimeTaken::of(taken, profile))?;
        let longer = beyond(shortest, stated);
        recorded.shorter_than_term = longer.then_some(stated);
        // What was used of meters that change has no common measure.
        let mut all = prices.prices().iter().flatten();
        let first = prices.any().ok_or(QuoteError::TooLarge)?;
        let is_one = all.all(|prices| prices.meters == first.meters);
        let reserved = first.reserved(if is_one { size } else { Size::default() })?;
        let [one, other] = replayed.utilisation(&reserved, taken.repeated());
        recorded.reserved = Some(Admitted {
            in_quota: replayed.in_quota,
            overflow: replayed.overflowed()?,
            by_tier: Vec::new(),
            overflow_minutes: replayed.overflow_minutes,
            utilisation: [
                recorded::percent(one.part, one.whole)?,
                recorded::percent(other.part, other.whole)?,
            ],
            meters: match first.meters.are_sides() {
                true => Vec::new(),
                false => first
                    .meters
                    .iter()
                    .map(|meter| meter.name().to_owned())
                    .collect(),
            },
            on_overflow: self.on_overflow,
            fit: self.fit.map(TraceFit::name),
        });
        let terms = Terms {
            funding: None,
            service: catalog.provider(model)?.service.as_ref(),
            pace: None,
            on: as_of.date,
        };
        let paid = Paid::of(&request, prices, profile, taken)?;
        let mut quote = paid.quote(&request)?;
        if let Some(asked) = self.asked {
            let said = UnitsNote::of_asked(asked, &first.units, &first.meters, size)?;
            quote.notes.extend(said.map(|what| first.said(what)));
        }
        quote
            .notes
            .extend(size::note(self.fit, size, found, first)?);
        if self.on_overflow == OnOverflow::Reject {
            quote.notes.extend(ptu::over_length(first));
        }
        quote.notes.extend(ptu::other_term(first, request.length));
        let bills = self.on_overflow == OnOverflow::Bill && replayed.overflowed()?.calls > 0;
        let days = beyond_quota.iter().map(|priced| priced.days);
        if replayed.overflowed()?.calls > 0 {
            let at_the_end = prices.any();
            quote.notes.extend(at_the_end.and_then(match bills {
                true => ptu::mode_of_overflow,
                false => ptu::refused_before,
            }));
            let limited = bills && !size.is_nothing();
            let limits = ReservedNote::OverflowLimits.by(Rule::PtuOverflow);
            quote.notes.extend(limited.then_some(limits));
        }
        let said = paid.said(changes(days.filter(|_| bills)), &in_play);
        let over = Over::Minutes(recorded.stated_minutes());
        let mut quote = fund(trace::reserved(quote, recorded, &beyond_quota)?, &terms)?;
        if let Some(savings) = self.savings {
            quote = savings.on(quote, catalog.provider(model)?, model, as_of.date, over)?;
        }
        let said = said.into_iter().chain(prices.held(profile.span()));
        quote.notes.splice(0..0, said);
        Ok(quote)
    }

    /// The reservation that calls are replayed against, for each stretch of time.
    pub(super) fn reservation(
        &self,
        size: Size,
        prices: &InForce<Prices>,
    ) -> Result<Stretches<Reservation>, QuoteError> {
        let of_stretch = prices.of_hours().map(|prices| {
            // Without a price nothing is quoted, whatever becomes of the calls.
            let prices = prices.as_ref().ok();
            let standard = prices.and_then(|prices| prices.standard.as_ref());
            let tiers = match (self.on_overflow, standard) {
                // What is refused has no price, and so no tier.
                (OnOverflow::Reject, _) => vec![None],
                (OnOverflow::Bill, Some(standard)) => standard.ends(),
                (OnOverflow::Bill, None) => Vec::new(),
            };
            let reserved = prices.map(|prices| prices.reserved(size)).transpose()?;
            Ok(Reservation {
                reserved: reserved.unwrap_or_default(),
                tiers,
            })
        });
        of_stretch.try_map(|one| one)
    }

    /// The reservation for the term, which is not shorter than the trace.
    fn request(
        &self,
        model: ModelRef,
        taken: Taken,
        prices: &InForce<Prices>,
        profile: &Profile,
        size: Size,
    ) -> Result<Request, OrderError> {
        let minutes = taken.minutes;
        let expiry = prices.any().and_then(|prices| prices.rules.expiry);
        let time = TimeTaken::of(taken, profile);
        let rules = prices.any().and_then(|prices| prices.sale.as_ref());
        let blocks = rules.and_then(|sale| sale.rules.block);
        let length = match (self.term, blocks) {
            (TraceTerm::Nights, Some(blocks)) => nights(blocks, taken, profile)?,
            (TraceTerm::Given(given @ Length::Fixed(Fixed::Block, _)), Some(blocks)) => {
                if let (Length::Fixed(_, needed), Length::Fixed(_, bought)) =
                    (nights(blocks, taken, profile)?, given)
                    && needed > bought
                {
                    let (nights, blocks) = (needed.into(), bought.into());
                    return Err(QuoteError::TooFewBlocks { nights, blocks }.into());
                }
                given
            }
            (term, _) => term.length(time, expiry.as_ref())?,
        };
        if let (Some(prices), TraceTerm::Given(_)) = (prices.any(), self.term) {
            ptu::check_term(prices, length, None)?;
        }
        if let (Length::Months(months), Some(prices)) = (length, prices.any()) {
            prices.rules.dedicated.check(months)?;
        }
        let (_, term) = bounds(length, time)?;
        let in_blocks = blocks.is_some() && matches!(length, Length::Fixed(Fixed::Block, _));
        match length {
            // No call is outside of them.
            _ if in_blocks => {}
            Length::Days(days) if time.between.is_some() => {
                let needed = time.days_of_a_subscription(expiry.as_ref());
                if needed > days {
                    return Err(Conflict::BeyondLastDay { days, needed }.into());
                }
            }
            _ if minutes > term => {
                return Err(Conflict::LongerThanTerm { minutes, term }.into());
            }
            _ => {}
        }
        if let Some(days) = taken.scale.map(|scale| scale.to)
            && !in_blocks
            && days.saturating_mul(DAY) > term
        {
            return Err(Conflict::ScaledBeyondTerm { days, term }.into());
        }
        Ok(Request {
            model,
            size,
            length,
            mode: self.mode,
            start: None,
            served: None,
        })
    }
}

/// Whether a reservation costs and takes the same at both prices, and so do the calls beyond it,
/// wherever the prices were read.
fn is_same(one: &Prices, other: &Prices) -> bool {
    overflow::is_alike(one.standard.as_ref(), other.standard.as_ref())
        && one.max_input == other.max_input
        && paid::is_same(one, other)
}

/// Whether a term is longer than the time a trace stands for. An hour that is only begun is billed
/// whole, which its quote says, so up to an hour more does not count.
fn beyond(term: u64, stated: u64) -> bool {
    term > stated.next_multiple_of(60)
}
