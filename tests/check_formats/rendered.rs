//! A comment as CommonMark with GitHub's extensions reads it.

use comrak::nodes::NodeValue;
use comrak::{Arena, Options, parse_document};

/// What a comment holds.
#[derive(Debug, Default)]
pub struct Rendered {
    /// The text of each cell, table by table, row by row.
    pub tables: Vec<Vec<Vec<String>>>,
    /// Lines of HTML.
    pub html: Vec<String>,
    /// Text that is no code.
    pub text: Vec<String>,
    /// Links, images and whatever else a comment has none of.
    pub foreign: Vec<String>,
}

/// What GitHub reads, with all that it could take text for.
fn options() -> Options<'static> {
    let mut options = Options::default();
    options.extension.table = true;
    options.extension.autolink = true;
    options.extension.strikethrough = true;
    options.extension.tasklist = true;
    options.extension.footnotes = true;
    options.extension.alerts = true;
    options.extension.math_dollars = true;
    options.extension.math_code = true;
    options.parse.relaxed_autolinks = true;
    options
}

pub fn rendered(comment: &str) -> Rendered {
    let arena = Arena::new();
    let root = parse_document(&arena, comment, &options());
    let mut all = Rendered::default();
    for node in root.descendants() {
        match &node.data().value {
            NodeValue::Table(_) => all.tables.push(Vec::new()),
            NodeValue::TableRow(_) => all.tables.last_mut().unwrap().push(Vec::new()),
            NodeValue::TableCell => {
                let mut cell = String::new();
                for inner in node.descendants() {
                    match &inner.data().value {
                        NodeValue::Text(text) => cell.push_str(text),
                        NodeValue::Code(code) => cell.push_str(&code.literal),
                        _ => {}
                    }
                }
                let rows = all.tables.last_mut().unwrap();
                rows.last_mut().unwrap().push(cell);
            }
            NodeValue::HtmlBlock(block) => {
                all.html.extend(block.literal.lines().map(str::to_owned));
            }
            NodeValue::Text(text) => all.text.push(text.to_string()),
            NodeValue::Document
            | NodeValue::Heading(_)
            | NodeValue::Paragraph
            | NodeValue::List(_)
            | NodeValue::Item(_)
            | NodeValue::Strong
            | NodeValue::Code(_) => {}
            other => all.foreign.push(format!("{other:?}")),
        }
    }
    all
}

/// The HTML of a comment.
pub fn html(comment: &str) -> String {
    let mut options = options();
    options.render.r#unsafe = true;
    comrak::markdown_to_html(comment, &options)
}
