//! What is ranked: an option that is known to serve the workload. This is decided here alone, for the
//! ranking, the cheapest option of a plan's deployments, changing, and limits.

use super::{Basis, Kind, PaysFrom, Row};
use crate::billing::rule::Rule;

/// An option that is not known to serve the workload: it has a price and no rank.
#[derive(Debug, Clone)]
pub struct Unranked {
    /// The option.
    pub row: Row,
    /// Why it is not known to serve the workload.
    pub doubt: Doubt,
    /// What one replica has to serve for it to be the cheapest; `None` where that is not the question,
    /// or where nothing is known to serve.
    pub pays_from: Option<PaysFrom>,
    /// Whether one replica already costs as much as the cheapest option or more, whatever it serves.
    pub never_pays: bool,
}

/// Why an option is not known to serve a workload.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Doubt {
    /// Nobody said what a replica serves.
    Capacity,
    /// It serves models that are fine-tuned from this one, and the workload is of this one.
    FineTunedOnly,
    /// The price is named as one for fine-tuned models, and no document says whether it holds for
    /// this one.
    FineTunedPrice,
    /// It serves this model, and the workload is of one that is fine-tuned from it.
    BaseModelOnly,
    /// It serves some hours of the night, and when the workload comes is not said.
    AtNight,
}

impl Doubt {
    /// What is not known of a row, for a workload of the model or of one that is fine-tuned from it.
    pub(super) fn of(row: &Row, fine_tuned: bool) -> Option<Self> {
        match &row.basis {
            Basis::Mu { capacity: None, .. } => Some(Self::Capacity),
            Basis::Mu { .. } => None,
            // No document says for which models a service is.
            _ if row.of_a_service() => None,
            Basis::Tokens { .. } if row.kind == Kind::FineTuned => {
                let documented = row.cited(Some(Rule::TokensFineTuned)).is_some();
                (!fine_tuned).then_some(match documented {
                    true => Self::FineTunedOnly,
                    false => Self::FineTunedPrice,
                })
            }
            Basis::Tokens { .. } | Basis::Ptu(..) if fine_tuned => Some(Self::BaseModelOnly),
            Basis::Ptu(..) if row.kind == Kind::ReservationBlock => {
                row.quote.recorded.is_none().then_some(Self::AtNight)
            }
            Basis::Tokens { .. } | Basis::Ptu(..) => None,
        }
    }

    /// The rule behind it, where a document has one.
    #[must_use]
    pub fn rule(self) -> Option<Rule> {
        match self {
            Self::Capacity | Self::FineTunedPrice => None,
            Self::FineTunedOnly | Self::BaseModelOnly => Some(Rule::TokensFineTuned),
            Self::AtNight => Some(Rule::ReservationBlock),
        }
    }
}

impl std::fmt::Display for Doubt {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(match self {
            Self::Capacity => {
                "what one replica serves is not published: `--replica-capacity` gives it"
            }
            Self::FineTunedOnly => {
                "only serves custom models made by LoRA fine-tuning of this base model: `--fine-tuned` ranks it"
            }
            Self::FineTunedPrice => {
                "the price is of models that are fine-tuned from this one: `--fine-tuned` ranks it"
            }
            Self::BaseModelOnly => "serves the base model, not one that is fine-tuned from it",
            Self::AtNight => {
                "blocks serve the hours after their order at night, and when this load comes is not said: `--trace` ranks them where all calls fit"
            }
        })
    }
}
