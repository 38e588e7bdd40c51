//! The first lines of `models`: how a model is sold and from which price, or how many there are.

use super::lowest::Lowest;
use super::{CapacityCard, Card, ModelsReport, pays_above};
use crate::billing::error::QuoteError;
use crate::billing::number::counted;
use crate::report::words;

/// The answer: how many models there are, or what one costs.
pub fn answer(report: &ModelsReport) -> anyhow::Result<Vec<String>> {
    let mut answer = Vec::new();
    if let Some(card) = &report.provider {
        answer.push(format!("{} · {}", card.name, card.id));
    }
    match report.cards.as_slice() {
        [] => {}
        [card] if report.whole => {
            answer.push(sold(card)?);
            let pays = pays_above::lines(&pays_above::all(card)?).into_iter();
            answer.extend(pays.map(|line| line + "."));
            answer.push(title(card));
            answer.extend(elsewhere(card));
            answer.extend(card.left_lines(report.catalog.as_of).into_iter().map(dot));
        }
        cards => {
            let count = u64::try_from(cards.len()).unwrap_or(u64::MAX);
            let date = report.catalog.as_of;
            let currency = cards.first().map(|card| card.currency);
            let count = counted(count, "model");
            let said = report.selection.said(currency);
            answer.extend(match said.as_str() {
                "" => vec![format!("{count}, prices in force on {date}")],
                said => vec![
                    format!("{count}{said}"),
                    format!("Prices in force on {date}."),
                ],
            });
            let left = cards.iter().filter(|card| !card.left(date).is_empty());
            let left = u64::try_from(left.count()).unwrap_or(u64::MAX);
            if left > 0 {
                answer.push(format!(
                    "{} with a price that is not on its page any more: the last known one is shown.",
                    counted(left, "model")
                ));
            }
            let in_units = cards.iter().any(|card| card.capacity.is_some());
            answer.push(format!(
                "The lowest price of each: PTU and tokens of input, {}{}model units of a replica{}.",
                match in_units {
                    true => "throughput in units of one, ",
                    false => "",
                },
                match cards.iter().any(|card| card.reservation.is_some()) {
                    true => "standard reservations of input, ",
                    false => "",
                },
                match cards.iter().any(|card| !card.dtu.is_empty()) {
                    true => ", dedicated throughput units of one",
                    false => "",
                }
            ));
        }
    }
    Ok(answer)
}

/// `Qwen3-8B: MU from ¥21 a replica-hour, ordinary calls from ¥0.50 per 1M input tokens`.
fn sold(card: &Card) -> anyhow::Result<String> {
    let lowest = Lowest::of(card)?;
    let reserved = card.ptu.as_ref().and_then(|ptu| ptu.product);
    let in_units = card.capacity.as_ref();
    let in_units = in_units.map(|unit| unit_price(unit, card)).transpose()?;
    let ways = [
        (
            reserved.unwrap_or("PTU"),
            lowest.ptu.filter(|_| card.capacity.is_none()),
            "per 10K input TPM-hour",
        ),
        (
            "standard reservation",
            lowest.reservation,
            "per 10K input TPM-day",
        ),
        ("model units", lowest.mu, "per replica-hour"),
        ("dedicated throughput units", lowest.dtu, "per unit-month"),
        ("fine-tuned tokens", lowest.fine_tuned, "per 1M of input"),
        ("ordinary calls", lowest.standard, "per 1M tokens of input"),
    ];
    let ways = ways.into_iter().filter_map(|(way, price, per)| {
        let price = words::price_of(price?, card.currency);
        Some(format!("{way} from {price} {per}"))
    });
    let ways: Vec<String> = in_units.flatten().into_iter().chain(ways).collect();
    Ok(match ways.as_slice() {
        [] => format!(
            "{} has no price in force by the hour or the token",
            card.name
        ),
        ways => format!("{}: {}", card.name, ways.join(", ")),
    })
}

/// `GSU from USD 3.6986 per unit-hour`, of the shortest term.
fn unit_price(unit: &CapacityCard, card: &Card) -> Result<Option<String>, QuoteError> {
    let Some((_, price)) = unit.terms().into_iter().next() else {
        return Ok(None);
    };
    let of_one = words::price_of(price.for_units(1)?, card.currency);
    let per = price.unit.name();
    Ok(Some(format!("{} from {of_one} per {per}", unit.name)))
}

/// `Also sold in Singapore: --region ap-southeast-1`.
fn elsewhere(card: &Card) -> Option<String> {
    let places = card.elsewhere.iter();
    let places = places.map(|(id, name)| format!("{name} (--region {id})"));
    let places: Vec<String> = places.collect();
    (!places.is_empty()).then(|| format!("Also sold in {}", places.join(", ")))
}

fn title(card: &Card) -> String {
    let parts = [
        &card.code,
        &card.family,
        &card.provider_name,
        &card.region_name,
    ];
    parts.map(String::as_str).join(" · ")
}

/// A line as a sentence.
fn dot(line: String) -> String {
    format!("{line}; what was bought before may go on.")
}
