//! Text from outside in Markdown that many render: it stays the text that it is. Forges look for
//! mentions, references, links and emoji also in escaped text, and only leave code alone.

/// The most characters of one text that are shown.
const LONGEST: usize = 200;

/// Punctuation that means nothing within a sentence.
const PLAIN: &str = ",.;:()%+-–—→×÷·¥'\"?!/…";

/// Text as code, to the letter. Without a pipe or a line break, so that it fits a table's cell,
/// and with nothing that Markdown or a forge makes a link, a mention or a tag of.
pub fn code(text: &str) -> String {
    let mut shown: String = text.chars().take(LONGEST).collect();
    if shown.len() < text.len() {
        shown.push('…');
    }
    if shown.is_empty() {
        return "`\"\"`".to_owned();
    }
    let shown = shown.replace(char::is_control, "\u{fffd}");
    // Tables are cut at pipes before anything else is read, and after how many backslashes one
    // is not cut at differs.
    let pieces: Vec<String> = shown.split('|').map(span).collect();
    pieces.join("&#124;")
}

fn span(text: &str) -> String {
    if text.is_empty() {
        return String::new();
    }
    let longest = text
        .split(|c| c != '`')
        .map(str::len)
        .max()
        .unwrap_or_default();
    let fence = "`".repeat(longest.saturating_add(1));
    let touches = text.starts_with('`') || text.ends_with('`');
    let spaced = text.starts_with(' ') && text.ends_with(' ') && text.trim() != "";
    let pad = if touches || spaced { " " } else { "" };
    format!("{fence}{pad}{text}{pad}{fence}")
}

/// A sentence, its literals in backticks as code, and with them every word that is not plainly a
/// word or number, or would begin a list.
pub fn prose(text: &str) -> String {
    // An empty cell.
    if text == "-" {
        return text.to_owned();
    }
    let mut shown = Sentence::default();
    let parts: Vec<&str> = text.split('`').collect();
    let last = parts.len().saturating_sub(1);
    for (at, part) in parts.into_iter().enumerate() {
        if at % 2 == 0 {
            shown.words(part);
        } else if at == last {
            shown.words(&format!("`{part}"));
        } else {
            shown.push(&code(part));
        }
    }
    shown.text.trim().to_owned()
}

#[derive(Default)]
struct Sentence {
    text: String,
}

impl Sentence {
    /// Adds a piece. Two pieces of code that touch would be one.
    fn push(&mut self, piece: &str) {
        if self.text.ends_with('`') && piece.starts_with('`') {
            self.text.push(' ');
        }
        self.text.push_str(piece);
    }

    fn words(&mut self, text: &str) {
        for (at, word) in text.split(char::is_whitespace).enumerate() {
            if at > 0 && !self.text.ends_with(' ') {
                self.text.push(' ');
            }
            self.word(word);
        }
    }

    fn word(&mut self, word: &str) {
        let inner = word.trim_start_matches(['(', '"']);
        let core = inner.trim_end_matches([',', '.', ';', ':', ')', '"']);
        if self.text.is_empty() && begins_a_list(word) {
            self.push(&code(word));
            return;
        }
        let equals = word == "=" && !self.text.is_empty();
        if core.is_empty() || equals || is_plain(core) {
            self.push(word);
            return;
        }
        let before = word.strip_suffix(inner).unwrap_or_default();
        let after = inner.strip_prefix(core).unwrap_or_default();
        self.push(before);
        self.push(&code(core));
        self.push(after);
    }
}

/// Whether a line that begins so is an entry of a list, or a rule: `-`, `+`, `1.`, `2)`, `---`.
fn begins_a_list(word: &str) -> bool {
    let mark = word.trim_start_matches(|c: char| c.is_ascii_digit());
    let numbered = matches!(mark, "." | ")") && mark.len() < word.len();
    numbered || word == "+" || !word.is_empty() && word.bytes().all(|byte| byte == b'-')
}

/// Whether nothing takes it for more than a word or a number: no URL, no `:emoji:`, no `%1`, no
/// `GH-1`, no commit.
fn is_plain(word: &str) -> bool {
    let known = |c: char| c.is_alphanumeric() || PLAIN.contains(c);
    let commit = word.len() >= 7 && word.bytes().all(|byte| byte.is_ascii_hexdigit());
    let mut pairs = word.chars().zip(word.chars().skip(1));
    let joined = pairs.any(|(first, second)| match first {
        '.' => second.is_alphabetic(),
        ':' | '/' | '%' | '!' => second.is_alphanumeric() || second == '/',
        _ => false,
    });
    word.chars().all(known) && !commit && !joined && !word.to_ascii_lowercase().contains("gh-")
}

/// A text within an HTML comment: what could end the comment is percent-encoded, so that other
/// texts stay other texts.
pub fn in_comment(text: &str) -> String {
    let mut shown = String::new();
    for c in text.chars() {
        let again = c == '-' && shown.ends_with('-');
        if (c.is_alphanumeric() || "./_-".contains(c)) && !again {
            shown.push(c);
        } else {
            let mut bytes = [0; 4];
            for byte in c.encode_utf8(&mut bytes).bytes() {
                shown.push_str(&format!("%{byte:02X}"));
            }
        }
    }
    shown
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn text_in_code_keeps_backticks_and_has_no_pipe() {
        for (text, shown) in [
            ("chat", "`chat`"),
            ("", "`\"\"`"),
            ("a`b", "``a`b``"),
            ("a``", "``` a`` ```"),
            ("`", "`` ` ``"),
            (" a ", "`  a  `"),
            ("a|b", "`a`&#124;`b`"),
            ("a\\|", "`a\\`&#124;"),
            ("a\nb", "`a\u{fffd}b`"),
        ] {
            assert_eq!(code(text), shown);
        }
        assert_eq!(code(&"x".repeat(1_000)).chars().count(), 203);
    }

    #[test]
    fn sentences_keep_their_words_and_set_the_rest_as_code() {
        for (text, shown) in [
            (
                "at ¥1,209.60 (or 14.4%), as PD-separated says",
                "at ¥1,209.60 (or 14.4%), as PD-separated says",
            ),
            (
                "write `fit = \"peak\"`, then",
                "write `fit = \"peak\"`, then",
            ),
            ("see https://a.b/c.", "see `https://a.b/c`."),
            ("by @team, #1 and a_b", "by `@team`, `#1` and `a_b`"),
            ("09:00–18:00, 6 replicas", "`09:00–18:00`, 6 replicas"),
            ("www.a.b :tada: GH-1 %1", "`www.a.b` `:tada`: `GH-1` `%1`"),
            ("0a1b2c3", "`0a1b2c3`"),
            ("`a``b` and a ` left", "`a` `b` and a `` ` `` left"),
            ("<b> a|b", "`<b>` `a`&#124;`b`"),
            ("two\nlines", "two lines"),
            ("1. of 2. all", "`1.` of 2. all"),
            ("- a", "`-` a"),
            ("+ a --- b", "`+` a --- b"),
            ("--- a", "`---` a"),
            ("2026-06-01 a", "2026-06-01 a"),
            ("-", "-"),
            ("= 2 × 3 = 6", "`=` 2 × 3 = 6"),
        ] {
            assert_eq!(prose(text), shown);
        }
    }

    #[test]
    fn a_comment_is_not_ended_by_the_text_in_it() {
        assert_eq!(in_comment("plans/a-b_1.toml"), "plans/a-b_1.toml");
        assert_eq!(in_comment("a-->b"), "a-%2D%3Eb");
        assert_eq!(in_comment("a%2D b"), "a%252D%20b");
        assert_eq!(in_comment("计划.toml"), "计划.toml");
    }
}
