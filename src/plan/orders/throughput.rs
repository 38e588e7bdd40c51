//! The keys of provisioned throughput.

use super::shared::{funding, load, start, steady};
use super::{Ordered, conflicting, one};
use crate::billing::units::Asked;
use crate::order::{Order, PtuOrder, value};
use crate::plan::fields::Fields;
use crate::plan::length::{Bought, Length, length};
use crate::plan::text;

pub fn orders(fields: &mut Fields<'_>, days: u64) -> Option<Ordered> {
    let length = length(fields, days, false);
    let fit = fields.value("fit", text::steady_fit, |fit| fit.name().to_owned());
    let input_tpm = fields.value("input_tpm", value::count, text::count);
    let output_tpm = fields.value("output_tpm", value::count, text::count);
    let units = fields.value("units", value::count, text::count);
    if !fields.has("fit") && !fields.has("units") {
        for (key, tpm) in [("input_tpm", input_tpm), ("output_tpm", output_tpm)] {
            if tpm.is_none() {
                fields.missing::<()>(
                    key,
                    "\"100k\"`, or, of a model that is sold in units, `units = 100",
                );
            }
        }
    }
    let load = load(fields);
    let service = fields.value("service", text::service, |speed| speed.name().to_owned());
    let mode = fields.value("mode", value::mode, |mode| mode.name().to_owned());
    let on_overflow = fields.value("on_overflow", text::on_overflow, |what| {
        what.name().to_owned()
    });
    for key in ["fit", "on_overflow"] {
        if fields.has(key) && !fields.has("rpm") {
            let at = fields.place(key);
            let message = format!(
                "`{key}` needs a workload: write `rpm`, `input_per_request` and `output_per_request` too"
            );
            fields.problem(at, message);
        }
    }
    let funding = funding(fields);
    let Length {
        bought,
        per_day,
        days: covered,
        renew,
    } = length?;
    let start = start(fields, bought);
    let subscribed = !matches!(bought, Bought::Time { .. });
    if subscribed && per_day.is_some() && !fields.has("rpm") {
        let at = fields.place("hours_per_day");
        fields.problem(at, "`hours_per_day` of a subscription is how long its load lasts: write `rpm`, `input_per_request` and `output_per_request` too, or leave it out");
    }
    let sides = input_tpm.zip(output_tpm);
    let sides = sides.map(|(input_tpm, output_tpm)| Asked::Sides {
        input_tpm,
        output_tpm,
    });
    let order = PtuOrder {
        asked: units.map(Asked::Units).or(sides),
        length: bought.of_throughput(),
        service,
        in_term: false,
        renew,
        mode,
        start,
        overdue_since: None,
        load,
        hours_per_day: per_day.filter(|_| subscribed),
        days: bought.days_of_traffic(renew, days),
        on_overflow,
        fit,
        funding,
    };
    let sized = fit.is_some() || units.is_some() || sides.is_some();
    if sized && let Err(conflict) = order.check() {
        conflicting(fields, conflict);
    }
    let served = steady(load, per_day, covered);
    Some(one(Order::Ptu(order), served))
}
