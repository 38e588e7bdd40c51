//! A row from the texts of its fields.

use std::borrow::Cow;

use super::cached::{CacheProblem, Counted};
use super::columns::{CacheRole, Role};
use super::count::count;
use super::format::{MINUTE, TimeProblem};
use super::marks::{MarkedTexts, MarksOfRow, is_nothing};
use super::plan::Plan;
use super::reason::Reason;
use super::{Call, Calls};

/// The text of each role's field, trimmed, by [`Role::index`].
pub type Texts<'a> = [Option<Cow<'a, [u8]>>; 8];

/// The texts of a row, and whether it passes the filters.
#[derive(Debug)]
pub enum Picked<'a> {
    /// It passes: the texts of its roles, and of the fields that tell something else of the call.
    Row(Texts<'a>, MarkedTexts<'a>),
    /// A filter leaves it out. The text of its time, where it has one.
    Filtered(Option<Cow<'a, [u8]>>),
    /// It is of another type than calls.
    Other,
    /// It is a failed call. What else it has means nothing.
    Failed,
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

/// Whether a row has no output tokens, and may be without.
pub fn is_without_output(texts: &Texts, said: &MarksOfRow<'_>, plan: &Plan) -> bool {
    let output = texts.get(Role::Output.index()).and_then(Option::as_ref);
    output.is_none_or(|text| is_nothing(text)) && plan.may_lack_output(said)
}

/// Reads a row, `no_output` if it has none: its counts before its time, as how times are written may be known only from
/// a later row.
pub fn read(texts: &Texts, plan: &Plan, no_output: bool) -> Result<Row, Reason> {
    let time = text(texts, Role::Time)?;
    let counts = counts(texts, plan.aggregates, no_output)?;
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
pub fn counts(texts: &Texts, aggregates: bool, no_output: bool) -> Result<Counts, Reason> {
    let calls = match aggregates {
        true => Some(number(texts, Role::Requests)?),
        false => None,
    };
    let counted = Counted {
        input: tokens(texts, Role::Input, aggregates)?,
        output: match no_output {
            true => 0,
            false => tokens(texts, Role::Output, aggregates)?,
        },
        cache: cache(texts, aggregates)?,
    };
    let of_kinds = counted.tokens().map_err(|problem| match problem {
        CacheProblem::AboveInput { cached, input } => Reason::CachedAboveInput { cached, input },
        CacheProblem::TooLarge => too_large(Role::Input, u128::from(u64::MAX).saturating_add(1)),
    })?;
    let Some(calls) = calls else {
        let call = of_kinds.try_map(|tokens| fits_a_call(tokens, Role::Input))?;
        return Ok(Counts::Call(call));
    };
    if calls == 0 && !of_kinds.is_empty() {
        return Err(Reason::NoRequests);
    }
    let tokens = of_kinds;
    Ok(Counts::Sums(Calls { calls, tokens }))
}

/// The columns of cached tokens, of which each kind may be in one: nothing in them is none.
fn cache(texts: &Texts, aggregates: bool) -> Result<[u64; 4], Reason> {
    let mut cache = [0; 4];
    for (role, slot) in CacheRole::ALL.into_iter().zip(&mut cache) {
        let role = Role::Cache(role);
        let field = texts.get(role.index()).and_then(Option::as_ref);
        if field.is_some_and(|text| !is_nothing(text)) {
            *slot = tokens(texts, role, aggregates)?;
        }
    }
    let given = |role: CacheRole| {
        let field = texts.get(Role::Cache(role).index());
        field.is_some_and(Option::is_some)
    };
    for (inside, beside) in [
        (CacheRole::ReadInside, CacheRole::ReadBeside),
        (CacheRole::WriteInside, CacheRole::WriteBeside),
    ] {
        if given(inside) && given(beside) {
            return Err(Reason::Twice(Role::Cache(inside)));
        }
    }
    Ok(cache)
}

fn tokens(texts: &Texts, role: Role, aggregates: bool) -> Result<u64, Reason> {
    let tokens = number(texts, role)?;
    match aggregates {
        true => Ok(tokens),
        false => fits_a_call(tokens, role).map(u64::from),
    }
}

fn fits_a_call(tokens: u64, role: Role) -> Result<u32, Reason> {
    u32::try_from(tokens).map_err(|_| too_large(role, tokens.into()))
}

fn too_large(role: Role, tokens: u128) -> Reason {
    Reason::TooLarge(role, tokens.to_string())
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
