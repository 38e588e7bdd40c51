//! A plan file as its sections: the head, `[budget]`, `[defaults]` and each `[[deployment]]`.
//!
//! A parsed TOML document takes up to 190 times its size in memory. So the text is cut at its headers
//! and each section is parsed by itself: 10,000 deployments take a third of the memory that they take
//! parsed as a whole, and a section with an error is left out alone.

use toml::de::DeTable;
use toml_parser::Source;
use toml_parser::lexer::TokenKind;

use super::node::{Entry, Node, Table, Value, from_toml};
use super::problem::Problem;

/// The longest section.
const MAX_SECTION: usize = 256 * 1024;

/// The tables of a plan file.
#[derive(Debug, Default)]
pub struct Document {
    /// What stands before the first header.
    pub head: Table,
    /// `[budget]`.
    pub budget: Option<Table>,
    /// `[defaults]`.
    pub defaults: Option<Table>,
    /// Each `[[deployment]]`.
    pub deployments: Vec<Table>,
}

/// Cuts and parses `text`. What cannot be parsed is a problem, and left out.
pub fn parse(text: &str, problems: &mut Vec<Problem>) -> Document {
    let mut document = Document::default();
    let headers = headers(text);
    let mut starts = vec![0];
    starts.extend(headers.iter().copied().filter(|start| *start > 0));
    let ends = starts.iter().copied().skip(1).chain([text.len()]);
    for (start, end) in starts.iter().copied().zip(ends) {
        let section = text.get(start..end).unwrap_or_default();
        if section.len() > MAX_SECTION {
            let message = "this section is larger than 256 KiB".to_owned();
            problems.push(Problem { at: start, message });
            continue;
        }
        let (table, errors) = DeTable::parse_recoverable(section);
        if errors.is_empty() {
            let root = from_toml(table.get_ref(), start, start);
            document.add(root, start, headers.contains(&start), problems);
        }
        let mut last = None;
        for error in &errors {
            let at = error.span().map_or(0, |span| span.start);
            // What follows an error on its line is mostly its consequence.
            let line = section.get(..at).unwrap_or_default().matches('\n').count();
            if last.replace(line) != Some(line) {
                problems.push(Problem {
                    at: start.saturating_add(at),
                    message: error.message().to_owned(),
                });
            }
        }
    }
    document
}

impl Document {
    /// Takes in the tables of one section.
    fn add(&mut self, root: Table, start: usize, has_header: bool, problems: &mut Vec<Problem>) {
        for entry in root.entries {
            let Entry { key, at, node } = entry;
            let at_header = if has_header { start } else { at };
            match (key.as_str(), node.value) {
                ("budget", Value::Table(table)) => {
                    once(&mut self.budget, table, at_header, "budget", problems);
                }
                ("defaults", Value::Table(table)) => {
                    once(&mut self.defaults, table, at_header, "defaults", problems);
                }
                ("deployment", Value::List(list)) => {
                    for item in list {
                        match item.value {
                            Value::Table(table) => self.deployments.push(Table {
                                at: at_header,
                                ..table
                            }),
                            _ => problems.push(Problem {
                                at: item.at,
                                message: "a deployment is a table: write `[[deployment]]`"
                                    .to_owned(),
                            }),
                        }
                    }
                }
                ("deployment", _) => problems.push(Problem {
                    at: at_header,
                    message: "there can be several: write `[[deployment]]`".to_owned(),
                }),
                ("budget" | "defaults", _) => problems.push(Problem {
                    at: at_header,
                    message: format!("`{key}` is a table: write `[{key}]`"),
                }),
                (_, value) => self.head.entries.push(Entry {
                    key,
                    at: at_header,
                    node: Node { value, at: node.at },
                }),
            }
        }
    }
}

fn once(
    place: &mut Option<Table>,
    table: Table,
    at: usize,
    name: &str,
    problems: &mut Vec<Problem>,
) {
    if place.is_some() {
        let message = format!("`[{name}]` is written twice: keep one of them");
        problems.push(Problem { at, message });
    } else {
        *place = Some(Table { at, ..table });
    }
}

/// Where the lines of headers begin: a `[` at the beginning of a line and outside of any value.
fn headers(text: &str) -> Vec<usize> {
    let mut found = Vec::new();
    let mut depth = 0_usize;
    let mut in_value = false;
    let mut line_start = true;
    for token in Source::new(text).lex() {
        match token.kind() {
            TokenKind::Whitespace => continue,
            TokenKind::Newline => {
                line_start = depth == 0;
                in_value = in_value && depth > 0;
                continue;
            }
            TokenKind::LeftSquareBracket if line_start => found.push(token.span().start()),
            TokenKind::LeftSquareBracket | TokenKind::LeftCurlyBracket if in_value => {
                depth = depth.saturating_add(1);
            }
            TokenKind::RightSquareBracket | TokenKind::RightCurlyBracket if in_value => {
                depth = depth.saturating_sub(1);
            }
            TokenKind::Equals => in_value = true,
            _ => {}
        }
        line_start = false;
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;

    fn parsed(text: &str) -> (Document, Vec<Problem>) {
        let mut problems = Vec::new();
        let document = parse(text, &mut problems);
        (document, problems)
    }

    #[test]
    fn headers_are_found_outside_of_values_only() {
        let text = "a = '''\n[x]\n'''\nb = [\n[1],\n[2] ]\n  [budget]\n# [c]\n[[deployment]]\n";
        let found: Vec<&str> = headers(text)
            .into_iter()
            .map(|at| text.get(at..).unwrap().lines().next().unwrap())
            .collect();
        assert_eq!(found, ["[budget]", "[[deployment]]"]);
    }

    #[test]
    fn every_broken_section_is_reported_at_its_place() {
        let text = "version = = 1\n[budget]\ntotal = \"1\"\n[[deployment]]\nname = \n[[deployment]]\nname = \"b\"\n";
        let (document, problems) = parsed(text);
        assert_eq!(document.deployments.len(), 1);
        assert!(document.budget.is_some());
        let lines: Vec<usize> = problems
            .iter()
            .map(|problem| text.get(..problem.at).unwrap().lines().count())
            .collect();
        assert_eq!(lines.len(), 2, "{problems:?}");
    }

    #[test]
    fn a_section_is_the_same_cut_out_or_within_the_whole() {
        let text = "days = 30\n[[deployment]]\nname = \"a\"\n\n[[deployment]] # b\nphases = [\n  { days = 1 },\n]\n";
        let (document, problems) = parsed(text);
        assert!(problems.is_empty(), "{problems:?}");
        let whole = DeTable::parse(text).unwrap();
        let root = from_toml(whole.get_ref(), 0, 0);
        let Value::List(list) = &root.get("deployment").unwrap().node.value else {
            panic!("{root:?}");
        };
        let tables: Vec<&Vec<Entry>> = list
            .iter()
            .map(|item| match &item.value {
                Value::Table(table) => &table.entries,
                other => panic!("{other:?}"),
            })
            .collect();
        let cut: Vec<&Vec<Entry>> = document.deployments.iter().map(|d| &d.entries).collect();
        assert_eq!(cut, tables);
        assert_eq!(document.head.entries.len(), 1);
    }
}
