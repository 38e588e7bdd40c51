//! Why an option is not equivalent to the others, and what is assumed about it.

use super::Kind;
use crate::billing::capacity::{Capacity, SaidBy};
use rust_decimal::Decimal;

use crate::billing::early_end::{EarlyEnd, READ_SO};
use crate::billing::exact::plain;
use crate::billing::fx::Exchange;
use crate::billing::hours::Hours;
use crate::billing::money::Money;
use crate::billing::note::{HoursNote, Note, PageNote};
use crate::billing::number::{counted, grouped, spoken};
use crate::billing::ptu::{Fixed, Length};
use crate::billing::quote::Quote;
use crate::billing::rule::Rule;
use crate::billing::speed::Sale;
use crate::billing::term::months::DAYS_OF_A_MONTH;

/// Something that makes an option not equivalent to the others.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Caveat {
    /// Its price has left the page: it is the last known one.
    LeftPage(PageNote),
    /// The option is of another model than the first.
    OtherModel,
    /// The option is of the first model, and in another region.
    OtherRegion,
    /// A free quota or packages pay for a part of it.
    Funded {
        /// Whether a document says that each model has a free quota of its own.
        per_model: bool,
    },
    /// Whether it can be ended early, and what of it then counts.
    EarlyEnd {
        /// Whether the subscription can be ended early, and at what cost.
        rule: EarlyEnd,
        /// Whether a document of the provider says so, and not only a catalog file.
        documented: bool,
    },
    /// What ending a throughput reservation early settles.
    ReservationEnds(EarlyEnd),
    /// A throughput reservation for a time that is no term: several terms, one after the other.
    TermsInTurn {
        /// Days of the workload.
        days: u64,
        /// The first and longest term.
        first: u64,
    },
    /// Blocks of 8 hours, one an evening.
    BlockAnEvening {
        /// From this clock time on one is ordered.
        from: chrono::NaiveTime,
    },
    /// Ending it early costs more by the day.
    EndsEarlyAtAPrice,
    /// Dedicated throughput units can be ended early, and a used day then counts more often.
    DtuEarlyEnd(Decimal),
    /// What becomes of calls beyond dedicated throughput units is not documented.
    DtuBeyond,
    /// The user stated what one replica serves.
    Capacity(Capacity),
    /// The option is deployed and deleted each day.
    DeployedDaily {
        /// Whether a document says from when to when a deployment is billed.
        documented: bool,
    },
    /// Several options could be the one in use today; this one, the cheapest, is taken.
    AssumedCurrent {
        /// Number of options of this kind.
        of: usize,
        /// Which kind.
        kind: Kind,
    },
    /// A savings plan is bought for longer than it is compared.
    SavingsPlan {
        /// Months of the term.
        term_months: u32,
        /// The commitment a month.
        commitment: Money,
        /// What is committed by buying it.
        committed: Money,
        /// What the longest term would cost.
        longest: Option<Longest>,
    },
    /// Some calls of a trace do not fit the reservation and are billed as ordinary calls.
    Overflows {
        /// Number of such calls.
        calls: u64,
        /// Number of all calls.
        of: u64,
    },
    /// Some calls of a trace have more input than a reservation takes and are billed as ordinary
    /// calls.
    AboveMaxInput {
        /// Number of such calls.
        calls: u64,
        /// Number of all calls.
        of: u64,
    },
    /// Its price depends on the hour of the day, and the hours of its tokens are not known.
    SpreadOverDay {
        /// What all of these tokens would cost in the dearest hours.
        most: (Hours, Money),
        /// The same in the cheapest.
        least: (Hours, Money),
    },
    /// A reservation takes every call of a trace, where a smaller one may cost less.
    SizedToPeak,
    /// More time is paid for than is compared.
    PaidLonger {
        /// The time that is paid for.
        paid: Paid,
        /// The time that is compared, in minutes.
        minutes: u64,
    },
    /// Its prices are in another currency than those of the first model.
    Converted {
        /// The total in that currency.
        own: Money,
        /// The rate.
        exchange: Exchange,
    },
}

/// The savings plan of the longest term that costs least.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Longest {
    /// Months of the term.
    pub term_months: u32,
    /// The commitment a month.
    pub commitment: Money,
    /// The total of the option with it.
    pub total: Money,
}

/// Whole terms.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Paid {
    /// Hours.
    Hours(u64),
    /// Days.
    Days(u64),
    /// Months.
    Months(u32),
    /// Months of model units, of which a document says that they are whole.
    MonthsOfReplicas(u32),
    /// Terms of a fixed length.
    Terms(Fixed, u32),
}

const MINUTES_OF_AN_HOUR: u64 = 60;
const MINUTES_OF_A_DAY: u64 = 24 * 60;

impl Caveat {
    /// A caveat if tokens are spread over the day.
    pub(super) fn of_hours(quote: &Quote) -> Option<Self> {
        let all_in = quote.notes.iter().find_map(|note| match note.plain() {
            Note::Hours(HoursNote::Spread { all_in, .. }) => Some(all_in),
            _ => None,
        })?;
        let by_amount = |(_, money): &&(Hours, Money)| money.amount;
        Some(Self::SpreadOverDay {
            most: *all_in.iter().max_by_key(by_amount)?,
            least: *all_in.iter().min_by_key(by_amount)?,
        })
    }

    /// What is particular to a throughput reservation of standard speed for this time.
    pub(super) fn of_sale(sale: &Sale, length: Length) -> Option<Self> {
        if !sale.is_standard() {
            return None;
        }
        match length {
            Length::Days(days) if !sale.rules.sells(days) => {
                let (first, _) = *sale.rules.in_turn(days).first()?;
                Some(Self::TermsInTurn { days, first })
            }
            Length::Fixed(Fixed::Block, _) => {
                let from = sale.rules.block?.ordered_from;
                Some(Self::BlockAnEvening { from })
            }
            _ => None,
        }
    }

    /// A caveat if more time is paid for than is compared: a month is held to be longer than what has fewer than 30 days.
    pub(super) fn paid_longer(paid: Paid, minutes: u64) -> Option<Self> {
        let all = match paid {
            Paid::Hours(hours) => hours.saturating_mul(MINUTES_OF_AN_HOUR),
            Paid::Days(days) => days.saturating_mul(MINUTES_OF_A_DAY),
            Paid::Months(months) | Paid::MonthsOfReplicas(months) => u64::from(months)
                .saturating_mul(DAYS_OF_A_MONTH)
                .saturating_mul(MINUTES_OF_A_DAY),
            Paid::Terms(one, count) => one
                .hours()
                .saturating_mul(count.into())
                .saturating_mul(MINUTES_OF_AN_HOUR),
        };
        (all > minutes).then_some(Self::PaidLonger { paid, minutes })
    }

    /// Whether the option is of another model than the first, or of that in another region.
    pub(super) fn is_of_another(&self) -> bool {
        matches!(self, Self::OtherModel | Self::OtherRegion)
    }

    /// Whether more time is paid for than is compared.
    pub(super) fn is_of_longer(&self) -> bool {
        matches!(self, Self::PaidLonger { .. })
    }

    /// Whether it holds of every option of its kind, whatever the workload is.
    pub(crate) fn is_of_the_kind(&self) -> bool {
        matches!(
            self,
            Self::EarlyEnd { .. }
                | Self::ReservationEnds(_)
                | Self::EndsEarlyAtAPrice
                | Self::DtuEarlyEnd(_)
                | Self::DtuBeyond
        )
    }

    /// The rule behind it, where a document has one.
    #[must_use]
    pub fn rule(self) -> Option<Rule> {
        match self {
            Self::LeftPage(_)
            | Self::OtherModel
            | Self::OtherRegion
            | Self::Capacity(_)
            | Self::AssumedCurrent { .. }
            | Self::SizedToPeak => None,
            Self::SpreadOverDay { .. } => Some(Rule::TokensHours),
            Self::Overflows { .. } => Some(Rule::PtuOverflowMinute),
            Self::AboveMaxInput { .. } => Some(Rule::PtuMaxInput),
            Self::Converted { .. } => Some(Rule::Fx),
            Self::Funded { per_model } => per_model.then_some(Rule::FreePerModel),
            Self::EarlyEnd { rule, .. } => Some(rule.rule()),
            Self::ReservationEnds(_) => Some(Rule::ReservationEarlyEnd),
            Self::TermsInTurn { .. } => Some(Rule::ReservationTerms),
            Self::BlockAnEvening { .. } => Some(Rule::ReservationBlock),
            Self::SavingsPlan { .. } => Some(Rule::TokensSavingsTerm),
            Self::EndsEarlyAtAPrice => Some(Rule::MuCancelFirstMonth),
            Self::DtuEarlyEnd(_) => Some(Rule::DtuEarlyEnd),
            Self::DtuBeyond => Some(Rule::DtuBeyond),
            Self::DeployedDaily { documented } => documented.then_some(Rule::DeployWindow),
            Self::PaidLonger { paid, .. } => {
                matches!(paid, Paid::MonthsOfReplicas(_)).then_some(Rule::MuMonthly)
            }
        }
    }
}

impl std::fmt::Display for Caveat {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::LeftPage(note) => note.fmt(f),
            Self::OtherModel => f.write_str("another model: its answers are not the same"),
            Self::OtherRegion => f.write_str(
                "another region: how long calls take, and where data is kept, are not the same",
            ),
            Self::Funded { .. } => f.write_str(
                "the free quota and packages pay for this model's ordinary calls only; break-even points hold without them",
            ),
            Self::EarlyEnd { rule, documented } => {
                rule.fmt(f)?;
                match rule {
                    EarlyEnd::Settled(_) if *documented => f.write_str(READ_SO),
                    _ => Ok(()),
                }
            }
            Self::ReservationEnds(rule) => rule.fmt(f),
            Self::TermsInTurn { days, first } => write!(
                f,
                "{} are no term that is sold: terms are bought one after the other, that of {first} days first, and a day costs the same in each",
                counted(*days, "day")
            ),
            Self::BlockAnEvening { from } => write!(
                f,
                "one block an evening, which begins with an hour from {} to midnight (UTC+8) and lasts 8 hours: it serves only what comes in that time",
                from.format("%H:%M")
            ),
            Self::EndsEarlyAtAPrice => f.write_str(
                "ending it in the first month costs more by the day; later is not documented",
            ),
            Self::DtuEarlyEnd(factor) => write!(
                f,
                "a term that is ended early settles what was used {} times",
                plain(*factor)
            ),
            Self::DtuBeyond => f.write_str(
                "sized for the busiest minute: what becomes of calls beyond the units is not documented",
            ),
            Self::Capacity(capacity) => write!(
                f,
                "one replica is taken to serve {} / {} TPM, as {}",
                spoken(capacity.input_tpm),
                spoken(capacity.output_tpm),
                match capacity.said_by {
                    SaidBy::Person => "`--replica-capacity` says",
                    SaidBy::Catalog => "the catalog says",
                }
            ),
            Self::DeployedDaily { .. } => {
                f.write_str("deployed and deleted each day, and only up in the active hours")
            }
            Self::AssumedCurrent { of, kind } => write!(
                f,
                "taken as the current one, the cheapest of {of} `{}` options{}",
                kind.name(),
                match kind {
                    Kind::DtuMonthly => "",
                    _ => ": `--current-spec` names another",
                }
            ),
            Self::SavingsPlan {
                term_months,
                commitment,
                committed,
                longest,
            } => {
                write!(
                    f,
                    "{commitment} a month are committed for {}, {committed} in all, paid at the order and used or not: `--savings-plan {}` of `quote tokens` prices it",
                    counted((*term_months).into(), "month"),
                    plain(commitment.amount)
                )?;
                match longest {
                    None => Ok(()),
                    Some(Longest {
                        term_months,
                        commitment,
                        total,
                    }) => write!(
                        f,
                        "; for {} it would be {commitment} a month, and the total {total}",
                        counted((*term_months).into(), "month")
                    ),
                }
            }
            Self::Overflows { calls, of } => write!(
                f,
                "{} of {} {}",
                grouped((*calls).into(), 0),
                counted(*of, "call"),
                match calls {
                    1 => "does not fit the quota of its minute, and is billed as an ordinary one",
                    _ => "do not fit the quota of their minute, and are billed as ordinary ones",
                }
            ),
            Self::AboveMaxInput { calls, of } => write!(
                f,
                "{} of {} {} ordinary {}",
                grouped((*calls).into(), 0),
                counted(*of, "call"),
                match calls {
                    1 => "is above the maximum input, which no reservation takes, and is billed as an",
                    _ => "are above the maximum input, which no reservation takes, and are billed as",
                },
                if *calls == 1 { "one" } else { "ones" }
            ),
            Self::SpreadOverDay { most, least } => write!(
                f,
                "its price depends on the hour of the day (UTC+8), and its calls are spread evenly over it: at list price, all of them in {} cost {}, in {} {}",
                most.0, most.1, least.0, least.1
            ),
            Self::SizedToPeak => f.write_str(
                "reserved for the busiest minute: `--fit cheapest` weighs a smaller reservation against its overflow",
            ),
            Self::PaidLonger { paid, minutes } => {
                let covers = |count: u64, unit| {
                    let cover = if count == 1 { "covers" } else { "cover" };
                    format!("{} {cover}", counted(count, unit))
                };
                write!(
                    f,
                    "{} the {}{}",
                    match paid {
                        Paid::Hours(hours) => covers(*hours, "hour"),
                        Paid::Days(days) => covers(*days, "day"),
                        Paid::Months(months) | Paid::MonthsOfReplicas(months) =>
                            covers((*months).into(), "month"),
                        Paid::Terms(one, terms) => covers((*terms).into(), one.noun()),
                    },
                    compared(*minutes),
                    match minutes.checked_rem(MINUTES_OF_A_DAY) {
                        Some(0) => "",
                        _ => ": `--scale-to` states the cost for days",
                    }
                )
            }
            Self::Converted { own, exchange } => write!(
                f,
                "priced in {}: {}, converted at {}{}",
                own.currency,
                own.precise(),
                exchange.stated(),
                exchange.mark(own.amount)
            ),
        }
    }
}

/// The time that is compared: `7 days`, `58 minutes`.
#[must_use]
pub fn compared(minutes: u64) -> String {
    match (
        minutes.checked_div(MINUTES_OF_A_DAY),
        minutes.checked_rem(MINUTES_OF_A_DAY),
    ) {
        (Some(days), Some(0)) if days > 0 => counted(days, "day"),
        _ => counted(minutes, "minute"),
    }
}
