//! The keys of calls billed by token.

use super::shared::{cache, funding, load};
use super::{Ordered, conflicting, one};
use crate::billing::number::counted;
use crate::billing::term::Span;
use crate::order::{CacheUse, Order, TokensOrder, Usage, value};
use crate::plan::fields::Fields;
use crate::plan::text;
use crate::workload::Steady;

pub fn orders(fields: &mut Fields<'_>, days: u64) -> Option<Ordered> {
    let load = load(fields);
    let input = fields.value("input", value::count, text::count);
    let output = fields.value("output", value::count, text::count);
    let of_cache = CacheUse {
        cached: fields.value("cached_input", value::count, text::count),
        hit: None,
        cache_write: fields.value("cache_write", value::count, text::count),
    };
    let requests = fields.value("requests", value::positive, text::count);
    let per_day = fields.value("hours_per_day", value::hours_per_day, text::span);
    let own_days = fields.value("days", value::days, text::count);
    let mode = fields.value("mode", value::mode, |mode| mode.name().to_owned());
    let rate = fields.value("rate", text::rate, |rate| rate.name().to_owned());
    let batch = fields.flag("batch");
    let mut funding = funding(fields);
    let covered = own_days.unwrap_or(days);
    if covered > days {
        let at = fields.place("days");
        let message = format!(
            "`days` goes beyond the period of {}: shorten it, or raise `days` of the plan",
            counted(days, "day")
        );
        fields.problem(at, message);
    }
    let usage = if fields.has("rpm") {
        Usage::Load(Steady {
            load: load?,
            hours_per_day: per_day.unwrap_or(Span::hours(24)),
            days: covered,
        })
    } else {
        for key in ["hours_per_day", "days"] {
            if fields.has(key) {
                let at = fields.place(key);
                fields.problem(at, format!("`{key}` belongs to a workload: write `rpm`, `input_per_request` and `output_per_request` too"));
            }
        }
        for (key, count) in [("input", input), ("output", output)] {
            if count.is_none() {
                fields.missing::<()>(
                    key,
                    "\"10M\"` for the period, or a workload with `rpm = \"30\"",
                );
            }
        }
        let cache = cache(fields);
        match of_cache.of_all(input?, output?) {
            // Sums are those of the period.
            Ok(tokens) => Usage::Sums {
                tokens,
                requests,
                cache,
            },
            Err(conflict) => {
                conflicting(fields, conflict);
                return None;
            }
        }
    };
    if let (Usage::Sums { .. }, Some(savings)) = (&usage, &mut funding.savings) {
        savings.days = Some(days);
    }
    let order = TokensOrder {
        usage,
        mode,
        rate,
        batch: batch.unwrap_or(false),
        funding,
        overdue_since: None,
    };
    if let Err(conflict) = order.check() {
        conflicting(fields, conflict);
    }
    let served = match usage {
        Usage::Load(steady) => Some(steady),
        Usage::Sums { .. } => None,
    };
    Some(one(Order::Tokens(order), served))
}
