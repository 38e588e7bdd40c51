//! What a run says is no command to the machine that runs it. CI runners read the lines of a step:
//! `##[…]` and `##vso[…]` anywhere in a line, `::…::` at its beginning. Names of models, files and
//! deployments come from outside, so all that is printed goes through here.

/// Markers that runners execute anywhere in a line, in upper or lower case.
const ANYWHERE: [&str; 2] = ["##[", "##vso["];

/// The commands that `check --format github` prints itself. What is in them has no line break.
const OURS: [&str; 3] = ["::error ", "::warning ", "::notice "];

/// Text with a blank in whatever a runner would execute. JSON and drawings keep their values: there
/// one mark is written as its escape.
pub fn inert(text: String, own_commands: bool) -> String {
    if !text.contains("##") && !text.contains("::") {
        return text;
    }
    let broken_mark = match text.as_bytes() {
        [b'{', ..] => "\\u0023",
        [b'<', b's' | b'?', ..] => "&#35;",
        _ => "# ",
    };
    let mut shown = String::with_capacity(text.len());
    for line in text.split_inclusive('\n') {
        let start = line.trim_start();
        let ours = own_commands && OURS.iter().any(|own| line.starts_with(own));
        if start.starts_with("::") && !ours {
            let blank = line.strip_suffix(start).unwrap_or_default();
            shown.push_str(blank);
            shown.push_str(": ");
            shown.push_str(&broken(
                start.strip_prefix(':').unwrap_or(start),
                broken_mark,
            ));
        } else {
            shown.push_str(&broken(line, broken_mark));
        }
    }
    shown
}

fn broken(line: &str, mark: &str) -> String {
    let mut shown = String::with_capacity(line.len());
    for (at, c) in line.char_indices() {
        let rest = line.get(at..).unwrap_or_default();
        let begins = |word: &&str| {
            let head = rest.get(..word.len());
            head.is_some_and(|head| head.eq_ignore_ascii_case(word))
        };
        match ANYWHERE.iter().any(begins) {
            true => shown.push_str(mark),
            false => shown.push(c),
        }
    }
    shown
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_runner_executes_what_is_printed() {
        for (text, shown) in [
            ("a ##[add-path]b", "a # #[add-path]b"),
            ("####[x]", "### #[x]"),
            ("##VSO[task.x]y", "# #VSO[task.x]y"),
            ("## [x], #[x], ##vs", "## [x], #[x], ##vs"),
            ("a\n  ::stop::x\n::y", "a\n  : :stop::x\n: :y"),
            ("a ::stop::x", "a ::stop::x"),
            ("<svg>##[x]</svg>", "<svg>&#35;#[x]</svg>"),
            ("{\"a\": \"##[x]\"}", "{\"a\": \"\\u0023#[x]\"}"),
        ] {
            assert_eq!(inert(text.to_owned(), false), shown);
        }
        let own = "::error file=a::b ##[x]\n::stop-commands::y\n";
        let shown = "::error file=a::b # #[x]\n: :stop-commands::y\n";
        assert_eq!(inert(own.to_owned(), true), shown);
    }
}
