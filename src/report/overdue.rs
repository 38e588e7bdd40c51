//! What happens to a deployment while the balance is overdue, as a sentence and as JSON.

use serde::Serialize;

use crate::billing::calendar::Moment;
use crate::billing::exact::plain;
use crate::billing::overdue::{Outcome, Overdue};
use crate::billing::quote::{Method, Quote};
use crate::billing::term::Term;

pub fn said(quote: &Quote) -> Option<String> {
    let overdue = quote.overdue?;
    let mut text = format!("Overdue since {}: ", shown(overdue.since));
    match overdue.outcome {
        Outcome::Kept(kept) => {
            let how_much = match kept.in_total {
                true => format!("{} of the total", kept.billed),
                false => format!("at most {}, not in the total", kept.billed),
            };
            let until = shown(kept.until);
            text.push_str(&match (kept.deleted, kept.in_total) {
                (true, _) => format!("kept and billed until it is deleted at {until} ({how_much})"),
                (false, true) => format!(
                    "kept and billed until {until} ({how_much}) and then released; the total is for the whole time that was asked for"
                ),
                (false, false) => {
                    format!("kept and billed until {until} ({how_much}) and then released")
                }
            });
        }
        Outcome::CallsStop => {
            text.push_str("no model can be called, also where free quota is left")
        }
        Outcome::ServiceStops => text.push_str(
            "the service is Stopped, and Running again by itself when the balance is replenished",
        ),
        Outcome::NotDocumented => text.push_str(match (quote.method, quote.term) {
            (_, Term::Subscription) => "what that does to a prepaid term is not documented",
            (Method::Tokens, _) => "what becomes of calls is not documented",
            _ => "whether the deployment is kept and billed is not documented",
        }),
    }
    if overdue.overflow_stops {
        text.push_str(
            "; calls beyond the reservation are ordinary calls, and no model can be called",
        );
    }
    Some(text)
}

fn shown(moment: Moment) -> impl std::fmt::Display {
    moment.format("%Y-%m-%d %H:%M:%S %:z").to_string()
}

/// What happens while the balance is overdue, as JSON.
#[derive(Debug, Serialize)]
pub struct OverdueJson {
    since: String,
    outcome: &'static str,
    billed_until: Option<String>,
    billed: Option<String>,
    in_total: Option<bool>,
    released: Option<String>,
    overflow_stops: bool,
}

impl OverdueJson {
    pub fn new(overdue: &Overdue) -> Self {
        let kept = match overdue.outcome {
            Outcome::Kept(kept) => Some(kept),
            _ => None,
        };
        let until = kept.map(|kept| kept.until.to_rfc3339());
        Self {
            since: overdue.since.to_rfc3339(),
            outcome: match overdue.outcome {
                Outcome::Kept(_) => "kept-and-billed",
                Outcome::CallsStop => "calls-stop",
                Outcome::ServiceStops => "service-stops",
                Outcome::NotDocumented => "not-documented",
            },
            billed: kept.map(|kept| plain(kept.billed.amount)),
            in_total: kept.map(|kept| kept.in_total),
            // A deployment that is deleted earlier is not released.
            released: until
                .clone()
                .filter(|_| kept.is_some_and(|kept| !kept.deleted)),
            billed_until: until,
            overflow_stops: overdue.overflow_stops,
        }
    }
}
