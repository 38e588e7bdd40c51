//! How old the prices of a comparison are.

use super::CompareReport;
use super::nearest::nearest;
use crate::billing::note::Note;
use crate::compare::Row;
use crate::report::document::Depth;
use crate::report::words;

/// How old the prices are, and which of the unranked options in the table have left their page: of what
/// is ranked, a caveat says so.
pub fn ages(report: &CompareReport, depth: Depth) -> Vec<String> {
    let comparison = &report.comparison;
    let quotes = comparison.priced().map(Row::as_priced);
    let mut ages = words::ages(quotes.flat_map(|quote| &quote.notes));
    let several = comparison.of_several_models() || comparison.of_several_regions();
    let rows: Vec<&Row> = match depth {
        Depth::Answer => {
            let nearest = nearest(report, depth).into_iter();
            nearest.map(|(one, _)| &one.row).collect()
        }
        Depth::Details => comparison.unranked.iter().map(|one| &one.row).collect(),
    };
    let mut left: Vec<(String, Vec<String>)> = Vec::new();
    for row in rows {
        let of = &row.quote.model;
        let name = match several {
            true => {
                let model = comparison.said_model(&of.code, &of.region);
                format!("{} of {model}", row.kind.name())
            }
            false => row.kind.name().to_owned(),
        };
        for note in row.quote.notes.iter().filter_map(Note::left_page) {
            let note = note.to_string();
            match left.iter_mut().find(|(known, _)| *known == note) {
                Some((_, names)) if !names.contains(&name) => names.push(name.clone()),
                Some(_) => {}
                None => left.push((note, vec![name.clone()])),
            }
        }
    }
    let left = left.into_iter();
    ages.extend(left.map(|(note, names)| format!("{}: {note}", names.join(", "))));
    ages
}
