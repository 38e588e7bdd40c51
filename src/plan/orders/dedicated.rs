//! The keys of dedicated throughput units.

use super::shared::{load, start, steady};
use super::{Ordered, conflicting, one};
use crate::billing::ptu;
use crate::billing::units::Asked;
use crate::order::{DtuOrder, FundingOrder, Order, PtuOrder, value};
use crate::plan::fields::Fields;
use crate::plan::length::{Bought, Length, length};
use crate::plan::text;

pub fn orders(fields: &mut Fields<'_>, days: u64) -> Option<Ordered> {
    let length = length(fields, days, true);
    let spec = fields.value("spec", value::dtu_spec, Clone::clone);
    let fit = fields.value("fit", text::steady_fit, |fit| fit.name().to_owned());
    let input_tpm = fields.value("input_tpm", value::count, text::count);
    let output_tpm = fields.value("output_tpm", value::count, text::count);
    let units = fields.value("units", value::count, text::count);
    if !fields.has("fit") && !fields.has("units") {
        for (key, tpm) in [("input_tpm", input_tpm), ("output_tpm", output_tpm)] {
            if tpm.is_none() {
                fields.missing::<()>(key, "\"100k\"");
            }
        }
    }
    let load = load(fields);
    for key in ["fit", "hours_per_day"] {
        if fields.has(key) && !fields.has("rpm") {
            let at = fields.place(key);
            let message = format!(
                "`{key}` needs a workload: write `rpm`, `input_per_request` and `output_per_request` too"
            );
            fields.problem(at, message);
        }
    }
    let cancel_after = fields.value("cancel_after", value::span_in_days, text::span);
    let Length {
        bought,
        per_day,
        days: covered,
        renew,
    } = length?;
    let Bought::Months(months) = bought else {
        let at = fields.place("term");
        fields.problem(
            at,
            "dedicated throughput units are sold by the month: write `term = \"subscription\"`, or `months`",
        );
        return None;
    };
    let sides = input_tpm.zip(output_tpm);
    let sides = sides.map(|(input_tpm, output_tpm)| Asked::Sides {
        input_tpm,
        output_tpm,
    });
    let asked = units.map(Asked::Units).or(sides);
    let order = DtuOrder {
        spec,
        cancel_after,
        order: PtuOrder {
            asked,
            service: None,
            in_term: false,
            length: ptu::Length::Months(months),
            renew,
            mode: None,
            start: start(fields, bought),
            overdue_since: None,
            load,
            hours_per_day: per_day,
            // What the units do not take has no price.
            days: None,
            on_overflow: None,
            fit,
            funding: FundingOrder::default(),
        },
    };
    let sized = fit.is_some() || asked.is_some();
    if sized && let Err(conflict) = order.check() {
        conflicting(fields, conflict);
    }
    let served = steady(load, per_day, covered);
    Some(one(Order::Dtu(order), served))
}
