//! The lines of a chart of cost against load: few of them, with their names.

use std::collections::BTreeSet;

use rust_decimal::Decimal;

use crate::billing::exact::{mul, round2};
use crate::billing::money::{Currency, Money};
use crate::billing::number::{counted, grouped};
use crate::compare::{Crossing, Curve};

/// A chart of cost against load.
#[derive(Debug, Clone)]
pub struct ChartData {
    /// The title: the models and the days.
    pub title: String,
    /// The size of the requests, and when they come.
    pub requests: String,
    /// The curves of the options, the cheapest at the workload first.
    pub curves: Vec<Curve>,
    /// The points where the cheapest costs the same as another.
    pub crossings: Vec<Crossing>,
    /// The currency of all costs.
    pub currency: Currency,
    /// The load that was compared.
    pub workload_rpm: Decimal,
}

impl ChartData {
    /// The cheapest of each method and the one that is used now; then the next cheapest, up to `enough`.
    /// In the order of their ranks.
    pub(super) fn few(&self, enough: usize) -> Vec<&Curve> {
        let mut methods = BTreeSet::new();
        let first = |curve: &&Curve| methods.insert(curve.kind.method()) || curve.is_current;
        let (mut chosen, next): (Vec<_>, Vec<_>) = self.curves.iter().partition(first);
        let room = enough.saturating_sub(chosen.len());
        chosen.extend(next.into_iter().take(room));
        chosen.sort_by_key(|curve| curve.rank);
        chosen
    }

    /// The sentence that says how many options are drawn, unless all are.
    pub(super) fn left_out(&self, drawn: usize) -> Option<String> {
        if self.curves.is_empty() {
            return Some("no option is known to serve this workload".to_owned());
        }
        let options = counted(u64::try_from(self.curves.len()).ok()?, "option");
        let verb = if drawn == 1 { "is" } else { "are" };
        let said = format!("{drawn} of {options} {verb} drawn: the cheapest of each method first");
        (drawn < self.curves.len()).then_some(said)
    }

    /// The name of a line: `2. mu-hourly MU5x1 (now), to 500 rpm`.
    pub(super) fn name(&self, curve: &Curve) -> String {
        let now = if curve.is_current { " (now)" } else { "" };
        let end = curve.points.last().map(|(rpm, _)| *rpm);
        let end = end.filter(|end| *end < self.top_rpm()).map(round2);
        let end = end.map(|end| format!(", to {} rpm", number(end)));
        let end = end.unwrap_or_default();
        format!("{}. {}{now}{end}", curve.rank, curve.label)
    }

    /// The end of the axis: twice the workload, also where every curve ends before it.
    pub(super) fn top_rpm(&self) -> Decimal {
        mul(self.workload_rpm, Decimal::TWO).unwrap_or(self.workload_rpm)
    }

    pub(super) fn money(&self, amount: Decimal) -> Money {
        let currency = self.currency;
        Money { amount, currency }
    }

    pub(super) fn workload(&self) -> String {
        let rpm = number(self.workload_rpm);
        let noun = if rpm == "1" { "request" } else { "requests" };
        format!("workload: {rpm} {noun} per minute")
    }
}

pub(super) fn top_cost(curves: &[&Curve]) -> Decimal {
    let points = curves.iter().flat_map(|curve| &curve.points);
    points.map(|(_, cost)| *cost).max().unwrap_or_default()
}

/// A number with its thousands grouped and no zeros at its end.
pub(super) fn number(value: Decimal) -> String {
    let value = value.normalize();
    grouped(value, value.scale())
}
