//! The keys of a log as the workload, and what is bought for it: as the flags beside `--trace`.

use super::shared::{cache, savings};
use super::{Ordered, conflicting};
use crate::billing::load::OnOverflow;
use crate::billing::number::counted;
use crate::billing::quote::Method;
use crate::billing::term::Term;
use crate::billing::units::Asked;
use crate::order::{
    CallsOf, Conflict, LogHow, LogOrder, LoggedCalls, SavingsOrder, TraceTerm, TracedDtu, TracedMu,
    TracedPtu, TracedTokens, value,
};
use crate::plan::fields::Fields;
use crate::plan::keys;
use crate::plan::length::{FIXED, length};
use crate::plan::text;
use crate::workload::{LoadLine, WeekLoad};

/// Reads the keys of a deployment that a log is the workload of.
pub fn orders(fields: &mut Fields<'_>, method: Method, days: u64) -> Option<Ordered> {
    let calls = match fields.has("load") {
        true => load(fields, method, days),
        false => log(fields, days).map(|log| CallsOf::Log(Box::new(log))),
    };
    let how = match method {
        Method::Ptu => reservation(fields, days),
        Method::Tokens => tokens(fields),
        Method::Dtu => dedicated(fields, days),
        Method::Mu => replicas(fields, days),
    };
    let (mut calls, how) = (calls?, how?);
    if let (CallsOf::Load { minutes, .. }, Some(term)) = (&mut calls, given(&how)) {
        // A longer term serves no more than the period of the plan.
        let of_term = term.minutes_of_load().unwrap_or(*minutes);
        *minutes = of_term.min(*minutes);
    }
    Some(Ordered {
        parts: Vec::new(),
        served: None,
        log: Some(LogOrder { calls, how }),
    })
}

/// The term that is written, if one is.
fn given(how: &LogHow) -> Option<TraceTerm> {
    let term = match how {
        LogHow::Ptu(order) => order.term,
        LogHow::Dtu(order) => order.term,
        LogHow::Mu(order) => order.term,
        LogHow::Tokens(_) => return None,
    };
    Some(term).filter(|term| matches!(term, TraceTerm::Given(_)))
}

/// A load that is described, for the period of the plan, or the days of its tokens.
fn load(fields: &mut Fields<'_>, method: Method, days: u64) -> Option<CallsOf> {
    let lines = fields.values("load", str::parse::<LoadLine>, ToString::to_string);
    let cache = cache(fields);
    let own_days = match method {
        Method::Tokens => fields.value("days", value::days, text::count),
        _ => None,
    };
    let covered = own_days.unwrap_or(days);
    if covered > days {
        let at = fields.place("days");
        let message = format!(
            "`days` goes beyond the period of {}: shorten it, or raise `days` of the plan",
            counted(days, "day")
        );
        fields.problem(at, message);
    }
    match WeekLoad::new(lines?) {
        Ok(week) => Some(CallsOf::Load {
            week,
            minutes: covered.saturating_mul(24 * 60),
            cache,
        }),
        Err(what) => {
            let at = fields.place("load");
            fields.problem(at, format!("`load` cannot be made: {what}"));
            None
        }
    }
}

/// Complains of keys that say how a log is read where there is none.
pub fn refuse_without_log(fields: &mut Fields<'_>) {
    for key in keys::OF_A_LOG.iter().copied() {
        if fields.has(key) {
            let at = fields.place(key);
            let message = format!("`{key}` is for a log: write `trace` too, or leave it out");
            fields.problem(at, message);
        }
    }
}

fn log(fields: &mut Fields<'_>, days: u64) -> Option<LoggedCalls> {
    let paths = fields.values("trace", path, Clone::clone);
    if paths.as_ref().is_some_and(Vec::is_empty) {
        let at = fields.place("trace");
        fields.problem(at, "`trace` names no file: write `trace = \"calls.csv\"`");
    }
    let filters = fields.values("where", value::filter, |filter| {
        format!("{}={}", filter.column, filter.value)
    });
    let columns = fields.value("columns", value::columns, |(_, text)| text.clone());
    let cached = fields.value("cached", value::cache_place, |place| {
        value::cache_place_name(*place).to_owned()
    });
    let field = fields.value("cache_from", value::field, Clone::clone);
    let block = fields.value("cache_block", value::block, ToString::to_string);
    let kept = fields.value("cache_ttl", value::kept_for, |kept| match kept.0 {
        Some(span) => text::span(&span),
        None => "none".to_owned(),
    });
    let time_unit = fields.value("time_unit", value::time_unit, |unit| unit.name().to_owned());
    let skip_bad_rows = fields.flag("skip_bad_rows");
    let log_format = fields.value("log_format", crate::order::log_format, |log| {
        log.name.clone()
    });
    let failed = fields.value("failed_calls", value::failed_calls, |bills| {
        value::failed_calls_name(*bills).to_owned()
    });
    let repeats = fields.value("repeated_calls", value::repeated_calls, |repeats| {
        repeats.name().to_owned()
    });
    let scale_to = fields.value("scale_to", value::days, text::count);
    let pattern = fields.value("pattern", text::pattern, |pattern| {
        pattern.name().to_owned()
    });
    let cache = cache(fields);
    for (key, needed) in [
        ("pattern", "scale_to"),
        ("cache_block", "cache_from"),
        ("cache_ttl", "cache_from"),
    ] {
        if fields.has(key) && !fields.has(needed) {
            let at = fields.place(key);
            fields.problem(at, format!("`{key}` needs `{needed}`: write it too"));
        }
    }
    let (columns, _) = columns.unwrap_or_default();
    if field.is_some() && (columns.cached.is_some() || columns.cache_write.is_some()) {
        let at = fields.place("cache_from");
        fields.problem(
            at,
            "`columns` names cached tokens, and `cache_from` derives them: leave one of them out",
        );
    }
    if scale_to.is_some_and(|to| to > days) {
        let at = fields.place("scale_to");
        let message = format!(
            "`scale_to` goes beyond the period of {}: shorten it, or raise `days` of the plan",
            counted(days, "day")
        );
        fields.problem(at, message);
    }
    Some(LoggedCalls {
        paths: paths?,
        columns,
        cached,
        derived: field.map(|field| value::derived(field, block, kept)),
        filters: filters.unwrap_or_default(),
        time_unit,
        skip_bad_rows: skip_bad_rows.unwrap_or(false),
        log_format,
        bills_failed: failed.unwrap_or(false),
        repeats,
        scale_to,
        pattern,
        cache,
    })
}

/// A file, a folder or a pattern. A plan is read by whoever checks it, and more than once.
fn path(text: &str) -> Result<String, String> {
    match text {
        "" => Err("it names no file".to_owned()),
        "-" => Err("a plan names files, and the standard input is none".to_owned()),
        path => Ok(path.to_owned()),
    }
}

fn tokens(fields: &mut Fields<'_>) -> Option<LogHow> {
    let mode = fields.value("mode", value::mode, |mode| mode.name().to_owned());
    let rate = fields.value("rate", text::rate, |rate| rate.name().to_owned());
    let batch = fields.flag("batch");
    if fields.has("days") && !fields.has("load") {
        let at = fields.place("days");
        fields.problem(
            at,
            "`days` belongs to a steady load: leave it out, or write `scale_to`",
        );
    }
    Some(LogHow::Tokens(TracedTokens {
        mode,
        in_any_mode: false,
        rate,
        batch: batch.unwrap_or(false),
        savings: plan_of_savings(fields),
    }))
}

fn reservation(fields: &mut Fields<'_>, days: u64) -> Option<LogHow> {
    let term = term(fields, days, false);
    let fit = fields.value("fit", text::trace_fit, |fit| fit.name().to_owned());
    let asked = asked(fields);
    let service = fields.value("service", text::service, |speed| speed.name().to_owned());
    let mode = fields.value("mode", value::mode, |mode| mode.name().to_owned());
    let on_overflow = fields.value("on_overflow", text::on_overflow, |what| {
        what.name().to_owned()
    });
    let order = TracedPtu {
        asked,
        fit,
        service,
        term: term?,
        mode,
        in_any_mode: false,
        on_overflow: on_overflow.unwrap_or(OnOverflow::Bill),
        savings: plan_of_savings(fields),
        dtu: None,
    };
    let conflict = order.check().err();
    conflict.map_or(Some(LogHow::Ptu(order)), |conflict| {
        conflicting(fields, conflict);
        None
    })
}

fn dedicated(fields: &mut Fields<'_>, days: u64) -> Option<LogHow> {
    let term = term(fields, days, true);
    let spec = fields.value("spec", value::dtu_spec, Clone::clone);
    let fit = fields.value("fit", text::fit, |fit| fit.name().to_owned());
    let asked = asked(fields);
    if asked.is_some_and(Asked::is_nothing) {
        conflicting(fields, Conflict::nothing_reserved(asked));
    }
    let term = term?;
    if term == TraceTerm::Hours {
        let at = fields.place("term");
        fields.problem(
            at,
            "dedicated throughput units are sold by the month: write `term = \"subscription\"`, or `months`",
        );
        return None;
    }
    Some(LogHow::Dtu(TracedDtu {
        spec,
        asked,
        fit,
        term,
    }))
}

fn replicas(fields: &mut Fields<'_>, days: u64) -> Option<LogHow> {
    let term = term(fields, days, true);
    let spec = fields.value("spec", value::spec, ToString::to_string);
    let replicas = fields.value("replicas", value::replicas, text::count);
    Some(LogHow::Mu(TracedMu {
        spec,
        replicas,
        // They are a key of every method, and read with these.
        capacities: Vec::new(),
        term: term?,
    }))
}

/// How much is reserved: as it is said, or as the log sizes it.
fn asked(fields: &mut Fields<'_>) -> Option<Asked> {
    let input_tpm = fields.value("input_tpm", value::count, text::count);
    let output_tpm = fields.value("output_tpm", value::count, text::count);
    let units = fields.value("units", value::count, text::count);
    if !fields.has("fit") && !fields.has("units") {
        for (key, tpm) in [("input_tpm", input_tpm), ("output_tpm", output_tpm)] {
            if tpm.is_none() {
                fields.missing::<()>(key, "\"100k\"`, or `fit = \"peak\"`, or, of a model that is sold in units, `units = 100");
            }
        }
    }
    let sides = input_tpm.zip(output_tpm);
    let sides = sides.map(|(input_tpm, output_tpm)| Asked::Sides {
        input_tpm,
        output_tpm,
    });
    units.map(Asked::Units).or(sides)
}

/// For how long it is bought: where no length is written, for the time that the log stands for.
fn term(fields: &mut Fields<'_>, days: u64, monthly: bool) -> Option<TraceTerm> {
    let given = ["hours", "days", "months"]
        .into_iter()
        .chain(FIXED.map(|(key, ..)| key))
        .any(|key| fields.has(key));
    if given {
        let bought = length(fields, days, monthly)?.bought;
        return Some(TraceTerm::Given(bought.of_throughput()));
    }
    let wrong = fields.has("term");
    match fields.value("term", text::term, |term| term.name().to_owned()) {
        Some(Term::Subscription) if monthly => Some(TraceTerm::Months),
        Some(Term::Subscription) => Some(TraceTerm::Days),
        Some(Term::PayAsYouGo) => Some(TraceTerm::Hours),
        None if wrong => None,
        None => Some(TraceTerm::Hours),
    }
}

/// The savings plan for what is billed by token.
fn plan_of_savings(fields: &mut Fields<'_>) -> Option<SavingsOrder> {
    for key in ["savings_plan_term", "savings_plan_payment"] {
        if fields.has(key) && !fields.has("savings_plan") {
            let at = fields.place(key);
            fields.problem(at, format!("`{key}` needs `savings_plan`: write it too"));
        }
    }
    savings(fields)
}
