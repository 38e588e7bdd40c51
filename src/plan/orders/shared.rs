//! Keys that several methods have: the workload, the start, and what pays before money does.

use super::conflicting;
use crate::billing::cache::CacheWay;
use crate::billing::calendar::Moment;
use crate::billing::load::Load;
use crate::billing::savings::Payment;
use crate::billing::term::Span;
use crate::order::{CacheUse, FundingOrder, SavingsOrder, value};
use crate::plan::fields::Fields;
use crate::plan::keys;
use crate::plan::length::Bought;
use crate::plan::text;
use crate::workload::Steady;

/// The first three keys of a load, or none.
pub fn load(fields: &mut Fields<'_>) -> Option<Load> {
    let rpm = fields.value("rpm", value::rate, text::decimal);
    let input = fields.value("input_per_request", value::count, text::count);
    let output = fields.value("output_per_request", value::count, text::count);
    let of_cache = CacheUse {
        cached: fields.value("cached_per_request", value::count, text::count),
        hit: fields.value("cache_hit", text::share, text::percent),
        cache_write: fields.value("cache_write_per_request", value::count, text::count),
    };
    let keys = [
        ("rpm", "\"30\""),
        ("input_per_request", "4000"),
        ("output_per_request", "400"),
    ];
    let of_load = keys.map(|(key, _)| key);
    if of_load
        .iter()
        .chain(keys::OF_A_CACHE)
        .any(|key| fields.has(key))
    {
        for (key, example) in keys {
            fields.missing::<()>(key, example);
        }
    }
    let cache = match fields.has("rpm") {
        true => cache(fields),
        false => None,
    };
    match of_cache.of_request(input?, output?, cache) {
        Ok(per_request) => Some(Load {
            rpm: rpm?,
            per_request,
            cache,
        }),
        Err(conflict) => {
            conflicting(fields, conflict);
            None
        }
    }
}

/// Which price cached input has.
pub fn cache(fields: &mut Fields<'_>) -> Option<CacheWay> {
    fields.value("cache", text::cache, |way| way.name().to_owned())
}

/// The load over the days, as a workload that other methods can serve too.
pub fn steady(load: Option<Load>, per_day: Option<Span>, days: Option<u64>) -> Option<Steady> {
    Some(Steady {
        load: load?,
        hours_per_day: per_day.unwrap_or(Span::hours(24)),
        days: days?,
    })
}

pub fn start(fields: &mut Fields<'_>, bought: Bought) -> Option<Moment> {
    let start = fields.value("start", value::moment, |moment| moment.to_rfc3339());
    if let Bought::Time { runs, .. } = bought
        && runs > 1
        && start.is_some()
    {
        let at = fields.place("start");
        fields.problem(
            at,
            "a deployment that is up for a part of each day starts every day: leave `start` out",
        );
    }
    start
}

pub fn funding(fields: &mut Fields<'_>) -> FundingOrder {
    let order = FundingOrder {
        free_quota: fields.value("free_quota", value::count, text::count),
        free_used: fields
            .values("free_used", value::count, text::count)
            .unwrap_or_default(),
        free_activated: fields.value("free_activated", value::date, ToString::to_string),
        free_expires: fields.value("free_expires", value::date, ToString::to_string),
        covers_overflow: fields.flag("free_covers_overflow").unwrap_or(false),
        packages: fields
            .values("package", value::package, text::package)
            .unwrap_or_default(),
        package_price: fields.value("package_price", value::amount, text::amount),
        postpaid: fields.value("postpaid", text::switch, |on| {
            text::switch_name(*on).to_owned()
        }),
        savings: savings(fields),
    };
    for (key, needed) in [
        ("free_used", "free_quota"),
        ("free_activated", "free_quota"),
        ("free_expires", "free_quota"),
        ("free_covers_overflow", "free_quota"),
        ("package_price", "package"),
        ("savings_plan_term", "savings_plan"),
        ("savings_plan_payment", "savings_plan"),
    ] {
        if fields.has(key) && !fields.has(needed) {
            let at = fields.place(key);
            fields.problem(at, format!("`{key}` needs `{needed}`: write it too"));
        }
    }
    order
}

/// The savings plan, where there is one.
pub fn savings(fields: &mut Fields<'_>) -> Option<SavingsOrder> {
    let commitment = fields.value("savings_plan", value::amount, text::amount);
    let term_months = fields.value("savings_plan_term", value::months, ToString::to_string);
    let payment = fields.value("savings_plan_payment", text::payment, |how| {
        how.name().to_owned()
    });
    let payment = payment.unwrap_or(Payment::AllUpfront);
    Some(SavingsOrder::of(commitment?, term_months, payment))
}
