//! Model unit specifications: `MU1x8`, or what another provider calls its own.

use std::cmp::Ordering;
use std::fmt;
use std::hash::{Hash, Hasher};

/// The most letters of a name.
const MAX_NAME: usize = 32;

/// What one replica is: units of a class, and how many of them. Case does not tell two apart.
#[derive(Debug, Clone, Copy)]
pub struct Spec {
    /// The class, `MU1`, as it is written; the rest is 0.
    name: [u8; MAX_NAME],
    /// Units in the bundle, at least 1. `None` of a name that speaks of none.
    count: Option<u16>,
}

impl Spec {
    /// Reads `MU1x8`, `mu1x8`, `MU1 x 8`, and `MU5`, which is one unit (`mu.count-one`); and any other
    /// name of up to 32 letters, digits, `.`, `_` and `-`, with or without a count: `A100x8`, `Medium`.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        let text = text.trim();
        let (class, count) = match split(text) {
            Some((class, count)) => (class, Some(positive(count)?)),
            None => (text, None),
        };
        let is_unit = unit_class(class);
        let start = class.as_bytes().first_chunk();
        let starts_as_unit = start.is_some_and(|[m, u, digit]| {
            [*m, *u].eq_ignore_ascii_case(b"mu") && digit.is_ascii_digit()
        });
        if starts_as_unit && is_unit.is_none() {
            return None;
        }
        let own = |byte: u8| byte.is_ascii_alphanumeric() || b"._-".contains(&byte);
        let first = class.bytes().next()?;
        if !first.is_ascii_alphanumeric() || !class.bytes().all(own) {
            return None;
        }
        let class = match is_unit {
            Some(number) => format!("MU{number}"),
            None => class.to_owned(),
        };
        let mut name = [0; MAX_NAME];
        name.get_mut(..class.len())?
            .copy_from_slice(class.as_bytes());
        Some(Self {
            name,
            count: count.or(is_unit.map(|_| 1)),
        })
    }

    /// The class: `MU1`.
    #[must_use]
    pub fn class(&self) -> &str {
        let written = self.name.split(|byte| *byte == 0).next();
        std::str::from_utf8(written.unwrap_or_default()).unwrap_or_default()
    }

    /// Units in the bundle: 1 where its name speaks of none.
    #[must_use]
    pub fn count(&self) -> u16 {
        self.count.unwrap_or(1)
    }

    /// Whether `text`, which is a specification, says how many units it has.
    #[must_use]
    pub fn says_count(text: &str) -> bool {
        split(text.trim()).is_some()
    }

    /// What two specifications are compared by: the name in lower case, and the count.
    fn key(&self) -> ([u8; MAX_NAME], Option<u16>) {
        (self.name.map(|byte| byte.to_ascii_lowercase()), self.count)
    }
}

/// A class and its count around an `x`, which only stands before a number: `max` has none.
fn split(text: &str) -> Option<(&str, &str)> {
    let (class, count) = text.rsplit_once(['x', 'X', '×'])?;
    let count = count.trim_start();
    let is_count = count.bytes().all(|byte| byte.is_ascii_digit());
    let is_unit = unit_class(class.trim_end()).is_some();
    ((is_count && !count.is_empty() && !class.is_empty()) || is_unit)
        .then_some((class.trim_end(), count))
}

/// The number of a class of Alibaba's: 1 for `MU1`.
fn unit_class(class: &str) -> Option<u16> {
    let (start, number) = class.split_at_checked(2)?;
    start
        .eq_ignore_ascii_case("mu")
        .then(|| positive(number))
        .flatten()
}

fn positive(text: &str) -> Option<u16> {
    let plain = !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit());
    text.parse().ok().filter(|number| plain && *number > 0)
}

impl PartialEq for Spec {
    fn eq(&self, other: &Self) -> bool {
        self.key() == other.key()
    }
}

impl Eq for Spec {}

impl Hash for Spec {
    fn hash<H: Hasher>(&self, state: &mut H) {
        self.key().hash(state);
    }
}

impl PartialOrd for Spec {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl Ord for Spec {
    fn cmp(&self, other: &Self) -> Ordering {
        let number = |spec: &Self| unit_class(spec.class());
        let by_number = number(self).cmp(&number(other));
        by_number.then_with(|| self.key().cmp(&other.key()))
    }
}

impl fmt::Display for Spec {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.count {
            Some(count) => write!(f, "{}x{count}", self.class()),
            None => f.write_str(self.class()),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn specifications_are_read_in_each_spelling() {
        let eight = Spec::parse("MU1x8").unwrap();
        assert_eq!((eight.class(), eight.count()), ("MU1", 8));
        for text in ["mu1x8", "MU1 x 8", " MU1 × 8 ", "MU1X8", "mu01x8"] {
            assert_eq!(Spec::parse(text), Some(eight), "{text}");
            assert_eq!(Spec::parse(text).unwrap().to_string(), "MU1x8");
            assert!(Spec::says_count(text));
        }
        assert_eq!(Spec::parse("MU5"), Spec::parse("MU5x1"));
        assert!(!Spec::says_count("MU5"));
        for text in [
            "",
            "MU0x1",
            "MU1x0",
            "MU1x",
            "MU1x+8",
            "MU1x8x2",
            "MU99999x1",
            "A100x0",
            "A100x99999",
            "-a",
            "a b",
            "ä",
            "a\u{1b}",
            "=a",
            &"a".repeat(33),
        ] {
            assert_eq!(Spec::parse(text), None, "{text}");
        }
    }

    #[test]
    fn a_specification_may_have_any_name() {
        for (text, class, count) in [
            ("A100x8", "A100", 8),
            ("ND96isr_H100-v5", "ND96isr_H100-v5", 1),
            ("Max", "Max", 1),
            ("Mustang", "Mustang", 1),
            ("x2", "x2", 1),
            ("h100 x 2", "h100", 2),
            ("2xlarge", "2xlarge", 1),
        ] {
            let spec = Spec::parse(text).unwrap();
            assert_eq!((spec.class(), spec.count()), (class, count), "{text}");
            assert_eq!(Spec::parse(&spec.to_string()), Some(spec));
            assert_eq!(Spec::parse(&text.to_uppercase()), Some(spec));
        }
        assert_ne!(Spec::parse("A100"), Spec::parse("A100x1"));
        assert_eq!(Spec::parse("ND96isr").unwrap().to_string(), "ND96isr");
    }

    #[test]
    fn classes_go_by_their_number() {
        let [two, ten] = ["MU2x1", "MU10x1"].map(|text| Spec::parse(text).unwrap());
        assert!(two < ten);
    }
}
