//! The notes of several quotes, each once.

use super::QuoteReport;
use crate::billing::note::Note;
use crate::billing::quote::Quote;
use crate::billing::rule::Basis;
use crate::report::words;

/// A note, and which quotes it belongs to.
#[derive(Debug)]
pub struct SaidNote<'a> {
    /// The note.
    pub note: &'a Note,
    /// The variants of its quotes; empty where it belongs to all quotes.
    pub of: Vec<String>,
}

/// The notes of all quotes, each once, in their order.
pub fn notes(report: &QuoteReport) -> Vec<SaidNote<'_>> {
    let mut notes: Vec<&Note> = Vec::new();
    for note in report.priced().flat_map(|priced| &priced.quote.notes) {
        if !notes.contains(&note) {
            notes.push(note);
        }
    }
    notes
        .into_iter()
        .map(|note| {
            let quotes = || report.quotes.iter().map(|priced| &priced.quote);
            let variant = |quote: &Quote| match report.bill {
                Some(_) => quote.model.code.clone(),
                None => words::variant(&quote.parameters),
            };
            let mut of: Vec<String> = quotes()
                .filter(|quote| quote.notes.contains(note))
                .map(variant)
                .collect();
            // Parts of one deployment can be alike in all that is said of them.
            let alike = quotes().all(|quote| Some(&variant(quote)) == of.first());
            if alike || of.len() == report.quotes.len() {
                of.clear();
            }
            SaidNote { note, of }
        })
        .collect()
}

impl SaidNote<'_> {
    /// A note with its rule, whether that is a reading, and which of several quotes it belongs to where it
    /// does not belong to all.
    pub fn line(&self) -> String {
        let mut text = self.note.rule().id().to_owned();
        if self.note.basis() == Basis::Reading {
            text.push_str(" (a reading)");
        }
        for (at, one) in self.of.iter().enumerate() {
            text.push_str(if at == 0 { ", of " } else { ", " });
            text.push_str(one);
        }
        format!("{text}: {}", self.note)
    }
}
