//! From a model, a term, a mode and a date to the prices that a billing method takes.

use chrono::NaiveDate;

use super::lines::{MissingPrice, Wanted, longer_calls};
use super::lookup_error::LookupError;
use super::model::{Dated, DtuRow, Model, MuRow, Offer, Provider, PtuSide, TokenRow, in_force};
use super::{Catalog, Change};
use crate::billing::early_end::EarlyEnd;
use crate::billing::error::QuoteError;
use crate::billing::mode::Mode;
use crate::billing::ptu::{Fixed, Period};
use crate::billing::quote::{Method, ModelRef, Rate};
use crate::billing::spec::Spec;
use crate::billing::speed::{Sale, SaleRules, Speed};
use crate::billing::term::Term;
use crate::billing::tokens::{self, Band};
use crate::billing::units::{self, Sold, UnitName};
use crate::billing::{mu, ptu};

impl Catalog {
    /// The model as quotes at the prices of a day name it.
    ///
    /// # Errors
    /// None for a model of this catalog.
    pub fn model_ref(&self, model: &Model, as_of: NaiveDate) -> Result<ModelRef, LookupError> {
        let provider = self.provider(model)?;
        let region = self.region_of(model);
        Ok(ModelRef {
            code: model.code.clone(),
            name: model.name.clone(),
            provider: provider.id.clone(),
            region: region.id,
            region_name: region.name,
            only_there: self.only_there(model, as_of),
        })
    }

    /// Who sells it.
    ///
    /// # Errors
    /// None for a model of this catalog.
    pub fn provider(&self, model: &Model) -> Result<&Provider, LookupError> {
        self.providers
            .iter()
            .find(|provider| provider.id == model.provider)
            .ok_or_else(|| unknown(model))
    }

    /// What user files changed about one model.
    pub fn changes_of<'a>(&'a self, model: &'a Model) -> impl Iterator<Item = &'a Change> {
        self.changes()
            .iter()
            .filter(|change| change.model == model.code && change.region == model.region)
    }

    /// The PTU prices of `model` for a period, in force on `as_of`. Without a mode the first is meant.
    ///
    /// # Errors
    /// [`LookupError`] when it is not sold so, not yet, or not in this mode.
    pub fn ptu(
        &self,
        model: &Model,
        period: Period,
        mode: Option<Mode>,
        as_of: NaiveDate,
    ) -> Result<ptu::Prices, LookupError> {
        self.reserved(model, None, period, mode, as_of)
    }

    /// The same of a throughput reservation, or without `speed` of provisioned throughput.
    ///
    /// # Errors
    /// [`LookupError`] when it is not sold so, not yet, or not in this mode.
    pub fn reserved(
        &self,
        model: &Model,
        speed: Option<Speed>,
        period: Period,
        mode: Option<Mode>,
        as_of: NaiveDate,
    ) -> Result<ptu::Prices, LookupError> {
        let provider = self.provider(model)?;
        let row = match speed {
            None => dated(model, &model.ptu, as_of, BY_THROUGHPUT)
                .map_err(|error| missing(provider, model, error, Wanted::Units(period)))?,
            Some(Speed::Standard) => dated(model, &model.reservation, as_of, AT_STANDARD_SPEED)?,
            Some(Speed::High) => {
                let Some(sale) = &provider.sale else {
                    return Err(not_sold(model, as_of, AT_HIGH_SPEED));
                };
                if let Some(first) = sale.known_from.filter(|first| *first > as_of) {
                    return Err(LookupError::NotYet {
                        model: model.code.clone(),
                        as_of,
                        first,
                        after: None,
                    });
                }
                let row = dated(model, &model.ptu, as_of, AT_HIGH_SPEED)?;
                if row.not_at_high_speed {
                    return Err(not_sold(model, as_of, AT_HIGH_SPEED));
                }
                row
            }
        };
        let by_side = matches!(row.offer, Offer::Sides { .. });
        if speed.is_some() && !by_side {
            return Err(not_sold(model, as_of, AT_HIGH_SPEED));
        }
        // Of a provider without rules nothing is documented but its prices.
        let rules = provider.ptu.unwrap_or_default();
        let early_end = in_force(&provider.early_ends, as_of).map(|row| row.rule);
        let restored = provider.overdue_restored_from;
        let rules = ptu::Rules {
            early_end,
            refusal: provider.refusal(as_of),
            increment: row.offer.terms().increment.or(rules.increment),
            overdue_restored: restored.is_some_and(|from| from <= as_of),
            ..rules
        };
        let sale = sale_of(provider, speed, as_of).filter(|_| by_side);
        let rules = match &sale {
            Some(sale) if speed.is_some() => sold_apart(&sale.rules, rules),
            _ => rules,
        };
        let modes = row.offer.modes();
        let priced = chosen_mode(model, mode, mode.map(Mode::for_ptu), &modes)?;
        let units = sold(&row.offer, period, priced, &rules, sale.as_ref()).ok_or_else(|| {
            let mut all = Period::ALL.into_iter();
            let is_sold =
                |other: &Period| sold(&row.offer, *other, priced, &rules, sale.as_ref()).is_some();
            LookupError::NotSold {
                model: model.code.clone(),
                how: match (speed, period) {
                    (Some(Speed::Standard), Period::Hour) => NOT_PAY_AS_YOU_GO,
                    _ => by_the(period),
                },
                sold: all.by_ref().filter(is_sold).map(by_the).collect(),
            }
        })?;
        Ok(ptu::Prices {
            units,
            meters: row.meters.clone(),
            mode: priced,
            max_input: row.max_input,
            or_max_input: row.or_max_input,
            rules,
            currency: provider.currency,
            source: row.source.clone(),
            standard: self.overflow_prices(model, priced, as_of),
            reservation: provider.service.as_ref().and_then(|one| one.reservation),
            sale,
            says: provider.says_in(&model.region),
            sizing: row.sizing.clone(),
        })
    }

    /// That a reservation does not say for how long it is, with the terms for which it is sold on `as_of`.
    ///
    /// # Errors
    /// [`LookupError`] when it is sold for none.
    pub fn term_needed(
        &self,
        model: &Model,
        speed: Option<Speed>,
        as_of: NaiveDate,
    ) -> Result<LookupError, LookupError> {
        let reserved = |period| self.reserved(model, speed, period, None, as_of);
        let sold = Period::ALL.into_iter();
        let sold = sold.filter(|period| reserved(*period).is_ok());
        let sold: Vec<&str> = sold.map(by_the).collect();
        if sold.is_empty() {
            reserved(Period::Hour)?;
        }
        Ok(LookupError::TermNeeded {
            model: model.code.clone(),
            sold,
        })
    }

    /// What calls beyond a reservation cost: the standard price in the token mode that the PTU mode
    /// is called by another edition of the page (`ptu.modes`). `None` where none is published.
    pub fn overflow_prices(
        &self,
        model: &Model,
        mode: Option<Mode>,
        as_of: NaiveDate,
    ) -> Option<tokens::Prices> {
        let row = in_force(&model.standard, as_of)?;
        let meant = mode.map(Mode::for_tokens);
        let asked = row.modes().contains(&meant).then_some(meant).flatten();
        // A model that prices no mode apart has one price for all of them.
        let known = asked == meant || row.modes().contains(&None);
        let prices = self.tokens(model, Some(Rate::Standard), asked, false, as_of);
        prices.ok().filter(|_| known)
    }

    /// Calls beyond the last tier, or beyond a reservation, as a price that is missing, where the catalog has a part of
    /// what the provider sells; the error itself where not.
    ///
    /// # Errors
    /// The error itself.
    pub fn missing_calls(
        &self,
        model: &Model,
        rate: Rate,
        as_of: NaiveDate,
        error: QuoteError,
    ) -> Result<LookupError, QuoteError> {
        let provider = self.provider(model).ok().filter(|known| known.is_partial);
        let Some(provider) = provider else {
            return Err(error);
        };
        match (token_row(model, Some(rate), as_of), &error) {
            (Ok(row), _) if error.last_tier().is_some() => Ok(LookupError::LongerCalls {
                lines: longer_calls(&provider.id, &model.region, &model.code, row),
                why: error,
            }),
            (Err(LookupError::NotSold { .. }), QuoteError::NoStandardPrice) => {
                Ok(LookupError::Overflow(Box::new(MissingPrice {
                    provider: provider.id.clone(),
                    region: model.region.clone(),
                    region_name: None,
                    code: model.code.clone(),
                    wanted: Wanted::Tokens,
                })))
            }
            _ => Err(error),
        }
    }

    /// The model unit prices of `model` for a term, in force on `as_of`: of one specification, or
    /// of all in catalog order.
    ///
    /// # Errors
    /// [`LookupError`] when it is not sold so, not yet, or not with this specification.
    pub fn mu(
        &self,
        model: &Model,
        term: Term,
        spec: Option<Spec>,
        as_of: NaiveDate,
    ) -> Result<Vec<mu::Prices>, LookupError> {
        let provider = self.provider(model)?;
        let how = "in model units (`quote mu`)";
        let rules = provider.mu.unwrap_or_default();
        // The document sells them for every model that can be fine-tuned, and prices some.
        if model.mu.is_empty() && in_force(&model.fine_tuned, as_of).is_some() {
            return Err(LookupError::UnitsWithoutPrice {
                model: model.code.clone(),
            });
        }
        dated(model, &model.mu, as_of, how)?;
        let rows = model.mu_in_force(as_of);
        let wanted: Vec<&MuRow> = rows
            .iter()
            .copied()
            .filter(|row| spec.is_none_or(|spec| spec == row.spec))
            .collect();
        if let (Some(spec), true) = (spec, wanted.is_empty()) {
            return Err(LookupError::NoSpec {
                model: model.code.clone(),
                asked: spec.to_string(),
                has: rows.iter().map(|row| row.spec.to_string()).collect(),
            });
        }
        let prices: Vec<mu::Prices> = wanted
            .iter()
            .filter_map(|row| {
                let price = match term {
                    Term::PayAsYouGo => row.hour,
                    Term::Subscription => row.month,
                }?;
                Some(mu::Prices {
                    spec: row.spec,
                    count_given: row.count_given,
                    pd_separated: row.pd_separated,
                    price,
                    rules,
                    currency: provider.currency,
                    source: row.source.clone(),
                })
            })
            .collect();
        if prices.is_empty() {
            return Err(match term {
                Term::PayAsYouGo => other_term(model, BY_THE_HOUR, BY_THE_MONTH),
                Term::Subscription => other_term(model, BY_THE_MONTH, BY_THE_HOUR),
            });
        }
        Ok(prices)
    }

    /// The prices of dedicated throughput units of `model` in force on `as_of`: of one specification, or of all in
    /// catalog order. Case does not count in a specification.
    ///
    /// # Errors
    /// [`LookupError`] when it is not sold so, not yet, or not with this specification.
    pub fn dtu(
        &self,
        model: &Model,
        spec: Option<&str>,
        as_of: NaiveDate,
    ) -> Result<Vec<ptu::Prices>, LookupError> {
        let provider = self.provider(model)?;
        dated(model, &model.dtu, as_of, IN_DTU)?;
        let rows = model.dtu_in_force(as_of);
        let wanted = |row: &&&DtuRow| spec.is_none_or(|spec| row.spec.eq_ignore_ascii_case(spec));
        let found: Vec<ptu::Prices> = rows
            .iter()
            .filter(wanted)
            .filter_map(|row| dedicated(row, provider))
            .collect();
        match (spec, found.is_empty()) {
            (Some(asked), true) => Err(LookupError::NoSpec {
                model: model.code.clone(),
                asked: asked.to_owned(),
                has: rows.iter().map(|row| row.spec.clone()).collect(),
            }),
            _ => Ok(found),
        }
    }

    /// The prices of dedicated throughput units of one specification: see [`Catalog::dtu`].
    ///
    /// # Errors
    /// [`LookupError`] when it is not sold so, not yet, or not with this specification.
    pub fn dtu_of(
        &self,
        model: &Model,
        spec: &str,
        as_of: NaiveDate,
    ) -> Result<ptu::Prices, LookupError> {
        let mut found = self.dtu(model, Some(spec), as_of)?.into_iter();
        found.next().ok_or_else(|| not_sold(model, as_of, IN_DTU))
    }

    /// The token prices of `model` in force on `as_of`. Without a rate, fine-tuned where the model
    /// has them; without a mode, the first.
    ///
    /// # Errors
    /// [`LookupError`] when it is not sold so, not yet, not in this mode, or not in batches.
    pub fn tokens(
        &self,
        model: &Model,
        rate: Option<Rate>,
        mode: Option<Mode>,
        batch: bool,
        as_of: NaiveDate,
    ) -> Result<tokens::Prices, LookupError> {
        let provider = self.provider(model)?;
        let (rate, row) = match rate {
            Some(Rate::FineTuned) => token_row(model, rate, as_of)?,
            _ => token_row(model, rate, as_of)
                .map_err(|error| missing(provider, model, error, Wanted::Tokens))?,
        };
        let share = provider.batch.filter(|_| rate == Rate::Standard);
        let share = share.filter(|_| !row.not_in_batches);
        if batch && share.is_none() {
            return Err(LookupError::NoBatch {
                model: model.code.clone(),
                standard: provider.batch.is_some()
                    && rate == Rate::FineTuned
                    && !model.standard.is_empty(),
            });
        }
        let priced = chosen_mode(model, mode, mode, &row.modes())?;
        let mut bands: Vec<Band> = Vec::new();
        for one in row.tiers.iter().filter(|tier| tier.mode == priced) {
            match bands.iter_mut().find(|band| band.hours == one.hours) {
                Some(band) => band.tiers.push(one.tier.clone()),
                None => bands.push(Band {
                    hours: one.hours,
                    tiers: vec![one.tier.clone()],
                }),
            }
        }
        // Hours that cost the same are not told apart.
        if let Some((first, others)) = bands.split_first_mut()
            && !others.is_empty()
            && others.iter().all(|other| other.tiers == first.tiers)
        {
            first.hours = None;
            bands.truncate(1);
        }
        Ok(tokens::Prices {
            rate,
            mode: priced,
            bands,
            batch: share.filter(|_| batch),
            batch_unmarked: batch && row.batch_unmarked,
            batch_with_cache: provider.batch_with_cache,
            currency: provider.currency,
            source: row.source.clone(),
            cache_source: row.cache_source.clone(),
            limited_offer: row.limited_offer,
        })
    }
}

/// In dedicated throughput units.
pub const IN_DTU: &str = "in dedicated throughput units (`quote dtu`)";

/// The prices of a row of dedicated throughput units. Nothing is known of calls beyond them.
fn dedicated(row: &DtuRow, provider: &Provider) -> Option<ptu::Prices> {
    let rules = ptu::Rules {
        dedicated: provider.dtu.unwrap_or_default(),
        ..ptu::Rules::default()
    };
    let mut units = sold(&row.row.offer, Period::Month, None, &rules, None)?;
    for unit in &mut units {
        unit.name = UnitName::Dedicated(row.spec.clone());
    }
    Some(ptu::Prices {
        units,
        meters: row.row.meters.clone(),
        mode: None,
        max_input: row.row.max_input,
        or_max_input: row.row.or_max_input,
        rules,
        currency: provider.currency,
        source: row.row.source.clone(),
        standard: None,
        reservation: None,
        sale: None,
        says: Vec::new(),
        sizing: None,
    })
}

/// What an offer sells for a period, in a mode; `None` where it does not.
fn sold(
    offer: &Offer,
    period: Period,
    mode: Option<Mode>,
    rules: &ptu::Rules,
    sale: Option<&Sale>,
) -> Option<Vec<Sold>> {
    match offer {
        Offer::Sides { input, output } => {
            let (_, output) = output.iter().find(|(known, _)| *known == mode)?;
            let standard = sale.filter(|sale| sale.is_standard());
            let price = |side: &PtuSide| match standard {
                Some(standard) => side.reserved(period, &standard.rules),
                None => side.price(period),
            };
            let mut sides = units::sides(
                (price(input)?, rules.input_step),
                (price(output)?, rules.output_step),
            );
            if let Some(standard) = standard {
                for (side, smallest) in sides.iter_mut().zip(standard.rules.smallest) {
                    side.smallest = smallest;
                }
            }
            Some(sides)
        }
        Offer::Unit(unit) => Some(vec![Sold {
            name: UnitName::Named(unit.name.clone()),
            adds: unit.adds,
            smallest: unit.smallest,
            step: unit.step,
            steps_unknown: unit.steps_unknown,
            price: unit.prices.price(period)?,
        }]),
    }
}

/// What is known of throughput reservations on a day: of one that is bought always, and beside provisioned
/// throughput once the page is known.
fn sale_of(provider: &Provider, speed: Option<Speed>, as_of: NaiveDate) -> Option<Sale> {
    let rules = provider.sale.clone();
    let rules = match speed {
        Some(_) => Some(rules.unwrap_or_default()),
        None => rules.filter(|rules| rules.known_from.is_some_and(|from| from <= as_of)),
    };
    rules.map(|rules| Sale { speed, rules })
}

/// The rules of throughput with those of a reservation in their place, where its page has its own.
fn sold_apart(sale: &SaleRules, rules: ptu::Rules) -> ptu::Rules {
    ptu::Rules {
        increment: sale.increment,
        expiry: sale.expiry,
        early_end: sale.settlement.map(EarlyEnd::Settled),
        ..rules
    }
}

fn token_row(
    model: &Model,
    rate: Option<Rate>,
    as_of: NaiveDate,
) -> Result<(Rate, &TokenRow), LookupError> {
    let rate = rate.unwrap_or_else(|| {
        if in_force(&model.fine_tuned, as_of).is_some() {
            Rate::FineTuned
        } else {
            Rate::Standard
        }
    });
    let (rows, how) = match rate {
        Rate::FineTuned => (&model.fine_tuned, BY_FINE_TUNED_TOKEN),
        Rate::Standard => (&model.standard, "by token (`quote tokens`)"),
    };
    Ok((rate, dated(model, rows, as_of, how)?))
}

/// The mode that is priced: what was asked for, or the first that the model has.
fn chosen_mode(
    model: &Model,
    asked: Option<Mode>,
    meant: Option<Mode>,
    has: &[Option<Mode>],
) -> Result<Option<Mode>, LookupError> {
    let Some(asked) = asked else {
        return Ok(has.first().copied().flatten());
    };
    if has.contains(&meant) {
        return Ok(meant);
    }
    Err(LookupError::NoMode {
        model: model.code.clone(),
        asked: asked.name(),
        has: has.iter().flatten().map(|mode| mode.name()).collect(),
    })
}

/// The row in force, or why there is none.
fn dated<'a, T: Dated>(
    model: &Model,
    rows: &'a [T],
    as_of: NaiveDate,
    how: &'static str,
) -> Result<&'a T, LookupError> {
    in_force(rows, as_of).ok_or_else(|| {
        let came = rows.iter().filter_map(|row| row.source().came());
        match came.min_by_key(|came| came.from) {
            Some(first) => LookupError::NotYet {
                model: model.code.clone(),
                as_of,
                first: first.from,
                after: first.after,
            },
            None => not_sold(model, as_of, how),
        }
    })
}

/// Of a provider of which the catalog has a part, what is not sold is a price that is missing.
fn missing(provider: &Provider, model: &Model, error: LookupError, wanted: Wanted) -> LookupError {
    match error {
        LookupError::NotSold {
            model: code, how, ..
        } if provider.is_partial => LookupError::NotInCatalog {
            missing: Box::new(MissingPrice {
                provider: provider.id.clone(),
                region: model.region.clone(),
                region_name: None,
                code: code.clone(),
                wanted,
            }),
            model: code,
            region: model.region.clone(),
            how: Some(how),
        },
        error => error,
    }
}

fn not_sold(model: &Model, as_of: NaiveDate, how: &'static str) -> LookupError {
    let ways = [
        (in_force(&model.ptu, as_of).is_some(), BY_THROUGHPUT),
        (
            in_force(&model.reservation, as_of).is_some(),
            AT_STANDARD_SPEED,
        ),
        (model.sold_by(Method::Mu, as_of), IN_MU),
        (model.sold_by(Method::Dtu, as_of), IN_DTU),
        (
            in_force(&model.fine_tuned, as_of).is_some(),
            "by fine-tuned token (`quote tokens`)",
        ),
        (
            in_force(&model.standard, as_of).is_some(),
            "by standard token (`quote tokens --rate standard`)",
        ),
    ];
    LookupError::NotSold {
        model: model.code.clone(),
        how,
        sold: ways
            .into_iter()
            .filter(|(sold, way)| *sold && *way != how)
            .map(|(_, way)| way)
            .collect(),
    }
}

/// In model units.
pub const IN_MU: &str = "in model units (`quote mu`)";
/// By fine-tuned token.
pub const BY_FINE_TUNED_TOKEN: &str = "by fine-tuned token (`--rate fine-tuned`)";
const BY_THROUGHPUT: &str = "by provisioned throughput (`quote ptu`)";
/// At standard speed.
pub const AT_STANDARD_SPEED: &str =
    "as a throughput reservation of standard speed (`quote ptu --service standard`)";
/// At high speed.
pub const AT_HIGH_SPEED: &str =
    "as a throughput reservation of high speed (`quote ptu --service high-speed`)";
const NOT_PAY_AS_YOU_GO: &str =
    "pay-as-you-go at standard speed: a standard reservation is paid at the order";
const BY_THE_HOUR: &str = "by the hour (`--hours`)";
const BY_THE_DAY: &str = "by the day (`--days`)";
const BY_THE_MONTH: &str = "by the month (`--months`)";

fn by_the(period: Period) -> &'static str {
    match period {
        Period::Hour => BY_THE_HOUR,
        Period::Day => BY_THE_DAY,
        Period::Month => BY_THE_MONTH,
        Period::Fixed(Fixed::Block) => "by the block of 8 hours (`--blocks`)",
        Period::Fixed(Fixed::Week) => "by the week (`--weeks`)",
        Period::Fixed(Fixed::Quarter) => "by three months (`--quarters`)",
        Period::Fixed(Fixed::Year) => "by the year (`--years`)",
    }
}

/// A model that is sold this way, but for another term.
fn other_term(model: &Model, asked: &'static str, sold: &'static str) -> LookupError {
    LookupError::NotSold {
        model: model.code.clone(),
        how: asked,
        sold: vec![sold],
    }
}

fn unknown(model: &Model) -> LookupError {
    LookupError::UnknownModel {
        code: model.code.clone(),
        near: Vec::new(),
    }
}
