//! Model unit specifications: `MU1x8`.

use std::fmt;

/// A class of model unit and how many of them one replica is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Spec {
    /// The class: 1 for MU1.
    pub class: u16,
    /// Units in the bundle, at least 1.
    pub count: u16,
}

impl Spec {
    /// Reads `MU1x8`, `mu1x8`, `MU1 x 8`, and `MU5`, which is one unit (`mu.count-one`).
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        let lower = text.trim().to_ascii_lowercase();
        let rest = lower.strip_prefix("mu")?;
        let (class, count) = match rest.split_once(['x', '×']) {
            Some((class, count)) => (class.trim_end(), count.trim_start()),
            None => (rest, "1"),
        };
        Some(Self {
            class: positive(class)?,
            count: positive(count)?,
        })
    }
}

fn positive(text: &str) -> Option<u16> {
    let plain = !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit());
    text.parse().ok().filter(|number| plain && *number > 0)
}

impl fmt::Display for Spec {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "MU{}x{}", self.class, self.count)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn specifications_are_read_in_each_spelling() {
        let eight = Spec { class: 1, count: 8 };
        for text in ["MU1x8", "mu1x8", "MU1 x 8", " MU1 × 8 ", "MU1X8"] {
            assert_eq!(Spec::parse(text), Some(eight), "{text}");
        }
        assert_eq!(Spec::parse("MU5"), Some(Spec { class: 5, count: 1 }));
        for text in [
            "",
            "MU",
            "MU0x1",
            "MU1x0",
            "MUx8",
            "MU1x",
            "MU1x+8",
            "MU1x8x2",
            "8",
            "MU99999x1",
        ] {
            assert_eq!(Spec::parse(text), None, "{text}");
        }
        assert_eq!(eight.to_string(), "MU1x8");
    }
}
