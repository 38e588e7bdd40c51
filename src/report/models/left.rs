//! Which prices of a card are not on their page any more.

use chrono::NaiveDate;

use super::{Card, TokenCard};
use crate::billing::quote::Source;

impl Card {
    /// What has left its page by a day, with the source that says when: `PTU`, `MU1x2`.
    pub fn left(&self, as_of: NaiveDate) -> Vec<(String, &Source)> {
        let ptu = self.ptu.iter().map(|ptu| {
            let name = ptu.product.unwrap_or("PTU").to_owned();
            (name, &ptu.source)
        });
        let units = self.capacity.iter();
        let units = units.map(|unit| (unit.name.clone(), &unit.source));
        let reservation = self.reservation.iter();
        let reservation = reservation.map(|one| ("standard reservation".to_owned(), &one.source));
        let mu = self.mu.iter().map(|mu| (mu.spec.to_string(), &mu.source));
        let dtu = self.dtu.iter();
        let dtu = dtu.map(|dtu| (format!("DTU {}", dtu.spec), &dtu.source));
        let fine_tuned = named("fine-tuned tokens", self.fine_tuned.as_ref());
        let standard = named("ordinary calls", self.standard.as_ref());
        let all = ptu.chain(units).chain(reservation).chain(mu).chain(dtu);
        let all = all.chain(fine_tuned).chain(standard);
        all.filter(|(_, source)| source.left_by(as_of).is_some())
            .collect()
    }

    /// The same in words, one line a day on which something left: `PTU, MU1x2: not on the page since
    /// 2026-08-18 (last seen 2026-08-17)`.
    pub fn left_lines(&self, as_of: NaiveDate) -> Vec<String> {
        let mut found: Vec<(String, Vec<String>)> = Vec::new();
        for (name, source) in self.left(as_of) {
            let Some(until) = source.left_by(as_of) else {
                continue;
            };
            let seen = source.seen.map(|seen| format!(" (last seen {seen})"));
            let said = format!("not on the page since {until}{}", seen.unwrap_or_default());
            match found.iter_mut().find(|(known, _)| *known == said) {
                Some((_, names)) => names.push(name),
                None => found.push((said, vec![name])),
            }
        }
        let line = |(said, names): (String, Vec<String>)| format!("{}: {said}", names.join(", "));
        found.into_iter().map(line).collect()
    }
}

fn named<'a>(name: &str, card: Option<&'a TokenCard>) -> Option<(String, &'a Source)> {
    card.map(|card| (name.to_owned(), &card.source))
}
