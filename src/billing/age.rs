//! How old the evidence of prices is: an edition of a page that has them.

use chrono::NaiveDate;

use super::note::Note;
use super::offer::Source;
use super::quote::Quote;

/// A note says that evidence is old when it is older than this, in days.
const OLD_AFTER_DAYS: u64 = 90;

/// The price among several whose newest evidence is the oldest.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Oldest<'a> {
    /// Where it was read.
    pub source: &'a Source,
    /// The day of its newest evidence; `None` where the source has no date.
    pub seen: Option<NaiveDate>,
    /// Days from that day to today.
    pub days: Option<u64>,
}

impl<'a> Oldest<'a> {
    /// The oldest of these sources; one without a day counts as older than all others. `None` where there
    /// is no source.
    pub fn of(sources: impl Iterator<Item = &'a Source>, today: NaiveDate) -> Option<Self> {
        let source = sources.min_by_key(|source| source.evidence())?;
        let seen = source.evidence();
        Some(Self {
            source,
            seen,
            days: seen.map(|seen| days_between(seen, today)),
        })
    }

    /// Whether it is older than this many days, or has no date and so may be.
    #[must_use]
    pub fn is_beyond(&self, days: u64) -> bool {
        self.days.is_none_or(|own| own > days)
    }
}

/// Days from `from` to `to`; 0 where `to` is not later.
fn days_between(from: NaiveDate, to: NaiveDate) -> u64 {
    u64::try_from(to.signed_duration_since(from).num_days()).unwrap_or(0)
}

impl Quote {
    /// Where its prices were read. What a quota or a package takes off has the price of another line, and its source
    /// is that of rules.
    pub fn sources(&self) -> impl Iterator<Item = &Source> {
        let priced = self.items.iter();
        let priced =
            priced.filter(|item| !["credit.free-quota", "credit.package"].contains(&item.id));
        priced.filter_map(|item| item.source.as_ref())
    }

    /// Notes that the evidence of its prices is old on `today`, has no day, or begins after the day `as_of`
    /// whose prices they are taken for, or that they have left their page by then.
    pub fn note_age(&mut self, today: NaiveDate, as_of: NaiveDate) {
        let dated = self.sources().filter(|source| source.evidence().is_some());
        let oldest = Oldest::of(dated, today);
        let old = oldest.filter(|oldest| oldest.is_beyond(OLD_AFTER_DAYS));
        let old = old.and_then(|oldest| oldest.seen.zip(oldest.days));
        let old = old.map(|(seen, days)| Note::OldPrices { seen, days });
        let undated = self.sources().any(Source::is_undated);
        let undated = undated.then_some(Note::UndatedPrices);
        let firsts = self.sources().filter_map(Source::first_evidence);
        let later = firsts.filter(|first| *first > as_of).max();
        let before = later.map(|first| Note::BeforeEvidence { as_of, first });
        self.notes
            .extend([old, undated, before].into_iter().flatten());
        self.note_page(as_of);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn day(text: &str) -> NaiveDate {
        text.parse().unwrap()
    }

    fn source(first_seen: Option<&str>, seen: Option<&str>) -> Source {
        Source {
            document: "page".to_owned(),
            section: "table".to_owned(),
            first_seen: first_seen.map(day),
            seen: seen.map(day),
            transcribed: Some(day("2026-11-19")),
            from: None,
            after: None,
            until: None,
            next: None,
        }
    }

    #[test]
    fn the_oldest_of_the_newest_evidence_counts() {
        let today = day("2026-11-20");
        let page = source(Some("2026-07-01"), Some("2026-08-22"));
        let once = source(Some("2026-11-01"), None);
        let oldest = Oldest::of([&once, &page].into_iter(), today).unwrap();
        assert_eq!(oldest.days, Some(90));
        assert!(!oldest.is_beyond(90) && oldest.is_beyond(89));
        // Nobody says how old a price without a day is, whenever it was transcribed.
        let bare = source(None, None);
        let oldest = Oldest::of([&once, &bare, &page].into_iter(), today).unwrap();
        assert!(oldest.seen.is_none() && oldest.is_beyond(u64::MAX));
        assert_eq!(Oldest::of(std::iter::empty(), today), None);
        // What is seen tomorrow is not old.
        let oldest = Oldest::of([&once].into_iter(), day("2026-10-01")).unwrap();
        assert_eq!(oldest.days, Some(0));
    }
}
