//! What can be wrong with what is asked of a catalog.

use std::fmt;

use chrono::NaiveDate;

use super::lines::{MissingPrice, Wanted, price_file};
use super::model::Region;
use super::text::printable;
use crate::billing::error::QuoteError;
use crate::billing::number::spoken;

/// A price that the catalog does not have.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum LookupError {
    /// No model has this code.
    UnknownModel {
        /// As it was typed.
        code: String,
        /// Codes that are near, the nearest first.
        near: Vec<String>,
    },
    /// A provider, where a model is meant.
    ProviderAlone {
        /// Its id.
        provider: String,
        /// Whether there are prices of it.
        priced: bool,
    },
    /// The provider publishes no prices, and nobody gave one.
    NoPrices {
        /// The provider's id.
        provider: String,
        /// The code, without the provider.
        code: String,
    },
    /// No provider has this region.
    UnknownRegion {
        /// As it was typed.
        region: String,
        /// The id that is near.
        near: Vec<String>,
        /// Those that there are: of the model, where one is named that the catalog has.
        known: Vec<Region>,
        /// The code of that model.
        model: Option<String>,
    },
    /// The model is sold in other regions only.
    OtherRegion {
        /// The code.
        model: String,
        /// The id of the region.
        region: String,
        /// Whether the region was asked for, and is not the one that is meant where none is.
        asked: bool,
        /// Where it is sold.
        sold: Vec<SoldIn>,
        /// The price that is missing there, of a provider of which the catalog has a part.
        missing: Option<Box<MissingPrice>>,
    },
    /// The model is not sold this way.
    NotSold {
        /// The code.
        model: String,
        /// `by provisioned throughput`, …
        how: &'static str,
        /// How it is sold instead.
        sold: Vec<&'static str>,
    },
    /// The catalog has not this price of a provider of which it has a part.
    NotInCatalog {
        /// The code.
        model: String,
        /// The id of the region.
        region: String,
        /// `by token`, …; `None` of a model of which it has nothing.
        how: Option<&'static str>,
        /// The price.
        missing: Box<MissingPrice>,
    },
    /// Calls beyond the last tier of a provider of which the catalog has a part.
    LongerCalls {
        /// How long they are.
        why: QuoteError,
        /// The lines of a file that adds a tier.
        lines: String,
    },
    /// Calls overflow, and the catalog has not their price of a provider of which it has a part.
    Overflow(Box<MissingPrice>),
    /// Model units of a model that can be fine-tuned: they are sold, and no price is published.
    UnitsWithoutPrice {
        /// The code.
        model: String,
    },
    /// The model has no price of this kind on the date.
    NotYet {
        /// The code.
        model: String,
        /// The date that was asked for.
        as_of: NaiveDate,
        /// The first date with a price.
        first: NaiveDate,
        /// The newest edition before that, where `first` is an edition and not the day itself.
        after: Option<NaiveDate>,
    },
    /// There is no price on a day of a trace.
    NotThen {
        /// What of the trace asks for it.
        what: OfTrace,
        /// The day.
        day: NaiveDate,
        /// Why there is none.
        why: Box<LookupError>,
    },
    /// The model does not price this mode apart.
    NoMode {
        /// The code.
        model: String,
        /// The mode.
        asked: &'static str,
        /// The modes it has; empty where it has none.
        has: Vec<&'static str>,
    },
    /// The model is not offered with this specification.
    NoSpec {
        /// The code.
        model: String,
        /// The specification.
        asked: String,
        /// Those it has.
        has: Vec<String>,
    },
    /// The model has several specifications, and one is needed.
    SpecNeeded {
        /// The code.
        model: String,
        /// Those it has.
        has: Vec<String>,
    },
    /// A reservation that does not say for how long it is.
    TermNeeded {
        /// The code.
        model: String,
        /// `by the hour`, …
        sold: Vec<&'static str>,
    },
    /// Batch calls of prices that have none.
    NoBatch {
        /// The code.
        model: String,
        /// Whether `--rate standard` would help.
        standard: bool,
    },
}

/// A region in which a model is sold.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SoldIn {
    /// The region.
    pub region: Region,
    /// Whether it has ordinary calls there.
    pub by_token: bool,
    /// Whether it has reserved throughput there.
    pub reserved: bool,
}

/// What of a trace needs the price of a day.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum OfTrace {
    /// Calls of the day.
    Calls,
    /// Calls of the day or later that do not fit a reservation.
    Overflow,
    /// A reservation or a deployment that is up on the day.
    Time,
}

impl LookupError {
    /// The same error, as the reason that a day of a trace has no price.
    #[must_use]
    pub fn in_trace(self, what: OfTrace, day: NaiveDate) -> Self {
        let why = match self {
            Self::NotYet {
                model,
                first,
                after,
                ..
            } => Self::NotYet {
                model,
                as_of: day,
                first,
                after,
            },
            other => other,
        };
        let why = Box::new(why);
        Self::NotThen { what, day, why }
    }

    /// Whether there is no such model at all.
    #[must_use]
    pub fn is_unknown(&self) -> bool {
        matches!(
            self,
            Self::UnknownModel { .. } | Self::NotInCatalog { how: None, .. }
        )
    }

    /// The same error, with the lines of the price that is wanted, or of one that has no lines, how that is sold:
    /// then the model is sold elsewhere, or not so.
    #[must_use]
    pub fn wanting(mut self, wanted: Result<Wanted, &'static str>) -> Self {
        match (&mut self, wanted) {
            (Self::OtherRegion { missing, .. }, Err(_)) => *missing = None,
            (Self::NotInCatalog { model, .. }, Err(how)) => {
                return Self::NotSold {
                    model: printable(model),
                    how,
                    sold: Vec::new(),
                };
            }
            (
                Self::OtherRegion {
                    missing: Some(missing),
                    sold,
                    ..
                },
                Ok(wanted),
            ) => {
                missing.wanted = wanted;
                sold.retain(|one| match wanted {
                    Wanted::Tokens => one.by_token,
                    Wanted::Units(_) => one.reserved,
                });
            }
            (Self::NotInCatalog { missing, .. }, Ok(wanted)) => missing.wanted = wanted,
            _ => {}
        }
        self
    }

    /// Whether the hint has the lines of a file.
    #[must_use]
    pub fn has_lines(&self) -> bool {
        match self {
            Self::NoPrices { .. }
            | Self::NotInCatalog { .. }
            | Self::LongerCalls { .. }
            | Self::Overflow(_) => true,
            Self::OtherRegion { missing, .. } => missing.is_some(),
            _ => false,
        }
    }

    /// What of something that is sold the catalog has not, in a few words.
    #[must_use]
    pub fn gap(&self) -> Option<String> {
        match self {
            Self::LongerCalls { why, .. } => {
                let last = spoken(why.last_tier()?);
                Some(format!("calls beyond {last} are not in the catalog"))
            }
            Self::NotInCatalog { .. } => Some("its price is not in the catalog".to_owned()),
            Self::Overflow(_) => Some("ordinary calls are not in the catalog".to_owned()),
            Self::NotThen { why, .. } => why.gap(),
            _ => None,
        }
    }

    /// The codes that are near an unknown one.
    #[must_use]
    pub fn near(&self) -> &[String] {
        match self {
            Self::UnknownModel { near, .. } => near,
            _ => &[],
        }
    }

    /// The way out.
    #[must_use]
    pub fn hint(&self) -> String {
        match self {
            Self::UnknownModel { near, .. } if near.is_empty() => {
                "`tollgate models` lists every model".to_owned()
            }
            Self::UnknownModel { near, .. } => format!("did you mean {}?", or_list(near)),
            Self::ProviderAlone {
                provider,
                priced: true,
            } => format!(
                "name one of its models, as `{provider}/<CODE>`: `tollgate models {provider}` lists them"
            ),
            Self::ProviderAlone {
                provider,
                priced: false,
            } => format!(
                "name a model of it as `{provider}/<CODE>`: then this hint shows the lines that give it prices"
            ),
            Self::NoPrices { provider, code } => format!(
                "put what you pay into a file, in place of the `?`, and name it with `--catalog`:\n\n{}",
                price_file(provider, code)
            ),
            Self::UnknownRegion {
                near, known, model, ..
            } => {
                let known = match model {
                    Some(model) => format!("`{model}` is in {}", places(known.iter())),
                    None => {
                        let ids = known.iter().map(|one| format!("`{}`", one.id));
                        format!("there are {}", and_words(&ids.collect::<Vec<_>>()))
                    }
                };
                match near.is_empty() {
                    true => known,
                    false => format!("did you mean {}? {known}", or_list(near)),
                }
            }
            Self::OtherRegion {
                asked,
                sold,
                missing,
                ..
            } => {
                let places = places(sold.iter().map(|one| &one.region));
                let verb = if *asked { "use" } else { "add" };
                let first = sold.first().map_or("", |one| &one.region.id);
                match missing {
                    None => format!("sold in {places}: {verb} `--region {first}`"),
                    Some(missing) if sold.is_empty() => filled_in(missing),
                    Some(missing) => format!(
                        "the catalog has it in {places}: {verb} `--region {first}`, or {}",
                        filled_in(missing)
                    ),
                }
            }
            Self::NotSold { model, sold, .. } if sold.is_empty() => {
                format!("add a price for `{model}` in a file of your own with `--catalog`")
            }
            Self::NotSold { sold, .. } | Self::TermNeeded { sold, .. } => {
                format!("it is sold {}", or_words(sold))
            }
            Self::NotInCatalog { missing, .. } => filled_in(missing),
            Self::LongerCalls { why, lines } => {
                let first = match why {
                    QuoteError::CallsBeyondLastTier { overflow: true, .. } => {
                        "reserve so much that they fit, use `--on-overflow reject`, or "
                    }
                    QuoteError::CallsBeyondLastTier { .. } => "leave them out with `--where`, or ",
                    _ => "the catalog has no price of longer calls: ",
                };
                format!("{first}{}", filled_in(lines))
            }
            Self::Overflow(missing) => format!(
                "reserve so much that they fit, as `--fit peak` does, use `--on-overflow reject`, or {}",
                filled_in(missing)
            ),
            Self::UnitsWithoutPrice { model } => format!(
                "add what you pay in a file of your own with `--catalog`: a row `[[model.mu]]` of `{model}` with `spec`, and `hour` or `month`"
            ),
            Self::NotThen { why, .. } => match &**why {
                Self::NotYet { first, .. } => {
                    format!("`--as-of {first}` takes the prices of that day for all of the trace")
                }
                _ => "`--as-of <DATE>` takes the prices of one day for all of the trace".to_owned(),
            },
            Self::NotYet { first, .. } => format!("use `--as-of {first}` or later"),
            Self::NoMode { has, .. } if has.is_empty() => {
                "leave `--mode` out: the price is the same for every mode".to_owned()
            }
            Self::NoMode { has, .. } => format!("it has {}", or_list(has)),
            Self::NoSpec { has, .. } => format!("it is offered as {}", or_list(has)),
            Self::SpecNeeded { has, .. } => format!("name one as `spec`: {}", or_list(has)),
            Self::NoBatch { standard: true, .. } => {
                "add `--rate standard`: batch calls are ordinary calls".to_owned()
            }
            Self::NoBatch {
                standard: false, ..
            } => "leave `--batch` out".to_owned(),
        }
    }
}

impl fmt::Display for LookupError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::UnknownModel { code, .. } => write!(f, "no model `{}`", printable(code)),
            Self::ProviderAlone { provider, priced } => {
                write!(f, "`{provider}` is a provider, not a model")?;
                match priced {
                    true => Ok(()),
                    false => f.write_str(", and publishes no prices"),
                }
            }
            Self::NoPrices { provider, code } => write!(
                f,
                "`{provider}` publishes no prices, so `{provider}/{}` has none",
                printable(code)
            ),
            Self::UnknownRegion { region, .. } => {
                write!(f, "no region `{}`", printable(region))
            }
            Self::OtherRegion {
                model,
                region,
                missing,
                ..
            } => f.write_str(&not_there(model, region, missing.is_some())),
            Self::LongerCalls { why, .. } => why.fmt(f),
            Self::NotSold { model, how, .. } => write!(f, "`{model}` is not sold {how}"),
            Self::NotInCatalog {
                model, region, how, ..
            } => match how {
                Some(how) => write!(
                    f,
                    "a price of `{model}` {how} in `{region}` is not in the catalog"
                ),
                None => write!(f, "`{}` is not in the catalog", printable(model)),
            },
            Self::Overflow(missing) => write!(
                f,
                "calls overflow, and a price of ordinary calls of `{}` in `{}` is not in the catalog",
                missing.code, missing.region
            ),
            Self::UnitsWithoutPrice { model } => write!(
                f,
                "model units are sold for every fine-tuned model, and no price is published for `{model}`"
            ),
            Self::NotYet {
                model,
                as_of,
                first,
                after,
            } => {
                write!(
                    f,
                    "`{model}` has no such price on {as_of}: the first is in force from {first}"
                )?;
                match after {
                    Some(after) => write!(f, ", and came between {after} and {first}"),
                    None => Ok(()),
                }
            }
            Self::NotThen { what, day, why } => match what {
                OfTrace::Calls => write!(f, "the trace has calls of {day}, and {why}"),
                OfTrace::Overflow => {
                    write!(
                        f,
                        "calls of {day} or later do not fit the reservation, and {why}"
                    )
                }
                OfTrace::Time => write!(f, "the time that is billed has {day} in it, and {why}"),
            },
            Self::NoMode { model, asked, .. } => {
                write!(
                    f,
                    "`{model}` has no price of its own for the mode `{asked}`"
                )
            }
            Self::NoSpec { model, asked, .. } => write!(f, "`{model}` is not offered as `{asked}`"),
            Self::SpecNeeded { model, .. } => {
                write!(f, "`{model}` is offered in several specifications")
            }
            Self::TermNeeded { model, .. } => {
                write!(f, "missing how long `{model}` is reserved")
            }
            Self::NoBatch { model, .. } => {
                write!(
                    f,
                    "`{model}` has no batch price at this rate (`tokens.batch`)"
                )
            }
        }
    }
}

impl std::error::Error for LookupError {}

/// That a model has no price in a region: not here, or not at all.
#[must_use]
pub fn not_there(model: &str, region: &str, is_missing: bool) -> String {
    match is_missing {
        true => format!("a price of `{model}` in `{region}` is not in the catalog"),
        false => format!("`{model}` is not sold in `{region}`"),
    }
}

/// What is done with the lines of a file.
fn filled_in(lines: impl fmt::Display) -> String {
    format!(
        "put what you pay into a file, in place of each `?`, and name it with `--catalog`:\n\n{lines}"
    )
}

/// "`a`, `b` or `c`".
fn or_list<T: AsRef<str>>(words: &[T]) -> String {
    let quoted: Vec<String> = words
        .iter()
        .map(|word| format!("`{}`", word.as_ref()))
        .collect();
    or_words(&quoted)
}

/// "`a` (A), `b` (B) and `c` (C)".
fn places<'a>(regions: impl Iterator<Item = &'a Region>) -> String {
    let places = regions.map(|one| format!("`{}` ({})", one.id, one.name));
    and_words(&places.collect::<Vec<_>>())
}

fn and_words(words: &[String]) -> String {
    joined(words, "and")
}

fn or_words<T: AsRef<str>>(words: &[T]) -> String {
    joined(words, "or")
}

fn joined<T: AsRef<str>>(words: &[T], last_by: &str) -> String {
    match words {
        [] => String::new(),
        [only] => only.as_ref().to_owned(),
        [first @ .., last] => {
            let first: Vec<&str> = first.iter().map(AsRef::as_ref).collect();
            format!("{} {last_by} {}", first.join(", "), last.as_ref())
        }
    }
}
