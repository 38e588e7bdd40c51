//! How minutes are taken in.

use super::{MOST_MINUTES, Profile, Row};
use crate::billing::kind::Tokens;
use crate::replay::admission::runs;
use crate::replay::share::average_above;
use crate::replay::sums::add;
use crate::replay::{Call, Calls, Minute, Sink, TooLarge};

impl Sink for Profile {
    fn calls(&mut self, minute: Minute, calls: &[Call]) -> Result<(), TooLarge> {
        if calls.is_empty() {
            return Ok(());
        }
        self.reach((minute, minute));
        let max = self.max_input.at(minute).unwrap_or(u64::MAX);
        for run in runs(calls) {
            let (sums, largest) = Calls::of_run(run);
            self.largest_input = self.largest_input.max(largest.input);
            self.largest_output = self.largest_output.max(largest.output);
            let mut above = Calls::default();
            if u64::from(largest.input) > max {
                for call in run.iter().filter(|call| u64::from(call.input) > max) {
                    above = above.plus(Calls::of_run(std::slice::from_ref(call)).0)?;
                }
            }
            self.add(minute, sums, above)?;
        }
        Ok(())
    }

    fn aggregate(&mut self, minute: Minute, sums: Calls) -> Result<(), TooLarge> {
        self.reach((minute, minute));
        if sums.is_empty() {
            return Ok(());
        }
        let pending = self.pending.filter(|(of, _)| *of == minute);
        let before = pending.map(|(_, sums)| sums).unwrap_or_default();
        let all = before.plus(sums)?;
        self.pending = Some((minute, all));
        if pending.is_none() {
            self.less_exact = add(self.less_exact, 1)?;
        }
        // Whether the average call is above the maximum can change with each piece of the minute.
        self.take_above(minute, before);
        let above = match self.average_is_above(minute, all) {
            true => all,
            false => Calls::default(),
        };
        self.add(minute, sums, above)
    }
}

impl Profile {
    /// Takes in minutes that may have no calls.
    pub(in crate::replay) fn reach(&mut self, (from, to): (Minute, Minute)) {
        let (first, last) = self.span.unwrap_or((from, to));
        self.span = Some((first.min(from), last.max(to)));
    }

    fn add(&mut self, minute: Minute, sums: Calls, above: Calls) -> Result<(), TooLarge> {
        self.total = self.total.plus(sums)?;
        add_row(&mut self.rows, minute, sums)?;
        if above != Calls::default() {
            // What of them is cached is kept nowhere else, so that parts of a trace add up.
            let Calls { calls, tokens } = above;
            let tokens = Tokens::plain(tokens.input, tokens.output);
            self.above = self.above.plus(Calls { calls, tokens })?;
            add_row(&mut self.above_rows, minute, above)?;
        }
        Ok(())
    }

    fn average_is_above(&self, minute: Minute, sums: Calls) -> bool {
        let max_input = self.max_input.at(minute);
        max_input.is_some_and(|max| average_above(sums, max))
    }

    /// Takes `sums` of the last minute out of those above the maximum, if they were counted there.
    fn take_above(&mut self, minute: Minute, sums: Calls) {
        if !self.average_is_above(minute, sums) {
            return;
        }
        self.above = self.above.without(sums);
        if let Some(last) = self.above_rows.last_mut()
            && last.minute == minute
        {
            last.input = last.input.saturating_sub(sums.tokens.input);
            last.output = last.output.saturating_sub(sums.tokens.output);
        }
    }
}

fn add_row(rows: &mut Vec<Row>, minute: Minute, sums: Calls) -> Result<(), TooLarge> {
    if let Some(last) = rows.last_mut()
        && last.minute == minute
    {
        last.input = add(last.input, sums.tokens.input)?;
        last.output = add(last.output, sums.tokens.output)?;
        return Ok(());
    }
    if rows.len() >= MOST_MINUTES {
        return Err(TooLarge::Minutes(MOST_MINUTES));
    }
    rows.push(Row {
        minute,
        input: sums.tokens.input,
        output: sums.tokens.output,
    });
    Ok(())
}
