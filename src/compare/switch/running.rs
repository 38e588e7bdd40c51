//! The prepaid term that runs today: what of it is left, and what ending it early gives back.

use chrono::{Days, Months, NaiveDate};
use rust_decimal::Decimal;

use super::OVERLAP_HOURS;
use crate::billing::early_end::EarlyEnd;
use crate::billing::error::QuoteError;
use crate::billing::exact;
use crate::billing::quote::Quote;
use crate::billing::renewal::TermLength;
use crate::billing::rule::Rule;
use crate::billing::term::Span;
use crate::billing::{dtu, mu, ptu};
use crate::compare::{Basis, CompareError, Request, Row};

/// A prepaid term that runs.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Running {
    /// Days of the term; months follow the calendar.
    pub days: u64,
    /// Days that are left of the term.
    pub left: u64,
    /// The day on which it began, whose prices were paid.
    pub began: NaiveDate,
}

/// The refund for a term that is ended early.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Refund {
    /// A known amount.
    Amount {
        /// At least 0; rounded at [`exact::QUOTIENT_DECIMALS`] if need be.
        amount: Decimal,
        /// The rule behind it.
        rule: Rule,
    },
    /// None: the term cannot be ended early.
    Refused(Rule),
    /// Not known: no document says.
    NotDocumented(Option<Rule>),
    /// Not known: the catalog has no price for the day on which the term began.
    NoPriceThen(NaiveDate),
}

impl Refund {
    /// The amount that is certain to come back; 0 where it is not known.
    #[must_use]
    pub fn amount(self) -> Decimal {
        match self {
            Self::Amount { amount, .. } => amount,
            Self::Refused(_) | Self::NotDocumented(_) | Self::NoPriceThen(_) => Decimal::ZERO,
        }
    }

    /// The refund without rules from documents of other providers.
    fn cited_by(self, provider: &str) -> Self {
        match self {
            Self::Amount { amount, rule } => Self::Amount {
                amount,
                rule: rule.cited_by(provider),
            },
            Self::Refused(rule) => Self::Refused(rule.cited_by(provider)),
            Self::NotDocumented(rule) => {
                Self::NotDocumented(rule.filter(|rule| rule.cited_by(provider) == *rule))
            }
            Self::NoPriceThen(day) => Self::NoPriceThen(day),
        }
    }

    /// The rule that says so, where there is one.
    #[must_use]
    pub fn rule(self) -> Option<Rule> {
        match self {
            Self::Amount { rule, .. } | Self::Refused(rule) => Some(rule),
            Self::NotDocumented(rule) => rule,
            Self::NoPriceThen(_) => None,
        }
    }
}

impl Running {
    /// The term of a way that is paid in advance: as long as what its row buys, and just begun unless
    /// it is said what is left of it from `today` on. `None` of a way that is paid as it is used.
    ///
    /// # Errors
    /// [`CompareError::EndsBeyondTerm`] when more is left than the term has.
    pub fn of(
        row: &Row,
        left: Option<u64>,
        today: NaiveDate,
    ) -> Result<Option<Self>, CompareError> {
        let term = match &row.basis {
            Basis::Ptu(request, prices) => match request.length {
                ptu::Length::Days(days) => Self::of_days(first_term(prices, days), left, today)?,
                ptu::Length::Months(months) => Self::of_months(months, left, today)?,
                // Each of them is a term of its own.
                ptu::Length::Fixed(one, _) => match one.renewed(1) {
                    Some(TermLength::Days(days, _)) => Self::of_days(days, left, today)?,
                    Some(TermLength::Months(months)) => Self::of_months(months, left, today)?,
                    None => return Ok(None),
                },
                ptu::Length::Hours { .. } => return Ok(None),
            },
            Basis::Mu { request, .. } => match request.length {
                mu::Length::Months { months, .. } => Self::of_months(months, left, today)?,
                mu::Length::Hours { .. } => return Ok(None),
            },
            Basis::Tokens {
                savings: Some((plan, _)),
                ..
            } => Self::of_months(plan.term_months, left, today)?,
            Basis::Tokens { savings: None, .. } => return Ok(None),
        };
        match term.left > term.days {
            true => Err(CompareError::EndsBeyondTerm {
                left: term.left,
                days: term.days,
            }),
            false => Ok(Some(term)),
        }
    }

    fn of_days(days: u64, left: Option<u64>, today: NaiveDate) -> Result<Self, QuoteError> {
        let left = left.unwrap_or(days);
        let began = today.checked_sub_days(Days::new(days.saturating_sub(left)));
        let began = began.ok_or(QuoteError::CalendarEnds)?;
        Ok(Self { days, left, began })
    }

    /// Months end on the day of the month on which they began.
    fn of_months(months: u32, left: Option<u64>, today: NaiveDate) -> Result<Self, QuoteError> {
        let months = Months::new(months);
        let ends = match left {
            None => today.checked_add_months(months),
            Some(left) => today.checked_add_days(Days::new(left)),
        };
        let ends = ends.ok_or(QuoteError::CalendarEnds)?;
        let began = match left {
            None => Some(today),
            Some(_) => ends.checked_sub_months(months),
        };
        let began = began.ok_or(QuoteError::CalendarEnds)?;
        let days = |from: NaiveDate| {
            u64::try_from(ends.signed_duration_since(from).num_days()).unwrap_or(0)
        };
        Ok(Self {
            days: days(began),
            left: days(today),
            began,
        })
    }

    /// How long the old and the new way are both up: not longer than what is left of the term, since
    /// who wants more has to pay for the old way again.
    ///
    /// # Errors
    /// [`CompareError::OverlapBeyondTerm`] when longer was asked for.
    pub fn overlap(&self, asked: Option<Span>) -> Result<Span, CompareError> {
        let left = Span::hours(24).times(self.left)?;
        match asked {
            Some(asked) if asked > left => Err(CompareError::OverlapBeyondTerm { left: self.left }),
            Some(asked) => Ok(asked),
            None => Ok(left.min(Span::hours(OVERLAP_HOURS))),
        }
    }

    /// What comes back when it is ended after the overlap, counted from now; in the currency in which
    /// ways are ranked.
    pub fn refund(
        &self,
        request: &Request,
        old: &Row,
        overlap: Span,
    ) -> Result<Refund, QuoteError> {
        let refund = self.back(request, old, overlap)?;
        Ok(refund.cited_by(&old.quote.model.provider))
    }

    /// The refund by the rules of the term's provider.
    fn back(&self, request: &Request, old: &Row, overlap: Span) -> Result<Refund, QuoteError> {
        let used = self.used(overlap)?;
        match &old.basis {
            Basis::Ptu(asked, prices) if prices.spec().is_some() => {
                let spec = prices.spec().unwrap_or_default();
                let bought = request.models.first().and_then(|model| {
                    let found = request.catalog.dtu_of(model, spec, self.began);
                    found.ok()
                });
                match bought {
                    Some(bought) => ended(request, old, asked, &bought, used),
                    None => Ok(Refund::NoPriceThen(self.began)),
                }
            }
            Basis::Ptu(asked, prices) => {
                let (ptu::Length::Days(days), Some(early_end)) =
                    (asked.length, prices.rules.early_end)
                else {
                    return Ok(Refund::NotDocumented(None));
                };
                let rule = match early_end {
                    EarlyEnd::Settled(rule) => rule,
                    EarlyEnd::Refused => return Ok(Refund::Refused(Rule::PtuNoEarlyEnd)),
                };
                let bought = request.models.first().and_then(|model| {
                    let catalog = request.catalog;
                    let (speed, mode) = (prices.speed(), prices.mode);
                    let found = catalog.reserved(model, speed, ptu::Period::Day, mode, self.began);
                    found.ok()
                });
                let Some(bought) = bought else {
                    return Ok(Refund::NoPriceThen(self.began));
                };
                let a_day = ptu::Request {
                    length: ptu::Length::Days(1),
                    served: None,
                    ..asked.clone()
                };
                let per_day = discounted(request, ptu::quote(&a_day, &bought)?)?.total;
                let paid = exact::mul(per_day, days.into())?;
                let (amount, _) = rule.refund(paid, per_day, used)?;
                Ok(Refund::Amount {
                    amount: old.converted(amount)?,
                    rule: match prices.speed() {
                        Some(_) => Rule::ReservationEarlyEnd,
                        None => Rule::PtuEarlyEnd,
                    },
                })
            }
            Basis::Mu {
                request: asked,
                prices,
                ..
            } => {
                let bought = request.models.first().and_then(|model| {
                    let (term, spec) = (asked.length.term(), Some(prices.spec));
                    let found = request.catalog.mu(model, term, spec, self.began).ok()?;
                    let mut found = found.into_iter();
                    found.find(|one| one.pd_separated == prices.pd_separated)
                });
                let Some(bought) = bought else {
                    return Ok(Refund::NoPriceThen(self.began));
                };
                cancelled(request, old, asked, &bought, used)
            }
            Basis::Tokens { .. } => Ok(Refund::NotDocumented(None)),
        }
    }

    /// What is used of it when it ends: what has run, and the overlap; never more than all of it.
    fn used(&self, overlap: Span) -> Result<Span, QuoteError> {
        let all = Span::hours(24).times(self.days)?;
        let run = Span::hours(24).times(self.days.saturating_sub(self.left))?;
        let used = exact::add(run.seconds(), overlap.seconds())?;
        if used >= all.seconds() {
            return Ok(all);
        }
        Ok(Span::of_seconds(exact::div_ceil(used, 1)?))
    }
}

/// The days of the term that runs: where a time is bought as several terms in turn, those of the first.
fn first_term(prices: &ptu::Prices, days: u64) -> u64 {
    let sale = prices.sale.as_ref().filter(|sale| sale.is_standard());
    let terms = sale.map(|sale| sale.rules.in_turn(days));
    terms
        .and_then(|terms| terms.first().map(|(first, _)| *first))
        .unwrap_or(days)
}

/// What comes back of dedicated throughput units whose term is ended early.
fn ended(
    request: &Request,
    old: &Row,
    asked: &ptu::Request,
    prices: &ptu::Prices,
    used: Span,
) -> Result<Refund, QuoteError> {
    // A day has begun with the order.
    let used = if used.is_zero() {
        Span::hours(24)
    } else {
        used
    };
    let asked = ptu::Request {
        served: None,
        ..asked.clone()
    };
    let quote = ptu::quote(&asked, prices)?;
    let quote = match dtu::ended(quote, &asked, prices, used) {
        Err(QuoteError::EarlyEndUnknown) => return Ok(Refund::NotDocumented(None)),
        quote => discounted(request, quote?)?,
    };
    Ok(match quote.cancellation {
        Some(cancellation) => Refund::Amount {
            amount: old.converted(cancellation.refund)?,
            rule: Rule::DtuEarlyEnd,
        },
        None => Refund::NotDocumented(None),
    })
}

/// What comes back of cancelled model units.
fn cancelled(
    request: &Request,
    old: &Row,
    asked: &mu::Request,
    prices: &mu::Prices,
    used: Span,
) -> Result<Refund, QuoteError> {
    let mu::Length::Months { months, .. } = asked.length else {
        return Ok(Refund::NotDocumented(None));
    };
    // A day has begun with the order.
    let used = if used.is_zero() {
        Span::hours(24)
    } else {
        used
    };
    let cancelled = mu::Request {
        length: mu::Length::Months {
            months,
            cancel_after: Some(used),
        },
        ..asked.clone()
    };
    let quote = match mu::quote(&cancelled, prices) {
        Err(QuoteError::CancellationUnknown) => return Ok(Refund::NotDocumented(None)),
        Err(QuoteError::CancelledLate { .. }) => {
            return Ok(Refund::NotDocumented(Some(Rule::MuCancelLater)));
        }
        quote => discounted(request, quote?)?,
    };
    Ok(match quote.cancellation {
        Some(cancellation) => Refund::Amount {
            amount: old.converted(cancellation.refund)?,
            rule: Rule::MuCancelFirstMonth,
        },
        None => Refund::NotDocumented(None),
    })
}

/// A quote with the discount on every charge.
pub(super) fn discounted(request: &Request, quote: Quote) -> Result<Quote, QuoteError> {
    match request.discount {
        Some(percent) => quote.discounted(percent),
        None => Ok(quote),
    }
}
