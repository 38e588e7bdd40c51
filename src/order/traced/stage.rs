//! One of several orders for a trace on its way to a quote, and what they keep together.

use std::sync::Arc;

use super::asked::{Asked, TracedOrder};
use super::found::Found;
use super::in_force::{AsOf, InForce};
use super::pattern::Taken;
use super::size::{self, Seen, size_of};
use super::{TraceFit, TracedPtu, TracedTokens};
use crate::billing::error::QuoteError;
use crate::billing::quote::Quote;
use crate::billing::recorded::MinuteTokens;
use crate::billing::units::Size;
use crate::billing::{ptu, tokens};
use crate::catalog::{Catalog, Model};
use crate::order::OrderError;
use crate::replay::fit::Read;
use crate::replay::loads::{Loads, Taking};
use crate::replay::timeline::unreserved;
use crate::replay::{
    Call, Calls, Minute, Profile, Replay, Replayed, Reservation, Sink, Stretches, Timeline,
    TooLarge,
};

/// An order with its prices over the time of the trace.
pub(super) struct PricedOrder<'a> {
    model: &'a Model,
    how: How<'a>,
}

enum How<'a> {
    Ptu(&'a TracedPtu, Box<InForce<ptu::Prices>>),
    Tokens(&'a TracedTokens, Box<InForce<tokens::Prices>>),
}

impl<'a> PricedOrder<'a> {
    /// The order with its prices over time.
    pub fn of(asked: &'a Asked<'_>, catalog: &Catalog, as_of: AsOf) -> Result<Self, OrderError> {
        let model = asked.model;
        let how = match &asked.order {
            TracedOrder::Ptu(order) => {
                How::Ptu(order, Box::new(order.in_force(catalog, model, as_of)?))
            }
            TracedOrder::Tokens(order) => {
                How::Tokens(order, Box::new(order.in_force(catalog, model, as_of)?))
            }
        };
        Ok(Self { model, how })
    }

    /// The stage of the order before the trace is read.
    pub fn begin(self, keeps_minutes: bool) -> Stage<'a> {
        let size = match &self.how {
            How::Ptu(order, prices) => order.asked.map(|asked| size_of(asked, prices)),
            How::Tokens(..) => Some(Ok(Size::default())),
        };
        match size {
            Some(Ok(size)) => self.replay(size, keeps_minutes),
            Some(Err(error)) => Stage::Failed(error),
            None => Stage::Sizing(self),
        }
    }

    /// The order with its replay at a size.
    pub fn replay(self, size: Size, keeps_minutes: bool) -> Stage<'a> {
        // Without a reservation nothing overflows that could be told apart.
        let keeps = keeps_minutes && matches!(self.how, How::Ptu(..));
        let reservation = match self.reservation(size) {
            Ok(reservation) => reservation,
            Err(error) => return Stage::Failed(error.into()),
        };
        let replaying = reservation.map(|one| match keeps {
            true => Replaying::Minutes(Timeline::new(one.clone())),
            false => Replaying::Sums(Replay::new(one.clone())),
        });
        Stage::Replaying(self, size, Box::new(replaying))
    }

    fn reservation(&self, size: Size) -> Result<Stretches<Reservation>, QuoteError> {
        match &self.how {
            How::Ptu(order, prices) => order.reservation(size, prices),
            How::Tokens(_, prices) => Ok(TracedTokens::reservation(prices)),
        }
    }

    /// The minutes to be drawn, where they are asked for.
    pub fn timeline(
        &self,
        keeps_minutes: bool,
        replayed: Option<Vec<MinuteTokens>>,
        profile: &Profile,
    ) -> Option<Arc<[MinuteTokens]>> {
        if !keeps_minutes {
            return None;
        }
        let all = || unreserved(profile.minutes());
        Some(replayed.unwrap_or_else(all).into())
    }

    /// What a reservation weighs, over time; `None` where each token counts for one, or where its size is given.
    fn weighing(&self) -> Option<Stretches<Taking>> {
        let How::Ptu(order, prices) = &self.how else {
            return None;
        };
        if order.asked.is_some() {
            return None;
        }
        let weighs = |prices: &ptu::Prices| !prices.meters.are_sides();
        let taking = prices.prices().map(|prices| {
            let prices = prices.as_ref().ok();
            Taking {
                max_input: prices.and_then(|prices| prices.max_input),
                meters: prices
                    .map(|prices| prices.meters.clone())
                    .unwrap_or_default(),
            }
        });
        prices
            .prices()
            .iter()
            .flatten()
            .any(weighs)
            .then_some(taking)
    }

    /// What the minutes take, where the reservation weighs tokens and is sized by them.
    pub fn loads<'m>(&self, minutes: &'m Minutes) -> Option<&'m Loads> {
        self.weighing().and_then(|taking| minutes.loads_of(&taking))
    }

    /// The most input tokens of a call that a reservation takes, over time; tokens have no such
    /// limit.
    pub fn max_input(&self) -> Stretches<Option<u64>> {
        match &self.how {
            How::Ptu(_, prices) => size::max_input(prices),
            How::Tokens(..) => None.into(),
        }
    }

    /// Whether the size depends on what overflows.
    pub fn weighs(&self) -> bool {
        match &self.how {
            How::Ptu(order, _) => order.asked.is_none() && order.fit == Some(TraceFit::Cheapest),
            How::Tokens(..) => false,
        }
    }

    /// The size that the trace asks for, which may be read `again`.
    pub fn size(
        &self,
        catalog: &Catalog,
        taken: Taken,
        minutes: &Minutes,
        again: Read<'_, OrderError>,
    ) -> Result<Size, OrderError> {
        match &self.how {
            How::Ptu(order, prices) => {
                let seen = Seen {
                    profile: minutes.profile(&self.max_input()),
                    loads: self.loads(minutes),
                };
                order.sized(catalog, self.model, taken, prices, seen, again)
            }
            How::Tokens(..) => Ok(Size::default()),
        }
    }

    /// The quote of what was found.
    pub fn quote(
        &self,
        catalog: &Catalog,
        as_of: AsOf,
        found: &Found<'_>,
    ) -> Result<Quote, OrderError> {
        match &self.how {
            How::Ptu(order, prices) => order.priced(catalog, self.model, as_of, prices, found),
            How::Tokens(order, prices) => order.priced(catalog, self.model, as_of, prices, found),
        }
    }
}

/// How far an order is on its way to a quote.
pub(super) enum Stage<'a> {
    /// The order has no quote.
    Failed(OrderError),
    /// The trace is read to size it.
    Sizing(PricedOrder<'a>),
    /// The trace is replayed at a size.
    Replaying(PricedOrder<'a>, Size, Box<Stretches<Replaying>>),
    /// The trace was replayed at a size.
    Replayed(
        PricedOrder<'a>,
        Size,
        Box<Stretches<Replayed>>,
        Option<Vec<MinuteTokens>>,
    ),
}

/// A replay that keeps sums only, or also its minutes for a chart.
pub(super) enum Replaying {
    Sums(Replay),
    Minutes(Timeline),
}

impl Sink for Replaying {
    fn calls(&mut self, minute: Minute, calls: &[Call]) -> Result<(), TooLarge> {
        match self {
            Self::Sums(replay) => replay.calls(minute, calls),
            Self::Minutes(timeline) => timeline.calls(minute, calls),
        }
    }

    fn aggregate(&mut self, minute: Minute, sums: Calls) -> Result<(), TooLarge> {
        match self {
            Self::Sums(replay) => replay.aggregate(minute, sums),
            Self::Minutes(timeline) => timeline.aggregate(minute, sums),
        }
    }
}

impl Stage<'_> {
    /// Whether the trace has to be read once more.
    pub fn waits(&self) -> bool {
        matches!(self, Self::Sizing(_))
    }

    /// Whether the order takes part in the next reading of the trace.
    pub fn replays(&self) -> bool {
        matches!(self, Self::Replaying(..))
    }

    /// What became of the calls, where they were replayed.
    pub fn replayed(self) -> Result<Self, TooLarge> {
        match self {
            Self::Replaying(order, size, replaying) => {
                let mut minutes = None;
                let replayed = replaying.try_map(|one| match one {
                    Replaying::Sums(replay) => replay.finish(),
                    Replaying::Minutes(timeline) => {
                        let (replayed, more) = timeline.finish()?;
                        minutes.get_or_insert_with(Vec::new).extend(more);
                        Ok(replayed)
                    }
                })?;
                // Those of some hours of each day come together.
                if let Some(minutes) = &mut minutes {
                    minutes.sort_by_key(|one: &MinuteTokens| one.minute);
                }
                Ok(Self::Replayed(order, size, Box::new(replayed), minutes))
            }
            other => Ok(other),
        }
    }
}

impl Sink for Stage<'_> {
    fn calls(&mut self, minute: Minute, calls: &[Call]) -> Result<(), TooLarge> {
        match self {
            Self::Replaying(_, _, replay) => replay.calls(minute, calls),
            _ => Ok(()),
        }
    }

    fn aggregate(&mut self, minute: Minute, sums: Calls) -> Result<(), TooLarge> {
        match self {
            Self::Replaying(_, _, replay) => replay.aggregate(minute, sums),
            _ => Ok(()),
        }
    }
}

/// The minutes of a trace, once for each largest input.
#[derive(Debug, Default)]
pub(super) struct Minutes {
    /// Kept even if no order has a maximum input.
    profiles: Vec<(Stretches<Option<u64>>, Profile)>,
    loads: Vec<(Stretches<Taking>, Loads)>,
    none: Profile,
}

impl Minutes {
    /// Keeps what an order needs.
    pub fn keep_for(&mut self, order: &PricedOrder<'_>) {
        let max_input = order.max_input();
        if !self.profiles.iter().any(|(max, _)| *max == max_input) {
            let profile = Profile::new(max_input.clone());
            self.profiles.push((max_input, profile));
        }
        if let Some(taking) = order.weighing()
            && self.loads_of(&taking).is_none()
        {
            let loads = Loads::new(taking.clone());
            self.loads.push((taking, loads));
        }
    }

    /// The minutes, with the calls above a maximum told apart.
    pub fn profile(&self, max_input: &Stretches<Option<u64>>) -> &Profile {
        let mut profiles = self.profiles.iter();
        profiles
            .find(|(max, _)| max == max_input)
            .map_or(&self.none, |(_, profile)| profile)
    }

    /// The minutes.
    pub fn any(&self) -> &Profile {
        self.profiles
            .first()
            .map_or(&self.none, |(_, profile)| profile)
    }

    fn loads_of(&self, taking: &Stretches<Taking>) -> Option<&Loads> {
        let mut loads = self.loads.iter();
        let found = loads.find(|(known, _)| known == taking);
        found.map(|(_, loads)| loads)
    }
}

impl Sink for Minutes {
    fn calls(&mut self, minute: Minute, calls: &[Call]) -> Result<(), TooLarge> {
        if self.profiles.is_empty() {
            self.none.calls(minute, calls)?;
        }
        for (_, profile) in &mut self.profiles {
            profile.calls(minute, calls)?;
        }
        for (_, loads) in &mut self.loads {
            loads.calls(minute, calls)?;
        }
        Ok(())
    }

    fn aggregate(&mut self, minute: Minute, sums: Calls) -> Result<(), TooLarge> {
        if self.profiles.is_empty() {
            self.none.aggregate(minute, sums)?;
        }
        for (_, profile) in &mut self.profiles {
            profile.aggregate(minute, sums)?;
        }
        for (_, loads) in &mut self.loads {
            loads.aggregate(minute, sums)?;
        }
        Ok(())
    }
}
