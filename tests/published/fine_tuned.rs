//! Alibaba Cloud Model Studio, model deployment: the token-based billing tables of fine-tuned models.

/// (family, name, code, mode or "", input per 1K tokens, output per 1K tokens)
#[rustfmt::skip]
pub const ROWS: &[(&str, &str, &str, &str, &str, &str)] = &[
    ("Qwen", "Qwen3-32B", "qwen3-32b", "non-thinking", "0.002", "0.008"),
    ("Qwen", "Qwen3-32B", "qwen3-32b", "thinking", "0.002", "0.02"),
    ("Qwen", "Qwen3-14B", "qwen3-14b", "non-thinking", "0.001", "0.004"),
    ("Qwen", "Qwen3-14B", "qwen3-14b", "thinking", "0.001", "0.01"),
    ("Qwen", "Qwen3-8B", "qwen3-8b", "non-thinking", "0.0005", "0.002"),
    ("Qwen", "Qwen3-8B", "qwen3-8b", "thinking", "0.0005", "0.005"),
    ("Qwen", "Qwen2.5-72B-Instruct", "qwen2.5-72b-instruct", "", "0.004", "0.012"),
    ("Qwen", "Qwen2.5-32B-Instruct", "qwen2.5-32b-instruct", "", "0.002", "0.006"),
    ("Qwen", "Qwen2.5-14B-Instruct", "qwen2.5-14b-instruct", "", "0.001", "0.003"),
    ("Qwen", "Qwen2.5-7B-Instruct", "qwen2.5-7b-instruct", "", "0.0005", "0.001"),
    ("Qwen-VL", "Qwen3-VL-8B-Instruct", "qwen3-vl-8b-instruct", "", "0.0005", "0.002"),
    ("Qwen-VL", "Qwen2.5-VL-72B-Instruct", "qwen2.5-vl-72b-instruct", "", "0.016", "0.048"),
    ("Qwen-VL", "Qwen2.5-VL-32B-Instruct", "qwen2.5-vl-32b-instruct", "", "0.008", "0.024"),
    ("Qwen-VL", "Qwen2.5-VL-7B-Instruct", "qwen2.5-vl-7b-instruct", "", "0.002", "0.005"),
];
