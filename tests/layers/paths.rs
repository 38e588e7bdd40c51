//! What a source file names: modules of this crate, and other crates.

use std::collections::BTreeSet;
use std::fmt;

/// A module of this crate or another crate.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub enum Used {
    /// `*` where all of the crate can be meant.
    Module(String),
    /// As code writes its name.
    Crate(String),
}

impl fmt::Display for Used {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Module(name) => write!(f, "crate::{name}"),
            Self::Crate(name) => f.write_str(name),
        }
    }
}

/// What `source` names, in imports and elsewhere; it is a module `depth` below the crate's root.
pub fn uses(source: &str, depth: usize, crates: &BTreeSet<String>) -> BTreeSet<Used> {
    let tokens = tokens(source);
    let paths = paths(&tokens);
    let resolved = paths
        .iter()
        .filter_map(|path| resolve(&path.names, depth + path.inline, path.imported, crates));
    resolved.collect()
}

/// Every path in `source`, as it is written.
pub fn named(source: &str) -> Vec<Vec<String>> {
    let owned = |path: Found<'_>| path.names.into_iter().map(str::to_owned).collect();
    paths(&tokens(source)).into_iter().map(owned).collect()
}

/// A path such as `super::a::B`.
struct Found<'a> {
    names: Vec<&'a str>,
    /// How many inline modules it stands in.
    inline: usize,
    /// Whether it stands in an import.
    imported: bool,
}

fn paths<'a>(tokens: &[&'a str]) -> Vec<Found<'a>> {
    let token = |at: usize| tokens.get(at).copied().unwrap_or_default();
    let mut found = Vec::new();
    let mut braces = 0_usize;
    // The braces outside each inline module that is open.
    let mut inline: Vec<usize> = Vec::new();
    let mut imported = false;
    let mut at = 0;
    while at < tokens.len() {
        match token(at) {
            "{" => braces += 1,
            "}" => {
                braces -= 1;
                inline.retain(|outside| *outside < braces);
            }
            "mod" if token(at + 2) == "{" => inline.push(braces),
            "use" => imported = true,
            "extern" if token(at + 1) == "crate" => {
                imported = true;
                at += 1;
            }
            ";" => imported = false,
            name if is_name(name) && !continues_a_path(tokens, at) => {
                let mut paths = Vec::new();
                at = expand(tokens, at, &[], &mut paths);
                found.extend(paths.into_iter().map(|names| Found {
                    names,
                    inline: inline.len(),
                    imported,
                }));
                continue;
            }
            _ => {}
        }
        at += 1;
    }
    found
}

fn is_name(token: &str) -> bool {
    token == "*" || token.starts_with(|c: char| c.is_alphanumeric() || c == '_')
}

/// Whether the name at `at` belongs to what stands before: `Vec::<u8>::new`, `self.clap`.
fn continues_a_path(tokens: &[&str], at: usize) -> bool {
    let before = |back: usize| at.checked_sub(back).map_or("", |at| tokens[at]);
    match before(1) {
        "." => true,
        "::" => before(2) != "use" && (is_name(before(2)) || before(2) == ">"),
        _ => false,
    }
}

/// The paths of the tree that starts at `at`, such as `a::{b, c::*}`, and the end of the tree.
fn expand<'a>(
    tokens: &[&'a str],
    mut at: usize,
    before: &[&'a str],
    paths: &mut Vec<Vec<&'a str>>,
) -> usize {
    let token = |at: usize| tokens.get(at).copied().unwrap_or_default();
    let mut path = before.to_vec();
    path.push(token(at));
    while token(at + 1) == "::" && is_name(token(at + 2)) {
        path.push(token(at + 2));
        at += 2;
    }
    if token(at + 1) != "::" || token(at + 2) != "{" {
        paths.push(path);
        return at + 1;
    }
    at += 3;
    while !matches!(token(at), "}" | "") {
        at = if is_name(token(at)) {
            expand(tokens, at, &path, paths)
        } else {
            at + 1
        };
    }
    at + 1
}

fn resolve(path: &[&str], depth: usize, imports: bool, crates: &BTreeSet<String>) -> Option<Used> {
    let path = path.strip_prefix(&["self"]).unwrap_or(path);
    let up = path.iter().take_while(|name| **name == "super").count();
    let module = |at: usize| match path.get(at) {
        Some(name) => Some(Used::Module((*name).to_owned())),
        None => imports.then(|| Used::Module("*".to_owned())),
    };
    match path.first() {
        Some(&"crate") => module(1),
        Some(&"super") if up >= depth => module(up),
        Some(name) if crates.contains(*name) && (imports || path.len() > 1) => {
            Some(Used::Crate((*name).to_owned()))
        }
        _ => None,
    }
}

/// The names and signs of Rust code, without its comments, texts and lifetimes.
fn tokens(mut rest: &str) -> Vec<&str> {
    let mut tokens = Vec::new();
    while let Some(first) = rest.chars().next() {
        let name = rest
            .find(|c: char| !c.is_alphanumeric() && c != '_')
            .unwrap_or(rest.len());
        let is_raw = matches!(&rest[..name], "r" | "br" | "cr");
        let hashes = rest[name..].len() - rest[name..].trim_start_matches('#').len();
        let length = if rest.starts_with("//") {
            rest.find('\n').unwrap_or(rest.len())
        } else if rest.starts_with("/*") {
            comment(rest)
        } else if is_raw && rest[name + hashes..].starts_with('"') {
            let end = format!("\"{}", "#".repeat(hashes));
            let start = name + hashes + 1;
            rest[start..].find(&end).unwrap() + start + end.len()
        } else if first == '"' {
            text(rest)
        } else if first == '\'' {
            character(rest)
        } else {
            let length = match name {
                0 if rest.starts_with("::") => 2,
                0 => first.len_utf8(),
                name => name,
            };
            if !first.is_whitespace() {
                tokens.push(&rest[..length]);
            }
            length
        };
        rest = &rest[length..];
    }
    tokens
}

/// The length of a comment with the comments inside it.
fn comment(code: &str) -> usize {
    let mut open = 0_usize;
    let mut at = 0;
    loop {
        let rest = &code[at..];
        if rest.starts_with("/*") {
            open += 1;
            at += 2;
        } else if rest.starts_with("*/") {
            open -= 1;
            at += 2;
        } else {
            at += rest.chars().next().unwrap().len_utf8();
        }
        if open == 0 {
            return at;
        }
    }
}

/// The length of a text, its escapes and its quotes.
fn text(code: &str) -> usize {
    let mut escaped = false;
    let end = code[1..].find(|c| {
        let ends = c == '"' && !escaped;
        escaped = c == '\\' && !escaped;
        ends
    });
    end.unwrap() + 2
}

/// The length of a character in its quotes, or of a lifetime's sign.
fn character(code: &str) -> usize {
    let mut characters = code.char_indices().skip(1);
    match (characters.next(), characters.next()) {
        (Some((_, '\\')), _) => code[3..].find('\'').unwrap() + 4,
        (_, Some((at, '\''))) => at + 1,
        _ => 1,
    }
}
