//! Lines of a text at a width, with every amount of money in one piece.

use textwrap::WordSeparator;
use textwrap::core::Word;

use crate::billing::money::Currency;

/// Where a line may be broken: at spaces, but for those of an amount.
pub const PIECES: WordSeparator = WordSeparator::Custom(pieces);

/// Lines of at most a width, broken at [`PIECES`] only: numbers and codes stay whole.
pub fn wrap(text: &str, width: usize, first: &str, rest: &str) -> Vec<String> {
    let options = textwrap::Options::new(width)
        .initial_indent(first)
        .subsequent_indent(rest)
        .word_separator(PIECES)
        .word_splitter(textwrap::WordSplitter::NoHyphenation)
        .wrap_algorithm(textwrap::WrapAlgorithm::FirstFit)
        .break_words(false);
    textwrap::wrap(text, options)
        .into_iter()
        .map(std::borrow::Cow::into_owned)
        .collect()
}

/// The words of a line, those of an amount as one.
fn pieces(line: &str) -> Box<dyn Iterator<Item = Word<'_>> + '_> {
    let mut words = WordSeparator::AsciiSpace.find_words(line).peekable();
    let (mut start, mut end) = (0_usize, 0_usize);
    Box::new(std::iter::from_fn(move || {
        loop {
            let word = words.next()?;
            end = end
                .saturating_add(word.word.len())
                .saturating_add(word.whitespace.len());
            if words.peek().is_some_and(|next| is_amount(&word, next)) {
                continue;
            }
            let piece = line.get(start..end)?;
            start = end;
            return Some(Word::from(piece));
        }
    }))
}

/// Whether two words are one amount: `USD 1,234.50`, `(USD 5`, `7.1 CNY,`.
fn is_amount(one: &str, other: &str) -> bool {
    let is_digit = |c: char| c.is_ascii_digit();
    let is_mark = |c: char| !c.is_alphanumeric();
    let is_code = |text: &str| Currency::parse(text).is_some();
    let before = is_code(one.trim_start_matches(is_mark)) && other.starts_with(is_digit);
    before || (one.ends_with(is_digit) && is_code(other.trim_end_matches(is_mark)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_amount_is_never_broken() {
        for (text, lines) in [
            (
                "for USD 1,234.50 a day",
                &["for", "USD 1,234.50", "a day"][..],
            ),
            ("1 USD = 7.1 CNY, so", &["1 USD =", "7.1 CNY, so"]),
            ("it is (USD 5 a month)", &["it is (USD 5", "a month)"]),
            ("-USD 5 or -USD 6 off", &["-USD 5 or", "-USD 6 off"]),
            ("USD, CNY or 5 others", &["USD, CNY or", "5 others"]),
        ] {
            assert_eq!(wrap(text, 12, "", ""), lines, "{text}");
        }
    }
}
