//! "Did you mean": codes near one that does not exist.

/// How many are suggested.
const MOST: usize = 3;
/// Below this similarity (0 to 1) a code is no help.
const NEAR: f64 = 0.8;
/// A longer text is no typo, and comparing it takes long.
const LONGEST: usize = 128;

/// Up to three of `codes` that are near `typed`, the nearest first.
pub fn near<'a>(typed: &str, codes: impl Iterator<Item = &'a str>) -> Vec<String> {
    if typed.is_empty() || typed.chars().count() > LONGEST {
        return Vec::new();
    }
    let wanted = typed.to_ascii_lowercase();
    let mut scored: Vec<(f64, &str)> = codes
        .map(|code| (similarity(&wanted, &code.to_ascii_lowercase()), code))
        .filter(|(score, _)| *score >= NEAR)
        .collect();
    scored.sort_by(|a, b| b.0.total_cmp(&a.0).then_with(|| a.1.cmp(b.1)));
    scored
        .into_iter()
        .take(MOST)
        .map(|(_, code)| code.to_owned())
        .collect()
}

/// How near a code is, or its beginning: whoever leaves out the date means the code with it.
fn similarity(wanted: &str, code: &str) -> f64 {
    let length = wanted.len();
    let beginnings = [Some(length), length.checked_add(1), Some(code.len())];
    beginnings
        .into_iter()
        .filter_map(|end| code.get(..end?))
        .map(|beginning| strsim::jaro_winkler(wanted, beginning))
        .fold(0.0, f64::max)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_typo_finds_its_code_first() {
        let codes = ["qwen3-8b", "qwen3-14b", "qwen3-max-2025-09-23", "glm-5"];
        assert_eq!(near("qwen3-8", codes.into_iter())[0], "qwen3-8b");
        assert_eq!(
            near("QWEN3-MAX", codes.into_iter())[0],
            "qwen3-max-2025-09-23"
        );
        assert_eq!(
            near("qwen3-mx", codes.into_iter())[0],
            "qwen3-max-2025-09-23"
        );
        assert_eq!(near("glm5", codes.into_iter())[0], "glm-5");
        assert!(near("zzz", codes.into_iter()).is_empty());
        assert!(near(&"q".repeat(10_000), codes.into_iter()).is_empty());
    }
}
