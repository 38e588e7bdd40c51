//! The usual names of fields that tell of a call, as OpenAI, Anthropic, Alibaba, LiteLLM, DeepSeek and
//! OpenTelemetry write them.

use super::{Mark, Marked};

/// The names in lower case, by what they tell. Of several in one row, the earlier in this list counts.
const USUAL: [(Mark, &[&str]); 6] = [
    (
        Mark::Model,
        &[
            "model",
            "model_name",
            "model_id",
            "model_code",
            "modelid",
            "modelname",
            "gen_ai.request.model",
            "request.model",
            "body.model",
            "gen_ai.response.model",
            "response.model",
            "message.model",
            "llm.model_name",
            "model_group",
        ],
    ),
    (
        Mark::CacheRead,
        &[
            "cached_tokens",
            "usage.cached_tokens",
            "cached_input_tokens",
            "usage.cached_input_tokens",
            "cached_prompt_tokens",
            "input_cached_tokens",
            "prompt_cached_tokens",
            "prompt_tokens_details.cached_tokens",
            "usage.prompt_tokens_details.cached_tokens",
            "input_tokens_details.cached_tokens",
            "usage.input_tokens_details.cached_tokens",
            "cache_read_tokens",
            "cache_read_input_tokens",
            "usage.cache_read_input_tokens",
            "message.usage.cache_read_input_tokens",
            "prompt_cache_hit_tokens",
            "usage.prompt_cache_hit_tokens",
            "gen_ai.usage.cache_read.input_tokens",
            "gen_ai.usage.cache_read_input_tokens",
        ],
    ),
    (
        Mark::CacheWrite,
        &[
            "cache_creation_tokens",
            "cache_creation_input_tokens",
            "usage.cache_creation_input_tokens",
            "message.usage.cache_creation_input_tokens",
            "usage.prompt_tokens_details.cache_creation_tokens",
            "usage.prompt_tokens_details.cache_creation_input_tokens",
            "usage.prompt_tokens_details.cache_write_tokens",
            "cache_write_tokens",
            "cache_write_input_tokens",
            "gen_ai.usage.cache_creation.input_tokens",
            "gen_ai.usage.cache_creation_input_tokens",
        ],
    ),
    (
        Mark::Reasoning,
        &[
            "reasoning_tokens",
            "usage.reasoning_tokens",
            "reasoning_output_tokens",
            "thinking_tokens",
            "completion_tokens_details.reasoning_tokens",
            "usage.completion_tokens_details.reasoning_tokens",
            "output_tokens_details.reasoning_tokens",
            "usage.output_tokens_details.reasoning_tokens",
            "gen_ai.usage.reasoning_tokens",
            "gen_ai.usage.reasoning.output_tokens",
        ],
    ),
    (
        Mark::Switch,
        &[
            "enable_thinking",
            "parameters.enable_thinking",
            "request.enable_thinking",
            "body.enable_thinking",
            "extra_body.enable_thinking",
            "chat_template_kwargs.enable_thinking",
            "thinking_enabled",
            "thinking",
            "thinking.type",
            "thinking_mode",
        ],
    ),
    (Mark::Mode, &["mode", "inference_mode"]),
];

/// A field that tells something of a call.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Field {
    /// Its name, as it is written in the file.
    pub name: String,
    /// What it tells.
    pub marked: Marked,
}

/// Each usual name, with what it tells.
fn usual() -> impl Iterator<Item = (&'static str, Marked)> {
    USUAL.into_iter().flat_map(|(mark, names)| {
        let ranks = 0_u8..;
        names
            .iter()
            .zip(ranks)
            .map(move |(name, rank)| (*name, Marked { mark, rank }))
    })
}

/// The fields of a header or an object that tell something.
pub fn fields_of(header: &[String]) -> Vec<Field> {
    let found = header.iter().filter_map(|name| {
        let mut usual = usual();
        let (_, marked) = usual.find(|(usual, _)| name.eq_ignore_ascii_case(usual))?;
        let name = name.clone();
        Some(Field { name, marked })
    });
    found.collect()
}

/// The fields with usual names: an object of a file may have some that the first one lacks.
pub fn rare_fields() -> impl Iterator<Item = Field> {
    usual().map(|(name, marked)| Field {
        name: name.to_owned(),
        marked,
    })
}
