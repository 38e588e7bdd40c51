//! The usual names of fields that tell of a call, as OpenAI, Anthropic, Alibaba, LiteLLM, DeepSeek and
//! OpenTelemetry write them.

use super::{Failure, Mark, Marked};
use crate::trace::options::{Options, Repeats};

/// What a status says of a call that failed.
const STATUS: Failure = Failure {
    values: &["failure", "failed", "error", "status_code_error"],
    is_status: true,
    present: false,
};

/// What a field of errors says.
const ERROR: Failure = Failure {
    values: &[],
    is_status: false,
    present: true,
};

/// The names in lower case, by what they tell. Of several in one row, the earlier in this list counts.
const USUAL: [(Mark, &[&str]); 9] = [
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
    // That of a response comes first: a gateway may send one request twice, and then both are billed.
    (
        Mark::Id,
        &[
            "gen_ai.response.id",
            "response.id",
            "response_id",
            "completion_id",
            "message.id",
            "message_id",
            "request_id",
            "requestid",
        ],
    ),
    (Mark::LikelyId, &["id", "response.body.id"]),
    (
        Mark::Failure(&STATUS),
        &[
            "status",
            "status_code",
            "statuscode",
            "http_status",
            "http_status_code",
            "http.status_code",
            "http.response.status_code",
            "response_status",
            "response_status_code",
            "response.status",
            "response.status_code",
            "response_code",
            "call_status",
            "request_status",
        ],
    ),
    (
        Mark::Failure(&ERROR),
        &[
            "error",
            "error_code",
            "errorcode",
            "error.type",
            "response.error",
        ],
    ),
    (
        Mark::Kind,
        &[
            "call_type",
            "gen_ai.operation.name",
            "object",
            "endpoint",
            "url",
        ],
    ),
];

/// Other spellings of them that JSON has: in an object whose fields are not known yet, case counts.
const SPELLINGS: [(&str, &str); 6] = [
    ("requestid", "requestId"),
    ("statuscode", "statusCode"),
    ("errorcode", "errorCode"),
    ("status", "Status"),
    ("error", "Error"),
    ("requestid", "RequestId"),
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

/// Whether what a field tells is asked for.
fn is_asked(mark: Mark, options: &Options) -> bool {
    match mark {
        Mark::Failure(_) => !options.bills_failed,
        Mark::Id | Mark::LikelyId => options.repeats != Some(Repeats::Bill),
        _ => true,
    }
}

/// The fields of a header or an object that tell something.
pub fn fields_of(header: &[String], options: &Options) -> Vec<Field> {
    let found = header.iter().filter_map(|name| {
        let mut usual = usual().filter(|(_, marked)| is_asked(marked.mark, options));
        let (_, marked) = usual.find(|(usual, _)| name.eq_ignore_ascii_case(usual))?;
        let name = name.clone();
        Some(Field { name, marked })
    });
    found.collect()
}

/// The fields with usual names: an object of a file may have some that the first one lacks.
pub fn rare_fields(options: &Options) -> impl Iterator<Item = Field> {
    let spelt = SPELLINGS.into_iter().filter_map(|(name, spelling)| {
        let mut usual = usual();
        let (_, marked) = usual.find(|(usual, _)| *usual == name)?;
        Some((spelling, marked))
    });
    let all = usual().chain(spelt);
    let asked = all.filter(|(_, marked)| is_asked(marked.mark, options));
    asked.map(|(name, marked)| Field {
        name: name.to_owned(),
        marked,
    })
}
