//! A comment that fits: of sections that are too long the rows that matter least are left out, and
//! that is said.

use rust_decimal::Decimal;

use crate::billing::number::{counted, grouped};

/// Rows under a heading.
#[derive(Debug, Clone, Default)]
pub struct Section {
    /// The title and the table's head.
    pub head: String,
    /// The rows, which are left out where there is no room.
    pub rows: Vec<Row>,
    /// The text right after the rows.
    pub last: String,
    /// The text below, after a blank line.
    pub foot: String,
    pub noun: &'static str,
    /// Which rows are left out: `, those that cost least`.
    pub least: &'static str,
}

/// A line, and how much it matters.
#[derive(Debug, Clone)]
pub struct Row {
    /// With its line break.
    pub text: String,
    /// The rows that weigh least are left out first.
    pub weight: Decimal,
}

/// The sections after `top`, within `most` bytes.
pub fn fitted(top: &str, sections: &[Section], most: usize) -> String {
    let fixed: usize = sum(sections.iter().map(Section::frame));
    let mut spare = most.saturating_sub(top.len()).saturating_sub(fixed);
    let mut text = top.to_owned();
    for (at, section) in sections.iter().enumerate() {
        let rest = sections.iter().skip(at.saturating_add(1));
        let wanted: usize = sum(rest.map(Section::wanted));
        // Half for whoever comes first, and whatever the others do not need.
        let room = (spare / 2).max(spare.saturating_sub(wanted));
        let kept = section.kept(room);
        let mut shown = 0_usize;
        if section.is_empty() {
            continue;
        }
        text.push('\n');
        text.push_str(&section.head);
        for (row, _) in section.rows.iter().zip(&kept).filter(|(_, kept)| **kept) {
            text.push_str(&row.text);
            spare = spare.saturating_sub(row.text.len());
            shown = shown.saturating_add(1);
        }
        text.push_str(&section.last);
        text.push_str(&section.cut(section.rows.len().saturating_sub(shown)));
        text.push_str(&section.foot);
    }
    text
}

fn sum(lengths: impl Iterator<Item = usize>) -> usize {
    lengths.fold(0, usize::saturating_add)
}

impl Section {
    fn is_empty(&self) -> bool {
        self.head.is_empty() && self.rows.is_empty() && self.foot.is_empty()
    }

    /// The bytes of all but the rows.
    fn frame(&self) -> usize {
        let cut = self.cut(self.rows.len()).len();
        sum([self.head.len(), self.last.len(), self.foot.len(), 1, cut].into_iter())
    }

    fn wanted(&self) -> usize {
        sum(self.rows.iter().map(|row| row.text.len()))
    }

    /// Which rows fit into `room` bytes, those that weigh most first.
    fn kept(&self, mut room: usize) -> Vec<bool> {
        let mut order: Vec<usize> = (0..self.rows.len()).collect();
        let weight = |at: &usize| self.rows.get(*at).map(|row| row.weight);
        order.sort_by_key(|at| std::cmp::Reverse(weight(at)));
        let mut kept = vec![false; self.rows.len()];
        for at in order {
            let length = self.rows.get(at).map_or(0, |row| row.text.len());
            let Some(left) = room.checked_sub(length) else {
                break;
            };
            room = left;
            if let Some(kept) = kept.get_mut(at) {
                *kept = true;
            }
        }
        kept
    }

    /// The sentence for rows that are left out; empty where there are none.
    fn cut(&self, left_out: usize) -> String {
        if left_out == 0 {
            return String::new();
        }
        let number = |count: usize| u64::try_from(count).unwrap_or(u64::MAX);
        format!(
            "\n{} of {} left out{}: `tollgate check` shows all of them\n",
            grouped(number(left_out).into(), 0),
            counted(number(self.rows.len()), self.noun),
            self.least
        )
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const MOST: usize = 65_000;

    fn section(rows: usize, length: usize) -> Section {
        let row = |at: usize| Row {
            text: format!("{at:<length$}\n"),
            weight: Decimal::from(at),
        };
        Section {
            head: "head\n".to_owned(),
            rows: (0..rows).map(row).collect(),
            last: "last\n".to_owned(),
            foot: "\nfoot\n".to_owned(),
            noun: "row",
            least: "",
        }
    }

    #[test]
    fn what_fits_is_whole() {
        assert_eq!(
            fitted("top\n", &[section(2, 2)], MOST),
            "top\n\nhead\n0 \n1 \nlast\n\nfoot\n"
        );
    }

    #[test]
    fn the_rows_that_weigh_least_are_left_out_and_counted() {
        let text = fitted("top\n", &[section(1_000, 99)], MOST);
        assert!(
            text.len() <= MOST && text.len() > MOST - 100,
            "{}",
            text.len()
        );
        assert!(text.starts_with("top\n\nhead\n351 "), "{text}");
        assert!(text.contains("\n351 of 1,000 rows left out: "), "{text}");
        assert!(text.contains("\n999 "));
    }

    #[test]
    fn a_long_section_leaves_half_for_the_others_and_takes_what_they_do_not_need() {
        let long = fitted("", &[section(1_000, 99), section(1_000, 99)], MOST);
        assert!(long.len() <= MOST);
        assert_eq!(long.matches("\n676 of 1,000 rows left out").count(), 2);
        let short = fitted("", &[section(1_000, 99), section(10, 99)], MOST);
        assert!(short.len() > MOST - 300);
        assert_eq!(short.matches("left out").count(), 1);
    }
}
