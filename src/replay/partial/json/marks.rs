//! What calls say beside their tokens, in the JSON of a contribution.

use serde::{Deserialize, Serialize};

use super::{Digits, SumsJson};
use crate::billing::recorded::{Apart, CachedBy};
use crate::catalog::is_printable;
use crate::replay::partial::ReadError;
use crate::trace::Marks;

#[derive(Serialize, Deserialize)]
pub(super) struct MarksJson {
    models: Vec<ModelJson>,
    more_models: SumsJson,
    model_fields: Vec<String>,
    cached: ApartJson,
    /// The fields that count those tokens, inside the input tokens and beside them.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    cached_inside: Vec<String>,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    cached_beside: Vec<String>,
    reasoning: ApartJson,
    thinking: SumsJson,
    non_thinking: SumsJson,
}

#[derive(Serialize, Deserialize)]
struct ModelJson {
    model: String,
    calls: SumsJson,
}

#[derive(Serialize, Deserialize)]
struct ApartJson {
    calls: SumsJson,
    tokens: Digits<u64>,
}

impl From<Apart> for ApartJson {
    fn from(apart: Apart) -> Self {
        Self {
            calls: apart.calls.into(),
            tokens: Digits(apart.tokens),
        }
    }
}

impl From<ApartJson> for Apart {
    fn from(json: ApartJson) -> Self {
        Self {
            calls: json.calls.into(),
            tokens: json.tokens.0,
        }
    }
}

pub(super) fn to(marks: &Marks) -> MarksJson {
    let models = marks.models.iter().map(|(model, sums)| ModelJson {
        model: model.clone(),
        calls: (*sums).into(),
    });
    MarksJson {
        models: models.collect(),
        more_models: marks.more_models.into(),
        model_fields: marks.model_fields.iter().cloned().collect(),
        cached: marks.cached.into(),
        cached_inside: marks.cached_by.inside.iter().cloned().collect(),
        cached_beside: marks.cached_by.beside.iter().cloned().collect(),
        reasoning: marks.reasoning.into(),
        thinking: marks.thinking.into(),
        non_thinking: marks.non_thinking.into(),
    }
}

/// Refuses names that are not printable, or are more or longer than this program writes: they are shown as
/// they are.
pub(super) fn from(json: MarksJson) -> Result<Marks, ReadError> {
    let wrong = |what| Err(ReadError::Inconsistent(what));
    let shown = |name: &String| name.chars().all(is_printable) && name.len() <= LONGEST;
    if !json.models.iter().all(|one| shown(&one.model)) || !json.model_fields.iter().all(shown) {
        return wrong("a model's name cannot be shown");
    }
    let mut fields = json.cached_inside.iter().chain(&json.cached_beside);
    if !fields.all(shown) {
        return wrong("a field's name cannot be shown");
    }
    if json.models.len() > Marks::MOST {
        return wrong("it has more models than are told apart");
    }
    let given = json.models.len();
    let models = json.models.into_iter();
    let marks = Marks {
        models: models.map(|one| (one.model, one.calls.into())).collect(),
        more_models: json.more_models.into(),
        model_fields: json.model_fields.into_iter().collect(),
        cached: json.cached.into(),
        cached_by: CachedBy {
            inside: json.cached_inside.into_iter().collect(),
            beside: json.cached_beside.into_iter().collect(),
            // Parts of a trace do not know what earlier ones have cached.
            derived: None,
        },
        reasoning: json.reasoning.into(),
        thinking: json.thinking.into(),
        non_thinking: json.non_thinking.into(),
        ..Marks::default()
    };
    if marks.models.len() != given {
        return wrong("a model is named twice");
    }
    Ok(marks)
}

/// Bytes of a name that is clipped, each character of it escaped.
const LONGEST: usize = 2_048;
