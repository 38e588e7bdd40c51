//! What each deployment costs.

use super::{CheckReport, words};
use crate::report::document::{Cell, Column, Look, Table};

/// A row for each deployment, then the total, also in other currencies.
pub fn table(report: &CheckReport) -> Table {
    let mut table = Table::new(vec![
        Column::text("Deployment"),
        Column::text("Bought").below(),
        Column::number("Cost"),
        Column::number("Share"),
    ]);
    table.noun = "deployment";
    table.least = ", those that cost least";
    let priced = &report.priced;
    for one in &priced.deployments {
        let own = &one.deployment;
        let cells = vec![
            Cell::code(&own.name),
            Cell::text(words::bought(&one.model, own)),
            Cell::number(words::cost(report, one.low, one.high)),
            Cell::number(words::share(one.held(), priced.held)),
        ];
        table.weighed(cells, Look::Plain, one.high);
    }
    let total = words::cost(report, priced.low, priced.high);
    let mut last = |label: String, total: Cell, look| {
        table.add(
            vec![Cell::Text(label), Cell::Empty, total, Cell::Empty],
            look,
        );
    };
    last("Total".to_owned(), Cell::number(total), Look::Total);
    for converted in &report.converted {
        let label = format!("at {}", converted.fx.label());
        last(label, converted.total.into(), Look::BesideTotal);
    }
    table
}

/// Which deployments are priced in another currency than the plan's, and where rounding shows.
pub fn remarks(report: &CheckReport) -> Vec<String> {
    let deployments = report.priced.deployments.iter();
    let converted = deployments.filter_map(|priced| {
        let (own, shown) = words::own_cost(priced)?;
        let name = &priced.deployment.name;
        let (rate, mark) = (own.exchange.stated(), own.mark());
        Some(format!("{name}: {shown} at {rate}{mark}"))
    });
    converted.chain(words::rounding(report)).collect()
}
