//! "Did you mean": codes near one that does not exist.

use strsim::osa_distance;

/// How many codes are suggested at most.
const MOST: usize = 3;
/// Typing mistakes forgiven: one, and one more for each this many characters.
const CHARS_PER_SLIP: usize = 6;
/// A longer text is no typo, and comparing it takes long.
const LONGEST: usize = 128;

/// Up to three of `codes` that are near `typed`: only those that no other is nearer than, whole
/// codes before beginnings.
pub fn near<'a>(typed: &str, codes: impl Iterator<Item = &'a str>) -> Vec<String> {
    let length = typed.chars().count();
    if typed.is_empty() || length > LONGEST {
        return Vec::new();
    }
    let wanted = typed.to_ascii_lowercase();
    let most = length.checked_div(CHARS_PER_SLIP).unwrap_or(0).max(1);
    let mut scored: Vec<(usize, &str)> = codes
        .map(|code| (slips(&wanted, &code.to_ascii_lowercase()), code))
        .filter(|(slips, _)| *slips <= most && *slips < length)
        .collect();
    scored.sort_by_key(|(slips, code)| (*slips, code.len(), *code));
    // A model that is sold in two regions is there twice.
    scored.dedup();
    let nearest = scored.first().map(|(slips, _)| *slips);
    scored
        .into_iter()
        .filter(|(slips, _)| Some(*slips) == nearest)
        .take(MOST)
        .map(|(_, code)| code.to_owned())
        .collect()
}

/// How many characters are wrong, missing, too many or swapped, of a code or of its beginning up
/// to a `-`: whoever leaves out the date means the code with it.
fn slips(wanted: &str, code: &str) -> usize {
    if code.starts_with(wanted) {
        return 0;
    }
    // Logs name a snapshot by its date, which a code may be without.
    let snapshot = wanted.strip_prefix(code);
    if snapshot.is_some_and(|rest| rest.starts_with('-')) {
        return 1;
    }
    let hyphens = code.match_indices('-').map(|(at, _)| at);
    hyphens
        .chain([code.len()])
        .filter_map(|end| code.get(..end))
        .map(|beginning| osa_distance(wanted, beginning))
        .min()
        .unwrap_or(usize::MAX)
}

#[cfg(test)]
mod tests {
    use super::*;

    const CODES: [&str; 6] = [
        "qwen3-8b",
        "qwen3-14b",
        "qwen3-max-2025-09-23",
        "qwen3-embedding-0.6b",
        "qwen3-moe-rerank-0.6b",
        "glm-5",
    ];

    fn found(typed: &str) -> Vec<String> {
        near(typed, CODES.into_iter())
    }

    #[test]
    fn a_typo_finds_its_code_and_no_other() {
        for (typed, code) in [
            ("qwen3-8", "qwen3-8b"),
            ("qwen3-8bb", "qwen3-8b"),
            ("QWEN3-MAX", "qwen3-max-2025-09-23"),
            ("qwen3-mx", "qwen3-max-2025-09-23"),
            ("qwen3-amx", "qwen3-max-2025-09-23"),
            ("qwen3-max-2025-09-32", "qwen3-max-2025-09-23"),
            ("glm5", "glm-5"),
            ("glm-5-2025-12-11", "glm-5"),
        ] {
            assert_eq!(found(typed), [code], "{typed}");
        }
    }

    #[test]
    fn what_is_not_near_is_not_suggested() {
        for typed in ["zzz", "", "llama3-8b", "qwen3-vl"] {
            assert_eq!(found(typed), [""; 0], "{typed}");
        }
        assert_eq!(found(&"q".repeat(10_000)), [""; 0]);
    }
}
