//! What editions of a page tell of a price on a day: that it has left, or that nobody knows which one held.

use chrono::NaiveDate;

use super::note::{Note, PageNote};
use super::offer::{Rate, Source};
use super::quote::{Parameters, Quote};

impl Source {
    /// That the price has left its page by `date`, where it has.
    #[must_use]
    pub fn left_note(&self, date: NaiveDate, of_calls: bool) -> Option<PageNote> {
        self.left_by(date).map(|until| PageNote::Left {
            of_calls,
            seen: self.seen,
            until,
        })
    }

    /// What is not known of the price on a day on which it is taken to be in force.
    fn unsure_on(&self, date: NaiveDate) -> Option<PageNote> {
        let replaced = self.next.and_then(|next| Some((next.after?, next.from)));
        if let Some((after, from)) = replaced
            && after < date
            && date < from
        {
            let as_of = date;
            return Some(PageNote::Between { as_of, after, from });
        }
        let (seen, until) = self.seen.zip(self.until)?;
        (seen < date && date < until).then_some(PageNote::Leaving {
            as_of: date,
            seen,
            until,
        })
    }
}

impl Quote {
    /// Notes that a price has left its page by `date`, or that it is not known whether it held then.
    pub(super) fn note_page(&mut self, date: NaiveDate) {
        let mut notes: Vec<Note> = Vec::new();
        let changes = self.notes.iter().filter_map(|note| match note.plain() {
            Note::PricesChange { on, .. } => Some(on),
            _ => None,
        });
        let changes: Vec<NaiveDate> = changes.flatten().copied().collect();
        for item in &self.items {
            let Some(source) = &item.source else { continue };
            let of_calls = is_of_calls(item.id) && !self.is_of_fine_tuned();
            let left = source.left_note(date, of_calls);
            let within = source.came().filter(|came| changes.contains(&came.from));
            let within = within.and_then(|came| {
                let (after, from) = (came.after?, came.from);
                Some(PageNote::Within { after, from })
            });
            let unsure = source.unsure_on(date);
            for note in left.into_iter().chain(unsure).chain(within) {
                let note = Note::Page(note);
                if !notes.contains(&note) {
                    notes.push(note);
                }
            }
        }
        self.notes.extend(notes);
    }

    /// Whether its tokens are of a deployment, and not of ordinary calls.
    fn is_of_fine_tuned(&self) -> bool {
        matches!(
            self.parameters,
            Parameters::Tokens {
                rate: Rate::FineTuned,
                ..
            }
        )
    }
}

/// Whether a line is of tokens, and not of what is deployed.
fn is_of_calls(id: &str) -> bool {
    id.starts_with("tokens.") || id.starts_with("ptu.overflow.")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::billing::edition::Came;

    fn day(text: &str) -> NaiveDate {
        text.parse().unwrap()
    }

    fn source(seen: &str, until: &str) -> Source {
        Source {
            document: "page".to_owned(),
            section: "table".to_owned(),
            first_seen: None,
            seen: Some(day(seen)),
            transcribed: None,
            from: None,
            after: None,
            until: Some(day(until)),
            next: None,
        }
    }

    #[test]
    fn what_no_other_price_replaces_has_left() {
        let gone = source("2026-08-17", "2026-08-18");
        assert_eq!(gone.left_by(day("2026-08-17")), None);
        assert_eq!(gone.left_by(day("2026-08-18")), gone.until);
        let back = Source {
            next: Some(Came {
                after: None,
                from: day("2026-09-01"),
            }),
            ..gone
        };
        assert_eq!(back.left_by(day("2026-08-31")), back.until);
        assert_eq!(back.left_by(day("2026-09-01")), None);
    }

    #[test]
    fn only_days_between_two_editions_are_unsure() {
        let gone = source("2026-07-29", "2026-08-03");
        for (date, is_unsure) in [
            ("2026-07-29", false),
            ("2026-07-30", true),
            ("2026-08-02", true),
            ("2026-08-03", false),
        ] {
            assert_eq!(gone.unsure_on(day(date)).is_some(), is_unsure, "{date}");
        }
        let came = |after: Option<&str>| Source {
            until: None,
            next: Some(Came {
                after: after.map(day),
                from: day("2026-08-03"),
            }),
            ..gone.clone()
        };
        // The day itself is known.
        assert_eq!(came(None).unsure_on(day("2026-08-02")), None);
        let unsure = came(Some("2026-08-01"));
        assert_eq!(unsure.unsure_on(day("2026-08-01")), None);
        assert!(unsure.unsure_on(day("2026-08-02")).is_some());
    }
}
