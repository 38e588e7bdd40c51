//! What a recorded trace of calls does to a reservation.
//!
//! | file | what it finds | what it keeps |
//! |---|---|---|
//! | [`admission`] | which calls fit a reservation and which overflow | sums |
//! | [`profile`] | tokens per minute: mean, percentiles, peak, shape of the day | minutes |
//! | [`contents`] | what is in a log: the same of all, and the sums of each name of a model | minutes |
//! | [`loads`] | the same of a reservation's meters, where these weigh tokens | minutes |
//! | [`timeline`] | what of each minute fits a reservation and what overflows | minutes |
//! | [`partial`] | what a set of whole minutes contributes, to be added up elsewhere | minutes |
//! | [`stretches`] | any of these, of the time between two changes of a price each, or some hours of its days | theirs |
//! | [`fit`] | the size to reserve: for the peak, a percentile, or what costs least | minutes; calls for the last |
//!
//! Each is a [`Sink`] that the reader of a trace feeds, minute by minute. Pairs of sinks are sinks,
//! so one reading serves several.

pub mod admission;
pub mod contents;
pub mod fit;
pub mod loads;
pub mod partial;
mod plain;
pub mod profile;
pub mod share;
pub mod stretches;
pub mod sums;
pub mod timeline;

pub use crate::trace::{Call, Calls, FIRST_DATE, Minute, Sink, TooLarge, hull};
pub use admission::{Replay, Reservation};
pub use contents::Contents;
pub use partial::{Partial, Reading};
pub use profile::Profile;
pub use stretches::Stretches;
pub use sums::Replayed;
pub use timeline::Timeline;
