//! Google Cloud: GSU and ordinary calls of its models, as the tables of others have them.

/// The price of a GSU: (term, by the hour, for the term in the page's own example or ""), in USD, of the page of
/// 2026-10-09.
pub const PRICES: &[(&str, &str, &str)] = &[
    ("week", "7.14", "1200"),
    ("month", "3.6986", "2700"),
    ("quarter", "3.2877", ""),
    ("year", "2.7397", ""),
];

/// What a GSU holds, and what tokens count of it, in the words of the table: (model, tokens a second, weights).
#[rustfmt::skip]
pub const SIZES: &[(&str, &str, &str)] = &[
    ("gemini-3.5-flash", "675", "in 1; cached 0.1; out 6"),
    ("gemini-3.1-flash-lite", "4030", "in 1; audio 2; cached 0.1; out 6"),
    ("gemini-3.1-pro-preview", "500", "<=200K: in 1, cached 0.1, out 6; >200K: in 2, cached 0.2, out 9"),
    ("gemini-3-flash-preview", "2015", "in 1; audio 2; cached 0.1; out 6"),
    ("gemini-2.5-pro", "650", "<=200K: in 1, out 8; >200K: in 2, out 12"),
    ("gemini-2.5-flash", "2690", "in 1; audio 4; out 9"),
    ("gemini-2.5-flash-lite", "8070", "in 1; audio 3; out 4"),
    ("gemini-3.7-flash", "675", "in 1; cached 0.1; out 5"),
    ("gemini-3.6-flash", "675", "in 1; cached 0.1; out 5"),
    ("gemini-3.5-flash-lite", "3360", "in 1; cached 0.1; out 9"),
];

/// Models whose calls are not text of Gemini: images and speech, Claude and open models. (model, tokens a second,
/// smallest number of GSU).
#[rustfmt::skip]
pub const OTHERS: &[(&str, &str, &str)] = &[
    ("gemini-live-2.5-flash-native-audio", "1620", "1"),
    ("gemini-3.1-flash-lite-image", "2015", "1"),
    ("gemini-3-pro-image", "500", "1"),
    ("gemini-3.1-flash-image", "2015", "1"),
    ("gemini-2.5-flash-image", "2690", "1"),
    ("Claude Sonnet 5", "350", "25"),
    ("Claude Fable 5", "105", "1"),
    ("Claude Opus 4.8", "210", "35"),
    ("Claude Opus 4.7", "210", "35"),
    ("Claude Sonnet 4.6", "350", "25"),
    ("Claude Opus 4.6", "210", "35"),
    ("Claude Opus 4.5", "210", "35"),
    ("Claude Sonnet 4.5", "350", "25"),
    ("Claude Opus 4.1", "70", "35"),
    ("Claude Haiku 4.5", "1050", "8"),
    ("Claude Opus 4", "70", "35"),
    ("Claude Sonnet 4", "350", "25"),
    ("Claude 3.7 Sonnet (deprecated)", "350", "25"),
    ("Claude 3.5 Sonnet v2 (deprecated)", "350", "25"),
    ("Claude 3.5 Haiku (deprecated)", "2000", "10"),
    ("Claude 3 Opus", "70", "35"),
    ("Claude 3 Haiku (deprecated)", "4200", "5"),
    ("Claude 3.5 Sonnet (deprecated)", "350", "25"),
    ("deepseek-ocr-maas", "3360", "1"),
    ("deepseek-v3.2-maas", "1680", "1"),
    ("gemma-4-26b-a4b-it-maas", "6725", "1"),
    ("kimi-k2-thinking-maas", "1680", "1"),
    ("llama-3.3-70b-instruct-maas", "1400", "1"),
    ("llama-4-maverick-17b-128e-instruct-maas", "2800", "1"),
    ("llama-4-scout-17b-16e-instruct-maas", "4035", "1"),
    ("minimax-m2-maas", "3360", "1"),
    ("gpt-oss-120b-maas", "11205", "1"),
    ("gpt-oss-20b-maas", "14405", "1"),
    ("qwen3-235b-a22b-instruct-2507-maas", "4035", "1"),
    ("qwen3-coder-480b-a35b-instruct-maas", "1010", "1"),
    ("qwen3-next-80b-a3b-instruct-maas", "6725", "1"),
    ("qwen3-next-80b-a3b-thinking-maas", "6725", "1"),
    ("glm-4.7-maas", "1685", "1"),
    ("glm-5-maas", "1010", "1"),
];

/// Ordinary calls in LiteLLM's map of November 2026, in USD per 1M tokens: (key, input, cached input, output, batch
/// input, batch output), "" where it has none.
#[allow(clippy::type_complexity)]
#[rustfmt::skip]
pub const CALLS: &[(&str, &str, &str, &str, &str, &str)] = &[
    ("gemini/gemini-2.5-flash", "0.3", "0.03", "2.5", "0.15", "1.25"),
    ("gemini/gemini-2.5-flash-image", "0.3", "0.03", "2.5", "0.15", "1.25"),
    ("gemini/gemini-2.5-flash-lite", "0.1", "0.01", "0.4", "0.05", "0.2"),
    ("gemini/gemini-2.5-pro", "1.25", "0.125", "10", "0.625", "5"),
    ("gemini/gemini-3-flash-preview", "0.5", "0.05", "3", "0.25", "1.5"),
    ("gemini/gemini-3-pro-image", "2", "", "12", "1", "6"),
    ("gemini/gemini-3.1-flash-image", "0.5", "", "3", "0.25", "1.5"),
    ("gemini/gemini-3.1-flash-lite", "0.25", "0.025", "1.5", "0.125", "0.75"),
    ("gemini/gemini-3.1-flash-lite-image", "0.25", "", "1.5", "0.125", "0.75"),
    ("gemini/gemini-3.1-pro-preview", "2", "0.2", "12", "1", "6"),
    ("gemini/gemini-3.5-flash", "1.5", "0.15", "9", "0.75", "4.5"),
    ("gemini/gemini-3.5-flash-lite", "0.3", "0.03", "2.5", "0.15", "1.25"),
    ("gemini/gemini-3.6-flash", "0.75", "0.075", "3.75", "0.375", "1.875"),
    ("gemini/gemini-3.7-flash", "0.75", "0.075", "3.75", "0.375", "1.875"),
    ("gemini-2.5-flash", "0.3", "0.03", "2.5", "0.15", "1.25"),
    ("gemini-2.5-flash-image", "0.3", "", "2.5", "0.15", "1.25"),
    ("gemini-2.5-flash-lite", "0.1", "0.01", "0.4", "0.05", "0.2"),
    ("gemini-2.5-pro", "1.25", "0.125", "10", "0.625", "5"),
    ("gemini-3-flash-preview", "0.5", "0.05", "3", "0.25", "1.5"),
    ("gemini-3-pro-image", "2", "0.2", "12", "1", "6"),
    ("gemini-3.1-flash-image", "0.5", "0.05", "3", "0.25", "1.5"),
    ("gemini-3.1-flash-lite", "0.25", "0.025", "1.5", "0.125", "0.75"),
    ("gemini-3.1-flash-lite-image", "0.25", "0.025", "1.5", "0.125", "0.75"),
    ("gemini-3.1-pro-preview", "2", "0.2", "12", "1", "6"),
    ("gemini-3.5-flash", "1.5", "0.15", "9", "0.75", "4.5"),
    ("gemini-3.5-flash-lite", "0.3", "0.03", "2.5", "0.15", "1.25"),
    ("gemini-3.6-flash", "0.75", "0.075", "3.75", "0.375", "1.875"),
    ("gemini-3.7-flash", "0.75", "0.075", "3.75", "0.375", "1.875"),
    ("gemini-live-2.5-flash-native-audio", "0.5", "", "2", "", ""),
    ("vertex_ai/gemini-2.5-flash-image", "0.3", "", "2.5", "0.15", "1.25"),
    ("vertex_ai/gemini-3-pro-image", "2", "0.2", "12", "1", "6"),
    ("vertex_ai/gemini-3.1-flash-image", "0.5", "0.05", "3", "0.25", "1.5"),
    ("vertex_ai/gemini-3.1-flash-lite", "0.25", "0.025", "1.5", "0.125", "0.75"),
    ("vertex_ai/gemini-3.1-flash-lite-image", "0.25", "0.025", "1.5", "0.125", "0.75"),
    ("vertex_ai/gemini-3.5-flash-lite", "0.3", "0.03", "2.5", "0.15", "1.25"),
];
