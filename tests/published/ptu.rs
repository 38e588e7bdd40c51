//! Alibaba Cloud Model Studio, model deployment: the provisioned throughput tables.

/// (family, name, code, maximum input tokens, output mode or "", input per 10K TPM-hour, output per 1K TPM-hour, input per 10K TPM-day, output per 1K TPM-day)
#[allow(clippy::type_complexity)]
#[rustfmt::skip]
pub const ROWS: &[(&str, &str, &str, &str, &str, &str, &str, &str, &str)] = &[
    ("Qwen", "Qwen3.7-Max-2026-05-20", "qwen3.7-max-2026-05-20", "256000", "", "28.8", "8.64", "345.6", "103.68"),
    ("Qwen", "Qwen3.6-Flash-2026-04-16", "qwen3.6-flash-2026-04-16", "128000", "", "2.88", "1.73", "34.56", "20.74"),
    ("Qwen", "Qwen3.6-Plus-2026-04-02", "qwen3.6-plus-2026-04-02", "128000", "", "4.8", "2.88", "57.6", "34.56"),
    ("Qwen", "Qwen3.5-Plus-2026-04-20", "qwen3.5-plus-2026-04-20", "128000", "", "1.92", "1.15", "23.04", "13.82"),
    ("Qwen", "Qwen3-Max-2025-09-23", "qwen3-max-2025-09-23", "128000", "", "7.68", "3.08", "92.16", "36.96"),
    ("Qwen", "Qwen-Flash-2025-07-28", "qwen-flash-2025-07-28", "128000", "", "0.36", "0.36", "4.32", "4.32"),
    ("Qwen", "Qwen-Plus-2025-12-01", "qwen-plus-2025-12-01", "128000", "standard", "1.92", "0.48", "23.04", "5.76"),
    ("Qwen", "Qwen-Plus-2025-12-01", "qwen-plus-2025-12-01", "128000", "code-interpreter", "1.92", "1.92", "23.04", "23.04"),
    ("DeepSeek", "DeepSeek-v4-Pro", "deepseek-v4-pro", "256000", "", "43.2", "8.64", "518.4", "103.68"),
    ("DeepSeek", "DeepSeek-v3.2", "deepseek-v3.2", "64000", "", "7.2", "1.08", "86.4", "12.96"),
    ("DeepSeek", "DeepSeek-v3", "deepseek-v3", "64000", "", "7.2", "2.88", "86.4", "34.56"),
    ("Qwen-VL", "Qwen3-VL-Plus-2025-09-23", "qwen3-vl-plus-2025-09-23", "128000", "", "2.4", "2.4", "28.8", "28.8"),
    ("Other models", "GLM-5.1", "glm-5.1", "64000", "", "21.6", "8.64", "259.2", "103.68"),
];
