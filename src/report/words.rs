//! The phrases that tables and Markdown share.

use rust_decimal::Decimal;

use crate::billing::amount::Amount;
use crate::billing::exact;
use crate::billing::funding::FundingResult;
use crate::billing::load::OnOverflow;
use crate::billing::money::{Currency, Money};
use crate::billing::note::Note;
use crate::billing::number::{counted, grouped, spoken, whole};
use crate::billing::quote::{Cancellation, LineItem, Parameters, Quote, Source};
use crate::billing::speed::Speed;
use crate::billing::unit::{Quantity, Unit, UnitPrice};

/// Model, method, term and region: `Qwen3-8B · model unit MU1x2 · pay-as-you-go · cn-beijing`; of throughput its
/// size and time, `GPT-5.2 · 80 PTU · 1 month · subscription · global`; and of a trace that stands for more days,
/// what was taken how often.
pub fn headline(quote: &Quote) -> String {
    let method = match &quote.parameters {
        Parameters::Ptu {
            throughput, billed, ..
        } => {
            let (name, detail) = method(&quote.parameters);
            let size = throughput.to_string();
            match throughput.unit_name() == Some(name.as_str()) {
                true => format!("{} · {billed}", with(&size, detail)),
                false => format!("{} · {size} · {billed}", with(&name, detail)),
            }
        }
        other => bought_by(other),
    };
    joined(quote, method)
}

/// As [`headline`], without the size and the time.
pub fn way(quote: &Quote) -> String {
    joined(quote, bought_by(&quote.parameters))
}

fn joined(quote: &Quote, method: String) -> String {
    let mut parts = vec![
        quote.model.name.clone(),
        method,
        quote.term.name().to_owned(),
        quote.model.region.clone(),
    ];
    let scale = quote.recorded.as_ref().and_then(|trace| trace.scale);
    parts.extend(scale.map(|scale| format!("{} {}", scale.what(), scale.taken())));
    parts.join(" · ")
}

fn bought_by(parameters: &Parameters) -> String {
    let (name, detail) = method(parameters);
    with(&name, detail)
}

/// What is bought, and what of it where there are several.
fn method(parameters: &Parameters) -> (String, Option<&str>) {
    match parameters {
        Parameters::Ptu {
            mode,
            product,
            service,
            throughput,
            spec,
            ..
        } => {
            let own = product.or(service.map(Speed::product));
            let name = own.or(throughput.unit_name()).unwrap_or("PTU");
            let detail = mode.map(|mode| mode.name()).or(spec.as_deref());
            (name.to_owned(), detail)
        }
        Parameters::Mu {
            spec, pd_separated, ..
        } => (
            format!("model unit {spec}"),
            pd_separated.then_some("PD-separated"),
        ),
        Parameters::Tokens {
            rate,
            other_rate,
            mode,
            ..
        } => {
            let other = other_rate.map(|other| format!(" (or `--rate {}`)", other.name()));
            let which = format!("{} tokens{}", rate.name(), other.unwrap_or_default());
            (which, mode.map(|mode| mode.name()))
        }
    }
}

/// How many of the calls are refused: `528 of 1,000 calls a minute`, and of a trace `3 of 7 calls`.
pub fn refused(quote: &Quote) -> Option<String> {
    if let Some(trace) = &quote.recorded {
        let admitted = trace.reserved.as_ref()?;
        let calls = admitted.overflow.calls;
        let all = counted(trace.total.calls, "call");
        let is_refused = admitted.on_overflow == OnOverflow::Reject && calls > 0;
        return is_refused.then(|| format!("{} of {all}", whole(calls)));
    }
    quote.notes.iter().find_map(Note::refused)
}

fn with(name: &str, detail: Option<&str>) -> String {
    match detail {
        Some(detail) => format!("{name}, {detail}"),
        None => name.to_owned(),
    }
}

/// The message for a quote, the cheapest of `of`, that costs more than `limit`; `None` where it does
/// not. It has every digit: rounded, both sides of a limit can look the same.
#[must_use]
pub fn over_limit(quote: &Quote, of: usize, limit: Amount) -> Option<String> {
    (quote.total > limit.number).then(|| {
        let total = quote.total_money();
        let (limit, cost) = (limit.beside(total), total.precise());
        let which = match of {
            1 => headline(quote),
            _ => format!("{}, {},", cheapest_of(of), headline(quote)),
        };
        format!("the limit of {limit} is exceeded: {which} costs {cost}")
    })
}

/// Which of several quotes a limit applies to, and what that one costs.
pub fn held(quote: &Quote, of: usize, limit: Amount) -> String {
    format!(
        "{} is held against {}, {}: it costs {}",
        limit.beside(quote.total_money()),
        variant(&quote.parameters),
        cheapest_of(of),
        quote.total_money().precise()
    )
}

fn cheapest_of(of: usize) -> String {
    let of = u64::try_from(of).unwrap_or(u64::MAX);
    format!("the cheapest of {}", counted(of, "specification"))
}

/// The factors of a quantity: `100K TPM × 10 h`.
pub fn working(item: &LineItem) -> String {
    let factors: Vec<String> = item.factors.iter().map(quantity).collect();
    factors.join(" × ")
}

fn quantity(quantity: &Quantity) -> String {
    let is_reserved = matches!(quantity.unit, Unit::Tpm | Unit::Capacity);
    if quantity.value.is_sign_negative() && is_reserved {
        let value = exact::negate(quantity.value);
        return format!("-{}", self::quantity(&Quantity { value, ..*quantity }));
    }
    if let Unit::Money(currency) = quantity.unit {
        let amount = quantity.value;
        return Money { amount, currency }.to_string();
    }
    let Ok(count) = u64::try_from(quantity.value) else {
        let value = quantity.value.normalize();
        return format!("{} {}", grouped(value, value.scale()), quantity.unit.name());
    };
    match quantity.unit {
        Unit::Tpm => format!("{} TPM", spoken(count)),
        Unit::Hour => format!("{} h", grouped(Decimal::from(count), 0)),
        Unit::Minute => format!("{} min", grouped(Decimal::from(count), 0)),
        unit => counted(count, unit.name()),
    }
}

/// A price with what it is for: `¥28.80 per 10K TPM-hour`. A discount is a share: `-15%`.
pub fn unit_price(price: &UnitPrice, currency: Currency) -> String {
    if let Unit::Money(own) = price.unit
        && own == currency
    {
        if price.per != 1 {
            let of = price_of(price.per.into(), currency);
            return format!("{} per {of}", price_of(price.amount, currency));
        }
        let percent = exact::mul(price.amount, Decimal::ONE_HUNDRED).unwrap_or(price.amount);
        return format!("{}%", exact::plain(percent));
    }
    format!("{} {}", price_of(price.amount, currency), price.basis())
}

/// A large increase in percent as a multiple: 1,100 percent more are `12 ×`.
pub fn times(percent: Decimal) -> String {
    let hundredths = exact::add(percent, Decimal::ONE_HUNDRED).unwrap_or(percent);
    let times = exact::div(hundredths, 100).map_or(hundredths, |times| times.value);
    let places = if times < Decimal::ONE_HUNDRED { 1 } else { 0 };
    let strategy = rust_decimal::RoundingStrategy::MidpointAwayFromZero;
    let shown = times.round_dp_with_strategy(places, strategy).normalize();
    format!("{} ×", grouped(shown, shown.scale()))
}

/// A price with every digit.
pub fn price_of(amount: Decimal, currency: Currency) -> String {
    Money { amount, currency }.precise()
}

/// The billing modes, the state at the end where there are states, and how many tokens each way pays for:
/// `Free Trial, Pay-as-you-go; Running; 700,000 tokens offset, 300,000 billed`.
pub fn funding(result: &FundingResult) -> String {
    let mut text = result.modes.join(", ");
    if let Some(status) = result.status {
        text.push_str(&format!("; {}", status.name()));
    }
    let parts: Vec<String> = [
        (result.offset, "offset"),
        (result.billed, "billed"),
        (result.unserved, "not served"),
    ]
    .into_iter()
    .filter(|(count, _)| *count > 0)
    .enumerate()
    .map(|(at, (count, what))| match at {
        0 => format!("{} {what}", counted(count, "token")),
        _ => format!("{} {what}", grouped(count.into(), 0)),
    })
    .collect();
    if !parts.is_empty() {
        text.push_str(&format!("; {}", parts.join(", ")));
    }
    text
}

/// Where rounding shows: lines that do not add up to the total below them.
pub fn rounding(quote: &Quote) -> Option<String> {
    let shown = |amount| {
        let currency = quote.currency;
        Money { amount, currency }.shown()
    };
    let lines = exact::sum(quote.items.iter().map(|item| shown(item.amount)));
    (lines != Ok(shown(quote.total))).then(|| {
        format!(
            "Amounts are shown rounded and do not add up as shown: the total is {}",
            quote.total_money().precise()
        )
    })
}

/// The amounts of an early cancellation, with every digit where rounded amounts would not add up.
pub fn cancelled(cancelled: &Cancellation, currency: Currency) -> String {
    let [paid, charged, refund] = [cancelled.paid, cancelled.charged, cancelled.refund]
        .map(|amount| Money { amount, currency });
    let adds_up = exact::add(charged.shown(), refund.shown()) == Ok(paid.shown());
    let [paid, charged, refund] = [paid, charged, refund].map(|money| match adds_up {
        true => money.to_string(),
        false => money.precise(),
    });
    format!("Paid {paid}, charged {charged}, refunded {refund}")
}

/// The variant within a model and method: the specification, the mode or the rate.
pub fn variant(parameters: &Parameters) -> String {
    match parameters {
        Parameters::Ptu {
            mode,
            service,
            spec,
            ..
        } => {
            let parts = [
                service.map(Speed::product),
                mode.map(|mode| mode.name()),
                spec.as_deref(),
            ];
            let parts: Vec<&str> = parts.into_iter().flatten().collect();
            parts.join(", ")
        }
        Parameters::Mu {
            spec, pd_separated, ..
        } => {
            let suffix = if *pd_separated { " PD-separated" } else { "" };
            format!("{spec}{suffix}")
        }
        Parameters::Tokens { rate, mode, .. } => match mode {
            Some(mode) => format!("{} {}", rate.name(), mode.name()),
            None => rate.name().to_owned(),
        },
    }
}

/// The notes on the age of prices: of each kind the one that is farthest off, as it holds for the
/// others too; that a price has no day; and days on which it is not known whether they held.
pub fn ages<'a>(notes: impl Iterator<Item = &'a Note>) -> Vec<String> {
    let (mut oldest, mut undated, mut latest) = (None, None, None);
    let mut of_pages: Vec<&Note> = Vec::new();
    for note in notes {
        match note {
            Note::Page(_) if note.left_page().is_none() && !of_pages.contains(&note) => {
                of_pages.push(note);
            }
            Note::OldPrices { seen, .. } if oldest.is_none_or(|(known, _)| *seen < known) => {
                oldest = Some((*seen, note));
            }
            Note::UndatedPrices => undated = Some(note),
            Note::BeforeEvidence { first, .. }
                if latest.is_none_or(|(known, _)| *first > known) =>
            {
                latest = Some((*first, note));
            }
            _ => {}
        }
    }
    let [oldest, latest] = [oldest, latest].map(|found| found.map(|(_, note)| note));
    let said = [oldest, undated, latest].into_iter().flatten();
    said.chain(of_pages).map(ToString::to_string).collect()
}

/// A change in percent as one says it: `+50%`, `-12.5%`; empty where there is none.
pub fn percent_of_change(percent: Option<Decimal>) -> String {
    let Some(percent) = percent else {
        return String::new();
    };
    let rounded = exact::round2_or_more(percent).normalize();
    let sign = if rounded.is_sign_negative() { "" } else { "+" };
    format!("{sign}{}%", grouped(rounded, rounded.scale()))
}

/// The source of a price: document, section, the newest edition that has it, and when it was
/// transcribed.
pub fn source(source: &Source) -> String {
    let mut text = format!("{}: {}", source.document, source.section);
    if let Some(from) = source.from {
        text.push_str(&format!(", in force from {from}"));
    }
    if let Some(came) = source.came().filter(|came| came.after.is_some()) {
        text.push_str(&format!(", came {came}"));
    }
    if let Some(seen) = source.seen {
        text.push_str(&format!(", seen {seen}"));
    }
    if let Some(until) = source.until {
        text.push_str(&format!(", gone {until}"));
    }
    if let Some(transcribed) = source.transcribed {
        text.push_str(&format!(", transcribed {transcribed}"));
    }
    text
}
