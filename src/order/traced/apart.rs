//! A log of several models: each call is priced as a call of the model that it names.
//!
//! The log is read as often as for one model: once for all of them, and more often for those whose reservations
//! it sizes. A model is asked for when its first call comes.

use std::collections::BTreeSet;
use std::sync::Arc;

use super::answers::Answers;
use super::asked::Asked;
use super::group::Group;
use super::in_force::AsOf;
use super::pattern::Taken;
use super::reading::refuse_long_sums;
use super::{TraceOrder, Watch, summary};
use crate::billing::recorded::{Calls, Recorded, Unknown};
use crate::catalog::Catalog;
use crate::order::OrderError;
use crate::replay::timeline::unreserved;
use crate::replay::{Call, Minute, Profile, Reading, Sink, TooLarge};
use crate::trace::{Sinks, Spans};

/// The orders of a model that a log names, by its number: they are asked for when its first call comes.
pub type AskedOf<'a> = &'a dyn Fn(usize) -> Result<&'a [Asked<'a>], OrderError>;

/// What a log of several models comes to.
#[derive(Debug)]
pub struct Apart {
    /// The models that were found, by the number of their orders, those with the most tokens first.
    pub models: Vec<OfModel>,
    /// The calls of models that nobody knows, those with the most tokens first.
    pub unknown: Vec<Unknown>,
    /// The whole log, of all models.
    pub whole: Recorded,
}

/// What the calls of one model come to.
#[derive(Debug)]
pub struct OfModel {
    /// Which of the orders were asked for.
    pub number: usize,
    /// The names by which the log calls it.
    pub names: BTreeSet<String>,
    /// Its calls.
    pub calls: Calls,
    /// A quote for each order; or why there is none of all.
    pub answers: Result<Answers, OrderError>,
}

/// Which orders are those of a name in the log; `None` where nobody knows it.
pub type Which<'w> = &'w dyn Fn(Option<&str>) -> Option<usize>;

/// Reads the log and prices the orders of each model that it names.
///
/// # Errors
/// As [`super::quotes`]; what concerns one model alone is its answer.
pub fn quotes_apart<'a>(
    trace: &'a TraceOrder,
    asked: AskedOf<'a>,
    which: Which<'a>,
    catalog: &'a Catalog,
    as_of: AsOf,
    watch: Watch<'_>,
) -> Result<Apart, OrderError> {
    let mut first = First {
        trace,
        asked,
        which,
        catalog,
        as_of,
        whole: Profile::default(),
        slots: Vec::new(),
        current: 0,
    };
    let reading = trace.read_apart(&mut first, watch)?;
    let First { whole, slots, .. } = first;
    let waits = |slot: &Slot<'_>| matches!(&slot.what, What::Known(_, group) if group.as_ref().as_ref().is_ok_and(Group::waits));
    if slots.iter().any(waits) {
        trace.readable_twice()?;
    }
    let span = Spans {
        dates: whole.span().filter(|_| !reading.relative),
        counted: whole.span().filter(|_| reading.relative),
    };
    let mut unknown = Vec::new();
    let mut found = Vec::new();
    for slot in slots {
        let Slot { what, names, calls } = slot;
        match what {
            What::Unknown(name) => unknown.push(Unknown { name, calls }),
            What::Known(number, group) => {
                let reading = Reading {
                    marks: reading.marks.of_names(&names),
                    filtered_at: reading.filtered_at.joined(span),
                    ..reading.clone()
                };
                let sized = group.and_then(|group| {
                    if group.is_reserved() {
                        refuse_long_sums(&reading)?;
                    }
                    let taken = group.taken(trace, &reading)?;
                    let mut again = |sink: &mut dyn Sink| {
                        let mut only = Only {
                            which,
                            number,
                            sink,
                            rest: Nothing,
                        };
                        trace.read_apart(&mut only, watch).map(|_| ())
                    };
                    Ok((group.sized(trace, catalog, taken, &mut again)?, taken))
                });
                found.push((number, names, calls, reading, sized));
            }
        }
    }
    let replays = found
        .iter()
        .any(|(.., sized)| matches!(sized, Ok((group, _)) if group.replays()));
    if replays {
        let groups = found.iter_mut().filter_map(|(number, .., sized)| {
            let (group, _) = sized.as_mut().ok()?;
            Some((*number, group))
        });
        let mut replay = Replay {
            which,
            groups: groups.collect(),
            rest: Nothing,
        };
        let _ = trace.read_apart(&mut replay, watch)?;
    }
    let models = found
        .into_iter()
        .map(|(number, names, calls, reading, sized)| OfModel {
            number,
            names,
            calls,
            answers: sized
                .and_then(|(group, taken)| group.answers(trace, catalog, as_of, taken, reading)),
        });
    let mut models: Vec<OfModel> = models.collect();
    models.sort_by_key(|one| (std::cmp::Reverse(tokens(one.calls)), one.number));
    unknown.sort_by(|a, b| {
        let more = tokens(b.calls).cmp(&tokens(a.calls));
        more.then_with(|| a.name.cmp(&b.name))
    });
    let taken = Taken::of(trace, &reading, &whole)?;
    let timeline = trace
        .keeps_minutes
        .then(|| Arc::from(unreserved(whole.minutes())));
    let mut whole = summary::recorded(&reading, &whole, "")?;
    whole.scale = taken.scale;
    whole.timeline = timeline;
    Ok(Apart {
        models,
        unknown,
        whole,
    })
}

/// Input and output together, by which models are put in order.
fn tokens(calls: Calls) -> u128 {
    u128::from(calls.tokens.input).saturating_add(calls.tokens.output.into())
}

/// The sums of calls of one minute: the tokens of each fit 32 bits, and there are fewer calls than that.
fn sums(calls: &[Call]) -> Calls {
    calls.iter().fold(Calls::default(), |sums, call| {
        let tokens = sums.tokens.zip((*call).into());
        Calls {
            calls: sums.calls.wrapping_add(1),
            tokens: tokens.map(|(sum, one)| sum.wrapping_add(one)),
        }
    })
}

/// The calls of a model while the log is read.
struct Slot<'a> {
    what: What<'a>,
    names: BTreeSet<String>,
    calls: Calls,
}

impl<'a> Slot<'a> {
    /// What takes the calls, where the orders can be priced.
    fn group(&mut self) -> Option<&mut Group<'a>> {
        match &mut self.what {
            What::Known(_, group) => group.as_mut().as_mut().ok(),
            What::Unknown(_) => None,
        }
    }
}

enum What<'a> {
    Known(usize, Box<Result<Group<'a>, OrderError>>),
    Unknown(Option<String>),
}

/// Takes in the log for the first time.
struct First<'a> {
    trace: &'a TraceOrder,
    asked: AskedOf<'a>,
    which: Which<'a>,
    catalog: &'a Catalog,
    as_of: AsOf,
    whole: Profile,
    slots: Vec<Slot<'a>>,
    current: usize,
}

impl Sinks for First<'_> {
    fn sink_of(&mut self, name: Option<&str>) -> usize {
        let number = (self.which)(name);
        let known = number.and_then(|number| {
            self.slots
                .iter()
                .position(|slot| matches!(slot.what, What::Known(known, _) if known == number))
        });
        let place = known.unwrap_or_else(|| {
            let what = match number {
                Some(number) => {
                    let asked = (self.asked)(number);
                    let group = asked
                        .and_then(|asked| Group::of(self.trace, asked, self.catalog, self.as_of));
                    What::Known(number, Box::new(group))
                }
                None => What::Unknown(name.map(str::to_owned)),
            };
            self.slots.push(Slot {
                what,
                names: BTreeSet::new(),
                calls: Calls::default(),
            });
            self.slots.len().saturating_sub(1)
        });
        if let Some(slot) = self.slots.get_mut(place) {
            slot.names.extend(name.map(str::to_owned));
        }
        place
    }

    fn sink(&mut self, number: usize) -> &mut dyn Sink {
        self.current = number;
        self
    }
}

impl Sink for First<'_> {
    fn calls(&mut self, minute: Minute, calls: &[Call]) -> Result<(), TooLarge> {
        self.whole.calls(minute, calls)?;
        let Some(slot) = self.slots.get_mut(self.current) else {
            return Ok(());
        };
        slot.calls = slot.calls.plus(sums(calls))?;
        match slot.group() {
            Some(group) => group.calls(minute, calls),
            None => Ok(()),
        }
    }

    fn aggregate(&mut self, minute: Minute, sums: Calls) -> Result<(), TooLarge> {
        self.whole.aggregate(minute, sums)?;
        let Some(slot) = self.slots.get_mut(self.current) else {
            return Ok(());
        };
        slot.calls = slot.calls.plus(sums)?;
        match slot.group() {
            Some(group) => group.aggregate(minute, sums),
            None => Ok(()),
        }
    }
}

/// Takes in nothing.
struct Nothing;

impl Sink for Nothing {
    fn calls(&mut self, _: Minute, _: &[Call]) -> Result<(), TooLarge> {
        Ok(())
    }

    fn aggregate(&mut self, _: Minute, _: Calls) -> Result<(), TooLarge> {
        Ok(())
    }
}

/// Takes in the calls of one model.
struct Only<'a> {
    which: Which<'a>,
    number: usize,
    sink: &'a mut dyn Sink,
    rest: Nothing,
}

impl Sinks for Only<'_> {
    fn sink_of(&mut self, name: Option<&str>) -> usize {
        usize::from((self.which)(name) != Some(self.number))
    }

    fn sink(&mut self, number: usize) -> &mut dyn Sink {
        match number {
            0 => self.sink,
            _ => &mut self.rest,
        }
    }
}

/// Takes in the calls of each model once more.
struct Replay<'a, 'g> {
    which: Which<'a>,
    groups: Vec<(usize, &'a mut Group<'g>)>,
    rest: Nothing,
}

impl Sinks for Replay<'_, '_> {
    fn sink_of(&mut self, name: Option<&str>) -> usize {
        let number = (self.which)(name);
        let mut groups = self.groups.iter();
        let place = groups.position(|(known, _)| Some(*known) == number);
        place.unwrap_or(self.groups.len())
    }

    fn sink(&mut self, number: usize) -> &mut dyn Sink {
        match self.groups.get_mut(number) {
            Some((_, group)) => *group,
            None => &mut self.rest,
        }
    }
}
