//! Which rows of a log are calls.

use crate::trace::marks::is_nothing;

/// A rule about rows.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RowRule {
    /// The fields that it looks at.
    pub fields: Vec<String>,
    /// The texts that it looks for; none of them where any text will do.
    pub values: Vec<String>,
    /// Whether rows with such a text are calls, and all others none; or the other way round.
    pub are_calls: bool,
}

/// The rules of a file, which has the fields of some of them.
#[derive(Debug, Clone, Copy)]
pub struct Rules {
    rules: &'static [RowRule],
    /// One bit for each rule that a row keeps to before its fields are looked at.
    start: u64,
}

impl Rules {
    /// The rules of a log whose objects may have any field.
    pub fn of_objects(rules: &'static [RowRule]) -> Self {
        Self::of(rules, |_| true)
    }

    /// The rules of a log with this header: those whose fields are not there say nothing.
    pub fn of_header(rules: &'static [RowRule], header: &[String]) -> Self {
        Self::of(rules, |rule| {
            rule.fields.iter().any(|field| header.contains(field))
        })
    }

    fn of(rules: &'static [RowRule], is_there: impl Fn(&RowRule) -> bool) -> Self {
        let kept = |rule: &&RowRule| !rule.are_calls || !is_there(rule);
        let bits = rules
            .iter()
            .zip(0_u32..)
            .filter(|(rule, _)| kept(rule))
            .map(|(_, number)| 1_u64.wrapping_shl(number));
        Self {
            rules,
            start: bits.fold(0, |all, bit| all | bit),
        }
    }

    /// Each field that is looked at, with the number of its rule.
    pub fn fields(&self) -> impl Iterator<Item = (&'static str, usize)> + use<> {
        let rules = self.rules.iter().enumerate();
        rules.flat_map(|(number, rule)| {
            let fields = rule.fields.iter();
            fields.map(move |field| (field.as_str(), number))
        })
    }

    /// What is known of a row before its fields are looked at.
    #[inline]
    pub fn start(&self) -> u64 {
        self.start
    }

    /// Takes in the trimmed text of a field that this rule looks at.
    pub fn note(&self, kept: &mut u64, rule: usize, text: &[u8]) {
        let Some(RowRule {
            values, are_calls, ..
        }) = self.rules.get(rule)
        else {
            return;
        };
        let is_it = match values.as_slice() {
            [] => !is_nothing(text),
            values => values
                .iter()
                .any(|value| value.as_bytes().eq_ignore_ascii_case(text)),
        };
        let bit = 1_u64.wrapping_shl(u32::try_from(rule).unwrap_or(0));
        match (is_it, are_calls) {
            (true, true) => *kept |= bit,
            (true, false) => *kept &= !bit,
            (false, _) => {}
        }
    }

    /// Whether a row of which this is known is a call.
    #[inline]
    pub fn is_call(&self, kept: u64) -> bool {
        let rules = u32::try_from(self.rules.len()).unwrap_or(0);
        kept == 1_u64.wrapping_shl(rules).wrapping_sub(1)
    }
}
