//! A row from the texts of its fields.

use std::borrow::Cow;

use super::columns::Role;
use super::count::count;
use super::format::{MINUTE, TimeProblem};
use super::marks::MarkedTexts;
use super::plan::Plan;
use super::reason::Reason;
use super::{Call, Calls};
use crate::billing::kind::Tokens;

/// The text of each role's field, trimmed, by [`Role::index`].
pub type Texts<'a> = [Option<Cow<'a, [u8]>>; 4];

/// The texts of a row, and whether it passes the filters.
#[derive(Debug)]
pub enum Picked<'a> {
    /// It passes: the texts of its roles, and of the fields that tell something else of the call.
    Row(Texts<'a>, MarkedTexts<'a>),
    /// A filter leaves it out. The text of its time, where it has one.
    Filtered(Option<Cow<'a, [u8]>>),
}

/// A row that was read, and its instant.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Row {
    /// One call, at this instant in nanoseconds.
    Call(i64, Call),
    /// The sums of the minute that begins at this instant in nanoseconds.
    Sums(i64, Calls),
}

/// The counts of a row, without its time.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Counts {
    /// The tokens of one call.
    Call(Call),
    /// The sums of a minute.
    Sums(Calls),
}

/// Reads a row: its counts before its time, as how times are written may be known only from a later row.
pub fn read(texts: &Texts, plan: &Plan) -> Result<Row, Reason> {
    let time = text(texts, Role::Time)?;
    let counts = counts(texts, plan.aggregates)?;
    let at = match plan.clock {
        Some(clock) => clock.read(time),
        // The first time of a row that counts something makes the clock, so this is none.
        None => Err(TimeProblem::NotATime),
    };
    let at = at.map_err(|problem| Reason::time(problem, time))?;
    match counts {
        Counts::Call(call) => Ok(Row::Call(at, call)),
        Counts::Sums(_) if at.checked_rem_euclid(MINUTE) != Some(0) => {
            Err(Reason::time(TimeProblem::WithinMinute, time))
        }
        Counts::Sums(sums) => Ok(Row::Sums(at, sums)),
    }
}

/// Reads the counts of a row.
pub fn counts(texts: &Texts, aggregates: bool) -> Result<Counts, Reason> {
    if !aggregates {
        let input = tokens_of_call(texts, Role::Input)?;
        let output = tokens_of_call(texts, Role::Output)?;
        return Ok(Counts::Call(Call::plain(input, output)));
    }
    let sums = Calls {
        calls: number(texts, Role::Requests)?,
        tokens: Tokens::plain(number(texts, Role::Input)?, number(texts, Role::Output)?),
    };
    if sums.calls == 0 && !sums.tokens.is_empty() {
        return Err(Reason::NoRequests);
    }
    Ok(Counts::Sums(sums))
}

fn tokens_of_call(texts: &Texts, role: Role) -> Result<u32, Reason> {
    let tokens = number(texts, role)?;
    let too_large = || Reason::TooLarge(role, tokens.to_string());
    u32::try_from(tokens).map_err(|_| too_large())
}

fn number(texts: &Texts, role: Role) -> Result<u64, Reason> {
    let text = text(texts, role)?;
    count(text).map_err(|problem| Reason::count(role, problem, text))
}

/// The text of a field.
pub fn text<'t>(texts: &'t Texts, role: Role) -> Result<&'t [u8], Reason> {
    let field = texts.get(role.index()).and_then(Option::as_ref);
    field.map(|text| &**text).ok_or(Reason::Missing(role))
}
