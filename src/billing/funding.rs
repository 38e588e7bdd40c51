//! Who pays for tokens: the free quota first, then packages, then money, or nobody.
//!
//! Usage is one row of tokens, from the first to the last. Each source takes the next stretch of it,
//! as far as it reaches and no later than it is valid; what is left is billed or not served. Of a
//! stretch, input and output are in proportion to all of the usage (`free.mix`), counted from the
//! beginning so that the parts always add up. What is of a cache is not in that row.

use chrono::NaiveDate;
use rust_decimal::Decimal;

use super::error::QuoteError;
use super::free::{Documented, FreeRules};
use super::kind::{TokenKind, Tokens};
use super::pace::Pace;
use super::service::{Service, Status};
use super::term::Span;

/// A free quota of one model.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FreeQuota {
    /// Tokens of the whole quota.
    pub total: u64,
    /// What each user of the account has used of it.
    pub used: Vec<u64>,
    /// The last day on which it is valid.
    pub expires: Option<NaiveDate>,
    /// The day of its activation, where the last day follows from it.
    pub activated: Option<NaiveDate>,
}

impl FreeQuota {
    /// What is left of it: nothing where calls under way took more than there was.
    #[must_use]
    pub fn left(&self) -> u64 {
        let used = self.used.iter().fold(0_u64, |a, b| a.saturating_add(*b));
        self.total.saturating_sub(used)
    }
}

/// Tokens that were bought before.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Package {
    /// Tokens that are left of it.
    pub tokens: u64,
    /// The last day on which it is valid.
    pub expires: Option<NaiveDate>,
}

/// What pays for tokens.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Funding {
    /// The free quota, where there is one.
    pub free: Option<FreeQuota>,
    /// Token packages.
    pub packages: Vec<Package>,
    /// What all packages cost together, where that belongs to the quote.
    pub package_price: Option<Decimal>,
    /// Whether tokens beyond are billed.
    pub postpaid: bool,
    /// Whether the free quota is said to pay for what exceeds a reservation.
    pub covers_overflow: bool,
    /// The first day of the usage.
    pub on: NaiveDate,
    /// What the provider documents of its free quota, where it does.
    pub documented: Option<Box<Documented>>,
}

impl Funding {
    /// What holds of the free quota on the day of the prices, where the provider documents it.
    #[must_use]
    pub fn rules(&self) -> Option<&FreeRules> {
        self.documented.as_deref()?.rules.as_ref()
    }

    /// Funding by money alone.
    #[must_use]
    pub fn postpaid(on: NaiveDate) -> Self {
        Self {
            free: None,
            packages: Vec::new(),
            package_price: None,
            postpaid: true,
            covers_overflow: false,
            on,
            documented: None,
        }
    }
}

/// What funds a quote, and what is known of the service and of the time.
#[derive(Debug, Clone, Copy)]
pub struct Terms<'a> {
    /// What pays for the tokens, where a person says so.
    pub funding: Option<&'a Funding>,
    /// What the provider documents of its services, where it does.
    pub service: Option<&'a Service>,
    /// When tokens are used, where that is known.
    pub pace: Option<Pace>,
    /// The first day of the usage.
    pub on: NaiveDate,
}

/// Who paid for the tokens of a quote.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FundingResult {
    /// The billing modes that the usage goes through, in their order, in the provider's words.
    pub modes: Vec<String>,
    /// The state of the service at the end, where its provider documents states.
    pub status: Option<Status>,
    /// Tokens that the free quota and packages pay for.
    pub offset: u64,
    /// Tokens that are billed.
    pub billed: u64,
    /// Tokens that nobody pays for, and that are therefore not served.
    pub unserved: u64,
    /// After how long the free quota and the packages are used up or expired; `None` where they
    /// last, or where it is not known when tokens are used.
    pub exhausted_after: Option<Span>,
    /// The cost of a day from then on, where tokens are then billed.
    pub per_day_after: Option<Decimal>,
}

/// The kinds of sources that pay for tokens.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    /// The free quota.
    Free,
    /// A package.
    Package,
}

/// The stretch of the usage that a source pays for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Stretch {
    /// The kind of source that pays.
    pub kind: Kind,
    /// The last day on which it is valid.
    pub expires: Option<NaiveDate>,
    /// Tokens used before it.
    pub from: u64,
    /// Tokens used when it ends.
    pub to: u64,
    /// Tokens that the source still has then.
    pub left: u64,
    /// Whether it expires before the usage ends, with tokens left.
    pub lapses: bool,
}

/// Gives every usable source its stretch of `used` tokens. The free quota is out where `free` is
/// false; what expired before the first day is out too.
///
/// # Errors
/// [`QuoteError::TooLarge`] when a product does not fit.
pub fn stretches(
    funding: &Funding,
    free: bool,
    used: u64,
    pace: Option<Pace>,
) -> Result<Vec<Stretch>, QuoteError> {
    let quota = funding.free.iter().filter(|_| free);
    let quota = quota.map(|quota| (Kind::Free, quota.left(), quota.expires));
    let mut packages = funding.packages.clone();
    // Stable: of the same day, in the order in which they are given. Without a day, last.
    packages.sort_by_key(|package| package.expires.unwrap_or(NaiveDate::MAX));
    let packages = packages
        .iter()
        .map(|package| (Kind::Package, package.tokens, package.expires));
    let mut at = 0_u64;
    let mut stretches = Vec::new();
    for (kind, tokens, expires) in quota.chain(packages) {
        if expires.is_some_and(|expires| expires < funding.on) {
            continue;
        }
        let reach = match (pace, expires) {
            (Some(pace), Some(expires)) => pace.used_by(expires, funding.on, used)?,
            _ => used,
        };
        let wanted = at.saturating_add(tokens).min(used);
        let to = wanted.min(reach).max(at);
        let taken = to.saturating_sub(at);
        stretches.push(Stretch {
            kind,
            expires,
            from: at,
            to,
            left: tokens.saturating_sub(taken),
            lapses: reach < used && tokens > taken,
        });
        at = to;
    }
    Ok(stretches)
}

/// The tokens of a usage. Sources pay for all of them but those of a cache (`free.scope`), which are paid for
/// in money; a part of the usage has its share of these.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Usage(pub Tokens);

impl Usage {
    /// The tokens that sources can pay for.
    ///
    /// # Errors
    /// [`QuoteError::TooLarge`] when the sum does not fit.
    pub fn total(self) -> Result<u64, QuoteError> {
        let input = self.0.of(TokenKind::Input);
        input.checked_add(self.0.output).ok_or(QuoteError::TooLarge)
    }

    /// All tokens.
    ///
    /// # Errors
    /// [`QuoteError::TooLarge`] when the sum does not fit.
    pub fn all(self) -> Result<u64, QuoteError> {
        let all = self.0.input.checked_add(self.0.output);
        all.ok_or(QuoteError::TooLarge)
    }

    /// The tokens of the first calls, of which sources can pay for `count`. Of a cache, a started token
    /// counts whole.
    ///
    /// # Errors
    /// [`QuoteError::TooLarge`] when the total does not fit.
    pub fn first(self, count: u64) -> Result<Tokens, QuoteError> {
        let total = self.total()?;
        let share = |tokens: u64, round_up: bool| {
            let total = u128::from(total);
            // Two numbers of 64 bits: the product fits.
            let product = u128::from(count).saturating_mul(u128::from(tokens));
            let part = match round_up {
                true => product.checked_add(total.saturating_sub(1)),
                false => Some(product),
            };
            let part = part.and_then(|part| part.checked_div(total));
            part.and_then(|part| u64::try_from(part).ok()).unwrap_or(0)
        };
        let input = share(self.0.of(TokenKind::Input), false);
        let of_kind = |kind| match kind {
            TokenKind::Input => input,
            TokenKind::Output => count.saturating_sub(input),
            TokenKind::Cached | TokenKind::CacheWrite => share(self.0.of(kind), true),
        };
        Ok(Tokens::of_kinds(of_kind)?)
    }

    /// The tokens between two counts of those that sources can pay for.
    ///
    /// # Errors
    /// [`QuoteError::TooLarge`] when the total does not fit.
    pub fn between(self, from: u64, to: u64) -> Result<Tokens, QuoteError> {
        Ok(self.first(to)?.without(self.first(from)?))
    }
}
