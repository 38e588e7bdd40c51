//! The texts in Rust source, and the blocks of TOML in Markdown.

/// Every string literal of a source file, as the program has it.
pub fn of_rust(source: &str) -> Vec<String> {
    let mut found = Vec::new();
    let mut rest = source;
    while let Some(c) = rest.chars().next() {
        let skipped = &rest[c.len_utf8()..];
        rest = if rest.starts_with("//") {
            rest.find('\n').map_or("", |end| &rest[end..])
        } else if c == 'r' && (skipped.starts_with('"') || skipped.starts_with('#')) {
            raw(rest, &mut found).unwrap_or(skipped)
        } else if c == '"' {
            quoted(skipped, &mut found)
        } else if c == '\'' {
            // A character, such as a quotation mark; a lifetime is left as it is.
            let character = ["'\"'", "'\\\"'", "'\\''", "'\\\\'"];
            let found = character.iter().find_map(|text| rest.strip_prefix(text));
            found.unwrap_or(skipped)
        } else {
            skipped
        };
    }
    found
}

fn raw<'a>(text: &'a str, found: &mut Vec<String>) -> Option<&'a str> {
    let hashes = text[1..].chars().take_while(|c| *c == '#').count();
    let marks = "#".repeat(hashes);
    let inner = text[1 + hashes..].strip_prefix('"')?;
    let (literal, rest) = inner.split_once(&format!("\"{marks}"))?;
    found.push(literal.to_owned());
    Some(rest)
}

fn quoted<'a>(text: &'a str, found: &mut Vec<String>) -> &'a str {
    let mut literal = String::new();
    let mut rest = text;
    while let Some(c) = rest.chars().next() {
        rest = &rest[c.len_utf8()..];
        match c {
            '"' => break,
            '\\' => {
                let escaped = rest.chars().next().unwrap_or_default();
                rest = rest.get(escaped.len_utf8()..).unwrap_or_default();
                match escaped {
                    'n' => literal.push('\n'),
                    't' => literal.push('\t'),
                    '\n' => rest = rest.trim_start(),
                    other => literal.push(other),
                }
            }
            other => literal.push(other),
        }
    }
    found.push(literal);
    rest
}

/// The blocks of TOML on a page.
pub fn of_markdown(page: &str) -> Vec<String> {
    let blocks = page.split("\n```toml\n").skip(1);
    let text = |block: &str| block.split("\n```").next().unwrap().to_owned() + "\n";
    blocks.map(text).collect()
}

#[test]
fn literals_are_read_as_the_compiler_reads_them() {
    let source = r##"let a = "x\n\
        y\"z"; // "no"
        let b = '"'; let c = r#"raw "text" \n"#; let d = 'x';"##;
    assert_eq!(of_rust(source), ["x\ny\"z", "raw \"text\" \\n"]);
}
