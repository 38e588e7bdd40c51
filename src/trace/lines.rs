//! On which line of its block a row stood.

/// The lines of the rows of a block. Where every line is a row, nothing is kept.
#[derive(Debug, Clone, Default)]
pub struct Lines {
    /// From the row with the first number on, lines are ahead of rows by the second number.
    breaks: Vec<(usize, usize)>,
}

impl Lines {
    /// Says that row `row`, if there will be one, cannot begin before `line`.
    pub fn note(&mut self, row: usize, line: usize) {
        let ahead = line.saturating_sub(row);
        match self.breaks.last_mut() {
            Some((last, kept)) if *last == row => *kept = ahead,
            Some((_, kept)) if *kept == ahead => {}
            None if ahead == 0 => {}
            _ => self.breaks.push((row, ahead)),
        }
    }

    /// The line of a row, from 0.
    pub fn of(&self, row: usize) -> usize {
        let breaks = self.breaks.iter();
        let ahead = breaks
            .take_while(|(from, _)| *from <= row)
            .last()
            .map_or(0, |(_, ahead)| *ahead);
        row.saturating_add(ahead)
    }
}
