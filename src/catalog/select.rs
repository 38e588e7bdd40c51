//! From a model, a term, a mode and a date to the prices that a billing method takes.

use chrono::NaiveDate;

use super::lookup_error::LookupError;
use super::model::{Dated, DtuRow, Model, MuRow, Offer, Provider, TokenRow, in_force};
use super::{Catalog, Change};
use crate::billing::mode::Mode;
use crate::billing::ptu::{Fixed, Period};
use crate::billing::quote::{Method, ModelRef, Rate};
use crate::billing::spec::Spec;
use crate::billing::term::Term;
use crate::billing::units::{self, Sold, UnitName};
use crate::billing::{mu, ptu, tokens};

impl Catalog {
    /// The model as quotes name it.
    ///
    /// # Errors
    /// None for a model of this catalog.
    pub fn model_ref(&self, model: &Model) -> Result<ModelRef, LookupError> {
        let provider = self.provider(model)?;
        let mut regions = provider.regions.iter();
        let region = regions.find(|known| known.id == model.region);
        Ok(ModelRef {
            code: model.code.clone(),
            name: model.name.clone(),
            provider: provider.id.clone(),
            region: model.region.clone(),
            region_name: region.map_or(&model.region, |known| &known.name).clone(),
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
            .filter(|change| change.model == model.code)
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
        let provider = self.provider(model)?;
        let how = "by provisioned throughput (`quote ptu`)";
        let row = dated(model, &model.ptu, as_of, how)?;
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
        let modes = row.offer.modes();
        let priced = chosen_mode(model, mode, mode.map(Mode::for_ptu), &modes)?;
        let units =
            sold(&row.offer, period, priced, &rules).ok_or_else(|| LookupError::NotSold {
                model: model.code.clone(),
                how: by_the(period),
                sold: Period::ALL
                    .into_iter()
                    .filter(|other| row.offer.terms().price(*other).is_some())
                    .map(by_the)
                    .collect(),
            })?;
        Ok(ptu::Prices {
            units,
            meters: row.meters.clone(),
            mode: priced,
            max_input: row.max_input,
            rules,
            currency: provider.currency,
            source: row.source.clone(),
            standard: self.overflow_prices(model, priced, as_of),
            reservation: provider.service.as_ref().and_then(|one| one.reservation),
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
        let (rate, row) = token_row(model, rate, as_of)?;
        let share = provider.batch.filter(|_| rate == Rate::Standard);
        if batch && share.is_none() {
            return Err(LookupError::NoBatch {
                model: model.code.clone(),
                standard: provider.batch.is_some() && !model.standard.is_empty(),
            });
        }
        let priced = chosen_mode(model, mode, mode, &row.modes())?;
        let tiers = row
            .tiers
            .iter()
            .filter(|tier| tier.mode == priced)
            .map(|tier| tier.tier.clone())
            .collect();
        Ok(tokens::Prices {
            rate,
            mode: priced,
            tiers,
            batch: share.filter(|_| batch),
            batch_with_cache: provider.batch_with_cache,
            currency: provider.currency,
            source: row.source.clone(),
            cache_source: row.cache_source.clone(),
            limited_offer: row.limited_offer,
        })
    }
}

const IN_DTU: &str = "in dedicated throughput units (`quote dtu`)";

/// The prices of a row of dedicated throughput units. Nothing is known of calls beyond them.
fn dedicated(row: &DtuRow, provider: &Provider) -> Option<ptu::Prices> {
    let rules = ptu::Rules {
        dedicated: provider.dtu.unwrap_or_default(),
        ..ptu::Rules::default()
    };
    let mut units = sold(&row.row.offer, Period::Month, None, &rules)?;
    for unit in &mut units {
        unit.name = UnitName::Dedicated(row.spec.clone());
    }
    Some(ptu::Prices {
        units,
        meters: row.row.meters.clone(),
        mode: None,
        max_input: row.row.max_input,
        rules,
        currency: provider.currency,
        source: row.row.source.clone(),
        standard: None,
        reservation: None,
    })
}

/// What an offer sells for a period, in a mode; `None` where it does not.
fn sold(
    offer: &Offer,
    period: Period,
    mode: Option<Mode>,
    rules: &ptu::Rules,
) -> Option<Vec<Sold>> {
    match offer {
        Offer::Sides { input, output } => {
            let (_, output) = output.iter().find(|(known, _)| *known == mode)?;
            Some(units::sides(
                (input.price(period)?, rules.input_step),
                (output.price(period)?, rules.output_step),
            ))
        }
        Offer::Unit(unit) => Some(vec![Sold {
            name: UnitName::Named(unit.name.clone()),
            adds: unit.adds,
            smallest: unit.smallest,
            step: unit.step,
            price: unit.prices.price(period)?,
        }]),
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
        Rate::FineTuned => (
            &model.fine_tuned,
            "by fine-tuned token (`--rate fine-tuned`)",
        ),
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
        match rows.iter().filter_map(|row| row.source().from).min() {
            Some(first) => LookupError::NotYet {
                model: model.code.clone(),
                as_of,
                first,
            },
            None => not_sold(model, as_of, how),
        }
    })
}

fn not_sold(model: &Model, as_of: NaiveDate, how: &'static str) -> LookupError {
    let ways = [
        (
            in_force(&model.ptu, as_of).is_some(),
            "by provisioned throughput (`quote ptu`)",
        ),
        (
            model.sold_by(Method::Mu, as_of),
            "in model units (`quote mu`)",
        ),
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
